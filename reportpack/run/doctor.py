"""`doctor`: the office held against what was recorded of it, part by part; what can be mended is mended.
Nothing here decides for a person: what words mean, what went and what a file should say is told, and left."""

import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from datetime import date, datetime
from pathlib import Path

from reportpack.compose.letters import document_name
from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import ReportpackError
from reportpack.ledger import Ledger
from reportpack.merge.letters import letters_standing
from reportpack.model.document import PACK, Output
from reportpack.model.edition import Audience
from reportpack.model.event import Build, FileRole
from reportpack.model.meeting import Meeting
from reportpack.model.period import long_date
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.release import Published, Released
from reportpack.records import Record
from reportpack.run.letters.epochs import doubt_of, in_step, with_missed
from reportpack.run.letters.publish import FOLDER, published_name
from reportpack.run.office_files import REGISTER, Folders, gather_meetings, open_memory, write_files
from reportpack.run.program import program_version
from reportpack.run.steps.documents import file_name
from reportpack.run.steps.recording import recording, sending_alone

_DEAD_AFTER = 600.0
_BACKED_UP_WITHIN = 31
"""Days. The next run that records makes a backup of what the last one recorded: an office at work makes one each month."""
_LEAVINGS = (".*.part", ".ledger-*.new", ".keeping-*")


class Examined(Record):
    """What was looked at, each with how it is; what was wrong, and which of it was mended."""

    parts: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...]
    mended: tuple[Problem, ...] = ()


class _Office(Record):
    folders: Folders
    own_edition: Callable[[str], Audience]
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
    settings, meetings, _ = gather_meetings(folders)
    ledger = open_memory(folders)
    if not ledger.begun:
        return Examined((("ledger", "none yet"),), ())
    parts: list[tuple[str, str]] = []
    found: list[Problem] = []
    with ledger:
        office = _Office(folders, settings.office.own_edition, ledger, meetings, now, today, mend)
        for name, look in _PARTS:
            try:
                of_part = list(look(office))
            except ReportpackError as error:
                of_part = [_found(f"{name}-not-read", name, error.found, error.remedy)]
            wrong = sum(one.weight is Weight.WRONG for one in of_part)
            parts.append((name, f"{wrong} wrong" if wrong else f"{len(of_part)} mended" if of_part else "whole"))
            found += of_part
        if ledger.backups():
            day = date.fromisoformat(ledger.backups()[-1].stem[7:17])
            parts[-1] = ("backups", f"{parts[-1][1]}; the newest reaches to {long_date(day)}, {(today - day).days} days ago")
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
    """The files of the build that lies there: the one whose record, or whose pages, these are. One that was tidied away lacks nothing."""
    for meeting in office.meetings:
        builds = [one.what for one in office.ledger.builds(meeting.id) if isinstance(one.what, Build)]
        for edition in dict.fromkeys(one.edition for one in builds):
            own, folder = office.own_edition(meeting.series), office.folders.build / meeting.id
            record = folder / file_name(PACK, edition, own, ".json", PACK.short)
            pages = folder / file_name(PACK, edition, own, Output.PAGE_SOURCE)
            kept = [(one, _kept_of(one)) for one in builds if one.edition is edition]
            there = {_sha256_at(record), _sha256_at(pages)}
            lies = [one for one in kept if there & set(one[1])] or [one for one in kept[-1:] if there == {""}]
            remedy = f"Build it again: reportpack pack {meeting.id} --edition {edition}. What was released lies in released/."
            if not lies:
                yield _found("built-file", pages, "It is of no build that was recorded.", remedy)
            elif not any(office.ledger.is_erased(one) for one in lies[-1][1]):
                yield from _of_build(office, lies[-1][0], (pages, record), remedy)


