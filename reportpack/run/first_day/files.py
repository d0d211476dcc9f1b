"""Files as they lie, each told by what it holds, not by its name, on all the machine's cores. Whatever is wrong with one is its own line, and
stops nothing; what a file was found to hold is kept by its hash, so that it is read once.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import nullcontext, suppress
from dataclasses import replace
from pathlib import Path

from reportpack import patterns as re
from reportpack.ledger.event_text import restored, stored
from reportpack.model.minutes import Minutes
from reportpack.model.observation import Unit
from reportpack.model.register_columns import TABLES, Heading
from reportpack.model.table import Table
from reportpack.read.documents.opening import open_notes
from reportpack.read.figures.labels import area_key
from reportpack.read.figures.tables import find_tables
from reportpack.read.figures.titles import workbook_as_at
from reportpack.read.grid import Sheet, Workbook, cell_name
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.queries.sentences import place_of
from reportpack.read.minutes.reading import minutes_of
from reportpack.read.register.tracker import heads_rows, trackers_of
from reportpack.read.workbook import read_workbook
from reportpack.read.workbook.opening import EXPECTED
from reportpack.records import Record
from reportpack.run.first_day.folder import FileKind, FileReading, FoundRows, Lying, Named
from reportpack.run.first_day.measures import says_measure
from reportpack.run.measure_add import candidates_of
from reportpack.run.office_files import Progress
from reportpack.run.program import program_version
from reportpack.run.steps.taken_notes import KINDS, UNFIT

_FEW = 8  # Files that are read sooner than a second process is begun.
_MOST_PROCESSES = 4
_KEPT = "first day.json"
_HEADINGS = 3  # Columns of a register that are named before a sheet is taken for a tracker.
_VOICE = re.compile(r"(?i)(?:.*\b)?(?:officer['\u2019]?s? notes?|commissioner['\u2019]s questions|force commentary)\b.*")
_LIST = re.compile(r"(?i)\bactions? (?:log|list|report|tracker|register|plan)\b")
_PLACE = r"[A-Z][\w'\u2019-]+(?:(?: and| of| the| &)* [A-Z][\w'\u2019-]+){0,4}"
_POLICY_BODY = r"(?:Police(?:, Fire)? and Crime Commissioner|Police and Crime Panel|Policing Board|Police Authority)"
_OFFICE = re.compile(rf"(?:Office of the )?{_POLICY_BODY} for (?:the )?{_PLACE}|Office of the {_POLICY_BODY}")
_FORCE = re.compile(rf"\b(?P<name>{_PLACE}) (?:Police(?! and| &|,)|Constabulary)\b")
_NO_FORCE = listed("the deputy chief british national local neighbourhood response roads this all office college association")
_HEAD_LINES = 60
_MOST_PLACES, _ENOUGH = 30, 3


class Kept(Record):
    """What the first day remembers: readings by hash, answers by question, and for each hash what became of the file."""

    readings: Mapping[str, FileReading]
    answers: Mapping[str, str]
    taken: Mapping[str, str]


def kept_in(memory: Path) -> Kept:
    """What an earlier run kept there; readings of another version of the program are made anew."""
    try:
        said = json.loads((memory / _KEPT).read_bytes())
        same = said["version"] == program_version()
        readings = {sha: restored(FileReading, one) for sha, one in said["readings"].items()} if same else {}
        return Kept(readings, said["answers"], said["taken"])
    except (OSError, ValueError, KeyError, TypeError):
        return Kept({}, {}, {})


def kept_file(memory: Path, kept: Kept) -> tuple[Path, bytes]:
    """The file that keeps it, and its bytes."""
    readings = {sha: stored(one) for sha, one in kept.readings.items()}
    said = {"version": program_version(), "answers": dict(kept.answers), "taken": dict(kept.taken), "readings": readings}
    return memory / _KEPT, json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


def read_all(files: Sequence[Lying], kept: Mapping[str, FileReading], progress: Progress) -> dict[str, FileReading]:
    """The reading of every file by its hash."""
    fresh = [one for one in files if one.sha256 and not one.aside and one.sha256 not in kept]
    found = {one.sha256: kept[one.sha256] for one in files if one.sha256 in kept}
    processes = min(_MOST_PROCESSES, os.cpu_count() or 1, len(fresh) // _FEW)
    pool = ProcessPoolExecutor(processes) if processes > 1 else None
    with pool or nullcontext():
        waiting = {one.sha256: pool.submit(read_one, one.path, one.name) for one in fresh} if pool is not None else {}
        for number, one in enumerate(fresh, 1):
            progress(f"Reading {number} of {len(fresh)}: {one.name}")
            found[one.sha256] = _read(one, waiting.get(one.sha256))
    # where the heading of figures is a place by what other files say, the file is read once more with the places
    places = {area_key(area.name): area.name for reading in found.values() for area in reading.areas}
    for file in files:
        labels = found[file.sha256].figures if file.sha256 in found and not file.aside else ()
        if any(not label.areas and area_key(label.label) in places for label in labels):
            found[file.sha256] = read_one(file.path, file.name, tuple(places.values()))
    return found


def _read(one: Lying, waited: Future[FileReading] | None) -> FileReading:
    """Here, or as another process read it; where the system stopped that, in one of its own, which stops no other."""
    if waited is None:
        return read_one(one.path, one.name)
    try:
        return waited.result()
    except BrokenProcessPool:
        with suppress(BrokenProcessPool), ProcessPoolExecutor(1) as pool:
            return pool.submit(read_one, one.path, one.name).result()
        return FileReading(FileKind.NOTHING, "reading it needs more than this machine has")


def read_one(path: Path, name: str, areas: Sequence[str] = ()) -> FileReading:
    """What the file holds; `areas` are names of places that are known by now."""
    try:
        ending = path.suffix.lower()
        if ending in EXPECTED and ending != ".txt":
            return _of_workbook(path, name, areas)
        reading = _of_document(path, name)
        unnamed = reading.kind is FileKind.NOTHING and ending not in KINDS
        return _of_workbook(path, name, areas) if unnamed else reading
    except Exception as fault:  # noqa: BLE001 - one file among thousands, of any make, never stops the rest
        return FileReading(FileKind.NOTHING, f"the program cannot read it ({type(fault).__name__})")


def _of_workbook(path: Path, name: str, areas: Sequence[str]) -> FileReading:
    workbook, problems = read_workbook(path, name)
    if workbook is None:
        return FileReading(FileKind.NOTHING, problems[0].found.rstrip(".") if problems else "it cannot be read")
    rows = tuple(_rows(workbook))
    owners = tuple(dict.fromkeys(owner for one in rows for owner in one.owners))
    taken = {one.sheet for one in rows}
    open_ones = (one for one in workbook.sheets if one.name not in taken and not one.hidden)
    found = [(sheet, find_tables(sheet, name, areas)[0]) for sheet in open_ones]
    hidden = tuple(name for _, tables in found for table in tables for name in _added_up(table))
    if hidden and not areas:
        return _of_workbook(path, name, hidden)
    figures = tuple(one for _, tables in found for one in candidates_of(tables, str))
    as_at, sheets = workbook_as_at(workbook), tuple(one.name for one in workbook.sheets)
    if rows and not any(one.periods for one in figures):
        return FileReading(FileKind.TRACKER, as_at=as_at, sheets=sheets, rows=rows, owners=owners)
    if not figures:
        return FileReading(FileKind.NOTHING, "no table of figures and no list of actions was found in it")
    titles = [(line, f"{sheet.name}, {table.range}") for sheet, tables in found for table in tables for line in table.titles]
    places = tuple(area for sheet, tables in found for area in _areas(sheet, tables))
    ends = [label.period.end for _, tables in found for table in tables for _, label, _ in table.labelled() if label.period]
    bodies, last = _bodies(titles), max(ends, default=None)
    return FileReading(FileKind.FIGURES, "", as_at, last, figures, places, sheets, rows, *bodies, owners=owners)


def _rows(workbook: Workbook) -> Iterator[FoundRows]:
    for sheet in workbook.sheets:
        counts = {table.name.value: heads_rows(sheet, table.name) for table in TABLES}
        table = max(counts, key=lambda one: (one == sheet.name, counts[one]))
        if counts[table] < _HEADINGS:
            continue
        for one in trackers_of(workbook, table, {}, sheet.name):
            if one.rows:
                yield FoundRows(one.sheet, table, one.shape, tuple(filter(None, (row.text(Heading.OWNER) for row in one.rows))))


def _areas(sheet: Sheet, tables: Sequence[Table]) -> Iterator[Named]:
    first: dict[str, Named] = {}
    cells: dict[str, str] = {}
    """The first cell of each short text, by its plain form."""
    for row, values in enumerate(sheet.rows[:2000]):
        for column, text in enumerate(values[:200]):
            if isinstance(text, str) and 1 < len(text) < 60:
                cells.setdefault(area_key(text), cell_name(row, column))
    for table in tables:
        figures: dict[str, dict[object, float]] = {}
        for value in table.values:
            if value.area and value.value is not None:
                figures.setdefault(value.area, {})[value.measure, value.period] = value.value
                cell = cells.get(area_key(value.area), value.cell)
                where = ", ".join(filter(None, (sheet.name, cell)))
                first.setdefault(value.area, Named(value.area, where, value.total))
        if whole := _whole_of(figures):
            first[whole] = replace(first[whole], whole=True)
    yield from first.values()


def _added_up(table: Table) -> tuple[str, ...]:
    """Headings that are places, though nothing says so: names, under one of which stands what the others add up to, period for period."""
    columns: dict[str, dict[object, float]] = {}
    for value in table.values:
        if value.area or value.unit is not Unit.COUNT or value.period is None or value.value is None or not value.measure:
            return ()
        columns.setdefault(value.measure, {})[value.period] = value.value
    named = bool(table.title) and not any(map(says_measure, columns))
    return tuple(columns) if named and _whole_of(columns) else ()


def _whole_of(columns: Mapping[str, Mapping[object, float]]) -> str:
    """The one of several rows or columns that holds what the others add up to; empty where none does, or too few figures tell."""
    shared = set.intersection(*map(set, columns.values())) if 3 <= len(columns) <= _MOST_PLACES else set()
    sums = {key: sum(one[key] for one in columns.values()) for key in shared}
    wholes = [name for name, one in columns.items() if all(abs(2 * one[key] - sums[key]) < 0.5 for key in shared)]
    return wholes[0] if len(wholes) == 1 and len(shared) >= _ENOUGH else ""


def _of_document(path: Path, name: str) -> FileReading:
    document, source, problems = open_notes(path, name)
    if document is None:
        return FileReading(FileKind.NOTHING, problems[0].found.rstrip(".") if problems else "it cannot be read")
    minutes, said = minutes_of(document, source, None, (), None)
    unfit = next((one for one in said if one.kind in UNFIT), None)
    if minutes is None or (unfit is not None and unfit.kind == "notes-cut"):
        return FileReading(FileKind.NOTHING, said[0].found.rstrip(".") if said else "it says nothing")
    kind = _kind_of(minutes, unfit.kind if unfit is not None else "")
    why = unfit.found.rstrip(".") if unfit is not None and kind is FileKind.PAPER else ""
    if kind is FileKind.PAPER and minutes.day is None and len(minutes.attendance) > 1 and not why:
        why = "notes, it seems, without the day of their meeting: name the file after it, or write the day at its head"
    lines = [(line.text, place_of(line.name)) for line in document.lines[:_HEAD_LINES]]
    coming = minutes.next_meeting
    offices, forces = _bodies(lines)
    owners = (owner.as_written for one in minutes.actions for owner in one.owners)
    return FileReading(
        kind,
        why,
        offices=offices,
        forces=forces,
        title=minutes.title or "",
        day=minutes.day,
        start=minutes.start,
        venue=minutes.venue or "",
        chair=minutes.chair or "",
        note_taker=minutes.note_taker or "",
        people=tuple(one for one in minutes.attendance if one.name and " " in one.name),
        items=minutes.items,
        owners=tuple(dict.fromkeys((*owners, *(asker for one in minutes.questions for asker in one.asked_by)))),
        next_day=coming.day if coming is not None and not coming.type else None,
    )


def _kind_of(minutes: Minutes, unfit: str) -> FileKind:
    if unfit == "notes-agenda-only":
        return FileKind.AGENDA
    if sum(_VOICE.fullmatch(one.title) is not None for one in minutes.items) > 1:
        return FileKind.WORDS
    if _LIST.search(minutes.title or ""):
        return FileKind.PAPER
    met = minutes.attendance or minutes.actions or minutes.decisions
    return FileKind.NOTES if minutes.day is not None and met and not unfit else FileKind.PAPER


def _bodies(lines: Sequence[tuple[str, str]]) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    offices = [Named(match[0], where) for text, where in lines for match in _OFFICE.finditer(text[:300])]
    forces = [(match, where) for text, where in lines for match in _FORCE.finditer(text[:300])]
    told = (Named(match[0], where) for match, where in forces if _NO_FORCE.isdisjoint(match["name"].lower().split()))
    return tuple(offices), tuple(told)
