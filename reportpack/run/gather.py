"""Everything that was put in, read in one pass: the first step of every verb that builds or checks."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from reportpack.drive_files import bytes_of, sha256_of
from reportpack.ledger import Ledger
from reportpack.merge.figures import with_answers
from reportpack.model.event import WorkbookSeen
from reportpack.model.inputs import InputFile, Inputs, Settings
from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting
from reportpack.model.observation import FigureAnswered, Unit
from reportpack.model.paper import PaperHealth
from reportpack.model.problem import Problem, Source
from reportpack.read.figures.places import DatedWorkbook
from reportpack.read.figures.reading import read_figures, shelf_of
from reportpack.read.figures.reading_notes import reading_notes
from reportpack.read.figures.sanity import check_dates, check_figures, check_files, unused_workbook
from reportpack.read.register.reading import register_of_rows
from reportpack.read.words.notes import notes_files, read_notes
from reportpack.read.workbook.listing import is_named, list_workbooks
from reportpack.records import dataclass
from reportpack.run.office_files import REGISTER, Folders, Progress, gather_meetings, which_meeting
from reportpack.run.readings import Readings, reading_program
from reportpack.run.steps.papers import sheets_of, with_letters
from reportpack.run.steps.standing import Standing, read_standing
from reportpack.run.steps.taken_notes import notes_gaps, with_unagreed_notes

FirstSeen = Callable[[str], date | None]


@dataclass(frozen=True, slots=True)
class Gathered:
    """What is known for one meeting as at a day: settings, inputs, the workbooks that were there, the register."""

    settings: Settings
    meeting: Meeting
    on: date
    inputs: Inputs
    workbooks: tuple[WorkbookSeen, ...]
    standing: Standing
    papers: Mapping[str, PaperHealth]
    """The health sheet of each paper that has come, by its file."""


def gather(
    folders: Folders,
    named: str,
    today: date,
    on: date | None,
    ledger: Ledger,
    first_seen: FirstSeen,
    progress: Progress,
    proposed: Meeting | None = None,
) -> Gathered:
    """Read everything for the meeting. A past meeting's pack is as at its own day, unless `on` says otherwise.

    `proposed` is a meeting that nobody has set, for a pack where there is none.
    """
    settings, meetings, problems = gather_meetings(folders)
    meetings = (*meetings, proposed) if proposed is not None else meetings
    meeting = which_meeting(meetings, named, today)
    on = on or min(today, meeting.day)
    meeting = with_letters(ledger, with_unagreed_notes(meeting, meetings, ledger, on))
    sheets = sheets_of(folders.inputs, meeting)
    marked = (replace(one, mark=sheets[one.file].mark) if one.file else one for one in meeting.papers)
    meeting = replace(meeting, papers=tuple(marked))
    office, measures = settings.office, settings.measures
    progress("Reading the register and people's words")
    register_path = folders.inputs / REGISTER
    standing = read_standing(register_path, ledger, on if on < today else None, today.year)
    register, of_register = register_of_rows(standing.rows, office, measures)
    notes = folders.inputs / "notes"
    statements, questions, of_notes = read_notes(notes, meeting.id, meeting.agenda, office, meeting.also)
    readings = Readings(folders.memory, reading_program())
    performance = folders.inputs / "performance"
    workbooks, broken, of_workbooks = _read_workbooks(performance, readings, measures, on, today, first_seen, progress)
    progress("Finding the measures' figures")
    shelf = shelf_of(workbooks, office, broken, readings.tables)
    observations, of_figures = read_figures(shelf, measures, office)
    readings.keep()
    measures = tuple(replace(one, unit=Unit.DURATION) if one.id in shelf.timed else one for one in measures)
    settings = replace(settings, measures=measures)
    before = ledger.happened(WorkbookSeen)
    patterns = [place.file for measure in measures for place in measure.places]
    how_read, moved = reading_notes(shelf, observations, before, patterns)
    layouts = {one.file: one.layout for one in how_read}
    seen = tuple(WorkbookSeen(one.workbook.file, one.workbook.sha256, one.as_at, layouts[one.workbook.file]) for one in workbooks)
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
        *of_register,
        *of_notes,
        *of_workbooks,
        *of_figures,
        *moved,
        *check_figures(observations, measures, office, shelf.ended),
        *check_files(tuple(Source(one.file, sha256=one.sha256) for one in seen), first_names),
    )
    answers = ledger.of_kinds(FigureAnswered)
    settings, observations = with_answers(settings, observations, problems, answers, on)
    inputs = Inputs(
        files=files,
        observations=tuple(one for one in observations if one.period.end <= on),  # of later ones nothing was known then
        register=register,
        meetings=meetings,
        statements=statements,
        questions=questions,
        readings=how_read,
        problems=problems,
    )
    return Gathered(settings, meeting, on, inputs, seen, standing, sheets)


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
        try:
            data = bytes_of(path)
        except OSError:
            continue  # whoever read it before has said so
        files.append(InputFile(path.relative_to(inputs).as_posix(), sha256_of(data)))
    return tuple(files)
