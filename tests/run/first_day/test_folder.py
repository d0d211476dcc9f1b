"""A folder as it lies: every file has one line, whatever it is, and nothing stops the rest."""

import os
import zipfile
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import InputError
from reportpack.run.first_day.files import Kept, kept_file, kept_in, read_all
from reportpack.run.first_day.folder import LARGEST, FileKind, walk_folder


def book(path: Path, value: int = 1) -> Path:
    """A workbook of three months."""
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "Burglary"
    for row in (("District", "Jan-24", "Feb-24", "Mar-24"), ("North", value, 2, 3), ("South", 4, 5, 6)):
        sheet.append(row)
    made.save(path)
    return path


def aside(folder: Path, leave: str = "office") -> dict[str, str]:
    return {one.name: one.aside for one in walk_folder(folder, folder / leave)}


def test_a_twin_is_named_once_under_the_plainest_name(tmp_path: Path) -> None:
    data = book(tmp_path / "Burglary March.xlsx").read_bytes()
    for number in range(10):
        (tmp_path / f"Copy ({number}) of Burglary March.xlsx").write_bytes(data)
    found = aside(tmp_path)
    assert found.pop("Burglary March.xlsx") == ""
    assert set(found.values()) == {"the same as Burglary March.xlsx"}


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Burglary March DRAFT.xlsx", "Burglary March.xlsx"),
        ("Burglary March v1.xlsx", "Burglary March v2.xlsx"),
        ("Burglary March.xlsx", "Burglary March FINAL.xlsx"),
        ("Copy of Burglary_March.xlsx", "Burglary March.xlsx"),
    ],
)
def test_a_draft_is_left_for_what_came_of_it(tmp_path: Path, earlier: str, later: str) -> None:
    book(tmp_path / earlier, 1)
    book(tmp_path / later, 2)
    assert aside(tmp_path) == {earlier: f"a draft or an earlier version of {later}", later: ""}


def test_other_months_and_other_folders_are_no_versions_of_each_other(tmp_path: Path) -> None:
    (tmp_path / "2023").mkdir()
    book(tmp_path / "2023" / "Burglary.xlsx", 7)
    book(tmp_path / "Burglary.xlsx", 8)
    book(tmp_path / "Burglary April.xlsx", 9)
    assert set(aside(tmp_path).values()) == {""}


def test_links_out_and_in_circles_are_said_and_not_followed(tmp_path: Path) -> None:
    drive = tmp_path / "drive"
    (drive / "deep").mkdir(parents=True)
    outside = book(tmp_path / "outside.xlsx")
    (drive / "out.xlsx").symlink_to(outside)
    (drive / "deep" / "round").symlink_to(drive, target_is_directory=True)
    (drive / "self").symlink_to(drive / "self")
    assert aside(drive) == {
        "out.xlsx": "a link that leaves the folder, so it is not followed",
        "deep/round": "a link to what is read where it lies",
        "self": "a link that leads nowhere, or in a circle",
    }


def test_what_cannot_be_used_says_why_and_the_rest_is_read(tmp_path: Path) -> None:
    book(tmp_path / "Good.xlsx")
    (tmp_path / "empty.docx").write_bytes(b"")
    (tmp_path / "photo.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    (tmp_path / "~$Good.xlsx").write_bytes(b"lock")
    (tmp_path / "reply.eml").write_bytes(b"From: a@b.example\n\nYes.")
    (tmp_path / "broken.xlsx").write_bytes(book(tmp_path / "b.xlsx", 5).read_bytes()[:900])
    (tmp_path / "b.xlsx").unlink()
    with (tmp_path / "huge.csv").open("wb") as stream:
        stream.truncate((LARGEST + 1) * 2**20)
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "odd \udcff name.txt").write_text("Nothing of use.", encoding="utf-8")
    files = walk_folder(tmp_path, tmp_path / "office")
    said = {one.name: one.aside for one in files}
    assert said["empty.docx"] == "it is empty (0 bytes)"
    assert said["photo.jpg"] == "no workbook and no document"
    assert said["~$Good.xlsx"] == "a file that a program keeps for itself"
    assert "inputs/inbox" in said["reply.eml"]
    assert f"at most {LARGEST} MB" in said["huge.csv"]
    assert "pipe" in said["pipe.csv"]
    assert said["odd ? name.txt"] == ""
    readings = read_all(files, {}, lambda _: None)
    kinds = {one.name: readings[one.sha256] for one in files if not one.aside}
    assert kinds["Good.xlsx"].kind is FileKind.FIGURES
    assert kinds["broken.xlsx"].kind is FileKind.NOTHING
    assert "damaged" in kinds["broken.xlsx"].why


def test_a_file_without_an_ending_is_told_by_its_bytes(tmp_path: Path) -> None:
    book(tmp_path / "burglary.xlsx").rename(tmp_path / "burglary")
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("a.txt", "a")
    assert aside(tmp_path) == {"burglary": "", "all.zip": "no workbook and no document"}
    files = walk_folder(tmp_path, tmp_path / "office")
    assert [one.kind for one in read_all(files, {}, lambda _: None).values()] == [FileKind.FIGURES]


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder"):
        walk_folder(tmp_path / "gone", tmp_path)


def test_what_was_read_is_remembered_by_its_hash_and_read_on_several_cores_alike(tmp_path: Path) -> None:
    for number in range(20):
        book(tmp_path / f"Burglary {2000 + number}.xlsx", number)
    files = walk_folder(tmp_path, tmp_path / "office")
    readings = read_all(files, {}, lambda _: None)
    assert len(readings) == 20
    path, data = kept_file(tmp_path, Kept(readings, {"name": "Ours"}, {"a": "b"}))
    path.write_bytes(data)
    kept = kept_in(tmp_path)
    assert kept == Kept(readings, {"name": "Ours"}, {"a": "b"})
    said: list[str] = []
    assert read_all(files, kept.readings, said.append) == readings
    assert not said
