"""The two databases that a ledger can be in, and all in which they differ: SQLite in a file, PostgreSQL on a server.

SQL is plain, with a question mark for each value. What a transaction does counts when it is left without an error, or not at all."""

import sqlite3
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

from reportpack import patterns as re
from reportpack.errors import InputError
from reportpack.ledger.faults import fault
from reportpack.records import Record

VERSION = 3
APPLICATION = 0x5250414B  # SQLite's application id: says that a file is a ledger of this program.


class Table(Record):
    """A table's columns with their types, as SQL; `{counter}`, `{key}` and `{bytes}` are what each database calls its own way (database.py)."""

    name: str
    types: str
    constraints: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Their names, in order."""
        return tuple(column.split()[0] for column in self.types.split(", "))

    def making(self, names: Mapping[str, str]) -> Iterator[str]:
        """The statements that make it, with a database's names for the types."""
        yield f"CREATE TABLE {self.name} ({', '.join((self.types.format(**names), *self.constraints))})"
        yield from self.indexes


SCHEMA = Table("ledger_schema", "version INTEGER NOT NULL", ("PRIMARY KEY (version)",))
"""Every version that this ledger has been brought to."""

EVENT = Table(
    "event",
    "number {counter}, kind VARCHAR(40) NOT NULL, subject TEXT NOT NULL, recorded VARCHAR(40) NOT NULL, who TEXT NOT NULL, "
    "body TEXT NOT NULL",
    indexes=(
        "CREATE INDEX event_by_subject ON event (kind, subject, number)",
        "CREATE INDEX event_by_kind ON event (kind, number)",
    ),
)
"""`subject` is what the event is about: a workbook's sha256, or `meeting/document/edition`. `body` is the rest, as JSON."""

LINK = Table(
    "event_link",
    "number INTEGER NOT NULL, content TEXT NOT NULL, link TEXT NOT NULL",
    ("PRIMARY KEY (number)", "FOREIGN KEY(number) REFERENCES event (number)"),
)
"""The chain of the events (chain.py)."""

SOURCE = Table(
    "source",
    "id {key} NOT NULL, file TEXT NOT NULL, sheet TEXT NOT NULL, sha256 TEXT NOT NULL, as_at DATE",
    ("PRIMARY KEY (id)",),
)

FIGURE = Table(
    "figure",
    "id {key} NOT NULL, first_build INTEGER NOT NULL, measure TEXT NOT NULL, area TEXT NOT NULL, period TEXT NOT NULL, value FLOAT, "
    "status TEXT NOT NULL, numerator FLOAT, denominator FLOAT, marks TEXT NOT NULL, raw TEXT NOT NULL, source {key} NOT NULL, "
    "cell TEXT NOT NULL, numerator_source {key}, numerator_cell TEXT, denominator_source {key}, denominator_cell TEXT",
    (
        "PRIMARY KEY (id)",
        "FOREIGN KEY(first_build) REFERENCES event (number)",
        *(f"FOREIGN KEY({one}) REFERENCES source (id)" for one in ("source", "numerator_source", "denominator_source")),
    ),
    ("CREATE INDEX ix_figure_first_build ON figure (first_build)",),
)
"""Every figure that was ever used, once: its id is made of all that it says. `first_build` is the first that used it."""

BUILD_FIGURES = Table(
    "build_figures",
    "build INTEGER NOT NULL, figures {bytes} NOT NULL",
    ("PRIMARY KEY (build)", "FOREIGN KEY(build) REFERENCES event (number)"),
)
"""The ids of a build's figures in their order, eight bytes each."""

TABLES = (SCHEMA, EVENT, LINK, SOURCE, FIGURE, BUILD_FIGURES)  # In the order that their references ask for.

PATIENCE = 15.0  # Seconds to wait for somebody else's run.
_AT_ONCE = 500  # Values in one statement; SQLite takes no more than some thousands.
_UNSTORABLE = re.compile("[\x00\x1b\ud800-\udfff]")
"""What no database takes (NUL, half of a character outside the first plane) is written as ESC and its number."""
_STORED = re.compile("\x1b([0-9a-f]{4})")


