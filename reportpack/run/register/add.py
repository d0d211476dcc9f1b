"""`register add`, `close` and `find`, and `ledger undo`: changes that a person makes in one step, each an event."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from rapidfuzz import fuzz

from reportpack.errors import InputError, RefusedError, Remedy
from reportpack.ledger import Ledger
from reportpack.merge.register_rows import next_reference
from reportpack.model.action import ActionState
from reportpack.model.event import Event, RowChange, Undone
from reportpack.model.matter import MatterState
from reportpack.model.problem import Source
from reportpack.model.register_columns import TABLES, Heading, SheetName, table_of
from reportpack.model.register_row import RegisterRow, Said
from reportpack.run.office_files import Folders, gather_meetings
from reportpack.run.register.rows import Updated, find_row, known_headings, record_change, record_events, refuse_unreadable
from reportpack.run.steps.life import refuse_impossible
from reportpack.run.steps.recording import Recording, recording

_GIVEN = (Heading.REFERENCE, Heading.STATE)
"""Needed, but never asked: a new row is given its reference, and is open."""
_CLOSED = {SheetName.ACTIONS.value: ActionState.CLOSED.value, SheetName.MATTERS.value: MatterState.DISCHARGED.value}
_ALIKE = 88
_JUST_NOW = timedelta(hours=1)


def sheet_called(name: str) -> str:
    """`Actions` for `action`; InputError for what is no sheet of the register."""
    found = next((table.name.value for table in TABLES if name.strip().casefold() in (table.name.casefold(), table.singular)), "")
    if not found:
        raise InputError(f'The register keeps no "{name}".', "Name one of: matter, action, commitment, question.")
    return found


def needed_for(sheet: str, words: Mapping[str, Said]) -> tuple[tuple[str, str], ...]:
    """The headings that a new row must have and that have no words yet, each with what belongs there."""
    lacking = (one for one in table_of(sheet).columns if one.needed and one.heading not in _GIVEN)
    return tuple((one.heading, one.means) for one in lacking if not words.get(one.heading))


def add_row(
    folders: Folders,
    sheet: str,
    words: Sequence[tuple[str, str]],
    now: datetime,
    allow: Callable[[str], bool] = lambda _: False,
    who: str = "",
) -> Updated:
    """A new row with the next reference of its year, in the ledger and, unless somebody has it open, in the workbook.

    Words that were added a moment ago, perhaps by a run that did not end, are asked about: `allow` says whether another row is meant.
    """
    settings, _, _ = gather_meetings(folders)
    known = dict(known_headings(sheet, words))
    missing = needed_for(sheet, known)
    if missing:
        lacking = "; ".join(f"{header} ({means})" for header, means in missing)
        raise InputError(f"Not enough is said for a new row: {lacking}.", 'Add it, such as "Owner=CC". Nothing was changed.')
    with recording(folders, now) as record:
        row = RegisterRow.of(sheet, known.items(), Source(""))
        ref = next_reference(row, (one.ref for one in record.rows if one.sheet == sheet), now.year)
        change = RowChange.adding(row, ref, "reportpack register add")
        _ask_about_same(record, change, allow)
        refuse_unreadable(RegisterRow(sheet, ref, ()), change.changes, settings)
        return record_change(record, change, who)


def _ask_about_same(record: Recording, new: RowChange, allow: Callable[[str], bool]) -> None:
    for one in reversed(record.ledger.register_events()):
        if record.now - one.recorded > _JUST_NOW:
            return
        known = one.what
        found = f"The same words were recorded at {one.recorded:%H:%M}"
        if isinstance(known, RowChange) and _said(known) == _said(new) and not allow(f"{found} as {known.ref}."):
            remedy = Remedy("See:", "register show", known.ref, then=". If another row is meant, give --yes.")
            raise RefusedError(f"{found} as {known.ref}; nothing was added.", remedy)


def _said(change: RowChange) -> tuple[str, str, dict[str, str]]:
    words = {one.header: one.after for one in change.changes if one.header != Heading.REFERENCE}
    return change.sheet, change.cause, words


def close_row(folders: Folders, ref: str, evidence: str, outcome: str, now: datetime, who: str = "") -> Updated:
    """An action is closed, a matter discharged, never without evidence."""
    with recording(folders, now) as record:
        row = find_row(record.rows, ref)
        if row.sheet not in _CLOSED:
            found = f"{row.ref} is no action and no matter, so it cannot be closed."
            raise InputError(found, "Its figures or its answer close it.")
        if row.text(Heading.STATE).strip().casefold() == _CLOSED[row.sheet]:
            raise InputError(f"{row.ref} is {_CLOSED[row.sheet]} already.", Remedy("See:", "register history", row.ref))
        if not (evidence.strip() or row.text(Heading.EVIDENCE).strip()):
            found = f"Nothing says how anybody could see that {row.ref} is done."
            raise RefusedError(
                found, 'Say where it can be seen (--evidence), such as "the letter of 3 May 2019". Nothing was changed.'
            )
        refuse_impossible(row, row.changes([(Heading.STATE, ActionState.CLOSED.value), (Heading.EVIDENCE, "given")]))
        closing = row.changes((header, said) for header, said in _closing(row, evidence.strip(), outcome.strip(), now) if said)
        changes = tuple(one for one in closing if one.after != one.before)
        return record_change(record, RowChange(row.sheet, row.ref, changes, "reportpack register close"), who)


def _closing(row: RegisterRow, evidence: str, outcome: str, now: datetime) -> tuple[tuple[Heading, Said], ...]:
    state, seen = (Heading.STATE, _CLOSED[row.sheet]), (Heading.EVIDENCE, evidence)
    if row.sheet == SheetName.MATTERS:
        return state, (Heading.OUTCOME, outcome), seen
    return state, (Heading.CLOSED_ON, now.date()), seen, (Heading.UPDATE, outcome)


def find_rows(rows: Sequence[RegisterRow], words: str) -> tuple[RegisterRow, ...]:
    """The rows that hold every one of the words, in any case, spelt nearly so; in their order."""
    wanted = words.casefold().split()

    def holds(text: str, word: str) -> bool:
        return word in text or (len(word) > 4 and any(fuzz.ratio(word, one) >= _ALIKE for one in text.split()))

    texts = ((row, " ".join([row.ref, *row.texts.values()]).casefold()) for row in rows)
    return tuple(row for row, text in texts if wanted and all(holds(text, word) for word in wanted))


def undo_event(folders: Folders, number: int, why: str, who: str, now: datetime) -> Updated:
    """A change of the register no longer counts: its words go back to what they were, as an event of its own. Nothing is taken away."""
    with recording(folders, now) as record:
        change = _to_undo(record.ledger, number)
        return record_events(record, change.ref, [Event(Undone(number, why.strip()), now, who.strip())])


def _to_undo(ledger: Ledger, number: int) -> RowChange:
    events = ledger.register_events()
    change = next((one.what for one in events if one.number == number), None)
    if not isinstance(change, RowChange):
        found = f"Event {number} is no change of a row of the register."
        raise InputError(found, Remedy("See its number with:", "register history", "REFERENCE"))
    if any(isinstance(one.what, Undone) and one.what.event == number for one in events):
        raise RefusedError(f"Event {number} is undone already.", Remedy("See:", "register history", change.ref))
    changes = ((one.number, one.what) for one in events if isinstance(one.what, RowChange))
    first = next(place for place, one in changes if (one.sheet, one.ref) == (change.sheet, change.ref))
    if first == number:
        raise RefusedError(
            f"Event {number} is what added {change.ref}, and references are never taken away.",
            Remedy("If it should not be there:", "register update", change.ref, "State=withdrawn")
            if change.sheet == SheetName.ACTIONS
            else "Say in the row itself what became of it.",
        )
    return change
