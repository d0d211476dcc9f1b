"""`meeting new`, `move` and `cancel`: first the ledger, then the meeting's file, of which every other word stays."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, time
from pathlib import Path

from reportpack.drive_files import bytes_of
from reportpack.errors import InputError, Remedy, fails_as
from reportpack.merge.brought_forward import DueThere, due_when_called_off
from reportpack.merge.occasions import settle_topics
from reportpack.merge.proposals import days_closed, next_proposed, proposed_days
from reportpack.model.inputs import Settings
from reportpack.model.meeting import Meeting
from reportpack.model.meeting_event import MeetingCancelled, MeetingMoved, MeetingSet
from reportpack.model.office import MeetingSeries
from reportpack.model.period import FIRST_YEAR, LAST_YEAR, Period, long_date
from reportpack.model.problem import Problem
from reportpack.model.recurrence import ProposedDay
from reportpack.read.register.reading import register_of_rows
from reportpack.records import Record
from reportpack.render.meeting_file import new_meeting_text
from reportpack.run.meetings.listing import minutes_of, recorded_meetings, take_in_meetings
from reportpack.run.office_files import Folders, gather_meetings, which_meeting
from reportpack.run.steps.recording import Change, Recording, recording
from reportpack.toml.edit import Value, with_keys

Allow = Callable[[str], bool]
"""Asked before something is done that a person may not have meant; a no stops it."""
MOST = 60


class NewMeeting(Record):
    """A meeting that was set, its file, and why it is on another day than the series' rule names."""

    meeting: Meeting
    path: Path
    why: str = ""


class Moved(Record):
    """A meeting after its move, the day before it, and the files that go with it."""

    meeting: Meeting
    before: date
    files: tuple[str, ...]
    problems: tuple[Problem, ...]


class CalledOff(Record):
    """A meeting that was called off, and what was due there with where it comes back."""

    meeting: Meeting
    due: tuple[DueThere, ...]
    problems: tuple[Problem, ...]


def new_meetings(
    folders: Folders, day: date | None, series_id: str, count: int, change: Change, allow: Allow
) -> tuple[tuple[NewMeeting, ...], tuple[ProposedDay, ...]]:
    """Set a meeting on that day, else on the next that the series' rule proposes, and so many; gives what fell out on the way too."""
    settings, meetings, _ = gather_meetings(folders)
    ids = [one.id for one in settings.office.series]
    series = settings.office.series_of(series_id or ids[0]) if ids else None
    if series is None:
        raise InputError(f'There is no series "{series_id}" in office.toml.', f"Name one of: {', '.join(ids)}.")
    if not 1 <= count <= MOST:
        raise InputError(f"{count} meetings cannot be set at once.", f"Give --count a number from 1 to {MOST}.")
    _ask_about(settings, [] if day is None else [day], allow)
    chosen, passed = _chosen(settings, series, meetings, day, count, change.today)
    set_ = ((Meeting.of(series, when), why) for when, why in chosen)
    new = tuple(NewMeeting(one, folders.inputs / "meetings" / f"{one.id}.toml", why) for one, why in set_)
    for one in new:
        if one.path.exists():
            raise InputError(f"{one.path} is there already; it was left as it is.", "Change that file, or name another day.")
        _refuse_taken(meetings, series.id, one.meeting.day, "")
    with recording(folders, change.now) as record:
        take_in_meetings(folders, record.ledger, meetings, change.now)
        known = recorded_meetings(record.ledger)
        which = ((one.meeting, change.why or one.why) for one in new)
        events = [MeetingSet(one.id, one.day, one.start_time, one.venue, 0, why) for one, why in which]
        fresh = [change.event(one) for one in events if known.get(one.meeting) != one]
        record.record(fresh, {one.path: new_meeting_text(one.meeting, one.why) for one in new})
    return new, passed


def move_meeting(folders: Folders, named: str, day: date, at: time | None, change: Change, allow: Allow) -> Moved:
    """Give the meeting another day, and another time where one is said. Its id, its file's name and everything named after it stay."""
    settings, meetings, problems = gather_meetings(folders)
    meeting = which_meeting(meetings, named, change.today)
    moved = replace(meeting, day=day, start_time=at or meeting.start_time)
    if meeting.cancelled:
        found = f"{meeting.id} is called off."
        raise InputError(found, f"Take `cancelled` out of inputs/{meeting.source.file} first, then move it.")
    if (meeting.day, meeting.start_time) == (moved.day, moved.start_time):
        raise InputError(f"{meeting.id} is on {long_date(meeting.day)} already.", "Name another day, or another --time.")
    _refuse_held(folders, meeting, "moved")
    _refuse_taken(meetings, meeting.series, moved.day, meeting.id)
    _ask_about(settings, [day], allow)
    past = tuple(one for one in dict.fromkeys((*meeting.earlier, meeting.day)) if one not in (day, meeting.first_day))
    changes: dict[str, Value | None] = {"date": day if day != meeting.first_day or past else None, "earlier": list(past) or None}
    if at is not None:
        changes["time"] = f"{at:%H:%M}"
    with recording(folders, change.now) as record:
        event = MeetingMoved(meeting.id, meeting.day, day, moved.start_time, meeting.venue, 0)
        _change(folders, record, change, meetings, event, changes)
    _, after, _ = gather_meetings(folders)
    moved = which_meeting(after, meeting.id, change.today)
    places = [(folder, name) for folder in ("notes", "minutes", "papers") for name in moved.names]
    lying = ((name, one) for folder, name in places for one in sorted((folders.inputs / folder).glob(f"{name}*")))
    files = [f"{one.parent.name}/{one.name}" for name, one in lying if one.name == name or one.name.startswith(f"{name}.")]
    return Moved(moved, meeting.day, tuple(dict.fromkeys(files)), problems)


