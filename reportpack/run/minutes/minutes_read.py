"""`minutes read`: notes of a meeting as the program understands them. Records nothing."""

from collections.abc import Sequence
from pathlib import Path

from reportpack.errors import InputError
from reportpack.merge.noted_corrections import group_queries
from reportpack.model.answer import AskedQuery
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import Minutes
from reportpack.model.office import Office
from reportpack.model.problem import Problem
from reportpack.model.register import Register
from reportpack.read.minutes.reading import read_minutes
from reportpack.read.register.reading import read_register
from reportpack.run.office_files import REGISTER, gather_meetings, office_folders


def read_notes(
    path: Path, office: Office | None = None, meetings: Sequence[Meeting] = (), register: Register | None = None
) -> tuple[Minutes, tuple[Problem, ...]]:
    """The notes and what is wrong with the file; an error when nothing can be had from it."""
    minutes, problems = read_minutes(path, path.name, office, meetings, register)
    if minutes is None:
        first = problems[0]
        raise InputError(f"{path}: {first.found}", first.remedy)
    return minutes, problems


def asked_of(minutes: Minutes) -> tuple[AskedQuery, ...]:
    """What the notes by themselves leave open, as questions; an annex asks about what was promised too."""
    return group_queries(minutes)


def read_file(path: Path, inputs: Path | None) -> tuple[Minutes, tuple[Problem, ...]]:
    """The notes read with the office's posts, meetings and register where there is an office; as written where there is none."""
    folder = inputs or Path("inputs")
    if inputs is None and not (folder / "office.toml").is_file():
        return read_notes(path)
    settings, meetings, problems = gather_meetings(office_folders(inputs, None, None))
    register, _ = read_register(folder / REGISTER, REGISTER, settings.office, settings.measures)
    minutes, said = read_notes(path, settings.office, meetings, register)
    return minutes, (*said, *problems)
