"""Labels of one row or column read together: what one alone does not tell.

A year only beside January, dates that stand for months, 2008-09 among months or among years, 201904 among numbers.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain, pairwise, repeat

from reportpack import patterns as re
from reportpack.model.period import MONTH, Period, add_months
from reportpack.read.figures.cells import shows_month_only
from reportpack.read.grid import CellValue
from reportpack.read.period_words import DAY, WEEKDAY
from reportpack.read.periods import (
    PLAIN,
    Context,
    financial_start,
    has_odd_year,
    is_year,
    is_year_month,
    month_number,
    month_within,
    plain_text,
    read_period,
    week_of,
    window_of,
)
from reportpack.records import Record

_MONTH_NAME = re.compile(rf"(?:\d\d - )?(?P<mon>{MONTH})\.?")
_QUARTER_NAME = re.compile(r"(?:q|qtr|quarter) ?(?P<q>[1-4])(?: \(.*\))?")
_YEAR_AND_QUARTER = re.compile(r"(?P<y>(?:19|20)\d\d) ?[/ .-] ?(?P<q>[1-4])")
_ISO_MONTH = re.compile(r"\d{4}[-/]\d\d")
_DAY_OF_MONTH = re.compile(rf"{WEEKDAY}(?P<d>{DAY})[ /-](?:of )?(?P<mon>{MONTH})|(?P<mon2>{MONTH})[ /-](?P<d2>{DAY})")
_NUMBERED = re.compile(r"(?:(?:period|month|p|m|mth)[ .-]?)?(?P<n>\d{1,2})(?:\.0)?")
_WEEK_NAME = re.compile(r"(?:week|wk|w)[ .-]?(?P<w>\d{1,2})")
_NUMBERED_HEADING = re.compile(
    r"(?:(?:financial|fiscal|calendar|fy|f/y|reporting|accounting|iso|report|year|data)[ _-]?)*(?P<kind>month|period|quarter|qtr|week|wk|[mqw])s?"
    r"(?:[ _-]?(?:no|number|num|id|index|of (?:the )?(?:financial |calendar )?year))?\.?"
)
"""Headings of columns that count months, quarters or weeks: "FY Month", "Week no"; "This month" holds figures."""
_FINANCIAL_WORDS = re.compile(r"\b(?:financial|fiscal|fy|f/y|fye|accounting|period)\b")
_WEEK = re.compile(r"\b(?:week|wk|w)[ /]?(?P<word>ending|ended|to|commencing|beginning|starting|e|c|b)\b")
_STROKES = re.compile(r"(\d{1,2})/(\d{1,2})/\d{2,4}\b")
_TIME_HEADING = re.compile(
    r"\b(?:years?|periods?|dates?|times?|months?|quarters?|fy|weeks?|wk|as at|financial ?year|ye|y/e|12 months)\b"
)
_AS_AT_DAY = re.compile(rf"as (?:at|of) (?:the )?(?P<d>\d{{1,2}})(?:st|nd|rd|th)? (?P<mon>{MONTH})\b(?!,? \d)")
_YEAR_ENDING = re.compile(rf"(?:year|12 months) ?(?:ending|ended|to)(?: \d{{1,2}}(?:st|nd|rd|th)?)? (?P<mon>{MONTH})\b")


class Moment(Record):
    """What one label says of time: a whole period, or a month or quarter still without its year."""

    period: Period | None = None
    month: int | None = None
    quarter: int | None = None
    week: int | None = None
    day: int | None = None  # a day of a month that is known, or of `month`
    odd: bool = False  # it stands where periods stand and says something of time that cannot be right, or not enough

    @property
    def tells(self) -> bool:
        """Whether it says anything."""
        return self.period is not None or self.month is not None or self.quarter is not None or self.week is not None


NOTHING = Moment()


def heading_context(heading: str, around: Context = PLAIN) -> Context:
    """What a heading adds: "As at 31 March", "Year ending March", "As at"."""
    text = plain_text(heading)
    if (match := _AS_AT_DAY.search(text)) and int(match["d"]) < 32:
        return replace(around, as_at=(month_number(match["mon"]), int(match["d"])), snapshots=True)
    if match := _YEAR_ENDING.search(text):
        return replace(around, year_ends=month_number(match["mon"]))
    if match := _WEEK.search(text):
        return replace(around, week="ending" if match["word"] in ("ending", "ended", "to", "e") else "starting")
    if window := window_of(text):
        return replace(around, window=window)
    return replace(around, snapshots=True) if re.search(r"\bas (?:at|of)$|^at$|\bmonth end$|^position|snapshot", text) else around


def read_together(
    values: Sequence[CellValue], formats: Sequence[str] = (), heading: str = "", beside: Sequence[Period | None] = ()
) -> list[Moment]:
    """What each of the labels says of time. `beside` are the years known for each, from the row above or the column before."""
    context = heading_context(heading)
    words = plain_text(heading)
    timely = bool(_TIME_HEADING.search(words))
    values = _settled_dates(values, words)
    context = _with_habits(values, formats, context, monthly=bool(re.search(r"\bmonths?\b(?! end)", words)))
    years = _years_count(values, timely)
    months = all(is_year_month(value) for value in values if isinstance(value, float)) if values else False
    known: dict[CellValue, Moment] = {}
    for value in values:
        if value not in known:
            known[value] = _moment(value, context, years, months)
    found = [known[value] for value in values]
    if timely and (numbered := _by_number(values, words, beside)):
        found = numbered
    elif timely and "quarter" in words:
        told = [_YEAR_AND_QUARTER.fullmatch(plain_text(value)) if isinstance(value, str) else None for value in values]
        pairs = zip(told, found, strict=True)  # 2011/1, 2011 1
        found = [Moment(Period(date(int(one["y"]), 3 * int(one["q"]) - 2, 1), 3)) if one else moment for one, moment in pairs]
    days = [moment.period for moment in found if moment.period is not None]
    if len(set(days)) > 1 and all(not day.months and not day.days and day.start.day == 1 for day in days):
        # Dates typed as text that are all the first of a month stand for their months.
        found = [Moment(Period.month(m.period.start.year, m.period.start.month)) if m.period else m for m in found]
    if any(moment.day is not None and moment.period is None for moment in found):
        # "Apr 20" beside "1-Apr" and "2-Apr" is a day, and not April 2020.
        found = [replace(moment, period=None) if moment.day is not None else moment for moment in found]
    return _with_years(found, beside, calendar=bool(re.search(r"\bcalendar (?:month|quarter)", words)))


def _by_number(values: Sequence[CellValue], words: str, beside: Sequence[Period | None]) -> list[Moment]:
    """A column of 1 to 12, 1 to 4 or 1 to 53 under Month, Quarter or Week; month 1 of a financial year is April where the heading says so."""
    kind = match["kind"] if (match := _NUMBERED_HEADING.fullmatch(words)) else ""
    if kind in ("month", "period", "m") and (numbers := _counted(values, 12)):
        shift = 3 if _counts_from_april(numbers, words, beside) else 0
        return [Moment(month=(number + shift - 1) % 12 + 1) if number else NOTHING for number in numbers]
    if kind in ("quarter", "qtr", "q") and (numbers := _counted(values, 4)):
        return [Moment(quarter=number) if number else NOTHING for number in numbers]
    if kind in ("week", "wk", "w") and (numbers := _counted(values, 53)):
        return [Moment(week=number) if number else NOTHING for number in numbers]
    return []


def _counted(values: Sequence[CellValue], most: int) -> list[int]:
    """The numbers of "3", "P03", "M3" or "Period 3", 0 for an empty cell; nothing where any cell is no number from 1 to the most."""
    texts = [f"{value:g}" if isinstance(value, float) else str(value or "").strip().lower() for value in values]
    found = [int(match["n"]) if (match := _NUMBERED.fullmatch(text)) else -1 if text else 0 for text in texts]
    return found if any(found) and all(not text or 1 <= number <= most for text, number in zip(texts, found, strict=True)) else []


def _counts_from_april(numbers: Sequence[int], words: str, beside: Sequence[Period | None]) -> bool:
    """Whether 1 means April: the heading says financial, or the numbers run 1, 2, 3 within a financial year."""
    if _FINANCIAL_WORDS.search(words):
        return True
    years = [period for period in beside if period is not None]
    if "calendar" in words or not years or any(period.start.month != 4 or period.months != 12 for period in years):
        return False
    steps = zip(pairwise(numbers), pairwise(beside), strict=False)
    within = [two >= one for (one, two), (year, after) in steps if year == after]
    return bool(within) and all(within)


def _with_habits(values: Sequence[CellValue], formats: Sequence[str], context: Context, *, monthly: bool) -> Context:
    texts = {value.strip() for value in values if isinstance(value, str)}
    iso = any(_ISO_MONTH.fullmatch(text) and financial_start(text) is None and 1 <= int(text[5:]) <= 12 for text in texts)
    coded = zip(values, chain(formats, repeat("General")), strict=False)
    dates = [(value, code) for value, code in coded if isinstance(value, date)]
    firsts = all(value.day == 1 for value, _ in dates)
    shown = sum(shows_month_only(code) for _, code in dates) * 2 > len(dates)
    ends = sorted({value.date() if isinstance(value, datetime) else value for value, _ in dates})
    are_last = len(ends) > 2 and all((end + timedelta(1)).day == 1 for end in ends)  # of months, one after the other
    are_last = are_last and 2 * sum((later - earlier).days <= 31 for earlier, later in pairwise(ends)) >= len(ends) - 1
    one_day = monthly and len(ends) > 2 and len({end.day for end in ends}) == 1  # the 28th of each, under "Month"
    monthly = bool(dates) and (firsts or shown or are_last or one_day)
    # Dates with strokes that can only be read month first: 3/25/2011, and none that can only be day first.
    pairs = [(int(match[1]), int(match[2])) for text in texts if (match := _STROKES.match(text))]
    month_first = any(second > 12 for _, second in pairs) and not any(first > 12 for first, _ in pairs)
    return replace(context, month_first=month_first, iso_months=iso, months=monthly and not context.snapshots)


def _years_count(values: Sequence[CellValue], timely: bool) -> bool:
    present = [value for value in values if value is not None and value != ""]
    years = [value for value in present if is_year(value)]
    numbers = [value for value in present if isinstance(value, float)]
    if timely:
        return len(years) >= len(numbers) * 0.9
    return bool(years) and 2 * len(years) >= len(present) and len(years) >= len(numbers)


def _moment(value: CellValue, context: Context, years: bool, months: bool) -> Moment:
    if isinstance(value, float):
        if (is_year(value) and years) or (months and is_year_month(value)):
            return Moment(read_period(value, context))
        return NOTHING
    if has_odd_year(value):
        return Moment(odd=True)
    if isinstance(value, datetime | date):
        return Moment(read_period(value, context))
    if not isinstance(value, str) or (is_year(value) and not years):
        return NOTHING
    text = plain_text(value)
    if text.isdecimal() and not (is_year(text) or is_year_month(text)):
        return NOTHING
    return _bare(text, context) or Moment(read_period(value, context))


def _bare(text: str, context: Context) -> Moment | None:
    """A month, quarter, week or day of a month that leaves its year to its surroundings."""
    if match := _MONTH_NAME.fullmatch(text):
        return Moment(month=month_number(match["mon"]))
    if match := _QUARTER_NAME.fullmatch(text):
        return Moment(quarter=int(match["q"]))
    if match := _WEEK_NAME.fullmatch(text):
        return Moment(week=int(match["w"])) if 1 <= int(match["w"]) <= 53 else NOTHING
    return _day_of_month(text, context)


def _day_of_month(text: str, context: Context) -> Moment | None:
    """ "1-Apr", "Apr 20": a day whose year stands elsewhere; "Apr 20" alone may be April 2020, so both are kept."""
    if (match := _DAY_OF_MONTH.fullmatch(text)) is None:
        return None
    name = match["mon"] or match["mon2"]
    day = int(re.sub(r"\D", "", match["d"] or match["d2"]))
    return Moment(read_period(text, context), month_number(name), day=day) if 1 <= day <= 31 else None


def _settled_dates(values: Sequence[CellValue], words: str) -> Sequence[CellValue]:
    """A column of dates judged as a column: month starts stored at 23:00 the evening before, months that stand in the day's place."""
    if len(dates := [value for value in values if isinstance(value, date)]) > 2 and (moved := _next_mornings(dates)):
        return [moved.get(value, value) if isinstance(value, date) else value for value in values]
    days = [numbers_of_date(value) for value in values] if len(values) > 2 else [None]
    if all(days) and _months_in_days_place([day for day in days if day], "month" in words):
        return [date(day[2], day[0], 1) if day else value for value, day in zip(values, days, strict=True)]
    return values


