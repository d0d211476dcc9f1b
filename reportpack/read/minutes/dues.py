"""When an action is due, as written and as a day or a meeting's month; what it waits for; and whether it brings something back.

A phrase of time is found by its words. What cannot be counted from the meeting's day is kept in its words; what cannot be right is kept, and doubted.
"""

from collections.abc import Callable
from datetime import date, timedelta

from reportpack import patterns as re
from reportpack.bank_holidays import BankHolidays
from reportpack.model.minutes import ActionKind
from reportpack.model.office import Holidays, Office
from reportpack.read.minutes.dates import MONTHS, WEEKDAYS, Found, add_months, end_of_month, find_days, find_months
from reportpack.read.minutes.grammar.classes import DETERMINERS, NUMBERS, listed
from reportpack.records import Record

_COUNTS = NUMBERS | {"a": 1, "an": 1, "fourteen": 14, "twenty": 20, "thirty": 30}
_DAYS = {"day": 1, "week": 7, "fortnight": 14}
_MEETINGS = listed("meeting meetings board panel committee session boards panels")
_BRINGS = listed(
    "bring brought discuss discussed consider considered review reviewed present presented tabled return revert back agenda standing"
)
_RECESSES = listed("recess break closure shutdown")
_AHEAD = ("in advance of", "in time for", "prior to", "ahead of", "before", "by")
_SATURDAY, _MARCH, _NEXT_TO = 5, 3, 5
_WORDS = {
    "AHEAD": "|".join(_AHEAD),
    "BEFORE": "(?:(?:the|by|before|at|until|on|in|than|later|no) )*",
    "CLOSE": "(?:(?:the|this|close|of|play|business|cop|cob|on|noon|midday|end) )*",
    "COUNT": r"\d{1,3}|" + "|".join(_COUNTS),
    "LAST": r"(?:financial|fiscal|calendar|next) \w+|MONTH|q[1-4]|month|year|week|quarter|term|summer|autumn|spring|winter",
    "MEETING": r"(?:meetings?|boards?|panels?|(?:sub-?)?committee|session|senate|council|cabinet|forum|(?-i:[A-Z]{3,5})(?=\W*$|[.,;)]))",
    "MONTH": "|".join(sorted(MONTHS, key=len, reverse=True)),
    "NAMED": "next|publication|new|summer|autumn|spring|winter|christmas|easter|agm|recess|half|year|start|beginning|mid|term|budget|election",
    "UNIT": "day|week|month|year|fortnight",
    "WEEKDAY": "(?:mon|tues|wednes|thurs|fri|satur|sun)day",
}


def _compiled(pattern: str) -> re.Pattern[str]:
    for name in ("LAST", *_WORDS):
        pattern = pattern.replace(name, _WORDS[name])
    return re.compile(rf"(?i:\b(?:{pattern}))")


_BEFORE = re.compile(
    r"(?i)\b(?P<words>(?:by|before|on|no later than|not later than|until|due(?: by| on)?|for|w/c|week commencing|deadline(?: of| is)?|from)(?: the)?"
    r"(?: (?:end|close|beginning|start) of(?: play| business)?(?: on)?| cop| cob| noon| mid-?day)?(?: on)?)\s+$"
)
_CLOSING = re.compile(r"(?:[(\[]|\s[\u2013-]\s)(?P<inside>[^()\[\]]{3,60}?)[)\]]?\W*$")
_BACK = re.compile(r"(?i)\b(?:brought|bring|come|report|return|revert)\w*\b[^.]{0,60}?\bback\b|\bbrought to\b")
_CONDITION = re.compile(
    r"(?i)(?:[,;]?\s+\b(?P<clause>(?:(?:only )?(?:if|unless)\s+|(?:once|after(?! the \w+ (?:asked|requested))|subject to|provided that|following|depending on)\s+"
    r"|when\s+[^.]{3,120}?\b(?:has|have|is|are|been)\b)[^.]{6,200})"
    r"|^(?P<first>(?:once|after|if|when|subject to|provided that|following|should) [^,.;]{4,160}),\s)"
)
_OF_MEETING = _compiled(
    r"(?:(?P<count>COUNT) (?P<unit>day|week)s? )?(?:(?P<ahead>AHEAD) |at |until )?(?:(?:the|a|its|our|your) )?"
    r"(?P<which>(?:first |\d\w* )*(?P<next>next|future|following|later|subsequent|forthcoming|available|(?:MONTH)(?:['\u2019]s)?(?:(?: and|,) (?:MONTH))*)"
    r"(?: (?!(?:in|at|on|by|for|from|with|to|of|about|after|before) )[\w'\u2019-]+){0,4}? MEETING)\b"
)
_BACK_TO = _compiled(
    r"(?:back|return(?:ed|s)?|(?:return|report)(?: it| them| this| these)?) to (?P<board>the (?:MEETING|group))\b"
)
_SETS = re.compile(r"(?i)\b(?:schedule|arrange|set|organise|fix|host|hold)\s+$")


