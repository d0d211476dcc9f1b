"""One run at a time records: the hold that a run has from what it reads to what it writes."""

import logging
import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from reportpack.errors import OutputError, RefusedError
from reportpack.ledger import Ledger, open_ledger
from reportpack.model.event import Event, RowChange
from reportpack.model.register_row import CellChange
from tests.ledger.stores import Store

NOON = datetime(2019, 5, 21, 12, 0, tzinfo=UTC)
FORK = multiprocessing.get_context("fork")


def next_change(ledger: Ledger) -> Event:
    """What a verb does: it reads what stands, and decides by it."""
    ref = f"{len(ledger.register_events()) + 1}/2019"
    return Event(RowChange("Actions", ref, (CellChange("Action", "", "words"),), "a test"), NOON)


def _record_some(store: Store, count: int) -> None:
    for _ in range(count):
        with store.open() as ledger, ledger.held():
            change = next_change(ledger)
            time.sleep(0.002)
            ledger.record([change])


def test_what_was_read_under_a_hold_still_stands_when_it_is_recorded(store: Store) -> None:
    runs = [FORK.Process(target=_record_some, args=(store, 6)) for _ in range(3)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    with store.open() as ledger:
        refs = [one.what.ref for one in ledger.register_events() if isinstance(one.what, RowChange)]
    assert refs == [f"{number}/2019" for number in range(1, 19)]


def _hold_until_killed(store: Store, taken: Any) -> None:
    with store.open() as ledger, ledger.held():
        taken.set()
        time.sleep(60)


@pytest.fixture
def holder(store: Store) -> Any:
    """A run that holds the ledger and does not end."""
    taken = FORK.Event()
    run = FORK.Process(target=_hold_until_killed, args=(store, taken))
    run.start()
    assert taken.wait(10)
    yield run
    run.kill()
    run.join()


def test_a_killed_run_holds_nothing(store: Store, holder: Any) -> None:
    os.kill(holder.pid, signal.SIGKILL)
    holder.join()
    with store.open() as ledger, ledger.held():
        ledger.record([next_change(ledger)])
    assert not (store.folder / "recording.txt").exists()


def test_readers_do_not_wait(store: Store, holder: Any) -> None:
    with store.open() as ledger:
        assert ledger.register_events() == ()


def test_waiting_is_said_and_has_an_end(
    store: Store, holder: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("reportpack.ledger.hold._ASK_EVERY", 0.001)
    monkeypatch.setattr("reportpack.ledger.hold._SAY_AFTER", 0.01)
    monkeypatch.setattr("reportpack.ledger.hold._PATIENCE", 0.05)
    with (
        store.open() as ledger,
        caplog.at_level(logging.WARNING),
        pytest.raises(OutputError, match="Somebody else is writing"),
        ledger.held(),
    ):
        pytest.fail("it was held twice")
    (said,) = caplog.messages
    assert said.startswith("Another run")
    assert said.endswith("is recording just now: waiting for it to end.")


@pytest.fixture
def lockless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A drive whose locks do nothing: SQLite's own way of taking none."""
    monkeypatch.setattr("reportpack.ledger.hold._address", lambda path: f"file:{path}?vfs=unix-none")


@pytest.mark.usefixtures("lockless")
def test_a_drive_whose_locks_do_not_hold_is_known_before_anything_is_recorded(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger, pytest.raises(RefusedError, match="its locks do not hold"):
        ledger.record([next_change(ledger)])
    with open_ledger(tmp_path) as ledger:
        assert ledger.size() == 0


def _refuse(name: str) -> Callable[..., None]:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError(name)

    return refuse


def test_locks_that_held_once_are_not_tried_again_on_this_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_ledger(tmp_path) as ledger:
        ledger.record([next_change(ledger)])
    monkeypatch.setattr("subprocess.run", _refuse("tried again"))
    with open_ledger(tmp_path) as ledger:
        ledger.record([next_change(ledger)])


@pytest.mark.usefixtures("lockless")
def test_a_run_on_another_machine_that_the_locks_let_in_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportpack.ledger.hold.FolderHold._try_lock", lambda *_: None)
    with open_ledger(tmp_path) as ledger, ledger.held():
        (tmp_path / "recording.txt").write_text("PC-7 4711\n", encoding="utf-8")
        with pytest.raises(RefusedError, match="its locks do not hold"):
            ledger.record([next_change(ledger)])
    assert (tmp_path / "recording.txt").read_text(encoding="utf-8") == "PC-7 4711\n"
