"""The register as sheets to hand out: the protected copy that lies beside a pack, and `register export`. Text stays text."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reportpack import patterns as re
from reportpack.errors import InputError
from reportpack.model.period import long_date
from reportpack.model.register_columns import TABLES
from reportpack.model.register_row import RegisterRow
from reportpack.run.office_files import write_files

if TYPE_CHECKING:
    from reportpack.render.sheet import SheetTable

_BEGINS_FORMULA = ("=", "+", "-", "@", "\t", "\r")
ROWS = "rows of the register"
_COPY = re.compile(r"register as at \d{4}-\d\d-\d\d\.xlsx")


def copy_name(on: date) -> str:
    """`register as at 2019-05-21.xlsx`."""
    return f"register as at {on.isoformat()}.xlsx"


def register_copy(rows: Sequence[RegisterRow], on: date) -> bytes:
    """The rows that stood on that day, protected: it says that it is a copy, and where the register itself is edited."""
    from reportpack.render.sheet import workbook_bytes

    copy = "A copy: what is changed here is not read. Edit inputs/register.xlsx instead."
    return workbook_bytes(register_sheets(rows, (f"The register as at {long_date(on)}", copy)), on, protected=True)


def rows_text(rows: Sequence[RegisterRow]) -> bytes:
    """What the copy is made from, as kept text: two builds with the same rows have the same copy."""
    return "\n".join(json.dumps([row.sheet, row.ref, row.texts], ensure_ascii=False) for row in rows).encode()


def register_sheets(rows: Sequence[RegisterRow], title: tuple[str, ...] = ()) -> "tuple[SheetTable, ...]":
    """A sheet for each kind of row, under the headings that the register has."""
    from reportpack.render.sheet import SheetColumn, SheetTable

    return tuple(
        SheetTable(
            table.name,
            tuple(SheetColumn(column.heading, 40 if column.holds.wordy else 16) for column in table.columns),
            tuple(tuple(row.text(column.heading) for column in table.columns) for row in rows if row.sheet == table.name),
            title,
        )
        for table in TABLES
    )


def remove_other_copies(folder: Path, on: date) -> None:
    """Copies of other days go from beside the pack of this one; one that somebody has open stays."""
    for path in folder.glob("register as at *.xlsx"):
        if _COPY.fullmatch(path.name) and path.name != copy_name(on):
            with suppress(OSError):
                path.unlink()


def export_register(rows: Sequence[RegisterRow], path: Path, today: date) -> None:
    """Write the rows in the form that the file's name asks for: .xlsx, .ods or .csv; a file that is there is not overwritten."""
    from reportpack.render.sheet import open_document_bytes, workbook_bytes

    forms = {".xlsx": workbook_bytes, ".ods": open_document_bytes, ".csv": comma_separated}
    if path.suffix.lower() not in forms:
        raise InputError(f"The register cannot be written as {path.name}.", "Give a name that ends in .xlsx, .ods or .csv.")
    if path.exists():
        raise InputError(f"There is a file {path} already.", "Give another name, or move it away; nothing was written.")
    held = {row.sheet for row in rows}
    write_files({path: forms[path.suffix.lower()]([table for table in register_sheets(rows) if table.name in held], today)})


def comma_separated(tables: "Sequence[SheetTable]", _: date) -> bytes:
    """The tables one after another in one file. A spreadsheet takes some beginnings for a formula's; an apostrophe before them says that it is text."""
    headings = tuple(dict.fromkeys(column.header for table in tables for column in table.columns))
    rows = []
    for table in tables:
        texts = (dict(zip((one.header for one in table.columns), map(str, row), strict=True)) for row in table.rows)
        rows += [(table.name, *(one.get(heading, "") for heading in headings)) for one in texts]
    return as_csv(("Sheet", *headings), rows)


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows under headings. A spreadsheet takes some beginnings for a formula's; an apostrophe before them says that it is text."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(headings)
    writer.writerows([f"'{text}" if text.startswith(_BEGINS_FORMULA) else text for text in row] for row in rows)
    return stream.getvalue().encode("utf-8-sig", "replace")
