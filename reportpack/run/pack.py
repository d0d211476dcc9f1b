"""`pack`: the line from what people put in to the briefing pack, one call a step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from functools import partial
from pathlib import Path

from reportpack.analyse.checks import with_doubts
from reportpack.analyse.findings import analyse
from reportpack.compose.pack import compose_pack
from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import InputError
from reportpack.ledger import Ledger
from reportpack.merge.agenda import merge_for_meeting, with_numbers_kept
from reportpack.merge.figures import apply_corrections, find_revisions
from reportpack.model.agenda_view import AgendaView
from reportpack.model.document import FULL_PACK, PACK, SUPPLEMENT, Output, PdfStandard
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.event import Build, BuildFile, Erased, Event, FileRole, WorkbookSeen
from reportpack.model.finding import Findings
from reportpack.model.judgement import Corrected, Revision, Told
from reportpack.model.meeting import Meeting
from reportpack.model.observation import Observation
from reportpack.model.office import own_edition
from reportpack.model.pack import Pack
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.release import ReleasedFile, ReleasedLine, ReleasedRole
from reportpack.model.scripts import not_yet_said
from reportpack.records import Record
from reportpack.run.gather import Material, gather
from reportpack.run.look import Look
from reportpack.run.office_files import (
    Folders,
    Progress,
    gather_meetings,
    kept_text,
    open_memory,
    refuse_audiences,
    refuse_wrong,
    which_meeting,
    without_accepted,
    write_files,
)
from reportpack.run.pack_record import News, carried_by, news_since, pack_record
from reportpack.run.program import office_templates, program_version
from reportpack.run.register.export import ROWS, copy_name, register_copy, remove_other_copies, rows_text
from reportpack.run.steps import documents, papers, released
from reportpack.run.steps.documents import LaidOut, SetDocument
from reportpack.run.steps.paper_letters import letters_to_record
from reportpack.run.steps.papers import FullPack, PapersCome, full_pack_again
from reportpack.run.steps.recording import recording

NAME = PACK.stem
DRAFT = "draft"


class Order(Record):
    """What is asked for: a meeting (empty: the next), an edition (None: the series' own), and a day's view (None: today's, recorded).
    `proposed` is a meeting that nobody has set: a month's pack is built for it where there is no other."""

    meeting: str
    edition: Audience | None
    on: date | None
    now: datetime
    today: date
    strict: bool = False
    proposed: Meeting | None = None


class Briefing(Record):
    """Everything that the editions of one pack are composed from."""

    gathered: Material
    view: AgendaView
    findings: Findings
    problems: tuple[Problem, ...]
    accepted: tuple[Problem, ...]
    revisions: tuple[Revision, ...]
    corrections: tuple[Corrected, ...]
    told: Callable[[Audience, str], tuple[Told, ...]]
    """What the readers of an edition had before that version of it."""
    had: Mapping[str, tuple[Observation, ...]]
    """The figures that earlier meetings had before them, where the ledger knows."""

    @property
    def own(self) -> Audience:
        """The series' own edition."""
        return own_edition(self.view.series)


class Layout(Record):
    """A pack before it is set on pages, with everything it was made from."""

    gathered: Material
    view: AgendaView
    pack: Pack
    laid_out: LaidOut
    problems: tuple[Problem, ...]
    accepted: tuple[Problem, ...]


class BuiltPack(Record):
    """What was made and where; `again` when it is an earlier build given once more from what the ledger kept.
    `made_by` is then the version of the program that built it, where that was another."""

    paths: tuple[Path, ...]
    meeting: Meeting
    edition: Audience
    on: date
    pages: int
    problems: tuple[Problem, ...]
    accepted: tuple[Problem, ...] = ()
    news: News | None = None
    again: bool = False
    made_by: str = ""


class PackFiles(Record):
    """The files of a build before anything is written, and how many events the ledger had when the register was read for it."""

    composed: Layout
    look: Look
    files: Mapping[Path, bytes]
    record: bytes
    copy: bytes | None
    pages: int
    problems: tuple[Problem, ...]
    ledger_size: int
    full: FullPack | None = None


def build_pack(folders: Folders, order: Order, progress: Progress) -> BuiltPack:
    """Build the pack and write it. A build without `on` is recorded; with `on` that day's last build is given again, if there was one."""
    with open_memory(folders, begin=order.on is None) as ledger:
        again = _build_again(folders, order, ledger, progress) if order.on is not None else None
        if again is not None:
            return again
        if order.on is None and not ledger.size():
            with recording(folders, order.now, ledger=ledger):
                pass  # the register's rows come first: with them the ledger has the key of the public's references
        made = _make(folders, order, ledger, progress)
        if order.on is not None:
            write_files(made.files)
            return _built(folders, made, None)
        with recording(folders, order.now, ledger=ledger, standing=made.composed.gathered.standing) as record:
            if record.size != made.ledger_size:
                progress("Somebody else recorded meanwhile: reading again")
                made = _make(folders, order, ledger, progress)
                record.standing = made.composed.gathered.standing
            progress("Recording")
            _keep_inputs(folders, ledger, made.composed.gathered)
            events, news = _events(ledger, order.now, made)
            record.record(events, made.files)
            built = _built(folders, made, news)
        return replace(built, problems=(*built.problems, *record.problems))


def compose(folders: Folders, order: Order, ledger: Ledger, progress: Progress, *, checking: bool = False) -> Layout:
    """Read, merge, analyse, compose, and lay out as page source; nothing is written. What is released already, word for word, is no draft."""
    prepared = prepare(folders, order, ledger, progress, checking=checking)
    progress("Composing")
    edition, meeting = order.edition or prepared.own, prepared.view.meeting.id
    lines = released.released_lines(ledger, meeting)
    known = released.last_release(ledger, meeting, NAME, edition) if order.on is None else None
    if known is not None:
        composed = lay_out(folders, prepared, edition, f"v{known.version}", lines)
        source = ReleasedFile(ReleasedRole.PAGE_SOURCE, sha256_of(composed.laid_out.source.encode()))
        if known.file(ReleasedRole.PAGE_SOURCE) == source:
            return composed
    return lay_out(folders, prepared, edition, DRAFT, lines, reconstructed=order.on is not None)


def prepare(folders: Folders, order: Order, ledger: Ledger, progress: Progress, *, checking: bool = False) -> Briefing:
    """Read, merge and analyse: what every edition is composed from. Refused where it is not clear who may read what, unless this is only `checking`."""

    def first_seen(sha256: str) -> date | None:
        """Today, for a workbook that the ledger is about to see."""
        return ledger.first_seen(sha256) or (order.today if order.on is None else None)

    gathered = gather(folders, order.meeting, order.today, order.on, ledger, first_seen, progress, order.proposed)
    settings, meeting, on = gathered.settings, gathered.meeting, gathered.on
    figures, corrections, of_corrections = apply_corrections(gathered.inputs.observations, settings.measures, settings.office)
    inputs = replace(gathered.inputs, observations=figures)
    gathered = replace(gathered, inputs=inputs)
    view, of_merge = merge_for_meeting(inputs, settings.office, settings.measures, meeting, on)
    view = with_numbers_kept(view, released.sections_given(ledger, meeting.id))
    progress("Working out what the figures say")
    open_problems, _ = without_accepted(inputs.problems, settings, order.today)
    printed = released.printed_before(ledger, view)
    figures = with_doubts(inputs.observations, open_problems)
    disclosed = released.disclosed_before(ledger, settings.office)
    findings = analyse(figures, settings.measures, settings.office, view.register, meeting.day, on, printed, disclosed)
    every = (*inputs.problems, *of_corrections, *of_merge, *findings.problems)
    problems, accepted = without_accepted(every, settings, order.today)
    if not checking:
        refuse_audiences((*problems, *accepted))
    revisions = tuple(find_revisions(printed, inputs.observations))
    known = partial(released.told_before, ledger, view, printed, inputs.observations)
    told = known if order.on is None else lambda _, __: ()
    return Briefing(
        gathered, view, findings, problems, accepted, revisions, tuple(corrections), told, released.figures_had(ledger, view)
    )


def prepare_to_look(folders: Folders, named: str, now: datetime, today: date) -> Briefing:
    """The same for those who only look, as at now; nothing is recorded."""
    with open_memory(folders) as ledger:
        return prepare(folders, Order(named, None, None, now, today), ledger, lambda _: None, checking=True)


def lay_out(
    folders: Folders,
    prepared: Briefing,
    edition: Audience,
    version: str,
    lines: Sequence[ReleasedLine] = (),
    *,
    reconstructed: bool = False,
    only: str = "",
) -> Layout:
    """One edition as page source. `lines` are what a person has released to the force of what is the office's. Of a page that is looked at
    by itself, the others' topics and tables are left out where it is a topic's: `only` is its id."""
    view, office = prepared.view, prepared.gathered.settings.office
    pack = compose_pack(
        view,
        edition,
        office,
        prepared.findings,
        prepared.problems,
        prepared.revisions,
        prepared.gathered.on,
        version,
        corrections=prepared.corrections,
        reconstructed=reconstructed,
        released=lines,
        told=() if reconstructed else prepared.told(edition, version),
        program=program_version(),
        had=prepared.had,
        readings=prepared.gathered.inputs.readings,
    )
    if only:
        topics = tuple(one for one in pack.topics if one.id == only)
        its = {measure.table for topic in topics for measure in topic.measures}  # the numbers of its charts are read from there
        tables = tuple(one for one in pack.appendix.tables if one.id in its)
        pack = replace(pack, topics=topics, appendix=replace(pack.appendix, tables=tables))
    laid_out = documents.lay_out_document(pack, office_templates(folders), folders)
    return Layout(prepared.gathered, view, pack, laid_out, prepared.problems, prepared.accepted)


def _make(folders: Folders, order: Order, ledger: Ledger, progress: Progress) -> PackFiles:
    ledger_size = ledger.size()
    composed = compose(folders, order, ledger, progress)
    pack = composed.pack
    progress("Setting the pages")
    pages = documents.set_laid_out(composed.laid_out, folders)
    come, full = with_papers(folders, ledger, composed, pages)
    office, meeting = composed.gathered.settings.office, composed.gathered.meeting
    late = papers.supplement_to(ledger, office, meeting, pack) if order.on is None else None
    supplement = papers.set_supplement(folders, office, meeting, late, come)
    of_pages = not_yet_said(pages.problems, (*composed.problems, *composed.accepted))
    problems = (*_bound_as_ua1(full, pages), *composed.problems, *of_pages, *come.problems)
    if order.strict:
        refuse_wrong(problems, "Nothing was written, because --strict was given.")
    facts = (composed.gathered.inputs.files, problems, composed.accepted, composed.view)
    own = own_edition(composed.view.series)
    copy = _copy_of_register(ledger, composed) if shows(pack.edition, Part.WORKINGS) else None
    named = partial(_named, folders.build / pack.meeting, pack.edition, own, pages, (copy, pack.on))
    bound = full.named() if full is not None else {}
    made = {path.name: data for path, data in named(b"", bound).items() if data}
    record = pack_record(pack, composed.laid_out.document, program_version(), *facts, made=made)
    files = named(record, bound | (supplement.named(SUPPLEMENT.stem) if supplement is not None else {}))
    return PackFiles(composed, pages.look, files, record, copy, pages.pages, problems, ledger_size, full)


def _built(folders: Folders, made: PackFiles, news: News | None) -> BuiltPack:
    composed, pack = made.composed, made.composed.pack
    if made.copy is not None:
        remove_other_copies(folders.build / pack.meeting, pack.on)
    meeting = composed.gathered.meeting
    documents.remove_what_is_no_more(made.files, folders.build / pack.meeting, pack.edition, own_edition(composed.view.series))
    return BuiltPack(tuple(made.files), meeting, pack.edition, pack.on, made.pages, made.problems, composed.accepted, news)


def with_papers(folders: Folders, ledger: Ledger, composed: Layout, pages: SetDocument) -> tuple[PapersCome, FullPack | None]:
    """The papers that have come and that the edition may have, and the same pack with them behind it; None where none can be bound."""
    gathered, pack = composed.gathered, composed.pack
    come = papers.papers_come(folders, ledger, gathered.meeting, pack, gathered.papers)
    office, meeting = gathered.settings.office, gathered.meeting
    bindable = documents.set_to_bind(composed.laid_out, pages, folders) if come.files else pages
    return come, papers.bind_behind(folders, office, meeting, pack, come, bindable.files[Output.PDF], bindable.look)


def _bound_as_ua1(full: FullPack | None, pages: SetDocument) -> tuple[Problem, ...]:
    if full is None or pages.look.theme.page.pdf is PdfStandard.UA1:
        return ()
    found = "The full pack is PDF/UA-1, not PDF/UA-2: the papers bound into it are other people's."
    remedy = "The pack and its appendix by themselves are PDF/UA-2."
    return (Problem("papers-keep-ua1", Source("papers"), found, remedy, Weight.NOTE),)


def _build_again(folders: Folders, order: Order, ledger: Ledger, progress: Progress) -> BuiltPack | None:
    meeting, own = _meeting_again(folders, order, ledger)
    edition = order.edition or own
    event = ledger.last_build(meeting.id, edition, order.on)
    page_source = kept_text(ledger, event, FileRole.PAGE_SOURCE) if event is not None else None
    if event is None or page_source is None or not isinstance(event.what, Build):
        return None
    progress("Setting the pages as they were")
    laid = documents.laid_out_before(PACK, page_source)
    pages = documents.set_laid_out(laid, folders, look=documents.kept_look(ledger, event.what))
    record = kept_text(ledger, event, FileRole.RECORD) or b""
    copy = kept_text(ledger, event, FileRole.RECORD, copy_name(event.what.on))
    bindable = documents.set_to_bind(laid, pages, folders)
    bound = full_pack_again(folders, ledger, event, bindable.files[Output.PDF], bindable.look)
    files = _named(folders.build / meeting.id, edition, own, pages, (copy, event.what.on), record, bound)
    write_files(files)
    if copy is not None:
        remove_other_copies(folders.build / meeting.id, event.what.on)
    documents.remove_what_is_no_more(files, folders.build / meeting.id, edition, own)
    erased = _erasures_since(ledger, event.what)
    made_by = event.what.program if event.what.program != program_version() else ""
    return BuiltPack(tuple(files), meeting, edition, event.what.on, pages.pages, erased, again=True, made_by=made_by)


def _erasures_since(ledger: Ledger, build: Build) -> tuple[Problem, ...]:
    files = [file.sha256 for file in build.files if file.role in (FileRole.PAGE_SOURCE, FileRole.RECORD)]
    erased = [(one, one.what.why) for one in ledger.erasures(files) if isinstance(one.what, Erased)]
    said = [f"Words in this build were erased on {long_date(one.recorded.date())} by {one.who}: {why}" for one, why in erased]
    remedy = "The pages say where; the words cannot be given again."
    return tuple(Problem("words-erased", Source("inputs/memory"), one, remedy, Weight.NOTE) for one in said)


def _meeting_again(folders: Folders, order: Order, ledger: Ledger) -> tuple[Meeting, Audience]:
    """The meeting, and its series' own edition. One that is named by its id is known from its builds when the inputs say nothing of it any more."""
    try:
        settings, meetings, _ = gather_meetings(folders)
        meeting = which_meeting(meetings, order.meeting, order.today)
    except InputError:
        editions = {one.what.edition for one in ledger.builds(order.meeting) if isinstance(one.what, Build)}
        if not editions or order.on is None:
            raise
        own = editions.pop() if len(editions) == 1 else Audience.OFFICE
        return Meeting(order.meeting, order.meeting[11:], order.on, "The meeting"), own
    return meeting, settings.office.own_edition(meeting.series)


def _events(ledger: Ledger, now: datetime, made: PackFiles) -> tuple[list[Event], News]:
    composed, look, record = made.composed, made.look, made.record
    gathered, pack = composed.gathered, composed.pack
    before = ledger.last_build(pack.meeting, pack.edition)
    earlier = before.what if before is not None and isinstance(before.what, Build) else None
    old = ledger.figures_of(before) if before is not None else ()
    figures = gathered.inputs.observations
    known = {(one.file, one.sha256): one.unused for one in ledger.happened(WorkbookSeen)}
    events = [Event(one, now) for one in dict.fromkeys(gathered.workbooks) if known.get((one.file, one.sha256)) != one.unused]
    events.extend(Event(one, now) for one in letters_to_record(ledger, gathered.meeting))
    rows, copy = gathered.standing.rows, made.copy
    kept_copy = ((copy_name(pack.on), copy), (ROWS, rows_text(rows))) if copy is not None else ()
    files = (
        *documents.keep_pages(ledger, PACK, composed.laid_out.source.encode(), look),
        BuildFile(FileRole.RECORD, "pack.json", ledger.keep(record)),
        *(BuildFile(FileRole.RECORD, name, ledger.keep(data)) for name, data in kept_copy),
        *(made.full.keep(ledger) if made.full is not None else ()),
        *(BuildFile(FileRole.INPUT, one.file, one.sha256, one.as_at) for one in gathered.inputs.files),
    )
    carried = carried_by(composed.view)
    build = Build(pack.meeting, NAME, pack.edition, pack.on, program_version(), files, figures, carried, pack.judgements)
    if before is None or earlier != replace(build, figures=()) or not ledger.has_figures(before, figures):
        events.append(Event(build, now))
    return events, news_since(earlier, old, build)


def _copy_of_register(ledger: Ledger, composed: Layout) -> bytes:
    """The copy that the last build of that day kept when the rows are still the same, else a new one."""
    rows, pack = composed.gathered.standing.rows, composed.pack
    last = ledger.last_build(pack.meeting, pack.edition, pack.on)
    if last is not None and isinstance(last.what, Build) and last.what.program == program_version():
        copy = kept_text(ledger, last, FileRole.RECORD, copy_name(pack.on))
        if copy is not None and kept_text(ledger, last, FileRole.RECORD, ROWS) == rows_text(rows):
            return copy
    return register_copy(rows, pack.on)


def _keep_inputs(folders: Folders, ledger: Ledger, gathered: Material) -> None:
    """Every file that the build used; one that changed while it ran is not the one that was used, and is left."""
    for one in gathered.inputs.files:
        try:
            data = bytes_of(folders.inputs / one.file)
        except OSError:
            continue
        if sha256_of(data) == one.sha256:
            ledger.keep(data)


def _named(
    folder: Path,
    edition: Audience,
    own: Audience,
    pages: SetDocument,
    copy: tuple[bytes | None, date],
    record: bytes,
    bound: Mapping[str, bytes],
) -> dict[Path, bytes]:
    register, on = copy
    return {
        **pages.named(folder, edition, own),
        **{folder / documents.file_name(FULL_PACK, edition, own, ".pdf", stem): data for stem, data in bound.items()},
        **({folder / copy_name(on): register} if register is not None else {}),
        folder / documents.file_name(PACK, edition, own, ".json", PACK.short): record,
    }
