"""The ledger's tables. Rows are only ever added; what a version of the program adds to the tables is a migration."""

from sqlalchemy import BigInteger, Column, Date, Float, ForeignKey, Index, Integer, LargeBinary, MetaData, String, Table, Text

VERSION = 1
APPLICATION = 0x5250414B
"""SQLite's application id: says that a file is a ledger of this program."""

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
    Column("subject", Text, nullable=False),
    Column("recorded", String(40), nullable=False),
    Column("who", Text, nullable=False),
    Column("body", Text, nullable=False),
    Index("event_by_subject", "kind", "subject", "number"),
    sqlite_autoincrement=True,
)
"""`subject` is what the event is about: a workbook's sha256, or `meeting/document/edition`. `body` is the rest, as JSON."""

source = Table(
    "source",
    metadata,
    Column("id", _Key, primary_key=True, autoincrement=False),
    Column("file", Text, nullable=False),
    Column("sheet", Text, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("as_at", Date),
)

figure = Table(
    "figure",
    metadata,
    Column("id", _Key, primary_key=True, autoincrement=False),
    Column("first_build", ForeignKey("event.number"), nullable=False, index=True),
    Column("measure", Text, nullable=False),
    Column("area", Text, nullable=False),
    Column("period", Text, nullable=False),
    Column("value", Float(53)),
    Column("status", Text, nullable=False),
    Column("numerator", Float(53)),
    Column("denominator", Float(53)),
    Column("marks", Text, nullable=False),
    Column("raw", Text, nullable=False),
    Column("source", ForeignKey("source.id"), nullable=False),
    Column("cell", Text, nullable=False),
    Column("numerator_source", ForeignKey("source.id")),
    Column("numerator_cell", Text),
    Column("denominator_source", ForeignKey("source.id")),
    Column("denominator_cell", Text),
)
"""Every figure that was ever used, once: its id is made of all that it says. `first_build` is the first that used it."""

build_figures = Table(
    "build_figures",
    metadata,
    Column("build", ForeignKey("event.number"), primary_key=True),
    Column("figures", LargeBinary, nullable=False),
)
"""The ids of a build's figures in their order, eight bytes each."""
