"""Workbooks that the program hands out. Text stays text: no cell ever becomes a formula; the same tables give the same bytes."""

import io
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from html import escape
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reportpack import patterns as re
from reportpack.model.commission import ReplyForm
from reportpack.model.period import long_date
from reportpack.model.register_columns import Heading
from reportpack.records import Record


class Shown(Record):
    """A number with a look of its own: `0.0"% [r]"`."""

    value: float
    number_format: str


Value = str | float | date | Shown | None
_DAY_FORMAT = "d mmm yyyy"
_LONGEST = 32_767
_OFFERED_ROWS = 2000
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
BEGINS_FORMULA = ("=", "+", "-", "@")
"""What a person who opens such a cell to type in it would make a formula of; a cell that says that it is text stays text."""
_HEAD = {"bold": True, "bg_color": "#E4E9EF", "text_wrap": True, "valign": "top"}
_TITLE = {"bold": True, "font_size": 13, "valign": "top"}


class SheetColumn(Record):
    """One column: its header, its width in characters, how its numbers look, and the words that may be chosen.

    An `open` one may be typed into where the sheet is protected."""

    header: str
    width: float = 14
    number_format: str = "General"
    choices: tuple[str, ...] = ()
    open: bool = False


class SheetTable(Record):
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
    stream = io.BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"author": "reportpack", "created": datetime.combine(on, time())})
        made: dict[frozenset[tuple[str, Any]], Any] = {}

        def look_of(look: dict[str, Any]) -> Any:
            key = frozenset(look.items())
            if key not in made:
                made[key] = book.add_format(look)
            return made[key]

        for table in tables:
            sheet = book.add_worksheet(table.name)
            _fill(sheet, table, look_of, filtered=protected or not table.title)
            if protected:
                sheet.protect("", {"autofilter": True})
    return stream.getvalue()


def _fill(sheet: Worksheet, table: SheetTable, look_of: Callable[[dict[str, Any]], Any], *, filtered: bool) -> None:
    head = table.head - 1
    for row, line in enumerate(table.title):
        _write(sheet, row, 0, line, look_of({"valign": "top"} if row else _TITLE))
    for place, column in enumerate(table.columns):
        _write(sheet, head, place, column.header, look_of(_HEAD))
        sheet.set_column(place, place, column.width)
        if column.choices:
            offer = {"validate": "list", "source": list(column.choices), "error_type": "warning"}
            sheet.data_validation(head + 1, place, head + _OFFERED_ROWS, place, offer)
    for offset, values in enumerate(table.rows):
        for place, (column, value) in enumerate(zip(table.columns, values, strict=True)):
            _write(sheet, head + 1 + offset, place, value, look_of(_look(value, column, bold=offset in table.bold_rows)))
    sheet.freeze_panes(head + 1, 1)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.set_footer(f"&L{table.title[0].replace('&', '&&')[:200] if table.title else '&A'}&RPage &P of &N")
    if filtered:
        sheet.autofilter(head, 0, head + max(len(table.rows), 1), len(table.columns) - 1)


def _look(value: Value, column: SheetColumn, *, bold: bool) -> dict[str, Any]:
    return {
        "num_format": _DAY_FORMAT if isinstance(value, date) else getattr(value, "number_format", column.number_format),
        "valign": "top",
        "text_wrap": isinstance(value, str),
        "bold": bold,
        "locked": not column.open,
        "quote_prefix": isinstance(value, str) and value.startswith(BEGINS_FORMULA),
    }


def _write(sheet: Worksheet, row: int, place: int, value: Value, look: Any) -> None:
    if isinstance(value, str):
        value = _UNWRITABLE.sub("", value)[:_LONGEST]
    if value is None or value == "":
        sheet.write_blank(row, place, None, look)
    elif isinstance(value, str):
        sheet.write_string(row, place, value, look)
    elif isinstance(value, date):
        sheet.write_datetime(row, place, value, look)
    else:
        sheet.write_number(row, place, value.value if isinstance(value, Shown) else value, look)


_REPLY_COLUMNS = (
    SheetColumn(Heading.MEETING, 26),
    SheetColumn("Post", 20),
    SheetColumn(Heading.REFERENCE, 12),
    SheetColumn(Heading.ACTION, 60),
    SheetColumn(Heading.DUE, 24),
    SheetColumn(Heading.UPDATE, 50, open=True),
    SheetColumn("Complete?", 12, choices=("yes", "no"), open=True),
    SheetColumn(Heading.EVIDENCE, 40, open=True),
)


def reply_form_bytes(form: ReplyForm) -> bytes:
    """A reply form: everything is locked but the cells that are to be filled in, and nothing is hidden."""
    to = f" to {form.reply_to}" if form.reply_to else ""
    title = (
        f"{form.marking + ': ' if form.marking else ''}{form.post}, {form.meeting}",
        form.identity,
        f"Please fill in Update, Complete? and Evidence, and send the form back{to}. As at {long_date(form.on)}.",
    )
    rows = tuple((form.meeting, form.post, one.ref, one.words, one.due, "", "", "") for one in form.actions)
    return workbook_bytes((SheetTable("reply form", _REPLY_COLUMNS, rows, title),), form.on, protected=True)


_KIND = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:meta="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" '
    'office:version="1.2"'
)
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"


def open_document_bytes(tables: Sequence[SheetTable], on: date) -> bytes:
    """An .ods file of those sheets, dated `on`."""
    sheets = "".join(_sheet(table) for table in tables)
    content = f"<office:document-content {_NAMES}><office:body><office:spreadsheet>{sheets}</office:spreadsheet></office:body></office:document-content>"
    meta = f"<office:document-meta {_NAMES}><office:meta><meta:creation-date>{on.isoformat()}T00:00:00</meta:creation-date></office:meta></office:document-meta>"
    files = (("/", _KIND), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    entries = "".join(f'<manifest:file-entry manifest:full-path="{path}" manifest:media-type="{kind}"/>' for path, kind in files)
    manifest = f'<manifest:manifest xmlns:manifest="{_MANIFEST}" manifest:version="1.2">{entries}</manifest:manifest>'
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        book.writestr(zipfile.ZipInfo("mimetype", _LONG_AGO), _KIND, zipfile.ZIP_STORED)
        for name, text in (("content.xml", content), ("meta.xml", meta), ("META-INF/manifest.xml", manifest)):
            part = zipfile.ZipInfo(name, _LONG_AGO)
            book.writestr(part, f'<?xml version="1.0" encoding="UTF-8"?>{text}', zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _sheet(table: SheetTable) -> str:
    every = (*((line,) for line in table.title), tuple(column.header for column in table.columns), *table.rows)
    cells = (("".join(_cell(str(value or "")) for value in row)) for row in every)
    rows = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f'<table:table table:name="{escape(table.name)}">{rows}</table:table>'


def _cell(text: str) -> str:
    """Lines of a cell are paragraphs; spaces that would be folded into one are counted instead."""
    if not text:
        return "<table:table-cell/>"
    spaced = (
        re.sub(r"^ | (?= )", "\ue000", line.replace("\t", " "))
        for line in _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).splitlines()
    )
    lines = (escape(line, quote=False).replace("\ue000", "<text:s/>") for line in spaced)
    paragraphs = "".join(f"<text:p>{line}</text:p>" for line in lines)
    return f'<table:table-cell office:value-type="string">{paragraphs}</table:table-cell>'
