"""When an action is due, as written and as a day or a meeting's month; what it waits for; and whether it brings something back.

A phrase of time is found by its words. What cannot be counted from the meeting's day is kept in its words; what cannot be right is kept, and doubted.
"""

from collections.abc import Container, Sequence
from datetime import date, timedelta
from functools import cache

from reportpack import patterns as re
from reportpack.model.minutes import ActionKind
from reportpack.model.office import Holidays, Office
from reportpack.read.minutes.dates import MONTHS, WEEKDAYS, Found, add_months, end_of_month, find_days, find_months
from reportpack.read.minutes.grammar.classes import DETERMINERS, PREPOSITIONS, listed
from reportpack.read.minutes.grammar.words import Words, words_of
from reportpack.records import dataclass

_BEFORE = re.compile(
    r"\b(?P<words>(?:by|before|on|no later than|not later than|until|due(?: by| on)?|for|w/c|week commencing|deadline(?: of| is)?|from)(?: the)?"
    r"(?: (?:end|close|beginning|start) of(?: play| business)?(?: on)?| cop| cob| noon| mid-?day)?(?: on)?)\s+$",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"[(\[](?P<inside>[^()\[\]]{3,60})[)\]]\W*$")
_BACK = re.compile(r"\b(?:brought|bring|come|report|return|revert)\w*\b[^.]{0,60}?\bback\b|\bbrought to\b", re.IGNORECASE)
_BRINGS = listed(
    "bring brought discuss discussed consider considered review reviewed present presented tabled return revert back agenda standing"
)
_CONDITION = re.compile(
    r"[,;]?\s+\b(?P<clause>(?:(?:only )?(?:if|unless)\s+|(?:once|after(?! the \w+ (?:asked|requested))|subject to|provided that|following|depending on)\s+|when\s+[^.]{3,120}?\b(?:has|have|is|are|been)\b)[^.]{6,200})",
    re.IGNORECASE,
)
_FIRST_CONDITION = re.compile(
    r"(?P<clause>(?:once|after|if|when|subject to|provided that|following|should) [^,.;]{4,160}),\s", re.IGNORECASE
)
_MEETINGS = listed("meeting meetings board panel committee session boards panels")
_NEXT = listed("next future following later subsequent forthcoming available")
_SETTING = listed("schedule arrange set organise fix host hold")
_AHEAD = ("in advance of", "in time for", "prior to", "ahead of", "before", "by")
_UNITS = listed("day week month year fortnight")
_COUNTS = dict(zip(["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], range(1, 13), strict=True)) | {
    "a": 1, "an": 1, "fourteen": 14, "twenty": 20, "thirty": 30,
}  # fmt: skip
_OFTEN = listed("quarterly monthly weekly fortnightly annually regularly yearly")
_SOON = listed("asap immediately urgently shortly ongoing on-going")
_NAMED = listed(
    "next publication end new summer autumn spring winter christmas easter agm recess half year start beginning mid term budget election"
)
_BY = listed("by in before until during early late for from")
_CLOSE = listed("the this close of play business cop cob on noon midday end")
_PHRASES = ("as soon as possible", "at a later date", "in due course", "in the new year")
_STARTS = (
    _OFTEN
    | _SOON
    | frozenset(MONTHS)
    | listed("within in over end tomorrow today by before on until than every each next as at prior ahead")
)
"""Words with which a phrase of time can begin."""
_SATURDAY, _MARCH = 5, 3
_SUBDIVISIONS = {Holidays.SCOTLAND: "SCT", Holidays.NORTHERN_IRELAND: "NIR"}


@dataclass(frozen=True, slots=True)
class Due:
    """A day, or a meeting's month, with the words that say so; `month` is the one named for no meeting, `doubt` why the day cannot be right."""

    day: date | None = None
    meeting: str | None = None
    words: str | None = None
    month: str | None = None
    doubt: str = ""


_RECESSES = frozenset({"recess", "break", "closure", "shutdown"})


@dataclass(frozen=True, slots=True)
class Calendar:
    """What a phrase is counted from: the meeting's day, the next meeting's where it is known, and the days that the office keeps."""

    at: date | None
    coming: date | None = None
    office: Office | None = None

    def working_days(self, count: int) -> date | None:
        """So many working days after the meeting's, bank holidays left out. The office's own closures do not bind the force."""
        if self.at is None or count > 250:
            return None
        closed = _bank_holidays(self.office.bank_holidays if self.office is not None else Holidays.ENGLAND_AND_WALES)
        day = self.at
        while count:
            day += timedelta(days=1)
            count -= day.weekday() < _SATURDAY and day not in closed
        return day

    def before_closure(self, words: str) -> date | None:
        """The day before a recess that the office names: `before the summer recess`. A feast that a closure is about is no recess."""
        said = {word for word in words.lower().split() if word not in DETERMINERS} - {"before"}
        if self.at is None or self.office is None or not words.lower().startswith("before") or not said & _RECESSES:
            return None
        named = (
            one for one in self.office.closures if one.start > self.at and said <= set(one.reason.lower().strip(".").split())
        )
        first = min((one.start for one in named), default=None)
        return first - timedelta(days=1) if first is not None else None


@cache
def _bank_holidays(kept: Holidays) -> Container[date]:
    """The bank holidays that are kept; none where none are."""
    if kept is Holidays.NONE:
        return ()
    from holidays import country_holidays

    found: Container[date] = country_holidays("GB", subdiv=_SUBDIVISIONS.get(kept, "ENG"))
    return found


def read_due(words: str, at: date | None, coming: date | None = None, office: Office | None = None) -> Due:
    """From the words of an action, resolved at the meeting's day. `coming` is the next meeting where the notes name its day."""
    calendar = Calendar(at, coming, office)
    read = words_of(words[:3000])
    return _meeting(read, calendar) or _dated(words, calendar) or _spoken(read, calendar) or Due()


def due_field(text: str, at: date | None, coming: date | None = None, office: Office | None = None) -> Due:
    """From a field of its own (`Due: January`, a cell under BY WHEN), where every word is about the date."""
    text = text.strip(" .")
    if not text or text.lower() in ("tbc", "n/a", "-", "none", "tba", "\u2013"):
        return Due(words=text or None)
    calendar = Calendar(at, coming, office)
    found = _meeting(words_of(text), calendar)
    if found is None:
        days = find_days(text, after=at)
        found = _of_day(days[0], text, calendar, past=True) if days else None
    found = found or _spoken(words_of(text), calendar) or _spoken(words_of(f"by {text}"), calendar) or Due()
    return Due(found.day, found.meeting, text, found.month, found.doubt)


def _dated(words: str, calendar: Calendar) -> Due | None:
    """A day as a date: after `by`, or in the brackets that close the words."""
    for one in find_days(words, after=calendar.at, short=True):
        before = _BEFORE.search(words[max(0, one.start - 40) : one.start])
        if before is not None:
            return _of_day(one, f"{before['words'].strip()} {one.words.strip(' .,')}", calendar)
    closing = _CLOSING.search(words)
    inside = find_days(closing["inside"], after=calendar.at) if closing is not None else ()
    return _of_day(inside[0], inside[0].words, calendar) if inside else None


def _of_day(one: Found, words: str, calendar: Calendar, *, past: bool = False) -> Due:
    """The day, or why it cannot be the one that is meant."""
    if one.day is None:
        return Due(words=words, doubt="there is no such day" if calendar.at is not None or one.year else "")
    if one.wrong_weekday:
        return Due(words=words, doubt=f"that day is a {one.day:%A}")
    if calendar.at is not None and one.day < calendar.at and not past:
        return Due(words=words, doubt="that is before the meeting")
    return Due(one.day, None, words)


def _meeting(words: Words, calendar: Calendar) -> Due | None:
    """`by the next meeting`, `to the February meeting`, `at the March and June meetings`, `14 days before the next meeting`."""
    low = words.low
    for noun, one in enumerate(low):
        if one not in _MEETINGS:
            continue
        which = next((at for at in range(noun - 1, max(-1, noun - 6), -1) if low[at] in _NEXT or low[at] in MONTHS), None)
        if which is None or any(low[at] in PREPOSITIONS or low[at] in (",", ";") for at in range(which, noun)):
            continue
        first = which
        while first > 0 and (
            low[first - 1] in MONTHS
            or low[first - 1] == "first"
            or (low[first - 1] == "and" and low[first - 2] in MONTHS)
            or low[first - 1][:1].isdigit()
        ):
            first -= 1
        article = first - (first > 0 and low[first - 1] in ("the", "a", "its", "our", "your"))
        ahead = next((one for one in _AHEAD if low[max(0, article - len(one.split())) : article] == one.split()), "")
        if article and low[article - 1] in _SETTING:
            continue
        return _of_meeting(words, first, noun, article - len(ahead.split()), ahead, calendar)
    back = next(
        (at for at, one in enumerate(low[:-2]) if one == "to" and low[at + 1] == "the" and low[at + 2] in _MEETINGS | {"group"}),
        None,
    )
    returns = {"back", "return", "returned", "returns", "report"}
    carried = back is not None and low[back - 1] in ("it", "them", "this", "these") and low[max(0, back - 2)] in returns
    if back is not None and (low[back - 1] in returns or carried):
        return Due(words=words.between(back + 1, back + 3))
    return None


def _of_meeting(words: Words, first: int, noun: int, begin: int, ahead: str, calendar: Calendar) -> Due:
    low, text = words.low, words.between(first, noun + 1)
    shown = f"{ahead} {text}" if ahead else text
    months = tuple(find_months(text, calendar.at))
    count = _count(low[begin - 2]) if begin >= 2 and low[begin - 1].rstrip("s") in ("day", "week") else 0
    nearest = low[first] == "next"
    if count and nearest:
        whole = words.between(begin - 2, noun + 1)
        days = count * (7 if low[begin - 1].startswith("week") else 1)
        return Due(calendar.coming - timedelta(days=days) if calendar.coming else None, None, whole)
    if "but" in low[first:noun]:
        return Due(words=words.between(_with_preposition(words, begin), noun + 1))
    if months:
        return Due(None, months[0][0], shown)
    return Due(None, f"{calendar.coming:%Y-%m}" if calendar.coming and nearest else None, shown)


def _spoken(words: Words, calendar: Calendar) -> Due | None:
    """The first phrase that says when without a date."""
    for at, low in enumerate(words.low):
        if low not in _STARTS and low[:1] != "q":
            continue
        found = (
            _count_of(words, at, calendar)
            or _end(words, at, calendar)
            or _near(words, at, calendar)
            or _month(words, at, calendar)
            or _loose(words, at, calendar)
        )
        if found is not None:
            return found
    return None


def _count(word: str) -> int:
    return int(word) if word.isdigit() and len(word) < 4 else _COUNTS.get(word, 0)


def _count_of(words: Words, at: int, calendar: Calendar) -> Due | None:
    """`within 10 working days`, `in three weeks' time`, `over the next two months`, `a fortnight`."""
    low = words.low
    if low[at] not in ("within", "in", "over"):
        return None
    here = at + 1
    while here < len(low) and low[here] in ("the", "next"):
        here += 1
    if here + 1 >= len(low) or not _count(low[here]):
        return None
    working = low[here + 1] == "working"
    unit = low[min(here + 1 + working, len(low) - 1)].removesuffix("'s").removesuffix("s")
    if unit not in _UNITS:
        return None
    end = here + 2 + working
    from_meeting = end + 1 >= len(low) or low[end] != "of" or any(word in _MEETINGS for word in low[end : end + 3])
    shown = words.between(at, end + (end < len(low) and low[end] == "time"))
    if low[at] == "over" or not from_meeting or calendar.at is None:
        return Due(words=shown)
    return Due(_counted(_count(low[here]), unit, calendar, working=working), None, shown)


def _counted(count: int, unit: str, calendar: Calendar, *, working: bool) -> date | None:
    if calendar.at is None:
        return None
    if working:
        return calendar.working_days(count)
    if unit in ("month", "year"):
        return add_months(calendar.at, count * (12 if unit == "year" else 1))
    return calendar.at + timedelta(days=count * {"day": 1, "week": 7, "fortnight": 14}[unit])


def _end(words: Words, at: int, calendar: Calendar) -> Due | None:
    """`by the end of January`, `end of Q4 2019/20`, `by the end of the financial year`."""
    low = words.low
    if low[at] != "end" or at + 1 >= len(low):
        return None
    what = at + 1
    while what < len(low) and low[what] in ("of", "the", "this"):
        what += 1
    if what >= len(low) or not (what > at + 1 or low[what] in MONTHS):
        return None
    last = what + 1
    if (low[what] in ("financial", "calendar", "next", "fiscal") and last < len(low)) or (
        last < len(low) and ((low[last].isdigit() and len(low[last]) == 4) or "/" in low[last])
    ):
        last += 1
    day = _last_day(low[what:last], calendar.at) if calendar.at is not None else None
    known = (
        day is not None
        or low[what] in ("quarter", "year", "term", "summer", "autumn", "spring", "winter")
        or low[what][:1] == "q"
    )
    return Due(day, None, words.between(_with_preposition(words, at), last)) if known else None


def _with_preposition(words: Words, at: int) -> int:
    """Where a phrase begins with its `by the`."""
    while at > 0 and (words.low[at - 1] in ("the", "by", "before", "at", "until", "on", "in", "than", "later", "no")):
        at -= 1
    return at


def _last_day(what: Sequence[str], at: date) -> date | None:
    first = what[0]
    if first == "next":
        return (
            end_of_month(add_months(at, 1))
            if what[-1] == "month"
            else at + timedelta(days=11 - at.weekday())
            if what[-1] == "week"
            else None
        )
    if first in ("financial", "fiscal"):
        return date(at.year + (at.month > _MARCH), _MARCH, 31)
    if first == "month":
        return end_of_month(at)
    if first in ("year", "calendar"):
        return date(at.year, 12, 31)
    if first == "week":
        return at + timedelta(days=(4 - at.weekday()) % 7)
    if first in MONTHS:
        year = int(what[1]) if len(what) > 1 and what[1].isdigit() else at.year + (MONTHS[first] < at.month)
        return end_of_month(date(year, MONTHS[first], 1))
    return _quarter_end(what)


def _quarter_end(what: Sequence[str]) -> date | None:
    """`Q4 2019/20`, of a financial year; a quarter without its year is nobody's."""
    if len(what[0]) != 2 or what[0][0] != "q" or what[0][1] not in "1234" or len(what) < 2 or "/" not in what[1]:
        return None
    year = what[1].split("/")[0]
    return add_months(date(2000 + int(year[-2:]), 4, 1), 3 * int(what[0][1])) - timedelta(days=1) if year.isdigit() else None


def _near(words: Words, at: int, calendar: Calendar) -> Due | None:
    """`by close of play Friday`, `by noon tomorrow`, `today`, `by the 31st`: days that can only be one; `next Friday` may be two."""
    low, day = words.low, calendar.at
    closes = at + 1 >= len(low) or not low[at + 1].isalpha()
    if low[at] in ("tomorrow", "today") and closes:
        shown = words.between(_with_preposition(words, at), at + 1)
        return Due(day + timedelta(days=low[at] == "tomorrow") if day else None, None, shown)
    if low[at] not in ("by", "before", "on", "until", "than"):
        return None
    here = at + 1
    while here < len(low) and low[here] in _CLOSE:
        here += 1
    if here >= len(low) or (here + 1 < len(low) and (low[here + 1] in MONTHS or low[here + 1][:1].isdigit())):
        return None
    if low[here][:3] in WEEKDAYS and low[here].endswith("day"):
        ahead = (WEEKDAYS.index(low[here][:3]) - day.weekday() - 1) % 7 + 1 if day else 0
        return Due(day + timedelta(days=ahead) if day else None, None, words.between(_with_preposition(words, at), here + 1))
    number = low[here][:-2]
    if low[here][-2:] in ("st", "nd", "rd", "th") and number.isdigit() and here + 1 < len(low) + 1:
        return Due(_day_of_month(int(number), day), None, words.between(at, here + 1))
    return None


def _day_of_month(number: int, at: date | None) -> date | None:
    if at is None or not 1 <= number <= 31:
        return None
    month = at if number > at.day else add_months(at.replace(day=1), 1)
    return month.replace(day=number) if number <= end_of_month(month).day and (number <= 28 or month == at) else None


def _month(words: Words, at: int, calendar: Calendar) -> Due | None:
    """`by June`, `in July 2020`, `by the July figures`: a month that is no meeting's."""
    low = words.low
    if low[at] not in MONTHS or at == 0 or not words.shown[at][:1].isupper():
        return None
    before = low[at - 1] if low[at - 1] != "the" or at < 2 else low[at - 2]
    if before not in _BY:
        return None
    months = [month for month, _ in find_months(words.between(at, at + 2), calendar.at)]
    year = at + 1 < len(low) and low[at + 1].isdigit() and len(low[at + 1]) == 4
    return Due(words=words.between(_with_preposition(words, at), at + 1 + year), month=months[0] if months else None)


def _loose(words: Words, at: int, calendar: Calendar) -> Due | None:
    """What no calendar tells: `by the AGM`, `before Christmas`, `quarterly`, `as soon as possible`; `next month` is a month."""
    low = words.low
    for phrase in _PHRASES:
        parts = phrase.split()
        if low[at : at + len(parts)] == parts:
            return Due(words=words.between(at, at + len(parts)))
    last = at + 1 >= len(low)
    if low[at] in _OFTEN or (
        low[at] in _SOON and (last or low[at + 1] not in ("after", "before")) and (last or not low[at].startswith("on"))
    ):
        return Due(words=words.between(at, at + 1))
    if low[at] in ("every", "each") and not last and low[at + 1].rstrip("s") in _UNITS | {"quarter", "meeting"}:
        return Due(words=words.between(at, at + 2))
    if low[at][0] == "q" and low[at][1:] in ("1", "2", "3", "4") and at and low[at - 1] in ("in", "by", "during", "for"):
        end = at + 1 + (not last and "/" in low[at + 1])
        return Due(_quarter_end(low[at:end]), None, words.between(at - 1, end))
    if low[at] == "next" and not last and low[at + 1] in ("month", "quarter", "year"):
        month = f"{add_months(calendar.at, 1):%Y-%m}" if calendar.at and low[at + 1] == "month" else None
        return Due(words=words.between(_with_preposition(words, at), at + 2), month=month)
    ahead = next((one for one in _AHEAD if low[at : at + len(one.split())] == one.split()), None)
    if ahead is None:
        return None
    here = at + len(ahead.split())
    named = here + (here < len(low) and low[here] in ("the", "its", "our", "this"))
    if named >= len(low) or low[named].split("-")[0] not in _NAMED:
        return None
    if (ending := _end(words, named, calendar)) is not None:
        return ending
    end = named + 1
    while (
        end < len(low) and end < named + 5 and low[end].replace("-", "").isalnum() and low[end] not in ("to", "and", "on", "for")
    ):
        end += 1
    shown = words.between(at, end)
    following = _loose(words, named, calendar) if low[named] == "next" else None
    return Due(calendar.before_closure(shown), None, shown, following.month if following else None)


def kind_of(words: str, due: Due) -> ActionKind:
    """To bring back when a matter returns to a later meeting; what is only to be done before one is done."""
    if _BACK.search(words):
        return ActionKind.BRING_BACK
    said = (due.words or "").lower()
    named = due.meeting is not None or not _MEETINGS.isdisjoint(said.split())
    brings = not _BRINGS.isdisjoint(word.strip(".,;:()") for word in words.lower().split())
    return ActionKind.BRING_BACK if named and not said.startswith(_AHEAD) and brings else ActionKind.DO


def condition_of(words: str) -> str | None:
    """What must have happened first: `after the first two quarters ... have been received`."""
    first = _FIRST_CONDITION.match(words)
    if first is not None:
        return first["clause"].strip()
    match = _CONDITION.search(words)
    return match["clause"].strip() if match else None
