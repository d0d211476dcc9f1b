"""A page source as a Word document: headings that are headings, lists that are lists. Its parts lie in `package/` as they stand in the zip; a `$name` in them is filled in here."""

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from string import Template
from types import MappingProxyType
from xml.sax.saxutils import escape, quoteattr

from reportpack.render.element import QUOTES, Cell, Document, Element, Row, alternative, columns_of, table_grid, words_of
from reportpack.render.theme import Theme
from reportpack.render.vocabulary import HEADINGS, INLINE

_STYLES = {"lead": "Lead", "finding": "Lead", "subtitle": "Subtitle", "note": "Note", "marking": "Marking"}
BULLETS = 1  # The list of the bullets; each numbered list has one of its own, from the next on.
LEVELS = 6
_LETTER = 145
_NARROWEST = 200  # Twentieths of a point: a bold letter of a table, and what stands around the words of a cell.
_BREAK = '<w:r><w:br w:type="page"/></w:r>'
_SPACER = '<w:p><w:pPr><w:pStyle w:val="TableWords"/></w:pPr></w:p>'


class WordWriter:
    """Writes the sections of one document. `links` gather the outside addresses (rId101 on), `lists` the first number of each numbered list."""

    def __init__(self, document: Document, theme: Theme) -> None:
        self.theme = theme
        self.colours = {name: getattr(theme.colours, name).lstrip("#") for name in ("good", "bad", "watch", "quiet")}
        self.links: list[str] = []
        self.lists: list[int] = []
        wanted = [link.get("href")[1:] for link in document.links if link.get("href").startswith("#")]
        self.anchors = {name: f"place{at}" for at, name in enumerate(dict.fromkeys(wanted), 1) if name in document.identifiers}
        self.marked: set[str] = set()
        self.language = document.language

    def section(self, section: Element, *, first: bool) -> str:
        """A section, on a page of its own unless it is the first."""
        started = "" if first else f"<w:p>{_BREAK}</w:p>"
        return f"{started}{self.blocks(section)}"

    def blocks(self, parent: Element, style: str = "", level: int = -1) -> str:
        """Everything in an element as paragraphs and tables; words that stand before a block are a paragraph of their own."""
        parts: list[str] = []
        run: list[Element | str] = []
        for child in parent.children:
            if isinstance(child, Element) and child.tag not in INLINE:
                if _has_words(run):
                    parts.append(self.paragraph(run, style))
                run = []
                written = self.block(child, style, level)
                if parts and parts[-1].endswith("</w:tbl>") and written.startswith("<w:tbl>"):
                    parts.append(_SPACER)  # two tables that follow one another would be one
                parts.append(written)
            else:
                run.append(child)
        if _has_words(run):
            parts.append(self.paragraph(run, style))
        return f"{self.bookmark(parent)}{''.join(parts)}"

    def block(self, element: Element, style: str, level: int) -> str:
        """One block."""
        tag = element.tag
        if tag in HEADINGS:
            return self.paragraph(element.children, f"Heading{tag[1]}", element)
        if tag in ("ul", "ol"):
            return self.list_of(element, style, level)
        if tag == "p":
            own = next((_STYLES[name] for name in element.classes if name in _STYLES), style)
            return self.paragraph(element.children, own, element)
        if tag == "dl":
            return "".join(self._facts(element))
        if tag == "table":
            return self.table(element)
        if tag == "figure":
            return "".join(self._figure(element))
        return self.blocks(element, "Callout" if tag == "aside" else style, level)

    def paragraph(
        self, children: Iterable[Element | str], style: str = "", element: Element | None = None, layout: str = ""
    ) -> str:
        """A paragraph of that style; `element` is what it stands for, whose place can be linked to."""
        words = "".join(self.inline(child, "") for child in children)
        named = f'<w:pStyle w:val="{style}"/>' if style else ""
        place = self.bookmark(element) if element is not None else ""
        return f"<w:p><w:pPr>{named}{layout}</w:pPr>{place}{words}</w:p>"

    def list_of(self, element: Element, style: str, level: int) -> str:
        """Entries with their bullets or numbers; a plain list is lines under one another."""
        deeper = min(level + 1, LEVELS - 1)
        number = BULLETS
        if element.tag == "ol":
            self.lists.append(int(element.get("start", "1")))
            number = BULLETS + len(self.lists)
        marked = f'<w:numPr><w:ilvl w:val="{deeper}"/><w:numId w:val="{number}"/></w:numPr>'
        plain = element.has("plain") or element.has("contents")
        return "".join(self._entry(one, style, "" if plain else marked, deeper) for one in element.elements)

    def _entry(self, entry: Element, style: str, marked: str, level: int) -> str:
        words = [child for child in entry.children if isinstance(child, str) or child.tag in INLINE]
        blocks = [child for child in entry.elements if child.tag not in INLINE]
        named = style or ("ListParagraph" if marked else "Definition")
        if not _has_words(words) and blocks and blocks[0].tag == "p":
            words, blocks = list(blocks[0].children), blocks[1:]
        first = self.paragraph(words, named, entry, marked) if _has_words(words) else ""
        return first + "".join(self.block(one, named, level) for one in blocks)

    def _facts(self, element: Element) -> Iterator[str]:
        terms: list[Element] = []
        for child in element.elements:
            if child.tag == "dt":
                terms.append(child)
                continue
            inline = all(isinstance(one, str) or one.tag in INLINE for one in child.children)
            if len(terms) == 1 and inline and element.has("facts"):
                term = "".join(self.inline(one, "<w:b/>") for one in terms[0].children)
                words = "".join(self.inline(one, "") for one in child.children)
                place = f"{self.bookmark(terms[0])}{self.bookmark(child)}"
                yield f'<w:p><w:pPr><w:pStyle w:val="Fact"/></w:pPr>{place}{term}<w:r><w:tab/></w:r>{words}</w:p>'
            else:
                yield from (self.paragraph(term.children, "Term", term) for term in terms)
                yield self.blocks(child, "Definition")
            terms = []

    def _figure(self, element: Element) -> Iterator[str]:
        for child in element.elements:
            if child.tag == "table":
                yield self.table(child)
            elif child.tag == "figcaption":
                yield self.paragraph(child.children, "Caption", child)
            else:
                yield self.paragraph([alternative(child)], "Note", child)

    def table(self, element: Element) -> str:
        """A table whose head is repeated on every page."""
        grid = table_grid(element)
        caption = next((child for child in element.elements if child.tag == "caption"), None)
        widths = self._widths(element, grid.columns)
        hanging: dict[int, tuple[int, int]] = {}
        rows = [self._row(row, widths, hanging) for row in grid.rows]
        said = self.paragraph(caption.children, "Caption", caption) if caption is not None else ""
        grid_columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        heads = int(any(row.part.tag == "thead" for row in grid.rows))
        return (
            f'{said}{self.bookmark(element)}<w:tbl><w:tblPr><w:tblStyle w:val="ReportTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
            f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="{"0620" if heads else "0600"}" w:firstRow="{heads}" '
            f'w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/></w:tblPr>'
            f"<w:tblGrid>{grid_columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def _widths(self, element: Element, columns: int) -> list[int]:
        told = [float(col.get("data-width").rstrip("%") or 0) for col in columns_of(element)]
        shares = told[:columns] + [0.0] * (columns - len(told))
        page = self.theme.page
        room = round(20 * (page.width - page.margin_left - page.margin_right))
        rest = max(100.0 - sum(shares), 1.0) / max(shares.count(0.0), 1)
        shares = [share or rest for share in shares]
        widths = [round(room * share / sum(shares)) for share in shares]
        least = _least_widths(element, columns)
        lacking = sum(max(need - width, 0) for need, width in zip(least, widths, strict=True))
        spare = [max(width - need, 0) for need, width in zip(least, widths, strict=True)]
        if lacking > sum(spare):
            return widths
        given = (round(lacking * one / max(sum(spare), 1)) for one in spare)
        return [max(need, width - less) for need, width, less in zip(least, widths, given, strict=True)]

    def _row(self, row: Row, widths: Sequence[int], hanging: dict[int, tuple[int, int]]) -> str:
        head = row.part.tag == "thead"
        kept = "<w:cantSplit/>" + ("<w:tblHeader/>" if head else "")
        cells = {cell.column: cell for cell in row.cells}
        written: list[str] = []
        column = 0
        while column < len(widths):
            cell = cells.get(column)
            if cell is not None:
                span, left = cell.columns, cell.rows
                written.append(self._cell(cell, widths, head=head))
            else:
                span, left = hanging.get(column, (1, 0))
                span, left = (span, left) if left > 0 else (1, 0)
                written.append(_cell_of(sum(widths[column : column + span]), span, "<w:vMerge/>" if left else "", "<w:p/>"))
            hanging[column] = (span, left - 1)
            column += span
        return f"<w:tr><w:trPr>{kept}</w:trPr>{self.bookmark(row.element)}{''.join(written)}</w:tr>"

    def _cell(self, cell: Cell, widths: Sequence[int], *, head: bool) -> str:
        element = cell.element
        words = self.blocks(element, "TableWords")
        if not words.endswith("</w:p>"):
            words += _SPACER
        if element.tag == "th" and not head:
            words = words.replace("<w:r><w:rPr>", "<w:r><w:rPr><w:b/>").replace("<w:r><w:t ", "<w:r><w:rPr><w:b/></w:rPr><w:t ")
        merged = '<w:vMerge w:val="restart"/>' if cell.rows > 1 else ""
        return _cell_of(sum(widths[cell.column : cell.column + cell.columns]), cell.columns, merged, words)

    def inline(self, child: Element | str, looks: str, quoted: int = 0) -> str:
        """Words with their looks: what stands in `w:rPr`, in the order that Word asks for."""
        if isinstance(child, str):
            return _run(child, looks)
        if child.tag == "br":
            return "<w:r><w:br/></w:r>"
        if child.tag in ("svg", "img"):
            return _run(alternative(child), looks)
        looks = self._looks(child, looks)
        inner = "".join(self.inline(one, looks, quoted + (child.tag == "q")) for one in child.children)
        if child.tag == "q":
            marks = QUOTES[quoted % 2]
            inner = f"{_run(marks[0], looks)}{inner}{_run(marks[1], looks)}"
        place = self.bookmark(child)
        return f"{place}{self._link(child.get('href'), inner) if child.tag == 'a' else inner}"

    def _looks(self, element: Element, looks: str) -> str:
        added = {"strong": "<w:b/>", "em": "<w:i/>"}.get(element.tag, "")
        colour = next((self.colours[name] for name in element.classes if name in self.colours), "")
        tongue = element.get("lang")
        if added and added not in looks:
            looks = f"<w:b/>{added}{looks[len('<w:b/>') :]}" if looks.startswith("<w:b/>") else f"{added}{looks}"
        if colour and "<w:color" not in looks:
            looks = f'{looks}<w:color w:val="{colour}"/>'
        return f"{looks}<w:lang w:val={quoteattr(tongue)}/>" if tongue and "<w:lang" not in looks else looks

    def _link(self, address: str, inner: str) -> str:
        if address.startswith("#"):
            place = self.anchors.get(address[1:])
            return f'<w:hyperlink w:anchor="{place}" w:history="1">{inner}</w:hyperlink>' if place else inner
        if address not in self.links:
            self.links.append(address)
        return f'<w:hyperlink r:id="rId{101 + self.links.index(address)}" w:history="1">{inner}</w:hyperlink>'

    def bookmark(self, element: Element) -> str:
        """A place that something links to, marked once."""
        name = element.get("id")
        if name not in self.anchors or name in self.marked:
            return ""
        self.marked.add(name)
        number = len(self.marked)
        return f'<w:bookmarkStart w:id="{number}" w:name="{self.anchors[name]}"/><w:bookmarkEnd w:id="{number}"/>'


def _least_widths(table: Element, columns: int) -> list[int]:
    least = [_NARROWEST] * columns
    for row in table_grid(table).rows:
        for cell in row.cells:
            if row.part.tag == "thead" and cell.columns == 1:
                longest = max((len(word) for word in words_of(cell.element).split()), default=0)
                least[cell.column] = max(least[cell.column], longest * _LETTER + _NARROWEST)
    return least


def _cell_of(width: int, columns: int, merged: str, words: str) -> str:
    span = f'<w:gridSpan w:val="{columns}"/>' if columns > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}</w:tcPr>{words}</w:tc>'


