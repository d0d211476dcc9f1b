"""The XmR chart: a value line, its average and expected range, targets, and the meetings above it; every line is named at its end."""

import math
from collections.abc import Sequence

from reportpack.model.chart import Mark, XmrChart
from reportpack.records import Record
from reportpack.render.axes import Limits, Plot, Scale, rank_scale, time_ticks, value_scale
from reportpack.render.chart_style import ChartStyle, wrap_words
from reportpack.render.plot import Flag, PlacedFlag, grid, nothing_drawn, place_flags, spread, target_paint, tick_room, time_axis
from reportpack.render.points import LATEST, band_shapes, drawn_points, is_drawn, scale_values, value_line, value_marks
from reportpack.render.scene import Box, Cite, Line, Paint, Polyline, Rectangle, Scene, Shape, Text, spans_with

_COLUMN = 122.0
_LEADER = 11.0
_MEETING = "meeting"
_MOST_DAYS, _MOST_ROWS = 5, 3  # Of the latest meetings whose days are said, and of the rows that these fan out over.
_FLAG_LINE = 1.25  # From one line of a flag to the next, in sizes of its words.


class _EndLabel(Record):
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
    if not any(is_drawn(point) for point in chart.points):
        return nothing_drawn(width, style)
    limits = Limits(chart.floor, chart.ceiling)
    labels = _end_labels(chart, limits, style, cite)
    column = [wrap_words(label.words, _COLUMN, style.font_size, label.bold, style.text_width) for label in labels]
    named = ((line, label.bold) for label, lines in zip(labels, column, strict=True) for line in lines)
    right_room = _LEADER + 2 + max((style.text_width(line, style.font_size, bold) for line, bold in named), default=0.0)
    left_room = tick_room(_scale(chart, 100, 0, limits), chart.format, style)
    width = max(width, (left_room + right_room) / 0.55)
    sizes = [len(lines) * style.line_height for lines in column]
    x_box = Box(left_room, 0, width - right_room, max(style.plot_height, sum(sizes) + 4))
    flags = _flags(chart, Plot(x_box, len(chart.points), _scale(chart, 1, 0, limits)), width, style)
    rows = max((spot.row + flag.rows for _, _, flag, spot in flags), default=0)
    head = 10 + rows * style.font_size * _FLAG_LINE
    box = Box(x_box.left, head, x_box.right, head + x_box.bottom)
    plot = Plot(box, len(chart.points), _scale(chart, box.bottom, box.top, limits))
    ticks = time_ticks(chart.points, [plot.x(i) for i in range(len(chart.points))], (0, width), style)
    axis, foot = time_axis(plot, ticks, style)
    notes: list[Shape] = []
    if chart.ranks is None and (plot.scale.low > 0 or plot.scale.high < 0):
        foot += 12
        notes.append(Text((box.left, foot - 3), ("The scale does not start at 0.",), style.font_size, style.quiet))
    poles, words = _flag_shapes(chart.marks, flags, plot, style)
    shapes = [*_lines(chart, plot, limits, poles, style), *axis, *words, *_side(labels, column, sizes, plot, style), *notes]
    return Scene(width, foot + 2, tuple(shapes))


def _scale(chart: XmrChart, foot: float, head: float, limits: Limits) -> Scale:
    if chart.ranks is not None:
        return rank_scale(chart.ranks, foot, head)
    ends = (end for level in chart.levels for end in (level.value, level.start) if end is not None)
    return value_scale((*scale_values(chart.points, chart.bands, limits), *ends), foot, head, limits, clock=chart.format.clock)


def _lines(chart: XmrChart, plot: Plot, limits: Limits, poles: Sequence[Shape], style: ChartStyle) -> list[Shape]:
    fields, band_lines = band_shapes(chart.bands, plot, limits, style)
    rules, tick_labels = grid(plot, chart.format, style)
    line = value_line(chart.points, plot, Paint("none", style.ink, 1.6, round=True), chart.format)
    levels: list[Shape] = []
    for level in chart.levels:
        if math.isfinite(level.value):
            start, end = plot.y(level.value if level.start is None else level.start), plot.y(level.value)
            levels.append(Line((plot.x(level.first - 0.5), start), (plot.x(level.last + 0.5), end), target_paint(style)))
    if chart.ranks is not None:
        best, last = chart.format.write(chart.ranks.best), chart.ranks.quartile or chart.ranks.best
        words = (
            f"Top quartile: {chart.format.write(last)} or better. {best} is best." if chart.ranks.quartile else f"{best} is best."
        )
        top, foot = sorted((plot.y(chart.ranks.best), plot.y(last)))
        (words,) = wrap_words(words, plot.box.right - plot.box.left - 8, style.font_size, False, style.text_width, 1)
        fields = [
            Rectangle(Box(plot.box.left, top, plot.box.right, foot), Paint(style.band)),
            Text((plot.box.left + 4, top + style.font_size + 3), (words,), style.font_size, style.quiet),
        ]
    marks = value_marks(chart.points, plot, style)
    return [*fields, *rules, *tick_labels, *band_lines, *levels, *poles, *_range_words(chart, plot, style), *line, *marks]


