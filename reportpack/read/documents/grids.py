"""Tables on one grid, whatever their cells are merged to: the row with most cells says the columns."""

from collections.abc import Sequence

from reportpack.read.documents.lines import Merged
from reportpack.records import dataclass

Laid = tuple[tuple[str, ...], tuple[Merged, ...]]


@dataclass(frozen=True, slots=True)
class GridCell:
    """A cell over `across` columns of the file's own grid; `goes_on` when it is one with the cell above."""

    text: str
    across: int = 1
    goes_on: bool = False


def laid_on_grid(rows: Sequence[Sequence[GridCell]]) -> list[Laid]:
    """For each row its texts and what is merged, every row as wide as the widest.

    Cells that a row has as many of as the widest are its columns in their order, however their edges were drawn.
    """
    widest = max(rows, key=len, default=())
    edges = _edges(widest)
    return [_plain(row) if len(row) == len(widest) else _placed(row, edges) for row in rows]


def _plain(row: Sequence[GridCell]) -> Laid:
    merged = tuple(Merged.ABOVE if cell.goes_on else Merged.NO for cell in row)
    return tuple("" if cell.goes_on else cell.text for cell in row), merged if any(merged) else ()


def _edges(row: Sequence[GridCell]) -> list[int]:
    """Where each cell of the row begins on the file's grid."""
    edges, at = [], 0
    for cell in row:
        edges.append(at)
        at += cell.across
    return edges


def _placed(row: Sequence[GridCell], edges: Sequence[int]) -> Laid:
    texts = [""] * len(edges)
    merged = [Merged.NO] * len(edges)
    used = -1
    for cell, begin in zip(row, _edges(row), strict=True):
        covers = [at for at, edge in enumerate(edges) if begin <= edge < begin + cell.across and at > used] or [
            min(used + 1, len(edges) - 1)
        ]
        first, used = covers[0], covers[-1]
        texts[first] = f"{texts[first]}\n{cell.text}".strip("\n") if not cell.goes_on else texts[first]
        merged[first] = Merged.ABOVE if cell.goes_on else Merged.NO
        for at in covers[1:]:
            merged[at] = Merged.ABOVE if cell.goes_on else Merged.LEFT
    return tuple(texts), tuple(merged) if any(merged) else ()
