"""A folder as it lies: every file once, with why one is not opened. Links are not followed out of it, nor in circles."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from reportpack import patterns as re
from reportpack.drive_files import NOT_DOWNLOADED, bytes_of, is_elsewhere, sha256_of
from reportpack.errors import InputError
from reportpack.read.workbook.container import EXPECTED
from reportpack.records import dataclass
from reportpack.run.steps.taken_notes import KINDS

LARGEST = 60
"""Megabytes of a file that is opened."""
_LOCKS = ("~$", ".", "~")
_SILENT = {"thumbs.db", "desktop.ini", "icon\r"}
_LETTERS = (".eml", ".msg", ".dat")
_HEADS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
_BEHIND = re.compile(r"\b(?:draft|wip|old|superseded|backup|copy)\b|\(\d\)", re.IGNORECASE)
_VERSION = re.compile(r"\bv(?:ersion)? ?(\d+)(?:\.\d+)?\b", re.IGNORECASE)
_FINAL = re.compile(r"\bfinal\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Lying:
    """A file by its name from the folder on; `aside` says why it is not opened."""

    name: str
    path: Path
    sha256: str = ""
    aside: str = ""


def walk_folder(folder: Path, leave: Path) -> tuple[Lying, ...]:
    """Every file under the folder but under `leave`; InputError where there is no such folder."""
    if not folder.is_dir():
        raise InputError(f"There is no folder {folder}.", "Name the folder that the office's files lie in.")
    return _without_twins([_opened(one) for one in _lying(folder.resolve(), leave.resolve())])


def _lying(root: Path, leave: Path) -> Iterator[Lying]:
    waiting = [root]
    while waiting:
        place = waiting.pop()
        try:
            entries = sorted(os.scandir(place), key=lambda one: one.name)
        except OSError:
            yield Lying(_name(place, root), place, aside="this folder may not be read: ask for the right to read it")
            continue
        for entry in entries:
            path = Path(entry.path)
            if entry.is_symlink():
                yield Lying(_name(path, root), path, aside=_of_link(path, root))
            elif not entry.is_dir():
                yield Lying(_name(path, root), path)
            elif path == leave:
                yield Lying(_name(path, root), path, aside="the new office's own folder")
            elif entry.name.startswith("."):
                yield Lying(_name(path, root), path, aside="a hidden folder")
            else:
                waiting.append(path)


def _name(path: Path, root: Path) -> str:
    """As it is printed: what is no letter of any script in it is shown by a question mark."""
    name = path.relative_to(root).as_posix().encode("utf-8", "replace").decode()
    return "".join(one if one.isprintable() else "?" for one in name)


def _of_link(path: Path, root: Path) -> str:
    try:
        target = path.resolve(strict=True)
    except (OSError, RuntimeError):
        return "a link that leads nowhere, or in a circle"
    if not target.is_relative_to(root):
        return "a link that leaves the folder, so it is not followed"
    return "a link to what is read where it lies"


def _opened(one: Lying) -> Lying:
    """With its hash, or the reason why it is not opened."""
    ending = one.path.suffix.lower()
    if one.aside:
        return one
    if one.path.name.startswith(_LOCKS) or one.path.name.lower() in _SILENT:
        return replace(one, aside="a file that a program keeps for itself")
    try:
        size = one.path.stat().st_size
        if size > LARGEST * 2**20:
            return replace(one, aside=f"{size // 2**20} MB; at most {LARGEST} MB are read: ask for one that holds what is needed")
        if ending in _LETTERS:
            return replace(one, aside="a letter: put it into inputs/inbox if it is a reply")
        if ending not in EXPECTED and ending not in KINDS and not _seems_document(one.path):
            return replace(one, aside="no workbook and no document")
        data = bytes_of(one.path)
    except OSError as fault:
        return replace(
            one, aside=NOT_DOWNLOADED if is_elsewhere(one.path) else f"it cannot be read: {fault.strerror or 'no right'}"
        )
    if not data:
        return replace(one, aside="it is empty (0 bytes)")
    return replace(one, sha256=sha256_of(data))


def _seems_document(path: Path) -> bool:
    """Whether a file of another ending, or of none, begins as a workbook or a document does."""
    if path.suffix.lower() in (".zip", ".pptx", ".ppt", ".jar"):
        return False
    with path.open("rb") as stream:
        return stream.read(4) in _HEADS


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
            aside[one.name] = f"a draft or an earlier version of {later.name}"
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
