"""Opening a ledger, or beginning one where there has never been any. A ledger that is lost is never begun anew.

One of an earlier form is brought to this program's, each step once, all or none, after a copy was taken. A step is plain SQL, because it must
mean the same whatever the tables have become since. It never changes what an event says."""

import os
import sqlite3
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing, suppress
from pathlib import Path

from reportpack.drive_files import bytes_of, is_elsewhere
from reportpack.errors import OutputError, RefusedError, Remedy, fails_as
from reportpack.ledger.backup import copy_missing, read_backup, write_backup
from reportpack.ledger.chain import last_link, link_all
from reportpack.ledger.database import APPLICATION, SCHEMA, VERSION, Database, file_database, server_database
from reportpack.ledger.faults import damaged, fault, newer, not_downloaded, not_ours
from reportpack.ledger.hold import FolderHold, Hold, ServerHold, holding
from reportpack.ledger.kept_files import SHARED, kept_path, write_whole
from reportpack.ledger.ledger import Ledger
from reportpack.model.event import RegisterSeen

STEPS: Mapping[int, Sequence[str]] = {
    2: ("CREATE INDEX IF NOT EXISTS event_by_kind ON event (kind, number)",),
    3: (
        (
            "CREATE TABLE event_link (number INTEGER NOT NULL, content TEXT NOT NULL, link TEXT NOT NULL, "
            "PRIMARY KEY (number), FOREIGN KEY(number) REFERENCES event (number))"
        ),
    ),
}
"""What makes of the form before it the form of that number."""
_LINKED_FROM = 3


def version_of(database: Database) -> int:
    """The form of the ledger; an InputError for one that a later program wrote, or none."""
    with database.transaction() as session:
        version = int(session.value("SELECT max(version) FROM ledger_schema") or 0)
    if version > VERSION:
        raise newer(database.name, version, VERSION)
    if version < 1:
        raise damaged(database.name)
    return version


def _bring_up(database: Database, hold: Hold, folder: Path, path: Path | None) -> None:
    if version_of(database) == VERSION:
        return
    with holding(hold, database.name):
        version = version_of(database)
        if version == VERSION:
            return
        _copy(database, folder / "backups", path, version)
        with database.transaction(writing=True) as session:
            for number in range(version + 1, VERSION + 1):
                for step in STEPS[number]:
                    session.execute(step)
                session.insert(SCHEMA, [[number]])
            if version < _LINKED_FROM:
                link_all(session)


def _copy(database: Database, folder: Path, path: Path | None, version: int) -> None:
    if path is None:
        write_backup(database, folder / f"before-form-{version + 1}.jsonl", linked=version >= _LINKED_FROM)
        return
    copy = folder / f"before-form-{version + 1}.sqlite"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(path)) as old, closing(sqlite3.connect(copy)) as new:
            old.backup(new)
        copy.chmod(SHARED)
    except (OSError, sqlite3.Error) as error:
        raise OutputError(
            f"The ledger is of an earlier form, and no copy of it can be put into {folder.name}/ before it is brought up: {error}.",
            "Make room, or let somebody who may write there run the program first; the ledger is as it was.",
        ) from error


FILE = "ledger.sqlite"
_SERVER = "server.txt"  # The link of the first event of the ledger on a server that the kept files of a folder go with.
_HEADER = b"SQLite format 3\x00"


def open_ledger(folder: Path, url: str = "", *, register_number: int | None = None, second: Path | None = None) -> Ledger:
    """The ledger in the folder (`inputs/memory`), or the one at a database URL; kept files are in the folder either way.

    `register_number` is what the register workbook carries: with one, there has been a ledger, and a missing one is refused.
    `second` is a folder elsewhere that gets a copy of every backup and of the outbox's journal."""
    if url:
        return _open_server(url, folder, register_number, second)
    path = folder / FILE
    if not path.exists():
        if is_elsewhere(path):
            raise not_downloaded(f"{folder.name}/{FILE}")
        _refuse_if_lost(register_number, f"{folder.name}/{FILE}", is_missed(folder, second))
        _begin(path)
    _look_over(path)
    database, hold = file_database(path, FILE), FolderHold(folder)
    _bring_up(database, hold, folder, path)
    return Ledger(database, folder, hold, second)


def no_ledger(folder: Path) -> Ledger:
    """The ledger of an office that has recorded nothing: an empty one that is nowhere, to be read and never recorded in."""
    database = file_database(Path(":memory:"), FILE)
    database.make_tables()
    return Ledger(database, folder, FolderHold(folder), begun=False)


