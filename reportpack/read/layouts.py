"""A block becomes a table: every figure gets its period, area, measure, value, unit and status, whatever the layout.

Rows and columns both may say each of these; what neither says is looked for in titles, the sheet's name and the file's.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from datetime import date

from reportpack.model.observation import Status, Unit
from reportpack.model.period import Period
from reportpack.model.table import Table, TableValue
from reportpack.read.blocks import DATE, EMPTY, ERROR, NOT_CALCULATED, NUMBER, TEXT, Block, View
from reportpack.read.calendars import NOTHING, Moment, resolve
from reportpack.read.cells import Kind, format_unit, read_text, shown_number, shows_hundredfold
from reportpack.read.columns import Column, Roles, cut_columns, give_roles, row_moments
from reportpack.read.grid import CellValue, column_name, range_name
from reportpack.read.headers import Head, header_rows, is_generic, read_heads
from reportpack.read.labels import clean_label, find_area, is_area, is_total, is_total_code, note_numbers
from reportpack.read.periods import name_period, title_period
from reportpack.read.registers import COUNTED, count_rows
from reportpack.read.units import title_unit, unit_of

_NOT_THE_PERIOD = re.compile(
    r"\b(?:publish\w*|revised|updated?|releases?|released|issued?|extract\w*|created|printed|run|produced|contact|source|copyright|reviewed|version|generated)\b",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    r"(?:sheet|table|tab|data|chart|figure|page|main|summary|output|results?|export|extract|report|query|worksheet|book|dataset|all|list)"
    r"[ _.-]*[a-z]?\d*[a-z]?"
)
_TABLE_NAME = re.compile(r"^(?:table|figure|chart|annex)\b", re.IGNORECASE)
_TABLE_PREFIX = re.compile(r"^(?:(?:table|figure|chart) ?[A-Z]?\d[\w.]*\s*[:.\u2013-]?\s+|title:\s*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a table: its file, the office's area names, titles that a whole sheet shares."""

    file: str
    office: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RowLabels:
    """What the labels of one row say."""

    moment: Moment = NOTHING
    area: str | None = None
    parts: tuple[str, ...] = ()
    total: bool = False
    unit: Unit | None = None
    shown: Unit | None = None
    """What the row's own cells show, where a row is a measure."""
    moment_number: int = 0
    parts_number: int = 0
    """Rows that say the same share these numbers, so that each thing said is worked out once."""


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
    table = Table(view.sheet.name, places, "register", table_title(block.titles), values, notes)
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
        self.sections = dict(block.sections)
        self.fallback = fallback_period(block.titles, view.sheet.name, around.file)
        self.formatted = bool(view.sheet.formats)
        self.titled_area = self._titled_area()
        self.titled_unit = title_unit(self.title, block.titles)
        timed = sum(head.moment.tells for head in self.heads.values())
        self.measures_down = bool(roles.categories) and timed * 2 >= len(self.heads) and timed > 0

    def read(self) -> Reading:
        rows = self._row_labels()
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
        reading.table = Table(table.sheet, table.range, table.layout, table.title, tuple(values), table.notes)
        return reading

    # Rows

    def _row_labels(self) -> list[RowLabels]:
        moments = self._row_moments()
        areas = self._row_areas()
        parts = self._row_parts(moments, areas)
        totals = self._row_totals()
        units = self._row_units()
        moment_numbers = _numbered(moments)
        parts_numbers = _numbered(parts)
        said = [(_last_unit(part), bool(part and is_total(part[-1]))) for part in dict.fromkeys(parts)]
        whole = {area for area in dict.fromkeys(areas) if area and is_total(area)}
        found = []
        for index, (moment, number) in enumerate(zip(moment_numbers, parts_numbers, strict=True)):
            unit, total = said[number]
            shown = self.titled_unit or self._shown_unit(index) if self.measures_down else None
            total = total or totals[index] or areas[index] in whole
            found.append(
                RowLabels(moments[index], areas[index], parts[index], total, units[index] or unit, shown, moment, number)
            )
        return found

    def _row_moments(self) -> list[Moment]:
        rows = self.block.data_rows
        current = [NOTHING] * len(rows)
        years_first = sorted(self.roles.periods, key=lambda column: (not _is_year_column(column), column.place))
        for column in years_first:
            formats = [self.view.sheet.format(row, column.place) for row in rows] if self.formatted else ()
            filled = Column(column.place, column.heading, column.kinds, _filled_down(column, self.roles))
            current = [_finer(old, new) for old, new in zip(current, row_moments(filled, formats, current), strict=True)]
        return current

    def _row_areas(self) -> list[str | None]:
        columns = sorted(self.roles.areas, key=lambda column: len(column.distinct()))
        found: list[str | None] = self._section_areas() if not columns else [None] * len(self.block.data_rows)
        for column in columns:
            labels = _filled_down(column, self.roles)
            names: dict[CellValue, str | None] = {
                value: self._area_name(value) for value in dict.fromkeys(labels) if isinstance(value, str) and value.strip()
            }
            found = [names.get(value, old) for value, old in zip(labels, found, strict=True)]
        return found

    def _area_name(self, value: str) -> str:
        bare = clean_label(value)
        return bare if is_area(bare, self.around.office) else clean_label(value, self.numbers)

    def _row_parts(self, moments: Sequence[Moment], areas: Sequence[str | None]) -> list[tuple[str, ...]]:
        """The labels that name a row's measure: as many columns from the left as it takes to tell the rows apart."""
        count = len(self.block.data_rows)
        parts: list[tuple[str, ...]] = [(section,) if section else () for section in self._row_sections()]
        first = self.roles.figures[0].place
        columns = [column for column in self.roles.categories if not _is_prose(column)]
        columns = [column for column in columns if count < 5 or column.filled < count or len(column.distinct()) > 1] or columns[
            :1
        ]
        numbers = _numbered(moments)
        told = [moment.tells for moment in moments]
        for column in [*[c for c in columns if c.place < first], *[c for c in columns if c.place > first]]:
            keys = set(zip(numbers, areas, parts, strict=True))
            if (
                len(keys) == count
                and all(area or part or tells for area, part, tells in zip(areas, parts, told, strict=True))
                and (any(areas) or any(m.tells for m in moments) or any(parts))
                and (column.place > first or len(keys) > 1)
            ):
                break
            labels = _filled_down(column, self.roles)
            names = {value: self._label(value) for value in dict.fromkeys(labels)}
            parts = [(*part, label) if (label := names[value]) else part for part, value in zip(parts, labels, strict=True)]
        stray = self._stray_labels(moments)
        return [(*part, stray[index]) if index in stray else part for index, part in enumerate(parts)]

    def _label(self, value: CellValue) -> str:
        if isinstance(value, str):
            return clean_label(value, self.numbers)
        if value is None:
            return ""
        return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)

    def _stray_labels(self, moments: Sequence[Moment]) -> dict[int, str]:
        """Words in a column of periods ("Percent change") name what the row holds."""
        found: dict[int, str] = {}
        for column in self.roles.periods:
            for index, value in enumerate(column.values):
                if isinstance(value, str) and value.strip() and not moments[index].tells:
                    found[index] = clean_label(value, self.numbers)
        return found

    def _row_sections(self) -> list[str]:
        """The words above each row that name it; areas among them are no part of its measure."""
        texts = [text if len(text) <= 100 and not self._is_area(text) else "" for text in self._words_above()]
        return [clean_label(text, self.numbers) for text in texts]

    def _section_areas(self) -> list[str | None]:
        return [self._area_name(text) if self._is_area(text) else None for text in self._words_above()]

    def _is_area(self, text: str) -> bool:
        return bool(text) and is_area(text, self.around.office)

    def _words_above(self) -> list[str]:
        if not self.sections:
            return [""] * len(self.block.data_rows)
        lines = sorted(self.sections)
        found, place, current = [], 0, ""
        for row in self.block.data_rows:
            while place < len(lines) and lines[place] < row:
                current = self.sections[lines[place]]
                place += 1
            found.append(current)
        return found

    def _row_totals(self) -> list[bool]:
        totals = [False] * len(self.block.data_rows)
        told = [(column, {text for text in column.distinct() if is_total_code(text)}) for column in self.roles.codes]
        told += [(column, {text for text in column.distinct() if is_total(text)}) for column in self.roles.categories]
        for column, texts in told:
            if texts:
                totals = [total or value in texts for total, value in zip(totals, column.values, strict=True)]
        return totals

    def _row_units(self) -> list[Unit | None]:
        """What a column of units ("Number", "%") says of each row."""
        if not self.roles.units:
            return [None] * len(self.block.data_rows)
        return [unit_of(value) if isinstance(value, str) else None for value in self.roles.units[0].values]

    def _shown_unit(self, index: int) -> Unit:
        row = self.block.data_rows[index]
        alike = [column for column in self.roles.figures if (head := self.heads[column.place]).moment.tells and head.unit is None]
        values = [column.values[index] for column in alike]
        codes = [self.view.sheet.format(row, column.place) for column in alike] if self.formatted else ()
        return _unit_of_numbers(values, codes)

    # Around the table

    def _titled_area(self) -> str | None:
        for text in (*self.block.titles, self.view.sheet.name):
            area = find_area(text, self.around.office)
            if area is not None:
                return area
        return None

    def _empty_table(self, rows: Sequence[RowLabels]) -> Table:
        block = self.block
        places = range_name(block.top, block.left, block.data_rows[-1], block.right)
        return Table(self.view.sheet.name, places, self._layout(rows), self.title, (), block.notes)

    def _layout(self, rows: Sequence[RowLabels]) -> str:
        heads = list(self.heads.values())
        down = _length_name([row.moment for row in rows])
        across = _length_name([head.moment for head in heads])
        areas_down = any(row.area for row in rows)
        parts = {row.parts for row in rows if row.parts}
        pairs = len(heads) > 3 and all(one.unit is not two.unit for one, two in zip(heads[::2], heads[1::2], strict=False))
        if down and ((areas_down and len({row.area for row in rows}) > 1) or (parts and len(parts) * 2 < len(rows))):
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
        plain = self.titled_unit or _unit_of_numbers(column.values, codes)
        flags = self._flags(column)
        measures: dict[int, str | None] = {}
        periods: dict[int, Period | None] = {}
        formatted = self.formatted
        several, by_rows = len(self.roles.figures) > 1, self.measures_down
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
            value, status, unit, marks = _figure(raw, kind, code, unit, view.decimal_comma)
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
                cell, period, area, measure, _raw(raw), value, unit, status, labels.total or (head.total and several), marks
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
        return joined or _TABLE_PREFIX.sub("", clean_label(self.title, self.numbers)) or _telling_name(self.view.sheet.name)


