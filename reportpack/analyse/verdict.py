"""The XmR verdict of the product: the reference's rules on a measure's months, and stricter about when nothing is said.

A missing month ends a run and is a gap; fewer than 7 months, rare counts, a missing last month or equal values get no verdict
but a reason. docs/numbers.md lists the reasons and the settings.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import dropwhile, groupby, pairwise, takewhile

from reportpack.analyse.comparisons import has_under, target_for
from reportpack.analyse.series import IMPLAUSIBLE, are_apart, beside, periods_between, step_months
from reportpack.analyse.xmr import SHORT_GROUP, Lines, assurance_of, average, flags_of, lines_of, point_type_of
from reportpack.model.finding import Assurance, Variation, Xmr, XmrPoint
from reportpack.model.measure import Better, Measure, Rebase, Target
from reportpack.model.observation import Observation, Series, Status, Unit
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.records import Record

FEWEST = 7
RARE = 5.0
SMALL_BASE = 30


class Baseline(Record):
    """How lines are made: from the first `fix_after` values of each group (None: all), large moving ranges left out or kept."""

    fix_after: int | None = None
    screen_outliers: bool = True


_USUAL = Baseline()


class _Group(Record):
    """The points between two baselines, with its lines; None where there are too few values for any."""

    number: int
    points: tuple[Observation, ...]
    lines: Lines | None


def judge(series: Series, measure: Measure, expected: Period | None = None, baseline: Baseline = _USUAL) -> Xmr:
    """The XmR chart and verdict of a series. `expected` is the newest month that should be in, None when nobody said."""
    target = target_for(series, measure)
    unfit = _unfit(series, measure)
    if unfit:
        return _unjudged(series, measure, unfit, target)
    window = _window(series, measure, expected)
    if not window:
        return replace(_unjudged(series, measure, "last-month-missing", target), expected=expected)
    if measure.unit is Unit.COUNT and average([one.value for one in window if one.value is not None]) < RARE:
        return _unjudged(series, measure, "rare", target, window)
    groups = tuple(_grouped(window, measure, baseline))
    points = tuple(point for group in groups for point in _points(group, measure.better))
    count, gaps = (
        sum(one.value is not None for one in groups[-1].points),
        tuple(one.period for one in window if one.value is None),
    )
    facts = Xmr(points, None, None, target=target, rebases=_rebases_in(window, measure))
    chart = replace(facts, gaps=gaps, short=FEWEST <= count < SHORT_GROUP)
    return _with_verdict(chart, groups[-1], measure, expected)


def _unfit(series: Series, measure: Measure) -> str:
    """Why XmR does not suit the series at all; empty where it does."""
    if not series.numbers:
        return "doubted" if any(one.doubt for one in series.observations) else "no-figures"
    if measure.unit is Unit.RANK:
        return "rank"
    if series.numbers[-1].is_to_date:
        return "to-date"
    if series.numbers[-1].is_rolling:
        return "overlapping"
    if not are_apart(series):
        return "overlapping" if step_months(series) < series.numbers[0].period.months else "not-monthly"
    if any(abs(one.value) >= IMPLAUSIBLE for one in series.numbers if one.value is not None):
        return "implausible"
    return ""


def _unjudged(
    series: Series, measure: Measure, reason: str, target: Target | None, window: Sequence[Observation] | None = None
) -> Xmr:
    shown = series.observations[-measure.window :] if window is None else window
    points = tuple(XmrPoint(one.period, one.value, None, None, None, "", None, 0, one) for one in shown)
    gaps = tuple(one.period for one in shown if one.value is None)
    return Xmr(points, None, None, reason, _no_assurance(measure, target) or "no-verdict", target, gaps=gaps)


def _window(series: Series, measure: Measure, expected: Period | None) -> tuple[Observation, ...]:
    """The latest months up to the newest that is in or expected, gaps included, from the last change of definition on."""
    numbers = series.numbers
    last = max(numbers[-1].period, expected) if expected is not None else numbers[-1].period
    # As many quarters as months, and as many weeks as those months have.
    most = measure.window if last.months else measure.window * 365 // (12 * last.days)
    first = max(numbers[0].period, beside(last, 1 - most))
    by_period = {one.period: one for one in series.observations}
    months = periods_between(first, last)
    changed = [note.day for note in measure.notes if note.redefines and note.day <= numbers[-1].period.end]
    if changed:
        months = tuple(month for month in months if month.end >= max(changed))
    nothing = Observation(series.measure, series.area, last, None, Status.NOT_AVAILABLE, Source(""))
    window = (by_period.get(month) or replace(nothing, period=month) for month in months)
    return tuple(dropwhile(lambda one: one.value is None, window))


def _rebases_in(window: Sequence[Observation], measure: Measure) -> tuple[Rebase, ...]:
    """The new baselines that begin at a figure of the window; one before it changes nothing."""
    starts = [(one.period.start, one.period.end) for one in window if one.value is not None] if measure.rebases else []
    return tuple(rebase for rebase in measure.rebases if any(start <= rebase.day <= end for start, end in starts[1:]))


def _grouped(window: tuple[Observation, ...], measure: Measure, baseline: Baseline) -> Iterator[_Group]:
    days = [rebase.day for rebase in _rebases_in(window, measure)]
    begins = [place for place, one in enumerate(window) if any(one.period.start <= day <= one.period.end for day in days)]
    for number, (first, end) in enumerate(pairwise((0, *(place for place in begins if place), len(window)))):
        yield _Group(number, window[first:end], _group_lines(window[first:end], baseline))


def _group_lines(points: Sequence[Observation], baseline: Baseline) -> Lines | None:
    """Lines from at least 7 values; moving ranges only between months that follow each other."""
    values = [one.value for one in points if one.value is not None]
    if len(values) < FEWEST:
        return None
    count = baseline.fix_after
    places = [index for index, one in enumerate(points) if one.value is not None]
    base = points if count is None or len(places) <= count else points[: places[count - 1] + 1]
    pairs = ((before.value, after.value) for before, after in pairwise(base))
    ranges = [abs(after - before) for before, after in pairs if before is not None and after is not None]
    return lines_of([one.value for one in base if one.value is not None], ranges, baseline.screen_outliers)


def _points(group: _Group, better: Better) -> Iterator[XmrPoint]:
    """A group's points; the rules see one unbroken run of months at a time."""
    lines = group.lines
    for is_there, unbroken in groupby(group.points, key=lambda one: one.value is not None):
        run = list(unbroken)
        if lines is None or not is_there:
            yield from (XmrPoint(one.period, one.value, None, None, None, "", None, group.number, one) for one in run)
            continue
        values = [one.value for one in run if one.value is not None]
        for one, flags in zip(run, flags_of(values, lines), strict=True):
            kind = point_type_of(flags.cause, better)
            yield XmrPoint(one.period, one.value, lines.mean, lines.lpl, lines.upl, flags.cause, kind, group.number, one)


