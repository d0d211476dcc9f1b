"""The XmR chart: a value line, its average and expected range, targets, and the meetings above it; every line is named at its end."""

import math
from collections.abc import Sequence

from reportpack.model.chart import Mark, XmrChart
from reportpack.records import dataclass
from reportpack.render.axes import Limits, Plot, Scale, time_ticks, value_scale
from reportpack.render.chart_style import ChartStyle, wrap_words
from reportpack.render.labels import Flag, PlacedFlag, place_flags, spread
from reportpack.render.plot import MEETING, KeyItem, grid, key, meeting_triangle, point_key, target_paint, tick_room, time_axis
from reportpack.render.points import band_shapes, is_drawn, radius_for, scale_values, value_line, value_marks
from reportpack.render.scene import Box, Cite, Line, Paint, Polyline, Scene, Shape, Text, spans_with

_COLUMN = 122.0
_LEADER = 11.0
_FLAG_LINE = 1.25
"""From one line of a flag to the next, in sizes of its words."""


@dataclass(frozen=True, slots=True)
class _EndLabel:
    """Words at the right end: `value` says at what height; `printed` is the number in them."""

    value: float
    words: str
    printed: str
    cites: str
    fill: str
    bold: bool = False
    leads_from: float | None = None
    """The index from which a thin line leads to the label; None for the plot's edge."""
    leader: bool = True


def xmr_scene(chart: XmrChart, style: ChartStyle, width: float, cite: Cite) -> Scene:
    """The chart laid out at this width; it grows taller, or wider in proportion, before anything is lost."""
    limits = Limits(chart.floor, chart.ceiling)
    labels = _end_labels(chart, limits, style, cite)
    column = [wrap_words(label.words, _COLUMN, style.font_size, label.bold, style.text_width) for label in labels]
    values = list(_values(chart, limits))
    named = ((line, label.bold) for label, lines in zip(labels, column, strict=True) for line in lines)
    right_room = _LEADER + 2 + max((style.text_width(line, style.font_size, bold) for line, bold in named), default=0.0)
    left_room = tick_room(value_scale(values, 100, 0, limits), chart.format, style)
    width = max(width, (left_room + right_room) / 0.55)
    sizes = [len(lines) * style.line_height for lines in column]
    plot_height = max(style.plot_height, sum(sizes) + 4)
    x_box = Box(left_room, 0, width - right_room, plot_height)
    flags = _flags(chart, Plot(x_box, len(chart.points), value_scale(values, 1, 0, limits)), width, style)
    rows = max((spot.row + flag.rows for _, _, flag, spot in flags), default=0)
    head = 7 + (3 if chart.marks else 0) + rows * style.small_size * _FLAG_LINE
    box = Box(x_box.left, head, x_box.right, head + x_box.bottom)
    plot = Plot(box, len(chart.points), value_scale(values, box.bottom, box.top, limits))
    ticks = time_ticks(chart.points, [plot.x(i) for i in range(len(chart.points))], (0, width), style)
    axis, foot = time_axis(plot, ticks, style)
    key_shapes, key_height = key(_key_items(chart, plot.scale), plot.box.left, width, foot, style)
    shapes = [
        *_lines(chart, plot, limits, style),
        *axis,
        *_flag_shapes(chart.marks, flags, plot, style),
        *_side(labels, column, sizes, plot, style),
        *key_shapes,
    ]
    return Scene(width, foot + key_height + 2, tuple(shapes))


def _values(chart: XmrChart, limits: Limits) -> list[float]:
    ends = (end for level in chart.levels for end in (level.value, level.start) if end is not None)
    return [*scale_values(chart.points, chart.bands, limits), *(end for end in ends if math.isfinite(end))]


def _lines(chart: XmrChart, plot: Plot, limits: Limits, style: ChartStyle) -> list[Shape]:
    fields, band_lines = band_shapes(chart.bands, plot, limits, style)
    rules, tick_labels = grid(plot, chart.format, style) if _values(chart, limits) else ([], [])
    line = value_line(chart.points, plot, Paint("none", style.line, 1.3, round=True))
    marks = value_marks(chart.points, plot, radius_for(plot.pitch), style)
    levels = []
    for level in chart.levels:
        if math.isfinite(level.value):
            start, end = plot.y(level.value if level.start is None else level.start), plot.y(level.value)
            levels.append(Line((plot.x(level.first - 0.5), start), (plot.x(level.last + 0.5), end), target_paint(style)))
    shapes = [*fields, *rules, *tick_labels, *band_lines, *levels, *line, *marks]
    if not marks:
        middle = ((plot.box.left + plot.box.right) / 2, (plot.box.top + plot.box.bottom) / 2)
        shapes.append(Text(middle, ("No figures to draw",), style.font_size, style.quiet, anchor="middle"))
    return shapes


def _key_items(chart: XmrChart, scale: Scale) -> list[KeyItem]:
    items = point_key(chart.points, any(mark.kind == MEETING for mark in chart.marks))
    if scale.low > 0 or scale.high < 0:
        items.append(KeyItem("", "The scale does not start at 0."))
    return items


