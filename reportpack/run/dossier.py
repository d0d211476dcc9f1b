"""`register topic`: everything on record about one topic, as it is said on the terminal, for machines, or as a document. It records nothing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from reportpack import patterns as re
from reportpack.analyse.findings import analyse
from reportpack.compose.dossier import compose_dossier
from reportpack.compose.setting import anchor
from reportpack.errors import OutputError
from reportpack.ledger import Ledger
from reportpack.merge.agenda import merge_for_meeting
from reportpack.merge.dossier import find_topic, merge_dossier
from reportpack.merge.figures import apply_corrections
from reportpack.merge.letters import letters_standing
from reportpack.model.document import DOSSIER, Output
from reportpack.model.dossier import CarriedBy, Dossier
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.event import AnnexIssued, Build, Event, FileRole, RowChange
from reportpack.model.meeting import Meeting
from reportpack.model.office import Topic
from reportpack.model.outbox import LetterStanding, LetterState
from reportpack.model.problem import Problem
from reportpack.model.register import Register
from reportpack.model.release import Released, ReleasedRole
from reportpack.read.words.notes import read_notes
from reportpack.records import Record
from reportpack.render.element import PrintedNumber, printed_numbers
from reportpack.run.gather import Material, gather
from reportpack.run.office_files import Folders, Progress, kept_text, open_memory, write_files
from reportpack.run.program import office_templates
from reportpack.run.steps.documents import LaidOut, file_name, lay_out_document, set_laid_out
from reportpack.run.steps.released import disclosed_before

_WENT = {LetterState.SENT: "sent", LetterState.ARRIVED: "arrived", LetterState.UNCERTAIN: "perhaps sent"}


class Traces(Record):
    """By what a page shows that it has the topic: its places in a pack, the references of its rows."""

    marks: tuple[bytes, ...]
    refs: tuple[str, ...]

    def on(self, source: bytes) -> bool:
        """Whether that page source of a pack has one of the topic's places."""
        return any(mark in source for mark in self.marks)

    def named_in(self, text: str) -> tuple[str, ...]:
        """The references that stand there as words of their own."""
        return tuple(ref for ref in self.refs if re.search(rf"(?<![\w/]){re.escape(ref)}(?![\w/])", text))


def traces_of(topic: str, register: Register) -> Traces:
    """The places and references of that topic as the register has them."""
    own = [
        *(("matter", one.ref) for one in register.matters if one.topic == topic and one.ref),
        *(("action", one.ref) for one in (*register.actions, *register.risks) if one.topic == topic and one.ref),
        *(("commitment", one.ref) for one in register.commitments if one.topic == topic and one.ref),
    ]
    marks = tuple(f'id="{anchor(kind, name)}"'.encode() for kind, name in (("topic", topic), *own))
    return Traces(marks, tuple(sorted({ref for _, ref in own})))


def carried_by(ledger: Ledger, meetings: Sequence[Meeting], traces: Traces, on: date) -> Iterator[CarriedBy]:
    """The last pack of each meeting and edition, each edition of each issued annex, then the letters; as known on that day."""
    changed = [one.what for one in ledger.register_events() if isinstance(one.what, RowChange) and one.what.ref in traces.refs]
    for meeting in sorted(meetings, key=lambda one: one.day):
        for edition in Audience:
            last, source = _last(ledger.builds(meeting.id), edition, ledger, on)
            if last is not None and source is not None and traces.on(source):
                yield CarriedBy("briefing-pack", meeting.id, meeting.day, edition, last.recorded.date())
        caused = {one.ref for one in changed if one.cause.partition(",")[0] == f"annex {meeting.id}"}
        yield from _annexes(ledger, meeting, traces, caused, on)
        yield from _letters(ledger, meeting, traces, on)


def _annexes(ledger: Ledger, meeting: Meeting, traces: Traces, caused: set[str], on: date) -> Iterator[CarriedBy]:
    """The office's own names what it changed in the register; another edition only what its own pages print."""
    issues = [one.what for one in ledger.annexes(meeting.id) if isinstance(one.what, AnnexIssued) and one.what.on <= on]
    if not issues:
        return
    given = {one.ref for issue in issues for one in issue.given}
    builds = ledger.builds(meeting.id, "annex")
    for edition in Audience:
        _, source = _last(builds, edition, ledger, on)
        printed = traces.named_in(source.decode()) if source is not None else ()
        named = {*printed, *(given | caused if shows(edition, Part.WORKINGS) else ())} & set(traces.refs)
        if named:
            last = issues[-1]
            note = f"v{last.version}: {', '.join(sorted(named))}"
            yield CarriedBy("annex", meeting.id, meeting.day, edition, last.on, note)


def _last(builds: Iterable[Event], edition: Audience, ledger: Ledger, on: date) -> tuple[Event | None, bytes | None]:
    found = [one for one in builds if isinstance(one.what, Build) and one.what.edition is edition and one.recorded.date() <= on]
    return (found[-1], kept_text(ledger, found[-1], FileRole.PAGE_SOURCE)) if found else (None, None)


