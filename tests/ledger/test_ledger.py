"""What the ledger remembers, whatever happens to it."""

import errno
import multiprocessing
import os
import signal
import sqlite3
import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.errors import InputError, OutputError, RefusedError
from reportpack.ledger import Ledger, open_ledger
from reportpack.ledger.event_text import StoredEvent, restore
from reportpack.ledger.event_text import store as stored_as
from reportpack.model.edition import Audience
from reportpack.model.event import (
    AnnexAgreed,
    AnnexIssued,
    Build,
    BuildFile,
    Event,
    FileRole,
    GivenReference,
    Happening,
    RegisterSeen,
    RowChange,
    Undone,
    WorkbookSeen,
)
from reportpack.model.observation import Observation, Status
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.register_row import CellChange, RegisterCell, RegisterRow
from tests.ledger.stores import Store, Stores

MEETING = "2019-05-28-assurance"
NOON = datetime(2019, 5, 21, 12, 0, tzinfo=UTC)
SHA = "ab" * 32


def figure(value: float | None = 79.25, cell: str = "C12") -> Observation:
    status = Status.NUMBER if value is not None else Status.SUPPRESSED
    place = Source("performance/survey.xlsx", "Monthly", cell, SHA, date(2019, 5, 13))
    count = Source("performance/survey.xlsx", "Counts", "D4", SHA, None)
    return Observation(
        "satisfaction", "west", Period.month(2019, 4), value, status, place, 317.0, 400.0, count, count, ("[p]",), "79.25%"
    )


def build(on: date = date(2019, 5, 21), edition: Audience = Audience.OFFICE, figures: tuple[Observation, ...] = ()) -> Build:
    files = (
        BuildFile(FileRole.PAGE_SOURCE, "briefing-pack.xhtml", SHA),
        BuildFile(FileRole.INPUT, "a.xlsx", SHA, date(2019, 5, 13)),
    )
    return Build(MEETING, "briefing-pack", edition, on, "0.1.0", files, figures)


def recorded(ledger: Ledger, *happened: Happening, at: datetime = NOON) -> tuple[Event, ...]:
    return ledger.record([Event(one, at, "officer") for one in happened])


def test_what_was_recorded_is_there_when_the_ledger_is_opened_again(store: Store) -> None:
    figures = (figure(), figure(None, "C13"), figure(80.0, "C14"), figure())
    with store.open() as ledger:
        (event,) = recorded(ledger, build(figures=figures))
    with store.open() as ledger:
        (again,) = ledger.builds(MEETING)
        assert again.number == event.number == 1
        assert (again.recorded, again.who, again.what) == (NOON, "officer", build())
        assert ledger.figures_of(again) == figures


def test_the_last_build_is_that_of_the_day_and_the_edition(store: Store) -> None:
    with store.open() as ledger:
        first, second, third, force = recorded(ledger, build(), build(), build(date(2019, 5, 22)), build(edition=Audience.FORCE))
        assert ledger.last_build(MEETING, Audience.OFFICE) == third
        found = ledger.last_build(MEETING, Audience.OFFICE, date(2019, 5, 21))
        assert found is not None
        assert found.number == second.number != first.number
        assert ledger.last_build(MEETING, Audience.FORCE) == force
        assert ledger.last_build(MEETING, Audience.PUBLIC) is None
        assert ledger.last_build("2019-04-30-assurance", Audience.OFFICE) is None


def test_a_workbook_is_first_seen_on_one_day(store: Store) -> None:
    later = datetime(2019, 6, 3, 9, 0, tzinfo=UTC)
    seen = WorkbookSeen("performance/a.xlsx", SHA, date(2019, 5, 13))
    with store.open() as ledger:
        ledger.record([Event(seen, NOON)])
        ledger.record([Event(WorkbookSeen("performance/b.xlsx", SHA), later)])
        assert ledger.first_seen(SHA) == date(2019, 5, 21)
        assert ledger.first_seen("00" * 32) is None
        assert [one.file for one in ledger.happened(WorkbookSeen)] == ["performance/a.xlsx", "performance/b.xlsx"]


