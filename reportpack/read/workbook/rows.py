"""Rows of values as they grow, and a sheet made of them and its facts. Values may stand far apart, within limits."""

from collections.abc import Sequence
from dataclasses import replace

from reportpack.read.grid import CellValue, Position, Sheet
from reportpack.read.workbook.limits import MAX_CELLS, MAX_SLOTS
from reportpack.read.workbook.sheet_facts import FormatGrid, SheetFacts

Rows = list[list[CellValue]]


class TooManyCellsError(Exception):
    """The sheet holds more than may be read, or scatters it too widely."""


class GrowingRows:
    """Rows from the first on, each as long as its last value. Raises TooManyCellsError beyond `room` values."""

    __slots__ = ("filled", "room", "rows", "slots")

    def __init__(self, room: int = MAX_CELLS) -> None:
        self.rows: Rows = []
        self.filled = 0
        self.slots = 0
        self.room = room

    def put(self, position: Position, value: CellValue) -> None:
        """Set a value; rows and cells before it come into being, empty."""
        row, column = position
        self.filled += 1
        while len(self.rows) <= row:
            self.rows.append([])
        cells = self.rows[row]
        missing = column + 1 - len(cells)
        if missing > 0:
            self.slots += missing
            if self.slots > MAX_SLOTS:
                raise TooManyCellsError
            cells.extend([None] * missing)
        if self.filled > self.room:
            raise TooManyCellsError
        cells[column] = value


def as_sheet(name: str, hidden: bool, rows: Rows, facts: SheetFacts, formats_known: bool = True) -> Sheet:
    """Values and facts together; an error or a formula that was never calculated has its place, but no value."""
    slots = 0
    for row, column in (*facts.errors, *facts.uncalculated):
        while len(rows) <= row:
            rows.append([])
        missing = column + 1 - len(rows[row])
        slots += max(missing, 0)
        if missing <= 0:
            rows[row][column] = None
        elif slots <= MAX_SLOTS:
            rows[row] = rows[row] + [None] * missing
    kept = frozenset(row for row in facts.hidden_rows if row < len(rows)), frozenset(facts.hidden_columns), tuple(facts.merges)
    formulas = facts.errors, frozenset(facts.uncalculated), frozenset(facts.formulas)
    formats = FormatGrid(facts.formats), frozenset(facts.struck), facts.indents
    return Sheet(name, rows, hidden, *kept, *formulas, *formats, formats_known=formats_known)


def never_calculated(sheets: Sequence[Sheet]) -> bool:
    """Whether there are formulas with a result and every such result is 0, as some programs write that leave it all to Excel."""
    results = [sheet.value(*position) for sheet in sheets for position in sheet.formulas - sheet.uncalculated]
    return bool(results) and all(type(result) is float and result == 0 for result in results)


def without_results(sheet: Sheet) -> Sheet:
    """The sheet with its formulas told as never calculated."""
    rows = [list(row) for row in sheet.rows]
    for row, column in sheet.formulas:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = None
    return replace(sheet, rows=rows, uncalculated=sheet.formulas)
