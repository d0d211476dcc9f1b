"""What can be made again and is kept beside the program under Python's own rules for `__pycache__`: where it may not write, nothing is kept."""

import os
import sys
from contextlib import suppress
from pathlib import Path


def read_kept(path: Path) -> bytes | None:
    """What was kept; None when there is none or it cannot be read."""
    try:
        return path.read_bytes()
    except OSError:
        return None


def keep(path: Path, data: bytes) -> None:
    """Written whole or not at all, so that runs at the same time never read half of it."""
    if sys.dont_write_bytecode:
        return
    part = path.with_name(f"{path.name}.{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(data)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
