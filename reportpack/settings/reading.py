"""Reads the two settings files: every mistake in one pass, and settings only where they can be relied on."""

from pathlib import Path

import reportpack.settings.recurrence  # noqa: F401 - says how a rule is read
from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import Remedy
from reportpack.model.edition import AUDIENCE_FAULTS
from reportpack.model.inputs import InputFile, Settings
from reportpack.model.measure import MEASURES_FILE, Measures
from reportpack.model.office import OFFICE_FILE, Office
from reportpack.model.problem import Problem, Source
from reportpack.settings.checks import check_measures, check_office
from reportpack.toml.checks import problems_of
from reportpack.toml.text import Table, read_toml

STOPPING = {"settings-missing", "settings-unreadable", "not-toml", "not-utf-8", "no-force", "password-in-file", *AUDIENCE_FAULTS}
"""Kinds of problem with which a pack would be wrong from end to end, or reach whom it must not: there are no settings then."""


def read_office(content: bytes) -> Table[Office]:
    """office.toml as a table."""
    return read_toml(content, Office, OFFICE_FILE)


def read_settings(folder: Path) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings in `folder`, and everything that is wrong with them; None where they cannot be relied on."""
    problems: list[Problem] = []
    office_bytes = _content(folder / OFFICE_FILE, problems)
    measures_bytes = _content(folder / MEASURES_FILE, problems)
    office, measures = read_office(office_bytes or b""), read_toml(measures_bytes or b"", Measures, MEASURES_FILE)
    if office_bytes is not None and office.values:
        check_office(office)
        check_measures(measures, office.made)
    problems.extend(problems_of(OFFICE_FILE, office) if office_bytes is not None else ())
    problems.extend(problems_of(MEASURES_FILE, measures) if measures_bytes is not None else ())
    if any(problem.kind in STOPPING for problem in problems) or not office.is_usable:
        return None, tuple(problems)
    contents = ((OFFICE_FILE, office_bytes), (MEASURES_FILE, measures_bytes))
    files = tuple(InputFile(name, sha256_of(content or b"")) for name, content in contents)
    return Settings(office.made, measures.made.measures, files), tuple(problems)


def _content(path: Path, problems: list[Problem]) -> bytes | None:
    try:
        return bytes_of(path)
    except FileNotFoundError:
        remedy: str = Remedy(f"Put {path.name} there, or make a new office's folder with:", "init", "FOLDER", then=".")
        problems.append(Problem("settings-missing", Source(path.name), f"There is no {path.name} in {path.parent}.", remedy))
    except OSError as error:
        remedy = "Close the program that holds it, or ask who may read it."
        problems.append(Problem("settings-unreadable", Source(path.name), f"It cannot be read: {error.strerror}.", remedy))
    return None
