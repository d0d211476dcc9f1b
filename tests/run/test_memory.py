"""What an office's ledger gives back, whatever has become of its files since."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.packaging.custom import IntProperty

from reportpack.errors import InputError, RefusedError
from reportpack.ledger import open_ledger
from reportpack.run.init import FIGURES, make_office
from reportpack.run.ledger import back_up, restore
from reportpack.run.office_files import Folders
from reportpack.run.pack import BuiltPack, Order, build_pack
from reportpack.run.register.rows import add_row
from reportpack.run.steps.recording import Change

TODAY = date(2031, 5, 6)


@pytest.fixture(scope="module")
def built_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new office whose pack was built once."""
    office = tmp_path_factory.mktemp("office") / "office"
    make_office(office, TODAY)
    build(office)
    return office


@pytest.fixture
def office(built_office: Path, tmp_path: Path) -> Path:
    shutil.copytree(built_office, tmp_path / "office")
    return tmp_path / "office"


def build(office: Path, day: date = TODAY, on: date | None = None, meeting: str = "") -> BuiltPack:
    now = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)
    order = Order(meeting=meeting, edition=None, on=on, now=now, today=day)
    return build_pack(Folders(office / "inputs", office / "build", office / "templates"), order, lambda _: None)


def made(office: Path) -> dict[str, bytes]:
    files = {path.name: path.read_bytes() for path in (office / "build").glob("*/*")}
    assert "briefing-pack.pdf" in files
    return files


def test_a_pack_that_is_built_again_of_the_same_is_recorded_once(office: Path) -> None:
    with open_ledger(office / "inputs" / "memory") as ledger:
        size = ledger.size()
    build(office)
    with open_ledger(office / "inputs" / "memory") as ledger:
        assert ledger.size() == size


def test_the_second_build_of_a_day_is_the_first_one_byte_for_byte(office: Path) -> None:
    before = made(office)
    build(office)
    assert made(office) == before


def test_a_day_s_pack_comes_back_after_everything_else_has_changed(office: Path) -> None:
    before = made(office)
    workbook = openpyxl.load_workbook(office / "inputs" / "performance" / FIGURES)
    for row in workbook.worksheets[0].iter_rows(min_row=4):
        for cell in row:
            if isinstance(cell.value, float):
                cell.value += 3
    workbook.save(office / "inputs" / "performance" / FIGURES)
    settings = office / "inputs" / "office.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("contact", "# contact", 1), encoding="utf-8")
    for path in (office / "inputs" / "notes").glob("*.md"):
        path.write_text("Other words.", encoding="utf-8")
    (office / "templates" / "theme.toml").write_text('[colour]\naccent = "#aa0000"\n', encoding="utf-8")
    shutil.rmtree(office / "build")
    again = build(office, date(2031, 5, 9), on=TODAY)
    assert again.again
    assert made(office) == before


def test_a_ledger_that_is_lost_is_not_begun_anew(office: Path) -> None:
    register = office / "inputs" / "register.xlsx"
    workbook: openpyxl.Workbook = openpyxl.load_workbook(register)
    vars(workbook)["custom_doc_props"].append(IntProperty(name="reportpack register", value=3))
    workbook.save(register)
    shutil.rmtree(office / "inputs" / "memory")
    before = made(office)
    with pytest.raises(RefusedError, match="has been through one"):
        build(office)
    assert made(office) == before
    assert not (office / "inputs" / "memory").exists()


def test_a_pack_of_then_needs_neither_settings_nor_meeting_files_when_it_is_named_by_its_id(office: Path) -> None:
    before = made(office)
    meeting = next((office / "build").iterdir()).name
    (office / "inputs" / "office.toml").write_text("this is [no settings", encoding="utf-8")
    (office / "inputs" / "measures.toml").unlink()
    for folder in ("meetings", "performance", "notes"):
        shutil.rmtree(office / "inputs" / folder, ignore_errors=True)
    shutil.rmtree(office / "build")
    again = build(office, date(2031, 5, 9), on=TODAY, meeting=meeting)
    assert (again.again, again.meeting.id) == (True, meeting)
    assert made(office) == before
    with pytest.raises(InputError):
        build(office, date(2031, 5, 9), on=TODAY)


def test_each_day_s_last_build_comes_back_whatever_was_built_later(office: Path) -> None:
    first = made(office)
    folders = Folders(office / "inputs", office / "build", office / "templates")
    moment = datetime(2031, 5, 7, 9, 30, tzinfo=UTC)
    add_row(folders, "Actions", (("Action", "Share the plan"), ("Owner", "CC"), ("Due", "none")), Change(moment))
    build(office, date(2031, 5, 7))
    second = made(office)
    assert second.keys() != first.keys()
    assert second["pack.json"] != first["pack.json"]
    for day, expected in ((TODAY, first), (date(2031, 5, 7), second), (TODAY, first)):
        shutil.rmtree(office / "build")
        assert build(office, date(2031, 6, 1), on=day).again
        assert made(office) == expected


def test_a_pack_of_then_comes_back_from_a_restored_ledger(office: Path, tmp_path: Path) -> None:
    before = made(office)
    folders = Folders(office / "inputs", office / "build", office / "templates")
    path, _ = back_up(folders, tmp_path / "all.jsonl", TODAY)
    shutil.rmtree(folders.memory)
    shutil.rmtree(office / "build")
    restore(folders, path)
    assert build(office, date(2031, 5, 9), on=TODAY).again
    assert made(office) == before