def _of_build(office: _Office, build: Build, own: Sequence[Path], remedy: str) -> Iterator[Problem]:
    kept, made = dict(zip(own, _kept_of(build), strict=False)), dict[str, str]()
    with suppress(ReportpackError):  # that a kept record cannot be read is said of the kept files
        made = json.loads(office.ledger.kept(kept[own[1]])).get("made", {}) if len(kept) > 1 else {}  # none by earlier programs
    expected = {own[0].with_name(name): sha256 for name, sha256 in made.items()} | kept
    another = build.program != program_version()  # asked for that day's again, this one sets the same pages in other bytes
    for path, sha256 in expected.items() if any(one.exists() for one in expected) else ():
        if not path.exists():
            yield _found("built-file", path, "It is missing.", remedy)
        elif _sha256_at(path) != sha256 and (path in kept or not another):
            yield _found(
                "built-file", path, "It is not as it was built: something else has changed it, or a run was cut off.", remedy
            )


def _kept_of(build: Build) -> list[str]:
    """What its page source and its record are kept under."""
    records = (one for one in build.files_of(FileRole.RECORD) if one.name == "pack.json")
    return [one.sha256 for one in (*build.files_of(FileRole.PAGE_SOURCE), *records)]


def _published(office: _Office) -> Iterator[Problem]:
    for meeting in office.meetings:
        last = {one.what.document: one.what for one in office.ledger.releases(meeting.id) if isinstance(one.what, Published)}
        for published in last.values():
            if published.folder == FOLDER:
                for file in published.files:
                    name = published_name(meeting, published.document, published.version, file.role)
                    yield from _same(office, office.folders.build / FOLDER / meeting.id / name, file.sha256, "published-file")
    indexed = [one for one in office.ledger.happened(Published) if one.folder == FOLDER]
    for name, sha256 in indexed[-1].beside if indexed else ():
        yield from _same(office, office.folders.build / FOLDER / name, sha256, "published-file")


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
    if os.name == "posix":
        yield from _too_open(office, key, [key], 0o007, "Everybody on the machine may read it.")
        for folder in (office.folders.memory, office.folders.outbox):
            yield from _too_open(office, folder, [folder, *sorted(folder.rglob("*"))], 0o002, "Everybody may change {}.")


def _too_open(office: _Office, where: Path, paths: Iterable[Path], bits: int, words: str) -> Iterator[Problem]:
    """Those of the paths that let everybody do what the bits say; only their owner can take that away."""
    paths = [one for one in paths if one.exists() and not one.is_symlink() and one.stat().st_mode & bits]
    for path in paths if office.mend else ():
        with suppress(OSError):
            path.chmod(path.stat().st_mode & ~bits)
    if paths:
        names = ", ".join([*(one.name for one in paths[:3]), *([f"{len(paths) - 3} more"] if len(paths) > 3 else [])])
        mended = not any(one.stat().st_mode & bits for one in paths)
        yield _found("permission", where, words.format(names), "Let only the office do so: its owner can.", mended=mended)


def _backups(office: _Office) -> Iterator[Problem]:
    ledger, place = office.ledger, "inputs/memory/backups"
    if not ledger.last_number():
        return
    again = "Make one now: reportpack ledger backup."
    if not any(office.folders.memory.glob("backups/*ledger-*.jsonl")):
        yield _found("no-backup", place, "There is no backup of the ledger.", again)
    broken = ledger.broken_backups()
    yield from (_found("backup-broken", path, words, f"Take it away. {again}") for path, words in broken.items())
    if office.mend and ledger.backups() and ledger.backups()[-1] not in broken:
        try:
            ledger.rehearse(office.today)
        except ReportpackError as error:
            yield _found("backup-not-restored", place, error.found, again)
    since = ledger.without_backup_since()
    if since is not None and (office.today - since).days > _BACKED_UP_WITHIN:
        if office.mend:
            with ledger.backed_up():
                pass
        found = f"What was recorded since {long_date(since)} is in no backup."
        yield _found(
            "backup-old", place, found, "The next run that records makes one, and so does reportpack doctor.", mended=office.mend
        )
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
