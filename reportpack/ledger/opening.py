"""Opening a ledger, or beginning one where there has never been any. A ledger that is lost is never begun anew."""

import os
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, insert, inspect, make_url, text
from sqlalchemy import event as hooks
from sqlalchemy.exc import ArgumentError

from reportpack.drive_files import is_elsewhere
from reportpack.errors import InputError, OutputError, RefusedError
from reportpack.ledger.backup import read_backup
from reportpack.ledger.faults import damaged, fault, not_downloaded, not_ours, said
from reportpack.ledger.hold import FolderHold, Hold, ServerHold, holding
from reportpack.ledger.kept_files import SHARED
from reportpack.ledger.ledger import Ledger
from reportpack.ledger.migrations import bring_up, version_of
from reportpack.ledger.tables import APPLICATION, VERSION, metadata, schema

FILE = "ledger.sqlite"
_PATIENCE = 15.0
"""Seconds to wait for somebody else's run."""
_HEADER = b"SQLite format 3\x00"


def open_ledger(folder: Path, url: str = "", *, register_number: int | None = None) -> Ledger:
    """The ledger in the folder (`inputs/memory`), or the one at a database URL; kept files are in the folder either way.

    `register_number` is what the register workbook carries: with one, there has been a ledger, and a missing one is refused.
    """
    if url:
        return _open_server(url, folder, register_number)
    path = folder / FILE
    if not path.exists():
        if is_elsewhere(path):
            raise not_downloaded(f"{folder.name}/{FILE}")
        _refuse_if_lost(register_number, f"{folder.name}/{FILE}")
        _begin(path)
    _look_over(path)
    engine = _sqlite(path)
    hold = FolderHold(folder)
    _bring_up(engine, FILE, hold, folder, path)
    return Ledger(engine, FILE, folder, hold)


def is_begun(folder: Path, url: str = "") -> bool:
    """Whether there is a ledger, there or at the database URL."""
    if not url:
        return (folder / FILE).exists() or is_elsewhere(folder / FILE)
    engine, name = _server(url)
    with said(name), engine.connect() as connection:
        return inspect(connection).has_table(schema.name)


def restore_ledger(folder: Path, backup: Path, url: str = "") -> int:
    """Make the ledger in the folder, or at the URL, from a backup; one that is there is never overwritten. Gives the number of events."""
    counts: list[int] = []

    def fill(engine: Engine, name: str) -> None:
        counts.append(read_backup(engine, name, backup, folder / "files"))

    if is_begun(folder, url):
        raise RefusedError(
            f"There is a ledger in {folder.name}/ already, and restoring would overwrite it."
            if not url
            else "There is a ledger in that database already, and restoring would overwrite it.",
            f"If it is damaged, rename {FILE} first, then restore again; keep the renamed file."
            if not url
            else "If it is damaged, name another database or schema, then restore again.",
        )
    if url:
        engine, name = _server(url)
        _begin_server(engine, name, fill)
    else:
        _begin(folder / FILE, fill)
    return counts[0]


def _refuse_if_lost(register_number: int | None, name: str) -> None:
    if register_number is not None:
        raise RefusedError(
            f"The ledger {name} is missing, but register.xlsx has been through one (its write number {register_number}).",
            "Put the folder inputs/memory back, or restore a backup (reportpack ledger restore). "
            "Beginning a new one would forget what was built, sent and promised.",
        )


