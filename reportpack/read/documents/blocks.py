"""What a document of Word or LibreOffice is made of: paragraphs of pieces, and tables with their grid; and as lines in reading order: every change
accepted, what hangs on a paragraph after it, tables as rows on one grid, whatever their cells are merged to.

Each piece knows what tracking, formatting and comments say of it, so that notes can take the words as if every change were accepted, and a
returned copy can take the changes."""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from enum import StrEnum
from itertools import accumulate, count, groupby
from operator import attrgetter

from reportpack.model.passage import Mark
from reportpack.read.documents.lines import (
    LONGEST_LINE,
    Document,
    Fact,
    Line,
    Merged,
    Unread,
    Unseen,
    is_running,
    said_in_rows,
    squeezed,
    text_line,
    tidy,
)
from reportpack.read.words.marks import style_mark
from reportpack.records import Record

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


class RunLook(Record):
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

    def under(self, own: "RunLook") -> "RunLook":
        """This look with another's own settings over it."""
        if own is PLAIN:
            return self
        pairs = zip(_fields_of(self), _fields_of(own), strict=True)
        return RunLook(*(mine if over is None else over for mine, over in pairs))


_fields_of = attrgetter(*RunLook.__dataclass_fields__)


PLAIN = RunLook()


class Style(Record):
    """A style with what it takes from those it is based on; `level` is that of a heading, `listed` and `depth` its place in a list."""

    name: str = ""
    level: int = 0
    listed: str = ""
    depth: str = ""
    look: RunLook = PLAIN


class Piece(Record):
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
    style: str = ""  # that of its characters or of its paragraph, where its name marks words

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


class Around(Record):
    """What a piece stands in: a tracked change, a link, the look of its paragraph, a shaded ground."""

    look: RunLook = PLAIN
    touch: Piece | None = None
    link: str = ""
    shaded: bool = False
    style: str = ""


class Paragraph(Record):
    """A paragraph: `label` is the number or bullet before it, `depth` its place in a list, `mark` what tracking did to its end. `hung` are
    the paragraphs and tables of its text boxes and footnotes, which are read after it."""

    pieces: tuple[Piece, ...]
    name: str
    style: Style = Style()
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


class Cell(Record):
    """A cell over `across` columns; `goes_on` when it is one with the cell above it."""

    blocks: tuple["Block", ...]
    across: int = 1
    goes_on: bool = False


class Row(Record):
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


class Table(Record):
    """Rows of cells."""

    rows: tuple[Row, ...]
    name: str


Block = Paragraph | Table


