"""The office as the desk has it open: its folders and its clock, answers kept while nothing has changed, and the one long step that is going on."""

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar, cast

from reportpack.errors import RefusedError, ReportpackError
from reportpack.run.office_files import Folders, open_memory

_T = TypeVar("_T")
_Signature = tuple[object, ...]
_NOT_PUT_IN = ("memory", "outbox")
_SHELF = 256
"""Answers that are kept; when there are more all of them go."""


class Task:
    """A long step: what it is called, how far it is, and what became of it. It goes on whether or not anybody looks."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.line = "Waiting for the step before it"
        self.result: object = None
        self.error: ReportpackError | None = None
        self.done = threading.Event()


class Desk:
    """One office. Several windows and several people may be at it: what one of them changes the others see when they look again."""

    def __init__(self, folders: Folders, clock: Callable[[], datetime]) -> None:
        self.folders = folders
        self.clock = clock
        self._kept: dict[str, tuple[_Signature, object]] = {}
        self._tasks: dict[str, Task] = {}
        self._recording = threading.Lock()
        self._looking = threading.RLock()

    @property
    def today(self) -> date:
        """The day in London."""
        return self.clock().date()

    @property
    def is_busy(self) -> bool:
        """Whether a long step goes on."""
        return any(not one.done.is_set() for one in self._tasks.values())

    def look(
        self, name: str, make: Callable[[], _T], *, of: Sequence[str] = (), recorded: Sequence[type] = (), built: str = ""
    ) -> _T:
        """The answer of that name, made anew only where something changed: the day, what lies in inputs (or these parts `of` it), what is
        in the ledger (or events of those kinds), the pages `built` for a meeting.
        """
        with self._looking:
            signature = self._signature(of, recorded, built)
            known = self._kept.get(name)
            if known is None or known[0] != signature:
                if len(self._kept) > _SHELF:
                    self._kept.clear()
                known = self._kept[name] = (signature, make())
            return cast("_T", known[1])

    def record(self, step: Callable[[], _T]) -> _T:
        """One step at a time: another window's waits, and goes on by itself."""
        with self._recording:
            return step()

    def start(self, name: str, step: Callable[[Callable[[str], None]], object]) -> Task:
        """Begin a long step, unless the same goes on already."""
        known = self._tasks.get(name)
        if known is not None and not known.done.is_set():
            return known
        task = self._tasks[name] = Task(name)
        threading.Thread(target=self._run, args=(task, step), name=name).start()
        return task

    def task(self, name: str) -> Task | None:
        """The long step of that name that was begun last."""
        return self._tasks.get(name)

    def _run(self, task: Task, step: Callable[[Callable[[str], None]], object]) -> None:
        def say(line: str) -> None:
            task.line = line

        try:
            task.result = self.record(lambda: step(say))
        except Exception as error:  # noqa: BLE001 - said on the page, and kept for whoever mends it
            task.error = fault(error)
        finally:
            task.done.set()

    def _signature(self, of: Sequence[str], recorded: Sequence[type], built: str) -> _Signature:
        with open_memory(self.folders) as ledger:
            newest = ledger.last_of(*recorded) if recorded else None
            last = ledger.last_number() if not recorded else newest.number if newest is not None else 0
        files = [*_files(self.folders.inputs, of)]
        if built:
            files += _files(self.folders.build / built, ())
        return (last, self.today, *files)


def fault(error: Exception) -> ReportpackError:
    """What stopped a step, as a sentence; of a fault of the program's own the details go to a file for whoever mends it."""
    if isinstance(error, ReportpackError):
        return error
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile("w", prefix="reportpack-fault-", suffix=".txt", delete=False, encoding="utf-8") as details:
        traceback.print_exception(error, file=details)
    return RefusedError(
        f"reportpack has a fault of its own ({type(error).__name__}). Nothing more was recorded.",
        f"Send this file to whoever looks after the program: {details.name}",
    )


def _files(folder: Path, parts: Sequence[str]) -> Iterator[tuple[str, int, int]]:
    """Everything that people put in there (or in those parts of it), by its name, its time and its length."""
    for place, folders, names in os.walk(folder):
        if Path(place) == folder:
            folders[:] = [one for one in folders if one not in _NOT_PUT_IN and (not parts or one in parts)]
        folders.sort()
        for name in sorted(names):
            if parts and Path(place) == folder and name not in parts:
                continue
            try:
                found = Path(place, name).stat()
            except OSError:
                continue  # gone meanwhile
            yield os.path.join(place, name), found.st_mtime_ns, found.st_size  # noqa: PTH118 - a string is all that is needed
