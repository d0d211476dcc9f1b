"""Oddities of published tables, each named by what went wrong when it was first read."""

import sys
from types import FrameType

import pytest

from reportpack.read.figures.tables import find_tables
from reportpack.read.grid import CellValue, Sheet
from tests.read.sheets import at, said, sheet_of, tables_of


def test_a_stacked_table_begins_at_its_header_however_few_words_stand_in_the_first_row_of_it() -> None:
    tables = tables_of(
        sheet_of("""
        Table 1.1 Incidents by kind, 2016/17 to 2018/19
        Kind     | Financial year | .     | .     | Total
        .        | 16/17 | 17/18 | 18/19 | .
        Pursuit  | 22    | 27    | 19    | 68
        Response | 6     | 3     | 4     | 13
        Other    | 1     | 0     | 2     | 3
        .
        Table 1.2 Incidents by gender, 2016/17 to 2018/19
        Gender   | Financial year | .     | .     | Total
        .        | 16/17 | 17/18 | 18/19 | .
        Male     | 20    | 21    | 22    | 63
        Female   | 9     | 9     | 3     | 21
        """)
    )
    assert [table.title[:9] for table in tables] == ["Table 1.1", "Table 1.2"]
    assert tables[0].range == "A2:E6"
    assert said(at(tables, "B11"))[0] == "2016-04/P1Y"


def test_a_footnote_digit_glued_to_a_year_leaves_it_a_year() -> None:
    tables = tables_of(
        sheet_of("""
        Income by area | . | . | . | £ million
        Area code | Area       | 2016 | 2017 | '20182
        E06000051 | Shropshire | 1309 | 1339 | 1400
        E06000020 | Telford    | 2065 | 2101 | 2200
        """)
    )
    assert said(at(tables, "E3"))[:2] == ("2018-01/P1Y", "Shropshire")
    assert at(tables, "E3").unit.value == "money"


def test_a_table_reaches_no_further_than_its_own_columns() -> None:
    tables = tables_of(
        sheet_of("""
        Year    | Number
        2016/17 | 22
        2017/18 | 27
        .
        Kind    | 2016/17 | 2017/18 | 2018/19
        Pursuit | 22      | 27      | 19
        Other   | 1       | 0       | 2
        """)
    )
    assert [table.range for table in tables] == ["A1:B3", "A5:D7"]


def test_a_tilde_behind_a_number_is_a_mark() -> None:
    tables = tables_of(
        sheet_of("""
        Area       | 2016/17 | 2017/18
        Shropshire | 22      | '15~
        Telford    | 6       | 3
        """)
    )
    assert at(tables, "C2").value == 15
    assert at(tables, "C2").marks == ("[~]",)


def test_a_column_of_years_beside_empty_columns_is_no_table_of_its_own() -> None:
    tables = tables_of(
        sheet_of("""
        .    | .  | . | Turnover        | . | .
        .    | .  | . | Current prices  | . | £ million
        Back to contents
        .
        .    | .  | . | Manufacturing   | . | Services
        2015 | .  | . | 448773.6        | . | 1761293.5
        2016 | .  | . | 452197.4        | . | 1909899.2
        .
        2015 | Q3 | . | 114670.8        | . | 481178.2
        .    | Q4 | . | 117800.1        | . | 472289.5
        2016 | Q1 | . | 114136.5        | . | 457948.2
        """)
    )
    assert len(tables) == 1
    assert said(at(tables, "D10")) == ("2015-10/P3M", None, "Manufacturing", 117800.1)


def test_series_codes_repeated_inside_a_table_begin_no_new_one() -> None:
    tables = tables_of(
        sheet_of("""
        Time period | Kind  | Total | Farming | Industry | Services
        .           | CDID  | YBFR  | L2KL    | L2KQ     | L2NC
        2018        | Index | 98.3  | 85.6    | 100.3    | 98.5
        2019        | Index | 100.1 | 100.2   | 100.4    | 99.8
        .           | CDID  | GDPQ  | L3BB    | L3BG     | L3E2
        2018        | Growth | 1.6  | -12.5   | 3.3      | 1.4
        2019        | Growth | 1.7  | 16.9    | 2.3      | 1.1
        """)
    )
    assert len(tables) == 1
    assert said(at(tables, "F7")) == ("2019-01/P1Y", None, "Growth / Services", 1.1)


def test_a_first_row_without_figures_yet_does_not_shut_out_the_rows_below_it() -> None:
    tables = tables_of(
        sheet_of("""
        .              | .    | .  | New dwellings | All dwellings
        United Kingdom | .    | .  | .             | .
        .              | 1992 | Q1 | .             | .
        .              | .    | Q2 | 77360         | 62255
        .              | .    | Q3 | 69893         | 63712
        .              | .    | Q4 | 70043         | 59230
        .              | 1993 | Q1 | 72700         | 60213
        """)
    )
    assert said(at(tables, "D4"))[0] == "1992-04/P3M"
    assert at(tables, "D4").measure == "New dwellings"


