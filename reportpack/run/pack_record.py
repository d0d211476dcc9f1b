"""pack.json: what went into a pack and what it says, for machines; and what is new in it since the one before."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

from reportpack.compose.audience import as_cited
from reportpack.drive_files import sha256_of
from reportpack.model.agenda_view import AgendaView
from reportpack.model.edition import Audience, Part, shows
from reportpack.model.event import Build, Carried
from reportpack.model.inputs import InputFile
from reportpack.model.observation import Observation
from reportpack.model.pack import Pack, SourceEntry
from reportpack.model.problem import Problem
from reportpack.records import Record
from reportpack.render.element import Document, PrintedNumber, printed_numbers
from reportpack.run.answers import as_json

_ENCODER = json.JSONEncoder(ensure_ascii=False)


class News(Record):
    """What changed since the last build of this pack: counts, and the references of what is new."""

    figures: int = 0
    matters: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    first: bool = False


def pack_record(
    pack: Pack,
    document: Document,
    program: str,
    inputs: Sequence[InputFile],
    problems: Sequence[Problem],
    accepted: Sequence[Problem],
    view: AgendaView,
    looked_through: Sequence[str] = (),
    made: Mapping[str, bytes] = MappingProxyType({}),
) -> bytes:
    """The record as JSON in UTF-8. What is not for the edition's readers is not in it: other editions name no inputs and no problems.
    `looked_through` are the files of a release in which the gate found nothing that is not for them, `made` the files
    of a build, which lie beside it."""
    pack = as_cited(pack)
    sources, carried = {entry.id: entry for entry in pack.sources}, carried_by(view)
    record: dict[str, object] = {
        "program": program,
        "meeting": pack.meeting,
        "edition": pack.edition.value,
        "version": pack.version,
        "on": pack.on.isoformat(),
        "sources": [_source(entry, pack.edition) for entry in pack.sources],
        "revised": [as_json(line) for line in pack.appendix.revisions],
        "verdicts": [as_json(one) for one in pack.judgements],
        "turned": [as_json(one) for one in pack.turned],
        "numbers": map(_number_writer(sources, pack.edition), printed_numbers(document)),
    }
    found, draft = "nothing that is not for the readers of this edition", "a draft, given to nobody, is not looked through"
    record["looked_through"] = {"files": looked_through, "found": found if looked_through else draft}
    if made:
        record["made"] = {name: sha256_of(data) for name, data in made.items()}
    if shows(pack.edition, Part.WORKINGS):
        record |= {
            "inputs": [{"file": one.file, "sha256": one.sha256, "as_at": one.as_at and one.as_at.isoformat()} for one in inputs],
            "problems": [
                *(as_json(one) | {"accepted": False} for one in problems),
                *(as_json(one) | {"accepted": True} for one in accepted),
            ],
            "matters": carried.matters,
            "actions": carried.actions,
            "papers": carried.papers,
        }
    return _one_line_an_entry(record)


def carried_by(view: AgendaView) -> Carried:
    """What the pack brings before its meeting."""
    return Carried(
        tuple(one.matter.ref for one in view.matters),
        tuple(f"{one.action.ref} {one.action.state}" for one in view.actions),
        tuple(f"{paper.title} ({paper.status})" for paper in view.meeting.papers),
    )


def news_since(before: Build | None, old: Sequence[Observation], now: Build) -> News:
    """What this build has that the one before had not, whose figures are the `old` ones; of one that did not record what it carried, figures alone."""
    if before is None:
        return News(first=True)
    known = {(one.measure, one.area, one.period, one.value) for one in old}
    figures = sum((one.measure, one.area, one.period, one.value) not in known for one in now.figures)
    then, since = before.carried, now.carried
    if then is None or since is None:
        return News(figures)
    matters, actions = _added(then.matters, since.matters), _added(then.actions, since.actions)
    return News(figures, matters, actions, _added(then.papers, since.papers))


def _added(then: Sequence[str], now: Sequence[str]) -> tuple[str, ...]:
    return tuple(one for one in now if one not in set(then))


def _one_line_an_entry(record: Mapping[str, object]) -> bytes:
    """JSON that a person can search: one line a key, and one an entry of its lists. Entries are written one by one: they are many."""
    parts: list[bytes] = []
    for key, value in record.items():
        parts += [b",\n " if parts else b"{\n ", _json(key), b": "]
        if isinstance(value, list | tuple | Iterator):
            entries = [part for one in value for part in (b",\n  ", one if isinstance(one, bytes) else _json(one))]
            parts += [b"[\n  ", *entries[1:], b"\n ]"] if entries else [b"[]"]
        else:
            parts.append(_json(value))
    return b"".join([*parts, b"\n}\n"])


def _json(value: object) -> bytes:
    return _ENCODER.encode(value).encode()


def _source(entry: SourceEntry, edition: Audience) -> dict[str, object]:
    if not shows(edition, Part.FILES):
        return {"id": entry.id, "title": entry.file}
    as_at = entry.as_at.isoformat() if entry.as_at else None
    return {"id": entry.id, "file": entry.file, "sheet": entry.sheet or None, "sha256": entry.sha256, "as_at": as_at}


def _number_writer(sources: dict[str, SourceEntry], edition: Audience) -> Callable[[PrintedNumber], bytes]:
    """Writes a number's entry; what is said of a source is made once for all numbers that rest on it."""
    known = sources if shows(edition, Part.FILES) else {}

    @cache
    def head(source_id: str) -> bytes:
        entry = known.get(source_id)
        told = {"file": entry.file, "sheet": entry.sheet or None} if entry is not None else {}
        return _json({"source": source_id, **told})[:-1]

    @cache
    def reference(written: str) -> bytes:
        source_id, _, cells = written.partition("!")
        return head(source_id) + (b', "cells": %b}' % _json(cells or None) if source_id in known else b"}")

    def entry(number: PrintedNumber) -> bytes:
        said = _json(number.text), repr(float(number.value)).encode(), _json(number.section)
        return b'{"text": %b, "value": %b, "section": %b, "sources": [%b]}' % (*said, b", ".join(map(reference, number.sources)))

    return entry
