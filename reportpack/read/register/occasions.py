"""Days, meetings, moves and awaited figures as people write them. Days come before months; a meeting is an id, a day or a month in ISO form.

Nothing is guessed: words that say none of these are kept as they are, and nothing is read into them.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from reportpack import patterns as re
from reportpack.model.action import says_no_day
from reportpack.model.period import Period
from reportpack.read.grid import CellValue
from reportpack.read.period_words import FINANCIAL, MONTH
from reportpack.read.periods import Context, read_period

_ID = re.compile(r"\d{4}-\d{2}-\d{2}-[a-z0-9]+(?:-[a-z0-9]+)*")
_NOISE = re.compile(r"(?i)\b(?:the|next|meeting|held|of|on|in|at)\b")
_END_OF = re.compile(r"(?i)(?:the )?end (?:of )?(?:the )?(?=[a-z])")
_PLAIN_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d\d)")
_ISO_DAY = re.compile(r"^(\d{4})-(\d\d)-(\d\d)$")
_NAMED_DAY = re.compile(r"\d\d(?:st|nd|rd|th)?[ /.-]+(?P<month>[A-Za-z]{3,9}[ /.,-]+\d{4})")
_BRACKETED = re.compile(r"^\((.*)\)$")
_WEEKDAY = re.compile(r"(?i)^(mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b[ ,.]*")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_QUOTED_OR_ESCAPED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')


def read_day(value: CellValue) -> date | None:
    """A day from a real date or from text (`28 May 2019`, `Tuesday 28th May 2019`, `28/05/19`); None for anything else."""
    if not isinstance(value, str):
        return value.date() if isinstance(value, datetime) else value if isinstance(value, date) else None
    text = re.sub(r"\d{5,}", "?", value.strip())  # behind a figure's year a note's number may stand; a day's has a digit too many
    weekday = _WEEKDAY.match(text)
    if (period := read_period(text[weekday.end() :] if weekday else text)) is None or period.months or period.days:
        return None
    if weekday and _WEEKDAYS[period.start.weekday()] != weekday[1][:3].lower():
        return None
    return period.start if 1990 <= period.start.year < 2100 else None


def read_occasion(text: str, after: str = "") -> str:
    """A meeting's id, day (`2019-05-28`) or month (`2019-11`); empty when it cannot be read. `after` is where the meeting that
    said so stands, in the same form: a month without a year is the first of that name after it."""
    text = _BRACKETED.sub(r"\1", re.sub(r"\d{5,}", "?", text.strip()))
    if _ID.fullmatch(text.lower()):
        return text.lower()
    ends = _END_OF.match(text)
    text = " ".join(_NOISE.sub(" ", text.removeprefix("from ").removeprefix("From ")).split())
    if (day := read_day(text)) is not None or (day := _first_of_that_name(text, after)) is not None:
        return day.isoformat()
    if ends is not None:
        month = month_of(read_occasion(_END_OF.sub("", text, count=1), after))
        return month.end.isoformat() if month is not None else ""
    if (period := read_period(text, Context(iso_months=True))) is None:
        said, name = month_of(after), text.casefold()
        later = (said.shifted(step).start for step in range(1, 13)) if said is not None else ()
        return next((f"{one:%Y-%m}" for one in later if name in (f"{one:%B}".casefold(), f"{one:%b}".casefold())), "")
    return f"{period.start:%Y-%m}" if period.months == 1 and 1990 <= period.start.year < 2100 else ""


def _first_of_that_name(text: str, after: str) -> date | None:
    """A day without its year (`Tues 30th April`): the first after what said so."""
    if (said := month_of(after)) is None or re.search(r"\d{4}|/", text):
        return None
    days = (read_day(f"{text} {year}") for year in (said.start.year, said.start.year + 1))
    return next((day for day in days if day is not None and day >= said.start), None)


def why_no_day(text: str) -> str:
    """What is wrong with words that look like a day and are none; empty where they do not."""
    text = _ISO_DAY.sub(r"\3/\2/\1", text.strip())
    far = next((one for one in re.findall(r"\d{4,}", text) if not 1990 <= int(one) < 2100), "")
    if far and read_day(text.replace(far, "2020", 1)) is not None:
        return f"names the year {far}, which cannot be meant"
    if (match := _PLAIN_DAY.fullmatch(text)) is None:
        if (named := _NAMED_DAY.fullmatch(text)) is not None and (whole := read_period(named["month"])) is not None:
            return f"is no day: {whole.start:%B} has {whole.end.day} days"
        yearless = re.search(r"\d{4}|/", text) is None and any(read_day(f"{text} {year}") for year in range(2000, 2012))
        return "gives no year" if yearless else ""
    day, month, year = (int(part) for part in match.groups())
    year += 2000 if year < 100 else 0
    if day <= 12 < month <= 31:
        return f"has its month first; day first it is {month:02}/{day:02}/{year}"
    if 1 <= month <= 12 and day >= 1 and 1990 <= year < 2100:
        last = Period.month(year, month)
        return f"is no day: {last.start:%B} has {last.end.day} days"
    return "is no day"


def shows_only_month(number_format: str) -> bool:
    """`Nov 18` typed into Excel becomes a date that shows only its month."""
    shown = _QUOTED_OR_ESCAPED.sub("", number_format).lower()
    return number_format != "General" and "m" in shown and "d" not in shown and "h" not in shown


def month_of(occasion: str) -> Period | None:
    """The month in which an id, a day or a month stands."""
    match = re.match(r"(\d{4})-(\d{2})", occasion)
    return Period.month(int(match[1]), int(match[2])) if match and 1 <= int(match[2]) <= 12 else None


WHY = "Ask, and write the reason after a colon at the end of the line."
_MOVE = re.compile(
    r"(?:from )?(?P<before>.*?)\s*(?:\bto\b|->|\u2192|=>)\s*(?P<after>[^:(]+?)\s*(?::\s*(?P<reason>.*)|\((?P<bracketed>.*)\))?",
    re.DOTALL | re.IGNORECASE,
)


def lines_of(text: str) -> list[str]:
    """The lines that say something, without bullets."""
    return [stripped for line in text.splitlines() if (stripped := line.strip(" -\u2022"))]


def split_move(line: str) -> tuple[str, str, str]:
    """From when, to when, and why; three empty strings for a line that says no move."""
    match = _MOVE.fullmatch(line)
    return (match["before"], match["after"], (match["reason"] or match["bracketed"] or "").strip()) if match else ("", "", "")


def move_line(before: str, after: str, why: str = "") -> str:
    """The line that says so; without a reason it ends with the day."""
    reason = " ".join(why.split())
    return f"{before} to {after or 'no date'}{f': {reason}' if reason else ''}"


def is_move(before: str, after: str) -> bool:
    """Whether a due day or meeting that was set is now another, or none; another spelling of the same day is no move,
    and words that name no day or meeting set none."""
    if says_no_day(before):
        return False
    if says_no_day(after):
        return True
    then, now = read_occasion(before), read_occasion(after)
    return bool(then and now) and then != now


_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_YEAR = rf"(?:fy ?)?(?P<year>{FINANCIAL})"
_QUARTERS = re.compile(
    rf"\b(?P<which>first|last|all)? ?(?P<count>one|two|three|four|[1-4])? ?quarters?(?: figures)? (?:of|for|in) (?:the )?(?:financial year )?{_YEAR}"
)
_LISTED = re.compile(
    rf"\b(?:q(?P<first>[1-4])|quarters? (?P<worded>[1-4]))(?:(?: and |, ?| ?& ?|-| to )q?(?P<second>[1-4]))?(?: figures)?,? ?(?:of|for)? ?(?:the )?{_YEAR}"
)
_MONTHS = re.compile(rf"\b(?P<month>{MONTH})(?: and (?P<other>{MONTH}))? (?P<year>(?:19|20)\d\d)\b")
_FIGURES = re.compile(r"figure|data|survey|quarter|return|result|statistic|extract|\bq[1-4]\b")


def read_awaited(condition: str) -> tuple[Period, ...]:
    """The periods whose figures the condition waits for, in their order; none where the words are about something else."""
    text = " ".join(condition.casefold().replace("\u2013", "-").split())
    if not _FIGURES.search(text):
        return ()
    matches = _MONTHS.finditer(text)  # `the June 2019 figures`, `June and July 2019`
    names = [f"{name} {match['year']}" for match in matches for name in (match["month"], match["other"]) if name]
    months = (read_period(name, Context(iso_months=True)) for name in names)
    found = {one for one in months if one is not None and one.months == 1}
    for words, numbers in _quarters(text):
        if (year := read_period(words)) is not None and year.months == 12 and year.start.month == 4:
            found.update(Period(year.start, 3).shifted(3 * (number - 1)) for number in numbers)
    return tuple(sorted(found))


def _quarters(text: str) -> Iterator[tuple[str, Iterable[int]]]:
    """The words of a year and which of its quarters: `the first two quarters of 2019/20`, `Q1 2019/20`, `quarters 1 and 2 of 2019/20`."""
    for match in _QUARTERS.finditer(text):
        count = _COUNTS.get(match["count"] or "", 1 if match["which"] in ("first", "last") else 4)
        if match["which"] is not None or match["count"] is not None:
            yield match["year"], range(5 - count, 5) if match["which"] == "last" else range(1, count + 1)
    for match in _LISTED.finditer(text):
        first = int(match["first"] or match["worded"])
        last = int(match["second"] or first)
        through = re.search(r"-| to ", match[0].partition(match["year"])[0]) is not None
        yield match["year"], range(first, last + 1) if through else (first, last)
