"""What stands in a table's cells beside its figures and is said, so that nobody has to find it: struck, commented and hidden cells, dates that were concluded."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import pairwise

from reportpack import patterns as re
from reportpack.model.problem import Weight
from reportpack.model.table import Table
from reportpack.read.figures.blocks import Block
from reportpack.read.figures.calendars import numbers_of_date, read_together
from reportpack.read.figures.cells import hides_nought, read_text
from reportpack.read.figures.columns import Column, Roles
from reportpack.read.figures.remarks import FIRST, Remark, first_of
from reportpack.read.figures.sheet_view import View
from reportpack.read.grid import CellValue, cell_name
from reportpack.read.periods import has_odd_year, read_period

_FINE = "Nothing needs doing if that is so."
_UNCLEAR_QUARTER = re.compile(r"(?i):*(?:(?:quarter|qtr|q) *\d *(?:\d *){4}|(?:\d *){4}(?:quarter|qtr|q) *\d *):*")


def oddities(view: View, block: Block, roles: Roles, table: Table) -> Iterator[Remark]:
    """One sentence for each kind of oddity of a table."""
    sheet, rows = view.sheet, set(block.data_rows)
    inside = {cell for cell in (*sheet.struck, *sheet.comments) if cell[0] in rows and block.left <= cell[1] <= block.right}
    if struck := [cell_name(*cell) for cell in sorted(inside & sheet.struck)]:
        remedy = "It is doubted until the supplier says whether it holds."
        yield Remark("figure-struck", first_of(struck), "this is struck through.", remedy)
    for place in sorted(inside & sheet.comments.keys())[:FIRST]:
        words = f'somebody has written beside this: "{sheet.comments[place][:200]}".'
        yield Remark("cell-commented", cell_name(*place), words, "Ask the supplier whether the figure may be used.")
    for title in filter(has_odd_year, table.titles):
        found = f'the year in "{title[:120]}" cannot be right.'
        yield Remark("year-unlikely", "", found, "Ask which is meant; it is passed over.")
    yield from _odd_cells(view, block, roles)
    for column in roles.periods:
        for kind, indexes, found, remedy, weight in _dates(column):
            cells = [cell_name(block.data_rows[index], column.place) for index in indexes]
            yield Remark(kind, first_of(cells), found, remedy, weight)
    header = [view.text(row, column) for row in block.header_rows for column in range(block.left, block.right + 1)]
    texts = [*filter(None, (*header, *(view.text(row, block.left) for row in block.data_rows[:40])))]
    unclear = next((text for text in texts if _UNCLEAR_QUARTER.fullmatch(text)), "")
    if unclear and not any(word in text.lower() for text in (*table.titles, *texts) for word in ("calendar", "financial")):
        found = f'"{unclear}" does not say whether its quarters are of the calendar or of the financial year; it is read as of the calendar.'
        yield Remark("quarter-unclear", table.range, found, "Ask which; write Q1 2018/19 for April to June 2018.")


_ABOUT_CELLS = {
    "nought-hidden": (
        "a 0 stands here that its format hides: nobody sees a figure.",
        "Ask whether it is none, or not in yet; until then it is a gap.",
        Weight.WRONG,
    ),
    "second-number": (
        "a second number stands in brackets behind the first, and is not used.",
        "Ask for it in a column of its own.",
        Weight.NOTE,
    ),
    "nil-read": ("a word says nought, and is read as 0.", _FINE, Weight.NOTE),
}


def _odd_cells(view: View, block: Block, roles: Roles) -> Iterator[Remark]:
    cells: dict[str, list[str]] = {kind: [] for kind in _ABOUT_CELLS}
    for column in roles.figures:
        codes = view.sheet.formats_of(block.data_rows, column.place)
        hiding = [code != "General" and hides_nought(code) for code in codes]
        odd = {text: "second-number" for text in column.texts if read_text(text).beside}
        odd |= {text: "nil-read" for text in column.texts if text.strip().lower() in ("nil", "zero")}
        for index, value in enumerate(column.values if odd or any(hiding) else ()):
            hidden = value == 0 and hiding and hiding[index]
            kind = "nought-hidden" if hidden else odd.get(value) if isinstance(value, str) else None
            if kind:
                cells[kind].append(cell_name(block.data_rows[index], column.place))
    for kind, (found, remedy, weight) in _ABOUT_CELLS.items():
        if cells[kind]:
            yield Remark(kind, first_of(cells[kind]), found, remedy, weight)


Said = tuple[str, list[int], str, str, Weight]


def _dates(column: Column) -> Iterator[Said]:
    if odd := [index for index, value in enumerate(column.values) if has_odd_year(value)]:
        first_odd = column.values[odd[0]]
        shown = first_odd.strftime("%d/%m/%Y") if isinstance(first_odd, date) else f'"{first_odd}"'
        found = f"the year of {shown} cannot be right."
        yield "year-unlikely", odd, found, "Ask which is meant; its figures are not used.", Weight.WRONG
    if not 3 <= len(column.values) <= 5_000:
        return
    moments = read_together(column.values, (), column.heading)
    months = [index for index, moment in enumerate(moments) if moment.period is not None and moment.period.months == 1]
    dates = {index: value for index, value in enumerate(column.values) if isinstance(value, date)}
    evening = [index for index, value in dates.items() if isinstance(value, datetime) and value.hour in (22, 23)]
    ends = [index for index in months if index in dates and dates[index].day > 27 and index not in evening]
    numbers = {index: numbers_of_date(column.values[index]) for index in months}
    first = [index for index, found in numbers.items() if found is not None and found[0] != 1 and found[1] == 1]
    if evening:
        yield "dates-evening", evening, "a time late in the evening is read as the day after it.", _FINE, Weight.NOTE
    if len(ends) > 2:
        yield "dates-month-ends", ends, "the last days of months are read as the months that they end.", _FINE, Weight.NOTE
    if not ends and not evening and (days := [index for index in months if index in dates and dates[index].day != 1]):
        yield "dates-month-days", days, "a day of each month is read as its whole month.", _FINE, Weight.NOTE
    elif first and not ends and not evening:
        found = "the dates run from 1 to 12 and begin again: the first number is read as the month."
        yield "dates-month-first", first, found, "Ask the supplier to write months as Jan 2023.", Weight.WRONG
    yield from _out_of_step(column.values)


def _out_of_step(values: Sequence[CellValue]) -> Iterator[Said]:
    """A day among days in even steps that fits only with its day and month changed over, as Excel stores what it half understood."""
    days = [found.start if (found := read_period(value)) and not found.months else None for value in values if value is not None]
    if len(known := [day for day in days if day is not None]) != len(values) or len(known) < 4:
        return
    changed = [day.replace(day=day.month, month=day.day) if day.day <= 12 else day for day in known]
    odd = [index for index, day in enumerate(known) if changed[index] != day and not _fits(known, index, day)]
    odd = [index for index in odd if _fits(known, index, changed[index])]
    mended = [changed[index] if index in odd else day for index, day in enumerate(known)]
    if odd and len(odd) * 2 < len(known) and all(earlier < later for earlier, later in pairwise(mended)):
        words = f"{known[odd[0]]:%d/%m/%Y} is out of step with the days around it; is it {changed[odd[0]]:%d/%m/%Y}?"
        remedy = "Ask the supplier: Excel changes day and month over where it half reads a date."
        yield "date-swapped", odd, words, remedy, Weight.WRONG


def _fits(days: Sequence[date], index: int, day: date) -> bool:
    around = [*days[max(0, index - 1) : index], day, *days[index + 1 : index + 2]]
    return all(earlier < later for earlier, later in pairwise(around))
