"""Meetings as the ledger knows them: what was recorded of each, brought into step with the files before anything else is recorded."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from reportpack.ledger import Ledger
from reportpack.model.event import Event
from reportpack.model.meeting import Meeting
from reportpack.model.meeting_event import MeetingCancelled, MeetingEvent, MeetingMoved, MeetingSet
from reportpack.run.office_files import Folders
from reportpack.run.steps.recording import recording


def recorded_meetings(ledger: Ledger) -> dict[str, MeetingEvent]:
    """The last event of each meeting, by its id."""
    events = (one.what for one in ledger.of_kinds(MeetingSet, MeetingMoved, MeetingCancelled))
    return {one.meeting: one for one in events if isinstance(one, MeetingEvent)}


def take_in_meetings(folders: Folders, ledger: Ledger, meetings: Sequence[Meeting], now: datetime) -> dict[str, int]:
    """Record what people changed in the files themselves; gives the sequence of each meeting, by its id."""
    known = recorded_meetings(ledger)
    changes = list(_changes(meetings, known))
    if changes:
        with recording(folders, now, ledger=ledger) as record:
            known = recorded_meetings(ledger)
            changes = list(_changes(meetings, known))
            record.record([Event(one, now) for one in changes])
    return {one.meeting: one.sequence for one in (*known.values(), *changes)}


def sequence_of(ledger: Ledger, meeting: Meeting) -> int:
    """How often the meeting was changed, with what people changed in its file since; nothing is recorded."""
    known = recorded_meetings(ledger)
    return {one.meeting: one.sequence for one in (*known.values(), *_changes((meeting,), known))}[meeting.id]


def _changes(meetings: Sequence[Meeting], known: dict[str, MeetingEvent]) -> Iterator[MeetingEvent]:
    for one in meetings:
        last = known.get(one.id)
        sequence = last.sequence + 1 if last is not None else 0
        if one.cancelled:
            if not isinstance(last, MeetingCancelled):
                yield MeetingCancelled(one.id, one.day, sequence)
        elif last is None or isinstance(last, MeetingCancelled):
            yield MeetingSet(one.id, one.day, one.start_time, one.venue, sequence)
        elif (last.day, last.start_time, last.venue) != (one.day, one.start_time, one.venue):
            yield MeetingMoved(one.id, last.day, one.day, one.start_time, one.venue, sequence)
