"""The register saved by other programs, sent by e-mail and edited twice, and holding things of people's own: nothing is lost, nothing changes by itself."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import PatternFill

from reportpack.ledger import open_ledger
from reportpack.model.event import RowChange
from reportpack.model.problem import Problem
from reportpack.read.register.rows import register_number
from reportpack.run.office_files import Folders
from reportpack.run.register.rows import find_row, standing_register, update_row
from reportpack.run.steps.recording import Change, recording

ROOT = Path(__file__).parents[2]
NOW = datetime(2019, 6, 4, 9, tzinfo=UTC)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """The example's register after a run that wrote its number into it."""
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    folders = Folders(tmp_path / "inputs", tmp_path / "build")
    update_row(folders, "7/2019", [("Update", "Begun.")], Change(NOW))
    return folders


def register(folders: Folders) -> Path:
    return folders.inputs / "register.xlsx"


def run(folders: Folders) -> tuple[Problem, ...]:
    with recording(folders, NOW) as record:
        said = record.standing.problems
        record.record(())
        return (*said, *record.problems)


def recorded(folders: Folders) -> list[RowChange]:
    number = register_number(register(folders))
    with open_ledger(folders.inputs / "memory", register_number=number) as ledger:
        return [one.what for one in ledger.register_events() if isinstance(one.what, RowChange)]


def edit(path: Path, ref: str, heading: str, text: str) -> None:
    book = openpyxl.load_workbook(path)
    sheet = book["Actions"]
    place = [str(cell.value) for cell in sheet[1]].index(heading)
    next(row for row in sheet.iter_rows(min_row=2) if row[0].value == ref)[place].value = text
    book.save(path)


def through_libreoffice(path: Path) -> None:
    out = path.parent / "saved"
    profile = f"-env:UserInstallation=file://{path.parent / 'profile'}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(out), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shutil.move(out / path.name, path)


def through_google(path: Path) -> None:
    """No custom properties, the sheets in another order, every text in its cell, days as numbers with a format."""
    old = openpyxl.load_workbook(path)
    new = openpyxl.Workbook(write_only=True)
    for sheet in reversed(old.worksheets):
        made = new.create_sheet(sheet.title)
        for row in sheet.iter_rows(values_only=True):
            made.append([*row, None, None])
    new.save(path)


def through_numbers(path: Path) -> None:
    """A summary sheet of its own first, and each table's name above its headings."""
    old = openpyxl.load_workbook(path)
    new = openpyxl.Workbook()
    new.worksheets[0].title = "Export Summary"
    new.worksheets[0].append(["This document was exported from Numbers."])
    for sheet in old.worksheets:
        made = new.create_sheet(sheet.title)
        made.append(["Table 1"])
        for row in sheet.iter_rows(values_only=True):
            made.append(list(row))
    new.save(path)


@pytest.mark.parametrize(
    "save", [pytest.param(through_libreoffice, marks=pytest.mark.needs("soffice")), through_google, through_numbers]
)
def test_a_register_saved_by_another_program_changes_nothing_by_itself(folders: Folders, save: Callable[[Path], None]) -> None:
    before = recorded(folders)
    save(register(folders))
    assert [one for one in run(folders) if one.kind.startswith(("row-", "reference-", "register-", "column-"))] == []
    assert recorded(folders) == before
    edit_after = "Saved elsewhere, then changed."
    save(register(folders))
    book = openpyxl.load_workbook(register(folders))
    cell = next(cell for row in book["Actions"].iter_rows() for cell in row if cell.value == "Begun.")
    cell.value = edit_after
    book.save(register(folders))
    run(folders)
    assert [(one.ref, one.changes[0].after) for one in recorded(folders)[len(before) :]] == [("7/2019", edit_after)]


def test_a_copy_sent_by_e_mail_and_edited_twice_gives_both_changes(folders: Folders, tmp_path: Path) -> None:
    first, second = tmp_path / "first.xlsx", tmp_path / "second.xlsx"
    for copy in (first, second):
        shutil.copy(register(folders), copy)
    edit(first, "7/2019", "Update", "From the first copy.")
    edit(second, "11/2019", "Update", "From the second copy.")
    for copy in (first, second):
        shutil.copy(copy, register(folders))
        assert [one for one in run(folders) if one.kind == "register-conflict"] == []
    rows = standing_register(folders, 2019)[0]
    assert find_row(rows, "7/2019").text("Update") == "From the first copy."
    assert find_row(rows, "11/2019").text("Update") == "From the second copy."


