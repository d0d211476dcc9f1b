"""`annex`: from the notes taken at a meeting to the minutes-and-actions annex. A draft changes nothing; once it is issued, what the notes ask
for is part of the register, and so is their agreement. Once each: issued and unchanged since, it is given again, byte for byte."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reportpack.compose.annex import compose_annex, compose_queries
from reportpack.drive_files import sha256_of
from reportpack.errors import RefusedError, Remedy, fails_as
from reportpack.ledger import Ledger
from reportpack.merge.issuing import issue_notes
from reportpack.merge.noted import give_references
from reportpack.merge.noted_corrections import standing_passages
from reportpack.merge.register_rows import rows_after
from reportpack.model import event as model
from reportpack.model.annex import Annex
from reportpack.model.answer import count_questions
from reportpack.model.document import ANNEX, Output
from reportpack.model.edition import Audience, Part, may_read, shows
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import NotedState
from reportpack.model.noted import NOTHING_SETTLED, AnnexStanding, Issue, NotedView, Restated
from reportpack.model.passage import PassageHeld, PassageRestored
from reportpack.model.period import long_date
from reportpack.model.problem import Problem
from reportpack.model.scripts import not_yet_said
from reportpack.records import Record
from reportpack.run.minutes.annex_reading import AnnexOrder, ReadNotes, read_for_annex, with_answers
from reportpack.run.office_files import Folders, Progress, open_memory, refuse_wrong, write_files
from reportpack.run.papers import defer_paper
from reportpack.run.program import office_templates, program_version
from reportpack.run.steps.citing import with_citing
from reportpack.run.steps.documents import SetDocument, file_name, keep_pages, set_document
from reportpack.run.steps.recording import Recording, recording
from reportpack.run.steps.standing import refuse_conflict
from reportpack.run.steps.taken_notes import GAPS, UNFIT

NAME = ANNEX.stem
DRAFT = "draft"
MEETING, VERSION, EDITION = "reportpack meeting", "reportpack version", "reportpack edition"
"""The properties by which a Word copy is known when it comes back."""


class BuiltAnnex(Record):
    """What was made and where, and what the notes hold. `again` when it is the issued annex, given as it was kept."""

    paths: tuple[Path, ...]
    meeting: Meeting
    edition: Audience
    version: str
    pages: int
    actions: int
    queries: int
    blocking: int
    problems: tuple[Problem, ...]
    given: tuple[model.GivenReference, ...] = ()
    corrections: int = 0
    """Proposed, and neither accepted nor refused."""
    again: bool = False


class MadeAnnex(Record):
    """Everything that was made, not yet written. `editions` are those that were made anew, by which they can be recorded."""

    files: Mapping[Path, bytes]
    built: BuiltAnnex
    editions: tuple[tuple[Audience, SetDocument], ...] = ()


def set_annex(
    folders: Folders, read: ReadNotes, editions: Sequence[Audience], ledger: Ledger | None = None, *, strict: bool = False
) -> MadeAnnex:
    """The annex in those editions, and the queries. With `ledger` what was issued and kept is given again; without it all is made anew."""
    view, office = read.view, read.settings.office
    templates = office_templates(folders)
    folder = folders.build / view.meeting.id
    on, version = view.standing.agreed or view.standing.issued or view.meeting.day, version_of(view.standing)
    files: dict[Path, bytes] = {}
    made: list[tuple[Audience, SetDocument]] = []
    for edition in dict.fromkeys(editions):
        refuse_unreleased(view, edition)
        kept = kept_files(ledger, read, edition) if ledger is not None else None
        if kept is None:
            annex = compose_annex(view, edition, office, on, version)
            made.append((edition, set_document(annex, templates, folders, facts_of(view, edition))))
        outputs = made[-1][1].files if kept is None else kept
        files |= {folder / file_name(ANNEX, edition, read.own, ending): data for ending, data in outputs.items()}
    sheet = set_document(compose_queries(view, office, on, version), templates, folders)
    files |= sheet.named(folder, read.own, read.own)
    of_pages = (one for _, document in made for one in document.problems)
    problems = (*read.problems, *not_yet_said(of_pages, read.problems), *sheet.problems)
    if strict:
        refuse_wrong(problems, "Nothing was written, because --strict was given.")
    actions = sum(one.noted.marked and one.noted.state is NotedState.NEW for one in view.actions)
    asked = count_questions(view.asked), count_questions(view.asked, blocking=True)
    pages, again = made[0][1].pages if made else 0, not made
    what = (tuple(files), view.meeting, editions[0], version, pages, actions, *asked, problems)
    return MadeAnnex(files, BuiltAnnex(*what, corrections=len(read.unsettled), again=again), tuple(made))


def editions_of(read: ReadNotes, asked: Audience | None) -> tuple[Audience, ...]:
    """What is made when something is recorded: the one asked for, the office's own, and the force's, which checks it for accuracy."""
    return (asked or read.own, read.own, Audience.FORCE)


def version_of(standing: AnnexStanding) -> str:
    """`draft`, `v1 for accuracy`, `v1 agreed`."""
    if standing.issued is None:
        return DRAFT
    return f"v{standing.version} {'agreed' if standing.agreed is not None else 'for accuracy'}"


def refuse_unreleased(view: NotedView, edition: Audience) -> None:
    """What was said where the public was not goes to the public only passage by passage, by a person."""
    public = (view.series is not None and view.series.public) or edition in view.opened
    if not shows(edition, Part.PRIVATE_MEETINGS) and not public:
        first = "Hold back what is not for everybody, then say that the rest is:"
        remedy = Remedy(first, "annex open", view.meeting.id, by="NAME", why="...")
        raise RefusedError(f"{view.meeting.id} was not a public meeting, and nobody has opened its notes to the public.", remedy)


def facts_of(view: NotedView, edition: Audience) -> Mapping[str, str]:
    """What a Word copy carries so that it is known when it comes back."""
    return {MEETING: view.meeting.id, VERSION: str(view.standing.version or DRAFT), EDITION: edition.value}


def kept_files(ledger: Ledger, read: ReadNotes, edition: Audience) -> Mapping[str, bytes] | None:
    """The issued annex in that edition as it was kept, by the ends of its files' names; None where it has to be made."""
    if not read.unchanged:
        return None
    event = ledger.last_build(read.view.meeting.id, edition, document=NAME)
    said = () if may_read(edition, Audience.OFFICE) else ledger.passages(read.view.meeting.id)
    held = max((one.number for one in said), default=0)
    if event is None or not isinstance(event.what, model.Build) or event.number < max(read.issue, read.said, held):
        return None
    kept = (*event.what.files_of(model.FileRole.OUTPUT), *event.what.files_of(model.FileRole.PAGE_SOURCE))
    return {one.name.removeprefix(NAME): ledger.kept(one.sha256) for one in kept}


