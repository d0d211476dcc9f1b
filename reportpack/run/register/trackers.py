"""`register import`: a tracker's rows into the register, once a person has seen how it was read. Its references are kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from reportpack.errors import InputError, RefusedError
from reportpack.merge.register_rows import next_reference, words_of
from reportpack.model.event import Event, RowChange
from reportpack.model.problem import Problem
from reportpack.model.register_columns import SheetName, table_of
from reportpack.model.register_row import RegisterRow, TrackerMapped
from reportpack.read.register.reading import register_of_rows
from reportpack.read.register.rows import plain
from reportpack.read.register.tracker import LEFT_OUT, Tracker, heads_rows, read_tracker, take_proposals
from reportpack.read.workbook import read_workbook
from reportpack.records import Record
from reportpack.run.office_files import Folders, gather_meetings, open_memory
from reportpack.run.steps.recording import recording


class Imported(Record):
    """How many rows are new, how many were there already word for word, and what is to be asked about."""

    added: int
    known: int
    problems: tuple[Problem, ...]


def remembered(folders: Folders) -> dict[tuple[str, str], dict[str, str]]:
    """How trackers were taken in before: by kind and shape, which heading went under which column."""
    with open_memory(folders) as ledger:
        return {(one.sheet, one.shape): dict(one.columns) for one in ledger.happened(TrackerMapped)}


def kind_of(path: Path, sheet: str) -> str:
    """Risks where a file's headings are more those of a risk register than of an action log, else actions."""
    workbook, _ = read_workbook(path, path.name)
    sheets = [one for one in workbook.sheets if plain(sheet) in ("", plain(one.name))] if workbook else []
    risks, actions = (max((heads_rows(one, name) for one in sheets), default=0) for name in (SheetName.RISKS, SheetName.ACTIONS))
    return SheetName.RISKS if risks > actions else SheetName.ACTIONS


def propose_import(
    path: Path, kind: str, chosen: Mapping[str, str], sheet: str, known: Mapping[tuple[str, str], Mapping[str, str]]
) -> tuple[Tracker, dict[str, str]]:
    """The tracker with a column for every heading, and those that are proposed and nobody has said; one of a known shape as last time."""
    tracker = read_import(path, kind, chosen, sheet)
    before = known.get((kind, tracker.shape), {})
    if before and not chosen:
        return read_import(path, kind, before, tracker.sheet), {}
    proposed = tracker.proposed
    every = {**dict(tracker.taken), **proposed, **chosen}
    return (read_import(path, kind, every, tracker.sheet) if proposed else tracker), proposed


def read_import(path: Path, kind: str, chosen: Mapping[str, str], sheet: str) -> Tracker:
    """The one sheet of the file that is a tracker; InputError when there is none, or no telling which."""
    columns = [column.heading for column in table_of(kind).columns]
    for heading, column in chosen.items():
        if column not in (*columns, LEFT_OUT):
            remedy = f"The columns are: {', '.join(columns)}; {LEFT_OUT} leaves it out."
            raise InputError(f'"{heading}" cannot go under "{column}".', remedy)
    trackers, problems = read_tracker(path, kind, chosen, sheet)
    found = [one for one in trackers if one.rows]
    found = [one for one in found if one.sheet == kind] or found
    if len(found) > 1:
        names = ", ".join(f'"{one.sheet}"' for one in found)
        raise InputError(f"{path.name} has several sheets that could be meant: {names}.", "Name one with --sheet.")
    if not found:
        said = problems[0].sentence if problems else f"No sheet of {path.name} has rows under headings that are known."
        raise InputError(said, 'Say which heading is which: --map "Their heading=Action". Nothing was imported.')
    return found[0]


def import_rows(folders: Folders, tracker: Tracker, path: Path, now: datetime, *, take: bool = False) -> Imported:
    """Record every row that is not there yet, all or none, with `take` also what was proposed for it.
    A reference that means something else here already is refused."""
    if take:
        tracker = replace(tracker, rows=take_proposals(tracker.rows, tracker.proposals))
    settings, _, _ = gather_meetings(folders)
    _refuse_unsettled(tracker)
    with recording(folders, now) as record:
        standing = record.rows
        new = _new_rows(tracker.rows, standing)
        used = {row.ref for row in (*standing, *new) if row.sheet == new[0].sheet} if new else set()
        changes = []
        for row in new:
            ref = row.ref or next_reference(row, used, now.year)
            used.add(ref)
            changes.append(RowChange.adding(row, ref, f"reportpack register import {path.name}"))
        mapped = TrackerMapped(tracker.shape, tracker.table.name, tracker.taken)
        record.record([*(Event(one, now) for one in changes), Event(mapped, now)])
    asked = register_of_rows(new, settings.office, settings.measures)[1]
    asked = tuple(one for one in asked if one.kind != "reference-missing")
    return Imported(len(new), len(tracker.rows) - len(new), (*tracker.problems, *asked, *record.problems))


def _refuse_unsettled(tracker: Tracker) -> None:
    if tracker.unsettled:
        asked = "; ".join(f'"{heading}"' + (f" ({near}?)" if near else "") for heading, near in tracker.unsettled)
        remedy = f'Say it for each: --map "Heading=Column", or --map "Heading={LEFT_OUT}" to leave it out. Nothing was imported.'
        raise InputError(f"It cannot be told what these headings are: {asked}.", remedy)
    words = table_of(tracker.rows[0].sheet).words
    if words not in {column for _, column in tracker.taken}:
        found = f'No heading is known to be "{words}".'
        raise InputError(found, f'Say which: --map "Their heading={words}". Nothing was imported.')


def _new_rows(rows: Sequence[RegisterRow], standing: Sequence[RegisterRow]) -> list[RegisterRow]:
    stand = {(row.sheet, row.ref.casefold()): row for row in standing if row.ref}
    known = {(row.sheet, words_of(row)) for row in standing}
    twice = {ref for ref, count in Counter(row.ref.casefold() for row in rows if row.ref).items() if count > 1}
    new: list[RegisterRow] = []
    for row in rows:
        there = stand.get((row.sheet, row.ref.casefold())) if row.ref else None
        if row.ref.casefold() in twice:
            raise RefusedError(f"{row.source.cell}: the reference {row.ref} stands on several rows of the file.", _REFERENCES)
        if there is not None and words_of(there) != words_of(row):
            raise RefusedError(f"{row.source.cell}: {row.ref} is something else in the register already.", _REFERENCES)
        if there is None and (row.ref or (row.sheet, words_of(row)) not in known):
            new.append(row)
    return new


_REFERENCES = "Give one of them another reference, then import again. Nothing was imported."
