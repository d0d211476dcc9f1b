"""Erasing personal words from a whole office: the register, the packs of then, and what later packs say."""

import shutil
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import InputError, RefusedError
from reportpack.model.draft import Does, DraftEntry
from reportpack.run.init import make_office
from reportpack.run.ledger import Wanted, erase_words, look_for_words
from reportpack.run.live.draft_journal import add_entries, draft_entries, draft_file
from reportpack.run.office_files import Folders
from reportpack.run.pack import BuiltPack, Order, build_pack
from reportpack.run.register.rows import add_row, row_history, standing_register, update_row
from reportpack.run.steps.recording import Change

TODAY = date(2031, 5, 6)
NOW = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
LATER = datetime(2031, 6, 3, 9, 30, tzinfo=UTC)
MARK = "[erased on 3 June 2031]"
JANE = Wanted(words=("Jane Roe",))


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    make_office(tmp_path / "office", TODAY)
    found = Folders(tmp_path / "office" / "inputs", tmp_path / "office" / "build")
    add_row(found, "Actions", (("Action", "Write to Jane Roe"), ("Owner", "CC"), ("Due", "none")), Change(NOW))
    update_row(found, "1/2031", (("Update", "Jane Roe has not answered"),), Change(NOW))
    build(found)
    return found


def build(folders: Folders, on: date | None = None, now: datetime = NOW) -> BuiltPack:
    return build_pack(folders, Order("", None, on, now, now.date()), lambda _: None)


def pages(folders: Folders) -> str:
    return next(folders.build.glob("*/briefing-pack.page-source.html")).read_text(encoding="utf-8").replace("\xa0", " ")


def test_the_words_are_gone_and_the_pack_of_then_says_so(folders: Folders) -> None:
    assert "Jane Roe" in pages(folders)
    found = look_for_words(folders, JANE, LATER)
    erased = erase_words(folders, JANE, Change(LATER, "DPO", "request of 2 June 2031"))
    assert (erased.events, erased.files, erased.cells) == (found.events, found.files, found.cells)
    assert erased.cells == 2
    assert {Path(path).name for path in erased.left} >= {"briefing-pack.pdf", "briefing-pack.html"}
    assert all(folders.build in Path(path).parents for path in erased.left)
    shutil.rmtree(folders.build)
    again = build(folders, on=TODAY, now=LATER)
    assert again.again
    assert f"Write to {MARK}" in pages(folders)
    assert [one.found for one in again.problems] == [
        "Words in this build were erased on 3 June 2031 by DPO: request of 2 June 2031"
    ]
    assert erase_words(folders, JANE, Change(LATER, "DPO", "request of 2 June 2031")).left == ()
    assert b"Jane" not in b"".join(path.read_bytes() for path in folders.memory.rglob("*") if path.is_file())


def test_the_workbook_stays_in_step_and_what_is_built_next_is_in_order(folders: Folders) -> None:
    erase_words(folders, JANE, Change(LATER, "DPO", "request"))
    sheet = openpyxl.load_workbook(folders.inputs / "register.xlsx")["Actions"]
    words = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    assert f"Write to {MARK}" in words
    assert f"{MARK} has not answered" in words
    rows, problems = standing_register(folders, 2031)
    assert ([row.text("Action") for row in rows], problems) == ([f"Write to {MARK}"], ())
    update_row(folders, "1/2031", (("Update", "done"),), Change(LATER))
    assert build(folders, now=LATER).problems == build(folders, now=LATER).problems
    assert "done" in pages(folders)


def test_a_cell_and_a_change_can_be_named_instead_of_their_words(folders: Folders) -> None:
    number = row_history(folders, "1/2031", 2031)[1][-1].number
    erase_words(folders, Wanted(cells=(("1/2031", "update"),)), Change(LATER, "DPO", "rule 4"))
    assert standing_register(folders, 2031)[0][0].text("Update") == MARK
    with pytest.raises(InputError, match="is no change of a row"):
        look_for_words(folders, Wanted(events=(number + 1000,)), LATER)
    with pytest.raises(InputError, match="Nothing was ever recorded of 9/2031"):
        look_for_words(folders, Wanted(cells=(("9/2031", "Update"),)), LATER)


def test_a_workbook_that_somebody_has_open_stops_it_before_anything_is_erased(folders: Folders) -> None:
    (folders.inputs / "~$register.xlsx").write_bytes(b"")
    with pytest.raises(RefusedError, match="Nothing was erased"):
        erase_words(folders, JANE, Change(LATER, "DPO", "request"))
    (folders.inputs / "~$register.xlsx").unlink()
    assert standing_register(folders, 2031)[0][0].text("Action") == "Write to Jane Roe"


def test_the_words_are_gone_from_the_drafts_of_notes_typed_live(folders: Folders) -> None:
    meeting = "2031-05-20-assurance"
    said = DraftEntry("1", Does.LINE, "2031-05-20T10:12", "Jane Roe", "one", "1", "2.1", 'Jane Roe said "no"')
    add_entries(
        folders, meeting, said, replace(said, id="2", does=Does.SAVING, words="", put={"1": "Jane Roe said so", "2": None})
    )
    erase_words(folders, JANE, Change(LATER, "DPO", "request of 2 June 2031"))
    first, second = draft_entries(folders, meeting)
    assert (first.by, first.words) == (MARK, f'{MARK} said "no"')
    assert second.put == {"1": f"{MARK} said so", "2": None}
    assert b"Jane" not in draft_file(folders, meeting).read_bytes()
