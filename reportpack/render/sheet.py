"""Workbooks that the program hands out. Text stays text: no cell ever becomes a formula; the same tables give the same bytes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

from reportpack.render.sheet_package import MAIN, Font, Look, Looks, SheetPart, package

Value = str | float | date | None
_DAY_ZERO = date(1899, 12, 30)
_DAY_FORMAT = "d mmm yyyy"
_LONGEST = 32_767
_OFFERED_ROWS = 2000
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEAD = Look(font=Font.BOLD, shaded=True, wrapped=True)


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

    @property
    def head(self) -> int:
        """The number of the header row; an empty row parts it from the title."""
        return len(self.title) + 1 + bool(self.title)


def workbook_bytes(tables: Sequence[SheetTable], on: date, *, protected: bool = False) -> bytes:
    """An xlsx file of those sheets, dated `on`. A protected one can be read, filtered and copied from, not typed into."""
    looks = Looks()
    return package([_sheet(table, looks, protected=protected) for table in tables], looks, on)


def _sheet(table: SheetTable, looks: Looks, *, protected: bool) -> SheetPart:
    """The sheet's XML (ISO/IEC 29500-1, 18.3), its parts in the order that the standard sets."""
    last = f"{_letters(len(table.columns))}{table.head + max(len(table.rows), 1)}"
    filtered = f"A{table.head}:{last}" if protected or not table.title else ""
    parts = (
        f'<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">{_frozen(table.head)}</sheetView></sheetViews>',
        f"<cols>{_widths(table)}</cols>",
        f"<sheetData>{''.join(_rows(table, looks))}</sheetData>",
        '<sheetProtection sheet="1" autoFilter="0"/>' if protected else "",
        f'<autoFilter ref="{filtered}"/>' if filtered else "",
        _offers(table),
        "</worksheet>",
    )
    return SheetPart(table.name, "".join(parts), filtered)


def _frozen(head: int) -> str:
    """The header row and the first column stay in sight."""
    return f'<pane xSplit="1" ySplit="{head}" topLeftCell="B{head + 1}" activePane="bottomRight" state="frozen"/>'


def _widths(table: SheetTable) -> str:
    return "".join(
        f'<col min="{number}" max="{number}" width="{column.width}" customWidth="1"/>'
        for number, column in enumerate(table.columns, start=1)
    )


def _rows(table: SheetTable, looks: Looks) -> Iterator[str]:
    for number, line in enumerate(table.title, start=1):
        yield _row(number, [_cell(line, f"A{number}", looks.of(Look(font=Font.TITLE if number == 1 else Font.PLAIN)))])
    letters = [_letters(number) for number, _ in enumerate(table.columns, start=1)]
    heads = zip(table.columns, letters, strict=True)
    yield _row(table.head, [_cell(column.header, f"{letter}{table.head}", looks.of(_HEAD)) for column, letter in heads])
    for offset, values in enumerate(table.rows):
        number, font = table.head + 1 + offset, Font.BOLD if offset in table.bold_rows else Font.PLAIN
        cells = zip(values, table.columns, letters, strict=True)
        yield _row(
            number,
            [_cell(value, f"{letter}{number}", looks.of(_look(value, column, font))) for value, column, letter in cells],
        )


def _row(number: int, cells: Sequence[str]) -> str:
    return f'<row r="{number}">{"".join(cells)}</row>'


def _look(value: Value, column: SheetColumn, font: Font) -> Look:
    number_format = _DAY_FORMAT if isinstance(value, date) else column.number_format
    return Look(number_format, font, wrapped=isinstance(value, str), open=column.open)


def _cell(value: Value, name: str, look: int) -> str:
    """A value with its look; text goes in as text, whatever it begins with."""
    if value is None or value == "":
        return f'<c r="{name}" s="{look}"/>'
    if isinstance(value, date):
        value = (value - _DAY_ZERO).days
    if isinstance(value, str):
        text = _ESCAPED.sub("_x005F_", _UNWRITABLE.sub("", value)[:_LONGEST])
        return f'<c r="{name}" s="{look}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
    return f'<c r="{name}" s="{look}"><v>{value}</v></c>'


def _offers(table: SheetTable) -> str:
    """The words that may be chosen in a column; others may be typed after a warning."""
    first, last = table.head + 1, table.head + _OFFERED_ROWS
    offers = [
        f'<dataValidation type="list" errorStyle="warning" allowBlank="1" showErrorMessage="1" '
        f'sqref="{letter}{first}:{letter}{last}"><formula1>"{escape(",".join(column.choices))}"</formula1></dataValidation>'
        for column, letter in ((column, _letters(number)) for number, column in enumerate(table.columns, start=1))
        if column.choices
    ]
    return f'<dataValidations count="{len(offers)}">{"".join(offers)}</dataValidations>' if offers else ""


def _letters(column: int) -> str:
    """The name of a column: A, B ... Z, AA."""
    high, low = divmod(column - 1, 26)
    return (_letters(high) if high else "") + chr(ord("A") + low)
