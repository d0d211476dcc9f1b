"""Workbooks that the program hands out. Text stays text: no cell ever becomes a formula; the same tables give the same bytes."""

import io
import re
import zipfile
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime, time

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

Value = str | float | date | None
_HEAD = PatternFill("solid", fgColor="E4E9EF")
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")
_UNPRINTABLE = {code: None for code in range(32) if code not in (9, 10)}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column: its header, its width in characters, how its numbers look, and the words that may be chosen.

    An `open` one may be typed into where the sheet is protected.
    """

    header: str
    width: float = 14
    number_format: str = "General"
    choices: tuple[str, ...] = ()
    open: bool = False


@dataclass(frozen=True, slots=True)
class SheetTable:
    """One sheet: title rows above a header row, and rows of values; `bold_rows` count from 0 within the rows."""

    name: str
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Value, ...], ...] = ()
    title: tuple[str, ...] = ()
    bold_rows: tuple[int, ...] = ()


def workbook_bytes(tables: Sequence[SheetTable], on: date, *, protected: bool = False) -> bytes:
    """An xlsx file of those sheets, dated `on`. A protected one can be read, filtered and copied from, not typed into."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for table in tables:
        sheet = book.create_sheet(table.name)
        _fill(sheet, table)
        sheet.protection.sheet = protected
    book.properties.created = book.properties.modified = datetime.combine(on, time())
    book.properties.creator = "reportpack"
    stream = io.BytesIO()
    book.save(stream)
    return _without_the_clock(stream.getvalue(), on)


def _without_the_clock(data: bytes, on: date) -> bytes:
    """openpyxl writes the moment of saving into the file; here it is the day the file speaks of."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as saved, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for info in saved.infolist():
            part = saved.read(info)
            if info.filename == "docProps/core.xml":
                part = _MODIFIED.sub(rb"\g<1>%sT00:00:00Z\2" % on.isoformat().encode(), part)
            book.writestr(zipfile.ZipInfo(info.filename, (1980, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _fill(sheet: Worksheet, table: SheetTable) -> None:
    for number, line in enumerate(table.title, start=1):
        _write(sheet, number, 1, line).font = Font(bold=number == 1, size=13 if number == 1 else 11)
    head = len(table.title) + 1 + bool(table.title)
    for index, column in enumerate(table.columns, start=1):
        cell = _write(sheet, head, index, column.header)
        cell.font, cell.fill = Font(bold=True), _HEAD
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.column_dimensions[get_column_letter(index)].width = column.width
        _offer_choices(sheet, column, index, head)
    looks: dict[tuple[str, bool, bool, bool], StyleArray] = {}
    for offset, row in enumerate(table.rows):
        for index, (column, value) in enumerate(zip(table.columns, row, strict=True), start=1):
            cell = _write(sheet, head + 1 + offset, index, value)
            number_format = "d mmm yyyy" if isinstance(value, date) else column.number_format
            look = (number_format, isinstance(value, str), offset in table.bold_rows, column.open)
            if look in looks:
                cell._style = copy(looks[look])  # openpyxl's way to a known style: to set it anew compares it with every other
                continue
            cell.number_format = number_format
            cell.alignment = Alignment(wrap_text=isinstance(value, str), vertical="top")
            if offset in table.bold_rows:
                cell.font = Font(bold=True)
            if column.open:
                cell.protection = Protection(locked=False)
            looks[look] = cell._style
    sheet.freeze_panes = f"B{head + 1}"
    if not table.title:
        sheet.auto_filter.ref = f"A{head}:{get_column_letter(len(table.columns))}{head + max(len(table.rows), 1)}"


def _write(sheet: Worksheet, row: int, column: int, value: Value):  # type: ignore[no-untyped-def]
    """Write a value; text goes in as text, whatever it begins with."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = value.translate(_UNPRINTABLE)[:32_767]
        cell.data_type = "s"
    else:
        cell.value = value
    return cell


def _offer_choices(sheet: Worksheet, column: SheetColumn, index: int, head: int) -> None:
    if not column.choices:
        return
    offer = DataValidation(type="list", formula1=f'"{",".join(column.choices)}"', allow_blank=True)
    offer.errorStyle = "warning"
    letter = get_column_letter(index)
    offer.add(f"{letter}{head + 1}:{letter}{head + 2000}")
    sheet.add_data_validation(offer)
