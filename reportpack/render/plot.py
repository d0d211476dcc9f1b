"""The plot itself: where an index and a value stand on it, its grid, its axes and the key below it."""

from collections.abc import Sequence

from reportpack.model.chart import ChartPoint, NumberFormat, PointKind
from reportpack.records import dataclass
from reportpack.render.axes import Plot, Scale, TimeTick, tick_format
from reportpack.render.chart_style import ChartStyle, wrap_words
from reportpack.render.points import KIND_WORDS, is_drawn, point_mark
from reportpack.render.scene import Line, Paint, Polyline, Shape, Text

MEETING = "meeting"
TRIANGLE_HEIGHT = 4.0


def grid(plot: Plot, written: NumberFormat, style: ChartStyle, labelled: bool = True) -> tuple[list[Shape], list[Shape]]:
    """A few quiet lines, to lie under everything but the tints, and their values."""
    form = tick_format(plot.scale, written)
    lines: list[Shape] = []
    labels: list[Shape] = []
    for tick in plot.scale.ticks:
        height = plot.y(tick)
        crossing = tick == 0 and plot.scale.low < 0
        paint = Paint("none", style.quiet if crossing else style.grid, 0.6)
        lines.append(Line((plot.box.left, height), (plot.box.right, height), paint))
        if labelled:
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


def meeting_triangle(x: float, foot: float, style: ChartStyle) -> Polyline:
    """A small flag that points down at the month."""
    return Polyline(
        ((x, foot), (x - 2.6, foot - TRIANGLE_HEIGHT), (x + 2.6, foot - TRIANGLE_HEIGHT)), Paint(style.ink), closed=True
    )


@dataclass(frozen=True, slots=True)
class KeyItem:
    """A sample and its words; `sample` is a point kind, `provisional`, `meeting`, a dash pattern's name, or empty for words alone."""

    sample: str
    words: str


def point_key(points: Sequence[ChartPoint], meetings: bool) -> list[KeyItem]:
    """What the shapes in this chart mean; nothing when all are common."""
    drawn = [point for point in points if is_drawn(point)]
    kinds = [kind for kind in PointKind if any(point.kind is kind for point in drawn)]
    items = [] if kinds in ([], [PointKind.COMMON]) else [KeyItem(kind, KIND_WORDS[kind]) for kind in kinds]
    if any(point.provisional for point in drawn):
        items.append(KeyItem("provisional", "provisional"))
    if meetings:
        items.append(KeyItem(MEETING, "meeting"))
    return items


def key(items: Sequence[KeyItem], left: float, right: float, head: float, style: ChartStyle) -> tuple[list[Shape], float]:
    """The items in as many rows as they need from `head` down, and the height they take."""
    shapes: list[Shape] = []
    x, row = left, 0
    for item in items:
        sample = 0.0 if not item.sample else 18.0 if item.sample in _STROKES else 10.0
        (words, *_) = wrap_words(item.words, right - left - sample, style.small_size, False, style.text_width, 1)
        wide = sample + style.text_width(words, style.small_size, False)
        if x > left and x + wide > right:
            x, row = left, row + 1
        base = head + 9 + row * style.line_height
        shapes.extend(_sample(item.sample, (x, base - style.small_size * 0.33), style))
        shapes.append(Text((x + sample, base), (words,), style.small_size, style.quiet))
        x += wide + 14
    return shapes, (12 + row * style.line_height if items else 0.0)


_STROKES = ("average", "target", "range")


def _sample(name: str, at: tuple[float, float], style: ChartStyle) -> list[Shape]:
    x, y = at
    if not name:
        return []
    if name == MEETING:
        return [meeting_triangle(x + 3, y + 2, style)]
    if name in _STROKES:
        range_paint, average = Paint("none", style.quiet, 0.8, "3 2.2"), Paint("none", style.ink, 0.9)
        paint = {"average": average, "target": target_paint(style), "range": range_paint}[name]
        return [Line(at, (x + 14, y), paint)]
    kind = PointKind.COMMON if name == "provisional" else PointKind(name)
    return [point_mark((x + 3, y), kind, 2.5, style, hollow=name == "provisional")]


def target_paint(style: ChartStyle, light: bool = False) -> Paint:
    """Long dashes, which no other line has."""
    return Paint("none", style.target, 0.9 if light else 1.2, "5 2" if light else "8 3")
