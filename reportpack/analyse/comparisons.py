"""Spans of time side by side (spc.md section 4.1): month, same month last year, year to date from April, latest 12 months.

Only whole spans are compared; rates and percentages are made anew from summed counts, never averaged; differences are of
unrounded values. What cannot be compared says why.
"""

import math
from collections.abc import Sequence
from dataclasses import replace

from reportpack.analyse.intervals import newcombe
from reportpack.analyse.series import are_apart, is_number, periods_between, scale_of, step_months
from reportpack.model.finding import Amount, Comparison, Span
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
        return _overlapping(series, measure, span, now)
    if span is Span.MONTH and step_months(series) == 12:
        return Comparison(span, None, None, reason="not-monthly")
    if span in (Span.MONTH, Span.SAME_MONTH):
        step = step_months(series) if span is Span.MONTH else 12
        return _held_against(series, measure, span, (now,), (now.shifted(-step),))
    if now.months not in _MONTHS_OF_SPANS or not are_apart(series) or (now.start.month - _YEAR_STARTS) % now.months:
        return Comparison(span, None, None, reason="not-monthly")
    return _held_against(series, measure, span, *_spans(span, now))


def _overlapping(series: Series, measure: Measure, span: Span, now: Period) -> Comparison:
    """Of spans that overlap, or grow within a year, only the latest cell and that of a year before: such figures are never added up."""
    rolling = all(one.is_rolling for one in series.numbers)
    if span is not (Span.TWELVE_MONTHS if rolling and now.months == _YEAR else Span.YEAR_TO_DATE) or (
        rolling and now.months != _YEAR
    ):
        return Comparison(span, None, None, reason="overlapping" if rolling else "to-date")
    return _held_against(series, measure, span, (now,), (now.shifted(-_YEAR),))


def _spans(span: Span, now: Period) -> tuple[tuple[Period, ...], tuple[Period, ...]]:
    """The months, or quarters, of now and of then."""
    since = _YEAR - now.months if span is Span.TWELVE_MONTHS else (now.start.month - _YEAR_STARTS) % _YEAR
    first = now.shifted(-since)
    return periods_between(first, now), periods_between(first.shifted(-_YEAR), now.shifted(-_YEAR))


def _held_against(
    series: Series, measure: Measure, span: Span, now_months: Sequence[Period], then_months: Sequence[Period]
) -> Comparison:
    now, reason = _printable(series, measure, now_months)
    if now is None:
        return Comparison(span, None, None, reason=_earlier(series, now_months, reason))
    if is_redefined(measure, then_months[0], now_months[-1]):
        return Comparison(span, now, None, reason="definition-changed")
    then, reason = _printable(series, measure, then_months)
    if then is None:
        return Comparison(span, now, None, reason=_earlier(series, then_months, reason))
    breaks = tuple(one for one in measure.rebases if then_months[-1].end < one.day <= now_months[-1].end)
    comparison = Comparison(span, now, then, difference=now.value - then.value, breaks=breaks)
    if measure.unit in ADDITIVE:
        return _with_per_cent(comparison, now, then)
    return _with_interval(comparison, now, then) if measure.survey and measure.unit is Unit.PER_CENT else comparison


def _printable(series: Series, measure: Measure, months: Sequence[Period]) -> tuple[Amount | None, str]:
    """The figure for a span; none where it is a percentage of too few cases to print."""
    amount, reason = amount_over(series, measure, months)
    return (None, "too-few-cases") if is_too_few(amount, measure) else (amount, reason)


def is_too_few(figure: Observation | Amount | None, measure: Measure) -> bool:
    """Whether it is a percentage of too few cases to print."""
    cases = figure.denominator if figure is not None and measure.unit is Unit.PER_CENT else None
    return cases is not None and cases < TOO_FEW_TO_PRINT


def is_redefined(measure: Measure, first: Period, last: Period) -> bool:
    """Whether the definition changed in between, so that the two are never held against each other."""
    return any(note.redefines and first.start < note.day <= last.end for note in measure.notes)


def _earlier(series: Series, months: Sequence[Period], reason: str) -> str:
    """A month before the first figure is not missing: the figures began later."""
    if reason == "month-missing" and series.numbers and months[0] < series.numbers[0].period:
        return "no-earlier-figures"
    if reason == "month-missing" and any(one.doubt for month in months if (one := series.at(month)) is not None):
        return "doubted"
    return reason


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
    return _proportion(figures, measure)


def _proportion(figures: Sequence[Observation], measure: Measure) -> tuple[Amount | None, str]:
    """Summed numerators over summed denominators."""
    tops = [one.numerator for one in figures if one.numerator is not None]
    bottoms = [one.denominator for one in figures if one.denominator is not None]
    scale = scale_of(figures, measure.unit)
    if len(tops) != len(figures) or len(bottoms) != len(figures) or scale is None or not math.fsum(bottoms):
        return None, "no-counts"
    top, bottom = math.fsum(tops), math.fsum(bottoms)
    if is_stock(figures, measure):
        bottom /= len(figures)
    return replace(_amount(figures, scale * top / bottom), numerator=top, denominator=bottom), ""


def is_stock(figures: Sequence[Observation], measure: Measure) -> bool:
    """Whether the denominators are one stock counted again and again (residents, officers) and not events of each period: a rate per
    so many people, or a denominator that hardly moves from one period to the next.
    """
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


def _with_per_cent(comparison: Comparison, now: Amount, then: Amount) -> Comparison:
    """A change in per cent, of a base of at least 50 only."""
    if then.value == 0:
        return replace(comparison, reason="base-zero")
    if then.value < 0:
        return replace(comparison, reason="base-negative")
    if then.value < LEAST_BASE:
        return replace(comparison, reason="base-under-50")
    return replace(comparison, per_cent=100 * (now.value - then.value) / then.value)


def _with_interval(comparison: Comparison, now: Amount, then: Amount) -> Comparison:
    """For a survey: Newcombe's interval in percentage points, and whether nought is outside it."""
    if not (now.denominator and then.denominator) or now.numerator is None or then.numerator is None:
        return comparison
    low, high = newcombe((now.numerator, now.denominator), (then.numerator, then.denominator))
    return replace(comparison, low=100 * low, high=100 * high, significant=not low <= 0 <= high)