def record_of(ledger: Ledger, read: ReadNotes, made: MadeAnnex) -> tuple[model.Build, ...]:
    """A build for each edition that was made anew, with its files kept."""
    standing, meeting = read.view.standing, read.view.meeting
    builds = []
    for edition, document in made.editions:
        outputs = {ending: data for ending, data in document.files.items() if ending != Output.PAGE_SOURCE}
        files = (
            *keep_pages(ledger, ANNEX, document.files[Output.PAGE_SOURCE], document.look),
            *(model.BuildFile(model.FileRole.OUTPUT, f"{NAME}{ending}", ledger.keep(data)) for ending, data in outputs.items()),
        )
        on = standing.agreed or standing.issued or meeting.day
        builds.append(model.Build(meeting.id, NAME, edition, on, program_version(), files))
    return tuple(builds)


def build_annex(folders: Folders, order: AnnexOrder, progress: Progress) -> BuiltAnnex:
    """Make the draft and the queries; nothing is recorded."""
    with open_memory(folders) as ledger:
        read = read_for_annex(folders, order, ledger, progress)
        progress("Setting the pages")
        made = set_annex(folders, read, (order.edition or read.own,), ledger, strict=order.strict)
    write_files(made.files)
    return made.built


def read_back(folders: Folders, order: AnnexOrder) -> Annex:
    """What the notes say as they stand, as the force may read it: to be read to the room."""
    with open_memory(folders) as ledger:
        read = read_for_annex(folders, order, ledger, lambda _: None)
    day, version = read.view.meeting.day, version_of(read.view.standing)
    return compose_annex(read.view, Audience.FORCE, read.settings.office, day, version)


