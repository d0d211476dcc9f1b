"""Says for each cell of a table what it is to those who cannot see it: scope, spans, and the heads it belongs to."""

from collections.abc import Sequence

from reportpack.render.pdf.structure import Tree
from reportpack.render.pdf.table_block import CellBox, RowBox

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
