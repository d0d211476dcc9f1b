"""The register as a workbook: its sheets as grids of cells, and the number that the ledger's last write left in it."""

from collections.abc import Container, Iterator, Mapping
from pathlib import Path

from reportpack import patterns as re
from reportpack.drive_files import bytes_of, is_elsewhere
from reportpack.errors import Remedy
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.grid import Sheet
from reportpack.read.register.rows import Cell, plain
from reportpack.read.register.total_rows import total_rows
from reportpack.read.workbook import read_workbook
from reportpack.read.workbook.archive import Archive
from reportpack.read.workbook.faults import DamagedError, UnreadableError
from reportpack.records import dataclass

PROPERTY = "reportpack register"  # the custom document property that carries the number of the write
_NUMBER = re.compile(rb'name=["\']reportpack register["\'][^>]*>\s*<[^>]+>\s*(\d{1,12})\s*<')
_PROPERTIES = "docProps/custom.xml"
_OTHER_ENDS = (".xlsm", ".xls", ".xlsb", ".ods", ".numbers", ".csv")


@dataclass(frozen=True, slots=True)
class RegisterWorkbook:
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
        return None, (_missing(path, name),)
    workbook, problems = read_workbook(path, name)
    problems = (*_open_elsewhere(path, name), *(one for one in problems if one.kind != "workbook-empty" or workbook is None))
    if workbook is None:
        return None, problems
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    return RegisterWorkbook(name, workbook.sha256, sheets, total_rows(path)), problems


def grid_of(sheet: Sheet, totals: Container[int] = ()) -> Iterator[list[Cell]]:
    """The sheet row by row; a row of totals, by its number from 1, as if it were empty."""
    for row in range(len(sheet.rows)):
        yield [] if row + 1 in totals else [_cell(sheet, row, column) for column in range(len(sheet.rows[row]))]


def write_number(path: Path) -> int | None:
    """The number of the ledger's last write; None when the workbook has never been through one, or cannot be opened."""
    try:
        found = _NUMBER.search(Archive(bytes_of(path)).read_small(_PROPERTIES))
    except (OSError, DamagedError, UnreadableError):
        return None
    return int(found[1]) if found else None


def _cell(sheet: Sheet, row: int, column: int) -> Cell:
    fault = "a formula that was never calculated" if (row, column) in sheet.uncalculated else sheet.errors.get((row, column), "")
    return Cell(sheet.rows[row][column], sheet.format(row, column), fault)


def _missing(path: Path, name: str) -> Problem:
    """Excel changes the end of the name when macros are put in, and other programs save under their own."""
    other = next((one.name for end in _OTHER_ENDS if (one := path.with_suffix(end)).exists()), "")
    return Problem(
        "register-missing",
        Source(name),
        f"There is no register of that name here, but {other} is; it is not read."
        if other
        else "There is no register here, so no matters, actions or commitments are known but those that are on record.",
        f"Open {other} and save it as {path.name} (an Excel workbook)."
        if other
        else Remedy("Put register.xlsx back, or take the empty one of a new office:", "init", "FOLDER", then="."),
    )


def _open_elsewhere(path: Path, name: str) -> tuple[Problem, ...]:
    """Excel leaves a `~$` file beside a workbook while somebody has it open; LibreOffice a `.~lock.` one."""
    locks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    if not any(lock.exists() for lock in locks):
        return ()
    return (
        Problem(
            "register-open",
            Source(name),
            "Somebody has the register open; what they have not saved is not in here.",
            "Save it and run again if their changes belong in.",
            Weight.NOTE,
        ),
    )
