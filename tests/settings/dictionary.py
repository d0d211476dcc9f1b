"""The dictionary of a TOML file for its readers: every table and key as declared, in Markdown."""

from collections.abc import Iterator
from enum import StrEnum

from reportpack.toml.text import Key, Keys

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


def walk(shape: type[Keys], path: str = "") -> Iterator[tuple[str, type[Keys]]]:
    """Every table that can stand in a text of that shape, with its heading (`[[series.agenda]]`), the outermost first."""
    for key in shape.declared:
        if key.shape is not None:
            below = f"{path}.{key.name}" if path else key.name
            yield (f"[[{below}]]" if key.many else f"[{below}]"), key.shape
            yield from walk(key.shape, below)


def dictionary(shape: type[Keys]) -> str:
    """The keys that stand before any heading, then every table with its keys."""
    parts = [_table("", shape), *(_table(heading, below) for heading, below in walk(shape))]
    return "\n".join(parts)


def _table(heading: str, shape: type[Keys]) -> str:
    """One table: its promise and its keys, without those that are tables themselves."""
    title = [f"### `{heading}`", ""] if heading else []
    promise = " ".join((shape.__doc__ or "").split())
    keys = [f"- `{key.name}` ({_wants(key)}): {key.meaning}" for key in shape.declared if key.shape is None]
    return "\n".join([*title, promise, "", *([*keys, ""] if keys else [])])


def _wants(key: Key[object]) -> str:
    """What to write, and what holds when the key is not written: `text, **needed**`, `a whole number, else 36`."""
    audience = key.wanted == AUDIENCES
    wanted = "an audience" if audience else SHORT.get(key.wanted, key.wanted)
    if key.required:
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
