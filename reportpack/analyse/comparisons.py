"""Spans of time side by side (spc.md section 4.1): month, same month last year, year to date from April, latest 12 months.

Only whole spans are compared; rates and percentages are made anew from summed counts, never averaged; differences are of
unrounded values. What cannot be compared says why.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from reportpack.analyse.intervals import newcombe
from reportpack.analyse.series import are_apart, beside, counts_behind, is_number, periods_between, run_to, step_months, trusted
from reportpack.model.finding import Amount, Comparison, Driver, Drivers, SignalKind, Span, Xmr
from reportpack.model.measure import Measure
from reportpack.model.observation import Observation, Series, Unit, cells_of
from reportpack.model.period import Period

LEAST_BASE = 50
TOO_FEW_TO_PRINT = 10
"""Cases below which a percentage is not printed."""
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


_EXPLAINED = ("goes-with-note", "follows-itself")
"""Reasons why a change has no verdict that leave it worth taking apart."""


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
