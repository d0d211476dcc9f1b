"""The tables of a sheet: a Sheet goes in, Tables and Problems come out. What cannot be told is None with one Problem a table."""

from collections import Counter
from collections.abc import Sequence

from reportpack.model.observation import Status
from reportpack.model.problem import Problem, Weight
from reportpack.model.source import Source
from reportpack.model.table import Table
from reportpack.read.figures.blocks import Block, find_blocks
from reportpack.read.figures.labels import known_keys
from reportpack.read.figures.layouts import Reading, Surroundings, read_block
from reportpack.read.figures.sheet_view import View, view_sheet
from reportpack.read.grid import Sheet, column_name

_MOST_ALIKE = 12


def find_tables(sheet: Sheet, file: str, known_areas: Sequence[str] = ()) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
    """Every table of the sheet and what could not be told. `known_areas` are the office's own names and aliases."""
    view = view_sheet(sheet)
    around = Surroundings(file, known_keys(known_areas))
    tables: list[Table] = []
    problems: list[Problem] = []
    for block in find_blocks(view):
        reading = read_block(view, block, around)
        if reading is not None and (reading.table.values or reading.table.layout == "register"):
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


def _problems(reading: Reading, file: str, view: View, block: Block) -> list[Problem]:
    table = reading.table
    found = [
        _about(reading.errors, "cell-error", "A formula has failed", "Ask for a workbook in which it is mended.", table, file),
        _about(
            reading.not_calculated,
            "not-calculated",
            "A formula has never been calculated, so there is no number",
            "Open the workbook in Excel, save it, and put it back.",
            table,
            file,
        ),
        _about(
            reading.texts,
            "text-for-number",
            f"Words stand where a number belongs{_first_words(table)}",
            "Ask what the figure is.",
            table,
            file,
        ),
        _about(
            reading.without_period,
            "period-unknown",
            "Nothing says which period the figures are for",
            "They are not used: ask for the period in the heading or the title.",
            table,
            file,
            Weight.NOTE,
        ),
        _about(
            reading.without_area,
            "area-unknown",
            "Nothing says which area the figures are for",
            "Say it in measures.toml, or add the names to office.toml.",
            table,
            file,
            Weight.NOTE,
        ),
        _about(
            reading.without_measure,
            "measure-unknown",
            "Nothing says what is counted",
            "Say it in measures.toml.",
            table,
            file,
            Weight.NOTE,
        ),
        _about(
            reading.unsure_per_cents,
            "per-cent-or-proportion",
            "The heading says per cent, the figures are all between 0 and 1 and their format does not say which they are",
            "They are taken as they stand: ask whether 0.79 means 79%.",
            table,
            file,
        ),
    ]
    return [problem for problem in [*found, *_hidden(view, block, table, file)] if problem is not None]


def _about(
    cells: Sequence[str], kind: str, found: str, remedy: str, table: Table, file: str, weight: Weight = Weight.WRONG
) -> Problem | None:
    if not cells:
        return None
    first = ", ".join(cells[:3])
    more = f" and {len(cells) - 3} more" if len(cells) > 3 else ""
    place = table.range if len(cells) == len(table.values) else cells[0] if len(cells) == 1 else f"{first}{more}"
    count = "" if len(cells) == 1 else f" ({len(cells)} of {len(table.values)} cells)" if kind != "per-cent-or-proportion" else ""
    return Problem(kind, Source(file, table.sheet, place), f"{found}{count}.", remedy, weight)


def _first_words(table: Table) -> str:
    """The first of the words that stand among the figures, cut where they are many."""
    words = next((str(value.raw) for value in table.values if value.status is Status.TEXT), "")
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
