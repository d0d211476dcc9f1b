"""The ledger: what happened, every figure that was used, every file that counted. Added to, never changed."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TypeVar, cast

from reportpack.errors import InputError, OutputError, fails_as
from reportpack.ledger import kept_files
from reportpack.ledger.backup import backup_chain, backups_in, copy_missing, remove_old, write_backup
from reportpack.ledger.chain import add_link, last_link
from reportpack.ledger.database import EVENT, SQLITE, Database, Session, among
from reportpack.ledger.erasing import Eraser, erase_bytes, erase_event
from reportpack.ledger.event_text import StoredEvent, restore, rows_as_bytes, rows_from_bytes, store
from reportpack.ledger.figures import erase_figures, figure_ids, read_figures, store_figures, write_figures
from reportpack.ledger.hold import Hold, holding
from reportpack.ledger.journal import Journal
from reportpack.model.correction import CorrectionProposed, CorrectionSettled
from reportpack.model.edition import Audience
from reportpack.model.event import (
    KINDS,
    LETTER_KINDS,
    AnnexAgreed,
    AnnexIssued,
    Build,
    Erased,
    ErasedFile,
    Event,
    Happening,
    RegisterSeen,
    RowChange,
    Undone,
    WorkbookSeen,
    build_subject,
)
from reportpack.model.journal import Entry
from reportpack.model.observation import Observation
from reportpack.model.passage import NotesOpened, PassageHeld, PassageRestored
from reportpack.model.period import long_date
from reportpack.model.register import Snapshot
from reportpack.model.register_row import RegisterRow
from reportpack.model.release import LinesReleased, Published, Released

PACK = "briefing-pack"
_What = TypeVar("_What", bound=Happening)
_REHEARSED = "rehearsed.txt"


class Ledger:
    """An open ledger. Each method is one transaction; what it raises is a sentence."""

    def __init__(self, database: Database, folder: Path, hold: Hold, second: Path | None = None, *, begun: bool = True) -> None:
        self.begun, self._database, self._second = begun, database, second
        self.journal = Journal(
            folder.parent / "outbox", None if database.dialect is SQLITE else database, second and second / "outbox"
        )
        self._files = folder / "files"
        self._backups = folder / "backups"
        self._hold = hold
        self._is_held = self._is_backed_up = self._is_writing = False

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self.journal.close()
        self._database.close()

    def say(self, *entries: Entry) -> None:
        """Write entries into the outbox's journal, with where the ledger is; then they are on the disk."""
        self.journal.past = self.link()
        self.journal.append(*entries)

    def link(self, number: int | None = None) -> tuple[int, str]:
        """The number and the link of the newest event, or of that one ("" where there is no such event)."""
        with self._database.transaction() as session:
            return last_link(session, number)

    def copy_to_second(self) -> None:
        """What the second place lacks of backups, kept files and the journal; that it is not to be reached `doctor` says, and stops nothing."""
        with suppress(OSError):
            self.journal.copy()
        if self._second is not None:
            with suppress(OSError):
                copy_missing(self._backups, self._second / "backups", "*.jsonl")
                remove_old(self._second / "backups")
                copy_missing(self._files, self._second / "files", "??/*")

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the database, or with the chain of its events."""
        from reportpack.ledger.examining import ledger_faults

        erased = [number for one in self.erasures() if isinstance(one.what, Erased) for number in one.what.events]
        return tuple(ledger_faults(self._database, erased))

    def kept_faults(self) -> tuple[str, ...]:
        """Kept files that are not what was kept, or are missing."""
        from reportpack.ledger.examining import kept_faults

        gone = [file.sha256 for one in self.erasures() if isinstance(one.what, Erased) for file in one.what.files]
        return tuple(kept_faults(self._files, self._events(), gone))

    def backups(self) -> tuple[Path, ...]:
        """The backups that were taken before runs, oldest first."""
        return backups_in(self._backups)

    @property
    def second_is_lost(self) -> bool:
        """Whether there should be a second place, and none can be reached."""
        return self._second is not None and not self._second.is_dir()

    def second_faults(self) -> tuple[str, ...]:
        """Why the second place would not help, where there is one."""
        if self._second is None:
            return ()
        if self.second_is_lost:
            return (f"{self._second} cannot be reached.",)
        self.copy_to_second()
        there = {one.name for one in backups_in(self._second / "backups")}
        newest = [one.name for one in self.backups()[-1:]]
        return () if there >= set(newest) and not self.journal.ahead() else (f"{self._second} has not got the newest backup.",)

    def rehearsed(self) -> date | None:
        """The day on which a backup was last restored on trial; None where none ever was."""
        with suppress(OSError, ValueError):
            return date.fromisoformat((self._backups / _REHEARSED).read_text(encoding="ascii")[:10])
        return None

    def rehearse(self, today: date) -> None:
        """Restore the newest backup on trial, and see that it says what the ledger said then; InputError where it does not."""
        from reportpack.ledger.examining import try_backup

        newest = self.backups()[-1]
        number, link = try_backup(newest)
        if self.link(number)[1] != link:
            found = f"The backup {newest.name} was restored on trial, and is of another past than the ledger."
            raise InputError(found, "Make one anew.")
        kept_files.write_whole(self._backups / _REHEARSED, f"{today.isoformat()} {newest.name}, {number} events\n".encode())

    def broken_backups(self) -> dict[Path, str]:
        """Every backup, made by hand or before a run, that could not be restored, and why."""
        found = {}
        for path in sorted(self._backups.glob("*ledger-*.jsonl")):
            try:
                backup_chain(path)
            except InputError as error:
                found[path] = error.found
        return found

    def without_backup_since(self) -> date | None:
        """The day of the first event that the newest backup has not got; None where it has all."""
        number = int(self.backups()[-1].stem.rpartition("-")[2]) if self.backups() else self.last_number()
        return next((one.recorded.date() for one in self._events(after=number, most=1)), None)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Nobody else records until this is left, so that what was read still stands when what follows from it is recorded."""
        if self._is_held:
            yield
            return
        was_backed_up = self._is_backed_up
        with holding(self._hold, self._database.name):
            self._is_held = True
            try:
                yield
            finally:
                self._is_held, self._is_backed_up = False, was_backed_up

    @contextmanager
    def backed_up(self) -> Iterator[None]:
        """A backup now and none until this is left: what is recorded meanwhile needs room for nothing else."""
        with self.held():
            self._back_up_before_run()
        self._is_backed_up = True
        try:
            yield
        finally:
            self._is_backed_up = False

    def record(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Add the events in their order, all or none, and return them with their numbers. Before a run's first, a backup is taken."""
        stored = [(one, store(one), store_figures(one.what.figures) if isinstance(one.what, Build) else None) for one in events]
        recorded: list[Event] = []
        with self.all_or_none() as session:
            for one, row, figures in stored:
                number = self._add(session, row)
                if figures is not None:
                    write_figures(session, number, figures)
                recorded.append(replace(one, number=number))
        return tuple(recorded)

    def decide(
        self, subject: str, decide: Callable[[Sequence[Event]], Sequence[Event]], first: Sequence[Event] = ()
    ) -> tuple[Event, ...]:
        """Record what is decided in view of everything about the subject (about all under it, where it ends in a slash), in one
        transaction: of two runs at once the second sees what the first decided. `first` are recorded before it, whatever is decided."""
        with self.all_or_none() as session:
            for one in first:
                self._add(session, store(one))
            known = self._events(under=subject) if subject.endswith("/") else self._events(about=(subject,))
            return tuple(replace(one, number=self._add(session, store(one))) for one in decide(known))

    def letters(self, meeting: str = "") -> tuple[Event, ...]:
        """Everything that happened to letters, of one meeting if it is named, oldest first."""
        return self._events(LETTER_KINDS, under=f"{meeting}/" if meeting else "")

    def releases(self, meeting: str) -> tuple[Event, ...]:
        """Every release and publication of that meeting's documents, and of lines to the force, oldest first."""
        of_documents = self._events((Released, Published), under=f"{meeting}/")
        of_lines = self._events((LinesReleased,), about=(meeting,))
        return tuple(sorted((*of_documents, *of_lines), key=lambda one: one.number))

    def first_seen(self, sha256: str) -> date | None:
        """The day on which a workbook with those bytes was first there."""
        found = self._events((WorkbookSeen,), about=(sha256,), most=1)
        return found[0].recorded.date() if found else None

    def builds(self, meeting: str, document: str = PACK) -> tuple[Event, ...]:
        """Every build of that document for that meeting, all editions, oldest first, without figures."""
        return self._events((Build,), about=[build_subject(meeting, document, edition) for edition in Audience])

    def last_build(self, meeting: str, edition: Audience, on: date | None = None, document: str = PACK) -> Event | None:
        """The newest build of that edition, of that day's view when a day is given; None when there was none."""
        found = self._events((Build,), about=(build_subject(meeting, document, edition),))
        return next((one for one in reversed(found) if isinstance(one.what, Build) and on in (None, one.what.on)), None)

    def figures_of(self, build: Event | int, measures: Collection[str] = ()) -> tuple[Observation, ...]:
        """The figures of a recorded build (or of the one of that number), in the order they were given: all, or those of these measures."""
        with self._database.transaction() as session:
            return read_figures(session, build if isinstance(build, int) else build.number, measures)

    def has_figures(self, build: Event, figures: Iterable[Observation]) -> bool:
        """Whether the recorded build was made of just these, as far as figures are stored."""
        with self._database.transaction() as session:
            return figure_ids(session, build.number) == store_figures(figures).order

    def since(self, number: int, *kinds: type[Any]) -> tuple[Event, ...]:
        """The events of those kinds after that number, oldest first."""
        return self._events(kinds, after=number)

    def register_events(self) -> tuple[Event, ...]:
        """Everything that ever changed a row of the register, and what was undone, oldest first."""
        return self.of_kinds(RowChange, Undone)

    def annexes(self, meeting: str) -> tuple[Event, ...]:
        """Every issue and agreement of that meeting's annex, oldest first."""
        return self._events((AnnexIssued, AnnexAgreed), about=(meeting,))

    def of_kinds(self, *kinds: type[Any]) -> tuple[Event, ...]:
        """Every event of those kinds, oldest first."""
        return self._events(kinds)

    def last_of(self, *kinds: type[Any]) -> Event | None:
        """The newest event of those kinds; None where there is none."""
        return next(iter(self._events(kinds, most=1, newest_first=True)), None)

    def happened(self, kind: type[_What]) -> tuple[_What, ...]:
        """What happened of one kind, oldest first."""
        return tuple(cast("_What", one.what) for one in self.of_kinds(kind))

    def corrections(self, meeting: str) -> tuple[Event, ...]:
        """Every correction that was proposed to that meeting's annex, and what was said to it, oldest first."""
        return self._events((CorrectionProposed, CorrectionSettled), about=(meeting,))

    def passages(self, meeting: str) -> tuple[Event, ...]:
        """What was held back of that meeting's words, restored, and opened to more people, oldest first."""
        return self._events((PassageHeld, PassageRestored, NotesOpened), about=(meeting,))

    def history(self, sheet: str, ref: str) -> tuple[Event, ...]:
        """Everything that happened to one row, oldest first."""
        return self._events((RowChange,), about=(f"{sheet}/{ref}",))

    def snapshots(self, number: int | None, most: int = 5) -> tuple[Snapshot, ...]:
        """The newest copies of the register that carry the number (any number, when the workbook has none), newest first."""
        wanted = [one for one in reversed(self.happened(RegisterSeen)) if number is None or one.number == number]
        return tuple(Snapshot(one.sha256, one.number, rows_from_bytes(self.kept(one.rows))) for one in wanted[:most])

    def last_write(self) -> int:
        """The number of the last write of the register workbook, 0 before the first."""
        return max((one.number or 0 for one in self.happened(RegisterSeen) if one.written), default=0)

    def keep_rows(self, rows: Sequence[RegisterRow]) -> str:
        """Keep rows of the register and return their sha256, for a RegisterSeen."""
        return self.keep(rows_as_bytes(rows))

    def keep(self, data: bytes) -> str:
        """Keep the bytes of a file and return their sha256. Keep first, then record: what an event names is always there."""
        return kept_files.keep_file(self._files, data)

    def kept(self, sha256: str) -> bytes:
        """The bytes that were kept under that sha256, checked; where words were erased from them since, what is left of them."""
        left, erasure = self._left_of(sha256)
        if not left and erasure is not None and isinstance(erasure.what, Erased):
            found = f"The kept file {sha256[:12]} was erased on {long_date(erasure.recorded.date())} by {erasure.who}."
            raise InputError(found, f"It cannot be given again. The reason: {erasure.what.why}")
        return kept_files.kept_file(self._files, left)

    def is_erased(self, sha256: str) -> bool:
        """Whether nothing is left of that kept file."""
        return not self._left_of(sha256)[0]

    def _left_of(self, sha256: str) -> tuple[str, Event | None]:
        """What the file without its erased words is kept under ("" when it is gone whole), and the last erasure."""
        erasure = None
        while sha256 and not kept_files.kept_path(self._files, sha256).exists():
            found = self.erasures((sha256,))
            if not found or not isinstance(found[0].what, Erased):
                break
            erasure = found[0]
            sha256 = next(file.now for file in found[0].what.files if file.sha256 == sha256)
        return sha256, erasure

    def erasures(self, files: Sequence[str] = ()) -> tuple[Event, ...]:
        """Every erasure, or those from these kept files (and from what was left of them), oldest first."""
        found = self.of_kinds(Erased)
        wanted = set(files)
        if not wanted:
            return found
        chosen = []
        for one in found:
            hit = [file for file in one.what.files if file.sha256 in wanted] if isinstance(one.what, Erased) else []
            wanted.update(file.now for file in hit)
            chosen += [one] if hit else []
        return tuple(chosen)

    def holders(self, eraser: Eraser) -> tuple[tuple[int, ...], tuple[str, ...]]:
        """The numbers of the events, and the sha256 of the kept files, that hold the words; nothing is changed."""
        events = tuple(one.number for one in self._events() if erase_event(eraser, one) != one)
        files = []
        for sha256 in kept_files.kept_names(self._files):
            data = kept_files.kept_bytes(self._files, sha256)
            files += [sha256] if erase_bytes(eraser, data) != data else []
        return events, tuple(files)

    def erase(self, eraser: Eraser, erased: Erased, who: str, recorded: datetime, files: Sequence[str] = ()) -> Event:
        """Take the words out of every event, figure and kept file, and these files whole; gives the event that says so.

        All events change in one transaction; what is left of a file is kept before, and the file taken away after. Done again, it goes on."""
        if self.second_is_lost:
            found = f"The second place {self._second} holds the words too, and cannot be reached."
            raise OutputError(found, "Nothing was erased.")
        with self.all_or_none() as session:
            changed = [(one, after) for one in self._events() if (after := erase_event(eraser, one)) != one]
            for _, after in changed:
                row = store(after)
                update = "UPDATE event SET subject = ?, who = ?, body = ? WHERE number = ?"
                session.execute(update, row.subject, row.who, row.body, after.number)
            erase_figures(session, eraser.text)
            gone = self._without_words(eraser, files)
            said_so = replace(erased, why=eraser.text(erased.why), events=tuple(one.number for one, _ in changed), files=gone)
            (said_event,) = self.record([Event(said_so, recorded, who)])
        for file in gone:
            for folder in (self._files, *((self._second / "files",) if self._second is not None else ())):
                kept_files.forget_file(folder, file.sha256)
        self._forget_backups()
        return said_event

    def _without_words(self, eraser: Eraser, whole: Sequence[str]) -> tuple[ErasedFile, ...]:
        gone = []
        for sha256 in kept_files.kept_names(self._files):
            data = kept_files.kept_bytes(self._files, sha256)  # unchecked: what is damaged holds the words all the same
            after = None if sha256 in whole else erase_bytes(eraser, data)
            if after is None:
                gone.append(ErasedFile(sha256))
            elif after != data:
                gone.append(ErasedFile(sha256, self.keep(after)))
        return tuple(gone)

    def _forget_backups(self) -> None:
        """Earlier backups hold the words: one of the ledger as it is now takes their place. The database gives up what it no longer needs."""
        self._database.write_anew()
        places = (self._backups, *((self._second / "backups",) if self._second is not None else ()))
        for path in (path for folder in places for pattern in ("*.jsonl", "before-form-*") for path in folder.glob(pattern)):
            with fails_as(
                OutputError, f"The backup {path.name} still holds what was erased, and cannot be taken away", kept_files.GO_ON
            ):
                path.unlink(missing_ok=True)
        self._back_up_before_run()

    def kept_name(self, beginning: str) -> str:
        """The whole sha256 of the one kept file whose name begins so."""
        found = [
            one for one in kept_files.kept_names(self._files) if len(beginning) >= 8 and one.startswith(beginning.casefold())
        ]
        if len(found) != 1:
            remedy = "Give its sha256, or at least its first 8 letters; pack.json names them."
            raise InputError(f'No one kept file is called "{beginning}".', remedy)
        return found[0]

    def last_number(self) -> int:
        """The number of the newest event, 0 before the first."""
        with self._database.transaction() as session:
            return int(session.value("SELECT max(number) FROM event") or 0)

    def size(self) -> int:
        """How many events there are."""
        with self._database.transaction() as session:
            return int(session.value("SELECT count(*) FROM event"))

    def back_up(self, path: Path, *, with_files: bool = False) -> int:
        """Write the whole ledger as one file of JSON lines (with every kept file in it when asked); gives the number of events."""
        return write_backup(self._database, path, files=self._files if with_files else None)

    def _back_up_before_run(self) -> None:
        last = self._events(most=1, newest_first=True)
        if not last:
            return
        kept_files.remove_leavings(self._files)
        kept_files.remove_leavings(self._backups)
        path = self._backups / f"ledger-{last[0].recorded.date().isoformat()}-{last[0].number:07d}.jsonl"
        there = self.backups()
        if there and there[-1].stem.endswith(f"-{last[0].number:07d}"):
            return
        write_backup(self._database, path, earlier=there[-1] if there else None)
        remove_old(self._backups)
        self.copy_to_second()

    @contextmanager
    def all_or_none(self) -> Iterator[Session]:
        """Everything that is recorded inside counts once this is left without an error, or nothing does."""
        if self._is_writing:
            with self._database.transaction() as session:
                yield session
            return
        with self.held():
            self._hold.check()
            if not self._is_backed_up:
                self._back_up_before_run()
                self._is_backed_up = True
            with self._database.transaction(writing=True) as session:
                self._is_writing = True
                try:
                    yield session
                finally:
                    self._is_writing = False

    def _add(self, session: Session, row: StoredEvent) -> int:
        add = "INSERT INTO event (kind, subject, recorded, who, body) VALUES (?, ?, ?, ?, ?) RETURNING number"
        number = int(session.value(add, row.kind, row.subject, row.recorded, row.who, row.body))
        add_link(session, number, row.kind, row.subject, row.recorded, row.who, row.body)
        return number

    def _events(
        self,
        kinds: Collection[type[Any]] | None = None,
        *,
        about: Sequence[str] | None = None,
        under: str = "",
        most: int | None = None,
        newest_first: bool = False,
        after: int = 0,
    ) -> tuple[Event, ...]:
        """The events of these kinds (else of all), about these subjects, or those whose subject begins so; `after` that number."""
        values: list[str | int] = []
        wanted: list[str] = []
        if kinds is not None:
            values += [KINDS[kind].name for kind in kinds]
            wanted.append(among("kind", kinds))
        if about is not None:
            values += about
            wanted.append(among("subject", about))
        if under:
            values += (under, under)
            wanted.append("substr(subject, 1, length(?)) = ?")
        if after:
            values.append(after)
            wanted.append("number > ?")
        where = f" WHERE {' AND '.join(wanted)}" if wanted else ""
        order = f" ORDER BY number{' DESC' if newest_first else ''}{f' LIMIT {most}' if most else ''}"
        with self._database.transaction() as session:
            rows = session.rows(f"SELECT {', '.join(EVENT.columns)} FROM event{where}{order}", *values)
        return tuple(restore(number, StoredEvent(*row)) for number, *row in rows)
