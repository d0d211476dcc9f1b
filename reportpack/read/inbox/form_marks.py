"""What people put on the cells of a form besides words: comments, links, a line through them."""

import io
from collections.abc import Mapping
from dataclasses import field

from reportpack.read.inbox.written import clean
from reportpack.records import dataclass

_LONGEST = 2_000
Position = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CellMarks:
    """One sheet's, by row and column counted from 0."""

    comments: Mapping[Position, str] = field(default_factory=dict)
    links: Mapping[Position, str] = field(default_factory=dict)
    struck: frozenset[Position] = frozenset()


def cell_marks(data: bytes) -> dict[str, CellMarks]:
    """Each sheet's marks by its name; nothing for a kind of workbook that cannot be opened so."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - the values were read already; a workbook that is odd in some other place loses its marks alone
        return {}
    marks = {}
    for sheet in book.worksheets:
        rows = enumerate(sheet.iter_rows(max_row=2_100, max_col=100))
        cells = [(row, column, cell) for row, found in rows for column, cell in enumerate(found)]
        marks[sheet.title] = CellMarks(
            {(row, column): _comment(cell.comment.text) for row, column, cell in cells if cell.comment is not None},
            {(row, column): cell.hyperlink.target for row, column, cell in cells if cell.hyperlink and cell.hyperlink.target},
            frozenset((row, column) for row, column, cell in cells if cell.value is not None and cell.font.strike),
        )
    return marks


def _comment(text: str) -> str:
    """A comment's words; Excel puts its author's name and a colon on a line before them."""
    return clean(text).strip()[:_LONGEST]
