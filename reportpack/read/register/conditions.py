"""Conditions in people's words: which figures must be in first. Words that name no period are kept as they are, and nothing is read into them."""

from reportpack import patterns as re
from reportpack.model.period import Period
from reportpack.read.period_words import FINANCIAL, MONTH
from reportpack.read.periods import Context, read_period

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
    found = [*_quarters(text), *_listed(text), *_months(text)]
    return tuple(sorted(set(found)))


def _quarters(text: str) -> list[Period]:
    """`the first two quarters of 2019/20`."""
    found: list[Period] = []
    for match in _QUARTERS.finditer(text):
        year = _financial(match["year"])
        count = _COUNTS.get(match["count"] or "", 1 if match["which"] in ("first", "last") else 4)
        if year is None or (match["which"] is None and match["count"] is None):
            continue
        numbers = range(5 - count, 5) if match["which"] == "last" else range(1, count + 1)
        found.extend(_quarter(year, number) for number in numbers)
    return found


def _listed(text: str) -> list[Period]:
    """`Q1 2019/20`, `Q1 and Q2 2019/20`, `quarters 1 and 2 of 2019/20`."""
    found: list[Period] = []
    for match in _LISTED.finditer(text):
        year = _financial(match["year"])
        if year is None:
            continue
        first = int(match["first"] or match["worded"])
        last = int(match["second"] or first)
        through = re.search(r"-| to ", match[0].partition(match["year"])[0]) is not None
        numbers = range(first, last + 1) if through else sorted({first, last})
        found.extend(_quarter(year, number) for number in numbers)
    return found


def _months(text: str) -> list[Period]:
    """`the June 2019 figures`, `June and July 2019`."""
    names = [(name, match["year"]) for match in _MONTHS.finditer(text) for name in (match["month"], match["other"]) if name]
    read = (read_period(f"{name} {year}", Context(iso_months=True)) for name, year in names)
    return [one for one in read if one is not None and one.months == 1]


def _financial(text: str) -> Period | None:
    year = read_period(text)
    return year if year is not None and year.months == 12 and year.start.month == 4 else None


def _quarter(year: Period, number: int) -> Period:
    return Period(year.start, 3).shifted(3 * (number - 1))
