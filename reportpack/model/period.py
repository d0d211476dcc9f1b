"""The time that a figure is about: a month, a quarter, a year, or one day's snapshot."""

import calendar
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from operator import attrgetter

from reportpack import patterns as re
from reportpack.records import Record

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip
SHORT_MONTHS = tuple(name[:3].lower() for name in MONTHS)  # how every way to write one begins
WHOLE_MONTH = "|".join(name.lower() for name in MONTHS)
ANY_MONTH = "sept|" + "|".join((*(name.lower() for name in MONTHS), *SHORT_MONTHS))
"""In whole or cut short, without a full stop; to stand before what is no letter."""
MONTH = "|".join(
    (*("sept?(?:ember)?" if one[:3] == "Sep" else f"{one[:3].lower()}(?:{one[3:]})?" for one in MONTHS if one != "May"), "may")
)
"""The same, as much of it as is there."""
FIRST_YEAR, LAST_YEAR = 1990, 2099  # a meeting of another year is a slip of the pen
_ISO = re.compile(r"(?P<start>\d{4}-\d{2}(-\d{2})?)/P(?P<count>\d+)(?P<unit>[DMY])")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Period(Record, order=True):
    """A start day and a length: whole months, or days when `months` is 0 (0 days is a snapshot)."""

    start: date
    months: int = 1
    days: int = 0

    @classmethod
    def month(cls, year: int, month: int) -> "Period":
        """One calendar month."""
        return cls(date(year, month, 1))

    @classmethod
    def parse(cls, iso: str) -> "Period":
        """Read `2019-04/P1M`, `2018-04/P1Y`, `2018-10/P3M` or `2019-03-31/P0D`; ValueError for anything else."""
        match = _ISO.fullmatch(iso)
        if match is None:
            raise ValueError(f"{iso!r} is not a period such as 2019-04/P1M")
        text, count = match["start"], int(match["count"])
        start = date.fromisoformat(text if len(text) == 10 else f"{text}-01")
        return cls(start, 0, count) if match["unit"] == "D" else cls(start, count * (12 if match["unit"] == "Y" else 1))

    @property
    def iso(self) -> str:
        """`2019-04/P1M`: whole months name no day, years of twelve months say so."""
        if not self.months:
            return f"{self.start.isoformat()}/P{self.days}D"
        start = self.start.isoformat() if self.start.day != 1 else self.start.isoformat()[:7]
        return f"{start}/P1Y" if self.months == 12 else f"{start}/P{self.months}M"

    @property
    def end(self) -> date:
        """The last day that belongs to it."""
        return _last_day(self.start, self.months) if self.months else self.start + timedelta(days=max(self.days - 1, 0))

    @property
    def label(self) -> str:
        """As printed: `April 2019`, `2018/19`, `October to December 2018`, `12 months to May 2019`, `31 March 2019`."""
        end = self.end
        if not self.months:
            return long_date(self.start) if self.days < 2 else f"{self.days} days to {long_date(end)}"
        if self.months == 1:
            return f"{self.start:%B %Y}"
        if self.months == 12 and self.start.month == 4:
            return f"{self.start.year}/{end.year % 100:02d}"
        if self.months == 12 and self.start.month == 1:
            return f"{self.start.year}"
        if self.months < 12 and self.start.year == end.year:
            return f"{self.start:%B} to {end:%B %Y}"
        if self.months < 12:
            return f"{self.start:%B %Y} to {end:%B %Y}"
        return f"{self.months} months to {end:%B %Y}"

    @property
    def short(self) -> str:
        """As printed in charts and columns: `Apr 2019` for a month, `Jan to Mar 2019` within a year, otherwise the label."""
        if self.months == 1:
            return f"{MONTHS[self.start.month - 1][:3]} {self.start.year}"
        if 1 < self.months < 12 and self.start.year == self.end.year:
            return f"{self.start:%b} to {self.end:%b %Y}"
        return self.label

    def shifted(self, months: int) -> "Period":
        """The same length, so many months later (earlier when negative)."""
        return Period(add_months(self.start, months), self.months, self.days)


def in_time(periods: Iterable[Period]) -> list[Period]:
    """In their order."""
    return sorted(periods, key=IN_TIME)


IN_TIME = attrgetter("start", "months", "days")  # by this periods sort as they compare, in a fraction of the time


@lru_cache(maxsize=4096)
def add_months(day: date, months: int) -> date:
    """The same day of another month, or that month's last day when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


@lru_cache(maxsize=4096)
def _last_day(start: date, months: int) -> date:
    return add_months(start, months) - timedelta(days=1)


def long_date(day: date) -> str:
    """`28 May 2019`, without a leading nought."""
    return f"{day.day} {day:%B %Y}"


def weekday_date(day: date) -> str:
    """`Tuesday 28 May 2019`."""
    return f"{day:%A} {long_date(day)}"


def iso_day(text: str) -> date | None:
    """`2019-05-28` and nothing shorter or longer; None for all else, so that no library fills in what is missing."""
    try:
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None


def written_day(text: str) -> date | None:
    """The day of words that `long_date` wrote; None for any others."""
    day, _, rest = text.partition(" ")
    month, _, year = rest.partition(" ")
    if month not in MONTHS or not (day.isdecimal() and year.isdecimal()):
        return None
    try:
        written = date(int(year), MONTHS.index(month) + 1, int(day))
    except ValueError:
        return None
    return written if long_date(written) == text else None