def _telling_name(sheet: str) -> str | None:
    """A sheet's name where it says what is counted; "Sheet1", "Data" and "Apr 19" do not."""
    name = clean_label(sheet)
    return (
        None if not name or _NO_NAME.fullmatch(name.lower()) or name_period(name) or not re.search(r"[A-Za-z]{3}", name) else name
    )


def _without_repeats(labels: Sequence[str]) -> list[str]:
    return [label for place, label in enumerate(labels) if place == 0 or label != labels[place - 1]]


def _last_unit(parts: Sequence[str]) -> Unit | None:
    return next((unit for part in reversed(parts) if (unit := unit_of(part))), None)


def _numbered(values: Sequence[Hashable]) -> list[int]:
    """A number for each value, the same for equal ones, in the order in which they come."""
    numbers: dict[Hashable, int] = {}
    return [numbers.setdefault(value, len(numbers)) for value in values]


def _is_year_column(column: Column) -> bool:
    return "year" in column.heading.lower() or column.numbers > 0


def _is_prose(column: Column) -> bool:
    texts = column.distinct()
    return bool(texts) and sum(map(len, texts)) > 80 * len(texts)


def _finer(old: Moment, new: Moment) -> Moment:
    """Of two columns' words the one that says more: a month rather than its year."""
    if not new.tells or (old.period is not None and new.period is None):
        return old if old.tells else new
    if old.period is None or new.period is None:
        return new
    return new if (new.period.months or 0.5) <= (old.period.months or 0.5) and old.period.months else old


