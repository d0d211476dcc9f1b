"""Each element of the page source as HTML: the same words in the same order, with what a browser needs to show and to speak them, and where numbers come from."""

import base64
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from html import escape

from reportpack import patterns as re
from reportpack.errors import TemplateError
from reportpack.render.chart_style import TextWidth
from reportpack.render.element import QUOTES, Document, Element, Grid, alternative, block_lines, columns_of, table_grid, words_of
from reportpack.render.full_tables import table_csv
from reportpack.render.logo import as_markup, is_svg, read_logo
from reportpack.render.vocabulary import ALIGNED, HEADINGS

_MARKUP = re.compile("[&<>']")
_APART = frozenset(("section", "table", "figure"))
_LONGEST, _TELEPHONE = 160, 328
"""Letters of a name; pixels across, above which a chart scrolls by itself on a telephone."""


def image_address(content: bytes, called: str) -> str:
    """A `data:` address; TemplateError when the bytes are neither PNG nor JPEG, nor an SVG that can be drawn."""
    if is_svg(content):
        markup = as_markup(read_logo(content, called)).encode()
        return f"data:image/svg+xml;base64,{base64.b64encode(markup).decode('ascii')}"
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
    skipped = (*(("id", "aria-labelledby") if copying else ()), "role", "aria-hidden", "focusable")
    attributes = written([item for item in element.attributes.items() if item[0] not in skipped])
    if element.tag == "text" and size and element.children:
        words = words_of(element)
        if not any("x" in child.attributes or "dx" in child.attributes for child in element.elements) and words.strip():
            more += f' textLength="{width(words, size, bold):.2f}" lengthAdjust="spacingAndGlyphs"'
    inside = ""
    for one in element.children:
        inside += escape(one, quote=False) if isinstance(one, str) else _drawn(one, copying, width, size, bold)
    return f"<{element.tag}{attributes}{more}>{inside}</{element.tag}>"


def cited_numbers(element: Element, whole: bool) -> Iterator[tuple[str, str]]:
    """Each printed number with its references; unless `whole`, those in tables, figures and inner sections are left to them."""
    if element.get("data-source"):
        yield words_of(element), element.get("data-source")
        return
    for child in element.elements:
        if whole or child.tag not in _APART:
            yield from cited_numbers(child, whole)


def _heads(grid: Grid) -> dict[int, str]:
    """The names of a wide table's columns, which each cell shows on a telephone, where rows are cards; none where the table has no such row."""
    head = [row for row in grid.rows if row.part.tag == "thead"]
    plain = len(head) == 1 and all(cell.columns == cell.rows == 1 for cell in head[0].cells)
    uncut = all(cell.rows == 1 for row in grid.rows for cell in row.cells)
    return {cell.column: words_of(cell.element) for cell in head[0].cells} if grid.columns > 3 and plain and uncut else {}


def sources_details(numbers: Iterable[tuple[str, str]], of_what: str, document: Document, own: str) -> str:
    """A closed `details` with a line for each entry of Sources: its link, its name, each number and its cell. Empty without numbers."""
    entries: dict[str, dict[str, dict[str, None]]] = {}
    for words, references in dict.fromkeys(numbers):
        for reference in references.split():
            entry, _, place = reference.partition("!")
            places = entries.setdefault(entry, {}).setdefault(words, {})
            if place:
                places[place] = None
    if not entries:
        return ""
    lines = []
    for entry, found in entries.items():
        target = document.identifiers.get(entry, document.elsewhere.get(entry))
        link = f'<a href="#{escape(entry)}">{escape(entry)}</a> ' if entry in document.identifiers else f"{escape(entry)} "
        name = next((line for line in block_lines(target) if line != entry), "") if target is not None else ""
        spots = ((escape(words), escape(", ".join(places))) for words, places in found.items())
        said = "; ".join(f'{words} <span class="place">({place})</span>' if place else words for words, place in spots)
        lines.append(f"<li>{link}{escape(name if len(name) <= _LONGEST else f'{name[:_LONGEST]}…')}: {said}.</li>")
    title = f'Where these numbers come from<span class="unseen">: {escape(of_what)}</span>'
    return f'<details class="sources"><summary{own}>{title}</summary><ul>{"".join(lines)}</ul></details>'


_ORDER = ("id", "class", "lang", "href", "title", "datetime", "value", "data-source", "start", "colspan", "rowspan", "scope")
_KEPT = {name: place for place, name in enumerate(_ORDER)}
_LONG_WORD = re.compile(r"[^\s<>&;]{24,}")
_PART = re.compile(".{1,16}", re.DOTALL)
_VOID = frozenset(("br", "hr", "col"))


