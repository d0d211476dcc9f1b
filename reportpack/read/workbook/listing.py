"""Which files of a folder are workbooks to read, and which are left out and why. Nothing is opened here."""

import fnmatch
import os
from pathlib import Path

from reportpack import patterns as re
from reportpack.drive_files import DOWNLOAD, NOT_DOWNLOADED, behind_stub, is_elsewhere
from reportpack.model.problem import Problem, Source
from reportpack.read.workbook.container import EXPECTED
from reportpack.read.workbook.faults import note, wrong

_SILENT = {"thumbs.db", "desktop.ini", "icon\r"}
_LOCKS = ("~$", ".~lock.", ".")
_DASHES = re.compile(r"[\u2010-\u2015\u2212]")
_CONFLICT = re.compile(
    r"(?i)[ _-]*(?:"
    r"\([^()]*conflict[^()]*\)"  # Dropbox, Nextcloud: (Jo's conflicted copy 2019-05-01)
    r"|[_-]conflict[-_ 0-9a-z]*"
    r"|-(?:DESKTOP|LAPTOP|PC|WIN)-[0-9A-Z]{3,15}(?:-\d+)?"  # OneDrive: -DESKTOP-4F2K1
    r")$"
)


def list_workbooks(folder: Path) -> tuple[tuple[Path, ...], tuple[Problem, ...]]:
    """All files under the folder that may be workbooks, by name. Lock files and hidden files are passed over without a word."""
    if not folder.is_dir():
        return (), (
            wrong("folder-missing", Source(folder.name), "there is no such folder.", "Make it and put the workbooks in it."),
        )
    found: list[Path] = []
    problems: list[Problem] = []

    def refused(fault: OSError) -> None:
        source = Source(_name(Path(fault.filename), folder))
        problems.append(wrong("folder-locked", source, "this folder may not be read.", "Ask for the right to read it."))

    for place, folders, names in os.walk(folder, onerror=refused):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        stubs = (Path(place, behind_stub(name)) for name in sorted(names) if behind_stub(name))
        problems.extend(_not_downloaded(Source(_name(path, folder))) for path in stubs)
        found.extend(Path(place, name) for name in sorted(names) if not name.startswith(_LOCKS) and name.lower() not in _SILENT)
    kept: list[Path] = []
    for path in found:
        problem = _reason(path, Source(_name(path, folder)))
        if problem:
            problems.append(problem)
        else:
            kept.append(path)
    return tuple(kept), tuple(problems)


def _not_downloaded(source: Source) -> Problem:
    return wrong("workbook-not-downloaded", source, f"{NOT_DOWNLOADED}, so it is left out.", DOWNLOAD)


def _name(path: Path, folder: Path) -> str:
    """As people name it: from the folder on."""
    return path.relative_to(folder.parent).as_posix()


def _reason(path: Path, source: Source) -> Problem | None:
    """Why this file is left out."""
    ending = path.suffix.lower()
    if ending not in EXPECTED:
        kinds = ", ".join(EXPECTED)
        return note("file-not-workbook", source, f"this is no workbook by its name ({kinds} are read).", "Move it elsewhere.")
    try:
        if path.stat().st_size == 0 and is_elsewhere(path):
            return _not_downloaded(source)
        if path.stat().st_size == 0:
            found = "the file is empty (0 bytes), as a file that OneDrive has not downloaded can be, so it is left out."
            return wrong("workbook-empty", source, found, "Open it once in Excel, or copy it again from where it came.")
    except OSError:
        return wrong("workbook-locked", source, "the file cannot be looked at.", "Ask for the right to read it.")
    original = path.with_name(_CONFLICT.sub("", path.stem) + path.suffix)
    if original != path and original.exists():
        found = f"this is a conflict copy of {original.name}, made when two people saved it at once, so it is left out."
        return wrong("workbook-conflict-copy", source, found, "Keep the one that is right and delete the other.")
    return None


def is_named(name: str, pattern: str) -> bool:
    """Whether a file (with or without its folder) or a sheet is the one that a pattern names."""
    name, pattern = plain_name(name), plain_name(pattern)
    # Brackets are letters of a name here, not the sets that fnmatch makes of them.
    pattern = pattern.replace("[", "[[]")
    return fnmatch.fnmatchcase(name, pattern) or fnmatch.fnmatchcase(name.rpartition("/")[2], pattern)


def plain_name(text: str) -> str:
    """A name whatever its case, spaces and dashes."""
    return " ".join(_DASHES.sub("-", text).casefold().replace("\u00a0", " ").split())
