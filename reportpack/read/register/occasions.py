"""Days and meetings as people write them. Days come before months; a meeting is an id, a day or a month in ISO form, never a guess."""

from datetime import date, datetime

from reportpack import patterns as re
from reportpack.model.period import Period
from reportpack.read.grid import CellValue
from reportpack.read.periods import Context, read_period

_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*")
_NOISE = re.compile(r"\b(?:the|next|meeting|held|of|on|in|at)\b", re.IGNORECASE)
_END_OF = re.compile(r"(?:the )?end (?:of )?(?:the )?(?=[a-z])", re.IGNORECASE)
_PLAIN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)")
_BRACKETED = re.compile(r"^\((.*)\)$")
_WEEKDAY = re.compile(r"^(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[ ,.]*", re.IGNORECASE)
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_QUOTED_OR_ESCAPED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def read_day(value: CellValue) -> date | None:
    """A day from a real date or from text (`28 May 2019`, `Tuesday 28th May 2019`, `28/05/19`); None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip()
    weekday = _WEEKDAY.match(text)
    period = read_period(text[weekday.end() :] if weekday else text)
    if period is None or period.months or period.days:
        return None
    if weekday and _WEEKDAYS[period.start.weekday()] != weekday[1][:3].lower():
        return None
    return period.start if 1990 <= period.start.year < 2100 else None


def read_occasion(text: str, after: str = "") -> str:
    """A meeting's id, day (`2019-05-28`) or month (`2019-11`); empty when it cannot be read. `after` is where the meeting that
    said so stands, in the same form: a month without a year is the first of that name after it."""
    text = _BRACKETED.sub(r"\1", text.strip())
    if _ID.fullmatch(text.lower()):
        return text.lower()
    ends = _END_OF.match(text)
    text = " ".join(_NOISE.sub(" ", text.removeprefix("from ").removeprefix("From ")).split())
    if (day := read_day(text)) is not None or (day := _first_of_that_name(text, after)) is not None:
        return day.isoformat()
    if ends is not None:
        month = month_of(read_occasion(_END_OF.sub("", text, count=1), after))
        return month.end.isoformat() if month is not None else ""
    period = read_period(text, Context(iso_months=True))
    if period is None:
        return _later_month(text, after)
    return f"{period.start:%Y-%m}" if period.months == 1 and 1990 <= period.start.year < 2100 else ""


def _first_of_that_name(text: str, after: str) -> date | None:
    """A day without its year (`Tues 30th April`): the first after what said so."""
    said = month_of(after)
    if said is None or re.search(r"\d{4}|/", text):
        return None
    days = (read_day(f"{text} {year}") for year in (said.start.year, said.start.year + 1))
    return next((day for day in days if day is not None and day >= said.start), None)


def why_no_day(text: str) -> str:
    """What is wrong with words that look like a day and are none; empty where they do not."""
    match = _PLAIN_DAY.fullmatch(text.strip())
    if match is None:
        yearless = re.search(r"\d{4}|/", text) is None and any(read_day(f"{text} {year}") for year in range(2000, 2012))
        return "gives no year" if yearless else ""
    day, month, year = (int(part) for part in match.groups())
    year += 2000 if year < 100 else 0
    if day <= 12 < month <= 31:
        return f"has its month first; day first it is {month:02}/{day:02}/{year}"
    if month <= 12 and day >= 1 and 1990 <= year < 2100:
        named = Period.month(year, month)
        return f"is no day: {named.start:%B} has {named.end.day} days"
    return "is no day"


def shows_only_month(number_format: str) -> bool:
    """`Nov 18` typed into Excel becomes a date that shows only its month."""
    shown = _QUOTED_OR_ESCAPED.sub("", number_format).lower()
    return number_format != "General" and "m" in shown and "d" not in shown and "h" not in shown


def _later_month(text: str, after: str) -> str:
    """The first month of that name after the one given."""
    said = month_of(after)
    if said is None:
        return ""
    for step in range(1, 13):
        month = said.shifted(step)
        if text.casefold() in (f"{month.start:%B}".casefold(), f"{month.start:%b}".casefold()):
            return f"{month.start:%Y-%m}"
    return ""


def month_of(occasion: str) -> Period | None:
    """The month in which an id, a day or a month stands."""
    match = re.match(r"(\d{4})-(\d{2})", occasion)
    return Period.month(int(match[1]), int(match[2])) if match and 1 <= int(match[2]) <= 12 else None