class WebWriter:
    """Writes the elements of one document; `assets` holds the images beside it by name, `width` measures the words of charts."""

    def __init__(self, document: Document, assets: Mapping[str, bytes], width: TextWidth) -> None:
        self.width, self.document, self.assets = width, document, assets
        self.own = "" if document.language.lower().startswith("en") else ' lang="en"'
        self.heading = document.title
        self.quoted = 0
        self.copying = False
        self.marks = {element.get("href")[1:]: words_of(element) for element in document.links if element.has("footnote")}
        self.numbered = 0

    def identify(self, wish: str) -> str:
        """An id that the document does not use."""
        self.numbered += 1
        name = f"{wish}-{self.numbered}"
        while name in self.document.identifiers:
            name += "x"
        return name

    def element(self, element: Element) -> str:
        """The element and all in it."""
        if element.tag in HEADINGS:
            self.heading = words_of(element)
        special = _SPECIAL.get(element.tag)
        return self.plain(element, element.tag) if special is None else special(self, element)

    def plain(self, element: Element, tag: str, more: str = "", inside: str = "") -> str:
        """The element under this tag; `more` attributes, and markup that stands before its children."""
        start = f"<{tag}{self.attributes(element)}{more}>{inside}"
        return start if tag in _VOID else f"{start}{self.children(element)}</{tag}>"

    def children(self, element: Element) -> str:
        """Text and elements inside."""
        return "".join([_text(child) if isinstance(child, str) else self.element(child) for child in element.children])

    def attributes(self, element: Element, without: tuple[str, ...] = ()) -> str:
        """Those that HTML has too; ids are left out of copies."""
        given = element.attributes
        if not given:
            return ""
        kept = [name for name in given if name in _KEPT and name not in without and not (self.copying and name == "id")]
        kept.sort(key=_KEPT.__getitem__)
        return written([(name, given[name]) for name in kept])

    def section(self, element: Element) -> str:
        """A section; a contents section is navigation. Sources of the numbers in its own paragraphs close it, or these where sections follow; those of columns what holds them."""
        if element.has("columns"):
            heading = self.heading
            inside = "".join(f"<section{self.attributes(part)}>{self.children(part)}</section>" for part in element.elements)
            own = [child for part in element.elements for child in part.elements if child.tag not in _APART]
            return f"<section{self.attributes(element)}>{inside}</section>{self._section_sources(own, heading)}"
        tag, label = ("nav", ' aria-label="Contents"') if element.has("contents") else ("section", "")
        parts = [f"<{tag}{self.attributes(element)}{label}>"]
        heading = self.heading
        own = [child for child in element.elements if child.tag not in _APART]
        first = list(element.elements)[:1]
        inner = False
        for child in element.elements:
            if child.tag == "section" and own[:1] == first and not inner:
                inner = True
                parts.append(self._section_sources(own, heading))
            parts.append(self.element(child))
            heading = self.heading if child.tag in HEADINGS else heading
        if not inner:
            parts.append(self._section_sources(own, heading))
        return f"{''.join(parts)}</{tag}>"

    def _section_sources(self, blocks: list[Element], heading: str) -> str:
        numbers = [number for block in blocks for number in cited_numbers(block, whole=False)]
        return sources_details(numbers, heading, self.document, self.own)

    def table(self, element: Element) -> str:
        """A table in a room of its own that scrolls, then where its numbers come from."""
        table = self.bare_table(element)
        if self.copying:
            return table
        numbers = cited_numbers(element, whole=True)
        return f"{table}{sources_details(numbers, self._table_name(element), self.document, self.own)}"

    def _table_name(self, element: Element) -> str:
        captions = [child for child in element.elements if child.tag == "caption"]
        return words_of(captions[0]) if captions else self.heading

    def bare_table(self, element: Element) -> str:
        """The table without its sources."""
        grid = table_grid(element)
        aligned = {at: " ".join(name for name in col.classes if name in ALIGNED) for at, col in enumerate(columns_of(element))}
        heads = _heads(grid)
        every = (cell for row in grid.rows for cell in row.cells)
        cells = {id(one.element): (aligned.get(one.column, ""), heads.get(one.column, "")) for one in every}
        name, classes = escape(f"Table: {self._table_name(element)}"), _classes(element.get("class"), "cards" if heads else "")
        parts = [
            f'<div class="scroll" role="group" tabindex="0" aria-label="{name}">',
            f'<table{self.attributes(element, without=("class",))}{classes} style="--columns:{grid.columns}">',
        ]
        for child in element.elements:
            if child.tag == "caption":
                parts.append(self.element(child))
            elif child.tag == "colgroup":
                given = [(col.get("span"), col.get("data-width").rstrip("%")) for col in child.elements]
                spans = [
                    (f' span="{escape(span)}"' if span else "", f' style="width:{escape(width)}%"' if width else "")
                    for span, width in given
                ]
                parts.append(f"<colgroup>{''.join(f'<col{span}{style}>' for span, style in spans)}</colgroup>")
            else:
                parts.append(self._rows(child, cells))
        return f"{''.join(parts)}</table></div>"

    def _rows(self, part: Element, told: Mapping[int, tuple[str, str]]) -> str:
        in_head = part.tag == "thead"
        lines = [f"<{part.tag}{self.attributes(part)}>"]
        for row in part.elements:
            cells = "".join([self._cell(cell, in_head, *told[id(cell)]) for cell in row.elements])
            lines.append(f"<tr{self.attributes(row)}>{cells}</tr>")
        return f"{''.join(lines)}</{part.tag}>"

    def _cell(self, cell: Element, in_head: bool, aligned: str, named: str) -> str:
        heads = cell.tag == "th" and any(block_lines(cell))
        scope = cell.get("scope") or ("col" if in_head else "row")
        more = _classes(cell.get("class"), aligned) + (f' scope="{scope}"' if heads else "")
        tag = "th" if heads else "td"
        more += f' data-head="{escape(named)}"' if named and not in_head and any(block_lines(cell)) else ""
        start = f"<{tag}{self.attributes(cell, without=('class', 'scope'))}{more}>"
        return f"{start}{self.children(cell)}{_lines(cell)}</{tag}>"

    def figure(self, element: Element) -> str:
        """A figure; under a chart its numbers as a table and where they come from."""
        parts = [f"<figure{self.attributes(element)}>"]
        drawn = False
        for child in element.elements:
            drawn = drawn or child.tag == "svg"
            if child.tag == "svg":
                name = escape(alternative(child).partition(". ")[0] or self.heading)
                across = float(child.get("viewBox").replace(",", " ").split()[2])
                stop = ' tabindex="0"' if across > _TELEPHONE else ""
                room = f'<div class="scroll" role="group"{stop} aria-label="Chart: {name}" style="--chart:{across:.0f}px">'
                parts.append(f"{room}{drawing(child, self.copying, self.width)}</div>{self._points(child, name)}")
            elif child.tag == "table":
                parts.append(self.bare_table(child))
            else:
                parts.append(self.element(child))
        if not self.copying:
            parts.append(self._behind(element, drawn))
        return f"{''.join(parts)}</figure>"

    def _points(self, chart: Element, name: str) -> str:
        """What the chart's points say, one after the other, by one stop of the keyboard and its arrows; without a script."""
        told = [words_of(one) for shape in chart.walk() if shape.tag == "polyline" for one in shape.elements if one.tag == "desc"]
        said = [words for line in told for words in line.split("; ")]
        options = (
            "".join(f"<option>{escape(words)}</option>" for words in said[:-1]) + f"<option selected>{escape(said[-1])}</option>"
            if said
            else ""
        )
        unseen = f'<span class="unseen"> of {name}, with the arrow keys</span>'
        return f'<p class="points"{self.own}><label>Point by point{unseen} <select>{options}</select></label></p>' if said else ""

    def _behind(self, figure: Element, drawn: bool) -> str:
        name = next((words_of(child) for child in figure.elements if child.tag == "figcaption"), self.heading)
        numbers = self._chart_numbers(figure, name) if drawn else ""
        if numbers:
            title = f'The numbers in this chart<span class="unseen">: {escape(name)}</span>'
            numbers = f'<details class="chart-data"><summary{self.own}>{title}</summary>{numbers}</details>'
        return numbers + sources_details(cited_numbers(figure, whole=True), name, self.document, self.own)

    def _chart_numbers(self, figure: Element, name: str) -> str:
        """A copy of the table that the figure names, and the same as data to keep; without one, a table of what the chart's bars say of themselves."""
        named = figure.get("aria-details")
        table = self.document.identifiers.get(named, self.document.elsewhere.get(named))
        if table is not None and table.tag == "table":
            self.copying = True
            copy = self.bare_table(table)
            self.copying = False
            data = base64.b64encode(table_csv(table).encode("utf-8-sig")).decode()
            kept = f'<a download="{escape(named)}.csv" href="data:text/csv;charset=utf-8;base64,{data}">The same as CSV</a>'
            return f"{copy}<p{self.own}>{kept}</p>"
        shapes = (shape for shape in figure.walk() if shape.tag in ("rect", "circle", "polygon", "path"))
        said = [words_of(child).rpartition(": ") for shape in shapes for child in shape.elements if child.tag == "title"]
        rows = "".join(
            f'<tr><th scope="row">{escape(of)}</th><td class="number">{escape(value)}</td></tr>' for of, _, value in said
        )
        if not rows:
            return ""
        room = f'<div class="scroll" role="group" tabindex="0" aria-label="{escape(f"Table: {name}")}">'
        return f'{room}<table class="fit tight"><caption>{escape(name)}</caption><tbody>{rows}</tbody></table></div>'

    def aside(self, element: Element) -> str:
        """A callout; a footnote begins with its number, which leads back to the text."""
        classes = " ".join(("aside", *element.classes))
        label = self.marks.get(element.get("id"), "")
        back = f'<a class="back" href="#{escape(element.get("id"))}-mark">{escape(label)}</a>' if element.has("footnote") else ""
        start = f'<div{self.attributes(element, without=("class",))} class="{escape(classes)}" role="note">'
        first = next(iter(element.elements), None) if back else None
        if back and first is not None and first.tag == "p" and element.children[0] is first:
            others = [self.element(child) for child in list(element.elements)[1:]]
            return f"{start}{self.plain(first, 'p', inside=back)}{''.join(others)}</div>"
        return f"{start}{back}{self.children(element)}</div>"

    def link(self, element: Element) -> str:
        """A link; a footnote's mark is raised and can be come back to."""
        if not element.has("footnote") or self.copying:
            return self.plain(element, "a")
        note = escape(element.get("href")[1:])
        mark = self.plain(element, "a", f' role="doc-noteref" id="{note}-mark"')
        return f"<sup>{mark}</sup>"

    def quote(self, element: Element) -> str:
        """Words between the marks that the PDF prints."""
        marks = QUOTES[self.quoted % 2]
        self.quoted += 1
        words = self.children(element)
        self.quoted -= 1
        return f"<q{self.attributes(element)}>{marks[0]}{words}{marks[1]}</q>"

    def paragraph(self, element: Element) -> str:
        """A paragraph, with ruled lines below it where it is room to write."""
        return f"<p{self.attributes(element)}>{self.children(element)}{_lines(element)}</p>"

    def list_of(self, element: Element) -> str:
        """A list; one without bullets still says that it is a list."""
        quiet = element.has("plain") or element.has("contents") or element.has("headlines")
        return self.plain(element, element.tag, ' role="list"' if quiet else "")

    def image(self, element: Element) -> str:
        """A picture held in the file itself."""
        source = element.get("src")
        if not source.startswith("data:"):
            called, content = f'{self.document.name}, line {element.line}: The image "{source}"', self.assets.get(source)
            if content is None:
                raise TemplateError(f"{called} is not there.", "Put it beside the page source, or mend its src.")
            source = image_address(content, called)
        size = "".join(f' {name}="{escape(element.get(name))}"' for name in ("width", "height") if element.get(name))
        classes = " ".join(("picture", *element.classes))
        kept = self.attributes(element, without=("class",))
        return f'<img{kept} class="{escape(classes)}" src="{escape(source)}" alt="{escape(element.get("alt"))}"{size}>'


@lru_cache(maxsize=256)
def _classes(own: str, of_column: str) -> str:
    classes = " ".join(dict.fromkeys((*own.split(), *of_column.split())))
    return f' class="{escape(classes)}"' if classes else ""


def _lines(element: Element) -> str:
    lines = element.get("data-lines")
    return f'<span class="lines" style="--lines:{escape(lines)}"></span>' if lines else ""


def _text(words: str) -> str:
    marked = escape(words, quote=False)
    return _LONG_WORD.sub(lambda long: "<wbr>".join(_PART.findall(long[0])), marked) if len(marked) >= 24 else marked


_SPECIAL: dict[str, Callable[[WebWriter, Element], str]] = {
    "section": WebWriter.section,
    "table": WebWriter.table,
    "figure": WebWriter.figure,
    "aside": WebWriter.aside,
    "a": WebWriter.link,
    "q": WebWriter.quote,
    "p": WebWriter.paragraph,
    **dict.fromkeys(("ul", "ol"), WebWriter.list_of),
    "img": WebWriter.image,
    "svg": lambda writer, element: drawing(element, writer.copying, writer.width),
}