def _begin(path: Path, fill: Callable[[Engine, str], None] | None = None) -> None:
    """Make an empty ledger, or a filled one, beside its place and link it there whole, so that two first runs, or a crash, leave one or none."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ledger-", suffix=".new")
        os.close(handle)
    except OSError as error:
        raise OutputError(
            f"No ledger can be begun in {path.parent.name}/: {error.strerror}.", "See that you may write there, then run again."
        ) from error
    begun = Path(name)
    try:
        engine = _sqlite(begun)
        with said(path.name), engine.connect().execution_options(writes=True) as connection, connection.begin():
            metadata.create_all(connection)
            connection.execute(insert(schema), [{"version": VERSION}])
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION}")
        if fill is not None:
            fill(engine, path.name)
        engine.dispose()
        begun.chmod(SHARED)
        _put(begun, path)
    finally:
        begun.unlink(missing_ok=True)


def _put(begun: Path, path: Path) -> None:
    """Where hard links are not to be had (some shares), a rename will do: another first run can only have made the same."""
    try:
        os.link(begun, path)
    except FileExistsError:
        return
    except OSError:
        if not path.exists():
            begun.replace(path)


def _look_over(path: Path) -> None:
    """What the first bytes tell before SQLite is asked: an empty file would pass for an empty database."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            header = file.read(100)
    except OSError as error:
        if is_elsewhere(path):
            raise not_downloaded(path.name) from error
        raise fault(path.name, "unable to open") from error
    if not header.strip(b"\0") and is_elsewhere(path):
        raise not_downloaded(path.name)
    if len(header) < 100 or not header.startswith(_HEADER):
        raise damaged(path.name)
    page = int.from_bytes(header[16:18], "big")
    pages, counted_at, changed_at = (int.from_bytes(header[at : at + 4], "big") for at in (28, 92, 24))
    hot = path.with_name(f"{path.name}-journal").exists()
    if counted_at == changed_at and not hot and size < pages * (65536 if page == 1 else page):
        raise damaged(path.name)
    if int.from_bytes(header[68:72], "big") != APPLICATION:
        raise not_ours(path.name)


def _sqlite(path: Path) -> Engine:
    """A rollback journal, because write-ahead logs do not work on a shared drive; every write on the disk before it counts."""
    engine = create_engine("sqlite://", creator=lambda: _connect(path), poolclass=None)

    @hooks.listens_for(engine, "begin")
    def begin(connection: Any) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = DELETE")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA secure_delete = ON")
    return connection


def _server(url: str) -> tuple[Engine, str]:
    """The engine, and the URL as it may be shown."""
    try:
        address = make_url(url)
        if address.get_backend_name() != "postgresql":
            raise InputError(
                f"The ledger's URL names {address.get_backend_name()}, which is not known here.",
                "Write it as postgresql://user@server/database.",
            )
        address = address.set(drivername="postgresql+psycopg")
        engine = create_engine(address, pool_pre_ping=True, connect_args={"connect_timeout": round(_PATIENCE)})
    except ArgumentError as error:
        raise InputError("The ledger's URL cannot be read.", "Write it as postgresql://user@server/database.") from error
    except ModuleNotFoundError as error:
        raise InputError(
            "The ledger is in PostgreSQL, and the program's part for that is not installed.",
            'Install it: python -m pip install "psycopg[binary]".',
        ) from error
    return engine, address.render_as_string(hide_password=True)


def _open_server(url: str, folder: Path, register_number: int | None) -> Ledger:
    """A database server; its tables are made at the first use."""
    engine, name = _server(url)
    hold = ServerHold(engine, name)
    if not is_begun(folder, url):
        _refuse_if_lost(register_number, name)
        _begin_server(engine, name, None)
    _bring_up(engine, name, hold, folder, None)
    return Ledger(engine, name, folder, hold)


def _begin_server(engine: Engine, name: str, fill: Callable[[Engine, str], None] | None) -> None:
    """The tables, made by one run of several; filled, or taken away again when that fails."""
    with holding(ServerHold(engine, name), name):
        with said(name), engine.begin() as connection:
            if inspect(connection).has_table(schema.name):
                return
            metadata.create_all(connection)
            connection.execute(insert(schema), [{"version": VERSION}])
        if fill is None:
            return
        try:
            fill(engine, name)
            with said(name), engine.begin() as connection:
                connection.execute(
                    text("SELECT setval(pg_get_serial_sequence('event', 'number'), (SELECT max(number) FROM event))")
                )
        except BaseException:
            metadata.drop_all(engine)
            raise


def _bring_up(engine: Engine, name: str, hold: Hold, folder: Path, path: Path | None) -> None:
    if version_of(engine, name) < VERSION:
        with holding(hold, name):
            bring_up(engine, name, folder, path)
