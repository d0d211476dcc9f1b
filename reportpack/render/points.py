"""The line through a series and its points: what a point means is told by its shape, then by its colour."""

import math
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby

from reportpack.model.chart import Band, ChartPoint, PointKind
from reportpack.render.chart_style import ChartStyle
from reportpack.render.scene import Box, Circle, Line, Paint, Point, Polygon, Polyline, Rectangle, Shape

KIND_WORDS = {
    PointKind.COMMON: "within the expected range",
    PointKind.IMPROVEMENT: "signal: improving",
    PointKind.CONCERN: "signal: concern",
    PointKind.NEUTRAL_HIGH: "signal: high",
    PointKind.NEUTRAL_LOW: "signal: low",
    PointKind.UNJUDGED: "not judged",
}


def is_drawn(point: ChartPoint) -> bool:
    """Whether there is a value that can be placed."""
    return point.value is not None and math.isfinite(point.value)


def point_mark(at: Point, kind: PointKind, radius: float, style: ChartStyle, hollow: bool = False) -> Shape:
    """Circle, square, diamond or triangle; hollow while the value is provisional or nothing can be said of it."""
    x, y = at
    hollow = hollow or kind is PointKind.UNJUDGED
    match kind:
        case PointKind.COMMON | PointKind.UNJUDGED:
            return Circle(at, radius, _mark_paint(style.common, style.common, radius, style, hollow))
        case PointKind.IMPROVEMENT:
            side = radius * 1.05
            return Rectangle(
                Box(x - side, y - side, x + side, y + side),
                _mark_paint(style.improvement, style.improvement, radius, style, hollow),
            )
        case PointKind.CONCERN:
            far = radius * 1.5
            diamond = ((x, y - far), (x + far, y), (x, y + far), (x - far, y))
            return Polygon(diamond, _mark_paint(style.concern, style.ink, radius, style, hollow))
        case PointKind.NEUTRAL_HIGH | PointKind.NEUTRAL_LOW:
            up = -1 if kind is PointKind.NEUTRAL_HIGH else 1
            far = radius * 1.4
            corners = ((x, y + up * far), (x + far, y - up * far * 0.8), (x - far, y - up * far * 0.8))
            return Polygon(corners, _mark_paint(style.neutral, style.neutral, radius, style, hollow))


def _mark_paint(fill: str, outline: str, radius: float, style: ChartStyle, hollow: bool) -> Paint:
    return Paint(style.ground if hollow else fill, outline, max(0.5, radius * (0.42 if hollow else 0.28)))


def radius_for(pitch: float) -> float:
    """Points grow smaller as they crowd, within what can be told apart."""
    return min(2.7, max(1.3, pitch * 0.34))


def value_line(
    points: Sequence[ChartPoint], x_of: Callable[[float], float], y_of: Callable[[float], float], paint: Paint
) -> list[Shape]:
    """A line for each run of months without a gap; a month that stands alone is left to its mark."""
    shapes: list[Shape] = []
    for drawn, run in groupby(enumerate(points), key=lambda pair: is_drawn(pair[1])):
        places = [(x_of(index), y_of(point.value or 0.0)) for index, point in run]
        if drawn and len(places) > 1:
            shapes.append(Polyline(tuple(places), paint))
    return shapes


def value_marks(
    points: Sequence[ChartPoint],
    x_of: Callable[[float], float],
    y_of: Callable[[float], float],
    radius: float,
    style: ChartStyle,
    signals: float = 1.9,
) -> list[Shape]:
    """A mark for each value; the common ones first, so that signals lie on top, none of them smaller than `signals`."""
    drawn = [(index, point, point.value) for index, point in enumerate(points) if point.value is not None and is_drawn(point)]
    drawn.sort(key=lambda entry: entry[1].kind not in (PointKind.COMMON, PointKind.UNJUDGED))
    return [
        point_mark((x_of(index), y_of(value)), point.kind, _sized(point.kind, radius, signals), style, point.provisional)
        for index, point, value in drawn
    ]


def _sized(kind: PointKind, radius: float, signals: float) -> float:
    return radius if kind in (PointKind.COMMON, PointKind.UNJUDGED) else max(radius, signals)


def band_shapes(
    bands: Iterable[Band],
    x_edge: Callable[[float], float],
    y_of: Callable[[float], float],
    cut: Callable[[float], float],
    style: ChartStyle,
    light: bool = False,
) -> tuple[list[Shape], list[Shape]]:
    """The tinted ranges, to lie under the grid, and the average and limit lines, to lie over it; each band ends where the next begins."""
    fields: list[Shape] = []
    lines: list[Shape] = []
    for band in bands:
        left, right = x_edge(band.first - 0.5), x_edge(band.last + 0.5)
        if band.lower is not None and band.upper is not None and math.isfinite(band.lower + band.upper):
            lower, upper = y_of(cut(band.lower)), y_of(cut(band.upper))
            fields.append(Rectangle(Box(left, upper, right, lower), Paint(style.band)))
            dashed = Paint("none", style.quiet, 0.5 if light else 0.8, "2 1.6" if light else "3 2.2")
            lines.extend(Line((left, height), (right, height), dashed) for height in (upper, lower))
        if math.isfinite(band.mean):
            mean = y_of(band.mean)
            lines.append(Line((left, mean), (right, mean), Paint("none", style.ink, 0.7 if light else 1.0)))
    return fields, lines
