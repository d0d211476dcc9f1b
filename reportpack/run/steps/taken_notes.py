"""The notes in inputs/minutes/: one file a meeting, named after its id. Two for one meeting, or notes of another day, are refused."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from reportpack.errors import InputError, RefusedError, Remedy
from reportpack.ledger import Ledger
from reportpack.merge.brought_forward import bind_matter
from reportpack.merge.noted_corrections import standing_corrections
from reportpack.merge.occasions import calendar_of, is_past
from reportpack.model.edition import Audience
from reportpack.model.event import AnnexAgreed, AnnexIssued
from reportpack.model.matter import Matter, MatterState
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.minutes import Minutes
from reportpack.model.period import iso_day, long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.records import Record
from reportpack.run.office_files import Folders, which_meeting

FOLDER = "minutes"
KINDS = (".docx", ".docm", ".odt", ".md", ".txt", ".doc", ".pdf", ".html", ".htm", ".rtf")
"""Endings of files that hold notes; first those that keep most of a document."""
_SPOKEN = (".vtt", ".srt")
UNFIT = ("notes-two-meetings", "notes-agenda-only", "notes-other-paper", "notes-cut", "notes-not-found")
"""Problems of a file that is not the notes of one meeting: it is read and shown, and nothing of it is recorded."""


class TakenNotes(Record):
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
        was = f"the meeting {notes.meeting.id} was on {long_date(notes.meeting.day)}"
        remedy = "Correct the date at the head of the notes, or name the file after the meeting that they are of."
        raise RefusedError(f"{notes.name}: these are the notes of {long_date(minutes.day)}; {was}.", remedy)
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
        remedy: str = "Name it after the meeting's id if it holds the notes; else move it away."
        remedy = Remedy("Set the meeting that it is of:", "meeting new", path.stem[:10]) if none_set else remedy
        source = Source(f"{FOLDER}/{path.name}")
        yield Problem("notes-of-no-meeting", source, f"This file was not read: {found}.", remedy, Weight.NOTE)


def _of_meeting(folders: Folders, files: Sequence[Path], meeting: Meeting) -> TakenNotes:
    own = [path for path in files if path.stem in meeting.names]
    if not own:
        begin = f"Put them there as {meeting.id}.docx (or .odt, .md, .txt, .pdf), or begin them with:"
        found = f"There are no notes of {meeting.id} in {folders.inputs / FOLDER}."
        spoken = (one for one in (folders.inputs / FOLDER).glob("*.*") if one.suffix.lower() in _SPOKEN)
        if transcript := next((one.name for one in spoken if one.stem in meeting.names), None):
            found = f"{FOLDER}/{transcript} is a transcript of what was spoken, not the notes of the meeting. Nothing is taken from it."
        raise InputError(found, Remedy(begin, "minutes new", meeting.id))
    if len(own) > 1:
        found = f"There are {len(own)} files of notes for {meeting.id}: {', '.join(path.name for path in own)}."
        raise RefusedError(found, "Keep the one that is right and move the others out of the folder.")
    return TakenNotes(own[0], meeting)


_NAMED = 6  # How many meetings a sentence names.

Issues = dict[str, tuple[AnnexIssued, bool]]
"""By meeting, the last issue of its notes, and whether that very version was agreed."""


def issues_by(ledger: Ledger, on: date) -> Issues:
    """What was issued and agreed by that day."""
    events = ledger.of_kinds(AnnexIssued, AnnexAgreed)
    found: Issues = {}
    for event in events:
        what = event.what
        if isinstance(what, AnnexIssued) and what.on <= on:
            found[what.meeting] = (what, False)
        elif isinstance(what, AnnexAgreed) and what.on <= on and what.meeting in found:
            issued = found[what.meeting][0]
            found[what.meeting] = (issued, issued.version == what.version)
    return found


def with_unagreed_notes(meeting: Meeting, meetings: Sequence[Meeting], ledger: Ledger, on: date) -> Meeting:
    """The meeting with the notes of every earlier one of its series among its papers, that were issued and are not agreed by that day."""
    issues = issues_by(ledger, on)
    earlier = [one for one in _over(meetings, meeting.day) if one.series == meeting.series and _waits(one, issues)]
    first = meeting.agenda[0].number if meeting.agenda else ""
    papers = []
    for one in earlier:
        issued = issues[one.id][0]
        title = f"Notes of the meeting of {long_date(one.day)}, version {issued.version}: to be agreed"
        events = [each for each in ledger.corrections(one.id) if each.recorded.date() <= on]
        said = tuple(each for each in standing_corrections(events) if each.proposed.version == issued.version)
        papers.append(Paper(title, first, PaperStatus.RECEIVED, audience=Audience.FORCE, corrections=said))
    return replace(meeting, papers=(*papers, *meeting.papers))


GAPS = frozenset({"notes-of-no-meeting", "notes-missing", "notes-not-agreed", "notes-not-issued", "matter-unmentioned"})
"""What `notes_gaps` finds, by kind."""


def notes_gaps(
    folders: Folders, meetings: Sequence[Meeting], ledger: Ledger, matters: Sequence[Matter], on: date, beside: str = ""
) -> tuple[Problem, ...]:
    """Every gap as a problem, but of the meeting `beside`; those of one kind that need one deed are one."""
    issues = issues_by(ledger, on)
    held = [one for one in _over(meetings, on) if one.id != beside]
    files = note_files(folders.inputs / FOLDER)
    path_of = {one.id: path for path in files for one in held if path.stem in one.names}
    without = [one for one in held if one.id not in issues and one.id not in path_of]
    held_since = {one.id: any(later.series == one.series and later.day > one.day for later in held) for one in held}
    waiting = [one for one in held if _waits(one, issues) and held_since[one.id]]
    said = [
        *(_not_issued(one, path_of[one.id].name) for one in held if one.id in path_of and one.id not in issues),
        *notes_of_no_meeting(files, meetings),
        *_unmentioned(matters, meetings, issues, on),
    ]
    if without:
        were, them = ("A meeting was", "it") if len(without) == 1 else (f"{len(without)} meetings were", "them")
        found = f"{were} held, and no notes of {them} are here: {_days(without)}."
        remedy = "Put the notes there, each file named after the meeting's id; or cancel the meeting that was not held."
        said.append(Problem("notes-missing", Source(FOLDER), found, remedy, Weight.NOTE))
    if waiting:
        found = f"The notes of {_days(waiting)} were issued, a meeting was held since, and nobody has said that they were agreed."
        agree = Remedy("Where a meeting agreed them, say so:", "annex agree", waiting[0].id)
        said.append(Problem("notes-not-agreed", Source(FOLDER), found, agree, Weight.NOTE))
    return tuple(said)


def _over(meetings: Sequence[Meeting], day: date) -> list[Meeting]:
    return sorted((one for one in meetings if one.day < day and not one.cancelled), key=lambda one: (one.day, one.id))


def _waits(meeting: Meeting, issues: Issues) -> bool:
    """Whether its notes were issued from the office's own folder, and not agreed; old notes that were only recorded wait for nobody."""
    issued, agreed = issues.get(meeting.id, (None, True))
    return issued is not None and not agreed and issued.file.startswith(f"{FOLDER}/")


