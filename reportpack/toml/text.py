"""A TOML text whose every key knows its line, so that a mistake can be named with file, line and remedy.

A table's keys are declared once, as the attributes of a `Keys` class; the record that is made of it, the check for unknown keys and the
dictionary in docs/ all go by those lines. Nothing here raises for what a person wrote: faults are collected and the default is given.
"""

import difflib
import math
import tomllib
from collections.abc import Callable
from dataclasses import MISSING, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, Generic, TypeVar, cast

from reportpack import patterns as re
from reportpack.model.period import iso_day
from reportpack.model.problem import Source
from reportpack.records import dataclass
from reportpack.toml.lines import Lines, lines_of

T = TypeVar("T")
E = TypeVar("E", bound=StrEnum)
WRONG = "wrong-value"
_DIGITS = re.compile("[0-9_]+")
_SLUG_WANTED = 'a short name of small letters, digits and hyphens, such as "north-area"'


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line of a TOML text: `kind` for machines, two sentences for people.

    `path` is the table that it is in; a fault that is `fatal` leaves that table without something it cannot do without.
    """

    line: int
    kind: str
    found: str
    remedy: str
    path: tuple[str | int, ...] = ()
    fatal: bool = False


class WrongValueError(ValueError):
    """A value is not what its key wants; a message says what to write, where that is more than what it wants."""


@dataclass(frozen=True, slots=True)
class Key(Generic[T]):
    """One key of a table: what it means, how its value is read, and what holds without it."""

    meaning: str
    wanted: str
    read: Callable[[object], T]
    default: T
    """What the table's record has of itself in that field, where it has."""
    required: bool = False
    name: str = ""
    shape: "type[Keys] | None" = None
    many: bool = False
    wrong: str = WRONG
    """The kind of the fault when the value is not what is wanted."""
    field: str | None = None
    """The field of the table's record that it gives: of its own name where this is None, of none where it is empty."""

    def into(self, field: str) -> "Key[T]":
        """The same key for a field of another name; for none where that is empty."""
        return replace(self, field=field)


class Keys:
    """The keys of one kind of table, one a line: `title = text("what it means")`. A trailing underscore is no part of the name.

    `makes` is the record of such a table. Its `source`, if it has one, is the line of the key `stands_at`, else that of the heading.
    """

    declared: tuple[Key[object], ...] = ()
    makes: type[Any] | None = None
    stands_at = ""

    def __init_subclass__(cls) -> None:
        found = {name: value for name, value in vars(cls).items() if isinstance(value, Key)}
        fields = cls.makes.__dataclass_fields__ if cls.makes is not None else {}
        for name, key in found.items():
            own = key.name or name.rstrip("_")
            field = own if key.field is None else key.field
            default = fields[field].default if field in fields and key.shape is None else MISSING
            setattr(cls, name, replace(key, name=own, field=field, default=key.default if default is MISSING else default))
        cls.declared = tuple(vars(cls)[name] for name in found)

    @staticmethod
    def settle(made: Any) -> Any:
        """The record with what follows from several of its keys together."""
        return made


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a text, read by its keys. `faults` is the one list of the whole text."""

    values: dict[str, object]
    lines: Lines
    faults: list[Fault]
    path: tuple[str | int, ...] = ()
    file: str = ""

    def line(self, name: str = "") -> int:
        """The line on which that key stands, else the line on which the table begins."""
        return self.lines.get((*self.path, name), self.lines.get(self.path, 1))

    def has(self, key: Key[T]) -> bool:
        """Whether the key was written at all."""
        return key.name in self.values

    def take(self, key: Key[T]) -> T:
        """The key's value; its default, and a fault, where the value is wrong or a required one is missing."""
        if key.name not in self.values:
            if key.required:
                self.fault("", "key-missing", f'"{key.name}" is missing.', f"Add {key.name}: {key.wanted}.", fatal=True)
            return key.default
        try:
            value = key.read(self.values[key.name])
        except WrongValueError as error:
            found, remedy = f'"{key.name}" is {shown(self.values[key.name])}.', str(error) or f"Write {key.wanted}."
            self.fault(key.name, key.wrong, found, remedy, fatal=key.required)
            return key.default
        if key.required and value in ("", ()):
            self.fault(key.name, "key-empty", f'"{key.name}" is empty.', f"Give {key.name} {key.wanted}.", fatal=True)
        return value

    @property
    def is_usable(self) -> bool:
        """Whether everything that this table cannot do without was there, as far as it has been read."""
        return not any(fault.fatal and fault.path == self.path for fault in self.faults)

    def one(self, key: "Key[dict[str, object]]") -> "Table":
        """The table under that key (an empty one where it is not written), its keys checked."""
        below = Table(self.take(key), self.lines, self.faults, (*self.path, key.name), self.file)
        below.check(key.shape)
        return below

    def each(self, key: "Key[tuple[dict[str, object], ...]]") -> "tuple[Table, ...]":
        """The tables under that key, in their order, their keys checked."""
        found = self.take(key)
        below = [Table(one, self.lines, self.faults, (*self.path, key.name, entry), self.file) for entry, one in enumerate(found)]
        for table in below:
            table.check(key.shape)
        return tuple(below)

    def record(self, shape: "type[Keys]") -> Any:
        """What the shape makes of this table, of type `shape.makes`; of the tables in it those that lack something they cannot do without are left out."""
        if shape.makes is None:
            raise TypeError(f"{shape.__name__} makes no record")
        given = {key.field: self._given(key) for key in shape.declared if key.field}
        if "source" in shape.makes.__dataclass_fields__:
            given["source"] = Source(self.file, cell=f"line {self.line(shape.stands_at)}")
        return shape.settle(shape.makes(**given))

    def _given(self, key: Key[Any]) -> Any:
        shape = key.shape
        if shape is None or shape.makes is None:
            return self.take(key)
        return records(self.each(key), lambda one: one.record(shape)) if key.many else self.one(key).record(shape)

    def check(self, shape: "type[Keys] | None") -> None:
        """A fault for every key that the shape does not declare, with the nearest that it does."""
        if shape is None:
            return
        known = [key.name for key in shape.declared]
        for name in self.values:
            if name not in known:
                self.fault(name, "unknown-key", f'"{name}" is not a key that is known here.', nearest(name, known))

    def fault(self, name: str, kind: str, found: str, remedy: str, *, fatal: bool = False) -> None:
        """Note a fault on the line of that key, once however often the key is taken."""
        fault = Fault(self.line(name), kind, found, remedy, self.path, fatal)
        if fault not in self.faults:
            self.faults.append(fault)