def _range_words(chart: XmrChart, plot: Plot, style: ChartStyle) -> list[Shape]:
    words, size = "Expected range", style.font_size
    wide = style.text_width(words, size, False) + 8
    drawn = [(plot.x(index), plot.y(value)) for index, _, value in drawn_points(chart.points)]
    for band in sorted(chart.bands, key=lambda band: band.first - band.last):
        if band.lower is None or band.upper is None or not math.isfinite(band.lower + band.upper + band.mean):
            continue
        left, foot, head = plot.x(band.first - 0.5), plot.y(band.lower), plot.y(band.upper)
        near = [y for x, y in drawn if left - plot.pitch <= x <= left + wide + plot.pitch]
        crossed = [*near, plot.y(band.mean), *(plot.y(level.value) for level in chart.levels if math.isfinite(level.value))]
        for base in (foot - 3, head + size + 1):
            clear = all(not base - size - 2 < y < base + 3 for y in crossed) and head <= base - size and base <= foot
            between = near and min(near) < base - size / 2 < max(near)
            if clear and not between and left + wide <= plot.x(band.last + 0.5):
                return [Text((left + 4, base), (words,), size, style.quiet)]
    return []


def _end_labels(chart: XmrChart, limits: Limits, style: ChartStyle, cite: Cite) -> list[_EndLabel]:
    write = chart.format.write
    labels: list[_EndLabel] = []
    drawn = [index for index, point in enumerate(chart.points) if is_drawn(point)]
    if drawn:
        latest = chart.points[drawn[-1]]
        value = latest.value or 0.0
        said = "latest" if drawn[-1] == len(chart.points) - 1 else latest.label
        words = f"{write(value)} {said}" + (", provisional" if latest.provisional else "")
        labels.append(_EndLabel(value, words, write(value), cite(latest.sources), style.ink, True, drawn[-1]))
    if drawn and drawn[-1] < len(chart.points) - 1:
        labels.append(_EndLabel(-math.inf, f"{chart.points[-1].label}: no figure", "", "", style.quiet, leader=False))
    if chart.bands:
        band = chart.bands[-1]
        cites = cite(band.sources)
        if math.isfinite(band.mean):
            labels.append(_EndLabel(band.mean, f"{write(band.mean)} average", write(band.mean), cites, style.ink))
        for words, limit in (("upper", band.upper), ("lower", band.lower)):
            if limit is not None and math.isfinite(limit):
                at = limits.cut(limit)
                labels.append(_EndLabel(at, f"{write(at)} {words}", write(at), cites, style.quiet))
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
            start = plot.box.right if label.leads_from is None else plot.x(label.leads_from) + LATEST * 1.7
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
    """Marks with their words in lines: baselines and notes first, from the right, then the days of the latest meetings, below them in a fan."""
    room = max(0.5 * (plot.box.right - plot.box.left), 0.42 * width)
    days = sorted((mark for mark in chart.marks if mark.kind == _MEETING), key=lambda mark: mark.index)[-_MOST_DAYS:]
    others = sorted((mark for mark in chart.marks if mark.kind != _MEETING), key=lambda mark: -mark.index)
    flags = []
    for mark in (*others, *reversed(days)):
        meeting = mark.kind == _MEETING
        first = f"Meeting{'s:' if len(days) > 1 else ''} " if meeting and mark is days[0] else ""
        lines = wrap_words(f"{first}{mark.label}", room, style.font_size, False, style.text_width)
        wide = max(style.text_width(line, style.font_size, False) for line in lines)
        pole = plot.x(mark.index - 0.5 if mark.kind == "baseline" else mark.index)
        flags.append((mark, lines, Flag(pole, wide, len(lines), 0 if meeting else min(len(days), _MOST_ROWS), not meeting)))
    return [(*flags[spot.index], spot) for spot in place_flags([flag for _, _, flag in flags], 0, width, _MOST_ROWS)]


def _flag_shapes(
    marks: Sequence[Mark], flags: Sequence[_Flagged], plot: Plot, style: ChartStyle
) -> tuple[list[Shape], list[Shape]]:
    head, step = plot.box.top, style.font_size * _FLAG_LINE
    named = {id(mark) for mark, *_ in flags}
    thin = Paint("none", style.quiet, 0.5)
    unnamed = [plot.x(mark.index) for mark in marks if mark.kind == _MEETING and id(mark) not in named]
    poles: list[Shape] = [Line((x, head), (x, plot.box.bottom), thin) for x in unnamed]
    words: list[Shape] = []
    for mark, lines, flag, spot in flags:
        lowest_base = head - 7 - spot.row * step
        top = lowest_base - (len(lines) - 1) * step - style.font_size * 0.7 if spot.joined else head
        paint = thin if mark.kind == _MEETING else Paint("none", style.ink, 0.8, "1.2 2")
        poles.append(Line((flag.pole, top), (flag.pole, plot.box.bottom), paint))
        for number, line in enumerate(reversed(lines)):
            words.append(Text((spot.left, lowest_base - number * step), (line,), style.font_size, style.quiet))
    return poles, words
