"""`annex`: from the notes taken at a meeting to the minutes-and-actions annex, one call a step. A draft changes nothing.

Once issued and unchanged since, the same command gives the issued annex again.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from reportpack.compose.annex import compose_annex
from reportpack.compose.queries import compose_queries
from reportpack.errors import RefusedError, StrictError
from reportpack.ledger import Ledger
from reportpack.merge import place_notes, plain_words, settle_topics
from reportpack.model.audience import Audience
from reportpack.model.event import AnnexAgreed, AnnexIssued, GivenReference
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Minutes, NotedState
from reportpack.model.noted import AnnexStanding, NotedView
from reportpack.model.problem import Problem, Weight
from reportpack.model.settings import Settings
from reportpack.read.register.reading import register_of_rows
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
    earlier: AnnexIssued | None = None
    agreed: AnnexAgreed | None = None

    @property
    def own(self) -> Audience:
        """The series' own edition."""
        return self.view.series.edition if self.view.series else Audience.OFFICE

    @property
    def unchanged(self) -> bool:
        """Whether the notes are those that were issued."""
        return self.earlier is not None and self.earlier.sha256 == self.minutes.sha256


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
    given: tuple[GivenReference, ...] = ()


def build_annex(folders: Folders, order: AnnexOrder, progress: Progress) -> BuiltAnnex:
    """Make the draft and the queries; nothing is recorded."""
    ledger = open_memory(folders, begin=False)
    try:
        read = read_for_annex(folders, order, ledger, progress)
    finally:
        if ledger is not None:
            ledger.close()
    progress("Setting the pages")
    files, built = set_annex(folders, order, read, (order.edition or read.own,))
    write_files(files)
    return built


def set_annex(
    folders: Folders, order: AnnexOrder, read: ReadNotes, editions: Sequence[Audience]
) -> tuple[dict[Path, bytes], BuiltAnnex]:
    """The annex in those editions, and the queries, as files that are not yet written; `read` says whether it is a draft."""
    view, office = read.view, read.settings.office
    templates = load_templates(program_templates(), folders.templates)
    folder = folders.build / view.meeting.id
    files: dict[Path, bytes] = {}
    problems, pages = list(read.problems), 0
    on, version = view.standing.agreed or view.standing.issued or view.meeting.day, version_of(view.standing)
    for edition in dict.fromkeys(editions):
        refuse_unreleased(view, edition)
        annex = compose_annex(view, edition, office, on, version)
        which = "" if edition is read.own else f".{edition}"
        made, count, said = set_pages(annex, f"{NAME}.html", templates, folders, folder / f"{NAME}{which}")
        files, problems, pages = {**files, **made}, [*problems, *said], pages or count
    queries = compose_queries(view, office, on, version)
    sheet, _, said = set_pages(queries, "queries.html", templates, folders, folder / "queries")
    problems.extend(said)
    if order.strict and any(one.weight is Weight.WRONG for one in problems):
        found = "\n".join(one.sentence for one in problems if one.weight is Weight.WRONG)
        raise StrictError(found, "Nothing was written, because --strict was given.")
    files |= sheet
    return files, _built(files, read, editions[0], version, pages, problems)


def _built(
    files: Mapping[Path, bytes], read: ReadNotes, edition: Audience, version: str, pages: int, problems: Sequence[Problem]
) -> BuiltAnnex:
    asked = read.minutes.queries
    arising = sum(one.noted.marked and one.noted.state is NotedState.NEW for one in read.view.actions)
    blocking = sum(one.blocking for one in asked)
    return BuiltAnnex(tuple(files), read.view.meeting, edition, version, pages, arising, len(asked), blocking, tuple(problems))


def version_of(standing: AnnexStanding) -> str:
    """`draft`, `v1 for accuracy`, `v1 agreed`."""
    if standing.issued is None:
        return DRAFT
    return f"v{standing.version} {'agreed' if standing.agreed is not None else 'for accuracy'}"


def refuse_unreleased(view: NotedView, edition: Audience) -> None:
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
    earlier, agreed = last_issue(ledger, notes.meeting.id)
    stands = standing_of(earlier, agreed) if earlier is not None and earlier.sha256 == minutes.sha256 else AnnexStanding()
    given = {plain_words(one.words): one.ref for one in earlier.given} if earlier is not None else {}
    view = place_notes(minutes, notes.meeting, meetings, settings.office, settled, stands, given)
    found = (*problems, *standing.problems, *of_register, *notes.problems, *of_notes, *of_day)
    kept, _ = without_accepted(found, settings, order.today)
    return ReadNotes(settings, notes, minutes, view, standing, kept, earlier, agreed)


def last_issue(ledger: Ledger | None, meeting: str) -> tuple[AnnexIssued | None, AnnexAgreed | None]:
    """The last issue of that meeting's annex, and the agreement to that very version."""
    events = [one.what for one in ledger.annexes(meeting)] if ledger is not None else []
    issued = next((one for one in reversed(events) if isinstance(one, AnnexIssued)), None)
    agreements = [one for one in events if isinstance(one, AnnexAgreed) and issued and one.version == issued.version]
    return issued, agreements[-1] if agreements else None


def standing_of(issued: AnnexIssued, agreed: AnnexAgreed | None) -> AnnexStanding:
    """Where the annex stands."""
    return AnnexStanding(issued.on, agreed.on if agreed is not None else None, issued.version)


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
