"""Files are written whole or not at all."""

import os
from pathlib import Path

import pytest

from reportpack.errors import OutputError
from reportpack.run.office_files import staged_files, write_files


def test_every_file_is_written(tmp_path: Path) -> None:
    write_files({tmp_path / "a" / "pack.pdf": b"one", tmp_path / "a" / "pack.json": b"two"})
    assert (tmp_path / "a" / "pack.pdf").read_bytes() == b"one"
    assert (tmp_path / "a" / "pack.json").read_bytes() == b"two"


def test_nothing_is_left_beside_them(tmp_path: Path) -> None:
    write_files({tmp_path / "pack.pdf": b"one"})
    assert [path.name for path in tmp_path.iterdir()] == ["pack.pdf"]


def test_a_target_that_is_a_folder_leaves_the_other_file_as_it_was(tmp_path: Path) -> None:
    (tmp_path / "pack.pdf").write_bytes(b"last good pack")
    (tmp_path / "pack.json").mkdir()
    with pytest.raises(OutputError, match="is a folder"):
        write_files({tmp_path / "pack.pdf": b"new", tmp_path / "pack.json": b"new"})
    assert (tmp_path / "pack.pdf").read_bytes() == b"last good pack"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pack.json", "pack.pdf"]


def test_a_build_folder_that_cannot_be_made_says_so(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("a file where the folder should be")
    with pytest.raises(OutputError, match="cannot be written to"):
        write_files({tmp_path / "build" / "pack.pdf": b"new"})


def test_a_file_that_holds_the_same_bytes_is_not_touched(tmp_path: Path) -> None:
    target = tmp_path / "pack.pdf"
    write_files({target: b"same"})
    before = target.stat().st_ino
    write_files({target: b"same"})
    assert target.stat().st_ino == before


def test_what_a_killed_run_left_is_taken_away_and_what_another_run_is_writing_is_not(tmp_path: Path) -> None:
    dead, alive = tmp_path / ".pack.pdf.abc.part", tmp_path / ".pack.pdf.def.part"
    for path in (dead, alive):
        path.write_bytes(b"half")
    os.utime(dead, (1, 1))
    write_files({tmp_path / "pack.pdf": b"new"})
    assert sorted(path.name for path in tmp_path.iterdir()) == [".pack.pdf.def.part", "pack.pdf"]


def test_what_cannot_be_recorded_is_not_put(tmp_path: Path) -> None:
    (tmp_path / "pack.pdf").write_bytes(b"last good pack")
    with pytest.raises(OutputError, match="full"), staged_files({tmp_path / "pack.pdf": b"new"}):
        raise OutputError("The disk is full.", "")
    assert [path.read_bytes() for path in tmp_path.iterdir()] == [b"last good pack"]
