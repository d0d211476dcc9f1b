"""Ranked bars from zero with ours highlighted: rows with names for a few, a ski slope of thin columns for many."""

import math
from collections.abc import Sequence
from dataclasses import replace

from reportpack.model.chart import Bar, RankedBars
from reportpack.render.axes import Limits, Plot, Scale, value_scale
from reportpack.render.chart_style import ChartStyle, wrap_words
from reportpack.render.plot import Flag, grid, nothing_drawn, place_flags, target_paint, tick_room
from reportpack.render.scene import Box, Cite, Figure, Line, Paint, Rectangle, Scene, Shape, Text, spans_with

MOST_ROWS = 16
_ROW = 14.0


def ranked_bars_scene(chart: RankedBars, style: ChartStyle, width: float, cite: Cite) -> Scene:
    """In the order given, best first."""
    level = chart.level if chart.level is not None and math.isfinite(chart.level.value) else None
    chart = replace(chart, bars=tuple(bar for bar in chart.bars if math.isfinite(bar.value)), level=level)
    if not chart.bars:
        return nothing_drawn(width, style)
    values = [*(bar.value for bar in chart.bars), *([level.value] if level is not None else [])]
    return (_rows if len(chart.bars) <= MOST_ROWS else _slope)(chart, values, style, width, cite)


def _says(chart: RankedBars, bar: Bar) -> str:
    return f"{bar.rank} {bar.label}".strip() + f": {chart.format.write(bar.value)}"


def _paint(bar: Bar, style: ChartStyle) -> Paint:
    return Paint(style.improvement if bar.highlighted else style.muted_bar)


def _rows(chart: RankedBars, values: Sequence[float], style: ChartStyle, width: float, cite: Cite) -> Scene:
    bars = chart.bars
    labels = [f"{bar.rank} {bar.label}".strip() for bar in bars]
    room = min(max(width * 0.3, 110.0), width / 2)
    names = [wrap_words(label, room, style.font_size, True, style.text_width, 1)[0] for label in labels]
    printed = [chart.format.write(bar.value) for bar in bars]
    names_room = max((style.text_width(name, style.font_size, True) for name in names), default=0.0) + 6
    value_room = max((style.text_width(text, style.font_size, True) for text in printed), default=0.0) + 5
    width = max(width, (names_room + 2 * value_room) / 0.6)
    low, high = min([0.0, *values]), max([0.0, *values])
    scale = Scale(low, high if high > low else low + 1.0, names_room, width - value_room - 8, ())
    head = 16.0 if chart.level is not None else 3.0
    foot = head + len(bars) * _ROW
    zero = scale.place(0.0)
    shapes: list[Shape] = []
    for number, (bar, name, text) in enumerate(zip(bars, names, printed, strict=True)):
        top = head + number * _ROW
        base = top + _ROW / 2 + style.font_size * 0.33
        end = scale.place(bar.value)
        fill = style.ink if bar.highlighted else style.quiet
        shapes.append(
            Rectangle(Box(min(zero, end), top + 2, max(zero, end), top + _ROW - 2), _paint(bar, style), says=_says(chart, bar))
        )
        shapes.append(Text((names_room - 6, base), (name,), style.font_size, fill, bar.highlighted, "end"))
        figure = Figure(text, bar.value, cite(bar.sources))
        shapes.append(Text((width, base), (figure,), style.font_size, fill, bar.highlighted, "end"))
    shapes.append(Line((zero, head), (zero, foot), Paint("none", style.quiet, 0.7)))
    shapes.extend(_row_level(chart, scale, head, foot, width, style, cite))
    return Scene(width, foot + 3, tuple(shapes))


def _row_level(
    chart: RankedBars, scale: Scale, head: float, foot: float, width: float, style: ChartStyle, cite: Cite
) -> list[Shape]:
    level = chart.level
    if level is None:
        return []
    x = scale.place(level.value)
    (words,) = wrap_words(level.label, width - 2, style.font_size, True, style.text_width, 1)
    half = style.text_width(words, style.font_size, True) / 2
    centre = min(max(x, half), width - half)
    spans = spans_with(words, chart.format.write(level.value), level.value, cite(level.sources))
    return [
        Line((x, head - 3), (x, foot), target_paint(style)),
        Text((centre, head - 6), spans, style.font_size, style.target, True, "middle"),
    ]


