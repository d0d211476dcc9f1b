"""`doctor`: the office held against what was recorded of it, part by part; what can be mended is mended.
Nothing here decides for a person: what words mean, what went and what a file should say is told, and left."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from datetime import date, datetime
from pathlib import Path

from reportpack.compose.letters import document_name
from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import ReportpackError
from reportpack.ledger import Ledger
from reportpack.merge.letters import letters_standing
from reportpack.model.event import Build, FileRole
from reportpack.model.meeting import Meeting
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.release import Published, Released
from reportpack.records import Record
from reportpack.run.letters.epochs import doubt_of, in_step, with_missed
from reportpack.run.letters.publish import FOLDER, published_name
from reportpack.run.office_files import REGISTER, Folders, gather_meetings, open_memory, write_files
from reportpack.run.steps.recording import recording, sending_alone

_DEAD_AFTER = 600.0
_LEAVINGS = (".*.part", ".ledger-*.new", ".keeping-*")


class Examined(Record):
    """What was looked at, each with how it is; what was wrong, and which of it was mended."""

    parts: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    mended: tuple[Problem, ...] = ()


class _Office(Record):
    folders: Folders
    ledger: Ledger
    meetings: tuple[Meeting, ...]
    now: datetime
    today: date
    mend: bool


def _found(kind: str, where: object, found: str, remedy: str, *, mended: bool = False) -> Problem:
    """Something wrong, or what was: a note says that it is `mended`."""
    return Problem(kind, Source(str(where)), found, remedy, Weight.NOTE if mended else Weight.WRONG)


def examine_office(folders: Folders, now: datetime, today: date, *, mend: bool) -> Examined:
    """Every part of the office, in the order in which one rests on another."""
    _, meetings, _ = gather_meetings(folders)
    ledger = open_memory(folders)
    if not ledger.begun:
        return Examined((("ledger", "none yet"),), ())
    parts: list[tuple[str, str]] = []
    found: list[Problem] = []
    with ledger:
        office = _Office(folders, ledger, meetings, now, today, mend)
        for name, look in _PARTS:
            try:
                of_part = list(look(office))
            except ReportpackError as error:
                of_part = [_found(f"{name}-not-read", name, error.found, error.remedy)]
            wrong = sum(one.weight is Weight.WRONG for one in of_part)
            parts.append((name, f"{wrong} wrong" if wrong else f"{len(of_part)} mended" if of_part else "whole"))
            found += of_part
    mended = tuple(one for one in found if one.weight is Weight.NOTE)
    return Examined(tuple(parts), tuple(one for one in found if one.weight is Weight.WRONG), mended)


def _ledger(office: _Office) -> Iterator[Problem]:
    remedy = "Look at it beside a backup from before; docs/disaster.md says how a ledger is put back."
    return (_found("ledger-changed", "ledger", words, remedy) for words in office.ledger.faults())


def _kept(office: _Office) -> Iterator[Problem]:
    remedy = "Put it back from the second place or from another copy of inputs/memory."
    return (_found("kept-file", "inputs/memory/files", words, remedy) for words in office.ledger.kept_faults())


def _register(office: _Office) -> Iterator[Problem]:
    from reportpack.run.steps.standing import read_standing

    path = office.folders.inputs / REGISTER
    standing = read_standing(path, office.ledger, None, office.today.year)
    merge = standing.merge
    if merge is not None and merge.to_write:
        mended = False
        if office.mend:
            with recording(office.folders, office.now, ledger=office.ledger) as record:
                record.standing  # noqa: B018 - reading it brings the workbook into step
                record.record(())
            after = read_standing(path, office.ledger, None, office.today.year).merge
            mended = after is None or not after.to_write
        found = "It lacks something that the ledger knows."
        yield _found("register-behind", REGISTER, found, "Close it wherever it is open.", mended=mended)


def _released(office: _Office) -> Iterator[Problem]:
    """What lies in build/ under a released version's name is that version; what does not lie there can be had again."""
    for meeting in office.meetings:
        folder = office.folders.build / meeting.id / "released"
        releases = [one.what for one in office.ledger.releases(meeting.id) if isinstance(one.what, Released)]
        for release in {(one.document, one.edition): one for one in releases}.values():
            for file in release.files:
                if file.ending and not file.post:
                    path = folder / document_name(meeting, release, file.ending)
                    yield from _same(office, path, file.sha256, "released-file", if_there=True)


def _built(office: _Office) -> Iterator[Problem]:
    for meeting in office.meetings:
        builds = [one.what for one in office.ledger.builds(meeting.id) if isinstance(one.what, Build)]
        known = {file.sha256 for one in builds for file in one.files_of(FileRole.PAGE_SOURCE)}
        for path in sorted((office.folders.build / meeting.id).glob("briefing-pack*.page-source.html")):
            if known and _sha256_at(path) not in known:
                remedy = f"Build it again: reportpack pack {meeting.id}."
                yield _found("built-file", path, "It is of no build that was recorded.", remedy)


