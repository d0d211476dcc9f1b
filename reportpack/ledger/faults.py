"""What a database says when it cannot go on, in sentences."""

from reportpack.drive_files import DOWNLOAD, NOT_DOWNLOADED
from reportpack.errors import InputError, OutputError, RefusedError, Remedy, ReportpackError

_RESTORE = Remedy(
    "Restore it from the last backup:", "ledger restore", "FILE", then="; or put back a copy of inputs/memory from before."
)
_SAID: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("readonly", "read-only", "permission"),
        "The ledger {name} cannot be written: it, or its folder, is read-only.",
        "Ask who may change that, then run again.",
    ),
    (
        ("connection", "could not translate host", "name resolution", "authentication failed"),
        "The database server of the ledger {name} does not answer: {words}.",
        "See that it runs, that you are on the office's network and may sign in, then run again; nothing was recorded.",
    ),
    (
        ("full", "no space left"),
        "The ledger {name} cannot be written: the disk is full.",
        "Make room, then run again; nothing was recorded.",
    ),
    (
        ("unable to open",),
        "The ledger {name} cannot be opened: its folder is missing or closed to you.",
        "See that you may write there, then run again.",
    ),
)
"""What SQLite and PostgreSQL say, of which one is enough, and the sentences for it: the first that fits."""


def fault(name: str, message: str, code: str = "") -> ReportpackError:
    """The sentence for what SQLite (with the name of its code) or PostgreSQL said."""
    text = message.lower()
    if code.startswith("SQLITE_IOERR"):
        return _of_the_drive(name, code)
    if code == "SQLITE_PROTOCOL":
        return _of_the_drive(name, "SQLITE_IOERR_LOCK")
    if "not a database" in text or "malformed" in text or "file is encrypted" in text:
        return damaged(name)
    if "locked" in text or "busy" in text or "lock timeout" in text:
        return busy(name)
    words = message.strip().splitlines()[0].rstrip(".") if message.strip() else "no reason was given"
    for signs, found, remedy in _SAID:
        if any(sign in text for sign in signs):
            return OutputError(found.format(name=name, words=words), remedy)
    return InputError(f"The ledger {name} cannot be used: {words}.", _RESTORE)


def _of_the_drive(name: str, code: str) -> ReportpackError:
    if any(word in code for word in ("LOCK", "SHM", "BLOCKED")):
        remedy = "Keep the office's folder on a drive of this machine or on an ordinary shared drive. Nothing was recorded."
        return RefusedError(f"The drive that holds {name} cannot keep two runs apart: it knows no locks.", remedy)
    if "SHORT_READ" in code:
        return damaged(name)
    if "READ" in code or "STAT" in code:
        found = f"The ledger {name} cannot be read: the drive gave an error."
        return InputError(found, "See that the drive is there, then run again.")
    found = f"The ledger {name} cannot be written: the drive is full, or gave an error."
    return OutputError(found, "Make room, then run again; nothing was recorded.")


def busy(name: str) -> OutputError:
    """For a ledger that somebody else keeps to himself."""
    found = f"Somebody else is writing to the ledger {name}, and has been for longer than a run takes."
    return OutputError(found, "Wait until their run is over, then run again. If nobody is running it, close what holds the file.")


def damaged(name: str) -> InputError:
    """For a ledger that is cut short or overwritten."""
    return InputError(f"The ledger {name} is damaged or cut short; nothing in it was changed.", _RESTORE)


def not_downloaded(name: str) -> InputError:
    """For a ledger whose bytes a shared drive keeps elsewhere."""
    return InputError(f"The ledger {name} is not here: {NOT_DOWNLOADED}. Nothing was changed.", DOWNLOAD)


def not_ours(name: str) -> InputError:
    """For a file that is a database of something else."""
    found = f"The file {name} is not a ledger of this program."
    return InputError(found, "Move it elsewhere, and put the ledger back in its place.")


def newer(name: str, version: int, known: int) -> InputError:
    """For a ledger that a later program has written."""
    return InputError(
        f"The ledger {name} was written by a newer version of this program (its form is {version}, this program knows {known}).",
        "Install the newer version on this machine too; the ledger was not touched.",
    )
