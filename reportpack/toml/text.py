"""A TOML text whose every key knows its line, so that a mistake can be named with file, line and remedy.

A table's keys are the fields of the record that is made of it, each declared there once (`reportpack.records.key`): the check for unknown keys
and the dictionary in docs/ go by them too. Nothing here raises for what a person wrote: faults are collected and the default is given."""

import difflib
import tomllib
from collections.abc import Callable
from dataclasses import MISSING, fields, is_dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cache, partial
from types import NoneType
from typing import Any, Generic, NamedTuple, TypeVar, cast, get_args, get_origin

from reportpack import patterns as re
from reportpack.model.edition import UNKNOWN_AUDIENCE, Audience
from reportpack.model.period import Period, iso_day
from reportpack.model.problem import Source
from reportpack.records import KEY, KeyWords, Record
from reportpack.toml.lines import Lines, lines_of

T = TypeVar("T")
R = TypeVar("R")
S = TypeVar("S")
WRONG = "wrong-value"
_DIGITS = re.compile("[0-9_]+")
_YEAR = re.compile("[0-9]{4}/[0-9]{2}")


class Fault(Record):
    """What is wrong with a line of a TOML text: `kind` for machines, two sentences for people.

    `path` is the table that it is in; a fault that is `fatal` leaves that table without something it cannot do without."""

    line: int
    kind: str
    found: str
    remedy: str
    path: tuple[str | int, ...] = ()
    fatal: bool = False


class WrongValueError(ValueError):
    """A value is not what its key wants; a message says what to write, where that is more than what it wants."""


class Reading(NamedTuple):
    """How values of a type are read: what is wanted, what reads it, what holds without it, the kind of the fault where it is another."""

    wanted: str
    read: Callable[[object], Any]
    blank: Any = None
    wrong: str = WRONG
    shape: type[Any] | None = None
    """The record of the tables that it is."""


class Key(Record):
    """One key of a table, and the field of its record that it gives."""

    name: str
    field: str
    words: KeyWords
    default: Any
    reading: Reading
    many: bool


def _keys(record: Any) -> tuple[Key, ...]:
    declared = [one for one in fields(record) if KEY in one.metadata] or fields(record)
    return tuple(_key(one.name, one.type, one.metadata.get(KEY, KeyWords()), one.default) for one in declared)


keys_of: Callable[[Any], tuple[Key, ...]] = cache(_keys)
"""The keys of a record's table: the fields that are declared as such, or every field where none is."""


def _key(field: str, kind: Any, words: KeyWords, default: Any) -> Key:
    reading = _SLUG if field == "id" else _reading(kind, words)
    many = reading.shape is not None and get_origin(kind) is tuple
    return Key(words.name or field, field, words, reading.blank if default is MISSING else default, reading, many)


def _reading(kind: Any, words: KeyWords) -> Reading:
    of = cast("type[Any]", next((one for one in get_args(kind) if one is not NoneType), kind))
    is_list = get_origin(kind) is tuple
    if is_dataclass(of) and of not in _READINGS:
        return Reading("one or more tables", _tables, (), WRONG, of) if is_list else Reading("a table", _table, {}, WRONG, of)
    if of is int:
        bounds = f"of at least {words.least}" if words.most is None else f"from {words.least} to {words.most}"
        one = Reading(f"a whole number {bounds}", partial(_whole, least=words.least, most=words.most), 0)
    elif of in _READINGS:
        one = _READINGS[of]
    else:
        one = _choice_of(of)
    return Reading(_LISTS.get(of, f"a list of {one.wanted}"), partial(_each, read=one.read), (), one.wrong) if is_list else one


class Table(Generic[R]):
    """One table of a text with the record made of it, usable or not. `faults` is the one list of the whole text."""

    def __init__(
        self,
        record: type[R],
        values: dict[str, object],
        lines: Lines,
        faults: list[Fault],
        file: str,
        path: tuple[str | int, ...] = (),
    ) -> None:
        self.values, self.lines, self.faults, self.file, self.path = values, lines, faults, file, path
        self._below: list[Table[Any]] = []
        self.own_faults: list[Fault] = []
        keys = keys_of(record)
        known = [one.name for one in keys]
        for name in values:
            if name not in known:
                self.fault(name, "unknown-key", f'"{name}" is not a key that is known here.', nearest(name, known))
        given = {one.field: self._given(one) for one in keys}
        own = getattr(record, "__dataclass_fields__").get("source")  # noqa: B009 - mypy knows no such attribute of a type
        if own is not None:
            given["source"] = Source(file, cell=f"line {self.line(own.metadata.get('stands_at', ''))}")
        made = record(**given)
        self.made: R = made.settled() if hasattr(made, "settled") else made
        """The record, with what follows from several of its keys together."""

    def line(self, name: str = "") -> int:
        """The line on which that key stands, else the line on which the table begins."""
        return self.lines.get((*self.path, name), self.lines.get(self.path, 1))

    def has(self, name: str) -> bool:
        """Whether the key was written at all."""
        return name in self.values

    def each(self, record: type[S]) -> "tuple[Table[S], ...]":
        """The tables in it that such records are made of, in their order; those that lack something they cannot do without, too."""
        return tuple(one for one in self._below if type(one.made) is record)

    @property
    def is_usable(self) -> bool:
        """Whether everything that this table cannot do without was there."""
        return not any(fault.fatal for fault in self.own_faults)

    def _given(self, key: Key) -> Any:
        """What the key gives; its default, and a fault, where the value is wrong or a needed one is missing."""
        given, shape = self._read(key), key.reading.shape
        if shape is None:
            return given
        paths = [(*self.path, key.name, entry) for entry in range(len(given))] if key.many else [(*self.path, key.name)]
        below = [
            Table(shape, one, self.lines, self.faults, self.file, path)
            for one, path in zip(given if key.many else (given,), paths, strict=True)
        ]
        self._below += below
        return tuple(one.made for one in below if one.is_usable) if key.many else below[0].made

    def _read(self, key: Key) -> Any:
        reading, needed = key.reading, key.words.needed
        default = reading.blank if reading.shape is not None else key.default
        if key.name not in self.values:
            if needed:
                self.fault("", "key-missing", f'"{key.name}" is missing.', f"Add {key.name}: {reading.wanted}.", fatal=True)
            return default
        try:
            value = reading.read(self.values[key.name])
        except WrongValueError as error:
            found, remedy = f'"{key.name}" is {shown(self.values[key.name])}.', str(error) or f"Write {reading.wanted}."
            self.fault(key.name, reading.wrong, found, remedy, fatal=needed)
            return default
        if needed and value in ("", ()):
            self.fault(key.name, "key-empty", f'"{key.name}" is empty.', f"Give {key.name} {reading.wanted}.", fatal=True)
        return value

    def fault(self, name: str, kind: str, found: str, remedy: str, *, fatal: bool = False) -> None:
        """Note a fault on the line of that key, once."""
        fault = Fault(self.line(name), kind, found, remedy, self.path, fatal)
        if fault not in self.own_faults:
            self.own_faults.append(fault)
            self.faults.append(fault)


