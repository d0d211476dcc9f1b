"""The month of a meeting, step by step, as the ledger and the folders have it: what was asked for, is in, built, released, sent, noted, issued.
A door makes words of it; nothing here is recorded, and no workbook is opened."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta

from reportpack.compose.letters import needed_editions
from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import ReportpackError
from reportpack.merge.letters import letters_standing
from reportpack.merge.proposals import days_closed
from reportpack.model.answer import AskedQuery, QueryAnswered, count_questions
from reportpack.model.correction import CorrectionProposed, CorrectionSettled
from reportpack.model.document import PACK
from reportpack.model.edition import Audience
from reportpack.model.event import AnnexAgreed, AnnexIssued, Build, Event, FileRole, RowChange, Undone
from reportpack.model.inputs import Settings
from reportpack.model.letter import LetterKind
from reportpack.model.meeting import Meeting, PaperStatus
from reportpack.model.observation import FigureAnswered
from reportpack.model.office import Office
from reportpack.model.outbox import LetterStanding, LetterState
from reportpack.model.release import Released
from reportpack.model.reply import ReplyKept, ReplySettled
from reportpack.read.words.notes import notes_files
from reportpack.read.workbook.opening import is_named, list_workbooks
from reportpack.records import Record
from reportpack.run.meetings.listing import minutes_of
from reportpack.run.minutes.annex_reading import AnnexOrder, last_issue, read_for_annex
from reportpack.run.office_files import Folders, gather_meetings, open_memory, which_meeting
from reportpack.run.steps.released import last_release

_MADE_OF = (RowChange, Undone, FigureAnswered)  # What is recorded and changes a pack that is built anew.


class Month(Record):
    """How far the month of a meeting is. `changed` are the inputs that differ from those of the last build; `recorded` counts what was recorded since it."""

    meeting: Meeting
    asked: datetime | None
    built: Event | None
    changed: tuple[str, ...]
    recorded: int
    released: tuple[Released, ...]
    """The newest of each edition that the recipients get, where there is one."""
    unreleased: tuple[Audience, ...]
    letters: tuple[LetterStanding, ...]
    """Those that carry the pack."""
    noted: bool
    issued: AnnexIssued | None
    agreed: AnnexAgreed | None
    asked_queries: tuple[AskedQuery, ...]
    corrections: int
    problem: str = ""
    """Why the notes could not be read."""
    working_days: int = 0
    """How many the office has after today and before the meeting."""
    closed: tuple[str, ...] = ()
    """Why it is closed on other days in between."""

    @property
    def awaited(self) -> int:
        """How many papers have not come."""
        return sum(one.status is PaperStatus.AWAITED for one in self.meeting.papers)

    @property
    def queries(self) -> int:
        """How many questions the notes leave open."""
        return count_questions(self.asked_queries)

    @property
    def blocking(self) -> int:
        """How many of them must be answered before the notes can be agreed."""
        return count_questions(self.asked_queries, blocking=True)

    @property
    def sent(self) -> tuple[LetterStanding, ...]:
        """The letters that surely went."""
        return tuple(one for one in self.letters if one.state.has_gone)

    @property
    def unclear(self) -> tuple[LetterStanding, ...]:
        """Those that a person must look at."""
        open_ones = (LetterState.UNCERTAIN, LetterState.REFUSED, LetterState.CAME_BACK)
        return tuple(one for one in self.letters if one.state in open_ones)


class LastStep(Record):
    """What was recorded last by a person or for one; `can_undo` where the register can be put back to what it was."""

    number: int
    kind: str
    about: str
    when: datetime
    who: str
    can_undo: bool


OfNotes = tuple[tuple[AskedQuery, ...], int, str]
"""What the notes leave open, how many corrections wait, and why they could not be read."""


def month_of(folders: Folders, named: str, today: date, of_notes: Callable[[Meeting], OfNotes]) -> Month:
    """How far the month of that meeting is; of the next, else the latest, where none is named. `of_notes` is asked where there are notes."""
    settings, meetings, _ = gather_meetings(folders)
    meeting = which_meeting(meetings, named, today)
    own = settings.office.own_edition(meeting.series)
    with open_memory(folders) as ledger:
        letters = letters_standing(ledger.letters(meeting.id))
        asked = [one.last for one in letters if one.letter.kind is LetterKind.COMMISSIONING and one.state.has_gone]
        built = ledger.last_build(meeting.id, own)
        editions = needed_editions(settings.office, meeting.series, PACK.stem) or (own,)
        releases = {one: last_release(ledger, meeting.id, PACK.stem, one) for one in editions}
        issued, agreed, _ = last_issue(ledger, meeting.id)
        noted = bool(minutes_of(folders, meeting))
        queries, corrections, problem = of_notes(meeting) if noted else ((), 0, "")
        changed = _changed(folders, settings, meeting, built) if built is not None else ()
        since = len(ledger.since(built.number, *_MADE_OF)) if built is not None else 0
    queries, corrections = (queries, corrections) if agreed is None else ((), 0)
    released = tuple(one for one in releases.values() if one is not None)
    unreleased = tuple(edition for edition, one in releases.items() if one is None)
    of_pack = tuple(one for one in letters if one.letter.document == PACK.stem)
    days, closed = _working_days(settings.office, today, meeting.day)
    before = (meeting, max(asked, default=None), built, changed, since, released, unreleased, of_pack)
    return Month(*before, noted, issued, agreed, queries, corrections, problem, days, closed)


def last_step(folders: Folders) -> LastStep | None:
    """The newest event that somebody would call a step; None in a ledger that has none."""
    with open_memory(folders) as ledger:
        found = ledger.last_of(*_STEPS)
        if found is None:
            return None
        about = ""
        match found.what:  # the row, the document, the cell that it is of, as people name it
            case RowChange(ref=about):
                pass
            case Build(document=document, edition=edition) | Released(document=document, edition=edition):
                about = f"{document.replace('-', ' ')}, {edition} edition"
            case FigureAnswered(sheet=sheet, cell=cell):
                about = f"{sheet}, {cell}"
        undoable = isinstance(found.what, FigureAnswered) or (isinstance(found.what, RowChange) and not found.what.is_new)
        return LastStep(found.number, found.kind, about, found.recorded, found.who, undoable)


_STEPS: tuple[type, ...] = (RowChange, Undone, Build, Released, FigureAnswered, ReplyKept, ReplySettled)
_STEPS += (AnnexIssued, AnnexAgreed, QueryAnswered, CorrectionProposed, CorrectionSettled)


def _working_days(office: Office, today: date, until: date) -> tuple[int, tuple[str, ...]]:
    """How many days are left to work on, and why not the others, of a week at most."""
    closed = days_closed(office)
    days = [today + timedelta(days=one) for one in range(1, min((until - today).days, 60))]
    why = tuple(f"{day:%A} {closed.reason(day)}" for day in days[:7] if closed.reason(day))
    return sum(closed.is_working_day(day) for day in days), why


def notes_of(folders: Folders, meeting: Meeting, now: datetime, today: date) -> OfNotes:
    """What the notes of that meeting leave open, read anew."""
    try:
        with open_memory(folders) as ledger:
            read = read_for_annex(folders, AnnexOrder(meeting.id, None, now, today), ledger, lambda _: None)
    except ReportpackError as error:
        return (), 0, error.found
    return read.view.asked, len(read.unsettled), ""


def _changed(folders: Folders, settings: Settings, meeting: Meeting, built: Event) -> tuple[str, ...]:
    used = built.what.files_of(FileRole.INPUT) if isinstance(built.what, Build) else ()
    known = {one.name: one.sha256 for one in used}
    patterns = [place.file for measure in settings.measures for place in measure.places]
    paths, _ = list_workbooks(folders.inputs / "performance")
    there = [path.relative_to(folders.inputs).as_posix() for path in paths]
    words = [path.relative_to(folders.inputs).as_posix() for path in notes_files(folders.inputs / "notes", meeting.names)]
    changed: list[str] = []
    used_ones = (*(name for name in there if any(is_named(name, pattern) for pattern in patterns)), *words)
    new = [name for name in used_ones if name not in known]
    for name, sha256 in known.items():
        with suppress(OSError):
            if sha256_of(bytes_of(folders.inputs / name)) == sha256:
                continue
        changed.append(name)
    return (*changed, *new)
