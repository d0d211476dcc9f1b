"""The draft journal of a meeting's notes, in the office's memory: it is the tool's own, is never edited by hand and is in no version control, yet
is no part of the ledger. It is only added to; when a line is acknowledged it is on the disk. What a crash tore was acknowledged to nobody."""

import json
import os
import threading
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reportpack.drive_files import bytes_of
from reportpack.errors import OutputError
from reportpack.model.draft import Does, Draft, DraftEntry, fold
from reportpack.run.office_files import Folders, write_files

_ONE = threading.Lock()
FOLDER = "drafts"


def draft_file(folders: Folders, meeting: str) -> Path:
    """Where the journal of that meeting lies."""
    return folders.memory / FOLDER / f"{meeting}.jsonl"


def read_draft(folders: Folders, meeting: str, file: str = "") -> Draft:
    """The draft as it stands; `file` is the sha256 of the Word file."""
    return fold(draft_entries(folders, meeting), file)


def draft_entries(folders: Folders, meeting: str) -> tuple[DraftEntry, ...]:
    """Every whole entry, oldest first."""
    path = draft_file(folders, meeting)
    try:
        lines = bytes_of(path).split(b"\n")
    except FileNotFoundError:
        return ()
    except OSError as error:
        found = f"The draft of the notes, {path.name}, cannot be read: {error.strerror}."
        raise OutputError(found, "See that you may read and write in the folder inputs/memory.") from error
    return tuple(entry for line in lines if (entry := _understood(line)) is not None)


def add_entries(folders: Folders, meeting: str, *entries: DraftEntry) -> None:
    """Add them; when this returns they are on the disk. OutputError where they are not."""
    path = draft_file(folders, meeting)
    data = b"".join(_line(one) for one in entries)
    try:
        with _ONE:
            is_new = not path.exists()
            path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o660)
            try:
                _write(file, data)
            finally:
                os.close(file)
            if is_new:
                _flush_folder(path.parent)
    except OSError as error:
        found = f"This line is not kept: the office's memory cannot be written to ({error.strerror or type(error).__name__})."
        raise OutputError(found, "Make room, or see that you may write there. Your words are still here.") from error


def erase_drafts(folders: Folders, erase: Callable[[str], str]) -> None:
    """Take words out of every draft; `erase` gives a text without them."""
    drafts = (folders.memory / FOLDER).glob("*.jsonl")
    kept = {path: [_understood(line) for line in bytes_of(path).split(b"\n")] for path in drafts}
    write_files({path: b"".join(_line(one, erase) for one in entries if one is not None) for path, entries in kept.items()})


def _write(file: int, data: bytes) -> None:
    """One write, so that two windows' lines never mix; what was torn before it becomes a line of its own, and none."""
    if os.fstat(file).st_size and os.lseek(file, -1, os.SEEK_END) >= 0 and os.read(file, 1) != b"\n":
        data = b"\n" + data
    while data:
        data = data[os.write(file, data) :]
    os.fsync(file)


def _flush_folder(folder: Path) -> None:
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _line(entry: DraftEntry, erase: Callable[[str], str] = str) -> bytes:
    said = {key: _erased(value, erase) for key, value in asdict(entry).items() if value}
    return json.dumps(said, separators=(",", ":")).encode() + b"\n"


def _erased(value: Any, erase: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {key: _erased(one, erase) for key, one in value.items()}
    return erase(value) if isinstance(value, str) else value


def _understood(line: bytes) -> DraftEntry | None:
    try:
        said = json.loads(line)
        return DraftEntry(**(said | {"does": Does(said["does"])}))
    except (ValueError, TypeError, KeyError):
        return None
