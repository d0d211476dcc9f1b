"""Files as drives hold them. A shared drive shows some while their bytes are elsewhere: OneDrive's, SharePoint's and iCloud's, before they
are downloaded. And what has a file's name may be no file."""

import errno
import hashlib
import stat
from pathlib import Path

NOT_DOWNLOADED = "the shared drive shows it, and has not downloaded it to this machine"
DOWNLOAD = "Open its folder, choose to keep it always on this device, wait until it is there, then run again."
_STUB = ".icloud"  # ends the name of what iCloud puts in the place of a file that it took away
_OFFLINE = 0x1000 | 0x40000 | 0x400000  # Windows: FILE_ATTRIBUTE_OFFLINE, RECALL_ON_OPEN, RECALL_ON_DATA_ACCESS.
_DATALESS = 0x40000000  # macOS: SF_DATALESS.


def bytes_of(path: Path, most: int = -1) -> bytes:
    """The file's bytes, or the first of them. OSError where there is none to read, and for a pipe or a device, whose bytes would be waited for for ever."""
    mode = path.stat().st_mode
    if not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        raise OSError(errno.EINVAL, "it is a pipe or a device, not a file", str(path))
    with path.open("rb") as file:
        return file.read(most)


def sha256_of(data: bytes) -> str:
    """What the bytes are known by, and kept under."""
    return hashlib.sha256(data).hexdigest()


def is_elsewhere(path: Path) -> bool:
    """Whether the file is one of those. Most are downloaded when they are read: asked only once that has failed, or gave nothing."""
    if path.with_name(f".{path.name}{_STUB}").exists():
        return True
    try:
        found = path.stat()
    except OSError:
        return False
    return bool(getattr(found, "st_file_attributes", 0) & _OFFLINE or getattr(found, "st_flags", 0) & _DATALESS)


def behind_stub(name: str) -> str:
    """The file's own name, for the name of a stub; "" for any other."""
    return name[1 : -len(_STUB)] if name.startswith(".") and name.endswith(_STUB) else ""


def leads_out(path: Path, folder: Path) -> bool:
    """Whether it is a link to what lies outside of the folder."""
    return path.is_symlink() and not path.resolve().is_relative_to(folder.resolve())
