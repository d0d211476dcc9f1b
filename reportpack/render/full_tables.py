"""The numbers behind the charts as data: the page source's full tables as sheets of a workbook, and each as CSV."""

import csv
import io
import math

from reportpack import patterns as re
from reportpack.render.element import Document, Element, block_lines, table_grid, words_of
from reportpack.render.pdf.objects import read_date
from reportpack.render.sheet import BEGINS_FORMULA, SheetColumn, SheetTable, Shown, Value, workbook_bytes

_NUMBER = re.compile(r"[\d,]*\d(\.\d+)?")
_UNSHEETED = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31  # of a sheet


def full_tables_workbook(document: Document) -> bytes | None:
    """A sheet for each table that has an id, and before them a list of these; None where there is no such table."""
    meta = document.meta
    sheets: list[SheetTable] = []
    parts = [part for section in document.sections for part in section.walk() if part.tag == "section"]
    for part, table in ((one, table) for one in parts for table in one.elements if table.tag == "table" and table.get("id")):
        title = next((words_of(one) for one in part.elements if one.tag in ("h1", "h2")), table.get("id"))
        name = f"{len(sheets) + 1} {_UNSHEETED.sub(' ', title)}"[:_LONGEST_NAME].strip()
        notes = [words_of(one) for one in part.elements if one.tag == "p"]
        heads, *rows = _rows(table)
        columns = tuple(SheetColumn(str(head), 18) for head in heads)
        sheets.append(SheetTable(name, columns, tuple(rows), tuple(one for one in (title, meta.marking, *notes) if one)))
    columns = (SheetColumn("Sheet", 34), SheetColumn("What it holds", 70))
    facts = (document.title, meta.marking, meta.edition, meta.version, "Marks in square brackets are explained in the appendix.")
    first = SheetTable("Contents", columns, tuple((one.name, one.title[0]) for one in sheets), tuple(one for one in facts if one))
    return workbook_bytes((first, *sheets), read_date(meta.date).date()) if sheets else None


def table_csv(table: Element) -> str:
    """The table's values, unrounded, each with the mark beside it."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerows(map(_text, row) for row in _rows(table))
    return stream.getvalue()


def _text(value: Value) -> str:
    """A spreadsheet takes some beginnings for a formula's; an apostrophe before them says that it is text."""
    if isinstance(value, Shown):
        return f"{value.value:.15g}{''.join(value.number_format.rstrip(chr(34)).partition(' [')[1:])}"
    return f"'{value}" if str(value).startswith(BEGINS_FORMULA) else str(value)


def _rows(table: Element) -> list[tuple[Value, ...]]:
    return [tuple(_value(cell.element) for cell in row.cells) for row in table_grid(table).rows]


def _value(cell: Element) -> Value:
    """A number that shows as it is printed, with the mark beside it; what prints otherwise than a number (a clock, millions in words) is text."""
    words = " ".join(block_lines(cell))
    data, printed = next((one for one in cell.walk() if one.tag == "data"), None), _NUMBER.search(words)
    if data is None or printed is None:
        return words
    value, decimals, shown = float(data.get("value")), len(printed[1] or ".") - 1, float(printed[0].replace(",", ""))
    before, after = (part.replace("\u2212", "").replace('"', "") for part in (words[: printed.start()], words[printed.end() :]))
    if any(one.isdigit() for one in after) or not math.isclose(shown, abs(value), abs_tol=0.5000001 * 10**-decimals):
        return words
    before, after = (f'"{part}"' if part else "" for part in (before, after))
    return Shown(value, f"{before}#,##0{'.' if decimals else ''}{'0' * decimals}{after}")
