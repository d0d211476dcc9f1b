"""Tables of a web page saved under a spreadsheet's name, as reporting tools do: all on one sheet, an empty row between them.

Values stay text as the page shows them; nothing the page points at is fetched.
"""

from reportpack.model.problem import Problem, Source
from reportpack.read.grid import Merge, Sheet
from reportpack.read.inbox.markup import read_markup
from reportpack.read.workbook.faults import TELL_OWNER, UnreadableError, too_large, wrong
from reportpack.read.workbook.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT
from reportpack.read.workbook.sheet_facts import GrowingRows, SheetFacts, TooManyCellsError, as_sheet


def read_web_table(text: str, source: Source) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """One sheet without a name, and the words that nobody can see. Raises UnreadableError when the page has no table."""
    page = read_markup(text, most=len(text))
    grid, facts, top = GrowingRows(), SheetFacts(), 0
    outer = [rows for number, rows in page.rows.items() if not page.within[number]]
    try:
        for rows in outer:
            _put(grid, facts, rows, top)
            top += len(rows) + 1
    except TooManyCellsError as fault:
        raise too_large(MAX_CELLS) from fault
    if not grid.rows:
        raise UnreadableError("workbook-unreadable", "this is a web page without a table.")
    unseen = ", ".join(f'"{words[:80]}"' for words in (*page.hidden, *page.struck)[:20])
    found = f"words that nobody can see, or that are struck through, were left out: {unseen}."
    return (as_sheet("", False, grid.rows, facts),), [wrong("workbook-unseen", source, found, TELL_OWNER)] if unseen else []


def _put(grid: GrowingRows, facts: SheetFacts, rows: list[list[tuple[str, int, int]]], top: int) -> None:
    """A table's cells where they stand, beside those that go over several rows."""
    taken: dict[int, int] = {}
    if top + len(rows) > MAX_ROWS or sum(min(across, MAX_COLUMNS) for row in rows for _, across, _ in row) > MAX_CELLS:
        raise TooManyCellsError
    for at, row in enumerate(rows, top):
        column = 0
        for text, across, down in row:
            while taken.get(column):
                column += 1
            if column >= MAX_COLUMNS:
                raise TooManyCellsError
            if text:
                grid.put((at, column), text[:MAX_TEXT])
            right = min(column + across, MAX_COLUMNS)
            if across > 1 or down > 1:
                facts.keep_merge(Merge(at, column, at + down - 1, right - 1))
            if down > 1:
                taken.update(dict.fromkeys(range(column, right), down))
            column = right
        taken = {column: left - 1 for column, left in taken.items() if left > 1}
