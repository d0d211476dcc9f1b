"""A row of cells as words: dates as they would be written, numbers without a trailing nought, text as typed."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Weight
from reportpack.model.register_columns import Column, Heading, Holds, RegisterTable
from reportpack.model.register_row import RegisterCell, RegisterRow, Said
from reportpack.read.register.occasions import shows_only_month
from reportpack.read.register.rows import Cell, Row

_EXCEL_BEGAN = date(1899, 12, 30)
_FIRST, _LAST = ((day - _EXCEL_BEGAN).days for day in (date(1990, 1, 1), date(2100, 1, 1)))
"""Days as Excel counts them, in a cell that is not shown as a date."""


def type_row(row: Row, table: RegisterTable) -> tuple[RegisterRow, tuple[Problem, ...]]:
    """The row in words, and what is wrong with its cells."""
    cells = tuple(_cells(row, table))
    source = row.source
    ref = next((" ".join(cell.text.split()) for cell in cells if cell.header == Heading.REFERENCE), "")
    return RegisterRow(table.name, ref, cells, source), tuple(_faults(row, table))


def _cells(row: Row, table: RegisterTable) -> Iterator[RegisterCell]:
    for column in table.columns:
        said = _reference(row.cell(column)) if column.holds is Holds.REFERENCE else _said(row.cell(column), column)
        if column.heading in row.letters:
            yield RegisterCell.of(column.heading, said, row.at(column).cell)


def _said(cell: Cell, column: Column) -> Said:
    """A day where the column holds days and the cell is one."""
    value = cell.value
    if column.holds.days and isinstance(value, (date, datetime)) and not shows_only_month(cell.format):
        return value.date() if isinstance(value, datetime) else value
    if column.holds.days and isinstance(value, (int, float)) and _FIRST <= value < _LAST:
        return _EXCEL_BEGAN + timedelta(days=int(value))
    return _written(cell)


def _faults(row: Row, table: RegisterTable) -> Iterator[Problem]:
    for column in table.columns:
        cell = row.cell(column)
        if cell.fault:
            found = f"{column.heading} shows {cell.fault} instead of a value."
            yield Problem("formula-failed", row.at(column), found, "Mend the formula, or type the value.")
        if column.holds is Holds.REFERENCE and isinstance(cell.value, (date, datetime)):
            read = _reference(cell)
            found = f"Excel has turned the reference into a date; it is read as {read}."
            remedy = f"Format the column as text and type {read} again."
            yield Problem("reference-is-date", row.at(column), found, remedy, Weight.NOTE)


def _reference(cell: Cell) -> str:
    """A reference such as 12/2019 that Excel took for a date, as it was typed."""
    if isinstance(cell.value, (date, datetime)) and cell.value.day == 1:
        return f"{cell.value.month}/{cell.value.year}"
    return _written(cell)


def _written(cell: Cell) -> str:
    if isinstance(cell.value, (date, datetime)):
        return f"{cell.value:%B %Y}" if shows_only_month(cell.format) else long_date(cell.value)
    if isinstance(cell.value, bool):
        return "TRUE" if cell.value else "FALSE"
    if isinstance(cell.value, (float, int)):
        return f"{cell.value:.15g}"
    return str(cell.value).strip() if cell.value is not None else ""