def issue_annex(folders: Folders, order: AnnexOrder, progress: Progress, settled: Restated = NOTHING_SETTLED) -> BuiltAnnex:
    """Give references, record what the notes ask for, hand on the papers that they put off, and make the copy that goes to the force. A second
    time changes nothing."""
    with recording(folders, order.now) as record:
        read = read_for_annex(folders, order, record.ledger, progress, record.standing)
        built = _issued(folders, order, read, record, progress, settled)
    for one in read.put_off:
        if one.takes is not None:
            defer_paper(folders, read.view.meeting.id, one.paper.letter, one.takes.id, order.today)
    return built


def _issued(
    folders: Folders, order: AnnexOrder, read: ReadNotes, record: Recording, progress: Progress, settled: Restated
) -> BuiltAnnex:
    if read.unchanged:
        return give_again(folders, order, read, record)
    # What is not the notes of this one meeting gives no references, which could never be taken back.
    for unfit in (one for one in read.problems if one.kind in UNFIT):
        raise RefusedError(f"{read.notes.name}: {unfit.found}", f"{unfit.remedy} Nothing was issued.")
    refuse_conflict(read.standing, "Nothing was issued.")
    office, measures = read.settings.office, read.settings.measures
    said = [one.what for one in record.ledger.of_kinds(model.RowChange) if isinstance(one.what, model.RowChange)]
    issue = issue_notes(with_answers(read), read.standing.rows, read.earlier, office, measures, settled, said)
    _refuse_asked(issue)
    version = read.earlier.version + 1 if read.earlier is not None else 1
    meeting, notes = read.view.meeting.id, read.minutes
    issued = model.AnnexIssued(meeting, f"minutes/{notes.file}", notes.sha256, order.today, version, issue.given)
    settings = with_citing(read.settings, record.ledger, rows_after(read.standing.rows, issue.changes))
    numbered = replace(read, view=give_references(read.view, issued.given), settings=settings)
    read = replace(numbered, view=replace(numbered.view, standing=AnnexStanding(issued.on, None, issued.version)))
    made = set_annex(folders, read, editions_of(read, order.edition), strict=order.strict)
    progress("Recording")
    _keep_notes(record.ledger, read)
    marks = marked_passages(read, record.ledger)
    happened: tuple[model.Happening, ...] = (*issue.changes, issued, *marks, *record_of(record.ledger, read, made))
    record.record([model.Event(what, order.now) for what in happened], made.files)
    known = {one.ref for one in read.earlier.given} if read.earlier is not None else set()
    new = tuple(one for one in issue.given if one.ref not in known)
    return replace(made.built, given=new, problems=(*made.built.problems, *record.problems))


def left_open(folders: Folders, order: AnnexOrder) -> tuple[Problem, ...]:
    """What other meetings' notes and due matters leave open, of notes that can be agreed and are not yet: to be asked about before anything is held."""
    with open_memory(folders) as ledger:
        read = read_for_annex(folders, order, ledger, lambda _: None)
    _refuse_not_ready(read)
    return tuple(one for one in read.problems if one.kind in GAPS and read.agreed is None)


def agree_annex(folders: Folders, order: AnnexOrder, progress: Progress) -> BuiltAnnex:
    """Record that the notes that were issued are agreed, with the corrections that were accepted; nothing else changes."""
    with recording(folders, order.now) as record:
        read = read_for_annex(folders, order, record.ledger, progress, record.standing)
        issued = _refuse_not_ready(read)
        if read.agreed is not None:
            return give_again(folders, order, read, record)
        agreed = model.AnnexAgreed(read.view.meeting.id, order.today, issued.version)
        read = replace(read, view=replace(read.view, standing=AnnexStanding(issued.on, agreed.on, issued.version)))
        made = set_annex(folders, read, editions_of(read, order.edition), strict=order.strict)
        happened: tuple[model.Happening, ...] = (agreed, *record_of(record.ledger, read, made))
        record.record([model.Event(what, order.now) for what in happened], made.files)
        return replace(made.built, problems=(*made.built.problems, *record.problems))


