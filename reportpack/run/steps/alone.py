"""One run at a time at what is not recording: the rounds of `due`, and the handing over of letters, from whatever folder of the office; and the
room on the disk that such a run keeps."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reportpack.errors import DeliveryError, OutputError, Remedy, fails_as
from reportpack.ledger.database import server_database
from reportpack.ledger.hold import FolderHold, Hold, ServerHold
from reportpack.run.office_files import Folders
from reportpack.settings.ledger_place import ledger_url

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


_SENDING = "sending"


@contextmanager
def alone_in(folder: Path, url: str = "") -> Iterator[bool]:
    """Whether no other run is at it, in that folder and, at a URL, in that database. The system frees the locks of a run that died."""
    with fails_as(OutputError, f"The folder {folder} cannot be made", "See that you may write there."):
        folder.mkdir(parents=True, exist_ok=True)
    locks: list[Hold] = [FolderHold(folder)]
    if url:
        locks.append(ServerHold(server_database(url), folder.name))
    taken = []
    try:
        for lock in locks:
            if not lock.take():
                break
            taken.append(lock)
        yield len(taken) == len(locks)
    finally:
        for lock in reversed(taken):
            lock.free()


@contextmanager
def sending_alone(folders: Folders) -> Iterator[Path]:
    """Gives a folder of that run's own. DeliveryError where another run sends: what it has in hand would look uncertain until it has its answer."""
    with alone_in(folders.memory / _SENDING, ledger_url(folders.inputs)) as alone:
        if not alone:
            found = "Another run is sending letters just now; this one sent none."
            raise DeliveryError(found, Remedy("Wait for it to end, then see:", "send status"))
        yield folders.memory / _SENDING