def _slope(chart: RankedBars, values: Sequence[float], style: ChartStyle, width: float, cite: Cite) -> Scene:
    bars, level = chart.bars, chart.level
    left = tick_room(value_scale(values, 1, 0, Limits(), intervals=3, from_zero=True), chart.format, style)
    level_lines = wrap_words(level.label, 110, style.font_size, True, style.text_width) if level is not None else ()
    right_room = max((style.text_width(line, style.font_size, True) + 8 for line in level_lines), default=2.0)
    width = max(width, (left + right_room) / 0.55)
    plot_width = width - left - right_room
    pitch = plot_width / len(bars)
    ours: list[tuple[Bar, str]] = []
    flags: list[Flag] = []
    for number, bar in reversed(list(enumerate(bars))):
        if bar.highlighted:
            said = f"{bar.label} {chart.format.write(bar.value)}" + (f", {bar.rank}" if bar.rank else "")
            (words,) = wrap_words(said, plot_width, style.font_size, True, style.text_width, 1)
            ours.append((bar, words))
            wide = style.text_width(words, style.font_size, True)
            flags.append(Flag(left + (number + 0.5) * pitch, wide, needed=True))
    placed = place_flags(flags, 0, width)
    head = 4 + (max((spot.row + 1 for spot in placed), default=0)) * style.line_height + (6 if placed else 0)
    box = Box(left, head, left + plot_width, head + 0.66 * style.plot_height)
    plot = Plot(box, len(bars), value_scale(values, box.bottom, box.top, Limits(), intervals=3, from_zero=True))
    rules, labels = grid(plot, chart.format, style)
    shapes = [*rules, *labels, *_columns(chart, plot, style), *_slope_level(chart, level_lines, plot, style, cite)]
    for spot in placed:
        bar, words = ours[spot.index]
        pole, base = flags[spot.index].pole, plot.box.top - 7 - spot.row * style.line_height
        top = base - style.font_size * 0.7 if spot.joined else plot.box.top
        spans = spans_with(words, chart.format.write(bar.value), bar.value, cite(bar.sources))
        shapes.append(Line((pole, top), (pole, min(plot.y(bar.value), plot.y(0.0))), Paint("none", style.ink, 0.6)))
        shapes.append(Text((spot.left, base), spans, style.font_size, style.ink, True))
    ends, foot = _ends(chart, plot, width, style, cite)
    return Scene(width, foot + 3, (*shapes, *ends))


def _columns(chart: RankedBars, plot: Plot, style: ChartStyle) -> list[Shape]:
    zero, half = plot.y(0.0), max(0.3, plot.pitch * 0.38)
    shapes: list[Shape] = []
    for number, bar in enumerate(chart.bars):
        end = plot.y(bar.value)
        column = Box(plot.x(number) - half, min(zero, end), plot.x(number) + half, max(zero, end))
        shapes.append(Rectangle(column, _paint(bar, style), says=_says(chart, bar)))
    shapes.append(Line((plot.box.left, zero), (plot.box.right, zero), Paint("none", style.quiet, 0.7)))
    return shapes


def _slope_level(chart: RankedBars, lines: Sequence[str], plot: Plot, style: ChartStyle, cite: Cite) -> list[Shape]:
    if chart.level is None or not lines:
        return []
    height = plot.y(chart.level.value)
    size = len(lines) * style.line_height
    middle = min(max(height, plot.box.top + size / 2), plot.box.bottom - size / 2)
    shapes: list[Shape] = [Line((plot.box.left, height), (plot.box.right + 3, height), target_paint(style))]
    printed = chart.format.write(chart.level.value)
    for number, line in enumerate(lines):
        base = middle - size / 2 + style.line_height / 2 + style.font_size * 0.33 + number * style.line_height
        spans = spans_with(line, printed, chart.level.value, cite(chart.level.sources))
        shapes.append(Text((plot.box.right + 6, base), spans, style.font_size, style.target, True))
    return shapes


def _ends(chart: RankedBars, plot: Plot, width: float, style: ChartStyle, cite: Cite) -> tuple[list[Shape], float]:
    room = (width - plot.box.left) / 2 - 10
    shapes: list[Shape] = []
    rows = 0
    for bar, at, anchor in ((chart.bars[0], plot.box.left, "start"), (chart.bars[-1], plot.box.right, "end")):
        words = " ".join(part for part in (bar.rank, bar.label, chart.format.write(bar.value)) if part)
        half = (plot.box.right - plot.box.left) / 2 - 5
        lines = wrap_words(words, min(room, half), style.font_size, False, style.text_width)
        rows = max(rows, len(lines))
        for number, line in enumerate(lines):
            spans = spans_with(line, chart.format.write(bar.value), bar.value, cite(bar.sources))
            base = plot.box.bottom + 12 + number * style.line_height
            shapes.append(Text((at, base), spans, style.font_size, style.quiet, False, anchor))
    return shapes, plot.box.bottom + 12 + (rows - 1) * style.line_height
