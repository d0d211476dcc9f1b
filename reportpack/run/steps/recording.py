"""Recording a change, in one order for every verb: hold, read again, stage the files, record all or none, put the files, bring the
register into step. Cut off anywhere, the next run that records begins with what it left undone."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from reportpack.drive_files import sha256_of
from reportpack.errors import DeliveryError, OutputError, Remedy, fails_as
from reportpack.ledger import Ledger
from reportpack.ledger.database import server_database
from reportpack.ledger.hold import FolderHold, Hold, ServerHold
from reportpack.model.event import Event, Happening, RegisterSeen, RowChange, Undone
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.register_row import RegisterRow
from reportpack.records import Record
from reportpack.run.office_files import REGISTER, Folders, open_memory, staged_files
from reportpack.settings.reading import ledger_url

if TYPE_CHECKING:
    from reportpack.run.steps.standing import StandingRegister


_OF_REGISTER = (RegisterSeen, RowChange, Undone)


@contextmanager
def recording(
    folders: Folders, now: datetime, *, ledger: Ledger | None = None, standing: "StandingRegister | None" = None
) -> "Iterator[Recording]":
    """The office's ledger, begun where there is none, and held: nobody else records between what is read here and what is recorded.
    `ledger` is one that is open already. `standing` is what its caller read of the register under the same events."""
    with nullcontext(ledger) if ledger is not None else open_memory(folders, begin=True) as opened, opened.held():
        yield Recording(folders, opened, now, standing)


class Change(Record):
    """Who changes something, when, and why: what every step has that a person takes."""

    now: datetime
    by: str = ""
    why: str = ""

    @property
    def today(self) -> date:
        """The day on which it is made."""
        return self.now.date()

    def event(self, what: Happening) -> Event:
        """What happened by it, as an event."""
        return Event(what, self.now, " ".join(self.by.split()))


class Recording:
    """A ledger that nobody else records in just now, with the `size` that it had; `problems` is what to know of the register workbook.
    `was_behind`: the workbook lacked what an earlier run recorded, as one leaves it that did not end."""

    def __init__(self, folders: Folders, ledger: Ledger, now: datetime, standing: "StandingRegister | None" = None) -> None:
        self.ledger = ledger
        self.now = now
        self.problems: tuple[Problem, ...] = ()
        self.was_behind = False
        self._path = folders.inputs / REGISTER
        self._standing = standing
        self._known = ledger.last_number()
        if standing is None and not register_is_as_seen(ledger, self._path):
            self._read_again()
        if not self._known:  # the public's references are made with the first event, so that it comes before them
            self._take_in(self.standing)
            self._standing = self._read()
        self.size = ledger.size()

    @property
    def standing(self) -> "StandingRegister":
        """The register as it stands, with what people typed since it was last read; the caller may have read it."""
        return self._standing if self._standing is not None else self._read_again()

    @standing.setter
    def standing(self, read: "StandingRegister") -> None:
        self._standing = read

    @property
    def rows(self) -> tuple[RegisterRow, ...]:
        """Every row that stands."""
        return self.standing.rows

    def record(self, events: Sequence[Event], files: Mapping[Path, bytes] | None = None) -> tuple[Event, ...]:
        """Record the events with what people typed, all or none, once there is room for the files; then put them there.
        Gives the events with their numbers."""
        rows_change = any(isinstance(one.what, (RowChange, Undone)) for one in events)
        typed = self.standing if rows_change else self._standing
        with staged_files(files or {}) as put:
            with self.ledger.all_or_none():
                self._take_in(typed)
                recorded = self.ledger.record(events)
                if rows_change:
                    self._take_in(self._read())
            put()
        if rows_change and (self.standing.book is None or not self.standing.book.sheets):
            self.problems = (*self.problems, *self.standing.problems)
        self._bring_into_step()
        return recorded

    def _take_in(self, standing: "StandingRegister | None") -> None:
        from reportpack.run.steps.standing import record_standing

        if standing is None:
            return
        if self.ledger.since(self._known, *_OF_REGISTER):
            standing = self._read()  # another step of this run took it in meanwhile
        self._standing = standing
        record_standing(standing, self.ledger, self.now)
        self._known = self.ledger.last_number()

    def _bring_into_step(self) -> None:
        """Put into the workbook what it lacks; where somebody has it open `problems` says so."""
        from reportpack.run.steps.standing import write_standing

        if self._standing is not None:
            self.problems = (*self.problems, *write_standing(self._standing, self._path, self.ledger, self.now))
            self._standing = replace(self._standing, book=None, merge=None)
            self._known = self.ledger.last_number()

    def _read(self) -> "StandingRegister":
        from reportpack.run.steps.standing import read_standing

        self._known = self.ledger.last_number()
        return read_standing(self._path, self.ledger, None, self.now.year)

    def _read_again(self) -> "StandingRegister":
        """The workbook merged into what the ledger knows. What an earlier run recorded and the workbook lacks is put there first."""
        self._standing = standing = self._read()
        merge = standing.merge
        if merge is not None and merge.to_write and not merge.changes and not merge.conflicts:
            self.was_behind = True
            self._take_in(standing)
            self._bring_into_step()
            if not self.problems:
                found = "The register lacked what was recorded earlier, as a run that did not end leaves it."
                remedy = "It is in step again; nothing need be done."
                self.problems = (Problem("register-caught-up", Source(REGISTER), found, remedy, Weight.NOTE),)
            self._standing = self._read()
        return self._standing


def register_is_as_seen(ledger: Ledger, path: Path) -> bool:
    """Whether the workbook is the one that the ledger saw last, and no row has changed since."""
    known = ledger.of_kinds(*_OF_REGISTER)
    seen = known[-1].what if known else None
    data = path.read_bytes() if path.is_file() else b""
    return isinstance(seen, RegisterSeen) and seen.sha256 == sha256_of(data)


_ROOM = 512 * 1024  # Bytes: many times what the ledger grows by for one letter.


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
    own = folders.memory / "sending"
    with alone_in(own, ledger_url(folders.inputs)) as alone:
        if not alone:
            found = "Another run is sending letters just now; this one sent none."
            raise DeliveryError(found, Remedy("Wait for it to end, then see:", "send status"))
        yield own
