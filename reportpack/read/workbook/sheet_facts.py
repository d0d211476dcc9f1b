"""What one worksheet's XML tells beyond its values, whichever way it was read; rows of values as they grow, and a sheet made of both."""

from collections.abc import Mapping, Sequence
from dataclasses import field, replace

from reportpack import patterns as re
from reportpack.read.grid import CellValue, Merge, Position, Sheet
from reportpack.read.workbook.limits import MAX_CELLS, MAX_COLUMNS, MAX_MERGES, MAX_ROWS, MAX_SLOTS
from reportpack.records import Changing

NOT_A_NUMBER = "#NUM!"
"""What Excel shows for a number that it cannot hold."""
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")
_COLUMNS: dict[str, int] = {}
FormatRow = dict[int, str]  # column to number format code, General left out


class SheetFacts(Changing):
    """Gathered while the XML goes by; positions count from 0."""

    formats: dict[int, FormatRow] = field(default_factory=dict)
    errors: dict[Position, str] = field(default_factory=dict)
    formulas: set[Position] = field(default_factory=set)
    uncalculated: set[Position] = field(default_factory=set)
    struck: set[Position] = field(default_factory=set)
    indents: dict[Position, int] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merges: list[Merge] = field(default_factory=list)
    merges_left_out: int = 0
    last_row: int = -1
    last_column: int = -1
    filled: int = 0
    texts: int = 0  # cells that point at the shared strings
    texts_cut: list[Position] = field(default_factory=list)

    def add_merge(self, reference: str) -> None:
        """The block `A1:C2`."""
        first, _, last = reference.partition(":")
        start, end = position_of(first), position_of(last)
        if start and end and start != end and end[0] >= start[0] and end[1] >= start[1]:
            self.keep_merge(Merge(*start, *end))

    def keep_merge(self, merge: Merge) -> None:
        """Kept while there are not absurdly many."""
        if len(self.merges) < MAX_MERGES:
            self.merges.append(merge)
        else:
            self.merges_left_out += 1

    def hide_columns(self, attributes: Mapping[str, str]) -> None:
        """A `col` element's `min` and `max`, which count from 1."""
        first, last = attributes.get("min", ""), attributes.get("max", "")
        if first.isdecimal() and last.isdecimal():
            self.hidden_columns.update(range(int(first[:6]) - 1, min(int(last[:6]), MAX_COLUMNS)))


def column_index(letters: str) -> int:
    """0 for `A`; beyond XFD it is whatever the letters say."""
    if (index := _COLUMNS.get(letters)) is None:
        index = 0
        for letter in letters.upper():
            index = index * 26 + ord(letter) - 64
        index -= 1
        if len(letters) <= 3:
            _COLUMNS[letters] = index
    return index


def position_of(reference: str) -> Position | None:
    """(1, 2) for `C2`; None when it is no cell of a sheet."""
    if not (match := _REFERENCE.fullmatch(reference)):
        return None
    row, column = int(match[2]) - 1, column_index(match[1])
    return (row, column) if 0 <= row < MAX_ROWS and column < MAX_COLUMNS else None


Rows = list[list[CellValue]]


class TooManyCellsError(Exception):
    """The sheet holds more than may be read, or scatters it too widely."""


class GrowingRows:
    """Rows from the first on, each as long as its last value. Raises TooManyCellsError beyond `room` values."""

    __slots__ = ("filled", "room", "rows", "slots")

    def __init__(self, room: int = MAX_CELLS) -> None:
        self.rows: Rows = []
        self.filled = 0
        self.slots = 0
        self.room = room

    def put(self, position: Position, value: CellValue) -> None:
        """Set a value; rows and cells before it come into being, empty."""
        row, column = position
        self.filled += 1
        if len(self.rows) <= row:
            self.rows.extend([] for _ in range(len(self.rows), row + 1))
        cells = self.rows[row]
        if (missing := column + 1 - len(cells)) > 0:
            self.slots += missing
            if self.slots > MAX_SLOTS:
                raise TooManyCellsError
            cells.extend([None] * missing)
        if self.filled > self.room:
            raise TooManyCellsError
        cells[column] = value


def as_sheet(name: str, hidden: bool, rows: Rows, facts: SheetFacts) -> Sheet:
    """Values and facts together; an error or a formula that was never calculated has its place, but no value."""
    slots = 0
    for row, column in (*facts.errors, *facts.uncalculated):
        rows.extend([] for _ in range(len(rows), row + 1))
        missing = column + 1 - len(rows[row])
        slots += max(missing, 0)
        if missing <= 0:
            rows[row][column] = None
        elif slots <= MAX_SLOTS:
            rows[row] = rows[row] + [None] * missing
    kept = frozenset(row for row in facts.hidden_rows if row < len(rows)), frozenset(facts.hidden_columns), tuple(facts.merges)
    formulas = facts.errors, frozenset(facts.uncalculated), frozenset(facts.formulas)
    return Sheet(name, rows, hidden, *kept, *formulas, facts.formats, frozenset(facts.struck), facts.indents)


def never_calculated(sheets: Sequence[Sheet]) -> bool:
    """Whether there are formulas with a result and every such result is 0, as some programs write that leave it all to Excel."""
    results = [sheet.value(*position) for sheet in sheets for position in sheet.formulas - sheet.uncalculated]
    return bool(results) and all(type(result) is float and result == 0 for result in results)


def without_results(sheet: Sheet) -> Sheet:
    """The sheet with its formulas told as never calculated."""
    rows = [list(row) for row in sheet.rows]
    for row, column in sheet.formulas:
        if row < len(rows) and column < len(rows[row]):
            rows[row][column] = None
    return replace(sheet, rows=rows, uncalculated=sheet.formulas)
