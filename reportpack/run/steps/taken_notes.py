"""The notes in inputs/minutes/: one file a meeting, named after its id. Two for one meeting, or notes of another day, are refused."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from reportpack.errors import InputError, RefusedError, Remedy
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Minutes
from reportpack.model.period import iso_day, long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.records import dataclass
from reportpack.run.office_files import Folders, which_meeting

FOLDER = "minutes"
KINDS = (".docx", ".docm", ".odt", ".md", ".txt", ".doc", ".pdf", ".html", ".htm", ".rtf")
"""Endings of files that hold notes; first those that keep most of a document."""
UNFIT = ("notes-two-meetings", "notes-agenda-only", "notes-other-paper", "notes-cut", "notes-not-found")
"""Problems of a file that is not the notes of one meeting: it is read and shown, and nothing of it is recorded."""


@dataclass(frozen=True, slots=True)
class TakenNotes:
    """A file of notes and the meeting it is of."""

    path: Path
    meeting: Meeting

    @property
    def name(self) -> str:
        """Its name as it is said to people."""
        return f"{FOLDER}/{self.path.name}"


def find_notes(folders: Folders, meetings: Sequence[Meeting], named: str) -> TakenNotes:
    """The notes of the meeting that is named, else of the latest that has any; an error when there are none, or two files."""
    files = note_files(folders.inputs / FOLDER)
    if named:
        return _of_meeting(folders, files, which_meeting(meetings, named, date.min))
    noted = [one for one in meetings if any(path.stem in one.names for path in files)]
    if not noted:
        begin = "Put them there, named after the meeting, such as 2019-05-28-assurance.docx; or begin them with:"
        raise InputError(f"There are no notes of a meeting in {folders.inputs / FOLDER}.", Remedy(begin, "minutes new"))
    return _of_meeting(folders, files, max(noted, key=lambda one: (one.day, one.id)))


def check_day(minutes: Minutes, notes: TakenNotes) -> tuple[Problem, ...]:
    """Notes of another day are refused; notes that name no day are said."""
    if minutes.day is None:
        found = "The notes do not say of which day they are."
        return (Problem("notes-without-day", Source(notes.name), found, "Give the date of the meeting at their head."),)
    if minutes.day != notes.meeting.day:
        raise RefusedError(
            f"{notes.name}: these are the notes of {long_date(minutes.day)}; the meeting {notes.meeting.id} was on {long_date(notes.meeting.day)}.",
            "Correct the date at the head of the notes, or name the file after the meeting that they are of.",
        )
    return ()


def note_files(folder: Path) -> tuple[Path, ...]:
    """Every file there that can hold notes."""
    try:
        paths = sorted(folder.iterdir())
    except OSError:
        return ()
    return tuple(path for path in paths if path.suffix.lower() in KINDS and not path.name.startswith((".", "~$")))


def notes_of_no_meeting(files: Sequence[Path], meetings: Sequence[Meeting]) -> Iterator[Problem]:
    """Files that no meeting's notes are named, said with the day on which none is set where their name has one."""
    names = {name for one in meetings for name in one.names}
    days = {name[:10] for name in names}
    for path in files:
        if path.stem in names:
            continue
        day = iso_day(path.stem[:10])
        none_set = day is not None and path.stem[:10] not in days
        found = f"no meeting is set on {long_date(day)}" if none_set and day is not None else "it is not named after a meeting"
        yield Problem(
            "notes-of-no-meeting",
            Source(f"{FOLDER}/{path.name}"),
            f"This file was not read: {found}.",
            Remedy("Set the meeting that it is of:", "meeting new", path.stem[:10])
            if none_set
            else "Name it after the meeting's id if it holds the notes; else move it away.",
            Weight.NOTE,
        )


def _of_meeting(folders: Folders, files: Sequence[Path], meeting: Meeting) -> TakenNotes:
    own = [path for path in files if path.stem in meeting.names]
    if not own:
        begin = f"Put them there as {meeting.id}.docx (or .odt, .md, .txt, .pdf), or begin them with:"
        found = f"There are no notes of {meeting.id} in {folders.inputs / FOLDER}."
        raise InputError(found, Remedy(begin, "minutes new", meeting.id))
    if len(own) > 1:
        found = f"There are {len(own)} files of notes for {meeting.id}: {', '.join(path.name for path in own)}."
        raise RefusedError(found, "Keep the one that is right and move the others out of the folder.")
    return TakenNotes(own[0], meeting)
