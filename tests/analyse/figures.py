"""Made figures for the tests of this room."""

from collections.abc import Sequence
from datetime import date

from reportpack.model.measure import Better, Measure, Target
from reportpack.model.observation import Observation, Series, Status, Unit
from reportpack.model.office import Area, AreaKind, Office
from reportpack.model.period import Period
from reportpack.model.problem import Source

START = Period.month(2017, 4)


def measure(unit: Unit = Unit.COUNT, better: Better = Better.LOWER, target: float | None = None, **more: object) -> Measure:
    """A measure with one target that always holds."""
    targets = () if target is None else (Target(target),)
    given = {"id": "m", "title": "Measure", "unit": unit, "better": better, "places": (), "targets": targets} | more
    return Measure(**given)  # type: ignore[arg-type]  # the tests name the fields they mean


def observation(
    value: float | None,
    period: Period = START,
    area: str = "force",
    counts: tuple[float, float] | None = None,
    cell: str = "B2",
) -> Observation:
    """A figure in a workbook, or the lack of one."""
    return Observation(
        "m",
        area,
        period,
        value,
        Status.NOT_AVAILABLE if value is None else Status.NUMBER,
        Source("performance/made.xlsx", "Monthly", cell, as_at=date(2019, 5, 1)),
        numerator=counts[0] if counts else None,
        denominator=counts[1] if counts else None,
    )


def series(values: Sequence[float | None], first: Period = START, area: str = "force") -> Series:
    """Months one after another; None is a month without a figure."""
    months = (observation(value, first.shifted(index), area, cell=f"B{index + 2}") for index, value in enumerate(values))
    return Series("m", area, tuple(months))


def shares(counts: Sequence[tuple[float, float]], first: Period = START, area: str = "force") -> Series:
    """Monthly percentages with the counts behind them."""
    months = (
        observation(100 * top / bottom, first.shifted(index), area, (top, bottom), f"{_column(area)}{index + 2}")
        for index, (top, bottom) in enumerate(counts)
    )
    return Series("m", area, tuple(months))


def _column(area: str) -> str:
    """A column of its own for each of the areas named by a letter."""
    return area.upper() if len(area) == 1 else "X"


def office(*parts: Area, populations: bool = False) -> Office:
    """A force with five areas, unless others are given."""
    named = parts or tuple(Area(name, name.title(), population=100_000 if populations else None) for name in "abcde")
    force = Area("force", "The force", AreaKind.FORCE)
    return Office(
        "Office", "Office", "The force", (force, *named), (), (), (), (), (), area_noun="area", area_noun_plural="areas"
    )
