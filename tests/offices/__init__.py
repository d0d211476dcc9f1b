"""Offices that earlier programs made, as they left them. README.md says how each was made."""

import base64
import json
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

HERE = Path(__file__).parent
MEETING = "2031-06-24-assurance"
BUILT_ON = "2031-06-10"
"""The day on which the only pack was built."""


def put_up(commit: str, office: Path) -> Path:
    """Make the office of the program of that commit in the folder, and give the folder."""
    made = HERE / commit
    shutil.copytree(made / "inputs", office / "inputs")
    memory, build = office / "inputs" / "memory", office / "build" / MEETING
    build.mkdir(parents=True)
    shutil.copy(made / "pack.json", build / "pack.json")
    for sha256, data in kept_in(made / "backup.jsonl").items():
        path = memory / "files" / sha256[:2] / sha256[2:]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    with closing(sqlite3.connect(memory / "ledger.sqlite")) as ledger:
        ledger.executescript((made / "ledger.sql").read_text(encoding="utf-8"))
    return office


def kept_in(backup: Path) -> dict[str, bytes]:
    """The kept files in a backup, by their sha256."""
    lines = (json.loads(line) for line in backup.read_text(encoding="utf-8").splitlines() if line.startswith('{"kept":'))
    return {line["kept"]: base64.b64decode(line["base64"]) for line in lines}
