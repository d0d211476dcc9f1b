"""A ledger looked at as a whole: its pages, the chain of its events, the files that events name, and a backup that is restored on trial."""

import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from reportpack.errors import ReportpackError
from reportpack.ledger.backup import read_backup
from reportpack.ledger.chain import broken_links, last_link
from reportpack.ledger.database import Database, file_database
from reportpack.ledger.kept_files import kept_file, kept_names
from reportpack.model.event import Build, Event, RegisterSeen
from reportpack.model.outbox import LetterQueued
from reportpack.model.release import Published, Released


def ledger_faults(database: Database, erased: Iterable[int]) -> Iterator[str]:
    """What the database itself and the chain say; words may be missing from `erased` events alone."""
    allowed = set(erased)
    with database.transaction() as session:
        for statement in database.dialect.examined:
            yield from (f"The database says: {said}." for (said,) in session.rows(statement) if said != "ok")
        for number, broken in broken_links(session):
            if broken:
                yield f"The chain of events is broken at event {number}: an event was taken out, put in or changed there."
            elif number not in allowed:
                yield f"Event {number} is not what was recorded: something other than this program has changed it."


def kept_faults(files: Path, events: Iterable[Event], gone: Iterable[str]) -> Iterator[str]:
    """Kept files that are not what was kept, and those that events name and that are missing; `gone` were erased."""
    there, erased = kept_names(files), set(gone)
    for sha256 in there:
        try:
            kept_file(files, sha256)
        except ReportpackError as error:
            yield error.found
    missing = {sha256 for event in events for sha256 in _named(event)} - set(there) - erased
    yield from (f"The kept file {sha256[:12]} is missing." for sha256 in sorted(missing))


def _named(event: Event) -> tuple[str, ...]:
    match event.what:
        case Build(files=files) | Released(files=files) | Published(files=files):
            return tuple(one.sha256 for one in files)
        case LetterQueued(letter=letter):
            return tuple(one.sha256 for one in letter.enclosures)
        case RegisterSeen(rows=rows):
            return (rows,)
        case _:
            return ()


def try_backup(backup: Path) -> tuple[int, str]:
    """Restore a backup in a folder of its own, which is taken away again; gives the number and the link of its newest event."""
    with tempfile.TemporaryDirectory(prefix="reportpack-rehearsal-") as place:
        database = file_database(Path(place) / "ledger.sqlite", backup.name)
        try:
            database.make_tables()
            read_backup(database, backup, Path(place) / "files")
            with database.transaction() as session:
                return last_link(session)
        finally:
            database.close()
