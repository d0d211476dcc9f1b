"""Who may record: one run at a time, from what it reads over what it decides to what it writes. The system frees a dead run's hold.

In a folder the hold is SQLite's own lock on a file that is never written to, so that it works wherever the ledger does. Whoever has it says
so in a file beside it: a run that finds another's name there knows that the locks of this drive do not hold, and stops before it records."""

import logging
import os
import platform
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from reportpack.errors import OutputError, RefusedError, fails_as
from reportpack.ledger.database import APPLICATION, Database
from reportpack.ledger.faults import busy, fault
from reportpack.ledger.kept_files import SHARED

_LOCK = "recording.lock"
_WHO = "recording.txt"
_TRIED = "locks-tried"
_ASK_EVERY = 0.1
_SAY_AFTER = 3.0
_PATIENCE = 120.0  # Seconds. Nothing that is done under a hold takes longer than setting a pack's pages twice.
_TRY_LOCK = """
import sqlite3, sys
try:
    sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None, uri=sys.argv[1].startswith("file:")).execute("BEGIN IMMEDIATE")
except sqlite3.OperationalError:
    sys.exit(3)
"""
_log = logging.getLogger(__name__)
"""Its warnings reach the user's terminal as they are."""


@contextmanager
def holding(hold: "Hold", name: str) -> Iterator[None]:
    """Wait for the hold, say so after a while, and free it at the end; OutputError when somebody keeps it too long."""
    tries = 0
    while not hold.take():
        tries += 1
        if tries == round(_SAY_AFTER / _ASK_EVERY):
            _log.warning("Another run%s is recording just now: waiting for it to end.", hold.holder())
        if tries >= _PATIENCE / _ASK_EVERY:
            raise busy(name)
        time.sleep(_ASK_EVERY)
    try:
        yield
    finally:
        hold.free()


class FolderHold:
    """The hold of a ledger in a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock: sqlite3.Connection | None = None
        self._me = f"{platform.node() or 'this machine'} {os.getpid()}\n"

    def take(self) -> bool:
        """Take the lock, and see once for each machine and drive that another process feels it."""
        address = _address(self._folder / _LOCK)
        try:
            lock = sqlite3.connect(address, timeout=0, isolation_level=None, uri=address.startswith("file:"))
            lock.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorname.startswith("SQLITE_BUSY"):
                return False
            raise fault(f"in {self._folder.name}/", str(error), error.sqlite_errorname) from error
        self._lock = lock
        try:
            self._say_who()
            self._try_lock(address)
        except BaseException:
            self.free()
            raise
        return True

    def check(self) -> None:
        """Whether our name still stands there. That it cannot be read at all is no proof of another run."""
        with suppress(OSError):
            if (self._folder / _WHO).read_text(encoding="utf-8") not in (self._me, ""):
                raise _does_not_hold(self._folder)

    def free(self) -> None:
        """The name goes first, so that nobody's but the holder's is ever read."""
        with suppress(OSError):
            if (self._folder / _WHO).read_text(encoding="utf-8") == self._me:
                (self._folder / _WHO).unlink()
        if self._lock is not None:
            self._lock.close()
        self._lock = None

    def holder(self) -> str:
        """The machine that says it records."""
        with suppress(OSError, ValueError):
            return f" on {(self._folder / _WHO).read_text(encoding='utf-8').rpartition(' ')[0]}"
        return ""

    def _say_who(self) -> None:
        remedy = "Make room, or see that you may write there; then run again. Nothing was recorded."
        with fails_as(OutputError, f"The folder {self._folder.name} cannot be written to", remedy):
            (self._folder / _WHO).write_text(self._me, encoding="utf-8")
        for name in (_LOCK, _WHO):
            with suppress(OSError):
                (self._folder / name).chmod(SHARED)

    def _try_lock(self, address: str) -> None:
        """A drive whose locks do not hold lets two runs give one reference twice. What held once is not tried again."""
        tried = self._folder / _TRIED / f"{platform.node() or 'machine'}.txt"
        drive = f"{self._folder.resolve()} {self._folder.stat().st_dev}"
        with suppress(OSError, ValueError):
            if tried.read_text(encoding="utf-8") == drive:
                return
        try:
            other = subprocess.run([sys.executable, "-I", "-S", "-c", _TRY_LOCK, address], capture_output=True, check=False)  # noqa: S603 - our own words
        except OSError:
            return
        if other.returncode == 0:
            raise _does_not_hold(self._folder)
        if other.returncode == 3:
            with suppress(OSError):
                tried.parent.mkdir(exist_ok=True)
                tried.write_text(drive, encoding="utf-8")


def _address(lock: Path) -> str:
    """What SQLite opens: a name of its own, so that a drive can be stood in for whose locks hold nobody back."""
    return str(lock)


def _does_not_hold(folder: Path) -> RefusedError:
    return RefusedError(
        f"The drive that holds {folder} does not keep two runs apart: its locks do not hold. Nothing was recorded.",
        "Keep the office's folder on a drive of this machine or on an ordinary shared drive (SMB, not WebDAV), let one person at a time "
        "run the program, or put the ledger into PostgreSQL (docs/memory.md).",
    )


class ServerHold:
    """The hold of a ledger in PostgreSQL: an advisory lock, which the server frees when the connection ends. `what` is what it keeps apart."""

    def __init__(self, database: Database, what: str = "") -> None:
        self._database = database
        self._key = f"{APPLICATION}, hashtext(current_schema() || '{what}')"
        self._connection: Any = None

    def take(self) -> bool:
        """Ask for the lock of this database and schema."""
        with self._database.said():
            connection = self._database.connect()
            (taken,) = connection.execute(f"SELECT pg_try_advisory_lock({self._key})").fetchone()
            if not taken:
                connection.close()
                return False
        self._connection = connection
        return True

    def check(self) -> None:
        """The lock goes with the connection: a server that was started anew has forgotten it."""
        with self._database.said():
            if self._connection is not None:
                self._connection.execute("SELECT 1")

    def free(self) -> None:
        """The server frees it when the connection ends."""
        if self._connection is not None:
            with suppress(self._database.dialect.errors):
                self._connection.execute(f"SELECT pg_advisory_unlock({self._key})")
            self._connection.close()
        self._connection = None

    def holder(self) -> str:
        """The server does not say."""
        return ""


Hold = FolderHold | ServerHold
"""What keeps other runs from recording."""
