"""A ledger as one plain file of JSON lines, and back again, exactly.

A later backup begins with all the lines of an earlier one, so that the next is made by going on where the last one ended; where that one has
grown large it is named in the first line instead, with its sha256, and must lie beside. The closing line counts the events and carries the
sha256 of everything above it: a file that was cut short or edited is known."""

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from reportpack.drive_files import bytes_of
from reportpack.errors import InputError, OutputError, fails_as
from reportpack.ledger.chain import content_of, link_all
from reportpack.ledger.database import BUILD_FIGURES, EVENT, FIGURE, SOURCE, VERSION, Database, Session, Table
from reportpack.ledger.faults import newer
from reportpack.ledger.figures import figure_ids, pack_ids
from reportpack.ledger.kept_files import keep_file, kept_bytes, kept_names, whole_file, write_whole
from reportpack.model.event import KINDS, Build
from reportpack.records import Record

_HEAD = "reportpack ledger"
_AT_ONCE = 1000
_END = b'{"end":'
_LONGEST_END = 200
NEWEST = 30
_DAILY = 31
COPIED_UP_TO = 8 * 2**20  # Bytes of an earlier backup that are copied into the next one; a larger one is referred to.


class _Backup(Record):
    """A whole file: the version that wrote it, where its closing line begins, its number of events, its sha256, and the file it goes on from."""

    path: Path
    version: int
    cut: int
    events: int
    sha256: str
    earlier: str = ""
    earlier_sha256: str = ""


def write_backup(
    database: Database, path: Path, *, earlier: Path | None = None, files: Path | None = None, linked: bool = True
) -> int:
    """Write all events and figures (and every kept file, when their folder is given) to `path`, whole or not at all.

    `earlier` is a backup of this ledger in the same folder to go on from; `linked` whether its events have links yet. Gives the number of events."""
    remedy = "Make room, or name a place where you may write; the ledger is as it was."
    with fails_as(OutputError, f"The backup {path.name} cannot be written", remedy):
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as out, database.transaction() as session:
            return _write_all(session, out, earlier, files, linked)


def _write_all(session: Session, out: BinaryIO, earlier: Path | None, files: Path | None, linked: bool) -> int:
    before = _to_go_on_from(earlier) if earlier is not None else None
    after = before.events if before is not None else 0
    if before is None:
        out.write(_line({_HEAD: VERSION}))
    elif before.cut <= COPIED_UP_TO:
        out.write(before.path.read_bytes()[: before.cut])
    else:
        out.write(_line({_HEAD: VERSION, "earlier": before.path.name, "sha256": before.sha256}))
    said = dict(session.rows("SELECT number, content FROM event_link")) if linked else {}
    out.writelines(_lines(session, after, said))
    if files is not None:
        kept = ((one, base64.b64encode(kept_bytes(files, one)).decode("ascii")) for one in kept_names(files))
        out.writelines(_line({"kept": name, "base64": data}) for name, data in kept)
    last = session.value("SELECT max(number) FROM event") or 0
    out.write(_line({"end": last, "sha256": _sha256_of(out, out.tell())}))
    return int(session.value("SELECT count(*) FROM event"))


def _to_go_on_from(path: Path) -> _Backup | None:
    """An earlier backup that is whole, of this version, and without kept files; None when it is of no use."""
    try:
        found = _look_over(path)
        if found is None or found.version != VERSION or (found.earlier and not (path.parent / found.earlier).is_file()):
            return None
        with path.open("rb") as file:
            return None if any(line.startswith(b'{"kept":') for line in file) else found
    except OSError:
        return None


def names_earlier(path: Path) -> str:
    """The file that this backup goes on from, "" when it stands alone."""
    with suppress(OSError, ValueError), path.open("rb") as file:
        return str(json.loads(file.readline()).get("earlier", ""))
    return ""


def backups_in(folder: Path) -> tuple[Path, ...]:
    """The backups that were taken before runs, oldest first."""
    return tuple(sorted(folder.glob("ledger-????-??-??-*.jsonl"), key=lambda one: one.stem.rpartition("-")[2]))


def remove_old(folder: Path) -> None:
    """Leave the newest 30 backups, one of each day of the last month, one of each month, and what they go on from."""
    backups = backups_in(folder)
    days = {one.stem[7:17]: one.name for one in backups}
    newest = max((date.fromisoformat(one) for one in days), default=date.min)
    recent = {name for day, name in days.items() if newest - date.fromisoformat(day) <= timedelta(days=_DAILY)}
    monthly = {day[:7]: name for day, name in days.items()}
    wanted = {*(one.name for one in backups[-NEWEST:]), *recent, *monthly.values()}
    for path in reversed(backups):
        if path.name in wanted:
            wanted.add(names_earlier(path))
        else:
            path.unlink(missing_ok=True)


def copy_missing(source: Path, target: Path, pattern: str) -> None:
    """Copy the files that the target lacks, each whole; OSError where it is not to be reached."""
    for path in source.glob(pattern):
        copy = target / path.relative_to(source)
        if not copy.exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            write_whole(copy, bytes_of(path))


def _look_over(path: Path) -> _Backup | None:
    size = path.stat().st_size
    with path.open("rb") as file:
        head = file.readline(1000)
        file.seek(max(0, size - _LONGEST_END))
        tail = file.read()
        start = tail.rfind(b"\n", 0, len(tail) - 1) + 1
        cut = size - len(tail) + start
        with suppress(ValueError, KeyError, TypeError, AttributeError):
            first, last = json.loads(head), json.loads(tail[start:])
            if tail[start:].startswith(_END) and tail.endswith(b"\n") and last["sha256"] == _sha256_of(file, cut):
                earlier, its_sha256 = first.get("earlier", ""), first.get("sha256", "")
                return _Backup(path, int(first[_HEAD]), cut, int(last["end"]), last["sha256"], earlier, its_sha256)
    return None


