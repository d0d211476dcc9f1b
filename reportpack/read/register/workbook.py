"""The register as a workbook: its sheets as grids of cells, without Excel's rows of totals, and the number that the ledger's last write left in it."""

from collections.abc import Container, Iterator, Mapping
from pathlib import Path

from reportpack import patterns as re
from reportpack.drive_files import bytes_of, is_elsewhere
from reportpack.errors import Remedy
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.grid import Sheet
from reportpack.read.register.rows import Cell, plain
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
        return None, (_missing(path, name),)
    workbook, problems = read_workbook(path, name)
    problems = (*_open_elsewhere(path, name), *(one for one in problems if one.kind != "workbook-empty" or workbook is None))
    if workbook is None:
        return None, problems
    sheets = {sheet.name: sheet for sheet in workbook.sheets}
    return RegisterWorkbook(name, workbook.sha256, sheets, total_rows(path)), problems


def grid_of(sheet: Sheet, totals: Container[int] = ()) -> Iterator[list[Cell]]:
    """The sheet row by row; a row of totals, by its number from 1, as if it were empty."""
    uncalculated = dict.fromkeys(sheet.uncalculated, "a formula that was never calculated")
    faults = {**sheet.errors, **uncalculated}
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


def _missing(path: Path, name: str) -> Problem:
    """Excel changes the end of the name when macros are put in, and other programs save under their own."""
    other = next((one.name for end in _OTHER_ENDS if (one := path.with_suffix(end)).exists()), "")
    if other:
        found = f"There is no register of that name here, but {other} is; it is not read."
        remedy = f"Open {other} and save it as {path.name} (an Excel workbook)."
    else:
        found = "There is no register here, so no matters, actions or commitments are known but those that are on record."
        remedy = Remedy("Put register.xlsx back, or take the empty one of a new office:", "init", "FOLDER", then=".")
    return Problem("register-missing", Source(name), found, remedy)


def _open_elsewhere(path: Path, name: str) -> tuple[Problem, ...]:
    """Excel leaves a `~$` file beside a workbook while somebody has it open; LibreOffice a `.~lock.` one."""
    locks = (path.with_name(f"~${path.name}"), path.with_name(f".~lock.{path.name}#"))
    if not any(lock.exists() for lock in locks):
        return ()
    found = "Somebody has the register open; what they have not saved is not in here."
    return (Problem("register-open", Source(name), found, "Save it and run again if their changes belong in.", Weight.NOTE),)
