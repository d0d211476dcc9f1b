"""The dictionary of a TOML file for its readers: every table and key as declared, in Markdown."""

from collections.abc import Iterator
from enum import StrEnum
from typing import Any

from reportpack.toml.text import Key, keys_of

SHORT = {
    "text in quotation marks": "text",
    "a whole number of at least 0": "a whole number",
    "a date such as 2019-05-28": "a date",
    'a list such as ["one", "two"]': "a list of text",
    'a short name of small letters, digits and hyphens, such as "north-area"': "an id",
    "a number such as 82.5": "a number",
}
"""What the guide says once above its tables."""
AUDIENCES = '"office" or "force" or "public"'
"""What an audience may be, and that it is the office's where nobody says, stands above the tables as well."""


def walk(record: type[Any], path: str = "") -> Iterator[tuple[str, type[Any]]]:
    """Every table that can stand in a text of that record, with its heading (`[[series.agenda]]`), the outermost first."""
    for key in keys_of(record):
        if key.reading.shape is not None:
            below = f"{path}.{key.name}" if path else key.name
            yield (f"[[{below}]]" if key.many else f"[{below}]"), key.reading.shape
            yield from walk(key.reading.shape, below)


def dictionary(record: type[Any]) -> str:
    """The keys that stand before any heading, then every table with its keys."""
    parts = [_table("", record), *(_table(heading, below) for heading, below in walk(record))]
    return "\n".join(parts)


def _table(heading: str, record: type[Any]) -> str:
    """One table: its promise and its keys, without those that are tables themselves."""
    title = [f"### `{heading}`", ""] if heading else []
    promise = " ".join((record.__doc__ or "").split())
    keys = [f"- `{key.name}` ({_wants(key)}): {key.words.meaning}" for key in keys_of(record) if key.reading.shape is None]
    return "\n".join([*title, promise, "", *([*keys, ""] if keys else [])])


def _wants(key: Key) -> str:
    """What to write, and what holds when the key is not written: `text, **needed**`, `a whole number, else 36`."""
    audience = key.reading.wanted == AUDIENCES
    wanted = "an audience" if audience else SHORT.get(key.reading.wanted, key.reading.wanted)
    if key.words.needed:
        return f"{wanted}, **needed**"
    nothing = key.default is None or key.default is False or key.default in ("", ())
    return wanted if audience or nothing else f"{wanted}, else {_printed(key.default)}"


def _printed(default: object) -> str:
    """A default as it would be written."""
    if isinstance(default, bool):
        return "true" if default else "false"
    if isinstance(default, tuple):
        return f"{list(default)}"
    return f'"{default.value}"' if isinstance(default, StrEnum) else f"{default}"
