"""`register list`, `show`, `history` and `update`: the rows that stand, what became of them, and a change to one."""

from collections.abc import Sequence
from datetime import datetime

from reportpack.errors import InputError
from reportpack.model.event import Event, RowChange, Undone
from reportpack.model.inputs import Settings
from reportpack.model.period import written_day
from reportpack.model.problem import Problem, Weight
from reportpack.model.register_columns import Holds, table_of
from reportpack.model.register_row import CellChange, RegisterRow, Said
from reportpack.read.register.reading import register_of_rows
from reportpack.read.register.rows import plain
from reportpack.records import dataclass
from reportpack.run.office_files import REGISTER, Folders, gather_meetings, open_memory
from reportpack.run.steps.life import moved, refuse_impossible, refuse_unexplained
from reportpack.run.steps.recording import Recording, recording
from reportpack.run.steps.standing import read_standing


@dataclass(frozen=True, slots=True)
class Updated:
    """The row as it stands after a change, and what could not be done."""

    row: RegisterRow
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """A change of a row that was recorded; `undone` is the event that took it back, and why."""

    event: Event
    change: RowChange
    undone: tuple[Event, str] | None


def standing_register(folders: Folders, year: int) -> tuple[tuple[RegisterRow, ...], tuple[Problem, ...]]:
    """Every row that stands now, with what is wrong; records nothing."""
    with open_memory(folders) as ledger:
        step = read_standing(folders.inputs / REGISTER, ledger, None, year)
    return step.rows, step.problems


def row_history(folders: Folders, ref: str, year: int) -> tuple[RegisterRow, tuple[Event, ...]]:
    """The row of that reference, and everything that was recorded of it and undone, oldest first."""
    row = find_row(standing_register(folders, year)[0], ref)
    with open_memory(folders) as ledger:
        own = {one.number for one in ledger.history(row.sheet, row.ref)}
        events = ledger.register_events()
    return row, tuple(one for one in events if one.number in own or (isinstance(one.what, Undone) and one.what.event in own))


def steps_of(events: Sequence[Event]) -> tuple[Step, ...]:
    """The changes among what was recorded of a row, each with what undid it."""
    undone = {one.what.event: (one, one.what.why) for one in events if isinstance(one.what, Undone)}
    return tuple(Step(one, one.what, undone.get(one.number)) for one in events if isinstance(one.what, RowChange))


def update_row(
    folders: Folders, ref: str, words: Sequence[tuple[str, str]], now: datetime, why: str = "", who: str = ""
) -> Updated:
    """Change what stands under some headings of a row, in the ledger and, unless somebody has it open, in the workbook.

    A due that moves needs a reason, and is counted; a state that cannot follow the one before is refused.
    """
    settings, _, _ = gather_meetings(folders)
    with recording(folders, now) as record:
        row = find_row(record.rows, ref)
        changes = row.changes(known_headings(row.sheet, words))
        refuse_impossible(row, changes)
        refuse_unexplained(row, changes, why)
        changes = moved(row, changes, why)
        refuse_unreadable(row, changes, settings)
        return record_change(record, RowChange(row.sheet, row.ref, changes, "reportpack register update"), who)


def record_change(record: Recording, change: RowChange, who: str = "") -> Updated:
    """Record the change, unless it changes nothing."""
    changes = any(one.before != one.after for one in change.changes)
    return record_events(record, change.ref, [Event(change, record.now, who)] if changes else [])


def record_events(record: Recording, ref: str, events: Sequence[Event]) -> Updated:
    """Record the events; gives the row of that reference as it stands then."""
    record.record(events)
    return Updated(find_row(record.rows, ref), record.problems)


def find_row(rows: Sequence[RegisterRow], ref: str) -> RegisterRow:
    """The row of that reference; InputError that names the nearest ones when there is none."""
    found = [row for row in rows if row.ref and row.ref.casefold() == ref.strip().casefold()]
    if found:
        return found[0]
    year = ref.rpartition("/")[2]
    near = [row.ref for row in rows if row.ref and row.ref.rpartition("/")[2] == year] or [row.ref for row in rows if row.ref]
    raise InputError(f"Nothing in the register is called {ref}.", f"There are: {', '.join(near[:20]) or 'no references yet'}.")


def known_headings(sheet: str, words: Sequence[tuple[str, str]]) -> list[tuple[str, Said]]:
    """The headings as that sheet spells them, with the words for each, or the day; InputError for one that it has not."""
    columns = {plain(one.heading): one for one in table_of(sheet).columns if one.holds is not Holds.REFERENCE}
    known: list[tuple[str, Said]] = []
    for heading, text in words:
        column = columns.get(plain(heading))
        if column is None:
            offered = ", ".join(one.heading for one in columns.values())
            raise InputError(f'"{heading}" cannot be set on the sheet {sheet}.', f"The headings are: {offered}.")
        day = written_day(text.strip()) if column.holds.days else None
        known.append((column.heading, day or text.strip()))
    return known


def refuse_unreadable(row: RegisterRow, changes: Sequence[CellChange], settings: Settings) -> None:
    """InputError for words that cannot be read. What a person types here is asked about at once; what the workbook holds already is not in question."""
    before = {problem.found for problem in register_of_rows([row], settings.office, settings.measures)[1]}
    _, problems = register_of_rows([row.after(changes)], settings.office, settings.measures)
    new = [one for one in problems if one.weight is Weight.WRONG and one.found not in before]
    if new:
        raise InputError(new[0].found, f"{new[0].remedy} Nothing was changed.")