def _published(office: _Office) -> Iterator[Problem]:
    for meeting in office.meetings:
        last = {one.what.document: one.what for one in office.ledger.releases(meeting.id) if isinstance(one.what, Published)}
        for published in last.values():
            if published.folder == FOLDER:
                for file in published.files:
                    name = published_name(meeting, published.document, published.version, file.role)
                    yield from _same(office, office.folders.build / FOLDER / meeting.id / name, file.sha256, "published-file")


def _same(office: _Office, path: Path, sha256: str, kind: str, *, if_there: bool = False) -> Iterator[Problem]:
    if if_there and not path.exists():
        return
    if _sha256_at(path) != sha256 and not office.ledger.is_erased(sha256):
        if office.mend:
            write_files({path: office.ledger.kept(sha256)})
        what = "It is not what was recorded" if path.exists() else "It is missing"
        yield _found(kind, path, f"{what}.", "reportpack doctor puts it there again.", mended=office.mend)


def _sha256_at(path: Path) -> str:
    with suppress(OSError):
        return sha256_of(bytes_of(path))
    return ""


def _letters(office: _Office) -> Iterator[Problem]:
    ledger = office.ledger
    doubt = doubt_of(ledger)
    if doubt.pending is not None and doubt.until:
        found = f"Of what was released so far nobody can tell whether it went: {doubt.why}."
        remedy = "The next send says which letters that are. Find out, then: reportpack send settle all --as sent --by NAME (or not-sent)."
        yield _found("outbox-epoch", "inputs/outbox", found, remedy)
    with sending_alone(office.folders), ExitStack() as stack:
        record = stack.enter_context(recording(office.folders, office.now, ledger=ledger)) if office.mend else None
        if record is not None and ledger.journal.is_there:
            doubt = in_step(record)
        standing = {one.letter: one for one in letters_standing(ledger.letters())}
        for letter, _, missed in with_missed(ledger, doubt, standing, office.now, goes=False):
            if missed:
                if record is not None:
                    record.record(missed)
                state = f"is {standing[letter].state.value} in the ledger and otherwise in the outbox's journal"
                found = f"The letter {letter.key} {state}."
                yield _found("letter-behind", "ledger", found, "reportpack doctor takes it over from there.", mended=office.mend)


def _leavings(office: _Office) -> Iterator[Problem]:
    """What runs that were cut off left half written; by the drive's own times, as clocks of machines differ."""
    with tempfile.NamedTemporaryFile(dir=office.folders.memory) as new:
        now = Path(new.name).stat().st_mtime
    for folder in (office.folders.inputs, office.folders.build):
        for path in sorted(one for pattern in _LEAVINGS for one in folder.rglob(pattern)):
            if now - path.stat().st_mtime > _DEAD_AFTER:
                if office.mend:
                    path.unlink(missing_ok=True)
                yield _found("leaving", path, "A run that was cut off left it.", "It can go.", mended=office.mend)


def _permissions(office: _Office) -> Iterator[Problem]:
    for folder in (office.folders.memory, office.folders.outbox, office.folders.build):
        if folder.is_dir() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield _found("permission", folder, "You may not read and write there.", "Ask whoever looks after the drive.")
    key = office.folders.outbox / "key"
    if os.name == "posix" and key.is_file() and key.stat().st_mode & 0o007:
        if office.mend:
            key.chmod(key.stat().st_mode & ~0o007)
        found = "Everybody on the machine may read it."
        yield _found("permission", key, found, "Let only the office read it.", mended=office.mend)


def _backups(office: _Office) -> Iterator[Problem]:
    ledger, place = office.ledger, "inputs/memory/backups"
    if not ledger.last_number():
        return
    if not any(office.folders.memory.glob("backups/*ledger-*.jsonl")):
        yield _found("no-backup", place, "There is no backup of the ledger.", "Make one now: reportpack ledger backup.")
    elif office.mend and ledger.backups():
        try:
            ledger.rehearse(office.today)
        except ReportpackError as error:
            yield _found("backup-not-restored", place, error.found, "Make one now: reportpack ledger backup.")
    remedy = "See [memory] second in office.toml, and that the place can be reached."
    yield from (_found("second-place", "the second place", words, remedy) for words in ledger.second_faults())


_Look = Callable[[_Office], Iterator[Problem]]
_PARTS: tuple[tuple[str, _Look], ...] = (
    ("ledger", _ledger),
    ("kept files", _kept),
    ("register", _register),
    ("build", _built),
    ("released", _released),
    ("published", _published),
    ("letters", _letters),
    ("leftovers", _leavings),
    ("permissions", _permissions),
    ("backups", _backups),
)
