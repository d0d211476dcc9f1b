"""A folder as it lies: every file once, with why one is not opened, and what it was found to hold. Links are not followed out of it, nor in circles."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, time
from enum import StrEnum
from pathlib import Path

from reportpack import patterns as re
from reportpack.drive_files import NOT_DOWNLOADED, bytes_of, is_elsewhere, sha256_of
from reportpack.errors import InputError
from reportpack.model.minutes import Attendance, NotedItem
from reportpack.read.workbook.opening import EXPECTED
from reportpack.records import Record
from reportpack.run.measure_add import Candidate
from reportpack.run.steps.taken_notes import KINDS

LARGEST = 60  # Megabytes of a file that is opened.
_LOCKS = ("~$", ".", "~")
_SILENT = {"thumbs.db", "desktop.ini", "icon\r"}
_LETTERS = (".eml", ".msg", ".dat")
_HEADS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
EARLIER = "a draft or an earlier version of "
_BEHIND = re.compile(r"(?i)\b(?:draft|wip|old|superseded|backup|copy)\b|\(\d\)")
_VERSION = re.compile(r"(?i)\bv(?:ersion)? ?(\d+)(?:\.\d+)?\b")
_FINAL = re.compile(r"(?i)\bfinal\b")


class FileKind(StrEnum):
    """What a file is."""

    FIGURES = "workbook of figures"
    TRACKER = "tracker"
    NOTES = "notes of a meeting"
    AGENDA = "agenda"
    PAPER = "paper"
    WORDS = "words for a pack"
    NOTHING = "not used"


class Named(Record):
    """A name in somebody's words, and where it stands first: of a place (`whole` where its figures hold the others'), an office or a force."""

    name: str
    where: str
    whole: bool = False


class FoundRows(Record):
    """A sheet that is a tracker: the sheet of the register that its rows belong to, its headings, and who owns its rows."""

    sheet: str
    table: str
    shape: str
    owners: tuple[str, ...] = ()


class FileReading(Record):
    """All of one file that the first day needs; plain records that are kept by the file's hash. `why` says why it is of no use; `last` is the end
    of its latest figures."""

    kind: FileKind
    why: str = ""
    as_at: date | None = None
    last: date | None = None
    figures: tuple[Candidate, ...] = ()
    areas: tuple[Named, ...] = ()
    sheets: tuple[str, ...] = ()
    rows: tuple[FoundRows, ...] = ()
    offices: tuple[Named, ...] = ()
    forces: tuple[Named, ...] = ()
    title: str = ""
    day: date | None = None
    start: time | None = None
    venue: str = ""
    chair: str = ""
    note_taker: str = ""
    people: tuple[Attendance, ...] = ()
    items: tuple[NotedItem, ...] = ()
    owners: tuple[str, ...] = ()
    next_day: date | None = None


class Lying(Record):
    """A file by its name from the folder on; `aside` says why it is not opened."""

    name: str
    path: Path
    sha256: str = ""
    aside: str = ""


def walk_folder(folder: Path, leave: Path) -> tuple[Lying, ...]:
    """Every file under the folder but under `leave`; InputError where there is no such folder."""
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.", "Name the folder that the office's files lie in.")
    root = folder.resolve()
    lying = (Lying(_name(path, root), path, aside=aside) for path, aside in _paths(root, leave.resolve()))
    return _without_twins([_opened(one) for one in lying])


def _paths(root: Path, leave: Path) -> Iterator[tuple[Path, str]]:
    waiting = [root]
    while waiting:
        place = waiting.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda one: one.name)
        except OSError:
            yield place, "this folder may not be read: ask for the right to read it"
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.is_symlink():
                yield path, _of_link(path, root)
            elif not entry.is_dir():
                yield path, ""
            elif path == leave:
                yield path, "the new office's own folder"
            elif entry.name.startswith("."):
                yield path, "a hidden folder"
            else:
                waiting.append(path)


def _name(path: Path, root: Path) -> str:
    """As it is printed: what is no letter of any script in it is shown by a question mark."""
    name = path.relative_to(root).as_posix().encode("utf-8", "replace").decode()
    return "".join(one if one.isprintable() else "?" for one in name)


def _of_link(path: Path, root: Path) -> str:
    try:
        inside = path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return "a link that leads nowhere, or in a circle"
    return "a link to what is read where it lies" if inside else "a link that leaves the folder, so it is not followed"


def _opened(one: Lying) -> Lying:
    if one.aside:
        return one
    try:
        why = _why_not(one.path)
        data = b"" if why else bytes_of(one.path)
    except OSError as fault:
        why = NOT_DOWNLOADED if is_elsewhere(one.path) else f"it cannot be read: {fault.strerror or 'no right'}"
        return replace(one, aside=why)
    return replace(one, sha256=sha256_of(data)) if data else replace(one, aside=why or "it is empty (0 bytes)")


def _why_not(path: Path) -> str:
    """Why a file is not opened, by its name, its size and its first bytes."""
    ending = path.suffix.lower()
    if path.name.startswith(_LOCKS) or path.name.lower() in _SILENT:
        return "a file that a program keeps for itself"
    megabytes = path.stat().st_size / 2**20
    if megabytes > LARGEST:
        return f"{int(megabytes)} MB; at most {LARGEST} MB are read: ask for one that holds what is needed"
    if ending in _LETTERS:
        return "a letter: put it into inputs/inbox if it is a reply"
    if ending in EXPECTED or ending in KINDS:
        return ""
    if ending not in (".zip", ".pptx", ".ppt", ".jar"):  # others may begin as a workbook or a document does
        with path.open("rb") as stream:
            if stream.read(4) in _HEADS:
                return ""
    return "no workbook and no document"


def _without_twins(files: Sequence[Lying]) -> tuple[Lying, ...]:
    """The same bytes once, under the plainest name; a draft, a copy or an earlier version is left for what came of it."""
    first: dict[str, Lying] = {}
    finished: dict[tuple[Path, str], Lying] = {}
    aside: dict[str, str] = {}
    for one in sorted((one for one in files if not one.aside), key=_last_first):
        twin = first.setdefault(one.sha256, one)
        if twin is not one:
            aside[one.name] = f"the same as {twin.name}"
            continue
        later = finished.setdefault((one.path.parent, _finished_name(one.path)), one)
        if later is not one and (_is_stage(one.path) or _is_stage(later.path)):
            aside[one.name] = f"{EARLIER}{later.name}"
    return tuple(sorted((replace(one, aside=aside.get(one.name, one.aside)) for one in files), key=lambda one: one.name))


def _last_first(one: Lying) -> tuple[int, bool, int, int, str]:
    stem = _spaced(one.path)
    version = _VERSION.search(stem)
    return len(_BEHIND.findall(stem)), not _FINAL.search(stem), -int(version[1]) if version else 0, one.name.count("/"), one.name


def _is_stage(path: Path) -> bool:
    return any(stage.search(_spaced(path)) for stage in (_BEHIND, _VERSION, _FINAL))


def _finished_name(path: Path) -> str:
    stem = _FINAL.sub(" ", _VERSION.sub(" ", _BEHIND.sub(" ", _spaced(path))))
    words = "".join(one if one.isalnum() else " " for one in stem).split()
    return " ".join(word for word in words if word != "of").casefold() + path.suffix.lower()


def _spaced(path: Path) -> str:
    return path.stem.replace("_", " ").replace("-", " ")
