"""Tables of kinds that were misread once, under other headings and in other places: each figure's period, area, measure, value and meaning."""

import pytest

from reportpack.model.observation import Reach
from reportpack.read.figures.tables import find_tables
from tests.read.sheets import at, said, sheet_of, tables_of

OFFICE = ("Shropshire", "Herefordshire", "Telford and Wrekin", "West Mercia")
CASES = {
    "a year's total among its months, under a title of another year": (
        "Stays, 2021-22\nYear | Month | Stays\n2019-20 | February | 15\n. | March | 20\n2019-20 Total | . | 255\n2020-21 | April | 10",
        "C5",
        ("2019-04/P1Y", None, "Stays", 255.0),
    ),
    "as at, a blank row above its one date": (
        "Volunteers by area\n.\n. | Headcount\n. | As at:\n.\n. | Sep-17\nShropshire | 92\nHerefordshire | 29",
        "B7",
        ("2017-09-30/P0D", "Shropshire", "Volunteers by area", 92.0),
    ),
    "headings that are numbers": (
        "Week commencing | '999 | '101\n01/04/2024 | 2100 | 5100\n08/04/2024 | 2150 | 5000",
        "B2",
        ("2024-04-01/P7D", None, "999", 2100.0),
    ),
    "hours that begin at nought and leave some out": (
        "Hour of day | 999 calls\n0 | 300\n1 | 280\n2 | 210\n22 | 410\n23 | 380",
        "B5",
        (None, None, "Hour of day 22 / 999 calls", 410.0),
    ),
    "periods with a letter": (
        "Year | Period | Area | Theft\n2023-24 | P1 | Shropshire | 5\n2023-24 | P12 | Shropshire | 8",
        "D3",
        ("2024-03/P1M", "Shropshire", "Theft", 8.0),
    ),
    "days with their weekday": (
        "Calls, Shropshire, August 2024\nDay | Calls\nThu 1 Aug | 5\nFri 2 Aug | 6",
        "B3",
        ("2024-08-01/P0D", "Shropshire", "Calls", 5.0),
    ),
    "quarter to, over months that could be days": (
        "Quarter to | Jun-23 | Sep-23 | Dec-23\nShropshire | 30 | 31 | 29\nHerefordshire | 20 | 21 | 19",
        "B2",
        ("2023-04/P3M", "Shropshire", None, 30.0),
    ),
    "months in the day's place within one year": (
        "Month | Offences\n04/01/2024 | 5\n05/01/2024 | 6\n06/01/2024 | 7",
        "B2",
        ("2024-04/P1M", None, "Offences", 5.0),
    ),
    "a first row that is nil": (
        "Month | Complaints\nJan 2024 | nil\nFeb 2024 | 3",
        "B2",
        ("2024-01/P1M", None, "Complaints", 0.0),
    ),
    "a run by line and a range of dates": (
        "Date range: 01/04/2024 to 30/06/2024\nRun by: J Smith | . | Run on: 03/07/2024\n.\nLPA | Kind | Recorded\nShropshire | Theft | 40",
        "C5",
        ("2024-04/P3M", "Shropshire", "Theft / Recorded", 40.0),
    ),
    "the year of a duty": (
        "Serious Violence Duty 2023: offences\nArea | Count\nShropshire | 10\nHerefordshire | 12",
        "B3",
        (None,),
    ),
    "the year of a goal": ("Target Zero 2040: casualties\nArea | Count\nShropshire | 10\nHerefordshire | 12", "B3", (None,)),
    "the same month of another year in brackets": (
        "Arrests, May 2024 (May 2023)\nArea | Arrests\nShropshire | 120 (101)\nHerefordshire | 99 (90)",
        "B3",
        ("2024-05/P1M", "Shropshire", "Arrests", 120.0),
    ),
    "years within a pivot's labels": (
        "Row Labels | Sum of Offences\n2023/24 | 300\nBurglary | 120\nRobbery | 180\n2024/25 | 280\nBurglary | 100\nRobbery | 180",
        "B3",
        ("2023-04/P1Y", None, "Burglary / Offences", 120.0),
    ),
    "an area that begins a title": (
        "Shropshire performance\nMonth | Offences\nApr 2024 | 5\nMay 2024 | 6",
        "B3",
        ("2024-04/P1M", "Shropshire", "Offences", 5.0),
    ),
    "an area that is left out": (
        "Offences except Shropshire\nMonth | Offences\nApr 2024 | 5\nMay 2024 | 6",
        "B3",
        ("2024-04/P1M", None, "Offences", 5.0),
    ),
    "a financial year to date and its months": (
        "Area | FYTD (Apr-Sep 2024) | FYTD (Apr-Sep 2023)\nShropshire | 10 | 11\nHerefordshire | 12 | 13",
        "C2",
        ("2023-04/P6M", "Shropshire", None, 11.0),
    ),
    "weeks under Wk": (
        "Year | Wk | Area | Calls\n2024 | 18 | Shropshire | 100\n2024 | 19 | Shropshire | 90",
        "D3",
        ("2024-05-06/P7D", "Shropshire", "Calls", 90.0),
    ),
    "the week that begins": (
        "Wk beginning | Calls\n06/05/2024 | 100\n13/05/2024 | 90",
        "B2",
        ("2024-05-06/P7D", None, "Calls", 100.0),
    ),
    "a year to the end of a month": (
        "Force | Year to end March 2022\nWest Mercia | 30\nNorfolk | 3",
        "B2",
        ("2021-04/P1Y", "West Mercia"),
    ),
    "months that carry their number": (
        "Financial year | Fin month | Count\n2023/2024 | 01 - Apr | 5\n2023/2024 | 12 - Mar | 8",
        "C3",
        ("2024-03/P1M", None),
    ),
    "a quarter of two short years": ("Area | Q1 23-24 | Q3 23-24\nShropshire | 10 | 12", "C2", ("2023-10/P3M", "Shropshire")),
    "last year to date beside months that could be days": (
        "Month | Recorded | Last YTD\nApr-24 | 50 | 55\nMay-24 | 52 | 108",
        "C3",
        ("2023-04/P2M", None, "Last YTD", 108.0),
    ),
    "sums to date by month": (
        "Cumulative homicides by month\nMonth | 2021/22 | 2022/23\nApr | 1 | 0\nMay | 1 | 2\nJun | 3 | 2",
        "B4",
        ("2021-04/P2M",),
    ),
    "a title whose words also say when reports are made": (
        "Warrants executed and notices issued, May 2024\nArea | Number\nShropshire | 9\nHerefordshire | 8",
        "B3",
        ("2024-05/P1M", "Shropshire", "Number", 9.0),
    ),
    "years under areas in a pivot": (
        "Row Labels | Count of URN\nHerefordshire | 12\n2023 | 5\n2024 | 7\nShropshire | 20\n2023 | 9\n2024 | 11",
        "B4",
        ("2024-01/P1Y", "Herefordshire", "URN", 7.0),
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_figure_is_what_its_table_says(name: str) -> None:
    text, cell, expected = CASES[name]
    assert said(at(tables_of(sheet_of(text), areas=OFFICE), cell))[: len(expected)] == expected


def test_a_column_of_units_gives_each_row_its_thousands() -> None:
    tables = tables_of(
        sheet_of("Indicator | Unit | Apr 2024 | May 2024\nOvertime | £000s | 136 | 120\nBurglary | Number | 40 | 44")
    )
    assert (at(tables, "C2").unit.value, at(tables, "C2").meaning.scale) == ("money", 1000)
    assert (at(tables, "C3").unit.value, at(tables, "C3").meaning.scale) == ("count", 1)


def test_an_average_number_of_hours_is_a_time() -> None:
    tables = tables_of(sheet_of("Month | Detentions | Average detention (hours)\nJan 2024 | 300 | 11.5\nFeb 2024 | 310 | 12.1"))
    assert (at(tables, "C2").unit.value, at(tables, "C2").meaning.scale) == ("duration", 3600)


def test_the_bounds_of_a_rate_are_rates() -> None:
    tables = tables_of(
        sheet_of("Area, 2023 | KSI | KSI rate | Lower bound\nShropshire | 120 | 31.2 | 26.1\nHerefordshire | 88 | 33.9 | 27.2")
    )
    assert at(tables, "D2").unit.value == "rate"


def test_windows_that_stand_side_by_side_are_quarters() -> None:
    text = "3 months ending | Shropshire | Herefordshire\n30/06/2023 | 30 | 20\n30/09/2023 | 31 | 21\n31/12/2023 | 29 | 19"
    assert at(tables_of(sheet_of(text)), "B3").meaning.reach is Reach.QUARTER


def test_a_code_that_begins_with_c_is_no_circa() -> None:
    tables = tables_of(
        sheet_of("Cost centre | Name | Apr 2024\nC1001 | North | 12000\nC1002 | South | 9000\nOverall Result | . | 21000")
    )
    assert {value.cell for table in tables for value in table.values} == {"C2", "C3", "C4"}
    assert at(tables, "C4").total


def test_months_read_from_the_day_are_said() -> None:
    dates = "\n".join(f"{month}/1/{year} | {100 + month}" for year in (2023, 2024) for month in range(1, 13))
    _, problems = find_tables(sheet_of(f"Date | Calls\n{dates}"), "made.xlsx")
    assert "dates-month-first" in {problem.kind for problem in problems}


def test_a_share_that_is_typed_as_text_is_held_against_its_counts() -> None:
    text = "Area | Satisfied | Asked | % satisfied\nShropshire | '711 | '900 | '0.79\nHerefordshire | '400 | '500 | '0.8"
    assert at(tables_of(sheet_of(text)), "D2").value == 79
    (table,), problems = find_tables(sheet_of("Area | % satisfied\nShropshire | '0.79\nHerefordshire | '0.8"), "made.csv")
    assert table.values[0].doubt
    assert "per-cent-or-proportion" in {problem.kind for problem in problems}


def test_a_marking_above_a_table_is_no_title_of_it() -> None:
    tables = tables_of(sheet_of("OFFICIAL - SENSITIVE\nArea | Apr 2024 | May 2024\nShropshire | 5 | 6\nHerefordshire | 7 | 8"))
    assert at(tables, "B3").measure is None


def test_an_index_is_no_count_though_it_speaks_of_volumes() -> None:
    tables = tables_of(
        sheet_of("Month | Crime Severity Index | Volume index | Offences\nJan 2024 | 95 | 99 | 40\nFeb 2024 | 96 | 98 | 44")
    )
    assert [at(tables, cell).unit.value for cell in ("B2", "C2", "D2")] == ["unknown", "unknown", "count"]
