"""The register as a list of lines: each row with what a person looks for first, and whether somebody has its workbook open."""

from collections.abc import Sequence
from datetime import date

from reportpack.drive_files import sha256_of
from reportpack.errors import RefusedError
from reportpack.model.event import Event
from reportpack.model.problem import Problem
from reportpack.model.register_columns import Heading, SheetName, table_of
from reportpack.model.register_row import RegisterRow
from reportpack.read.register.reading import register_of_rows
from reportpack.records import Record
from reportpack.run.office_files import REGISTER, Folders, gather_meetings
from reportpack.run.register.rows import find_row, standing_register
from reportpack.run.steps.standing import is_open


class RowLine(Record):
    """A row: its kind, what it is called and the words, whose it is, when it is due and whether that has passed, and its state; `is_open` while it asks for something."""

    row: RegisterRow
    kind: str
    name: str
    owner: str
    due: str
    overdue: bool
    state: str
    is_open: bool


class RegisterLines(Record):
    """Every line, what is wrong with the register, and whether somebody has the workbook open."""

    lines: tuple[RowLine, ...]
    problems: tuple[Problem, ...]
    is_open_elsewhere: bool


def register_lines(folders: Folders, today: date) -> RegisterLines:
    """The rows that stand, in their order; records nothing."""
    rows, problems = standing_register(folders, today.year)
    settings, _, _ = gather_meetings(folders)
    register, _ = register_of_rows(rows, settings.office, settings.measures)
    dues = {one.ref: one.due for one in (*register.actions, *register.risks) if one.ref and one.state.is_live}

    def line(row: RegisterRow) -> RowLine:
        def first(*headings: Heading) -> str:
            return next((text for heading in headings if (text := row.text(heading))), "")

        state, due = first(Heading.STATE, Heading.ANSWERED) or "open", dues.get(row.ref)
        said = state.strip().casefold()
        asks = said not in _ENDED and not (row.sheet == SheetName.QUESTIONS and "answered" in said)
        name = " ".join(row.name.split())
        due_at = first(Heading.DUE, Heading.DUE_AT_MEETING, Heading.FIGURES_FOR, Heading.REVIEW)
        overdue, owner = due is not None and due < today, first(Heading.OWNER, Heading.ASKED_BY)
        return RowLine(row, table_of(row.sheet).singular, name, owner, due_at, overdue, state, asks)

    return RegisterLines(tuple(map(line, rows)), problems, is_open(folders.inputs / REGISTER))


def known_by(row: RegisterRow) -> str:
    """What a form brings back, so that a change is made to the row that was shown."""
    return sha256_of(repr((row.sheet, row.ref, sorted(row.texts.items()))).encode())[:24]


def refuse_changed(folders: Folders, ref: str, saw: str, history: Sequence[Event], year: int) -> None:
    """RefusedError where the row says something else than what was shown."""
    if known_by(find_row(standing_register(folders, year)[0], ref)) != saw:
        when = f" at {history[-1].recorded:%H:%M}" if history else ""
        found = f"Somebody else changed {ref}{when}. Theirs stands; yours is below."
        raise RefusedError(found, "Look at the row as it is now, and say yours once more if it still holds.")


_ENDED = ("closed", "accepted", "superseded", "withdrawn", "discharged", "kept", "not kept", "answered")
