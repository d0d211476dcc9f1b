"""The next meeting as the notes name it: its title, its kind, day, time and place; it need not be of the same series."""

from collections.abc import Sequence
from datetime import date

from reportpack import patterns as re
from reportpack.model.minutes import NextMeeting
from reportpack.model.months import MONTHS
from reportpack.read.documents.lines import Fact
from reportpack.read.documents.text import squeezed
from reportpack.read.minutes.dates import find_days, find_times
from reportpack.read.minutes.wraps import Passage

_HEADING = re.compile(
    r"\W*(?:\d{1,3}\.?\s*)?donm\b|\W*(?:\d{1,3}\.?\s*)?(?:confirmation of |details of |agenda items for )?(?:the )?(?:dates?|date and time|dates? and venues?|date, time and venue)?(?: of| and time of)?(?: the)?\s*(?:next|future|forthcoming|upcoming)(?: \w+){0,3}? (?:meetings?|dates?)\b[^.]{0,60}?",
    re.IGNORECASE,
)
_SAID = re.compile(
    r"\b(?:the )?(?:next|future|following)(?: \w+){0,3}? (?:meetings?|calls?)\b(?: of the [\w ]{2,40}?)?(?: will| would| is| are| was|,|:| \u2013| -| scheduled| to be| has been| shall)",
    re.IGNORECASE,
)
_SCHEDULED = re.compile(
    r"\bnext (?:\w+ ){0,3}meeting (?:is |was )?(?:scheduled|planned|arranged|set|due|fixed)?\s*(?:for|on|at|to be held on)\b|\bschedule (?:the )?next meeting for\b|\bnext (?:\w+ ){0,2}(?:meeting|session)\b",
    re.IGNORECASE,
)
_AGREED_TO_MEET = re.compile(
    r"\b(?:should|agreed to|will|to) (?:next )?meet (?:again )?(?:on|in)\b|\b(?:future|next) dates?\b", re.IGNORECASE
)
_TYPE = re.compile(
    r"\b(?:public|private|facebook live|webcast|thematic|extraordinary|special|annual|online|virtual|closed|informal|in person)\b",
    re.IGNORECASE,
)
_TYPED = re.compile(r"(?:type|kind)\s*[:\u2013-]\s*(?P<type>.+)", re.IGNORECASE)
_VENUE = re.compile(r"(?:venue|location|place)\s*:\s*(?P<venue>.+)", re.IGNORECASE)
_PLACE = re.compile(
    r"(?:\bat (?P<place>(?:the )?[A-Z][^.;()]{3,80})|\bin (?P<room>(?:the )?[A-Z][^.;()]*\b(?:Room|Hall|House|Chamber|Centre|Office|Suite|HQ)\b)|(?:,|\u2013|-)\s*(?P<tail>[A-Z][^,.;]*\b(?:Room|Hall|House|Inn|Hotel|Chamber|Centre|Office|Suite|Headquarters|HQ|Street|Road)\b[^.;]{0,60}))"
)
_ACTIONABLE = re.compile(
    r"\b(?:to be (?:brought|invited|discussed)|report back|before (?:the )?next|prior to|at the next|for the next|to the next|until the next)\b",
    re.IGNORECASE,
)


def read_next_meeting(passages: Sequence[Passage], facts: Sequence[Fact], day: date | None) -> NextMeeting | None:
    """From its heading and what stands below it, else from a sentence, else from front matter; None when nothing is said."""
    best: NextMeeting | None = None
    for at in range(len(passages) - 1, -1, -1):
        found = _at(passages, at, day)
        if found is None:
            continue
        if found.day is not None:
            return found
        best = best or found
    fact = next((fact for fact in facts if fact.key in ("next-meeting", "next meeting", "next_meeting")), None)
    if fact is not None and best is None:
        days = find_days(fact.value, after=day)
        times = find_times(fact.value[days[0].end :] if days else fact.value)
        return NextMeeting(None, None, days[0].day if days else None, times[0] if times else None, None, fact.line)
    return best


