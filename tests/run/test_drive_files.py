"""Files that a shared drive shows and has not downloaded: each is said, and nothing is begun in its place."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportpack.drive_files import is_elsewhere
from reportpack.errors import InputError
from reportpack.ledger import open_ledger
from reportpack.read.workbook import list_workbooks, read_workbook
from reportpack.run.init import FIGURES, make_office
from reportpack.run.office_files import Folders
from reportpack.run.pack import BuiltPack, Order, build_pack
from reportpack.run.register.rows import standing_register

TODAY = date(2031, 5, 6)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    make_office(tmp_path / "office", TODAY)
    build(tmp_path / "office")
    return tmp_path / "office"


def build(office: Path) -> BuiltPack:
    order = Order("", None, None, datetime(2031, 5, 6, 9, 30, tzinfo=UTC), TODAY)
    return build_pack(Folders(office / "inputs", office / "build"), order, lambda _: None)


def take_away(path: Path) -> None:
    """As iCloud does it."""
    path.rename(path.with_name(f".{path.name}.icloud"))


@pytest.fixture
def onedrive(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every empty file has the attributes of one that is only in the cloud."""
    for room in ("reportpack.read.workbook.opening", "reportpack.ledger.opening"):
        monkeypatch.setattr(f"{room}.is_elsewhere", lambda path: path.exists() and path.stat().st_size == 0)


def test_a_workbook_that_is_not_downloaded_is_said(office: Path) -> None:
    take_away(office / "inputs" / "performance" / FIGURES)
    (problem,) = [one for one in list_workbooks(office / "inputs" / "performance")[1] if one.kind == "workbook-not-downloaded"]
    assert problem.source.file == f"performance/{FIGURES}"
    assert problem.sentence in [one.sentence for one in build(office).problems]


def test_a_register_that_is_not_downloaded_is_not_missing(office: Path) -> None:
    take_away(office / "inputs" / "register.xlsx")
    _, problems = standing_register(Folders(office / "inputs", office / "build"), 2031)
    assert [one.kind for one in problems] == ["workbook-not-downloaded"]


def test_a_ledger_that_is_not_downloaded_is_never_begun_anew(office: Path) -> None:
    memory = office / "inputs" / "memory"
    take_away(memory / "ledger.sqlite")
    for step in (lambda: open_ledger(memory), lambda: build(office)):
        with pytest.raises(InputError, match="has not downloaded it"):
            step()
    assert not (memory / "ledger.sqlite").exists()


@pytest.mark.usefixtures("onedrive")
def test_an_empty_file_with_the_attributes_of_the_cloud_is_told_from_a_damaged_one(office: Path) -> None:
    for path in (office / "inputs" / "memory" / "ledger.sqlite", office / "inputs" / "performance" / FIGURES):
        path.write_bytes(b"")
    with pytest.raises(InputError, match="has not downloaded it"):
        open_ledger(office / "inputs" / "memory")
    figures = office / "inputs" / "performance" / FIGURES
    assert [one.kind for one in read_workbook(figures, FIGURES)[1]] == ["workbook-not-downloaded"]
    assert "workbook-not-downloaded" in [one.kind for one in list_workbooks(figures.parent)[1]]


def test_the_attributes_of_windows_and_macos_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Found:
        def __init__(self, attributes: int, flags: int) -> None:
            self.st_file_attributes = attributes
            self.st_flags = flags
            self.st_mode = 0o100644

    path = tmp_path / "a.xlsx"
    path.write_bytes(b"")
    assert not is_elsewhere(path)
    for attributes, flags, elsewhere in ((0x400020, 0, True), (0x1020, 0, True), (0x20, 0, False), (0, 0x40000000, True)):
        found = Found(attributes, flags)
        with monkeypatch.context() as patched:
            patched.setattr(Path, "stat", lambda *_, found=found, **__: found)
            patched.setattr(Path, "exists", lambda *_: False)
            assert is_elsewhere(path) is elsewhere
