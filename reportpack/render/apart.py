"""A document and its appendix: one page source, two files, where it says that the appendix stands in a file of its own."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from operator import is_
from types import MappingProxyType

from reportpack.render.element import NO_ATTRIBUTES, Document, Element

OWN_FILE = "own file"
"""What the page source's `meta` of the appendix says then."""


def split_appendix(document: Document) -> tuple[Document, Document | None]:
    """The document without its sections of class `appendix`, and these as a document; the whole one and None where they are bound in.

    A link from one to the other becomes plain words; where numbers come from is still known by name in both.
    """
    behind = tuple(section for section in document.sections if section.has("appendix"))
    before = tuple(section for section in document.sections if not section.has("appendix"))
    if document.meta.appendix != OWN_FILE or not behind or not before:
        return document, None
    title = f"Appendix: {document.meta.running_title or document.title}"
    appendix = replace(document, title=title, meta=replace(document.meta, running_title=title))
    return _part(document, before), _part(appendix, behind)


def _part(document: Document, sections: tuple[Element, ...]) -> Document:
    here = {name: one for section in sections for one in section.walk() if (name := one.get("id"))}
    kept = tuple(each for section in sections for each in _settled(section, here))
    every = [one for section in kept for one in section.walk()]
    return replace(
        document,
        sections=kept,
        identifiers=MappingProxyType({name: one for one in every if (name := one.get("id"))}),
        elsewhere=MappingProxyType({name: one for name, one in document.identifiers.items() if name not in here}),
        links=tuple(one for one in every if one.tag == "a"),
        images=tuple(one for one in every if one.tag == "img"),
    )


def _settled(element: Element, here: Mapping[str, Element]) -> Iterator[Element]:
    """The element with links to what is not here as words; an entry of the contents that leads there is gone."""
    if element.tag == "a" and element.get("href").startswith("#") and element.get("href")[1:] not in here:
        yield Element("span", NO_ATTRIBUTES, element.children, element.line)
        return
    children: list[Element | str] = []
    for child in element.children:
        entry = element.has("contents") and isinstance(child, Element) and child.tag == "li"
        link = next(child.elements, None) if entry and isinstance(child, Element) else None
        if link is None or link.get("href")[1:] in here:
            children += _settled(child, here) if isinstance(child, Element) else [child]
    same = len(children) == len(element.children) and all(map(is_, children, element.children))
    yield element if same else replace(element, children=tuple(children))
