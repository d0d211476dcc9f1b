"""Sheets made by hand for tests: a text block, one line a row, cells parted by `|`; numbers become numbers."""

from reportpack.model.table import Table, TableValue
from reportpack.read.figures.tables import find_tables
from reportpack.read.grid import CellValue, Merge, Sheet


def sheet_of(
    text: str, name: str = "Sheet1", merges: tuple[Merge, ...] = (), formats: dict[tuple[int, int], str] | None = None
) -> Sheet:
    """The sheet that a text block draws. A line of `.` is an empty row."""
    rows = [[_cell(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in text.strip().splitlines()]
    by_row: dict[int, dict[int, str]] = {}
    for (row, column), code in (formats or {}).items():
        by_row.setdefault(row, {})[column] = code
    return Sheet(name, rows, merges=merges, formats=by_row)


def _cell(text: str) -> CellValue:
    if text in ("", "."):
        return None
    if text.startswith("'"):
        return text[1:]
    try:
        return float(text)
    except ValueError:
        return text


def tables_of(sheet: Sheet, file: str = "made.xlsx", areas: tuple[str, ...] = ()) -> tuple[Table, ...]:
    """The tables found, without the problems."""
    return find_tables(sheet, file, areas)[0]


def said(value: TableValue) -> tuple[str | None, str | None, str | None, float | None]:
    """Period, area, measure and value of a cell."""
    return (value.period.iso if value.period else None, value.area, value.measure, value.value)


def at(tables: tuple[Table, ...], cell: str) -> TableValue:
    """The value in that cell."""
    return next(value for table in tables for value in table.values if value.cell == cell)
