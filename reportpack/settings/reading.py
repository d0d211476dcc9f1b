"""Reads the two settings files: every mistake in one pass, settings only where they can be relied on, and where the ledger is in any case."""

import os
from pathlib import Path

import reportpack.settings.recurrence  # noqa: F401 - says how a rule is read
from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import InputError, Remedy
from reportpack.model.edition import AUDIENCE_FAULTS
from reportpack.model.inputs import InputFile, Settings
from reportpack.model.measure import MEASURES_FILE, Measures
from reportpack.model.office import OFFICE_FILE, Memory, Office
from reportpack.model.problem import Problem, Source
from reportpack.settings.checks import check_measures, check_office
from reportpack.toml.checks import problems_of
from reportpack.toml.text import Table, read_toml

STOPPING = {
    "settings-missing",
    "settings-unreadable",
    "not-toml",
    "not-utf-8",
    "no-force",
    "too-many-areas",
    "password-in-file",
} | AUDIENCE_FAULTS
"""Kinds of problem with which a pack would be wrong from end to end, or reach whom it must not: there are no settings then."""

VARIABLE = "REPORTPACK_LEDGER"  # The environment's word on where the ledger is, which goes before office.toml's.


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


def ledger_url(inputs: Path) -> str:
    """The ledger's URL, "" for the one in inputs/memory. InputError rather than a second ledger where office.toml names one and cannot be read."""
    return os.environ.get(VARIABLE, "").strip() or _memory(inputs).url


def second_place(inputs: Path) -> Path | None:
    """The folder elsewhere that gets a copy of every backup; one without a root is beside the office's `inputs`. None where office.toml names none."""
    named = _memory(inputs).second
    return inputs.parent / named if named else None


def _memory(inputs: Path) -> Memory:
    try:
        content = bytes_of(inputs / OFFICE_FILE)
    except OSError:
        return Memory()  # whoever reads the settings says so
    if b"memory" not in content:
        return Memory()
    root = read_office(content)
    if not root.values:
        found = f"{OFFICE_FILE}, line {root.faults[0].line}: {root.faults[0].found} It may say where the ledger is."
        raise InputError(found, root.faults[0].remedy)
    return root.made.memory
