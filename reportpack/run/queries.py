"""`check --queries`: for each workbook with something to ask, a sheet to send to its owner as it is."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path, PurePosixPath

from reportpack.model.measure import Measure
from reportpack.model.problem import Problem
from reportpack.read.workbook.listing import is_named
from reportpack.records import dataclass
from reportpack.render.sheet import SheetColumn, SheetTable, workbook_bytes
from reportpack.run.folders import Folders
from reportpack.run.writing import write_files

COLUMNS = (
    SheetColumn("Sheet", 22),
    SheetColumn("Cell", 12),
    SheetColumn("What was found", 60),
    SheetColumn("What is wanted", 50),
    SheetColumn("Your answer", 50),
)
PERFORMANCE = "performance/"


@dataclass(frozen=True, slots=True)
class QuerySheet:
    """What is to be asked about one workbook, and whom to ask (empty where no measure names a supplier)."""

    workbook: str
    owner: str
    problems: tuple[Problem, ...]


def query_sheets(problems: Sequence[Problem], measures: Sequence[Measure]) -> tuple[QuerySheet, ...]:
    """The problems of each of the force's workbooks, in the order of their names."""
    by_file: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.source.file.startswith(PERFORMANCE):
            by_file.setdefault(problem.source.file, []).append(problem)
    suppliers = {
        file: dict.fromkeys(one.supplier for one in measures if any(is_named(file, place.file) for place in one.places))
        for file in by_file
    }
    return tuple(QuerySheet(one, ", ".join(filter(None, suppliers[one])), tuple(by_file[one])) for one in sorted(by_file))


def write_queries(folders: Folders, sheets: Sequence[QuerySheet], on: date) -> tuple[Path, ...]:
    """One workbook a sheet, in the folder `queries` of the build folder; gives their paths."""
    files = {folders.build / "queries" / f"Queries on {PurePosixPath(one.workbook).stem}.xlsx": _bytes(one, on) for one in sheets}
    write_files(files)
    return tuple(files)


def _bytes(sheet: QuerySheet, on: date) -> bytes:
    name = sheet.workbook.removeprefix(PERFORMANCE)
    title = (
        f"Queries on {name}",
        f"For {sheet.owner}" if sheet.owner else "",
        "Please answer in the last column and send this back.",
    )
    rows = tuple((one.source.sheet, one.source.cell, one.found, one.remedy, "") for one in sheet.problems)
    return workbook_bytes((SheetTable("Queries", COLUMNS, rows, tuple(line for line in title if line)),), on)
