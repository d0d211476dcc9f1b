"""Files are written whole or not at all: a temporary file beside each, flushed to disk, then renamed, all or none."""

import glob
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from reportpack.errors import OutputError, fails_as

_LOCKED = "If it is open in a viewer, close it there and run it again; the last one is as it was."
_DEAD_AFTER = 600.0
"""Seconds, by the drive's own times: a temporary file of a run that was killed."""


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write every file, or leave all of them as they were; files that hold the same bytes already are left alone."""
    with staged_files(files) as put:
        put()


@contextmanager
def staged_files(files: Mapping[Path, bytes]) -> Iterator[Callable[[], None]]:
    """All files written beside their places, and a call that puts them there.

    Between the two comes what must not be recorded when there is no room for them; what was not put is taken away.
    """
    changed = {path: data for path, data in files.items() if not _holds(path, data)}
    staged: dict[Path, Path] = {}

    def put() -> None:
        for path, temporary in list(staged.items()):
            with fails_as(OutputError, f"{path} cannot be replaced", _LOCKED):
                temporary.replace(path)
            del staged[path]

    try:
        for path, data in changed.items():
            staged[path] = _stage(path, data)
        _check_replaceable(staged)
        yield put
    finally:
        for temporary in staged.values():
            temporary.unlink(missing_ok=True)


def _holds(path: Path, data: bytes) -> bool:
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _stage(path: Path, data: bytes) -> Path:
    """Write the bytes to a temporary file in the same folder, so that the rename cannot cross a disk."""
    remedy = "Check that the folder may be written to, or name another with --build."
    with fails_as(OutputError, f"{path.parent} cannot be written to", remedy):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    temporary = Path(name)
    try:
        with fails_as(OutputError, f"{path} could not be written", "Make room on the disk and run it again."):
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
                stream.flush()
                os.fsync(stream.fileno())
            temporary.chmod(0o644)
    except OutputError:
        temporary.unlink(missing_ok=True)
        raise
    _remove_dead(path, temporary)
    return temporary


def _remove_dead(path: Path, temporary: Path) -> None:
    with suppress(OSError):
        new = temporary.stat().st_mtime
        for one in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
            if new - one.stat().st_mtime > _DEAD_AFTER:
                one.unlink()


def _check_replaceable(staged: Mapping[Path, Path]) -> None:
    """Before the first rename, see that no target is held by a program that locks it (a PDF viewer on Windows)."""
    for path in staged:
        if path.is_dir():
            raise OutputError(f"{path}: is a folder, so the file cannot be written.", "Rename that folder and run it again.")
        if path.exists():
            with fails_as(OutputError, f"{path} cannot be replaced", _LOCKED):
                path.open("r+b").close()
