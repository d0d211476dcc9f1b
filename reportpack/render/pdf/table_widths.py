"""How wide the columns of a table are, where a table too wide stands as several, and what each cell is to those who cannot see it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise

from reportpack.records import Changing
from reportpack.render.element import Element, columns_of, table_grid, words_of
from reportpack.render.pdf.objects import Tree
from reportpack.render.pdf.table_block import CellBox, RowBox


class Column(Changing):
    """What is known of a column: how it is aligned, its hints, the widths of its longest word and its longest line."""

    align: str = ""
    weight: float = 1.0
    share: float = 0.0
    head: float = 0.0
    """The longest word of its head, which is never broken where the page has room for all heads."""
    least: float = 0.0
    most: float = 0.0
    after: float = 0.0
    """The widest part behind the decimal point."""


def column_widths(columns: list[Column], available: float, *, fit: bool, fixed: bool) -> list[float]:
    """Widths that add up to `available`, or to less when the table may be as narrow as its words."""
    widths = [column.share * available for column in columns]
    free = [index for index, column in enumerate(columns) if not column.share]
    room = available - sum(widths)
    if not free:
        words = [column.least for column in columns]
        if any(width < word for width, word in zip(widths, words, strict=True)) and sum(words) < available and not fixed:
            return _level(
                lambda level: [max(word, one.share * level) for word, one in zip(words, columns, strict=True)], available
            )
        return widths if fit else [width * available / max(sum(widths), 0.01) for width in widths]
    room = max(room, available * 0.05 * len(free) / len(columns))
    least = [0.0 if fixed else columns[index].least for index in free]
    most = [1.0 if fixed else columns[index].most for index in free]
    weights = [columns[index].weight for index in free]
    heads = [columns[index].head for index in free]
    heads = heads if sum(heads) < room and not fixed else [0.0] * len(free)
    for index, width in zip(free, _shared(heads, least, most, weights, room, fit=fit, fixed=fixed), strict=True):
        widths[index] = width
    return widths


def _shared(
    heads: list[float], least: list[float], most: list[float], weights: list[float], room: float, *, fit: bool, fixed: bool
) -> list[float]:
    if fixed:
        return [weight * room / sum(weights) for weight in weights]
    if sum(most) <= room:
        if fit:
            return most
        wishes = [weight * max(width, 12.0) for weight, width in zip(weights, most, strict=True)]
        extra = (room - sum(most)) / max(sum(wishes), 0.01)
        return [width + extra * wish for width, wish in zip(most, wishes, strict=True)]
    if sum(least) >= room:
        return _level(lambda cap: [max(head, min(width, cap)) for head, width in zip(heads, least, strict=True)], room)
    pairs = list(zip(least, most, weights, strict=True))
    return _level(lambda level: [min(most_, max(least_, level * weight)) for least_, most_, weight in pairs], room)


def _level(widths: Callable[[float], list[float]], room: float) -> list[float]:
    low, high = 0.0, room * 3 + 1
    for _ in range(40):
        middle = (low + high) / 2
        if sum(widths(middle)) > room:
            high = middle
        else:
            low = middle
    return widths(low)


FEWEST = 6  # Columns: a table of fewer has words that must break, and no room is gained by parting it.


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
            shown = (cols[index] for index in kept if index < len(cols))
            alone = (
                {name: value for name, value in one.attributes.items() if name not in ("span", "data-width")} for one in shown
            )
            children.append(replace(part, children=tuple(Element("col", one, (), part.line) for one in alone)))
        else:
            rows = (replace(row, children=tuple([*row.elements][index] for index in kept)) for row in part.elements)
            children.append(replace(part, children=tuple(rows)))
    return replace(table, attributes=attributes, children=tuple(children))


_SCOPES = {"col": "Column", "row": "Row", "colgroup": "Column", "rowgroup": "Row"}


def cell_attributes(rows: list[RowBox], tree: Tree, table: int) -> None:
    """Give every cell its attributes; heads are named one by one only where rows and columns alone would not say it."""
    spanning = any(cell.kind == "TH" and (cell.columns > 1 or cell.rows > 1) for row in rows for cell in row.cells)
    if not spanning and sum(1 for row in rows if row.head) <= 1:
        for row in rows:
            for cell in row.cells:
                if cell.kind == "TH" or cell.columns > 1 or cell.rows > 1:
                    cell.attributes = _attributes(cell, row, ()) + cell.attributes
        return
    _name_heads(rows, tree, table)
    heads: dict[int, list[tuple[str, int, int]]] = {}
    hanging: list[tuple[CellBox, int]] = []
    group: list[str] = []
    for index, row in enumerate(rows):
        row_heads = [cell.name for cell, last in hanging if last >= index and cell.name]
        row_heads += [cell.name for cell in row.cells if cell.kind == "TH" and _scope(cell, row) == "Row" and cell.name]
        if any(cell.element.get("scope") == "rowgroup" for cell in row.cells):
            group = []
        row_heads = group + row_heads
        for cell in row.cells:
            over = [head for group in heads.values() for head in group if cell.element.get("scope") != "rowgroup"]
            columns = [name for name, left, right in over if left < cell.column + cell.columns and right > cell.column and name]
            wanted = columns + ([name for name in row_heads if name != cell.name] if not row.head else [])
            cell.attributes = _attributes(cell, row, wanted) + cell.attributes
        for cell in row.cells:
            if cell.kind == "TH" and _scope(cell, row) == "Column":
                heads.setdefault(cell.column, []).append((cell.name, cell.column, cell.column + cell.columns))
            elif cell.kind == "TH" and cell.element.get("scope") == "rowgroup" and cell.rows == 1:
                group = [cell.name] if cell.name else []
            elif cell.kind == "TH" and cell.rows > 1:
                hanging.append((cell, index + cell.rows - 1))


def _name_heads(rows: list[RowBox], tree: Tree, table: int) -> None:
    count = 0
    for row in rows:
        for cell in row.cells:
            if cell.kind == "TH":
                count += 1
                cell.number = cell.node.number if cell.node is not None else cell.number or tree.output.take()
                cell.name = f"(t{table}.{count})"
                cell.attributes = tree.identify(cell.name[1:-1], cell.number)


def _scope(cell: CellBox, row: RowBox) -> str:
    return _SCOPES.get(cell.element.get("scope"), "Column" if row.head else "Row")


def _attributes(cell: CellBox, row: RowBox, heads: Sequence[str]) -> str:
    text = ""
    if cell.kind == "TH":
        text += f"/Scope/{_scope(cell, row)}"
    if cell.columns > 1:
        text += f"/ColSpan {cell.columns}"
    if cell.rows > 1:
        text += f"/RowSpan {cell.rows}"
    if heads:
        text += f"/Headers[{''.join(heads)}]"
    return f"/A<</O/Table{text}>>" if text else ""
