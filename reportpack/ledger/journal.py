"""The outbox's own journal: from when on a letter may have gone, and what came of it. No restore, no backup and no erasure touches it.

It is only added to, and each line is on the disk before anything follows from it. It lies beside the office's memory, not in it; where the
ledger is on a server it is a table there that no backup holds. A line carries the hash of the line that its writer knew last, so that one
that was changed or taken out is seen; one that a crash tore is none. Recipients stand in it as hashes under a key in a file of its own."""

import hashlib
import hmac
import json
import os
import secrets
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from reportpack.drive_files import bytes_of
from reportpack.errors import InputError, OutputError, ReportpackError
from reportpack.ledger.database import Database
from reportpack.ledger.kept_files import SHARED, write_whole
from reportpack.model.journal import Entry, Step
from reportpack.records import Record

_TABLE = "outbox_journal"
_PLACE_WORDS = b"What this file is on the disk tells the office's own folder from a copy. Leave it where it is.\n"
_SHORT = 24
_OWN = SHARED & 0o660  # Nobody but the office reads the key.


class DamagedJournalError(InputError):
    """A line of the journal was changed or taken out."""


class _Read(Record):
    entries: tuple[Entry, ...] = ()
    links: tuple[str, ...] = ("",)
    """The hash of each line, behind an empty one."""


