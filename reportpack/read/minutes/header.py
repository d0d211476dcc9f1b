"""The head of the notes: title, date, times, venue, chair and note taker, from labels, from the title, or from the file's own front matter."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, time
from itertools import pairwise, takewhile

from reportpack import patterns as re
from reportpack.model.minutes import Attendance
from reportpack.read.documents.lines import Fact
from reportpack.read.minutes.dates import Found, find_days, find_times
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.grammar.words import has, words_of
from reportpack.read.minutes.labels import HEADER, is_header
from reportpack.read.minutes.people import ROLES, looks_like_name, role_and_name
from reportpack.read.minutes.wraps import Passage
from reportpack.records import Record

_KINDS = {
    "date": ("date", "date and time", "date & time", "date/time", "date of meeting", "date held", "meeting date"),
    "start": ("time", "start time", "start"),
    "end": ("finish", "end", "end time"),
    "venue": ("venue", "location", "place", "held at"),
    "chair": ("chair", "in the chair", "chaired by", "chairman", "chairperson"),
    "notes": ("minutes", "minutes by", "minutes taken by", "minutes taken", "minute taker", "notes", "notes by", "notes taken by",
              "note taker", "notetaker", "note-taker", "scribe"),
    "title": ("title", "meeting", "subject"),
}  # fmt: skip
_KIND_OF = {label: kind for kind, labels in _KINDS.items() for label in labels}
_AMBIGUOUS = listed("minutes notes meeting title start end")  # Labels that are none without a colon.
_HELD = re.compile(r"(?i)(?:minutes|notes|note|record) of (?:the |a )?.{0,60}?(?:meeting )?(?:held )?(?:on|at)\b")
_AT_PLACE = re.compile(r"\b(?:held )?(?:at|in) (?P<place>(?:the )?[A-Z][^.:]{2,80})\W*$")
_DAY_TAIL = re.compile(
    r"(?:[,\s]+at \d{1,2}[.:]\d\d\s?(?:am|pm)?)?(?:[,\s]+on|\s+at|\s+[-\u2013\u2014]) (?:\w+day,? )?(?:the )?(?:\d|(?<=day )).*$",
    re.IGNORECASE | re.DOTALL,
)
_SECTIONS = listed("present attendees in_attendance attendance panel members apologies")
_UNTITLED = listed(
    "minutes actions action draft of the meeting meetings note notes agenda and final media items item no date time venue location chair attendance attendees attending "
    "apologies present - \u2013 : . #"
)
_ROOMS = "room|house|hall|street|road|floor|centre|center|chamber|office|institute|hotel|inn|building|suite|headquarters|hq|teams|zoom|skype|online|virtual|irc"
_POSTCODE = re.compile(r"\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b")
_TIMED = re.compile(r"\s*\d{1,2}[:.]\d\d(?:\s?(?:-|\u2013|to)\s?\d{1,2}[:.]\d\d,?\s+(?P<place>\S.*))?")
_AT = re.compile(r"(?i)^(?:to be )?(?:held )?(?:at|in)\s+")
_PLACE = re.compile(rf"\b(?:(?i:{_ROOMS})|[A-Z]{{1,2}}\d{{1,2}}[A-Z]? ?\d[A-Z]{{2}})\b")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
_A_NAME = 7
"""Words that a first line may have, its day among them, to name the meeting where it says no word for one: `PAB 12 November 2024`."""
_ORDINAL_MEETING = re.compile(
    r"(?i)(?:\d{1,3}(?:st|nd|rd|th)|[a-z]{2,8}(?:-[a-z]{2,8})?(?:th|st|nd|rd)|first|second|third) meeting"
)
_LAST_MEETING = re.compile(
    r"(?i)\bminutes of the [^.]{0,40}meeting (?:were|was)\b|\d \w+ minutes\b|\b(?:previous|last|next) meeting\b"
)
_MET = listed("meeting minutes notes held")
_BODIES = listed(
    "meeting board panel group committee forum council minutes notes log report register assurance governance directors"
)
_CHAIR = listed("chair chairman chairwoman chairperson")
_TAKER = listed("minute notes minutes note minute-taker note-taker minutetaker notetaker scribe")
_DEPUTY = listed("vice deputy vice-chair vice-chairman deputy-chair")


class Header(Record):
    """What the head says. `wrong_weekday` is the weekday as written when the date is another; `unpaired` labels and values in unequal number."""

    title: str | None = None
    day: date | None = None
    day_line: str = "1"
    start: time | None = None
    end: time | None = None
    venue: str | None = None
    chair: str | None = None
    note_taker: str | None = None
    wrong_weekday: str = ""
    unpaired: str = ""
    passages: frozenset[int] = frozenset()


def read_header(passages: Sequence[Passage], facts: Sequence[Fact], attendance: Sequence[Attendance], head: int) -> Header:
    """The head of the notes; `head` is how many passages belong to it."""
    labelled, used, unpaired = _labels(passages[: max(head, 30)])
    fields = defaultdict(str, {kind: value for kind, (value, _) in labelled.items()})
    declared = defaultdict(str, {fact.key: fact.value for fact in reversed(facts)})
    title = declared["title"] or _title(passages[:12], fields["title"])
    days = find_days(fields["date"])
    found, line = (_with_year(days[0], title), labelled["date"][1]) if days else _day(passages, declared["date"], head, title)
    start, end = _times(passages, [fields["start"], fields["date"], declared["date"]], fields["end"], line)
    place = declared["location"] or declared["venue"]
    venue, venue_at = _venue(passages, labelled.get("venue"), place, head, {one.line for one in attendance})
    chair = _named(fields["chair"]) or declared["chair"] or _by_capacity(attendance, _CHAIR)
    taker = _named(fields["notes"]) or _by_capacity(attendance, _TAKER)
    return Header(
        title or None, found.day if found else None, line or "1", start, end, venue or None, chair or None, taker or None,
        found.wrong_weekday if found else "", unpaired, frozenset(used | venue_at),
    )  # fmt: skip


def _labels(passages: Sequence[Passage]) -> tuple[dict[str, tuple[str, str]], set[int], str]:
    found: dict[str, tuple[str, str]] = {}
    used: set[int] = set()
    waiting: list[tuple[str, int]] = []
    unpaired = ""
    for at, passage in enumerate(passages):
        label, value = _labelled(passage)
        if label in ("chair", "notes") and not value:
            after = [one for one in passages[at + 1 : at + 2] if len(one.text) <= 80 and not one.text.endswith(".")]
            if not any(_labelled(one)[0] or looks_like_name(_first(one.text)) or find_days(one.text) for one in after):
                continue
        if label and value:
            found.setdefault(label, (value, passage.line))
            waiting = []
        elif label:
            waiting.append((label, at))
        elif len(waiting) > 1:
            unpaired = _pair(waiting, passages, at, found, used) or unpaired
            waiting = []
        elif waiting:
            if len(passage.text) < 120 and not passage.text.endswith(":"):
                found.setdefault(waiting[0][0], (passage.text, passage.line))
                used.add(at)
            waiting = []
        used |= {at} if label else set()
    return found, used, unpaired


def _first(text: str) -> str:
    return text.replace("(", ",").partition(",")[0]


def _labelled(passage: Passage) -> tuple[str, str]:
    if len(passage.cells) >= 2:
        label, value = passage.cells[0].strip(), " ".join(cell for cell in passage.cells[1:] if cell).replace("\n", ", ").strip()
        match = HEADER.fullmatch(label)
        return ("", "") if match is None or match["text"] else (_KIND_OF.get(match["label"].lower(), ""), value)
    match = HEADER.fullmatch(passage.text[:400]) if passage.mark in ("", "\u2022", "-", "*") else None
    if match is None:
        return "", ""
    label = match["label"].lower()
    bare = match["text"] is None and (label in _AMBIGUOUS or len(passage.text) > 20)
    return ("", "") if bare else (_KIND_OF.get(label, ""), (match["text"] or "").strip())


def _pair(
    waiting: list[tuple[str, int]], passages: Sequence[Passage], at: int, found: dict[str, tuple[str, str]], used: set[int]
) -> str:
    near = enumerate(passages[at : at + len(waiting) + 2], at)
    values = list(takewhile(lambda one: not (one[0] > at and one[1].gap) and not one[1].text.endswith(":"), near))
    if len(values) != len(waiting):
        return passages[waiting[0][1]].line
    for (label, _), (step, passage) in zip(waiting, values, strict=True):
        found.setdefault(label, (passage.text, passage.line))
        used.add(step)
    return ""


def _title(passages: Sequence[Passage], labelled: str) -> str:
    texts = [one.text.strip(" *_:") for one in passages if not one.cells and len(one.text) < 160 and not one.mark]
    first = next((at for at, text in enumerate(texts[:5]) if has(text, _BODIES) and _may_title(text)), 0)
    for number, text in enumerate(texts[first:8], first):
        body = has(text, _BODIES)
        days = find_days(text)
        if not _may_title(text):
            continue
        if body or (number == 0 and len(text.split()) < _A_NAME) or (not days and len(text.split()) > 1):
            more = texts[number + 1] if number + 1 < len(texts) else ""
            dated = bool(days) and text[: days[0].start].rstrip().endswith(("-", "\u2013", "\u2014")) and days[0].weekday
            bare = text[: days[0].start].rstrip(" -\u2013\u2014") if dated else text
            return f"{bare} \u2013 {more}" if _ORDINAL_MEETING.fullmatch(more) else bare
    return labelled


def _is_due(text: str, one: Found) -> bool:
    return text[: one.start].lower().endswith(" by ")


def _may_title(text: str) -> bool:
    low = words_of(text).low
    own = [word for word in low if word not in _UNTITLED]
    plain = len(own) == 1 and low[-1] == "meeting" and low[0] in ("minutes", "draft") and "of" in low
    other = is_header(text) or _NUMBERED.match(text) or any(_is_due(text, one) for one in find_days(text))
    return bool(own) and not plain and low[0] not in ("paper", "contact") and not other


def _day(passages: Sequence[Passage], told: str, head: int, title: str) -> tuple[Found | None, str]:
    held, declared = _held_on(passages), find_days(told)
    in_title = [one for one in find_days(title) if one.day and not _LAST_MEETING.search(title)]
    if declared and held is None and not (in_title and has(title, _MET)):
        return _with_year(declared[0], title), "1"
    if held is not None and (declared or not in_title):
        return held
    if in_title:
        return in_title[0], passages[0].line
    year_known = next((one.year for one in find_days(title) if one.year), None)
    partial: tuple[Found, str] | None = None
    for passage in passages[: max(min(head + 2, 40), 14)]:
        other = len(passage.text) > 220 or passage.cells or _LAST_MEETING.search(passage.text)
        for one in find_days(passage.text, year_known) if not other else ():
            if one.day is not None and not _is_due(passage.text, one):
                return one, passage.line
            partial = partial or (None if _is_due(passage.text, one) else (one, passage.line))
    return partial or (None, "")


def _held_on(passages: Sequence[Passage]) -> tuple[Found, str] | None:
    """A full date beside words that say the meeting was held: front matter may only tell when the page was put up."""
    for at, passage in enumerate(passages[:9]):
        text = passage.text[:300]
        for found in [one for one in find_days(text) if one.day is not None][:1]:
            before = text[: found.start]
            alone = before.strip().lower() in ("", "on", "held on") and len(text) - found.end < 14
            dated = found.weekday and not found.wrong_weekday and not (at and "next" in passages[at - 1].text.lower())
            if alone and dated:  # `Wednesday 11th May 2005`
                return found, passage.line
            told = at < 6 and has(before, _MET) and not has(before, listed("passed agreed that")) and ". " not in before
            if told and not _LAST_MEETING.search(text):
                return found, passage.line
    return None


def _with_year(found: Found, title: str) -> Found:
    years = {word for word in words_of(title).low if word.isdigit() and len(word) == 4} if found.day is None else set()
    again = find_days(found.words, int(years.pop())) if len(years) == 1 else ()
    return again[0] if again else found


def _times(passages: Sequence[Passage], texts: list[str], ends: str, line: str) -> tuple[time | None, time | None]:
    texts.extend(passage.text for passage in passages[:20] if passage.line == line and len(passage.text) < 200)
    texts.extend(passage.text[:300] for passage in passages[:8] if _HELD.search(passage.text[:200]))
    texts.extend(one.text for one in passages[:12] if _TIMED.match(one.text) and len(one.text) < 120 and not one.cells)
    end = find_times(ends)
    for text in texts:
        for one in find_days(text):
            text = text.replace(one.words, " ")  # noqa: PLW2901 - what is left has no day
        if times := find_times(text):
            return times[0], end[0] if end else times[1] if len(times) > 1 else None
    return None, end[0] if end else None


def _venue(
    passages: Sequence[Passage], labelled: tuple[str, str] | None, declared: str, head: int, people: set[str]
) -> tuple[str, set[int]]:  # fmt: skip
    if labelled is not None and labelled[0]:
        at = next((at for at, passage in enumerate(passages) if passage.line == labelled[1]), len(passages))
        more = [
            one.text for one in passages[at + 1 : at + 2] if not one.gap and len(one.text) < 90 and _POSTCODE.search(one.text)
        ]
        return ", ".join([labelled[0], *more]), {at + 1} if more else set()
    if declared:
        return declared, set()
    for at, passage in enumerate(passages[: max(min(head, 16), 8)]):
        text = passage.text
        match = _AT_PLACE.search(text) or _AT_PLACE.search(_DAY_TAIL.sub("", text[:300])) if _HELD.search(text) else None
        if match is not None:
            return _DAY_TAIL.sub("", match["place"]).strip(" :,").removeprefix("the "), {at}
        begun = words_of(text).low[:2]
        if passage.line in people or (begun[:1] and (begun[0] in _SECTIONS or " ".join(begun) in _SECTIONS)):
            break
        if (timed := _TIMED.fullmatch(text)) is not None and timed["place"] and not find_days(timed["place"][:30]):
            return timed["place"], {at}
        if at and len(text) < 120 and not passage.cells and _names_place(text):
            return _AT.sub("", text), {at}
    return "", set()


def _names_place(text: str) -> bool:
    """`Hercules House, Hercules Road` is a place; `Peter Cordingley, Home Office` is somebody and where they come from."""
    first = _first(text)
    person = looks_like_name(first) and not _PLACE.search(first) and not any(letter.isdigit() for letter in text)
    holder = not ROLES.isdisjoint(words_of(text).low[:2]) or " to " in text
    other = person or holder or has(text.split(",", maxsplit=1)[0], _BODIES)
    return _PLACE.search(text) is not None and not other and not find_days(text)


def _named(text: str) -> str:
    person = role_and_name(text)
    return person[0] if person is not None else text


def _by_capacity(attendance: Sequence[Attendance], words: frozenset[str]) -> str:
    """Whoever has a capacity with one of these words; a chair of something else, or a deputy, is none."""
    said = ((one.name or "", words_of(one.post or "").low) for one in attendance)
    own = (
        name
        for name, low in said
        if any(word in words and after != "of" for word, after in pairwise((*low, ""))) and _DEPUTY.isdisjoint(low)
    )
    return next(own, "")
