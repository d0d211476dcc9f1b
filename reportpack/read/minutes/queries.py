"""What the notes leave open, as questions to the note taker: each with its line, what was found and what to do. Nothing is answered for them."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from rapidfuzz.distance import DamerauLevenshtein

from reportpack.model.meeting import Meeting
from reportpack.model.minutes import ActionKind, Attended, Minutes, NotedState, Query
from reportpack.model.office import Office
from reportpack.model.register import Register
from reportpack.read.minutes.people import plain_name
from reportpack.read.minutes.slips import slip_queries
from reportpack.read.minutes.wraps import Passage
from reportpack.read.posts import post_names

_OUTCOME = re.compile(
    r"\b(?:closed?|discharged|complete[d]?|carried forward|c/?fwd|no further (?:action|review)|signed off|to be (?:brought back|reviewed again)|will be reviewed again|superseded)\b",
    re.IGNORECASE,
)
_AGREES_LAST = re.compile(
    r"\b(?:minutes|notes)\b[^.]{0,120}\b(?:agreed|approved|accepted|confirmed|signed|taken as read|correct record|true record|accurate record)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|half|quarter|quartile)\b", re.IGNORECASE)
_TARGET = re.compile(r"\btarget\b|\bwill be followed through\b", re.IGNORECASE)
_ABBREVIATION = re.compile(r"(?<![\w/(])[A-Z][A-Z&]{1,6}s?(?![\w)])")
_EXPANDED = re.compile(r"\(([A-Z][A-Za-z&]{1,7})\)|\b([A-Z]{2,7}) \u2013 [A-Z]")
_COMMON = frozenset(
    [
        "UK",
        "US",
        "EU",
        "MP",
        "MPS",
        "BBC",
        "PDF",
        "AM",
        "PM",
        "OK",
        "IT",
        "TV",
        "HR",
        "GP",
        "AOB",
        "NHS",
        "ID",
        "II",
        "III",
        "IV",
        "VI",
        "PM",
        "GPS",
        "ALL",
        "PLC",
        "DR",
        "MR",
        "MRS",
    ]
)
_OLD_MARKING = re.compile(r"not protectively marked|npm|unclassified|protect\b|restricted", re.IGNORECASE)


def queries_of(
    minutes: Minutes,
    passages: Sequence[Passage],
    outline_queries: Sequence[Query],
    office: Office | None,
    meetings: Sequence[Meeting],
    register: Register | None,
) -> tuple[Query, ...]:
    """All of them, those that stop the notes from being agreed first within each line."""
    found = [
        *_attendance(minutes),
        *_posts(minutes, passages, office),
        *_actions(minutes, meetings),
        *_references(minutes, register),
        *_repeats(minutes),
        *_matters(minutes),
        *_questions(minutes),
        *_promises(minutes),
        *_dates(minutes),
        *_furniture(minutes, passages, office),
        *outline_queries,
        *slip_queries(passages),
    ]
    order = {name: at for at, name in enumerate(dict.fromkeys(name for passage in passages for name in passage.names))}
    return tuple(sorted(dict.fromkeys(found), key=lambda query: (order.get(query.line, 0), not query.blocking)))


def passage_queries(
    minutes: Minutes, passages: Sequence[Passage], header_unpaired: str, wrong_weekday: str, day_line: str
) -> Iterator[Query]:
    """What the head of the notes leaves open."""
    if header_unpaired:
        yield Query(
            "header-unpaired",
            header_unpaired,
            "The labels at the head and the values below them differ in number, so none was paired with another.",
            "Write each value after its label.",
            blocking=True,
        )
    if wrong_weekday and minutes.day is not None:
        yield Query(
            "weekday",
            day_line,
            f"The date {_long(minutes.day)} is not a {wrong_weekday.strip(',')}, as written.",
            "Correct the weekday or the date.",
            blocking=True,
        )
    if minutes.day is None:
        yield Query(
            "date-missing",
            passages[0].line,
            "The notes do not say on what day the meeting was held.",
            "Add the date at the head.",
            blocking=True,
        )


def _long(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"


def _attendance(minutes: Minutes) -> Iterator[Query]:
    unknown = [one for one in minutes.attendance if one.status is Attended.UNKNOWN and one.name]
    capacities = [one for one in minutes.attendance if one.name is None]
    if unknown:
        names = ", ".join(one.name or "" for one in unknown)
        yield Query(
            "attendance-unknown",
            unknown[0].line,
            f"The notes do not say who was present and who sent apologies: {names}.",
            "Say of each whether they were present.",
            blocking=True,
        )
    named = [one for one in unknown if one.post is None]
    if capacities and len(capacities) != len(named):
        posts = ", ".join(one.post or "" for one in capacities)
        names = f"{len(named)} name{'' if len(named) == 1 else 's'} without a capacity"
        found = f"{names}, and {len(capacities)} without a name ({posts}); none was paired by order."
        yield Query("capacities-unpaired", capacities[0].line, found, "Write each name with its capacity.", blocking=True)
    for post, count in Counter(one.post for one in capacities).items():
        if count > 1:
            line = [one.line for one in capacities if one.post == post][1]
            yield Query(
                "capacity-twice",
                line,
                f"The capacity {post} is listed {count} times.",
                "Say who else held it, or strike one.",
                blocking=True,
            )
    by_name: dict[str, list[tuple[str, str]]] = {}
    for one in minutes.attendance:
        if one.name:
            by_name.setdefault(plain_name(one.name), []).append((one.status.value, one.line))
    for entries in by_name.values():
        name = next(one.name for one in minutes.attendance if one.line == entries[0][1] and one.name)
        if {status for status, _ in entries} >= {"present", "apologies"}:
            yield Query(
                "attendance-contradiction",
                entries[-1][1],
                f"{name} is listed as present and among the apologies.",
                "Strike one of the two.",
                blocking=True,
            )
        elif len(entries) > 1:
            yield Query("attendance-twice", entries[-1][1], f"{name} is listed twice.", "Strike one of the two.")
    taker = minutes.note_taker
    if (
        taker
        and minutes.attendance
        and not any(one.name and plain_name(one.name) in plain_name(taker) for one in minutes.attendance)
    ):
        yield Query(
            "note-taker-absent",
            minutes.attendance[0].line,
            f"The note taker, {taker}, is not in the attendance.",
            "Add them as in attendance.",
        )


def _posts(minutes: Minutes, passages: Sequence[Passage], office: Office | None) -> Iterator[Query]:
    """An abbreviation that speaks once and is one letter from one that speaks often: `The PC queried` where the PCC is meant."""
    spoken = Counter(who for one in minutes.statements for who in one.speakers if re.fullmatch(r"[A-Z][A-Z/]{1,6}", who))
    known = frozenset(post_names(office)) if office is not None else frozenset()
    for who, count in spoken.items():
        if who.casefold() in known:
            continue
        if office is None and count > 2:
            continue
        near = [
            other
            for other, often in spoken.items()
            if often >= max(3, 3 * count) and DamerauLevenshtein.distance(who, other) == 1
        ]
        if len(near) > 1:
            near = [other for other in near if other.startswith(who[0]) and len(other) > len(who)] or near
        if near:
            line = next(one.line for one in minutes.statements if who in one.speakers)
            yield Query(
                "post-unknown",
                _line_with(passages, f"{who} ", line),
                f'"{who}" speaks here and nowhere else; the {near[0]} speaks {spoken[near[0]]} times.',
                f"If the {near[0]} is meant, correct it; else say who the {who} is.",
                blocking=True,
            )
    text = " ".join(passage.text for passage in passages)
    for short in sorted({match.group(1) for match in re.finditer(r"\b([A-Z]{2,5})[\u2019']?s\b", text)}):
        singular = re.search(rf"\b[Tt]he {short}\b(?![\u2019'])", text)
        plural = re.search(rf"\b(?:both|the|The) {short}[\u2019']?s (?!\w+ing\b)", text)
        if singular and plural and not any(short in one.speakers for one in minutes.statements):
            yield Query(
                "post-ambiguous",
                _line_with(passages, f"he {short}", passages[0].line),
                f'"the {short}" is one person here, and elsewhere there are several.',
                "Say which one is meant.",
            )


def _line_with(passages: Sequence[Passage], words: str, otherwise: str) -> str:
    return next(
        (
            name
            for passage in passages
            for name, text in passage.lines
            if f"The {words}" in text or f"the {words}" in text or words in text.split(". ")[-1][:12]
        ),
        otherwise,
    )


def _actions(minutes: Minutes, meetings: Sequence[Meeting]) -> Iterator[Query]:
    months = {f"{meeting.day:%Y-%m}" for meeting in meetings if not meeting.cancelled}
    absent = {plain_name(one.name) for one in minutes.attendance if one.status is Attended.APOLOGIES and one.name}
    for action in minutes.actions:
        if action.state is NotedState.CLOSED:
            continue
        shown = action.words if len(action.words) < 90 else f"{action.words[:87]}..."
        if not action.owners:
            yield Query(
                "action-without-owner",
                action.line,
                f'No one is named to do: "{shown}"',
                "Name the post that owns it, or say that it is not known.",
            )
        if action.due is None and action.due_meeting is None:
            kind = (
                "The notes do not say to which meeting this comes back"
                if action.kind is ActionKind.BRING_BACK
                else "No date is given for"
            )
            said = f" (they say: {action.due_as_written})" if action.due_as_written else ""
            yield Query(
                "action-without-date",
                action.line,
                f'{kind}: "{shown}"{said}',
                "Give a date or a meeting, or say that it has none.",
            )
        if action.due_meeting and meetings and action.due_meeting not in months:
            yield Query(
                "meeting-not-scheduled",
                action.line,
                f"This comes back to {action.due_as_written}, and no meeting is set in {action.due_meeting}.",
                "Set the meeting, or name another.",
            )
        for owner in action.owners:
            if plain_name(owner.as_written) in absent:
                yield Query(
                    "owner-absent",
                    action.line,
                    f"{owner.as_written} is to act and sent apologies.",
                    "Make sure that they know of it.",
                )


def _repeats(minutes: Minutes) -> Iterator[Query]:
    """The same words under two numbers, or in two places."""
    seen: dict[str, str] = {}
    for action in minutes.actions:
        words = " ".join(action.words.casefold().split()).strip(".")
        if words in seen and len(words) > 12:
            found = f'The same action stands at {seen[words]}: "{action.words[:90]}"'
            yield Query("action-twice", action.line, found, "Strike one, or say how they differ.")
        seen.setdefault(words, _place(action.line))


def _references(minutes: Minutes, register: Register | None) -> Iterator[Query]:
    seen: dict[str, str] = {}
    known = {action.ref for action in register.actions} if register is not None else None
    for action in minutes.actions:
        if not action.ref:
            continue
        if action.ref in seen and "(" not in action.ref:
            yield Query(
                "reference-twice",
                action.line,
                f"The number {action.ref} is given to two actions; the other is at {seen[action.ref]}.",
                "Give one of them another number.",
                blocking=True,
            )
        seen.setdefault(action.ref, _place(action.line))
        if known is not None and action.state is not NotedState.NEW and "/" in action.ref and action.ref not in known:
            yield Query(
                "action-unknown",
                action.line,
                f"The notes report action {action.ref} as {action.state.value}, and the register has no such action.",
                "Correct the number, or add the action to the register.",
                blocking=True,
            )


def _place(line: str) -> str:
    return f"line {line}" if line.isdigit() else line


def _matters(minutes: Minutes) -> Iterator[Query]:
    statements = {one.line: one.words for one in minutes.statements}
    for matter in minutes.brought_forward:
        reached = matter.outcome is None or re.match(r"(?:closed|discharged)", matter.outcome) is not None
        if matter.discussed_at and not matter.evidence and reached:
            yield Query(
                "matter-not-discussed",
                matter.line,
                f'"{matter.title}" is said to have been discussed at {matter.discussed_at}, and no passage there discusses it.',
                "Point to the passage, or say that it was not reached.",
                blocking=True,
            )
        elif not matter.discussed_at and not matter.evidence and reached:
            yield Query(
                "matter-not-discussed",
                matter.line,
                f'No passage discusses "{matter.title}", which was brought forward.',
                "Say where it was discussed, or that it was not reached.",
                blocking=True,
            )
        words = " ".join([matter.words, *(statements.get(line, "") for line in matter.evidence)])
        acted = any(action.line in matter.evidence for action in minutes.actions)
        if not acted and not matter.outcome and not _OUTCOME.search(words):
            yield Query(
                "matter-without-outcome",
                matter.line,
                f'"{matter.title}" ends without an outcome: the notes do not close it, carry it or give it to anyone.',
                "Say: closed, carried to a meeting, superseded by an action, or not known.",
            )


def _questions(minutes: Minutes) -> Iterator[Query]:
    for at, one in enumerate(minutes.statements):
        before = minutes.statements[at - 1] if at else None
        if before is None or not one.speakers or before.speakers != one.speakers or before.item != one.item:
            continue
        if re.search(r"\basked\b", before.words) and re.search(r"\b(?:respond|repl)\w+\b", one.words[:80]):
            who = " and ".join(one.speakers)
            yield Query(
                "asker-answers",
                one.line,
                f'The {who} asks at {_place(before.line)}, and the {who} answers: "{one.words[:90]}"',
                "Correct the speaker, or put back the words that are missing.",
                blocking=True,
            )
    for question in minutes.questions:
        shown = question.words if len(question.words) < 110 else f"{question.words[:107]}..."
        if question.answer is None:
            yield Query(
                "question-unanswered",
                question.line,
                f'No answer follows: "{shown}"',
                "Add the answer, or say that none was given.",
            )
        elif not question.clear:
            yield Query(
                "answer-unclear",
                question.line,
                f'The answer at {_place(question.answer_line or "")} takes up nothing that was asked: "{shown}"',
                "Say whether it was answered, in part, or not.",
            )


def _promises(minutes: Minutes) -> Iterator[Query]:
    for one in minutes.commitments:
        if _TARGET.search(one.words) and not _NUMBERED.search(one.words):
            yield Query(
                "promise-without-number",
                one.line,
                f'A target without its number: "{one.words}"',
                "Ask what it is and add it, or say that it is not known.",
            )


def _dates(minutes: Minutes) -> Iterator[Query]:
    coming = minutes.next_meeting
    if coming is None:
        return
    if coming.day is None:
        yield Query(
            "next-meeting-date",
            coming.line,
            "The next meeting is named without a day.",
            "Add its date, or say that it is not set.",
        )
    elif coming.venue is None:
        yield Query(
            "next-meeting-venue",
            coming.line,
            f"The next meeting, {_long(coming.day)}, is named without a place.",
            "Add where it is held.",
        )
    if coming.day is not None and minutes.day is not None and coming.day <= minutes.day:
        yield Query(
            "next-meeting-earlier", coming.line, "The next meeting is not after this one.", "Correct its date.", blocking=True
        )


def _furniture(minutes: Minutes, passages: Sequence[Passage], office: Office | None) -> Iterator[Query]:
    for marking in dict.fromkeys(minutes.markings):
        if _OLD_MARKING.fullmatch(marking):
            yield Query(
                "marking-old",
                passages[0].line,
                f'The notes are marked "{marking}", a marking that was withdrawn in April 2014.',
                "Choose a marking of today for the new document; the old one stays on the old.",
            )
    text = " ".join(passage.text for passage in passages)
    if len(passages) > 15 and not _AGREES_LAST.search(text):
        yield Query(
            "last-notes-not-agreed",
            passages[0].line,
            "The notes do not say that those of the meeting before were agreed.",
            "Add it if they were, or leave it.",
        )
    expanded = {part.upper().rstrip("S") for pair in _EXPANDED.findall(text) for part in pair if part}
    listed = (
        {short.short.upper().rstrip("S") for short in office.abbreviations} | {post.abbreviation.upper() for post in office.posts}
        if office is not None
        else set()
    )
    used = Counter(
        match.group(0).rstrip("s")
        for passage in passages
        if not passage.text.isupper()
        for match in _ABBREVIATION.finditer(passage.text)
    )
    missing = sorted(
        short for short in used if short.upper().rstrip("S") not in expanded | listed and short not in _COMMON and len(short) > 2
    )
    if missing and len(missing) < 40:
        yield Query(
            "abbreviations",
            passages[0].line,
            f"Never spelt out: {', '.join(missing[:25])}.",
            "Spell each out at its first use, or add it to the abbreviations in office.toml.",
        )
