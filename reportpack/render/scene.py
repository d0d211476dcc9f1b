"""A chart as shapes with a size, before anything draws it."""

from collections.abc import Callable, Iterator

from reportpack.model.problem import Source
from reportpack.records import Record

Point = tuple[float, float]
Cite = Callable[[tuple[Source, ...]], str]
"""What `data-source` says of these sources; empty for none."""


class Paint(Record):
    """How a shape is filled and outlined."""

    fill: str = "none"
    stroke: str = "none"
    stroke_width: float = 1.0
    dash: str = ""
    round: bool = False
    """Ends and corners of the stroke are round."""


class Box(Record):
    """A rectangle, top left and bottom right."""

    left: float
    top: float
    right: float
    bottom: float


class Line(Record):
    """A straight line."""

    start: Point
    end: Point
    paint: Paint


class Polyline(Record):
    """A line through points; a `closed` one is a shape. `says` is what the points stand for, `May 2019: 81.3%` of each."""

    points: tuple[Point, ...]
    paint: Paint
    closed: bool = False
    says: tuple[str, ...] = ()


class Rectangle(Record):
    """A box with a paint; `radius` rounds its corners. `says` is what it stands for, `North: 81.3%`; nothing for a mere box."""

    box: Box
    paint: Paint
    radius: float = 0.0
    says: str = ""


class Circle(Record):
    """A circle."""

    centre: Point
    radius: float
    paint: Paint


class Path(Record):
    """Any outline, in the words of SVG's `d`."""

    commands: str
    paint: Paint


class Figure(Record):
    """A printed number within a text: as it prints, its value, and what it cites."""

    text: str
    value: float
    cites: str = ""


Span = str | Figure


def spans_with(words: str, printed: str, value: float, cites: str) -> tuple[Span, ...]:
    """The words with the printed number in them marked as one, where it is in them whole."""
    place = _last_place(words, printed) if printed else -1
    if place < 0:
        return (words,)
    before, after = words[:place], words[place + len(printed) :]
    return tuple(span for span in (before, Figure(printed, value, cites), after) if span)


def _last_place(words: str, printed: str) -> int:
    place = words.rfind(printed)
    while place >= 0:
        before, after = words[:place][-1:], words[place + len(printed) :][:1]
        if not (before.isdecimal() or before in (".", ",") or after.isdecimal()):
            return place
        place = words.rfind(printed, 0, place + len(printed) - 1)
    return -1


class Text(Record):
    """One line of words. `at` is the base line's start, middle or end, as `anchor` says."""

    at: Point
    spans: tuple[Span, ...]
    size: float
    fill: str
    bold: bool = False
    anchor: str = "start"

    @property
    def words(self) -> str:
        """The text alone."""
        return "".join(span if isinstance(span, str) else span.text for span in self.spans)


Shape = Line | Polyline | Rectangle | Circle | Path | Text


class Scene(Record):
    """Shapes in the order in which they are painted. `role` is `chart`, `sparkline` or `icon`; `shown_at` its scale on the page."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    role: str = "chart"
    shown_at: float = 1.0

    def texts(self) -> Iterator[Text]:
        """Every line of words, in painting order."""
        return (shape for shape in self.shapes if isinstance(shape, Text))