def _run(words: str, looks: str) -> str:
    if not words:
        return ""
    return f'<w:r>{f"<w:rPr>{looks}</w:rPr>" if looks else ""}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'


def _has_words(run: Sequence[Element | str]) -> bool:
    return any(not isinstance(one, str) or one.strip(" ") for one in run)


NO_FACTS: Mapping[str, str] = MappingProxyType({})
_PACKAGE = Path(__file__).with_name("package")
_HYPERLINK = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
_FORMAT_ID = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
_UNDATED = "2000-01-01"


def render_word(document: Document, theme: Theme, facts: Mapping[str, str] = NO_FACTS, *, tracked: bool = False) -> bytes:
    """The whole file. `facts` are properties of its own by name; `tracked` when what is typed in it is to be tracked."""
    writer = WordWriter(document, theme)
    body = "".join(writer.section(section, first=at == 0) for at, section in enumerate(document.sections))
    filled = {
        **_head(document),
        **_looks(theme),
        "body": body,
        "tracking": "<w:trackRevisions/>" if tracked else "",  # from the first letter on that is typed in it
        "links": "".join(
            f'<Relationship Id="rId{at}" Type="{_HYPERLINK}" Target="{_quoted(address)}" TargetMode="External"/>'
            for at, address in enumerate(writer.links, 101)
        ),
        "lists": "".join(
            f'<w:num w:numId="{at}"><w:abstractNumId w:val="1"/>'
            f'<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{first}"/></w:lvlOverride></w:num>'
            for at, first in enumerate(writer.lists, BULLETS + 1)
        ),
        "facts": "".join(
            f'<property fmtid="{_FORMAT_ID}" pid="{at}" name="{_quoted(name)}"><vt:lpwstr>{escape(value)}</vt:lpwstr></property>'
            for at, (name, value) in enumerate(facts.items(), 2)
        ),
    }
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as file:
        for part in sorted(path for path in _PACKAGE.rglob("*") if path.is_file()):
            text = Template(part.read_text("utf-8")).substitute(filled)
            name = part.relative_to(_PACKAGE).as_posix()
            file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _head(document: Document) -> dict[str, str]:
    meta = document.meta
    day = meta.date or _UNDATED
    running = ", ".join(part for part in (meta.running_title or document.title, meta.version, meta.edition) if part)
    return {
        "title": escape(document.title),
        "author": escape(meta.author),
        "description": escape(meta.description),
        "language": _quoted(document.language),
        "moment": f"{day}Z" if "T" in day else f"{day}T00:00:00Z",
        "marking_line": _running("Marking", meta.marking) if meta.marking else "",
        "running_line": _running("Header", running),
    }


def _running(style: str, words: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t xml:space="preserve">{escape(words)}</w:t></w:r></w:p>'


def _looks(theme: Theme) -> dict[str, str | int]:
    names = ("ink", "quiet", "accent", "tint", "link", "rule", "marking")
    size, page = max(round(theme.text.size * 2), 22), theme.page
    heads = (theme.text.h1, theme.text.h2, theme.text.h3, theme.text.h4)
    return {
        **{name: getattr(theme.colours, name).lstrip("#") for name in names},
        **{f"h{level}": max(round(points * 2), size) for level, points in enumerate(heads, 1)},
        "size": size,
        "small": max(round(theme.text.small * 2), 18),
        "subtitle": size + 2,
        "lead": size + 4,
        "cell": max(size - 2, 20),
        "width": round(20 * page.width),
        "height": round(20 * page.height),
        "turned": ' w:orient="landscape"' if page.width > page.height else "",
        "top": round(20 * (page.margin_top + 14)),
        "bottom": round(20 * (page.margin_bottom + 14)),
        "left": round(20 * page.margin_left),
        "right": round(20 * page.margin_right),
    }


def _quoted(words: str) -> str:
    return escape(words, {'"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"})