def test_a_kept_file_comes_back_byte_for_byte_and_is_kept_once(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        sha256 = ledger.keep(b"a page")
        assert ledger.keep(b"a page") == sha256
        assert ledger.kept(sha256) == b"a page"
    assert [path.read_bytes() for path in (tmp_path / "files").rglob("*") if path.is_file()] == [b"a page"]


@given(st.binary(max_size=2000))
@settings(max_examples=30)
def test_any_bytes_can_be_kept(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    with open_ledger(tmp_path_factory.getbasetemp() / "kept") as ledger:
        assert ledger.kept(ledger.keep(data)) == data


def test_a_kept_file_that_was_changed_or_lost_is_said(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        sha256 = ledger.keep(b"a page")
        path = tmp_path / "files" / sha256[:2] / sha256[2:]
        path.write_bytes(b"a pagE")
        with pytest.raises(InputError, match="not what was kept"):
            ledger.kept(sha256)
        path.unlink()
        with pytest.raises(InputError, match="cannot be read"):
            ledger.kept(sha256)


def test_a_lost_ledger_is_never_begun_anew(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"register\.xlsx has been through one"):
        open_ledger(tmp_path / "memory", register_number=7)
    assert not (tmp_path / "memory").exists()


@pytest.mark.parametrize("keep", [0, 1, 60, 100, 4000, -1])
def test_a_ledger_cut_short_is_said_and_left_as_it_was(tmp_path: Path, keep: int) -> None:
    with open_ledger(tmp_path) as ledger:
        recorded(ledger, build(figures=(figure(),)))
    path = tmp_path / "ledger.sqlite"
    data = path.read_bytes()[:keep]
    path.write_bytes(data)
    with pytest.raises(InputError, match="damaged or cut short"):
        open_ledger(tmp_path)
    assert path.read_bytes() == data


def test_a_ledger_with_a_hole_in_it_is_said(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        recorded(ledger, build(figures=tuple(figure(float(value), f"C{value}") for value in range(200))))
    path = tmp_path / "ledger.sqlite"
    data = bytearray(path.read_bytes())
    data[4096:] = b"\x00" * (len(data) - 4096)
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="damaged or cut short"), open_ledger(tmp_path) as ledger:
        ledger.builds(MEETING)


def test_a_file_of_another_kind_is_said(tmp_path: Path) -> None:
    path = tmp_path / "ledger.sqlite"
    path.write_bytes(b"not a ledger at all " * 20)
    with pytest.raises(InputError, match="damaged"):
        open_ledger(tmp_path)
    path.unlink()
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE recipes (title)")
    other.close()
    with pytest.raises(InputError, match="not a ledger of this program"):
        open_ledger(tmp_path)


def test_a_ledger_from_a_newer_program_is_not_touched(tmp_path: Path) -> None:
    open_ledger(tmp_path).close()
    with sqlite3.connect(tmp_path / "ledger.sqlite") as later:
        later.execute("INSERT INTO ledger_schema VALUES (999)")
    later.close()
    data = (tmp_path / "ledger.sqlite").read_bytes()
    with pytest.raises(InputError, match="newer version of this program"):
        open_ledger(tmp_path)
    assert (tmp_path / "ledger.sqlite").read_bytes() == data


def test_somebody_else_s_run_is_waited_for_and_then_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reportpack.ledger.database.PATIENCE", 0.05)
    with open_ledger(tmp_path) as ledger:
        other = sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OutputError, match="Somebody else is writing"):
            recorded(ledger, build())
        other.execute("ROLLBACK")
        other.close()
        assert len(recorded(ledger, build())) == 1


def test_the_journal_is_one_that_works_on_a_shared_drive(tmp_path: Path) -> None:
    open_ledger(tmp_path).close()
    connection = sqlite3.connect(tmp_path / "ledger.sqlite")
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


def _write_until_killed(store: Store, begun: Any) -> None:
    ledger = store.open()
    for number in range(100_000):
        ledger.keep(f"page {number}".encode())
        recorded(ledger, build(figures=(figure(float(number)), figure(float(number), "C13"))))
        begun.set()


def test_a_run_killed_at_any_moment_leaves_whole_builds_and_whole_files(store: Store) -> None:
    context = multiprocessing.get_context("fork")
    for turn in range(6):
        begun = context.Event()
        writer = context.Process(target=_write_until_killed, args=(store, begun))
        writer.start()
        assert begun.wait(20)
        time.sleep(0.007 * turn)
        assert writer.pid is not None
        os.kill(writer.pid, signal.SIGKILL)
        writer.join()
        with store.open() as ledger:
            builds = ledger.builds(MEETING)
            assert len(builds) == ledger.size()
            assert all(len(ledger.figures_of(one)) == 2 for one in builds)
    assert builds


def _write_some(store: Store, count: int) -> None:
    with store.open() as ledger:
        for _ in range(count):
            recorded(ledger, build(figures=(figure(),)))


def test_two_runs_at_once_both_count(store: Store) -> None:
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_write_some, args=(store, 8)) for _ in range(3)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    with store.open() as ledger:
        assert len(ledger.builds(MEETING)) == 24


numbers = st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(), max_size=12)
places = st.builds(Source, texts, texts, texts, texts, st.none() | st.dates())
observations = st.builds(
    Observation,
    texts,
    texts,
    st.builds(Period.month, st.integers(1990, 2090), st.integers(1, 12)),
    st.none() | numbers,
    st.sampled_from(Status),
    places,
    st.none() | numbers,
    st.none() | numbers,
    st.none() | places,
    st.none() | places,
    st.lists(texts, max_size=2).map(tuple),
    texts,
)


