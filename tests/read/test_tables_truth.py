"""Published workbooks, checked by hand, are read as a person reads them."""

import json
from pathlib import Path

import pytest

from reportpack.model.observation import Status
from reportpack.model.table import Table, TableValue
from reportpack.read.figures.tables import find_tables
from reportpack.read.workbook import read_workbook

pytestmark = pytest.mark.needs("shared")
SHEETS = Path(__file__).resolve().parents[3] / "shared" / "data" / "sheets"
TRUTHS = [
    pytest.param(entry, id=f"{entry['file'][:40]} {entry['sheet']}")
    for path in sorted(SHEETS.glob("*.truth.json"))
    if "ecom185" not in path.name
    for entry in json.loads(path.read_text("utf-8"))
]
_READ: dict[str, dict[str, tuple[Table, ...]]] = {}


def _tables(file: str, sheet: str) -> tuple[Table, ...]:
    if file not in _READ:
        workbook, _ = read_workbook(SHEETS / file, file)
        assert workbook is not None
        _READ[file] = {one.name if not file.endswith(".csv") else "": find_tables(one, file)[0] for one in workbook.sheets}
    return _READ[file][sheet]


def _split(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(cell[len(letters) :]), column


def _value(tables: tuple[Table, ...], cell: str) -> TableValue | None:
    return next((value for table in tables for value in table.values if value.cell == cell), None)


@pytest.mark.parametrize("truth", TRUTHS)
def test_every_checked_figure_is_found_as_it_stands(truth: dict[str, object]) -> None:
    tables = _tables(str(truth["file"]), str(truth["sheet"]))
    labels = truth["label_columns"]
    assert isinstance(labels, list)
    cells = truth["cells"]
    assert isinstance(cells, dict)
    counts = truth.get("expected_counts")
    if isinstance(counts, dict):
        said = {(value.measure, value.value) for table in tables for value in table.values}
        assert {(f"Crime type / {kind}", float(number)) for kind, number in counts.items()} <= said
        return
    for cell, raw in cells.items():
        row, column = _split(cell)
        if row < int(str(truth["first_data_row"])) or column in labels or raw == "R" or (column == 1 and labels == [3]):
            continue
        value = _value(tables, cell)
        if value is None:
            assert isinstance(raw, str), cell
            continue
        assert value.raw == raw or (isinstance(raw, float) and value.raw == str(raw)), cell
        if isinstance(raw, float):
            assert value.status is Status.NUMBER
            assert value.value == pytest.approx(raw) or value.value == pytest.approx(raw * 100)
        elif raw in ("-", ".."):
            assert value.status is Status.NOT_AVAILABLE


@pytest.mark.parametrize("truth", TRUTHS)
def test_the_table_ends_where_it_ends_and_its_notes_are_notes(truth: dict[str, object]) -> None:
    tables = _tables(str(truth["file"]), str(truth["sheet"]))
    if "expected_counts" in truth:
        return
    largest = max(tables, key=lambda table: len(table.values))
    last = max(_split(value.cell)[0] for value in largest.values)
    if truth["sheet"] != "Table 1":
        assert last == truth["last_data_row"]
    if truth["notes_rows"] is not None:
        assert largest.notes


@pytest.mark.parametrize("truth", [one for one in TRUTHS if "west_mercia_row" in str(one.values[0])])
def test_the_row_of_the_force_is_known_as_the_force(truth: dict[str, object]) -> None:
    tables = _tables(str(truth["file"]), str(truth["sheet"]))
    row = int(str(truth["west_mercia_row"]))
    areas = {value.area for table in tables for value in table.values if _split(value.cell)[0] == row}
    assert all(area is not None and area.startswith("West Mercia") for area in areas)


SAID = [
    (
        "ons__pfatablesdec19.xlsx",
        "Table P1",
        "C33",
        "2019-01/P1Y",
        "Total recorded crime (excluding fraud)",
        88499.0,
        "count",
        False,
    ),
    (
        "ons__pfatablesdec19.xlsx",
        "Table P1",
        "C7",
        "2019-01/P1Y",
        "Total recorded crime (excluding fraud)",
        5013284.0,
        "count",
        True,
    ),
    ("ons__pfatablesdec19.xlsx", "Table P2", "C33", "2019-01/P1Y", "Total recorded crime", 4.17284648162535, "per cent", False),
    ("ons__pfatablesdec19.xlsx", "Table P3", "F33", "2019-01/P1Y", "Total recorded crime", 69.01922187551911, "rate", False),
    ("ons__pfatablesdec19.xlsx", "Table P4  ", "D33", "2019-01/P1Y", "% involving a knife", 4.756039143228632, "per cent", False),
    ("ons__pfatablesdec19.xlsx", "Table P5 ", "C35", "2010-04/P1Y", "Number of selected offences", 427.0, "count", False),
    (
        "ons__policeforceareatablesyearendingjune2019.xlsx",
        "Table P1",
        "C33",
        "2018-07/P1Y",
        "Total recorded",
        86854.0,
        "count",
        False,
    ),
    ("cps__2014__principal_offence_category_april_2014.csv", "", "G41", "2014-04/P1M", "Percentage of", 78.8, "per cent", False),
    (
        "mps__Borough_Level_Crime_Historical.csv",
        "",
        "FI2",
        "2023-09/P1M",
        "ARSON AND CRIMINAL DAMAGE / ARSON",
        4.0,
        "count",
        False,
    ),
    (
        "nhse__Beds_Open_Overnight_2021-Q1.xlsx",
        "NHS Trust by Sector",
        "G18",
        "2020-04/P3M",
        "Available / Total",
        1846.8351648,
        "count",
        True,
    ),
    ("tidychef__tourism.xlsx", "Table 1", "C7", "2018-01/P1M", "", 2734.12724005823, "count", None),
    ("tidychef__tourism.xlsx", "Table 1", "C66", "2022-12/P1M", "", 3037.6384641037994, "count", None),
    (
        "resistancelab___police-use-of-conducted-energy-devices-2016.ods",
        "Table_2",
        "L28",
        "2016-01/P1Y",
        "Proportion",
        90.0,
        "per cent",
        False,
    ),
    (
        "resistancelab___police-use-of-conducted-energy-devices-2016.ods",
        "Table_1",
        "J4",
        "2015-01/P1Y",
        "Drawn",
        2457.0,
        "count",
        False,
    ),
]


@pytest.mark.parametrize(("file", "sheet", "cell", "period", "measure", "number", "unit", "total"), SAID)
def test_period_measure_unit_and_totals_are_what_a_person_says(
    file: str, sheet: str, cell: str, period: str, measure: str, number: float, unit: str, total: bool | None
) -> None:
    value = _value(_tables(file, sheet), cell)
    assert value is not None
    assert value.period is not None
    assert value.period.iso == period
    assert value.measure is not None
    assert measure in value.measure
    assert value.value == pytest.approx(number)
    assert value.unit.value == unit
    assert total is None or value.total is total