class Due(Record):
    """A day, or a meeting's month, with the words that say so; `month` is the one named for no meeting, `doubt` why the day cannot be right."""

    day: date | None = None
    meeting: str | None = None
    words: str | None = None
    month: str | None = None
    doubt: str = ""


class Calendar(Record):
    """What a phrase is counted from: the meeting's day, the next meeting's where it is known, and the days that the office keeps."""

    at: date | None
    coming: date | None = None
    office: Office | None = None

    def working_days(self, count: int) -> date | None:
        """So many working days after the meeting's, bank holidays left out. The office's own closures do not bind the force."""
        if self.at is None or count > 250:
            return None
        closed = BankHolidays(self.office.bank_holidays if self.office is not None else Holidays.ENGLAND_AND_WALES)
        day = self.at
        while count:
            day += timedelta(days=1)
            count -= day.weekday() < _SATURDAY and closed.name(day) is None
        return day

    def before_closure(self, words: str) -> date | None:
        """The day before a recess that the office names: `before the summer recess`. A feast that a closure is about is no recess."""
        said = {word for word in words.lower().split() if word not in DETERMINERS} - {"before"}
        if self.at is None or self.office is None or not words.lower().startswith("before") or not said & _RECESSES:
            return None
        coming = (one for one in self.office.closures if one.start > self.at)
        named = [one.start for one in coming if said <= set(one.reason.lower().strip(".").split())]
        return min(named) - timedelta(days=1) if named else None


def read_due(words: str, at: date | None, coming: date | None = None, office: Office | None = None) -> Due:
    """From the words of an action, resolved at the meeting's day. `coming` is the next meeting where the notes name its day."""
    calendar, said = Calendar(at, coming, office), words[:3000]
    return _meeting(said, calendar) or _dated(words, calendar) or _spoken(said, calendar) or Due()


def due_field(text: str, at: date | None, coming: date | None = None, office: Office | None = None) -> Due:
    """From a field of its own (`Due: January`, a cell under BY WHEN), where every word is about the date."""
    if not (text := text.strip(" .")) or text.lower() in ("tbc", "n/a", "-", "none", "tba", "\u2013"):
        return Due(words=text or None)
    calendar = Calendar(at, coming, office)
    if (found := _meeting(text, calendar)) is None:
        days = find_days(f" {text}", after=at, short=True)
        found = _of_day(days[0], text, calendar, past=True) if days else None
    found = found or _spoken(text, calendar) or _spoken(f"by {text}", calendar) or Due()
    return Due(found.day, found.meeting, text, found.month, found.doubt)


def _dated(words: str, calendar: Calendar) -> Due | None:
    for one in find_days(words, after=calendar.at, short=True):
        if (before := _BEFORE.search(words[max(0, one.start - 40) : one.start])) is not None:
            return _of_day(one, f"{before['words'].strip()} {one.words.strip(' .,')}", calendar)
    closing = _CLOSING.search(words)
    inside = find_days(closing["inside"], after=calendar.at) if closing is not None else ()
    return _of_day(inside[0], inside[0].words, calendar) if inside else None


