"""OpenDocument texts as lines: paragraphs, headings, lists and table rows; what was deleted under tracking is left out."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportpack.read.documents import faults
from reportpack.read.documents.archive import Archive
from reportpack.read.documents.lines import LONGEST_LINE, MOST_LINES, Document, Line, Revision
from reportpack.read.documents.text import squeezed, text_line, tidy

_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
_FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_SKIPPED = frozenset({f"{_TEXT}tracked-changes", f"{_TEXT}note", f"{_OFFICE}annotation", f"{_TEXT}bookmark-start"})
_DEEPEST = 60


def read_odt(data: bytes) -> tuple[Document, bool]:
    """The document, and whether it holds macros."""
    archive = Archive(data)
    if b"manifest:encryption-data" in archive.part("META-INF/manifest.xml"):
        raise faults.password()
    root = archive.xml("content.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise faults.damaged("it holds no text document")
    reader = _Reader(_bold_styles(root), _numbered_lists(root))
    lines = tuple(reader.blocks(body))
    macros = any(name.startswith("Basic/") and name.endswith(".xml") and "script-l" not in name for name in archive.names)
    return Document(lines, revisions=tuple(_tracked(body)), cut=len(lines) >= MOST_LINES), macros


@dataclass(slots=True)
class _Reader:
    """Walks the text once; counts paragraphs and tables in their order."""

    bold: frozenset[str]
    numbered: dict[str, str]
    paragraphs: int = 0
    tables: int = 0
    counts: dict[tuple[str, int], int] = field(default_factory=dict)

    def blocks(self, parent: ET.Element, depth: int = 0) -> Iterator[Line]:
        for child in parent:
            if self.paragraphs + self.tables > MOST_LINES or depth > _DEEPEST:
                return
            if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                self.paragraphs += 1
                yield from self._paragraph(child, f"p{self.paragraphs}", "")
            elif child.tag == f"{_TEXT}list":
                yield from self._list(child, 0, "")
            elif child.tag == f"{_TABLE}table":
                self.tables += 1
                yield from self._table(child)
            elif child.tag not in _SKIPPED:
                yield from self.blocks(child, depth + 1)

    def _paragraph(self, paragraph: ET.Element, name: str, label: str) -> Iterator[Line]:
        level = paragraph.get(f"{_TEXT}outline-level", "0") if paragraph.tag == f"{_TEXT}h" else "0"
        strong = _is_bold(paragraph, self.bold)
        for at, words in enumerate(_words(paragraph).split("\n")):
            typed = text_line(words, name)
            text = squeezed(typed.text)
            mark = typed.mark or ("" if at else label)
            yield Line(text, name, mark=mark, level=int(level) if level.isdigit() else 0, strong=strong and bool(text))

    def _list(self, entries: ET.Element, depth: int, style: str) -> Iterator[Line]:
        style = entries.get(f"{_TEXT}style-name", style)
        if depth > _DEEPEST:
            return
        if entries.get(f"{_TEXT}continue-numbering") != "true" and depth:
            self.counts.pop((style, depth), None)
        for entry in entries:
            label = self._label(style, depth) if entry.tag == f"{_TEXT}list-item" and _begins_with_words(entry) else ""
            for child in entry:
                if child.tag in (f"{_TEXT}p", f"{_TEXT}h"):
                    self.paragraphs += 1
                    yield from self._paragraph(child, f"p{self.paragraphs}", label)
                    label = ""
                elif child.tag == f"{_TEXT}list":
                    yield from self._list(child, depth + 1, style)

    def _label(self, style: str, depth: int) -> str:
        form = self.numbered.get(f"{style}/{depth + 1}", "")
        if not form:
            return "\u2022"
        self.counts[(style, depth)] = count = self.counts.get((style, depth), 0) + 1
        return f"{count}." if form == "1" else f"{chr(ord(form) + (count - 1) % 26)}." if form in "aA" else f"{count}."

    def _table(self, table: ET.Element) -> Iterator[Line]:
        number = self.tables
        for at, row in enumerate(table.iter(f"{_TABLE}table-row"), 1):
            cells = tuple("\n".join(self._cell(cell)) for cell in row if cell.tag == f"{_TABLE}table-cell")
            if any(cells):
                yield Line("\t".join(cells)[:LONGEST_LINE], f"t{number}r{at}", cells=cells, table=number)

    def _cell(self, cell: ET.Element) -> Iterator[str]:
        inner = _Reader(self.bold, self.numbered, counts=self.counts)
        for line in inner.blocks(cell):
            if line.text:
                yield f"{line.mark} {line.text}" if line.mark else line.text


def _begins_with_words(entry: ET.Element) -> bool:
    first = next(iter(entry), None)
    return first is not None and first.tag in (f"{_TEXT}p", f"{_TEXT}h")


def _words(paragraph: ET.Element) -> str:
    found: list[str] = []
    _gather(paragraph, found, 0)
    return tidy("".join(found)[:LONGEST_LINE])


def _gather(element: ET.Element, found: list[str], depth: int) -> None:
    if element.tag == f"{_TEXT}s":
        count = element.get(f"{_TEXT}c", "1")
        found.append(" " * min(int(count) if count.isdigit() else 1, 200))
    elif element.tag == f"{_TEXT}tab":
        found.append("\t")
    elif element.tag == f"{_TEXT}line-break":
        found.append("\n")
    found.append(element.text or "")
    for child in element:
        if child.tag not in _SKIPPED and not child.tag.endswith(("}title", "}desc")) and depth < _DEEPEST:
            _gather(child, found, depth + 1)
        found.append(child.tail or "")


def _bold_styles(root: ET.Element) -> frozenset[str]:
    return frozenset(
        style.get(f"{_STYLE}name", "")
        for style in root.iter(f"{_STYLE}style")
        if any(setting.get(f"{_FO}font-weight") == "bold" for setting in style.iter(f"{_STYLE}text-properties"))
    )


def _is_bold(paragraph: ET.Element, bold: frozenset[str]) -> bool:
    """The paragraph's own style is bold, or all its words stand in bold spans."""
    if paragraph.get(f"{_TEXT}style-name", "") in bold:
        return True
    spans = [span for span in paragraph if (span.tag == f"{_TEXT}span") and "".join(span.itertext()).strip()]
    loose = (paragraph.text or "").strip() or any((child.tail or "").strip() for child in paragraph)
    return bool(spans) and not loose and all(span.get(f"{_TEXT}style-name", "") in bold for span in spans)


