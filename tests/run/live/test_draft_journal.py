"""The draft journal: what was acknowledged is there, whatever the machine did in the middle of the next line."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from reportpack.errors import OutputError
from reportpack.ledger import is_begun
from reportpack.model.draft import Does, DraftEntry
from reportpack.run.live.draft_journal import add_entries, draft_entries, draft_file, read_draft
from reportpack.run.office_files import Folders
from tests.run.live.conftest import MAY


def entry(number: int, words: str = "prose") -> DraftEntry:
    return DraftEntry(str(number), Does.LINE, "2019-05-28T10:12:00", "Ellis Wainfleet", "one", f"line {number}", "2.1.1", words)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=some.lists(some.text(max_size=40), min_size=1, max_size=6), cut=some.integers(1, 400))
def test_a_line_torn_anywhere_takes_no_other_with_it(tmp_path: Path, words: list[str], cut: int) -> None:
    office = Folders(tmp_path / "inputs", tmp_path / "build")
    path = draft_file(office, MAY)
    path.unlink(missing_ok=True)
    for number, one in enumerate(words):
        add_entries(office, MAY, entry(number, one))
    kept = path.read_bytes()
    add_entries(office, MAY, entry(99, "what is torn"))
    path.write_bytes(path.read_bytes()[: max(len(kept), path.stat().st_size - cut)])
    add_entries(office, MAY, entry(100, "goes on"))
    found = [one.words for one in draft_entries(office, MAY) if one.words != "what is torn"]
    assert found == [*words, "goes on"]


def test_it_is_on_the_disk_before_it_is_acknowledged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flushed: list[int] = []
    real = os.fsync

    def flush(file: int) -> None:
        flushed.append(os.fstat(file).st_size)
        real(file)

    monkeypatch.setattr(os, "fsync", flush)
    office = Folders(tmp_path / "inputs", tmp_path / "build")
    add_entries(office, MAY, entry(1))
    assert draft_file(office, MAY).stat().st_size in flushed


def test_nothing_of_it_begins_a_ledger(office: Folders) -> None:
    add_entries(office, MAY, entry(1))
    assert not is_begun(office.memory)
    assert [one.name for one in office.memory.iterdir()] == ["drafts"]


def test_where_it_cannot_be_written_it_says_so_and_acknowledges_nothing(tmp_path: Path) -> None:
    office = Folders(tmp_path / "inputs", tmp_path / "build")
    office.inputs.mkdir()
    office.memory.write_text("no folder", "utf-8")
    with pytest.raises(OutputError, match="not kept"):
        add_entries(office, MAY, entry(1))


def test_lines_of_another_kind_are_passed_over(tmp_path: Path) -> None:
    office = Folders(tmp_path / "inputs", tmp_path / "build")
    add_entries(office, MAY, entry(1))
    with draft_file(office, MAY).open("ab") as file:
        file.write(b'[1]\n"words"\n{"does": "of another program"}\n\xff\n{"id": 1, "does": "line", "odd": 2}\n')
    assert [one.id for one in read_draft(office, MAY).lines] == ["line 1"]
