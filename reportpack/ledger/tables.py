"""The ledger's tables. Rows are only ever added; what a version of the program changes in the tables is a step in opening.py."""

from collections.abc import Iterator, Mapping

from reportpack.records import Record

VERSION = 3
APPLICATION = 0x5250414B
"""SQLite's application id: says that a file is a ledger of this program."""


class Table(Record):
    """A table's columns with their types; `{counter}`, `{key}` and `{bytes}` are what each database calls its own way (database.py)."""

    name: str
    types: Mapping[str, str]
    constraints: tuple[str, ...] = ()
    indexes: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Their names, in order."""
        return tuple(self.types)

    def making(self, names: Mapping[str, str]) -> Iterator[str]:
        """The statements that make it, with a database's names for the types."""
        lines = (*(f"{column} {words.format(**names)}" for column, words in self.types.items()), *self.constraints)
        yield f"CREATE TABLE {self.name} ({', '.join(lines)})"
        yield from self.indexes


SCHEMA = Table("ledger_schema", {"version": "INTEGER NOT NULL"}, ("PRIMARY KEY (version)",))
"""Every version that this ledger has been brought to."""

EVENT = Table(
    "event",
    {
        "number": "{counter}",
        "kind": "VARCHAR(40) NOT NULL",
        "subject": "TEXT NOT NULL",
        "recorded": "VARCHAR(40) NOT NULL",
        "who": "TEXT NOT NULL",
        "body": "TEXT NOT NULL",
    },
    indexes=(
        "CREATE INDEX event_by_subject ON event (kind, subject, number)",
        "CREATE INDEX event_by_kind ON event (kind, number)",
    ),
)
"""`subject` is what the event is about: a workbook's sha256, or `meeting/document/edition`. `body` is the rest, as JSON."""

LINK = Table(
    "event_link",
    {"number": "INTEGER NOT NULL", "content": "TEXT NOT NULL", "link": "TEXT NOT NULL"},
    ("PRIMARY KEY (number)", "FOREIGN KEY(number) REFERENCES event (number)"),
)
"""The chain of the events (chain.py)."""

SOURCE = Table(
    "source",
    {"id": "{key} NOT NULL", "file": "TEXT NOT NULL", "sheet": "TEXT NOT NULL", "sha256": "TEXT NOT NULL", "as_at": "DATE"},
    ("PRIMARY KEY (id)",),
)

FIGURE = Table(
    "figure",
    {
        "id": "{key} NOT NULL",
        "first_build": "INTEGER NOT NULL",
        "measure": "TEXT NOT NULL",
        "area": "TEXT NOT NULL",
        "period": "TEXT NOT NULL",
        "value": "FLOAT",
        "status": "TEXT NOT NULL",
        "numerator": "FLOAT",
        "denominator": "FLOAT",
        "marks": "TEXT NOT NULL",
        "raw": "TEXT NOT NULL",
        "source": "{key} NOT NULL",
        "cell": "TEXT NOT NULL",
        "numerator_source": "{key}",
        "numerator_cell": "TEXT",
        "denominator_source": "{key}",
        "denominator_cell": "TEXT",
    },
    (
        "PRIMARY KEY (id)",
        "FOREIGN KEY(first_build) REFERENCES event (number)",
        "FOREIGN KEY(source) REFERENCES source (id)",
        "FOREIGN KEY(numerator_source) REFERENCES source (id)",
        "FOREIGN KEY(denominator_source) REFERENCES source (id)",
    ),
    ("CREATE INDEX ix_figure_first_build ON figure (first_build)",),
)
"""Every figure that was ever used, once: its id is made of all that it says. `first_build` is the first that used it."""

BUILD_FIGURES = Table(
    "build_figures",
    {"build": "INTEGER NOT NULL", "figures": "{bytes} NOT NULL"},
    ("PRIMARY KEY (build)", "FOREIGN KEY(build) REFERENCES event (number)"),
)
"""The ids of a build's figures in their order, eight bytes each."""

TABLES = (SCHEMA, EVENT, LINK, SOURCE, FIGURE, BUILD_FIGURES)
"""In the order that their references ask for."""
