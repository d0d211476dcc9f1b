"""The next meeting as the notes name it: its title, its kind, day, time and place; it need not be of the same series."""

from collections.abc import Sequence
from datetime import date

from reportpack import patterns as re
from reportpack.model.minutes import NextMeeting
from reportpack.model.period import MONTHS
from reportpack.read.documents.lines import Fact, squeezed
from reportpack.read.minutes.dates import find_days, find_times
from reportpack.read.minutes.grammar.words import words_of
from reportpack.read.minutes.wraps import Passage, sentences_of

_HEADING = re.compile(
    r"(?i)\W*(?:(?:(?:item|[a-z]{1,4}) (?=\d))?(?:[\w/-]*\d[\w/-]*)[.:)]?\s*)?(?:donm\b|dates? of meetings?(?: (?:for|in) (?:19|20)\d\d)?\W*$|(?:confirmation of |details of |agenda items for )?(?:the )?(?:dates?|date and time|dates? and venues?|date, time and venue)?(?: of| and time of)?(?: the)?"
    r"\s*(?:next|future|forthcoming|upcoming)(?: \w+){0,3}? (?:meetings?|dates?|boards?|panels?|committee|council|forum|session)\b[^.]{0,60}?)"
)
_SAID = re.compile(
    r"(?i)\b(?P<told>(?:next|future|following)(?: \w+){0,3}? (?:meetings?|calls?)\b(?: of the [\w ]{2,40}?)?(?: will| would| is| are| was|,|:| \u2013| -| scheduled| to be| has been| shall))"
    r"|\bnext (?:\w+ ){0,3}(?:meeting|session)\b|\b(?:should|agreed to|will|to) (?:next )?meet (?:again )?(?:on|in)\b|\b(?:future|next) dates?\b"
)
_ASKED = ("to be brought", "to be invited", "to be discussed", "report back", "before next", "before the next", "prior to", "at the next", "for the next", "to the next", "until the next")  # fmt: skip
_OPEN = re.compile(r"(?i)\bto be (?:confirmed|arranged|advised|agreed|decided)\b|\btbc\b|\btba\b")
_MONTH = re.compile(rf"\b(?:in|for) (?:{'|'.join(MONTHS)}) 20\d\d\b")
_TYPES = "public|private|facebook live|webcast|thematic|extraordinary|special|annual|online|virtual|closed|informal|in person"
_TYPE = re.compile(rf"\b(?:{_TYPES})\b", re.IGNORECASE)
_FIELD = re.compile(r"(?i)(?P<name>type|kind|venue|location|place)\s*[:\u2013-]\s*(?P<value>.+)")
_ROOMS = "Room|Hall|House|Inn|Hotel|Chamber|Centre|Office|Suite|Headquarters|HQ|Street|Road"
_PLACE = re.compile(
    rf"(?:\bat (?P<place>(?:the )?[A-Z][^.;()]{{3,80}})|\bin (?P<room>(?:the )?[A-Z][^.;()]*\b(?:{_ROOMS})\b)|(?:,|\u2013|-)\s*(?P<tail>[A-Z][^,.;]*\b(?:{_ROOMS})\b[^.;]{{0,60}}))"
)
_SIGNS = ("next", "future", "forthcoming", "meet", "upcoming", "donm")


def read_next_meeting(passages: Sequence[Passage], facts: Sequence[Fact], day: date | None) -> NextMeeting | None:
    """From its heading and what stands below it, else from a sentence, else from front matter; None when nothing is said."""
    best: NextMeeting | None = None
    for at in reversed(range(len(passages))):
        if (found := _at(passages, at, day)) is not None and found.day is not None and (day is None or found.day > day):
            return found
        best = best or found
    fact = next((fact for fact in facts if fact.key in ("next-meeting", "next meeting", "next_meeting")), None)
    return best or (_made([fact.value], fact.line, day) if fact is not None else None)


def _at(passages: Sequence[Passage], at: int, day: date | None) -> NextMeeting | None:
    passage, text = passages[at], passages[at].text
    if len(text) > 2500 or not any(sign in text.lower() for sign in _SIGNS):
        return None
    if (heading := _HEADING.match(text)) is not None and len(text) < 140:
        rest = text[heading.end() :].strip(" :\u2013-")
        if rest and (find_days(rest, after=day) or (_OPEN.match(rest) and len(rest) < 20)):
            return _made([text], passage.line, day)
        below: list[str] = []
        for after in passages[at + 1 : at + 6]:
            ends = len(after.text) > 240 or after.text.lower().startswith(("notes:", "action", "signed"))
            if ends or (below and find_days(below[-1]) and find_days(after.text)):
                break
            below.append(after.text)
        return _made(below, passages[at + 1].line if below else passage.line, day)
    for spoken in sentences_of(passage):
        said = _SAID.search(spoken.words)
        asked = said is not None and any(phrase in spoken.words.lower() for phrase in _ASKED)
        if said is not None and (not asked or find_days(spoken.words[said.end() : said.end() + 30])):
            found = _made([spoken.words], passage.line, day)
            if found is not None and (said["told"] or (found.day is not None and (day is None or found.day > day))):
                return found
    return None


def _made(texts: Sequence[str], line: str, day: date | None) -> NextMeeting | None:
    joined = squeezed(" \n ".join(text for text in texts if text))
    named = find_days(joined, after=day)
    days = [one for one in named if one.day is None or day is None or one.day > day]
    if not days and len(joined) < 200 and not _MONTH.search(joined):
        days = list(named[:1])  # not after this one: the notes' writer is asked
    if not days and not _MONTH.search(joined) and not _OPEN.search(joined):
        kind = next((text for text in texts if _TYPE.search(text) and "meeting" in text.lower() and len(text) < 120), None)
        return NextMeeting(kind, kind, None, None, None, line) if kind else None
    first = days[0] if days else None
    times = find_times(joined[first.end :] if first else joined) or find_times(joined[: first.start] if first else "")
    fields = {match["name"].lower(): match["value"].strip() for text in texts if (match := _FIELD.match(text))}
    typed = fields.get("type") or fields.get("kind")
    venue = next((fields[name] for name in ("venue", "location", "place") if name in fields), None)
    plain = (one for one in texts if not _FIELD.match(one) and not one.endswith(".") and len(one.split()) <= 14)
    called = (one for one in plain if ("meeting" in one.lower() or _TYPE.search(one)) and not find_days(one))
    title = next((one.strip(" :") for one in called), None)
    return NextMeeting(
        typed or title, typed or _type(texts), first.day if first else None, times[0] if times else None,
        venue or _venue(texts, joined, first.end if first else 0), line,
    )  # fmt: skip


def _type(texts: Sequence[str]) -> str | None:
    line = next((text for text in texts if _TYPE.search(text) and not find_days(text) and len(text) < 120), None)
    if line is not None:
        return line.strip(" :")
    joined = " ".join(texts)
    phrase = re.search(rf"(?:{_TYPE.pattern} )+(?:\w+ )?meeting", joined, re.IGNORECASE) or _TYPE.search(joined)
    return phrase[0].strip() if phrase is not None else None


def _venue(texts: Sequence[str], joined: str, after: int) -> str | None:
    if (place := _PLACE.search(joined[after : after + 200])) is not None and not find_times((place["place"] or "")[:6]):
        return (place["place"] or place["room"] or place["tail"]).strip(" ,\n")
    dated = next((at for at, text in enumerate(texts) if find_days(text)), len(texts))
    below = next(iter(texts[dated + 1 : dated + 2]), "")
    return below.strip(" ,") if any(word in _ROOMS.split("|") for word in words_of(below).shown) else None
