"""The plot's grid and axes, and where labels go: a column beside the plot and flags above it. No two touch, none leaves its frame, and none is lost."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from reportpack.model.chart import NumberFormat
from reportpack.records import Record
from reportpack.render.axes import Plot, Scale, TimeTick, tick_format
from reportpack.render.chart_style import ChartStyle
from reportpack.render.scene import Line, Paint, Scene, Shape, Text


def grid(plot: Plot, written: NumberFormat, style: ChartStyle) -> tuple[list[Shape], list[Shape]]:
    """A few quiet lines, to lie under everything but the tints, and their values."""
    form = tick_format(plot.scale, written)
    lines: list[Shape] = []
    labels: list[Shape] = []
    for tick in plot.scale.ticks:
        height = plot.y(tick)
        crossing = tick == 0 and plot.scale.low < 0
        paint = Paint("none", style.quiet if crossing else style.grid, 0.6)
        lines.append(Line((plot.box.left, height), (plot.box.right, height), paint))
        at = (plot.box.left - 5, height + style.font_size * 0.34)
        labels.append(Text(at, (form.write(tick),), style.font_size, style.quiet, anchor="end"))
    return lines, labels


def tick_room(scale: Scale, written: NumberFormat, style: ChartStyle) -> float:
    """How wide the values beside the grid are, with their distance from it."""
    form = tick_format(scale, written)
    return max((style.text_width(form.write(tick), style.font_size, False) for tick in scale.ticks), default=0.0) + 6


def time_axis(plot: Plot, ticks: Sequence[TimeTick], style: ChartStyle) -> tuple[list[Shape], float]:
    """The foot line with its ticks, years in bold under the months where they change; and where the last line of labels ends."""
    foot = plot.box.bottom
    shapes: list[Shape] = [Line((plot.box.left, foot), (plot.box.right, foot), Paint("none", style.quiet, 0.7))]
    for tick in ticks:
        place = plot.x(tick.index)
        shapes.append(Line((place, foot), (place, foot + 3), Paint("none", style.quiet, 0.7)))
        shapes.append(Text((tick.centre, foot + 12), (tick.above,), style.font_size, style.quiet, anchor="middle"))
        if tick.below:
            at = (tick.centre, foot + 12 + style.line_height)
            shapes.append(Text(at, (tick.below,), style.font_size, style.quiet, True, "middle"))
    return shapes, foot + 15 + (style.line_height if any(tick.below for tick in ticks) else 0.0)


def target_paint(style: ChartStyle) -> Paint:
    """Long dashes, which no other line has."""
    return Paint("none", style.target, 1.2, "6.8 2.8")


def nothing_drawn(width: float, style: ChartStyle) -> Scene:
    """What stands for a chart without a figure: no axis, no grid, a line of words."""
    words = Text((0.0, style.font_size), ("No figures to draw",), style.font_size, style.quiet)
    return Scene(width, style.line_height + 2, (words,))


_GAP = 5.0


def spread(wanted: Sequence[float], sizes: Sequence[float], head: float, foot: float) -> list[float]:
    """Middles as near to the wanted ones as they go without touching, in the wanted order, between head and foot.

    Neighbours that would touch are moved as one block, to the mean of what they want; needs `sum(sizes) <= foot - head`."""
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    blocks: list[tuple[float, float, list[int]]] = []
    for index in order:
        size = sizes[index]
        top = min(max(wanted[index] - size / 2, head), foot - size)
        members = [index]
        while blocks and blocks[-1][0] + blocks[-1][1] > top:
            _, above, before = blocks.pop()
            members, size = before + members, above + size
            edges = accumulate((sizes[index] for index in members), initial=0.0)
            ideal = sum(wanted[index] - edge - sizes[index] / 2 for index, edge in zip(members, edges, strict=False))
            top = min(max(ideal / len(members), head), foot - size)
        blocks.append((top, size, members))
    middles = [0.0] * len(wanted)
    for top, _, members in blocks:
        edge = top
        for index in members:
            middles[index] = edge + sizes[index] / 2
            edge += sizes[index]
    return middles


class Flag(Record):
    """A label `width` wide and `rows` lines high for the pole at `pole`; rows count upwards from the plot, from `lowest`."""

    pole: float
    width: float
    rows: int = 1
    lowest: int = 0
    needed: bool = False
    """Placed in as high a row as it takes; another that fits in no row stays without its label."""


class PlacedFlag(Record):
    """The flag at `index` starts at `left`; its lowest line stands in `row`. Without `joined` its pole would cross other words."""

    index: int
    left: float
    row: int
    joined: bool = True


def place_flags(flags: Sequence[Flag], left: float, right: float, most_rows: int = 1) -> list[PlacedFlag]:
    """A place for each flag, in the order given, so that no words touch and no pole runs through words where that can be helped."""
    placed: list[PlacedFlag] = []
    for index, flag in enumerate(flags):
        top = 40 + 3 * len(flags) if flag.needed else most_rows
        spots = [spot for row in range(flag.lowest, top) for spot in _spots(flag, index, row, left, right)]
        clear = (
            spot
            for spot in spots
            if not any(_overlap(spot, one, flags) or _crosses(spot, one, flags) or _crosses(one, spot, flags) for one in placed)
        )
        spot = next(clear, None)
        if spot is None and flag.needed:
            spot = next(replace(spot, joined=False) for spot in spots if not any(_overlap(spot, one, flags) for one in placed))
        if spot is not None:
            placed.append(spot)
    return placed


def _spots(flag: Flag, index: int, row: int, left: float, right: float) -> list[PlacedFlag]:
    wanted = [flag.pole + 3, flag.pole - 3 - flag.width]
    inside = [start for start in wanted if left <= start and start + flag.width <= right]
    return [PlacedFlag(index, start, row) for start in inside or [max(left, min(wanted[0], right - flag.width))]]


def _overlap(one: PlacedFlag, other: PlacedFlag, flags: Sequence[Flag]) -> bool:
    beside = one.left + flags[one.index].width + _GAP <= other.left or other.left + flags[other.index].width + _GAP <= one.left
    apart = one.row + flags[one.index].rows <= other.row or other.row + flags[other.index].rows <= one.row
    return not beside and not apart


def _crosses(upper: PlacedFlag, lower: PlacedFlag, flags: Sequence[Flag]) -> bool:
    pole = flags[upper.index].pole
    return upper.joined and upper.row > lower.row and lower.left - 1 < pole < lower.left + flags[lower.index].width + 1
