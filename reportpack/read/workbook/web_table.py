"""Tables of a web page saved under a spreadsheet's name, as reporting tools do: all on one sheet, an empty row between them.

Values stay text as the page shows them; nothing the page points at is fetched.
"""

from dataclasses import dataclass, field
from html.parser import HTMLParser

from reportpack import patterns as re
from reportpack.model.problem import Problem, Source
from reportpack.read.grid import Merge, Sheet
from reportpack.read.workbook.faults import UnreadableError, too_large
from reportpack.read.workbook.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_TEXT
from reportpack.read.workbook.markup import whole
from reportpack.read.workbook.sheet_facts import GrowingRows, SheetFacts, TooManyCellsError, as_sheet

_PIECE = 1 << 16
_LONGEST_TAG = 1 << 19
_BLANKS = re.compile(r"\s+")
_SILENT = {"script", "style", "head", "title"}


def read_web_table(text: str, source: Source) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """One sheet without a name. Raises UnreadableError when the page has no table."""
    del source
    reader = _Reader()
    try:
        for start in range(0, len(text), _PIECE):
            reader.feed(text[start : start + _PIECE])
            if len(reader.rawdata) > _LONGEST_TAG:
                raise UnreadableError("workbook-unreadable", "this is a web page with a tag that never ends.")
        reader.close()
    except TooManyCellsError as fault:
        raise too_large(MAX_CELLS) from fault
    if not reader.grid.rows:
        raise UnreadableError("workbook-unreadable", "this is a web page without a table.")
    return (as_sheet("", False, reader.grid.rows, reader.facts),), []


@dataclass
class _Cell:
    across: int
    down: int
    parts: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.grid = GrowingRows()
        self.facts = SheetFacts()
        self.row = -1
        self.column = 0
        self.tables = 0
        self.silent = 0
        self.cell: _Cell | None = None
        self.taken: dict[int, int] = {}
        self.count = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self.silent += 1
        elif tag == "table":
            self.tables += 1
            if self.tables == 1 and self.row >= 0:
                self.row += 1
        elif tag == "tr" and self.tables == 1:
            self._close_cell()
            self.row += 1
            self.column = 0
            self.taken = {column: left - 1 for column, left in self.taken.items() if left > 1}
        elif tag in {"td", "th"} and self.tables == 1 and self.row >= 0:
            self._close_cell()
            named = dict(attrs)
            self.cell = _Cell(span(named.get("colspan"), MAX_COLUMNS), span(named.get("rowspan"), 10_000))
        elif tag in {"br", "p", "div"} and self.cell and self.cell.parts:
            self.cell.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self.silent = max(self.silent - 1, 0)
        elif tag == "table":
            self._close_cell()
            self.tables = max(self.tables - 1, 0)
            self.taken = {} if self.tables == 0 else self.taken
        elif tag in {"td", "th"} and self.tables == 1:
            self._close_cell()

    def handle_data(self, data: str) -> None:
        if self.cell and not self.silent:
            self.cell.parts.append(_BLANKS.sub(" ", data))

    def _close_cell(self) -> None:
        cell, self.cell = self.cell, None
        if cell is None or self.row >= MAX_ROWS:
            return
        while self.taken.get(self.column):
            self.column += 1
        text = "\n".join(line.strip() for line in "".join(cell.parts).split("\n")).strip()[:MAX_TEXT]
        self.count += 1
        if self.count > MAX_CELLS or self.column >= MAX_COLUMNS:
            raise TooManyCellsError
        if text:
            self.grid.put((self.row, self.column), text)
        right = min(self.column + cell.across, MAX_COLUMNS)
        if cell.across > 1 or cell.down > 1:
            self.facts.keep_merge(Merge(self.row, self.column, self.row + cell.down - 1, right - 1))
        if cell.down > 1:
            self.taken.update(dict.fromkeys(range(self.column, right), cell.down))
        self.column = right


def span(text: str | None, most: int) -> int:
    """Over how many columns or rows a cell goes by its own word, `most` at most."""
    return min(max(whole(text, 1), 1), most)
