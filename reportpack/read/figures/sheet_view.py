"""A sheet's cells by their kind, a byte a cell: what its tables are found by."""

from collections.abc import Iterable, Sequence

from reportpack.read.figures.cells import Kind, has_decimal_comma, is_time, read_text
from reportpack.read.grid import CellValue, Sheet
from reportpack.records import dataclass

EMPTY, NUMBER, MARK, TEXT, DATE, ERROR, NOT_CALCULATED, LETTER = map(int, Kind)


@dataclass(frozen=True, slots=True)
class View:
    """A sheet's cells by kind, a byte a cell; `rows` as wide as they reach."""

    sheet: Sheet
    kinds: Sequence[bytes]
    decimal_comma: bool = False

    def kind(self, row: int, column: int) -> int:
        """The kind of the cell there, EMPTY outside."""
        kinds = self.kinds[row]
        return kinds[column] if column < len(kinds) else EMPTY

    def text(self, row: int, column: int) -> str:
        """The cell's text on one line, empty where it holds none."""
        value = self.sheet.value(row, column)
        return " ".join(value.split()) if isinstance(value, str) else ""


def view_sheet(sheet: Sheet) -> View:
    """Tell every cell's kind; each text is read once."""
    seen: dict[str, int] = {}
    rows = [_codes(row, seen) for row in sheet.rows]
    commas = _uses_decimal_comma(seen)
    if commas:
        seen = {text: int(read_text(text, decimal_comma=True).kind) for text in seen}
        rows = [_codes(row, seen) for row in sheet.rows]
    return View(sheet, _overlaid(rows, sheet), commas)


def _codes(row: Sequence[CellValue], seen: dict[str, int]) -> bytes:
    """A byte for each cell of a row; numbers and empty cells, which most are, cost no call. Not a number is unequal to itself."""
    return bytes(
        [
            EMPTY if value is None else NUMBER if type(value) is float and value == value else _code(value, seen)  # noqa: PLR0124
            for value in row
        ]
    )


def _code(value: CellValue, seen: dict[str, int]) -> int:
    kind = type(value)
    if value is None:
        return EMPTY
    if kind is float or kind is int:
        return NUMBER if value == value else MARK  # noqa: PLR0124 - not a number is the only value unequal to itself
    if isinstance(value, str):
        code = seen.get(value)
        if code is None:
            code = seen[value] = int(read_text(value).kind)
        return code
    if is_time(value):
        return NUMBER
    return TEXT if kind is bool or not hasattr(value, "year") else DATE


def _uses_decimal_comma(texts: Iterable[str]) -> bool:
    commas = points = 0
    for text in texts:
        if "," in text and len(text) < 20 and has_decimal_comma(text):
            commas += 1
        elif "." in text and len(text) < 20 and read_text(text).kind is Kind.NUMBER:
            points += 1
    return commas > 2 * points


def _overlaid(rows: list[bytes], sheet: Sheet) -> list[bytes]:
    marked = {**dict.fromkeys(sheet.errors, ERROR), **dict.fromkeys(sheet.uncalculated, NOT_CALCULATED)}
    changed: dict[int, bytearray] = {}
    for (row, column), code in marked.items():
        if row < len(rows):
            line = changed.setdefault(row, bytearray(rows[row]))
            line.extend(bytes(max(0, column + 1 - len(line))))
            line[column] = code
    for row, line in changed.items():
        rows[row] = bytes(line)
    return rows
