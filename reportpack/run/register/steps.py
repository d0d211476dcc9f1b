"""`register propose`, `accept`, `dispute`, `carry` and `settle`: the steps of the life of an action, a matter or a commitment, each an event with what it needs."""

from collections.abc import Mapping
from datetime import date, datetime

from reportpack.errors import InputError, Remedy
from reportpack.model.action import ActionState
from reportpack.model.commitment import CommitmentState
from reportpack.model.event import RowChange
from reportpack.model.matter import MatterState
from reportpack.model.register_columns import Heading, SheetName, table_of
from reportpack.model.register_row import RegisterRow
from reportpack.model.state_words import SPELT_COMMITMENT
from reportpack.read.register.occasions import read_occasion
from reportpack.run.office_files import Folders, gather_meetings, which_meeting
from reportpack.run.register.rows import Updated, find_row, record_change, refuse_unreadable
from reportpack.run.steps.life import moved, refuse_impossible, refuse_unexplained
from reportpack.run.steps.recording import recording

_ALWAYS = (Heading.STATE, Heading.DUE_AT_MEETING, Heading.DECIDED_AT)
"""Said even when nothing stands there any more."""


def propose_complete(folders: Folders, ref: str, evidence: str, update: str, now: datetime, who: str = "") -> Updated:
    """The owner says that it is done, and where that can be seen."""
    words = {Heading.STATE: ActionState.PROPOSED.value, Heading.EVIDENCE: evidence, Heading.UPDATE: update}
    return _step(folders, ref, SheetName.ACTIONS, words, now, "propose", who=who)


def accept(folders: Folders, ref: str, meeting: str, today: date, now: datetime, who: str = "") -> Updated:
    """A meeting accepts that it is done."""
    words = {Heading.STATE: ActionState.ACCEPTED.value, Heading.DECIDED_AT: _meeting(folders, meeting, today)}
    return _step(folders, ref, SheetName.ACTIONS, words, now, "accept", who=who)


def dispute(folders: Folders, ref: str, meeting: str, why: str, today: date, now: datetime, who: str = "") -> Updated:
    """A meeting does not accept that it is done, and says why."""
    words = {Heading.STATE: ActionState.DISPUTED.value, Heading.DECIDED_AT: _meeting(folders, meeting, today)}
    return _step(folders, ref, SheetName.ACTIONS, words, now, "dispute", f"Disputed: {why}" if why else "", who=who)


def carry(folders: Folders, ref: str, to: str, why: str, condition: str, now: datetime, who: str = "") -> Updated:
    """A matter is put off again, to a meeting that is set or to a month; every earlier due is kept."""
    if not read_occasion(to):
        found = f'"{to}" does not say which meeting.'
        raise InputError(found, "Write its month and year (November 2019), its date, or its id. Nothing was changed.")
    words = {Heading.DUE_AT_MEETING: to, Heading.STATE: MatterState.CARRIED.value, Heading.CONDITION: condition}
    return _step(folders, ref, SheetName.MATTERS, words, now, "carry", why=why, who=who)


def settle(folders: Folders, ref: str, said: tuple[str, str], meeting: str, today: date, now: datetime, who: str = "") -> Updated:
    """What became of a commitment, and why; open again, no meeting has settled it."""
    state, why = said
    wanted = " ".join(state.casefold().split())
    wanted = SPELT_COMMITMENT.get(wanted, wanted)
    if wanted not in list(CommitmentState):
        found = f'"{state}" is no state of a commitment.'
        raise InputError(found, f"Write one of: {', '.join(CommitmentState)}. Nothing was changed.")
    at = _meeting(folders, meeting, today) if wanted != CommitmentState.OPEN else ""
    words = {Heading.STATE: wanted, Heading.DECIDED_AT: at, Heading.OUTCOME: why}
    return _step(folders, ref, SheetName.COMMITMENTS, words, now, "settle", who=who)


def _step(
    folders: Folders,
    ref: str,
    of: SheetName,
    words: Mapping[Heading, str],
    now: datetime,
    verb: str,
    added: str = "",
    why: str = "",
    who: str = "",
) -> Updated:
    """One change to a row of that sheet, recorded when it can follow on what stands; what is `added` goes below its update."""
    settings, _, _ = gather_meetings(folders)
    with recording(folders, now) as record:
        row = find_row(record.rows, ref)
        _refuse_other(row, of)
        said = {header: text.strip() for header, text in words.items() if text.strip() or header in _ALWAYS}
        if added:
            before = row.text(Heading.UPDATE)
            said[Heading.UPDATE] = f"{before}\n{added}" if before else added
        changes = row.changes(said.items())
        refuse_impossible(row, changes)
        refuse_unexplained(row, changes, why)
        complete = moved(row, changes, why)
        refuse_unreadable(row, complete, settings)
        return record_change(record, RowChange(row.sheet, row.ref, complete, f"reportpack register {verb}"), who)


def _refuse_other(row: RegisterRow, of: SheetName) -> None:
    if row.sheet != of:
        move = Remedy("The day of an action is moved with:", "register update", row.ref, "Due=...", why="TEXT")
        show = Remedy("See what it is with:", "register show", row.ref)
        raise InputError(f"{row.ref} is no {table_of(of).singular}.", move if of is SheetName.MATTERS else show)
    if of is SheetName.MATTERS and row.text(Heading.STATE).strip().casefold() == MatterState.DISCHARGED.value:
        found = f"{row.ref} is discharged."
        raise InputError(found, Remedy("Open it again first:", "register update", row.ref, "State=carried forward"))


def _meeting(folders: Folders, named: str, today: date) -> str:
    _, meetings, _ = gather_meetings(folders)
    return which_meeting(meetings, named, today).id