def accepted(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks as they stand when every change is accepted: a paragraph whose end was taken out goes on with the next."""
    waiting: Paragraph | None = None
    for block in blocks:
        goes_on = isinstance(block, Paragraph) and block.mark is not None and block.mark.touch in TAKEN_OUT
        if waiting is not None and isinstance(block, Table):
            yield waiting
        one = _joined(waiting, block) if waiting is not None and isinstance(block, Paragraph) else block
        waiting = one if goes_on and isinstance(one, Paragraph) else None
        if waiting is None:
            yield one
    if waiting is not None:
        yield waiting


def _joined(first: Paragraph, second: Paragraph) -> Paragraph:
    hung = (*first.hung, *second.hung)
    if not first.words.strip():
        return replace(second, mark=None, hung=hung)
    own = second if second.words.strip() else first
    return replace(
        own, pieces=(*first.pieces, *second.pieces), name=first.name, label=first.label or own.label, mark=None, hung=hung
    )


def _lines(blocks: Sequence[Block], numbers: Iterator[int]) -> Iterator[Line]:
    for block in accepted(blocks):
        if isinstance(block, Paragraph):
            lines, linked = list(_paragraph(block)), _with_addresses(block)
            texts = [line.text for line in _paragraph(linked)] if linked is not block else []
            for at, line in enumerate(lines):
                full = " ".join(texts[at : at + 1] if at + 1 < len(lines) else texts[at:])
                yield replace(line, full=(full,)) if full not in ("", line.text) else line
            yield from _lines(block.hung, numbers)
        else:
            yield from _table(block, numbers)


def _table(table: Table, numbers: Iterator[int], within: int = 0) -> Iterator[Line]:
    """The rows; a table inside a cell that holds all of its row takes the row's place, any other comes after the table with the notes."""
    number, after = next(numbers), list[Block]()
    rows = [row for row in table.rows if row.stands]
    grid = [(*([Cell((), row.before)] if row.before else ()), *row.cells) for row in rows]
    widest = max(grid, key=len, default=())
    # Cells that a row has as many of as the widest are its columns in their order, however their edges were drawn.
    edges = [_edges(row if len(row) == len(widest) else widest) for row in grid]
    for row, cells, at in zip(rows, grid, edges, strict=True):
        texts, merged = _placed(cells, at)
        filled = [cell for cell in row.cells if any(_holds_words(block) for block in cell.blocks)]
        alone = len(filled) == 1 and not any(cell.goes_on for cell in row.cells)
        if alone and any(isinstance(block, Table) for block in filled[0].blocks):
            yield from _lines(filled[0].blocks, numbers)
            continue
        for block in (block for cell in filled for block in accepted(cell.blocks)):
            after.extend([block] if isinstance(block, Table) else block.hung)
        if any(texts) or any(cell.goes_on for cell in cells):
            told = tuple(map(_full, cells))
            full = _placed(told, at)[0] if told != cells else ()
            if any(texts) or any(full):
                yield Line(
                    "\t".join(texts)[:LONGEST_LINE], row.name, cells=texts, table=number, merged=merged, full=full, within=within
                )
    for block in after:
        yield from _table(block, numbers, number) if isinstance(block, Table) else _lines([block], numbers)


def _full(cell: Cell) -> Cell:
    """The cell with the addresses of its links, and with the words of tables inside it where they stand."""
    told = (
        Paragraph((Piece(said_in_rows(_texts(block))),), block.name) if isinstance(block, Table) else _with_addresses(block)
        for block in cell.blocks
    )
    return replace(cell, blocks=tuple(told))


def _texts(table: Table) -> list[list[str]]:
    return [[_placed([_full(cell)], [0])[0][0] for cell in row.cells] for row in table.rows if row.stands]


def _with_addresses(paragraph: Paragraph) -> Paragraph:
    """The paragraph with the address of every link behind the words that lead there, where they do not say it; itself where it has none."""
    if not any(piece.link for piece in paragraph.pieces):
        return paragraph
    runs = [(link, tuple(run)) for link, run in groupby(paragraph.pieces, key=lambda piece: piece.link)]
    leads = {link: f" ({link})" for link, run in runs if "//" in link and link not in "".join(one.words for one in run)}
    return replace(paragraph, pieces=tuple(one for link, run in runs for one in (*run, Piece(leads.get(link, "")))))


def _holds_words(block: Block) -> bool:
    if isinstance(block, Table):
        return any(_holds_words(one) for row in block.rows for cell in row.cells for one in cell.blocks)
    return bool(block.words.strip() or block.hung)


def _paragraph(paragraph: Paragraph) -> Iterator[Line]:
    label = paragraph.label or (BULLET if paragraph.style.name.startswith("list") and paragraph.words.strip() else "")
    for at, part in enumerate(tidy(paragraph.words[:LONGEST_LINE]).strip("\n").split("\n")):
        typed = text_line(part, paragraph.name)
        text = squeezed(typed.text)
        mark = typed.mark or ("" if at else label)
        quoted = "quot" in paragraph.style.name
        bold, indent = paragraph.bold and bool(text), paragraph.depth * 2
        yield Line(text, paragraph.name, mark, paragraph.style.level, bold, indent=indent, quoted=quoted)


def document_of_blocks(
    blocks: Sequence[Block], margins: Iterable[tuple[str, Sequence[Block]]], unread: Sequence[Unread], changes: int, *, cut: bool, macros: bool,
    marks: tuple[Mark, ...] = (),
) -> Document:  # fmt: skip
    """The lines, the running headers and footers as facts, and as unread those that hold more than pages carry and than the body says again."""
    lines = tuple(_lines(blocks, count(1)))
    said = ((name, [line for line in _lines(own, count(1)) if not line.blank]) for name, own in margins)
    texts = [(name, squeezed(" ".join(" ".join(line.cells) or line.text for line in own))) for name, own in said]
    facts = tuple(Fact("header" if "header" in name else "footer", text, name) for name, text in texts if text)
    body = {squeezed(line.text).casefold() for line in lines}
    beside = (one for one in facts if not is_running(one.value) and one.value.casefold() not in body)
    found = (*unread, *(Unread(Unseen.MARGIN, one.value, one.line) for one in beside))
    return Document(lines, facts, found, changes, cut=cut, macros=macros, marks=marks)


def marks_in(blocks: Iterable[Block], comments: Mapping[str, str], absent: Container[str] = ()) -> tuple[Mark, ...]:
    """What comments, by what they say, and styles (`absent` those that the document lacks) mark of each paragraph. A comment that is beside
    no words at all is about its whole paragraph."""
    marks = list(_marks(blocks, comments, absent))
    worded = {key for key, mark in marks if mark.words}
    return tuple(mark for key, mark in marks if mark.words or key not in worded)


def _marks(blocks: Iterable[Block], comments: Mapping[str, str], absent: Container[str]) -> Iterator[tuple[str, Mark]]:
    for block in blocks:
        if isinstance(block, Table):
            yield from _marks((inner for row in block.rows for cell in row.cells for inner in cell.blocks), comments, absent)
            continue
        found: dict[str, str] = {}
        last = ""
        for piece in (one for one in block.pieces if one.said):
            for key in sorted(piece.comments & comments.keys()):
                found[key] = found.get(key, "") + piece.words
            if piece.style:
                apart = "\0" if piece.style in found and last != piece.style else ""
                found[piece.style] = found.get(piece.style, "") + apart + piece.words
            last = piece.style
        for key, words in found.items():
            for part in words.split("\0"):
                said, lacking = comments.get(key, style_mark(key)), key if key in absent else ""
                yield key, Mark(said, part.strip(), block.name, absent=lacking)
        yield from _marks(block.hung, comments, absent)


def unseen_in(pieces: Sequence[Piece], name: str) -> Iterator[Unread]:
    """The words of a paragraph that are hidden or struck, once a paragraph."""
    left = [one for one in pieces if (one.hidden or one.struck) and one.touch not in TAKEN_OUT]
    for kind in (Unseen.HIDDEN, Unseen.STRUCK):
        words = "".join(one.words for one in left if one.hidden is (kind is Unseen.HIDDEN))
        yield from [Unread(kind, " ".join(words.split()), name)] if words.strip() else ()


def _edges(row: Sequence[Cell]) -> list[int]:
    return [0, *accumulate(cell.across for cell in row)][: len(row)]


def _placed(row: Sequence[Cell], edges: Sequence[int]) -> tuple[tuple[str, ...], tuple[Merged, ...]]:
    texts = [""] * len(edges)
    merged = [Merged.NO] * len(edges)
    used = -1
    for cell, begin in zip(row, _edges(row), strict=True):
        covers = [at for at, edge in enumerate(edges) if begin <= edge < begin + cell.across and at > used]
        covers = covers or [min(used + 1, len(edges) - 1)]
        first, used = covers[0], covers[-1]
        lines = [line for block in accepted(cell.blocks) if isinstance(block, Paragraph) for line in _paragraph(block)]
        words = "\n".join(f"{line.mark} {line.text}" if line.mark and line.text else line.text for line in lines)
        texts[first] = f"{texts[first]}\n{words}".strip("\n") if not cell.goes_on else texts[first]
        merged[first] = Merged.ABOVE if cell.goes_on else Merged.NO
        for at in covers[1:]:
            merged[at] = Merged.ABOVE if cell.goes_on else Merged.LEFT
    return tuple(texts), tuple(merged) if any(merged) else ()