@given(st.lists(observations, max_size=6).map(tuple))
@settings(max_examples=25, deadline=None)
def test_every_figure_comes_back_as_it_was(lasting: Store, figures: tuple[Observation, ...]) -> None:
    with lasting.open() as ledger:
        (event,) = recorded(ledger, build(figures=figures))
        assert ledger.figures_of(event) == figures


def test_every_kind_of_event_comes_back_as_it_was(store: Store) -> None:
    place = Source("register.xlsx", "Actions", "A2:P2", SHA)
    happened = (
        WorkbookSeen("a.xlsx", SHA),
        RowChange("Actions", "1/2019", (CellChange("State", "open", "closed <&>"), CellChange("Due", "", "x")), "annex", place),
        RegisterSeen(SHA, 3, SHA, written=True),
        RegisterSeen(SHA, None, SHA),
        Undone(2, "the wrong action"),
        AnnexIssued(
            MEETING, "minutes/a.md", SHA, NOON.date(), 1, (GivenReference("Actions", "1/2019", "CC to \u201cact\u201d"),)
        ),
        AnnexAgreed(MEETING, NOON.date(), 1),
    )
    with store.open() as ledger:
        ledger.record([Event(one, NOON, "officer") for one in happened])
        assert [one.what for one in ledger.register_events()] == [happened[1], happened[4]]
        assert [one.what for one in ledger.history("Actions", "1/2019")] == [happened[1]]
        assert ledger.last_write() == 3
        assert [one.what for one in ledger.annexes(MEETING)] == list(happened[5:])
        assert ledger.annexes("2019-06-24-public") == ()
        assert ledger.size() == 7


def test_events_stored_by_earlier_programs_still_read() -> None:
    change = (
        '{"cause":"annex","changes":[["State","","open"]],"ref":"1/2019","sheet":"Actions","source":["a.md","","line 4","ab"]}'
    )
    row = StoredEvent("register row", "Actions/1/2019", "2019-05-21T12:00:00.000000+00:00", "officer", change)
    expected = RowChange("Actions", "1/2019", (CellChange("State", "", "open"),), "annex", Source("a.md", "", "line 4", "ab"))
    assert restore(7, row) == Event(expected, NOON, "officer", 7)


