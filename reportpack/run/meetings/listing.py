"""The meetings that are set, with what is in for each; and as the ledger knows them, brought into step with their files before anything else is recorded."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from pathlib import Path

from reportpack.ledger import Ledger
from reportpack.merge.proposals import days_closed, proposed_days
from reportpack.model.event import Event
from reportpack.model.meeting import Meeting, PaperStatus
from reportpack.model.meeting_event import MeetingCancelled, MeetingEvent, MeetingMoved, MeetingSet
from reportpack.model.problem import Problem
from reportpack.model.recurrence import ProposedDay
from reportpack.read.words.notes import notes_files
from reportpack.records import Record
from reportpack.run.office_files import Folders, gather_meetings, which_meeting
from reportpack.run.steps.recording import recording


class MeetingLine(Record):
    """A meeting with what people have put in for it."""

    meeting: Meeting
    is_next: bool
    has_notes: bool
    has_minutes: bool

    @property
    def in_words(self) -> str:
        """What is in, in words."""
        awaited = sum(paper.status is PaperStatus.AWAITED for paper in self.meeting.papers)
        parts = ["words for the pack" if self.has_notes else "", "minutes" if self.has_minutes else ""]
        parts.append(f"{awaited} of {len(self.meeting.papers)} papers awaited" if awaited else "")
        return ", ".join(part for part in parts if part)


def list_meetings(folders: Folders, today: date) -> tuple[tuple[MeetingLine, ...], tuple[Problem, ...]]:
    """Every meeting in the order of its day."""
    _, meetings, problems = gather_meetings(folders)
    coming = which_meeting(meetings, "", today) if meetings else None
    return tuple(meeting_line(folders, one, is_next=one is coming and one.day >= today) for one in meetings), problems


def proposed_meetings(folders: Folders, today: date, most: int) -> tuple[ProposedDay, ...]:
    """What the rules of all series propose from today on, by date: so many days of each, with those that fall out on the way."""
    settings, meetings, _ = gather_meetings(folders)
    if not any(one.recurrence for one in settings.office.series):
        return ()
    closed = days_closed(settings.office)
    found = (one for series in settings.office.series for one in proposed_days(series, meetings, closed, today, most))
    return tuple(sorted(found, key=lambda one: (one.day or one.by_rule, one.series)))


def meeting_line(folders: Folders, meeting: Meeting, *, is_next: bool) -> MeetingLine:
    """What is in for one meeting."""
    has_notes = bool(notes_files(folders.inputs / "notes", meeting.names))
    return MeetingLine(meeting, is_next, has_notes, bool(minutes_of(folders, meeting)))


def minutes_of(folders: Folders, meeting: Meeting) -> tuple[Path, ...]:
    """The notes that were taken at the meeting, if they are in."""
    folder = folders.inputs / "minutes"
    return tuple(sorted(path for name in meeting.names for path in folder.glob(f"{name}.*") if not path.is_dir()))


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
