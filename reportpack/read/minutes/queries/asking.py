"""The doorway: every query about the notes, each with its line, what was found and what to do: what their head and end leave open; actions without an
owner or a date; matters that nobody discussed, questions that nobody answered, promises without a number."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import pairwise
from textwrap import shorten

from reportpack.model.matter import MatterState
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import ActionKind, Assurance, Attended, MatterEnd, Minutes, NotedAction, NotedState, Query
from reportpack.model.office import Office
from reportpack.model.period import weekday_date
from reportpack.model.register import Register
from reportpack.read.minutes.brought_forward import ends_matter
from reportpack.read.minutes.grammar.classes import NUMBERS, listed
from reportpack.read.minutes.grammar.words import words_of
from reportpack.read.minutes.header import Header
from reportpack.read.minutes.owners import people_meant
from reportpack.read.minutes.people import plain_name
from reportpack.read.minutes.queries.sentences import ask, place_of, post_queries, slip_queries, wording_queries
from reportpack.read.minutes.wraps import Passage


def queries_of(
    minutes: Minutes, passages: Sequence[Passage], head: Sequence[Query], office: Office | None, meetings: Sequence[Meeting], register: Register | None
) -> tuple[Query, ...]:  # fmt: skip
    """All of them, those that stop the notes from being agreed first within each line."""
    found = [
        *_attendance_queries(minutes), *_unlisted_queries(minutes, passages, office, meetings, register), *post_queries(minutes, passages, office),
        *_action_queries(minutes, passages, meetings, office, register), *_twice_queries(minutes, register),
        *_matter_queries(minutes), *_question_queries(minutes), *_promise_queries(minutes), *_next_meeting_queries(minutes),
        *wording_queries(minutes, passages, office), *head, *slip_queries(passages),
    ]  # fmt: skip
    order = {name: at for at, name in enumerate(dict.fromkeys(name for passage in passages for name in passage.names))}
    return tuple(sorted(dict.fromkeys(found), key=lambda query: (order.get(query.line, 0), not query.blocking)))


def header_queries(header: Header, passages: Sequence[Passage]) -> Iterator[Query]:
    """What the head of the notes leaves open."""
    day, said = header.day, header.wrong_weekday.strip(",")
    if header.unpaired:
        yield ask("header-unpaired", header.unpaired)
    if said and day is not None:
        yield ask("weekday", header.day_line, day=weekday_date(day), weekday=said)
    if day is None:
        yield ask("date-missing", passages[0].line)


def _attendance_queries(minutes: Minutes) -> Iterator[Query]:
    unknown = [one for one in minutes.attendance if one.status is Attended.UNKNOWN and one.name]
    capacities = [one for one in minutes.attendance if one.name is None]
    if unknown:
        yield ask("attendance-unknown", unknown[0].line, names=", ".join(one.name or "" for one in unknown))
    named = [one for one in unknown if one.post is None]
    if capacities and len(capacities) != len(named):
        posts = ", ".join(one.post or "" for one in capacities)
        names = f"{len(named)} name{'' if len(named) == 1 else 's'}"
        yield ask("capacities-unpaired", capacities[0].line, names=names, count=len(capacities), posts=posts)
    for post, count in Counter(one.post for one in capacities).items():
        for line in [one.line for one in capacities if one.post == post][1:2]:
            yield ask("capacity-twice", line, post=post, count=count)
    called = [plain_name(one.name or "") for one in minutes.attendance]
    for name in dict.fromkeys(filter(None, called)):
        entries = [one for one, own in zip(minutes.attendance, called, strict=True) if own == name]
        both = {one.status for one in entries} >= {Attended.PRESENT, Attended.APOLOGIES}
        if len(entries) > 1:
            yield ask("attendance-contradiction" if both else "attendance-twice", entries[-1].line, name=entries[0].name)
    taker = minutes.note_taker
    if taker and minutes.attendance and not any(one in plain_name(taker) for one in filter(None, called)):
        yield ask("note-taker-absent", minutes.attendance[0].line, name=taker)


def _unlisted_queries(
    minutes: Minutes, passages: Sequence[Passage], office: Office | None, meetings: Sequence[Meeting], register: Register | None
) -> Iterator[Query]:
    if office is None:
        return
    line = passages[0].line
    if not minutes.attendance:
        yield ask("attendance-missing", line)
    elif minutes.chair is None:
        yield ask("chair-missing", line)
    if register is None or minutes.day is None:
        return
    text = " ".join(" ".join(passage.text for passage in passages).casefold().split())
    own = {f"{minutes.day:%Y-%m}", minutes.day.isoformat()} | {one.id for one in meetings if one.day == minutes.day}
    silent: list[str] = []
    for matter in (one for one in register.matters if one.due in own and one.state is MatterState.CARRIED):
        topic = office.topic(matter.topic)
        names = (matter.ref, matter.title, " ".join(matter.words.split()), *(topic.names if topic is not None else ()))
        silent.extend([f"{matter.ref} {matter.title}".strip()] if not any(one.casefold() in text for one in names if one) else [])
    if silent:
        yield ask("matters-missing", line, titles=", ".join(silent))


def _next_meeting_queries(minutes: Minutes) -> Iterator[Query]:
    if (coming := minutes.next_meeting) is None:
        return
    if coming.day is None:
        yield ask("next-meeting-date", coming.line)
    elif minutes.day is not None and coming.day <= minutes.day:
        yield ask("next-meeting-earlier", coming.line)
    elif coming.venue is None:
        yield ask("next-meeting-venue", coming.line, day=weekday_date(coming.day))


_ARTICLES = ("the ", "a ", "an ", "its ", "our ")


def _action_queries(
    minutes: Minutes, passages: Sequence[Passage], meetings: Sequence[Meeting], office: Office | None, register: Register | None
) -> Iterator[Query]:
    rows = {one.ref.casefold() for one in register.actions} if register is not None else set()
    months = {f"{meeting.day:%Y-%m}" for meeting in meetings if not meeting.cancelled}
    for action in minutes.actions:
        if action.state is NotedState.CLOSED:
            continue
        words = shorten(action.words, 90, placeholder="...")
        written = action.due_as_written
        # News of a row of the register, which has its owner, and its day where it is not put off.
        told = bool(action.update) and (action.ref or "").casefold() in rows
        if not action.owners and not told:
            yield ask("action-without-owner", action.line, action.words, words=words)
        if action.due_doubt:
            kind, doubt = "action-without-date: doubted", action.due_doubt
            yield ask(kind, action.line, action.words, words=words, said=written, doubt=doubt)
        elif action.due is None and action.due_meeting is None and not (told and not action.put_off):
            returns = action.kind is ActionKind.BRING_BACK
            lacks = "The notes do not say to which meeting this comes back" if returns else "No date is given for"
            said = f" (they say: {written})" if written else ""
            yield ask("action-without-date", action.line, action.words, lacks=lacks, words=words, said=said)
        if action.due_meeting and meetings and action.due_meeting not in months:
            named = written or "a meeting"
            meeting = named if named.lower().startswith(_ARTICLES) else f"the {named}"
            month = f"{date.fromisoformat(f'{action.due_meeting}-01'):%B %Y}"
            about = f"{action.words} {action.due_meeting}"
            yield ask("meeting-not-scheduled", action.line, about, meeting=meeting, month=month)
        yield from _owner_queries(action, minutes, passages, office)


def _owner_queries(action: NotedAction, minutes: Minutes, passages: Sequence[Passage], office: Office | None) -> Iterator[Query]:
    for owner in action.owners:
        said = owner.as_written
        meant = people_meant(said, minutes.attendance)
        about = f"{action.words} {said}"
        short = 2 <= len(said) <= 4 and said.isupper() and said.isalpha() and said not in ("ALL", "TBC", "TBA")
        # Letters of a capacity that the notes list, spelt out somewhere, or an abbreviation of the office's.
        letters = ["".join(word[0] for word in (one.post or "").split() if word[:1].isupper()) for one in minutes.attendance]
        letters += [one.short for one in office.abbreviations] if office is not None else []
        spelt = short and (said in letters or any(f"({said})" in passage.text for passage in passages))
        if len({plain_name(one.name or "") for one in meant}) > 1:
            names = " or ".join(dict.fromkeys(one.name or "" for one in meant))
            yield ask("owner-ambiguous", action.line, about, owner=said, names=names)
        elif office is not None and not meant and owner.post is None and short and not spelt:
            yield ask("owner-unknown", action.line, about, owner=said)
        if any(one.status is Attended.APOLOGIES for one in meant):
            yield ask("owner-absent", action.line, about, owner=said)


def _twice_queries(minutes: Minutes, register: Register | None) -> Iterator[Query]:
    seen: dict[str, str] = {}
    known = {action.ref for action in register.actions} if register is not None else None
    for action in minutes.actions:
        words, place = " ".join(action.words.casefold().split()).strip("."), place_of(action.line)
        again = [(action.line, seen[words])] if words in seen and len(words) > 12 else []
        for line, first in (*again, *((line, place) for line in action.repeated)):
            yield ask("action-twice", line, action.words, first=first, words=action.words[:90])
        seen.setdefault(words, place)
        ref, about = action.ref, f"{action.ref} {action.words}"
        if not ref:
            continue
        if f"#{ref}" in seen and "(" not in ref:
            yield ask("reference-twice", action.line, about, ref=ref, first=seen[f"#{ref}"])
        seen.setdefault(f"#{ref}", place)
        if known is not None and action.state is not NotedState.NEW and "/" in ref and ref not in known:
            yield ask("action-unknown", action.line, about, ref=ref, state=action.state.value)


_COUNTED = NUMBERS.keys() | listed("half quarter quartile")
_ASKING = ("asked", "queried", "questioned", "inquired", "enquired")
_LONGEST = 140


def _matter_queries(minutes: Minutes) -> Iterator[Query]:
    statements = {one.line: one.words for one in minutes.statements}
    for matter in minutes.brought_forward:
        about = f"{matter.title} {matter.words}"
        reached = matter.outcome is None or matter.became in (MatterEnd.CLOSED, MatterEnd.NOT_REACHED)
        if matter.not_reached or (not matter.evidence and reached):
            title, claimed, remedy = matter.title, matter.discussed_at, "Point to the passage, or say that it was not reached."
            found = f'No passage discusses "{title}", which was brought forward.'
            if claimed:
                found = f'"{title}" is said to have been discussed at {claimed}, and no passage there discusses it.'
            if matter.not_reached:
                found, remedy = f'"{title}" was not discussed: "{matter.not_reached}"', "Say what becomes of it."
            yield ask("matter-not-discussed", matter.line, about, found=found, remedy=remedy)
        said = [matter.words, *(statements.get(line, "") for line in matter.evidence)]
        acted = any(action.line in matter.evidence for action in minutes.actions)
        ended = acted or bool(matter.outcome) or any(ends_matter(words) for words in said)
        unclear = bool(matter.outcome) and matter.became is None
        if not ended or unclear or (matter.became is MatterEnd.CARRIED and not matter.returns):
            asked = next((words for words in said if ends_matter(words, asked=True)), "")
            found = f'"{matter.title}" ends without an outcome: the notes do not close it, carry it or give it to anyone.'
            if unclear:
                found = f'The outcome of "{matter.title}" does not say whether it is closed, or when it comes back: "{matter.outcome}".'
            elif matter.outcome:
                found = f'"{matter.title}" is put off, and nothing says to which meeting: "{matter.outcome}".'
            elif asked:
                found = f'That "{matter.title}" be closed is asked for, and nobody says that it is: "{asked}"'
            yield ask("matter-without-outcome", matter.line, about, found=found)


def _question_queries(minutes: Minutes) -> Iterator[Query]:
    for before, one in pairwise(minutes.statements):
        if not one.speakers or before.speakers != one.speakers or before.item != one.item:
            continue
        answers = any(word.startswith(("respond", "repl")) for word in words_of(one.words[:80]).low)
        if "asked" in words_of(before.words).low and answers:
            who, place = " and ".join(one.speakers), place_of(before.line)
            yield ask("asker-answers", one.line, f"{before.words} {one.words}", who=who, place=place, words=one.words[:90])
    for question in minutes.questions:
        shown, about = _shown(question.words), f"{question.words} {question.answer}"
        if question.answer is None:
            yield ask("question-unanswered", question.line, question.words, words=shown)
        elif question.assurance is Assurance.REFUSED:
            yield ask("assurance-refused", question.line, about, words=shown)
        elif not question.clear:
            doubt, place = question.doubt or "does not settle it", place_of(question.answer_line or "")
            yield ask("answer-unclear", question.line, about, place=place, doubt=doubt, words=shown)


def _shown(words: str) -> str:
    if len(words) < _LONGEST:
        return words
    at = min((words.index(one) for one in _ASKING if one in words), default=0)
    asked = f"...{words[at:]}" if at else words
    return asked if len(asked) < _LONGEST else f"{asked[: _LONGEST - 3]}..."


def _promise_queries(minutes: Minutes) -> Iterator[Query]:
    for one in minutes.commitments:
        low = words_of(one.words).low
        aimed = "target" in low or "will be followed through" in one.words.lower()
        if one.tests and one.owner is None:
            yield ask("promise-without-owner", one.line, one.words, words=one.words)
        if aimed and _COUNTED.isdisjoint(low) and not any(letter.isdigit() for letter in one.words):
            yield ask("promise-without-number", one.line, words=one.words)
