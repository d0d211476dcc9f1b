"""The line through a series and its points, and word-sized pictures: icons beside the words of a verdict, sparklines.

What a point means is told by its shape, then by its colour. An icon has a shape for the meaning and a letter drawn in strokes, so that no font is needed; a sparkline has no words, its alt says it all."""

import math
from collections.abc import Iterable, Sequence
from itertools import groupby

from reportpack.model.chart import Band, ChartPoint, Icon, NumberFormat, PointKind, Sparkline
from reportpack.render.axes import Limits, Plot, Scale, value_scale
from reportpack.render.chart_style import ChartStyle
from reportpack.render.scene import Box, Circle, Line, Paint, Path, Point, Polyline, Rectangle, Scene, Shape

_COMMON = (PointKind.COMMON, PointKind.UNJUDGED)
_MOST_SIGNALS = 18
_SIGNAL, LATEST = 1.9, 2.6
"""Radii of marks."""


def is_drawn(point: ChartPoint) -> bool:
    """Whether there is a value that can be placed."""
    return point.value is not None and math.isfinite(point.value)


def drawn_points(points: Sequence[ChartPoint]) -> list[tuple[int, ChartPoint, float]]:
    """Those with a value that can be placed, with their index and value."""
    return [(index, point, point.value) for index, point in enumerate(points) if point.value is not None and is_drawn(point)]


def scale_values(points: Iterable[ChartPoint], bands: Iterable[Band], limits: Limits) -> list[float]:
    """Everything that a scale must hold for these points and their ranges."""
    values = [point.value for point in points if point.value is not None]
    for band in bands:
        values.append(band.mean)
        values.extend(limits.cut(limit) for limit in (band.lower, band.upper) if limit is not None and math.isfinite(limit))
    return [value for value in values if math.isfinite(value)]


def kind_colours(kind: PointKind, style: ChartStyle) -> tuple[str, str]:
    """What fills and what outlines a mark."""
    if kind is PointKind.CONCERN:
        return style.concern, style.ink
    colour = style.common if kind in _COMMON else style.improvement if kind is PointKind.IMPROVEMENT else style.neutral
    return colour, colour


def point_mark(at: Point, kind: PointKind, radius: float, style: ChartStyle, hollow: bool = False) -> Shape:
    """Circle, square, diamond or triangle; hollow while the value is provisional or nothing can be said of it."""
    x, y = at
    hollow = hollow or kind is PointKind.UNJUDGED
    fill, outline = kind_colours(kind, style)
    paint = Paint(style.ground if hollow else fill, outline, max(0.5, radius * (0.42 if hollow else 0.28)))
    match kind:
        case PointKind.COMMON | PointKind.UNJUDGED:
            return Circle(at, radius, paint)
        case PointKind.IMPROVEMENT:
            side = radius * 1.05
            return Rectangle(Box(x - side, y - side, x + side, y + side), paint)
        case PointKind.CONCERN:
            far = radius * 1.5
            return Polyline(((x, y - far), (x + far, y), (x, y + far), (x - far, y)), paint, closed=True)
        case PointKind.NEUTRAL_HIGH | PointKind.NEUTRAL_LOW:
            far = radius * 1.4
            up = -far if kind is PointKind.NEUTRAL_HIGH else far
            return Polyline(((x, y + up), (x + far, y - up * 0.8), (x - far, y - up * 0.8)), paint, closed=True)


def value_line(points: Sequence[ChartPoint], plot: Plot, paint: Paint, form: NumberFormat | None = None) -> list[Shape]:
    """A line for each run of months without a gap, which says its values in a `form`; a month that stands alone is left to its mark."""
    shapes: list[Shape] = []
    for drawn, run in groupby(enumerate(points), key=lambda pair: is_drawn(pair[1])):
        said = [(index, point.label, point.value or 0.0) for index, point in run]
        if drawn and (len(said) > 1 or form):
            words = tuple(f"{label}: {form.write(value)}" for _, label, value in said) if form else ()
            shapes.append(Polyline(tuple((plot.x(index), plot.y(value)) for index, _, value in said), paint, says=words))
    return shapes


def value_marks(points: Sequence[ChartPoint], plot: Plot, style: ChartStyle) -> list[Shape]:
    """Marks on signals, on what is provisional or stands alone, and on the latest, which is larger; signals lie on top.

    Where more signals than can be told apart crowd the plot, those of the latest run are marked."""
    drawn = drawn_points(points)
    places = {index for index, _, _ in drawn}
    signals = {index for index, point, _ in drawn if point.kind not in _COMMON}
    if len(signals) > _MOST_SIGNALS:
        latest = max(signals)
        signals = {index for index in signals if signals.issuperset(range(index, latest))}
    alone = {index for index in places if index - 1 not in places and index + 1 not in places}
    marked = [one for one in drawn if one[0] in signals | alone or one[1].provisional or one[0] == max(places)]
    marked.sort(key=lambda one: one[1].kind not in _COMMON)
    return [
        point_mark(
            (plot.x(index), plot.y(value)), point.kind, LATEST if index == max(places) else _SIGNAL, style, point.provisional
        )
        for index, point, value in marked
    ]


def band_shapes(bands: Iterable[Band], plot: Plot, limits: Limits, style: ChartStyle) -> tuple[list[Shape], list[Shape]]:
    """The tinted ranges, to lie under the grid, and the average and limit lines, to lie over it; each band ends where the next begins."""
    fields: list[Shape] = []
    lines: list[Shape] = []
    for band in bands:
        left, right = plot.x(band.first - 0.5), plot.x(band.last + 0.5)
        if band.lower is not None and band.upper is not None and math.isfinite(band.lower + band.upper):
            lower, upper = plot.y(limits.cut(band.lower)), plot.y(limits.cut(band.upper))
            fields.append(Rectangle(Box(left, upper, right, lower), Paint(style.band)))
            dashed = Paint("none", style.quiet, 0.7, "2.8 2.3")
            lines.extend(Line((left, height), (right, height), dashed) for height in (upper, lower))
        if math.isfinite(band.mean):
            mean = plot.y(band.mean)
            lines.append(Line((left, mean), (right, mean), Paint("none", style.ink, 0.85)))
    return fields, lines


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


_LOWER = {PointKind.NEUTRAL_HIGH: 2.5, PointKind.NEUTRAL_LOW: -2.5}  # A triangle's middle is not that of its square.


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
        case PointKind.NEUTRAL_HIGH | PointKind.NEUTRAL_LOW:
            tip, foot = (1, 22) if kind is PointKind.NEUTRAL_HIGH else (23, 2)
            return Polyline(((12, tip), (23, foot), (1, foot)), Paint(colour, colour, 1.5, round=True), closed=True)
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
