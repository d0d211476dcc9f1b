"""Workbooks handed out: other programs read from them what was put in, and text is never more than text."""

import io
import zipfile
from datetime import date, datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from reportpack.render.sheet import SheetColumn, SheetTable, Value, workbook_bytes

DAY = date(2019, 5, 28)
FIGURES = SheetTable(
    "Tom's & Jo's",
    (SheetColumn("Area", 18), SheetColumn("Rate", 10, "0.0"), SheetColumn("State", choices=("open", "closed & done"))),
    (("North", 81.5, "open"), ("South", 7, None), ("=1+1", date(2019, 4, 1), "")),
    ("What the figures were", "Illustrative"),
    bold_rows=(1,),
)


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def test_another_program_reads_titles_headers_values_and_looks() -> None:
    sheet = opened(workbook_bytes([FIGURES], DAY))["Tom's & Jo's"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["What the figures were", None, None],
        ["Illustrative", None, None],
        [None, None, None],
        ["Area", "Rate", "State"],
        ["North", 81.5, "open"],
        ["South", 7, None],
        ["=1+1", sheet["B7"].value, None],
    ]
    assert (sheet["B7"].value.date(), sheet["B7"].number_format, sheet["B5"].number_format) == (
        date(2019, 4, 1),
        "d mmm yyyy",
        "0.0",
    )
    assert [sheet[name].font.b for name in ("A1", "A2", "A4", "A5", "A6")] == [True, False, True, False, True]
    assert sheet["A4"].fill.fgColor.rgb == "FFE4E9EF"
    assert (sheet.freeze_panes, round(sheet.column_dimensions["A"].width)) == ("B5", 19)
    assert sheet["A7"].data_type == "s"
    assert [bool(sheet[name].quotePrefix) for name in ("A5", "A7")] == [
        False,
        True,
    ]  # text still, once a person has opened it to type


def test_words_are_offered_under_their_column() -> None:
    (offer,) = opened(workbook_bytes([FIGURES], DAY)).worksheets[0].data_validations.dataValidation
    assert (offer.formula1, str(offer.sqref), offer.errorStyle) == ('"open,closed & done"', "C5:C2004", "warning")


def test_an_open_column_of_a_protected_sheet_can_be_typed_into() -> None:
    table = SheetTable("One", (SheetColumn("Asked"), SheetColumn("Your reply", open=True)), (("Why?", ""),))
    sheet = opened(workbook_bytes([table], DAY, protected=True)).worksheets[0]
    assert [sheet[name].protection.locked for name in ("A1", "B1", "A2", "B2")] == [True, True, True, False]


def test_a_protected_workbook_can_be_filtered_and_not_typed_into() -> None:
    sheet = opened(workbook_bytes([FIGURES], DAY, protected=True)).worksheets[0]
    assert (sheet.protection.sheet, sheet.protection.autoFilter, sheet.auto_filter.ref) == (True, False, "A4:C7")
    assert not opened(workbook_bytes([FIGURES], DAY)).worksheets[0].protection.sheet


def test_the_same_tables_give_the_same_bytes_dated_the_day_they_speak_of() -> None:
    data = workbook_bytes([FIGURES, SheetTable("Empty", (SheetColumn("One"),))], DAY)
    assert data == workbook_bytes([FIGURES, SheetTable("Empty", (SheetColumn("One"),))], DAY)
    book = opened(data)
    assert (book.properties.created.date(), book.properties.modified.date(), book.sheetnames) == (
        DAY,
        DAY,
        ["Tom's & Jo's", "Empty"],
    )


def test_what_looks_like_an_escape_is_written_as_the_characters_typed() -> None:
    table = SheetTable("One", (SheetColumn("A"),), (("_x000A_ and _x41_",),))
    with zipfile.ZipFile(io.BytesIO(workbook_bytes([table], DAY))) as book:
        assert b">_x005F_x000A_ and _x41_<" in book.read("xl/sharedStrings.xml")


FIFTEEN_DIGITS = st.floats(-1e300, 1e300).map(lambda value: float(f"{value:.15g}"))
"""As exactly as a workbook program keeps a number."""
VALUES = st.text() | FIFTEEN_DIGITS | st.integers(-999, 999) | st.dates(date(1900, 3, 1))


@given(st.lists(VALUES, min_size=1, max_size=30))
def test_any_value_comes_back_as_it_was_but_for_what_no_workbook_can_hold(values: list[Value]) -> None:
    table = SheetTable("One", tuple(SheetColumn(str(number)) for number, _ in enumerate(values)), (tuple(values),))
    (sheet,) = opened(workbook_bytes([table], DAY)).worksheets
    assert [as_typed(cell.value) for cell in sheet[2]] == [writable(value) for value in values]


def as_typed(value: Any) -> Value:
    return value.date() if isinstance(value, datetime) else value


def writable(value: Value) -> Value:
    if not isinstance(value, str):
        return value
    return "".join(one for one in value if (one >= " " or one in "\t\n") and one not in "\ufffe\uffff") or None


def test_a_sheet_prints_landscape_as_wide_as_the_page_with_its_head_on_each() -> None:
    table = SheetTable("s", (SheetColumn("A"), SheetColumn("B")), (("x", 1.0),), ("Figures of P&Q", "and a note"))
    sheet = opened(workbook_bytes((table,), DAY))["s"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$4:$4"
    assert sheet.oddFooter.left.text == "Figures of P&&Q"
