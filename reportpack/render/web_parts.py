"""What stands in the HTML file beside its words: drawings as elements, images as `data:` addresses, and where numbers come from."""

import base64
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from reportpack import patterns as re
from reportpack.errors import TemplateError
from reportpack.render.chart_style import TextWidth
from reportpack.render.element import Document, Element
from reportpack.render.page_text import block_lines, words_of

_MARKUP = re.compile("[&<>']")
_APART = frozenset(("section", "table", "figure"))
_LONGEST = 160


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


def drawing(svg: Element, copying: bool, width: TextWidth) -> str:
    """The same elements that the PDF draws; each text keeps the width it was laid out for, in whatever face the browser has."""
    hidden = svg.get("aria-hidden") == "true" or not any(child.tag == "title" for child in svg.elements)
    more = ' aria-hidden="true" focusable="false"' if hidden else ' role="img"'
    return _drawn(svg, copying, width, 0.0, False, more)


def _drawn(element: Element, copying: bool, width: TextWidth, size: float, bold: bool, more: str = "") -> str:
    size = float(element.get("font-size") or size)
    weight = element.get("font-weight")
    bold = weight not in ("normal", "100", "200", "300", "400", "500") if weight else bold
    names = ("id", "aria-labelledby") if copying else ()
    skipped = (*names, "role", "aria-hidden", "focusable")
    attributes = written([item for item in element.attributes.items() if item[0] not in skipped])
    if element.tag == "text" and size and element.children:
        words = words_of(element)
        if not any("x" in child.attributes or "dx" in child.attributes for child in element.elements) and words.strip():
            more += f' textLength="{width(words, size, bold):.2f}" lengthAdjust="spacingAndGlyphs"'
    inside = "".join(
        [
            escape(child, quote=False) if isinstance(child, str) else _drawn(child, copying, width, size, bold)
            for child in element.children
        ]
    )
    return f"<{element.tag}{attributes}{more}>{inside}</{element.tag}>"


def cited_numbers(element: Element, whole: bool) -> Iterator[tuple[str, str]]:
    """Each printed number with its references; unless `whole`, those in tables, figures and inner sections are left to them."""
    if element.get("data-source"):
        yield words_of(element), element.get("data-source")
        return
    for child in element.elements:
        if whole or child.tag not in _APART:
            yield from cited_numbers(child, whole)


def sources_details(numbers: Iterable[tuple[str, str]], of_what: str, document: Document, own: str) -> str:
    """A closed `details` with a line for each entry of Sources: its link, its name, each number and its cell. Empty without numbers."""
    entries: dict[str, dict[str, list[str]]] = {}
    for words, references in numbers:
        for reference in references.split():
            entry, _, place = reference.partition("!")
            places = entries.setdefault(entry, {}).setdefault(words, [])
            if place and place not in places:
                places.append(place)
    if not entries:
        return ""
    lines = []
    for entry, found in entries.items():
        target = document.identifiers.get(entry, document.elsewhere.get(entry))
        link = f'<a href="#{escape(entry)}">{escape(entry)}</a> ' if entry in document.identifiers else f"{escape(entry)} "
        names = [line for line in block_lines(target) if line != entry] if target is not None else []
        name = names[0] if names else ""
        spots = ((escape(words), escape(", ".join(places))) for words, places in found.items())
        said = "; ".join(f'{words} <span class="place">({place})</span>' if place else words for words, place in spots)
        lines.append(f"<li>{link}{escape(name if len(name) <= _LONGEST else f'{name[:_LONGEST]}…')}: {said}.</li>")
    title = f'Where these numbers come from<span class="unseen">: {escape(of_what)}</span>'
    return f'<details class="sources"><summary{own}>{title}</summary><ul>{"".join(lines)}</ul></details>'
