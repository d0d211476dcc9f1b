"""The ledger's tables. Rows are only ever added; what a version of the program changes in the tables is a migration (migrations.py)."""

import re
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Engine,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    text,
)
from sqlalchemy.types import TypeDecorator

VERSION = 2
APPLICATION = 0x5250414B
"""SQLite's application id: says that a file is a ledger of this program."""


class Words(TypeDecorator[str]):
    """Any text at all: what no database takes (NUL, half of a character outside the first plane) is written as ESC and its number."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, _: Any) -> str | None:
        """As it is stored."""
        return value if value is None else _UNSTORABLE.sub(lambda found: f"\x1b{ord(found[0]):04x}", value)

    def process_result_value(self, value: Any, _: Any) -> str | None:
        """As it was."""
        if value is None or "\x1b" not in value:
            return value
        return _STORED.sub(lambda found: chr(int(found[1], 16)), value)


_UNSTORABLE = re.compile("[\x00\x1b\ud800-\udfff]")
_STORED = re.compile("\x1b([0-9a-f]{4})")

metadata = MetaData()
_Key = BigInteger().with_variant(Integer, "sqlite")
"""63 bits made of all that a row says."""

schema = Table("ledger_schema", metadata, Column("version", Integer, primary_key=True))
"""Every version that this ledger has been brought to."""

event = Table(
    "event",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(40), nullable=False),
    Column("subject", Words, nullable=False),
    Column("recorded", String(40), nullable=False),
    Column("who", Words, nullable=False),
    Column("body", Words, nullable=False),
    Index("event_by_subject", "kind", "subject", "number"),
    Index("event_by_kind", "kind", "number"),
    sqlite_autoincrement=True,
)
"""`subject` is what the event is about: a workbook's sha256, or `meeting/document/edition`. `body` is the rest, as JSON."""

source = Table(
    "source",
    metadata,
    Column("id", _Key, primary_key=True, autoincrement=False),
    Column("file", Words, nullable=False),
    Column("sheet", Words, nullable=False),
    Column("sha256", Words, nullable=False),
    Column("as_at", Date),
)

figure = Table(
    "figure",
    metadata,
    Column("id", _Key, primary_key=True, autoincrement=False),
    Column("first_build", ForeignKey("event.number"), nullable=False, index=True),
    Column("measure", Words, nullable=False),
    Column("area", Words, nullable=False),
    Column("period", Text, nullable=False),
    Column("value", Float(53)),
    Column("status", Text, nullable=False),
    Column("numerator", Float(53)),
    Column("denominator", Float(53)),
    Column("marks", Words, nullable=False),
    Column("raw", Words, nullable=False),
    Column("source", ForeignKey("source.id"), nullable=False),
    Column("cell", Words, nullable=False),
    Column("numerator_source", ForeignKey("source.id")),
    Column("numerator_cell", Words),
    Column("denominator_source", ForeignKey("source.id")),
    Column("denominator_cell", Words),
)
"""Every figure that was ever used, once: its id is made of all that it says. `first_build` is the first that used it."""

build_figures = Table(
    "build_figures",
    metadata,
    Column("build", ForeignKey("event.number"), primary_key=True),
    Column("figures", LargeBinary, nullable=False),
)
"""The ids of a build's figures in their order, eight bytes each."""


def vacuum(engine: Engine) -> None:
    """Write the tables anew, so that nothing of what was taken out is left in the file."""
    if engine.dialect.name == "postgresql":
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for table in (event, figure, source):
                connection.execute(text(f"VACUUM (FULL) {table.name}"))
        return
    raw = engine.raw_connection()
    try:
        raw.cursor().execute("VACUUM")
    finally:
        raw.close()
