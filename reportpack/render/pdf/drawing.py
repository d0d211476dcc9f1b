"""Charts: the documented subset of SVG drawn as PDF operators, element by element."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from math import cos, radians, sin

from reportpack import patterns as re
from reportpack.records import Record
from reportpack.render.element import Element
from reportpack.render.pdf.page import colour_operands
from reportpack.render.pdf.styles import Style, StyleBook, Word
from reportpack.render.svg_path import read_path

_TRANSFORM = re.compile(r"\s*,?\s*(matrix|translate|scale|rotate)\s*\(([^)]*)\)")
_NUMBERS = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_CAPS = {"butt": 0, "round": 1, "square": 2}
_JOINS = {"miter": 0, "round": 1, "bevel": 2}
_ROUND = 0.5522847498
_FRESH = ("", "", "G0")  # What is set at the start: no fill, no line, full opacity.
Matrix = tuple[float, float, float, float, float, float]


class Paint(Record):
    """What passes down from group to shape."""

    fill: str = "#000000"
    stroke: str = "none"
    width: float = 1.0
    dashes: str = ""
    cap: int = 0
    join: int = 0
    miter: float = 4.0
    even_odd: bool = False
    fill_opacity: float = 1.0
    stroke_opacity: float = 1.0
    opacity: float = 1.0
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    anchor: str = "start"


class Drawing:
    """Draws one `svg`; `opacities` gathers the graphics states that the file must then define, `lacking` is told of characters that a face lacks."""

    def __init__(
        self, book: StyleBook, opacities: dict[tuple[float, float], str], lacking: Callable[[str, Style, Element], None]
    ) -> None:
        self.book, self.opacities, self.lacking = book, opacities, lacking
        self.out: list[str] = []
        self.state = _FRESH
        self.codes: dict[int, tuple[str, str, str]] = {}
        self.paints: dict[tuple[object, ...], tuple[Paint, Paint]] = {}

    def draw(self, svg: Element, x: float, y: float, width: float, height: float) -> str:
        """Operators that draw it with its lower left corner at x, y; within q and Q."""
        left, top, box_width, box_height = (float(number) for number in _NUMBERS.findall(svg.get("viewBox")))
        scale = min(width / box_width, height / box_height)
        dx = x + (width - box_width * scale) / 2 - left * scale
        dy = y + height - (height - box_height * scale) / 2 + top * scale
        clip = f"{left:.2f} {top:.2f} {box_width:.2f} {box_height:.2f} re W n"
        self.out = [f"q {scale:.5f} 0 0 {-scale:.5f} {dx:.2f} {dy:.2f} cm {clip}"]
        self.state = _FRESH
        self._children(svg, self._paint(svg, Paint(size=10.0)))
        self.out.append("Q")
        return "\n".join(self.out)

    def _children(self, element: Element, paint: Paint) -> None:
        for child in element.children:
            if isinstance(child, Element) and child.tag not in ("title", "desc"):
                self._element(child, paint)

    def _element(self, element: Element, paint: Paint) -> None:
        if element.attributes:
            paint = self._paint(element, paint)
        transform = element.get("transform")
        before = self.state
        if transform:
            rows = ([f"{value:.5g}" if abs(value) >= 1e-4 else "0" for value in matrix] for matrix in transforms(transform))
            self.out.append("q " + " ".join(f"{' '.join(row)} cm" for row in rows))
        if element.tag == "g":
            self._children(element, paint)
        elif element.tag == "text":
            words = _Words(self, element)
            words.read(element, paint)
            words.show()
        else:
            self._shape(element, paint)
        if transform:
            self.out.append("Q")
            self.state = before

    def _paint(self, element: Element, paint: Paint) -> Paint:
        said = [item for item in element.attributes.items() if item[0] in _READERS]
        if not said:
            return paint
        key = (id(paint), *said)
        known = self.paints.get(key)
        if known is None:
            changes = {_READERS[name][0]: _READERS[name][1](value) for name, value in said}
            if "opacity" in changes:
                changes["opacity"] = paint.opacity * float(str(changes["opacity"]))
            known = self.paints[key] = (paint, replace(paint, **changes))  # type: ignore[arg-type]
        return known[1]

    def _shape(self, element: Element, paint: Paint) -> None:
        path = _SHAPES[element.tag](element)
        fill = paint.fill != "none" and element.tag != "line"
        stroke = paint.stroke != "none" and paint.width > 0
        if not path or not (fill or stroke):
            return
        self.set_state(paint, fill=fill, stroke=stroke)
        operator = ("B" if stroke else "f") if fill else "S"
        self.out.append(f"{path} {operator}{'*' if paint.even_odd and fill else ''}")

    def set_state(self, paint: Paint, *, fill: bool, stroke: bool) -> None:
        """Set colours, line and opacity where they differ from what was set before."""
        codes = self.codes.get(id(paint))
        if codes is None:
            codes = self.codes[id(paint)] = self._codes(paint)
        old_fill, old_stroke, _ = self.state
        fill_code, stroke_code, state = codes
        set_now = (fill_code if fill else old_fill, stroke_code if stroke else old_stroke, state)
        codes = (set_now[0], set_now[1], f"/{state} gs")
        self.out += [code for code, now, before in zip(codes, set_now, self.state, strict=True) if now != before]
        self.state = set_now

    def _codes(self, paint: Paint) -> tuple[str, str, str]:
        ink = self.book.theme.colours.ink
        fill, stroke = (ink if colour == "currentColor" else colour for colour in (paint.fill, paint.stroke))
        fill_code = f"{colour_operands(fill)} rg" if fill != "none" else ""
        line = f"{paint.width:.3f} w {paint.cap} J {paint.join} j {max(paint.miter, 1):.2f} M [{paint.dashes}] 0 d"
        stroke_code = f"{colour_operands(stroke)} RG {line}" if stroke != "none" else ""
        opacities = (round(paint.opacity * paint.fill_opacity, 3), round(paint.opacity * paint.stroke_opacity, 3))
        return fill_code, stroke_code, self.opacities.setdefault(opacities, f"G{len(self.opacities)}")


class _Words:
    """A `text` with its `tspan`s: runs that begin at an x or y of their own are anchored each by itself."""

    def __init__(self, drawing: Drawing, element: Element) -> None:
        self.drawing, self.element = drawing, element
        self.x = self.y = 0.0
        self.run: list[tuple[Word, Paint, float, float]] = []
        self.anchor = ""

    def read(self, element: Element, paint: Paint) -> None:
        attributes = element.attributes
        if "x" in attributes or "y" in attributes or element.tag == "text":
            self.show()
            self.x = float(attributes.get("x", self.x))
            self.y = float(attributes.get("y", self.y))
            self.anchor = paint.anchor
        dx, dy = float(attributes.get("dx", 0)), float(attributes.get("dy", 0))
        for child in element.children:
            if isinstance(child, str):
                self._take(child, paint, dx, dy)
                dx = dy = 0.0
            elif child.tag == "tspan":
                self.read(child, self.drawing._paint(child, paint))

    def _take(self, text: str, paint: Paint, dx: float, dy: float) -> None:
        book = self.drawing.book
        style = book.style(paint.size, book.theme.colours.ink, bold=paint.bold, italic=paint.italic)
        self.drawing.lacking(text, style, self.element)
        self.run.append((book.line(text, style), paint, dx, dy))

    def show(self) -> None:
        if not self.run:
            return
        total = sum(word[0] + dx for word, _, dx, _ in self.run)
        x = self.x - {"middle": total / 2, "end": total}.get(self.anchor, 0.0)
        out = self.drawing.out
        for (width, pieces), paint, dx, dy in self.run:
            x += dx
            self.y += dy
            if paint.fill != "none":
                self.drawing.set_state(paint, fill=True, stroke=False)
                shown = "".join([f"/{font}{style.select} [({code})]TJ " for style, font, code, _, _ in pieces])
                out.append(f"BT 1 0 0 -1 {x:.2f} {self.y:.2f} Tm {shown}ET")
            x += width
        self.x = x
        self.run = []


def transforms(text: str) -> list[Matrix]:
    """The matrices of a transform attribute, in order."""
    found = ((name, [float(number) for number in _NUMBERS.findall(body)]) for name, body in _TRANSFORM.findall(text))
    return [matrix for name, numbers in found for matrix in _matrices(name, numbers)]


def _matrices(name: str, numbers: list[float]) -> list[Matrix]:
    match name, numbers:
        case "matrix", [a, b, c, d, e, f]:
            return [(a, b, c, d, e, f)]
        case "translate", [x, *more]:
            return [(1, 0, 0, 1, x, more[0] if more else 0.0)]
        case "scale", [x, *more]:
            return [(x, 0, 0, more[0] if more else x, 0, 0)]
        case "rotate", [angle, *about]:
            c, s = cos(radians(angle)), sin(radians(angle))
            turn: Matrix = (c, s, -s, c, 0, 0)
            return [turn] if len(about) < 2 else [(1, 0, 0, 1, about[0], about[1]), turn, (1, 0, 0, 1, -about[0], -about[1])]
    return []


def _number(element: Element, name: str, default: float = 0.0) -> float:
    return float(element.attributes.get(name, default))


def _points(element: Element) -> str:
    numbers = [float(number) for number in element.get("points").replace(",", " ").split()]
    pairs = [f"{x:.2f} {y:.2f}" for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    if not pairs:
        return ""
    close = " h" if element.tag == "polygon" else ""
    return f"{pairs[0]} m {' l '.join(pairs[1:])}{' l' if len(pairs) > 1 else ''}{close}"


def _rectangle(element: Element) -> str:
    x, y, width, height = (_number(element, name) for name in ("x", "y", "width", "height"))
    if width <= 0 or height <= 0:
        return ""
    rx = _number(element, "rx", _number(element, "ry"))
    ry = min(_number(element, "ry", rx), height / 2)
    rx = min(rx, width / 2)
    if rx <= 0 or ry <= 0:
        return f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re"
    kx, ky, right, bottom = rx * (1 - _ROUND), ry * (1 - _ROUND), x + width, y + height
    return (
        f"{x + rx:.2f} {y:.2f} m {right - rx:.2f} {y:.2f} l {right - kx:.2f} {y:.2f} {right:.2f} {y + ky:.2f} {right:.2f} {y + ry:.2f} c "
        f"{right:.2f} {bottom - ry:.2f} l {right:.2f} {bottom - ky:.2f} {right - kx:.2f} {bottom:.2f} {right - rx:.2f} {bottom:.2f} c "
        f"{x + rx:.2f} {bottom:.2f} l {x + kx:.2f} {bottom:.2f} {x:.2f} {bottom - ky:.2f} {x:.2f} {bottom - ry:.2f} c "
        f"{x:.2f} {y + ry:.2f} l {x:.2f} {y + ky:.2f} {x + kx:.2f} {y:.2f} {x + rx:.2f} {y:.2f} c h"
    )


def _circle(element: Element) -> str:
    x, y, r = _number(element, "cx"), _number(element, "cy"), _number(element, "r")
    if r <= 0:
        return ""
    k, ends = r * _ROUND, ((1, 0), (0, 1), (-1, 0), (0, -1), (1, 0))
    curves = (
        f"{x + a * r + c * k:.2f} {y + b * r + d * k:.2f} {x + c * r + a * k:.2f} {y + d * r + b * k:.2f} {x + c * r:.2f} {y + d * r:.2f} c"
        for (a, b), (c, d) in pairwise(ends)
    )
    return f"{x + r:.2f} {y:.2f} m {' '.join(curves)} h"


def _path(element: Element) -> str:
    operators = {"M": "m", "L": "l", "C": "c", "Z": "h"}
    parts = read_path(element.get("d"))
    return " ".join(" ".join((*(f"{number:.2f}" for number in numbers), operators[kind])) for kind, numbers in parts)


def _dashes(value: str) -> str:
    numbers = [] if value == "none" else [abs(float(number)) for number in _NUMBERS.findall(value)]
    return " ".join(f"{number:.3g}" for number in numbers) if sum(numbers) > 0 else ""


def _clamped(value: str) -> float:
    return min(max(float(value), 0.0), 1.0)


_SHAPES: dict[str, Callable[[Element], str]] = {
    "line": lambda one: "{} {} m {} {} l".format(*(f"{_number(one, name):.2f}" for name in ("x1", "y1", "x2", "y2"))),
    "polyline": _points, "polygon": _points, "rect": _rectangle, "circle": _circle, "path": _path,
}  # fmt: skip
_READERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "fill": ("fill", str),
    "stroke": ("stroke", str),
    "stroke-width": ("width", lambda value: abs(float(value))),
    "stroke-dasharray": ("dashes", _dashes),
    "stroke-linecap": ("cap", _CAPS.__getitem__),
    "stroke-linejoin": ("join", _JOINS.__getitem__),
    "stroke-miterlimit": ("miter", float),
    "fill-rule": ("even_odd", lambda value: value == "evenodd"),
    "opacity": ("opacity", _clamped),
    "fill-opacity": ("fill_opacity", _clamped),
    "stroke-opacity": ("stroke_opacity", _clamped),
    "font-size": ("size", lambda value: min(max(float(value), 0.1), 1000.0)),
    "font-weight": ("bold", lambda value: value == "bold" or (value.isdecimal() and int(value) >= 600)),
    "font-style": ("italic", lambda value: value != "normal"),
    "text-anchor": ("anchor", str),
}
