"""Small multiples: a panel an area, all on one scale, the highlighted one in a frame; each says its latest value and its base."""

import math
from dataclasses import replace

from reportpack.model.chart import ChartPoint, Panel, PointKind, SmallMultiples
from reportpack.render.axes import Limits, Plot, Scale, value_scale
from reportpack.render.chart_style import ChartStyle, wrap_words
from reportpack.render.plot import KeyItem, grid, key, point_key, target_paint, tick_room
from reportpack.render.points import band_shapes, is_drawn, radius_for, scale_values, value_line, value_marks
from reportpack.render.scene import Box, Cite, Figure, Line, Paint, Rectangle, Scene, Shape, Text

_GUTTER = 16.0
_PLOT_HEIGHT = 66.0
_LEAST_PANEL = 74.0
_MOST_COLUMNS = 5
_UNMARKED = ChartPoint("", None)


def small_multiples_scene(chart: SmallMultiples, style: ChartStyle, width: float, cite: Cite) -> Scene:
    """As many panels in a row as can be read, rows of even length."""
    limits = Limits(chart.floor, chart.ceiling)
    scale = value_scale(_values(chart, limits), 1, 0, limits, intervals=3)
    left = tick_room(scale, chart.format, style)
    widest = max((style.text_width(_value_words(panel, chart), style.font_size, True) for panel in chart.panels), default=0.0) + 1
    count, least = len(chart.panels), max(_LEAST_PANEL, widest)
    most = max(1, min(_MOST_COLUMNS, int((width - left + _GUTTER) // (least + _GUTTER))))
    columns = max(1, math.ceil(count / max(1, math.ceil(count / most))))
    panel_width = max((width - left - 1 - _GUTTER * (columns - 1)) / columns, widest, _LEAST_PANEL / 2)
    width = left + 1 + columns * panel_width + (columns - 1) * _GUTTER
    shapes: list[Shape] = []
    top = 0.0
    for first in range(0, len(chart.panels), columns):
        row = chart.panels[first : first + columns]
        titles = (len(_title_lines(panel, panel_width, style)) for panel in row)
        notes = (max(1, len(_note_lines(panel, chart, panel_width, style))) for panel in row)
        head = max(map(sum, zip(titles, notes, strict=True))) * style.line_height + 6
        for column, panel in enumerate(row):
            x = left + column * (panel_width + _GUTTER)
            box = Box(x, top + head, x + panel_width, top + head + _PLOT_HEIGHT)
            shapes.extend(_panel(panel, chart, box, top, column == 0, style, cite))
        top += head + _PLOT_HEIGHT + 15 + 9
    foot = max(0.0, top - 9)
    shapes_of_key, key_height = key(_key_items(chart, scale), left, width, foot, style)
    return Scene(width, max(foot + key_height + 2, 12.0), (*shapes, *shapes_of_key))


def _values(chart: SmallMultiples, limits: Limits) -> list[float]:
    level = [] if chart.level is None or not math.isfinite(chart.level.value) else [chart.level.value]
    return [*level, *(value for panel in chart.panels for value in scale_values(panel.points, panel.bands, limits))]


def _key_items(chart: SmallMultiples, scale: Scale) -> list[KeyItem]:
    points = [point for panel in chart.panels for point in panel.points]
    items = [item for item in point_key(points, meetings=False) if item.sample != PointKind.COMMON]
    bands = [band for panel in chart.panels for band in panel.bands]
    if bands:
        items.append(KeyItem("average", "average"))
    if any(band.lower is not None for band in bands):
        items.append(KeyItem("range", "expected range"))
    if chart.level is not None:
        items.append(KeyItem("target", chart.level.label))
    if chart.panels and (scale.low > 0 or scale.high < 0):
        items.append(KeyItem("", "The scale, the same in all panels, does not start at 0."))
    return items


def _latest(panel: Panel) -> int | None:
    return next((index for index in range(len(panel.points) - 1, -1, -1) if is_drawn(panel.points[index])), None)


def _title_lines(panel: Panel, width: float, style: ChartStyle) -> tuple[str, ...]:
    return wrap_words(panel.title, width, style.font_size, True, style.text_width, 2)


def _value_words(panel: Panel, chart: SmallMultiples) -> str:
    latest = _latest(panel)
    return "" if latest is None else chart.format.write(panel.points[latest].value or 0.0)


def _note_lines(panel: Panel, chart: SmallMultiples, width: float, style: ChartStyle) -> tuple[str, ...]:
    """The note beside the latest value when it fits there, else in lines of its own; none when it is said in the panel."""
    if not panel.note or _latest(panel) is None:
        return ()
    room = width - style.text_width(_value_words(panel, chart), style.font_size, True) - 5
    if style.text_width(panel.note, style.small_size, False) <= room:
        return (panel.note,)
    return ("", *wrap_words(panel.note, width, style.small_size, False, style.text_width, 2))


def _panel(panel: Panel, chart: SmallMultiples, box: Box, top: float, first: bool, style: ChartStyle, cite: Cite) -> list[Shape]:
    limits = Limits(chart.floor, chart.ceiling)
    scale = replace(value_scale(_values(chart, limits), 1, 0, limits, intervals=3), foot=box.bottom, head=box.top)
    plot = Plot(box, len(panel.points), scale)
    fields, lines = band_shapes(panel.bands, plot, limits, style, light=True)
    rules, labels = grid(plot, chart.format, style, labelled=first and any(_latest(one) is not None for one in chart.panels))
    rules = rules if _latest(panel) is not None else []
    bar = [Rectangle(Box(box.left, top, box.right, top + 1.6), Paint(style.ink))] if panel.highlighted else []
    shapes: list[Shape] = [*bar, *fields, *rules, *labels, *lines]
    if chart.level is not None and math.isfinite(chart.level.value) and _latest(panel) is not None:
        height = plot.y(chart.level.value)
        shapes.append(Line((box.left, height), (box.right, height), target_paint(style, light=True)))
    colour = style.ink if panel.highlighted else style.line
    shapes.extend(value_line(panel.points, plot, Paint("none", colour, 1.2, round=True)))
    shapes.extend(value_marks(_spoken(panel), plot, min(radius_for(plot.pitch), 1.6), style, signals=1.5))
    return [*shapes, *_heading(panel, chart, box, style, cite), *_foot(panel, plot, style)]


def _spoken(panel: Panel) -> list[ChartPoint]:
    """The points that get a mark: signals, provisional ones, the latest, and those that no line reaches."""
    points = panel.points
    latest = _latest(panel)

    def marked(index: int) -> bool:
        point = points[index]
        alone = all(not is_drawn(point) for point in (*points[max(0, index - 1) : index], *points[index + 1 : index + 2]))
        return alone or index == latest or point.provisional or point.kind not in (PointKind.COMMON, PointKind.UNJUDGED)

    return [point if marked(index) else _UNMARKED for index, point in enumerate(points)]


def _heading(panel: Panel, chart: SmallMultiples, box: Box, style: ChartStyle, cite: Cite) -> list[Shape]:
    width = box.right - box.left
    notes = _note_lines(panel, chart, width, style)
    value_base = box.top - 5 - max(0, len(notes) - 1) * style.line_height
    shapes: list[Shape] = []
    for number, line in enumerate(reversed(_title_lines(panel, width, style))):
        base = value_base - (number + 1) * style.line_height
        shapes.append(Text((box.left, base), (line,), style.font_size, style.ink, True))
    latest = _latest(panel)
    if latest is None:
        return [*shapes, *_instead(panel, box, style)]
    point = panel.points[latest]
    figure = Figure(_value_words(panel, chart), point.value or 0.0, cite(point.sources))
    shapes.append(Text((box.right, value_base), (figure,), style.font_size, style.ink, True, "end"))
    for number, line in enumerate(notes):
        if line:
            shapes.append(Text((box.left, value_base + number * style.line_height), (line,), style.small_size, style.quiet))
    return shapes


def _instead(panel: Panel, box: Box, style: ChartStyle) -> list[Shape]:
    lines = wrap_words(panel.note or "No figures to draw", box.right - box.left - 8, style.small_size, False, style.text_width, 4)
    centre, middle = (box.left + box.right) / 2, (box.top + box.bottom) / 2 - (len(lines) - 1) * style.small_size * 0.6
    return [
        Text((centre, middle + number * style.small_size * 1.2), (line,), style.small_size, style.quiet, anchor="middle")
        for number, line in enumerate(lines)
    ]


def _foot(panel: Panel, plot: Plot, style: ChartStyle) -> list[Shape]:
    box = plot.box
    shapes: list[Shape] = [Line((box.left, box.bottom), (box.right, box.bottom), Paint("none", style.quiet, 0.6))]
    if not panel.points:
        return shapes
    first, last = panel.points[0].label, panel.points[-1].label
    both = style.text_width(first, style.small_size, False) + 6 + style.text_width(last, style.small_size, False)
    if len(panel.points) > 1 and both <= box.right - box.left:
        shapes.append(Text((box.left, box.bottom + 11), (first,), style.small_size, style.quiet))
    (line, *_) = wrap_words(last, box.right - box.left, style.small_size, False, style.text_width, 1)
    shapes.append(Text((box.right, box.bottom + 11), (line,), style.small_size, style.quiet, anchor="end"))
    return shapes
