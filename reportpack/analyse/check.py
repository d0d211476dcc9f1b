"""The analyst's check: what must hold before a figure is called better, worse, or sure to meet its target.

The chart of verdict.py marks points as the reference does. Here each rule, in turn, may withhold the verdict with its reason; what is
left is told by the changes that stand (changes.py), each with the month in which it began. docs/numbers.md lists rules and reasons.
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from reportpack.analyse.changes import (
    LEAST,
    Change,
    Changes,
    Numbers,
    Shape,
    find_changes,
    has_seasons,
    rare_change,
    remembered_step,
)
from reportpack.analyse.comparisons import meets
from reportpack.analyse.series import beside
from reportpack.analyse.verdict import judge
from reportpack.analyse.xmr import COMMON_CAUSE, average, middle_of, variation_on
from reportpack.model.finding import Signal, SignalKind, Variation, Xmr, XmrPoint
from reportpack.model.measure import DatedNote, Measure
from reportpack.model.observation import Observation, Series, Unit, cells_of
from reportpack.records import Record

_EARLIER = 24  # Figures before the chart's window that help to tell chance and seasons.
_SPREAD = 4.0  # How many times larger the largest sample may be than the smallest for one range to hold for both.
_NEAR = 2
_LATEST = 3
_KINDS = {Shape.STEP: SignalKind.STEP, Shape.BRIEF: SignalKind.BRIEF, Shape.DRIFT: SignalKind.DRIFT}


class _Case(Record):
    """A chart, and the figures that its verdict may rest on: those since the last baseline, without provisional ones at the end."""

    chart: Xmr
    measure: Measure
    figures: tuple[Observation, ...]
    remembers: bool = False

    @property
    def values(self) -> list[float]:
        return [one.value for one in self.figures if one.value is not None]


def checked(chart: Xmr, line: Series, measure: Measure, *, remembers: bool = False) -> Xmr:
    """The chart with the verdict that the check lets stand. `line` is the whole series that the chart shows the end of; with `remembers`
    what packs before this one would have told is not dropped while the figures bear it out."""
    case = _Case(chart, measure, _since_baseline(chart, line, measure), remembers)
    last = next((place for place in range(len(case.figures), 0, -1) if not case.figures[place - 1].is_provisional), 0)
    final = case.figures[:last]
    shown = (one for one in chart.points if one.value is not None and final and one.period <= final[-1].period)
    held = (meets(one.value or 0.0, measure.target_on(one.period.end), measure) for one in shown)
    met = [one for one in held if one is not None]
    chart = replace(chart, met=met.count(True), targeted=len(met), unjudged=case.figures[len(final) :])
    case = replace(case, chart=chart, figures=final)
    if reason := next(filter(None, _withholds(case)), ""):
        chart = _withheld(chart, reason)
    else:
        chart = _rare(case) if chart.reason == "rare" else _judged(case)
    # Points are marked where a change stands, and nowhere else.
    points = []
    for one in chart.points:
        kind = next((signal.variation for signal in reversed(chart.signals) if signal.first <= one.period <= signal.last), None)
        if kind is None and chart.variation is not None and one.mean is not None:
            kind = Variation.COMMON
        points.append(one if one.point_type is kind else replace(one, point_type=kind))
    return replace(chart, points=tuple(points))


def _since_baseline(chart: Xmr, line: Series, measure: Measure) -> tuple[Observation, ...]:
    """The figures of the window and two years before it, from the last new baseline or change of definition on."""
    if not chart.points:
        return ()
    days = [one.day for one in chart.rebases] + [one.day for one in measure.notes if one.redefines]
    first, last = beside(chart.points[0].period, -_EARLIER), chart.points[-1].period
    begins = max((day for day in days if day <= last.end), default=date.min)
    return tuple(one for one in line.numbers if first <= one.period <= last and one.period.end >= begins)


def _withholds(case: _Case) -> Iterator[str]:
    """Every reason against a verdict, in turn: each is asked only where those before it say nothing."""
    chart, target, is_share = case.chart, case.chart.target, case.measure.unit is Unit.PER_CENT
    last = chart.points[-1].observation if chart.points else None
    if chart.reason != "rare":
        yield "doubted" if chart.reason == "last-month-missing" and last is not None and last.doubt else chart.reason
    if chart.unjudged and not case.figures:
        yield "provisional"
    if len(case.figures) < LEAST:
        yield "too-few-points-since-baseline" if chart.rebases else "too-few-points"
    values = case.values
    # Shares of one that stand where percentages should: the target is a percentage, and no figure reaches 1.
    if is_share and target is not None and target.value > 2 and 0 != max(values) <= 1:
        yield "unit-doubtful"
    if 2 * Counter(values).most_common(1)[0][1] > len(values) and chart.reason != "rare":
        yield "no-variation"
    # A fall to nought where none was before: as likely a cell that nobody filled.
    if values[-1] == 0 and min(values[:-1]) > 0 and middle_of(values[:-1]) >= LEAST:
        yield "fell-to-nought"
    # Samples of sizes so different that one range cannot hold for all.
    sizes = [one.denominator for one in case.figures if one.denominator]
    if is_share and sizes and max(sizes) > _SPREAD * min(sizes):
        yield "sizes-differ"


_UNFIT = ("unit-doubtful", "to-date")  # Reasons that keep the figures from being held against a target at all.


def _withheld(chart: Xmr, reason: str) -> Xmr:
    """No verdict, and no lines where the figures are too few for them."""
    points = chart.points
    if reason in ("too-few-points", "too-few-points-since-baseline"):
        points = tuple(replace(one, mean=None, lower=None, upper=None, cause="", point_type=None) for one in points)
    missing = chart.assurance_reason or "no-verdict"
    if reason in _UNFIT:
        chart = replace(chart, met=0, targeted=0)
    return replace(chart, points=points, variation=None, assurance=None, reason=reason, assurance_reason=missing, run_length=0)


def _rare(case: _Case) -> Xmr:
    """Rare events by how many there were of late."""
    counts, chart = case.values, replace(case.chart, reason="", variation=Variation.COMMON)
    span = rare_change(counts)
    if not span:
        return chart
    before, after = case.figures[:-span], case.figures[-span:]
    usual = average(counts[:-span]) * span
    signal = _signal(SignalKind.RARE, case, after, before, math.fsum(counts[-span:]), usual)
    return replace(chart, signals=(signal,), variation=signal.variation)


def _judged(case: _Case) -> Xmr:
    """The chart with the changes that stand, or why there is no verdict after all."""
    numbers = _scaled(case)
    seasonal = any(numbers.groups)
    changes = find_changes(numbers)
    if case.remembers and not changes.found and (known := remembered_step(numbers)) is not None:
        changes = Changes((known,))
    chart = replace(case.chart, seasonal=seasonal)
    if seasonal:
        chart = replace(chart, points=tuple(_seasonal_points(case, numbers, changes)))
    # The change that made the present level, and what was seen of late beside it.
    lasting = [one for one in changes.found if one.shape is not Shape.BRIEF]
    latest = lasting[-1:] + [one for one in changes.found if one.shape is Shape.BRIEF][-1:]
    shown = [one for one in latest if case.figures[one.first].period >= chart.points[0].period or one.shape is Shape.DRIFT]
    noted = next((note for one in shown if (note := _note_of(one, case, numbers)) is not None), None)
    if noted is not None:
        return replace(_withheld(chart, "goes-with-note"), noted=noted)
    if changes.habit and not shown:
        return _withheld(chart, "follows-itself")
    signals = tuple(_told(one, changes, case, numbers) for one in shown)
    variation = signals[-1].variation if signals else Variation.COMMON
    chart = replace(chart, signals=signals, variation=variation)
    if not signals:
        return _promising(replace(chart, odd=_odd(case)))
    step = next((one for one in signals if one.kind is SignalKind.STEP and one.months >= _LATEST * 2 + 1), None)
    return replace(_silent_on_target(chart, "changed"), suggested_rebase=step.first if step else None)


def _seasonal_points(case: _Case, numbers: Numbers, changes: Changes) -> Iterator[XmrPoint]:
    """Each point with what is usual for its month, and the range around it: three standard deviations of what seasons leave."""
    values, months = numbers.values, numbers.groups
    steps = [one for one in changes.found if one.shape is Shape.STEP]
    level = [value - sum(one.size for one in steps if index >= one.first) for index, value in enumerate(values)]
    usual = {month: average([one for one, its in zip(level, months, strict=True) if its == month]) for month in set(months)}
    left = [one - usual[month] for one, month in zip(level, months, strict=True)]
    spread = 3 * math.sqrt(math.fsum(one * one for one in left) / max(len(left) - len(usual), 1))
    back = math.exp if min(case.values) > 0 else float
    for one in case.chart.points:
        mean = usual.get(one.period.start.month)
        if mean is None or one.mean is None:
            yield replace(one, mean=None, lower=None, upper=None)
        else:
            yield replace(one, mean=back(mean), lower=back(mean - spread), upper=back(mean + spread))


def _promising(chart: Xmr) -> Xmr:
    """A word on the target only from a line that was stable over its latest figures and does not follow the seasons."""
    latest = [one for one in chart.points if one.value is not None][-_LATEST:]
    if not chart.seasonal and all(one.cause == COMMON_CAUSE for one in latest) and not chart.unjudged:
        return chart
    return _silent_on_target(chart, "seasonal" if chart.seasonal else "unsettled")


def _silent_on_target(chart: Xmr, reason: str) -> Xmr:
    return replace(chart, assurance=None, assurance_reason=chart.assurance_reason or reason)


def _scaled(case: _Case) -> Numbers:
    """The values as the tests take them: as ratios by month where there are seasons, as square roots where they are counts."""
    values, alike = case.values, [0] * len(case.figures)
    months = [one.period.start.month for one in case.figures]
    if case.figures[0].period.months == 1:
        ratios = [math.log(value) for value in values] if min(values) > 0 else values
        if has_seasons(ratios, months):
            return Numbers(ratios, months)
    if case.measure.unit is Unit.COUNT and min(values) >= 0:
        return Numbers([math.sqrt(value) for value in values], alike)
    return Numbers(values, alike, _chance_of_samples(case))


def _chance_of_samples(case: _Case) -> float:
    """The variance of a percentage by its sample alone, where the size of every sample is known."""
    sizes = [one.denominator for one in case.figures if one.denominator]
    if case.measure.unit is not Unit.PER_CENT or len(sizes) < len(case.figures):
        return 0.0
    share = average(case.values)
    return share * (100 - share) * average([1 / size for size in sizes])


def _note_of(change: Change, case: _Case, numbers: Numbers) -> DatedNote | None:
    """The note on the data that a change goes with: on its own side of the note's day it is not there."""
    for note in case.measure.notes:
        place = next((index for index, one in enumerate(case.figures) if one.period.end >= note.day), None)
        if note.redefines or not place:
            continue
        after = change.last >= place and change.first >= place - 1
        within = range(place, len(case.figures)) if after else range(place)
        kept = find_changes(numbers.at(within), ended=not after)
        if not any(_alike(one, change, within.start) for one in kept.found):
            return note
    return None


