"""`check`: the line as far as the pages, and nothing written but queries that are asked for."""

from pathlib import Path

from reportpack.errors import StrictError
from reportpack.model.meeting import Meeting
from reportpack.model.problem import Problem, Weight
from reportpack.records import dataclass
from reportpack.render.page_text import image_sources
from reportpack.render.pdf.document import render_pdf
from reportpack.run.folders import Folders
from reportpack.run.gather import Progress
from reportpack.run.look import read_look
from reportpack.run.memory import open_memory
from reportpack.run.pack import Order, compose
from reportpack.run.queries import query_sheets, write_queries


@dataclass(frozen=True, slots=True)
class Checked:
    """What stands in the way, what a person has accepted, and the sheets of queries that were written, if any were asked for."""

    meeting: Meeting
    problems: tuple[Problem, ...]
    accepted: tuple[Problem, ...]
    queries: tuple[Path, ...] = ()


def check_inputs(folders: Folders, order: Order, progress: Progress, *, queries: bool = False) -> Checked:
    """With `queries` a sheet is written for each workbook's owner. Every problem that building the pack would say; with `strict` the first kind that makes a pack wrong is a StrictError."""
    ledger = open_memory(folders, begin=False)
    try:
        composed = compose(folders, order, ledger, progress, checking=True)
    finally:
        if ledger is not None:
            ledger.close()
    document = composed.document
    look = read_look(folders.templates, image_sources(document))
    problems = (*composed.problems, *render_pdf(document, look.theme, look.assets).problems)
    if order.strict and any(problem.weight is Weight.WRONG for problem in problems):
        said = "\n".join(problem.sentence for problem in problems if problem.weight is Weight.WRONG)
        raise StrictError(said, "These are to be put right before a pack is built with --strict.")
    sheets = query_sheets(problems, composed.gathered.settings.measures) if queries else ()
    written = write_queries(folders, sheets, composed.gathered.on)
    return Checked(composed.gathered.meeting, problems, composed.accepted, written)
