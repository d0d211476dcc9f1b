"""A sheet's cells by their kind, a byte a cell: what its tables are found by."""

from collections.abc import Sequence

from reportpack.read.figures.cells import Kind, has_decimal_comma, is_time, read_text
from reportpack.read.grid import CellValue, Sheet
from reportpack.read.periods import is_year
from reportpack.records import Record

EMPTY, NUMBER, MARK, TEXT, DATE, ERROR, NOT_CALCULATED, LETTER = map(int, Kind)


class View(Record):
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
    short = [text for text in seen if len(text) < 20]
    points = sum("." in text and read_text(text).kind is Kind.NUMBER and not has_decimal_comma(text) for text in short)
    commas = sum("," in text and has_decimal_comma(text) for text in short) > 2 * points
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
        if (code := seen.get(value)) is None:
            code = seen[value] = int(read_text(value).kind)
        return code
    if is_time(value):
        return NUMBER
    return TEXT if kind is bool or not hasattr(value, "year") else DATE


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


_FILLED = bytes([0, *[1] * 255])


def find_bands(view: View) -> list[tuple[int, int]]:
    """Column ranges that stand side by side: parted by empty columns, each with labels of its own."""
    union = 0
    for kinds in view.kinds:
        if len(kinds) - kinds.count(EMPTY) > 1:
            union |= int.from_bytes(kinds.translate(_FILLED), "little")
    used = union.to_bytes((union.bit_length() + 7) // 8, "little")
    runs: list[tuple[int, int]] = []
    for column in (column for column, fills in enumerate(used) if fills):
        if runs and column == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], column)
        else:
            runs.append((column, column))
    bands: list[tuple[int, int]] = []
    for run in runs:
        if bands and not (_stands_alone(view, bands[-1]) and _has_own_labels(view, run)):
            bands[-1] = (bands[-1][0], run[1])
        else:
            bands.append(run)
    first = min((kinds.index(TEXT) for kinds in view.kinds if kinds.count(TEXT) == 1), default=0)
    if bands and first < bands[0][0]:
        bands[0] = (first, bands[0][1])
    return bands


def _column(view: View, column: int) -> bytes:
    return bytes([kinds[column] if column < len(kinds) else 0 for kinds in view.kinds])


def _has_own_labels(view: View, run: tuple[int, int]) -> bool:
    """Labels in its first column, each beside a figure of its own; titles that stand far right are none."""
    first = _column(view, run[0])
    beside = [any(kind == NUMBER for kind in kinds[run[0] + 1 : run[1] + 1]) for kinds in view.kinds]
    labels = sum(kind in (TEXT, DATE) and figures for kind, figures in zip(first, beside, strict=True))
    return run[1] > run[0] and labels >= 3 and labels > 2 * first.count(NUMBER) and _stands_alone(view, run)


def _stands_alone(view: View, run: tuple[int, int]) -> bool:
    """Whether it holds figures; a column of years alone holds none."""
    for column in range(run[0], run[1] + 1):
        rows = [row for row, kind in enumerate(_column(view, column)) if kind == NUMBER]
        if len(rows) > 1 and not all(is_year(view.sheet.value(row, column)) for row in rows):
            return True
    return False