def _with_verdict(chart: Xmr, last: _Group, measure: Measure, expected: Period | None) -> Xmr:
    reason = _silent(chart, last, measure, expected)
    missing = _no_assurance(measure, chart.target)
    if reason or last.lines is None:
        missing_month = expected if reason == "last-month-missing" else None
        return replace(chart, reason=reason, assurance_reason=missing or "no-verdict", expected=missing_month)
    variation = chart.points[-1].point_type
    assurance = _assurance(last.lines, chart.target, measure.better) if not missing and chart.target is not None else None
    chart = replace(chart, variation=variation, assurance=assurance, assurance_reason=missing)
    return replace(chart, run_length=run_length(chart.points, variation))


def _silent(chart: Xmr, last: _Group, measure: Measure, expected: Period | None) -> str:
    """Why no verdict is given although there are lines or nearly; empty where one is."""
    latest = chart.points[-1].observation
    if last.lines is None:
        return "too-few-points-since-baseline" if last.number else "too-few-points"
    if last.lines.upl is None:
        return "no-variation" if last.lines.amr_unscreened is not None else "no-consecutive-months"
    if chart.points[-1].value is None or (expected is not None and chart.points[-1].period < expected):
        return "last-month-missing"
    return "small-base" if has_under(SMALL_BASE, latest, measure) else ""


def _assurance(lines: Lines, target: Target, better: Better) -> Assurance | None:
    """Of a band: in reach where it holds the whole range, out of reach where it holds none of it."""
    if target.up_to is None:
        return assurance_of(lines, target.value, better)
    ends = [assurance_of(lines, target.value, Better.HIGHER), assurance_of(lines, target.up_to, Better.LOWER)]
    if Assurance.FAIL in ends:
        return Assurance.FAIL
    return Assurance.PASS if ends == [Assurance.PASS] * 2 else Assurance.INCONSISTENT


def _no_assurance(measure: Measure, target: Target | None) -> str:
    if target is None:
        return "no-target"
    if target.aim is not None:
        return "moving"
    return "no-direction" if measure.better is Better.NEITHER and target.up_to is None else ""


def run_length(points: Sequence[XmrPoint], variation: Variation | None) -> int:
    """How many of the latest points make the signal that the last one is in. A gap ends every run."""
    last = points[-1]
    mean = last.mean
    if variation in (None, Variation.COMMON) or last.value is None or mean is None:
        return 0
    if last.cause in ("Above UCL", "Below LCL"):
        return 1
    if last.cause.startswith("2 in 3"):
        return 3
    unbroken = takewhile(lambda one: one.value is not None and one.group == last.group, reversed(points))
    values = [one.value for one in unbroken if one.value is not None]
    if "Trend" in last.cause:
        steps = [(after > before) - (after < before) for after, before in pairwise(values)]
        return 1 + len(list(takewhile(lambda step: step and step == steps[0], steps)))
    high = last.value > mean
    return len(list(takewhile(lambda value: value != mean and (value > mean) == high, values)))
