"""Files are written whole or not at all: a temporary file beside each, flushed to disk, then renamed, all or none."""

import glob
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from reportpack.errors import OutputError

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
            _replace(temporary, path)
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
    """Whether the file is there with just these bytes."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except OSError:
        return False


def _stage(path: Path, data: bytes) -> Path:
    """Write the bytes to a temporary file in the same folder, so that the rename cannot cross a disk."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    except OSError as error:
        raise OutputError(
            f"{path.parent}: cannot be written to ({_reason(error)}).",
            "Check that the folder may be written to, or name another with --build.",
        ) from error
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o644)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise OutputError(
            f"{path}: could not be written ({_reason(error)}).", "Make room on the disk and run it again."
        ) from error
    _remove_dead(path, temporary)
    return temporary


def _remove_dead(path: Path, temporary: Path) -> None:
    """What a run that was killed left of the same file."""
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
            try:
                path.open("r+b").close()
            except OSError as error:
                raise _locked(path, error) from error


def _replace(temporary: Path, path: Path) -> None:
    try:
        temporary.replace(path)
    except OSError as error:
        raise _locked(path, error) from error


def _locked(path: Path, error: OSError) -> OutputError:
    return OutputError(
        f"{path}: cannot be replaced ({_reason(error)}).",
        "If it is open in a viewer, close it there and run it again; the last one is as it was.",
    )


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
