"""register.xlsx becomes the register: what stands according to the people who keep it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

from reportpack.model.action import Action
from reportpack.model.commitment import Commitment
from reportpack.model.matter import Matter, MatterState
from reportpack.model.measure import Measure
from reportpack.model.office import Office
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.register import Register, reference_order
from reportpack.model.register_columns import (
    ACTIONS,
    COMMITMENTS,
    MATTERS,
    QUESTIONS,
    RECOMMENDATIONS,
    RISKS,
    TABLES,
    Heading,
    RegisterTable,
)
from reportpack.model.register_row import RegisterBook, RegisterRow, RegisterSheet
from reportpack.model.state_words import spelt_state
from reportpack.read.grid import cell_name
from reportpack.read.register.actions import read_action, read_recommendation, read_risk
from reportpack.read.register.commitments import read_commitment
from reportpack.read.register.matters import read_matter, read_question
from reportpack.read.register.rows import RegisterWorkbook, grid_of, open_register, read_rows, register_number, type_row

Record = TypeVar("Record")
Referenced = TypeVar("Referenced", Matter, Action, Commitment)


def read_register(path: Path, name: str, office: Office, measures: Sequence[Measure]) -> tuple[Register, tuple[Problem, ...]]:
    """Every row of the sheets. `name` is the file as people know it; a register that cannot be opened is empty, and said."""
    book, opening = read_register_book(path, name)
    if book is None:
        return Register(), opening
    register, problems = register_of_rows(book.rows, office, measures)
    return register, (*opening, *problems)


def read_register_book(path: Path, name: str) -> tuple[RegisterBook | None, tuple[Problem, ...]]:
    """The rows as typed, before anything is made of them; None when the workbook cannot be opened."""
    workbook, opening = open_register(path, name)
    if workbook is None:
        return None, opening
    sheets = [_read_sheet(workbook, table) for table in TABLES]
    rows = tuple(row for rows, _, _ in sheets for row in rows)
    problems = (*opening, *(problem for _, _, problems in sheets for problem in problems))
    found = tuple(sheet for _, sheet, _ in sheets if sheet is not None)
    return RegisterBook(name, workbook.sha256, register_number(path), rows, found), problems


def register_of_rows(
    rows: Sequence[RegisterRow], office: Office, measures: Sequence[Measure]
) -> tuple[Register, tuple[Problem, ...]]:
    """What the rows say, wherever they come from: a workbook, or the ledger."""
    matters = _read_rows(rows, MATTERS, lambda row: read_matter(row, office))
    actions = _read_rows(rows, ACTIONS, lambda row: read_action(row, office))
    commitments = _read_rows(rows, COMMITMENTS, lambda row: read_commitment(row, office, measures))
    questions = _read_rows(rows, QUESTIONS, lambda row: read_question(row, office))
    risks = _read_rows(rows, RISKS, lambda row: read_risk(row, office))
    advised = _read_rows(rows, RECOMMENDATIONS, lambda row: read_recommendation(row, office))
    risks = (*risks[0], *advised[0]), (*risks[1], *advised[1])
    register = Register(
        _in_order(matters[0]), _in_order(actions[0]), _in_order(commitments[0]), questions[0], _in_order(risks[0])
    )
    doubled = (*_doubled(matters[0]), *_doubled(actions[0]), *_doubled(commitments[0]), *_doubled(risks[0]))
    return register, (*matters[1], *actions[1], *commitments[1], *questions[1], *risks[1], *doubled)


def _read_rows(
    rows: Sequence[RegisterRow], table: RegisterTable, read: Callable[[RegisterRow], tuple[Record, tuple[Problem, ...]]]
) -> tuple[tuple[Record, ...], tuple[Problem, ...]]:
    found = [read(row) for row in rows if row.sheet == table.name]
    return tuple(record for record, _ in found), tuple(one for _, problems in found for one in problems)


def _read_sheet(
    workbook: RegisterWorkbook, table: RegisterTable
) -> tuple[tuple[RegisterRow, ...], RegisterSheet | None, tuple[Problem, ...]]:
    if (found := workbook.sheet(table.name)) is None:
        missing = f'There is no sheet "{table.name}", so no {table.name.lower()} are known.'
        remedy = f'Name the sheet that holds them "{table.name}", or add an empty one with its headings.'
        weight = Weight.WRONG if table.needed else Weight.NOTE
        said = Problem("sheet-missing", Source(workbook.file, sha256=workbook.sha256), missing, remedy, weight)
        return (), None, (said,) if table.needed is not None else ()
    grid = grid_of(found, workbook.totals.get(found.name, ()))
    rows, headings, problems = read_rows(table, grid, Source(workbook.file, found.name, "", workbook.sha256))
    typed = [type_row(row, table) for row in rows]
    struck = {cell_name(*at) for at in found.struck}
    crossed = [row for row, _ in typed if row.at(table.words).cell in struck and not _is_over(row)]
    found_struck = "This row is struck through, and its state does not say that it is over; it stands as its state says."
    remedy = "Type what became of it under State (such as withdrawn or superseded), or take the line through it away."
    problems = (*problems, *(Problem("row-struck", row.source, found_struck, remedy) for row in crossed))
    sheet = RegisterSheet(table.name, found.name, tuple(headings.letters.items()), headings.row, headings.free)
    return tuple(row for row, _ in typed), sheet, (*problems, *(one for _, faults in typed for one in faults))


def _is_over(row: RegisterRow) -> bool:
    said = row.text(Heading.STATE)
    state = spelt_state(said)
    return said.casefold() == MatterState.DISCHARGED.value or (state is not None and not state.is_live)


def _doubled(records: Sequence[Referenced]) -> Iterator[Problem]:
    """Two rows with one reference: both are kept, and a person must say which is which."""
    places: dict[str, list[Referenced]] = defaultdict(list)
    for record in (one for one in records if one.ref):
        places[record.ref.casefold()].append(record)
    remedy = "Give each matter, action, commitment or risk a reference of its own, or delete the row that is there by mistake."
    for same in (one for one in places.values() if len(one) > 1):
        rows = ", ".join(one.source.cell for one in same)
        found = f"The reference {same[-1].ref} stands on {len(same)} rows ({rows}); all are kept."
        yield Problem("reference-twice", same[-1].source, found, remedy)


def _in_order(records: Sequence[Referenced]) -> tuple[Referenced, ...]:
    """By year and number; references of other shapes, and rows without one, after them in the order of the sheet."""
    return tuple(sorted(records, key=lambda record: reference_order(record.ref)))
