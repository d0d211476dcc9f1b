"""Room on the disk for recording what became of the letters, kept from before the first is handed over until the last is recorded."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reportpack.errors import OutputError, fails_as

_ROOM = 512 * 1024
"""Bytes: many times what the ledger grows by for one letter."""


@contextmanager
def room_kept(folder: Path) -> Iterator[Callable[[], None]]:
    """Gives what frees the room, for the ledger to be written in; OutputError where there is not as much."""
    reserve = folder / "room"

    def free() -> None:
        with suppress(OSError):
            reserve.unlink()

    try:
        found = f"There is no room in {folder} to record what becomes of the letters"
        remedy = "Make room, or see that you may write there; then send again. Nothing was sent."
        with fails_as(OutputError, found, remedy), reserve.open("wb") as file:
            file.write(os.urandom(_ROOM))  # zeros might be stored as none
            file.flush()
            os.fsync(file.fileno())
        yield free
    finally:
        free()
