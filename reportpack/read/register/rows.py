"""Tables that people type. The register as a workbook: its sheets as grids of cells, without Excel's rows of totals, and the number that the
ledger's last write left in it; the rows found under the headings that a sheet declares, and as words: dates as they would be written,
numbers without a trailing nought, text as typed. Rows count from 1, as on the screen.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path

from reportpack import patterns as re
from reportpack.drive_files import bytes_of, is_elsewhere
from reportpack.errors import Remedy
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.register_columns import Column, Heading, Holds, RegisterTable
from reportpack.model.register_row import RegisterCell, RegisterRow, Said
from reportpack.read.grid import CellValue, Sheet, column_name
from reportpack.read.register.occasions import shows_only_month
from reportpack.read.workbook import read_workbook
from reportpack.read.workbook.contents import read_contents, read_relations
from reportpack.read.workbook.faults import Archive, DamagedError, UnreadableError
from reportpack.read.workbook.markup import openings
from reportpack.records import Record

_AREA = re.compile(r"[A-Z]+\d+:[A-Z]+(\d+)")


def total_rows(path: Path) -> Mapping[str, frozenset[int]]:
    """The numbers of those rows, from 1, by the sheet's title; nothing for a file that is no workbook of parts."""
    try:
        archive = Archive(bytes_of(path))
        if not any("/tables/" in name for name in archive.names):
            return {}
        return {sheet.name: frozenset(_total_rows(archive, sheet.part)) for sheet in read_contents(archive).sheets if sheet.part}
    except (OSError, DamagedError, UnreadableError):
        return {}


def _total_rows(archive: Archive, sheet: str) -> Iterator[int]:
    for relation in read_relations(archive, sheet).values():
        if relation.kind != "table" or not archive.has(relation.target):
            continue
        for _, name, facts in openings(archive.read_small(relation.target), {"table"}):
            area = _AREA.fullmatch(facts.get("ref", ""))
            if name == "table" and area is not None and facts.get("totalsRowCount", "0") not in ("", "0"):
                yield int(area[1])


PROPERTY = "reportpack register"  # the custom document property that carries the number of the write
_NUMBER = re.compile(rb'name=["\']reportpack register["\'][^>]*>\s*<[^>]+>\s*(\d{1,12})\s*<')
_PROPERTIES = "docProps/custom.xml"
_OTHER_ENDS = (".xlsm", ".xls", ".xlsb", ".ods", ".numbers", ".csv")


class RegisterWorkbook(Record):
    """An open register."""

    file: str
    sha256: str
    sheets: Mapping[str, Sheet]
    totals: Mapping[str, frozenset[int]]

    def sheet(self, name: str) -> Sheet | None:
        """A sheet by its name, whatever its case or spacing."""
        return next((sheet for title, sheet in self.sheets.items() if plain(title) == plain(name)), None)


def open_register(path: Path, name: str) -> tuple[RegisterWorkbook | None, tuple[Problem, ...]]:
    """The workbook, or None with a sentence that says why not."""
    if not path.exists() and not is_elsewhere(path):
        return None, (_no_register(path, name),)
    workbook, problems = read_workbook(path, name)
    problems = (*_open_elsewhere(path, name), *(one for one in problems if one.kind != "workbook-empty" or workbook is None))
    if workbook is None:
        return None, problems
    return RegisterWorkbook(name, workbook.sha256, {one.name: one for one in workbook.sheets}, total_rows(path)), problems


class Cell(Record):
    """A cell's value, its number format, and what a failed formula shows (`#REF!`)."""

    value: CellValue
    format: str = "General"
    fault: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether nobody sees anything in it."""
        return not self.fault and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))


EMPTY = Cell(None)


def grid_of(sheet: Sheet, totals: Container[int] = ()) -> Iterator[list[Cell]]:
    """The sheet row by row; a row of totals, by its number from 1, as if it were empty."""
    faults = {**sheet.errors, **dict.fromkeys(sheet.uncalculated, "a formula that was never calculated")}
    for row, values in enumerate(sheet.rows):
        cells = [Cell(value, sheet.format(row, place), faults.get((row, place), "")) for place, value in enumerate(values)]
        yield [] if row + 1 in totals else cells


def register_number(path: Path) -> int | None:
    """The number of the ledger's last write; None when the workbook has never been through one, or cannot be opened."""
    try:
        found = _NUMBER.search(Archive(bytes_of(path)).read_small(_PROPERTIES))
    except (OSError, DamagedError, UnreadableError):
        return None
    return int(found[1]) if found else None