def cancel_meeting(folders: Folders, named: str, change: Change) -> CalledOff:
    """Call the meeting off. Nothing is deleted; what was due there comes back at the next of its series, or when one is set."""
    settings, meetings, problems = gather_meetings(folders)
    meeting = which_meeting(meetings, named, change.today)
    if meeting.cancelled:
        raise InputError(f"{meeting.id} is called off already.", "To hold it after all, take `cancelled` out of its file.")
    _refuse_held(folders, meeting, "called off")
    with recording(folders, change.now) as record:
        register, _ = register_of_rows(record.rows, settings.office, settings.measures)
        settled, _ = settle_topics(register, settings.office, settings.measures)
        due = due_when_called_off(meeting, meetings, settled, settings.office)
        _change(folders, record, change, meetings, MeetingCancelled(meeting.id, meeting.day, 0), {"cancelled": True})
    return CalledOff(replace(meeting, cancelled=True), due, (*problems, *record.problems))


def _change(
    folders: Folders,
    record: Recording,
    change: Change,
    meetings: Sequence[Meeting],
    event: MeetingMoved | MeetingCancelled,
    keys: Mapping[str, Value | None],
) -> None:
    """Record the event, unless a run that was cut off has, and change those keys in the meeting's file."""
    file = next(one.source.file for one in meetings if one.id == event.meeting)
    path = folders.inputs / file
    with fails_as(InputError, f"{path} cannot be read", "Close the program that holds it, then run again."):
        content = bytes_of(path)
    text = with_keys(content, file, keys, change.why)
    last = recorded_meetings(record.ledger).get(event.meeting)
    if last is not None and last == replace(event, sequence=last.sequence, why=last.why):
        record.record([], {path: text})
        return
    sequence = take_in_meetings(folders, record.ledger, meetings, change.now)[event.meeting] + 1
    record.record([change.event(replace(event, sequence=sequence, why=change.why))], {path: text})


def _chosen(
    settings: Settings, series: MeetingSeries, meetings: Sequence[Meeting], day: date | None, count: int, today: date
) -> tuple[tuple[tuple[date, str], ...], tuple[ProposedDay, ...]]:
    if day is not None and count == 1:
        return ((day, ""),), ()
    if series.recurrence is None:
        remedy: str = Remedy("Give the day:", "meeting new", "DATE", series=series.id)
        raise InputError(f'{series.title} has no rule in office.toml that proposes days ("recurrence").', remedy)
    wanted = count if day is None else count - 1
    set_ = meetings if day is None else (*meetings, Meeting.of(series, day))
    found = proposed_days(series, set_, days_closed(settings.office), today if day is None else max(today, day), wanted)
    first = next_proposed(found)
    if first is not None and first.month_only:
        month = Period(first.by_rule).label
        remedy = Remedy("Give the day:", "meeting new", f"{first.by_rule:%Y-%m}-15", series=series.id)
        raise InputError(f"The rule of {series.title} names {month} and no day.", remedy)
    days = tuple((one.day, one.why) for one in found if one.day is not None)
    if len(days) < wanted:
        remedy = "Give a day, or correct the rule."
        raise InputError(f"The rule of {series.title} proposes {len(days) or 'no'} more, not {wanted}.", remedy)
    return (*(((day, ""),) if day is not None else ()), *days), tuple(one for one in found if one.day is None)


def _refuse_taken(meetings: Sequence[Meeting], series: str, day: date, own: str) -> None:
    for one in meetings:
        if one.series == series and one.id != own and (day == one.first_day or (day == one.day and not one.cancelled)):
            moved = f", which is now on {long_date(one.day)}" if one.day != one.first_day else ""
            raise InputError(f"There is a meeting of that day already: {one.id}{moved}.", "Name another day.")


def _refuse_held(folders: Folders, meeting: Meeting, what: str) -> None:
    taken = minutes_of(folders, meeting)
    if taken:
        found = f"{meeting.id} was held: its notes are in {taken[0].parent.name}/{taken[0].name}, so it cannot be {what}."
        raise InputError(found, "If they are of another meeting, name the file after that one first.")


def _ask_about(settings: Settings, days: Sequence[date], allow: Allow) -> None:
    """A day on which the office is closed is asked about before anything is written; one that can only be a slip is refused."""
    slips = [day for day in days if not FIRST_YEAR <= day.year <= LAST_YEAR]
    if slips:
        found = f"A meeting in the year {slips[0].year} is a slip of the pen."
        raise InputError(found, f"Give a day from {FIRST_YEAR} to {LAST_YEAR}.")
    closed = days_closed(settings.office)
    for day in days:
        reason = closed.reason(day)
        if reason and not allow(f"{long_date(day)} {reason}."):
            found = f"{long_date(day)} {reason}; nothing was written."
            raise InputError(found, "Name another day, or say that you meet all the same (--yes).")
