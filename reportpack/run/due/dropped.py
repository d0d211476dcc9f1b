"""What is dropped into the inbox, or into inputs/ itself, and is no reply: each file is told by what it holds and put where its kind belongs, or asked
about. Nothing is written over, and what is asked about stays where it lies.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reportpack.drive_files import bytes_of, leads_out
from reportpack.errors import InputError, Remedy, ReportpackError
from reportpack.model.inputs import Settings
from reportpack.model.meeting import Meeting, PaperStatus
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.documents.faults import UnreadableNotesError
from reportpack.read.figures.sanity import unused_workbook
from reportpack.read.inbox.opening import LETTERS, SUFFIXES, read_reply
from reportpack.read.papers.names import PaperName, likeness, meant_place
from reportpack.read.returned import read_copy
from reportpack.read.workbook.opening import EXPECTED, is_named
from reportpack.records import Record
from reportpack.run.first_day.files import read_one
from reportpack.run.first_day.folder import LARGEST, FileKind, FileReading
from reportpack.run.minutes.annex_issue import MEETING
from reportpack.run.office_files import INBOX, Folders, inbox_files
from reportpack.run.office_forms import FIGURES, MINUTES, PAPERS, TakenIn, take_in
from reportpack.run.papers import bring_paper
from reportpack.run.register.rows import standing_register
from reportpack.run.steps.taken_notes import note_files

_LIKELY = 0.5
"""How much of an awaited paper's title a file's name has that is taken for it."""
_PRESENT = 2
"""People present in a document that is taken for notes: an answer by one person may look like notes else."""


class _Dropped(Record):
    """One file as it lies, with the office that it was dropped in."""

    path: Path
    data: bytes
    folders: Folders
    settings: Settings
    meetings: Sequence[Meeting]
    today: date

    @property
    def source(self) -> Source:
        """Where it lies, below inputs/."""
        return Source(self.path.relative_to(self.folders.inputs).as_posix())

    def asked(self, found: str, remedy: str) -> Problem:
        """It stays where it lies until a person says what it is."""
        return Problem("dropped-asked", self.source, found, remedy)

    def put(self, taken: TakenIn, found: str, remedy: str = "Nothing need be done.") -> Problem:
        """It is where it belongs: said, and taken away from where it was dropped."""
        self.path.unlink(missing_ok=True)
        there = " A file of that name lay there already, and stays: keep the one that is right." if taken.beside else ""
        known = "The same lay there already. " if taken.known else ""
        return Problem("dropped-placed", Source(taken.name), f"{known}{found}{there}", remedy, Weight.NOTE)


def place_dropped(folders: Folders, settings: Settings, meetings: Sequence[Meeting], today: date) -> tuple[Problem, ...]:
    """Put every dropped file that is no reply in its place; gives what became of each, and leaves the replies lying."""
    said: list[Problem] = []
    for path in inbox_files(folders):
        try:
            if leads_out(path, folders.inputs):
                raise InputError("It is a link to a file outside of the office's folder.", "Put the file itself there.")
            if path.suffix.lower() in LETTERS or path.stat().st_size > LARGEST * 2**20:
                continue  # the reader of replies says what it makes of it
            dropped = _Dropped(path, bytes_of(path), folders, settings, meetings, today)
            said.extend(filter(None, [_placed(dropped)]))
        except (ReportpackError, OSError) as fault:
            found = fault.found if isinstance(fault, ReportpackError) else f"It cannot be read or moved: {fault.strerror}."
            remedy = fault.remedy if isinstance(fault, ReportpackError) else "Close the program that holds it, then run again."
            said.append(Problem("dropped-asked", Source(path.relative_to(folders.inputs).as_posix()), found, remedy))
    return tuple(said)


def _placed(one: _Dropped) -> Problem | None:
    """What became of it; None where it is a reply, or may be one."""
    ending = one.path.suffix.lower()
    may_reply = ending in SUFFIXES
    reply, said = read_reply(one.data, one.path.name) if may_reply else (None, ())
    is_form = reply is not None and (reply.lines or (ending in EXPECTED and ending != ".txt"))
    reading = read_one(one.path, one.path.name)
    if is_form and reading.kind is FileKind.TRACKER and reply is not None:
        rows = standing_register(one.folders, one.today.year)[0]
        is_form = not {line.ref.upper() for line in reply.lines}.isdisjoint(row.ref.upper() for row in rows)
    if is_form or any(each.kind == "reply-empty" for each in said):
        return None
    if ending == ".docx" and (meeting := _returned_of(one.data)):
        remedy = Remedy("See what it changes:", "annex returned", meeting, f"{one.folders.inputs.name}/{one.source.file}")
        return one.asked(f"This is a copy of the annex of {meeting} that came back.", remedy)
    if (paper := _awaited(one)) is not None:
        return paper
    if reading.kind is FileKind.NOTES and len(reading.people) >= _PRESENT:
        return _notes(one, reading)
    if reading.kind is FileKind.FIGURES:
        return _figures(one)
    replies = one.path.parent.name == INBOX and may_reply and reading.kind not in _ASKED
    return None if replies else one.asked(*_question(one, reading))


def _returned_of(data: bytes) -> str:
    """The meeting whose annex it is a copy of; empty where it is none."""
    try:
        return dict(read_copy(data).facts).get(MEETING, "")
    except UnreadableNotesError:
        return ""


def _figures(one: _Dropped) -> Problem:
    taken = take_in(one.folders, FIGURES, one.path.name, one.data)
    users = [each.title for each in one.settings.measures if any(is_named(taken.name, place.file) for place in each.places)]
    if not users:
        unused = unused_workbook(taken.name)
        return one.put(taken, "A workbook of figures, put here; no measure uses it.", unused.remedy)
    more = f" and {len(users) - 3} more" if len(users) > 3 else ""
    return one.put(taken, f"A workbook of figures, put here. Read for: {'; '.join(users[:3])}{more}.")


def _notes(one: _Dropped, reading: FileReading) -> Problem:
    day = reading.day or one.today
    on = [each for each in one.meetings if day in each.days and not each.cancelled]
    if len(on) != 1:
        found = f"Notes of {long_date(day)}, on which {'no meeting is' if not on else 'several meetings are'} set."
        which = Remedy("Set the meeting, then run again:", "meeting new", day.isoformat())
        return one.asked(
            found, which if not on else f"Put it into inputs/minutes, named after one of: {', '.join(m.id for m in on)}."
        )
    meeting, folder = on[0], one.folders.inputs / MINUTES
    there = [
        path.name for path in note_files(folder) if path.stem in meeting.names and path.suffix.lower() != one.path.suffix.lower()
    ]
    if there:
        found = f"Notes of {long_date(day)}, of which there are some already: minutes/{there[0]}."
        return one.asked(found, "Keep the one that is right there, and move the other away.")
    taken = take_in(one.folders, MINUTES, one.path.name, one.data, called=meeting.id)
    return one.put(taken, f"Notes of {long_date(day)}, put here.", Remedy("See what they become:", "annex", meeting.id))


def _awaited(one: _Dropped) -> Problem | None:
    """The paper that is awaited under such a title for a meeting to come, or is for the line that its name says."""
    name = PaperName.of(one.path.name)
    coming = sorted((each for each in one.meetings if each.day >= one.today and not each.cancelled), key=lambda each: each.day)
    for meeting in coming:
        awaited = [each for each in meeting.papers if each.status is PaperStatus.AWAITED and not each.file]
        likely = [each for each in awaited if likeness(each.title, name.title) >= _LIKELY]
        if len(likely) != 1 or (name.number and name.number != likely[0].item):
            continue
        place = meant_place(meeting, likely[0].item, one.path.name, likely[0].title)
        if place is not None:
            own = bring_paper(one.folders, meeting, place, likely[0].title, one.path.name, one.data)
            return _paper(one, meeting, likely[0].item, TakenIn(f"{PAPERS}/{meeting.id}/{own}"), likely[0].title)
    numbered = coming and name.audience is not None and any(line.number == name.number for line in coming[0].agenda)
    if not numbered:
        return None
    taken = take_in(one.folders, PAPERS, one.path.name, one.data, below=coming[0].id)
    return _paper(one, coming[0], name.number, taken, name.title)


def _paper(one: _Dropped, meeting: Meeting, item: str, taken: TakenIn, title: str) -> Problem:
    found = f'The paper "{title}" for item {item} of {long_date(meeting.day)}, put here.'
    return one.put(taken, found, Remedy("See how it is:", "papers", meeting.id))


_ASKED = (FileKind.TRACKER, FileKind.AGENDA, FileKind.WORDS)


def _question(one: _Dropped, reading: FileReading) -> tuple[str, str]:
    """What it seems to be, and the step that takes it in."""
    path = f"{one.folders.inputs.name}/{one.source.file}"
    if reading.kind is FileKind.TRACKER:
        return "A list of actions, matters or risks.", Remedy("Take its rows into the register:", "register import", path)
    near = min(
        (each for each in one.meetings if each.day >= one.today and not each.cancelled), key=lambda each: each.day, default=None
    )
    day = f" of {long_date(reading.day)}" if reading.day is not None else ""
    if reading.kind is FileKind.AGENDA:
        return (
            f"An agenda{day}.",
            "Its lines belong into the series in office.toml, or the meeting's own file; then move it away.",
        )
    if reading.kind is FileKind.WORDS:
        return f"Words for a pack{day}.", "Say who may read them, and put it into inputs/notes, named after the meeting."
    if reading.kind is FileKind.NOTHING:
        return f"Nothing can be used of it: {reading.why}.", "Save it in another way, or move it away."
    if near is None:
        return "A paper, it seems, and no meeting is set to which it could go.", Remedy("Set one:", "meeting new")
    words = "If it is a paper, put it on its line of the agenda:"
    return "Nothing says for which line of which agenda it is.", Remedy(
        words, "papers add", path, near.id, item="ITEM", audience="AUDIENCE"
    )
