"""Where the numbers of a table, a chart or a run of paragraphs come from, as a list that opens on demand."""

from collections.abc import Iterable, Iterator
from html import escape

from reportpack.render.element import Document, Element
from reportpack.render.page_text import block_lines, words_of

_APART = frozenset(("section", "table", "figure"))
_LONGEST = 160


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
        target = document.identifiers.get(entry)
        link = f'<a href="#{escape(entry)}">{escape(entry)}</a> ' if target is not None else f"{escape(entry)} "
        names = [line for line in block_lines(target) if line != entry] if target is not None else []
        name = names[0] if names else ""
        said = "; ".join(_number(words, places) for words, places in found.items())
        lines.append(f"<li>{link}{escape(name if len(name) <= _LONGEST else f'{name[:_LONGEST]}…')}: {said}.</li>")
    title = f'Where these numbers come from<span class="unseen">: {escape(of_what)}</span>'
    return f'<details class="sources"><summary{own}>{title}</summary><ul>{"".join(lines)}</ul></details>'


def _number(words: str, places: list[str]) -> str:
    where = ", ".join(places)
    return f'{escape(words)} <span class="place">({escape(where)})</span>' if where else escape(words)
