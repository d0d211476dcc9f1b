"""The doorway to the charts: a chart of the model as the inline SVG of the page source.

Plain elements and attributes, no styles, the same bytes each time."""

from dataclasses import replace
from html import escape

from reportpack import patterns as re
from reportpack.model.chart import Chart, Icon, RankedBars, Sparkline, XmrChart
from reportpack.model.problem import Source
from reportpack.render.chart_style import ChartStyle
from reportpack.render.points import icon_scene, sparkline_scene
from reportpack.render.ranked_bars import ranked_bars_scene
from reportpack.render.scene import Box, Circle, Cite, Line, Paint, Path, Polyline, Rectangle, Scene, Shape, Span, Text
from reportpack.render.xmr_chart import xmr_scene

_FAMILIES = "Source Sans 3, Source Sans Pro, Segoe UI, Helvetica, Arial, sans-serif"
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def cite_nothing(_: tuple[Source, ...]) -> str:
    """For charts whose numbers have no entry of Sources to name."""
    return ""


def chart_svg(chart: Chart, style: ChartStyle, width: float | None = None, cite: Cite = cite_nothing) -> str:
    """An `svg` element for the page source. `width` in points; `cite` gives the `data-source` of a printed number."""
    return _write(chart_scene(chart, style, width, cite), chart)


def chart_file(chart: Chart, style: ChartStyle) -> str:
    """The chart as an SVG file that stands alone: on its own ground, each line of words as wide as it was laid out, in whatever face is there."""
    scene = chart_scene(chart, style)
    whole = Rectangle(Box(0, 0, scene.width, scene.height), Paint(style.ground))
    texts = iter(list(scene.texts()))
    lines = _write(replace(scene, shapes=(whole, *scene.shapes)), chart).split("\n")
    lines[0] = lines[0].replace("<svg ", f'<svg font-family="{_FAMILIES}" ', 1)
    for number, line in enumerate(lines):
        if line.startswith("<text "):
            text = next(texts)
            room = f'textLength="{_number(style.text_width(text.words, text.size, text.bold))}" lengthAdjust="spacingAndGlyphs"'
            lines[number] = line.replace("<text ", f"<text {room} ", 1) if text.words.strip() else line
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + "\n".join(lines) + "\n"


def chart_scene(chart: Chart, style: ChartStyle, width: float | None = None, cite: Cite = cite_nothing) -> Scene:
    """The chart laid out, before it is written."""
    match chart:
        case XmrChart():
            return xmr_scene(chart, style, width or style.width, cite)
        case RankedBars():
            return ranked_bars_scene(chart, style, width or style.width, cite)
        case Sparkline():
            return sparkline_scene(chart, style, width or 64.0)
        case Icon():
            return icon_scene(chart, style, width or 10.5)


def _write(scene: Scene, chart: Chart) -> str:
    """An `svg` element whose `title` and `desc` stand for it; without a title it is an ornament. The chart's id begins its ids."""
    alt = "" if isinstance(chart, Icon) else chart.alt
    title = chart.title if isinstance(chart, XmrChart | RankedBars) else alt
    kept = re.sub(r"[^A-Za-z0-9_-]", "-", chart.id)
    name = kept if kept[:1].isalpha() else f"chart-{kept}"
    css_class = {"chart": "chart wide", "sparkline": "sparkline", "icon": "sign"}[scene.role]
    box = f'viewBox="0 0 {_number(scene.width)} {_number(scene.height)}"'
    size = f'width="{_number(scene.width * scene.shown_at)}" height="{_number(scene.height * scene.shown_at)}"'
    opening = f'<svg xmlns="http://www.w3.org/2000/svg" id="{name}" class="{css_class}" {box} {size}'
    if not title:
        return "\n".join([f'{opening} aria-hidden="true">', *map(_shape, scene.shapes), "</svg>"])
    words = {f"{name}-title": ("title", title)} | ({f"{name}-desc": ("desc", alt)} if alt not in ("", title) else {})
    told = [f'<{tag} id="{key}">{_words(text)}</{tag}>' for key, (tag, text) in words.items()]
    start = f'{opening} role="img" aria-labelledby="{" ".join(words)}">'
    return "\n".join([start, *told, *map(_shape, scene.shapes), "</svg>"])


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
        case Polyline(points, paint, closed, says):
            places = " ".join(f"{_number(x)},{_number(y)}" for x, y in points)
            told = f"><desc>{_words('; '.join(says))}</desc></polyline>" if says else "/>"
            return f'<{"polygon" if closed else "polyline"} points="{places}"{_paint(paint)}{told}'
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