@pytest.mark.parametrize("stored", ['["Due","","28 May 2019"]', '["Due","","28 May 2019","2019-05-28"]'])
def test_a_due_day_is_a_day_in_the_ledger_also_of_earlier_programs(stored: str) -> None:
    change = f'{{"cause":"annex","changes":[{stored}],"ref":"1/2019","sheet":"Actions","source":["a.md"]}}'
    event = restore(7, StoredEvent("register row", "Actions/1/2019", "2019-05-21T12:00:00.000000+00:00", "", change))
    assert isinstance(event.what, RowChange)
    assert event.what.changes == (CellChange("Due", "", "28 May 2019", date(2019, 5, 28)),)
    assert restore(7, stored_as(event)) == event


def test_a_day_whose_words_were_erased_is_erased_with_them() -> None:
    change = '{"cause":"annex","changes":[["Due","","[erased]","2019-05-28"]],"ref":"1/2019","sheet":"Actions","source":["a.md"]}'
    event = restore(7, StoredEvent("register row", "Actions/1/2019", "2019-05-21T12:00:00.000000+00:00", "", change))
    assert isinstance(event.what, RowChange)
    assert event.what.changes == (CellChange("Due", "", "[erased]"),)


def test_the_rows_of_a_copy_of_the_register_come_back(store: Store) -> None:
    cells = (RegisterCell("Action", "<&>\n\u201cwords\u201d", "B2"), RegisterCell.of("Due", date(2019, 5, 28), "D2"))
    rows = (RegisterRow("Actions", "1/2019", cells, Source("register.xlsx")),)
    with store.open() as ledger:
        kept = ledger.keep_rows(rows)
        recorded_ones = [Event(RegisterSeen(f"{number:064}", number, kept), NOON) for number in (1, 2, 2)]
        ledger.record(recorded_ones)
        assert [one.number for one in ledger.snapshots(2)] == [2, 2]
        assert [one.number for one in ledger.snapshots(None, most=2)] == [2, 2]
        assert ledger.snapshots(1)[0].rows == rows
        assert ledger.snapshots(9) == ()


hostile = st.text(st.characters(), max_size=30)


@given(st.lists(st.tuples(hostile, hostile), max_size=4), hostile)
@settings(max_examples=25, deadline=None)
def test_any_words_come_back_as_they_were(lasting: Store, words: list[tuple[str, str]], who: str) -> None:
    change = RowChange(
        "Actions", who, tuple(CellChange(who, before, after) for before, after in words), who, Source(who, who, who)
    )
    with lasting.open() as ledger:
        ledger.record([Event(change, NOON, who)])
        last = ledger.history("Actions", who)[-1]
        assert (last.what, last.who) == (change, who)


@pytest.mark.needs("postgresql", "module:psycopg")
def test_a_server_that_does_not_answer_is_said_without_its_password(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="does not answer") as stopped:
        open_ledger(tmp_path, f"postgresql://office:hunter2@/postgres?host={tmp_path}")
    assert "hunter2" not in str(stopped.value)


@pytest.mark.needs("postgresql", "module:psycopg")
def test_a_server_that_was_started_anew_is_asked_again(pg_server: Stores, tmp_path: Path) -> None:
    with pg_server(tmp_path).open() as ledger:
        recorded(ledger, build())
        database = pg_server(tmp_path).database()
        with database.transaction() as session:
            session.rows("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
        database.close()
        assert ledger.size() == 1
        assert recorded(ledger, build())[0].number == 2


def test_a_url_that_cannot_be_used_is_said(tmp_path: Path) -> None:
    for url in ("mysql://office@server/ledger", "the server in the cellar"):
        with pytest.raises(InputError, match="postgresql://"):
            open_ledger(tmp_path, url)


def test_a_disk_that_is_full_when_the_ledger_is_put_in_its_place_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    for name in ("link", "replace", "rename"):
        monkeypatch.setattr(os, name, full)
    with pytest.raises(OutputError, match="No ledger can be begun in memory/: No space left on device"):
        open_ledger(tmp_path / "memory")
    assert list((tmp_path / "memory").glob("*.new")) == []
