"""Where the office's ledger is: in inputs/memory, or in PostgreSQL where office.toml or the environment says so."""

import os
from pathlib import Path

from reportpack.drive_files import bytes_of
from reportpack.errors import InputError
from reportpack.settings.keys_office import OFFICE_FILE, MemoryKeys, OfficeKeys
from reportpack.toml.text import read_toml

VARIABLE = "REPORTPACK_LEDGER"


def ledger_url(inputs: Path) -> str:
    """The ledger's URL, "" for the one in inputs/memory. InputError rather than a second ledger where office.toml names one and cannot be read."""
    if given := os.environ.get(VARIABLE, "").strip():
        return given
    try:
        content = bytes_of(inputs / OFFICE_FILE)
    except OSError:
        return ""  # whoever reads the settings says so
    if b"memory" not in content:
        return ""
    root = read_toml(content)
    if not root.values:
        raise InputError(
            f"{OFFICE_FILE}, line {root.faults[0].line}: {root.faults[0].found} It may say where the ledger is.",
            root.faults[0].remedy,
        )
    return root.one(OfficeKeys.memory).take(MemoryKeys.url)
