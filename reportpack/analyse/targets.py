"""A figure beside a target or a bound."""

from reportpack.model.commitment import Comparator
from reportpack.model.measure import Better, Measure, Target
from reportpack.model.series import Series


def passes(value: float, comparator: Comparator, threshold: float) -> bool:
    """Whether a figure is over, under, at least or at most a threshold; binary noise past nine places counts for nothing."""
    figure, bound = round(value, 9), round(threshold, 9)
    match comparator:
        case Comparator.OVER:
            return figure > bound
        case Comparator.AT_LEAST:
            return figure >= bound
        case Comparator.UNDER:
            return figure < bound
        case Comparator.AT_MOST:
            return figure <= bound


def meets(value: float, target: Target | None, measure: Measure) -> bool | None:
    """Whether a figure meets the target; None without a target or a direction."""
    if target is None or measure.better is Better.NEITHER:
        return None
    return passes(value, Comparator.AT_LEAST if measure.better is Better.HIGHER else Comparator.AT_MOST, target.value)


def target_for(series: Series, measure: Measure) -> Target | None:
    """The target of the latest figure's own period."""
    latest = series.latest
    return measure.target_on(latest.period.end) if latest is not None else None
