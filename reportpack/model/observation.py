"""One figure, or the reason why there is none; what it means beyond its number; a measure's figures in the order of time.

NOT_TOLD is an answer too.
"""

from bisect import bisect_left
from dataclasses import field
from enum import StrEnum
from itertools import chain, islice, takewhile

from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.records import Record


class Reach(StrEnum):
    """How a figure lies in time: one stretch beside the next, a window that rolls on, a sum that grows, a position."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"
    WEEK = "week"
    DAY = "day"
    ROLLING = "rolling"
    YEAR_TO_DATE = "year to date"
    POINT = "point in time"
    OTHER = "other"
    NOT_TOLD = "not told"


class Nature(StrEnum):
    """What a figure is: what happened, what should, what may, or the difference of two such."""

    ACTUAL = "actual"
    TARGET = "target"
    FORECAST = "forecast"
    DIFFERENCE = "difference"
    CUMULATIVE = "cumulative"
    LIMIT = "limit"  # an end of an interval around a figure


class Finality(StrEnum):
    """Whether the supplier stands by it."""

    PROVISIONAL = "provisional"
    REVISED = "revised"
    ESTIMATE = "estimate"
    NOT_TOLD = "not told"


class Meaning(Record):
    """What heading, corner, title, row label, sheet name and notes together say of figures. `scale` is what the number was
    multiplied by (1,000 for "£000s"); `base` what a share or rate is of; `basis` a condition that holds for it ("2019 ward
    boundaries"). `told` names the cell, title or name that each part came from."""

    reach: Reach = Reach.NOT_TOLD
    nature: Nature = Nature.ACTUAL
    scale: float = 1.0
    base: str = ""
    finality: Finality = Finality.NOT_TOLD
    basis: str = ""
    told: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    @property
    def overlaps(self) -> bool:
        """Whether figures of neighbouring periods hold the same events, so that they are never added or judged as independent."""
        return self.reach in (Reach.ROLLING, Reach.YEAR_TO_DATE) or self.nature is Nature.CUMULATIVE


NOT_TOLD = Meaning()


def span_words(reach: Reach, period: Period | None) -> str:
    """The reach as a reader says it: `rolling 12 months` where it rolls and the period is known, else its own name."""
    return f"rolling {period.months} months" if reach is Reach.ROLLING and period is not None and period.months else reach.value


def reach_of(period: Period | None) -> Reach:
    """What a period by itself tells: twelve months are a year whichever month they begin in."""
    if period is None:
        return Reach.NOT_TOLD
    if not period.months:
        return {0: Reach.POINT, 1: Reach.DAY, 7: Reach.WEEK}.get(period.days, Reach.OTHER)
    return {1: Reach.MONTH, 3: Reach.QUARTER, 12: Reach.YEAR}.get(period.months, Reach.OTHER)


class Unit(StrEnum):
    """What a figure counts. Per cent is as a reader sees it: 79 for 79%."""

    COUNT = "count"
    PER_CENT = "per cent"
    RATE = "rate"
    MONEY = "money"
    DAYS = "days"
    DURATION = "duration"  # seconds; a reader sees 2:31
    RANK = "rank"
    UNKNOWN = "unknown"


class Status(StrEnum):
    """Whether a cell holds a number, and if not, why not."""

    NUMBER = "number"
    SUPPRESSED = "suppressed"
    NOT_AVAILABLE = "not_available"
    ERROR = "error"
    NOT_CALCULATED = "not_calculated"
    TEXT = "text"


class Observation(Record):
    """A measure's figure for an area and a period. `value` is None unless the status is NUMBER. `numerator` and `denominator` are
    the counts behind a per cent or a rate; for a rank the denominator is how many were ranked. Their own cells are in
    `numerator_source` and `denominator_source`. `marks` are [p] provisional and [r] revised."""

    measure: str
    area: str
    period: Period
    value: float | None
    status: Status
    source: Source
    numerator: float | None = None
    denominator: float | None = None
    numerator_source: Source | None = None
    denominator_source: Source | None = None
    marks: tuple[str, ...] = ()
    raw: str = ""
    parts: tuple["Observation", ...] = ()
    """The figures that it was added up from, for a force or a merged area that has none of its own."""
    meaning: Meaning = NOT_TOLD
    doubt: str = ""
    """Why the figure itself cannot be relied on, in words for the supplier; empty when nothing speaks against it."""

    @property
    def is_rolling(self) -> bool:
        """Whether its window overlaps its neighbours'."""
        return self.meaning.reach is Reach.ROLLING

    @property
    def is_to_date(self) -> bool:
        """Whether it grows within its year: a year to date, a cumulative sum."""
        return self.meaning.overlaps and not self.is_rolling

    @property
    def is_provisional(self) -> bool:
        """Whether its supplier may still change it, as a mark or words around it say."""
        marked = any(mark.strip("[]()").casefold() == "p" for mark in self.marks)
        return marked or self.meaning.finality in (Finality.PROVISIONAL, Finality.ESTIMATE)

    @property
    def cells(self) -> tuple[Source, ...]:
        """Every cell that it rests on, each once: its own or its parts', and those of the counts behind it."""
        if self.parts:
            return tuple(dict.fromkeys(cell for part in self.parts for cell in part.cells))
        behind = [cell for cell in (self.numerator_source, self.denominator_source) if cell is not None]
        return tuple(dict.fromkeys((self.source, *behind))) if behind else (self.source,)


def cells_of(*observations: Observation | None) -> tuple[Source, ...]:
    """The cells that observations rest on, each once, in their order."""
    found = [one.cells for one in observations if one is not None]
    return found[0] if len(found) == 1 else tuple(dict.fromkeys(chain.from_iterable(found)))


class Series(Record):
    """Each period at most once, ascending. A period without a figure may be there with its reason, or missing."""

    measure: str
    area: str
    observations: tuple[Observation, ...]

    @property
    def numbers(self) -> tuple[Observation, ...]:
        """The observations that hold a number."""
        return tuple(one for one in self.observations if one.status is Status.NUMBER)

    @property
    def latest(self) -> Observation | None:
        """The newest number."""
        return next((one for one in reversed(self.observations) if one.status is Status.NUMBER), None)

    def at(self, period: Period) -> Observation | None:
        """The observation of that period."""
        first = bisect_left(self.observations, period.start, key=lambda one: one.period.start)
        beginning = takewhile(lambda one: one.period.start == period.start, islice(self.observations, first, None))
        return next((one for one in beginning if one.period == period), None)


class FigureAnswered(Record):
    """A cell's figure was accepted (`value` is None) or corrected; the event's `who` is the person. `raw` is what the cell held
    then: another value in it is asked about anew."""

    file: str
    sheet: str
    cell: str
    raw: str
    why: str
    value: float | None = None

    @property
    def place(self) -> tuple[str, str, str]:
        """The file, sheet and cell."""
        return self.file, self.sheet, self.cell
