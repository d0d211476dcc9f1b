"""`doctor`: the office held against what was recorded of it, part by part; what can be mended is mended.

Nothing here decides for a person: what words mean, what went and what a file should say is told, and left.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import date, datetime
from pathlib import Path

from reportpack.compose.letters import document_name
from reportpack.drive_files import sha256_of
from reportpack.errors import ReportpackError
from reportpack.ledger import Ledger
from reportpack.merge.letters import letter_standing
from reportpack.model.event import Build, Event, FileRole
from reportpack.model.journal import last_entries
from reportpack.model.meeting import Meeting
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.release import Published, Released
from reportpack.records import dataclass
from reportpack.run.folders import Folders
from reportpack.run.letters.epochs import doubt_of, in_step, missed_events
from reportpack.run.letters.publish import FOLDER, published_name
from reportpack.run.memory import open_memory
from reportpack.run.office_files import REGISTER, gather_meetings
from reportpack.run.steps.alone import sending_alone
from reportpack.run.steps.recording import recording
from reportpack.run.writing import write_files

_DEAD_AFTER = 600.0
_LEAVINGS = (".*.part", ".ledger-*.new", ".keeping-*")


@dataclass(frozen=True, slots=True)
class Examined:
    """What was looked at, each with how it is; what was wrong, and which of it was mended."""

    parts: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    mended: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class _Office:
    """What every part is looked at with. `mend` is whether what can be put right is."""

    folders: Folders
    ledger: Ledger
    meetings: tuple[Meeting, ...]
    now: datetime
    today: date
    mend: bool


@dataclass(frozen=True, slots=True)
class _Found:
    """Something wrong; `mended` when it is no more."""

    kind: str
    where: str
    found: str
    remedy: str
    mended: bool = False


def examine_office(folders: Folders, now: datetime, today: date, *, mend: bool) -> Examined:
    """Every part of the office, in the order in which one rests on another."""
    _, meetings, _ = gather_meetings(folders)
    ledger = open_memory(folders)
    if not ledger.begun:
        return Examined((("ledger", "none yet"),), ())
    parts: list[tuple[str, str]] = []
    found: list[_Found] = []
    with ledger:
        office = _Office(folders, ledger, meetings, now, today, mend)
        for name, look in _PARTS:
            try:
                of_part = list(look(office))
            except ReportpackError as error:
                of_part = [_Found(f"{name}-not-read", name, error.found, error.remedy)]
            wrong = sum(not one.mended for one in of_part)
            parts.append((name, f"{wrong} wrong" if wrong else f"{len(of_part)} mended" if of_part else "whole"))
            found += of_part
    problems = [
        Problem(one.kind, Source(one.where), one.found, one.remedy, Weight.NOTE if one.mended else Weight.WRONG) for one in found
    ]
    return Examined(
        tuple(parts),
        tuple(one for one in problems if one.weight is Weight.WRONG),
        tuple(one for one in problems if one.weight is Weight.NOTE),
    )


def _ledger(office: _Office) -> Iterator[_Found]:
    for words in office.ledger.faults():
        yield _Found(
            "ledger-changed",
            "ledger",
            words,
            "Look at it beside a backup from before; docs/disaster.md says how a ledger is put back.",
        )


def _kept(office: _Office) -> Iterator[_Found]:
    for words in office.ledger.kept_faults():
        yield _Found(
            "kept-file", "inputs/memory/files", words, "Put it back from the second place or from another copy of inputs/memory."
        )


def _register(office: _Office) -> Iterator[_Found]:
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
        yield _Found(
            "register-behind", REGISTER, "It lacks something that the ledger knows.", "Close it wherever it is open.", mended
        )


def _released(office: _Office) -> Iterator[_Found]:
    """What lies in build/ under a released version's name is that version; what does not lie there can be had again."""
    for meeting in office.meetings:
        folder = office.folders.build / meeting.id / "released"
        last = {
            (one.what.document, one.what.edition): one.what
            for one in office.ledger.releases(meeting.id)
            if isinstance(one.what, Released)
        }
        for release in last.values():
            for file in release.files:
                if file.role.ending and not file.post:
                    path = folder / document_name(meeting, release, file.role.ending)
                    yield from _same(office, path, file.sha256, "released-file", if_there=True)


def _built(office: _Office) -> Iterator[_Found]:
    """Pages in build/ are those of a build that was recorded."""
    for meeting in office.meetings:
        builds = [one.what for one in office.ledger.builds(meeting.id) if isinstance(one.what, Build)]
        known = {file.sha256 for one in builds for file in one.files_of(FileRole.PAGE_SOURCE)}
        for path in sorted((office.folders.build / meeting.id).glob("briefing-pack*.page-source.html")):
            if known and sha256_of(path.read_bytes()) not in known:
                remedy = f"Build it again: reportpack pack {meeting.id}."
                yield _Found("built-file", str(path), "It is of no build that was recorded.", remedy)


