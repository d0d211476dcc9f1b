"""`meeting calendar`, and the calendar files that go with letters: what the ledger says of a meeting, as calendars understand it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from pathlib import Path

from reportpack.compose.commission import deadline_entries, meeting_entry
from reportpack.ledger import Ledger
from reportpack.model.action import Action
from reportpack.model.edition import Audience
from reportpack.model.letter import Addressee, CalendarPerson, Enclosure, Method
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.problem import Problem
from reportpack.read.register.reading import register_of_rows
from reportpack.run.meetings.listing import sequence_of, take_in_meetings
from reportpack.run.office_files import Folders, gather_meetings, which_meeting, write_files
from reportpack.run.steps.citing import with_citing
from reportpack.run.steps.recording import recording
from reportpack.send.message import calendar_file, media_type


def invitation(ledger: Ledger, office: Office, meeting: Meeting, to: Addressee, now: datetime) -> Enclosure:
    """The meeting for one person's calendar, with nobody else's name in it; a cancellation where it was called off.
    Without a sender in office.toml it names nobody. The letter that carries it is `calendar`, its version `sequence_of` the meeting.
    Nothing is recorded: who sends it takes the meeting in first."""
    sequence = sequence_of(ledger, meeting)
    entry = meeting_entry(meeting, office, sequence)
    if not office.mail.sender:
        return Enclosure.of(f"{meeting.id}.ics", media_type(Method.PUBLISH), calendar_file((entry,), Method.PUBLISH, now))
    method = Method.CANCEL if meeting.cancelled else Method.REQUEST
    organiser = CalendarPerson(office.short_name, office.mail.sender)
    data = calendar_file((entry,), method, now, organiser=organiser, attendee=CalendarPerson(to.name, to.email))
    return Enclosure.of(f"{meeting.id}.ics", media_type(method), data)


def deadlines(
    ledger: Ledger, office: Office, meeting: Meeting, actions: Sequence[Action], to: Addressee, now: datetime
) -> Enclosure | None:
    """What is wanted of one person's post for a meeting, and by when; None where it is nothing."""
    series = office.series_of(meeting.series)
    days = series.papers_days if series is not None else office.due.final
    by, version = meeting.day - timedelta(days=days), sequence_of(ledger, meeting)
    entries = deadline_entries(meeting, actions, office, to.edition, version, updates_by=by, posts=(to.post,))
    if not entries:
        return None
    data = calendar_file(entries, Method.PUBLISH, now, name=f"{meeting.title}: deadlines")
    return Enclosure.of(f"{meeting.id} deadlines.ics", media_type(Method.PUBLISH), data)


def write_calendar(
    folders: Folders, named: str, edition: Audience | None, today: date, now: datetime
) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """The meeting and its deadlines as calendar files beside its pack; without a meeting a calendar of each series. They name nobody."""
    settings, meetings, problems = gather_meetings(folders)
    office = settings.office
    with recording(folders, now) as record:
        sequences = take_in_meetings(folders, record.ledger, meetings, now)
        if not named:
            files = _feeds(folders, office, meetings, sequences, now)
        else:
            meeting = which_meeting(meetings, named, today)
            register, _ = register_of_rows(record.rows, office, settings.measures)
            office = with_citing(settings, record.ledger, record.rows).office
            own, sequence, folder = office.own_edition(meeting.series), sequences[meeting.id], folders.build / meeting.id
            files = {folder / "meeting.ics": calendar_file((meeting_entry(meeting, office, sequence),), Method.PUBLISH, now)}
            entries = deadline_entries(meeting, register.actions, office, edition or own, sequence)
            if entries:
                which = "" if edition in (None, own) else f".{edition}"
                data = calendar_file(entries, Method.PUBLISH, now, name=f"{meeting.title}: deadlines")
                files[folder / f"deadlines{which}.ics"] = data
    write_files(files)
    return tuple(files), problems


def _feeds(
    folders: Folders, office: Office, meetings: Sequence[Meeting], sequences: dict[str, int], now: datetime
) -> dict[Path, bytes]:
    """A calendar a series that has meetings, those called off among them, so that a calendar which shows it takes them out."""
    files = {}
    for series in office.series:
        entries = [meeting_entry(one, office, sequences[one.id]) for one in meetings if one.series == series.id]
        if entries:
            data = calendar_file(entries, Method.PUBLISH, now, name=f"{series.title}, {office.force}")
            files[folders.build / "calendar" / f"{series.id}.ics"] = data
    return files
