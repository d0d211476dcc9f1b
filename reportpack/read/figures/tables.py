"""The tables of a sheet: a Sheet goes in, Tables and Problems come out. What cannot be told is None with one Problem a table."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from reportpack.model.problem import Problem, Weight
from reportpack.model.source import Source
from reportpack.model.table import Label, Table
from reportpack.read.figures.blocks import Block, find_blocks
from reportpack.read.figures.contradictions import contradictions
from reportpack.read.figures.figure_cells import Figures
from reportpack.read.figures.labels import known_keys
from reportpack.read.figures.layouts import Reading, Surroundings, read_block
from reportpack.read.figures.oddities import oddities
from reportpack.read.figures.sheet_view import DATE, ERROR, NOT_CALCULATED, TEXT, View, view_sheet
from reportpack.read.grid import Sheet, column_name
from reportpack.read.workbook.sheet_facts import position_of

_MOST_ALIKE = 12


def find_tables(sheet: Sheet, file: str, known_areas: Sequence[str] = ()) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """Every table of the sheet and what could not be told. `known_areas` are the office's own names and aliases."""
    view = view_sheet(sheet)
    around = Surroundings(file, known_keys(known_areas))
    tables: list[Table] = []
    problems: list[Problem] = []
    for block in find_blocks(view):
        reading = read_block(view, block, around)
        if reading is not None and (len(reading.table.values) or reading.table.layout == "register"):
            tables.append(reading.table)
            problems.extend(_problems(reading, file, view, block))
    return tuple(tables), tuple(_gathered(problems, file, sheet.name))


def _gathered(problems: Sequence[Problem], file: str, sheet: str) -> list[Problem]:
    """One sentence for what holds of more tables of a sheet than anybody would read of one by one."""
    counts = Counter(problem.kind for problem in problems)
    many = {kind for kind, count in counts.items() if count > _MOST_ALIKE}
    kept = [problem for problem in problems if problem.kind not in many]
    for kind in sorted(many):
        alike = [problem for problem in problems if problem.kind == kind]
        cells = f"{', '.join(problem.source.cell for problem in alike[:3])} and {len(alike) - 3} more"
        kept.append(
            Problem(
                kind, Source(file, sheet, cells), f"{alike[0].found} So in {len(alike)} tables.", alike[0].remedy, alike[0].weight
            )
        )
    return kept


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
_FIRST = 3


def _problems(reading: Reading, file: str, view: View, block: Block) -> list[Problem]:
    table = reading.table
    figures = table.values
    found: list[Problem | None] = []
    if isinstance(figures, Figures):
        for kind, kinds, said, remedy in _ABOUT_KINDS:
            cells, count = figures.of_kinds(kinds, _FIRST)
            words = _first_words(view, cells) if kind == "text-for-number" else ""
            found.append(_about(cells, count, kind, f"{said}{words}", remedy, table, file))
        for kind, wanted, said, remedy in _ABOUT_LABELS:
            found.append(_about(*figures.cells(wanted, _FIRST), kind, said, remedy, table, file, Weight.NOTE))
    else:
        for kind, wanted, said, remedy in _ABOUT_LABELS:
            cells = [value.cell for value in figures if wanted(value.label)]
            found.append(_about(cells[:_FIRST], len(cells), kind, said, remedy, table, file, Weight.NOTE))
    found.append(_unsure(reading.unsure_per_cents, table, file))
    found.extend(_shares(reading.shares, table, file))
    found.extend(contradictions(table, file))
    found.extend(oddities(view, block, reading.roles, table, file))
    return [problem for problem in [*found, *_hidden(view, block, table, file)] if problem is not None]


def _about(
    cells: Sequence[str],
    count: int,
    kind: str,
    found: str,
    remedy: str,
    table: Table,
    file: str,
    weight: Weight = Weight.WRONG,
) -> Problem | None:
    if not count:
        return None
    more = f" and {count - len(cells)} more" if count > len(cells) else ""
    place = table.range if count == len(table.values) else f"{', '.join(cells)}{more}"
    counted = "" if count == 1 else f" ({count} of {len(table.values)} cells)"
    return Problem(kind, Source(file, table.sheet, place), f"{found}{counted}.", remedy, weight)


def _unsure(columns: Sequence[str], table: Table, file: str) -> Problem | None:
    if not columns:
        return None
    more = f" and {len(columns) - _FIRST} more" if len(columns) > _FIRST else ""
    return Problem(
        "per-cent-or-proportion",
        Source(file, table.sheet, f"{', '.join(columns[:_FIRST])}{more}"),
        "The heading says per cent, the figures are all between 0 and 1 and their format does not say which they are.",
        "They are taken as they stand: ask whether 0.79 means 79%.",
    )


def _shares(columns: Sequence[str], table: Table, file: str) -> Iterator[Problem]:
    if columns:
        found = "the figures lie between 0 and 1 and their format does not say per cent, but the counts beside them prove that 0.79 is 79%."
        yield Problem(
            "proportions-as-per-cent",
            Source(file, table.sheet, ", ".join(columns[:_FIRST])),
            found,
            "Nothing needs doing.",
            Weight.NOTE,
        )


def _first_words(view: View, cells: Sequence[str]) -> str:
    """The first of the words that stand among the figures, cut where they are many."""
    position = position_of(cells[0]) if cells else None
    words = str(view.sheet.value(*position)) if position else ""
    return f' ("{words[:40]}{"..." if len(words) > 40 else ""}")' if words else ""


def _hidden(view: View, block: Block, table: Table, file: str) -> list[Problem]:
    sheet = view.sheet
    rows = [row for row in block.data_rows if row in sheet.hidden_rows]
    columns = [column for column in range(block.left, block.right + 1) if column in sheet.hidden_columns]
    found = []
    if rows:
        found.append(("hidden-rows", f"{len(rows)} of the table's rows are hidden", f"{rows[0] + 1}:{rows[-1] + 1}"))
    if columns:
        names = [column_name(column) for column in columns]
        found.append(("hidden-columns", f"{len(columns)} of the table's columns are hidden", f"{names[0]}:{names[-1]}"))
    remedy = "Its figures are read all the same: ask whether they are meant to be used."
    return [Problem(kind, Source(file, table.sheet, place), f"{said}.", remedy, Weight.NOTE) for kind, said, place in found]
