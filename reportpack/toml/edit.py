"""A person's TOML text changed by the line: a value set, a key added or taken out, a table added at the end. Nothing else moves.

What comes out is read again: it says what it said before, with that change and no other, or nothing is given."""

import json
import tomllib
from codecs import BOM_UTF8
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from reportpack import patterns as re
from reportpack.errors import InputError
from reportpack.model.recurrence import Recurrence
from reportpack.records import Record
from reportpack.toml.lines import Path, spans_of
from reportpack.toml.text import keys_of

Value = bool | int | float | str | date | Sequence[str] | Sequence[date]
Entry = Mapping[str, Value | Sequence[Mapping[str, Value]]]
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_FIRST_WORDS = re.compile(r"(?:#[^\n]*[^\s#][^\n]*\n)+")


def with_keys(content: bytes, name: str, changes: Mapping[str, Value | None], comment: str = "", table: Path = ()) -> bytes:
    """The file with those keys of the table set, or taken out (None); the first that is set has the comment beside it.

    `name` is what the file is called in an InputError, which says that it cannot be changed so."""
    text = _decoded(content, name)
    before, wanted = _parsed(text, name), _parsed(text, name)
    target = _table_at(wanted, table, name)
    for key, value in changes.items():
        if value is None:
            target.pop(key, None)
            text = _without(text, (*table, key))
        else:
            target[key] = list(value) if isinstance(value, Sequence) and not isinstance(value, str) else value
            text = _with(text, table, key, toml_value(value), comment, name)
            comment = ""
    return _checked(content, text, wanted, name) if wanted != before else content


def with_entry(content: bytes, name: str, array: str, entry: Entry) -> bytes:
    """The file with one more `[[array]]` at its end; a list of tables within the entry follows it as `[[array.key]]`."""
    text = _decoded(content, name)
    wanted = _parsed(text, name)
    there = wanted.setdefault(array, [])
    if not isinstance(there, list):
        raise _unchangeable(name, f'"{array}" is no list of tables')
    there.append(dict(entry))
    end = _line_end(text)
    apart = "" if not text.strip() or text.endswith(end * 2) else end if text.endswith(end) else end * 2
    return _checked(content, f"{text}{apart}{end.join(_lines(array, entry, {}))}{end}", wanted, name)


def entry_of(record: Record) -> dict[str, Any]:
    """What a person would write of a record under its keys' names: what holds without being said is left out, tables within it are entries too."""
    entry: dict[str, Any] = {}
    for one in keys_of(type(record)):
        value = getattr(record, one.field)
        if one.reading.shape is not None and one.many:
            entry |= {one.name: [entry_of(each) for each in value]} if value else {}
        elif value != one.default or (one.words.needed and value):
            entry[one.name] = value
    return entry


def table_text(heading: str, record: Record, found: Mapping[str, str]) -> str:
    """The record as the next table of a text, with the place that it was `found` at beside the value of a key, however deep its table is."""
    return "".join(f"{line}\n" for line in ("", *_lines(heading, entry_of(record), found)))


def line_of(key: str, value: object, found: str = "") -> str:
    """A key with its value, and where that was found."""
    return f"{_key(key)} = {toml_value(value)}{_beside(found)}"


def toml_value(value: object) -> str:
    """A value as TOML writes it, or as a person writes it in words in our files."""
    if isinstance(value, Recurrence):
        value = value.words
    if isinstance(value, time):
        value = f"{value:%H:%M}"
    if isinstance(value, str):
        return json.dumps(value.encode("utf-8", "replace").decode(), ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Mapping):
        pairs = (f"{_key(str(key))} = {toml_value(one)}" for key, one in value.items())
        return f"{{ {', '.join(pairs)} }}"
    return f"[{', '.join(toml_value(one) for one in value)}]" if isinstance(value, Sequence) else repr(value)


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else toml_value(name)


def _lines(heading: str, entry: Mapping[str, object], found: Mapping[str, str]) -> list[str]:
    plain = [line_of(key, value, found.get(key, "")) for key, value in entry.items() if not _is_tables(value)]
    lines = [f"[[{heading}]]", *plain]
    for key, value in entry.items():
        for one in value if isinstance(value, Sequence) and _is_tables(value) else ():
            lines += ["", *_lines(f"{heading}.{_key(key)}", one, found)]
    return lines


def _beside(words: str) -> str:
    words = " ".join("".join(one if one.isprintable() else " " for one in words).split())
    return f" # {words}" if words else ""


def _is_tables(value: object) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, str) and any(isinstance(one, Mapping) for one in value)


def _with(text: str, table: Path, key: str, value: str, comment: str, name: str) -> str:
    spans, headings = spans_of(text)
    beside = _beside(comment)
    there = spans.get((*table, key))
    if there is not None:
        _, begins, ends = there
        rest = text[ends : _line_after(text, ends)]
        said = rest.rstrip()
        return f"{text[:begins]}{value}{said}{'' if beside[3:] in said else beside}{rest[len(said) :]}{text[ends + len(rest) :]}"
    if table and table not in headings:
        raise _unchangeable(name, f'"{key}" would stand in a table that has no heading of its own')
    own = [ends for path, (_, _, ends) in spans.items() if _stands_in(path, table, headings)]
    first = _FIRST_WORDS.match(text)
    # the first key of a file goes below its first words, which a blank line or a bare # ends; above what a heading says of itself
    begin = first.end() if first is not None and not text.startswith("[", first.end()) else 0
    at = _line_after(text, max([*own, headings.get(table, 0)])) if own or table else begin
    broken = _line_end(text) if text[:at] and not text[:at].endswith("\n") else ""
    return f"{text[:at]}{broken}{_key(key)} = {value}{beside}{_line_end(text)}{text[at:]}"


def _stands_in(path: Path, table: Path, headings: Mapping[Path, int]) -> bool:
    """Whether the key stands under the table's own heading, dotted or not, and under no heading below it."""
    under = [path[:length] for length in range(len(path)) if path[:length] in headings]
    return (max(under, key=len) if under else ()) == table


def _line_after(text: str, at: int) -> int:
    return text.find("\n", at) + 1 or len(text)


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _without(text: str, path: Path) -> str:
    there = spans_of(text)[0].get(path)
    if there is None:
        return text
    begins, _, ends = there
    return text[: text.rfind("\n", 0, begins) + 1] + text[_line_after(text, ends) :]


def _table_at(whole: dict[str, Any], path: Path, name: str) -> dict[str, Any]:
    found: Any = whole
    for part in path:
        try:
            found = found[part]
        except (KeyError, IndexError, TypeError):
            raise _unchangeable(name, f'there is no "{part}" in it') from None
    if not isinstance(found, dict):
        raise _unchangeable(name, f'"{path[-1]}" is no table')
    return found


def _decoded(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unchangeable(name, "it is not written in UTF-8") from error


def _parsed(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unchangeable(name, f"{error}") from error


def _checked(content: bytes, text: str, wanted: Mapping[str, object], name: str) -> bytes:
    """The bytes, where they say what is wanted and nothing else; with the mark before them that the file had."""
    if _parsed(text, name) != wanted:
        raise _unchangeable(name, "something else would have changed with it")
    return (BOM_UTF8 if content.startswith(BOM_UTF8) else b"") + text.encode()


def _unchangeable(name: str, why: str) -> InputError:
    return InputError(f"{name} could not be changed: {why}.", "Nothing was written. Change it by hand, or correct it first.")
