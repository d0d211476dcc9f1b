"""A Word document with its tracked changes kept apart: each paragraph as it was before them, the pieces it is made of, and the comments.

What LibreOffice and Google Docs leave out (styles, properties, the ranges of comments) is not missed: only the words count.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import field
from datetime import date
from enum import StrEnum

from reportpack.read.documents import faults
from reportpack.read.documents.archive import Archive, parsed
from reportpack.read.documents.lines import MOST_LINES
from reportpack.read.returned.comments import CopyComment, W, made_by, read_comments
from reportpack.records import dataclass

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_PLAIN = W[1:-1].encode()
_SKIPPED = frozenset({f"{W}pPr", f"{W}rPr", f"{W}instrText", f"{W}delInstrText", f"{_MC}Fallback", f"{W}sectPr", f"{W}sdtPr"})
_DEEPEST = 60


class Touch(StrEnum):
    """What a tracked change did to a piece of words."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_IN = "moved in"
    MOVED_OUT = "moved out"


_TOUCHES = {
    f"{W}ins": Touch.INSERTED,
    f"{W}del": Touch.DELETED,
    f"{W}moveTo": Touch.MOVED_IN,
    f"{W}moveFrom": Touch.MOVED_OUT,
}
_ADDED = (Touch.INSERTED, Touch.MOVED_IN)


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that were treated alike, by whom and when; `comments` are the ids of those that speak of them."""

    words: str
    touch: Touch = Touch.KEPT
    author: str = ""
    made: date | None = None
    comments: frozenset[str] = frozenset()

    @property
    def stood_before(self) -> bool:
        """Whether it was there before any tracked change."""
        return self.touch not in _ADDED


@dataclass(frozen=True, slots=True)
class CopyParagraph:
    """A paragraph as it stood before the tracked changes. `level` is that of a heading; `row` and `column` are the words of a table's first
    cell in that row and of its head."""

    pieces: tuple[Piece, ...]
    level: int = 0
    row: str = ""
    column: str = ""

    @property
    def before(self) -> str:
        """Its words before the tracked changes."""
        return "".join(piece.words for piece in self.pieces if piece.stood_before)


@dataclass(frozen=True, slots=True)
class ReturnedCopy:
    """A document as it came back. `facts` are its own properties, `running` the words of its headers and footers."""

    paragraphs: tuple[CopyParagraph, ...]
    comments: tuple[CopyComment, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    running: str = ""


def read_copy(data: bytes) -> ReturnedCopy:
    """The document; UnreadableNotesError when nothing can be had from it."""
    archive = Archive(data)
    raw = archive.part("word/document.xml")
    body = parsed(raw.replace(_STRICT, _PLAIN), "word/document.xml").find(f"{W}body") if raw else None
    if body is None:
        raise faults.damaged("it holds no Word document")
    reading = _Reading(_heading_levels(archive))
    reading.blocks(body)
    return ReturnedCopy(tuple(reading.done), tuple(read_comments(archive)), tuple(_facts(archive)), _running(archive))


@dataclass(slots=True)
class _Reading:
    """Walks the body once. Paragraphs whose mark was inserted are one with what follows, as they were."""

    levels: dict[str, int]
    done: list[CopyParagraph] = field(default_factory=list)
    open_comments: set[str] = field(default_factory=set)
    waiting: list[Piece] = field(default_factory=list)
    waiting_level: int = 0

    def blocks(self, parent: ET.Element, row: str = "", column: str = "", touch: Piece | None = None) -> None:
        for child in parent:
            if len(self.done) >= MOST_LINES:
                return
            if child.tag == f"{W}p":
                self.paragraph(child, row, column, touch)
            elif child.tag == f"{W}tbl":
                self.flush(row, column)
                self.table(child, touch)
            elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}smartTag"):
                self.blocks(child, row, column, touch)
            elif child.tag in _TOUCHES:
                self.blocks(child, row, column, _touched(child))
            elif child.tag == f"{W}commentRangeStart":
                self.open_comments.add(child.get(f"{W}id", ""))
            elif child.tag == f"{W}commentRangeEnd":
                self.open_comments.discard(child.get(f"{W}id", ""))
        self.flush(row, column)

    def table(self, table: ET.Element, touch: Piece | None) -> None:
        heads: list[str] = []
        for row in _below(table, f"{W}tr"):
            cells = list(_below(row, f"{W}tc"))
            names = [_plain_words(cell) for cell in cells]
            change = next((one for mark in ("ins", "del") if (one := row.find(f"{W}trPr/{W}{mark}")) is not None), None)
            of_row = _touched(change) if change is not None else touch
            for at, cell in enumerate(cells):
                first = names[0] if heads else ""
                self.blocks(cell, first, heads[at] if at < len(heads) else "", of_row)
            heads = heads or names

    def paragraph(self, paragraph: ET.Element, row: str, column: str, touch: Piece | None) -> None:
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        level = self.levels.get(style.get(f"{W}val", ""), 0) if style is not None else 0
        self.waiting_level = self.waiting_level or level
        self.pieces(paragraph, touch, 0)
        mark = next((one for name in ("ins", "moveTo") if (one := paragraph.find(f"{W}pPr/{W}rPr/{W}{name}")) is not None), None)
        if mark is not None:
            self.waiting.append(Piece("\n", Touch.INSERTED, *made_by(mark)))
        elif touch is not None and touch.touch in _ADDED:
            self.waiting.append(Piece("\n", touch.touch, touch.author, touch.made))
        else:
            self.flush(row, column)

    def flush(self, row: str, column: str) -> None:
        """End the paragraph that is being put together."""
        if any(piece.words.strip() for piece in self.waiting):
            self.done.append(CopyParagraph(tuple(_joined(self.waiting)), self.waiting_level, row, column))
        self.waiting, self.waiting_level = [], 0

    def pieces(self, parent: ET.Element, touch: Piece | None, depth: int) -> None:
        for child in parent:
            if child.tag in (f"{W}t", f"{W}delText"):
                self.add(child.text or "", touch)
            elif child.tag in (f"{W}tab", f"{W}ptab"):
                self.add("\t", touch)
            elif child.tag in (f"{W}br", f"{W}cr"):
                self.add("\n", touch)
            elif child.tag == f"{W}noBreakHyphen":
                self.add("-", touch)
            elif child.tag == f"{W}commentRangeStart":
                self.open_comments.add(child.get(f"{W}id", ""))
            elif child.tag == f"{W}commentRangeEnd":
                self.open_comments.discard(child.get(f"{W}id", ""))
            elif child.tag == f"{W}commentReference":
                self.waiting.append(Piece("", comments=frozenset({child.get(f"{W}id", "")})))
            elif child.tag not in _SKIPPED and depth < _DEEPEST:
                self.pieces(child, _touched(child, touch) if child.tag in _TOUCHES else touch, depth + 1)

    def add(self, words: str, touch: Piece | None) -> None:
        plain = words.replace("\xa0", " ").replace("\u202f", " ")
        kind = touch or Piece("")
        self.waiting.append(Piece(plain, kind.touch, kind.author, kind.made, frozenset(self.open_comments)))


def _joined(pieces: list[Piece]) -> Iterator[Piece]:
    """Pieces that were treated alike are one."""
    run: list[Piece] = []
    for piece in pieces:
        if run and (run[-1].touch, run[-1].author, run[-1].made, run[-1].comments) != (
            piece.touch,
            piece.author,
            piece.made,
            piece.comments,
        ):
            yield _one(run)
            run = []
        run.append(piece)
    if run:
        yield _one(run)


def _one(run: list[Piece]) -> Piece:
    first = run[0]
    return Piece("".join(piece.words for piece in run), first.touch, first.author, first.made, first.comments)


def _touched(change: ET.Element, around: Piece | None = None) -> Piece:
    """What the change did. Words that one person inserted and another struck out again never stood there."""
    touch = _TOUCHES[change.tag]
    if around is not None and around.touch in _ADDED and touch not in _ADDED:
        return around
    return Piece("", touch, *made_by(change))


def _below(parent: ET.Element, tag: str) -> Iterator[ET.Element]:
    """The rows of a table or the cells of a row, also inside content controls."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml"):
            yield from _below(child, tag)


