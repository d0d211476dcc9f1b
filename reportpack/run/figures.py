"""The figures of a meeting as an officer asks for them: which workbooks are used, which are not, what has not come, what is asked of each; and
a sheet as it lies there, with what was taken from it."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from reportpack import patterns as re
from reportpack.errors import InputError, Remedy
from reportpack.merge.duties import Awaited, awaited_figures
from reportpack.model.inputs import InputFile, ReadingNote, Settings
from reportpack.model.meeting import Meeting
from reportpack.model.observation import FigureAnswered, Observation
from reportpack.model.problem import Problem, Weight
from reportpack.read.figures.area_names import AreaNames
from reportpack.read.figures.places import DatedWorkbook
from reportpack.read.figures.reading import read_figures
from reportpack.read.figures.titles import workbook_as_at
from reportpack.read.grid import cell_name, column_name
from reportpack.read.inbox.form import shown_at
from reportpack.read.workbook import list_workbooks, read_workbook
from reportpack.read.workbook.opening import is_named, plain_name
from reportpack.read.workbook.sheet_facts import column_index
from reportpack.records import Record
from reportpack.run.inspect import inspect_file
from reportpack.run.office_files import Folders, gather_meetings
from reportpack.run.pack import Briefing
from reportpack.run.steps.recording import Change, recording

_CELL = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_HEAD, _TAIL, _COLUMNS = 8, 14, 40
"""Rows and columns of a sheet that are shown when no more are asked for: its beginning and its newest."""


class ShelvedWorkbook(Record):
    """A workbook that measures take figures from: as at when, the newest period, the titles of the measures, what is asked and what is worth knowing of it."""

    file: str
    as_at: date | None
    latest: str
    measures: tuple[str, ...]
    asked: tuple[Problem, ...]
    notes: tuple[Problem, ...]
    reading: ReadingNote | None = None


class Shelf(Record):
    """Every workbook of a meeting; `broken` are those that could not be read, `awaited` what should have come by now, `coming` what is next."""

    meeting: Meeting
    settings: Settings
    used: tuple[ShelvedWorkbook, ...]
    unused: tuple[Problem, ...]
    broken: tuple[Problem, ...]
    awaited: tuple[Awaited, ...]
    coming: tuple[Awaited, ...]
    observations: tuple[Observation, ...]

    @property
    def questions(self) -> int:
        """How many workbooks ask something."""
        return sum(bool(one.asked) for one in self.used) + len(self.broken)


class SheetCell(Record):
    """A cell as people read it: whether a figure was taken from it, and whether something is asked of it."""

    name: str
    text: str
    taken: bool = False
    asked: bool = False


class SheetView(Record):
    """A sheet's rows with their numbers; None stands for the rows in between that are left out."""

    names: tuple[str, ...]
    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[SheetCell, ...]] | None, ...]
    left_out: int


def shelf_of(prepared: Briefing, today: date) -> Shelf:
    """What the meeting's figures are taken from, as a pack would."""
    gathered = prepared.gathered
    inputs, settings = gathered.inputs, gathered.settings
    readings = {one.file: one for one in inputs.readings}
    of_file: dict[str, list[Problem]] = {}
    for one in prepared.problems:
        of_file.setdefault(one.source.file, []).append(one)
    files = [one for one in inputs.files if one.file in readings]
    used = tuple(_shelved(one, readings[one.file], of_file.get(one.file, ()), inputs.observations, settings) for one in files)
    known = {one.file for one in used}
    rest = [one for one in prepared.problems if one.source.file not in known and one.source.file.startswith("performance/")]
    coming = awaited_figures(settings.measures, inputs.observations, today + timedelta(days=62))
    awaited = tuple(one for one in coming if one.day <= today)
    unused = tuple(one for one in rest if one.kind == "workbook-unused")
    broken = tuple(one for one in rest if one.kind != "workbook-unused")
    later = tuple(one for one in coming if one.day > today)
    return Shelf(gathered.meeting, settings, used, unused, broken, awaited, later, inputs.observations)


def _shelved(
    file: InputFile, reading: ReadingNote, problems: Sequence[Problem], observations: Sequence[Observation], settings: Settings
) -> ShelvedWorkbook:
    periods = {one.period for one in observations if one.source.file == file.file and one.value is not None}
    latest = max(periods, key=lambda one: (one.end, -one.months)).label if periods else ""
    titles = tuple(one.title for one in settings.measures if one.id in reading.measures)
    asked = tuple(one for one in problems if one.weight is Weight.WRONG)
    notes = tuple(one for one in problems if one.weight is not Weight.WRONG)
    return ShelvedWorkbook(file.file, file.as_at, latest, titles, asked, notes, reading)


