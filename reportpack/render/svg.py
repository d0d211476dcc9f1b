"""A scene written as the inline SVG of the page source: plain elements and attributes, no styles, the same bytes each time."""

from dataclasses import replace
from html import escape

from reportpack import patterns as re
from reportpack.render.scene import Box, Circle, Line, Paint, Path, Polyline, Rectangle, Scene, Shape, Span, Text
from reportpack.render.text_width import TextWidth

_FAMILIES = "Source Sans 3, Source Sans Pro, Segoe UI, Helvetica, Arial, sans-serif"
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_svg(scene: Scene, identity: str, title: str, alt: str) -> str:
    """An `svg` element whose `title` and `desc` stand for it; without a title it is an ornament. `identity` begins its ids."""
    name = _identifier(identity)
    css_class = {"chart": "chart wide", "sparkline": "sparkline", "icon": "sign"}[scene.role]
    box = f'viewBox="0 0 {_number(scene.width)} {_number(scene.height)}"'
    size = f'width="{_number(scene.width * scene.shown_at)}" height="{_number(scene.height * scene.shown_at)}"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" class="{css_class}" {box} {size}'
    if not title:
        return "\n".join([f'{opening} aria-hidden="true">', *map(_shape, scene.shapes), "</svg>"])
    words = {f"{name}-title": ("title", title)} | ({f"{name}-desc": ("desc", alt)} if alt not in ("", title) else {})
    return "\n".join(
        [
            f'{opening} role="img" aria-labelledby="{" ".join(words)}">',
            *(f'<{tag} id="{key}">{_words(text)}</{tag}>' for key, (tag, text) in words.items()),
            *map(_shape, scene.shapes),
            "</svg>",
        ]
    )


def write_svg_file(scene: Scene, identity: str, title: str, alt: str, ground: str, width: TextWidth) -> str:
    """A file of its own: on its own ground, each line of words as wide as it was laid out, in whatever face is there."""
    whole = Rectangle(Box(0, 0, scene.width, scene.height), Paint(ground))
    texts = iter(list(scene.texts()))
    lines = write_svg(replace(scene, shapes=(whole, *scene.shapes)), identity, title, alt).split("\n")
    lines[0] = lines[0].replace("<svg ", f'<svg font-family="{_FAMILIES}" ', 1)
    for number, line in enumerate(lines):
        if line.startswith("<text "):
            text = next(texts)
            room = f'textLength="{_number(width(text.words, text.size, text.bold))}" lengthAdjust="spacingAndGlyphs"'
            lines[number] = line.replace("<text ", f"<text {room} ", 1) if text.words.strip() else line
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n"


def _identifier(text: str) -> str:
    kept = re.sub(r"[^A-Za-z0-9_-]", "-", text)
    return kept if kept[:1].isalpha() else f"chart-{kept}"


def _words(text: str) -> str:
    return escape(_NOT_XML.sub("\ufffd", text), quote=True)


def _number(value: float) -> str:
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _paint(paint: Paint) -> str:
    parts = [f' fill="{paint.fill}"']
    if paint.stroke != "none":
        parts.append(f' stroke="{paint.stroke}" stroke-width="{_number(paint.stroke_width)}"')
        if paint.dash:
            parts.append(f' stroke-dasharray="{paint.dash}"')
        if paint.round:
            parts.append(' stroke-linecap="round" stroke-linejoin="round"')
    return "".join(parts)


def _shape(shape: Shape) -> str:
    match shape:
        case Line((x1, y1), (x2, y2), paint):
            return f'<line x1="{_number(x1)}" y1="{_number(y1)}" x2="{_number(x2)}" y2="{_number(y2)}"{_paint(paint)}/>'
        case Polyline(points, paint, closed):
            places = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
            return f'<{"polygon" if closed else "polyline"} points="{places}"{_paint(paint)}/>'
        case Circle((x, y), radius, paint):
            return f'<circle cx="{_number(x)}" cy="{_number(y)}" r="{_number(radius)}"{_paint(paint)}/>'
        case Path(commands, paint):
            return f'<path d="{commands}"{_paint(paint)}/>'
        case Rectangle():
            return _rectangle(shape)
        case Text():
            return _text(shape)


def _rectangle(shape: Rectangle) -> str:
    box = shape.box
    radius = f' rx="{_number(shape.radius)}"' if shape.radius else ""
    size = f'width="{_number(box.right - box.left)}" height="{_number(box.bottom - box.top)}"'
    opening = f'<rect x="{_number(box.left)}" y="{_number(box.top)}" {size}{radius}{_paint(shape.paint)}'
    return f"{opening}><title>{_words(shape.says)}</title></rect>" if shape.says else f"{opening}/>"


def _text(text: Text) -> str:
    anchor = "" if text.anchor == "start" else f' text-anchor="{text.anchor}"'
    weight = ' font-weight="bold"' if text.bold else ""
    place = f'x="{_number(text.at[0])}" y="{_number(text.at[1])}"'
    inside = "".join(_span(span) for span in text.spans)
    return f'<text {place} font-size="{_number(text.size)}"{weight}{anchor} fill="{text.fill}">{inside}</text>'


def _span(span: Span) -> str:
    if isinstance(span, str):
        return _words(span)
    cited = f' data-value="{span.value + 0.0!r}" data-source="{_words(span.cites)}"' if span.cites else ""
    return f"<tspan{cited}>{_words(span.text)}</tspan>" if cited else _words(span.text)