def _of_day(one: Found, words: str, calendar: Calendar, *, past: bool = False) -> Due:
    if one.day is None:
        return Due(words=words, doubt="there is no such day" if calendar.at is not None or one.year else "")
    if one.wrong_weekday:
        return Due(words=words, doubt=f"that day is a {one.day:%A}")
    if calendar.at is not None and one.day < calendar.at and not past:
        return Due(words=words, doubt="that is before the meeting")
    return Due(one.day, None, words)


def _meeting(words: str, calendar: Calendar) -> Due | None:
    """`by the next meeting`, `to the February meeting`, `at the March and June meetings`, `14 days before the next meeting`."""
    for match in _OF_MEETING.finditer(words):
        if not match["ahead"] and _SETS.search(words[: match.start()]):
            continue
        shown = f"{match['ahead']} {match['which']}" if match["ahead"] else match["which"]
        nearest = match["next"].lower() == "next"
        if match["count"] and match["ahead"] and nearest:
            days = timedelta(days=_count(match["count"]) * _DAYS[match["unit"].lower()])
            return Due(calendar.coming - days if calendar.coming else None, None, match[0])
        if " but " in match["which"]:
            return Due(words=match[0])
        dated = [one for one in find_days(words[match.end() : match.end() + 30], after=calendar.at) if one.start < _NEXT_TO]
        if dated and not match["ahead"]:
            return _of_day(dated[0], f"{shown} on {dated[0].words}", calendar)
        month = next((month for month, _ in find_months(match["which"], calendar.at)), None)
        coming = f"{calendar.coming:%Y-%m}" if calendar.coming and nearest else None
        return Due(None, month or coming, shown)
    back = _BACK_TO.search(words)
    return Due(words=back["board"]) if back is not None else None


def _spoken(words: str, calendar: Calendar) -> Due | None:
    found = [(match, counted) for pattern, counted in _PHRASES if (match := pattern.search(words)) is not None]
    dues = (counted(match, calendar) for match, counted in sorted(found, key=lambda one: one[0].start()))
    return next((due for due in dues if due is not None), None)


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _COUNTS[word.lower()]


def _counted(said: re.Match[str], calendar: Calendar) -> Due:
    """From the meeting's day; what is counted from something else, or only lasts so long, is no day."""
    shown, count, unit = said["shown"], _count(said["count"]), said["unit"].lower()
    if said["of"] or shown.lower().startswith("over") or calendar.at is None:
        return Due(words=shown)
    if said["working"]:
        return Due(calendar.working_days(count), None, shown)
    if unit in _DAYS:
        return Due(calendar.at + timedelta(days=count * _DAYS[unit]), None, shown)
    return Due(add_months(calendar.at, count * (12 if unit == "year" else 1)), None, shown)


def _end(said: re.Match[str], calendar: Calendar) -> Due | None:
    day = _last_day(said["what"].lower(), said["year"] or "", calendar.at) if calendar.at is not None else None
    vague = said["what"].lower().startswith(("quarter", "year", "term", "summer", "autumn", "spring", "winter", "q"))
    return Due(day, None, said[0].strip()) if day is not None or vague else None


def _last_day(what: str, year: str, at: date) -> date | None:
    if what.startswith(("financial", "fiscal")):
        return date(at.year + (at.month > _MARCH), _MARCH, 31)
    if what.startswith(("year", "calendar")):
        return date(at.year, 12, 31)
    if what in ("month", "next month"):
        return end_of_month(add_months(at, what.startswith("next")))
    if what in ("week", "next week"):
        return at + timedelta(days=11 - at.weekday() if what.startswith("next") else (4 - at.weekday()) % 7)
    if what in MONTHS:
        written = int(year) if year.isdigit() else at.year + (MONTHS[what] < at.month)
        return end_of_month(date(written, MONTHS[what], 1))
    return _quarter_end(what, year)


def _quarter_end(quarter: str, year: str) -> date | None:
    if quarter[:1].lower() != "q" or not quarter[1:].isdigit() or "/" not in year:
        return None
    return add_months(date(2000 + int(year.split("/", maxsplit=1)[0][-2:]), 4, 1), 3 * int(quarter[1:])) - timedelta(days=1)


