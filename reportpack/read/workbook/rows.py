"""Rows of values as they grow, and a sheet made of them and its facts."""

from reportpack.read.grid import CellValue, Position, Sheet
from reportpack.read.workbook.marks import FormatGrid
from reportpack.read.workbook.sheet_facts import SheetFacts

Rows = list[list[CellValue]]


def put_value(rows: Rows, position: Position, value: CellValue) -> None:
    """Set a value; rows and cells before it come into being, empty."""
    row, column = position
    while len(rows) <= row:
        rows.append([])
    cells = rows[row]
    if len(cells) <= column:
        cells.extend([None] * (column + 1 - len(cells)))
    cells[column] = value


def as_sheet(name: str, hidden: bool, rows: Rows, facts: SheetFacts, formats_known: bool = True) -> Sheet:
    """Values and facts together; an error or a formula that was never calculated has no value."""
    for row, column in (*facts.errors, *facts.uncalculated):
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = None
    return Sheet(
        name,
        rows,
        hidden,
        frozenset(row for row in facts.hidden_rows if row < len(rows)),
        frozenset(facts.hidden_columns),
        tuple(facts.merges),
        facts.errors,
        frozenset(facts.uncalculated),
        frozenset(facts.formulas),
        FormatGrid(facts.formats),
        formats_known,
    )
