"""Spans of time side by side (spc.md section 4.1): month, same month last year, year to date from April, latest 12 months; a figure beside a
target or a bound, and figures on the way to a target for a whole span.

Only whole spans are compared; rates and percentages are made anew from summed counts, never averaged; differences are of
unrounded values. What cannot be compared says why.
"""

import math
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from reportpack.analyse.intervals import newcombe
from reportpack.analyse.series import are_apart, beside, counts_behind, is_number, periods_between, run_to, step_months, trusted
from reportpack.model.commitment import Comparator
from reportpack.model.finding import Amount, Comparison, Driver, Drivers, SignalKind, Span, Track, Xmr
from reportpack.model.measure import Better, Measure, Target
from reportpack.model.observation import Observation, Series, Unit, cells_of
from reportpack.model.period import Period
from reportpack.model.problem import Source

LEAST_BASE = 50
TOO_FEW_TO_PRINT = 10  # Cases below which a percentage is not printed.
_YEAR_STARTS = 4
_YEAR = 12
_MONTHS_OF_SPANS = (1, 3)
_STOCKS = ("resident", "people", "population", "head", "capita", "household", "officer", "staff", "employee", "dwelling")
_STEADY = 1.02
ADDITIVE = (Unit.COUNT, Unit.MONEY)


def compare(series: Series, measure: Measure, at: Period | None = None) -> tuple[Comparison, ...]:
    """All four comparisons for the newest figure, or for the period `at`."""
    return tuple(compare_span(series, measure, span, at) for span in Span)


def compare_span(series: Series, measure: Measure, span: Span, at: Period | None = None) -> Comparison:
    """One comparison. Figures that are neither of months nor of quarters are compared with the one before and with a year before only."""
    latest = series.latest
    now = at or (latest.period if latest is not None else None)
    if now is None:
        return Comparison(span, None, None, reason="no-figures")
    if measure.unit is Unit.RANK:
        return Comparison(span, None, None, reason="rank")
    if latest is not None and latest.meaning.overlaps:
        # Such figures are never added up: only the latest cell is held against that of a year before.
        rolling = all(one.is_rolling for one in series.numbers)
        if span is not (Span.TWELVE_MONTHS if rolling and now.months == _YEAR else Span.YEAR_TO_DATE) or (
            rolling and now.months != _YEAR
        ):
            return Comparison(span, None, None, reason="overlapping" if rolling else "to-date")
        return _held_against(series, measure, span, (now,), (now.shifted(-_YEAR),))
    if span is Span.MONTH and step_months(series) == 12:
        return Comparison(span, None, None, reason="not-monthly")
    if span in (Span.MONTH, Span.SAME_MONTH):
        step = step_months(series) if span is Span.MONTH else 12
        return _held_against(series, measure, span, (now,), (now.shifted(-step),))
    if now.months not in _MONTHS_OF_SPANS or not are_apart(series) or (now.start.month - _YEAR_STARTS) % now.months:
        return Comparison(span, None, None, reason="not-monthly")
    since = _YEAR - now.months if span is Span.TWELVE_MONTHS else (now.start.month - _YEAR_STARTS) % _YEAR
    first, year_before = now.shifted(-since), now.shifted(-_YEAR)
    then = periods_between(first.shifted(-_YEAR), year_before)
    return _held_against(series, measure, span, periods_between(first, now), then)


def _held_against(
    series: Series, measure: Measure, span: Span, now_months: Sequence[Period], then_months: Sequence[Period]
) -> Comparison:
    now, reason = _printable(series, measure, now_months)
    if now is None:
        return Comparison(span, None, None, reason=reason)
    if is_redefined(measure, then_months[0], now_months[-1]):
        return Comparison(span, now, None, reason="definition-changed")
    then, reason = _printable(series, measure, then_months)
    if then is None:
        return Comparison(span, now, None, reason=reason)
    comparison = Comparison(span, now, then, difference=now.value - then.value)
    if measure.unit in ADDITIVE:
        if then.value < LEAST_BASE:
            reason = "base-zero" if then.value == 0 else "base-negative" if then.value < 0 else "base-under-50"
            return replace(comparison, reason=reason)
        return replace(comparison, per_cent=100 * (now.value - then.value) / then.value)
    return _with_interval(comparison, now, then) if measure.survey and measure.unit is Unit.PER_CENT else comparison


def _printable(series: Series, measure: Measure, months: Sequence[Period]) -> tuple[Amount | None, str]:
    """The figure for a span, or why there is none; a percentage of too few cases is not printed. A month before the first figure is
    not missing: the figures began later."""
    amount, reason = amount_over(series, measure, months)
    if is_too_few(amount, measure):
        return None, "too-few-cases"
    if reason == "month-missing" and series.numbers and months[0] < series.numbers[0].period:
        return None, "no-earlier-figures"
    if reason == "month-missing" and any(one.doubt for month in months if (one := series.at(month)) is not None):
        return None, "doubted"
    return amount, reason


def is_too_few(figure: Observation | Amount | None, measure: Measure) -> bool:
    """Whether it is a percentage of too few cases to print."""
    return has_under(TOO_FEW_TO_PRINT, figure, measure)


def has_under(least: float, figure: Observation | Amount | None, measure: Measure) -> bool:
    """Whether it is a percentage that is known to rest on fewer cases."""
    cases = figure.denominator if figure is not None and measure.unit is Unit.PER_CENT else None
    return cases is not None and cases < least


def is_redefined(measure: Measure, first: Period, last: Period) -> bool:
    """Whether the definition changed in between, so that the two are never held against each other."""
    return any(note.redefines and first.start < note.day <= last.end for note in measure.notes)


