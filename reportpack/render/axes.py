"""Scales and ticks: round numbers up the side, months along the foot, never two labels on one spot."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from reportpack.model.chart import ChartPoint, NumberFormat, Ranks
from reportpack.records import Record
from reportpack.render.chart_style import ChartStyle
from reportpack.render.scene import Box

_GAP = 5.0
_MOST_TICKS = 5
_CLOCK_STEPS = (10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 21600, 43200, 86400)


class Scale(Record):
    """Values `low` to `high` over the heights `foot` to `head`; ticks at round numbers inside."""

    low: float
    high: float
    foot: float
    head: float
    ticks: tuple[float, ...]

    def place(self, value: float) -> float:
        """The height of a value; one beyond the scale is cut at its edge."""
        share = (value - self.low) / (self.high - self.low)
        return self.foot + (self.head - self.foot) * min(1.0, max(0.0, share))


class Plot(Record):
    """A box of `count` equal steps over a scale."""

    box: Box
    count: int
    scale: Scale

    @property
    def pitch(self) -> float:
        """From one point to the next."""
        return (self.box.right - self.box.left) / max(1, self.count)

    def x(self, index: float) -> float:
        """Where a point stands; one before the first or after the last stands at the edge."""
        return min(max(self.box.left + (index + 0.5) * self.pitch, self.box.left), self.box.right)

    def y(self, value: float) -> float:
        """How high a value stands."""
        return self.scale.place(value)


class Limits(Record):
    """What values can be at all: 0 and 100 for per cent; None where there is no limit."""

    floor: float | None = None
    ceiling: float | None = None

    def cut(self, value: float) -> float:
        """The value, or the limit that it is beyond."""
        above = value if self.floor is None else max(value, self.floor)
        return above if self.ceiling is None else min(above, self.ceiling)


def value_scale(
    values: Iterable[float],
    foot: float,
    head: float,
    limits: Limits,
    intervals: int = 4,
    from_zero: bool = False,
    clock: bool = False,
) -> Scale:
    """A scale that holds all values, with room at both ends unless a limit is there; it starts at 0 where that costs little.

    Seconds that are written as a `clock` get whole minutes or parts of one."""
    known = [min(max(value, -1e100), 1e100) for value in values if math.isfinite(value)]
    bottom, top = _ends(known, limits, from_zero)
    least = (top - bottom) / intervals
    power = 10.0 ** math.floor(math.log10(least))
    minutes = [step for step in _CLOCK_STEPS if step >= least * 0.999] if clock and least > _CLOCK_STEPS[0] / 2 else []
    steps = (*minutes, *(factor * power for factor in (1, 2, 2.5, 5, 10, 20) if factor * power >= least * 0.999))
    return next(scale for step in steps if len((scale := _stepped(bottom, top, step, foot, head, limits)).ticks) <= _MOST_TICKS)


def _stepped(bottom: float, top: float, step: float, foot: float, head: float, limits: Limits) -> Scale:
    first, last = math.floor(bottom / step + 1e-9), math.ceil(top / step - 1e-9)
    bottom = bottom if bottom in (limits.floor, 0.0) else max(first * step, bottom - 0.5 * step)
    top = top if top in (limits.ceiling, 0.0) else min(last * step, top + 0.5 * step)
    slack = 1e-6 * step
    ticks = (index * step for index in range(first, last + 1))
    return Scale(bottom, top, foot, head, tuple(tick for tick in ticks if bottom - slack <= tick <= top + slack))


def rank_scale(ranks: Ranks, foot: float, head: float) -> Scale:
    """The whole scale, the best rank on top, with few round ranks between its ends."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 1000, 10**6) if ranks.of <= 4.5 * step)
    between = (rank for rank in range(step, ranks.of, step) if 1 < rank <= ranks.of - step / 2)
    ticks = tuple(float(rank) for rank in (1, *between, ranks.of))
    return Scale(float(ranks.worst), float(ranks.best), foot, head, ticks)


def _ends(known: list[float], limits: Limits, from_zero: bool) -> tuple[float, float]:
    least, most = (min(known), max(known)) if known else (0.0, 1.0)
    low, high = (min(least, 0.0), max(most, 0.0)) if from_zero else (least, most)
    if high - low <= 1e-9 * max(abs(low), abs(high), 1e-12):
        margin = abs(high) * 0.1 or 1.0
        low, high = low - margin, high + margin
    span = high - low
    bottom = 0.0 if 0 <= least < 0.6 * span or (from_zero and low >= 0) else low - 0.06 * span
    top = 0.0 if from_zero and high <= 0 else high + 0.06 * span
    if limits.floor is not None and limits.floor <= least:
        bottom = max(bottom, limits.floor)
    if limits.ceiling is not None and limits.ceiling >= most:
        top = min(top, limits.ceiling)
    return (bottom, top) if top > bottom else (low, high)


def tick_format(scale: Scale, written: NumberFormat) -> NumberFormat:
    """As many decimals as the ticks need, whatever the values print with."""
    if len(scale.ticks) < 2:
        return written
    step = scale.ticks[1] - scale.ticks[0]
    for decimals in range(16):
        rounded = [round(tick, decimals) for tick in scale.ticks]
        if all(abs(a - b) < 1e-3 * step for a, b in zip(rounded, scale.ticks, strict=True)):
            return replace(written, decimals=decimals)
    return written


class TimeTick(Record):
    """A label at the foot: `above` its month, `below` its year where that changed."""

    index: int
    above: str
    below: str
    centre: float


def time_ticks(
    points: Sequence[ChartPoint], places: Sequence[float], edges: tuple[float, float], style: ChartStyle
) -> tuple[TimeTick, ...]:
    """As many as fit between the edges, the last one always; on quarters or Januaries where the points are months."""
    if not points:
        return ()
    last = len(points) - 1
    said = [_split(point.label) for point in points]

    def extent(index: int) -> tuple[float, float]:
        month, year = said[index]
        half = max(style.text_width(month, style.font_size, False), style.text_width(year, style.font_size, True)) / 2
        centre = min(max(places[index], edges[0] + half), edges[1] - half)
        return centre - half, centre + half

    kept: list[int] = []
    for every in (1, 2, 3, 6, 12, 24, 36, 60, 120, 240):
        indexes = _every([point.month for point in points], every)
        boxes = {index: extent(index) for index in {*indexes, last}}
        if all(boxes[left][1] + _GAP <= boxes[right][0] for left, right in pairwise(indexes)):
            kept = [index for index in indexes if index != last and boxes[index][1] + _GAP <= boxes[last][0]]
            break
    ticks: list[TimeTick] = []
    year_before = None
    for index in (*kept, last):
        month, year = said[index]
        ticks.append(TimeTick(index, month, "" if year == year_before else year, sum(extent(index)) / 2))
        year_before = year
    return tuple(ticks)


def _every(months: Sequence[int], every: int) -> list[int]:
    if all(months):
        found = [index for index, month in enumerate(months) if (month - 1) % min(every, 12) == 0]
        return found[:: max(every // 12, 1)]
    return list(range((len(months) - 1) % every, len(months), every))


def _split(label: str) -> tuple[str, str]:
    head, _, tail = label.rpartition(" ")
    return (head, tail) if head and any(letter.isdigit() for letter in tail) else (label, "")