def read_toml(content: bytes | str, shape: type[Keys] | None = None, file: str = "") -> Table:
    """The whole text as one table. A text that cannot be parsed gives an empty table and the one fault that says where."""
    words = ""
    try:
        words = content if isinstance(content, str) else content.decode("utf-8-sig")
        whole_text = Table(tomllib.loads(words), lines_of(words.replace("\r\n", "\n")), [], file=file)
    except UnicodeDecodeError as error:
        line = cast("bytes", content)[: error.start].count(b"\n") + 1
        fault = Fault(line, "not-utf-8", "There is a character that is not UTF-8.", "Save the file with the encoding UTF-8.")
    except tomllib.TOMLDecodeError as error:
        fault = _syntax_fault(str(error), words)
    except ValueError:  # Python makes no number of more than some thousands of digits
        longest = max(_DIGITS.finditer(words), key=lambda one: len(one[0]), default=None)
        line = words.count("\n", 0, longest.start()) + 1 if longest else 1
        fault = Fault(line, "not-toml", "A number has thousands of digits.", "Write the number that is meant.")
    except RecursionError:
        fault = Fault(1, "not-toml", "Brackets stand inside brackets hundreds of times.", "Write lists of plain words.")
    else:
        whole_text.check(shape)
        return whole_text
    return Table({}, {}, [fault], file=file)


def text(meaning: str, *, required: bool = False) -> Key[str]:
    """Words in quotation marks."""
    return Key(meaning, "text in quotation marks", _text, "", required)


def slug(meaning: str, *, required: bool = False) -> Key[str]:
    """A short name that the other tables and files use."""
    return Key(meaning, _SLUG_WANTED, _slug, "", required)


def texts(meaning: str) -> Key[tuple[str, ...]]:
    """A list of words."""
    return Key(meaning, 'a list such as ["one", "two"]', _each(_text), ())


def whole(meaning: str, *, least: int = 0, most: int | None = None, default: int = 0) -> Key[int]:
    """A whole number."""
    wanted = f"a whole number of at least {least}" if most is None else f"a whole number from {least} to {most}"
    return Key(meaning, wanted, _whole(least, most), default)


def wholes(meaning: str) -> Key[tuple[int, ...]]:
    """A list of whole numbers."""
    return Key(meaning, "a list of whole numbers such as [7, 0]", _each(_whole(0)), ())


def number(meaning: str, *, required: bool = False) -> Key[float]:
    """A number, whole or not."""
    return Key(meaning, "a number such as 82.5", _number, 0.0, required)


def flag(meaning: str, *, default: bool = False) -> Key[bool]:
    """`true` or `false`."""
    return Key(meaning, "true or false", _flag, default)


def day(meaning: str, *, required: bool = False) -> Key[date | None]:
    """A day such as 2019-05-28, or nothing."""
    return Key(meaning, "a date such as 2019-05-28", _day, None, required)


def days(meaning: str) -> Key[tuple[date, ...]]:
    """A list of days."""
    return Key(meaning, "a list of dates such as [2019-05-28, 2019-06-25]", _each(_day), ())


def clock(meaning: str) -> Key[time | None]:
    """A time of day in quotation marks, or nothing."""
    return Key(meaning, 'a time such as "10:00"', _clock, None)


def choice(meaning: str, kind: type[E], default: E | None = None, *, required: bool = False, wrong: str = WRONG) -> Key[E]:
    """One of a few words, the first of them where nothing says otherwise; `wrong` is the kind of the fault when it is another."""
    return Key(meaning, _one_of(kind), lambda value: _choice(value, kind), default or next(iter(kind)), required, wrong=wrong)


