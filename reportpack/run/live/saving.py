"""Typed lines put into the Word file of the meeting, at every pause. Where that cannot be done they are kept all the same, and it is said why;
where somebody changed the file in Word, what stands there counts, and what differs is kept beside it until a person chooses."""

from datetime import date, datetime
from pathlib import Path

from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import InputError, OutputError, ReportpackError
from reportpack.model.draft import Does, Draft, DraftEntry
from reportpack.model.meeting import Meeting
from reportpack.records import Record
from reportpack.render.word.typed_lines import TypedFile
from reportpack.run.live.draft_journal import add_entries, alone_with_drafts, read_draft
from reportpack.run.meetings.listing import minutes_of
from reportpack.run.minutes.room import Room, new_minutes
from reportpack.run.office_files import Folders, write_files
from reportpack.run.steps.standing import is_open


class Saved(Record):
    """The draft, and why it is not all in the Word file; empty where it is."""

    draft: Draft
    trouble: str = ""


def save_draft(folders: Folders, room: Room, now: datetime, today: date) -> Saved:
    """Put into the Word file what is not in it; make the file where there is none."""
    meeting = room.meeting
    draft = read_draft(folders, meeting.id)
    if not draft.lines:
        return Saved(draft)
    try:
        with alone_with_drafts(folders):
            return Saved(_put(folders, room, _word_file(folders, meeting, read_draft(folders, meeting.id), now, today), now))
    except ReportpackError as error:
        return Saved(read_draft(folders, meeting.id), _sentence(draft, error.found))
    except OSError as error:
        return Saved(read_draft(folders, meeting.id), _sentence(draft, f"it cannot be read ({error.strerror})"))


def _sentence(draft: Draft, why: str) -> str:
    since = f"since {draft.saved_at[11:16]}" if draft.saved_at else "yet"
    return f"Not in the Word file {since}: {why.rstrip('.')}. Kept here; go on typing."


def _word_file(folders: Folders, meeting: Meeting, draft: Draft, now: datetime, today: date) -> Path:
    """The Word file of the notes, made as a form where there are none (any more)."""
    there = minutes_of(folders, meeting)
    if not there:
        made, _ = new_minutes(folders, meeting.id, today, markdown=False)
        _record(folders, meeting.id, now, bytes_of(made), dict.fromkeys(one.id for one in draft.lines), {})
        return made
    path = there[0]
    if len(there) > 1 or path.suffix.lower() not in (".docx", ".docm"):
        names = ", ".join(one.name for one in there)
        raise InputError(f"the notes of this meeting are here as {names}", "Keep one Word file, or none.")
    if is_open(path):
        raise OutputError("Word has it open", "Save it there, and close it.")
    return path


def _put(folders: Folders, room: Room, path: Path, now: datetime) -> Draft:
    meeting = room.meeting.id
    data = bytes_of(path)
    draft = read_draft(folders, meeting, sha256_of(data))
    if draft.saved != read_draft(folders, meeting).saved:  # it was cut off between the file and the word that it is written
        add_entries(folders, meeting, _saved(draft.entries, now))
    file = TypedFile(data, draft.lines, room.places)
    if draft.saved != sha256_of(data):
        _record(folders, meeting, now, data, {}, file.theirs())
        draft = read_draft(folders, meeting)
        file = TypedFile(data, draft.lines, room.places)
    if draft.is_saved:
        return draft
    put = file.put()
    made = file.data()
    number = draft.entries
    add_entries(folders, meeting, _saving(number, now, made, put, {}))
    if bytes_of(path) != data:
        raise OutputError("somebody saved it just now", "It is looked at anew.")
    write_files({path: made})
    add_entries(folders, meeting, _saved(number, now))
    return read_draft(folders, meeting)


def _record(
    folders: Folders, meeting: str, now: datetime, data: bytes, put: dict[str, str | None], theirs: dict[str, str | None]
) -> None:
    number = read_draft(folders, meeting).entries
    add_entries(folders, meeting, _saving(number, now, data, put, theirs), _saved(number, now))


def _saving(number: int, now: datetime, data: bytes, put: dict[str, str | None], theirs: dict[str, str | None]) -> DraftEntry:
    at = now.isoformat(timespec="seconds")
    return DraftEntry(f"saving {number} {sha256_of(data)[:12]}", Does.SAVING, at, sha256=sha256_of(data), put=put, theirs=theirs)


def _saved(number: int, now: datetime) -> DraftEntry:
    return DraftEntry(f"saved {number}", Does.SAVED, now.isoformat(timespec="seconds"))
