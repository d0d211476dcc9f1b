"""Word documents as lines: paragraphs, lists with the numbers Word shows, table rows, and tracked changes as if accepted."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import dataclass, field

from reportpack.read.documents import faults
from reportpack.read.documents.archive import Archive
from reportpack.read.documents.lines import LONGEST_LINE, MOST_LINES, Document, Fact, Line, Revision
from reportpack.read.documents.text import squeezed, text_line, tidy
from reportpack.read.documents.word_numbers import Numbering, numbering_of

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", f"{_W}instrText", f"{_MC}Fallback", f"{_W}sectPr"})
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"


def read_docx(data: bytes) -> tuple[Document, bool]:
    """The document, and whether it holds macros."""
    archive = Archive(data)
    raw = archive.part("word/document.xml")
    if not raw:
        raise faults.damaged("it holds no Word document")
    root = ET.Element("none")
    body = None
    if raw:
        from reportpack.read.documents.archive import parsed

        root = parsed(raw.replace(_STRICT[1:-1].encode(), _W[1:-1].encode()), "word/document.xml")
        body = root.find(f"{_W}body")
    if body is None:
        raise faults.damaged("its Word document has no body")
    reader = _Reader(_styles(archive), numbering_of(archive.xml("word/numbering.xml")))
    lines = tuple(reader.body(body))
    revisions = (*_tracked(body), *_comments(archive))
    return Document(lines, _margins(archive), revisions, cut=len(lines) >= MOST_LINES), archive.any(["word/vbaProject.bin"])


@dataclass(slots=True)
class _Reader:
    """Walks the body once; counts paragraphs and tables as Word shows them."""

    styles: dict[str, tuple[str, int, str]]
    numbering: Numbering
    paragraphs: int = 0
    tables: int = 0
    made: int = 0
    counters: dict[str, list[int]] = field(default_factory=dict)

    def body(self, body: ET.Element) -> Iterator[Line]:
        for block in _blocks(body):
            if self.made >= MOST_LINES:
                return
            if block.tag == f"{_W}p":
                self.paragraphs += 1
                yield from self._paragraph(block, f"p{self.paragraphs}")
            else:
                self.tables += 1
                yield from self._table(block, self.tables)

    def _paragraph(self, paragraph: ET.Element, name: str, table: int = 0) -> Iterator[Line]:
        style, level, style_number = self.styles.get(_value(paragraph, f"{_W}pPr/{_W}pStyle"), ("", 0, ""))
        label = self._label(paragraph, style_number)
        strong = _all_bold(paragraph)
        for at, words in enumerate(_words(paragraph).split("\n")):
            self.made += 1
            typed = text_line(words, name)
            text = squeezed(typed.text)
            mark = typed.mark or (label or ("\u2022" if style.startswith("list") and text else ""))
            yield Line(
                text, name, mark="" if at and not typed.mark else mark, level=level, strong=strong and bool(text), table=table
            )

    def _label(self, paragraph: ET.Element, style_number: str) -> str:
        number = paragraph.find(f"{_W}pPr/{_W}numPr")
        identity = _value(number, f"{_W}numId") if number is not None else style_number
        depth = _value(number, f"{_W}ilvl") if number is not None else "0"
        return self.numbering.label(identity, int(depth) if depth.isdigit() else 0) if identity and identity != "0" else ""

    def _table(self, table: ET.Element, number: int) -> Iterator[Line]:
        for at, row in enumerate(_rows(table), 1):
            cells = tuple("\n".join(self._cell(cell, f"t{number}r{at}")) for cell in _cells(row))
            self.made += 1
            if any(cells):
                yield Line("\t".join(cells)[:LONGEST_LINE], f"t{number}r{at}", cells=cells, table=number)
            if self.made >= MOST_LINES:
                return

    def _cell(self, cell: ET.Element, name: str) -> Iterator[str]:
        for block in _blocks(cell):
            if block.tag == f"{_W}tbl":
                for row in _rows(block):
                    yield " ".join(text for inner in _cells(row) for text in self._cell(inner, name))
                continue
            for line in self._paragraph(block, name):
                if line.text:
                    yield f"{line.mark} {line.text}" if line.mark else line.text


def _blocks(parent: ET.Element) -> Iterator[ET.Element]:
    """Paragraphs and tables, also inside content controls and accepted insertions."""
    for child in parent:
        if child.tag in (f"{_W}p", f"{_W}tbl"):
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent", f"{_W}ins", f"{_W}moveTo", f"{_W}customXml"):
            yield from _blocks(child)


def _rows(table: ET.Element) -> Iterator[ET.Element]:
    for child in table:
        if child.tag == f"{_W}tr":
            if child.find(f"{_W}trPr/{_W}del") is None:
                yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _rows(child)


def _cells(row: ET.Element) -> Iterator[ET.Element]:
    for child in row:
        if child.tag == f"{_W}tc":
            yield child
        elif child.tag in (f"{_W}sdt", f"{_W}sdtContent"):
            yield from _cells(child)


def _words(paragraph: ET.Element) -> str:
    """The words of a paragraph as they are when every change is accepted; a break in a line is a line end."""
    found: list[str] = []
    waiting = [iter(paragraph)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif child.tag == f"{_W}t":
            found.append(child.text or "")
        elif child.tag in (f"{_W}tab", f"{_W}ptab"):
            found.append("\t")
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            found.append("\n")
        elif child.tag == f"{_W}noBreakHyphen":
            found.append("-")
        elif child.tag == f"{_W}txbxContent":
            found.append("\n")
            waiting.append(iter(child))
        elif child.tag not in _SKIPPED and len(waiting) < 60:
            waiting.append(iter(child))
    return tidy("".join(found)[:LONGEST_LINE]).strip("\n")


def _all_bold(paragraph: ET.Element) -> bool:
    """Whether every run with words is bold by its own setting."""
    runs = [run for run in paragraph.iter(f"{_W}r") if any((part.text or "").strip() for part in run.iter(f"{_W}t"))]
    return bool(runs) and all(_on(run.find(f"{_W}rPr/{_W}b")) for run in runs)


def _on(setting: ET.Element | None) -> bool:
    return setting is not None and setting.get(f"{_W}val", "true") not in ("0", "false", "off")


def _value(parent: ET.Element | None, path: str) -> str:
    found = parent.find(path) if parent is not None else None
    return found.get(f"{_W}val", "") if found is not None else ""


def _styles(archive: Archive) -> dict[str, tuple[str, int, str]]:
    """Style id to its name, the level of heading it stands for, and its list."""
    root = archive.xml("word/styles.xml")
    styles: dict[str, tuple[str, int, str]] = {}
    for style in root.iter(f"{_W}style") if root is not None else ():
        name = _value(style, f"{_W}name").lower()
        level = int(name[-1]) if name.startswith("heading ") and name[-1].isdigit() else int(name in ("title", "subtitle"))
        styles[style.get(f"{_W}styleId", "")] = (name, level, _value(style, f"{_W}pPr/{_W}numPr/{_W}numId"))
    return styles


def _margins(archive: Archive) -> tuple[Fact, ...]:
    """Running headers and footers."""
    found: list[Fact] = []
    for name in sorted(archive.names):
        if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"):
            root = archive.xml(name)
            text = " ".join(_words(paragraph) for paragraph in root.iter(f"{_W}p")) if root is not None else ""
            if squeezed(text):
                found.append(Fact("header" if "header" in name else "footer", squeezed(text), name))
    return tuple(found)


def _tracked(body: ET.Element) -> Iterator[Revision]:
    """Each tracked insertion and deletion that has words, with its author."""
    number = 0
    for block in _blocks(body):
        number += block.tag == f"{_W}p"
        for tag, kind, words in ((f"{_W}ins", "insertion", f"{_W}t"), (f"{_W}del", "deletion", f"{_W}delText")):
            for change in block.iter(tag):
                text = "".join(part.text or "" for part in change.iter(words))
                if text.strip():
                    yield Revision(kind, change.get(f"{_W}author", ""), text, f"p{number}")


def _comments(archive: Archive) -> Iterator[Revision]:
    root = archive.xml("word/comments.xml")
    for comment in root.iter(f"{_W}comment") if root is not None else ():
        text = " ".join("".join(part.text or "" for part in paragraph.iter(f"{_W}t")) for paragraph in comment.iter(f"{_W}p"))
        yield Revision("comment", comment.get(f"{_W}author", ""), text.strip(), "")