def _published(office: _Office) -> Iterator[_Found]:
    for meeting in office.meetings:
        last = {one.what.document: one.what for one in office.ledger.releases(meeting.id) if isinstance(one.what, Published)}
        for published in last.values():
            if published.folder == FOLDER:
                for file in published.files:
                    name = published_name(meeting, published.document, published.version, file.role)
                    yield from _same(office, office.folders.build / FOLDER / meeting.id / name, file.sha256, "published-file")


def _same(office: _Office, path: Path, sha256: str, kind: str, *, if_there: bool = False) -> Iterator[_Found]:
    if if_there and not path.exists():
        return
    if (not path.exists() or sha256_of(path.read_bytes()) != sha256) and not office.ledger.is_erased(sha256):
        if office.mend:
            write_files({path: office.ledger.kept(sha256)})
        what = "It is not what was recorded" if path.exists() else "It is missing"
        yield _Found(kind, str(path), f"{what}.", "reportpack doctor puts it there again.", office.mend)


def _letters(office: _Office) -> Iterator[_Found]:
    """The ledger says of each letter what the outbox's journal says."""
    ledger = office.ledger
    doubt = doubt_of(ledger)
    if doubt.pending is not None and doubt.until:
        yield _Found(
            "outbox-epoch",
            "inputs/outbox",
            f"Of what was released so far nobody can tell whether it went: {doubt.why}.",
            "The next send says which letters that are. Find out, then: reportpack send settle all --as sent --by NAME (or not-sent).",
        )
    with sending_alone(office.folders), ExitStack() as stack:
        record = stack.enter_context(recording(office.folders, office.now, ledger=ledger)) if office.mend else None
        if record is not None and ledger.journal.is_there:
            doubt = in_step(record)
        noted, by_letter = last_entries(ledger.journal.entries), dict[str, list[Event]]()
        for event in ledger.letters():
            by_letter.setdefault(event.subject, []).append(event)
        for events in by_letter.values():
            standing = letter_standing(events)
            missed = (
                list(missed_events(ledger, doubt, noted, standing.letter, events, goes=False)) if standing is not None else []
            )
            if missed and standing is not None:
                if record is not None:
                    record.record([Event(one, office.now) for one in missed])
                words = (
                    f"The letter {standing.key} is {standing.state.value} in the ledger and otherwise in the outbox's journal."
                )
                yield _Found("letter-behind", "ledger", words, "reportpack doctor takes it over from there.", office.mend)


def _leavings(office: _Office) -> Iterator[_Found]:
    """What runs that were cut off left half written; by the drive's own times, as clocks of machines differ."""
    with tempfile.NamedTemporaryFile(dir=office.folders.memory) as new:
        now = Path(new.name).stat().st_mtime
    for folder in (office.folders.inputs, office.folders.build):
        for path in sorted(one for pattern in _LEAVINGS for one in folder.rglob(pattern)):
            if now - path.stat().st_mtime > _DEAD_AFTER:
                if office.mend:
                    path.unlink(missing_ok=True)
                yield _Found("leaving", str(path), "A run that was cut off left it.", "It can go.", office.mend)


def _permissions(office: _Office) -> Iterator[_Found]:
    for folder in (office.folders.memory, office.folders.outbox, office.folders.build):
        if folder.is_dir() and not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
            yield _Found("permission", str(folder), "You may not read and write there.", "Ask whoever looks after the drive.")
    key = office.folders.outbox / "key"
    if os.name == "posix" and key.is_file() and key.stat().st_mode & 0o007:
        if office.mend:
            key.chmod(key.stat().st_mode & ~0o007)
        yield _Found("permission", str(key), "Everybody on the machine may read it.", "Let only the office read it.", office.mend)


def _backups(office: _Office) -> Iterator[_Found]:
    ledger = office.ledger
    if not ledger.last_number():
        return
    if not ledger.backups():
        yield _Found(
            "no-backup", "inputs/memory/backups", "There is no backup of the ledger.", "The next run that records makes one."
        )
    elif office.mend:
        try:
            ledger.rehearse(office.today)
        except ReportpackError as error:
            yield _Found("backup-not-restored", "inputs/memory/backups", error.found, "Make one now: reportpack ledger backup.")
    for words in ledger.second_faults():
        yield _Found(
            "second-place", "the second place", words, "See [memory] second in office.toml, and that the place can be reached."
        )


_Look = Callable[[_Office], Iterator[_Found]]
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
