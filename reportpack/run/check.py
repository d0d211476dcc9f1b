"""`check`: the line as far as the pages, and nothing written but queries that are asked for."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from reportpack.errors import Remedy
from reportpack.model.inputs import ReadingNote
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting
from reportpack.model.problem import Problem, Weight
from reportpack.model.scripts import not_yet_said
from reportpack.read.workbook.opening import is_named
from reportpack.records import Record
from reportpack.render.element import image_sources
from reportpack.render.pdf.document import render_pdf
from reportpack.render.sheet import SheetColumn, SheetTable, workbook_bytes
from reportpack.run.look import look_cautions, read_look
from reportpack.run.office_files import REGISTER, Folders, Progress, open_memory, refuse_wrong, without_accepted, write_files
from reportpack.run.pack import Order, compose
from reportpack.run.steps.standing import read_standing
from reportpack.run.steps.taken_notes import notes_gaps

_RIGHT_FIGURE = "The figure that is right; or the word right, where it stands as it is; and why."
_WIDTHS = {"Sheet": 22, "Cell": 12, "What was found": 60, "What is wanted": 50, "Your answer": 50}
_COLUMNS = tuple(SheetColumn(heading, width) for heading, width in _WIDTHS.items())
_PERFORMANCE = "performance/"


def _write_queries(folders: Folders, problems: Sequence[Problem], measures: Sequence[Measure], on: date) -> tuple[Path, ...]:
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.source.file.startswith(_PERFORMANCE) and problem.weight is Weight.WRONG:
            by_file.setdefault(problem.source.file, []).append(problem)
    files = {}
    for file, asked in sorted(by_file.items()):
        suppliers = (one.supplier for one in measures if any(is_named(file, place.file) for place in one.places))
        owner = ", ".join(filter(None, dict.fromkeys(suppliers)))
        whom = (f"For {owner}",) if owner else ()
        title = (f"Queries on {file.removeprefix(_PERFORMANCE)}", *whom, "Please answer in the last column and send this back.")
        rows = tuple((one.source.sheet, one.source.cell, one.found, _wanted(one.remedy), "") for one in asked)
        path = folders.build / "queries" / f"Queries on {PurePosixPath(file).stem}.xlsx"
        files[path] = workbook_bytes((SheetTable("Queries", _COLUMNS, rows, title),), on)
    write_files(files)
    return tuple(files)


def _wanted(remedy: str) -> str:
    """What its supplier can do: no command of the office's."""
    commands = isinstance(remedy, Remedy) and remedy.action.verb.startswith("figure ")
    return _RIGHT_FIGURE if commands else remedy


class Checked(Record):
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
        gathered, of_today = composed.gathered, tuple[Problem, ...]()
        if order.on is None and gathered.on < order.today:  # the pack of a past meeting looks at that day's register alone
            standing = read_standing(folders.inputs / REGISTER, ledger, None, order.today.year)
            gaps = notes_gaps(folders, gathered.inputs.meetings, ledger, gathered.inputs.register.matters, order.today)
            of_today, _ = without_accepted((*standing.problems, *gaps), gathered.settings, order.today)
    document = composed.laid_out.document
    look = read_look(folders.templates, image_sources(document), folders.pdf)
    of_pages = not_yet_said(render_pdf(document, look.theme, look.assets).problems, (*composed.problems, *composed.accepted))
    of_look = (*look_cautions(folders, look), *of_pages)
    problems = (*composed.problems, *(one for one in of_today if one not in composed.problems), *of_look)
    if order.strict:
        refuse_wrong(problems, "These are to be put right before a pack is built with --strict.")
    written = _write_queries(folders, problems, gathered.settings.measures, gathered.on) if queries else ()
    return Checked(gathered.meeting, problems, composed.accepted, written, gathered.inputs.readings)
