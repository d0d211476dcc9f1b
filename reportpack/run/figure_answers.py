"""`figure accept`, `figure correct`: a person answers for one cell of the force's workbooks, which is never edited."""

from datetime import datetime

from reportpack.errors import InputError, Remedy
from reportpack.model.event import Event
from reportpack.model.observation import FigureAnswered, Observation
from reportpack.read.figures.places import DatedWorkbook
from reportpack.read.figures.reading import read_figures
from reportpack.read.figures.titles import workbook_as_at
from reportpack.read.workbook import list_workbooks, read_workbook
from reportpack.read.workbook.listing import is_named, plain_name
from reportpack.run.office_files import Folders, gather_meetings
from reportpack.run.steps.recording import recording


def answer_figure(
    folders: Folders, file: str, place: str, value: float | None, by: str, why: str, now: datetime
) -> tuple[Observation, ...]:
    """Record the answer, for the figures of the measures that stand in that cell. `place` is SHEET!CELL; no value accepts what is there."""
    if not by.strip() or not why.strip():
        raise InputError("An answer about a figure needs who says so and why.", "Give --by NAME and --why TEXT.")
    sheet, _, cell = place.replace("$", "").rpartition("!")
    figures = _figures(folders, file)
    found = tuple(one for one in figures if _stands_at(one, sheet.strip("'"), cell))
    if not found:
        sheets = ", ".join(dict.fromkeys(f'"{one.source.sheet}"' for one in figures)) or "none"
        remedy = Remedy("Name it as SHEET!CELL, such as 'Crime!C12'. What stands where:", "inspect", f"inputs/performance/{file}")
        known = f"its sheets with figures of measures: {sheets}"
        raise InputError(f"No measure's figure stands at {place} of {file}; {known}.", remedy)
    source = found[0].source
    what = FigureAnswered(source.file, source.sheet, source.cell, found[0].raw, " ".join(why.split()), value)
    with recording(folders, now) as record:
        record.record([Event(what, now, " ".join(by.split()))])
    return found


def _figures(folders: Folders, file: str) -> tuple[Observation, ...]:
    settings, _, _ = gather_meetings(folders)
    paths, _ = list_workbooks(folders.inputs / "performance")
    names = {path.relative_to(folders.inputs).as_posix(): path for path in paths}
    there = [name for name in names if is_named(name, file.removeprefix("inputs/"))]
    if len(there) != 1:
        what = "several workbooks are" if there else "no workbook is"
        raise InputError(f'In performance/ {what} named "{file}".', f"There is: {', '.join(names) or 'none'}.")
    workbook, problems = read_workbook(names[there[0]], there[0])
    if workbook is None:
        raise InputError(problems[0].found, problems[0].remedy)
    dated = DatedWorkbook(workbook, workbook_as_at(workbook))
    return read_figures([dated], settings.measures, settings.office)[0]


def _stands_at(one: Observation, sheet: str, cell: str) -> bool:
    is_sheet = not sheet or plain_name(sheet) == plain_name(one.source.sheet)
    return is_sheet and one.source.cell == cell.upper()