def choices(meaning: str, kind: type[E]) -> Key[tuple[E, ...]]:
    """A list of some of a few words."""
    return Key(meaning, f"a list of {_one_of(kind)}", _each(lambda value: _choice(value, kind)), ())


def maybe(key: Key[T]) -> Key[T | None]:
    """The same, or nothing."""
    return cast("Key[T | None]", replace(key, default=None))  # type: ignore[arg-type]


def table(meaning: str, shape: type[Keys] | None) -> Key[dict[str, object]]:
    """A table of its own: `[mail]`."""
    return Key(meaning, "a table", _table, {}, shape=shape)


def tables(meaning: str, shape: type[Keys] | None, *, required: bool = False) -> Key[tuple[dict[str, object], ...]]:
    """Any number of tables: `[[area]]`."""
    return Key(meaning, "one or more tables", _tables, (), required, shape=shape, many=True)


def records(found: tuple[Table, ...], build: Callable[[Table], T]) -> tuple[T, ...]:
    """What is built of each table, without those that lack something they cannot do without."""
    built = [(one, build(one)) for one in found]
    return tuple(record for one, record in built if one.is_usable)


def nearest(name: str, known: list[str]) -> str:
    """What to do about a name that is not known, with the nearest that is."""
    folded = {one.casefold(): one for one in known}
    close = difflib.get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
    if close:
        return f'Did you mean "{folded[close[0]]}"?'
    return f"Known here: {', '.join(sorted(known))}." if known else "Nothing is known here; take it out."


def shown(value: object) -> str:
    """A value as a person would recognise it, cut where it is long."""
    words = "true" if value is True else "false" if value is False else f'"{value}"' if isinstance(value, str) else f"{value}"
    if isinstance(value, dict):
        words = "a table"
    if isinstance(value, list):
        words = "a list"
    return words if len(words) <= 60 else f"{words[:57]}..."


def _syntax_fault(message: str, text: str) -> Fault:
    place = re.search(r"\(at line (\d+), column \d+\)", message)
    line = int(place[1]) if place else text.count("\n") + 1
    plain = re.sub(r" \(at .*\)", "", message)
    remedies = {
        "Invalid value": 'Put words and times in quotation marks: venue = "Room 1"; write dates as 2019-05-28.',
        "Expected '=' after a key": "Write each line as key = value; a comment begins with #.",
        "Cannot overwrite a value": "This key stands twice in its table; take one of them out.",
        "Expected newline or end of document": "Something follows the value; put words with spaces in quotation marks.",
        "Illegal character": "A quotation mark is not closed on this line, or a control character was pasted in.",
    }
    known = [words for start, words in remedies.items() if start in plain]
    remedy = (known or ["Correct this line; every value needs key = value."])[0]
    return Fault(line, "not-toml", f"The file cannot be read from here on: {plain[:1].lower()}{plain[1:]}.", remedy)


def _fitting(fits: Callable[[Any], bool], made: Callable[[Any], T], otherwise: str = "") -> Callable[[object], T]:
    """Reads what fits; any other value is wrong."""

    def read(value: object) -> T:
        if not fits(value):
            raise WrongValueError(otherwise)
        return made(value)

    return read


def _each(read: Callable[[object], T]) -> Callable[[object], tuple[T, ...]]:
    return _fitting(lambda value: isinstance(value, list), lambda value: tuple(map(read, value)))


def _whole(least: int, most: int | None = None) -> Callable[[object], int]:
    highest = math.inf if most is None else most
    return _fitting(lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= highest, int)


_text = _fitting(lambda value: isinstance(value, str), str.strip)
_slug = _fitting(lambda value: isinstance(value, str) and bool(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*|", value)), str)
_number = _fitting(lambda value: isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e15, float)
_flag = _fitting(lambda value: isinstance(value, bool), bool)
_table = _fitting(
    lambda value: isinstance(value, dict), dict[str, object], "Write a table, under its own heading in square brackets."
)
_tables = _fitting(
    lambda value: isinstance(value, list) and all(isinstance(one, dict) for one in value),
    tuple[dict[str, object], ...],
    "Write tables, each under its heading in double square brackets.",
)


def _day(value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    day = iso_day(value.strip()) if isinstance(value, str) else None
    if day is None:
        raise WrongValueError
    return day


def _clock(value: object) -> time:
    if isinstance(value, time):
        return value
    match = re.fullmatch(r"([01]?\d|2[0-3])[:.]([0-5]\d)", value.strip() if isinstance(value, str) else "")
    if match is None:
        raise WrongValueError
    return time(int(match[1]), int(match[2]))


def _one_of(kind: type[E]) -> str:
    return " or ".join(f'"{one.value}"' for one in kind)


def _choice(value: object, kind: type[E]) -> E:
    try:
        return kind(value.strip().casefold() if isinstance(value, str) else "")
    except ValueError:
        raise WrongValueError from None
