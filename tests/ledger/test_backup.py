"""A ledger as one plain file, and back."""

import hashlib
import sqlite3
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.errors import InputError, OutputError, RefusedError
from reportpack.ledger import Ledger, open_ledger, restore_ledger
from reportpack.model.event import Undone, WorkbookSeen
from reportpack.model.observation import Observation
from tests.ledger.test_ledger import MEETING, SHA, build, figure, observations, recorded


def contents(folder: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    connection = sqlite3.connect(folder / "ledger.sqlite")
    tables = ("event", "source", "figure", "build_figures", "ledger_schema")
    found = {table: sorted(connection.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}  # noqa: S608  the test's own names
    connection.close()
    return found


def filled(ledger: Ledger) -> None:
    recorded(ledger, WorkbookSeen("a.xlsx", SHA, date(2019, 5, 13)), build(figures=(figure(), figure(None, "C13"))))
    recorded(ledger, build(figures=(figure(), figure(80.0, "C14"), figure())), Undone(2, "twice"))


def test_a_ledger_comes_back_exactly(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "one") as ledger:
        filled(ledger)
        sha256 = ledger.keep(b"a page")
        assert ledger.back_up(tmp_path / "all.jsonl", with_files=True) == 4
    assert restore_ledger(tmp_path / "two", tmp_path / "all.jsonl") == 4
    assert contents(tmp_path / "two") == contents(tmp_path / "one")
    with open_ledger(tmp_path / "two") as again:
        assert again.kept(sha256) == b"a page"
        assert again.figures_of(again.builds(MEETING)[1]) == (figure(), figure(80.0, "C14"), figure())
        assert recorded(again, build())[0].number == 5


@given(st.lists(st.lists(observations, max_size=3).map(tuple), max_size=4))
@settings(max_examples=15, deadline=None)
def test_any_figures_come_back_exactly(tmp_path_factory: pytest.TempPathFactory, builds: list[tuple[Observation, ...]]) -> None:
    folder = tmp_path_factory.mktemp("any")
    with open_ledger(folder / "one") as ledger:
        recorded(ledger, *(build(figures=figures) for figures in builds))
        ledger.back_up(folder / "all.jsonl")
    restore_ledger(folder / "two", folder / "all.jsonl")
    assert contents(folder / "two") == contents(folder / "one")


def backups(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob("*.jsonl"))


def test_a_backup_is_taken_before_each_run_that_records_and_the_last_thirty_kept(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "one") as ledger:
        recorded(ledger, build())
        assert backups(tmp_path / "one") == []
        for number in range(33):
            with ledger.held():
                before = contents(tmp_path / "one")
                recorded(ledger, build(figures=(figure(float(number)),)))
                recorded(ledger, build())
    assert len(backups(tmp_path / "one")) == 30
    restore_ledger(tmp_path / "two", backups(tmp_path / "one")[-1])
    assert contents(tmp_path / "two") == before


def test_a_large_backup_is_gone_on_from_and_not_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportpack.ledger.backup.COPIED_UP_TO", 4000)
    with open_ledger(tmp_path / "one") as ledger:
        for number in range(80):
            before = contents(tmp_path / "one")
            recorded(ledger, build(figures=(figure(float(number)),)))
    found = backups(tmp_path / "one")
    assert max(path.stat().st_size for path in found) < 8000
    assert 30 < len(found) < 79
    restore_ledger(tmp_path / "two", found[-1])
    assert contents(tmp_path / "two") == before
    found[0].unlink()
    with pytest.raises(InputError, match=f"{found[0].name} cannot be read.*\n?.*Put it beside {found[-1].name}"):
        restore_ledger(tmp_path / "three", found[-1])
    assert not (tmp_path / "three" / "ledger.sqlite").exists()


def test_a_spoilt_earlier_backup_is_not_gone_on_from(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "one") as ledger:
        filled(ledger)
        recorded(ledger, build())
        first = backups(tmp_path / "one")[-1]
        first.write_bytes(first.read_bytes().replace(b"twice", b"trice"))
        before = contents(tmp_path / "one")
        recorded(ledger, build())
    restore_ledger(tmp_path / "two", backups(tmp_path / "one")[-1])
    assert contents(tmp_path / "two") == before


def test_backups_of_the_first_form_are_still_restored(tmp_path: Path) -> None:
    body = (
        b'{"reportpack ledger":1}\n{"event":1,"kind":"undone","subject":"7","recorded":"2019-05-21T12:00:00.000000+00:00","who":"",'
        b'"body":{"event":7,"why":"twice"}}\n'
    )
    end = f'{{"end":1,"sha256":"{hashlib.sha256(body).hexdigest()}"}}\n'
    (tmp_path / "old.jsonl").write_bytes(body + end.encode())
    assert restore_ledger(tmp_path / "one", tmp_path / "old.jsonl") == 1
    with open_ledger(tmp_path / "one") as ledger:
        assert [one.what for one in ledger.register_events()] == [Undone(7, "twice")]


@pytest.mark.parametrize("keep", [0, 1, 40, -2, -40])
def test_a_backup_that_was_cut_short_is_not_restored(tmp_path: Path, keep: int) -> None:
    with open_ledger(tmp_path / "one") as ledger:
        filled(ledger)
        ledger.back_up(tmp_path / "all.jsonl")
    data = (tmp_path / "all.jsonl").read_bytes()
    (tmp_path / "all.jsonl").write_bytes(data[:keep])
    with pytest.raises(InputError, match="cut short"):
        restore_ledger(tmp_path / "two", tmp_path / "all.jsonl")
    assert not (tmp_path / "two" / "ledger.sqlite").exists()


def test_a_ledger_that_is_there_is_never_overwritten(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        filled(ledger)
        ledger.back_up(tmp_path / "all.jsonl")
    before = contents(tmp_path)
    with pytest.raises(RefusedError, match="already"):
        restore_ledger(tmp_path, tmp_path / "all.jsonl")
    assert contents(tmp_path) == before


def test_a_backup_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with open_ledger(tmp_path) as ledger, pytest.raises(OutputError, match="cannot be written"):
        ledger.back_up(tmp_path / "file" / "all.jsonl")
