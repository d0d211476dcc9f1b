"""The draft journal of a meeting's notes, in the office's memory: it is the tool's own, is never edited by hand and is in no version control, yet
is no part of the ledger. It is only added to; when a line is acknowledged it is on the disk. What a crash tore was acknowledged to nobody."""

import json
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from reportpack.drive_files import bytes_of
from reportpack.errors import OutputError
from reportpack.ledger.hold import FolderHold, holding
from reportpack.model.draft import Does, Draft, DraftEntry, fold
from reportpack.run.office_files import Folders, write_files

_ONE = threading.RLock()
_HELD: set[Path] = set()
FOLDER = "drafts"
_READ: dict[Path, tuple[bytes, tuple[DraftEntry, ...]]] = {}
"""What was read of a journal, and understood: it is only added to, and read again at every line that is typed."""
_MOST_READ = 8


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
        data = bytes_of(path)
    except FileNotFoundError:
        return ()
    except OSError as error:
        found = f"The draft of the notes, {path.name}, cannot be read: {error.strerror}."
        raise OutputError(found, "See that you may read and write in the folder inputs/memory.") from error
    begun, known = _READ.get(path, (b"", ()))
    if not data.startswith(begun):
        begun, known = b"", ()
    whole, torn = data[len(begun) :].rpartition(b"\n")[::2]
    known += tuple(entry for line in whole.split(b"\n") if (entry := _understood(line)) is not None)
    if len(_READ) > _MOST_READ:
        _READ.clear()
    _READ[path] = data[: len(data) - len(torn)], known
    last = _understood(torn)
    return known if last is None else (*known, last)


@contextmanager
def alone_with_drafts(folders: Folders) -> Iterator[None]:
    """Nobody else writes a draft, nor puts one into its Word file, meanwhile: neither another window nor another clerk's desk on the same folder.
    It may be asked for again inside itself."""
    folder = folders.memory / FOLDER
    with _ONE:
        if folder in _HELD:
            yield
            return
        with ExitStack() as stack:
            try:
                folder.mkdir(parents=True, exist_ok=True)
                stack.enter_context(holding(FolderHold(folder), "the draft of the notes"))
            except (OSError, OutputError) as error:
                raise _not_kept(error) from error
            _HELD.add(folder)
            stack.callback(_HELD.discard, folder)
            yield


def add_entries(folders: Folders, meeting: str, *entries: DraftEntry) -> None:
    """Add them; when this returns they are on the disk. OutputError where they are not."""
    path = draft_file(folders, meeting)
    data = b"".join(_line(one) for one in entries)
    try:
        with alone_with_drafts(folders):
            is_new = not path.exists()
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o660)
            try:
                _write(file, data)
            finally:
                os.close(file)
            if is_new and hasattr(os, "O_DIRECTORY"):
                handle = os.open(path.parent, os.O_RDONLY)
                try:
                    os.fsync(handle)
                finally:
                    os.close(handle)
    except OSError as error:
        raise _not_kept(error) from error


def _not_kept(error: OSError | OutputError) -> OutputError:
    why = (
        error.found.rstrip(".").rpartition(": ")[2] if isinstance(error, OutputError) else error.strerror or type(error).__name__
    )
    found = f"This line is not kept: the office's memory cannot be written to ({why})."
    return OutputError(found, "Make room, or see that you may write there. Your words are still here.")


def erase_drafts(folders: Folders, erase: Callable[[str], str]) -> None:
    """Take words out of every draft; `erase` gives a text without them."""
    if not (folders.memory / FOLDER).is_dir():
        return
    with alone_with_drafts(folders):
        drafts = (folders.memory / FOLDER).glob("*.jsonl")
        kept = {path: [_understood(line) for line in bytes_of(path).split(b"\n")] for path in drafts}
        write_files({path: b"".join(_line(one, erase) for one in entries if one is not None) for path, entries in kept.items()})
        _READ.clear()


def _write(file: int, data: bytes) -> None:
    """One write, so that two windows' lines never mix; what was torn before it becomes a line of its own, and none."""
    if os.fstat(file).st_size and os.lseek(file, -1, os.SEEK_END) >= 0 and os.read(file, 1) != b"\n":
        data = b"\n" + data
    while data:
        data = data[os.write(file, data) :]
    os.fsync(file)


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
