"""A tracker that an office kept before: its own headings against the register's. Only plain synonyms are taken; the rest is asked about."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from reportpack.model.problem import Problem
from reportpack.model.register_row import RegisterRow
from reportpack.model.source import Source
from reportpack.read.grid import Sheet, column_name
from reportpack.read.register.reading import TABLES
from reportpack.read.register.row_texts import type_row
from reportpack.read.register.rows import Cell, Row, SheetTable, plain
from reportpack.read.register.workbook import grid_of
from reportpack.read.workbook import read_workbook

LEFT_OUT = "-"
"""What a person says of a heading that is not to be taken in."""
_HEADER_WITHIN = 20
_LIKE = 70
_SYNONYMS: Mapping[str, tuple[str, ...]] = {
    "Reference": ("ref", "ref no", "ref.", "ref number", "reference no", "reference number", "action no", "action ref", "id", "no", "no."),
    "Action": ("action required", "action agreed", "actions", "agreed action", "task"),
    "Words": ("matter", "issue", "commitment", "wording"),
    "Owner": ("action owner", "lead", "lead officer", "responsible", "responsible officer", "assigned to", "owned by", "owners"),
    "Due": ("due date", "date due", "deadline", "target date", "due by", "by when"),
    "Due at meeting": ("due", "due meeting", "return to meeting"),
    "State": ("status", "current status", "open/closed"),
    "Update": ("updates", "latest update", "progress", "progress update"),
    "Raised at": ("meeting", "meeting date", "date raised", "raised", "date of meeting"),
    "From meeting": ("meeting", "meeting date", "date raised", "raised"),
    "Said at": ("meeting", "meeting date", "date of meeting"),
    "Closed on": ("date closed", "closed", "date completed", "completion date"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tracker:
    """How a sheet was read: `taken` pairs its headings with the register's, `unsettled` ones with a suggestion (empty: none)."""

    sheet: str
    header_row: int
    taken: tuple[tuple[str, str], ...]
    unsettled: tuple[tuple[str, str], ...]
    rows: tuple[RegisterRow, ...]
    problems: tuple[Problem, ...]


def read_tracker(
    path: Path, table_name: str, chosen: Mapping[str, str], sheet: str = ""
) -> tuple[tuple[Tracker, ...], tuple[Problem, ...]]:
    """Each sheet that has headings of such a table (or the one named), as it would be taken in. `chosen` is what a person said of headings."""
    workbook, problems = read_workbook(path, path.name)
    if workbook is None:
        return (), problems
    table = next(one for one in TABLES if one.name == table_name)
    said = {plain(heading): column for heading, column in chosen.items()}
    trackers = [
        _read_sheet(one, table, said, Source(path.name, one.name, "", workbook.sha256))
        for one in workbook.sheets
        if plain(sheet) in ("", plain(one.name))
    ]
    return tuple(one for one in trackers if one is not None), problems


def _read_sheet(sheet: Sheet, table: SheetTable, said: Mapping[str, str], source: Source) -> Tracker | None:
    grid = list(grid_of(sheet))
    names = _names(table) | dict(said)
    header = _header(grid, names)
    if header is None:
        return None
    headings = dict(_headings(grid, header))
    taken: dict[int, str] = {}
    unsettled: dict[int, str] = {}
    for place, heading in headings.items():
        column = names.get(plain(heading), "")
        if column == LEFT_OUT:
            continue
        if column and (plain(heading) in said or column not in taken.values()):
            taken[place] = column
        else:
            unsettled[place] = _suggested(heading, table)
    typed = [type_row(row, table) for row in _rows(grid, header, taken, source)]
    return Tracker(
        sheet.name,
        header + 1,
        tuple((headings[place], column) for place, column in taken.items()),
        tuple((headings[place], suggestion) for place, suggestion in unsettled.items()),
        tuple(row for row, _ in typed),
        tuple(problem for _, faults in typed for problem in faults),
    )


def _names(table: SheetTable) -> dict[str, str]:
    """Every plain name of a column of the table; the register's own name goes before a synonym of another."""
    columns = [column.header for column in table.columns]
    synonyms = {name: column for column in columns for name in _SYNONYMS.get(column, ())}
    return synonyms | {plain(column): column for column in columns}


def _header(grid: Sequence[Sequence[Cell]], names: Mapping[str, str]) -> int | None:
    """The first of the top rows where most names stand, and at least two do."""
    counts = [sum(isinstance(cell.value, str) and plain(cell.value) in names for cell in row) for row in grid[:_HEADER_WITHIN]]
    return counts.index(max(counts)) if counts and max(counts) >= 2 else None


def _headings(grid: Sequence[Sequence[Cell]], header: int) -> Iterator[tuple[int, str]]:
    """The heading of each column that holds anything; one without a heading goes by its letter."""
    for place in range(max(len(row) for row in grid[header:])):
        heading = str(grid[header][place].value or "").strip() if place < len(grid[header]) else ""
        filled = any(place < len(row) and not _is_blank(row[place]) for row in grid[header + 1 :])
        if heading or filled:
            yield place, " ".join(heading.split()) or f"column {column_name(place)}"


def _suggested(heading: str, table: SheetTable) -> str:
    near = process.extractOne(plain(heading), [column.header for column in table.columns], scorer=fuzz.WRatio, processor=plain)
    return near[0] if near is not None and near[1] >= _LIKE else ""


def _rows(grid: Sequence[Sequence[Cell]], header: int, taken: Mapping[int, str], source: Source) -> Iterator[Row]:
    """The rows below the headings that hold something; two columns that go under one heading stand below each other in its cell."""
    letters = {column: column_name(place) for place, column in reversed(list(taken.items()))}
    for number, row in enumerate(grid[header + 1 :], start=header + 2):
        cells: dict[str, Cell] = {}
        for place, column in taken.items():
            if place < len(row) and not _is_blank(row[place]):
                before = cells.get(column)
                cells[column] = row[place] if before is None else Cell(f"{before.value}\n{row[place].value}")
        if cells:
            yield Row(number, cells, letters, source)


def _is_blank(cell: Cell) -> bool:
    return not cell.fault and (cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()))
