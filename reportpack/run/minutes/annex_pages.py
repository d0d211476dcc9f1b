"""The annex on pages: PDF, web page and Word document of each edition, and the queries. What was issued is given again as it was kept."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from reportpack import __version__
from reportpack.compose.annex import compose_annex
from reportpack.compose.queries import compose_queries
from reportpack.errors import RefusedError, StrictError
from reportpack.ledger import Ledger
from reportpack.model.audience import Audience
from reportpack.model.edition import Part, shows
from reportpack.model.event import Build, BuildFile, FileRole, GivenReference
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import NotedState
from reportpack.model.noted import AnnexStanding, NotedView
from reportpack.model.problem import Problem, Weight
from reportpack.records import dataclass
from reportpack.render.page import Printable, read_rendered, render_page_source
from reportpack.render.page_text import image_sources
from reportpack.render.pdf.document import render_pdf
from reportpack.render.templates import Templates
from reportpack.render.web import render_web
from reportpack.render.word.document import render_word
from reportpack.run.folders import Folders
from reportpack.run.look import Look, read_look
from reportpack.run.minutes.annex_reading import ReadNotes
from reportpack.run.program import BesideTemplates, office_templates

NAME = "annex"
DRAFT = "draft"
MEETING, VERSION, EDITION, PAGE_SOURCE = (
    "reportpack meeting",
    "reportpack version",
    "reportpack edition",
    "reportpack page source",
)
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
class SetDocument:
    """A document as files by the ends of their names, with how it looked, how many pages it has, and what to know about them."""

    files: Mapping[str, bytes]
    look: Look
    pages: int
    problems: tuple[Problem, ...]


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
        which = "" if edition is read.own else f".{edition}"
        kept = kept_files(ledger, read, edition) if ledger is not None else None
        if kept is None:
            annex = compose_annex(view, edition, office, on, version)
            document = set_document(annex, f"{NAME}.html", templates, folders, facts_of(view, edition))
            made.append((edition, document))
        files |= {folder / f"{NAME}{which}{ending}": data for ending, data in (kept or document.files).items()}
    sheet = set_document(compose_queries(view, office, on, version), "queries.html", templates, folders)
    files |= {folder / f"queries{ending}": data for ending, data in sheet.files.items()}
    problems = (*read.problems, *(one for _, document in made for one in document.problems), *sheet.problems)
    if strict and any(one.weight is Weight.WRONG for one in problems):
        found = "\n".join(one.sentence for one in problems if one.weight is Weight.WRONG)
        raise StrictError(found, "Nothing was written, because --strict was given.")
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
        sum(one.answer is None for one in view.asked),
        len(read.blocking),
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
        raise RefusedError(
            f"{view.meeting.id} was not a public meeting, and nobody has released its notes word by word.",
            "Make the office's edition or the force's, and let a person take from it what may be published.",
        )


def facts_of(view: NotedView, edition: Audience) -> Mapping[str, str]:
    """What a Word copy carries so that it is known when it comes back."""
    return {MEETING: view.meeting.id, VERSION: str(view.standing.version or DRAFT), EDITION: edition.value}


def set_document(
    printed: Printable, template: str, templates: Templates, folders: Folders, facts: Mapping[str, str] | None = None
) -> SetDocument:
    """A document as PDF, web page and page source; with `facts`, as a Word document too, whose changes are tracked once it is issued."""
    source = render_page_source(printed, templates, document=template, keeper=BesideTemplates())
    document = read_rendered(source, printed, templates, template)
    look = read_look(folders.templates, image_sources(document))
    pages = render_pdf(document, look.theme, look.assets)
    files = {".pdf": pages.pdf, ".html": render_web(document, look.theme, look.assets).encode()}
    if facts is not None:
        own = {**facts, PAGE_SOURCE: hashlib.sha256(source.encode()).hexdigest()}
        checked = document.meta.version.endswith("for accuracy")
        files[".docx"] = render_word(document, look.theme, own, tracked=checked)
    files[".page-source.html"] = source.encode()
    return SetDocument(files, look, pages.pages, pages.problems)


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
    return tuple(_build_of(ledger, read, edition, document) for edition, document in made.editions)


def _build_of(ledger: Ledger, read: ReadNotes, edition: Audience, document: SetDocument) -> Build:
    standing, look = read.view.standing, document.look
    outputs = {ending: data for ending, data in document.files.items() if ending != ".page-source.html"}
    files = (
        BuildFile(FileRole.PAGE_SOURCE, f"{NAME}.page-source.html", ledger.keep(document.files[".page-source.html"])),
        *(BuildFile(FileRole.THEME, f"theme {number}", ledger.keep(text)) for number, text in enumerate(look.texts, start=1)),
        *(BuildFile(FileRole.ASSET, name, ledger.keep(data)) for name, data in sorted(look.assets.items())),
        *(BuildFile(FileRole.OUTPUT, f"{NAME}{ending}", ledger.keep(data)) for ending, data in outputs.items()),
    )
    on = standing.agreed or standing.issued or read.view.meeting.day
    return Build(read.view.meeting.id, NAME, edition, on, __version__, files)


def with_standing(read: ReadNotes, standing: AnnexStanding) -> ReadNotes:
    """The notes as they are once that is recorded."""
    return replace(read, view=replace(read.view, standing=standing))
