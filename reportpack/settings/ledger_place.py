"""Where the office's ledger is (in inputs/memory, or in PostgreSQL where office.toml or the environment says so), and the second place of its backups."""

import os
from pathlib import Path

from reportpack.drive_files import bytes_of
from reportpack.errors import InputError
from reportpack.settings.keys_office import OFFICE_FILE, MemoryKeys, OfficeKeys
from reportpack.toml.text import Key, read_toml

VARIABLE = "REPORTPACK_LEDGER"


def ledger_url(inputs: Path) -> str:
    """The ledger's URL, "" for the one in inputs/memory. InputError rather than a second ledger where office.toml names one and cannot be read."""
    return os.environ.get(VARIABLE, "").strip() or _memory(inputs, MemoryKeys.url)


def second_place(inputs: Path) -> Path | None:
    """The folder elsewhere that gets a copy of every backup; one without a root is beside the office's `inputs`. None where office.toml names none."""
    named = _memory(inputs, MemoryKeys.second)
    return inputs.parent / named if named else None


def _memory(inputs: Path, key: Key[str]) -> str:
    try:
        content = bytes_of(inputs / OFFICE_FILE)
    except OSError:
        return ""  # whoever reads the settings says so
    if b"memory" not in content:
        return ""
    root = read_toml(content)
    if not root.values:
        found = f"{OFFICE_FILE}, line {root.faults[0].line}: {root.faults[0].found} It may say where the ledger is."
        raise InputError(found, root.faults[0].remedy)
    return root.one(OfficeKeys.memory).take(key)
