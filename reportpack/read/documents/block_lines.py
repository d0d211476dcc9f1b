"""Blocks as lines in reading order: every change accepted, what hangs on a paragraph after it, tables as rows on one grid, whatever their cells are merged to."""

from collections.abc import Iterator, Sequence

from reportpack.read.documents.blocks import BULLET, TAKEN_OUT, Block, Cell, Paragraph, Piece, Table, accepted
from reportpack.read.documents.furniture import is_running
from reportpack.read.documents.lines import LONGEST_LINE, Fact, Line, Merged, Unread, Unseen, squeezed, text_line, tidy
from reportpack.records import dataclass

Laid = tuple[tuple[str, ...], tuple[Merged, ...]]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell over `across` columns of the file's own grid; `goes_on` when it is one with the cell above."""

    text: str
    across: int = 1
    goes_on: bool = False


def lines_of(blocks: Sequence[Block]) -> Iterator[Line]:
    """The lines of these blocks; tables count through the document."""
    yield from _Lining().lines(blocks)


@dataclass(slots=True)
class _Lining:
    tables: int = 0

    def lines(self, blocks: Sequence[Block]) -> Iterator[Line]:
        for block in accepted(blocks):
            if isinstance(block, Paragraph):
                yield from _paragraph(block)
                yield from self.lines(block.hung)
            else:
                yield from self.table(block)

    def table(self, table: Table) -> Iterator[Line]:
        """The rows; a table inside a cell that holds all of its row takes the row's place, any other comes after the table with the notes."""
        self.tables += 1
        number = self.tables
        after: list[Block] = []
        rows = [row for row in table.rows if row.stands]
        cells = [[GridCell(_cell_words(cell), cell.across, cell.goes_on) for cell in row.cells] for row in rows]
        left = [[GridCell("", row.before)] if row.before else [] for row in rows]
        grid = laid_on_grid([before + own for before, own in zip(left, cells, strict=True)])
        for row, (texts, merged) in zip(rows, grid, strict=True):
            filled = [cell for cell in row.cells if any(_holds_words(block) for block in cell.blocks)]
            if len(filled) == 1 and any(isinstance(block, Table) for block in filled[0].blocks):
                yield from self.lines(filled[0].blocks)
                continue
            for block in (block for cell in filled for block in accepted(cell.blocks)):
                after.extend([block] if isinstance(block, Table) else block.hung)
            if any(texts):
                yield Line("\t".join(texts)[:LONGEST_LINE], row.name, cells=texts, table=number, merged=merged)
        yield from self.lines(after)


def _cell_words(cell: Cell) -> str:
    lines = [line for block in accepted(cell.blocks) if isinstance(block, Paragraph) for line in _paragraph(block)]
    return "\n".join(f"{line.mark} {line.text}" if line.mark and line.text else line.text for line in lines).strip("\n")


def _holds_words(block: Block) -> bool:
    if isinstance(block, Table):
        return any(_holds_words(one) for row in block.rows for cell in row.cells for one in cell.blocks)
    return bool(block.words.strip() or block.hung)


def _paragraph(paragraph: Paragraph) -> Iterator[Line]:
    strong = paragraph.bold
    label = paragraph.label or (BULLET if paragraph.style.name.startswith("list") and paragraph.words.strip() else "")
    words = tidy(paragraph.words[:LONGEST_LINE]).strip("\n")
    for at, part in enumerate(words.split("\n")):
        typed = text_line(part, paragraph.name)
        text = squeezed(typed.text)
        mark = typed.mark or ("" if at else label)
        quoted = "quot" in paragraph.style.name
        level, bold, indent = paragraph.style.level, strong and bool(text), paragraph.depth * 2
        yield Line(text, paragraph.name, mark, level, bold, indent=indent, quoted=quoted)


def margin_facts(margins: Sequence[tuple[str, Sequence[Block]]]) -> Iterator[Fact]:
    """Running headers and footers."""
    for name, blocks in margins:
        text = " ".join(" ".join(line.cells) or line.text for line in lines_of(blocks) if not line.blank)
        if squeezed(text):
            yield Fact("header" if "header" in name else "footer", squeezed(text), name)


def unsaid(facts: Sequence[Fact], lines: Sequence[Line]) -> Iterator[Unread]:
    """Headers and footers that hold more than pages carry and than the body says again."""
    body = {squeezed(line.text).casefold() for line in lines}
    for fact in facts:
        if not is_running(fact.value) and fact.value.casefold() not in body:
            yield Unread(Unseen.MARGIN, fact.value, fact.line)


def unseen_in(pieces: Sequence[Piece], name: str) -> Iterator[Unread]:
    """The words of a paragraph that are hidden or struck, once a paragraph."""
    hidden = "".join(one.words for one in pieces if one.hidden and one.touch not in TAKEN_OUT)
    struck = "".join(one.words for one in pieces if one.struck and not one.hidden and one.touch not in TAKEN_OUT)
    for kind, words in ((Unseen.HIDDEN, hidden), (Unseen.STRUCK, struck)):
        if words.strip():
            yield Unread(kind, " ".join(words.split()), name)


def laid_on_grid(rows: Sequence[Sequence[GridCell]]) -> list[Laid]:
    """For each row its texts and what is merged, every row as wide as the widest.

    Cells that a row has as many of as the widest are its columns in their order, however their edges were drawn.
    """
    widest = max(rows, key=len, default=())
    edges = _edges(widest)
    return [_placed(row, _edges(row) if len(row) == len(widest) else edges) for row in rows]


def _edges(row: Sequence[GridCell]) -> list[int]:
    edges, at = [], 0
    for cell in row:
        edges.append(at)
        at += cell.across
    return edges


def _placed(row: Sequence[GridCell], edges: Sequence[int]) -> Laid:
    texts = [""] * len(edges)
    merged = [Merged.NO] * len(edges)
    used = -1
    for cell, begin in zip(row, _edges(row), strict=True):
        covers = [at for at, edge in enumerate(edges) if begin <= edge < begin + cell.across and at > used]
        covers = covers or [min(used + 1, len(edges) - 1)]
        first, used = covers[0], covers[-1]
        texts[first] = f"{texts[first]}\n{cell.text}".strip("\n") if not cell.goes_on else texts[first]
        merged[first] = Merged.ABOVE if cell.goes_on else Merged.NO
        for at in covers[1:]:
            merged[at] = Merged.ABOVE if cell.goes_on else Merged.LEFT
    return tuple(texts), tuple(merged) if any(merged) else ()
