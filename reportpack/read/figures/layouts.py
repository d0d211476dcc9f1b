"""A block becomes a table: every figure gets its period, area, measure, value, unit and status, whatever the layout.

Rows and columns both may say each of these; what neither says is looked for in titles, the sheet's name and the file's.
"""

from collections.abc import Callable, Sequence
from dataclasses import field
from datetime import date

from reportpack.model.observation import Status, Unit
from reportpack.model.period import Period
from reportpack.model.table import Table, TableValue
from reportpack.read.figures.amounts import raw_of, read_amount, unit_of_cells
from reportpack.read.figures.blocks import Block
from reportpack.read.figures.calendars import Moment, resolve
from reportpack.read.figures.cells import shows_hundredfold
from reportpack.read.figures.columns import Column, Roles, cut_columns, give_roles
from reportpack.read.figures.headers import Head, header_rows, is_generic, read_heads
from reportpack.read.figures.labels import clean_label, note_numbers
from reportpack.read.figures.registers import COUNTED, count_rows
from reportpack.read.figures.row_labels import RowLabels, RowReader
from reportpack.read.figures.sheet_view import EMPTY, ERROR, NOT_CALCULATED, View
from reportpack.read.figures.titles import bare_title, fallback_period, table_title, telling_name, titled_area
from reportpack.read.figures.units import title_unit
from reportpack.read.grid import CellValue, column_name, range_name
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a table: its file, the office's area names, titles that a whole sheet shares."""

    file: str
    office: frozenset[str] = frozenset()


@dataclass(slots=True)
class Reading:
    """A table with what could not be told: cells by kind of oddity, for the problems."""

    table: Table
    roles: Roles
    texts: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    not_calculated: list[str] = field(default_factory=list)
    without_period: list[str] = field(default_factory=list)
    without_area: list[str] = field(default_factory=list)
    without_measure: list[str] = field(default_factory=list)
    unsure_per_cents: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)


def read_block(view: View, block: Block, around: Surroundings) -> Reading | None:
    """The table that a block holds, None when nothing in it is a figure."""
    rows = header_rows(view, block)
    headings = _headings(block, rows)
    roles = give_roles(cut_columns(view, block, headings), around.office)
    if not roles.figures:
        return _register(view, block, around, roles)
    return _Assembly(view, block, around, roles).read()


def _register(view: View, block: Block, around: Surroundings, roles: Roles) -> Reading | None:
    """A list of records without figures: counts of its rows, where they are records and not notes."""
    if not block.header_rows or len(block.data_rows) < 3 or len(roles.categories) + len(roles.areas) < 2:
        return None
    fallback = fallback_period(block.titles, view.sheet.name, around.file)
    values = count_rows(roles, block, fallback)
    places = range_name(block.top, block.left, block.data_rows[-1], block.right)
    notes = (*block.notes, COUNTED) if values else block.notes
    table = Table(view.sheet.name, places, "register", table_title(block.titles), values, notes, block.titles)
    reading = Reading(table, roles)
    reading.without_period = [value.cell for value in values if value.period is None]
    reading.without_area = [value.cell for value in values if value.area is None]
    return reading


def _headings(block: Block, rows: Sequence[Sequence[CellValue]]) -> dict[int, str]:
    found: dict[int, str] = {}
    for index in range(block.right - block.left + 1):
        texts = [
            clean_label(value) if isinstance(value, str) else str(value) for row in rows if (value := row[index]) is not None
        ]
        found[block.left + index] = " ".join(dict.fromkeys(texts))
    return found


