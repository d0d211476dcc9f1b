"""Files kept by the sha256 of their bytes: written whole or not at all, and checked whenever they are read."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import InputError, OutputError, fails_as

GO_ON = "See that nobody has it open, then erase again: it goes on where it stopped."
BEGUN = ".keeping-"  # How the names of files begin that are not yet whole.
SHARED = 0o664
"""Everybody in the office works with the same memory, on a shared drive: temporary files are their maker's alone."""


def keep_file(folder: Path, data: bytes) -> str:
    """Keep the bytes, once, and return their sha256."""
    sha256 = sha256_of(data)
    path = kept_path(folder, sha256)
    remedy = "Make room, or see that you may write there; then run again. Nothing was recorded."
    with fails_as(OutputError, f"A file cannot be kept in {folder.name}/", remedy):
        if not path.exists() or path.stat().st_size != len(data):
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, data, folder=folder)
    return sha256


def kept_bytes(folder: Path, sha256: str) -> bytes:
    """The bytes that lie there under the sha256, unchecked."""
    path = kept_path(folder, sha256)
    try:
        return bytes_of(path)
    except (PermissionError, IsADirectoryError) as error:
        found = f"The kept file {path} cannot be read: {error.strerror}."
        raise OutputError(found, "See that whoever runs this may read everything in inputs/memory.") from error
    except OSError as error:
        found = f"The kept file {sha256[:12]} cannot be read: {error.strerror or type(error).__name__}."
        raise InputError(found, "Put it back from a copy of inputs/memory: what it held cannot be made again.") from error


def kept_file(folder: Path, sha256: str) -> bytes:
    """The bytes that were kept under the sha256."""
    data = kept_bytes(folder, sha256)
    if sha256_of(data) != sha256:
        found = f"The kept file {sha256[:12]} is not what was kept: something has changed it."
        raise InputError(found, "Put it back from a copy of inputs/memory: what it held cannot be made again.")
    return data


def kept_path(folder: Path, sha256: str) -> Path:
    """`files/ab/cdef...`."""
    return folder / sha256[:2] / sha256[2:]


def kept_names(folder: Path) -> tuple[str, ...]:
    """The sha256 of every kept file, in order."""
    return tuple(sorted(path.parent.name + path.name for path in folder.glob("??/*")))


def forget_file(folder: Path, sha256: str) -> None:
    """Write over the bytes, then take the file away."""
    path = kept_path(folder, sha256)
    with fails_as(OutputError, f"The kept file {sha256[:12]} cannot be taken away", GO_ON), suppress(FileNotFoundError):
        with path.open("r+b") as file:
            file.write(bytes(path.stat().st_size))
            file.flush()
            os.fsync(file.fileno())
        path.unlink()


def remove_leavings(folder: Path) -> None:
    """What runs that died left half-written; only for who holds the ledger, since nobody else is writing then."""
    for leaving in folder.glob(f"{BEGUN}*"):
        with suppress(OSError):
            leaving.unlink()


@contextmanager
def whole_file(path: Path, *, folder: Path | None = None, mode: int = SHARED) -> Iterator[BinaryIO]:
    """A file that is there once it is written to its end, or not at all; begun in `folder` where that is not its own."""
    handle, name = tempfile.mkstemp(dir=folder or path.parent, prefix=BEGUN)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_whole(path: Path, data: bytes, *, folder: Path | None = None, mode: int = SHARED) -> None:
    """Write a file whole or not at all."""
    with whole_file(path, folder=folder, mode=mode) as file:
        file.write(data)
