"""Everything that was put in, as read, what an office has set, and the problems found on the way."""

from datetime import date

from reportpack.model.measure import Measure
from reportpack.model.meeting import Meeting
from reportpack.model.observation import Observation
from reportpack.model.office import Office
from reportpack.model.passage import HeldBack
from reportpack.model.problem import Problem
from reportpack.model.register import Register
from reportpack.model.statement import Question, Statement
from reportpack.records import Record


class ReadingNote(Record):
    """`file` as people name it; `text` is one paragraph; `measures` are those whose figures stand in it."""

    file: str
    text: str
    measures: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()  # its labels, and its sheets, that no measure takes
    layout: tuple[str, ...] = ()
    """Its fingerprint: each label with its sheet and first column, in which next month's file is to be like it."""


class InputFile(Record):
    """A file that a build used: its name under inputs/, the sha256 of its bytes, and as at when it speaks."""

    file: str
    sha256: str
    as_at: date | None = None


class Inputs(Record):
    """What people put in. `register` holds the rows of register.xlsx before anything is merged."""

    files: tuple[InputFile, ...]
    observations: tuple[Observation, ...]
    register: Register
    meetings: tuple[Meeting, ...]
    statements: tuple[Statement, ...]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...] = ()  # from people's notes, to be asked; those of earlier meetings are in the register
    held: tuple[HeldBack, ...] = ()  # passages of any meeting that not every edition carries
    readings: tuple[ReadingNote, ...] = ()  # how each workbook was read


class Settings(Record):
    """office.toml and measures.toml as read; `files` are the two with their sha256."""

    office: Office
    measures: tuple[Measure, ...]
    files: tuple[InputFile, ...] = ()

    def measure(self, measure_id: str) -> Measure | None:
        """The measure of that id."""
        return next((one for one in self.measures if one.id == measure_id), None)