def _at(passages: Sequence[Passage], at: int, day: date | None) -> NextMeeting | None:
    passage = passages[at]
    text = passage.text
    if len(text) > 2500 or (
        "ext" not in text
        and "uture" not in text
        and "orthcoming" not in text
        and "meet" not in text
        and "EXT" not in text
        and "pcoming" not in text
    ):
        return None
    heading = _HEADING.match(text)
    if heading is not None and len(text) < 140:
        rest = text[heading.end() :].strip(" :\u2013-")
        if rest and (find_days(rest, after=day) or re.fullmatch(r"(?:to be \w+|tbc|tba)\W*", rest, re.IGNORECASE)):
            return _made([text], passage.line, day)
        below = _below(passages, at)
        return _made(below, passages[at + 1].line if below else passage.line, day)
    for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", text):
        if (_SAID.search(sentence) or _SCHEDULED.search(sentence) or _AGREED_TO_MEET.search(sentence)) and not _ACTIONABLE.search(
            sentence
        ):
            found = _made([sentence], passage.line, day)
            if found is not None and (found.day is not None or _SAID.search(sentence)):
                return found
    return None


def _below(passages: Sequence[Passage], at: int) -> tuple[str, ...]:
    texts: list[str] = []
    for passage in passages[at + 1 : at + 6]:
        if len(passage.text) > 240 or passage.text.lower().startswith(("notes:", "action", "dclg secretariat", "signed")):
            break
        if texts and find_days(texts[-1]) and find_days(passage.text):
            break
        texts.append(passage.text)
    return tuple(texts)


def _made(texts: Sequence[str], line: str, day: date | None) -> NextMeeting | None:
    """Put together from the lines that name it."""
    joined = squeezed(" \n ".join(text for text in texts if text))
    if not joined:
        return None
    days = [one for one in find_days(joined, after=day) if one.day is None or day is None or one.day > day]
    month = re.search(
        rf"\b(?:in|for) (?P<month>(?:{'|'.join(MONTHS)}) 20\d\d)\b",
        joined,
    )
    if (
        not days
        and month is None
        and not re.search(r"\bto be (?:confirmed|arranged|advised|agreed|decided)\b|\btbc\b|\btba\b", joined, re.IGNORECASE)
    ):
        return _unnamed(texts, line)
    first = days[0] if days else None
    rest = joined[first.end :] if first else joined
    times = find_times(rest) or find_times(joined[: first.start] if first else "")
    return NextMeeting(
        _title(texts),
        _type(joined),
        first.day if first else None,
        times[0] if times else None,
        _venue(texts, joined, first.end if first else 0),
        line,
    )


def _unnamed(texts: Sequence[str], line: str) -> NextMeeting | None:
    """Lines that give a kind of meeting and no day."""
    kind = next((text for text in texts if _TYPE.search(text) and "meeting" in text.lower() and len(text) < 120), None)
    return NextMeeting(kind, kind, None, None, None, line) if kind else None


def _title(texts: Sequence[str]) -> str | None:
    """A line above the day that names the meeting."""
    for text in texts:
        if find_days(text) or _VENUE.match(text) or text.endswith(".") or len(text.split()) > 14:
            continue
        typed = _TYPED.match(text)
        if "meeting" in text.lower() or _TYPE.search(text):
            return typed["type"].strip() if typed else text.strip(" :")
    return None


def _type(joined: str) -> str | None:
    typed = _TYPED.search(joined.split("\n", 1)[0])
    if typed is not None:
        return typed["type"].strip()
    found = [match.group(0) for match in _TYPE.finditer(joined)]
    if not found:
        return None
    for line in joined.split(" \n "):
        if _TYPE.search(line) and not find_days(line) and len(line) < 120:
            return line.strip(" :")
    phrase = re.search(rf"(?:next |future )?(?P<type>(?:{_TYPE.pattern} )+(?:\w+ )?meeting)", joined, re.IGNORECASE)
    return phrase["type"].strip() if phrase else found[0]


def _venue(texts: Sequence[str], joined: str, after: int) -> str | None:
    for text in texts:
        match = _VENUE.search(text)
        if match is not None:
            return match["venue"].strip()
    place = _PLACE.search(joined[after : after + 200])
    if place is not None and not find_times((place["place"] or "")[:6]):
        return (place["place"] or place["room"] or place["tail"]).strip(" ,\n")
    dated = next((at for at, text in enumerate(texts) if find_days(text)), len(texts))
    for text in texts[dated + 1 : dated + 2]:
        if re.search(r"\b(?:Room|Hall|House|Inn|Hotel|Chamber|Centre|Office|Suite|HQ|Street|Road)\b", text):
            return text.strip(" ,")
    return None
