"""The register workbook brought into step: what people added is still there, and words are only ever words."""

import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.table import Table

from reportpack.errors import OutputError
from reportpack.model.register import AddedRow, CellEdit
from reportpack.read.register.reading import read_register_book
from reportpack.read.register.rows import register_number
from reportpack.render.register_workbook import rewrite_register

PROPERTY = "reportpack register"
HEADINGS = ["Reference", "Action", "Owner", "Due", "State", "Our colour"]


def register() -> bytes:
    """A register that people have made their own: a comment, a colour, a chart, a table, choices, a sheet and a column of theirs."""
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "Actions"
    sheet.append(HEADINGS)
    sheet.append(["1/2019", "Share the plan", "CC", date(2019, 5, 31), "open", "red"])
    sheet.append([None, "Arrange an audit", "DCC", date(2019, 6, 30), "open", "blue"])
    sheet["D2"].number_format = sheet["D3"].number_format = "d mmm yyyy"
    sheet["B2"].fill = PatternFill("solid", fgColor="FFFF00")
    sheet["B2"].comment = Comment("Ask again", "Officer")
    choices = DataValidation(type="list", formula1='"open,closed"')
    choices.add("E2:E3")
    sheet.add_data_validation(choices)
    sheet.add_table(Table(displayName="Actions1", ref="A1:F3"))
    mine = workbook.create_sheet("My sums")
    mine.append([1, 2, "=A1+B1"])
    chart = BarChart()
    chart.add_data(Reference(mine, min_col=1, max_col=2, min_row=1))
    mine.add_chart(chart, "E5")
    return saved(workbook)


def saved(workbook: Any) -> bytes:
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {name: book.read(name) for name in book.namelist()}


def opened(data: bytes) -> Any:
    return load_workbook(io.BytesIO(data))


def test_only_what_is_out_of_step_is_touched() -> None:
    before = register()
    after = rewrite_register(before, [CellEdit("Actions", "E2", "closed"), CellEdit("Actions", "A3", "2/2019")], [], PROPERTY, 1)
    changed = {name for name, data in parts(after).items() if parts(before).get(name) != data}
    assert changed == {"xl/worksheets/sheet1.xml", "docProps/custom.xml", "[Content_Types].xml", "_rels/.rels"}
    sheet = opened(after)["Actions"]
    assert [cell.value for cell in sheet[2]] == ["1/2019", "Share the plan", "CC", sheet["D2"].value, "closed", "red"]
    assert (sheet["A3"].value, sheet["B2"].fill.fgColor.rgb, sheet["B2"].comment.text) == ("2/2019", "00FFFF00", "Ask again")


def test_the_number_of_the_write_is_in_the_file_and_changes_with_each(tmp_path: Path) -> None:
    data = register()
    for number in (1, 2, 30):
        data = rewrite_register(data, [], [], PROPERTY, number)
        (tmp_path / "register.xlsx").write_bytes(data)
        assert register_number(tmp_path / "register.xlsx") == number
    assert opened(data).custom_doc_props[PROPERTY].value == 30


def test_a_new_row_stands_below_the_last_in_its_manner() -> None:
    texts = (
        ("A", "3/2019", None),
        ("B", "Write to the board", None),
        ("D", "5 July 2019", date(2019, 7, 5)),
        ("E", "open", None),
    )
    row = AddedRow("Actions", tuple(CellEdit("Actions", *one) for one in texts))
    after = rewrite_register(register(), [], [row, row], PROPERTY, 1)
    sheet = opened(after)["Actions"]
    assert [sheet[f"{letter}4"].value for letter in "ABE"] == ["3/2019", "Write to the board", "open"]
    assert (sheet["D4"].value.date(), sheet["D4"].number_format) == (date(2019, 7, 5), "d mmm yyyy")
    assert sheet["A5"].value == "3/2019"
    assert sheet.tables["Actions1"].ref == "A1:F5"
    assert str(sheet.data_validations.dataValidation[0].sqref) == "E2:E5"


def test_a_day_is_a_date_only_where_dates_are_shown() -> None:
    edits = [
        CellEdit("Actions", "D2", "28 February 2019", date(2019, 2, 28)),
        CellEdit("Actions", "E2", "28 May 2019", date(2019, 5, 28)),
        CellEdit("Actions", "D3", "May 2019"),
    ]
    sheet = opened(rewrite_register(register(), edits, [], PROPERTY, 1))["Actions"]
    assert (sheet["D2"].value.date(), sheet["E2"].value, sheet["D3"].value) == (date(2019, 2, 28), "28 May 2019", "May 2019")


def test_words_never_become_a_formula() -> None:
    words = "=cmd|' /C calc'!A0"
    sheet = opened(rewrite_register(register(), [CellEdit("Actions", "C2", words)], [], PROPERTY, 1))["Actions"]
    assert (sheet["C2"].value, sheet["C2"].data_type) == (words, "s")