class Journal:
    """The journal of the outbox in that folder; where its lines are in a table of a `database`, the folder has a copy. `second` has one, too."""

    def __init__(self, folder: Path, database: Database | None = None, second: Path | None = None) -> None:
        self.folder = folder
        self.copies = tuple(one for one in (folder if database is not None else None, second) if one is not None)
        self.past = (0, "")
        """The ledger's newest event with its link, as the next entries say it."""
        self._database = database
        self._line: int | None = None
        self._read: _Read | None = None
        self._key: bytes | None = None
        self._mark = ""

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Every entry, oldest first; DamagedJournalError where one was changed or taken out."""
        if self._read is None:
            self._read = _understood(self._lines(), self._name)
        return self._read.entries

    @property
    def is_there(self) -> bool:
        """Whether it was ever begun here, and is not lost."""
        return (self._file.exists() if self._database is None else bool(self._lines())) and self.has_key

    @property
    def has_key(self) -> bool:
        """Whether the recipients in it can be told."""
        return len(self._key_bytes()) > 0

    @property
    def epoch(self) -> int:
        """The number of the epoch that it is in; 0 before the first."""
        return max((one.epoch for one in self.entries), default=0)

    @property
    def mark(self) -> str:
        """What the disk says of the place and of the journal's own file: no copy has the same. "" where it is not there."""
        if not self._mark:
            with suppress(OSError):
                place = (self.folder / "place").stat()
                own = self._file.stat().st_ino if self._database is None else 0
                self._mark = _sha256(f"{place.st_ino} {place.st_ctime_ns} {own}")[:_SHORT]
        return self._mark

    @property
    def is_known_place(self) -> bool:
        """Whether somebody wrote to it here before: it is not a copy, and was not put back from one."""
        return bool(self.mark) and any(one.mark == self.mark for one in self.entries)

    def recipient(self, email: str) -> str:
        """The keyed hash that an address stands under."""
        plain = email.strip().casefold().encode("utf-8", "surrogatepass")
        return hmac.new(self._key_bytes(), plain, "sha256").hexdigest()[:_SHORT]

    def begin(self, entries: Sequence[Entry]) -> None:
        """Begin it with its key and its place, or go on where only these are lost. One that cannot be understood is put aside."""
        self.close()
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            for name, data in (("key", secrets.token_hex(32).encode() + b"\n"), ("place", _PLACE_WORDS)):
                if not (self.folder / name).exists() or not (self.folder / name).stat().st_size:
                    write_whole(self.folder / name, data, mode=_OWN)
            aside = self._is_damaged() and f"journal_{entries[0].epoch}_not_as_written"
            if self._database is not None:
                with self._database.transaction(writing=True) as session:
                    if aside:
                        session.execute(f"ALTER TABLE {_TABLE} RENAME TO {aside}")
                    session.execute(f"CREATE TABLE IF NOT EXISTS {_TABLE} (number SERIAL PRIMARY KEY, line TEXT NOT NULL)")
            elif aside or not self._file.exists():
                if aside:
                    self._file.replace(self.folder / f"{aside}.jsonl")
                write_whole(self._file, b"", mode=_OWN)
        except OSError as error:
            raise self._unwritable(error) from error
        self.append(*entries)

    def _is_damaged(self) -> bool:
        try:
            return not self.entries and bool(self._lines())
        except DamagedJournalError:
            return True

    def append(self, *entries: Entry) -> None:
        """Add entries; when this is left they are on the disk."""
        epoch = max(one.epoch for one in (*self.entries, *entries))
        event, past = self.past
        read = self._read or _Read()
        lines, links = [], list(read.links)
        added = tuple(replace(one, epoch=one.epoch or epoch, event=event, past=past, mark=self.mark) for one in entries)
        for one in added:
            said = {key: value for key, value in asdict(one).items() if value or key == "step"}
            body = {"after": links[-1], **said}
            links.append(_link(body))
            lines.append(json.dumps(body | {"link": links[-1]}, separators=(",", ":")))
        self._write(lines)
        self._read = _Read((*read.entries, *added), tuple(links))

    def close(self) -> None:
        """Let go of the file, and read again what others may add."""
        if self._line is not None:
            os.close(self._line)
        self._line, self._read, self._mark = None, None, ""

    def ahead(self) -> tuple[Entry, ...]:
        """What its copies know of and it does not. One that is not to be reached is no reason to stop."""
        found: dict[str, Entry] = {}
        own = set(_understood(self._lines(), self._name).links)
        for folder in self.copies:
            with suppress(ReportpackError):
                copy = Journal(folder)
                theirs = _understood(copy._lines(), copy._name)
                found |= {link: one for one, link in zip(theirs.entries, theirs.links[1:], strict=True) if link not in own}
        return tuple(found.values())

    def copy(self) -> None:
        """Write all of it, and its key, into the folders of its copies; OSError for one that is not to be reached."""
        for folder in self.copies if self.is_there else ():
            folder.mkdir(parents=True, exist_ok=True)
            write_whole(folder / self._file.name, "".join(f"{line}\n" for line in self._lines()).encode(), mode=_OWN)
            if not Journal(folder).has_key:
                write_whole(folder / "key", self._key_bytes().hex().encode() + b"\n", mode=_OWN)

    @property
    def _file(self) -> Path:
        return self.folder / "journal.jsonl"

    @property
    def _name(self) -> str:
        return str(self._file) if self._database is None else f"{_TABLE} in {self._database.name}"

    def _key_bytes(self) -> bytes:
        if not self._key:
            with suppress(OSError, ValueError):
                self._key = bytes.fromhex(bytes_of(self.folder / "key").decode("ascii").strip())
        return self._key or b""

    def _lines(self) -> list[str]:
        if self._database is not None:
            with self._database.transaction() as session:
                if session.value(f"SELECT to_regclass('{_TABLE}')") is None:
                    return []
                return [line for (line,) in session.rows(f"SELECT line FROM {_TABLE} ORDER BY number")]
        try:
            return bytes_of(self._file).decode("utf-8", "replace").splitlines()
        except FileNotFoundError:
            return []
        except OSError as error:
            found = f"The journal of the outbox {self._file} cannot be read: {error.strerror}."
            raise OutputError(found, "See that whoever runs this may read and write everything in that folder.") from error

    def _write(self, lines: Sequence[str]) -> None:
        if self._database is not None:
            with self._database.transaction(writing=True) as session:
                for line in lines:
                    session.execute(f"INSERT INTO {_TABLE} (line) VALUES (?)", line)
            return
        data = "".join(f"{line}\n" for line in lines).encode()
        try:
            if self._line is None:
                self._line = os.open(self._file, os.O_RDWR | os.O_APPEND | getattr(os, "O_BINARY", 0))
            if os.fstat(self._line).st_size and os.lseek(self._line, -1, os.SEEK_END) >= 0 and os.read(self._line, 1) != b"\n":
                os.write(self._line, b"\n")  # what was torn is a line of its own, and none
            file = self._line
            while data:
                data = data[os.write(file, data) :]
            os.fsync(file)
        except OSError as error:
            raise self._unwritable(error) from error

    def _unwritable(self, error: OSError) -> OutputError:
        found = f"The journal of the outbox in {self.folder} cannot be written: {error.strerror or type(error).__name__}."
        return OutputError(found, "Make room, or see that you may write there. Nothing goes that is not in it first.")


def _understood(lines: Sequence[str], name: str) -> _Read:
    entries, links = list[Entry](), [""]
    seen = set(links)
    for line in lines:
        try:
            body = json.loads(line)
            link, after = body.pop("link"), body["after"]
        except (ValueError, KeyError, TypeError, AttributeError):
            continue  # torn by a crash before it counted
        if link != _link(body) or after not in seen:
            found = f"The journal of the outbox ({name}) is not as it was written: a line was changed or taken out."
            raise DamagedJournalError(found, "Find out what went, by the people or by the mail server's own list.")
        del body["after"]
        entries.append(Entry(**(body | {"step": Step(body["step"])})))
        seen.add(link)
        links.append(link)
    return _Read(tuple(entries), tuple(links))


def _link(body: dict[str, object]) -> str:
    return _sha256(json.dumps(body, separators=(",", ":"), sort_keys=True))[:_SHORT]


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