def test_two_copies_that_say_different_things_of_one_cell_leave_both_in_the_row_s_history(
    folders: Folders, tmp_path: Path
) -> None:
    copies = [tmp_path / "first.xlsx", tmp_path / "second.xlsx"]
    for number, copy in enumerate(copies):
        shutil.copy(register(folders), copy)
        edit(copy, "7/2019", "Update", f"From copy {number}.")
    for copy in copies:
        shutil.copy(copy, register(folders))
        run(folders)
    said = [
        change.after for one in recorded(folders) if one.ref == "7/2019" for change in one.changes if change.header == "Update"
    ]
    assert said[-2:] == ["From copy 0.", "From copy 1."]


def test_everything_that_people_added_is_there_after_a_write(folders: Folders) -> None:
    run(folders)
    path = register(folders)
    book = openpyxl.load_workbook(path)
    sheet = book["Actions"]
    sheet.cell(1, 20).value = "My own column"
    sheet.cell(3, 20).value = "mine"
    sheet.cell(3, 2).fill = PatternFill("solid", fgColor="FFFF00")
    sheet.cell(3, 2).comment = Comment("Ask about this", "PO")
    sheet.column_dimensions["B"].width = 77
    rule = CellIsRule("equal", ['"open"'], fill=PatternFill(bgColor="FF0000"))  # type: ignore[no-untyped-call]
    sheet.conditional_formatting.add("H2:H90", rule)
    own = book.create_sheet("My chart")
    own.append([1, 2, 3])
    chart = BarChart()
    chart.add_data(Reference(own, min_col=1, max_col=3, min_row=1))
    own.add_chart(chart, "C3")
    book.save(path)
    before = parts(path)
    update_row(folders, "7/2019", [("Update", "Changed by a command.")], Change(NOW))
    after = parts(path)
    touched = {name for name in before if before[name] != after.get(name)}
    assert set(before) <= set(after)
    assert {name.split("/")[-1] for name in touched} <= {"sheet2.xml", "custom.xml"}
    again = openpyxl.load_workbook(path)["Actions"]
    assert (again.cell(3, 20).value, again.column_dimensions["B"].width) == ("mine", 77)
    assert again.cell(3, 2).comment is not None
    assert len(again.conditional_formatting) == 1
    assert "Changed by a command." in {cell.value for row in again.iter_rows() for cell in row}


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_rows_sorted_another_way_are_the_same_rows(folders: Folders) -> None:
    before = recorded(folders)
    book = openpyxl.load_workbook(register(folders))
    sheet = book["Actions"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)]
    for number, row in enumerate(reversed(rows), start=2):
        for column, value in enumerate(row, start=1):
            sheet.cell(number, column).value = value
    book.save(register(folders))
    assert [one for one in run(folders) if one.kind.startswith(("row-", "reference-"))] == []
    assert recorded(folders) == before


def test_a_reference_typed_by_hand_is_kept_and_the_next_one_follows_it(folders: Folders) -> None:
    book = openpyxl.load_workbook(register(folders))
    for ref, words in (("40/2019", "With a number of its own"), (None, "Without one")):
        book["Actions"].append([ref, words, None, "CC", "May 2019", date(2019, 6, 28)])
    book.save(register(folders))
    run(folders)
    refs = {row.text("Action"): row.ref for row in standing_register(folders, 2019)[0]}
    assert (refs["With a number of its own"], refs["Without one"]) == ("40/2019", "41/2019")


def test_a_row_doubled_in_the_workbook_stands_once_and_is_said(folders: Folders) -> None:
    book = openpyxl.load_workbook(register(folders))
    sheet = book["Actions"]
    sheet.append([cell.value for cell in sheet[3]])
    book.save(register(folders))
    said = run(folders)
    ref = str(sheet.cell(3, 1).value)
    assert [one.kind for one in said if ref in one.found] == ["row-doubled"]
    assert [row.ref for row in standing_register(folders, 2019)[0]].count(ref) == 1
