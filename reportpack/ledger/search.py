"""The index of every word that was ever issued: SQLite's FTS5 in a file of its own, which can be made again, whichever database holds the ledger."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from reportpack import patterns as re
from reportpack.errors import OutputError
from reportpack.model.edition import Audience
from reportpack.model.statement import Findable, Passage

FILE = "search.sqlite"
_FORM = 1
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_A_DAY = 10_000_000  # Numbers of lines for each day: the newest are found first without sorting.
_MADE = (
    "CREATE TABLE record (key TEXT PRIMARY KEY, title TEXT, file TEXT, day TEXT, edition TEXT, first INTEGER, last INTEGER)",
    "CREATE INDEX record_by_last ON record (last)",
    "CREATE VIRTUAL TABLE line USING fts5(words, place UNINDEXED, record UNINDEXED, tokenize = 'porter unicode61 remove_diacritics 2')",
    "CREATE TABLE taken (events INTEGER)",
    "INSERT INTO taken VALUES (0)",
    f"PRAGMA user_version = {_FORM}",
)


@contextmanager
def open_index(folder: Path) -> Iterator["Index"]:
    """The index in the folder; one that is damaged, or of another form, is begun anew."""
    try:
        connection = _opened(folder)
        try:
            with connection:
                yield Index(connection)
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise OutputError(f"The index {FILE} cannot be used: {error}.", f"Remove {folder / FILE}: it is made again.") from error


def forget_index(folder: Path) -> None:
    """Take it away with every word in it."""
    (folder / FILE).unlink(missing_ok=True)


def _opened(folder: Path) -> sqlite3.Connection:
    try:
        return _connect(folder / FILE)
    except sqlite3.OperationalError:  # it is in use, or may not be written: nothing is wrong with what it holds
        raise
    except sqlite3.DatabaseError:
        forget_index(folder)
        return _connect(folder / FILE)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=15)
    (form,) = connection.execute("PRAGMA user_version").fetchone()
    if form != _FORM:
        if form or connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            connection.close()
            raise sqlite3.DatabaseError("another form")
        for statement in _MADE:
            connection.execute(statement)
    return connection


class Index:
    """An open index."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @property
    def taken(self) -> int:
        """The number of the last event of the ledger whose words are in it."""
        (number,) = self._connection.execute("SELECT events FROM taken").fetchone()
        return int(number)

    def take(self, records: Iterable[Findable], events: int) -> None:
        """Hold these records, each in the place of the one with its key; all the ledger's events up to that number are in it then."""
        for record in records:
            self.drop(record.key)
            self._add(record)
        self._connection.execute("UPDATE taken SET events = ?", (events,))

    def keys(self, beginning: str) -> frozenset[str]:
        """The keys of the records that begin so."""
        found = self._connection.execute("SELECT key FROM record WHERE substr(key, 1, length(?)) = ?", (beginning, beginning))
        return frozenset(key for (key,) in found)

    def drop(self, key: str) -> None:
        """Take a record out with its lines."""
        for lines in self._connection.execute("SELECT first, last FROM record WHERE key = ?", (key,)).fetchall():
            self._connection.execute("DELETE FROM line WHERE rowid BETWEEN ? AND ?", lines)
        self._connection.execute("DELETE FROM record WHERE key = ?", (key,))

    def _add(self, record: Findable) -> None:
        begin = record.day.toordinal() * _A_DAY
        of_day = "SELECT max(last) FROM record WHERE last BETWEEN ? AND ?"
        (before,) = self._connection.execute(of_day, (begin, begin + _A_DAY)).fetchone()
        first = (before or begin) + 1
        numbered = enumerate(record.lines, first)
        lines = [(number, _UNSTORABLE.sub(" ", one.words), one.place, record.key) for number, one in numbered]
        self._connection.executemany("INSERT INTO line (rowid, words, place, record) VALUES (?, ?, ?, ?)", lines)
        row = (record.key, record.title, record.file, record.day.isoformat(), record.edition.value, first, first + len(lines))
        self._connection.execute("INSERT INTO record VALUES (?, ?, ?, ?, ?, ?, ?)", row)

    def find(self, phrases: Iterable[str], editions: Iterable[Audience], most: int) -> tuple[Passage, ...]:
        """The newest lines that hold every phrase, in any form of its words."""
        match = " AND ".join('"' + _UNSTORABLE.sub(" ", one).replace('"', '""') + '"' for one in phrases)
        named = [one.value for one in editions]
        rows = self._connection.execute(
            "SELECT words, place, title, file, day, edition FROM line JOIN record ON record.key = line.record "
            f"WHERE line MATCH ? AND edition IN ({', '.join('?' for _ in named)}) ORDER BY line.rowid DESC LIMIT ?",
            (match, *named, most),
        )
        found = ((*said, date.fromisoformat(day), Audience(edition)) for *said, day, edition in rows)
        return tuple(Passage(*one) for one in found)
