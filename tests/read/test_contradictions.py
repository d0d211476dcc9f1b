"""A table's reading is set against its own arithmetic, and what stands in its cells beside the figures is said; inputs are made here."""

from datetime import date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook as Made
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font

from reportpack.model.observation import Status, Unit
from reportpack.model.period import add_months
from reportpack.read.figures.tables import find_tables
from reportpack.read.grid import CellValue, Sheet
from reportpack.read.workbook.opening import workbook_from
from tests.read.sheets import at, said, sheet_of


def _kinds(sheet: Sheet) -> dict[str, str]:
    """The problems of a sheet: kind to cell, without what any sheet of this file has."""
    _, problems = find_tables(sheet, "made.xlsx", ("Coast", "Hills"))
    return {one.kind: one.source.cell for one in problems if one.kind not in ("area-unknown", "measure-unknown")}


def _months(*numbers: float, title: str = "Thefts") -> Sheet:
    lines = [f"{add_months(date(2022, 4, 1), place):%b %Y} | {number}" for place, number in enumerate(numbers)]
    return sheet_of("\n".join([title, "Month | Whole force", *lines]))


def test_two_numbers_for_one_area_period_and_measure_are_said() -> None:
    sheet = sheet_of("Thefts, 2018/19\nArea | Thefts | Thefts\nCoast | 12 | 13\nHills | 20 | 20")
    assert _kinds(sheet) == {"two-figures-for-one": "B3, C3"}


def test_sums_to_date_that_fall_within_their_year_are_said() -> None:
    lines = [f"{month} 2022 | {number}" for month, number in (("Apr", 10), ("May", 22), ("Jun", 18), ("Jul", 30), ("Aug", 25))]
    sheet = sheet_of("\n".join(["Thefts", "Month | Cumulative", *lines]))
    assert "to-date-falls" in _kinds(sheet)


def test_months_that_rise_like_sums_to_date_are_asked_about() -> None:
    year = [100.0 * month + month for month in range(1, 13)]
    assert "perhaps-to-date" in _kinds(_months(*year, *year))


def test_one_measure_that_rises_like_a_sum_to_date_is_named_though_another_beside_it_does_not() -> None:
    lines = [f"{add_months(date(2022, 4, 1), at):%b %Y} | {100 * (at % 12 + 1)} | {50 + at * 7 % 20}" for at in range(16)]
    _, problems = find_tables(sheet_of("\n".join(["Crime", "Month | Thefts | Arson", *lines])), "made.xlsx")
    assert [one.found[:19] for one in problems if one.kind == "perhaps-to-date"] == ["the figures (Thefts"]


def test_months_that_hardly_move_are_asked_about_and_ordinary_ones_are_not() -> None:
    assert "perhaps-rolling" in _kinds(_months(*(9000.0 + (place * 7) % 5 for place in range(24))))
    assert _kinds(_months(*(9000.0 + (place * 97) % 300 for place in range(24)))) == {}


def test_a_year_to_date_that_its_months_do_not_make_is_said() -> None:
    right = sheet_of("Thefts\nArea | Apr 2022 | May 2022 | YTD May 2022\nCoast | 10 | 12 | 22\nHills | 4 | 5 | 9")
    wrong = sheet_of("Thefts\nArea | Apr 2022 | May 2022 | YTD May 2022\nCoast | 10 | 12 | 28\nHills | 4 | 5 | 9")
    assert _kinds(right) == {}
    assert _kinds(wrong) == {"to-date-not-months": "D3"}


def test_a_total_that_the_rows_do_not_make_is_said() -> None:
    sheet = sheet_of("Thefts, 2018/19\nArea | Thefts\nCoast | 12\nHills | 20\nTotal | 40")
    assert _kinds(sheet) == {"total-not-parts": "B5"}


