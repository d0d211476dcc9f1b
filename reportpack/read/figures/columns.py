"""What each column of a table is for: figures, areas, periods, categories, codes, or marks beside figures."""

from collections.abc import Sequence
from itertools import compress, islice, pairwise, zip_longest

from reportpack import patterns as re
from reportpack.read.figures.blocks import Block
from reportpack.read.figures.calendars import Moment, read_together
from reportpack.read.figures.cells import Reading, is_time, read_text, seconds_of
from reportpack.read.figures.labels import (
    AREA_CODE,
    CODE,
    CODE_HEADING,
    NOT_FIGURES,
    area_key,
    clean_label,
    is_area,
    is_area_heading,
    is_total,
)
from reportpack.read.figures.meanings import is_only_unit
from reportpack.read.figures.sheet_view import DATE, EMPTY, ERROR, LETTER, MARK, NOT_CALCULATED, NUMBER, TEXT, View
from reportpack.read.grid import CellValue
from reportpack.read.periods import is_year
from reportpack.records import Record

_SAMPLE = 400
_FLAGS = frozenset(("r", "p", "e", "*", "**", "#", "b", "u", "[r]", "[p]", "[e]", "(r)", "(p)", "(e)", "rev", "prov", "\u2020"))
_NUMBERED_NAMES = re.compile(
    r"(?i)(?:[\w-]+ ){0,2}(?:deciles?|quintiles?|quartiles?|tertiles?|hour|age|team|shift|beat|tier|priority|grade|band|category|outcome"
    r"|question|cohort|group|sector|zone|ward|district|station|unit|sergeants?|phase|stage|day of (?:the )?(?:week|month)|rank band)"
    r"(?: (?:no|number|code|id|of (?:the )?day|in years|group|band|beginning|starting))?\.?"
)
"""Headings of names that happen to be numbers: "IMD decile", "Hour", "Age", "Team no"."""
_CLOCK_HEADING = re.compile(r"(?i)^time$|\b(?:hour|hours of|time of (?:the )?day|shift|start|finish|from|slot|period)\b")


class Column(Record):
    """A column's place, heading, values and kinds on the data rows."""

    place: int
    heading: str
    kinds: bytes
    values: Sequence[CellValue]
    texts: tuple[str, ...] = ()  # its different texts in their order, some hundreds of them at most

    @property
    def filled(self) -> int:
        """How many of its cells hold anything."""
        return len(self.kinds) - self.kinds.count(EMPTY)

    @property
    def numbers(self) -> int:
        """How many hold a number, or a formula that should have given one."""
        return self.kinds.count(NUMBER) + self.kinds.count(ERROR) + self.kinds.count(NOT_CALCULATED)

    @property
    def figures(self) -> int:
        """How many hold a number or the reason why there is none."""
        return self.numbers + self.kinds.count(MARK) + self.kinds.count(LETTER)

    @property
    def amounts(self) -> list[float | None]:
        """Each cell's number, also one that is typed as text without a unit."""
        readings = (None if value is None else read_text(value) if isinstance(value, str) else value for value in self.values)
        plain = (one.number if isinstance(one, Reading) and one.unit is None else one for one in readings)
        return [one if isinstance(one, float) else None for one in plain]

    @property
    def is_whole(self) -> bool:
        """Whether no number of it has a fraction."""
        return all(value.is_integer() for value in self.values if isinstance(value, float))


class Roles(Record):
    """The columns of a table by what they are for."""

    figures: tuple[Column, ...] = ()
    areas: tuple[Column, ...] = ()
    periods: tuple[Column, ...] = ()
    categories: tuple[Column, ...] = ()
    codes: tuple[Column, ...] = ()
    marks: tuple[Column, ...] = ()
    units: tuple[Column, ...] = ()


def cut_columns(view: View, block: Block, headings: dict[int, str]) -> list[Column]:
    """A block's columns that hold anything on its data rows."""
    width = block.right - block.left + 1
    joined = b"".join(view.kinds[row][block.left : block.right + 1].ljust(width, b"\0") for row in block.data_rows)
    every = list(zip_longest(*(view.sheet.rows[number][block.left : block.right + 1] for number in block.data_rows)))
    found = []
    for index in range(width):
        kinds = joined[index::width]
        if kinds.count(EMPTY) < len(kinds):
            place = block.left + index
            values: Sequence[CellValue] = every[index] if index < len(every) else (None,) * len(kinds)
            texts = dict.fromkeys(value for value in values if isinstance(value, str))
            some = tuple(islice((text for text in texts if text.strip()), _SAMPLE))
            found.append(Column(place, headings.get(place, ""), kinds, values, some))
    return found


