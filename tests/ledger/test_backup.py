"""A ledger as one plain file, and back."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.errors import InputError, OutputError, RefusedError
from reportpack.ledger import Ledger, is_begun, open_ledger
from reportpack.model.event import Undone, WorkbookSeen
from reportpack.model.observation import Observation
from tests.ledger.stores import Store, Stores
from tests.ledger.test_ledger import MEETING, SHA, build, figure, observations, recorded

HOSTILE = "\x00 \x1b1234 \ud83d\ude00 \U0001f600 \ud800 \u2028"


def filled(ledger: Ledger) -> None:
    recorded(ledger, WorkbookSeen("a.xlsx", SHA, date(2019, 5, 13)), build(figures=(figure(), figure(None, "C13"))))
    recorded(ledger, build(figures=(figure(), figure(80.0, "C14"), figure())), Undone(2, "twice"), Undone(2, HOSTILE))


def test_a_ledger_comes_back_exactly(one: Store, two: Store, tmp_path: Path) -> None:
    with one.open() as ledger:
        filled(ledger)
        sha256 = ledger.keep(b"a page")
        assert ledger.back_up(tmp_path / "all.jsonl", with_files=True) == 5
    assert two.restore(tmp_path / "all.jsonl") == 5
    assert two.contents() == one.contents()
    with two.open() as again:
        assert again.kept(sha256) == b"a page"
        assert again.figures_of(again.builds(MEETING)[1]) == (figure(), figure(80.0, "C14"), figure())
        assert recorded(again, build())[0].number == 6


@given(st.lists(st.lists(observations, max_size=3).map(tuple), max_size=4))
@settings(max_examples=6, deadline=None)
def test_any_figures_come_back_exactly(
    stores: Stores, tmp_path_factory: pytest.TempPathFactory, builds: list[tuple[Observation, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("any")
    one, two = stores(folder / "one"), stores(folder / "two")
    with one.open() as ledger:
        recorded(ledger, *(build(figures=figures) for figures in builds))
        ledger.back_up(folder / "all.jsonl")
    two.restore(folder / "all.jsonl")
    assert two.contents() == one.contents()


def backups(folder: Path) -> list[Path]:
    return sorted((folder / "backups").glob("*.jsonl"))


def test_a_backup_is_taken_before_each_run_that_records_and_the_last_thirty_kept(one: Store, two: Store) -> None:
    with one.open() as ledger:
        recorded(ledger, build())
        assert backups(one.folder) == []
        for number in range(33):
            with ledger.held():
                before = one.contents()
                recorded(ledger, build(figures=(figure(float(number)),)))
                recorded(ledger, build())
    assert len(backups(one.folder)) == 30
    two.restore(backups(one.folder)[-1])
    assert two.contents() == before


def test_a_large_backup_is_gone_on_from_and_not_copied(
    stores: Stores, one: Store, two: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reportpack.ledger.backup.COPIED_UP_TO", 2500)
    with one.open() as ledger:
        for number in range(50):
            before = one.contents()
            recorded(ledger, build(figures=(figure(float(number)),)))
    found = backups(one.folder)
    assert max(path.stat().st_size for path in found) < 6000
    assert 30 < len(found) < 49
    two.restore(found[-1])
    assert two.contents() == before
    found[0].unlink()
    with pytest.raises(InputError, match=f"{found[0].name} cannot be read.*Put it beside {found[-1].name}"):
        stores(tmp_path / "three").restore(found[-1])


def test_a_spoilt_earlier_backup_is_not_gone_on_from(one: Store, two: Store) -> None:
    with one.open() as ledger:
        filled(ledger)
        recorded(ledger, build())
        first = backups(one.folder)[-1]
        first.write_bytes(first.read_bytes().replace(b"twice", b"trice"))
        before = one.contents()
        recorded(ledger, build())
    two.restore(backups(one.folder)[-1])
    assert two.contents() == before


@pytest.mark.parametrize("keep", [0, 1, 40, -2, -40])
def test_a_backup_that_was_cut_short_is_not_restored(one: Store, two: Store, tmp_path: Path, keep: int) -> None:
    with one.open() as ledger:
        filled(ledger)
        ledger.back_up(tmp_path / "all.jsonl")
    data = (tmp_path / "all.jsonl").read_bytes()
    (tmp_path / "all.jsonl").write_bytes(data[:keep])
    with pytest.raises(InputError, match="cut short"):
        two.restore(tmp_path / "all.jsonl")
    assert not is_begun(two.folder, two.url)


def test_a_ledger_that_is_there_is_never_overwritten(one: Store, tmp_path: Path) -> None:
    with one.open() as ledger:
        filled(ledger)
        ledger.back_up(tmp_path / "all.jsonl")
    before = one.contents()
    with pytest.raises(RefusedError, match="already"):
        one.restore(tmp_path / "all.jsonl")
    assert one.contents() == before


def test_a_backup_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with open_ledger(tmp_path) as ledger, pytest.raises(OutputError, match="cannot be written"):
        ledger.back_up(tmp_path / "file" / "all.jsonl")
