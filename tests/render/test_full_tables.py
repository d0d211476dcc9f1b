"""The numbers behind charts as data: numbers stay numbers and show as printed, words stay words."""

import io

import openpyxl

from reportpack.render.element import Document, Element
from reportpack.render.full_tables import full_tables_workbook, table_csv
from reportpack.render.page_source import parse_page_source

ROWS = (
    '<tr><th scope="row">Apr 2019</th><td><data value="79.4375" data-source="s1!B2">79.4%</data> [r]</td><td>[c]</td></tr>'
    '<tr><th scope="row">=1+1</th><td><data value="-1204.2" data-source="s1!B3">−1,204.2%</data></td>'
    '<td><data value="75" data-source="s1!C3">1:15</data></td></tr>'
)


def document(rows: str = ROWS, identity: str = ' id="table-m"') -> Document:
    table = (
        f"<table{identity}><thead><tr><th>Period</th><th>Force</th><th>[North]: a/b</th></tr></thead><tbody>{rows}</tbody>"
        '<tfoot><tr><th scope="row">Average</th><td><data value="80.05" data-source="s1!B2">80.1%</data></td><td></td></tr></tfoot></table>'
    )
    head = '<head><title>Appendix</title><meta name="marking" content="OFFICIAL"/><meta name="date" content="2019-05-21"/></head>'
    body = f"<section><h1>Tables</h1><section><h2>Satisfaction: [all]</h2>{table}<p>A note.</p></section></section>"
    source = f'<html xmlns="http://www.w3.org/1999/xhtml" lang="en-GB">{head}<body>{body}</body></html>'
    return parse_page_source(source, "x.html")


def table_of(document: Document) -> Element:
    return document.identifiers["table-m"]


def test_each_full_table_is_a_sheet_that_says_whose_it_is_and_all_are_listed() -> None:
    data = full_tables_workbook(document())
    assert data is not None
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Contents", "1 Satisfaction   all"]
    words = [cell.value for row in book["1 Satisfaction   all"].iter_rows(max_row=3) for cell in row if cell.value]
    assert words == ["Satisfaction: [all]", "OFFICIAL", "A note."]
    assert ["1 Satisfaction   all", "Satisfaction: [all]"] in [[one.value for one in row] for row in book["Contents"].iter_rows()]


def test_a_number_stays_a_number_and_shows_as_it_was_printed_with_its_mark() -> None:
    data = full_tables_workbook(document())
    assert data is not None
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[1]
    rows = {row[0].value: row[1:] for row in sheet.iter_rows(min_row=5)}
    assert rows["Apr 2019"][0].value == 79.4375
    assert rows["Apr 2019"][0].number_format == '#,##0.0"% [r]"'
    assert rows["Apr 2019"][1].value == "[c]"
    assert rows["=1+1"][0].value == -1204.2
    assert rows["=1+1"][1].value == "1:15"  # a clock: 75 seconds would show as another number
    assert rows["=1+1"][0].data_type == "n"
    assert rows["Average"][0].number_format == '#,##0.0"%"'
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"n", "s"}


def test_a_document_without_full_tables_has_no_workbook() -> None:
    assert full_tables_workbook(document(identity="")) is None


def test_as_csv_values_are_not_rounded_keep_their_marks_and_nothing_is_a_formula() -> None:
    assert table_csv(table_of(document())).splitlines() == [
        "Period,Force,[North]: a/b",
        "Apr 2019,79.4375 [r],[c]",
        "'=1+1,-1204.2,1:15",
        "Average,80.05,",
    ]
