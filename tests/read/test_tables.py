"""Tables are found in every layout that offices and statisticians use."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.model.observation import Status, Unit
from reportpack.read.figures.tables import find_tables
from reportpack.read.grid import CellValue, Merge, Sheet
from tests.read.sheets import at, said, sheet_of, tables_of


def test_long() -> None:
    tables = tables_of(
        sheet_of("""
        Month   | Force area | Offence  | Recorded
        Apr-19  | Shropshire | Burglary | 31
        Apr-19  | Shropshire | Robbery  | 2
        May-19  | Telford    | Burglary | 40
        """)
    )
    assert said(at(tables, "D3")) == ("2019-04/P1M", "Shropshire", "Robbery / Recorded", 2)
    assert tables[0].layout == "long"


def test_months_across_under_a_year_written_only_beside_january() -> None:
    tables = tables_of(
        sheet_of("""
        Burglary by area
        .
        .          | .   | .   | 2019 | .
        Area       | Nov | Dec | Jan  | Feb
        Shropshire | 31  | 29  | 35   | 30
        Telford    | 11  | 12  | 13   | 14
        """)
    )
    assert [said(value)[0] for value in tables[0].values[:4]] == ["2018-11/P1M", "2018-12/P1M", "2019-01/P1M", "2019-02/P1M"]
    assert said(at(tables, "E6")) == ("2019-02/P1M", "Telford", "Burglary by area", 14)
    assert tables[0].layout == "areas down, months across"


def test_months_down_with_measures_across() -> None:
    tables = tables_of(
        sheet_of("""
        Year | Month | Burglary | Robbery
        2018 | Dec   | 31       | 2
        2019 | Jan   | 35       | 3
        .    | Feb   | 30       | 1
        """)
    )
    assert said(at(tables, "D4")) == ("2019-02/P1M", None, "Robbery", 1)


def test_areas_down_with_two_header_rows_merged_and_a_row_of_units() -> None:
    sheet = sheet_of(
        """
        Table 1: Offences, year ending March 2019
        .          | .         | Violence1 | .
        Area Code  | Area name | With injury2 | Without injury
        .          | .         | Numbers | .
        E92000001  | ENGLAND8  | 900 | 1,900
        E23000016  | West Mercia | 90 | '190
        Source: Home Office
        1. Includes stalking
        2. A note
        8. Another
        """,
        merges=(Merge(1, 2, 1, 3),),
    )
    tables = tables_of(sheet)
    assert said(at(tables, "D6")) == ("2018-04/P1Y", "West Mercia", "Violence / Without injury", 190)
    assert at(tables, "C5").area == "ENGLAND"
    assert at(tables, "C5").total
    assert not at(tables, "C6").total
    assert at(tables, "C6").unit is Unit.COUNT
    assert len(tables[0].notes) == 4


def test_count_and_per_cent_in_pairs_under_periods() -> None:
    tables = tables_of(
        sheet_of("""
        .          | 2017/18 | .    | 2018/19 | .
        Force      | Number  | %    | Number  | %
        Shropshire | 50      | 79.5 | 60      | 81
        Telford    | 20      | 60   | 30      | 65
        """)
    )
    assert said(at(tables, "D3"))[:2] == ("2018-04/P1Y", "Shropshire")
    assert at(tables, "D3").unit is Unit.COUNT
    assert at(tables, "E3").unit is Unit.PER_CENT
    assert at(tables, "E3").value == 81
    assert "pairs" in tables[0].layout


def test_stacked_tables_each_with_a_title_of_its_own() -> None:
    tables = tables_of(
        sheet_of("""
        Table 1: Burglary
        Area | Apr 2019 | May 2019
        Shropshire | 1 | 2
        Telford | 3 | 4
        .
        Table 2: Robbery
        Area | Apr 2019 | May 2019
        Shropshire | 5 | 6
        Telford | 7 | 8
        """)
    )
    assert [table.title for table in tables] == ["Table 1: Burglary", "Table 2: Robbery"]
    assert [table.range for table in tables] == ["A2:C4", "A7:C9"]
    assert said(at(tables, "C9")) == ("2019-05/P1M", "Telford", "Robbery", 8)


def test_tables_side_by_side() -> None:
    tables = tables_of(
        sheet_of("""
        Area | Apr 2019 | May 2019 | . | Area | Apr 2019 | May 2019
        Shropshire | 1 | 2 | . | Shropshire | 5 | 6
        Telford | 3 | 4 | . | Telford | 7 | 8
        Herefordshire | 3 | 4 | . | Herefordshire | 7 | 9
        """)
    )
    assert [table.range for table in tables] == ["A1:C4", "E1:G4"]
    assert said(at(tables, "G3"))[:2] == ("2019-05/P1M", "Telford")


def test_spacer_columns_and_marks_beside_figures_belong_to_the_table() -> None:
    tables = tables_of(
        sheet_of("""
        Use by kind
        .     | 2015 | . | 2016 | .
        Drawn | 2457 | R | 2829 | .
        .     | .    | . | .    | .
        Aimed | 630  | . | 719  | .
        Total | 3087 | R | 3548 | .
        """)
    )
    assert len(tables) == 1
    assert at(tables, "B3").marks == ("[r]",)
    assert said(at(tables, "D5")) == ("2016-01/P1Y", None, "Aimed", 719)
    assert at(tables, "D6").total


def test_a_metadata_block_gives_the_period_and_the_first_figures_need_no_first_column() -> None:
    tables = tables_of(
        sheet_of("""
        . | Title: | Beds open overnight
        . | Period: | April to June 2020
        . | Published: | 20th August 2020
        .
        . | Org Name | Available | Occupied
        . | England | 118510.4 | 74000
        .
        . | BARTS HEALTH NHS TRUST | 1846.8 | 1400
        """)
    )
    assert said(at(tables, "C8")) == ("2020-04/P3M", "BARTS HEALTH NHS TRUST", "Available", 1846.8)
    assert tables[0].title == "Beds open overnight"


def test_one_file_a_month_has_its_month_only_in_the_name() -> None:
    sheet = sheet_of("""
        . | Number of convictions | Percentage of convictions
        National | '7,805 | '74.1%
        Shropshire | '0 | -
        """)
    tables = tables_of(sheet, "offence category april 2014.csv")
    assert said(at(tables, "B2")) == ("2014-04/P1M", "National", "Number of convictions", 7805)
    assert at(tables, "C2").unit is Unit.PER_CENT
    assert at(tables, "C3").status is Status.NOT_AVAILABLE


def test_a_transposed_block_has_areas_across() -> None:
    tables = tables_of(
        sheet_of("""
        Month | Shropshire | Telford | Herefordshire
        Apr-19 | 1 | 2 | 3
        May-19 | 4 | 5 | 6
        """)
    )
    assert said(at(tables, "C3"))[:2] == ("2019-05/P1M", "Telford")


def test_per_cents_follow_the_format_of_the_cell() -> None:
    sheet = sheet_of("Area | Satisfied\nShropshire | 0.79\nTelford | 79\nHereford | '79%", formats={(1, 1): "0%"})
    tables = tables_of(sheet, areas=("Hereford",))
    assert [value.value for value in tables[0].values] == [79.0, 79.0, 79.0]
    assert at(tables, "B2").unit is Unit.PER_CENT
    assert at(tables, "B4").unit is Unit.PER_CENT


def test_proportions_under_a_per_cent_heading_are_asked_about_and_never_multiplied() -> None:
    tables, problems = find_tables(sheet_of("Area | % satisfied\nShropshire | 0.79\nTelford | 0.5\nKent | 0.61"), "made.csv")
    assert at(tables, "B2").value == 0.79
    assert [problem.kind for problem in problems if problem.kind == "per-cent-or-proportion"]


def test_proportions_that_are_per_cents_by_the_title_or_their_row_are_doubted_too() -> None:
    titled = "Percentage of victims satisfied, 2019\nArea | Burglary | Violence\nShropshire | 0.8 | 0.7\nTelford | 0.5 | 0.6"
    by_row = "Measure | Apr 2019 | May 2019\n% solved | 0.8 | 0.7\nOffences | 100 | 200"
    by_unit = "Measure | Unit | Apr 2019 | May 2019\nSolved | % | 0.8 | 0.7\nOffences | Number | 100 | 200"
    for text in (titled, by_row, by_unit):
        (table,), problems = find_tables(sheet_of(text), "made.xlsx")
        shares = [value for value in table.values if value.unit is Unit.PER_CENT]
        assert len(shares) > 1
        assert all(value.doubt for value in shares)
        assert not any(value.doubt for value in table.values if value.unit is Unit.COUNT)
        assert "per-cent-or-proportion" in {problem.kind for problem in problems}
    (table,), _ = find_tables(sheet_of("Measure | Apr 2019 | May 2019\n% absent | 0.8 | 4.7\n% late | 8 | 5"), "made.xlsx")
    assert not any(value.doubt for value in table.values)  # one figure above 1 tells what its row's others are


def test_errors_and_formulas_never_calculated_have_no_number_and_one_problem_each() -> None:
    drawn = sheet_of("Area | Apr 2019 | May 2019\nShropshire | 1 | 2\nTelford | . | .\nKent | . | 3")
    sheet = Sheet("S", drawn.rows, errors={(2, 1): "#REF!", (3, 1): "#DIV/0!"}, uncalculated=frozenset({(2, 2)}))
    tables, problems = find_tables(sheet, "made.xlsx")
    assert at(tables, "B3").status is Status.ERROR
    assert at(tables, "B3").raw == "#REF!"
    assert at(tables, "C3").status is Status.NOT_CALCULATED
    assert sorted(problem.kind for problem in problems if problem.weight.value == "wrong") == ["cell-error", "not-calculated"]


def test_nothing_known_is_none_with_one_problem_a_table() -> None:
    tables, problems = find_tables(sheet_of("Colour | Size\nred | 1\nblue | 2\ngreen | 3"), "made.xlsx")
    assert all(value.period is None and value.area is None for value in tables[0].values)
    assert [problem.kind for problem in problems] == ["period-unknown", "area-unknown"]


def test_reading_is_quick_for_long_sheets() -> None:
    rows: list[list[CellValue]] = [["Month", "Area", "Offence", "Count"]]
    rows += [["Apr-18" if n < 9000 else "Apr-19", "Shropshire", f"Kind {n % 9000}", float(n)] for n in range(18000)]
    tables = tables_of(Sheet("Long", rows))
    assert len(tables[0].values) == 18000


cells = st.one_of(
    st.none(),
    st.floats(),
    st.text(max_size=12),
    st.dates(),
    st.booleans(),
    st.sampled_from(["Apr-19", "Total", "2019", "-", "%"]),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(cells, max_size=6), max_size=9))
def test_no_sheet_is_too_odd(rows: list[list[str | float | bool | None]]) -> None:
    tables, problems = find_tables(Sheet("S", rows), "odd.xlsx", ("Shropshire",))
    for table in tables:
        assert len({value.cell for value in table.values}) == len(table.values)
        assert all((value.value is None) == (value.status is not Status.NUMBER) for value in table.values)
    assert all(problem.found and problem.remedy for problem in problems)


def test_words_above_rows_name_their_area_and_rows_tell_their_own_unit() -> None:
    tables = tables_of(
        sheet_of("""
        Measure | Unit | Apr-19 | May-19
        Shropshire
        Burglary | Number | 10 | 12
        Satisfaction | % | 80.1 | 79.9
        Telford
        Burglary | Number | 20 | 22
        Cost | £ | 3.5 | 3.6
        """)
    )
    assert said(at(tables, "D4")) == ("2019-05/P1M", "Shropshire", "Satisfaction", 79.9)
    assert [at(tables, cell).unit for cell in ("C3", "C4", "C7")] == [Unit.COUNT, Unit.PER_CENT, Unit.MONEY]
    assert at(tables, "C6").area == "Telford"


def test_a_row_of_figures_above_the_header_belongs_to_the_table() -> None:
    tables = tables_of(
        sheet_of("""
        Question 1: a good job?
        Base | 1,204 | 600 | 604
        . | Everybody | Male | Female
        Good | 0.6 | 0.59 | 0.61
        Poor | 0.4 | 0.41 | 0.39
        """)
    )
    assert said(at(tables, "C2"))[2:] == ("Base / Male", 600)


def test_a_quarter_beside_its_financial_year_and_a_week_under_its_heading() -> None:
    quarters = tables_of(
        sheet_of("Financial Year | Financial Quarter | Force Name | Offences\n2018/19 | 3 | Kent | 10\n2018/19 | 4 | Kent | 12")
    )
    assert said(at(quarters, "D3")) == ("2019-01/P3M", "Kent", "Offences", 12)
    weeks = tables_of(sheet_of("Week ending | Calls\n05/05/2019 | 10\n12/05/2019 | 12"))
    assert said(at(weeks, "B2"))[0] == "2019-04-29/P7D"


def test_year_to_date_without_its_month_has_no_period() -> None:
    tables, problems = find_tables(
        sheet_of("Area | Apr 2019 | YTD 19/20 | Change\nShropshire | 1 | 1 | 0\nTelford | 2 | 2 | 1"), "made.xlsx"
    )
    assert at(tables, "C2").period is None
    assert "period-unknown" in [problem.kind for problem in problems]


def test_a_list_of_records_is_named_and_its_rows_are_counted() -> None:
    rows = "\n".join(f"2019-01 | West Mercia Police | {'Burglary' if n % 3 else 'Robbery'} | Street {n}" for n in range(30))
    tables = tables_of(sheet_of(f"Month | Falls within | Crime type | Location\n{rows}"))
    assert tables[0].layout == "register"
    counts = {value.measure: (value.value, value.period.iso if value.period else None, value.area) for value in tables[0].values}
    assert counts["Crime type / Robbery"] == (10, "2019-01/P1M", "West Mercia Police")


def test_what_holds_of_many_tables_is_said_once() -> None:
    _, problems = find_tables(sheet_of("\n.\n".join(["Colour | Size | Weight\nred | 1 | 2\nblue | 2 | 3"] * 30)), "made.xlsx")
    assert sorted(problem.kind for problem in problems) == ["area-unknown", "period-unknown"]
    assert "30 tables" in problems[0].found
