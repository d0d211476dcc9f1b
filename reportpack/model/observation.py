"""One figure, or the reason why there is none."""

from enum import StrEnum
from itertools import chain

from reportpack.model.meaning import NOT_TOLD, Finality, Meaning, Reach
from reportpack.model.period import Period
from reportpack.model.source import Source
from reportpack.records import dataclass


class Unit(StrEnum):
    """What a figure counts. Per cent is as a reader sees it: 79 for 79%."""

    COUNT = "count"
    PER_CENT = "per cent"
    RATE = "rate"
    MONEY = "money"
    DAYS = "days"
    DURATION = "duration"
    """Seconds; a reader sees 2:31."""
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


@dataclass(frozen=True, slots=True)
class Observation:
    """A measure's figure for an area and a period. `value` is None unless the status is NUMBER.

    `numerator` and `denominator` are the counts behind a per cent or a rate; for a rank the denominator is how many were
    ranked. Their own cells are in `numerator_source` and `denominator_source`. `marks` are [p] provisional and [r] revised.
    """

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
        return any(mark.strip("[]()").casefold() == "p" for mark in self.marks) or self.meaning.finality in (
            Finality.PROVISIONAL,
            Finality.ESTIMATE,
        )

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
