"""The XmR calculation exactly as the reference computes it (spc.md section 1): no tolerance, every mean by fsum.

Nothing here knows of months, gaps or settings; the stricter rules of the product are in verdict.py and use these same parts.
"""

import itertools
import math
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from reportpack.model.finding import Assurance, Variation
from reportpack.model.measure import Better
from reportpack.records import Record

COMMON_CAUSE = "Common Cause"
SHORT_GROUP = 13
RUN = 7
_LIMIT = 2.66
_NEAR = 2 * (2.66 / 3)
_SCREEN = 3.267


class Lines(Record):
    """The lines of one group. Limits are None where no moving range was left (all values equal, or one value)."""

    mean: float
    amr_unscreened: float | None
    amr: float | None
    lpl: float | None
    upl: float | None
    nlpl: float | None
    nupl: float | None


class Flags(Record):
    """What the rules say of one value, each rule alone; `outside` and `close` are None without limits."""

    outside: bool | None
    close: bool | None
    relative: int
    trend: bool
    two_in_three: bool
    shift: bool
    cause: str

    @property
    def special(self) -> bool:
        """Whether any rule marks it."""
        return self.cause != "Common Cause"


class ReferencePoint(Record):
    """One value with its group's lines and its flags."""

    day: date
    value: float
    group: int
    short_group: bool
    fix_y: float | None
    moving_range: float | None
    moving_range_used: float | None
    lines: Lines
    flags: Flags
    point_type: Variation


class ReferenceXmr(Record):
    """All points, and the verdicts on the last."""

    points: tuple[ReferencePoint, ...]
    variation: Variation | None
    assurance: Assurance | None


def xmr(
    values: Sequence[float],
    dates: Sequence[date],
    better: Better = Better.HIGHER,
    target: float | None = None,
    rebases: Sequence[date] = (),
    fix_after: int | None = None,
    screen_outliers: bool = True,
) -> ReferenceXmr:
    """The reference's calculation. `dates` ascend and are unique; a rebase date that no row has changes nothing."""
    points: list[ReferencePoint] = []
    # Rows by the running count of rebase dates; a rebase row is the first of its group.
    counts = itertools.accumulate(int(day in rebases) for day in dates)
    for group, rows in itertools.groupby(zip(counts, dates, values, strict=True), key=lambda row: row[0]):
        points += _group_points(group, [(day, value) for _, day, value in rows], better, fix_after, screen_outliers)
    if not points:
        return ReferenceXmr((), None, None)
    last = points[-1]
    return ReferenceXmr(tuple(points), last.point_type, assurance_of(last.lines, target, better))


def _group_points(
    group: int, rows: list[tuple[date, float]], better: Better, fix_after: int | None, screen: bool
) -> list[ReferencePoint]:
    values = [value for _, value in rows]
    base = values if fix_after is None else values[:fix_after]
    ranges = [abs(after - before) for before, after in itertools.pairwise(base)]
    lines = lines_of(base, ranges, screen)
    kept = keeps(ranges, screen)
    points = []
    for index, ((day, value), flags) in enumerate(zip(rows, flags_of(values, lines), strict=True)):
        has_range = 0 < index < len(base)
        points.append(
            ReferencePoint(
                day=day,
                value=value,
                group=group,
                short_group=len(rows) < SHORT_GROUP,
                fix_y=value if index < len(base) else None,
                moving_range=ranges[index - 1] if has_range else None,
                moving_range_used=ranges[index - 1] if has_range and kept[index - 1] else None,
                lines=lines,
                flags=flags,
                point_type=point_type_of(flags.cause, better),
            )
        )
    return points


def average(values: Sequence[float]) -> float:
    """The mean by fsum: a plain sum flips flags where a value equals the mean."""
    return math.fsum(values) / len(values)


