"""A table found on a sheet: what each of its cells says, of which period, area and measure. `inspect --json` prints these."""

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from reportpack.model.observation import NOT_TOLD, Meaning, Status, Unit
from reportpack.model.period import Period
from reportpack.records import Record


class Label(Record, eq=False):
    """What all figures of one row and column share. `measure` and `area` join several labels as `a / b`; what cannot be told is None."""

    period: Period | None
    area: str | None
    measure: str | None
    total: bool = False
    meaning: Meaning = NOT_TOLD


class TableValue(NamedTuple):
    """One cell of figures; a named tuple, for a sheet can hold a million. `value` is what a reader sees (79 for 0.79 shown as
    79%), `raw` what the cell holds. `marks` hold [p], [r] and the like; `doubt` says why the figure cannot be relied on."""

    cell: str
    label: Label
    raw: str | float | bool | None
    value: float | None
    unit: Unit
    status: Status
    marks: tuple[str, ...] = ()
    doubt: str = ""

    @property
    def period(self) -> Period | None:
        """When it is of."""
        return self.label.period

    @property
    def area(self) -> str | None:
        """Where it is of."""
        return self.label.area

    @property
    def measure(self) -> str | None:
        """What it counts."""
        return self.label.measure

    @property
    def total(self) -> bool:
        """Whether it holds others of its table."""
        return self.label.total

    @property
    def meaning(self) -> Meaning:
        """Its span, nature, scale and how final it is."""
        return self.label.meaning


class TableValues(Sequence[TableValue]):
    """A table's figures, made one after the other as they are gone through, which know what they share without being made."""

    @abstractmethod
    def labelled(self) -> Iterator[tuple[str, Label, Unit]]:
        """Column, label and unit of everything that figures share, in the order in which they come."""


class Table(Record):
    """A block of figures on a sheet. `range` is like `A3:N20`; `layout` a plain name such as `long` or `months across`."""

    sheet: str
    range: str
    layout: str
    title: str
    values: Sequence[TableValue]  # row by row; those of a large sheet are made each time they are gone through
    notes: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()  # every line above it, the title among them

    def labelled(self) -> Iterator[tuple[str, Label, Unit]]:
        """Everything that figures share, with its column's letters and its unit, in the order in which they come."""
        if isinstance(self.values, TableValues):
            return self.values.labelled()
        return ((value.cell.rstrip("0123456789"), value.label, value.unit) for value in self.values)

    def column_meanings(self) -> dict[str, Label]:
        """For each column of figures, by its letters, the label of its first figure, whose meaning most of it shares."""
        found: dict[str, Label] = {}
        for column, label, _ in self.labelled():
            found.setdefault(column, label)
        return found
