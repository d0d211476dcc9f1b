"""The head of the notes: title, date, times, venue, chair and note taker, from labels, from the title, or from the file's own front matter."""

from collections.abc import Sequence
from datetime import date, time

from reportpack import patterns as re
from reportpack.model.minutes import Attendance
from reportpack.read.documents.lines import Fact
from reportpack.read.minutes.dates import Found, find_days, find_times
from reportpack.read.minutes.labels import HEADER, is_header
from reportpack.read.minutes.people import looks_like_name
from reportpack.read.minutes.persons import role_and_name
from reportpack.read.minutes.wraps import Passage
from reportpack.records import dataclass

_KINDS = {
    "date": ("date", "date and time", "date & time", "date/time", "date of meeting", "meeting date"),
    "start": ("time", "start time", "start"),
    "end": ("finish", "end", "end time"),
    "venue": ("venue", "location", "place", "held at"),
    "chair": ("chair", "in the chair", "chaired by", "chairman", "chairperson"),
    "notes": ("minutes", "minutes by", "minutes taken by", "minutes taken", "minute taker", "notes", "notes by", "notes taken by",
              "note taker", "notetaker", "note-taker", "scribe"),
    "title": ("title", "meeting", "subject"),
}  # fmt: skip
_KIND_OF = {label: kind for kind, labels in _KINDS.items() for label in labels}
_HELD = re.compile(r"(?:minutes|notes|note|record) of (?:the |a )?.{0,60}?(?:meeting )?(?:held )?(?:on|at)\b", re.IGNORECASE)
_AT_PLACE = re.compile(r"\b(?:held )?(?:at|in) (?P<place>the [A-Z][^.:]{2,80}|[A-Z][^.:]{2,80})\W*$")
_DAY_TAIL = re.compile(
    r"[,\s]+(?:at \d{1,2}[.:]\d\d\s?(?:am|pm)?\s+)?on (?:\w+day,? )?(?:the )?\d{1,2}(?:st|nd|rd|th)? .*$",
    re.IGNORECASE | re.DOTALL,
)
_SECTION_BEGUN = re.compile(r"\W{0,2}(?:present|attendees|in attendance|attendance|panel|members|apologies)\b", re.IGNORECASE)
_OFFICE_HOLDER = re.compile(
    r"(?:\w+ )?(?:minister|director|head|secretary|officer|manager|commissioner|adviser|advisor|chief|deputy|assistant|[ivx]+\.)\b|.*\bto [a-z]+ ",
    re.IGNORECASE,
)
_NOT_TITLE = re.compile(
    r"(?:minutes(?: and actions)?|(?:draft )?minutes of (?:the )?(?:\w+ )?meeting|meeting notes?(?: - actions)?|notes? of meeting|agenda(?: and (?:draft )?minutes)?|notes|draft|final|paper .*|media|items|no\. item|contact: .*"
    r"|date|time|venue|location|chair|attend\w*|apologies|present)\W*",
    re.IGNORECASE,
)
_PLACE_WORDS = re.compile(
    r"\b(?:(?i:room|house|hall|street|road|floor|centre|center|chamber|office|institute|hotel|inn|building|suite|headquarters|hq|teams|zoom|skype|online|virtual|irc)|"
    r"[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2})\b"
)
_ORDINAL_MEETING = re.compile(
    r"(?:\d{1,3}(?:st|nd|rd|th)|[a-z]{2,8}(?:-[a-z]{2,8})?(?:th|st|nd|rd)|first|second|third) meeting", re.IGNORECASE
)
_DATED_TAIL = re.compile(r"\s+[-\u2013\u2014]\s+(?:mon|tues|wednes|thurs|fri|satur|sun)day\b.{0,50}$", re.IGNORECASE)
_LAST_MEETING = re.compile(
    r"\bminutes of the [^.]{0,40}meeting (?:were|was)\b|\d \w+ minutes\b|\b(?:previous|last|next) meeting\b", re.IGNORECASE
)
_MET_ON = re.compile(r"\b(?:meeting|minutes|notes|held)\b", re.IGNORECASE)
_CHAIR = re.compile(r"\bchair(?:man|woman|person)?\b(?! of)", re.IGNORECASE)
_NOTE_TAKER = re.compile(
    r"\b(?:minute ?taker|note ?taker|minutes|meeting minutes|minute-taker|note-taker|scribe)\b", re.IGNORECASE
)
_BODY_WORDS = re.compile(
    r"\b(?:meeting|board|panel|group|committee|forum|council|minutes|notes|log|report|register|assurance|governance|directors)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
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
    fields, used, unpaired = _fields(passages[: max(head, 30)])
    values = {fact.key: fact.value for fact in reversed(facts)}
    title = _title(passages[:12], values, fields)
    found, line = _day(passages, values, fields, head, title or "")
    start, end = _times(passages, values, fields, line)
    venue, venue_at = _venue(passages, values, fields, head, {one.line for one in attendance})
    chair = _named(fields.get("chair", ("", ""))[0]) or values.get("chair") or _by_capacity(attendance, _CHAIR)
    taker = _named(fields.get("notes", ("", ""))[0]) or _by_capacity(attendance, _NOTE_TAKER)
    return Header(
        title or None,
        found.day if found else None,
        line or "1",
        start,
        end,
        venue or None,
        chair or None,
        taker or None,
        found.wrong_weekday if found else "",
        unpaired,
        frozenset(used | venue_at),
    )


def _fields(passages: Sequence[Passage]) -> tuple[dict[str, tuple[str, str]], set[int], str]:
    """Labelled values, each with its line: on the label's line, in the next cell, below it, or a stack of labels before a stack of values."""
    found: dict[str, tuple[str, str]] = {}
    used: set[int] = set()
    waiting: list[tuple[str, int]] = []
    unpaired = ""
    for at, passage in enumerate(passages):
        label, value = _labelled(passage)
        if label and not value and label in ("chair", "notes") and not _names_follow(passages, at):
            continue
        if label:
            used.add(at)
            if value:
                found.setdefault(label, (value, passage.line))
                waiting = []
            else:
                waiting.append((label, at))
        elif waiting:
            if len(waiting) > 1:
                unpaired = _pair(waiting, passages, at, found, used) or unpaired
            elif len(passage.text) < 120 and not passage.text.endswith(":"):
                found.setdefault(waiting[0][0], (passage.text, passage.line))
                used.add(at)
            waiting = []
    return found, used, unpaired


def _names_follow(passages: Sequence[Passage], at: int) -> bool:
    """Whether a label is followed by another, or by somebody's name."""
    after = next(iter(passages[at + 1 : at + 2]), None)
    if after is None or len(after.text) > 80 or after.text.endswith("."):
        return False
    return bool(_labelled(after)[0]) or looks_like_name(re.split(r"[,(]", after.text)[0]) or find_days(after.text) != ()


def _labelled(passage: Passage) -> tuple[str, str]:
    if passage.cells and len(passage.cells) >= 2:
        label = HEADER.fullmatch(passage.cells[0].strip())
        if label is not None and not label["text"]:
            return _KIND_OF.get(label["label"].lower(), ""), " ".join(cell for cell in passage.cells[1:] if cell).replace(
                "\n", ", "
            ).strip()
        return "", ""
    match = HEADER.fullmatch(passage.text[:400]) if not passage.mark or passage.mark in "\u2022-*" else None
    if match is None:
        return "", ""
    kind = _KIND_OF.get(match["label"].lower(), "")
    bare = match["text"] is None
    if bare and (match["label"].lower() in ("minutes", "notes", "meeting", "title", "start", "end") or len(passage.text) > 20):
        return "", ""
    return kind, (match["text"] or "").strip()


def _pair(
    waiting: list[tuple[str, int]], passages: Sequence[Passage], at: int, found: dict[str, tuple[str, str]], used: set[int]
) -> str:
    """A stack of labels takes a stack of values by order only when both have the same number."""
    values: list[int] = []
    for step in range(at, min(at + len(waiting) + 2, len(passages))):
        passage = passages[step]
        if (step > at and passage.gap) or passage.text.endswith(":"):
            break
        values.append(step)
    if len(values) != len(waiting):
        return passages[waiting[0][1]].line
    for (label, _), step in zip(waiting, values, strict=True):
        found.setdefault(label, (passages[step].text, passages[step].line))
        used.add(step)
    return ""


def _title(passages: Sequence[Passage], values: dict[str, str], fields: dict[str, tuple[str, str]]) -> str:
    if values.get("title"):
        return values["title"]
    candidates = [
        passage.text.strip(" *_:") for passage in passages if not passage.cells and len(passage.text) < 160 and not passage.mark
    ]
    first = next(
        (
            number
            for number, text in enumerate(candidates[:5])
            if _BODY_WORDS.search(text) and not _NOT_TITLE.fullmatch(text) and not is_header(text)
        ),
        0,
    )
    for number, text in enumerate(candidates[first:8], first):
        if _NOT_TITLE.fullmatch(text) or is_header(text) or (find_days(text) and not _BODY_WORDS.search(text)):
            continue
        if _BODY_WORDS.search(text) or number == 0 or len(text.split()) > 1:
            more = candidates[number + 1] if number + 1 < len(candidates) else ""
            joined = _ORDINAL_MEETING.fullmatch(more) is not None
            bare = _DATED_TAIL.sub("", text) or text
            return f"{bare} \u2013 {more}" if joined else bare
    return fields.get("title", ("", ""))[0]


def _day(
    passages: Sequence[Passage], values: dict[str, str], fields: dict[str, tuple[str, str]], head: int, title: str
) -> tuple[Found | None, str]:
    """The meeting's day: a labelled one, the first in the head, or the front matter's; the year may stand in the title."""
    days = find_days(fields.get("date", ("", ""))[0])
    if days:
        return _with_year(days[0], title), fields["date"][1]
    held = _held_on(passages)
    declared = find_days(values.get("date", ""))
    in_title = [one for one in find_days(title) if one.day and not _LAST_MEETING.search(title)]
    titled = bool(in_title) and _MET_ON.search(title) is not None
    if declared and held is None and not titled:
        return _with_year(declared[0], title), "1"
    if declared and held is not None:
        return held
    if in_title:
        return in_title[0], passages[0].line
    year_known = next((one.year for one in find_days(title) if one.year), None)
    partial: tuple[Found, str] | None = None
    for passage in passages[: max(min(head + 2, 40), 14)]:
        if len(passage.text) > 220 or passage.cells or _LAST_MEETING.search(passage.text):
            continue
        for one in find_days(passage.text, year_known):
            if one.day is not None:
                return one, passage.line
            partial = partial or (one, passage.line)
    return partial or (None, "")


def _held_on(passages: Sequence[Passage]) -> tuple[Found, str] | None:
    """A full date beside words that say the meeting was held: front matter may only tell when the page was put up."""
    for passage in passages[:6]:
        text = passage.text[:300]
        found = next((one for one in find_days(text) if one.day is not None), None)
        if found is None or _LAST_MEETING.search(text):
            continue
        before = text[: found.start]
        if _MET_ON.search(before) and not re.search(r"\.\s|\b(?:passed|agreed|that)\b", before):
            return found, passage.line
    return None


def _with_year(found: Found, title: str) -> Found:
    if found.day is not None:
        return found
    years = re.findall(r"(?:19|20)\d{2}", title)
    again = find_days(found.words, int(years[0])) if len(set(years)) == 1 else ()
    return again[0] if again else found


def _times(
    passages: Sequence[Passage], values: dict[str, str], fields: dict[str, tuple[str, str]], line: str
) -> tuple[time | None, time | None]:
    texts = [fields.get("start", ("", ""))[0], fields.get("date", ("", ""))[0], values.get("date", "")]
    texts.extend(passage.text for passage in passages[:20] if passage.line == line and len(passage.text) < 200)
    texts.extend(passage.text[:300] for passage in passages[:8] if _HELD.search(passage.text[:200]))
    texts.extend(
        passage.text for passage in passages[:12] if re.match(r"\s*\d{1,2}[:.]\d\d", passage.text) and len(passage.text) < 120
    )
    end = find_times(fields.get("end", ("", ""))[0])
    for text in texts:
        cleared = _without_days(text)
        times = find_times(cleared)
        if times:
            return times[0], end[0] if end else times[1] if len(times) > 1 else None
    return None, end[0] if end else None


def _without_days(text: str) -> str:
    for one in find_days(text):
        text = text.replace(one.words, " ")
    return text


def _venue(
    passages: Sequence[Passage], values: dict[str, str], fields: dict[str, tuple[str, str]], head: int, people: set[str]
) -> tuple[str, set[int]]:
    labelled, where = fields.get("venue", ("", ""))
    if labelled:
        at = next((at for at, passage in enumerate(passages) if passage.line == where), -1)
        more = passages[at + 1] if 0 <= at < len(passages) - 1 else None
        going_on = (
            more is not None
            and not more.gap
            and re.search(r"\b[A-Z]{1,2}\d{1,2}[A-Z]? ?\d[A-Z]{2}\b", more.text)
            and len(more.text) < 90
        )
        return (f"{labelled}, {more.text}", {at + 1}) if more is not None and going_on else (labelled, set())
    if values.get("location") or values.get("venue"):
        return values.get("location") or values["venue"], set()
    for at, passage in enumerate(passages[: max(min(head, 16), 8)]):
        text = passage.text
        match = _AT_PLACE.search(text) or _AT_PLACE.search(_DAY_TAIL.sub("", text[:300])) if _HELD.search(text) else None
        if match is not None:
            place = re.sub(r"\s+(?:on|at) (?:\w+day,? )?(?:the )?\d.*$", "", match["place"])
            return place.strip(" :").removeprefix("the "), {at}
        if passage.line in people or _SECTION_BEGUN.match(text):
            break
        timed = re.fullmatch(r"\d{1,2}[:.]\d\d\s?(?:-|\u2013|to)\s?\d{1,2}[:.]\d\d,?\s+(?P<place>\S.*)", text)
        if timed is not None and not find_days(timed["place"][:30]):
            return timed["place"], {at}
        if (
            _PLACE_WORDS.search(text)
            and len(text) < 120
            and not _is_person(text)
            and not _OFFICE_HOLDER.match(text)
            and not find_days(text)
            and at
            and not _BODY_WORDS.search(text.split(",")[0])
            and not passage.cells
        ):
            return re.sub(r"^(?:to be )?(?:held )?(?:at|in)\s+", "", text, flags=re.IGNORECASE), {at}
    return "", set()


def _named(text: str) -> str:
    """The name, where a capacity stands before it: `Commissioner's Personal Assistant Rachel Bloomfield (RB)`."""
    person = role_and_name(text)
    return person[0] if person is not None else text


def _is_person(text: str) -> bool:
    """`Peter Cordingley, Home Office` is somebody and where they come from; `Hercules House, Hercules Road` is a place."""
    first = re.split(r"[,(]", text)[0]
    return looks_like_name(first) and not _PLACE_WORDS.search(first) and not re.search(r"\d", text)


def _by_capacity(attendance: Sequence[Attendance], pattern: re.Pattern[str]) -> str:
    found = next(
        (
            one
            for one in attendance
            if one.post and pattern.search(one.post) and not re.search(r"\b(?:vice|deputy)", one.post, re.IGNORECASE)
        ),
        None,
    )
    return (found.name or "") if found else ""