def amount_over(series: Series, measure: Measure, months: Sequence[Period]) -> tuple[Amount | None, str]:
    """The figure for a span of periods, or why there is none."""
    found = [series.at(month) for month in months]
    figures = [one for one in found if one is not None and is_number(one)]
    if len(figures) < len(months):
        return None, "month-missing"
    if len(figures) == 1:
        return amount_of(figures[0]), ""
    if measure.unit in ADDITIVE:
        return _amount(figures, math.fsum(one.value for one in figures if one.value is not None)), ""
    if measure.unit not in (Unit.PER_CENT, Unit.RATE):
        return None, "not-additive"
    counts = counts_behind(figures, measure.unit)
    if counts is None:
        return None, "no-counts"
    top, bottom, scale = counts
    if is_stock(figures, measure):
        bottom /= len(figures)
    return replace(_amount(figures, scale * top / bottom), numerator=top, denominator=bottom), ""


def is_stock(figures: Sequence[Observation], measure: Measure) -> bool:
    """Whether the denominators are one stock counted again and again (residents, officers) and not events of each period: a rate per
    so many people, or a denominator that hardly moves from one period to the next."""
    if measure.unit is not Unit.RATE:
        return False
    if any(word in measure.per.casefold() for word in _STOCKS):
        return True
    bottoms = [one.denominator for one in figures if one.denominator]
    return len(bottoms) > 1 and max(bottoms) <= _STEADY * min(bottoms)


def amount_of(figure: Observation) -> Amount:
    """A single figure as it was supplied, with the counts behind it."""
    return replace(_amount([figure], figure.value or 0.0), numerator=figure.numerator, denominator=figure.denominator)


def _amount(figures: Sequence[Observation], value: float) -> Amount:
    return Amount(value, figures[0].period, figures[-1].period, cells_of(*figures))


def _with_interval(comparison: Comparison, now: Amount, then: Amount) -> Comparison:
    """For a survey: Newcombe's interval in percentage points, and whether nought is outside it."""
    if not (now.denominator and then.denominator) or now.numerator is None or then.numerator is None:
        return comparison
    low, high = newcombe((now.numerator, now.denominator), (then.numerator, then.denominator))
    return replace(comparison, low=100 * low, high=100 * high, significant=not low <= 0 <= high)


_EXPLAINED = ("goes-with-note", "follows-itself")  # Reasons why a change has no verdict that leave it worth taking apart.


def drivers_of(
    force: Series, xmr: Xmr, measure: Measure, areas: Mapping[str, Series], kinds: Mapping[str, Series]
) -> tuple[Drivers, ...]:
    """The difference by areas, where something changed, and by the measures that are parts of this one; the one with the larger part first."""
    changed = bool(xmr.signals) or xmr.reason in _EXPLAINED
    if not (changed or kinds) or measure.unit not in (*ADDITIVE, Unit.PER_CENT, Unit.RATE):
        return ()
    if not force.numbers or force.numbers[-1].meaning.overlaps or not are_apart(force):
        return ()
    for now, then in _driver_spans(force, xmr):
        whole = None if is_redefined(measure, then[0], now[-1]) else _both(force, measure, now, then)
        if whole is not None:
            found = [_taken_apart(whole, parts, measure, now, then) for parts in (areas if changed else {}, kinds)]
            return tuple(sorted((one for one in found if one is not None), key=lambda one: -abs(one.parts[0].change)))
    return ()


def _driver_spans(force: Series, xmr: Xmr) -> Iterator[tuple[Sequence[Period], Sequence[Period]]]:
    """The figures since the change, a year of them at most, and the same months of the year before it; else the latest year and the one before."""
    last = force.numbers[-1].period
    if last.months not in (1, 3, 12):
        return
    year = 12 // last.months  # so many figures
    signal = next((one for one in xmr.signals if one.kind is not SignalKind.DRIFT), None)
    if signal is not None:
        now = run_to(signal.last, min(signal.months, year))
        yield now, run_to(beside(signal.first, -1) if len(now) == year else beside(signal.last, -year), len(now))
    yield run_to(last, year), run_to(beside(last, -year), year)


def _both(line: Series, measure: Measure, now: Sequence[Period], then: Sequence[Period]) -> tuple[Amount, Amount] | None:
    amounts = [amount_over(trusted(line), measure, span)[0] for span in (now, then)]
    return (amounts[0], amounts[1]) if amounts[0] is not None and amounts[1] is not None else None


def _taken_apart(
    whole: tuple[Amount, Amount], parts: Mapping[str, Series], measure: Measure, now: Sequence[Period], then: Sequence[Period]
) -> Drivers | None:
    found = []
    for line in parts.values():
        both = _both(line, measure, now, then)
        if both is not None and (change := _share(both, whole, measure)) is not None:
            found.append(Driver(line.measure, line.area, change, both[0], both[1]))
    found.sort(key=lambda one: -abs(one.change))
    total = whole[0].value - whole[1].value
    return Drivers(whole[0], whole[1], tuple(found), total - sum(one.change for one in found)) if found else None


def _share(part: tuple[Amount, Amount], whole: tuple[Amount, Amount], measure: Measure) -> float | None:
    change = part[0].value - part[1].value
    if measure.unit in ADDITIVE:
        return change
    bases = [(mine.denominator, all_.denominator) for mine, all_ in zip(part, whole, strict=True)]
    shares = [mine / all_ for mine, all_ in bases if mine is not None and all_]
    return change * sum(shares) / 2 if len(shares) == len(bases) else None


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