def _letters(ledger: Ledger, meeting: Meeting, traces: Traces, on: date) -> Iterator[CarriedBy]:
    """Those that went, one line for all that are the same document: to which posts, never to which addresses. For the office alone."""
    standing = letters_standing(one for one in ledger.letters(meeting.id) if one.recorded.date() <= on)
    pages: dict[tuple[str, int, Audience], bytes] = {}  # the last release of a version is the one that went
    for event in ledger.releases(meeting.id):
        if not isinstance(event.what, Released) or event.recorded.date() > on:
            continue
        file = event.what.file(ReleasedRole.PAGE_SOURCE)
        if file is not None and not ledger.is_erased(file.sha256):
            pages[event.what.document, event.what.version, event.what.edition] = ledger.kept(file.sha256)
    alike: dict[tuple[str, str, int, Audience, LetterState, date], list[LetterStanding]] = {}
    for one in standing:
        letter = one.letter
        source = pages.get((letter.document, letter.version, letter.edition))
        pages_have_it = source is not None and (traces.on(source) or traces.named_in(source.decode()))
        if one.state in _WENT and (pages_have_it or traces.named_in(f"{letter.subject}\n{letter.text}")):
            key = (letter.kind.value, letter.document, letter.version, letter.edition, one.state, one.last.date())
            alike.setdefault(key, []).append(one)
    for (kind, _, version, edition, state, day), those in alike.items():
        posts = tuple(dict.fromkeys(one.letter.to.post or one.letter.to.name for one in those))
        note = f"{f'v{version}, ' if those[0].letter.kind.needs_release else ''}{_WENT[state]} to"
        yield CarriedBy(f"letter: {kind}", meeting.id, meeting.day, edition, day, note, Audience.OFFICE, posts)


FOLDER = "dossiers"


class DossierOrder(Record):
    """What is asked for: a topic by any of its names, an edition, a day's view (None: today's), and whether and where pages are wanted."""

    name: str
    edition: Audience
    today: date
    on: date | None = None
    pages: bool = False
    path: Path | None = None


class MadeDossier(Record):
    """The dossier, as it is laid out, where it was written, and what is wrong with what it rests on."""

    dossier: Dossier
    laid: LaidOut
    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]

    @property
    def numbers(self) -> tuple[PrintedNumber, ...]:
        """Every number that it prints, with its sources."""
        return tuple(printed_numbers(self.laid.document))


def make_dossier(folders: Folders, order: DossierOrder, progress: Progress) -> MadeDossier:
    """Read, merge, analyse, compose, lay out; pages are written when they are asked for."""
    with open_memory(folders) as ledger:
        gathered = gather(folders, "", order.today, order.on or order.today, ledger, ledger.first_seen, progress)
        topic = find_topic(order.name, gathered.settings.office)
        dossier = _compose(folders, gathered, topic, order, ledger)
    templates = office_templates(folders)
    laid = lay_out_document(dossier, templates, folders)
    if not order.pages:
        return MadeDossier(dossier, laid, (), ())
    progress("Setting the pages")
    made = set_laid_out(laid, folders)
    path = order.path or folders.build / FOLDER / file_name(DOSSIER, order.edition, Audience.OFFICE, Output.PDF, dossier.topic)
    if path.suffix.lower() != ".pdf":
        raise OutputError(f"The dossier cannot be written as {path.name}.", "Give a name that ends in .pdf.")
    files = {path.with_suffix(ending): data for ending, data in made.files.items()} | {path: made.files[Output.PDF]}
    write_files(files)
    return MadeDossier(dossier, laid, tuple(files), made.problems)


def _compose(folders: Folders, gathered: Material, topic: Topic, order: DossierOrder, ledger: Ledger) -> Dossier:
    office, measures, inputs, on = gathered.settings.office, gathered.settings.measures, gathered.inputs, gathered.on
    figures, _, _ = apply_corrections(inputs.observations, measures, office)
    view, _ = merge_for_meeting(inputs, office, measures, replace(gathered.meeting, theme=()), on)
    events = [one for one in ledger.register_events() if one.recorded.date() <= on]
    newest_first = sorted(inputs.meetings, key=lambda one: one.day, reverse=True)
    said = (read_notes(folders.inputs / "notes", one.id, one.agenda, office)[0] for one in newest_first)
    statements = tuple(one for of_meeting in said for one in of_meeting)  # what is wrong with them their own packs say
    carried = tuple(carried_by(ledger, inputs.meetings, traces_of(topic.id, view.register), on))
    joined = merge_dossier(topic, view, inputs, office, measures, statements, events, carried)
    findings = analyse(figures, measures, office, view.register, on, on, earlier=disclosed_before(ledger, office))
    return compose_dossier(joined, order.edition, office, findings, on)
