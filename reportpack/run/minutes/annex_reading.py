"""The notes of a meeting read for its annex: joined to the agenda and the register, with what was answered and corrected since; and the papers that they
put off: `Item 2.1.3 was deferred to the July meeting` hands its papers on once the notes are issued, or is asked about."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from reportpack import patterns as re
from reportpack.compose.passages import Passages
from reportpack.compose.still_named import printed_notes, still_named
from reportpack.errors import InputError, Remedy
from reportpack.ledger import Ledger
from reportpack.merge import noted_corrections
from reportpack.merge.noted import PRIVATE, place_notes
from reportpack.merge.occasions import plain_words, settle_topics
from reportpack.model.answer import AskedQuery, Cause, QueryAnswered, Verdict, count_questions
from reportpack.model.correction import Correction, CorrectionProposed
from reportpack.model.edition import Audience
from reportpack.model.event import AnnexAgreed, AnnexIssued
from reportpack.model.inputs import Settings
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.minutes import BroughtForward, MatterEnd, Minutes, NotedAction, NotedOwner
from reportpack.model.noted import AnnexStanding, NotedView, PlacedItem
from reportpack.model.office import Office, own_edition
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.register import Register
from reportpack.model.scripts import unset_scripts
from reportpack.read.minutes.brought_forward import end_of, ends_matter, outcome_in, words_meant
from reportpack.read.minutes.dues import due_field
from reportpack.read.minutes.reading import read_minutes, read_minutes_bytes
from reportpack.read.posts import read_owners
from reportpack.read.register.reading import read_register, register_of_rows
from reportpack.records import Record
from reportpack.run.office_files import (
    REGISTER,
    Folders,
    Progress,
    gather_meetings,
    office_folders,
    open_memory,
    refuse_audiences,
    without_accepted,
)
from reportpack.run.steps.citing import with_citing
from reportpack.run.steps.paper_letters import with_letters
from reportpack.run.steps.standing import StandingRegister, read_standing
from reportpack.run.steps.taken_notes import TakenNotes, check_day, find_notes, notes_gaps

_IT = words_meant("item paper report agenda")
_OTHER = "this it was were is be been has have and also agreed decided resolved meeting that defer deferred postpone postponed"
_BESIDE = _IT | words_meant(_OTHER)
_NAMED = re.compile(r"(?i)\b(?:items?|papers?)\s+(?P<which>[\w.]+(?:(?:,\s*|,?\s+and\s+|\s*&\s*)[\w.]+)*)")
_OFF = re.compile(r"(?i)\b(?:defer|postpon|adjourn|put (?:back|off)|h[eo]ld over|carr(?:y|ied)|mov|roll|re-?sched)")
_SENTENCE = re.compile(r"(?<=[.;!])\s+(?=[A-Z(])")


class PutOff(Record):
    """A paper that the notes put off, and the line that says so; `takes` is None where it is not certain which meeting takes it."""

    paper: Paper
    line: str
    takes: Meeting | None


def papers_put_off(view: NotedView, meeting: Meeting, meetings: Sequence[Meeting]) -> tuple[PutOff, ...]:
    """Each paper of the meeting (which has its letters) that goes to another by the notes, and that nobody has handed on yet."""
    papers = [one for one in meeting.papers if one.letter and one.status is not PaperStatus.DEFERRED]
    coming = view.minutes.next_meeting
    found: dict[str, PutOff] = {}
    for item, line, words in _sentences(view) if papers else ():
        mine, said, sure = _meant(words, item, papers)
        end, when = end_of(said, view.meeting.day, coming.day if coming is not None else None)
        if end is MatterEnd.CARRIED and _OFF.search(said or ""):
            later = (one for one in meetings if one.series == meeting.series and one.day > meeting.day and not one.cancelled)
            takes = [one for one in later if when is not None and one.day.isoformat().startswith(when)]
            for one in mine:
                found.setdefault(one.letter, PutOff(one, line, takes[0] if sure and len(takes) == 1 else None))
    return tuple(found.values())


def _sentences(view: NotedView) -> Iterator[tuple[PlacedItem | None, str, str]]:
    matters = {one.item.noted.path for one in view.matters if one.item is not None}
    told = {one.noted.line for one in view.actions}
    every = [(item, each) for item in view.items for each in item.passages] + [(None, each) for each in view.loose]
    for item, passage in every:
        if told.intersection(passage.lines):
            continue
        for words in _SENTENCE.split(passage.words):
            yield (item if item is not None and item.noted.path not in matters else None), passage.lines[0], words


def _meant(words: str, item: PlacedItem | None, papers: Sequence[Paper]) -> tuple[Sequence[Paper], str | None, bool]:
    """The papers that the sentence may put off, what it says of them, and whether it is sure that it speaks of them."""
    places = {part.strip(".").upper() for one in _NAMED.finditer(words) for part in re.split(r"[,\s&]+", one["which"])}
    named = [one for one in papers if one.item in places or one.letter in places]
    if named:
        meant = words_meant(" ".join((words, "item paper")))
        return named, outcome_in([words], meant) or (words if ends_matter(words) else None), True
    here = [one for one in papers if item is not None and one.item == item.number]
    called = [one for one in here if words_meant(one.title) & words_meant(words)] or here
    own = _IT | words_meant(" ".join((item.noted.title if item is not None else "", *(one.title for one in called))))
    said = outcome_in([words], own) if here else None
    return called, said, said is not None and words_meant(words) - words_meant(said) <= own | _BESIDE


def put_off_problems(put_off: Sequence[PutOff], file: str, meeting: Meeting) -> Iterator[Problem]:
    """What becomes of each, or who is asked."""
    for one in put_off:
        paper, source = one.paper, Source(f"minutes/{file}", cell=one.line)
        found = f'The notes put off item {paper.item}; its paper {paper.letter}, "{paper.title}", '
        if one.takes is not None:
            found += f"goes on to the meeting of {long_date(one.takes.day)} once they are issued."
            yield Problem("paper-put-off", source, found, "If it is not to, say otherwise in the notes.", Weight.NOTE)
        else:
            remedy = Remedy("Where it goes to another meeting:", "papers defer", paper.letter, meeting.id, to="DATE")
            yield Problem("paper-put-off", source, f"{found}is still with this meeting.", remedy, Weight.NOTE)


def read_notes(
    path: Path, office: Office | None = None, meetings: Sequence[Meeting] = (), register: Register | None = None
) -> tuple[Minutes, tuple[Problem, ...]]:
    """The notes and what is wrong with the file; an error when nothing can be had from it."""
    minutes, problems = read_minutes(path, path.name, office, meetings, register)
    if minutes is None:
        first = problems[0]
        raise InputError(f"{path}: {first.found}", first.remedy)
    return minutes, problems


def asked_of(minutes: Minutes) -> tuple[AskedQuery, ...]:
    """What the notes by themselves leave open, as questions; an annex asks about what was promised too."""
    return noted_corrections.group_queries(minutes)


def read_file(path: Path, inputs: Path | None) -> tuple[Minutes, tuple[Problem, ...]]:
    """The notes read with the office's posts, meetings and register where there is an office; as written where there is none."""
    folder = inputs or Path("inputs")
    if inputs is None and not (folder / "office.toml").is_file():
        return read_notes(path)
    settings, meetings, problems = gather_meetings(office_folders(inputs, None, None))
    register, _ = read_register(folder / REGISTER, REGISTER, settings.office, settings.measures)
    minutes, said = read_notes(path, settings.office, meetings, register)
    return minutes, (*said, *problems)


