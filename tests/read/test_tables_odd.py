"""Oddities of published tables, each named by what went wrong when it was first read."""

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
