"""Look into one workbook: its tables as the program understands them, and what it cannot tell."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from reportpack.model.problem import Problem
from reportpack.model.table import Table
from reportpack.read.figures.as_at import workbook_as_at
from reportpack.read.figures.tables import find_tables
from reportpack.read.workbook import read_workbook
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class InspectedSheet:
    """One sheet's tables."""

    name: str
    hidden: bool
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Inspection:
    """What stands in a file. `sha256` is empty when it could not be read."""

    file: str
    sha256: str
    as_at: date | None
    sheets: tuple[InspectedSheet, ...]
    problems: tuple[Problem, ...]


def inspect_file(path: Path, known_areas: Sequence[str] = ()) -> Inspection:
    """Open a workbook and find its tables; what is wrong with it is among the problems."""
    workbook, problems = read_workbook(path, path.name)
    if workbook is None:
        return Inspection(path.name, next((p.source.sha256 for p in problems), ""), None, (), problems)
    sheets = []
    found = list(problems)
    for sheet in workbook.sheets:
        tables, more = find_tables(sheet, workbook.file, known_areas)
        sheets.append(InspectedSheet(sheet.name, sheet.hidden, tables))
        found.extend(more)
    return Inspection(workbook.file, workbook.sha256, workbook_as_at(workbook), tuple(sheets), tuple(found))
