"""What a document of Word or LibreOffice is made of: paragraphs of pieces, and tables with their grid.

Each piece knows what tracking, formatting and comments say of it, so that notes can take the words as if every change were accepted, and a
returned copy can take the changes.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from enum import StrEnum

from reportpack.records import dataclass

BULLET = "\u2022"


class Touch(StrEnum):
    """What a tracked change did to a piece of words."""

    KEPT = "kept"
    INSERTED = "inserted"
    DELETED = "deleted"
    MOVED_IN = "moved in"
    MOVED_OUT = "moved out"
    NEVER = "put in and taken out again"


ADDED = (Touch.INSERTED, Touch.MOVED_IN)
TAKEN_OUT = (Touch.DELETED, Touch.MOVED_OUT, Touch.NEVER)


@dataclass(frozen=True, slots=True)
class Look:
    """None is "as what it stands in"."""

    bold: bool | None = None
    struck: bool | None = None
    vanished: bool | None = None
    white: bool | None = None
    tiny: bool | None = None
    shaded: bool | None = None

    def unseen(self, *, shaded: bool) -> bool:
        """Whether nobody can see it; white words on a shaded ground are seen."""
        return bool(self.vanished or self.tiny or (self.white and not self.shaded and not shaded))

    def under(self, own: "Look") -> "Look":
        """This look with another's own settings over it."""
        if own is PLAIN:
            return self
        pairs = ((mine, over) for mine, over in zip(_fields(self), _fields(own), strict=True))
        return Look(*(mine if over is None else over for mine, over in pairs))


def _fields(look: Look) -> tuple[bool | None, ...]:
    return look.bold, look.struck, look.vanished, look.white, look.tiny, look.shaded


PLAIN = Look()


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it takes from those it is based on; `level` is that of a heading, `listed` and `depth` its place in a list."""

    name: str = ""
    level: int = 0
    listed: str = ""
    depth: str = ""
    look: Look = PLAIN


@dataclass(frozen=True, slots=True)
class Piece:
    """Words that were treated alike, by whom and when; `comments` are the ids of those that speak of them, `link` the address they lead to."""

    words: str
    touch: Touch = Touch.KEPT
    author: str = ""
    made: date | None = None
    comments: frozenset[str] = frozenset()
    bold: bool = False
    struck: bool = False
    hidden: bool = False
    link: str = ""

    @property
    def stood_before(self) -> bool:
        """Whether it was there before any tracked change."""
        return self.touch not in ADDED and self.touch is not Touch.NEVER

    @property
    def stands(self) -> bool:
        """Whether a reader sees it when every change is accepted."""
        return self.touch not in TAKEN_OUT and not self.hidden

    @property
    def said(self) -> bool:
        """Whether it stands and is not struck through."""
        return self.touch not in TAKEN_OUT and not self.hidden and not self.struck


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: `label` is the number or bullet before it, `depth` its place in a list, `mark` what tracking did to its end.

    `hung` are the paragraphs and tables of its text boxes and footnotes, which are read after it.
    """

    pieces: tuple[Piece, ...]
    name: str
    style: Style
    label: str = ""
    depth: int = 0
    mark: Piece | None = None
    hung: tuple["Block", ...] = ()

    @property
    def words(self) -> str:
        """Its words when every change is accepted, those struck through left out."""
        return "".join([piece.words for piece in self.pieces if piece.said])

    @property
    def bold(self) -> bool:
        """Whether all its words are bold."""
        seen = [piece for piece in self.pieces if piece.stands and piece.words.strip()]
        return bool(seen) and all(piece.bold for piece in seen)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell over `across` columns; `goes_on` when it is one with the cell above it."""

    blocks: tuple["Block", ...]
    across: int = 1
    goes_on: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row; `before` are the columns that it leaves out at the left, `change` what tracking did to the whole of it."""

    cells: tuple[Cell, ...]
    name: str
    before: int = 0
    change: Piece | None = None
    hidden: bool = False

    @property
    def stands(self) -> bool:
        """Whether a reader sees it when every change is accepted."""
        return not self.hidden and (self.change is None or self.change.touch not in TAKEN_OUT)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells."""

    rows: tuple[Row, ...]
    name: str


Block = Paragraph | Table


def accepted(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks as they stand when every change is accepted: a paragraph whose end was taken out goes on with the next."""
    waiting: Paragraph | None = None
    for block in blocks:
        if isinstance(block, Table):
            if waiting is not None:
                yield waiting
                waiting = None
            yield block
            continue
        one = block if waiting is None else _joined(waiting, block)
        waiting = one if block.mark is not None and block.mark.touch in TAKEN_OUT else None
        if waiting is None:
            yield one
    if waiting is not None:
        yield waiting


def _joined(first: Paragraph, second: Paragraph) -> Paragraph:
    if not first.words.strip():
        return Paragraph(second.pieces, second.name, second.style, second.label, second.depth, None, (*first.hung, *second.hung))
    own = second if second.words.strip() else first
    hung = (*first.hung, *second.hung)
    return Paragraph((*first.pieces, *second.pieces), first.name, own.style, first.label or own.label, own.depth, None, hung)
