"""Two people run the program at the same instant in one office: nothing is given twice, nothing is lost."""

import multiprocessing
import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.ledger import open_ledger
from reportpack.model.event import AnnexIssued
from reportpack.run.init import make_office
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import add_row, standing_register
from reportpack.run.register.trackers import import_rows, read_import
from reportpack.run.steps.recording import Change

FORK = multiprocessing.get_context("fork")
ROOT = Path(__file__).parents[2]
NOW = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    make_office(tmp_path / "office", NOW.date())
    return Folders(tmp_path / "office" / "inputs", tmp_path / "office" / "build")


def at_once(*steps: Callable[[], object]) -> None:
    """Each step in a process of its own, all let go at the same moment."""
    gate = FORK.Barrier(len(steps))

    def run(step: Callable[[], object]) -> None:
        gate.wait()
        step()

    runs = [FORK.Process(target=run, args=(step,)) for step in steps]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert [one.exitcode for one in runs] == [0] * len(steps)


def words_of(folders: Folders, year: int = 2031) -> dict[str, str]:
    rows, _ = standing_register(folders, year)
    assert len({row.ref for row in rows}) == len(rows)
    return {row.ref: row.text("Action") for row in rows if row.sheet == "Actions"}


def add(folders: Folders, *words: str) -> Callable[[], None]:
    def step() -> None:
        for one in words:
            add_row(folders, "Actions", (("Action", one), ("Owner", "CC"), ("Due", "none")), Change(NOW))

    return step


def bring(folders: Folders, name: str, words: Sequence[str]) -> Callable[[], object]:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Action", "Owner", "Due", "State"])
    for one in words:
        book.worksheets[0].append([one, "CC", "none", "open"])
    path = folders.inputs.parent / f"{name}.xlsx"
    book.save(path)
    return lambda: import_rows(folders, read_import(path, "Actions", {}, ""), path, NOW)


def pack(folders: Folders) -> Callable[[], object]:
    order = Order(meeting="", edition=None, on=None, now=NOW, today=NOW.date())
    return lambda: build_pack(folders, order, lambda _: None)


def test_rows_added_imported_and_typed_at_once_have_each_its_own_reference(folders: Folders) -> None:
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    headings = {cell.value: cell.column for cell in book["Actions"][1]}
    for header, text in {"Action": "typed", "Owner": "CC", "State": "open", "Due": "none"}.items():
        book["Actions"].cell(2, headings[header] or 1).value = text
    book.save(folders.inputs / "register.xlsx")
    at_once(
        add(folders, "one", "two"),
        add(folders, "three", "four"),
        bring(folders, "first", ("five", "six")),
        pack(folders),
    )
    expected = {"one", "two", "three", "four", "five", "six", "typed"}
    words = words_of(folders)
    assert set(words.values()) == expected
    assert set(words) == {f"{number}/2031" for number in range(1, 8)}
    in_workbook = [cell.value for row in openpyxl.load_workbook(folders.inputs / "register.xlsx")["Actions"] for cell in row]
    assert expected | set(words) <= set(in_workbook)


def test_notes_issued_twice_at_once_are_issued_once(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    folders = Folders(tmp_path / "inputs", tmp_path / "build")
    meeting = "2019-05-28-assurance"
    order = AnnexOrder(meeting, None, datetime(2019, 6, 3, 9, tzinfo=UTC), date(2019, 6, 3))
    at_once(*[lambda: issue_annex(folders, order, lambda _: None)] * 2)
    with open_ledger(folders.memory) as ledger:
        assert [type(one.what) for one in ledger.annexes(meeting)] == [AnnexIssued]
    assert list(words_of(folders, 2019))[-3:] == ["13/2019", "14/2019", "15/2019"]


def test_a_pack_built_while_somebody_adds_a_row_knows_the_row_or_comes_before_it(folders: Folders) -> None:
    pack(folders)()
    at_once(add(folders, "one"), pack(folders), pack(folders))
    assert words_of(folders) == {"1/2031": "one"}
    pack(folders)()
    assert "one" in next((folders.build).glob("*/briefing-pack.page-source.html")).read_text(encoding="utf-8")
