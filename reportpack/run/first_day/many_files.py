"""Many files read on all the machine's cores, each once: what a file was found to hold is kept by its hash."""

import json
import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from reportpack import __version__
from reportpack.ledger.event_text import restored, stored
from reportpack.read.figures.labels import area_key
from reportpack.records import dataclass
from reportpack.run.first_day.folder import Lying
from reportpack.run.first_day.found import FileKind, FileReading
from reportpack.run.first_day.one_file import read_one

Progress = Callable[[str], None]
_FEW = 8
"""Files that are read sooner than a second process is begun."""
_MOST_PROCESSES = 4
_KEPT = "first day.json"


@dataclass(frozen=True, slots=True)
class Kept:
    """What the first day remembers: readings by hash, answers by question, and for each hash what became of the file."""

    readings: Mapping[str, FileReading]
    answers: Mapping[str, str]
    taken: Mapping[str, str]


def kept_in(memory: Path) -> Kept:
    """What an earlier run kept there; readings of another version of the program are made anew."""
    try:
        said = json.loads((memory / _KEPT).read_bytes())
        same = said["version"] == __version__
        readings = {sha: restored(FileReading, one) for sha, one in said["readings"].items()} if same else {}
        return Kept(readings, said["answers"], said["taken"])
    except (OSError, ValueError, KeyError, TypeError):
        return Kept({}, {}, {})


def kept_file(memory: Path, kept: Kept) -> tuple[Path, bytes]:
    """The file that keeps it, and its bytes."""
    readings = {sha: stored(one) for sha, one in kept.readings.items()}
    said = {"version": __version__, "answers": dict(kept.answers), "taken": dict(kept.taken), "readings": readings}
    return memory / _KEPT, json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")


def read_all(files: Sequence[Lying], kept: Mapping[str, FileReading], progress: Progress) -> dict[str, FileReading]:
    """The reading of every file by its hash."""
    fresh = [one for one in files if one.sha256 and not one.aside and one.sha256 not in kept]
    found = {one.sha256: kept[one.sha256] for one in files if one.sha256 in kept}
    processes = min(_MOST_PROCESSES, os.cpu_count() or 1, len(fresh) // _FEW)
    if processes < 2:
        for number, one in enumerate(fresh, 1):
            progress(f"Reading {number} of {len(fresh)}: {one.name}")
            found[one.sha256] = read_one(one.path, one.name)
        return _with_places(files, found)
    stopped = []
    with ProcessPoolExecutor(processes) as pool:
        waiting = [(one, pool.submit(read_one, one.path, one.name)) for one in fresh]
        for number, (one, future) in enumerate(waiting, 1):
            progress(f"Reading {number} of {len(fresh)}: {one.name}")
            try:
                found[one.sha256] = future.result()
            except BrokenProcessPool:
                stopped.append(one)
    return _with_places(files, found | {one.sha256: _read_apart(one) for one in stopped})


def _with_places(files: Sequence[Lying], found: dict[str, FileReading]) -> dict[str, FileReading]:
    """Where the heading of figures is a place by what other files say, the file is read once more with the places."""
    places = {area_key(area.name): area.name for one in found.values() for area in one.areas}
    for file in files:
        one = found.get(file.sha256)
        if (
            one is not None
            and not file.aside
            and any(not label.areas and area_key(label.label) in places for label in one.figures)
        ):
            found[file.sha256] = read_one(file.path, file.name, tuple(places.values()))
    return found


def _read_apart(one: Lying) -> FileReading:
    """In a process of its own: one among these made the system stop the process that read it."""
    with ProcessPoolExecutor(1) as pool:
        try:
            return pool.submit(read_one, one.path, one.name).result()
        except BrokenProcessPool:
            return FileReading(FileKind.NOTHING, "reading it needs more than this machine has")