def _nearer(row: Period, column: Period) -> Period:
    """When row and column both name one, the shorter; of two equal ones the row's."""
    return column if 0 < column.months < row.months or (column.months == 0 and row.months) else row


def _year_of(period: Period | None) -> Period | None:
    """The year that a title's period gives to bare months below it."""
    if period is None or period.months == 12:
        return period
    return Period(date(period.start.year, 1, 1), 12) if period.months else None


def _filled_down(column: Column, roles: Roles) -> Sequence[CellValue]:
    """A label written once holds for the rows below it that leave it empty, as long as a later label column goes on."""
    if column.filled == len(column.kinds):
        return column.values
    first = min((figure.place for figure in roles.figures), default=column.place)
    labels = (*roles.areas, *roles.periods, *roles.categories)
    later = [other for other in labels if column.place < other.place < max(first, column.place + 1)]
    if not later:
        return column.values
    filled: list[CellValue] = []
    current: CellValue = None
    for index, value in enumerate(column.values):
        if column.kinds[index] != EMPTY:
            current = value
            filled.append(value)
        else:
            filled.append(current if any(other.kinds[index] != EMPTY for other in later) else None)
    return filled


def _length_name(moments: Sequence[Moment]) -> str:
    told = [moment for moment in moments if moment.tells]
    if len(told) * 2 < len(moments) or len(set(told)) < 2:
        return ""
    months = {moment.period.months if moment.period else 3 if moment.quarter else 1 for moment in told}
    names: dict[tuple[int, ...], str] = {(1,): "months", (3,): "quarters", (12,): "years", (0,): "dates"}
    return names.get(tuple(sorted(months)), "periods")


