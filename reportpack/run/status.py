"""`reportpack` alone: where the office is, and the command to type next."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from reportpack.analyse.commitments import awaited_figures
from reportpack.compose.commitments import UNCONFIRMED
from reportpack.compose.setting import readiness_words
from reportpack.errors import ReportpackError
from reportpack.ledger import Ledger
from reportpack.merge.occasions import settle_topics
from reportpack.merge.proposals import days_closed, next_proposed, proposed_days
from reportpack.merge.register_rows import standing_rows
from reportpack.model.action import Action
from reportpack.model.answer import QueryAnswered
from reportpack.model.correction import CorrectionSettled
from reportpack.model.duty import HeldSettled
from reportpack.model.event import Build, WorkbookSeen
from reportpack.model.inputs import Settings
from reportpack.model.matter import Matter, MatterState
from reportpack.model.meeting import Meeting, PaperStatus
from reportpack.model.observation import Status as FigureStatus
from reportpack.model.office import AreaKind, Office
from reportpack.model.period import Period
from reportpack.model.problem import Problem
from reportpack.model.recurrence import ProposedDay
from reportpack.model.register import Register
from reportpack.model.release import Released
from reportpack.model.reply import ReplySettled
from reportpack.read.register.reading import register_of_rows
from reportpack.read.workbook import list_workbooks
from reportpack.read.workbook.opening import is_named
from reportpack.records import Record
from reportpack.run.meetings.listing import MeetingLine, meeting_line
from reportpack.run.minutes.annex_reading import AnnexOrder, open_questions
from reportpack.run.office_files import (
    REGISTER,
    Folders,
    gather_meetings,
    inbox_files,
    open_memory,
    which_meeting,
    without_accepted,
)
from reportpack.run.steps.taken_notes import notes_gaps


def _waiting_lines(ledger: Ledger, settings: Settings, meetings: Sequence[Meeting], today: date) -> tuple[str, ...]:
    """`M2/2019 Confidence: Q1 2019/20 in, Q2 2019/20 awaited, expected from 20 October 2019`; nothing where nothing waits. Opens no workbook."""
    read, _ = register_of_rows(standing_rows(ledger.register_events()), settings.office, settings.measures)
    register, _ = settle_topics(read, settings.office, settings.measures)
    waiting = list(_waiting(register))
    if not waiting:
        return ()
    builds = [one for meeting in meetings for one in ledger.builds(meeting.id)]
    figures = ledger.figures_of(max(builds, key=lambda one: one.number)) if builds else ()
    force = {area.id for area in settings.office.areas if area.kind is AreaKind.FORCE}
    there = {(one.measure, one.period) for one in figures if one.status is FigureStatus.NUMBER and one.area in force}
    lines = []
    for name, topic, awaits in waiting:
        measures = [one for one in settings.measures if topic and one.topic == topic]
        known = ((one, lambda period, of=one.id: (of, period) in there) for one in measures)
        found = [(one, awaited_figures(awaits, one, has)) for one, has in known]
        words = readiness_words(awaits, found, today).text.removeprefix("Figures: ")
        lines.append(f"{name}: {words}" if words else "")
    return tuple(filter(None, lines))


def _waiting(register: Register) -> Iterator[tuple[str, str, tuple[Period, ...]]]:
    rows: list[Matter | Action] = [one for one in register.matters if one.state is MatterState.CARRIED]
    rows += [one for one in register.actions if one.state.is_live]
    for row in (one for one in rows if one.awaits):
        yield f"{row.ref} {row.title}".strip(), row.topic, row.awaits


_DECISIONS = (QueryAnswered, CorrectionSettled, ReplySettled, Released, HeldSettled)


class Waiting(Record):
    """What waits for a person's word: how many decisions, and where they are taken."""

    decisions: int
    words: str
    about: str = ""
    verb: str = ""
    """What waits, and the verb that shows it, for a door that has no command line."""


class Status(Record):
    """The office's name, the meeting that matters now, what is in, what is missing, and the next command; `proposed` is the next day by the series' own rule,
    `waiting` what waits for a person's word."""

    office: str
    meeting: Meeting | None
    days: int
    there: tuple[str, ...]
    missing: tuple[str, ...]
    command: str
    problems: tuple[Problem, ...]
    proposed: ProposedDay | None = None
    waiting: tuple[Waiting, ...] = ()
    awaited: tuple[str, ...] = ()
    """What waits for figures, and how far they are."""
    gaps: tuple[Problem, ...] = ()
    """What the notes of meetings that were held leave undone."""
    taken: int = 0
    """How many decisions people took since the first of the month."""
    rehearsed: date | None = None
    """When a backup was last restored on trial."""


