"""What is done to a workbook elsewhere moves no figure: rows and columns come and go, remarks and markings are put beside it, cells turn into words."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from reportpack.model.table import TableValue
from reportpack.read.grid import CellValue, Position, Sheet
from tests.read.sheets import sheet_of, tables_of

OFFICE = ("Shropshire", "Herefordshire", "Telford and Wrekin", "West Mercia")
TABLES = {
    "areas down": "Arrests, Q1 2024/25\nArea | Arrests | Charges\nShropshire | 120 | 30\nHerefordshire | 98 | 24\nTelford | 143 | 35\nWest Mercia | 361 | 89",
    "months down": "Month | Offences\nJan 2024 | 700\nFeb 2024 | 712\nMar 2024 | 690\nApr 2024 | 744\nMay 2024 | 731",
    "month ends": "Period end | Offences\n31/01/2024 | 700\n29/02/2024 | 712\n31/03/2024 | 690\n30/04/2024 | 744\n31/05/2024 | 731",
    "days": "Date | Calls\n11/07/2024 | 50\n12/07/2024 | 51\n13/07/2024 | 52\n14/07/2024 | 50\n15/07/2024 | 49",
    "weeks": "Calls by week, West Mercia, 2019\nWeek | Calls\nWeek 14 | 900\nWeek 15 | 901\nWeek 16 | 902\nWeek 17 | 903",
    "long": "Area | Month | Kind | Count\nShropshire | Apr 2024 | Theft | 4\nShropshire | Apr 2024 | Arson | 5\nHerefordshire | Apr 2024 | Theft | 6\n"
    "Herefordshire | Apr 2024 | Arson | 7",
    "kind behind": "Length | Width | Kind\n5 | 3 | pike\n4 | 2 | carp\n6 | 3 | pike\n5 | 2 | carp\n7 | 4 | pike\n6 | 3 | carp",
    "ages": "Age | Victims | Per cent\n16 | 12 | 4.1\n17 | 19 | 6.5\n18 | 33 | 11.3\n19 | 21 | 7.2\n20 | 18 | 6.2",
}
Rows = list[list[CellValue]]
Where = tuple[Callable[[int], int], Callable[[int], int]]  # what becomes of a row's and of a column's number


def _same(number: int) -> int:
    return number


def _one_on(number: int) -> int:
    return number + 1


def marked(rows: Rows, _: Position) -> Where:
    rows.insert(0, ["OFFICIAL - SENSITIVE"])
    return _one_on, _same


def noted(rows: Rows, _: Position) -> Where:
    rows.extend([[], ["1. 12 records of 2019 were left out."]])
    return _same, _same


def remarked(rows: Rows, cell: Position) -> Where:
    width = max(map(len, rows))
    rows[cell[0]] += [None] * (width - len(rows[cell[0]])) + ["see email"]
    return _same, _same


def parted(rows: Rows, cell: Position) -> Where:
    rows.insert(cell[0], [])
    return (lambda row: row + (row >= cell[0])), _same


def worded(rows: Rows, cell: Position) -> Where:
    rows[cell[0]][cell[1]] = "not known yet"
    return _same, _same


def emptied(rows: Rows, cell: Position) -> Where:
    numbers = [column for column, value in enumerate(rows[cell[0]]) if isinstance(value, float)]
    for column in numbers if rows[0][0] != "Age" else numbers[1:]:
        rows[cell[0]][column] = None
    return _same, _same


def figures(sheet: Sheet) -> dict[Position, TableValue]:
    found = {}
    for table in tables_of(sheet, areas=OFFICE):
        for value in table.values:
            letters = value.cell.rstrip("0123456789")
            found[int(value.cell[len(letters) :]) - 1, ord(letters) - ord("A")] = value
    return found


def _told(value: TableValue) -> tuple[object, ...]:
    return value.period, value.area, value.measure, value.value, value.unit, value.meaning.reach, value.meaning.scale


@pytest.mark.parametrize("change", [marked, noted, remarked, parted, worded, emptied], ids=lambda change: change.__name__)
@pytest.mark.parametrize("name", TABLES)
def test_a_figure_that_nobody_touched_stays_what_it_is(name: str, change: Callable[[Rows, Position], Where]) -> None:
    sheet = sheet_of(TABLES[name])
    before = figures(sheet)
    assert before
    for cell in sorted(before):
        rows = [list(row) for row in sheet.rows]
        down, across = change(rows, cell)
        after = figures(replace(sheet, rows=rows))
        for place, value in before.items():
            now = after.get((down(place[0]), across(place[1])))
            if now is None or now.value is None:
                assert place[0] == cell[0]
            elif change is not worded or place != cell:
                assert _told(now) == _told(value), (cell, place)
