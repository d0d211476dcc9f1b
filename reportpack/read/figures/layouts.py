"""A block becomes a table: every figure gets its period, area, measure, value, unit and status, whatever the layout.

Rows and columns both may say each of these; what neither says is looked for in titles, the sheet's name and the file's.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby, pairwise

from reportpack.model.observation import Meaning, Nature, Status, Unit, reach_of
from reportpack.model.period import Period
from reportpack.model.table import Label, Table, TableValue
from reportpack.read.figures.blocks import Block
from reportpack.read.figures.calendars import Moment, resolved
from reportpack.read.figures.cells import shows_hundredfold
from reportpack.read.figures.columns import Column, Roles, cut_columns, give_roles, row_moments
from reportpack.read.figures.figure_cells import ColumnFigures, Figures, unit_of_cells
from reportpack.read.figures.headers import GENERIC, Head, header_rows, read_heads
from reportpack.read.figures.labels import clean_label, find_area, note_numbers
from reportpack.read.figures.meanings import said_by, title_unit
from reportpack.read.figures.row_labels import RowLabels, RowReader, bare_field, is_field, is_pivot
from reportpack.read.figures.sheet_view import NUMBER, View
from reportpack.read.figures.spans import Spans, grow, moved, overlapping
from reportpack.read.figures.titles import fallback_period, table_title, telling_name
from reportpack.read.grid import column_name

_SAMPLE = 400
_FEW = 8


def read_block(view: View, block: Block, file: str, office: frozenset[str]) -> tuple[Table | None, Roles]:
    """The table that a block holds, None when nothing in it is a figure, and its columns. `office` are the office's area names."""
    headings: dict[int, str] = {}
    for place, cells in enumerate(zip(*header_rows(view, block), strict=True), block.left):
        texts = [clean_label(value) if isinstance(value, str) else str(value) for value in cells if value is not None]
        headings[place] = " ".join(dict.fromkeys(texts))
    roles = give_roles(cut_columns(view, block, headings), office)
    fallback = fallback_period(block.titles, view.sheet.name, file, block.notes)
    if roles.figures:
        return _Assembly(view, block, roles, office, fallback).read(), roles
    if not block.header_rows or len(block.data_rows) < 3 or len(roles.categories) + len(roles.areas) < 2:
        return None, roles
    # A list of records without figures: counts of its rows, where they are records and not notes.
    values = count_rows(roles, block, fallback)
    notes = (*block.notes, COUNTED) if values else block.notes
    return Table(view.sheet.name, block.range, "register", table_title(block.titles), values, notes, block.titles), roles


COUNTED = "One row a record: the figures are counts of its rows."
_MOST_KINDS = 40
_MOST_AREAS = 80
_ROWS_A_KIND = 5


