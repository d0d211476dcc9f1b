"""What readers were shown of areas and what was hidden from them, so that a later paper cannot give back what an earlier one hid."""

from collections.abc import Callable, Collection, Sequence

from reportpack.model.measure import Measure
from reportpack.model.observation import Observation
from reportpack.model.period import Period
from reportpack.model.series import Series
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """A figure's place."""

    measure: str
    area: str
    period: Period


@dataclass(frozen=True, slots=True)
class Printed:
    """A measure as it is printed: the force's line and those of its areas."""

    measure: Measure
    force: Series
    areas: tuple[Series, ...]


@dataclass(frozen=True, slots=True)
class Disclosed:
    """An earlier version: its figures, and the cells hidden in it (None: that was not recorded). `given` when somebody has it."""

    figures: tuple[Observation, ...]
    hidden: frozenset[Cell] | None = None
    given: bool = True


Versions = Callable[[Collection[str]], Sequence[Disclosed]]
"""Earlier versions, with the figures of the measures that are asked for."""
