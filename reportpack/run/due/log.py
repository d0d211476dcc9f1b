"""The log of `due`: a line for everything that it did, left out or could not do, in inputs/memory/due.log; three older ones are kept."""

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from reportpack.errors import OutputError, fails_as

NAME = "due.log"
LARGEST = 512 * 1024
KEPT = 3


def log_lines(folder: Path, now: datetime, lines: Iterable[str]) -> None:
    """Add the lines, each with the office's own date and time."""
    at = f"{now.astimezone(ZoneInfo('Europe/London')):%Y-%m-%d %H:%M}"
    path = folder / NAME
    text = "".join(f"{at} {' '.join(line.split())}\n" for line in lines)
    remedy = "Make room, or see that you may write there; then run again."
    with fails_as(OutputError, f"The log {path} cannot be written", remedy):
        folder.mkdir(parents=True, exist_ok=True)
        _turn(path)
        with path.open("a", encoding="utf-8", errors="replace") as log:
            log.write(text)


def _turn(path: Path) -> None:
    if not path.exists() or path.stat().st_size < LARGEST:
        return
    for number in range(KEPT, 0, -1):
        older = path.with_name(f"{NAME}.{number}")
        source = path.with_name(f"{NAME}.{number - 1}") if number > 1 else path
        if source.exists():
            source.replace(older)
