"""Word-sized pictures: icons beside the words for variation and assurance, and sparklines.

An icon has a shape for the meaning and a letter drawn in strokes, so that no font is needed; a sparkline has no words, its alt says it all."""

from reportpack.model.chart import Icon, PointKind, Sparkline
from reportpack.render.axes import Limits, Plot, Scale, value_scale
from reportpack.render.chart_style import ChartStyle
from reportpack.render.points import drawn_points, kind_colours, point_mark, value_line
from reportpack.render.scene import Box, Circle, Line, Paint, Path, Point, Polyline, Rectangle, Scene, Shape

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


_LOWER = {PointKind.NEUTRAL_HIGH: 2.5, PointKind.NEUTRAL_LOW: -2.5}
"""A triangle's middle is not that of its square."""


def icon_scene(icon: Icon, style: ChartStyle, size: float) -> Scene:
    """A square shown at `size`. A letter that is none of ours leaves the shape with a dash in it."""
    colour = kind_colours(icon.kind, style)[0]
    dark = icon.kind in (PointKind.CONCERN, PointKind.COMMON, PointKind.UNJUDGED)
    paint = Paint("none", style.ink if dark else style.ground, 1.9, round=True)
    letter: list[Shape] = [Path(_CURVES[icon.letter], paint)] if icon.letter in _CURVES else []
    if not letter:
        lower = _LOWER.get(icon.kind, 0.0)
        strokes = _STROKES.get(icon.letter, (((8.5, 12), (15.5, 12)),))
        letter = [Polyline(tuple((x, y + lower) for x, y in stroke), paint) for stroke in strokes]
    return Scene(_SIDE, _SIDE, (_shape(icon.kind, colour, style), *letter), "icon", size / _SIDE)


def _shape(kind: PointKind, colour: str, style: ChartStyle) -> Shape:
    match kind:
        case PointKind.IMPROVEMENT:
            return Rectangle(Box(2, 2, 22, 22), Paint(colour), 3)
        case PointKind.CONCERN:
            return Polyline(((12, 1), (23, 12), (12, 23), (1, 12)), Paint(colour, style.ink, 1.3, round=True), closed=True)
        case PointKind.NEUTRAL_HIGH:
            return Polyline(((12, 1), (23, 22), (1, 22)), Paint(colour, colour, 1.5, round=True), closed=True)
        case PointKind.NEUTRAL_LOW:
            return Polyline(((12, 23), (23, 2), (1, 2)), Paint(colour, colour, 1.5, round=True), closed=True)
        case PointKind.COMMON | PointKind.UNJUDGED:
            return Circle((12, 12), 10, Paint(style.ground, colour, 1.8, "3 2" if kind is PointKind.UNJUDGED else ""))


_ASPECT = 6.0


def sparkline_scene(chart: Sparkline, style: ChartStyle, width: float) -> Scene:
    """`width` by a sixth of it."""
    height = width / _ASPECT
    unit = height / 12
    drawn = drawn_points(chart.points)
    limits = [limit for band in chart.bands for limit in (band.lower, band.upper, band.mean) if limit is not None]
    box = Box(1.5 * unit, 2 * unit, width - 3 * unit, height - 2 * unit)
    held = [*(value for _, _, value in drawn), *limits]
    low, high = chart.scale or (min(held, default=0.0), max(held, default=0.0))
    if high - low > 1e-9 * max(abs(low), abs(high), 1e-12):
        scale = Scale(low, high, box.bottom, box.top, ())
    else:
        scale = value_scale(held, box.bottom, box.top, Limits())
    plot = Plot(box, len(chart.points), scale)
    shapes: list[Shape] = []
    for band in chart.bands if drawn else ():
        left, right = plot.x(band.first - 0.5), plot.x(band.last + 0.5)
        if band.lower is not None and band.upper is not None:
            shapes.append(Rectangle(Box(left, plot.y(band.upper), right, plot.y(band.lower)), Paint("#DDE4EA")))
        shapes.append(Line((left, plot.y(band.mean)), (right, plot.y(band.mean)), Paint("none", style.quiet, 0.4 * unit)))
    shapes.extend(value_line(chart.points, plot, Paint("none", style.ink, 0.9 * unit, round=True)))
    if drawn:
        index, point, value = drawn[-1]
        shapes.append(point_mark((plot.x(index), plot.y(value)), point.kind, 1.8 * unit, style, point.provisional))
    return Scene(width, height, tuple(shapes), "sparkline")