def give_roles(columns: Sequence[Column], office: frozenset[str]) -> Roles:
    """Tell figures from labels, and of the labels areas, periods, codes and categories."""
    numbered = any(column.numbers * 2 > column.filled for column in columns)
    figures = [column for column in columns if _holds_figures(column, columns, numbered)]
    taken = {column.place for column in figures}
    marks = [column for column in columns if column.place not in taken and _flags_figures(column, taken)]
    taken |= {column.place for column in marks}
    labels = [column for column in columns if column.place not in taken]
    periods = [column for column in labels if _tells_time_beside(column, labels)]
    rest = _without(labels, periods)
    codes = [column for column in rest if _holds_codes(column)]
    units = [column for column in _without(rest, codes) if column.texts and all(map(is_only_unit, column.texts))]
    names = _without(rest, [*codes, *units])
    areas = [column for column in names if _names_areas(column, codes, office)]
    return Roles(
        tuple(figures), tuple(areas), tuple(periods), tuple(_without(names, areas)), tuple(codes), tuple(marks), tuple(units)
    )


def _without(columns: Sequence[Column], others: Sequence[Column]) -> list[Column]:
    """By place: sixteen thousand columns are not compared value by value."""
    places = {column.place for column in others}
    return [column for column in columns if column.place not in places]


def _holds_figures(column: Column, columns: Sequence[Column], numbered: bool) -> bool:
    if NOT_FIGURES.match(" ".join(column.heading.split())):
        return False
    if not column.numbers:
        return column.figures == column.filled and numbered and bool(column.heading) and column.place > columns[0].place
    if not column.heading and column.place == columns[0].place and column.filled * 50 < len(column.kinds):
        return False
    if _names_by_number(column, columns):
        return False
    if column.figures * 2 < column.filled or _is_serial(column, columns) or _tells_time_beside(column, columns):
        return False
    if not CODE_HEADING.search(column.heading):
        return True
    present = [value for value in column.values[:_SAMPLE] if value is not None]
    distinct = len(set(present)) * 2 > len(present)
    return not (column.heading.lower().endswith(("code", "codes")) or (column.is_whole and distinct))


def _names_by_number(column: Column, columns: Sequence[Column]) -> bool:
    """Whether its numbers are names (deciles, ages, hours, teams): the heading says so, and they count up beside figures on the right."""
    if columns[-1].place == column.place or not any(other.numbers for other in reversed(columns) if other.place > column.place):
        return False
    if is_time(next((value for value in column.values if value is not None), None)):
        times = [seconds for value in column.values if (seconds := seconds_of(value)) is not None]
        steps = {round(later - earlier) for earlier, later in pairwise(times)}
        steady = len(steps) == 1 and steps != {0}
        return bool(_CLOCK_HEADING.search(column.heading)) or (column.place == columns[0].place and steady)
    if not _NUMBERED_NAMES.fullmatch(" ".join(column.heading.split())) or not column.is_whole:
        return False
    if any(other.place < column.place and other.numbers and not _NUMBERED_NAMES.fullmatch(other.heading) for other in columns):
        return False
    numbers = sorted(set(_numbers(column)))
    dense = numbers and numbers[-1] - numbers[0] < 2 * len(numbers) + 1
    return len(numbers) > 1 and numbers[0] >= 0 and (dense or column.place == columns[0].place)


def _is_serial(column: Column, columns: Sequence[Column]) -> bool:
    """A first column that only counts the rows: 1, 2, 3 or 1.1, 1.2."""
    if column.place != columns[0].place or len(columns) < (2 if column.heading and not columns[-1].numbers else 3):
        return False
    numbers = _numbers(column)
    counts = len(numbers) > 1 and all(0 <= later - earlier <= 1 for earlier, later in pairwise(numbers))
    follows = columns[1].kinds.count(TEXT) * 2 > columns[1].filled
    headless = not column.heading and numbers == list(range(len(column.kinds))) and all(other.heading for other in columns[1:])
    return (headless and len(numbers) > 2) or (counts and follows and len(set(numbers)) == len(numbers) and numbers[0] <= 2)


