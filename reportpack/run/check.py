"""`check`: the line as far as the pages, and nothing written but queries that are asked for."""

from pathlib import Path

from reportpack.ledger import Ledger
from reportpack.model.inputs import ReadingNote
from reportpack.model.meeting import Meeting
from reportpack.model.problem import Problem
from reportpack.records import dataclass
from reportpack.render.page_text import image_sources
from reportpack.render.pdf.document import render_pdf
from reportpack.run.folders import Folders
from reportpack.run.gather import REGISTER, Gathered, Progress, refuse_wrong, without_accepted
from reportpack.run.look import look_cautions, read_look
from reportpack.run.memory import open_memory
from reportpack.run.pack import Order, compose
from reportpack.run.queries import query_sheets, write_queries
from reportpack.run.steps.notes_gaps import notes_gaps
from reportpack.run.steps.standing import read_standing


@dataclass(frozen=True, slots=True)
class Checked:
    """What stands in the way, what a person has accepted, and the sheets of queries that were written, if any were asked for."""

    meeting: Meeting
    problems: tuple[Problem, ...]
    accepted: tuple[Problem, ...]
    queries: tuple[Path, ...] = ()
    readings: tuple[ReadingNote, ...] = ()
    """How each workbook was read."""


def check_inputs(folders: Folders, order: Order, progress: Progress, *, queries: bool = False) -> Checked:
    """With `queries` a sheet is written for each workbook's owner. Every problem that building the pack would say; with `strict` the first kind that makes a pack wrong is a StrictError."""
    with open_memory(folders) as ledger:
        composed = compose(folders, order, ledger, progress, checking=True)
        of_today = _register_today(folders, order, composed.gathered, ledger)
    document = composed.document
    look = read_look(folders.templates, image_sources(document))
    of_look = (*look_cautions(folders, look), *render_pdf(document, look.theme, look.assets).problems)
    problems = (*composed.problems, *(one for one in of_today if one not in composed.problems), *of_look)
    if order.strict:
        refuse_wrong(problems, "These are to be put right before a pack is built with --strict.")
    sheets = query_sheets(problems, composed.gathered.settings.measures) if queries else ()
    written = write_queries(folders, sheets, composed.gathered.on)
    return Checked(composed.gathered.meeting, problems, composed.accepted, written, composed.gathered.inputs.readings)


def _register_today(folders: Folders, order: Order, gathered: Gathered, ledger: Ledger) -> tuple[Problem, ...]:
    """What is wrong with the register as it lies there, and what the notes leave undone by now: the pack of a past meeting looks at that day's alone."""
    if order.on is not None or gathered.on >= order.today:
        return ()
    standing = read_standing(folders.inputs / REGISTER, ledger, None, order.today.year)
    gaps = notes_gaps(folders, gathered.inputs.meetings, ledger, gathered.inputs.register.matters, order.today)
    return without_accepted((*standing.problems, *gaps), gathered.settings, order.today)[0]