def give_again(folders: Folders, order: AnnexOrder, read: ReadNotes, record: Recording) -> BuiltAnnex:
    """What was issued or agreed, as it was kept."""
    made = set_annex(folders, read, editions_of(read, order.edition), record.ledger, strict=order.strict)
    write_files(made.files)
    return replace(made.built, problems=(*made.built.problems, *record.problems))


def remake_issued(
    folders: Folders,
    order: AnnexOrder,
    read: ReadNotes,
    record: Recording,
    rows: Sequence[model.RowChange],
    said: Sequence[model.Event],
) -> None:
    """Record an answer or a correction, what the register gains by it and, where the notes are as they were issued, the annex as it reads now."""
    made = set_annex(folders, read, editions_of(read, order.edition)) if read.unchanged else None
    happened: tuple[model.Happening, ...] = (*rows, *(record_of(record.ledger, read, made) if made is not None else ()))
    record.record([*said, *(model.Event(what, order.now) for what in happened)], made.files if made is not None else {})


def marked_passages(read: ReadNotes, ledger: Ledger) -> Iterator[PassageHeld | PassageRestored]:
    """What the notes that are issued mark and is not on record, and what they no longer mark."""
    meeting, (held, _) = read.view.meeting.id, standing_passages(ledger.passages(read.view.meeting.id))
    yield from (PassageHeld(meeting, one) for one in read.minutes.held if one not in held)
    gone = (one for one in held if one.where and one not in read.minutes.held)
    yield from (PassageRestored(meeting, one.edition, one.words, "No longer marked in the notes.") for one in gone)


def _keep_notes(ledger: Ledger, read: ReadNotes) -> None:
    """The very bytes that were read; a file that somebody saved meanwhile stops the run before anything is recorded."""
    remedy = "Nothing was issued. Put it back and run it again."
    with fails_as(RefusedError, f"{read.notes.name} cannot be read any more", remedy):
        data = read.notes.path.read_bytes()
    if sha256_of(data) != read.minutes.sha256:
        raise RefusedError(f"{read.notes.name} was saved while this run went on.", "Nothing was issued. Run it again.")
    ledger.keep(data)


def _refuse_asked(issue: Issue) -> None:
    if issue.asked:
        raise RefusedError(
            "\n".join(issue.asked),
            "Put the words back, or say what became of each: --same REFERENCE when it has new words (--same 'REFERENCE=the new words', or "
            "=line 12, where there are several), --withdrawn REFERENCE when it was taken out. Nothing was issued.",
        )


def _refuse_not_ready(read: ReadNotes) -> model.AnnexIssued:
    meeting = read.view.meeting.id
    if read.earlier is None:
        raise RefusedError(f"The notes of {meeting} were not issued yet.", Remedy("First:", "annex issue", meeting))
    if not read.unchanged:
        found = f"The notes of {meeting} changed since they were issued on {long_date(read.earlier.on)}."
        raise RefusedError(found, Remedy("Issue them again first:", "annex issue", meeting))
    if read.agreed is None:
        refuse_open_queries(read)
        if unsettled := read.unsettled:
            several = f"{len(unsettled)} corrections are proposed and were"
            raise RefusedError(
                f"{several if len(unsettled) > 1 else 'One correction is proposed and was'} neither accepted nor refused.",
                f"See: reportpack annex {meeting} --corrections. Then: reportpack annex {meeting} --accept {unsettled[0].number} --by NAME, "
                "or --refuse with --why.",
            )
    return read.earlier


def refuse_open_queries(read: ReadNotes) -> None:
    """Refuse what would make the notes final while a query stops that: agreement, and publishing."""
    if blocking := read.blocking:
        meeting = read.view.meeting.id
        number = count_questions(read.view.asked, blocking=True)
        count = f"{number} of the queries must be answered" if number > 1 else "One of the queries must be answered"
        raise RefusedError(
            f"{count} before the notes can be agreed or published: {blocking[0].query.found}",
            f'Answer them in the notes and issue them again, or: reportpack minutes answer {meeting} {blocking[0].name} "..." --by NAME. '
            f"They stand in queries.pdf, and in: reportpack minutes queries {meeting}",
        )
