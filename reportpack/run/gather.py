"""Everything that was put in, read in one pass: the first step of every verb that builds or checks.
How workbooks were read is kept in the office's memory, so that one that has not changed is not read again. A reading is of one workbook under its
name, one list of areas and one program: with another byte in any of them it is made anew. It can always be made again, and is forgotten whenever
words are erased."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from reportpack.drive_files import bytes_of, sha256_of
from reportpack.ledger import Ledger
from reportpack.ledger.event_text import restored, stored
from reportpack.merge.figures import with_answers
from reportpack.merge.noted_corrections import standing_passages
from reportpack.model.event import Undone, WorkbookSeen
from reportpack.model.inputs import InputFile, Inputs, Settings
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting
from reportpack.model.observation import FigureAnswered, Observation, Status, Unit
from reportpack.model.office import OFFICE_FILE
from reportpack.model.paper import PaperHealth
from reportpack.model.passage import PassageHeld, PassageRestored
from reportpack.model.problem import Problem, Source
from reportpack.model.scripts import unset_scripts
from reportpack.model.table import Label, Table, TableValue
from reportpack.read.figures.places import DatedWorkbook
from reportpack.read.figures.reading import read_figures, shelf_of
from reportpack.read.figures.reading_notes import reading_notes
from reportpack.read.figures.sanity import check_dates, check_figures, check_files, unused_workbook
from reportpack.read.figures.tables import find_tables
from reportpack.read.figures.titles import workbook_as_at
from reportpack.read.grid import Sheet, Workbook
from reportpack.read.register.reading import register_of_rows
from reportpack.read.words.notes import notes_files, read_notes
from reportpack.read.workbook import read_workbook
from reportpack.read.workbook.opening import is_named, list_workbooks
from reportpack.records import Record
from reportpack.run.office_files import REGISTER, Folders, Progress, gather_meetings, which_meeting
from reportpack.run.program import program_version
from reportpack.run.steps.citing import with_citing
from reportpack.run.steps.paper_letters import with_letters
from reportpack.run.steps.papers import with_sheets
from reportpack.run.steps.standing import StandingRegister, read_standing
from reportpack.run.steps.taken_notes import notes_gaps, with_unagreed_notes

READINGS = "readings"
_MOST = 300_000  # figures of a workbook: one of more takes as long to fetch as to read
_LARGEST = 32 * 1024 * 1024


class Readings:
    """The readings of one run. `anew` names the workbooks that were opened, and not remembered."""

    def __init__(self, memory: Path, program: str) -> None:
        self.anew: list[str] = []
        self._folder, self._program = memory / READINGS, program
        self._kept: dict[str, tuple[Path, Path, dict[str, Any]]] = {}
        self._whole: dict[str, Workbook] = {}

    def workbook(self, path: Path, name: str) -> tuple[Workbook | None, tuple[Problem, ...], date | None]:
        """As `read_workbook`, but for the cells of its sheets; and the day that it shows."""
        place, kept = self._folder / "none", dict[str, Any]()
        with suppress(OSError, ValueError):
            if path.stat().st_size <= _LARGEST:
                sha256 = sha256_of(bytes_of(path))
                place = self._folder / f"{sha256_of(f'{self._program}{name}{sha256}'.encode())}.json"
                kept = json.loads(bytes_of(place))
        if not kept:
            workbook, problems = read_workbook(path, name)
            self.anew.append(name)
            if workbook is None:
                return None, problems, None
            self._whole[name], day = workbook, workbook_as_at(workbook)
            sheets = [[one.name, one.hidden, [*one.hidden_rows], [*one.hidden_columns], [*one.struck]] for one in workbook.sheets]
            kept = {"sha256": workbook.sha256, "as_at": day and day.isoformat(), "sheets": sheets, "areas": None, "tables": {}}
            kept["problems"] = [*map(stored, problems)]
        self._kept[name] = path, place, kept
        light = (
            Sheet(title, (), hidden, frozenset(rows), frozenset(columns), struck=frozenset(map(tuple, struck)))
            for title, hidden, rows, columns, struck in kept["sheets"]
        )
        as_at = kept["as_at"] and date.fromisoformat(kept["as_at"])
        return Workbook(name, kept["sha256"], tuple(light)), _problems(kept["problems"]), as_at

    def tables(self, sheet: Sheet, file: str, areas: Sequence[str]) -> tuple[tuple[Table, ...], tuple[Problem, ...]]:
        """As `find_tables` of the sheet with all its cells."""
        path, _, kept = self._kept[file]
        if kept["areas"] != [*areas]:
            kept |= {"areas": [*areas], "tables": {}}
        if sheet.name not in kept["tables"]:
            if file not in self._whole:
                self._whole[file] = read_workbook(path, file)[0] or Workbook(file, "", ())
                self.anew.append(file)
            whole = next((one for one in self._whole[file].sheets if one.name == sheet.name), sheet)
            found, problems = find_tables(whole, file, areas)
            tables = tuple(replace(one, values=tuple(one.values)) for one in found)
            kept["tables"][sheet.name] = [*map(_columns, tables)], [*map(stored, problems)]
            return tables, problems
        columns, said = kept["tables"][sheet.name]
        return tuple(map(_table, columns)), _problems(said)

    def keep(self) -> None:
        """Write what was made anew, and take away what no workbook of this run has; nothing where there is no memory yet."""
        with suppress(OSError):
            if self._folder.parent.is_dir():
                self._folder.mkdir(exist_ok=True)
                for file in self._whole:
                    _, place, kept = self._kept[file]
                    if sum(len(one["values"]) for columns, _ in kept["tables"].values() for one in columns) <= _MOST:
                        part = place.with_suffix(f".{os.getpid()}")
                        part.write_text(json.dumps(kept), "utf-8")
                        part.replace(place)
                for place in {*self._folder.iterdir()} - {place for _, place, _ in self._kept.values()}:
                    place.unlink()


def _problems(kept: list[Any]) -> tuple[Problem, ...]:
    return tuple(restored(Problem, one) for one in kept)


def _columns(table: Table) -> dict[str, Any]:
    """A table as JSON has it; what figures share is written once, and each says its number."""
    labels = {id(one.label): one.label for one in table.values}
    numbers = {known: number for number, known in enumerate(labels)}
    head = [table.sheet, table.range, table.layout, table.title, table.notes, table.titles]
    said = [[stored(one), one.meaning.told] for one in labels.values()]
    kinds: dict[Any, int] = {}
    every = table.values
    values = [[at, numbers[id(of)], raw, value, kinds.setdefault((*kind,), len(kinds))] for at, of, raw, value, *kind in every]
    return {"head": head, "labels": said, "kinds": [*kinds], "values": values}


def _table(columns: dict[str, Any]) -> Table:
    labels = [_label(restored(Label, one), told) for one, told in columns["labels"]]
    kinds = [(Unit(unit), Status(status), tuple(marks), doubt) for unit, status, marks, doubt in columns["kinds"]]
    values = tuple(TableValue(cell, labels[at], raw, value, *kinds[kind]) for cell, at, raw, value, kind in columns["values"])
    sheet, place, layout, title, notes, titles = columns["head"]
    return Table(sheet, place, layout, title, values, tuple(notes), tuple(titles))


def _label(label: Label, told: list[list[str]]) -> Label:
    return replace(label, meaning=replace(label.meaning, told=tuple((part, place) for part, place in told)))


FirstSeen = Callable[[str], date | None]


class Material(Record):
    """What is known for one meeting as at a day: settings, inputs, the workbooks that were there, the register."""

    settings: Settings
    meeting: Meeting
    on: date
    inputs: Inputs
    workbooks: tuple[WorkbookSeen, ...]
    standing: StandingRegister
    papers: Mapping[str, PaperHealth]
    """The health sheet of each paper that has come, by its file."""
    replaced: tuple[Observation, ...] = ()
    """Figures of earlier workbooks that a later one gives otherwise."""


def gather(
    folders: Folders,
    named: str,
    today: date,
    on: date | None,
    ledger: Ledger,
    first_seen: FirstSeen,
    progress: Progress,
    proposed: Meeting | None = None,
) -> Material:
    """Read everything for the meeting. A past meeting's pack is as at its own day, unless `on` says otherwise.
    `proposed` is a meeting that nobody has set, for a pack where there is none."""
    settings, meetings, problems = gather_meetings(folders)
    meetings = (*meetings, proposed) if proposed is not None else meetings
    meeting = which_meeting(meetings, named, today)
    on = on or min(today, meeting.day)
    meeting = with_letters(ledger, with_unagreed_notes(meeting, meetings, ledger, on))
    meeting, sheets = with_sheets(folders.inputs, meeting)
    office, measures = settings.office, settings.measures
    progress("Reading the register and people's words")
    register_path = folders.inputs / REGISTER
    standing = read_standing(register_path, ledger, on if on < today else None, today.year)
    register, of_register = register_of_rows(standing.rows, office, measures)
    notes = folders.inputs / "notes"
    statements, questions, of_notes = read_notes(notes, meeting.id, meeting.agenda, office, meeting.also)
    readings = Readings(folders.memory, program_version())
    performance = folders.inputs / "performance"
    workbooks, broken, of_workbooks = _read_workbooks(performance, readings, measures, on, today, first_seen, progress)
    progress("Finding the measures' figures")
    shelf = shelf_of(workbooks, office, broken, readings.tables)
    observations, of_figures = read_figures(shelf, measures, office)
    readings.keep()
    measures = tuple(replace(one, unit=Unit.DURATION) if one.id in shelf.timed else one for one in measures)
    settings = with_citing(replace(settings, measures=measures), ledger, standing.rows)
    before = ledger.happened(WorkbookSeen)
    patterns = [place.file for measure in measures for place in measure.places]
    how_read, moved = reading_notes(shelf, observations, before, patterns)
    pairs = zip(how_read, sorted(workbooks, key=lambda one: one.workbook.file), strict=True)
    seen = tuple(WorkbookSeen(one.file, it.workbook.sha256, it.as_at, one.layout, len(one.unused)) for one, it in pairs)
    of_meeting = (meeting.source.file, *(paper.file for paper in meeting.papers if paper.file))
    first_names = {one.sha256: one.file for one in reversed(before)}
    own = (register_path, *notes_files(notes, meeting.names), *(folders.inputs / one for one in of_meeting))
    of_workbook = (InputFile(one.file, one.sha256, one.as_at) for one in seen)
    files = (*settings.files, *_hashed(folders.inputs, own), *of_workbook)
    problems = (
        *problems,
        *notes_gaps(folders, meetings, ledger, register.matters, on),
        *(one for sheet in sheets.values() for one in sheet.problems),
        *standing.problems,
        *unset_scripts((office.areas, office.people), Source(OFFICE_FILE)),
        *unset_scripts((standing.rows, statements, questions, meeting), Source(REGISTER)),
        *of_register,
        *of_notes,
        *of_workbooks,
        *of_figures,
        *moved,
        *check_figures(observations, measures, office, shelf.ended),
        *check_files(tuple(Source(one.file, sha256=one.sha256) for one in seen), first_names),
    )
    undone = {one.event for one in ledger.happened(Undone)}
    answers = [one for one in ledger.of_kinds(FigureAnswered) if one.number not in undone]
    settings, observations = with_answers(settings, observations, problems, answers, on)
    inputs = Inputs(
        files=files,
        observations=tuple(one for one in observations if one.period.end <= on),  # of later ones nothing was known then
        register=register,
        meetings=meetings,
        statements=statements,
        questions=questions,
        held=standing_passages(ledger.of_kinds(PassageHeld, PassageRestored))[0],
        readings=how_read,
        problems=problems,
    )
    return Material(settings, meeting, on, inputs, seen, standing, sheets, tuple(shelf.replaced))


def _read_workbooks(
    folder: Path,
    readings: Readings,
    measures: Sequence[Measure],
    on: date,
    today: date,
    first_seen: FirstSeen,
    progress: Progress,
) -> tuple[tuple[DatedWorkbook, ...], tuple[str, ...], tuple[Problem, ...]]:
    paths, problems = list_workbooks(folder)
    patterns = {place.file for measure in measures for place in measure.places}
    found: list[DatedWorkbook] = []
    said, broken = list(problems), [one.source.file for one in problems]
    for path in paths:
        name = path.relative_to(folder.parent).as_posix()
        if not any(is_named(name, pattern) for pattern in patterns):
            said.append(unused_workbook(name))
            continue
        progress(f"Reading {path.name}")
        workbook, of_workbook, as_at = readings.workbook(path, name)
        said.extend(of_workbook)
        if workbook is None:
            broken.append(name)
            continue
        known = as_at or first_seen(workbook.sha256)
        if as_at is not None and as_at > on:
            broken += [name] if as_at > today else []
            said.extend(check_dates((Source(name, sha256=workbook.sha256, as_at=as_at),), today))
            continue
        found.append(DatedWorkbook(workbook, known, told=as_at is not None))
    return tuple(found), tuple(broken), tuple(said)


def _hashed(inputs: Path, paths: Sequence[Path]) -> tuple[InputFile, ...]:
    files = []
    for path in paths:
        with suppress(OSError):  # whoever read it before has said so
            files.append(InputFile(path.relative_to(inputs).as_posix(), sha256_of(bytes_of(path))))
    return tuple(files)
