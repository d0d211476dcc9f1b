"""The tables of a sheet: a Sheet goes in, Tables and Problems come out. What cannot be told is None with one Problem a table."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from reportpack.model.problem import Problem, Weight
from reportpack.model.table import Label, Table
from reportpack.read.figures.blocks import Block, find_blocks
from reportpack.read.figures.contradictions import contradictions
from reportpack.read.figures.figure_cells import Figures
from reportpack.read.figures.labels import area_key
from reportpack.read.figures.layouts import read_block
from reportpack.read.figures.oddities import oddities
from reportpack.read.figures.remarks import FIRST, Remark, first_of
from reportpack.read.figures.sheet_view import DATE, ERROR, NOT_CALCULATED, TEXT, View, view_sheet
from reportpack.read.grid import Sheet, column_name
from reportpack.read.workbook.sheet_facts import position_of

_MOST_ALIKE = 12


def find_tables(sheet: Sheet, file: str, known_areas: Sequence[str] = ()) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """Every table of the sheet and what could not be told. `known_areas` are the office's own names and aliases."""
    view, office = view_sheet(sheet), frozenset(map(area_key, filter(None, known_areas)))
    tables: list[Table] = []
    remarks: list[Remark] = []
    for block in find_blocks(view):
        table, roles = read_block(view, block, file, office)
        if table is not None and (len(table.values) or table.layout == "register"):
            tables.append(table)
            of_figures = *_about_kinds(view, table), *_about_labels(table), *_about_per_cents(table), *contradictions(table)
            remarks += *of_figures, *oddities(view, block, roles, table), *_hidden(view, block)
    # One sentence for what holds of more tables of a sheet than anybody would read of one by one.
    counts = Counter(remark.kind for remark in remarks)
    many = sorted(kind for kind, count in counts.items() if count > _MOST_ALIKE)
    kept = [remark for remark in remarks if remark.kind not in many]
    for kind in many:
        alike = [remark for remark in remarks if remark.kind == kind]
        found, cells = f"{alike[0].found} So in {len(alike)} tables.", first_of([remark.cells for remark in alike])
        kept.append(alike[0]._replace(cells=cells, found=found))
    return tuple(tables), tuple(remark.problem(file, sheet.name) for remark in kept)


_ABOUT_LABELS: tuple[tuple[str, Callable[[Label], bool], str, str], ...] = (
    (
        "period-unknown",
        lambda label: label.period is None and not label.total,
        "Nothing says which period the figures are for",
        "They are not used: ask for the period in the heading or the title.",
    ),
    (
        "area-unknown",
        lambda label: label.area is None,
        "Nothing says which area the figures are for",
        "Say it in measures.toml, or add the names to office.toml.",
    ),
    ("measure-unknown", lambda label: label.measure is None, "Nothing says what is counted", "Say it in measures.toml."),
)
_ABOUT_KINDS = (
    ("cell-error", frozenset((ERROR,)), "A formula has failed", "Ask for a workbook in which it is mended."),
    (
        "not-calculated",
        frozenset((NOT_CALCULATED,)),
        "A formula has never been calculated, so there is no number",
        "Open the workbook in Excel, save it, and put it back.",
    ),
    ("text-for-number", frozenset((TEXT, DATE)), "Words stand where a number belongs", "Ask what the figure is."),
)


def _about_kinds(view: View, table: Table) -> Iterator[Remark]:
    figures = table.values
    if not isinstance(figures, Figures):
        return
    for kind, kinds, found, remedy in _ABOUT_KINDS:
        cells, count = figures.of_kinds(kinds, FIRST)
        position = position_of(cells[0]) if cells and kind == "text-for-number" else None
        words = str(view.sheet.value(*position)) if position else ""
        shown = f' ("{words[:40]}{"..." if len(words) > 40 else ""}")' if words else ""
        yield from _about(table, cells, count, Remark(kind, "", f"{found}{shown}", remedy))


def _about_labels(table: Table) -> Iterator[Remark]:
    figures = table.values
    for kind, wanted, found, remedy in _ABOUT_LABELS:
        if isinstance(figures, Figures):
            cells, count = figures.cells(wanted, FIRST)
        else:
            cells = [value.cell for value in figures if wanted(value.label)]
            count = len(cells)
        yield from _about(table, cells, count, Remark(kind, "", found, remedy, Weight.NOTE))


def _about(table: Table, cells: Sequence[str], count: int, remark: Remark) -> Iterator[Remark]:
    if count:
        place = table.range if count == len(table.values) else first_of(cells, count)
        counted = "" if count == 1 else f" ({count} of {len(table.values)} cells)"
        yield remark._replace(cells=place, found=f"{remark.found}{counted}.")


def _about_per_cents(table: Table) -> Iterator[Remark]:
    columns = table.values.columns if isinstance(table.values, Figures) else ()
    if unsure := [column.span for column in columns if column.unsure]:
        found = "The heading says per cent, the figures are all between 0 and 1 and their format does not say which they are."
        remedy = "They are taken as they stand: ask whether 0.79 means 79%."
        yield Remark("per-cent-or-proportion", first_of(unsure), found, remedy)
    if shares := [column.span for column in columns if column.share]:
        found = "the figures lie between 0 and 1 and their format does not say per cent, but the counts beside them prove that 0.79 is 79%."
        yield Remark("proportions-as-per-cent", first_of(shares), found, "Nothing needs doing.", Weight.NOTE)


def _hidden(view: View, block: Block) -> Iterator[Remark]:
    sheet = view.sheet
    rows = [str(row + 1) for row in block.data_rows if row in sheet.hidden_rows]
    columns = [column_name(column) for column in range(block.left, block.right + 1) if column in sheet.hidden_columns]
    for kind, names in (("rows", rows), ("columns", columns)):
        if names:
            found = f"{len(names)} of the table's {kind} are hidden."
            remedy = "Its figures are read all the same: ask whether they are meant to be used."
            yield Remark(f"hidden-{kind}", f"{names[0]}:{names[-1]}", found, remedy, Weight.NOTE)
