"""Days, months and times in running words, resolved at the meeting's own day. A year that is not written is the next that fits, or unknown."""

import calendar
from collections.abc import Iterator
from datetime import date, time

from reportpack import patterns as re
from reportpack.model.period import ANY_MONTH, SHORT_MONTHS
from reportpack.records import Record

MONTHS = {name: SHORT_MONTHS.index(name[:3]) + 1 for name in ANY_MONTH.split("|")}
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_DAY = re.compile(
    rf"(?i)(?:\b(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}\.?,?\s*)?(?:the\s+)?(?:\b|(?<=day))(?P<day>\d{{1,2}})(?:\s?(?:st|nd|rd|th))?\s*(?:of\s+|[ -])?\s*"
    rf"\b(?P<month>{_MONTH})\b\.?(?:[ ,-]*(?P<year>(?:19|20)\d{{2}}|(?<=[ -])['\u2018\u2019]?\d{{2}}(?!(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTH})\b|[\d:.]|\s?[ap]\.?m|\s?(?:hrs|to\b|-|\u2013))))?"
)
_AMERICAN = re.compile(
    rf"(?i)(?:\b(?P<weekday>mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}\.?,?\s+)?\b(?P<month>{_MONTH})\.?\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>(?:19|20)\d{{2}})\b"
)
_NUMERIC = re.compile(r"\b(?P<day>\d{1,2})(?P<sep>[./-])(?P<month>\d{1,2})(?P=sep)(?P<year>(?:19|20)\d{2}|\d{2})\b(?![./]\d)")
_ISO = re.compile(r"\b(?P<year>(?:19|20)\d{2})(?P<sep>[-./])(?P<month>\d{1,2})(?P=sep)(?P<day>\d{1,2})(?:\b|(?=T\d))")
_MONTH_YEAR = re.compile(rf"(?i)\b(?P<month>{_MONTH})\b(?:\.?\s*(?P<year>(?:19|20)\d{{2}})\b)?")
_CLOCK = re.compile(
    r"(?i)(?<![\d.:])(?P<hour>[01]?\d|2[0-3])(?:[:.](?P<minute>[0-5]\d))?\s?(?P<half>[ap]\.?m\.?)?(?![\d/%])(?:hrs|hours)?|\b(?P<word>noon|midday)\b"
)
_MILITARY = re.compile(r"(?i)(?<![\d.:/])(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d)\s?(?:hrs|hours|h\b)")
_RANGE = re.compile(r"(?i)\s?(?:-|\u2013|to)\s?\d{1,2}(?:[:.]\d\d|\s?[ap]\.?m)")
"""Behind a bare hour, a dash and a full time: `2-4.30pm`."""
_SHORT = re.compile(r"(?<=\s)(?P<day>\d{1,2})/(?P<month>\d{1,2})(?![\d/])")


class Found(Record):
    """A day in a text: `day` None when its year cannot be told; `wrong_weekday` the weekday as written when the date is another."""

    day: date | None
    words: str
    start: int
    end: int
    month: int
    year: int | None
    weekday: str = ""
    wrong_weekday: str = ""


def find_days(text: str, year: int | None = None, after: date | None = None, *, short: bool = False) -> tuple[Found, ...]:
    """Every day in the text; one without a year takes `year`, else the first such day on or after `after`. `short` reads `20/12` as one."""
    found: list[Found] = []
    for pattern in (_ISO, _DAY, _AMERICAN, _NUMERIC, *((_SHORT,) if short else ())):
        for match in pattern.finditer(text):
            free = not any(match.start() < one.end and one.start < match.end() for one in found)
            found.extend([one] if free and (one := _found(match, year, after)) is not None else [])
    return tuple(sorted(found, key=lambda one: one.start))


def _found(match: re.Match[str], year: int | None, after: date | None) -> Found | None:
    fields = match.groupdict()
    month = int(fields["month"]) if fields["month"].isdigit() else MONTHS[fields["month"].lower()]
    number = int(fields["day"])
    if not (1 <= month <= 12 and 1 <= number <= 31):
        return None
    written = int(fields["year"].lstrip("'\u2018\u2019")) if fields.get("year") else None
    if written is not None and written < 100:
        written += 2000
    weekday = (fields.get("weekday") or "").lower()
    day = _make(written, month, number) if written else _year_told(year, month, number, after, weekday)
    wrong = match.group(0).split()[0] if day and weekday and WEEKDAYS[day.weekday()] != weekday else ""
    return Found(day, match.group(0).strip(" ,"), match.start(), match.end(), month, written, weekday, wrong)


def _make(year: int | None, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if year else None
    except ValueError:
        return None


def _year_told(year: int | None, month: int, number: int, after: date | None, weekday: str) -> date | None:
    if year is not None:
        return _make(year, month, number)
    if after is None:
        return None
    for step in range(2):
        if (day := _make(after.year + step, month, number)) is not None and day >= after:
            other = _make(day.year + 1, month, number)
            if weekday and WEEKDAYS[day.weekday()] != weekday and other and WEEKDAYS[other.weekday()] == weekday:
                return other
            return day
    return None


def is_soon(on: date, day: date) -> bool:
    """Whether a day without a year is meant: `12 July` said at the end of July was that month's."""
    return 0 < (on - day).days < 183


def find_months(text: str, after: date | None) -> Iterator[tuple[str, str]]:
    """Months in the text as `2019-11` with their words, those with a year first; one without is the first of that name after the meeting's."""
    matches = [(match, MONTHS[match["month"].lower()]) for match in _MONTH_YEAR.finditer(text)]
    yield from ((f"{match['year']}-{month:02}", match[0]) for match, month in matches if match["year"])
    for match, month in matches if after is not None else ():
        if after is not None and (match["month"][:1].isupper() or match["month"].lower() not in ("may", "march", "mar")):
            yield f"{after.year + (month <= after.month)}-{month:02}", match["month"]


def find_times(text: str) -> tuple[time, ...]:
    """Times of day, where hours and minutes, am or pm, or a range say that a number is one."""
    if military := [time(int(match["hour"]), int(match["minute"])) for match in _MILITARY.finditer(text)]:
        return tuple(military)
    times: list[time] = []
    half_after = ""
    for match in reversed(list(_CLOCK.finditer(text))):
        ranged = _RANGE.match(text, match.end()) is not None
        if not (match["word"] or match["minute"] or match["half"] or ranged):
            continue
        half_after = (match["half"] or "").lower()[:1] or (half_after if ranged else "")
        hour = 12 if match["word"] else int(match["hour"]) % 12 if half_after and int(match["hour"]) == 12 else int(match["hour"])
        later = half_after == "p" and hour < 12 and not match["word"]
        times.insert(0, time(hour + 12 * later, int(match["minute"] or 0)))
    return tuple(times)


def add_months(day: date, count: int) -> date:
    """The same day so many months later, or the last of a shorter month."""
    months = day.year * 12 + day.month - 1 + count
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1])) if year < 9999 else day


def end_of_month(day: date) -> date:
    """The last day of its month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
