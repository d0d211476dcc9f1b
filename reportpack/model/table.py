"""A table found on a sheet: what each of its cells says, of which period, area and measure. `inspect --json` prints these."""

from reportpack.model.meaning import NOT_TOLD, Meaning
from reportpack.model.observation import Status, Unit
from reportpack.model.period import Period
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class TableValue:
    """One cell of figures. `value` is what a reader sees (79 for 0.79 shown as 79%), `raw` what the cell holds.

    `measure` and `area` join several labels as `a / b`; a label that cannot be told is None. `marks` hold [p], [r] and the like.
    """

    cell: str
    period: Period | None
    area: str | None
    measure: str | None
    raw: str | float | bool | None
    value: float | None
    unit: Unit
    status: Status
    total: bool = False
    marks: tuple[str, ...] = ()
    meaning: Meaning = NOT_TOLD


@dataclass(frozen=True, slots=True)
class Table:
    """A block of figures on a sheet. `range` is like `A3:N20`; `layout` a plain name such as `long` or `months across`."""

    sheet: str
    range: str
    layout: str
    title: str
    values: tuple[TableValue, ...]
    notes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    """Every line above it, the title among them."""
