"""Reads the two settings files: every mistake in one pass, and settings only where they can be relied on."""

from pathlib import Path

from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import Remedy
from reportpack.model.edition import AUDIENCE_FAULTS
from reportpack.model.inputs import InputFile, Settings
from reportpack.model.measure import Measure
from reportpack.model.office import Office
from reportpack.model.problem import Problem, Source
from reportpack.settings.checks_measures import check_measures
from reportpack.settings.checks_office import check_office
from reportpack.settings.keys_measures import MEASURES_FILE, MeasureKeys, MeasuresKeys
from reportpack.settings.keys_office import OFFICE_FILE, OfficeKeys
from reportpack.toml.checks import problems_of
from reportpack.toml.text import read_toml, records

STOPPING = {"settings-missing", "settings-unreadable", "not-toml", "not-utf-8", "no-force", "password-in-file", *AUDIENCE_FAULTS}
"""Kinds of problem with which a pack would be wrong from end to end, or reach whom it must not: there are no settings then."""


def read_settings(folder: Path) -> tuple[Settings | None, tuple[Problem, ...]]:
    """The settings in `folder`, and everything that is wrong with them; None where they cannot be relied on."""
    problems: list[Problem] = []
    office_bytes = _content(folder / OFFICE_FILE, problems)
    measures_bytes = _content(folder / MEASURES_FILE, problems)
    office_table = read_toml(office_bytes or b"", OfficeKeys if office_bytes is not None else None, OFFICE_FILE)
    measures_table = read_toml(measures_bytes or b"", MeasuresKeys if measures_bytes is not None else None, MEASURES_FILE)
    office: Office = office_table.record(OfficeKeys)
    measures: tuple[Measure, ...] = records(measures_table.each(MeasuresKeys.measure), lambda one: one.record(MeasureKeys))
    if office_bytes is not None and office_table.values:
        check_office(office_table)
        check_measures(measures_table, office)
    problems.extend(problems_of(OFFICE_FILE, office_table) if office_bytes is not None else ())
    problems.extend(problems_of(MEASURES_FILE, measures_table) if measures_bytes is not None else ())
    if any(problem.kind in STOPPING for problem in problems) or not office_table.is_usable:
        return None, tuple(problems)
    contents = ((OFFICE_FILE, office_bytes), (MEASURES_FILE, measures_bytes))
    files = tuple(InputFile(name, sha256_of(content or b"")) for name, content in contents)
    return Settings(office, measures, files), tuple(problems)


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
