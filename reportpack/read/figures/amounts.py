"""What a cell of figures comes to: the number that a reader sees, its unit, or why there is none."""

from collections import Counter
from collections.abc import Sequence
from itertools import repeat

from reportpack.model.observation import Status, Unit
from reportpack.read.figures.cells import (
    format_unit,
    hides_nought,
    is_time,
    read_text,
    seconds_of,
    shown_number,
    shows_hundredfold,
)
from reportpack.read.figures.sheet_view import DATE, ERROR, NOT_CALCULATED, NUMBER, TEXT
from reportpack.read.grid import CellValue

HIDDEN_NOUGHT = "[0 hidden]"
"""The mark of a nought that its format does not show: whether it is a count of none or an empty cell, a person must say."""


def unit_of_cells(values: Sequence[CellValue], codes: Sequence[str]) -> Unit:
    """What cells themselves show: the unit of most formats and texts, else a count where all are whole."""
    shown: Counter[Unit | None] = Counter()
    whole = True
    for (kind, code), count in Counter(zip(map(type, values), codes or repeat("General"), strict=False)).items():
        if kind is float:
            shown[format_unit(code) if code != "General" else None] += count
            whole = whole and all(map(float.is_integer, (value for value in values if type(value) is float)))
    for value in values if shown.total() < len(values) else ():
        if isinstance(value, str) and (reading := read_text(value)).number is not None:
            shown[reading.unit] += 1
            whole = whole and reading.number.is_integer()
        elif value is not None and type(value) is not float and is_time(value):
            shown[Unit.DURATION] += 1
    if not shown:
        return Unit.UNKNOWN
    unit, times = shown.most_common(1)[0]
    if unit is not None and times * 2 > shown.total():
        return unit
    return Unit.COUNT if whole else Unit.UNKNOWN


def read_amount(
    raw: CellValue, kind: int, code: str, unit: Unit, decimal_comma: bool
) -> tuple[float | None, Status, Unit, tuple[str, ...]]:
    """A cell's value as shown, its status, unit and marks; `unit` holds where neither format nor text shows one."""
    if kind == NUMBER and isinstance(raw, float | int):
        if raw == 0 and code != "General" and hides_nought(code):
            return None, Status.NOT_AVAILABLE, unit, (HIDDEN_NOUGHT,)
        shown = format_unit(code) if code != "General" else None
        return shown_number(raw, code != "General" and shows_hundredfold(code)), Status.NUMBER, shown or unit, ()
    if kind == NUMBER and (seconds := seconds_of(raw)) is not None:
        return round(seconds, 3), Status.NUMBER, Unit.DURATION, ()
    if kind == ERROR:
        return None, Status.ERROR, unit, ()
    if kind == NOT_CALCULATED:
        return None, Status.NOT_CALCULATED, unit, ()
    if kind in (TEXT, DATE) or not isinstance(raw, str):
        return None, Status.TEXT, unit, ()
    reading = read_text(raw, decimal_comma)
    if reading.number is not None:
        return shown_number(reading.number, percent=False), Status.NUMBER, reading.unit or unit, reading.marks
    return None, reading.status, unit, reading.marks


def raw_of(value: CellValue) -> str | float | bool | None:
    """What the cell holds, a date in ISO form."""
    if value is None or isinstance(value, str | float | bool):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)