class AnnexOrder(Record):
    """What is asked for: a meeting (empty: the latest with notes), an edition (None: the series' own)."""

    meeting: str
    edition: Audience | None
    now: datetime
    today: date
    strict: bool = False


class ReadNotes(Record):
    """The notes joined to what is known, with everything they were read by. `issue` is the number of the event that issued them last."""

    settings: Settings
    notes: TakenNotes
    minutes: Minutes
    view: NotedView
    standing: StandingRegister
    problems: tuple[Problem, ...]
    meetings: tuple[Meeting, ...] = ()
    earlier: AnnexIssued | None = None
    agreed: AnnexAgreed | None = None
    issue: int = 0
    put_off: tuple[PutOff, ...] = ()
    said: int = 0
    """The number of the last answer, or settled correction, that was recorded; 0 where there is none."""

    @property
    def own(self) -> Audience:
        """The series' own edition."""
        return own_edition(self.view.series)

    @property
    def unchanged(self) -> bool:
        """Whether the notes are those that were issued."""
        return self.earlier is not None and self.earlier.sha256 == self.minutes.sha256

    @property
    def blocking(self) -> tuple[AskedQuery, ...]:
        """The queries that stop the notes from being agreed or published."""
        return tuple(one for one in self.view.asked if one.blocking)

    @property
    def unsettled(self) -> tuple[Correction, ...]:
        """The corrections that nobody has accepted or refused."""
        return tuple(one for one in self.view.corrections if one.settled is None)