def sheet_view(folders: Folders, shelf: Shelf, file: str, sheet: str, *, whole: bool = False) -> SheetView:
    """The sheet of that name, else the first that a figure was taken from; InputError where the workbook cannot be read."""
    known = {one.file for one in shelf.used} | {one.source.file for one in (*shelf.unused, *shelf.broken)}
    if file not in known:
        raise InputError("There is no such workbook in this meeting's figures.", "Look again: it may have been taken away.")
    workbook, problems = read_workbook(folders.inputs / file, file)
    if workbook is None:
        raise InputError(problems[0].found, f"{problems[0].remedy} Nothing is taken from it.")
    taken = {(one.sheet, one.cell) for each in shelf.observations for one in each.cells if one.file == file}
    questions = (problem for one in shelf.used if one.file == file for problem in one.asked)
    asked = {(one.source.sheet, cell) for one in questions for cell in _spread(one.source.cell)}
    names = tuple(one.name for one in workbook.sheets if not one.hidden)
    of_figures = [one for one in names if any(name == one for name, _ in taken)]
    chosen = sheet if sheet in names else next(iter(of_figures or names), "")
    grid = next(one for one in workbook.sheets if one.name == chosen)
    width = max((len(row) for row in grid.rows), default=0)
    shown = list(range(len(grid.rows)))
    gap = len(shown) - _HEAD - _TAIL
    if gap > 3 and not whole:
        shown = [*shown[:_HEAD], -1, *shown[-_TAIL:]]
    columns = range(min(width, 400 if whole else _COLUMNS))

    def cell(row: int, column: int) -> SheetCell:
        place = chosen, cell_name(row, column)
        return SheetCell(place[1], shown_at(grid, row, column), place in taken, place in asked)

    rows = tuple((row + 1, tuple(cell(row, column) for column in columns)) if row >= 0 else None for row in shown)
    return SheetView(names, chosen, tuple(column_name(one) for one in columns), rows, gap if None in rows else 0)


def unknown_areas(folders: Folders, settings: Settings, file: str, sheets: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """The names on those sheets that are none of the office's areas, each with the id of the area that is spelt most like it."""
    areas = AreaNames(settings.office)
    found = inspect_file(folders.inputs / file, [name for area in settings.office.areas for name in area.names])
    tables = (table for one in found.sheets if not sheets or one.name in sheets for table in one.tables)
    labels = (label.area for table in tables for _, label, _ in table.labelled())
    ids = {area.name: area.id for area in settings.office.areas}
    strangers = dict.fromkeys(name for name in labels if name and areas.find(name) is None)
    return tuple((name, ids.get(areas.nearest(name), "")) for name in strangers)


def cells_around(folders: Folders, file: str, sheet: str, cells: str, around: int = 2) -> tuple[tuple[str, ...], ...]:
    """The rows that end in those cells of a workbook, the letters of the columns first; nothing where they are no workbook's."""
    corners = [(column_index(letters), int(digits) - 1) for letters, digits in _CELL.findall(cells)]
    if not corners or not file.startswith("performance/"):
        return ()
    workbook, _ = read_workbook(folders.inputs / file, file)
    grid = next((one for one in workbook.sheets if one.name == sheet), None) if workbook is not None else None
    if grid is None:
        return ()
    last = max(row for _, row in corners)
    rows = range(max(min(row for _, row in corners) - around, last - 5, 0), last + 1)
    columns = sorted({0, *range(min(at for at, _ in corners), max(at for at, _ in corners) + 1)})[:8]
    head = ("", *(column_name(at) for at in columns))
    return (head, *((str(row + 1), *(shown_at(grid, row, at) for at in columns)) for row in rows))


def _spread(cells: str) -> Iterator[str]:
    corners = [(column_index(letters), int(digits)) for letters, digits in _CELL.findall(cells)]
    if corners:
        (left, top), (right, bottom) = corners[0], corners[-1]
        for row in range(top, min(bottom, top + 500) + 1):
            yield from (cell_name(row - 1, column) for column in range(left, min(right, left + 60) + 1))


def answer_figure(folders: Folders, file: str, place: str, value: float | None, said: Change) -> tuple[Observation, ...]:
    """Record the answer, for the figures of the measures that stand in that cell. `place` is SHEET!CELL; no value accepts what is there."""
    if not said.by.strip() or not said.why.strip():
        raise InputError("An answer about a figure needs who says so and why.", "Give --by NAME and --why TEXT.")
    what, found = figure_answered(folders, file, place, value, said.why)
    with recording(folders, said.now) as record:
        record.record([said.event(what)])
    return found


def figure_answered(
    folders: Folders, file: str, place: str, value: float | None, why: str
) -> tuple[FigureAnswered, tuple[Observation, ...]]:
    """What is to be recorded, and the figures that it is about."""
    sheet, _, cell = place.replace("$", "").rpartition("!")
    figures = _figures(folders, file)
    named = sheet.strip("'")
    at_cell = (one for one in figures if one.source.cell == cell.upper())
    found = tuple(one for one in at_cell if not named or plain_name(named) == plain_name(one.source.sheet))
    if not found:
        sheets = ", ".join(dict.fromkeys(f'"{one.source.sheet}"' for one in figures)) or "none"
        remedy = Remedy("Name it as SHEET!CELL, such as 'Crime!C12'. What stands where:", "inspect", f"inputs/performance/{file}")
        known = f"its sheets with figures of measures: {sheets}"
        raise InputError(f"No measure's figure stands at {place} of {file}; {known}.", remedy)
    source = found[0].source
    return FigureAnswered(source.file, source.sheet, source.cell, found[0].raw, " ".join(why.split()), value), found


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
