"""The register as sheets to hand out: the protected copy that lies beside a pack. Text stays text."""

import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from reportpack import patterns as re
from reportpack.model.period import long_date
from reportpack.model.register_columns import TABLES
from reportpack.model.register_row import RegisterRow

if TYPE_CHECKING:
    from reportpack.render.sheet import SheetTable

ROWS = "rows of the register"
_COPY = re.compile(r"register as at \d{4}-\d\d-\d\d\.xlsx")


def copy_name(on: date) -> str:
    """`register as at 2019-05-21.xlsx`."""
    return f"register as at {on.isoformat()}.xlsx"


def register_copy(rows: Sequence[RegisterRow], on: date) -> bytes:
    """The rows that stood on that day, protected: it says that it is a copy, and where the register itself is edited."""
    from reportpack.render.sheet import workbook_bytes

    title = (
        f"The register as at {long_date(on)}",
        "A copy: what is changed here is not read. Edit inputs/register.xlsx instead.",
    )
    return workbook_bytes(register_sheets(rows, title), on, protected=True)


def rows_text(rows: Sequence[RegisterRow]) -> bytes:
    """What the copy is made from, as kept text: two builds with the same rows have the same copy."""
    return "\n".join(json.dumps([row.sheet, row.ref, row.texts], ensure_ascii=False) for row in rows).encode()


def register_sheets(rows: Sequence[RegisterRow], title: tuple[str, ...] = ()) -> "tuple[SheetTable, ...]":
    """A sheet each for matters, actions, commitments and questions, under the headings that the register has."""
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
            try:
                path.unlink()
            except OSError:
                continue
