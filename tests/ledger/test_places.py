"""An office whose ledger is in PostgreSQL, from its settings to its packs."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportpack.errors import InputError, RefusedError
from reportpack.run.init import make_office
from reportpack.run.ledger import back_up, restore
from reportpack.run.office_files import Folders
from reportpack.run.pack import BuiltPack, Order, build_pack
from reportpack.run.register.rows import add_row, standing_register
from reportpack.run.steps.recording import Change
from reportpack.settings.reading import ledger_url, read_settings
from tests.ledger.stores import Stores

TODAY = date(2031, 5, 6)
NOW = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    make_office(tmp_path / "office", TODAY)
    return tmp_path / "office"


def folders_of(office: Path) -> Folders:
    return Folders(office / "inputs", office / "build")


def build(office: Path, on: date | None = None, edition: None = None) -> BuiltPack:
    return build_pack(folders_of(office), Order("", edition, on, NOW, TODAY), lambda _: None)


def write(office: Path, words: str) -> None:
    settings = office / "inputs" / "office.toml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}\n{words}\n", encoding="utf-8")


@pytest.mark.needs("postgresql", "module:psycopg")
def test_a_whole_office_works_with_its_ledger_in_postgresql(office: Path, tmp_path: Path, pg_server: Stores) -> None:
    write(office, f'[memory]\nurl = "{pg_server(office).url}"')
    assert standing_register(folders_of(office), 2031) == ((), ())
    build(office)
    add_row(folders_of(office), "Actions", (("Action", "Share the plan"), ("Owner", "CC"), ("Due", "none")), Change(NOW))
    made = {path.name: path.read_bytes() for path in (office / "build").glob("*/*")}
    shutil.rmtree(office / "build")
    assert build(office, on=TODAY).again
    assert {path.name: path.read_bytes() for path in (office / "build").glob("*/*")} == made
    assert not (office / "inputs" / "memory" / "ledger.sqlite").exists()
    path, events = back_up(folders_of(office), tmp_path / "all.jsonl", TODAY)
    with pytest.raises(RefusedError, match="already"):
        restore(folders_of(office), path)
    (office / "inputs" / "office.toml").write_text(
        (office / "inputs" / "office.toml").read_text(encoding="utf-8").replace("[memory]\nurl", "[memory]\n# url"),
        encoding="utf-8",
    )
    with pytest.raises(RefusedError, match="is missing, but register"):
        build(office)
    assert restore(folders_of(office), path) == events
    assert [row.ref for row in standing_register(folders_of(office), 2031)[0]] == ["1/2031"]


def test_the_environment_goes_before_the_settings(office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert ledger_url(office / "inputs") == ""
    write(office, '[memory]\nurl = "postgresql://office@server/ledger"')
    assert ledger_url(office / "inputs") == "postgresql://office@server/ledger"
    monkeypatch.setenv("REPORTPACK_LEDGER", "postgresql://other@server/ledger")
    assert ledger_url(office / "inputs") == "postgresql://other@server/ledger"


def test_settings_that_cannot_be_read_never_begin_a_second_ledger(office: Path) -> None:
    write(office, '[memory]\nurl = "postgresql://office@server/ledger')
    with pytest.raises(InputError, match="It may say where the ledger is"):
        build(office)
    assert not (office / "inputs" / "memory").exists()


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("postgresql://office:hunter2@server/ledger", "password-in-file"),
        ("postgresql://server/ledger?user=office&password=hunter2", "password-in-file"),
        ("mysql://office@server/ledger", "wrong-value"),
        ("postgresql://office@server:5432/ledger?sslmode=require", ""),
    ],
)
def test_a_password_in_the_url_stops_the_run(office: Path, url: str, kind: str) -> None:
    write(office, f'[memory]\nurl = "{url}"')
    settings, problems = read_settings(office / "inputs")
    assert [one.kind for one in problems] == ([kind] if kind else [])
    assert (settings is None) == (kind == "password-in-file")
    assert "hunter2" not in str(problems)


@pytest.mark.needs("postgresql", "module:psycopg")
def test_two_offices_on_one_database_are_told_and_the_first_goes_on(office: Path, tmp_path: Path, pg_server: Stores) -> None:
    url = f'[memory]\nurl = "{pg_server(office).url}"'
    write(office, url)
    build(office)
    make_office(tmp_path / "other", TODAY)
    write(tmp_path / "other", url)
    with pytest.raises(RefusedError, match="is another office's"):
        build(tmp_path / "other")
    build(office)
    path, events = back_up(folders_of(office), tmp_path / "all.jsonl", TODAY)
    make_office(tmp_path / "anew", TODAY)
    write(tmp_path / "anew", f'[memory]\nurl = "{pg_server(office).url}"')
    assert restore(folders_of(tmp_path / "anew"), path) == events
    shutil.rmtree(tmp_path / "anew" / "inputs" / "memory" / "files")
    with pytest.raises(InputError, match="The kept file"):  # the office knows its database still
        standing_register(folders_of(tmp_path / "anew"), 2031)
