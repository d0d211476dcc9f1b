"""register.xlsx becomes the register: what stands according to the people who keep it."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from reportpack.model.action import Action
from reportpack.model.commitment import Commitment
from reportpack.model.matter import Matter
from reportpack.model.measure import Measure
from reportpack.model.office import Office
from reportpack.model.problem import Problem, Weight
from reportpack.model.register import Register
from reportpack.model.source import Source
from reportpack.read.actions import ACTIONS, read_action
from reportpack.read.commitments import COMMITMENTS, read_commitment
from reportpack.read.matters import MATTERS, read_matter
from reportpack.read.questions import QUESTIONS, read_question
from reportpack.read.register_rows import Row, SheetTable, read_rows
from reportpack.read.register_workbook import RegisterWorkbook, grid_of, open_register, write_number

TABLES = (MATTERS, ACTIONS, COMMITMENTS, QUESTIONS)

Record = TypeVar("Record")
Referenced = TypeVar("Referenced", Matter, Action, Commitment)


def read_register(path: Path, name: str, office: Office, measures: Sequence[Measure]) -> tuple[Register, tuple[Problem, ...]]:
    """Every row of the four sheets. `name` is the file as people know it; a register that cannot be opened is empty, and said."""
    workbook, opening = open_register(path, name)
    if workbook is None:
        return Register(), opening
    matters, of_matters = _read_sheet(workbook, MATTERS, lambda row: read_matter(row, office))
    actions, of_actions = _read_sheet(workbook, ACTIONS, lambda row: read_action(row, office))
    commitments, of_commitments = _read_sheet(workbook, COMMITMENTS, lambda row: read_commitment(row, office, measures))
    questions, of_questions = _read_sheet(workbook, QUESTIONS, lambda row: read_question(row, office))
    register = Register(_in_order(matters), _in_order(actions), _in_order(commitments), questions)
    doubled = (*_doubled(matters), *_doubled(actions), *_doubled(commitments))
    return register, (*opening, *of_matters, *of_actions, *of_commitments, *of_questions, *doubled)


def register_number(path: Path) -> int | None:
    """The number of the ledger's last write that the workbook carries; None when it has never been through a ledger."""
    return write_number(path)


def data_dictionary() -> str:
    """The sheets and columns in Markdown, as docs/register.md shows them."""
    parts = []
    for table in TABLES:
        rows = "\n".join(f"| {column.header} | {column.means} | {'yes' if column.needed else ''} |" for column in table.columns)
        parts.append(
            f"### {table.name}\n\n{table.means}\n\n| Column | What stands in it | Must be there |\n| --- | --- | --- |\n{rows}\n"
        )
    return "\n".join(parts)


def _read_sheet(
    workbook: RegisterWorkbook, table: SheetTable, read: Callable[[Row], tuple[Record, tuple[Problem, ...]]]
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    found = workbook.sheet(table.name)
    if found is None:
        return (), (_no_sheet(workbook, table),)
    rows, problems = read_rows(table, grid_of(found), Source(workbook.file, found.name, "", workbook.sha256))
    read_ones = [read(row) for row in rows]
    return tuple(record for record, _ in read_ones), (*problems, *(one for _, faults in read_ones for one in faults))


def _no_sheet(workbook: RegisterWorkbook, table: SheetTable) -> Problem:
    return Problem(
        "sheet-missing",
        Source(workbook.file, sha256=workbook.sha256),
        f'There is no sheet "{table.name}", so no {table.name.lower()} are known.',
        f'Name the sheet that holds them "{table.name}", or add an empty one with its headings.',
        Weight.WRONG if table.needed else Weight.NOTE,
    )


def _doubled(records: Sequence[Referenced]) -> tuple[Problem, ...]:
    """Two rows with one reference: both are kept, and a person must say which is which."""
    places: dict[str, list[Source]] = defaultdict(list)
    for record in records:
        if record.ref:
            places[record.ref.casefold()].append(record.source)
    refs = {record.ref.casefold(): record.ref for record in records}
    return tuple(
        Problem(
            "reference-twice",
            sources[-1],
            f"The reference {refs[key]} stands on {len(sources)} rows ({', '.join(source.cell for source in sources)}); all are kept.",
            "Give each matter, action or commitment a reference of its own, or delete the row that is there by mistake.",
        )
        for key, sources in places.items()
        if len(sources) > 1
    )


def _in_order(records: Sequence[Referenced]) -> tuple[Referenced, ...]:
    """By year and number; references of other shapes, and rows without one, after them in the order of the sheet."""
    return tuple(sorted(records, key=lambda record: reference_order(record.ref)))


def reference_order(reference: str) -> tuple[int, int, int]:
    """Where `12/2019` or `M3/2019` stands among its kind."""
    match = re.fullmatch(r"[A-Za-z]*\s*(\d+)\s*/\s*(\d{2,4})", reference)
    return (0, int(match[2]), int(match[1])) if match else (1, 0, 0)
