"""`check`: the line as far as the pages, and nothing written but queries that are asked for."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from reportpack.ledger import Ledger
from reportpack.model.inputs import ReadingNote
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting
from reportpack.model.problem import Problem
from reportpack.read.workbook.listing import is_named
from reportpack.records import dataclass
from reportpack.render.element import image_sources
from reportpack.render.pdf.document import render_pdf
from reportpack.render.sheet import SheetColumn, SheetTable, workbook_bytes
from reportpack.run.gather import Gathered
from reportpack.run.look import look_cautions, read_look
from reportpack.run.office_files import REGISTER, Folders, Progress, open_memory, refuse_wrong, without_accepted
from reportpack.run.pack import Order, compose
from reportpack.run.steps.standing import read_standing
from reportpack.run.steps.taken_notes import notes_gaps
from reportpack.run.writing import write_files

_WIDTHS = {"Sheet": 22, "Cell": 12, "What was found": 60, "What is wanted": 50, "Your answer": 50}
COLUMNS = tuple(SheetColumn(heading, width) for heading, width in _WIDTHS.items())
PERFORMANCE = "performance/"


@dataclass(frozen=True, slots=True)
class QuerySheet:
    """What is to be asked about one workbook, and whom to ask (empty where no measure names a supplier)."""

    workbook: str
    owner: str
    problems: tuple[Problem, ...]


def query_sheets(problems: Sequence[Problem], measures: Sequence[Measure]) -> tuple[QuerySheet, ...]:
    """The problems of each of the force's workbooks, in the order of their names."""
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.source.file.startswith(PERFORMANCE):
            by_file.setdefault(problem.source.file, []).append(problem)
    suppliers = {
        file: dict.fromkeys(one.supplier for one in measures if any(is_named(file, place.file) for place in one.places))
        for file in by_file
    }
    return tuple(QuerySheet(one, ", ".join(filter(None, suppliers[one])), tuple(by_file[one])) for one in sorted(by_file))


def write_queries(folders: Folders, sheets: Sequence[QuerySheet], on: date) -> tuple[Path, ...]:
    """One workbook a sheet, in the folder `queries` of the build folder; gives their paths."""
    files = {folders.build / "queries" / f"Queries on {PurePosixPath(one.workbook).stem}.xlsx": _bytes(one, on) for one in sheets}
    write_files(files)
    return tuple(files)


def _bytes(sheet: QuerySheet, on: date) -> bytes:
    name = sheet.workbook.removeprefix(PERFORMANCE)
    whom = f"For {sheet.owner}" if sheet.owner else ""
    title = (f"Queries on {name}", whom, "Please answer in the last column and send this back.")
    rows = tuple((one.source.sheet, one.source.cell, one.found, one.remedy, "") for one in sheet.problems)
    return workbook_bytes((SheetTable("Queries", COLUMNS, rows, tuple(line for line in title if line)),), on)


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
