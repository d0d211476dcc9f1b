"""OpenDocument texts as blocks, and so as lines: what was deleted under tracking is left out, what is hidden is said."""

import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from reportpack import patterns as re
from reportpack.read.documents.blocks import (
    Around,
    Block,
    Cell,
    Paragraph,
    Piece,
    Row,
    RunLook,
    Table,
    document_of_blocks,
    marks_in,
    unseen_in,
)
from reportpack.read.documents.faults import Archive, UnreadableNotesError
from reportpack.read.documents.lines import MOST_LINES, Document, Unread, Unseen
from reportpack.read.documents.odt_styles import FO, STYLE, TABLE, TEXT, OdtStyles, odt_styles
from reportpack.read.documents.word import WordFile
from reportpack.read.documents.word_numbers import TICKED, UNTICKED
from reportpack.read.documents.word_styles import WordParts
from reportpack.read.words.marks import is_mark
from reportpack.records import Changing

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
_SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
_FORM = "{urn:oasis:names:tc:opendocument:xmlns:form:1.0}"
_XLINK = "{http://www.w3.org/1999/xlink}"
_MATHML = "{http://www.w3.org/1998/Math/MathML}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_XML_ID = "{http://www.w3.org/XML/1998/namespace}id"
_SKIPPED = frozenset({f"{TEXT}tracked-changes", f"{TEXT}placeholder", f"{TEXT}note-citation", f"{_OFFICE}forms"})
_DEEPEST = 60
_LENGTH = re.compile(r"(\d+(?:\.\d+)?)(cm|mm|in|pt|px)")
_PIXELS = {"cm": 96 / 2.54, "mm": 96 / 25.4, "in": 96.0, "pt": 96 / 72, "px": 1.0}


def read_odt(data: bytes) -> Document:
    """The document."""
    file = open_odt(data)
    names = file.parts.archive.names
    macros = any(name.startswith("basic/") and name.endswith(".xml") and "script-l" not in name for name in names)
    return document_of_blocks(file.body, file.margins, file.unread, file.changes, cut=file.cut, macros=macros, marks=file.marks)


def open_odt(data: bytes) -> WordFile:
    """A file taken apart; UnreadableNotesError when nothing can be had from it."""
    archive = Archive(data)
    if b"manifest:encryption-data" in archive.part("META-INF/manifest.xml"):
        raise UnreadableNotesError("notes-locked")
    root, named = archive.xml("content.xml"), archive.xml("styles.xml")
    body = root.find(f"{_OFFICE}body/{_OFFICE}text") if root is not None else None
    if root is None or body is None:
        raise UnreadableNotesError("notes-damaged", "it holds no text document")
    ended = frozenset(one.get(f"{_OFFICE}name", "") for one in body.iter(f"{_OFFICE}annotation-end")) - {""}
    walk = _Walk(archive, odt_styles(named, root), ended=ended)
    blocks = tuple(walk.blocks(body))
    cut = walk.paragraphs + walk.tables > MOST_LINES
    masters = named.iter(f"{STYLE}master-page") if named is not None else ()
    running = ((part.tag.removeprefix(STYLE), part) for page in masters for part in page)
    margins = tuple((name, tuple(walk.blocks(part, name))) for name, part in running if name.startswith(("header", "footer")))
    unread = (*walk.unread, *_controls(body))
    changes = sum(1 for _ in body.iter(f"{TEXT}changed-region"))
    marks = marks_in(blocks, walk.marking)
    return WordFile(WordParts(archive, "content.xml"), blocks, margins, unread, changes, cut, marks)


def _controls(body: ET.Element) -> Iterator[Unread]:
    for forms in body.iter(f"{_OFFICE}forms"):
        for one in forms.iter():
            said = [one.get(f"{_FORM}{name}", "") for name in ("label", "title", "current-value", "value")]
            if one.tag.startswith(_FORM) and any(said):
                yield Unread(Unseen.OBJECT, " ".join(filter(None, said)), "")


class _Listed(Changing):
    """The lists that an entry stands in: the style, and how far each level has counted."""

    style: str
    counts: list[int] = field(default_factory=list)


class _Walk(Changing):
    archive: Archive
    styles: OdtStyles
    unread: list[Unread] = field(default_factory=list)
    paragraphs: int = 0
    tables: int = 0
    outline: list[int] = field(default_factory=list)
    lists: dict[str, _Listed] = field(default_factory=dict)
    pieces: list[Piece] = field(default_factory=list)
    hung: list[Block] = field(default_factory=list)
    ended: frozenset[str] = frozenset()
    open: set[str] = field(default_factory=set)
    marking: dict[str, str] = field(default_factory=dict)

    def blocks(self, parent: ET.Element, name: str = "", depth: int = 0, *, shaded: bool = False) -> Iterator[Block]:
        """Paragraphs and tables; those of a cell, a box or a note all bear its `name`."""
        for child in parent:
            if self.paragraphs + self.tables > MOST_LINES or depth > _DEEPEST:
                return
            if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                yield self.paragraph(child, name, self._outline_label(child), shaded=shaded)
            elif child.tag == f"{TEXT}list":
                yield from self._list(child, name, depth, shaded=shaded)
            elif child.tag == f"{TABLE}table":
                self.tables += not name
                own = name or f"t{self.tables}"
                yield Table(tuple(self._row(row, f"{own}r{at}") for at, row in enumerate(_rows(child), 1)), own)
            elif _is_hidden(child):
                self._miss(Unseen.HIDDEN, "".join(child.itertext()), f"p{self.paragraphs}")
            elif child.tag.startswith(_DRAW):
                self._drawn(child, name or f"p{self.paragraphs}", RunLook())
                yield from self.hung
                self.hung = []
            elif child.tag not in _SKIPPED:
                yield from self.blocks(child, name, depth + 1, shaded=shaded)

    def paragraph(self, paragraph: ET.Element, name: str, label: str, depth: int = 0, *, shaded: bool = False) -> Paragraph:
        self.paragraphs += not name
        name = name or f"p{self.paragraphs}"
        style = self.styles.style("paragraph", paragraph.get(f"{TEXT}style-name", ""))
        level = paragraph.get(f"{TEXT}outline-level", "0") if paragraph.tag == f"{TEXT}h" else "0"
        outer = self.pieces, self.hung
        self.pieces, self.hung = [], []
        concealed = any(_is_hidden(one) for one in paragraph.iter(f"{TEXT}hidden-paragraph"))
        look = style.look.under(RunLook(vanished=True)) if concealed else style.look
        marked = self.styles.marking("paragraph", paragraph.get(f"{TEXT}style-name", ""))
        self._inside(paragraph, name, Around(look, shaded=shaded, style=marked), 0)
        pieces, hung = tuple(self.pieces), tuple(self.hung)
        self.pieces, self.hung = outer
        self.unread.extend(unseen_in(pieces, name))
        own = replace(style, level=int(level) if level.isdigit() else 0)
        return Paragraph(pieces, name, own, label, depth, None, hung)

    def _outline_label(self, heading: ET.Element) -> str:
        level = heading.get(f"{TEXT}outline-level", "1")
        forms, listed = self.styles.outline, heading.tag == f"{TEXT}h" and heading.get(f"{TEXT}is-list-header") != "true"
        if not listed or not level.isdigit() or int(level) not in forms:
            return ""
        _count(self.outline, int(level), [forms[at].start if at in forms else 1 for at in range(1, 11)])
        return forms[int(level)].label(self.outline)

    def _list(
        self, entries: ET.Element, name: str, depth: int, *, shaded: bool, inside: _Listed | None = None
    ) -> Iterator[Block]:
        listed = inside or self._begun(entries)
        style = entries.get(f"{TEXT}style-name", listed.style)
        level = 1 if inside is None else len(listed.counts) + 1
        for entry in entries:
            if depth > _DEEPEST:
                return
            label = self._entry_label(entry, listed, style, level) if entry.tag == f"{TEXT}list-item" else ""
            for child in entry:
                if child.tag in (f"{TEXT}p", f"{TEXT}h"):
                    yield self.paragraph(child, name, label, level - 1, shaded=shaded)
                    label = ""
                elif child.tag == f"{TEXT}list":
                    listed.counts[level:] = []
                    listed.counts.extend([1] * (level - len(listed.counts)))
                    yield from self._list(child, name, depth + 1, shaded=shaded, inside=listed)
        del listed.counts[level:]

    def _begun(self, entries: ET.Element) -> _Listed:
        """A list anew, or one that goes on with the one it names, or with the last of its style."""
        style = entries.get(f"{TEXT}style-name", "")
        goes_on = entries.get(f"{TEXT}continue-list") or (style if entries.get(f"{TEXT}continue-numbering") == "true" else "")
        listed = (self.lists.get(goes_on) if goes_on else None) or _Listed(style)
        self.lists[style] = self.lists[entries.get(_XML_ID, style)] = listed
        return listed

    def _entry_label(self, entry: ET.Element, listed: _Listed, style: str, level: int) -> str:
        if (first := next(iter(entry), None)) is None or first.tag not in (f"{TEXT}p", f"{TEXT}h"):
            return ""
        _count(listed.counts, level, [self.styles.start(style, at) for at in range(1, 11)])
        start = entry.get(f"{TEXT}start-value", "")
        if start.isdigit():
            listed.counts[level - 1] = int(start)
        return self.styles.label(style, listed.counts)

    def _row(self, row: ET.Element, name: str) -> Row:
        hidden = row.get(f"{TABLE}visibility", "visible") != "visible"
        at = len(self.unread)
        cells = tuple(self._cells(row, name))
        if hidden:
            del self.unread[at:]
            self._miss(Unseen.HIDDEN, "".join(row.itertext()), name)
        return Row(cells, name, hidden=hidden)

    def _cells(self, row: ET.Element, name: str) -> Iterator[Cell]:
        """The cells; what one covers at its right is part of it, what one above covers goes on from there."""
        covered = 0
        for one in row:
            if one.tag == f"{TABLE}covered-table-cell":
                if covered <= 0:
                    yield Cell((), 1, goes_on=True)
                covered -= 1
            elif one.tag == f"{TABLE}table-cell":
                across = _number(one.get(f"{TABLE}number-columns-spanned", "1"))
                covered = across - 1
                shaded = bool(self.styles.style("table-cell", one.get(f"{TABLE}style-name", "")).look.shaded)
                yield Cell(tuple(self.blocks(one, name, shaded=shaded)), across)
                for _ in range(_number(one.get(f"{TABLE}number-columns-repeated", "1")) - 1):
                    yield Cell(())

    def _inside(self, parent: ET.Element, name: str, around: Around, depth: int) -> None:
        self._add(parent.text or "", around)
        for child in parent:
            self._inline(child, name, around, depth)
            self._add(child.tail or "", around)

    def _inline(self, child: ET.Element, name: str, around: Around, depth: int) -> None:
        if (tag := child.tag) == f"{TEXT}s":
            self._add(" " * _number(child.get(f"{TEXT}c", "1")), around)
        elif tag in (f"{TEXT}tab", f"{TEXT}line-break"):
            self._add("\t" if tag == f"{TEXT}tab" else "\n", around)
        elif tag == f"{TEXT}note":
            self._hang(child.find(f"{TEXT}note-body"), f"{name}n")
        elif tag == f"{_OFFICE}annotation":
            self._comment(child, name)
        elif tag == f"{_OFFICE}annotation-end":
            self.open.discard(child.get(f"{_OFFICE}name", ""))
        elif tag == f"{_LOEXT}content-control" and child.get(f"{_LOEXT}checkbox") == "true":
            self._add(TICKED if child.get(f"{_LOEXT}checked") == "true" else UNTICKED, around)
        elif tag.startswith(_DRAW):
            self._drawn(child, name, around.look)
        elif tag not in _SKIPPED and depth < _DEEPEST and child.get(f"{_LOEXT}showing-placeholder") != "true":
            style = child.get(f"{TEXT}style-name", "")
            look = around.look.under(self.styles.style("text", style).look) if style else around.look
            look = look.under(RunLook(vanished=True)) if _is_hidden(child) else look
            link, marked = child.get(f"{_XLINK}href", around.link), self.styles.marking("text", style) or around.style
            self._inside(child, name, replace(around, look=look, link=link, style=marked), depth + 1)

    def _comment(self, comment: ET.Element, name: str) -> None:
        """One that marks words is open from here to its end; one without an end is about its paragraph."""
        author = "".join(part.text or "" for part in comment.iter(f"{_DC}creator"))
        words = " ".join(" ".join("".join(part.itertext()) for part in comment.iter(f"{TEXT}p")).split())
        if not is_mark(words):
            self.unread.append(Unread(Unseen.COMMENT, words, name, author))
            return
        key = comment.get(f"{_OFFICE}name", "")
        if key in self.ended:
            self.open.add(key)
        else:
            key = f"#{len(self.marking)}"
        self.marking[key] = words
        self.pieces.append(Piece("", comments=frozenset({key})))

    def _hang(self, parent: ET.Element | None, name: str) -> None:
        if parent is not None:
            pieces, self.pieces = self.pieces, []
            self.hung.extend(self.blocks(parent, name, shaded=True))
            self.pieces = pieces

    def _drawn(self, drawing: ET.Element, name: str, look: RunLook) -> None:
        told = " ".join(one.text or "" for kind in ("title", "desc") for one in drawing.iter(f"{_SVG}{kind}") if one.text)
        boxes = list(drawing.iter(f"{_DRAW}text-box"))
        for box in boxes or ([drawing] if next(drawing.iter(f"{TEXT}p"), None) is not None else []):
            self._hang(box, name)
        if (embedded := drawing.find(f"{_DRAW}object")) is not None and (formula := self._formula(embedded)):
            self._add(formula, Around(look, shaded=True))
        elif embedded is not None:
            self._miss(Unseen.CHART, told, name)
        elif not boxes and (next(drawing.iter(f"{_DRAW}image"), None) is not None or told):
            found = _LENGTH.fullmatch(drawing.get(f"{_SVG}width", ""))
            width = round(float(found[1]) * _PIXELS[found[2]]) if found is not None else 0
            self.unread.append(Unread(Unseen.PICTURE, " ".join(told.split()), name, "", self._part(drawing, look), width))

    def _part(self, drawing: ET.Element, look: RunLook) -> str:
        """Where the picture is kept; "" where that is outside the file, or it is cropped, turned or hidden."""
        style = self.styles.elements.get(("graphic", drawing.get(f"{_DRAW}style-name", "")), ())
        cropped = any(set(one.get(f"{FO}clip", "")) & set("123456789") for one in style)
        kept = (one.get(f"{_XLINK}href", "").removeprefix("./") for one in drawing.iter(f"{_DRAW}image"))
        changed = cropped or look.vanished or drawing.get(f"{_DRAW}transform")
        return "" if changed else next((one for one in kept if self.archive.has(one)), "")

    def _formula(self, embedded: ET.Element) -> str:
        if (root := embedded.find(f"{_MATHML}math")) is None:
            part = posixpath.normpath(posixpath.join(embedded.get(f"{_XLINK}href", ""), "content.xml"))
            root = self.archive.xml(part)
        return _math(root) if root is not None and root.tag == f"{_MATHML}math" else ""

    def _add(self, words: str, around: Around) -> None:
        if words:
            look, hidden = around.look, around.look.unseen(shaded=around.shaded)
            made = Piece(
                words, bold=bool(look.bold), struck=bool(look.struck), hidden=hidden, link=around.link, style=around.style
            )
            self.pieces.append(replace(made, comments=frozenset(self.open)) if self.open else made)

    def _miss(self, kind: Unseen, words: str, name: str) -> None:
        self.unread.append(Unread(kind, " ".join(words.split()), name))


def _count(counts: list[int], level: int, starts: Sequence[int]) -> None:
    """One more at this level; those above it that nobody counted begin where they do."""
    if len(counts) >= level:
        counts[level - 1] += 1
    counts.extend(starts[min(at, 9)] for at in range(len(counts), level))
    del counts[level:]


def _rows(table: ET.Element) -> Iterator[ET.Element]:
    for child in table:
        if child.tag == f"{TABLE}table-row":
            yield child
        elif child.tag in (f"{TABLE}table-header-rows", f"{TABLE}table-rows", f"{TABLE}table-row-group"):
            yield from _rows(child)


def _number(text: str) -> int:
    return min(max(int(text), 1), 64) if text.isdigit() else 1


def _is_hidden(element: ET.Element) -> bool:
    return element.get(f"{TEXT}display") == "none" or element.get(f"{TEXT}is-hidden") == "true"


def _math(element: ET.Element) -> str:
    kind = element.tag.removeprefix(_MATHML)
    parts = [_math(child) for child in element if child.tag != f"{_MATHML}annotation"]
    joint = {"mfrac": "/", "msup": "^", "msub": "_"}.get(kind, "")
    return joint.join([(element.text or "").strip(), *parts] if not joint else parts)
