"""Lists of records, a row each, that hold no figures: what can be said of one is how many rows it has of each kind."""

from collections import Counter
from collections.abc import Sequence

from reportpack.model.observation import Meaning, Status, Unit, reach_of
from reportpack.model.period import Period
from reportpack.model.table import Label, TableValue
from reportpack.read.figures.blocks import Block
from reportpack.read.figures.columns import Column, Roles, row_moments
from reportpack.read.figures.labels import clean_label
from reportpack.read.grid import column_name

_MOST_KINDS = 40
_MOST_AREAS = 80
_ROWS_A_KIND = 5
Keys = Sequence[tuple[Period | None, str | None]]  # the period and area of each row
COUNTED = "One row a record: the figures are counts of its rows."


def count_rows(roles: Roles, block: Block, fallback: Period | None) -> tuple[TableValue, ...]:
    """How many rows there are of each kind, for each period and area; the cell is the column's range."""
    keys = _keys(roles, len(block.data_rows), fallback)
    return tuple(value for column in roles.categories if _tells_kinds(column) for value in _counted(column, keys, block))


def _keys(roles: Roles, count: int, fallback: Period | None) -> Keys:
    areas = [column for column in roles.areas if len(column.texts) <= min(_MOST_AREAS, column.filled // 3)]
    chosen = max(areas, key=lambda column: len(column.texts), default=None)
    names = [clean_label(value) if isinstance(value, str) else None for value in chosen.values] if chosen else [None] * count
    months = [column for column in roles.periods if len(set(column.values)) <= _MOST_AREAS]
    told = [moment.period for moment in row_moments(months[0], (), [])] if months else [fallback] * count
    return list(zip(told, names, strict=True))


def _tells_kinds(column: Column) -> bool:
    kinds = len(column.texts)
    return bool(column.heading) and 2 <= kinds <= _MOST_KINDS and kinds * _ROWS_A_KIND <= column.filled


def _counted(column: Column, keys: Keys, block: Block) -> list[TableValue]:
    counts: Counter[tuple[Period | None, str | None, str]] = Counter()
    for (period, area), value in zip(keys, column.values, strict=True):
        if isinstance(value, str) and value.strip():
            counts[period, area, clean_label(value)] += 1
    name = column_name(column.place)
    cell = f"{name}{block.data_rows[0] + 1}:{name}{block.data_rows[-1] + 1}"
    values = []
    for (period, area, kind), number in counts.items():
        label = Label(period, area, f"{column.heading} / {kind}", meaning=Meaning(reach_of(period)))
        values.append(TableValue(cell, label, None, float(number), Unit.COUNT, Status.NUMBER))
    return values
