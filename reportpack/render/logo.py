"""An SVG logo, brought into the part of SVG that charts are drawn in; what that does not have is named."""

import xml.etree.ElementTree as ET
from collections.abc import Mapping
from html import escape

from reportpack import patterns as re
from reportpack.errors import TemplateError
from reportpack.render.element import Element

_DRAWN = frozenset(("svg", "g", "path", "line", "polyline", "polygon", "rect", "circle"))
_UNSEEN = frozenset(("title", "desc", "metadata", "namedview", "style", "defs"))
_NUMBERS = "x y x1 y1 x2 y2 cx cy r rx ry width height stroke-width stroke-miterlimit opacity fill-opacity stroke-opacity"
_KEPT = frozenset(
    f"{_NUMBERS} fill stroke stroke-dasharray stroke-linecap stroke-linejoin fill-rule transform d points viewBox".split()
)
_RULE = re.compile(r"\.([\w-]+)(?=[^{}]*\{([^}]*)\})")
_DOCTYPE = re.compile(r"(?s)<!DOCTYPE[^>\[]*(?:\[[^\]]*\])?\s*>")
_REMEDY = "Save it as plain SVG with words and effects turned into outlines, or as PNG."


def is_svg(data: bytes) -> bool:
    """Whether the bytes are markup, where a logo may be one."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<"


def read_logo(data: bytes, where: str) -> Element:
    """The drawing, with a viewBox; TemplateError for what cannot be drawn."""
    try:
        root = ET.fromstring(_DOCTYPE.sub("", data.decode("utf-8-sig")))  # noqa: S314 - without what it may define, nothing grows
        rules = [one.text or "" for one in root.iter() if str(one.tag).endswith("}style")]
        styles: dict[str, dict[str, str]] = {}
        for name, words in (found for one in rules for found in _RULE.findall(one)):
            styles[name] = styles.get(name, {}) | _said(words)
        drawing = _drawn(root, styles, where)
        size = " ".join(drawing.get(name, "0") for name in ("width", "height"))
        box = drawing.get("viewBox", f"0 0 {size}")
        if len(box.replace(",", " ").split()) != 4 or min(map(float, box.replace(",", " ").split()[2:])) <= 0:
            raise TemplateError(f"{where}: the SVG says neither its viewBox nor its size.", _REMEDY)
    except (ET.ParseError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise TemplateError(f"{where}: the SVG cannot be read ({error}).", _REMEDY) from error
    kept = {name: drawing.get(name) for name in ("fill", "stroke") if drawing.get(name)}
    return Element("svg", {"viewBox": box, **kept}, drawing.children, 1)


def _drawn(one: ET.Element, styles: Mapping[str, dict[str, str]], where: str) -> Element:
    tag = str(one.tag).rpartition("}")[2]
    own = {name: value for name, value in one.attrib.items() if "}" not in name}
    for name in own.get("class", "").split():
        own |= styles.get(name, {})
    own |= _said(own.get("style", ""))
    if tag == "ellipse":
        x, y, across, down = (float(own.get(name, "0")) for name in ("cx", "cy", "rx", "ry"))
        own["d"] = f"M{x - across} {y}a{across} {down} 0 1 0 {2 * across} 0a{across} {down} 0 1 0 {-2 * across} 0z"
        tag = "path"
    if tag not in _DRAWN or any("url(" in value for value in own.values()):
        raise TemplateError(f"{where}: the SVG holds {'effects' if tag in _DRAWN else f'<{tag}>'}, which is not drawn.", _REMEDY)
    kids = (each for each in one if isinstance(each.tag, str) and each.tag.rpartition("}")[2] not in _UNSEEN)
    attributes = {name: _value(name, value.strip()) for name, value in own.items() if name in _KEPT}
    return Element(tag, attributes, tuple(_drawn(each, styles, where) for each in kids), 1)


def _said(style: str) -> dict[str, str]:
    return {name.strip(): value.strip() for name, _, value in (one.partition(":") for one in style.split(";")) if value}


def _value(name: str, value: str) -> str:
    if name in ("fill", "stroke") and value not in ("none", "currentColor"):
        from PIL import ImageColor

        return f"#{bytes(ImageColor.getrgb(value)[:3]).hex()}"
    return value.removesuffix("px") if name in _NUMBERS.split() else value


def as_markup(drawing: Element) -> str:
    """The drawing as SVG of its own: nothing that was hidden in the file is in it."""
    space = ' xmlns="http://www.w3.org/2000/svg"' if drawing.tag == "svg" else ""
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in drawing.attributes.items())
    return f"<{drawing.tag}{space}{attributes}>{''.join(map(as_markup, drawing.elements))}</{drawing.tag}>"