def read_for_annex(
    folders: Folders, order: AnnexOrder, ledger: Ledger, progress: Progress, standing: StandingRegister | None = None
) -> ReadNotes:
    """Read the settings, the register (unless `standing` is what it says) and the notes, and join them."""
    settings, meetings, problems = gather_meetings(folders)
    notes = find_notes(folders, meetings, order.meeting)
    progress(f"Reading {notes.path.name}")
    standing = standing or read_standing(folders.inputs / REGISTER, ledger, None, order.today.year)
    settings = with_citing(settings, ledger, standing.rows)
    register, of_register = register_of_rows(standing.rows, settings.office, settings.measures)
    minutes, of_notes = read_notes(notes.path, settings.office, meetings, register)
    earlier, agreed, number = last_issue(ledger, notes.meeting.id)
    if earlier is not None and agreed is not None and minutes.sha256 != earlier.sha256:
        minutes, of_notes = _as_agreed(ledger, earlier, agreed, notes, settings.office)
    of_day = check_day(minutes, notes)
    settled, _ = settle_topics(register, settings.office, settings.measures)
    stands = AnnexStanding()
    if earlier is not None and earlier.sha256 == minutes.sha256:
        stands = AnnexStanding(earlier.on, agreed.on if agreed is not None else None, earlier.version)
    given = earlier.given if earlier is not None else ()
    view = place_notes(minutes, notes.meeting, meetings, settings.office, settled, stands, given)
    view, said = _with_what_was_said(view, ledger, settings.office, earlier)
    put_off = papers_put_off(view, with_letters(ledger, notes.meeting), meetings)
    of_papers = put_off_problems(put_off, minutes.file, notes.meeting)
    gaps = notes_gaps(folders, meetings, ledger, register.matters, order.today, beside=notes.meeting.id)
    named = (
        Problem("passage-named", Source(f"minutes/{minutes.file}"), one, "Then hold it back there too.", Weight.NOTE)
        for each in dict.fromkeys(passage.edition for passage in view.held)
        for one in still_named(
            [of for of in view.held if of.edition is each], printed_notes(view, each, settings.office), settings.office
        )
    )
    unset = unset_scripts((minutes,), Source(f"minutes/{minutes.file}"))
    found = (*named, *problems, *standing.problems, *of_register, *gaps, *of_notes, *of_day, *of_papers, *unset)
    refuse_audiences(found)
    kept, _ = without_accepted(found, settings, order.today)
    return ReadNotes(settings, notes, minutes, view, standing, kept, tuple(meetings), earlier, agreed, number, put_off, said)


def open_questions(folders: Folders, order: AnnexOrder) -> tuple[int, int]:
    """How many questions the notes leave open, and how many corrections to them nobody has settled; none once they are agreed."""
    with open_memory(folders) as ledger:
        read = read_for_annex(folders, order, ledger, lambda _: None)
    return (0, 0) if read.agreed is not None else (count_questions(read.view.asked), len(read.unsettled))


def _as_agreed(
    ledger: Ledger, issued: AnnexIssued, agreed: AnnexAgreed, notes: TakenNotes, office: Office
) -> tuple[Minutes, tuple[Problem, ...]]:
    minutes, problems = read_minutes_bytes(ledger.kept(issued.sha256), notes.path.name, Path(issued.file).suffix, office)
    if minutes is None:
        raise InputError(f"{notes.name}: {problems[0].found}", problems[0].remedy)
    changed = Problem(
        "notes-changed-since-agreed",
        Source(notes.name),
        f"The notes were agreed on {long_date(agreed.on)}, and the file was changed since; what was agreed stands.",
        "Put the file back as it was. What is wrong in agreed notes is put right in those of the next meeting.",
    )
    return minutes, (*problems, changed)


def _with_what_was_said(view: NotedView, ledger: Ledger, office: Office, earlier: AnnexIssued | None) -> tuple[NotedView, int]:
    """The notes with the answers to their queries and the corrections to them; and the number of the last event that the annex shows."""
    answers = ledger.of_kinds(QueryAnswered)
    events = ledger.corrections(view.meeting.id)
    every = noted_corrections.standing_corrections(events)
    current = tuple(noted_corrections.current_corrections(every, earlier.version, view)) if earlier is not None else ()
    own = (one for one in answers if isinstance(one.what, QueryAnswered) and one.what.meeting == view.meeting.id)
    last = max((one.number for one in (*own, *events) if not isinstance(one.what, CorrectionProposed)), default=0)
    held, opened = noted_corrections.standing_passages(ledger.passages(view.meeting.id))
    view = replace(view, held=tuple(dict.fromkeys((*view.held, *held))), opened=opened)
    decided = view.private - Passages(Audience.PUBLIC, view.held, office).in_notes(view).private
    asked = (
        replace(one, query=replace(one.query, blocking=False), cause=Cause.MARKED)
        if one.query.kind == PRIVATE and one.query.line in decided
        else one
        for one in noted_corrections.ask_queries(view, answers)
    )  # what a person has held back of it is their answer
    return replace(view, asked=tuple(asked), corrections=current), last


