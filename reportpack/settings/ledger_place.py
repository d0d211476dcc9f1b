"""Where the office's ledger is (in inputs/memory, or in PostgreSQL where office.toml or the environment says so), and the second place of its backups."""

import os
from pathlib import Path

from reportpack.drive_files import bytes_of
from reportpack.errors import InputError
from reportpack.model.office import OFFICE_FILE, Memory
from reportpack.settings.reading import read_office

VARIABLE = "REPORTPACK_LEDGER"


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