def _plain_words(parent: ET.Element) -> str:
    """The words that stood in it, for naming rows and columns."""
    inserted = {words for change in parent.iter(f"{W}ins") for words in change.iter(f"{W}t")}
    words = (
        part.text or "" for part in parent.iter() if part.tag == f"{W}delText" or (part.tag == f"{W}t" and part not in inserted)
    )
    return " ".join("".join(words).replace("\xa0", " ").split())


def _heading_levels(archive: Archive) -> dict[str, int]:
    root = archive.xml("word/styles.xml")
    levels: dict[str, int] = {}
    for style in root.iter(f"{W}style") if root is not None else ():
        named = style.find(f"{W}name")
        name = named.get(f"{W}val", "").lower() if named is not None else ""
        if name.startswith("heading ") and name[-1].isdigit():
            levels[style.get(f"{W}styleId", "")] = int(name[-1])
    return levels


def _facts(archive: Archive) -> Iterator[tuple[str, str]]:
    root = archive.xml("docProps/custom.xml")
    for one in root if root is not None else ():
        yield one.get("name", ""), "".join(one.itertext()).strip()


def _running(archive: Archive) -> str:
    """Words of the headers and footers, in their order."""
    names = sorted(name for name in archive.names if name.startswith(("word/header", "word/footer")) and name.endswith(".xml"))
    return "\n".join(_plain_words(root) for name in names if (root := archive.xml(name)) is not None)