def _alike(one: Change, other: Change, moved: int = 0) -> bool:
    """Whether two changes are one: the same way, begun within two figures of each other."""
    return one.size * other.size > 0 and abs(one.first + moved - other.first) <= _NEAR


def _told(change: Change, changes: Changes, case: _Case, scaled: Numbers) -> Signal:
    """A change with its levels. Where there are seasons the level before is the one now less the change, month for month."""
    numbers, figures = case.values, case.figures
    if change.shape is Shape.DRIFT:
        year = min(12, len(numbers) // 2)
        ends = average(numbers[-year:]), average(numbers[:year])
        return _signal(SignalKind.DRIFT, case, figures[-year:], figures[:year], *ends)
    before = max((one.first for one in changes.found if one.first < change.first and one.shape is Shape.STEP), default=0)
    now, then = figures[change.first : change.last + 1], figures[before : change.first] or figures
    level, is_ratio = average(numbers[change.first : change.last + 1]), any(scaled.groups) and min(numbers) > 0
    usual = level / math.exp(change.size) if is_ratio else average([one.value or 0 for one in then])
    signal = _signal(_KINDS[change.shape], case, now, then, level, usual)
    return replace(signal, hangs_on=_hangs_on(change, case, scaled), score=change.score)


def _signal(
    kind: SignalKind, case: _Case, now: Sequence[Observation], then: Sequence[Observation], level: float, usual: float
) -> Signal:
    first = now[0] if kind is not SignalKind.DRIFT else then[0]
    months, variation = (
        case.figures.index(now[-1]) - case.figures.index(first) + 1,
        variation_on(level > usual, case.measure.better),
    )
    which = kind, variation, first.period, now[-1].period
    return Signal(*which, level, usual, months, now[-1] is case.figures[-1], cells_of(*now), cells_of(*then))


def _hangs_on(change: Change, case: _Case, numbers: Numbers) -> Observation | None:
    """The one figure of three or more without which the change is not there."""
    if change.shape is not Shape.STEP or change.last - change.first + 1 < _LATEST:
        return None
    places, values = range(change.first, change.last + 1), numbers.values
    middle = middle_of(values[: change.first])
    farthest = max(places, key=lambda place: (values[place] - middle) * math.copysign(1, change.size))
    rest = [index for index in range(len(values)) if index != farthest]
    kept = find_changes(numbers.at(rest)).found
    return None if any(_alike(one, change) for one in kept) else case.figures[farthest]


def _odd(case: _Case) -> Observation | None:
    """Where the chart's rules mark the latest figure and no change stands: the one figure without which they would not."""
    points = [one for one in case.chart.points if one.value is not None]
    if not points or points[-1].cause in (COMMON_CAUSE, ""):
        return None
    middle = middle_of([one.value for one in points if one.value is not None])
    farthest = max(points[:-1], key=lambda one: abs((one.value or 0) - middle))
    mended = [replace(one.observation, value=middle) if one is farthest else one.observation for one in case.chart.points]
    again = judge(Series(case.measure.id, "", tuple(mended)), case.measure, points[-1].period)
    return farthest.observation if again.variation is Variation.COMMON else None
