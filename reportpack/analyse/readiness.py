"""Whether the figures that a condition waits for are in: period by period, and from when each is expected."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from reportpack.model.finding import AwaitedFigure
from reportpack.model.measure import Measure
from reportpack.model.period import Period


def awaited_figures(periods: Sequence[Period], measure: Measure, is_in: Callable[[Period], bool]) -> tuple[AwaitedFigure, ...]:
    """A line for each period; a quarter or a year is also in when each of its months is, or each of its quarters."""
    return tuple(AwaitedFigure(one, _is_in(one, is_in), _expected(one, measure)) for one in periods)


def _is_in(period: Period, is_in: Callable[[Period], bool]) -> bool:
    return is_in(period) or any(
        all(is_in(part) for part in _parts(period, months)) for months in (1, 3) if 0 < months < period.months
    )


def _parts(period: Period, months: int) -> list[Period]:
    return [Period(period.start, months).shifted(step) for step in range(0, period.months, months)]


def _expected(period: Period, measure: Measure) -> date | None:
    """The first day on which the supplier's figures can be looked for; None where nobody has said."""
    return period.end + timedelta(days=measure.expected_days) if measure.expected_days is not None else None