def _numbered_lists(root: ET.Element) -> dict[str, str]:
    """`style/level` to its kind of number (`1`, `a`, `i`), for lists that count."""
    found: dict[str, str] = {}
    for style in root.iter(f"{_TEXT}list-style"):
        for level in style.iter(f"{_TEXT}list-level-style-number"):
            form = level.get(f"{_STYLE}num-format", "")
            if form:
                found[f"{style.get(f'{_STYLE}name', '')}/{level.get(f'{_TEXT}level', '1')}"] = form
    return found


def _tracked(body: ET.Element) -> Iterator[Revision]:
    dc = "{http://purl.org/dc/elements/1.1/}"
    for region in body.iter(f"{_TEXT}changed-region"):
        for change in region:
            kind = change.tag.removeprefix(_TEXT)
            author = next((part.text or "" for part in change.iter(f"{dc}creator")), "")
            words = " ".join("".join(part.itertext()) for part in change.iter(f"{_TEXT}p")) if kind == "deletion" else ""
            yield Revision(kind, author, words.strip(), "")
    for comment in body.iter(f"{_OFFICE}annotation"):
        author = next((part.text or "" for part in comment.iter(f"{dc}creator")), "")
        yield Revision("comment", author, " ".join("".join(part.itertext()) for part in comment.iter(f"{_TEXT}p")), "")
