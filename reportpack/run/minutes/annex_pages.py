"""The annex on pages: PDF, web page and Word document of each edition, and the queries. What was issued is given again as it was kept."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reportpack.compose.annex import compose_annex, compose_queries
from reportpack.errors import RefusedError
from reportpack.ledger import Ledger
from reportpack.model.answer import count_questions
from reportpack.model.document import ANNEX, Output
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.event import Build, BuildFile, FileRole, GivenReference
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import NotedState
from reportpack.model.noted import AnnexStanding, NotedView
from reportpack.model.problem import Problem
from reportpack.records import dataclass
from reportpack.run.minutes.annex_reading import ReadNotes
from reportpack.run.office_files import Folders, refuse_wrong
from reportpack.run.program import office_templates, program_version
from reportpack.run.steps.documents import SetDocument, file_name, keep_pages, set_document

NAME = ANNEX.stem
DRAFT = "draft"
MEETING, VERSION, EDITION = "reportpack meeting", "reportpack version", "reportpack edition"
"""The properties by which a Word copy is known when it comes back."""


@dataclass(frozen=True, slots=True)
class BuiltAnnex:
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
    given: tuple[GivenReference, ...] = ()
    corrections: int = 0
    """Proposed, and neither accepted nor refused."""
    again: bool = False


@dataclass(frozen=True, slots=True)
class MadeAnnex:
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
    problems = (*read.problems, *(one for _, document in made for one in document.problems), *sheet.problems)
    if strict:
        refuse_wrong(problems, "Nothing was written, because --strict was given.")
    built = _built(files, read, editions[0], version, made, problems)
    return MadeAnnex(files, built, tuple(made))


def _built(
    files: Mapping[Path, bytes],
    read: ReadNotes,
    edition: Audience,
    version: str,
    made: Sequence[tuple[Audience, SetDocument]],
    problems: Sequence[Problem],
) -> BuiltAnnex:
    view = read.view
    return BuiltAnnex(
        tuple(files),
        view.meeting,
        edition,
        version,
        made[0][1].pages if made else 0,
        sum(one.noted.marked and one.noted.state is NotedState.NEW for one in view.actions),
        count_questions(view.asked),
        count_questions(view.asked, blocking=True),
        tuple(problems),
        corrections=len(read.unsettled),
        again=not made,
    )


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
    if not shows(edition, Part.PRIVATE_MEETINGS) and not (view.series is not None and view.series.public):
        remedy = "Make the office's edition or the force's, and let a person take from it what may be published."
        raise RefusedError(f"{view.meeting.id} was not a public meeting, and nobody has released its notes word by word.", remedy)


def facts_of(view: NotedView, edition: Audience) -> Mapping[str, str]:
    """What a Word copy carries so that it is known when it comes back."""
    return {MEETING: view.meeting.id, VERSION: str(view.standing.version or DRAFT), EDITION: edition.value}


def kept_files(ledger: Ledger, read: ReadNotes, edition: Audience) -> Mapping[str, bytes] | None:
    """The issued annex in that edition as it was kept, by the ends of its files' names; None where it has to be made."""
    if not read.unchanged:
        return None
    event = ledger.last_build(read.view.meeting.id, edition, document=NAME)
    if event is None or not isinstance(event.what, Build) or event.number < max(read.issue, read.said):
        return None
    kept = (*event.what.files_of(FileRole.OUTPUT), *event.what.files_of(FileRole.PAGE_SOURCE))
    return {one.name.removeprefix(NAME): ledger.kept(one.sha256) for one in kept}


def record_of(ledger: Ledger, read: ReadNotes, made: MadeAnnex) -> tuple[Build, ...]:
    """A build for each edition that was made anew, with its files kept."""
    standing, meeting = read.view.standing, read.view.meeting
    builds = []
    for edition, document in made.editions:
        outputs = {ending: data for ending, data in document.files.items() if ending != Output.PAGE_SOURCE}
        files = (
            *keep_pages(ledger, ANNEX, document.files[Output.PAGE_SOURCE], document.look),
            *(BuildFile(FileRole.OUTPUT, f"{NAME}{ending}", ledger.keep(data)) for ending, data in outputs.items()),
        )
        on = standing.agreed or standing.issued or meeting.day
        builds.append(Build(meeting.id, NAME, edition, on, program_version(), files))
    return tuple(builds)


def with_standing(read: ReadNotes, standing: AnnexStanding) -> ReadNotes:
    """The notes as they are once that is recorded."""
    return replace(read, view=replace(read.view, standing=standing))
