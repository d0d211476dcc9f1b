"""`papers`: what has come for a meeting, what is awaited, and how each file is."""

from datetime import date
from pathlib import Path

from reportpack.model.meeting import Meeting, Paper
from reportpack.model.paper import PaperHealth
from reportpack.model.problem import Problem
from reportpack.read.papers.health import paper_health
from reportpack.records import dataclass
from reportpack.run.folders import Folders
from reportpack.run.office_files import gather_meetings
from reportpack.run.steps.which_meeting import which_meeting


@dataclass(frozen=True, slots=True)
class PaperLook:
    """A paper as the meeting has it, and its health sheet where its file has come."""

    paper: Paper
    health: PaperHealth | None


@dataclass(frozen=True, slots=True)
class PapersLook:
    """The papers of a meeting in the order of its file, and what to put right."""

    meeting: Meeting
    papers: tuple[PaperLook, ...]
    problems: tuple[Problem, ...]


def look_at_papers(folders: Folders, named: str, today: date) -> PapersLook:
    """The meeting's papers; InputError where there is no such meeting."""
    _, meetings, problems = gather_meetings(folders)
    meeting = which_meeting(meetings, named, today)
    places = (meeting.source.file, *(f"papers/{name}/" for name in meeting.names))
    sheets = sheets_of(folders.inputs, meeting)
    looks = tuple(PaperLook(one, sheets.get(one.file)) for one in meeting.papers)
    said = tuple(one for one in problems if one.source.file.startswith(places))
    return PapersLook(meeting, looks, (*said, *(one for sheet in sheets.values() for one in sheet.problems)))


def sheets_of(inputs: Path, meeting: Meeting) -> dict[str, PaperHealth]:
    """A health sheet for each paper that has come, by its file."""
    return {one.file: paper_health(inputs / one.file, one.file) for one in meeting.papers if one.file}