def _no_register(path: Path, name: str) -> Problem:
    """Excel changes the end of the name when macros are put in, and other programs save under their own."""
    if other := next((one.name for end in _OTHER_ENDS if (one := path.with_suffix(end)).exists()), ""):
        found = f"There is no register of that name here, but {other} is; it is not read."
        remedy = f"Open {other} and save it as {path.name} (an Excel workbook)."
    else:
        found = "There is no register here, so no matters, actions or commitments are known but those that are on record."
        remedy = Remedy("Put register.xlsx back, or take the empty one of a new office:", "init", "FOLDER", then=".")
    return Problem("register-missing", Source(name), found, remedy)


def _open_elsewhere(path: Path, name: str) -> tuple[Problem, ...]:
    """Excel leaves a `~$` file beside a workbook while somebody has it open; LibreOffice a `.~lock.` one."""
    locks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    found = "Somebody has the register open; what they have not saved is not in here."
    said = Problem("register-open", Source(name), found, "Save it and run again if their changes belong in.", Weight.NOTE)
    return (said,) if any(lock.exists() for lock in locks) else ()


MOST_ROWS = 20_000
_HEADER_WITHIN = 20


class Headings(Record):
    """The letter of each known header's column, the row they stand in (0: none), and the first column right of everything."""

    letters: Mapping[str, str]
    row: int = 0
    free: str = ""


class Row(Record):
    """One row: its cells by header, each with its name on the sheet (`C5`)."""

    number: int
    cells: Mapping[str, Cell]
    letters: Mapping[str, str]
    sheet: Source

    def cell(self, column: Column) -> Cell:
        """The cell under that header, empty where the sheet lacks it."""
        return self.cells.get(column.heading, EMPTY)

    def at(self, column: Column) -> Source:
        """Where that cell is; the whole row where the sheet lacks the column."""
        letter = self.letters.get(column.heading)
        return replace(self.sheet, cell=f"{letter}{self.number}") if letter else self.source

    @property
    def source(self) -> Source:
        """The row as a range."""
        letters = sorted(self.letters.values(), key=lambda letter: (len(letter), letter))
        return replace(self.sheet, cell=f"{letters[0]}{self.number}:{letters[-1]}{self.number}")


def plain(text: str) -> str:
    """Lower case and single spaces: how headers and names are compared."""
    return " ".join(re.sub(r"[\s\u00a0_]+", " ", text).strip(" :*").casefold().split())


def read_rows(
    table: RegisterTable, grid: Iterable[Sequence[Cell]], sheet: Source
) -> tuple[tuple[Row, ...], Headings, tuple[Problem, ...]]:
    """The rows that hold something under a known header, and where the headers stand. The header may stand below title rows;
    extra columns are left alone."""
    lines = iter(enumerate(grid, start=1))
    known = {plain(column.heading) for column in table.columns}
    top = (
        (number, cells, {plain(cell.value) for cell in cells if isinstance(cell.value, str)})
        for number, cells in islice(lines, _HEADER_WITHIN)
    )
    # The first of the top rows where at least two declared headers stand, or the only one that is declared.
    header = next(((number, cells) for number, cells, names in top if len(names & known) >= min(2, len(known))), None)
    if header is None:
        missing = f"No row of headings was found in the first {_HEADER_WITHIN} rows, so nothing on this sheet is read."
        remedy = f"Put the headings above the rows: {', '.join(column.heading for column in table.columns[:4])} and so on."
        weight = Weight.WRONG if table.needed else Weight.NOTE
        return (), Headings({}), (Problem("headings-missing", sheet, missing, remedy, weight),)
    row_number, found, problems = header[0], *_match_headers(table, header[0], header[1], sheet)
    rows: list[Row] = []
    width = _width(header[1])
    letters = {name: column_name(place) for name, place in found.items()}
    for number, cells in lines:
        if number > row_number + MOST_ROWS:
            place = replace(sheet, cell=f"row {number}")
            words = f"Rows from {number} on are not read: no register is this long, something has filled the sheet."
            problems = (*problems, Problem("sheet-too-long", place, words, "Delete the rows below the last real one."))
            break
        width = max(width, _width(cells))
        if row := {name: cells[place] for name, place in found.items() if place < len(cells) and not cells[place].is_blank}:
            rows.append(Row(number, row, letters, sheet))
    return tuple(rows), Headings(letters, row_number, column_name(width)), problems


