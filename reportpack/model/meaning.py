"""What a figure means beyond its number: how long it spans, of what nature it is, in what scale, how final. NOT_TOLD is an answer too."""

from dataclasses import field
from enum import StrEnum

from reportpack.model.period import Period
from reportpack.records import dataclass


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
    LIMIT = "limit"
    """An end of an interval around a figure."""


class Finality(StrEnum):
    """Whether the supplier stands by it."""

    PROVISIONAL = "provisional"
    REVISED = "revised"
    ESTIMATE = "estimate"
    NOT_TOLD = "not told"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What heading, corner, title, row label, sheet name and notes together say of figures.

    `scale` is what the number was multiplied by (1,000 for "£000s"); `base` what a share or rate is of; `basis` a condition that holds
    for it ("2019 ward boundaries"). `told` names the cell, title or name that each part came from.
    """

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