def _unit_of_numbers(values: Sequence[CellValue], codes: Sequence[str]) -> Unit:
    """What cells themselves show: the unit of most formats and texts, else a count where all are whole."""
    shown: list[Unit | None] = []
    whole = True
    for value, code in zip(values, codes or ("General",) * len(values), strict=True):
        if isinstance(value, float):
            shown.append(format_unit(code) if code != "General" else None)
            whole = whole and value.is_integer()
        elif isinstance(value, str) and (reading := read_text(value)).number is not None:
            shown.append(reading.unit)
            whole = whole and reading.number.is_integer()
    if not shown:
        return Unit.UNKNOWN
    unit, times = Counter(shown).most_common(1)[0]
    if unit is not None and times * 2 > len(shown):
        return unit
    return Unit.COUNT if whole else Unit.UNKNOWN


def _figure(
    raw: CellValue, kind: int, code: str, unit: Unit, decimal_comma: bool
) -> tuple[float | None, Status, Unit, tuple[str, ...]]:
    if kind == NUMBER and isinstance(raw, float | int):
        shown = format_unit(code) if code != "General" else None
        return shown_number(raw, code != "General" and shows_hundredfold(code)), Status.NUMBER, shown or unit, ()
    if kind == ERROR:
        return None, Status.ERROR, unit, ()
    if kind == NOT_CALCULATED:
        return None, Status.NOT_CALCULATED, unit, ()
    if kind in (TEXT, DATE) or not isinstance(raw, str):
        return None, Status.TEXT, unit, ()
    reading = read_text(raw, decimal_comma)
    if reading.kind is Kind.NUMBER and reading.number is not None:
        return shown_number(reading.number, percent=False), Status.NUMBER, reading.unit or unit, reading.marks
    return None, reading.status, unit, reading.marks


def _raw(value: CellValue) -> str | float | bool | None:
    if value is None or isinstance(value, str | float | bool):
        return value
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def fallback_period(titles: Sequence[str], sheet: str, file: str) -> Period | None:
    """The period of the whole table, from the lines above it, else from the names of its sheet and file."""
    for line in sorted(titles, key=lambda text: not text.lower().startswith(("period", "month", "date range", "reporting"))):
        if not _NOT_THE_PERIOD.search(line) or line.lower().startswith(("period", "month")):
            period = title_period(line)
            if period is not None and (period.months or period.days or "as at" in line.lower()):
                return period
    return name_period(sheet) or name_period(file)


def table_title(titles: Sequence[str]) -> str:
    """Of the lines above a table its title: the last that begins with "Table", else the first that is no metadata."""
    named = [place for place, text in enumerate(titles) if _TABLE_NAME.match(text)]
    if named:
        alone = re.fullmatch(r"\w+ [\w.]+[:.]?", titles[named[-1]])
        return " ".join(titles[named[-1] :])[:300] if alone else titles[named[-1]]
    titled = [text[6:].strip() for text in titles if text.lower().startswith("title:")]
    if titled:
        return titled[-1]
    plain = [text for text in titles if not re.match(r"^[A-Z][\w ]{2,20}: ", text)]
    return (plain or list(titles) or [""])[0]
