"""Two columns of a csv file, dates and values, for `reportpack analyse`: ascending, each date once, every bad row said."""

from contextlib import suppress
from datetime import date
from pathlib import Path

from reportpack import patterns as re
from reportpack.errors import InputError
from reportpack.model.observation import Unit
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.figures.cells import read_text
from reportpack.read.grid import CellValue, Sheet
from reportpack.read.periods import Context, read_period
from reportpack.read.workbook import read_workbook
from reportpack.records import Record

_ISO_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(?:[T ].*)?")
_ASK = "Give two columns: a date such as 2019-04-01 or Apr 2019, and a number."


class DatedValue(Record):
    """One row. `value` is None for a date with an empty cell: a gap."""

    day: date
    value: float | None
    source: Source


def read_dated_values(path: Path) -> tuple[tuple[DatedValue, ...], tuple[Problem, ...]]:
    """The rows in the order of time. Rows that cannot be read are Problems and left out; no row at all, or a date twice, stops."""
    workbook, problems = read_workbook(path, path.name)
    if workbook is None or not workbook.sheets:
        fault = problems[0] if problems else None
        raise InputError(fault.sentence if fault else f"{path.name}: there is nothing in it.", "" if fault else _ASK)
    rows, faults = _read_rows(workbook.sheets[0], Source(workbook.file, sha256=workbook.sha256))
    if not any(row.value is not None for row in rows):
        raise InputError(f"{path.name}: no row holds a date and a number.", _ASK)
    seen: dict[date, DatedValue] = {}
    for row in rows:
        if (first := seen.setdefault(row.day, row)) is not row:
            found = f"{row.source.where}: {row.day.isoformat()} is there twice, first in {first.source.cell}."
            raise InputError(found, "Leave one row for each date.")
    ordered = tuple(sorted(rows, key=lambda row: row.day))
    if list(ordered) != rows:
        found = "the dates are not in order; they were put in order."
        faults.append(Problem("dates-unordered", Source(path.name), found, "Nothing need be done.", Weight.NOTE))
    return ordered, (*problems, *faults)


def _read_rows(sheet: Sheet, file: Source) -> tuple[list[DatedValue], list[Problem]]:
    rows: list[DatedValue] = []
    problems: list[Problem] = []
    lines = [(number, row) for number, row in enumerate(sheet.rows, 1) if any(_filled(cell) for cell in row)]
    first = lines[0][0] - 1 if lines else 0
    names = [str(cell).strip().casefold() for cell in lines[0][1]] if lines else []
    named = "date" in names and "value" in names  # by its names, else the first two columns
    day_column, value_column = (names.index("date"), names.index("value")) if named else (0, 1)
    headed = named or (read_day(sheet.value(first, 0)) is None and read_figure(sheet.value(first, 1)) is None)
    for number, _ in lines[headed:]:
        source = Source(file.file, cell=f"line {number}", sha256=file.sha256)
        typed, value = (sheet.value(number - 1, column) for column in (day_column, value_column))
        if (day := read_day(typed)) is None:
            problems.append(_problem("date-unreadable", source, typed, "is not a date."))
            continue
        if (figure := read_figure(value)) is None and _filled(value):
            problems.append(_problem("value-unreadable", source, value, "is not a number; the date is left as a gap."))
        rows.append(DatedValue(day, figure, source))
    return rows, problems


def _filled(cell: CellValue) -> bool:
    return cell is not None and bool(str(cell).strip())


def _problem(kind: str, source: Source, cell: CellValue, found: str) -> Problem:
    return Problem(kind, source, f"{str(cell if cell is not None else '')[:80]!r} {found}", _ASK)


def read_day(cell: CellValue) -> date | None:
    """A date as people and programs write it; day before month. A month alone is its first day."""
    if isinstance(cell, date):
        return date(cell.year, cell.month, cell.day)
    if isinstance(cell, str) and (iso := _ISO_DAY.fullmatch(cell.strip())):
        with suppress(ValueError):
            return date.fromisoformat(iso[1])
    period = read_period(cell, Context(iso_months=True))
    return period.start if period is not None and period.months <= 1 and not period.days else None


def read_figure(cell: CellValue) -> float | None:
    """A finite number, as a table's cell is read; a time of the day is none."""
    reading = read_text(str(cell)) if isinstance(cell, str | float) else None
    return None if reading is None or reading.unit is Unit.DURATION else reading.number