def last_issue(ledger: Ledger, meeting: str) -> tuple[AnnexIssued | None, AnnexAgreed | None, int]:
    """The last issue of that meeting's annex, the agreement to that very version, and the number of the event that issued it."""
    events = ledger.annexes(meeting)
    issued, number = next(((one.what, one.number) for one in reversed(events) if isinstance(one.what, AnnexIssued)), (None, 0))
    agreed = (one.what for one in reversed(events) if isinstance(one.what, AnnexAgreed))
    return issued, next((one for one in agreed if issued is not None and one.version == issued.version), None), number


def with_answers(read: ReadNotes) -> NotedView:
    """The notes as they count for the register: with the owners, days, outcomes and answers that were given to their queries."""
    minutes = _answered_minutes(read.minutes, read.view.asked, read.settings.office)
    return read.view if minutes == read.minutes else read_again(read, minutes).view


def register_now(read: ReadNotes) -> Register:
    """The register that the notes are read by."""
    return register_of_rows(read.standing.rows, read.settings.office, read.settings.measures)[0]


def read_again(read: ReadNotes, minutes: Minutes | None) -> ReadNotes:
    """The same with what the notes say now; as it was where they say nothing."""
    if minutes is None:
        return read
    settled, _ = settle_topics(register_now(read), read.settings.office, read.settings.measures)
    given = read.earlier.given if read.earlier is not None else ()
    placed = place_notes(minutes, read.view.meeting, read.meetings, read.settings.office, settled, read.view.standing, given)
    said = read.view
    view = replace(placed, asked=said.asked, corrections=said.corrections, held=said.held, opened=said.opened)
    return replace(read, minutes=minutes, view=view)


def _answered_minutes(minutes: Minutes, asked: Sequence[AskedQuery], office: Office) -> Minutes:
    said = {}
    for one in asked:
        if one.answer is not None and one.answer.given.verdict is Verdict.ANSWERED:
            said[one.query.kind, one.query.line, plain_words(one.query.about)] = one.answer.given.words
    if not said:
        return minutes
    coming = minutes.next_meeting.day if minutes.next_meeting is not None else None
    return replace(
        minutes,
        actions=tuple(_answered_action(one, said, office, minutes.day, coming) for one in minutes.actions),
        brought_forward=tuple(_answered_matter(one, said, minutes.day, coming) for one in minutes.brought_forward),
        questions=tuple(
            replace(one, answer=answer, clear=False)
            if (answer := said.get(("question-unanswered", one.line, plain_words(one.words))))
            else one
            for one in minutes.questions
        ),
    )


_Said = dict[tuple[str, str, str], str]


def _answered_action(action: NotedAction, said: _Said, office: Office, at: date | None, coming: date | None) -> NotedAction:
    """With the owner or the day that an answer names, where every word of it can be read as one."""
    about = plain_words(action.words)
    owner = said.get(("action-without-owner", action.line, about), "")
    owners = read_owners(owner, office) if owner else None
    if owners is not None and owners.posts and not owners.unknown:
        posts = [post for post in office.posts if post.id in owners.posts]
        action = replace(action, owners=tuple(NotedOwner(post.abbreviation or post.title, post.id) for post in posts))
    due = due_field(said.get(("action-without-date", action.line, about), ""), at, coming)
    if due.day is not None or due.meeting is not None:
        action = replace(action, due=due.day, due_meeting=due.meeting, due_as_written=due.words)
    return action


def _answered_matter(matter: BroughtForward, said: _Said, at: date | None, coming: date | None) -> BroughtForward:
    told = said.get(("matter-without-outcome", matter.line, plain_words(f"{matter.title} {matter.words}")))
    outcome = ": ".join(filter(None, (matter.outcome, told)))  # `carried: September 2019`
    became, returns = end_of(outcome, at, coming)
    return replace(matter, outcome=outcome, became=became, returns=returns) if told else matter
