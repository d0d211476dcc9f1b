"""Where the cells of a table stand once column and row spans are counted."""

from dataclasses import dataclass

from reportpack.render.element import Element, Fault
from reportpack.render.vocabulary import MAXIMUM_COLUMNS


@dataclass(slots=True)
class Cell:
    """A `td` or `th` at its place."""

    element: Element
    column: int
    columns: int = 1
    rows: int = 1


@dataclass(slots=True)
class Row:
    """A `tr`, its cells in order, and the part of the table (`thead`, `tbody`, `tfoot`) that holds it."""

    element: Element
    part: Element
    cells: list[Cell]


@dataclass(slots=True)
class Grid:
    """All rows of a table, how many columns it has, and what does not come out even."""

    rows: list[Row]
    columns: int
    faults: list[Fault]


def table_grid(table: Element) -> Grid:
    """Place every cell; rows of unequal length and spans that leave their part are faults."""
    grid = Grid([], 0, [])
    for part in table.elements:
        if part.tag not in ("thead", "tbody", "tfoot"):
            continue
        hanging: dict[int, int] = {}
        for tr in part.elements:
            row, width = _place_row(tr, part, hanging)
            grid.rows.append(row)
            grid.columns = grid.columns or width
            if width != grid.columns:
                found = f"A row comes to {width} columns where the table has {grid.columns}."
                grid.faults.append(Fault(tr.line, found, "Add or take away cells, or mend colspan and rowspan."))
        if any(hanging.values()):
            grid.faults.append(Fault(part.line, f"A rowspan reaches beyond the end of its <{part.tag}>.", "Make it smaller."))
    if grid.columns > MAXIMUM_COLUMNS:
        grid.faults.append(
            Fault(table.line, f"A table has {grid.columns} columns; {MAXIMUM_COLUMNS} is the most.", "Split the table.")
        )
    return grid


def columns_of(table: Element) -> list[Element]:
    """The `col` of each column that has one, in order, as often as it spans columns."""
    groups = (group for group in table.elements if group.tag == "colgroup")
    return [col for group in groups for col in group.elements for _ in range(_span(col, "span"))]


def _place_row(tr: Element, part: Element, hanging: dict[int, int]) -> tuple[Row, int]:
    row = Row(tr, part, [])
    column = 0
    fresh: dict[int, int] = {}
    for element in tr.elements:
        while hanging and hanging.get(column):
            column += 1
        attributes = element.attributes
        if "colspan" in attributes or "rowspan" in attributes:
            cell = Cell(element, column, _span(element, "colspan"), _span(element, "rowspan"))
            if cell.rows > 1:
                fresh.update(dict.fromkeys(range(column, min(column + cell.columns, column + 1000)), cell.rows - 1))
        else:
            cell = Cell(element, column)
        row.cells.append(cell)
        column += cell.columns
    width = max(column, max((place + 1 for place, left in hanging.items() if left), default=0)) if hanging else column
    for place, left in list(hanging.items()):
        hanging[place] = max(left - 1, 0)
    hanging.update(fresh)
    return row, width


def _span(element: Element, attribute: str) -> int:
    text = element.get(attribute, "1")
    return int(text) if text.isdecimal() else 1
