"""A word-sized chart: the line, its expected range, and the latest point by its shape. No words in it; its alt says it all."""

from reportpack.model.chart import Sparkline
from reportpack.render.axes import Limits, Scale, value_scale
from reportpack.render.chart_style import ChartStyle
from reportpack.render.plot import Plot
from reportpack.render.points import is_drawn, point_mark, value_line
from reportpack.render.scene import Box, Line, Paint, Rectangle, Scene, Shape

_ASPECT = 6.0


def sparkline_scene(chart: Sparkline, style: ChartStyle, width: float) -> Scene:
    """`width` by a sixth of it."""
    height = width / _ASPECT
    unit = height / 12
    values = [point.value for point in chart.points if point.value is not None and is_drawn(point)]
    limits = [limit for band in chart.bands for limit in (band.lower, band.upper, band.mean) if limit is not None]
    box = Box(1.5 * unit, 2 * unit, width - 3 * unit, height - 2 * unit)
    found = value_scale([*values, *limits], box.bottom, box.top, Limits())
    tight = [*values, *limits] or [0.0]
    low, high = min(tight), max(tight)
    scale = Scale(low, high, box.bottom, box.top, ()) if high - low > 1e-9 * max(abs(low), abs(high), 1e-12) else found
    plot = Plot(box, len(chart.points), scale)
    shapes: list[Shape] = []
    for band in chart.bands:
        left, right = plot.x(band.first - 0.5), plot.x(band.last + 0.5)
        if band.lower is not None and band.upper is not None:
            shapes.append(Rectangle(Box(left, plot.y(band.upper), right, plot.y(band.lower)), Paint("#DDE4EA")))
        shapes.append(Line((left, plot.y(band.mean)), (right, plot.y(band.mean)), Paint("none", style.quiet, 0.4 * unit)))
    shapes.extend(value_line(chart.points, plot.x, plot.y, Paint("none", style.ink, 0.9 * unit, round=True)))
    drawn = [
        (index, point, point.value) for index, point in enumerate(chart.points) if point.value is not None and is_drawn(point)
    ]
    if drawn:
        index, point, value = drawn[-1]
        shapes.append(point_mark((plot.x(index), plot.y(value)), point.kind, 1.8 * unit, style, point.provisional))
    return Scene(width, height, tuple(shapes), "sparkline")