def _next_mornings(dates: Sequence[date]) -> dict[date, CellValue]:
    """Midnights that a computer in another time zone stored an hour or two early."""
    timed = [value for value in dates if isinstance(value, datetime)]
    late = [value for value in timed if value.hour in (22, 23) and not value.minute and not value.second]
    if not late or any((value.hour or value.minute) and value not in late for value in timed):
        return {}
    return {value: (value + timedelta(hours=24 - value.hour)).date() for value in late}


def numbers_of_date(value: CellValue) -> tuple[int, int, int] | None:
    """(first number, second number, year) of a date as day-first readers see it."""
    if isinstance(value, date):
        return value.day, value.month, value.year
    match = re.fullmatch(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", value.strip()) if isinstance(value, str) else None
    return (int(match[1]), int(match[2]), int(match[3])) if match else None


def _months_in_days_place(days: Sequence[tuple[int, int, int]], monthly: bool) -> bool:
    """Days that run from 1 to 12 of one January and begin again in the next year's, or stand under "Month": months whose first was read as a day."""
    if {second for _, second, _ in days} != {1} or any(first > 12 for first, _, _ in days):
        return False
    months = [(year * 12 + first) for first, _, year in days]
    return all(0 < later - earlier < 4 for earlier, later in pairwise(months)) and (
        monthly or len({year for _, _, year in days}) > 1
    )


def _with_years(found: list[Moment], beside: Sequence[Period | None], calendar: bool = False) -> list[Moment]:
    """Give bare months and quarters their year: from beside, or from the month before or after them."""
    if all(moment.month is None and moment.quarter is None and moment.week is None for moment in found):
        return found
    if calendar:
        found = [Moment(month=3 * moment.quarter - 2, quarter=0) if moment.quarter else moment for moment in found]
    given = [resolved(moment, year) for moment, year in zip(found, chain(beside, repeat(None)), strict=False)]
    return _carried_back(_carried_forward(given, beside))


def resolved(moment: Moment, year: Period | None) -> Moment:
    """What a label says once the year beside it is known."""
    if year is None or year.months != 12 or year.start.month not in (1, 4) or (moment.period and moment.day is None):
        return moment
    if moment.week is not None:
        return Moment(week_of(year.start.year, moment.week) if year.start.month == 1 else None, week=moment.week)
    if moment.month is not None:
        first = month_within(moment.month, year)
        if moment.day is None:
            return Moment(Period(first, 3 if moment.quarter == 0 else 1), moment.month)
        try:
            return Moment(Period(first.replace(day=moment.day), 0, 0), moment.month, day=moment.day)
        except ValueError:
            return moment
    if moment.quarter is not None:
        return Moment(Period(add_months(year.start, 3 * (moment.quarter - 1)), 3), None, moment.quarter)
    return moment


def _carried_forward(given: list[Moment], beside: Sequence[Period | None]) -> list[Moment]:
    done: list[Moment] = []
    before: Period | None = None
    label: Period | None = None
    for moment, now in zip(given, chain(beside, repeat(None)), strict=False):
        in_year = now == label and now is not None and now.months == 12 and now.start.month == 1
        is_bare = moment.day is None and moment.quarter is None and (moment.period is None or in_year)
        if moment.month is not None and before is not None and is_bare:
            year = before.start.year + (moment.month < before.start.month)
            if moment.period is None or moment.period.start.year <= year <= moment.period.start.year + 1:
                moment = Moment(Period.month(year, moment.month), moment.month)  # noqa: PLW2901 - the label with its year
        if moment.period is not None and moment.period.months == 1:
            before, label = moment.period, now
        done.append(moment)
    return done


def _carried_back(found: list[Moment]) -> list[Moment]:
    done = list(found)
    after: Period | None = None
    for index in range(len(done) - 1, -1, -1):
        moment = done[index]
        if moment.month is not None and moment.day is None and moment.period is None and after is not None:
            year = after.start.year - (moment.month > after.start.month)
            done[index] = moment = Moment(Period.month(year, moment.month), moment.month)
        if moment.period is not None and moment.period.months == 1:
            after = moment.period
    return done
