"""A column that is declared and named nowhere else is read, changed, written, and printed for whom it says."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.model.edition import Audience
from reportpack.model.register_columns import ACTIONS, Column, Holds
from reportpack.render.element import plain_text
from reportpack.render.page_source import parse_page_source
from reportpack.run.init import make_office
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import add_row, update_row
from reportpack.run.steps.recording import Change

NOW = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)


@pytest.fixture
def declared() -> Iterator[None]:
    """The sheet with two more columns; the tables are what every room goes by."""
    before = ACTIONS.columns
    more = (
        Column("Priority", "how much it matters", prints_to=Audience.FORCE),
        Column("Looked at", "the day somebody last looked at it", Holds.DAY, prints_to=Audience.OFFICE),
    )
    object.__setattr__(ACTIONS, "columns", (*before, *more))
    yield
    object.__setattr__(ACTIONS, "columns", before)


def printed(folders: Folders, edition: Audience) -> str:
    build_pack(folders, Order("", edition, None, NOW, NOW.date()), lambda _: None)
    name = "briefing-pack" if edition is Audience.OFFICE else f"briefing-pack.{edition.value}"
    path = next(folders.build.glob(f"*/{name}.page-source.html"))
    return plain_text(parse_page_source(path.read_text(encoding="utf-8"), "page source"))


@pytest.mark.usefixtures("declared")
def test_a_declared_column_is_read_changed_written_and_printed(tmp_path: Path) -> None:
    make_office(tmp_path / "office", NOW.date())
    folders = Folders(tmp_path / "office" / "inputs", tmp_path / "office" / "build", tmp_path / "office" / "templates")
    words = [("Action", "Share the plan"), ("Owner", "CC"), ("Due", "none"), ("Priority", "low"), ("Audience", "force")]
    add_row(folders, "Actions", words, Change(NOW))
    updated = update_row(folders, "1/2031", [("priority", "High"), ("Looked at", "2 May 2031")], Change(NOW))
    assert updated.row.day("Looked at") == date(2031, 5, 2)
    sheet = openpyxl.load_workbook(folders.inputs / "register.xlsx")["Actions"]
    heads = {cell.value: number for number, cell in enumerate(sheet[1])}
    assert sheet[2][heads["Priority"]].value == "High"
    office, force = printed(folders, Audience.OFFICE), printed(folders, Audience.FORCE)
    assert "Priority: High" in office
    assert "Looked at: 2 May 2031" in office
    assert "Priority: High" in force
    assert "Looked at" not in force
