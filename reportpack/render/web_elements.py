"""Each element of the page source as HTML: the same words in the same order, with what a browser needs to show and to speak them."""

import re
from collections.abc import Callable, Iterator, Mapping
from html import escape

from reportpack.errors import TemplateError
from reportpack.render.element import Document, Element
from reportpack.render.page_text import alternative, block_lines, words_of
from reportpack.render.table_grid import table_grid
from reportpack.render.vocabulary import HEADINGS
from reportpack.render.web_columns import column_classes, columns
from reportpack.render.web_pictures import drawing, image_address
from reportpack.render.web_sources import cited_numbers, sources_details

_KEPT = ("id", "class", "lang", "href", "title", "datetime", "value", "data-source", "start", "colspan", "rowspan", "scope")
_LONG_WORD = re.compile(r"[^\s<>&;]{24,}")
_BREAK_AFTER = 16
_QUOTES = ("“”", "‘’")
_VOID = frozenset(("br", "hr", "col"))


class WebWriter:
    """Writes the elements of one document; `assets` holds the images beside it by name."""

    def __init__(self, document: Document, assets: Mapping[str, bytes]) -> None:
        self.document = document
        self.assets = assets
        self.own = "" if document.language.lower().startswith("en") else ' lang="en"'
        self.heading = document.title
        self.quoted = 0
        self.copying = False
        self.marks = {
            element.get("href")[1:]: words_of(element)
            for element in document.walk()
            if element.tag == "a" and element.has("footnote")
        }
        self.numbered = 0

    def identify(self, wish: str) -> str:
        """An id that the document does not use."""
        self.numbered += 1
        name = f"{wish}-{self.numbered}"
        while name in self.document.identifiers:
            name += "x"
        return name

    def element(self, element: Element) -> Iterator[str]:
        """The element and all in it."""
        if element.tag in HEADINGS:
            self.heading = words_of(element)
        special = _SPECIAL.get(element.tag)
        if special is not None:
            yield from special(self, element)
        else:
            yield from self.plain(element, element.tag)

    def plain(self, element: Element, tag: str, more: str = "", inside: str = "") -> Iterator[str]:
        """The element under this tag; `more` attributes, and markup that stands before its children."""
        yield f"<{tag}{self.attributes(element)}{more}>{inside}"
        if tag not in _VOID:
            yield from self.children(element)
            yield f"</{tag}>"

    def children(self, element: Element) -> Iterator[str]:
        """Text and elements inside."""
        for child in element.children:
            if isinstance(child, str):
                yield _LONG_WORD.sub(_breakable, escape(child, quote=False))
            else:
                yield from self.element(child)

    def attributes(self, element: Element, without: tuple[str, ...] = ()) -> str:
        """Those that HTML has too; ids are left out of copies."""
        kept = ((name, element.get(name)) for name in _KEPT if name in element.attributes and name not in without)
        return "".join(f' {name}="{escape(value)}"' for name, value in kept if not (self.copying and name == "id"))

    def section(self, element: Element) -> Iterator[str]:
        """A section; a contents section is navigation. Sources of the numbers in its own paragraphs close it."""
        tag, label = ("nav", ' aria-label="Contents"') if element.has("contents") else ("section", "")
        yield f"<{tag}{self.attributes(element)}{label}>"
        heading = self.heading
        own = [child for child in element.elements if child.tag not in ("section", "table", "figure")]
        inner = False
        for child in element.elements:
            if child.tag == "section" and not inner:
                inner = True
                yield self._section_sources(own, heading)
            yield from self.element(child)
            heading = self.heading if child.tag in HEADINGS else heading
        if not inner:
            yield self._section_sources(own, heading)
        yield f"</{tag}>"

    def _section_sources(self, blocks: list[Element], heading: str) -> str:
        numbers = [number for block in blocks for number in cited_numbers(block, whole=False)]
        return sources_details(numbers, heading, self.document, self.own)

    def table(self, element: Element) -> Iterator[str]:
        """A table in a room of its own that scrolls, then where its numbers come from."""
        yield from self.bare_table(element)
        if not self.copying:
            yield sources_details(cited_numbers(element, whole=True), self._table_name(element), self.document, self.own)

    def _table_name(self, element: Element) -> str:
        captions = [child for child in element.elements if child.tag == "caption"]
        return words_of(captions[0]) if captions else self.heading

    def bare_table(self, element: Element) -> Iterator[str]:
        """The table without its sources."""
        grid = table_grid(element)
        aligned = column_classes(element)
        cells = {id(cell.element): aligned.get(cell.column, "") for row in grid.rows for cell in row.cells}
        name = escape(f"Table: {self._table_name(element)}")
        yield f'<div class="scroll" role="group" tabindex="0" aria-label="{name}">'
        yield f'<table{self.attributes(element)} style="--columns:{grid.columns}">'
        for child in element.elements:
            if child.tag == "caption":
                yield from self.element(child)
            elif child.tag == "colgroup":
                yield from columns(child)
            else:
                yield from self._rows(child, cells)
        yield "</table></div>"

    def _rows(self, part: Element, aligned: Mapping[int, str]) -> Iterator[str]:
        yield f"<{part.tag}{self.attributes(part)}>"
        for row in part.elements:
            yield f"<tr{self.attributes(row)}>"
            for cell in row.elements:
                yield from self._cell(cell, part.tag == "thead", aligned[id(cell)])
            yield "</tr>"
        yield f"</{part.tag}>"

    def _cell(self, cell: Element, in_head: bool, aligned: str) -> Iterator[str]:
        heads = cell.tag == "th" and any(block_lines(cell))
        scope = cell.get("scope") or ("col" if in_head else "row")
        classes = " ".join(dict.fromkeys((*cell.classes, *aligned.split())))
        more = (f' class="{escape(classes)}"' if classes else "") + (f' scope="{scope}"' if heads else "")
        tag = "th" if heads else "td"
        yield f"<{tag}{self.attributes(cell, without=('class', 'scope'))}{more}>"
        yield from self.children(cell)
        yield f"{_lines(cell)}</{tag}>"

    def figure(self, element: Element) -> Iterator[str]:
        """A figure; under a chart its numbers as a table and where they come from."""
        yield f"<figure{self.attributes(element)}>"
        drawn = False
        for child in element.elements:
            drawn = drawn or child.tag == "svg"
            if child.tag == "svg":
                name = escape("Chart: " + (alternative(child).partition(". ")[0] or self.heading))
                yield f'<div class="scroll" role="group" tabindex="0" aria-label="{name}">{drawing(child, self.copying)}</div>'
            elif child.tag == "table":
                yield from self.bare_table(child)
            else:
                yield from self.element(child)
        if not self.copying:
            yield from self._behind(element, drawn)
        yield "</figure>"

    def _behind(self, figure: Element, drawn: bool) -> Iterator[str]:
        name = next((words_of(child) for child in figure.elements if child.tag == "figcaption"), self.heading)
        numbers = "".join(self._chart_numbers(figure, name)) if drawn else ""
        if numbers:
            title = f'The numbers in this chart<span class="unseen">: {escape(name)}</span>'
            yield f'<details class="chart-data"><summary{self.own}>{title}</summary>{numbers}</details>'
        yield sources_details(cited_numbers(figure, whole=True), name, self.document, self.own)

    def _chart_numbers(self, figure: Element, name: str) -> Iterator[str]:
        """A copy of the table that the caption leads to; without one, a table of what the chart's bars say of themselves."""
        table = self._linked_table(figure)
        if table is not None:
            self.copying = True
            yield from self.bare_table(table)
            self.copying = False
            return
        shapes = (shape for shape in figure.walk() if shape.tag in ("rect", "circle", "polygon", "path"))
        said = [words_of(child).rpartition(": ") for shape in shapes for child in shape.elements if child.tag == "title"]
        rows = "".join(
            f'<tr><th scope="row">{escape(of)}</th><td class="number">{escape(value)}</td></tr>' for of, _, value in said
        )
        if rows:
            yield f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(f"Table: {name}")}">'
            yield f'<table class="fit tight"><caption>{escape(name)}</caption><tbody>{rows}</tbody></table></div>'

    def _linked_table(self, figure: Element) -> Element | None:
        """The table that the figure's caption leads to."""
        links = (element.get("href")[1:] for element in figure.walk() if element.tag == "a")
        targets = (self.document.identifiers.get(name) for name in links)
        return next((target for target in targets if target is not None and target.tag == "table"), None)

    def aside(self, element: Element) -> Iterator[str]:
        """A callout; a footnote begins with its number, which leads back to the text."""
        classes = " ".join(("aside", *element.classes))
        label = self.marks.get(element.get("id"), "")
        back = f'<a class="back" href="#{escape(element.get("id"))}-mark">{escape(label)}</a>' if element.has("footnote") else ""
        yield f'<div{self.attributes(element, without=("class",))} class="{escape(classes)}" role="note">'
        first = next(iter(element.elements), None) if back else None
        if back and first is not None and first.tag == "p" and element.children[0] is first:
            yield from self.plain(first, "p", inside=back)
            for child in list(element.elements)[1:]:
                yield from self.element(child)
        else:
            yield back
            yield from self.children(element)
        yield "</div>"

    def link(self, element: Element) -> Iterator[str]:
        """A link; a footnote's mark is raised and can be come back to."""
        if not element.has("footnote") or self.copying:
            yield from self.plain(element, "a")
            return
        note = escape(element.get("href")[1:])
        yield "<sup>"
        yield from self.plain(element, "a", f' role="doc-noteref" id="{note}-mark"')
        yield "</sup>"

    def quote(self, element: Element) -> Iterator[str]:
        """Words between the marks that the PDF prints."""
        marks = _QUOTES[self.quoted % 2]
        self.quoted += 1
        yield f"<q{self.attributes(element)}>{marks[0]}"
        yield from self.children(element)
        yield f"{marks[1]}</q>"
        self.quoted -= 1

    def paragraph(self, element: Element) -> Iterator[str]:
        """A paragraph, with ruled lines below it where it is room to write."""
        yield f"<p{self.attributes(element)}>"
        yield from self.children(element)
        yield f"{_lines(element)}</p>"

    def list_of(self, element: Element) -> Iterator[str]:
        """A list; one without bullets still says that it is a list."""
        quiet = element.has("plain") or element.has("contents") or element.has("headlines")
        yield from self.plain(element, element.tag, ' role="list"' if quiet else "")

    def image(self, element: Element) -> Iterator[str]:
        """A picture held in the file itself."""
        size = "".join(f' {name}="{escape(element.get(name))}"' for name in ("width", "height") if element.get(name))
        classes = " ".join(("picture", *element.classes))
        source = escape(self._picture(element))
        kept = self.attributes(element, without=("class",))
        yield f'<img{kept} class="{escape(classes)}" src="{source}" alt="{escape(element.get("alt"))}"{size}>'

    def _picture(self, element: Element) -> str:
        source = element.get("src")
        if source.startswith("data:"):
            return source
        content = self.assets.get(source)
        if content is None:
            found = f'{self.document.name}, line {element.line}: The image "{source}" is not there.'
            raise TemplateError(found, "Put it beside the page source, or mend its src.")
        return image_address(content, f'{self.document.name}, line {element.line}: The image "{source}"')

    def svg(self, element: Element) -> Iterator[str]:
        """A drawing in a line."""
        yield drawing(element, self.copying)


def _lines(element: Element) -> str:
    lines = element.get("data-lines")
    return f'<span class="lines" style="--lines:{escape(lines)}"></span>' if lines else ""


def _breakable(match: re.Match[str]) -> str:
    word = match[0]
    return "<wbr>".join(word[start : start + _BREAK_AFTER] for start in range(0, len(word), _BREAK_AFTER))


_SPECIAL: dict[str, Callable[[WebWriter, Element], Iterator[str]]] = {
    "section": WebWriter.section,
    "table": WebWriter.table,
    "figure": WebWriter.figure,
    "aside": WebWriter.aside,
    "a": WebWriter.link,
    "q": WebWriter.quote,
    "p": WebWriter.paragraph,
    "ul": WebWriter.list_of,
    "ol": WebWriter.list_of,
    "img": WebWriter.image,
    "svg": WebWriter.svg,
}
