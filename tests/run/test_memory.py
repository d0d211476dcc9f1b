"""What an office's ledger gives back, whatever has become of its files since."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.packaging.custom import IntProperty

from reportpack.errors import RefusedError
from reportpack.run.folders import Folders
from reportpack.run.init import FIGURES, make_office
from reportpack.run.pack import Built, Order, build_pack

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


def build(office: Path, day: date = TODAY, on: date | None = None) -> Built:
    now = datetime(day.year, day.month, day.day, 9, 30, tzinfo=UTC)
    order = Order(meeting="", edition=None, on=on, now=now, today=day)
    return build_pack(Folders(office / "inputs", office / "build", office / "templates"), order, lambda _: None)


def made(office: Path) -> dict[str, bytes]:
    files = {path.name: path.read_bytes() for path in (office / "build").glob("*/*")}
    assert "briefing-pack.pdf" in files
    return files


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