def _numbers(column: Column) -> list[float]:
    cells = (value for value in _number_cells(column) if isinstance(value, float | str))
    return [float(value) for value in cells if isinstance(value, float) or (value.strip().isdecimal() and len(value) < 16)]


def _number_cells(column: Column) -> list[CellValue]:
    return list(compress(column.values, (kind == NUMBER for kind in column.kinds)))


def _flags_figures(column: Column, figures: set[int]) -> bool:
    if not (texts := column.texts) or column.place - 1 not in figures:
        return False
    if not any(character.isalnum() for text in texts for character in text):
        return True
    return not column.heading and all(text.strip().lower() in _FLAGS for text in texts)


def tells_time(column: Column) -> bool:
    """Whether the column's labels are periods, days, months or years."""
    sample = [value for value in column.values if value is not None and value != ""][:_SAMPLE]
    if not sample or (column.numbers and not _could_be_years(column)):
        return False
    told = sum(moment.tells for moment in read_together(sample, (), column.heading))
    return told * 10 >= len(sample) * 6 or (told * 10 >= len(sample) * 3 and is_time_heading(column.heading))


def _tells_time_beside(column: Column, columns: Sequence[Column]) -> bool:
    """Also years, however few, beside months or quarters: "2018" stands once, then twelve months."""
    if tells_time(column):
        return True
    numbers = _number_cells(column)
    if not numbers or not all(is_year(value) for value in numbers) or len(numbers) == len(column.kinds):
        return False
    return any(other.place == column.place + 1 and not other.numbers and tells_time(other) for other in columns)


def is_time_heading(heading: str) -> bool:
    """Whether a heading speaks of time alone: "Year", "Month", "Time period"."""
    words = heading.lower().replace("_", " ").split()
    return (
        bool({"year", "month", "date", "period", "quarter", "week", "wk", "fy", "financialyear"} & set(words)) and len(words) < 5
    )


def _could_be_years(column: Column) -> bool:
    numbers = _number_cells(column)
    if column.kinds.count(TEXT) + column.kinds.count(DATE) > len(numbers):
        return True
    if is_time_heading(column.heading) or "as at" in column.heading.lower():
        return True
    return not column.heading and len(set(numbers)) > 1 and all(is_year(value) for value in numbers)


def _holds_codes(column: Column) -> bool:
    texts = [text for text in column.texts if not is_total(text)]
    if all(text.strip().isdecimal() for text in texts) and _NUMBERED_NAMES.fullmatch(" ".join(column.heading.split())):
        return False
    if not texts:
        return True
    codes = sum(CODE.fullmatch(text.strip()) is not None for text in texts)
    if codes * 10 < len(texts) * 9:
        if len(texts) < 2 or not CODE_HEADING.search(column.heading) or any(" " in text.strip() for text in texts):
            return False
        return codes * 2 > len(texts) or all(any(character.isdigit() for character in text) for text in texts)
    with_digits = sum(any(character.isdigit() for character in text) for text in texts)
    return with_digits * 10 >= len(texts) * 7 or CODE_HEADING.search(column.heading) is not None


def _names_areas(column: Column, codes: Sequence[Column], office: frozenset[str]) -> bool:
    texts = column.texts
    if is_area_heading(column.heading):
        return True
    keys = {area_key(text) for text in texts}
    if (known := sum(is_area(clean_label(text), office) for text in texts)) >= 2 and known * 10 >= len(keys) * 3:
        return True
    coded = any(any(AREA_CODE.fullmatch(text.strip()) for text in code.texts) for code in codes)
    return (known == len(keys) and known > 0) or (coded and abs(column.place - codes[0].place) == 1)


def row_moments(column: Column, formats: Sequence[str], beside: Sequence[Moment]) -> list[Moment]:
    """What each row's label says of time, with the years that another column gives."""
    return read_together(column.values, formats, column.heading, [moment.period for moment in beside])
