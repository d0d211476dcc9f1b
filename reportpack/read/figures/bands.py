"""Column ranges of a sheet that stand side by side, each with tables of its own."""

from reportpack.read.figures.sheet_view import DATE, EMPTY, NUMBER, TEXT, View
from reportpack.read.periods import is_year

_FILLED = bytes([0, *[1] * 255])


def find_bands(view: View) -> list[tuple[int, int]]:
    """Column ranges that stand side by side: parted by empty columns, each with labels of its own."""
    filled = _filled_columns(view)
    runs: list[tuple[int, int]] = []
    for column in filled:
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


def _filled_columns(view: View) -> list[int]:
    union = 0
    for kinds in view.kinds:
        if len(kinds) - kinds.count(EMPTY) > 1:
            union |= int.from_bytes(kinds.translate(_FILLED), "little")
    return [column for column, used in enumerate(union.to_bytes((union.bit_length() + 7) // 8, "little")) if used]


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