def test_years_written_as_text_without_a_heading_are_the_rows_years() -> None:
    tables = tables_of(
        sheet_of("""
        .     | South East | South West
        '1997 | 13122.1    | 11333.3
        '1998 | 13414.5    | 11614.7
        """)
    )
    assert said(at(tables, "C3"))[:2] == ("1998-01/P1Y", "South West")


def test_few_years_among_many_words_belong_to_the_months_beside_them() -> None:
    tables = tables_of(
        sheet_of("""
        .                   | .   | All visits
        2014                | Nov | 2245.6
        .                   | Dec | 1736.1
        2015                | Jan | 2200.2
        .                   | Feb | 1951.4
        .
        Latest three months | .   | 9930
        Year to date        | .   | 16810
        Latest 12 months    | .   | 34880
        """)
    )
    assert said(at(tables, "C5")) == ("2015-02/P1M", None, "All visits", 1951.4)
    assert at(tables, "C7").period is None


def test_a_heading_that_only_says_that_years_follow_is_no_part_of_a_measure() -> None:
    tables = tables_of(
        sheet_of("""
        Gender | Financial year | .     | Total
        .      | 16/17          | 17/18 | .
        Male   | 20             | 21    | 41
        Female | 9              | 9     | 18
        """)
    )
    assert said(at(tables, "C3")) == ("2017-04/P1Y", None, "Male", 21)


def test_quarters_numbered_behind_a_stroke_are_quarters() -> None:
    tables = tables_of(
        sheet_of("""
        Quarter | Lodgements | Floor area
        2011/1  | 66415      | 5664
        2011/2  | 66416      | 5665
        2011/3  | 66417      | 5666
        """)
    )
    assert said(at(tables, "B3"))[0] == "2011-04/P3M"


def test_a_column_of_arrows_beside_figures_marks_them_and_names_no_row() -> None:
    tables = tables_of(
        sheet_of("""
        Area       | Per cent | Different from before
        Shropshire | 37.8     | *↑
        Telford    | 40.4     | *↓
        Hereford   | 44.3     | .
        """)
    )
    assert said(at(tables, "B2")) == (None, "Shropshire", "Per cent", 37.8)
    assert at(tables, "B2").marks


def test_a_column_without_heading_that_only_counts_rows_is_no_measure() -> None:
    tables = tables_of(
        sheet_of("""
        .  | Rank of area | Area       | Robbery
        0  | 43           | Shropshire | 53
        1  | 44           | Telford    | 11
        2  | 45           | Hereford   | 15
        """)
    )
    assert all(not value.cell.startswith("A") for table in tables for value in table.values)


def test_a_footnote_digit_behind_a_bracketed_abbreviation_goes() -> None:
    tables = tables_of(
        sheet_of("""
        Area                          | 2016/17 | 2017/18
        ENGLAND AND WALES (inc. BTP)9 | 22      | 15
        West Mercia^                  | 6       | 3
        """)
    )
    assert at(tables, "B2").area == "ENGLAND AND WALES (inc. BTP)"
    assert at(tables, "B3").area == "West Mercia"


def test_a_sheet_of_contents_holds_no_tables() -> None:
    sheet = sheet_of(
        """
        Table | About      | Section
        1.1   | Loneliness | 4
        1.2   | Wellbeing  | 5
        """,
        name="Contents",
    )
    assert tables_of(sheet) == ()


def test_a_line_of_stars_is_read() -> None:
    """A pattern that tries every way of parting the stars would never end."""
    tables = tables_of(
        sheet_of(f"""
        {"*" * 400} Important
        Area {"*" * 400}! | 2016/17 | 2017/18
        Shropshire        | 22      | 15
        Telford           | 1{"*" * 35}x | 3
        """)
    )
    assert at(tables, "B3").value == 22


def calls_to_read(columns: int) -> int:
    """How many calls it takes to find the table in a sheet that is this wide."""
    half = columns // 2
    rows: list[list[CellValue]] = [[f"Month {number}" for number in range(columns)], ["words"] * half + [7.0] * half]
    calls = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        find_tables(Sheet("Sheet1", rows), "made.xlsx")
    finally:
        sys.setprofile(before)
    return calls


def test_a_table_twice_as_wide_takes_about_twice_the_work() -> None:
    calls_to_read(4000)
    assert 2 * calls_to_read(4000) < 5 * calls_to_read(2000)


def test_an_area_and_its_code_on_lines_of_their_own_stand_for_the_rows_below() -> None:
    tables = tables_of(
        sheet_of("""
        .           | .    | .  | New dwellings | All dwellings
        England     | .    | .  | .             | .
        E92000001   | .    | .  | .             | .
        .           | 2018 | Q1 | 77360         | 62255
        .           | .    | Q2 | 69893         | 63712
        Wales       | .    | .  | .             | .
        W92000004   | .    | .  | .             | .
        .           | 2018 | Q1 | 7736          | 6225
        .           | .    | Q2 | 6989          | 6371
        """)
    )
    assert said(at(tables, "E9")) == ("2018-04/P3M", "Wales", "All dwellings", 6371)
    assert said(at(tables, "D4"))[1] == "England"