def is_begun(folder: Path, url: str = "") -> bool:
    """Whether there is a ledger, there or at the database URL."""
    if not url:
        return (folder / FILE).exists() or is_elsewhere(folder / FILE)
    database = server_database(url)
    try:
        return _has_tables(database)
    finally:
        database.close()


def is_missed(folder: Path, second: Path | None) -> str:
    """What remembers the ledger of that folder: the outbox beside it, or the second place; "" where nothing does."""
    journal = folder.parent / "outbox" / "journal.jsonl"
    if journal.is_file() and journal.stat().st_size:
        return "inputs/outbox remembers what went from here"
    return "the second place holds backups of it" if second is not None and any(second.glob("backups/*.jsonl")) else ""


def restore_ledger(folder: Path, backup: Path, url: str = "") -> int:
    """Make the ledger in the folder, or at the URL, from a backup; one that is there is never overwritten. Gives the number of events."""
    counts: list[int] = []

    def fill(database: Database) -> None:
        counts.append(read_backup(database, backup, folder / "files"))

    if is_begun(folder, url):
        place, again = f"{folder.name}/", f"rename {FILE} first, then restore again; keep the renamed file."
        if url:
            place, again = "that database", "name another database or schema, then restore again."
        found = f"There is a ledger in {place} already, and restoring would overwrite it."
        raise RefusedError(found, f"If it is damaged, {again}")
    if url:
        database = server_database(url)
        _begin_server(database, fill)
        with database.transaction() as session:
            _go_with(folder, last_link(session, 1)[1])
        database.close()
    else:
        _begin(folder / FILE, fill)
    if (beside := backup.parent.parent / "files").is_dir() and beside.resolve() != (folder / "files").resolve():
        copy_missing(beside, folder / "files", "??/*")
    return counts[0]


def _refuse_if_lost(register_number: int | None, name: str, seen: str = "") -> None:
    if register_number is not None:
        seen = f"register.xlsx has been through one (its write number {register_number})"
    if seen:
        words, then = (
            "Put the folder inputs/memory back, or restore a backup:",
            ". Beginning a new one would forget what was built, sent and promised.",
        )
        raise RefusedError(f"The ledger {name} is missing, but {seen}.", Remedy(words, "ledger restore", "FILE", then=then))


def _begin(path: Path, fill: Callable[[Database], None] | None = None) -> None:
    """Make an empty ledger, or a filled one, beside its place and link it there whole, so that two first runs, or a crash, leave one or none."""
    found, remedy = f"No ledger can be begun in {path.parent.name}/", "See that you may write there, then run again."
    with fails_as(OutputError, found, remedy):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".ledger-", suffix=".new")
        os.close(handle)
    begun = Path(name)
    try:
        database = file_database(begun, path.name)
        try:
            database.make_tables()
            if fill is not None:
                fill(database)
        finally:
            database.close()
        with fails_as(OutputError, found, remedy):
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
        header = bytes_of(path, 100)
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


def _open_server(url: str, folder: Path, register_number: int | None, second: Path | None) -> Ledger:
    database = server_database(url)
    hold = ServerHold(database)
    if not _has_tables(database):
        _refuse_if_lost(register_number, database.name)
        _begin_server(database, None)
    _bring_up(database, hold, folder, None)
    ledger = Ledger(database, folder, hold, second)
    _refuse_other_office(ledger, folder, database.name)
    return ledger


def _refuse_other_office(ledger: Ledger, folder: Path, name: str) -> None:
    """One whose kept files lie elsewhere: two offices on one database would number, send and forget each other's."""
    named, link = [one.rows for one in ledger.happened(RegisterSeen)], ledger.link(1)[1]
    with suppress(OSError):
        if (folder / _SERVER).read_text(encoding="utf-8").strip() == link:
            return
    if named and not any(kept_path(folder / "files", one).exists() for one in named):
        found = f"The ledger in {name} is another office's: none of the files that it names lies in {folder.name}/files."
        remedy = "Give this office a database or a schema of its own, as url in office.toml; or put that folder back."
        raise RefusedError(found, remedy)
    if named:
        _go_with(folder, link)


def _go_with(folder: Path, link: str) -> None:
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(folder / _SERVER, f"{link}\n".encode())


def _has_tables(database: Database) -> bool:
    with database.transaction() as session:
        return session.value(f"SELECT to_regclass('{SCHEMA.name}')") is not None


def _begin_server(database: Database, fill: Callable[[Database], None] | None) -> None:
    with holding(ServerHold(database), database.name):
        if _has_tables(database):
            return
        database.make_tables()
        if fill is None:
            return
        try:
            fill(database)
        except BaseException:
            database.drop_tables()
            raise
