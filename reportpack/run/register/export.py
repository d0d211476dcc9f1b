"""`register export`: what stands as a workbook, an OpenDocument sheet or comma-separated values. Text never becomes a formula."""

import csv
import io
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from reportpack.errors import InputError
from reportpack.model.register_row import RegisterRow
from reportpack.render.sheet import SheetTable, open_document_bytes, workbook_bytes
from reportpack.run.register.protected_copy import register_sheets
from reportpack.run.writing import write_files

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_register(rows: Sequence[RegisterRow], path: Path, today: date) -> None:
    """Write the rows in the form that the file's name asks for: .xlsx, .ods or .csv; a file that is there is not overwritten."""
    write = _FORMS.get(path.suffix.lower())
    if write is None:
        raise InputError(f"The register cannot be written as {path.name}.", "Give a name that ends in .xlsx, .ods or .csv.")
    if path.exists():
        raise InputError(f"There is a file {path} already.", "Give another name, or move it away; nothing was written.")
    held = {row.sheet for row in rows}
    write_files({path: write([table for table in register_sheets(rows) if table.name in held], today)})


def _comma_separated(tables: Sequence[SheetTable], _: date) -> bytes:
    headings = tuple(dict.fromkeys(column.header for table in tables for column in table.columns))
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(("Sheet", *headings))
    for table in tables:
        for row in table.rows:
            texts = {column.header: _harmless(str(value)) for column, value in zip(table.columns, row, strict=True)}
            writer.writerow((table.name, *(texts.get(heading, "") for heading in headings)))
    return stream.getvalue().encode("utf-8-sig", "replace")


def _harmless(text: str) -> str:
    """A spreadsheet takes what begins so for a formula; an apostrophe before it says that it is text."""
    return f"'{text}" if text.startswith(_BEGINS_FORMULA) else text


_FORMS: dict[str, Callable[[Sequence[SheetTable], date], bytes]] = {
    ".xlsx": workbook_bytes,
    ".ods": open_document_bytes,
    ".csv": _comma_separated,
}