def test_a_period_on_a_line_of_its_own_stands_for_the_rows_below_it() -> None:
    tables = tables_of(
        sheet_of("""
        Table 2                     | . | . | . | Back to contents
        Households with liabilities
        Wealth                      | Percentage with liabilities | Median value (£)
        July 2017 to June 2018
        Quintile 1                  | 58 | 1700
        Quintile 2                  | 57 | 3800
        July 2018 to June 2019
        Quintile 1                  | 62 | 2000
        Quintile 2                  | 61 | 3900
        """)
    )
    assert said(at(tables, "C9")) == ("2018-07/P1Y", None, "Quintile 2 / Median value (£)", 3900)
    assert tables[0].title == "Table 2 Households with liabilities"


def test_income_in_a_table_of_growth_is_per_cent() -> None:
    tables = tables_of(
        sheet_of("""
        Annual growth by component | . | . | . | %
        Component    | 2015 | 2016 | 2017 | 2018
        Mixed income | 4.8  | 3.6  | 2.2  | 1.2
        Surplus      | 4.1  | 3.2  | 2.1  | 1.1
        """)
    )
    assert at(tables, "C3").unit.value == "per cent"


def test_a_title_that_says_since_when_gives_no_row_its_year() -> None:
    tables = tables_of(
        sheet_of("""
        Table 11: House prices, England, from 1992
        .    | .  | Price
        1992 | Q1 | 77360
        .    | Q2 | 69893
        1993 | Q1 | 70043
        .    | Q2 | 70044
        Mean | .  | 71000
        """)
    )
    assert said(at(tables, "C6"))[0] == "1993-04/P3M"
    assert at(tables, "C7").period is None


def test_a_total_at_the_foot_of_months_makes_no_long_table_and_a_force_total_across_is_a_total() -> None:
    tables = tables_of(
        sheet_of("""
        Month  | Shropshire | Telford | Force total
        Apr-19 | 1          | 2       | 3
        May-19 | 4          | 5       | 9
        Jun-19 | 4          | 5       | 9
        Total  | 9          | 12      | 21
        """)
    )
    assert tables[0].layout == "months down, areas across"
    assert at(tables, "D2").total
    assert not at(tables, "C2").total


def test_a_day_typed_month_first_among_days_is_a_day_and_among_months_a_month() -> None:
    days = tables_of(sheet_of("Calls by day, April 2019\nDay | Calls\n1-Apr | 5\n2-Apr | 6\n19-Apr | 7\nApr 20 | 8"))
    assert [value.period.iso for value in days[0].values if value.period][-1] == "2019-04-20/P0D"
    months = tables_of(sheet_of("Calls\nMonth | Calls\nApr 20 | 5\nMay 20 | 6\nJun 20 | 7"))
    assert [value.period.iso for value in months[0].values if value.period] == ["2020-04/P1M", "2020-05/P1M", "2020-06/P1M"]


def test_letters_say_why_there_is_no_number_also_where_numbers_have_a_decimal_comma() -> None:
    table = tables_of(sheet_of("Rates, 2018/19\nArea | Rate\nCoast | 1,25\nHills | 2,5\nMoors | c\nLakes | 3,75"))[0]
    assert [value.status.value for value in table.values][2] == "suppressed"


@pytest.mark.parametrize(
    ("above", "period"),
    [
        ("Year | 2018/19\nOffence group | (All)\n.", "2018-04/P1Y"),
        ("Month | Apr-19\nForce | West Mercia\n.", "2019-04/P1M"),
        ("Month | (Multiple Items)\n.", None),
        ("Period From: 01/04/2019 | Period To: 30/06/2019\n.", "2019-04/P3M"),
        ("Date from: | 01/04/2019\nDate to: | 30/04/2019\n.", "2019-04/P1M"),
        ("Filters | Financial Year = 2018/19; LPA = All\n.", "2018-04/P1Y"),
        ("Executed by: jsmith on 13/05/2019\nParameters: Start Date: 01/04/2019, End Date: 30/04/2019\n.", "2019-04/P1M"),
    ],
)
def test_a_report_s_filters_and_parameters_above_it_are_no_headings_and_say_its_period(above: str, period: str | None) -> None:
    table = "Row Labels | Sum of Offences\nShropshire | 120\nHerefordshire | 80\nGrand Total | 200"
    (found,) = tables_of(sheet_of(f"{above}\n{table}"))
    assert said(found.values[0]) == (period, "Shropshire", "Offences", 120.0)


def test_filters_that_a_dashboard_writes_below_its_table_say_its_period() -> None:
    (found,) = tables_of(
        sheet_of("LPA | Offences\nShropshire | 120\nHerefordshire | 80\n.\nApplied filters: Year is 2019 Month is April")
    )
    assert said(found.values[0]) == ("2019-04/P1M", "Shropshire", "Offences", 120.0)
