"""The plot itself: its grid and its axes."""

from collections.abc import Sequence

from reportpack.model.chart import NumberFormat
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
