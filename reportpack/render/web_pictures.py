"""Charts and pictures inside the HTML file: drawings as elements, images as `data:` addresses."""

import base64
from collections.abc import Sequence
from html import escape

from reportpack import patterns as re
from reportpack.errors import TemplateError
from reportpack.render.element import Element
from reportpack.render.page_text import words_of
from reportpack.render.text_width import source_sans_width

_MARKUP = re.compile("[&<>']")


def image_address(content: bytes, called: str) -> str:
    """A `data:` address; TemplateError when the bytes are neither PNG nor JPEG."""
    kinds = {b"\x89PNG\r\n\x1a\n": "png", b"\xff\xd8\xff": "jpeg"}
    kind = next((name for start, name in kinds.items() if content.startswith(start)), None)
    if kind is None:
        raise TemplateError(f"{called} is neither a PNG nor a JPEG.", "Save the picture as PNG or JPEG.")
    return f"data:image/{kind};base64,{base64.b64encode(content).decode('ascii')}"


def written(attributes: Sequence[tuple[str, str]]) -> str:
    """Attributes as markup; most hold nothing that must be escaped."""
    plain = "".join([f' {name}="{value}"' for name, value in attributes])
    if plain.count('"') == 2 * len(attributes) and not _MARKUP.search(plain):
        return plain
    return "".join([f' {name}="{escape(value)}"' for name, value in attributes])


def drawing(svg: Element, copying: bool) -> str:
    """The same elements that the PDF draws; each text keeps the width it was laid out for, in whatever face the browser has."""
    hidden = svg.get("aria-hidden") == "true" or not any(child.tag == "title" for child in svg.elements)
    more = ' aria-hidden="true" focusable="false"' if hidden else ' role="img"'
    return _drawn(svg, copying, 0.0, False, more)


def _drawn(element: Element, copying: bool, size: float, bold: bool, more: str = "") -> str:
    size = float(element.get("font-size") or size)
    weight = element.get("font-weight")
    bold = weight not in ("normal", "100", "200", "300", "400", "500") if weight else bold
    names = ("id", "aria-labelledby") if copying else ()
    skipped = (*names, "role", "aria-hidden", "focusable")
    attributes = written([item for item in element.attributes.items() if item[0] not in skipped])
    if element.tag == "text" and size and element.children:
        words = words_of(element)
        if not any("x" in child.attributes or "dx" in child.attributes for child in element.elements) and words.strip():
            more += f' textLength="{source_sans_width(words, size, bold):.2f}" lengthAdjust="spacingAndGlyphs"'
    inside = "".join(
        [
            escape(child, quote=False) if isinstance(child, str) else _drawn(child, copying, size, bold)
            for child in element.children
        ]
    )
    return f"<{element.tag}{attributes}{more}>{inside}</{element.tag}>"
