"""The register without Excel: rows added, closed, found, written out, and a change undone."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from reportpack.errors import InputError, RefusedError
from reportpack.model.register_row import RegisterCell, RegisterRow
from reportpack.render.sheet import SheetColumn, SheetTable, open_document_bytes
from reportpack.run.init import make_office
from reportpack.run.office_files import Folders
from reportpack.run.register.export import export_register
from reportpack.run.register.rows import (
    add_row,
    close_row,
    find_rows,
    needed_for,
    row_history,
    sheet_called,
    standing_register,
    undo_event,
    update_row,
)
from reportpack.run.steps.recording import Change

NOW = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
PLAN = (("Action", "Share the delivery plan"), ("owner", "CC"), ("Due", "none"))


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    make_office(tmp_path / "office", NOW.date())
    return Folders(tmp_path / "office" / "inputs", tmp_path / "office" / "build")


def workbook_words(folders: Folders, sheet: str) -> list[str]:
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    return [str(cell.value) for row in book[sheet].iter_rows() for cell in row if cell.value is not None]


def test_a_new_row_takes_the_next_reference_of_its_year(folders: Folders) -> None:
    assert add_row(folders, "Actions", PLAN, Change(NOW)).row.ref == "1/2031"
    again = add_row(folders, "Actions", (*PLAN, ("Raised at", "May 2030")), Change(NOW)).row
    assert again.ref == "1/2030"
    assert (
        add_row(folders, "Matters", (("Words", "Look at it again"), ("Due at meeting", "June 2031")), Change(NOW)).row.ref
        == "M1/2031"
    )
    assert {"1/2031", "1/2030", "Share the delivery plan"} <= set(workbook_words(folders, "Actions"))
    assert [row.ref for row in standing_register(folders, 2031)[0]] == ["1/2031", "1/2030", "M1/2031"]


def test_what_a_new_row_lacks_is_named_and_nothing_is_added(folders: Folders) -> None:
    assert [header for header, _ in needed_for("Actions", {"Owner": "CC"})] == ["Action", "Due"]
    with pytest.raises(InputError, match="Owner"):
        add_row(folders, "Actions", (("Action", "Share the plan"), ("Due", "none")), Change(NOW))
    with pytest.raises(InputError, match="Nothing was changed"):
        add_row(folders, "Actions", (*PLAN, ("State", "finished")), Change(NOW))
    with pytest.raises(InputError, match="matter, action"):
        sheet_called("promise")
    assert standing_register(folders, 2031)[0] == ()


def test_an_action_is_closed_with_evidence_only(folders: Folders) -> None:
    add_row(folders, "Actions", PLAN, Change(NOW))
    with pytest.raises(RefusedError, match="1/2031"):
        close_row(folders, "1/2031", " ", "", Change(NOW))
    row = close_row(folders, "1/2031", "the letter of 3 May", "", Change(NOW)).row
    assert (row.text("State"), row.text("Closed on"), row.text("Evidence")) == ("closed", "6 May 2031", "the letter of 3 May")
    with pytest.raises(InputError, match="already"):
        close_row(folders, "1/2031", "again", "", Change(NOW))


def test_rows_are_found_by_words_spelt_nearly_so(folders: Folders) -> None:
    add_row(folders, "Actions", PLAN, Change(NOW))
    rows = standing_register(folders, 2031)[0]
    assert [row.ref for row in find_rows(rows, "PLAN delivry")] == ["1/2031"]
    assert find_rows(rows, "plan audit") == ()


def test_an_undone_change_is_kept_and_no_longer_counts(folders: Folders) -> None:
    add_row(folders, "Actions", PLAN, Change(NOW))
    update_row(folders, "1/2031", [("Action", "Share another plan")], Change(NOW))
    first, second = row_history(folders, "1/2031", 2031)[1]
    undone = undo_event(folders, second.number, Change(NOW, "A. Clerk", "typed into the wrong row"))
    assert undone is not None
    assert undone.row.text("Action") == "Share the delivery plan"
    assert "Share another plan" not in workbook_words(folders, "Actions")
    assert [one.number for one in row_history(folders, "1/2031", 2031)[1]][:2] == [first.number, second.number]
    with pytest.raises(InputError, match="999"):
        undo_event(folders, 999, Change(NOW, why="again"))
    for number in (first.number, second.number):
        with pytest.raises(RefusedError, match=str(number)):
            undo_event(folders, number, Change(NOW, why="again"))


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_an_export_holds_every_word_and_no_formula(folders: Folders, tmp_path: Path, form: str) -> None:
    rows = (RegisterRow("Actions", "17/2022", (RegisterCell("Reference", "17/2022"), RegisterCell("Action", "=1+1"))),)
    path = tmp_path / f"out.{form}"
    export_register(rows, path, NOW.date())
    assert CalamineWorkbook.from_path(str(path)).get_sheet_by_name("Actions").to_python()[1][:2] == ["17/2022", "=1+1"]
    with pytest.raises(InputError, match="already"):
        export_register(rows, path, NOW.date())
    with pytest.raises(InputError, match=r"\.xlsx, \.ods or \.csv"):
        export_register(rows, tmp_path / "out.docx", NOW.date())


@given(st.text(max_size=20))
@settings(max_examples=50)
def test_no_cell_of_comma_separated_values_begins_a_formula(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.mktemp("out") / "register.csv"
    export_register((RegisterRow("Actions", "1/2031", (RegisterCell("Action", text),)),), path, NOW.date())
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))
    assert len(rows) == 2
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for row in rows for cell in row)


@given(st.text(alphabet=st.characters(exclude_categories=("Cc", "Cs", "Zl", "Zp", "Co", "Cn")), min_size=1, max_size=20))
@settings(max_examples=50)
def test_an_open_document_keeps_words_as_they_are(text: str) -> None:
    data = open_document_bytes((SheetTable("Words", (SheetColumn("Text"),), ((text,),)),), date(2031, 5, 6))
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1] == [text]
