"""Facts of cells kept small: a row's formats are shared by all rows that are formatted alike."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar, overload

from reportpack.read.grid import Position

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
