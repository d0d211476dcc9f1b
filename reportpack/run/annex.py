"""`annex`: from the notes taken at a meeting to the minutes-and-actions annex, one call a step. A draft changes nothing."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from reportpack.compose.annex import compose_annex
from reportpack.compose.queries import compose_queries
from reportpack.errors import RefusedError, StrictError
from reportpack.ledger import Ledger
from reportpack.merge import place_notes, settle_topics
from reportpack.model.annex import Annex, QuerySheet
from reportpack.model.audience import Audience
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Minutes, NotedState
from reportpack.model.noted import NotedView
from reportpack.model.problem import Problem, Weight
from reportpack.model.settings import Settings
from reportpack.read.register import register_of_rows
from reportpack.render.page import Printable, read_rendered, render_page_source
from reportpack.render.page_text import image_sources
from reportpack.render.pdf.document import render_pdf
from reportpack.render.templates import Templates, load_templates
from reportpack.render.web import render_web
from reportpack.run.folders import Folders
from reportpack.run.gather import REGISTER, Progress, gather_meetings, without_accepted
from reportpack.run.look import read_look
from reportpack.run.memory import open_memory
from reportpack.run.minutes_read import read_notes
from reportpack.run.program import program_templates
from reportpack.run.register import Standing, read_standing
from reportpack.run.taken_notes import TakenNotes, check_day, find_notes
from reportpack.run.writing import write_files

NAME = "annex"
DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class AnnexOrder:
    """What is asked for: a meeting (empty: the latest with notes), an edition (None: the series' own)."""

    meeting: str
    edition: Audience | None
    now: datetime
    today: date
    strict: bool = False


@dataclass(frozen=True, slots=True)
class ReadNotes:
    """The notes joined to what is known, with everything they were read by."""

    settings: Settings
    notes: TakenNotes
    minutes: Minutes
    view: NotedView
    standing: Standing
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class BuiltAnnex:
    """What was made and where, and what the notes hold."""

    paths: tuple[Path, ...]
    meeting: Meeting
    edition: Audience
    version: str
    pages: int
    actions: int
    queries: int
    blocking: int
    problems: tuple[Problem, ...]


def build_annex(folders: Folders, order: AnnexOrder, progress: Progress) -> BuiltAnnex:
    """Make the draft and the queries; nothing is recorded."""
    ledger = open_memory(folders, begin=False)
    try:
        read = read_for_annex(folders, order, ledger, progress)
    finally:
        if ledger is not None:
            ledger.close()
    progress("Composing")
    view, office = read.view, read.settings.office
    own = view.series.edition if view.series else Audience.OFFICE
    edition = order.edition or own
    _refuse_unreleased(view, edition)
    annex = compose_annex(view, edition, office, view.meeting.day, DRAFT)
    queries = compose_queries(view, office, view.meeting.day, DRAFT)
    progress("Setting the pages")
    return _write(folders, order, read, annex, queries, own)


def _refuse_unreleased(view: NotedView, edition: Audience) -> None:
    """What was said where the public was not goes to the public only passage by passage, by a person."""
    if edition is Audience.PUBLIC and not (view.series is not None and view.series.public):
        raise RefusedError(
            f"{view.meeting.id} was not a public meeting, and nobody has released its notes word by word.",
            "Make the office's edition or the force's, and let a person take from it what may be published.",
        )


def read_for_annex(folders: Folders, order: AnnexOrder, ledger: Ledger | None, progress: Progress) -> ReadNotes:
    """Read the settings, the register and the notes, and join them."""
    settings, meetings, problems = gather_meetings(folders)
    notes = find_notes(folders, meetings, order.meeting)
    progress(f"Reading {notes.path.name}")
    standing = read_standing(folders.inputs / REGISTER, ledger, None, order.today.year)
    register, of_register = register_of_rows(standing.rows, settings.office, settings.measures)
    minutes, of_notes = read_notes(notes.path, settings.office, meetings, register)
    of_day = check_day(minutes, notes)
    settled, _ = settle_topics(register, settings.office, settings.measures)
    view = place_notes(minutes, notes.meeting, meetings, settings.office, settled)
    found = (*problems, *standing.problems, *of_register, *notes.problems, *of_notes, *of_day)
    kept, _ = without_accepted(found, settings, order.today)
    return ReadNotes(settings, notes, minutes, view, standing, kept)


def _write(folders: Folders, order: AnnexOrder, read: ReadNotes, annex: Annex, queries: QuerySheet, own: Audience) -> BuiltAnnex:
    templates = load_templates(program_templates(), folders.templates)
    which = "" if annex.edition is own else f".{annex.edition}"
    folder = folders.build / annex.meeting
    files, pages, of_pages = set_pages(annex, f"{NAME}.html", templates, folders, folder / f"{NAME}{which}")
    sheet, _, of_sheet = set_pages(queries, "queries.html", templates, folders, folder / "queries")
    problems = (*read.problems, *of_pages, *of_sheet)
    if order.strict and any(one.weight is Weight.WRONG for one in problems):
        said = "\n".join(one.sentence for one in problems if one.weight is Weight.WRONG)
        raise StrictError(said, "Nothing was written, because --strict was given.")
    write_files({**files, **sheet})
    asked = read.minutes.queries
    arising = sum(one.noted.marked and one.noted.state is NotedState.NEW for one in read.view.actions)
    return BuiltAnnex(
        (*files, *sheet),
        read.view.meeting,
        annex.edition,
        annex.version,
        pages,
        arising,
        len(asked),
        sum(one.blocking for one in asked),
        problems,
    )


def set_pages(
    printed: Printable, template: str, templates: Templates, folders: Folders, path: Path
) -> tuple[dict[Path, bytes], int, tuple[Problem, ...]]:
    """A document as PDF, web page and page source, by their paths; how many pages, and what to know about them."""
    source = render_page_source(printed, templates, document=template)
    document = read_rendered(source, printed, templates, template)
    look = read_look(folders.templates, image_sources(document))
    pages = render_pdf(document, look.theme, look.assets)
    files = {
        path.with_name(f"{path.name}.pdf"): pages.pdf,
        path.with_name(f"{path.name}.html"): render_web(document, look.theme, look.assets).encode(),
        path.with_name(f"{path.name}.page-source.html"): source.encode(),
    }
    return files, pages.pages, pages.problems