class _Assembly:
    """One table being put together; nothing of it outlives `read`."""

    def __init__(self, view: View, block: Block, around: Surroundings, roles: Roles) -> None:
        self.view, self.block, self.around, self.roles = view, block, around, roles
        self.numbers = note_numbers(block.notes)
        self.title = table_title(block.titles)
        columns = [column.place for column in roles.figures]
        self.heads = read_heads(view, block, columns, self.title, self.numbers, around.office)
        self.fallback = fallback_period(block.titles, view.sheet.name, around.file)
        self.formatted = bool(view.sheet.formats)
        self.titled_area = titled_area((*block.titles, view.sheet.name), around.office)
        self.titled_unit = title_unit(self.title, block.titles)
        self.rows = RowReader(view, block, roles, self.heads, around.office, self.numbers, self.titled_unit)

    def read(self) -> Reading:
        rows = self.rows.read()
        reading = Reading(self._empty_table(rows), self.roles)
        values: list[TableValue] = []
        makers = [self._maker(column, reading) for column in self.roles.figures]
        for index, row in enumerate(self.block.data_rows):
            labels = rows[index]
            for column, make in zip(self.roles.figures, makers, strict=True):
                kind = column.kinds[index]
                if kind != EMPTY:
                    values.append(make(index, row, kind, labels))
        table = reading.table
        reading.table = Table(table.sheet, table.range, table.layout, table.title, tuple(values), table.notes, table.titles)
        return reading

    def _empty_table(self, rows: Sequence[RowLabels]) -> Table:
        block = self.block
        places = range_name(block.top, block.left, block.data_rows[-1], block.right)
        return Table(self.view.sheet.name, places, self._layout(rows), self.title, (), block.notes, block.titles)

    def _layout(self, rows: Sequence[RowLabels]) -> str:
        heads = list(self.heads.values())
        down = _length_name([row.moment for row in rows])
        across = _length_name([head.moment for head in heads])
        areas_down = any(row.area for row in rows)
        parts = {row.parts for row in rows if row.parts}
        pairs = len(heads) > 3 and all(one.unit is not two.unit for one, two in zip(heads[::2], heads[1::2], strict=False))
        if down and (
            (areas_down and len({row.area for row in rows}) > 1)
            or (parts and len(parts) * 2 < sum(bool(row.parts) for row in rows))
        ):
            return "long"
        names = [name for name, there in (("areas down", areas_down), (f"{down} down", bool(down))) if there]
        if not names:
            names = ["measures down"] if any(row.parts for row in rows) else []
        if across:
            names.append(f"{across} across")
        elif any(head.area for head in heads):
            names.append("areas across")
        elif any(head.labels for head in heads) and len(heads) > 1:
            names.append("measures across")
        if areas_down and any(len(row.parts) > 1 for row in rows) and not across:
            return "long"
        return ", ".join([*names, *(["count and per cent in pairs"] if pairs else [])]) or "list"

    # Cells

    def _maker(self, column: Column, reading: Reading) -> Callable[[int, int, int, RowLabels], TableValue]:
        """What makes this column's values: everything that is the same for all of its cells is settled once."""
        view, head = self.view, self.heads[column.place]
        name, place, formats, sheet = column_name(column.place), column.place, view.sheet.formats, view.sheet
        given = head.unit
        codes = [sheet.format(row, place) for row in self.block.data_rows] if self.formatted else ()
        plain = self.titled_unit or unit_of_cells(column.values, codes)
        flags = self._flags(column)
        measures: dict[int, str | None] = {}
        periods: dict[int, Period | None] = {}
        formatted = self.formatted
        several, by_rows = len(self.roles.figures) > 1, self.rows.measures_down
        unsure = self._unsure_per_cents(column, given)
        if unsure:
            reading.unsure_per_cents.append(f"{name}{self.block.data_rows[0] + 1}:{name}{self.block.data_rows[-1] + 1}")

        def make(index: int, row: int, kind: int, labels: RowLabels) -> TableValue:
            cell = f"{name}{row + 1}"
            raw = column.values[index]
            if labels.moment_number not in periods:
                periods[labels.moment_number] = self._period(labels.moment, head.moment)
            if labels.parts_number not in measures:
                measures[labels.parts_number] = self._measure(labels.parts, head)
            period, measure = periods[labels.moment_number], measures[labels.parts_number]
            area = labels.area or head.area or self.titled_area
            unit = given or labels.unit or (labels.shown or plain if by_rows else plain)
            code = formats.get((row, place), "General") if formatted else "General"
            value, status, unit, marks = read_amount(raw, kind, code, unit, view.decimal_comma)
            if kind == ERROR:
                raw = sheet.errors.get((row, place), raw)
                reading.errors.append(cell)
            elif kind == NOT_CALCULATED:
                reading.not_calculated.append(cell)
            elif status is Status.TEXT:
                reading.texts.append(cell)
            if period is None:
                reading.without_period.append(cell)
            if area is None:
                reading.without_area.append(cell)
            if measure is None:
                reading.without_measure.append(cell)
            if index in flags:
                marks = (*marks, flags[index])
            return TableValue(
                cell, period, area, measure, raw_of(raw), value, unit, status, labels.total or (head.total and several), marks
            )

        return make

    def _flags(self, column: Column) -> dict[int, str]:
        beside = next((marks for marks in self.roles.marks if marks.place == column.place + 1), None)
        if beside is None:
            return {}
        return {
            index: f"[{value.strip().lower().strip('[]()')}]"
            for index, value in enumerate(beside.values)
            if isinstance(value, str)
        }

    def _unsure_per_cents(self, column: Column, given: Unit | None) -> bool:
        """A column headed per cent that shows only figures up to 1, with nothing that says which they are."""
        if given is not Unit.PER_CENT:
            return False
        numbers = [value for value in column.values if isinstance(value, float)]
        rows = self.block.data_rows
        if len(numbers) < 3 or any(abs(value) > 1 for value in numbers) or all(value.is_integer() for value in numbers):
            return False
        return not any(shows_hundredfold(self.view.sheet.format(row, column.place)) for row in rows)

    def _period(self, row: Moment, column: Moment) -> Period | None:
        if row.period is not None and column.period is not None:
            return _nearer(row.period, column.period)
        for moment, other in ((row, column), (column, row)):
            if moment.period is None and moment.tells:
                return resolve(moment, other.period) or resolve(moment, _year_of(self.fallback))
        period = row.period or column.period
        if period is None:
            return self.fallback
        ends = any("end" in one.heading.lower() for one in self.roles.periods)
        return self.fallback if ends and self.fallback is not None and self.fallback.end == period.end else period

    def _measure(self, parts: tuple[str, ...], head: Head) -> str | None:
        labels = [label for label in head.labels if not (parts and is_generic(label))]
        joined = " / ".join(_without_repeats((*parts, *labels)))
        return joined or bare_title(self.title, self.numbers) or telling_name(self.view.sheet.name)


def _without_repeats(labels: Sequence[str]) -> list[str]:
    return [label for place, label in enumerate(labels) if place == 0 or label != labels[place - 1]]


def _nearer(row: Period, column: Period) -> Period:
    """When row and column both name one, the shorter; of two equal ones the row's."""
    return column if 0 < column.months < row.months or (column.months == 0 and row.months) else row


def _year_of(period: Period | None) -> Period | None:
    """The year that a title's period gives to bare months below it."""
    if period is None or period.months == 12:
        return period
    return Period(date(period.start.year, 1, 1), 12) if period.months else None


def _length_name(moments: Sequence[Moment]) -> str:
    told = [moment for moment in moments if moment.tells]
    if len(told) * 2 < len(moments) or len(set(told)) < 2:
        return ""
    months = {moment.period.months if moment.period else 3 if moment.quarter else 1 for moment in told}
    names: dict[tuple[int, ...], str] = {(1,): "months", (3,): "quarters", (12,): "years", (0,): "dates"}
    return names.get(tuple(sorted(months)), "periods")