def _end_labels(chart: XmrChart, limits: Limits, style: ChartStyle, cite: Cite) -> list[_EndLabel]:
    write = chart.format.write
    labels: list[_EndLabel] = []
    drawn = [index for index, point in enumerate(chart.points) if is_drawn(point)]
    if drawn:
        latest = chart.points[drawn[-1]]
        value = latest.value or 0.0
        words = f"{latest.label} {write(value)}" + (" provisional" if latest.provisional else "")
        labels.append(_EndLabel(value, words, write(value), cite(latest.sources), style.ink, True, drawn[-1]))
    if drawn and drawn[-1] < len(chart.points) - 1:
        labels.append(_EndLabel(-math.inf, f"{chart.points[-1].label}: no figure", "", "", style.quiet, leader=False))
    if chart.bands:
        band = chart.bands[-1]
        cites = cite(band.sources)
        if math.isfinite(band.mean):
            labels.append(_EndLabel(band.mean, f"Average {write(band.mean)}", write(band.mean), cites, style.ink))
        for words, limit in (("Expected range to", band.upper), ("Expected range from", band.lower)):
            if limit is not None and math.isfinite(limit):
                at = limits.cut(limit)
                labels.append(_EndLabel(at, f"{words} {write(at)}", write(at), cites, style.quiet))
    for level in chart.levels:
        if math.isfinite(level.value):
            ends = level.last >= len(chart.points) - 1
            words = level.label if ends else f"{level.label} to {chart.points[max(0, level.last)].label}"
            printed, cites = write(level.value), cite(level.sources)
            labels.append(_EndLabel(level.value, words, printed, cites, style.target, True, None, ends))
    return labels


def _side(
    labels: Sequence[_EndLabel], column: Sequence[tuple[str, ...]], sizes: Sequence[float], plot: Plot, style: ChartStyle
) -> list[Shape]:
    wanted = [plot.y(label.value) for label in labels]
    middles = spread(wanted, sizes, plot.box.top - 3, plot.box.bottom + 1)
    shapes: list[Shape] = []
    for label, lines, size, height, middle in zip(labels, column, sizes, wanted, middles, strict=True):
        if label.leader:
            start = plot.box.right if label.leads_from is None else plot.x(label.leads_from) + radius_for(plot.pitch) * 1.7
            ends = ((plot.box.right + 2, height), (plot.box.right + _LEADER - 2, middle))
            paint = Paint("none", label.fill if label.leads_from is None else style.line, 0.5)
            shapes.append(Polyline(((min(start, plot.box.right), height), *ends), paint))
        first = middle - size / 2 + style.line_height / 2 + style.font_size * 0.33
        for number, line in enumerate(lines):
            spans = spans_with(line, label.printed, label.value, label.cites)
            at = (plot.box.right + _LEADER, first + number * style.line_height)
            shapes.append(Text(at, spans, style.font_size, label.fill, label.bold))
    return shapes


_Flagged = tuple[Mark, tuple[str, ...], Flag, PlacedFlag]
"""A mark, its words in lines, and where they stand."""


def _flags(chart: XmrChart, plot: Plot, width: float, style: ChartStyle) -> list[_Flagged]:
    """The marks with their words in lines: baselines and notes first, from the right, then the meetings, latest first."""
    room = max(0.5 * (plot.box.right - plot.box.left), 0.42 * width)
    lowest = int(any(mark.kind == MEETING for mark in chart.marks))
    flags = []
    for mark in sorted(chart.marks, key=lambda mark: (mark.kind == MEETING, -mark.index)):
        meeting = mark.kind == MEETING
        lines = wrap_words(mark.label, room, style.small_size, False, style.text_width)
        wide = max(style.text_width(line, style.small_size, False) for line in lines)
        pole = plot.x(mark.index - 0.5 if mark.kind == "baseline" else mark.index)
        flags.append((mark, lines, Flag(pole, wide, len(lines), 0 if meeting else lowest, meeting, not meeting)))
    return [(*flags[spot.index], spot) for spot in place_flags([flag for _, _, flag in flags], 0, width)]


def _flag_shapes(marks: Sequence[Mark], flags: Sequence[_Flagged], plot: Plot, style: ChartStyle) -> list[Shape]:
    head, step = plot.box.top, style.small_size * _FLAG_LINE
    shapes: list[Shape] = [meeting_triangle(plot.x(mark.index), head - 1, style) for mark in marks if mark.kind == MEETING]
    for mark, lines, flag, spot in flags:
        lowest_base = head - 8 - spot.row * step
        if mark.kind != MEETING:
            top = lowest_base - (len(lines) - 1) * step - style.small_size * 0.7 if spot.joined else head
            dotted = Paint("none", style.ink, 0.8, "1.2 2")
            shapes.append(Line((flag.pole, top), (flag.pole, plot.box.bottom), dotted))
        for number, line in enumerate(reversed(lines)):
            at = (spot.left, lowest_base - number * step)
            shapes.append(Text(at, (line,), style.small_size, style.ink if mark.kind != MEETING else style.quiet))
    return shapes