def _sha256_of(file: BinaryIO, size: int) -> str:
    digest = hashlib.sha256()
    file.seek(0)
    while size > 0 and (block := file.read(min(size, 1 << 20))):
        digest.update(block)
        size -= len(block)
    return digest.hexdigest()


def _lines(session: Session, after: int, said: dict[int, str]) -> Iterator[bytes]:
    """Each event after that number; before a build the sources and figures that no earlier build had.

    `said` are the hashes of what events said: where words were erased since, a line carries it."""
    told: set[int] = set()
    events = f"SELECT {', '.join(EVENT.columns)} FROM event WHERE number > ? ORDER BY number"
    for number, kind, subject, recorded, who, body in session.rows(events, after):
        ids = figure_ids(session, number) if kind == KINDS[Build].name else ()
        if ids:
            yield from _new_figures(session, number, told)
        line: dict[str, Any] = {"event": number, "kind": kind, "subject": subject, "recorded": recorded, "who": who}
        erased = {"content": said[number]} if said and said[number] != content_of(kind, subject, recorded, who, body) else {}
        yield _line(line | {"body": json.loads(body)} | ({"figures": ids} if ids else {}) | erased)


def _new_figures(session: Session, build: int, told: set[int]) -> Iterator[bytes]:
    columns = ", ".join(FIGURE.columns)
    new = session.rows(f"SELECT {columns} FROM figure WHERE first_build = ? ORDER BY id", build)
    rows = [dict(zip(FIGURE.columns, row, strict=True)) for row in new]
    keys = ("source", "numerator_source", "denominator_source")
    wanted = {row[key] for row in rows for key in keys if row[key] is not None} - told
    for found in sorted(session.rows_with(SOURCE, SOURCE.columns, sorted(wanted))):
        yield _line({"source": found[0], **_plain(dict(zip(SOURCE.columns, found, strict=True)))})
    told |= wanted
    for row in rows:
        yield _line({"figure": row["id"], **_plain(row), "from": row["source"]})


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    told = {key: value for key, value in row.items() if key not in ("id", "source")}
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in told.items()}


def _line(value: dict[str, Any]) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def read_backup(database: Database, path: Path, files: Path) -> int:
    """Fill an empty ledger from a backup, all or nothing; kept files in it are kept again. Gives the number of events."""
    chain = backup_chain(path)
    with database.transaction(writing=True) as session:
        restoring = _Restoring(session, files)
        for one in reversed(chain):
            for line in _lines_of(one):
                restoring.take(json.loads(line.decode("utf-8", "surrogatepass")))
        restoring.put()
        link_all(session, restoring.erased)
        for statement in database.dialect.restored:
            session.execute(statement)
        return restoring.events


def backup_chain(path: Path) -> list[_Backup]:
    """A backup and those that it goes on from, each whole; InputError where one is not."""
    chain: list[_Backup] = []
    wanted = ""
    while not chain or chain[-1].earlier:
        one = path.parent / chain[-1].earlier if chain else path
        remedy = f"Put it beside {path.name}, which goes on from it." if chain else "Name a backup that you may read."
        with fails_as(InputError, f"The backup {one.name} cannot be read", remedy):
            found = _look_over(one)
        if found is None or wanted not in ("", found.sha256):
            raise InputError(
                f"The backup {one.name} is cut short, was edited, or is not one of this program's.",
                "Take another one: nothing was restored.",
            )
        if found.version > VERSION:
            raise newer(one.name, found.version, VERSION)
        wanted = found.earlier_sha256
        chain.append(found)
    return chain


def _lines_of(backup: _Backup) -> Iterator[bytes]:
    with backup.path.open("rb") as file:
        at = len(file.readline())
        while at < backup.cut:
            line = file.readline()
            at += len(line)
            yield line


class _Restoring:
    """Rows on their way into an empty ledger, put in many at once; a source that is told twice is one."""

    def __init__(self, session: Session, files: Path) -> None:
        self.events = 0
        self.erased: dict[int, str] = {}
        self._session, self._files = session, files
        self._seen: set[int] = set()
        self._sources: list[Sequence[object]] = []
        self._events: list[Sequence[object]] = []
        self._figures: list[Sequence[object]] = []
        self._builds: list[Sequence[object]] = []

    def take(self, line: dict[str, Any]) -> None:
        if "kept" in line:
            keep_file(self._files, base64.b64decode(line["base64"]))
        elif "event" in line:
            body = json.dumps(line["body"], ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            self._events.append(_row(EVENT, line | {"number": line["event"], "body": body}))
            if "content" in line:
                self.erased[line["event"]] = line["content"]
            if ids := line.get("figures"):
                self._builds.append((line["event"], pack_ids(ids)))
            self.events += 1
            if len(self._events) >= _AT_ONCE or len(self._figures) >= _AT_ONCE:
                self.put()
        elif "figure" in line:
            self._figures.append(_row(FIGURE, line | {"id": line["figure"], "source": line["from"]}))
        elif line["source"] not in self._seen:
            self._seen.add(line["source"])
            self._sources.append(_row(SOURCE, line | {"id": line["source"]}))

    def put(self) -> None:
        waiting = ((SOURCE, self._sources), (EVENT, self._events), (FIGURE, self._figures), (BUILD_FIGURES, self._builds))
        for table, rows in waiting:
            if rows:
                self._session.insert(table, rows)
                rows.clear()


def _row(table: Table, values: dict[str, Any]) -> tuple[object, ...]:
    return tuple(values[column] for column in table.columns)
