"""`register add`, `close` and `find`, and `ledger undo`: changes that a person makes in one step, each an event."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from rapidfuzz import fuzz

from reportpack.errors import InputError, RefusedError
from reportpack.ledger import Ledger
from reportpack.merge import next_reference
from reportpack.model.event import CellChange, Event, RowChange, Undone
from reportpack.model.period import long_date
from reportpack.model.register_row import RegisterCell, RegisterRow
from reportpack.read.register.reading import TABLES
from reportpack.run.folders import Folders
from reportpack.run.gather import gather_meetings
from reportpack.run.register.rows import (
    Updated,
    bring_into_step,
    find_row,
    known_headings,
    open_to_record,
    record_change,
    refuse_unreadable,
    take_in,
)
from reportpack.run.steps.life import refuse_impossible

_GIVEN = ("Reference", "State")
"""Needed, but never asked: a new row is given its reference, and is open."""
_CLOSED = {"Actions": "closed", "Matters": "discharged"}
_ALIKE = 88


def sheet_called(name: str) -> str:
    """`Actions` for `action`; InputError for what is no sheet of the register."""
    found = next(
        (table.name for table in TABLES if name.strip().casefold() in (table.name.casefold(), table.name[:-1].casefold())), ""
    )
    if not found:
        raise InputError(f'The register keeps no "{name}".', "Name one of: matter, action, commitment, question.")
    return found


def needed_for(sheet: str, words: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The headings that a new row must have and that have no words yet, each with what belongs there."""
    columns = next(table.columns for table in TABLES if table.name == sheet)
    return tuple(
        (one.header, one.means)
        for one in columns
        if one.needed and one.header not in _GIVEN and not words.get(one.header, "").strip()
    )


def add_row(folders: Folders, sheet: str, words: Sequence[tuple[str, str]], now: datetime) -> Updated:
    """A new row with the next reference of its year, in the ledger and, unless somebody has it open, in the workbook."""
    settings, _, _ = gather_meetings(folders)
    known = dict(known_headings(sheet, words))
    missing = needed_for(sheet, known)
    if missing:
        lacking = "; ".join(f"{header} ({means})" for header, means in missing)
        raise InputError(f"Not enough is said for a new row: {lacking}.", 'Add it, such as "Owner=CC". Nothing was changed.')
    with open_to_record(folders) as ledger:
        step = take_in(folders, ledger, now)
        row = RegisterRow(sheet, "", tuple(RegisterCell(header, text) for header, text in known.items()))
        ref = next_reference(row, (one.ref for one in step.rows if one.sheet == sheet), now.year)
        named = () if sheet == "Questions" else (CellChange("Reference", "", ref),)
        changes = (*named, *(CellChange(header, "", text) for header, text in known.items() if text))
        refuse_unreadable(RegisterRow(sheet, ref, ()), changes, settings)
        return record_change(ledger, folders, RowChange(sheet, ref, changes, "reportpack register add"), now)


def close_row(folders: Folders, ref: str, evidence: str, outcome: str, now: datetime) -> Updated:
    """An action is closed, a matter discharged, never without evidence."""
    with open_to_record(folders) as ledger:
        row = find_row(take_in(folders, ledger, now).rows, ref)
        if row.sheet not in _CLOSED:
            raise InputError(
                f"{row.ref} is no action and no matter, so it cannot be closed.", "Its figures or its answer close it."
            )
        if row.text("State").strip().casefold() == _CLOSED[row.sheet]:
            raise InputError(f"{row.ref} is {_CLOSED[row.sheet]} already.", f"See: reportpack register history {row.ref}")
        if not (evidence.strip() or row.text("Evidence").strip()):
            raise RefusedError(
                f"Nothing says how anybody could see that {row.ref} is done.",
                'Say where it can be seen: --evidence "the letter of 3 May 2019". Nothing was changed.',
            )
        _refuse_over(row)
        changes = tuple(
            CellChange(header, row.text(header), text)
            for header, text in _closing(row, evidence.strip(), outcome.strip(), now)
            if text and text != row.text(header)
        )
        return record_change(ledger, folders, RowChange(row.sheet, row.ref, changes, "reportpack register close"), now)


def _refuse_over(row: RegisterRow) -> None:
    refuse_impossible(row, [CellChange("State", row.text("State"), "closed"), CellChange("Evidence", "", "given")])


def _closing(row: RegisterRow, evidence: str, outcome: str, now: datetime) -> tuple[tuple[str, str], ...]:
    if row.sheet == "Matters":
        return ("State", "discharged"), ("Outcome", outcome), ("Evidence", evidence)
    return ("State", "closed"), ("Closed on", long_date(now.date())), ("Evidence", evidence), ("Update", outcome)


def find_rows(rows: Sequence[RegisterRow], words: str) -> tuple[RegisterRow, ...]:
    """The rows that hold every one of the words, in any case, spelt nearly so; in their order."""
    wanted = words.casefold().split()
    return tuple(row for row in rows if wanted and all(_holds(row, word) for word in wanted))


def _holds(row: RegisterRow, word: str) -> bool:
    text = " ".join([row.ref, *row.texts.values()]).casefold()
    return word in text or (len(word) > 4 and any(fuzz.ratio(word, one) >= _ALIKE for one in text.split()))


def undo_event(folders: Folders, number: int, why: str, who: str, now: datetime) -> Updated:
    """A change of the register no longer counts: its words go back to what they were, as an event of its own. Nothing is taken away."""
    with open_to_record(folders) as ledger:
        take_in(folders, ledger, now)
        change = _to_undo(ledger, number)
        return bring_into_step(ledger, folders, change.ref, now, [Event(Undone(number, why.strip()), now, who.strip())])


def _to_undo(ledger: Ledger, number: int) -> RowChange:
    """The change of that number; a refusal for what cannot be undone."""
    events = ledger.register_events()
    change = next((one.what for one in events if one.number == number), None)
    if not isinstance(change, RowChange):
        raise InputError(
            f"Event {number} is no change of a row of the register.", "See its number with: reportpack register history REFERENCE"
        )
    if any(isinstance(one.what, Undone) and one.what.event == number for one in events):
        raise RefusedError(f"Event {number} is undone already.", f"See: reportpack register history {change.ref}")
    first = next(
        one.number
        for one in events
        if isinstance(one.what, RowChange) and (one.what.sheet, one.what.ref) == (change.sheet, change.ref)
    )
    if first == number:
        raise RefusedError(
            f"Event {number} is what added {change.ref}, and references are never taken away.",
            f"If it should not be there: reportpack register update {change.ref} State=withdrawn"
            if change.sheet == "Actions"
            else "Say in the row itself what became of it.",
        )
    return change