def office_status(folders: Folders, now: datetime, today: date) -> Status:
    """What is in and what is missing for the next meeting, else the latest. Opens no workbook."""
    settings, meetings, problems = gather_meetings(folders)
    office = settings.office
    if not meetings:
        return Status(
            office.name_on(today), None, 0, (), ("a meeting",), "reportpack meeting new", (), _proposed(office, meetings, today)
        )
    meeting = which_meeting(meetings, "", today)
    there, missing = _state(folders, meeting_line(folders, meeting, is_next=meeting.day >= today), settings)
    built = (folders.build / meeting.id / "briefing-pack.pdf").exists()
    there = (*there, "a pack has been built") if built else there
    proposed = _proposed(office, meetings, today) if meeting.day < today else None
    days = (meeting.day - today).days
    near = meeting if built and 0 <= days <= office.due.final else None
    waiting = (*_what_the_notes_ask(folders, now, today), *what_waits(folders, office, near))
    with open_memory(folders) as ledger:
        awaited = _waiting_lines(ledger, settings, meetings, today)
        matters = register_of_rows(standing_rows(ledger.register_events()), office, settings.measures)[0].matters
        gaps, _ = without_accepted(notes_gaps(folders, meetings, ledger, matters, today), settings, today)
        events = (one for one in ledger.of_kinds(*_DECISIONS) if one.recorded.date() >= today.replace(day=1))
        left = {one.file: one.unused for one in ledger.happened(WorkbookSeen) if (folders.inputs / one.file).exists()}
        taken, rehearsed = len({(type(one.what), one.recorded) for one in events}), ledger.rehearsed()  # of one command, one
    books = [one for one in left.values() if one]
    untaken = f"{sum(books)} labels or sheets of {len(books)} workbooks that no measure takes: reportpack check"
    there += (untaken,) if books else ()
    of_meeting = (meeting, days, there, missing, "reportpack pack", problems, proposed)
    return Status(office.name_on(today), *of_meeting, waiting, awaited, gaps, taken, rehearsed)


def _proposed(office: Office, meetings: Sequence[Meeting], today: date) -> ProposedDay | None:
    series = office.series[:1]
    return next_proposed(proposed_days(series[0], meetings, days_closed(office), today, 1)) if series else None


def _state(folders: Folders, line: MeetingLine, settings: Settings) -> tuple[tuple[str, ...], tuple[str, ...]]:
    workbooks, _ = list_workbooks(folders.inputs / "performance")
    received = [paper.title for paper in line.meeting.papers if paper.status is PaperStatus.RECEIVED]
    awaited = [paper.title for paper in line.meeting.papers if paper.status is PaperStatus.AWAITED]
    patterns = [place.file for measure in settings.measures for place in measure.places]
    names = [path.relative_to(folders.inputs).as_posix() for path in workbooks]
    unused = [name for name in names if not any(is_named(name, pattern) for pattern in patterns)]
    states = (
        (bool(workbooks), f"{len(workbooks)} workbook{'' if len(workbooks) == 1 else 's'}", "workbooks in inputs/performance"),
        ((folders.inputs / REGISTER).exists(), "the register", "the register, inputs/register.xlsx"),
        (line.has_notes, "words for the pack", f"words for the pack: inputs/notes/{line.meeting.id}.md"),
    )
    there = [words for is_there, words, _ in states if is_there] + [f"paper: {title}" for title in received]
    missing = [words for is_there, _, words in states if not is_there] + [f"paper: {title}" for title in awaited]
    missing += [f'a measure for {name}: reportpack measure add "inputs/{name}"' for name in unused]
    return tuple(there), tuple(missing)


def _what_the_notes_ask(folders: Folders, now: datetime, today: date) -> tuple[Waiting, ...]:
    """The open queries of the latest notes, and the corrections to them; nothing where there are no notes, or they are agreed."""
    try:
        queries, corrections = open_questions(folders, AnnexOrder("", None, now, today))
    except ReportpackError:
        return ()  # the gaps say what is wrong with them
    corrected = (corrections, "correction to accept or refuse", "corrections to accept or refuse", "annex corrections")
    return _said((queries, "query of the notes", "queries of the notes", "minutes queries"), corrected)


def _said(*counted: tuple[int, str, str, str]) -> tuple[Waiting, ...]:
    told = ((number, f"{number} {one if number == 1 else several}", command) for number, one, several, command in counted)
    return tuple(Waiting(number, f"{words}: reportpack {command}", words, command) for number, words, command in told if number)


def what_waits(folders: Folders, office: Office, near: Meeting | None) -> tuple[Waiting, ...]:
    """Replies, letters and the pack of a meeting that is near, which wait for a person; a ledger that cannot be opened says so."""
    from reportpack.run.due.inbox import letters_back, waiting_replies
    from reportpack.run.due.letters import held_letters

    new = len(inbox_files(folders))
    try:
        with open_memory(folders) as ledger:
            replies = len(waiting_replies(ledger, office))
            held = sum(not one.let_go for one in held_letters(ledger))
            back, lost = letters_back(ledger), int(ledger.second_is_lost)
            last = ledger.last_build(near.id, office.own_edition(near.series)) if near is not None else None
            judgements = last.what.judgements if last is not None and isinstance(last.what, Build) else ()
            promises = sum(one.said == UNCONFIRMED for one in judgements)  # found not met, and nobody has confirmed it
            unreleased = near is not None and ledger.begun and not ledger.releases(near.id)
    except ReportpackError as error:
        return (Waiting(0, f"{error.found} {error.remedy}"),)
    said = _said(
        (new, "file to take in", "files to take in", "inbox"),
        (replies, "reply to accept or refuse", "replies to accept or refuse", "inbox"),
        (back, "letter came back", "letters came back", "send status"),
        (lost, "place of the backups cannot be reached, the second", "", "doctor"),
        (promises, "promise to confirm or close", "promises to confirm or close", 'register settle REF "not kept"'),
        (held, "set of letters to let go", "sets of letters to let go", "due list"),
    )
    if near is None or not unreleased:
        return said
    about = "the pack to look at and release"
    return (Waiting(1, f"{about}: reportpack release {near.id} --by NAME", about, "release"), *said)
