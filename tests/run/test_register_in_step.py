"""The register from run to run: people edit it in Excel, the ledger forgets nothing."""

import io
import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.ledger import open_ledger
from reportpack.merge.register_rows import standing_rows
from reportpack.model.edition import Audience
from reportpack.model.register_row import RegisterCell, RegisterRow
from reportpack.read.register.rows import register_number
from reportpack.render.element import plain_text
from reportpack.render.page_source import parse_page_source
from reportpack.run.check import check_inputs
from reportpack.run.init import make_office
from reportpack.run.office_files import Folders
from reportpack.run.pack import BuiltPack, Order, build_pack
from reportpack.run.register.export import register_copy
from reportpack.run.register.rows import update_row
from reportpack.run.steps.recording import Change
from reportpack.run.steps.standing import StandingRegister, read_standing, record_standing, write_standing

TODAY = date(2031, 5, 6)
ACTIONS = ("Reference", "Action", "Owner", "Due", "State", "Raised at")


@pytest.fixture(scope="module")
def new_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new office with two actions."""
    office = tmp_path_factory.mktemp("office") / "office"
    make_office(office, TODAY)
    edit(
        office,
        (None, "Reference", "1/2031"),
        (None, "Action", "Share the delivery plan"),
        (None, "Owner", "CC"),
        (None, "Due", "none"),
    )
    edit(
        office, (None, "Reference", "2/2031"), (None, "Action", "Arrange the audit"), (None, "Owner", "CC"), (None, "Due", "none")
    )
    return office


@pytest.fixture
def office(new_office: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(new_office, tmp_path / "office"))


def run(office: Path, day: date = TODAY) -> StandingRegister:
    """What every run that records does with the register; its problems are those of reading, merging and writing."""
    now = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)
    path = office / "inputs" / "register.xlsx"
    with open_ledger(office / "inputs" / "memory", register_number=register_number(path)) as ledger:
        step = read_standing(path, ledger, None, day.year)
        record_standing(step, ledger, now)
        return replace(step, problems=(*step.problems, *write_standing(step, path, ledger, now)))


def build(office: Path, day: date = TODAY, on: date | None = None) -> BuiltPack:
    now = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)
    folders = Folders(office / "inputs", office / "build", office / "templates")
    return build_pack(folders, Order("", None, on, now, day), lambda _: None)


def edit(office: Path, *cells: tuple[int | None, str, str | None]) -> None:
    """Type into the sheet Actions, as people do: (row, heading, words); without a row, into the first free one."""
    path = office / "inputs" / "register.xlsx"
    workbook = openpyxl.load_workbook(path)
    sheet = workbook["Actions"]
    columns = {cell.value: cell.column for cell in sheet[1]}
    free = next(number for number in range(2, 50) if not any(cell.value for cell in sheet[number]))
    for row, heading, words in cells:
        sheet.cell(row or free, columns[heading] or 1).value = words
    workbook.save(path)


def cells(office: Path, row: int) -> dict[str, str]:
    sheet = openpyxl.load_workbook(office / "inputs" / "register.xlsx")["Actions"]
    found = {str(head.value): cell.value for head, cell in zip(sheet[1], sheet[row], strict=True)}
    return {heading: str(found[heading]) for heading in ACTIONS if found[heading] is not None}


def kinds(step: StandingRegister) -> list[str]:
    return [one.kind for one in step.problems]


def actions(step: StandingRegister) -> list[str]:
    return [row.text("Action") for row in step.rows if row.sheet == "Actions"]


def words(office: Path) -> str:
    path = next((office / "build").glob("*/briefing-pack.page-source.html"))
    return plain_text(parse_page_source(path.read_text(encoding="utf-8"), "page source"))


def standing(office: Path) -> dict[str, dict[str, str]]:
    with open_ledger(office / "inputs" / "memory") as ledger:
        return {row.ref: row.texts for row in standing_rows(ledger.register_events()) if row.sheet == "Actions"}


def test_a_register_in_step_is_left_as_it_is(office: Path) -> None:
    before = (office / "inputs" / "register.xlsx").read_bytes()
    run(office)
    run(office)
    assert (office / "inputs" / "register.xlsx").read_bytes() == before
    assert list(standing(office)) == ["1/2031", "2/2031"]


def test_a_row_without_a_reference_gets_one_in_the_ledger_and_in_the_workbook(office: Path) -> None:
    run(office)
    edit(office, (None, "Action", "Write to the board"), (None, "Owner", "CC"), (None, "Due", "none"))
    assert "reference-missing" not in kinds(run(office))
    assert cells(office, 4)["Reference"] == "3/2031"
    assert register_number(office / "inputs" / "register.xlsx") == 1
    before = (office / "inputs" / "register.xlsx").read_bytes()
    run(office)
    assert (office / "inputs" / "register.xlsx").read_bytes() == before
    assert standing(office)["3/2031"]["Action"] == "Write to the board"


def test_a_register_that_somebody_has_open_waits_for_the_next_run(office: Path) -> None:
    edit(office, (None, "Action", "Write to the board"), (None, "Owner", "CC"), (None, "Due", "none"))
    lock = office / "inputs" / "~$register.xlsx"
    lock.write_bytes(b"somebody")
    assert "register-not-written" in kinds(run(office))
    assert "Reference" not in cells(office, 4)
    lock.unlink()
    assert "register-not-written" not in kinds(run(office))
    assert cells(office, 4)["Reference"] == "3/2031"


def test_a_row_that_was_deleted_still_stands_and_comes_back(office: Path) -> None:
    run(office)
    edit(office, *((2, heading, None) for heading in ACTIONS))
    step = run(office)
    assert "row-gone" in kinds(step)
    assert "Share the delivery plan" in actions(step)
    assert cells(office, 4)["Action"] == "Share the delivery plan"
    assert "row-gone" not in kinds(run(office))


def test_a_register_that_is_gone_takes_nothing_with_it(office: Path) -> None:
    run(office)
    (office / "inputs" / "register.xlsx").unlink()
    step = run(office)
    assert "register-missing" in kinds(step)
    assert actions(step) == ["Share the delivery plan", "Arrange the audit"]


def test_an_earlier_day_shows_what_stood_then(office: Path) -> None:
    build(office)
    edit(office, (2, "State", "closed"), (3, "Action", "Arrange another audit"))
    build(office, date(2031, 5, 9))
    assert "Arrange another audit" in words(office)
    shutil.rmtree(office / "build")
    built = build(office, date(2031, 5, 12), on=date(2031, 5, 7))
    assert not built.again
    assert "Arrange the audit" in words(office)
    assert "Arrange another audit" not in words(office)


def test_an_edit_is_in_the_history_of_its_row(office: Path) -> None:
    run(office)
    edit(office, (2, "State", "closed"))
    run(office, date(2031, 5, 9))
    with open_ledger(office / "inputs" / "memory") as ledger:
        events = ledger.history("Actions", "1/2031")
    assert [one.recorded.date() for one in events] == [TODAY, date(2031, 5, 9)]


def copies(office: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (office / "build").glob("*/register as at *.xlsx")}


def test_a_protected_copy_of_the_register_lies_beside_the_pack_and_is_given_again(office: Path) -> None:
    build(office)
    first = copies(office)
    assert list(first) == ["register as at 2031-05-06.xlsx"]
    build(office)
    assert copies(office) == first
    edit(office, (2, "State", "closed"))
    build(office, date(2031, 5, 9))
    later = copies(office)
    assert list(later) == ["register as at 2031-05-09.xlsx"]
    shutil.rmtree(office / "build")
    build(office, date(2031, 5, 12), on=TODAY)
    assert copies(office) == first
    book = openpyxl.load_workbook(io.BytesIO(later["register as at 2031-05-09.xlsx"]))
    sheet = book["Actions"]
    assert sheet.protection.sheet
    assert "inputs/register.xlsx" in str(sheet["A2"].value)
    assert "closed" in [cell.value for row in sheet.iter_rows() for cell in row]


def test_words_in_the_copy_are_never_formulas() -> None:
    row = RegisterRow("Actions", "1/2031", (RegisterCell("Action", "=1+1"),))
    sheet = openpyxl.load_workbook(io.BytesIO(register_copy([row], TODAY)))["Actions"]
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_other_editions_have_no_copy_of_the_register(office: Path) -> None:
    now = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
    folders = Folders(office / "inputs", office / "build", office / "templates")
    build_pack(folders, Order("", Audience.FORCE, None, now, TODAY), lambda _: None)
    assert copies(office) == {}


def test_a_copy_that_a_shared_drive_put_beside_the_register_or_the_ledger_is_said(office: Path) -> None:
    assert "conflict-copy" not in kinds(run(office))
    inputs = office / "inputs"
    shutil.copy(inputs / "register.xlsx", inputs / "register-DESKTOP-4F2.xlsx")
    shutil.copy(inputs / "memory" / "ledger.sqlite", inputs / "memory" / "ledger (A Clerk's conflicted copy).sqlite")
    said = [one.source.file for one in run(office).problems if one.kind == "conflict-copy"]
    assert said == ["register-DESKTOP-4F2.xlsx", "ledger (A Clerk's conflicted copy).sqlite"]


def test_the_run_after_a_write_records_nothing(office: Path) -> None:
    run(office)
    edit(office, (None, "Action", "Write to the board"), (None, "Owner", "CC"), (None, "Due", "none"))
    run(office)
    with open_ledger(office / "inputs" / "memory") as ledger:
        after_write = ledger.size()
    run(office)
    with open_ledger(office / "inputs" / "memory") as ledger:
        assert ledger.size() == after_write


def test_check_looks_at_the_register_as_it_lies_there_when_the_meeting_is_past(office: Path) -> None:
    build(office)
    meeting = build(office).meeting.day
    later = date(meeting.year + 1, 1, 8)
    edit(office, (2, "Reference", "9/2031"))
    folders = Folders(office / "inputs", office / "build", office / "templates")
    now = datetime(later.year, later.month, later.day, 9, 30, tzinfo=UTC)
    checked = check_inputs(folders, Order("", None, None, now, later), lambda _: None)
    assert any("is now called 9/2031" in one.found for one in checked.problems)
    of_then = check_inputs(folders, Order("", None, meeting, now, later), lambda _: None)
    assert not any("is now called 9/2031" in one.found for one in of_then.problems)


def test_a_register_that_was_saved_under_another_ending_is_named(office: Path) -> None:
    run(office)
    path = office / "inputs" / "register.xlsx"
    path.rename(path.with_suffix(".xlsm"))
    (said,) = [one for one in run(office).problems if one.kind == "register-missing"]
    assert "register.xlsm" in said.found
    assert said.remedy == "Open register.xlsm and save it as register.xlsx (an Excel workbook)."


def test_a_change_that_cannot_reach_the_workbook_says_so(office: Path) -> None:
    run(office)
    (office / "inputs" / "register.xlsx").write_text("no workbook", encoding="utf-8")
    folders = Folders(office / "inputs", office / "build")
    updated = update_row(folders, "1/2031", [("Update", "Begun")], Change(datetime(2031, 5, 7, 9, 30, tzinfo=UTC)))
    assert updated.row.text("Update") == "Begun"
    assert {one.source.file for one in updated.problems} == {"register.xlsx"}