class Dialect(Record):
    """All in which the SQL of one database differs from the other's."""

    mark: str
    """Where a value goes."""
    begin_writing: str
    """Begins a transaction that writes: in SQLite it waits its turn at once, so that what is read in it still stands when it writes."""
    types: Mapping[str, str]
    begun: tuple[str, ...]
    """What is said to new tables."""
    restored: tuple[str, ...]
    """What is said to tables that were filled with numbered events."""
    examined: tuple[str, ...]
    """What finds its own faults, and says `ok` where there are none."""
    anew: tuple[str, ...]
    """Write the tables anew, so that nothing of what was taken out is left in the file."""
    errors: type[Exception]
    """What it raises."""


SQLITE = Dialect(
    mark="?",
    begin_writing="BEGIN IMMEDIATE",
    types={"counter": "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT", "key": "INTEGER", "bytes": "BLOB"},
    begun=(f"PRAGMA application_id = {APPLICATION}",),
    restored=(),
    examined=(
        "PRAGMA integrity_check",
        "SELECT 'a row names one that is missing, in table ' || \"table\" FROM pragma_foreign_key_check",
    ),
    anew=("VACUUM",),
    errors=sqlite3.Error,
)


def _postgresql(errors: type[Exception]) -> Dialect:
    return Dialect(
        mark="%s",
        begin_writing="BEGIN",
        types={"counter": "SERIAL PRIMARY KEY", "key": "BIGINT", "bytes": "BYTEA"},
        begun=(),
        restored=("SELECT setval(pg_get_serial_sequence('event', 'number'), (SELECT max(number) FROM event))",),
        examined=(),
        anew=tuple(f"VACUUM (FULL) {table.name}" for table in (EVENT, FIGURE, SOURCE)),
        errors=errors,
    )


class Session:
    """One transaction."""

    def __init__(self, connection: Any, mark: str) -> None:
        self._cursor = connection.cursor()
        self._mark = mark

    def execute(self, sql: str, *values: object) -> None:
        """Run one statement."""
        self._cursor.execute(sql.replace("?", self._mark), [_stored(value) for value in values])

    def rows(self, sql: str, *values: object) -> list[tuple[Any, ...]]:
        """What one statement finds."""
        self.execute(sql, *values)
        return [tuple([_given(value) for value in row]) for row in self._cursor.fetchall()]

    def value(self, sql: str, *values: object) -> Any:
        """The first column of the first row that it finds; None when there is none."""
        rows = self.rows(sql, *values)
        return rows[0][0] if rows else None

    def rows_with(self, table: Table, columns: Sequence[str], keys: Sequence[int]) -> Iterator[tuple[Any, ...]]:
        """These columns of the rows that have these ids."""
        for start in range(0, len(keys), _AT_ONCE):
            some = keys[start : start + _AT_ONCE]
            yield from self.rows(f"SELECT {', '.join(columns)} FROM {table.name} WHERE {among('id', some)}", *some)

    def insert(self, table: Table, rows: Sequence[Sequence[object]]) -> None:
        """Add rows: a value for each of the table's columns, in their order."""
        marks = ", ".join(self._mark for _ in table.columns)
        sql = f"INSERT INTO {table.name} ({', '.join(table.columns)}) VALUES ({marks})"
        self._cursor.executemany(sql, [[_stored(value) for value in row] for row in rows])


def among(column: str, values: Collection[object]) -> str:
    """The condition that the column is one of so many values."""
    return f"{column} IN ({', '.join('?' for _ in values) or 'NULL'})"


def _stored(value: object) -> object:
    if isinstance(value, str):
        return value if value.isprintable() else _UNSTORABLE.sub(lambda found: f"\x1b{ord(found[0]):04x}", value)
    return value.isoformat() if isinstance(value, date) else value


def _given(value: Any) -> Any:
    if isinstance(value, str) and "\x1b" in value:
        return _STORED.sub(lambda found: chr(int(found[1], 16)), value)
    return value


