"""What one worksheet's XML tells beyond its values, whichever way it was read."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, overload

from reportpack import patterns as re
from reportpack.read.grid import Merge, Position
from reportpack.read.workbook.limits import MAX_COLUMNS, MAX_MERGES, MAX_ROWS

NOT_A_NUMBER = "#NUM!"
"""What Excel shows for a number that it cannot hold."""
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_COLUMNS: dict[str, int] = {}
Other = TypeVar("Other")
FormatRow = dict[int, str]  # column to number format code, General left out


class FormatGrid(Mapping[Position, str]):
    """Number format codes by position; rows that are alike hold the same dict."""

    __slots__ = ("_rows",)

    def __init__(self, rows: Mapping[int, FormatRow]) -> None:
        self._rows = rows

    def __getitem__(self, position: Position) -> str:
        return self._rows[position[0]][position[1]]

    @overload
    def get(self, key: Position, /) -> str | None: ...
    @overload
    def get(self, key: Position, /, default: str | Other) -> str | Other: ...
    def get(self, key: Position, /, default: str | Other | None = None) -> str | Other | None:
        """Without the cost of an exception for each cell that is General."""
        formats = self._rows.get(key[0])
        return default if formats is None else formats.get(key[1], default)

    def column(self, rows: Sequence[int], column: int, default: str) -> list[str]:
        """The codes of one column's cells in those rows; all General comes back as no codes at all."""
        found = self._rows
        codes = [found[row].get(column, default) if row in found else default for row in rows]
        return [] if codes.count(default) == len(codes) else codes

    def __iter__(self) -> Iterator[Position]:
        return ((row, column) for row, formats in self._rows.items() for column in formats)

    def __len__(self) -> int:
        return sum(map(len, self._rows.values()))


@dataclass(slots=True)
class SheetFacts:
    """Gathered while the XML goes by; positions count from 0."""

    formats: dict[int, FormatRow] = field(default_factory=dict)
    errors: dict[Position, str] = field(default_factory=dict)
    formulas: set[Position] = field(default_factory=set)
    uncalculated: set[Position] = field(default_factory=set)
    struck: set[Position] = field(default_factory=set)
    indents: dict[Position, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    merges_left_out: int = 0
    last_row: int = -1
    last_column: int = -1
    filled: int = 0
    texts: int = 0  # cells that point at the shared strings
    texts_cut: list[Position] = field(default_factory=list)

    def add_merge(self, reference: str) -> None:
        """The block `A1:C2`."""
        first, _, last = reference.partition(":")
        start, end = position_of(first), position_of(last)
        if start and end and start != end and end[0] >= start[0] and end[1] >= start[1]:
            self.keep_merge(Merge(*start, *end))

    def keep_merge(self, merge: Merge) -> None:
        """Kept while there are not absurdly many."""
        if len(self.merges) < MAX_MERGES:
            self.merges.append(merge)
        else:
            self.merges_left_out += 1

    def hide_columns(self, attributes: Mapping[str, str]) -> None:
        """A `col` element's `min` and `max`, which count from 1."""
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdecimal() and last.isdecimal():
            self.hidden_columns.update(range(int(first[:6]) - 1, min(int(last[:6]), MAX_COLUMNS)))


def column_index(letters: str) -> int:
    """0 for `A`; beyond XFD it is whatever the letters say."""
    index = _COLUMNS.get(letters)
    if index is None:
        index = 0
        for letter in letters.upper():
            index = index * 26 + ord(letter) - 64
        index -= 1
        if len(letters) <= 3:
            _COLUMNS[letters] = index
    return index


def position_of(reference: str) -> Position | None:
    """(1, 2) for `C2`; None when it is no cell of a sheet."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        return None
    row, column = int(match[2]) - 1, column_index(match[1])
    return (row, column) if 0 <= row < MAX_ROWS and column < MAX_COLUMNS else None
