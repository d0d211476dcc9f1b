"""The parsed page source: a tree of elements that the PDF and the HTML edition are both made from."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from types import MappingProxyType

from reportpack.errors import TemplateError
from reportpack.records import dataclass

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Element:
    """One element: `children` are elements and text, with spaces already collapsed; `line` is where it starts."""

    tag: str
    attributes: Mapping[str, str]
    children: "tuple[Element | str, ...]"
    line: int

    def get(self, attribute: str, default: str = "") -> str:
        """An attribute's value."""
        return self.attributes.get(attribute, default)

    def has(self, name: str) -> bool:
        """Whether the element carries the class."""
        return name in self.attributes.get("class", "").split()

    @property
    def classes(self) -> tuple[str, ...]:
        """Its classes, as written."""
        return tuple(self.attributes.get("class", "").split())

    @property
    def elements(self) -> "Iterator[Element]":
        """The children that are elements."""
        return (child for child in self.children if type(child) is Element)

    def walk(self) -> "Iterator[Element]":
        """Itself and every element below it, in reading order."""
        waiting = [self]
        while waiting:
            element = waiting.pop()
            yield element
            waiting.extend([child for child in reversed(element.children) if type(child) is Element])


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the `meta` elements say; empty where they say nothing. `date` is ISO 8601."""

    marking: str = ""
    running_title: str = ""
    version: str = ""
    edition: str = ""
    author: str = ""
    description: str = ""
    keywords: str = ""
    date: str = ""
    page_source: str = ""
    appendix: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """A whole page source. `name` is how its faults call it; `sections` are the elements of its body."""

    name: str
    language: str
    title: str
    meta: Metadata
    sections: tuple[Element, ...]
    identifiers: Mapping[str, Element] = field(default_factory=lambda: MappingProxyType({}))
    links: tuple[Element, ...] = ()
    """Every `a`, in order."""
    images: tuple[Element, ...] = ()
    """Every `img`, in order."""
    elsewhere: Mapping[str, Element] = field(default_factory=lambda: MappingProxyType({}))
    """What stands in another file of the same page source, by its id."""

    def walk(self) -> Iterator[Element]:
        """Every element, in reading order."""
        for section in self.sections:
            yield from section.walk()


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One mistake in a page source: the line, what was found, what to do."""

    line: int
    found: str
    remedy: str


class PageSourceError(TemplateError):
    """A page source has mistakes; `faults` holds all of them, in the order of their lines."""

    def __init__(self, name: str, faults: tuple[Fault, ...]) -> None:
        lines = [f"{name}, line {fault.line}: {fault.found} {fault.remedy}" for fault in faults]
        count = "1 mistake" if len(faults) == 1 else f"{len(faults)} mistakes"
        super().__init__("\n".join(lines), f"Mend {count} in {name}; docs/page-source.md lists what a page source may hold.")
        self.name = name
        self.faults = faults
