"""Word-sized pictures: icons beside the words for variation and assurance, and sparklines.

An icon has a shape for the meaning and a letter drawn in strokes, so that no font is needed; a sparkline has no words, its alt says it all."""

from reportpack.model.chart import Icon, PointKind, Sparkline
from reportpack.render.axes import Limits, Scale, value_scale
from reportpack.render.chart_style import ChartStyle
from reportpack.render.plot import Plot
from reportpack.render.points import is_drawn, point_mark, value_line
from reportpack.render.scene import Box, Circle, Line, Paint, Path, Point, Polygon, Polyline, Rectangle, Scene, Shape

_SIDE = 24.0
_STROKES: dict[str, tuple[tuple[Point, ...], ...]] = {
    "H": (((9, 7.5), (9, 16.5)), ((15, 7.5), (15, 16.5)), ((9, 12), (15, 12))),
    "L": (((9.7, 7.5), (9.7, 16.5), (15, 16.5)),),
    "F": (((9.7, 16.5), (9.7, 7.5), (15, 7.5)), ((9.7, 12), (14, 12))),
}
_CURVES = {
    "P": "M9.5 16.5V7.5H12.6A2.6 2.6 0 0 1 12.6 12.7H9.5",
    "?": "M9.2 9.6A2.8 2.8 0 1 1 13.3 12Q12 12.8 12 14.2M12 16.7V16.9",
}
"""Letters whose strokes bend, in a square of 24."""


def icon_scene(icon: Icon, style: ChartStyle, size: float) -> Scene:
    """A square shown at `size`. A letter that is none of ours leaves the shape with a dash in it."""
    outline, letter = _colours(icon.kind, style)
    shapes = (_shape(icon.kind, outline, style), *_letter(icon.letter, letter, _LOWER.get(icon.kind, 0.0)))
    return Scene(_SIDE, _SIDE, shapes, "icon", size / _SIDE)


_LOWER = {PointKind.NEUTRAL_HIGH: 2.5, PointKind.NEUTRAL_LOW: -2.5}
"""A triangle's middle is not that of its square."""


def _colours(kind: PointKind, style: ChartStyle) -> tuple[str, str]:
    match kind:
        case PointKind.IMPROVEMENT:
            return style.improvement, style.ground
        case PointKind.CONCERN:
            return style.concern, style.ink
        case PointKind.NEUTRAL_HIGH | PointKind.NEUTRAL_LOW:
            return style.neutral, style.ground
        case PointKind.COMMON | PointKind.UNJUDGED:
            return style.common, style.ink


def _shape(kind: PointKind, colour: str, style: ChartStyle) -> Shape:
    match kind:
        case PointKind.IMPROVEMENT:
            return Rectangle(Box(2, 2, 22, 22), Paint(colour), 3)
        case PointKind.CONCERN:
            return Polygon(((12, 1), (23, 12), (12, 23), (1, 12)), Paint(colour, style.ink, 1.3, round=True))
        case PointKind.NEUTRAL_HIGH:
            return Polygon(((12, 1), (23, 22), (1, 22)), Paint(colour, colour, 1.5, round=True))
        case PointKind.NEUTRAL_LOW:
            return Polygon(((12, 23), (23, 2), (1, 2)), Paint(colour, colour, 1.5, round=True))
        case PointKind.COMMON | PointKind.UNJUDGED:
            return Circle((12, 12), 10, Paint(style.ground, colour, 1.8, "3 2" if kind is PointKind.UNJUDGED else ""))


def _letter(letter: str, colour: str, lower: float) -> list[Shape]:
    paint = Paint("none", colour, 1.9, round=True)
    if letter in _CURVES:
        return [Path(_CURVES[letter], paint)]
    strokes = _STROKES.get(letter, (((8.5, 12), (15.5, 12)),))
    return [Polyline(tuple((x, y + lower) for x, y in stroke), paint) for stroke in strokes]


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