class Database:
    """One ledger's database; `name` is how it may be shown. What it raises is a sentence."""

    def __init__(self, name: str, dialect: Dialect, connect: Callable[[], Any]) -> None:
        self.name, self.dialect, self.connect = name, dialect, connect
        self._connection: Any = None
        self._session: Session | None = None

    @contextmanager
    def transaction(self, *, writing: bool = False) -> Iterator[Session]:
        """All that is done inside, together; a part of the one that is open already, if there is one."""
        if self._session is not None:
            yield self._session
            return
        with self.said():
            connection = self._begun(self.dialect.begin_writing if writing else "BEGIN")
            self._session = Session(connection, self.dialect.mark)
            try:
                yield self._session
                connection.execute("COMMIT")
            except BaseException:
                with suppress(self.dialect.errors):
                    connection.execute("ROLLBACK")
                raise
            finally:
                self._session = None

    def _begun(self, begin: str) -> Any:
        """The connection with a transaction begun. A server may have closed it since the last."""
        if self._connection is not None:
            try:
                self._connection.execute(begin)
            except self.dialect.errors:
                if not getattr(self._connection, "closed", False):
                    raise
            else:
                return self._connection
        self._connection = self.connect()
        self._connection.execute(begin)
        return self._connection

    def make_tables(self) -> None:
        """Make every table, in one transaction."""
        with self.transaction(writing=True) as session:
            for table in TABLES:
                for statement in table.making(self.dialect.types):
                    session.execute(statement)
            session.insert(SCHEMA, [[VERSION]])
            for statement in self.dialect.begun:
                session.execute(statement)

    def drop_tables(self) -> None:
        """Take every table away again."""
        with self.transaction(writing=True) as session:
            for table in reversed(TABLES):
                session.execute(f"DROP TABLE {table.name}")

    def write_anew(self) -> None:
        """Leave nothing in the files of what was taken out; never inside a transaction."""
        with self.said():
            self._connection = self._connection or self.connect()
            for statement in self.dialect.anew:
                self._connection.execute(statement)

    def close(self) -> None:
        """Let go of it; the next transaction connects again."""
        if self._connection is not None:
            self._connection.close()
        self._connection = None

    @contextmanager
    def said(self) -> Iterator[None]:
        """Turn what the database raises inside into a sentence."""
        try:
            yield
        except self.dialect.errors as error:
            raise fault(self.name, str(error), getattr(error, "sqlite_errorname", "")) from error


def file_database(path: Path, name: str) -> Database:
    """SQLite in a file. A rollback journal, because write-ahead logs do not work on a shared drive; every write on the disk before it counts."""

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode = DELETE", "synchronous = FULL", "foreign_keys = ON", "secure_delete = ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return Database(name, SQLITE, connect)


def server_database(url: str) -> Database:
    """PostgreSQL at a URL; it is shown without the password."""
    scheme, separator, rest = url.partition("://")
    kind = scheme.partition("+")[0]
    if not separator:
        raise InputError("The ledger's URL cannot be read.", "Write it as postgresql://user@server/database.")
    if kind != "postgresql":
        found = f"The ledger's URL names {kind}, which is not known here."
        raise InputError(found, "Write it as postgresql://user@server/database.")
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError as error:
        found = "The ledger is in PostgreSQL, and the program's part for that is not installed."
        raise InputError(found, 'Install it: python -m pip install "psycopg[binary]".') from error
    address = f"{kind}://{rest}"
    try:
        parts = conninfo_to_dict(address)
    except psycopg.Error as error:
        raise InputError("The ledger's URL cannot be read.", "Write it as postgresql://user@server/database.") from error

    def connect() -> Any:
        return psycopg.connect(address, autocommit=True, connect_timeout=round(PATIENCE))

    shown = f"postgresql://{parts.get('user', '')}@{parts.get('host', '')}/{parts.get('dbname', '')}"
    return Database(shown, _postgresql(psycopg.Error), connect)
