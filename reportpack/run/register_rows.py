"""`register list`, `show`, `history` and `update`: the rows that stand, what became of them, and a change to one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from reportpack.errors import InputError
from reportpack.ledger import Ledger
from reportpack.model.event import CellChange, Event, RowChange
from reportpack.model.problem import Problem, Weight
from reportpack.model.register_row import RegisterCell, RegisterRow
from reportpack.model.settings import Settings
from reportpack.read.register import TABLES, register_of_rows
from reportpack.run.folders import Folders
from reportpack.run.gather import REGISTER, gather_meetings
from reportpack.run.memory import open_memory
from reportpack.run.register import read_standing, record_standing, write_standing


@dataclass(frozen=True, slots=True)
class Updated:
    """The row as it stands after a change, and what could not be done."""

    row: RegisterRow
    problems: tuple[Problem, ...]


def standing_register(folders: Folders, year: int) -> tuple[tuple[RegisterRow, ...], tuple[Problem, ...]]:
    """Every row that stands now, with what is wrong; records nothing."""
    ledger = open_memory(folders, begin=False)
    try:
        step = read_standing(folders.inputs / REGISTER, ledger, None, year)
    finally:
        if ledger is not None:
            ledger.close()
    return step.rows, step.problems


def row_history(folders: Folders, ref: str, year: int) -> tuple[RegisterRow, tuple[Event, ...]]:
    """The row of that reference, and everything that was recorded of it, oldest first."""
    row = find_row(standing_register(folders, year)[0], ref)
    ledger = open_memory(folders, begin=False)
    if ledger is None:
        return row, ()
    with ledger:
        return row, ledger.history(row.sheet, row.ref)


def update_row(folders: Folders, ref: str, words: Sequence[tuple[str, str]], now: datetime) -> Updated:
    """Change what stands under some headings of a row, in the ledger and, unless somebody has it open, in the workbook."""
    settings, _, _ = gather_meetings(folders)
    path = folders.inputs / REGISTER
    ledger = open_memory(folders, begin=True)
    if ledger is None:
        raise InputError("The ledger cannot be opened.", "See that you may write to inputs/memory.")
    with ledger:
        step = read_standing(path, ledger, None, now.year)
        record_standing(step, ledger, now)
        row = find_row(step.rows, ref)
        changes = tuple(CellChange(heading, row.text(heading), text) for heading, text in _known_headings(row, words))
        _refuse_unreadable(row, changes, settings)
        return _record(ledger, folders, RowChange(row.sheet, row.ref, changes, "reportpack register update"), now)


def _record(ledger: Ledger, folders: Folders, change: RowChange, now: datetime) -> Updated:
    path = folders.inputs / REGISTER
    if any(one.before != one.after for one in change.changes):
        ledger.record([Event(change, now)])
    step = read_standing(path, ledger, None, now.year)
    record_standing(step, ledger, now)
    left = write_standing(step, path, ledger, now)
    return Updated(find_row(step.rows, change.ref), left)


def find_row(rows: Sequence[RegisterRow], ref: str) -> RegisterRow:
    """The row of that reference; InputError that names the nearest ones when there is none."""
    found = [row for row in rows if row.ref and row.ref.casefold() == ref.strip().casefold()]
    if found:
        return found[0]
    year = ref.rpartition("/")[2]
    near = [row.ref for row in rows if row.ref and row.ref.rpartition("/")[2] == year] or [row.ref for row in rows if row.ref]
    raise InputError(f"Nothing in the register is called {ref}.", f"There are: {', '.join(near[:20]) or 'no references yet'}.")


def _known_headings(row: RegisterRow, words: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    headings = {
        column.header.casefold(): column.header for table in TABLES if table.name == row.sheet for column in table.columns
    }
    known = []
    for heading, text in words:
        name = headings.get(" ".join(heading.split()).casefold())
        if name is None or name == "Reference":
            offered = ", ".join(one for one in headings.values() if one != "Reference")
            raise InputError(f'"{heading}" cannot be set on the sheet {row.sheet}.', f"The headings are: {offered}.")
        known.append((name, text.strip()))
    return known


def _refuse_unreadable(row: RegisterRow, changes: Sequence[CellChange], settings: Settings) -> None:
    """What a person types here is asked about at once; what the workbook holds already is not in question."""
    after = {cell.header: cell for cell in row.cells} | {one.header: RegisterCell(one.header, one.after) for one in changes}
    changed = RegisterRow(row.sheet, row.ref, tuple(after.values()), row.source)
    before = {problem.found for problem in register_of_rows([row], settings.office, settings.measures)[1]}
    _, problems = register_of_rows([changed], settings.office, settings.measures)
    new = [one for one in problems if one.weight is Weight.WRONG and one.found not in before]
    if new:
        raise InputError(new[0].found, f"{new[0].remedy} Nothing was changed.")
