"""Everything that was put in, as read: records and the problems found on the way."""

from datetime import date

from reportpack.model.meeting import Meeting
from reportpack.model.observation import Observation
from reportpack.model.problem import Problem
from reportpack.model.question import Question
from reportpack.model.reading_note import ReadingNote
from reportpack.model.register import Register
from reportpack.model.statement import Statement
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that a build used: its name under inputs/, the sha256 of its bytes, and as at when it speaks."""

    file: str
    sha256: str
    as_at: date | None = None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What people put in. `register` holds the rows of register.xlsx before anything is merged."""

    files: tuple[InputFile, ...]
    observations: tuple[Observation, ...]
    register: Register
    meetings: tuple[Meeting, ...]
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...] = ()
    """From people's notes, to be asked; those of earlier meetings are in the register."""
    readings: tuple[ReadingNote, ...] = ()
    """How each workbook was read."""
