"""A Word document with its tracked changes kept apart: each paragraph as it was before them, the pieces it is made of, and the comments.

What LibreOffice and Google Docs leave out (styles, properties, the ranges of comments) is not missed: only the words count.
"""

from collections.abc import Iterator, Sequence
from dataclasses import field, replace
from itertools import groupby

from reportpack.read.documents.blocks import ADDED, TAKEN_OUT, Block, Paragraph, Piece, Table
from reportpack.read.documents.lines import MOST_LINES
from reportpack.read.documents.word import CopyComment, read_comments, read_word
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class CopyParagraph:
    """A paragraph as it stood before the tracked changes. `level` is that of a heading; `row` and `column` are the words of a table's first
    cell in that row and of its head; `whole` stands for a row that was added or taken out as a whole."""

    pieces: tuple[Piece, ...]
    level: int = 0
    row: str = ""
    column: str = ""
    whole: bool = False

    @property
    def before(self) -> str:
        """Its words before the tracked changes."""
        return "".join(piece.words for piece in self.pieces if piece.stood_before)


@dataclass(frozen=True, slots=True)
class ReturnedCopy:
    """A document as it came back. `facts` are its own properties, `margins` the paragraphs of its headers and footers by which they are."""

    paragraphs: tuple[CopyParagraph, ...]
    comments: tuple[CopyComment, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    margins: tuple[tuple[str, CopyParagraph], ...] = ()


def read_copy(data: bytes) -> ReturnedCopy:
    """The document; UnreadableNotesError when nothing can be had from it."""
    file = read_word(data)
    reading = _Reading()
    reading.blocks(file.body)
    margins: list[tuple[str, CopyParagraph]] = []
    for part, blocks in file.margins:
        around = _Reading()
        around.blocks(blocks)
        margins.extend(("Page header" if "header" in part else "Page footer", one) for one in around.done)
    custom = file.parts.archive.xml("docProps/custom.xml")
    facts = tuple((one.get("name", ""), "".join(one.itertext()).strip()) for one in (custom if custom is not None else ()))
    return ReturnedCopy(tuple(reading.done), tuple(read_comments(file.parts)), facts, tuple(margins))


@dataclass(slots=True)
class _Reading:
    """Goes down the blocks once. Paragraphs whose mark was inserted are one with what follows, as they were."""

    done: list[CopyParagraph] = field(default_factory=list)
    waiting: list[Piece] = field(default_factory=list)
    waiting_level: int = 0

    def blocks(self, blocks: Sequence[Block], row: str = "", column: str = "") -> None:
        for block in blocks:
            if len(self.done) >= MOST_LINES:
                return
            if isinstance(block, Paragraph):
                self.paragraph(block, row, column)
            else:
                self.flush(row, column)
                self.table(block)
        self.flush(row, column)

    def table(self, table: Table) -> None:
        heads: list[str] = []
        for row in table.rows:
            names = [_stood(cell.blocks) for cell in row.cells]
            change = row.change
            if heads and change is not None and change.touch in (*ADDED, *TAKEN_OUT):
                self.row(change, [_said(cell.blocks, change) for cell in row.cells], heads)
                continue
            for at, cell in enumerate(row.cells):
                self.blocks(cell.blocks, names[0] if heads else "", heads[at] if at < len(heads) else "")
            heads = heads or names

    def row(self, change: Piece, cells: Sequence[str], heads: Sequence[str]) -> None:
        """A row that was added or taken out as a whole: its cells in one paragraph, each after its head."""
        lines = [f"{head}: {words}" for head, words in zip(heads, cells, strict=False) if words]
        piece = Piece("\n".join(lines), change.touch, change.author, change.made)
        self.done.append(CopyParagraph((piece,), row=cells[0] if change.touch in TAKEN_OUT else "", whole=True))

    def paragraph(self, paragraph: Paragraph, row: str, column: str) -> None:
        self.waiting_level = self.waiting_level or paragraph.style.level
        for one in paragraph.pieces:
            if not one.hidden:
                words = one.words.replace("\xa0", " ").replace("\u202f", " ")
                self.waiting.append(Piece(words, one.touch, one.author, one.made, one.comments))
        mark = paragraph.mark
        if mark is not None and mark.touch in ADDED:
            self.waiting.append(Piece("\n", mark.touch, mark.author, mark.made))
        else:
            self.flush(row, column)
        if paragraph.hung:
            self.blocks(paragraph.hung, row, column)

    def flush(self, row: str, column: str) -> None:
        if any(piece.words.strip() for piece in self.waiting):
            self.done.append(CopyParagraph(tuple(_joined(self.waiting)), self.waiting_level, row, column))
        self.waiting, self.waiting_level = [], 0


def _joined(pieces: Sequence[Piece]) -> Iterator[Piece]:
    for _, run in groupby(pieces, key=lambda piece: (piece.touch, piece.author, piece.made, piece.comments)):
        alike = list(run)
        yield replace(alike[0], words="".join(piece.words for piece in alike))


def _said(blocks: Sequence[Block], change: Piece) -> str:
    """The words of a cell whose row was added or taken out: its own, whichever change they carry."""
    words = ("".join(piece.words for piece in one.pieces if not piece.hidden) for one in _paragraphs(blocks))
    return _stood(blocks) if change.touch in TAKEN_OUT else " ".join(" ".join(words).replace("\xa0", " ").split())


def _stood(blocks: Sequence[Block]) -> str:
    words = (
        "".join(piece.words for piece in one.pieces if piece.stood_before and not piece.hidden) for one in _paragraphs(blocks)
    )
    return " ".join(" ".join(words).replace("\xa0", " ").split())


def _paragraphs(blocks: Sequence[Block]) -> Iterator[Paragraph]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block
        else:
            for row in block.rows:
                for cell in row.cells:
                    yield from _paragraphs(cell.blocks)
