"""Which cells are small, and which others a reader could work them out from (spc.md section 4.3).

A cell is small when a count behind it is at least 1 and under the measure's `small_under`. Where a total stands beside the areas,
one hidden cell could be had by subtraction, so the next smallest is hidden too.
"""

from collections.abc import Sequence

from reportpack.analyse.series import is_number
from reportpack.model.finding import SmallCell
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Unit
from reportpack.model.period import Period
from reportpack.model.series import Series


def small_cells(areas: Sequence[Series], force: Series, measure: Measure) -> tuple[SmallCell, ...]:
    """The cells to hide, period by period in the order of the areas."""
    if measure.small_under <= 1:
        return ()
    periods = sorted({one.period for line in areas for one in line.numbers})
    return tuple(cell for period in periods for cell in _of_period(period, areas, force, measure))


def size_of(observation: Observation, measure: Measure) -> float | None:
    """The smallest count behind a figure that is not nought; None when no count is known."""
    if measure.unit is Unit.COUNT:
        return observation.value
    counts = [count for count in (observation.numerator, observation.denominator) if count is not None]
    return min((count for count in counts if count > 0), default=0.0 if counts else None)


def _of_period(period: Period, areas: Sequence[Series], force: Series, measure: Measure) -> list[SmallCell]:
    sizes: dict[str, float] = {}
    for line in areas:
        figure = line.at(period)
        size = size_of(figure, measure) if figure is not None and is_number(figure) else None
        if size is not None:
            sizes[line.area] = size
    hidden = [area for area, size in sizes.items() if 0 < size < measure.small_under]
    if not hidden:
        return []
    others = [area for area in sorted(sizes, key=lambda area: (sizes[area] == 0, sizes[area])) if area not in hidden]
    secondary: list[str] = []
    if force.at(period) is not None and len(sizes) == len(areas):
        while others and _gives_itself_away(hidden, secondary, sizes, measure.small_under):
            secondary.append(others.pop(0))
    chosen = set(hidden) | set(secondary)
    return [SmallCell(line.area, period, line.area in secondary) for line in areas if line.area in chosen]


def _gives_itself_away(hidden: Sequence[str], secondary: Sequence[str], sizes: dict[str, float], under: int) -> bool:
    """Whether the total less what is shown leaves only one way to fill the hidden cells."""
    if len(hidden) + len(secondary) < 2:
        return True
    total = sum(sizes[area] for area in hidden)
    return not secondary and total in (len(hidden), len(hidden) * (under - 1))