def middle_of(values: Sequence[float]) -> float:
    """The median."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def keeps(ranges: Sequence[float], screen: bool) -> list[bool]:
    """Which moving ranges count: with screening those strictly under 3.267 times their mean, in one pass."""
    if not ranges or not screen:
        return [True] * len(ranges)
    bound = _SCREEN * average(ranges)
    return [value < bound for value in ranges]


def lines_of(base: Sequence[float], ranges: Sequence[float], screen: bool = True) -> Lines:
    """Mean and limits of at least one value. Limits are not cut at 0 or 100 per cent."""
    mean = average(base)
    used = [value for value, kept in zip(ranges, keeps(ranges, screen), strict=True) if kept]
    unscreened = average(ranges) if ranges else None
    if not used:
        return Lines(mean, unscreened, None, None, None, None, None)
    amr = average(used)
    return Lines(mean, unscreened, amr, mean - _LIMIT * amr, mean + _LIMIT * amr, mean - _NEAR * amr, mean + _NEAR * amr)


def flags_of(values: Sequence[float], lines: Lines) -> list[Flags]:
    """The rules over values that follow each other without a gap, all of one group."""
    outside = [_is_beyond(value, lines.lpl, lines.upl) for value in values]
    close = [_is_beyond(value, lines.nlpl, lines.nupl) for value in values]
    close = [near and not beyond if near is not None else None for near, beyond in zip(close, outside, strict=True)]
    relative = [_sign(value - lines.mean) for value in values]
    # Seven points with six strictly rising or six strictly falling steps; a tie breaks a trend.
    ways = [_sign(after - before) for before, after in itertools.pairwise(values)]
    trend = _flag(len(values), RUN, lambda one: one if abs(sum(ways[one.start : one.stop - 1])) == RUN - 1 else ())
    two_in_three = _two_in_three(close, relative)
    # Seven points on one side of the mean.
    shift = _flag(len(relative), RUN, lambda one: one if abs(sum(relative[one.start : one.stop])) == RUN else ())
    steps = [_step(values, trend, place) if trend[place] else 0 for place in range(len(values))]
    causes = [_cause(bool(outside[i]), relative[i], steps[i], two_in_three[i], shift[i]) for i in range(len(values))]
    return [Flags(*facts) for facts in zip(outside, close, relative, trend, two_in_three, shift, causes, strict=True)]


def point_type_of(cause: str, better: Better) -> Variation:
    """What a cause means for a measure that should move that way."""
    if cause == COMMON_CAUSE:
        return Variation.COMMON
    return variation_on("Above" in cause or "Increasing" in cause, better)


def variation_on(high: bool, better: Better) -> Variation:
    """What a change to that side means."""
    if better is Better.NEITHER:
        return Variation.NEUTRAL_HIGH if high else Variation.NEUTRAL_LOW
    return Variation.IMPROVEMENT if high == (better is Better.HIGHER) else Variation.CONCERN


def assurance_of(lines: Lines, target: float | None, better: Better) -> Assurance | None:
    """Whether the process meets the target whatever chance does; None without a target or a direction."""
    if target is None or better is Better.NEITHER:
        return None
    if lines.upl is not None and target > lines.upl:
        return Assurance.FAIL if better is Better.HIGHER else Assurance.PASS
    if lines.lpl is not None and target < lines.lpl:
        return Assurance.PASS if better is Better.HIGHER else Assurance.FAIL
    return Assurance.INCONSISTENT


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


def _is_beyond(value: float, low: float | None, high: float | None) -> bool | None:
    return None if low is None or high is None else value > high or value < low


def _flag(length: int, size: int, holds: Callable[[range], Iterable[int]]) -> list[bool]:
    """Each place that some window of that size flags."""
    flagged = {place for start in range(length - size + 1) for place in holds(range(start, start + size))}
    return [place in flagged for place in range(length)]


def _step(values: Sequence[float], trend: Sequence[bool], index: int) -> int:
    """The direction that names a point of a trend: to the next point while that is in a trend too, else from the one before."""
    if index + 1 < len(values) and trend[index + 1]:
        return _sign(values[index + 1] - values[index]) or -1
    return _sign(values[index] - values[index - 1]) or -1


def _two_in_three(close: Sequence[bool | None], relative: Sequence[int]) -> list[bool]:
    """Of three points on one side of the mean at least two close to the limits: the close ones are flagged."""

    def holds(window: range) -> list[int]:
        near = [place for place in window if close[place]]
        return near if len(near) > 1 and abs(sum(relative[place] for place in window)) == 3 else []

    return _flag(len(close), 3, holds)


def _cause(outside: bool, relative: int, step: int, two_in_three: bool, shift: bool) -> str:
    """The first rule that holds, in the reference's order; `step` is 0 outside a trend."""
    side = "Above" if relative > 0 else "Below"
    if outside:
        return "Above UCL" if relative > 0 else "Below LCL"
    if step:
        return f"7 Point Trend ({'Increasing' if step > 0 else 'Decreasing'})"
    if two_in_three:
        return f"2 in 3 {side} CL"
    if shift:
        return f"7 Points {side} CL"
    return COMMON_CAUSE