def read_toml(content: bytes | str, record: type[R], file: str = "") -> Table[R]:
    """The whole text as one table. A text that cannot be parsed gives an empty table and the one fault that says where."""
    words = ""
    try:
        words = content if isinstance(content, str) else content.decode("utf-8-sig")
        values, lines = tomllib.loads(words), lines_of(words.replace("\r\n", "\n"))
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
        return Table(record, values, lines, [], file)
    empty = Table(record, {}, {}, [], file)
    empty.faults[:] = empty.own_faults[:] = [fault]
    return empty


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


def _read_as(kind: Any, value: object, otherwise: str = "") -> Any:
    """A value of that kind as it is; any other is wrong. Python takes true and false for numbers: no person does."""
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        raise WrongValueError(otherwise)
    return value


def _text(value: object) -> str:
    return str(_read_as(str, value)).strip()


def _slug(value: object) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*|", _read_as(str, value)):
        raise WrongValueError
    return str(value)


def _each(value: object, read: Callable[[object], T]) -> tuple[T, ...]:
    return tuple(map(read, _read_as(list, value)))


def _whole(value: object, least: int, most: int | None) -> int:
    number: int = _read_as(int, value)
    if number < least or (most is not None and number > most):
        raise WrongValueError
    return number


def _number(value: object) -> float:
    if not abs(_read_as(int | float, value)) < 1e15:
        raise WrongValueError
    return float(cast("float", value))


def _table(value: object) -> dict[str, object]:
    return dict(_read_as(dict, value, "Write a table, under its own heading in square brackets."))


def _tables(value: object) -> tuple[dict[str, object], ...]:
    wanted = "Write tables, each under its heading in double square brackets."
    return tuple(_read_as(dict, one, wanted) for one in _read_as(list, value, wanted))


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


def _period(value: object) -> Period:
    """A month (`2019-04`), a financial year (`2018/19`) or a period in full (`2018-04/P1Y`)."""
    words = value if isinstance(value, str) else ""
    try:
        if _YEAR.fullmatch(words):
            return Period.parse(f"{words[:4]}-04/P1Y")
        return Period.parse(words if "/" in words else f"{words}/P1M")
    except ValueError:
        raise WrongValueError("Write a month as 2019-04, a year as 2018/19.") from None


def _choice_of(kind: type[StrEnum], wrong: str = WRONG) -> Reading:
    """One of a few words, the first of them where nothing says otherwise."""

    def read(value: object) -> StrEnum:
        try:
            return kind(value.strip().casefold() if isinstance(value, str) else "")
        except ValueError:
            raise WrongValueError from None

    return Reading(" or ".join(f'"{one.value}"' for one in kind), read, next(iter(kind)), wrong)


_SLUG = Reading('a short name of small letters, digits and hyphens, such as "north-area"', _slug, "")
_TEXT = "text in quotation marks"
_READINGS: dict[Any, Reading] = {
    str: Reading(_TEXT, _text, ""),
    bool: Reading("true or false", partial(_read_as, bool), False),
    float: Reading("a number such as 82.5", _number, 0.0),
    date: Reading("a date such as 2019-05-28", _day),
    time: Reading('a time such as "10:00"', _clock),
    Period: Reading(_TEXT, _period, wrong="period-unreadable"),
}
_READINGS[Audience] = _choice_of(Audience, UNKNOWN_AUDIENCE)
_LISTS = {
    str: 'a list such as ["one", "two"]',
    int: "a list of whole numbers such as [7, 0]",
    date: "a list of dates such as [2019-05-28, 2019-06-25]",
}


def reads(kind: type[Any], reading: Reading) -> None:
    """How values of a type are read that another room knows."""
    _READINGS[kind] = reading
