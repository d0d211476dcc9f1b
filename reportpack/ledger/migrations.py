"""From the form that an earlier program wrote to the one this program knows: each step once, all or none, after a copy was taken.

A step is plain SQL, because it must mean the same whatever the tables have become since. It never changes what an event says.
"""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from reportpack.errors import OutputError
from reportpack.ledger.backup import write_backup
from reportpack.ledger.chain import link_all
from reportpack.ledger.database import Database
from reportpack.ledger.faults import damaged, newer
from reportpack.ledger.kept_files import SHARED
from reportpack.ledger.tables import SCHEMA, VERSION

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


def bring_up(database: Database, folder: Path, path: Path | None) -> None:
    """Bring the ledger to this program's form; `path` is its file, where it is one. Only for who holds it."""
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
