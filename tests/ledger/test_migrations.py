"""Ledgers and backups of earlier programs: brought up once, all or none, with a copy first. form-1.* were written by the first form's own code."""

import hashlib
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from reportpack.errors import InputError, ReportpackError
from reportpack.ledger import Ledger, open_ledger, restore_ledger
from reportpack.ledger.database import VERSION, file_database
from reportpack.ledger.figures import figure_ids, store_figures
from reportpack.model.event import Undone, WorkbookSeen
from tests.ledger.stores import Store
from tests.ledger.test_ledger import MEETING, SHA, build, figure, recorded

HERE = Path(__file__).parent


@pytest.fixture
def earlier(tmp_path: Path) -> Path:
    """The folder of a ledger of the first form."""
    with closing(sqlite3.connect(tmp_path / "ledger.sqlite")) as connection:
        connection.executescript((HERE / "form-1.sql").read_text(encoding="utf-8"))
    return tmp_path


def schema_of(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
    return sorted(
        (name, " ".join(str(sql).replace("VARCHAR(64)", "TEXT").split()).replace("( ", "(").replace(" )", ")"))
        for name, sql in rows
    )


def rows_of(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [
            line
            for line in connection.iterdump()
            if line.startswith("INSERT") and "ledger_schema" not in line and "event_link" not in line
        ]


def says_what_was_recorded(ledger: Ledger) -> None:
    assert ledger.happened(WorkbookSeen) == (WorkbookSeen("a.xlsx", SHA, date(2019, 5, 13)),)
    builds = ledger.builds(MEETING)
    assert [one.what for one in builds] == [build(), build()]
    assert ledger.figures_of(builds[1]) == (figure(), figure(80.0, "C14"), figure())
    assert [one.what for one in ledger.register_events()] == [Undone(2, "twice")]


def test_an_earlier_ledger_is_brought_up_and_says_the_same(earlier: Path) -> None:
    before = rows_of(earlier / "ledger.sqlite")
    with open_ledger(earlier) as ledger:
        says_what_was_recorded(ledger)
        assert rows_of(earlier / "ledger.sqlite") == before
        assert recorded(ledger, build())[0].number == 5
    assert rows_of(earlier / "backups" / "before-form-2.sqlite") == before


def test_an_earlier_ledger_becomes_just_what_a_new_one_is(earlier: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    new = tmp_path_factory.mktemp("new")
    open_ledger(new).close()
    open_ledger(earlier).close()
    assert schema_of(earlier / "ledger.sqlite") == schema_of(new / "ledger.sqlite")
    with closing(sqlite3.connect(earlier / "ledger.sqlite")) as connection:
        versions = connection.execute("SELECT version FROM ledger_schema ORDER BY version").fetchall()
    assert versions == [(number,) for number in range(1, VERSION + 1)]


def test_figures_have_the_ids_that_earlier_programs_gave_them(earlier: Path) -> None:
    with open_ledger(earlier) as ledger:
        figures = [ledger.figures_of(one) for one in ledger.builds(MEETING)]
    with file_database(earlier / "ledger.sqlite", "ledger.sqlite").transaction() as session:
        assert [store_figures(one).order for one in figures] == [figure_ids(session, build) for build in (2, 3)]


def test_a_step_that_fails_leaves_the_earlier_ledger(earlier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = rows_of(earlier / "ledger.sqlite")
    schema = schema_of(earlier / "ledger.sqlite")
    monkeypatch.setattr("reportpack.ledger.opening.STEPS", {2: ("CREATE INDEX one ON event (who)", "CREATE NONSENSE")})
    with pytest.raises(ReportpackError):
        open_ledger(earlier)
    assert (rows_of(earlier / "ledger.sqlite"), schema_of(earlier / "ledger.sqlite")) == (before, schema)


def test_a_backup_of_an_earlier_program_is_restored(tmp_path: Path) -> None:
    assert restore_ledger(tmp_path, HERE / "form-1.jsonl") == 4
    with open_ledger(tmp_path) as ledger:
        says_what_was_recorded(ledger)


def test_a_backup_of_a_newer_program_is_not_restored(tmp_path: Path) -> None:
    with open_ledger(tmp_path / "one") as ledger:
        recorded(ledger, build())
        ledger.back_up(tmp_path / "all.jsonl")
    lines = (tmp_path / "all.jsonl").read_bytes()
    body = lines[: lines.rindex(b'{"end"')].replace(b'{"reportpack ledger":3}', b'{"reportpack ledger":99}')
    (tmp_path / "all.jsonl").write_bytes(body + f'{{"end":1,"sha256":"{hashlib.sha256(body).hexdigest()}"}}\n'.encode())
    with pytest.raises(InputError, match="newer version"):
        restore_ledger(tmp_path / "two", tmp_path / "all.jsonl")


def test_a_server_s_earlier_ledger_is_brought_up(store: Store) -> None:
    with store.open() as ledger:
        recorded(ledger, build(figures=(figure(),)))
    database = store.database()
    with database.transaction(writing=True) as session:
        session.execute("DROP INDEX event_by_kind")
        session.execute("DROP TABLE event_link")
        session.execute("DELETE FROM ledger_schema")
        session.execute("INSERT INTO ledger_schema VALUES (1)")
    with store.open() as ledger:
        assert ledger.figures_of(ledger.builds(MEETING)[0]) == (figure(),)
    with database.transaction(writing=True) as session:
        session.execute("DROP INDEX event_by_kind")  # raises where the index was not made
    database.close()
    assert [path.name.rpartition(".")[0] for path in (store.folder / "backups").iterdir()] == ["before-form-2"]
