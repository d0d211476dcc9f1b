"""Trackers that offices kept before are taken in as they stand, and asked about where they cannot be told."""

from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import InputError, RefusedError
from reportpack.run.init import make_office
from reportpack.run.office_files import Folders
from reportpack.run.register.rows import standing_register
from reportpack.run.register.trackers import import_rows, read_import

NOW = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
HEADINGS = ("Ref", "Action Required", "Lead", "Deadline", "Status", "Updte")
ROWS = (
    ("17/2022", "Write to the board", "RJ/DB", "none", "open", "Update 18.01.22 \u2013 Complete"),
    (None, "Share the plan", "CC", "28 June 2031", "open", None),
)
CHOSEN = {"Updte": "Update"}


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    make_office(tmp_path / "office", NOW.date())
    return Folders(tmp_path / "office" / "inputs", tmp_path / "office" / "build")


def tracker(folder: Path, *rows: tuple[str | None, ...], headings: tuple[str, ...] = HEADINGS) -> Path:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["Action tracker", None])
    sheet.append([])
    for row in (headings, *rows):
        sheet.append(row)
    book.save(folder / "tracker.xlsx")
    return folder / "tracker.xlsx"


def test_references_owners_and_updates_are_kept_as_they_stand(folders: Folders, tmp_path: Path) -> None:
    path = tracker(tmp_path, *ROWS)
    imported = import_rows(folders, read_import(path, "Actions", CHOSEN, ""), path, NOW)
    assert (imported.added, imported.known) == (2, 0)
    first, second = standing_register(folders, 2031)[0]
    assert (first.ref, first.text("Owner"), first.text("Update")) == ("17/2022", "RJ/DB", "Update 18.01.22 \u2013 Complete")
    assert second.ref == "1/2031"
    assert "RJ" in " ".join(problem.found for problem in imported.problems)
    written = openpyxl.load_workbook(folders.inputs / "register.xlsx")["Actions"]
    assert "17/2022" in [cell.value for row in written.iter_rows() for cell in row]


def test_importing_again_adds_nothing_twice(folders: Folders, tmp_path: Path) -> None:
    path = tracker(tmp_path, *ROWS)
    import_rows(folders, read_import(path, "Actions", CHOSEN, ""), path, NOW)
    again = import_rows(folders, read_import(path, "Actions", CHOSEN, ""), path, NOW)
    assert (again.added, again.known) == (0, 2)
    assert len(standing_register(folders, 2031)[0]) == 2


def test_a_heading_that_cannot_be_told_is_suggested_and_never_guessed(folders: Folders, tmp_path: Path) -> None:
    path = tracker(tmp_path, *ROWS)
    reading = read_import(path, "Actions", {}, "")
    assert reading.unsettled == (("Updte", "Update"),)
    assert ("Action Required", "Action") in reading.taken
    with pytest.raises(InputError, match="Updte"):
        import_rows(folders, reading, path, NOW)
    assert standing_register(folders, 2031)[0] == ()
    left_out = read_import(path, "Actions", {"updte": "-"}, "")
    assert left_out.unsettled == ()
    with pytest.raises(InputError, match="Colour"):
        read_import(path, "Actions", {"Updte": "Colour"}, "")


def test_a_reference_is_never_given_to_two_things(folders: Folders, tmp_path: Path) -> None:
    path = tracker(tmp_path, ROWS[0], ("17/2022", "Something else", "CC", "none", "open", None))
    with pytest.raises(RefusedError, match="17/2022"):
        import_rows(folders, read_import(path, "Actions", CHOSEN, ""), path, NOW)
    path = tracker(tmp_path, ROWS[0])
    import_rows(folders, read_import(path, "Actions", CHOSEN, ""), path, NOW)
    path = tracker(tmp_path, ("17/2022", "Something else", "CC", "none", "open", None))
    with pytest.raises(RefusedError, match="something else"):
        import_rows(folders, read_import(path, "Actions", CHOSEN, ""), path, NOW)
    assert len(standing_register(folders, 2031)[0]) == 1


def test_two_columns_put_under_one_heading_stand_below_each_other(tmp_path: Path) -> None:
    path = tracker(tmp_path, ("1/2031", "Write", "CC", "done", "yes"), headings=("Ref", "Action", "Owner", "Update", "Comments"))
    reading = read_import(path, "Actions", {"Comments": "Update"}, "")
    assert reading.rows[0].text("Update") == "done\nComments: yes"


def test_a_file_that_is_no_tracker_is_said(tmp_path: Path) -> None:
    (tmp_path / "tracker.xlsx").write_bytes(b"nothing of the kind")
    with pytest.raises(InputError, match=r"tracker\.xlsx"):
        read_import(tmp_path / "tracker.xlsx", "Actions", {}, "")
