"""Events as the ledger stores them: a kind, a subject, and JSON that reads the same for ever.

An event's fields stand by their names; what is inside one (a file, a change of a cell) is a list of its fields in their order. So a field
may be added to either with a default, and what was stored before still reads; none is renamed, moved or taken out unless
`brought_up` still reads it. What is not compared (the bytes of a file that is kept) is not stored."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache, lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

from reportpack.model.duty import LettersHeld
from reportpack.model.event import KINDS, Event, Happening
from reportpack.model.outbox import LetterQueued
from reportpack.model.period import written_day
from reportpack.model.problem import Source
from reportpack.model.register_columns import DAY_HEADINGS
from reportpack.model.register_row import CellChange, RegisterCell, RegisterRow, words_said
from reportpack.records import Record

T = TypeVar("T")
_OF_QUEUED = ("key", "sender", "reply_to", "message_id", "dated")
_OF_LETTER = ("kind", "meeting", "document", "version", "edition")
_OF_PERSON = ("name", "email", "post", "edition")
_SAID = ("title", "text", "html")


def brought_up(what: type[object], body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields of an event as they are named now."""
    if what is LetterQueued and "letter" not in body:
        # a letter whose person stood among its own fields, and whose subject was called its title
        first, person, said = ([body[name] for name in names] for names in (_OF_LETTER, _OF_PERSON, _SAID))
        return {name: body[name] for name in _OF_QUEUED} | {"letter": [*first, person, *said, body.get("enclosures", [])]}
    if what is LettersHeld:
        return {**body, "letters": [_held(one) for one in body["letters"]]}
    return body


def _held(letter: Sequence[Any]) -> Sequence[Any]:
    """A letter that was held, in the order of its fields then: after its edition came a name, where now a person stands."""
    at = len(_OF_LETTER)
    if not isinstance(letter[at], str):
        return letter
    name, email, post, *rest = letter[at:]
    return [*letter[:at], [name, email, post, letter[at - 1]], *rest]


_IN_TABLES = {"figures"}  # Fields that have tables of their own.


class StoredEvent(Record):
    """A row of the table of events."""

    kind: str
    subject: str
    recorded: str
    who: str
    body: str


def store(event: Event) -> StoredEvent:
    """The event as a row. Its moment keeps its time zone: the day it names is the day in the office."""
    recorded = event.recorded.isoformat(timespec="microseconds")
    what = event.what
    by_name = {one.name: stored(getattr(what, one.name)) for one in fields(what) if one.name not in _IN_TABLES}
    body = json.dumps(by_name, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return StoredEvent(event.kind, event.subject, recorded, event.who, body)


@lru_cache(maxsize=2**17)
def restore(number: int, row: StoredEvent) -> Event:
    """The row as the event it was; a build comes without its figures. What was read once is known: a desk asks for the same rows at every look."""
    what = _CLASSES[row.kind]
    readers, body = _readers(what), brought_up(what, json.loads(row.body))
    values = {name: value if (read := readers[name]) is None else read(value) for name, value in body.items()}
    happening: Happening = what(**values)
    return Event(happening, datetime.fromisoformat(row.recorded), row.who, number)


_CLASSES: Mapping[str, Any] = {kind.name: what for what, kind in KINDS.items()}


def stored(value: Any) -> Any:
    """What JSON can hold of a value: a record is a list of its fields in their order."""
    if is_dataclass(value):
        return [stored(getattr(value, one.name)) for one in fields(value) if one.compare]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, tuple):
        return [stored(one) for one in value]
    return value


def restored(kind: type[T], values: Any) -> T:
    """The record of that kind that was stored so."""
    record: T = _record_reader(kind)(values)
    return record


_Reader = Callable[[Any], Any]


@cache
def _readers(record: Any) -> dict[str, _Reader | None]:
    return {name: _reader(wanted) for name, wanted in get_type_hints(record).items()}


def _reader(wanted: Any) -> _Reader | None:
    if get_origin(wanted) is UnionType:
        inner = _reader(next(one for one in get_args(wanted) if one is not NoneType))
        return inner and (lambda value: None if value is None else inner(value))
    if get_origin(wanted) is tuple:
        each = _reader(get_args(wanted)[0])
        return (lambda values: tuple([each(one) for one in values])) if each else tuple
    if isinstance(wanted, type) and is_dataclass(wanted):
        return _record_reader(wanted)
    if issubclass(wanted, date | time):
        read: _Reader = wanted.fromisoformat
        return read
    return wanted if issubclass(wanted, Enum) else None


def _record_reader(wanted: Any) -> _Reader:
    """For what stands inside an event: a list of its fields, of which the last may be missing. Its own readers are found when they are needed:
    a record may hold records of its own kind."""

    def read_record(values: Any) -> Any:
        if wanted is CellChange:
            return _change(*values)
        readers = _readers_in_order(wanted)
        if readers is None:
            return wanted(*values)
        return wanted(*[read(one) if read else one for read, one in zip(readers, values, strict=False)])

    return read_record


def _change(header: str, before: str, after: str, day: str | None = None) -> CellChange:
    if day is None:
        return CellChange(header, before, after, written_day(after) if header in DAY_HEADINGS else None)
    return CellChange(header, before, after, _named(day, after))


def _named(day: str, words: str) -> date | None:
    kept = date.fromisoformat(day)
    return kept if words_said(kept) == words else None


@cache
def _readers_in_order(record: Any) -> tuple[_Reader | None, ...] | None:
    readers = tuple(_readers(record).values())
    return readers if any(readers) else None


def rows_as_bytes(rows: Sequence[RegisterRow]) -> bytes:
    """Rows of the register as JSON that is the same whenever the rows are."""
    listed = []
    for row in rows:
        cells = [[one.header, one.text, one.cell, *([one.day.isoformat()] if one.day is not None else [])] for one in row.cells]
        listed.append([row.sheet, row.ref, cells, row.source.file, row.source.sheet, row.source.cell, row.source.sha256])
    return json.dumps(listed, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def rows_from_bytes(data: bytes) -> tuple[RegisterRow, ...]:
    """The rows that were kept."""
    listed = json.loads(data.decode("utf-8", "surrogatepass"))
    return tuple(RegisterRow(sheet, ref, tuple(_cell(*one) for one in cells), Source(*at)) for sheet, ref, cells, *at in listed)


def _cell(header: str, text: str, place: str, day: str | None = None) -> RegisterCell:
    return RegisterCell(header, text, place, _named(day, text) if day is not None else None)