def test_counts_beside_proportions_prove_that_they_are_per_cents() -> None:
    sheet = sheet_of("Survey, 2018/19\nArea | % satisfied | Satisfied | Asked\nCoast | 0.79 | 711 | 900\nHills | 0.5 | 50 | 100")
    tables, problems = find_tables(sheet, "made.xlsx", ("Coast", "Hills"))
    assert (at(tables, "B3").value, at(tables, "B3").unit) == (79.0, Unit.PER_CENT)
    assert "proportions-as-per-cent" in {one.kind for one in problems}


def test_proportions_that_nothing_proves_are_doubted_and_never_shown_as_less_than_one_per_cent() -> None:
    tables, _ = find_tables(
        sheet_of("Survey, 2018/19\nArea | % satisfied\nCoast | 0.71\nHills | 0.5"), "made.xlsx", ("Coast", "Hills")
    )
    assert all(value.doubt for value in tables[0].values)


def test_struck_and_commented_figures_are_said_and_doubted() -> None:
    made = Made()
    sheet = made.active
    assert sheet is not None
    for row in (["Thefts", None], ["Month", "Force"], ["Jan 2031", 5], ["Feb 2031", 6], ["Mar 2031", 7]):
        sheet.append(row)
    sheet["B4"].font = Font(strike=True)
    sheet["B5"].comment = Comment("Do not use before the audit", "A. Analyst")
    out = BytesIO()
    made.save(out)
    book, _ = workbook_from(out.getvalue(), "made.xlsx")
    assert book is not None
    assert _kinds(book.sheets[0]) == {"figure-struck": "B4", "cell-commented": "B5"}
    tables, _ = find_tables(book.sheets[0], "made.xlsx")
    assert [bool(value.doubt) for value in tables[0].values] == [False, True, True]


def test_a_nought_that_nobody_sees_is_a_gap_and_asked_about() -> None:
    sheet = sheet_of("Thefts\nMonth | Force\nJan 2031 | 5\nFeb 2031 | 0", formats={(2, 1): "0;-0;;@", (3, 1): "0;-0;;@"})
    tables, _ = find_tables(sheet, "made.xlsx")
    assert at(tables, "B4").status is Status.NOT_AVAILABLE
    assert _kinds(sheet) == {"nought-hidden": "B4"}


def _dated(*days: CellValue, heading: str = "Month") -> Sheet:
    rows: list[list[CellValue]] = [
        ["Thefts", None],
        [heading, "Force"],
        *([day, 40.0 + (place * 7) % 11] for place, day in enumerate(days)),
    ]
    return Sheet("Data", rows)


def _periods(sheet: Sheet) -> list[str]:
    tables, _ = find_tables(sheet, "made.xlsx")
    return [said(value)[0] or "" for value in tables[0].values]


FIRSTS = [date(2030, 11, 1), date(2030, 12, 1), date(2031, 1, 1), date(2031, 2, 1)]


@pytest.mark.parametrize(
    ("days", "kind"),
    [
        ([first - timedelta(days=1) for first in FIRSTS], "dates-month-ends"),
        (
            [datetime.combine(first - timedelta(days=1), datetime.min.time()) + timedelta(hours=23) for first in FIRSTS],
            "dates-evening",
        ),
    ],
)
def test_a_column_of_days_is_judged_as_a_column_and_said(days: list[CellValue], kind: str) -> None:
    expected = (
        ["2030-10", "2030-11", "2030-12", "2031-01"]
        if kind == "dates-month-ends"
        else ["2030-11", "2030-12", "2031-01", "2031-02"]
    )
    assert _periods(_dated(*days)) == [f"{month}/P1M" for month in expected]
    assert list(_kinds(_dated(*days))) == [kind]


def test_one_day_of_each_month_below_month_is_its_month_and_said() -> None:
    days: list[CellValue] = [first.replace(day=15) for first in FIRSTS]
    assert _periods(_dated(*days, heading="Month")) == ["2030-11/P1M", "2030-12/P1M", "2031-01/P1M", "2031-02/P1M"]
    assert list(_kinds(_dated(*days, heading="Month"))) == ["dates-month-days"]
    assert _periods(_dated(*days, heading="Date"))[0] == "2030-11-15/P0D"


