"""A figure beside a target or a bound, and figures on the way to a target for a whole span."""

import operator
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from reportpack.analyse.comparisons import ADDITIVE, amount_of, amount_over, is_redefined
from reportpack.analyse.series import periods_between
from reportpack.model.commitment import Comparator
from reportpack.model.finding import Track
from reportpack.model.measure import Better, Measure, Target
from reportpack.model.observation import Observation, Series, Unit
from reportpack.model.period import Period
from reportpack.model.problem import Source

_HOLDS: dict[Comparator, Callable[[float, float], bool]] = {
    Comparator.OVER: operator.gt,
    Comparator.AT_LEAST: operator.ge,
    Comparator.UNDER: operator.lt,
    Comparator.AT_MOST: operator.le,
}


def passes(value: float, comparator: Comparator, threshold: float) -> bool:
    """Whether a figure is over, under, at least or at most a threshold; binary noise past nine places counts for nothing."""
    return _HOLDS[comparator](round(value, 9), round(threshold, 9))


def meets(value: float, target: Target | None, measure: Measure) -> bool | None:
    """Whether a figure meets the target; None without a target, or without a direction where it is no band."""
    if target is not None and target.up_to is not None:
        return passes(value, Comparator.AT_LEAST, target.value) and passes(value, Comparator.AT_MOST, target.up_to)
    if target is None or measure.better is Better.NEITHER:
        return None
    return passes(value, Comparator.AT_LEAST if measure.better is Better.HIGHER else Comparator.AT_MOST, target.value)


def target_for(series: Series, measure: Measure) -> Target | None:
    """The target of the latest figure's own period."""
    latest = series.latest
    return measure.target_on(latest.period.end) if latest is not None else None


def gap_to(latest: Observation | None, target: Target | None) -> float | None:
    """How far the latest figure lies from the target, nought inside a band; of one that is doubted or may still change nobody can say."""
    if latest is None or latest.value is None or latest.doubt or latest.is_provisional or target is None:
        return None
    below = latest.value - target.value
    return below if target.up_to is None else min(below, 0.0) or max(latest.value - target.up_to, 0.0)


def track_for(series: Series, measure: Measure) -> Track | None:
    """How far the figures have come on the way to a target for a whole span; None without such a target."""
    latest = series.latest
    target = measure.target_holding(latest.period.end, tracks=True) if latest is not None else None
    if latest is None or target is None:
        return None
    span = _span(target, latest)
    done = [one for one in span if one.end <= latest.period.end]
    if not done:
        return Track(target, latest.period, reason="not-monthly")
    now, reason = (amount_of(latest), "") if latest.is_to_date else amount_over(series, measure, done)
    track = Track(target, Period(span[0].start, sum(one.months for one in span)), now, reason=reason)
    if now is None:
        return track
    goal = _on_base if target.change_on is not None else _by_share
    track = goal(track, series, measure, span, done)
    return replace(track, met=meets(now.value, Target(track.goal), measure)) if track.goal is not None else track


def _span(target: Target, latest: Observation) -> tuple[Period, ...]:
    """The periods, of the latest figure's length, that the target is for: its days, else the year like its base, else the financial year."""
    end, length = latest.period.end, 1 if latest.is_to_date else latest.period.months
    year = target.change_on or Period(date(end.year - 2, 4, 1), 12)
    while year.end < end:
        year = year.shifted(12)
    first, last = (target.start, target.end) if target.start and target.end else (year.start, year.end)
    found, months = Period(first.replace(day=1), length), 12 * (last.year - first.year) + last.month - first.month + 1
    return periods_between(found, found.shifted(months - length)) if length else ()


def _on_base(track: Track, series: Series, measure: Measure, span: Sequence[Period], done: Sequence[Period]) -> Track:
    """The same months of the base, changed as the target says; of percentages and rates the base's own figure, for each span alike."""
    base = track.target.change_on
    if base is None:
        return track
    back = 0
    while span[0].shifted(-back).start > base.end:
        back += 12
    then, whole = (amount_over(series, measure, [one.shifted(-back) for one in part])[0] for part in (done, span))
    if then is None or whole is None:
        return replace(track, reason="base-missing")
    if is_redefined(measure, base, done[-1]):
        return replace(track, reason="definition-changed")
    if measure.unit not in ADDITIVE:
        then = whole
    change, is_share = track.target.value, measure.unit is Unit.PER_CENT
    goal, end = (one.value + change if is_share else one.value * (1 + change / 100) for one in (then, whole))
    return replace(track, goal=goal, whole=end, sources=whole.sources)


def _by_share(track: Track, series: Series, measure: Measure, span: Sequence[Period], done: Sequence[Period]) -> Track:
    """The part of the whole that the same months made up a year before, else that of the months gone by."""
    if measure.unit not in ADDITIVE:
        return replace(track, reason="not-additive")
    then, whole = (amount_over(series, measure, [one.shifted(-12) for one in part])[0] for part in (done, span))
    share, sources = len(done) / len(span), tuple[Source, ...]()
    if then is not None and whole is not None and whole.value > 0 <= then.value:
        share, sources = then.value / whole.value, whole.sources
    return replace(track, goal=share * track.target.value, whole=track.target.value, sources=sources)
