"""What a cell of figures comes to: the number that a reader sees, its unit, or why there is none; and a table's figures, column by column,
made when they are gone through, so that a sheet of a million cells is no million records.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import compress, islice, repeat
from typing import overload

from reportpack import patterns as re
from reportpack.model.observation import Status, Unit
from reportpack.model.table import Label, TableValue, TableValues
from reportpack.read.figures.cells import (
    format_unit,
    hides_nought,
    is_time,
    read_text,
    seconds_of,
    shown_number,
    shows_hundredfold,
)
from reportpack.read.figures.columns import Column
from reportpack.read.figures.sheet_view import DATE, ERROR, NOT_CALCULATED, NUMBER, TEXT, View
from reportpack.read.grid import CellValue, Sheet, column_name

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


PER_CENT_OR_PROPORTION = "nothing says whether 0.79 here is 79% or 0.79%"
_NOISY = 17  # characters from which on a number may hold the noise of binary sums
STRUCK = "it is struck through"
Labelled = tuple[Label, Unit]


class ColumnFigures:
    """One column. `labelled` gives for a row's number what its figure here shares with all others of that number."""

    def __init__(
        self,
        view: View,
        column: Column,
        rows: Sequence[int],
        codes: Sequence[str],
        flags: Mapping[int, str],
        labelled: Callable[[int], Labelled],
        unsure: frozenset[int] = frozenset(),
        share: bool = False,
    ) -> None:
        self.place, self.name, self.kinds = column.place, column_name(column.place), column.kinds
        self.unsure, self.share = unsure, share
        self._view, self.values, self._rows, self._codes, self._flags = view, column.values, rows, codes, flags
        self._doubts = _doubts(view.sheet, column.place, rows)
        self._labelled, self.known = labelled, dict[int, Labelled]()
        self.is_plain = not (codes or flags or unsure or share or self._doubts)

    @property
    def span(self) -> str:
        """Its cells, as `B3:B20`."""
        return f"{self.name}{self._rows[0] + 1}:{self.name}{self._rows[-1] + 1}"

    def label(self, number: int) -> Labelled:
        """What is the same for all figures of rows with that number."""
        if (known := self.known.get(number)) is None:
            known = self.known[number] = self._labelled(number)
        return known

    def read(self, index: int, number: int) -> TableValue:
        """The figure in the row of that index."""
        label, unit = self.known.get(number) or self.label(number)
        kind, raw, row = self.kinds[index], self.values[index], self._rows[index]
        code, doubt = self._codes[index] if self._codes else "General", self._doubts.get(index, "")
        headed = not doubt and (number in self.unsure or self.share)
        if headed:  # per cent over proportions: shown as per cent where counts prove it, else doubted
            code, unit = "0%" if self.share else "General", Unit.PER_CENT
        typed = read_text(raw) if headed and self.share and isinstance(raw, str) else None
        plain = typed.number if typed and typed.unit is None and typed.number is not None else raw  # "0.79", as a csv file has it
        value, status, unit, marks = read_amount(plain, kind, code, unit, self._view.decimal_comma)
        if headed and not self.share and value is not None:
            doubt = PER_CENT_OR_PROPORTION
        elif not doubt and not headed:
            raw = self._view.sheet.errors.get((row, self.place), raw) if kind == ERROR else raw
            marks = (*marks, self._flags[index]) if index in self._flags else marks
        return TableValue(f"{self.name}{row + 1}", label, raw_of(raw), value, unit, status, marks, doubt)


_WARNING = re.compile(
    r"(?i)\b(?:do not|don't|not to be|un?validated|validated|provisional|wrong|error|incorrect|check|query|awaiting|tbc|estimate)"
)


def _doubts(sheet: Sheet, column: int, rows: Sequence[int]) -> dict[int, str]:
    """By row's index why a figure of the column is doubted: it is struck through, or somebody wrote a warning beside it."""
    found = {row: STRUCK for row, place in sheet.struck if place == column}
    found |= {
        row: f'beside it stands "{words[:120]}"'
        for (row, place), words in sheet.comments.items()
        if place == column and _WARNING.search(words)
    }
    return {index: found[row] for index, row in enumerate(rows) if row in found} if found else {}


class Figures(TableValues):
    """A table's figures, row by row. `numbers` are the rows' numbers: rows that say the same have the same."""

    def __init__(self, rows: Sequence[int], numbers: Sequence[int], columns: Sequence[ColumnFigures]) -> None:
        self.rows, self.numbers, self.columns = rows, numbers, columns
        self._counts = [Counter(compress(numbers, column.kinds)) for column in columns]

    def __iter__(self) -> Iterator[TableValue]:
        columns = self.columns
        of_number = Status.NUMBER
        for index, number in enumerate(self.numbers):
            place = str(self.rows[index] + 1)
            for column in columns:
                if (kind := column.kinds[index]) == NUMBER and column.is_plain:
                    raw = column.values[index]
                    if type(raw) is float and (raw.is_integer() or len(repr(raw)) < _NOISY):
                        label, unit = column.known.get(number) or column.label(number)
                        yield TableValue(column.name + place, label, raw, raw, unit, of_number)
                        continue
                if kind:
                    yield column.read(index, number)

    def __len__(self) -> int:
        return sum(count.total() for count in self._counts)

    @overload
    def __getitem__(self, place: int) -> TableValue: ...
    @overload
    def __getitem__(self, place: slice) -> tuple[TableValue, ...]: ...
    def __getitem__(self, place: int | slice) -> TableValue | tuple[TableValue, ...]:
        if isinstance(place, slice):
            return tuple(islice(self, *place.indices(len(self))))
        wanted = place if place >= 0 else len(self) + place
        found = next(islice(self, wanted, None), None) if wanted >= 0 else None
        if found is None:
            raise IndexError(place)
        return found

    def labelled(self) -> Iterator[tuple[str, Label, Unit]]:
        """As for every table."""
        for number in dict.fromkeys(self.numbers):
            for column, counts in zip(self.columns, self._counts, strict=True):
                if counts[number]:
                    yield column.name, *column.label(number)

    def cells(self, wanted: Callable[[Label], bool], most: int) -> tuple[list[str], int]:
        """The first few cells whose label is wanted, and how many there are."""
        asked = [
            {number for number in counts if wanted((column.known.get(number) or column.label(number))[0])}
            for column, counts in zip(self.columns, self._counts, strict=True)
        ]
        count = sum(counts[number] for counts, numbers in zip(self._counts, asked, strict=True) for number in numbers)
        found = (
            f"{column.name}{self.rows[index] + 1}"
            for index, number in enumerate(self.numbers)
            for column, numbers in zip(self.columns, asked, strict=True)
            if number in numbers and column.kinds[index]
        )
        return list(islice(found, most)) if count else [], count

    def of_kinds(self, kinds: frozenset[int], most: int) -> tuple[list[str], int]:
        """The first few cells of those kinds (failed formulas, words), row by row, and how many there are."""
        columns = [column for column in self.columns if any(kind in column.kinds for kind in kinds)]
        count = sum(column.kinds.count(kind) for column in columns for kind in kinds)
        found = (
            f"{column.name}{row + 1}" for index, row in enumerate(self.rows) for column in columns if column.kinds[index] in kinds
        )
        return list(islice(found, most)) if count else [], count
