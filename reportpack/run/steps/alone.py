"""One run at a time at what is not recording: the rounds of `due`, and the handing over of letters."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportpack.errors import DeliveryError, OutputError, Remedy, fails_as
from reportpack.ledger.hold import FolderHold
from reportpack.run.folders import Folders

_SENDING = "sending"


@contextmanager
def alone_in(folder: Path) -> Iterator[bool]:
    """Whether no other run is at it. The system frees the lock of a run that died."""
    with fails_as(OutputError, f"The folder {folder} cannot be made", "See that you may write there."):
        folder.mkdir(parents=True, exist_ok=True)
    lock = FolderHold(folder)
    alone = lock.take()
    try:
        yield alone
    finally:
        if alone:
            lock.free()


@contextmanager
def sending_alone(folders: Folders) -> Iterator[Path]:
    """Gives a folder of that run's own. DeliveryError where another run sends: what it has in hand would look uncertain until it has its answer."""
    with alone_in(folders.memory / _SENDING) as alone:
        if not alone:
            raise DeliveryError(
                "Another run is sending letters just now; this one sent none.",
                Remedy("Wait for it to end, then see:", "send status"),
            )
        yield folders.memory / _SENDING