def test_days_that_run_from_one_to_twelve_are_months_and_asked_about() -> None:
    texts = [f"{month}/1/{year}" for year in (2030, 2031) for month in range(1, 13)][:15]
    assert _periods(_dated(*texts))[:2] + _periods(_dated(*texts))[-1:] == ["2030-01/P1M", "2030-02/P1M", "2031-03/P1M"]
    assert list(_kinds(_dated(*texts))) == ["dates-month-first"]


def test_a_day_with_its_month_changed_over_is_named() -> None:
    sheet = _dated("01/02/2031", "02/02/2031", date(2031, 3, 2), "13/02/2031", "14/02/2031", heading="Date")
    assert _kinds(sheet) == {"date-swapped": "A5"}


@pytest.mark.parametrize("month", ["May 2224", date(2548, 5, 1), "May 1924"])
def test_a_year_that_cannot_be_is_asked_about_and_never_cut(month: CellValue) -> None:
    sheet = _dated("Mar 2024", "Apr 2024", month, "Jun 2024")
    assert _periods(sheet) == ["2024-03/P1M", "2024-04/P1M", "", "2024-06/P1M"]
    assert _kinds(sheet)["year-unlikely"] == "A5"


def test_quarters_of_a_year_alone_are_asked_about() -> None:
    assert "quarter-unclear" in _kinds(sheet_of("Thefts\nArea | Q1 2018 | Q2 2018\nCoast | 1 | 2\nHills | 3 | 4"))
    assert _kinds(sheet_of("Thefts\nArea | Q1 2018/19 | Q2 2018/19\nCoast | 1 | 2\nHills | 3 | 4")) == {}


@pytest.mark.parametrize("indent", ["", "'   "])
def test_a_pivot_table_is_read_by_what_stands_under_what(indent: str) -> None:
    lines = ["Sum of Thefts | Column Labels | |", "Row Labels | Apr-19 | May-19 | Grand Total", "Coast | 10 | 11 | 21"]
    lines += [f"{indent}Shops | 6 | 7 | 13", f"{indent}Sheds | 4 | 4 | 8", "Hills | 12 | 13 | 25", f"{indent}Shops | 7 | 7 | 14"]
    lines += [f"{indent}Sheds | 5 | 6 | 11", "Grand Total | 22 | 24 | 46"]
    tables, _ = find_tables(sheet_of("\n".join(lines)), "made.xlsx", ("Coast", "Hills"))
    assert said(at(tables, "B4")) == ("2019-04/P1M", "Coast", "Shops / Thefts", 6.0)
    assert said(at(tables, "C6"))[:3] == ("2019-05/P1M", "Hills", "Thefts")
    assert at(tables, "B3").total
    assert not at(tables, "B8").total


@pytest.mark.parametrize("commented", [False, True], ids=["scanned", "element by element"])
def test_areas_are_told_by_an_indent_that_is_a_format(commented: bool) -> None:
    """Averages add up to nothing: only the indent says what stands under what."""
    book = Made()
    sheet = book.worksheets[0]
    for line in (
        "Average of Days|Column Labels",
        "Row Labels|Apr-19|May-19",
        "Coast|5.5|6.5",
        "Shops|6.25|7.25",
        "Sheds|4.5|4.75",
    ):
        sheet.append([float(one) if one[:1].isdigit() else one for one in line.split("|")])
    for line in ("Hills|7.5|8.5", "Shops|9.25|9.5"):
        sheet.append([float(one) if one[:1].isdigit() else one for one in line.split("|")])
    for cell in ("A4", "A5", "A7"):
        sheet[cell].alignment = Alignment(horizontal="left", indent=1)
    made = BytesIO()
    book.save(made)
    data = made.getvalue() if not commented else _with_a_comment(made)
    read, _ = workbook_from(data, "made.xlsx")
    assert read is not None
    assert read.sheets[0].indents == {(3, 0): 1, (4, 0): 1, (6, 0): 1}
    tables, _ = find_tables(read.sheets[0], "made.xlsx", ("Coast", "Hills"))
    assert said(at(tables, "B4")) == ("2019-04/P1M", "Coast", "Shops / Days, average", 6.25)
    assert said(at(tables, "C7")) == ("2019-05/P1M", "Hills", "Shops / Days, average", 9.5)
    assert at(tables, "B3").total


