"""A spreadsheet as its reader sees it, whatever kind of file it came from. Rows and columns count from 0."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time, timedelta

from reportpack.records import Record

CellValue = str | float | bool | date | datetime | time | timedelta | None
Position = tuple[int, int]  # (row, column)


class Merge(Record):
    """A merged block of cells; its value stands in the top left one. All four are inside it."""

    top: int
    left: int
    bottom: int
    right: int


class Sheet(Record):
    """One sheet's values from A1 on; rows may be ragged, an empty cell is None. The rest is what values alone do not tell."""

    name: str
    rows: Sequence[Sequence[CellValue]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    merges: tuple[Merge, ...] = ()
    errors: Mapping[Position, str] = field(default_factory=dict)
    """What the cell shows (`#REF!`) where a formula failed; its value is None."""
    uncalculated: frozenset[Position] = frozenset()  # formulas that were never calculated; the value is None
    formulas: frozenset[Position] = frozenset()
    formats: Mapping[int, Mapping[int, str]] = field(default_factory=dict)
    """Number format codes that are not General (`0.0%`, `d mmm yy`), by row and column; rows that are alike may hold the same dict."""
    struck: frozenset[Position] = frozenset()  # cells that are struck through
    indents: Mapping[Position, int] = field(default_factory=dict)  # by how much a format indents what stands there
    comments: Mapping[Position, str] = field(default_factory=dict)  # what people wrote beside cells

    def value(self, row: int, column: int) -> CellValue:
        """The value there, None outside the sheet."""
        return None if not 0 <= row < len(self.rows) or not 0 <= column < len(self.rows[row]) else self.rows[row][column]

    def format(self, row: int, column: int) -> str:
        """The number format code there, `General` where it is that or not known."""
        return self.formats[row].get(column, "General") if row in self.formats else "General"

    def formats_of(self, rows: Sequence[int], column: int) -> Sequence[str]:
        """The codes of a column's cells in those rows, empty where all are General."""
        found = self.formats
        codes = [found[row].get(column, "General") if row in found else "General" for row in rows] if found else []
        return [] if codes.count("General") == len(codes) else codes


class Workbook(Record):
    """A file's sheets in their order, and what it is: `file` as people name it, `sha256` of its bytes."""

    file: str
    sha256: str
    sheets: tuple[Sheet, ...]


def cell_name(row: int, column: int) -> str:
    """`C12` for (11, 2)."""
    return f"{column_name(column)}{row + 1}"


def column_name(column: int) -> str:
    """`A` for 0, `AA` for 26."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def range_name(top: int, left: int, bottom: int, right: int) -> str:
    """`C12:N20`, or `C12` when it is one cell."""
    first, last = cell_name(top, left), cell_name(bottom, right)
    return first if first == last else f"{first}:{last}"
