"""Notes that are issued again: what an earlier version said of a row, and the new one no longer says, does not stand."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from tests.run.test_lives_printed import rows_of, write
from tests.run.test_spoken_actions import HEAD

ROOT = Path(__file__).parents[2]
BEFORE = {"1/2018": "open", "2/2018": "open", "M1/2018": None, "C1/2018": None}
KEPT = ("State", "Due", "Due at meeting", "Update", "Re-dated", "Carried again", "Evidence", "Decided at", "Closed on")
SAID = (
    "1/2018: Complete and accepted",
    "1/2018: Put back to 30 July 2019, the survey is late",
    "1/2018: Withdrawn",
    "1/2018: In progress, one of three is in hand",
    "M1/2018: closed",
    "M1/2018: carried forward to September 2019",
    "C1/2018 was kept, the PCC said.",
)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    left_out = shutil.ignore_patterns("memory", "performance", "2019-*", "2018-*")
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=left_out)
    for day in ("2019-06-25", "2019-07-30", "2019-09-24"):
        (tmp_path / "inputs" / "meetings" / f"{day}-assurance.toml").write_text("", "utf-8")
    book = openpyxl.load_workbook(tmp_path / "inputs" / "register.xlsx")
    for sheet in book.worksheets:
        sheet.delete_rows(2, sheet.max_row)
    for ref in ("1/2018", "2/2018"):
        cells = {"Reference": ref, "Action": f"The CC to count lamp {ref[0]}.", "Owner": "CC", "Raised at": "2018-11-27"}
        write(book["Actions"], {**cells, "Due": "28 June 2019", "State": "open"})
    cells = {"Reference": "M1/2018", "Title": "Hate crime", "Words": "Hate crime to be looked at again."}
    write(book["Matters"], {**cells, "From meeting": "November 2018", "Due at meeting": "June 2019"})
    write(book["Commitments"], {"Reference": "C1/2018", "Words": "It will be 80 per cent.", "Said at": "2018-11-27"})
    book.save(tmp_path / "inputs" / "register.xlsx")
    return Folders(tmp_path / "inputs", tmp_path / "build")


def issued(folders: Folders, *said: str) -> dict[str, dict[str, object]]:
    """The rows of the register once notes that say so are issued, without what is empty."""
    body = "\n\n".join((HEAD, *said, "## 2. Performance", "Nothing was said."))
    (folders.inputs / "minutes" / "2019-06-25-assurance.md").write_text(body, "utf-8")
    issue_annex(folders, AnnexOrder("", None, datetime(2019, 6, 25, 17, tzinfo=UTC), date(2019, 6, 25)), print)
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    rows = [row for name in ("Actions", "Matters", "Commitments") for row in rows_of(book[name])]
    return {str(row["Reference"]): {one: str(row[one]) for one in KEPT if row.get(one)} for row in rows}


@pytest.mark.parametrize("said", SAID)
def test_what_the_second_version_no_longer_says_is_undone_and_comes_back_with_the_third(folders: Folders, said: str) -> None:
    first = issued(folders, "2/2018: ongoing", said)
    second = issued(folders, "2/2018: ongoing, the CC said")
    ref = said.split(":", maxsplit=1)[0].split(" ", maxsplit=1)[0]
    assert first[ref] != second[ref]
    assert second[ref].get("State") == BEFORE[ref]
    assert {one: second[ref].get(one) for one in KEPT[1:]} == {
        **dict.fromkeys(KEPT[1:]),
        **({"Due": "28 June 2019"} if ref == "1/2018" else {"Due at meeting": "June 2019"} if ref == "M1/2018" else {}),
    }
    assert issued(folders, "2/2018: ongoing, the CC said", said)[ref] == first[ref]


def test_what_it_says_otherwise_begins_from_what_stood_before_the_first(folders: Folders) -> None:
    issued(folders, "1/2018: Withdrawn", "M1/2018: closed")
    after = issued(folders, "1/2018: Complete", "M1/2018: carried forward to July 2019")
    assert (after["1/2018"]["State"], after["1/2018"]["Evidence"]) == ("proposed complete", "Notes of 25 June 2019")
    assert (after["M1/2018"]["State"], after["M1/2018"]["Due at meeting"]) == ("carried forward", "July 2019")
    assert "Evidence" not in after["M1/2018"]
