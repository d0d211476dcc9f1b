"""`register topic`: everything on record about one topic, as it is said on the terminal, for machines, or as a document. It records nothing."""

from datetime import date
from pathlib import Path

from reportpack.analyse.findings import analyse
from reportpack.compose.dossier import compose_dossier
from reportpack.errors import OutputError
from reportpack.ledger import Ledger
from reportpack.merge.agenda import merge_for_meeting
from reportpack.merge.dossier import find_topic, merge_dossier
from reportpack.merge.figures import apply_corrections
from reportpack.model.document import DOSSIER, Output
from reportpack.model.dossier import Dossier
from reportpack.model.edition import Audience
from reportpack.model.office import Topic
from reportpack.model.problem import Problem
from reportpack.read.words.notes import read_notes
from reportpack.records import dataclass
from reportpack.render.element import Document
from reportpack.render.page_text import PrintedNumber, printed_numbers
from reportpack.run.carried import carried_by, traces_of
from reportpack.run.folders import Folders
from reportpack.run.gather import Gathered, Progress, gather
from reportpack.run.memory import open_memory
from reportpack.run.program import office_templates
from reportpack.run.steps.disclosed import disclosed_before
from reportpack.run.steps.documents import file_name, lay_out_document, set_laid_out
from reportpack.run.writing import write_files

FOLDER = "dossiers"


@dataclass(frozen=True, slots=True)
class DossierOrder:
    """What is asked for: a topic by any of its names, an edition, a day's view (None: today's), and whether and where pages are wanted."""

    name: str
    edition: Audience
    today: date
    on: date | None = None
    pages: bool = False
    path: Path | None = None


@dataclass(frozen=True, slots=True)
class MadeDossier:
    """The dossier, its page source read back, where it was written, and what is wrong with what it rests on."""

    dossier: Dossier
    document: Document
    paths: tuple[Path, ...]
    problems: tuple[Problem, ...]

    @property
    def numbers(self) -> tuple[PrintedNumber, ...]:
        """Every number that it prints, with its sources."""
        return tuple(printed_numbers(self.document))


def make_dossier(folders: Folders, order: DossierOrder, progress: Progress) -> MadeDossier:
    """Read, merge, analyse, compose, lay out; pages are written when they are asked for."""
    with open_memory(folders) as ledger:
        gathered = gather(folders, "", order.today, order.on or order.today, ledger, ledger.first_seen, progress)
        topic = find_topic(order.name, gathered.settings.office)
        dossier = _compose(folders, gathered, topic, order, ledger)
    templates = office_templates(folders)
    laid = lay_out_document(dossier, templates)
    if not order.pages:
        return MadeDossier(dossier, laid.document, (), ())
    progress("Setting the pages")
    made = set_laid_out(laid, folders)
    path = _path(folders, order, dossier)
    files = {path.with_suffix(ending): data for ending, data in made.files.items()} | {path: made.files[Output.PDF]}
    write_files(files)
    return MadeDossier(dossier, laid.document, tuple(files), made.problems)


def _path(folders: Folders, order: DossierOrder, dossier: Dossier) -> Path:
    if order.path is None:
        return folders.build / FOLDER / file_name(DOSSIER, order.edition, Audience.OFFICE, Output.PDF, dossier.topic)
    if order.path.suffix.lower() != ".pdf":
        raise OutputError(f"The dossier cannot be written as {order.path.name}.", "Give a name that ends in .pdf.")
    return order.path


def _compose(folders: Folders, gathered: Gathered, topic: Topic, order: DossierOrder, ledger: Ledger) -> Dossier:
    office, measures, inputs, on = gathered.settings.office, gathered.settings.measures, gathered.inputs, gathered.on
    figures, _, _ = apply_corrections(inputs.observations, measures, office)
    view, _ = merge_for_meeting(inputs, office, measures, gathered.meeting, on)
    events = [one for one in ledger.register_events() if one.recorded.date() <= on]
    newest_first = sorted(inputs.meetings, key=lambda one: one.day, reverse=True)
    said = (read_notes(folders.inputs / "notes", one.id, one.agenda, office)[0] for one in newest_first)
    statements = tuple(one for of_meeting in said for one in of_meeting)  # what is wrong with them their own packs say
    carried = tuple(carried_by(ledger, inputs.meetings, traces_of(topic.id, view.register), on))
    joined = merge_dossier(topic, view, inputs, office, measures, statements, events, carried)
    findings = analyse(figures, measures, office, view.register, on, on, earlier=disclosed_before(ledger, office))
    return compose_dossier(joined, order.edition, office, findings, on)