@pytest.mark.parametrize("areas_first", [True, False])
def test_a_column_of_areas_and_of_what_is_counted_is_parted_by_its_indents(areas_first: bool) -> None:
    coast, theft = ("Coast", "Theft") if areas_first else ("Theft", "Coast")
    hills, fraud = ("Hills", "Fraud") if areas_first else ("Fraud", "Hills")
    lines = [
        f"{coast} | 100 | 110",
        f"'  {theft} | 60 | 70",
        f"'  {fraud} | 40 | 40",
        f"{hills} | 50 | 40",
        f"'  {theft} | 20 | 20",
    ]
    tables, _ = find_tables(sheet_of("\n".join(["Recorded", "Name | Apr-19 | May-19", *lines])), "made.xlsx", ("Coast", "Hills"))
    wanted = "Coast", "Theft"
    assert said(at(tables, "B4"))[1:3] == wanted
    assert said(at(tables, "B7"))[1:3] == (("Hills", "Theft") if areas_first else ("Coast", "Fraud"))
    assert at(tables, "B3").total


def _with_a_comment(made: BytesIO) -> bytes:
    """The same, with a comment in its sheet's XML, so that it is not of the plain kind that is scanned."""
    out = BytesIO()
    with ZipFile(made) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"<sheetData>", b"<!-- --><sheetData>") if "sheet1" in name else data)
    return out.getvalue()


def test_a_region_and_a_force_of_one_name_are_told_apart() -> None:
    sheet = sheet_of("Crime, 2018/19\nArea | Offences\nWest Midlands | 300\nStaffordshire | 100\nWest Midlands | 200\nKent | 50")
    tables, _ = find_tables(sheet, "made.xlsx")
    assert [value.area for value in tables[0].values] == ["West Midlands region", "Staffordshire", "West Midlands", "Kent"]


def test_the_day_of_a_refresh_is_no_period() -> None:
    rows: list[list[CellValue]] = [
        ["Crime by area"],
        ["Data refreshed", date(2031, 5, 8)],
        [None],
        ["Area", "Offences"],
        ["Coast", 1.0],
        ["Hills", 2.0],
    ]
    tables, _ = find_tables(Sheet("Data", rows), "made.xlsx", ("Coast", "Hills"))
    assert {value.period for value in tables[0].values} == {None}


def test_notes_with_numbers_below_a_table_are_no_rows_of_it() -> None:
    tables, _ = find_tables(
        sheet_of("Crime\n.\nMonth | Force\nJan 2031 | 5\nFeb 2031 | 6\nMar 2031 | 7\n.\n1. Provisional.\n2 | See guidance 2019"),
        "made.xlsx",
    )
    assert [value.cell for value in tables[0].values] == ["B4", "B5", "B6"]


def test_a_row_of_waits_stands_among_counts() -> None:
    sheet = sheet_of(
        "Measure | Jan 2031 | Feb 2031 | Mar 2031\nReceived | 90 | 95 | 99\nAverage wait | '2:31 | '3:01 | '2:01\nAnswered | 80 | 85 | 90"
    )
    tables, _ = find_tables(sheet, "made.xlsx")
    assert len(tables) == 1
    assert said(at(tables, "C3")) == ("2031-02/P1M", None, "Average wait", 181.0)
    assert at(tables, "C3").unit is Unit.DURATION
    assert at(tables, "C4").unit is Unit.COUNT
