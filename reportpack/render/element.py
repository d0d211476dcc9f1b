"""The parsed page source, from which the PDF, the HTML edition and Word are made: a tree of elements, its text, its numbers, where a table's cells stand, and its appendix as a document of its own."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import field, replace
from operator import is_
from types import MappingProxyType

from reportpack.errors import TemplateError
from reportpack.records import Changing, Record
from reportpack.render.vocabulary import INLINE, MAXIMUM_COLUMNS

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})


class Element(Record):
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


class Metadata(Record):
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


class Document(Record):
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
        return (one for section in self.sections for one in section.walk())


class Fault(Record, order=True):
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
        self.name, self.faults = name, faults


OWN_FILE = "own file"  # What the page source's `meta` of the appendix says then.


def split_appendix(document: Document) -> tuple[Document, Document | None]:
    """The document without its sections of class `appendix`, and these as a document; the whole one and None where they are bound in.

    A link from one to the other becomes plain words; where numbers come from is still known by name in both."""
    behind = tuple(section for section in document.sections if section.has("appendix"))
    before = tuple(section for section in document.sections if not section.has("appendix"))
    if document.meta.appendix != OWN_FILE or not behind or not before:
        return document, None
    title = f"Appendix: {document.meta.running_title or document.title}"
    appendix = replace(document, title=title, meta=replace(document.meta, running_title=title))
    return _part(document, before), _part(appendix, behind)


def _part(document: Document, sections: tuple[Element, ...]) -> Document:
    here = {one.attributes["id"] for section in sections for one in section.walk() if "id" in one.attributes}
    kept = tuple(each for section in sections for each in _settled(section, here))
    every = [one for section in kept for one in section.walk() if one.attributes]
    return replace(
        document,
        sections=kept,
        identifiers=MappingProxyType({one.attributes["id"]: one for one in every if "id" in one.attributes}),
        elsewhere=MappingProxyType({name: one for name, one in document.identifiers.items() if name not in here}),
        links=tuple(one for one in every if one.tag == "a"),
        images=tuple(one for one in every if one.tag == "img"),
    )


def _settled(element: Element, here: Collection[str]) -> Iterator[Element]:
    """The element with links to what is not here as words; an entry of the contents that leads there is gone."""
    if element.tag == "a" and element.get("href").startswith("#") and element.get("href")[1:] not in here:
        yield Element("span", NO_ATTRIBUTES, element.children, element.line)
        return
    children: list[Element | str] = []
    listing = element.has("contents")
    for child in element.children:
        if isinstance(child, str) or child.tag == "svg" or (child.tag != "a" and set(map(type, child.children)) <= {str}):
            children.append(child)  # no link stands in these
            continue
        link = next(child.elements, None) if listing and child.tag == "li" else None
        if link is None or link.get("href")[1:] in here:
            children += _settled(child, here)
    same = len(children) == len(element.children) and all(map(is_, children, element.children))
    yield element if same else replace(element, children=tuple(children))


QUOTES = ("“”", "‘’")


class PrintedNumber(Record):
    """A number as printed: `text` is how it reads, `value` the number, `sources` its references (`s3!C12`), `section` an id."""

    text: str
    value: str
    sources: tuple[str, ...]
    section: str
    line: int


def plain_text(document: Document) -> str:
    """All words in reading order, a line a block; a figure says its alternative text."""
    return "\n".join(line for section in document.sections for line in block_lines(section))


def printed_numbers(document: Document) -> Iterator[PrintedNumber]:
    """Every `data`, and every text of a chart that carries a `data-value`, in reading order."""
    tops = ((child, top.get("id")) for top in reversed(document.sections) for child in reversed(top.children))
    waiting = [(child, section) for child, section in tops if type(child) is Element]
    while waiting:
        element, section = waiting.pop()
        given = element.attributes
        if given:
            section = given.get("id", section) if element.tag == "section" else section
            value = given.get("value" if element.tag == "data" else "data-value")
            if value:
                yield PrintedNumber(words_of(element), value, tuple(element.get("data-source").split()), section, element.line)
        waiting.extend([(child, section) for child in reversed(element.children) if type(child) is Element])


def image_sources(document: Document) -> tuple[str, ...]:
    """The `src` of every image beside the page source, each once, in order."""
    found = (image.get("src") for image in document.images)
    return tuple(dict.fromkeys(source for source in found if not source.startswith("data:")))


def alternative(drawing: Element) -> str:
    """What a picture says to those who cannot see it; of a chart its title, then its description."""
    if drawing.tag == "img":
        return drawing.get("alt")
    if drawing.get("aria-hidden") == "true":
        return ""
    words = ["".join(str(part) for part in child.children) for child in drawing.elements if child.tag in ("title", "desc")]
    return ". ".join(word.rstrip(".") if index < len(words) - 1 else word for index, word in enumerate(words))


def words_of(element: Element) -> str:
    """The words of an element that holds words, as they print."""
    children = element.children
    if len(children) == 1 and isinstance(children[0], str):
        return children[0]
    return "".join([words for child in children for words in _inline_words(child, 0)])


def block_lines(element: Element) -> Iterator[str]:
    """A line for each run of words in an element, in reading order."""
    run: list[str] = []
    for child in element.children:
        if type(child) is Element and child.tag not in INLINE:
            if run:
                yield "".join(run).strip(" ")
                run = []
            yield from block_lines(child)
        else:
            run.extend(_inline_words(child, 0))
    text = "".join(run).strip(" ")
    if text:
        yield text


def _inline_words(child: Element | str, quoted: int) -> Iterator[str]:
    if isinstance(child, str):
        yield child
    elif child.tag == "q":
        marks = QUOTES[quoted % 2]
        yield marks[0]
        for inner in child.children:
            yield from _inline_words(inner, quoted + 1)
        yield marks[1]
    elif child.tag == "br":
        yield " "
    elif child.tag in ("svg", "img"):
        yield alternative(child)
    else:
        for inner in child.children:
            yield from _inline_words(inner, quoted)


class Cell(Changing):
    """A `td` or `th` at its place."""

    element: Element
    column: int
    columns: int = 1
    rows: int = 1


class Row(Changing):
    """A `tr`, its cells in order, and the part of the table (`thead`, `tbody`, `tfoot`) that holds it."""

    element: Element
    part: Element
    cells: list[Cell]


class Grid(Changing):
    """All rows of a table, how many columns it has, and what does not come out even."""

    rows: list[Row]
    columns: int
    faults: list[Fault]


def table_grid(table: Element) -> Grid:
    """Place every cell; rows of unequal length and spans that leave their part are faults."""
    grid = Grid([], 0, [])
    for part in table.elements:
        if part.tag not in ("thead", "tbody", "tfoot"):
            continue
        hanging: dict[int, int] = {}
        for tr in part.elements:
            row, width = _place_row(tr, part, hanging)
            grid.rows.append(row)
            grid.columns = grid.columns or width
            if width != grid.columns:
                found = f"A row comes to {width} columns where the table has {grid.columns}."
                grid.faults.append(Fault(tr.line, found, "Add or take away cells, or mend colspan and rowspan."))
        if any(hanging.values()):
            grid.faults.append(Fault(part.line, f"A rowspan reaches beyond the end of its <{part.tag}>.", "Make it smaller."))
    if grid.columns > MAXIMUM_COLUMNS:
        grid.faults.append(
            Fault(table.line, f"A table has {grid.columns} columns; {MAXIMUM_COLUMNS} is the most.", "Split the table.")
        )
    return grid


def columns_of(table: Element) -> list[Element]:
    """The `col` of each column that has one, in order, as often as it spans columns."""
    groups = (group for group in table.elements if group.tag == "colgroup")
    return [col for group in groups for col in group.elements for _ in range(_span(col, "span"))]


def _place_row(tr: Element, part: Element, hanging: dict[int, int]) -> tuple[Row, int]:
    row = Row(tr, part, [])
    column = 0
    fresh: dict[int, int] = {}
    for element in tr.elements:
        while hanging and hanging.get(column):
            column += 1
        attributes = element.attributes
        if "colspan" in attributes or "rowspan" in attributes:
            cell = Cell(element, column, _span(element, "colspan"), _span(element, "rowspan"))
            if cell.rows > 1:
                fresh.update(dict.fromkeys(range(column, min(column + cell.columns, column + 1000)), cell.rows - 1))
        else:
            cell = Cell(element, column)
        row.cells.append(cell)
        column += cell.columns
    width = max(column, max((place + 1 for place, left in hanging.items() if left), default=0)) if hanging else column
    for place, left in list(hanging.items()):
        hanging[place] = max(left - 1, 0)
    hanging.update(fresh)
    return row, width


def _span(element: Element, attribute: str) -> int:
    text = element.get(attribute, "1")
    return int(text) if text.isdecimal() else 1
