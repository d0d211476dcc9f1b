"""A table whose words are wider than its column stands as several, one below the other, each with the first column of the whole."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from reportpack.render.element import Element
from reportpack.render.page_text import words_of
from reportpack.render.table_grid import columns_of, table_grid

FEWEST = 6
"""Columns: a table of fewer has words that must break, and no room is gained by parting it."""


def parted(table: Element, room: float, gap: float, width: Callable[[str, bool], float]) -> list[Element]:
    """The tables that it stands as: itself where its words fit, or where no first column heads its rows. `width` measures a word, bold or not."""
    grid = table_grid(table)
    body = [row.cells[0].element.tag for row in grid.rows if row.part.tag != "thead" and row.cells]
    spanned = any(cell.columns > 1 or cell.rows > 1 for row in grid.rows for cell in row.cells)
    if grid.columns < FEWEST or spanned or not body or set(body) != {"th"}:
        return [table]
    needed = [0.0] * grid.columns
    for row in grid.rows:
        bold = row.part.tag == "thead"
        for cell in row.cells:
            words = words_of(cell.element).replace("\u200b", " ").split()
            needed[cell.column] = max(needed[cell.column], *(width(word, bold) + 1.0 for word in words), 0.0)
    if sum(needed) + gap * (grid.columns - 1) <= room or max(needed) > room / 3:
        return [table]
    starts, used = [1], needed[0]
    for column in range(1, grid.columns):
        if used + gap + needed[column] > room and column > starts[-1]:
            starts.append(column)
            used = needed[0]
        used += gap + needed[column]
    spans = pairwise([*starts, grid.columns])
    return [_part(table, [0, *range(first, last)], number) for number, (first, last) in enumerate(spans)]


def _part(table: Element, kept: list[int], number: int) -> Element:
    attributes = table.attributes if not number else {name: value for name, value in table.attributes.items() if name != "id"}
    cols = columns_of(table)
    children: list[Element | str] = []
    for part in table.elements:
        if part.tag == "caption":
            children.append(replace(part, children=(*part.children, ", continued")) if number else part)
        elif part.tag == "colgroup":
            shown = tuple(cols[index] for index in kept if index < len(cols))
            children.append(replace(part, children=tuple(replace(one, attributes=_alone(one)) for one in shown)))
        else:
            rows = (replace(row, children=tuple(_nth(row, index) for index in kept)) for row in part.elements)
            children.append(replace(part, children=tuple(rows)))
    return replace(table, attributes=attributes, children=tuple(children))


def _alone(col: Element) -> dict[str, str]:
    """A `col` of one column, as wide as its words want: its share was one of the whole table."""
    return {name: value for name, value in col.attributes.items() if name not in ("span", "data-width")}


def _nth(row: Element, index: int) -> Element:
    return [*row.elements][index]