def _width(cells: Sequence[Cell]) -> int:
    return next((place + 1 for place in reversed(range(len(cells))) if not cells[place].is_blank), 0)


def _match_headers(
    table: RegisterTable, number: int, cells: Sequence[Cell], sheet: Source
) -> tuple[dict[str, int], tuple[Problem, ...]]:
    names = {plain(column.heading): column.heading for column in table.columns}
    found: dict[str, int] = {}
    extra: dict[int, str] = {}
    problems: list[Problem] = []
    for place, cell in enumerate(cells):
        if not isinstance(cell.value, str) or not cell.value.strip():
            continue
        if (name := names.get(plain(cell.value))) is None:
            extra[place] = cell.value.strip()
        elif name in found:
            second = replace(sheet, cell=f"{column_name(place)}{number}")
            words = f'There is a second column "{name}"; only the first is read.'
            problems.append(Problem("column-twice", second, words, "Give one of them another heading."))
        else:
            found[name] = place
    missing = [_missing(column, extra, number, sheet) for column in table.columns if column.heading not in found]
    return found, (*problems, *filter(None, missing))


def _missing(column: Column, extra: Mapping[int, str], number: int, sheet: Source) -> Problem | None:
    """A column that is needed, or one that seems to be there under another spelling."""
    if extra:
        from rapidfuzz import fuzz, process

        like = {place: plain(text) for place, text in extra.items()}
        near, likeness, place = process.extractOne(plain(column.heading), like, scorer=fuzz.ratio)
        if near and likeness >= 80:
            source = replace(sheet, cell=f"{column_name(place)}{number}")
            found = f'The heading "{extra[place]}" is not one the register has, so its column is not read.'
            return Problem("column-misspelt", source, found, f'If it is meant to be "{column.heading}", spell it so.')
    if not column.needed:
        return None
    row = replace(sheet, cell=f"row {number}")
    return Problem("column-missing", row, f'There is no column "{column.heading}".', f"Add it: {column.means}")


_EXCEL_BEGAN = date(1899, 12, 30)
_FIRST, _LAST = ((day - _EXCEL_BEGAN).days for day in (date(1990, 1, 1), date(2100, 1, 1)))
"""Days as Excel counts them, in a cell that is not shown as a date."""


def type_row(row: Row, table: RegisterTable) -> tuple[RegisterRow, tuple[Problem, ...]]:
    """The row in words, and what is wrong with its cells."""
    columns = [one for one in table.columns if one.heading in row.letters]
    cells = tuple(RegisterCell.of(one.heading, _said(row.cell(one), one), row.at(one).cell) for one in columns)
    ref = next((" ".join(cell.text.split()) for cell in cells if cell.header == Heading.REFERENCE), "")
    return RegisterRow(table.name, ref, cells, row.source), tuple(_faults(row, table))


def _said(cell: Cell, column: Column) -> Said:
    value = cell.value
    if column.holds is Holds.REFERENCE:
        return _reference(cell)
    if column.holds.days and isinstance(value, (date, datetime)) and not shows_only_month(cell.format):
        return value.date() if isinstance(value, datetime) else value
    if column.holds.days and isinstance(value, (int, float)) and _FIRST <= value < _LAST:
        return _EXCEL_BEGAN + timedelta(days=int(value))
    return written(cell)


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
    return written(cell)


def written(cell: Cell) -> str:
    """A cell's value in words."""
    if isinstance(cell.value, (date, datetime)):
        return f"{cell.value:%B %Y}" if shows_only_month(cell.format) else long_date(cell.value)
    if isinstance(cell.value, bool):
        return "TRUE" if cell.value else "FALSE"
    if isinstance(cell.value, (float, int)):
        return f"{cell.value:.15g}"
    return str(cell.value).strip() if cell.value is not None else ""