def count_rows(roles: Roles, block: Block, fallback: Period | None) -> tuple[TableValue, ...]:
    """How many rows there are of each kind, for each period and area; the cell is the column's range."""
    areas = [column for column in roles.areas if len(column.texts) <= min(_MOST_AREAS, column.filled // 3)]
    chosen = max(areas, key=lambda column: len(column.texts), default=None)
    count, rows = len(block.data_rows), block.data_rows
    names = [clean_label(value) if isinstance(value, str) else None for value in chosen.values] if chosen else [None] * count
    months = [column for column in roles.periods if len(set(column.values)) <= _MOST_AREAS]
    told = [moment.period for moment in row_moments(months[0], (), [])] if months else [fallback] * count
    values = []
    for column in roles.categories:
        if not column.heading or not 2 <= len(column.texts) <= _MOST_KINDS or len(column.texts) * _ROWS_A_KIND > column.filled:
            continue
        cells = zip(told, names, (value if isinstance(value, str) else "" for value in column.values), strict=True)
        counts = Counter((period, area, clean_label(text)) for period, area, text in cells if text.strip())
        cell = f"{column_name(column.place)}{rows[0] + 1}:{column_name(column.place)}{rows[-1] + 1}"
        for (period, area, kind), number in counts.items():
            label = Label(period, area, f"{column.heading} / {kind}", meaning=Meaning(reach_of(period)))
            values.append(TableValue(cell, label, None, float(number), Unit.COUNT, Status.NUMBER))
    return tuple(values)


class _Assembly:
    """One table being put together; what its figures need of it lives on in them."""

    def __init__(self, view: View, block: Block, roles: Roles, office: frozenset[str], fallback: Period | None) -> None:
        self.view, self.block, self.roles, self.fallback = view, block, roles, fallback
        self.numbers = note_numbers(block.notes)
        self.title = table_title(block.titles)
        columns = [column.place for column in roles.figures]
        self.heads = read_heads(view, block, columns, self.title, self.numbers, office)
        for before, column in pairwise(columns):
            head = self.heads[column]
            if head.unit is None and any(said_by(text).nature is Nature.LIMIT for text, _ in head.words):
                self.heads[column] = replace(head, unit=self.heads[before].unit)  # the bounds of a rate are rates
        named = (*block.titles, *(column.heading for column in roles.categories), view.sheet.name)
        self.titled_area = next((area for line in named if (area := find_area(line, office)) is not None), None)
        self.titled_unit = title_unit(self.title, block.titles)
        texts = [view.text(row, column) for row in block.header_rows for column in range(block.left, block.right + 1)]
        self.pivot = is_pivot(texts)
        self.field = next((bare_field(text) for text in texts if self.pivot and is_field(text)), "")
        self.rows = RowReader(view, block, roles, self.heads, office, self.numbers, self.titled_unit, self.pivot)
        self.spans = Spans(view, block, roles, self.heads)

    def read(self) -> Table:
        rows = self.rows.read()
        self.spans.overlapping |= overlapping(row.moment.period for row in rows)
        if self.spans.title_says_to_date:
            self.spans.title_holds = grow(self._monthly(rows)) is not False
        unsure = self._unsure_per_cents(rows)
        columns = [self._column(column, rows, unsure[column.place]) for column in self.roles.figures]
        figures, block = Figures(self.block.data_rows, [row.number for row in rows], columns), self.block
        return Table(self.view.sheet.name, block.range, self._layout(rows), self.title, figures, block.notes, block.titles)

    def _monthly(self, rows: Sequence[RowLabels]) -> dict[object, list[tuple[Period, float]]]:
        runs: dict[object, list[tuple[Period, float]]] = {}
        for index, row in enumerate(rows[:_SAMPLE]):
            for column in self.roles.figures:
                value, head = column.values[index], self.heads[column.place]
                period = self._period(row.moment, head)
                if isinstance(value, float) and period is not None and period.months == 1:
                    runs.setdefault((row.parts, row.area, head.labels, head.area), []).append((period, value))
        return runs

    def _layout(self, rows: Sequence[RowLabels]) -> str:
        heads = list(self.heads.values())
        down, across = _length_name([row.moment for row in rows]), _length_name([head.moment for head in heads])
        areas_down, parts = any(row.area for row in rows), [row.parts for row in rows if row.parts]
        pairs = len(heads) > 3 and all(one.unit is not two.unit for one, two in zip(heads[::2], heads[1::2], strict=False))
        several = areas_down and len({row.area for row in rows}) > 1
        if down and (several or (parts and len(set(parts)) * 2 < len(parts))):
            return "long"
        names = [name for name, there in (("areas down", areas_down), (f"{down} down", bool(down))) if there]
        if not names and parts:
            names = ["measures down"]
        if across:
            names.append(f"{across} across")
        elif any(head.area for head in heads):
            names.append("areas across")
        elif any(head.labels for head in heads) and len(heads) > 1:
            names.append("measures across")
        if areas_down and any(len(row.parts) > 1 for row in rows) and not across:
            return "long"
        return ", ".join([*names, *(["count and per cent in pairs"] if pairs else [])]) or "list"

    def _column(self, column: Column, rows: Sequence[RowLabels], unsure: frozenset[int]) -> ColumnFigures:
        """One column's figures: everything that is the same for all of its cells is settled once."""
        head = self.heads[column.place]
        given = head.unit
        codes = self.view.sheet.formats_of(self.block.data_rows, column.place)
        shown = unit_of_cells(column.values, codes)
        plain = self.titled_unit or shown
        by_rows = self.rows.measures_down
        several = len(self.roles.figures) > 1
        measures: dict[int, str | None] = {}

        def label(labels: RowLabels) -> tuple[Label, Unit]:
            period = self._period(labels.moment, head)
            if labels.parts_number not in measures:
                measures[labels.parts_number] = self._measure(labels.parts, head)
            period, meaning = self.spans.settle(period, labels, head)
            area = labels.area or head.area or self.titled_area
            total = labels.total or (head.total and several)
            by_line = given is Unit.COUNT and labels.unit in (Unit.PER_CENT, Unit.RATE, Unit.MONEY)
            unit = (None if by_line else given) or labels.unit or (labels.shown or plain if by_rows else plain)
            if meaning.scale in (60.0, 3600.0) and (unit is not Unit.DURATION or shown is Unit.DURATION):
                meaning = replace(meaning, scale=1.0)  # a count of hours, or times that Excel holds as times
            return Label(period, area, measures[labels.parts_number], total, meaning), unit

        known = {labels.number: labels for labels in rows}
        share = len(unsure) == len(known) and self._is_share(column)
        beside = next((marks.values for marks in self.roles.marks if marks.place == column.place + 1), ())
        texts = ((index, value) for index, value in enumerate(beside) if isinstance(value, str))
        flags = {index: f"[{value.strip().lower().strip('[]()')}]" for index, value in texts}
        cells = self.view, column, self.block.data_rows, codes, flags
        return ColumnFigures(*cells, lambda number: label(known[number]), unsure=frozenset() if share else unsure, share=share)

    def _is_share(self, column: Column) -> bool:
        """Whether counts beside an unsure column prove that its 0.79 is 711 of 900, and so 79%."""
        rows = column.amounts
        counts = [one.amounts for one in self.roles.figures if one is not column and one.kinds.count(NUMBER) > 1]
        for above in counts[:_FEW]:
            for below in counts[:_FEW]:
                pairs = [
                    (share, top / bottom)
                    for share, top, bottom in zip(rows, above, below, strict=True)
                    if share is not None and top is not None and bottom is not None and bottom >= max(top, 2)
                ]
                right = sum(abs(share - made) <= 0.0051 for share, made in pairs)
                if above is not below and len(pairs) > 1 and right >= 0.9 * len(pairs) and len({share for share, _ in pairs}) > 1:
                    return True
        return False

    def _unsure_per_cents(self, rows: Sequence[RowLabels]) -> dict[int, frozenset[int]]:
        """By column the numbers of its rows that are per cents by a heading, a row's own words or the title, and are shown only up to 1."""
        own: dict[int, object] = {row.number: row.parts for row in rows if row.unit is Unit.PER_CENT}
        titled = self.titled_unit is Unit.PER_CENT
        of_title: dict[int, object] = {row.number: "title" for row in rows if row.unit is None} if titled else {}
        told = {column.place: self._per_cent_by(column, rows, own, of_title) for column in self.roles.figures}
        over: set[object] = set()
        parts: set[object] = set()
        shown: set[tuple[object, int]] = set()
        for column in self.roles.figures:
            sources, codes = told[column.place], self.view.sheet.formats_of(self.block.data_rows, column.place)
            for index, amount in enumerate(column.amounts if not over.issuperset(sources.values()) else ()):
                if (source := sources.get(rows[index].number)) is not None and codes and shows_hundredfold(codes[index]):
                    shown.add((source, column.place))
                elif source is not None and amount is not None:
                    over.update([source] if abs(amount) > 1 else [])
                    parts.update([] if amount.is_integer() else [source])
        return {
            place: frozenset(
                number for number, source in sources.items() if source in parts - over and (source, place) not in shown
            )
            for place, sources in told.items()
        }

    def _per_cent_by(
        self, column: Column, rows: Sequence[RowLabels], own: dict[int, object], of_title: dict[int, object]
    ) -> dict[int, object]:
        """What says of each row's number that its figure here is a per cent: this column's heading, the row's own words or the title."""
        if (unit := self.heads[column.place].unit) is Unit.PER_CENT:
            return dict.fromkeys((row.number for row in rows), column.place)
        return {**own, **of_title} if unit is None else own if unit is Unit.COUNT else {}

    def _period(self, row: Moment, head: Head) -> Period | None:
        column = head.moment
        if row.odd or column.odd:
            return None
        if row.period is not None and column.period is not None:  # the shorter; of two equal ones the row's
            shorter = 0 < column.period.months < row.period.months or (column.period.months == 0 and row.period.months)
            return column.period if shorter else row.period
        for moment, other in ((row, column), (column, row)):
            if moment.tells and (moment.period is None or moment.day is not None):
                year = self.fallback  # a title's period gives its year to bare months below it
                if year is not None and year.months != 12:
                    year = Period(date(year.start.year, 1, 1), 12) if year.months else None
                found = resolved(moment, other.period).period or resolved(moment, year).period or moment.period
                return moved(found, head.relative)
        period = row.period or column.period or self.fallback
        ends = any("end" in one.heading.lower() for one in self.roles.periods)
        period = self.fallback if ends and self.fallback and period and self.fallback.end == period.end else period
        return moved(period, head.relative, () if row.period or column.period else head.labels)

    def _measure(self, parts: tuple[str, ...], head: Head) -> str | None:
        labels = [label for label in head.labels if not (parts and GENERIC.fullmatch(label))]
        if self.pivot:
            fields = [field for label in labels if (field := bare_field(label))]
            labels = fields if any(map(is_field, labels)) else [text for text in (self.field, *fields) if text]
        joined = " / ".join(label for label, _ in groupby((*parts, *labels)))
        return joined or telling_name(self.title, self.numbers, self.view.sheet.name)


def _length_name(moments: Sequence[Moment]) -> str:
    told = [moment for moment in moments if moment.tells]
    if len(told) * 2 < len(moments) or len(set(told)) < 2:
        return ""
    months = {moment.period.months if moment.period else 3 if moment.quarter else 1 for moment in told}
    names: dict[tuple[int, ...], str] = {(1,): "months", (3,): "quarters", (12,): "years", (0,): "dates"}
    return names.get(tuple(sorted(months)), "periods")