def _not_issued(meeting: Meeting, name: str) -> Problem:
    found = f"The notes of {long_date(meeting.day)} were not issued, so the register knows nothing of what they ask for."
    remedy = Remedy(f"Run: reportpack annex {meeting.id}, see that it is right, then:", "annex issue", meeting.id)
    return Problem("notes-not-issued", Source(f"{FOLDER}/{name}"), found, remedy)


def _unmentioned(matters: Sequence[Matter], meetings: Sequence[Meeting], issues: Issues, on: date) -> Iterator[Problem]:
    if not meetings:
        return
    calendar = calendar_of(meetings, meetings[0].series)
    for matter in matters:
        if matter.state is not MatterState.CARRIED or matter.outcome:
            continue
        due = bind_matter(matter, calendar)[2]
        if due.meeting is None or not is_past(due, on) or due.meeting.id not in issues:
            continue
        found = f"Matter {matter.ref} ({matter.title}) was due on {long_date(due.meeting.day)}, and the notes of that meeting do not mention it."
        remedy = Remedy("Close it, or say where it is carried to:", "register carry", matter.ref, "MEETING")
        yield Problem("matter-unmentioned", matter.source, found, remedy)


def _days(held: Sequence[Meeting]) -> str:
    """The latest, which somebody may still remember, first."""
    named = [long_date(one.day) for one in reversed(held)]
    return ", ".join((*named[:_NAMED], *([f"and {len(named) - _NAMED} more"] if len(named) > _NAMED else [])))