def _near(said: re.Match[str], calendar: Calendar) -> Due:
    """`by close of play Friday`, `by noon tomorrow`, `by the 31st`: days that can only be one; `next Friday` may be two."""
    day, low = calendar.at, said["near"].lower()
    if day is None:
        return Due(words=said[0])
    if low in ("tomorrow", "today"):
        return Due(day + timedelta(days=low == "tomorrow"), None, said[0])
    if low.endswith("day"):
        return Due(day + timedelta(days=(WEEKDAYS.index(low[:3]) - day.weekday() - 1) % 7 + 1), None, said[0])
    number = int(low[:-2])
    month = day if number > day.day else add_months(day.replace(day=1), 1)
    there = 1 <= number <= end_of_month(month).day and (number <= 28 or month == day)
    return Due(month.replace(day=number) if there else None, None, said[0])


def _month(said: re.Match[str], calendar: Calendar) -> Due | None:
    if not said["month"][:1].isupper():
        return None
    months = [month for month, _ in find_months(f"{said['month']} {said['year'] or ''}", calendar.at)]
    return Due(words=said["shown"], month=months[0] if months else None)


def _loose(said: re.Match[str], calendar: Calendar) -> Due:
    """What no calendar tells: `by the AGM`, `before Christmas`, `quarterly`; a quarter with its year ends, `next month` is a month."""
    shown = said[0].strip()
    low = shown.lower()
    if "next month" in low:
        return Due(words=shown, month=f"{add_months(calendar.at, 1):%Y-%m}" if calendar.at else None)
    _, *quarter, year = low.split() if " q" in low else ("", "")
    return Due(_quarter_end(quarter[0], year) if quarter else calendar.before_closure(shown), None, shown)


_PHRASES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], Calendar], Due | None]], ...] = (
    (_compiled(r"(?P<shown>(?:within|in|over) (?:the |next )*(?P<count>COUNT) (?P<working>working )?(?P<unit>UNIT)(?:s|'s|\u2019s)?['\u2019]?(?: time)?)\b"
        r"(?P<of> of (?!(?:\S+ ){0,2}MEETING))?"), _counted),
    (_compiled(r"BEFOREend (?:(?:of |the |this )+|(?=MONTH))(?P<what>LAST)\b(?: (?P<year>\d{2,4}/\d{2,4}|\d{4})\b)?"), _end),
    (_compiled(r"BEFORE(?P<what>month|quarter|year|week)[ -]end\b(?P<year>)"), _end),
    (_compiled(r"BEFORE(?:noon |midday )?(?P<near>tomorrow|today)\b(?! [a-z])"), _near),
    (_compiled(r"(?:BEFORE)?(?:by|before|on|until|than) CLOSE(?P<near>WEEKDAY|\d{1,2}(?:st|nd|rd|th))\b(?! (?:of )?(?:\d|(?:MONTH)\b))"), _near),
    (_compiled(r"(?:during |early |late |for |from )?(?P<shown>(?:(?<=during )|(?<=early )|(?<=late )|(?<=for )|(?<=from )|(?:by|in|before|until) )(?:the )?(?P<month>MONTH)\b(?: (?P<year>\d{4})\b)?)"), _month),
    (_compiled(r"as soon as possible|at a later date|in due course|in the new year|quarterly|monthly|weekly|fortnightly|annually|regularly|yearly"
        r"|(?:asap|immediately|urgently|shortly)\b(?! (?:after|before)\b)|(?:ongoing|on-going)\b(?! \w)|(?:every|each) (?:UNIT|quarter|meeting)s?\b"
        r"|(?:in|by|during|for) q[1-4]\b(?: \d+/\d+)?|BEFOREnext (?:month|quarter|year)\b"
        r"|(?:AHEAD|after) (?:(?:the|its|our|this) )?(?:NAMED)\b(?:[ -](?!(?:to|and|on|for)\b)[\w-]+){0,4}"), _loose),
)  # fmt: skip


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
    match = _CONDITION.search(words)
    return (match["clause"] or match["first"]).strip() if match else None