def test_a_formula_that_is_replaced_leaves_no_trace() -> None:
    data = parts(register())
    data["xl/calcChain.xml"] = (
        b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="C1" i="2"/></calcChain>'
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        for name, part in data.items():
            book.writestr(name, part)
    after = rewrite_register(stream.getvalue(), [CellEdit("My sums", "C1", "three")], [], PROPERTY, 1)
    assert "xl/calcChain.xml" not in parts(after)
    assert opened(after)["My sums"]["C1"].value == "three"


def test_a_signed_register_is_not_touched() -> None:
    stream = io.BytesIO(register())
    with zipfile.ZipFile(stream, "a") as book:
        book.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    with pytest.raises(OutputError, match="signed"):
        rewrite_register(stream.getvalue(), [], [], PROPERTY, 1)


def test_a_register_that_keeps_a_log_of_its_own_changes_is_not_touched() -> None:
    stream = io.BytesIO(register())
    with zipfile.ZipFile(stream, "a") as book:
        book.writestr("xl/revisions/revisionHeaders.xml", "<headers/>")
    with pytest.raises(OutputError, match="log of its own"):
        rewrite_register(stream.getvalue(), [], [], PROPERTY, 1)


def with_totals() -> bytes:
    workbook = opened(register())
    sheet = workbook["Actions"]
    sheet.append(["Total", 2])
    table = sheet.tables["Actions1"]
    table.ref, table.totalsRowCount = "A1:F4", 1
    return saved(workbook)


def test_a_row_of_totals_is_no_row_of_the_register_and_none_is_put_below_it(tmp_path: Path) -> None:
    path = tmp_path / "register.xlsx"
    path.write_bytes(with_totals())
    book, _ = read_register_book(path, "register.xlsx")
    assert book is not None
    assert [row.text("Action") for row in book.rows] == ["Share the plan", "Arrange an audit"]
    added = AddedRow("Actions", (CellEdit("Actions", "A", "3/2019"),))
    with pytest.raises(OutputError, match="row of totals"):
        rewrite_register(with_totals(), [], [added], PROPERTY, 1)
    assert opened(rewrite_register(with_totals(), [CellEdit("Actions", "A3", "2/2019")], [], PROPERTY, 1))


@pytest.mark.parametrize(
    "name",
    [
        "xl/vbaProject.bin",
        "xl/pivotCache/pivotCacheDefinition1.xml",
        "xl/slicers/slicer1.xml",
        "xl/ctrlProps/ctrlProp1.xml",
        "xl/threadedComments/threadedComment1.xml",
        "docMetadata/LabelInfo.xml",
        "xl/customProperty1.bin",
    ],
)
def test_what_no_library_would_keep_is_still_there_byte_for_byte(name: str) -> None:
    stream = io.BytesIO(register())
    with zipfile.ZipFile(stream, "a") as book:
        book.writestr(name, b"\x00<not to be read/>")
    before = parts(stream.getvalue())
    after = parts(rewrite_register(stream.getvalue(), [CellEdit("Actions", "A3", "2/2019")], [], PROPERTY, 1))
    touched = {one for one in after if after[one] != before.get(one)}
    assert after[name] == before[name]
    assert touched == {"xl/worksheets/sheet1.xml", "docProps/custom.xml", "[Content_Types].xml", "_rels/.rels"}


def test_what_a_sheet_says_of_its_controls_and_slicers_stays() -> None:
    own = (
        b'<extLst><ext uri="{A8765BA9}" xmlns:x14="urn:x14"><x14:slicerList><x14:slicer id="7"/></x14:slicerList></ext></extLst>'
    )
    before = parts(register())
    sheet = before["xl/worksheets/sheet1.xml"].replace(b"</worksheet>", own + b"</worksheet>")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as book:
        for name, data in before.items():
            book.writestr(name, sheet if name == "xl/worksheets/sheet1.xml" else data)
    after = parts(rewrite_register(stream.getvalue(), [CellEdit("Actions", "A3", "2/2019")], [], PROPERTY, 1))
    assert b'<x14:slicer id="7"/>' in after["xl/worksheets/sheet1.xml"]


def test_the_example_s_register_reads_the_same_after_a_write(tmp_path: Path) -> None:
    path = Path(__file__).parents[2] / "inputs" / "register.xlsx"
    before, _ = read_register_book(path, "register.xlsx")
    (tmp_path / "register.xlsx").write_bytes(rewrite_register(path.read_bytes(), [], [], PROPERTY, 1))
    after, _ = read_register_book(tmp_path / "register.xlsx", "register.xlsx")
    assert before is not None
    assert after is not None
    assert [row.texts for row in after.rows] == [row.texts for row in before.rows]
    assert (before.number, after.number) == (None, 1)


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), min_size=1, max_size=60))
@settings(max_examples=40, deadline=None)
def test_any_words_can_be_read_again(tmp_path_factory: pytest.TempPathFactory, words: str) -> None:
    path = tmp_path_factory.getbasetemp() / "words.xlsx"
    path.write_bytes(rewrite_register(register(), [CellEdit("Actions", "C2", words)], [], PROPERTY, 1))
    book, _ = read_register_book(path, "register.xlsx")
    assert book is not None
    assert book.rows[0].text("Owner") == words.strip()
