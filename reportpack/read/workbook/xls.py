"""Excel 97 to 2003 workbooks and older (xls), through xlrd: values, formats, errors, hidden rows, columns and sheets, merges."""

import io
from math import isfinite

import xlrd

from reportpack.model.problem import Problem, Source
from reportpack.read.grid import CellValue, Merge, Sheet
from reportpack.read.workbook.faults import TELL_OWNER, UnreadableError, too_large, wrong
from reportpack.read.workbook.limits import MAX_CELLS
from reportpack.read.workbook.number_formats import GENERAL, from_serial
from reportpack.read.workbook.sheet_facts import NOT_A_NUMBER, FormatRow

_EMPTY, _TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR, _BLANK = range(7)


class EncryptedError(Exception):
    """The workbook asks for a password."""


def read_xls(data: bytes, source: Source) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """Its sheets, and what is odd. Raises UnreadableError or EncryptedError."""
    problems: list[Problem] = []
    if (book := _open(data, formatting=True)) is None and (book := _open(data, formatting=True, tolerant=True)):
        found = "the file is damaged, though its cells can still be read; some may be missing."
        problems.append(wrong("workbook-damaged", source, found, TELL_OWNER))
    if book is None and (book := _open(data, formatting=False, tolerant=True)):
        found = "its number formats cannot be read, so dates and percentages may show as plain numbers."
        problems.append(wrong("workbook-formats-unknown", source, found, TELL_OWNER))
    if book is None:
        raise UnreadableError("workbook-unreadable", "the file is damaged: it starts as an Excel workbook but cannot be read.")
    if sum(sheet.nrows * sheet.ncols for sheet in book.sheets()) > 8 * MAX_CELLS:
        raise too_large(MAX_CELLS)
    return tuple(_sheet(book, sheet) for sheet in book.sheets()), problems


def _open(data: bytes, formatting: bool, tolerant: bool = False) -> "xlrd.book.Book | None":
    try:
        silent = io.StringIO()
        how = {"formatting_info": formatting, "ragged_rows": True, "ignore_workbook_corruption": tolerant}
        return xlrd.open_workbook(file_contents=data, logfile=silent, **how)
    except xlrd.XLRDError as fault:
        if "encrypted" in str(fault):
            raise EncryptedError from fault
        return None
    except Exception:  # noqa: BLE001 - xlrd trusts its input: a damaged file raises anything
        return None


def _sheet(book: "xlrd.book.Book", sheet: "xlrd.sheet.Sheet") -> Sheet:
    codes = [book.format_map[one.format_key].format_str if one.format_key in book.format_map else "" for one in book.xf_list]
    codes = ["" if code.lower() == GENERAL.lower() else code for code in codes] if book.formatting_info else []
    rows: list[list[CellValue]] = []
    formats: dict[int, FormatRow] = {}
    errors: dict[tuple[int, int], str] = {}
    for row in range(sheet.nrows):
        types, values = sheet.row_types(row), sheet.row_values(row)
        indexes = sheet._cell_xf_indexes[row] if codes else [0] * len(values)
        styles = [codes[style] if style < len(codes) else "" for style in indexes]
        cells: list[CellValue] = []
        for column, (kind, value, code) in enumerate(zip(types, values, styles, strict=True)):
            if kind == _ERROR:
                errors[row, column] = xlrd.error_text_from_code.get(value, "#N/A")
            elif kind in {_NUMBER, _DATE} and not isfinite(value):
                errors[row, column] = NOT_A_NUMBER
                kind = _ERROR  # noqa: PLW2901 - from here on it is one
            if kind in {_NUMBER, _DATE} and isinstance(value, float | int):
                shown = code or ("dd/mm/yyyy" if kind == _DATE else "")
                cells.append(from_serial(float(value), shown, bool(book.datemode)))
            else:
                cells.append(bool(value) if kind == _BOOLEAN else value or None if kind == _TEXT else None)
        if marked := {column: code for column, code in enumerate(styles) if code}:
            formats[row] = marked
        rows.append(cells)
    rows_hidden = frozenset(row for row, info in sheet.rowinfo_map.items() if info.hidden)
    columns_hidden = frozenset(column for column, info in sheet.colinfo_map.items() if info.hidden)
    merges = tuple(Merge(top, left, bottom - 1, right - 1) for top, bottom, left, right in sheet.merged_cells)
    shown = sheet.visibility != 0, rows_hidden, columns_hidden
    return Sheet(sheet.name, rows, *shown, merges, errors, formats=formats)
