"""`minutes read --record`: a folder of old notes becomes the history of the register, in the order of the meetings. Shown first; once each."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from reportpack.errors import InputError, Remedy
from reportpack.ledger import Ledger
from reportpack.merge.back_fill import CAUSE as BACK_FILL
from reportpack.merge.back_fill import FilledIn, fill_in, references_given
from reportpack.merge.noted import place_notes
from reportpack.merge.occasions import settle_topics
from reportpack.merge.register_rows import rows_after
from reportpack.model.event import AnnexIssued, Event, Happening, RowChange
from reportpack.model.inputs import Settings
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Minutes
from reportpack.model.noted import NotedView
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.register_row import RegisterRow
from reportpack.read.minutes.reading import read_minutes
from reportpack.read.register.reading import register_of_rows
from reportpack.records import Record
from reportpack.run.minutes.annex_reading import last_issue
from reportpack.run.office_files import REGISTER, Folders, Progress, gather_meetings, open_memory
from reportpack.run.steps.recording import recording
from reportpack.run.steps.standing import read_standing
from reportpack.run.steps.taken_notes import KINDS, UNFIT

_Read = tuple[Path, Minutes, Meeting]
_Files = frozenset[Path] | None


class OldNotes(Record):
    """A file of old notes, the meeting it is of, and what it would put into the register."""

    path: Path
    view: NotedView
    filled: FilledIn


class Unset(Record):
    """Notes of a day on which no meeting is set, with the command that sets one."""

    file: str
    day: date
    command: str


class BackFill(Record):
    """What a folder of old notes holds for the register. `known` are meetings whose notes were recorded before."""

    notes: tuple[OldNotes, ...]
    unset: tuple[Unset, ...]
    known: tuple[str, ...]
    problems: tuple[Problem, ...]
    recorded: bool = False


def show_back_fill(folders: Folders, folder: Path, today: date, progress: Progress) -> BackFill:
    """What would be recorded; nothing is."""
    with open_memory(folders) as ledger:
        standing = read_standing(folders.inputs / REGISTER, ledger, None, today.year)
        return _plan(folders, folder, standing.rows, ledger, progress)


def record_back_fill(
    folders: Folders, folder: Path, now: datetime, today: date, progress: Progress, only: _Files = None
) -> BackFill:
    """Record it, all or none, and bring the workbook into step. A second time there is nothing left to record. `only` names files of the folder."""
    with recording(folders, now) as record:
        plan = _plan(folders, folder, record.rows, record.ledger, progress, only)
        if plan.notes:
            progress("Recording")
            happened: list[Happening] = []
            for one in plan.notes:
                record.ledger.keep(one.path.read_bytes())
                notes = one.view.minutes
                issued = AnnexIssued(one.view.meeting.id, notes.file, notes.sha256, today, 1, one.filled.given)
                happened += [*one.filled.changes, issued]
            record.record([Event(what, now) for what in happened])
        return replace(plan, problems=(*plan.problems, *record.problems), recorded=True)


def _plan(
    folders: Folders, folder: Path, rows: Sequence[RegisterRow], ledger: Ledger, progress: Progress, only: _Files = None
) -> BackFill:
    settings, meetings, problems = gather_meetings(folders)
    chosen, unset, of_notes = dated_notes(folder, settings, meetings, progress, only)
    said = [*problems, *of_notes]
    fresh, known = _not_recorded(chosen, ledger, said)
    return BackFill(_filled(fresh, rows, meetings, settings, ledger), unset, known, tuple(said))


def dated_notes(
    folder: Path, settings: Settings, meetings: Sequence[Meeting], progress: Progress, only: _Files = None
) -> tuple[list[_Read], tuple[Unset, ...], list[Problem]]:
    """The notes in a folder by their meetings, one file each; those of no meeting that is set; and what must be said of the rest."""
    said: list[Problem] = []
    unset: list[Unset] = []
    found: dict[str, list[_Read]] = {}
    for path in (one for one in _files(folder) if only is None or one in only):
        progress(f"Reading {path.name}")
        name = path.relative_to(folder).as_posix()
        minutes, of_notes = read_minutes(path, name, settings.office, meetings)
        said.extend(one for one in of_notes if one.weight is Weight.WRONG or minutes is None)
        if minutes is None or any(one.kind in UNFIT for one in of_notes):
            continue
        meeting = _meeting_of(path, minutes, meetings)
        if meeting is not None:
            found.setdefault(meeting.id, []).append((path, minutes, meeting))
        elif minutes.day is None:
            none = "The notes do not say on what day the meeting was held, so they belong to no meeting."
            remedy = "Give the date at their head, or name the file after the meeting."
            said.append(Problem("notes-without-day", Source(name), none, remedy))
        else:
            unset.append(Unset(name, minutes.day, _command(minutes, settings)))
    return [_one_file(files, said, folder) for files in found.values()], tuple(unset), said


def _files(folder: Path) -> list[Path]:
    if folder.is_file():
        raise InputError(f"{folder} is a file.", "Name the folder that the old notes lie in.")
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.", "Name the folder that the old notes lie in.")
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix.lower() in KINDS)
    kept = [path for path in paths if not path.name.startswith((".", "~$"))]
    if not kept:
        raise InputError(f"There are no notes in {folder}.", "Notes are docx, odt, md, txt, pdf with text, or doc.")
    return kept


def _meeting_of(path: Path, minutes: Minutes, meetings: Sequence[Meeting]) -> Meeting | None:
    """The meeting that the file is named after, else the only one that was held on the day the notes give."""
    named = [one for one in meetings if path.stem in one.names]
    held = [one for one in meetings if minutes.day == one.day and not one.cancelled]
    if named and (minutes.day is None or named[0] in held):
        return named[0]
    if len(held) > 1 and minutes.title:
        words = set(minutes.title.casefold().split())
        held = [one for one in held if len(words & set(one.title.casefold().split())) > 1] or held
    return held[0] if len(held) == 1 else None


def _command(minutes: Minutes, settings: Settings) -> str:
    assert minutes.day is not None  # noqa: S101 - asked for only where there is one
    title = (minutes.title or "").casefold()
    series = next((one.id for one in settings.office.series if one.title and one.title.casefold() in title), "")
    day = f"{minutes.day:%d/%m/%Y}"
    return f"reportpack meeting new {day}{f' --series {series}' if series else ''} --yes"


def _one_file(files: list[_Read], said: list[Problem], folder: Path) -> _Read:
    """One file a meeting: the kind that keeps most of a document; the others are named."""
    best, *others = sorted(files, key=lambda one: (KINDS.index(one[0].suffix.lower()), one[0].name))
    remedy = "If this file is the right one, move the other out of the folder."
    for path, _, meeting in others:
        found = f"These are notes of {meeting.id} too, and {best[0].name} was taken."
        said.append(Problem("notes-twice", Source(path.relative_to(folder).as_posix()), found, remedy, Weight.NOTE))
    return best


def _not_recorded(chosen: Sequence[_Read], ledger: Ledger, said: list[Problem]) -> tuple[list[_Read], tuple[str, ...]]:
    fresh: list[_Read] = []
    known: list[str] = []
    for path, minutes, meeting in sorted(chosen, key=lambda one: (one[2].day, one[2].id)):
        earlier, _, _ = last_issue(ledger, meeting.id)
        if earlier is None:
            fresh.append((path, minutes, meeting))
            continue
        known.append(meeting.id)
        if earlier.sha256 != minutes.sha256:
            found = f"Other notes of {meeting.id} were recorded on {long_date(earlier.on)}; these were left out."
            remedy = Remedy("If these are right, put them into inputs/minutes and run:", "annex issue", meeting.id)
            said.append(Problem("notes-recorded", Source(minutes.file, sha256=minutes.sha256), found, remedy, Weight.NOTE))
    return fresh, tuple(known)


def _filled(
    fresh: Sequence[_Read], rows: Sequence[RegisterRow], meetings: Sequence[Meeting], settings: Settings, ledger: Ledger
) -> tuple[OldNotes, ...]:
    office, measures = settings.office, settings.measures
    by_notes: dict[tuple[str, str], bool] = {}
    for one in ledger.happened(RowChange):
        key = one.sheet, one.ref
        by_notes[key] = by_notes.get(key, True) and one.cause.startswith(BACK_FILL)
    own = {key for key, only in by_notes.items() if only}
    done: list[OldNotes] = []
    reserved = frozenset(references_given(minutes for _, minutes, _ in fresh))
    for path, minutes, meeting in fresh:
        register, _ = register_of_rows(rows, office, measures)
        view = place_notes(minutes, meeting, meetings, office, settle_topics(register, office, measures)[0])
        filled = fill_in(view, rows, frozenset(own), reserved, office, measures)
        known = {(row.sheet, row.ref) for row in rows}
        own |= {(one.sheet, one.ref) for one in filled.changes if (one.sheet, one.ref) not in known}
        rows = rows_after(rows, filled.changes)
        done.append(OldNotes(path, view, filled))
    return tuple(done)
