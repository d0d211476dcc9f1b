"""Tables that a PDF's layout keeps as spaces under a row of headings: each block of lines becomes a row with its cells."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.read.documents.lines import Line
from reportpack.read.documents.text import squeezed
from reportpack.read.minutes.dates import find_days
from reportpack.read.minutes.tables import column_kinds
from reportpack.records import dataclass

_PIECE = re.compile(r"\S+(?: \S+)*")
_NEAR = 4
_BESIDE = frozenset({"owner", "due", "status", "date", "ref"})


@dataclass(frozen=True, slots=True)
class _Column:
    start: int
    heading: str
    starts: tuple[int, ...] = ()


def read_layout_tables(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines in which such tables have become rows of cells; everything else stays."""
    made: list[Line] = []
    at, table = 0, 1000
    headings: tuple[str, ...] = ()
    while at < len(lines):
        columns = _heading(lines[at])
        if not columns:
            made.append(lines[at])
            at += 1
            continue
        cells = tuple(column.heading for column in columns)
        again = bool(headings) and cells == headings and _last_words(made).table == table
        table, headings = table if again else table + 1, cells
        if not again:
            made.append(replace(lines[at], text="\t".join(cells), cells=cells, table=table))
        at += 1
        end = _end(lines, at, columns)
        observed = _observed(columns, lines[at:end])
        for block in _blocks(lines[at:end], observed):
            texts = tuple(squeezed(cell) for cell in _cells_of(block, observed))
            made.append(replace(block[0], text="\t".join(texts), mark="", cells=texts, table=table))
        at = end
    return tuple(made)


def _last_words(made: Sequence[Line]) -> Line:
    """The last line that is not blank: a table that goes on over a page repeats its headings."""
    return next((line for line in reversed(made) if line.text), made[0])


def _observed(columns: Sequence[_Column], lines: Sequence[Line]) -> tuple[_Column, ...]:
    """The columns with the places near their headings at which their words begin in other rows, the usual ones first."""
    counts = Counter(start for line in lines for start, _ in _pieces(line))
    return tuple(
        replace(column, starts=tuple(start for start, _ in counts.most_common() if abs(start - column.start) <= _NEAR))
        for column in columns
    )


def _pieces(line: Line) -> list[tuple[int, str]]:
    return [(line.indent + match.start(), match.group(0)) for match in _PIECE.finditer(line.text)]


def _heading(line: Line) -> tuple[_Column, ...]:
    """The columns of a heading row: an action, and at least one of owner, date or status."""
    if line.cells or line.mark or "  " not in line.text:
        return ()
    pieces = _pieces(line)
    kinds = column_kinds([text for _, text in pieces])
    if len(pieces) < 2 or "action" not in kinds or not _BESIDE & set(kinds) or sum(1 for kind in kinds if kind) < len(kinds) - 1:
        return ()
    return tuple(_Column(start, text) for start, text in pieces) if "minute" not in kinds else ()


def _end(lines: Sequence[Line], at: int, columns: Sequence[_Column]) -> int:
    """The first line that stands in no column but runs across them, or a heading row anew."""
    first = columns[1].start
    empty = 0
    for step, line in enumerate(lines[at:], at):
        empty = 0 if line.text or line.mark else empty + 1
        pieces = _pieces(line)
        alone = len(pieces) == 1
        crosses = alone and pieces[0][0] < first - 2 and pieces[0][0] + len(pieces[0][1]) > first + 25
        if crosses or empty > 12 or _heading(line) or (alone and line.indent < first and line.text.endswith(":")):
            return step
    return len(lines)


def _begins_row(line: Line, block: Sequence[Line], columns: Sequence[_Column], *, tight: bool) -> bool:
    """Whether a line begins a new row though no blank line stands before it: its first column is filled anew, or a sentence ended and another begins."""
    if not block:
        return False
    have, mine = _cells_of(block, columns), _cells_of([line], columns)
    words = 0 if column_kinds([columns[0].heading])[0] == "action" or columns[0].heading.lower().startswith("action") else 1
    ended = have[words].rstrip().endswith((".", "?")) and mine[words][:1].isupper()
    if not words:
        return ended and any(mine[1:])
    told = [cell for cell in mine[1:] if cell]
    if ended and len(told) > 1 and not mine[0] and any(have[2:]):
        return True
    dated = any(_fills_first(one, columns) for one in block) and bool(find_days(mine[0], 2000))
    return _fills_first(line, columns) and (tight or dated)


def _blocks(lines: Sequence[Line], columns: Sequence[_Column]) -> Iterator[list[Line]]:
    """Blocks between blank lines are rows; where there are no blank lines, a first column that is filled begins one."""
    block: list[Line] = []
    blanks = sum(1 for line in lines if not line.text)
    filled = sum(1 for line in lines if line.text)
    for line in lines:
        begins = _begins_row(line, block, columns, tight=blanks * 4 < filled)
        if (not line.text or begins) and block:
            yield block
            block = []
        if line.text:
            block.append(line)
    if block:
        yield block


def _fills_first(line: Line, columns: Sequence[_Column]) -> bool:
    pieces = _pieces(line)
    return len(pieces) > 1 and pieces[0][0] < columns[1].start - 2


def _cells_of(block: Sequence[Line], columns: Sequence[_Column]) -> list[str]:
    cells = [""] * len(columns)
    for line in block:
        shown = f"{line.mark} {line.text}" if line.mark else line.text
        for start, text in _cut_at(_pieces(line.with_text(shown)), columns):
            number = max((at for at, column in enumerate(columns) if column.start <= start + 4), default=0)
            cells[number] = f"{cells[number]} {text}".strip()
    return cells


def _cut_at(pieces: Sequence[tuple[int, str]], columns: Sequence[_Column]) -> Iterator[tuple[int, str]]:
    """Pieces, where words of one column touch those of the next: cut exactly where a column begins."""
    for start, text in pieces:
        begun = start
        for column in columns[1:]:
            at = next((near for near in (column.start, *column.starts) if _begins_word(text, near - begun)), 0)
            if at:
                yield begun, text[: at - begun].rstrip()
                text, begun = text[at - begun :], at  # noqa: PLW2901 - what is left of the piece
        yield begun, text


def _begins_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and text[at - 1] == " " and text[at] != " "
