"""The doorway for spreadsheets: which files of a folder are workbooks to read, and which are left out and why; any file in, a Workbook or the
reason why not. Never raises, whatever the file holds.
"""

import fnmatch
import hashlib
import os
from pathlib import Path, PurePath

from reportpack import patterns as re
from reportpack.drive_files import DOWNLOAD, NOT_DOWNLOADED, behind_stub, bytes_of, is_elsewhere
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.grid import Sheet, Workbook
from reportpack.read.workbook.container import EXPECTED, READABLE, Kind, tell_kind
from reportpack.read.workbook.faults import TELL_OWNER, DamagedError, UnreadableError, decrypt, note, password_error, wrong
from reportpack.read.workbook.limits import MAX_FILE_BYTES, MAX_OLD_BYTES, MAX_PAGE_BYTES, MAX_TEXT_BYTES
from reportpack.read.workbook.separated import decode

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
        problems.extend(_left_out(Source(_name(path, folder))) for path in stubs)
        found.extend(Path(place, name) for name in sorted(names) if not name.startswith(_LOCKS) and name.lower() not in _SILENT)
    kept: list[Path] = []
    for path in found:
        problem = _reason(path, Source(_name(path, folder)))
        if problem:
            problems.append(problem)
        else:
            kept.append(path)
    return tuple(kept), tuple(problems)


def _left_out(source: Source) -> Problem:
    return wrong("workbook-not-downloaded", source, f"{NOT_DOWNLOADED}, so it is left out.", DOWNLOAD)


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder.parent).as_posix()


def _reason(path: Path, source: Source) -> Problem | None:
    ending = path.suffix.lower()
    if ending not in EXPECTED:
        kinds = ", ".join(EXPECTED)
        return note("file-not-workbook", source, f"this is no workbook by its name ({kinds} are read).", "Move it elsewhere.")
    try:
        if path.stat().st_size == 0 and is_elsewhere(path):
            return _left_out(source)
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


Found = tuple[tuple[Sheet, ...], list[Problem]]


def read_workbook(path: Path, name: str) -> tuple[Workbook | None, tuple[Problem, ...]]:
    """The file's sheets, whatever kind of spreadsheet it is. `name` is the file as people know it."""
    try:
        data = _bytes_of(path)
    except UnreadableError as fault:
        return None, (fault.problem(Source(name)),)
    return workbook_from(data, name)


def workbook_from(data: bytes, name: str) -> tuple[Workbook | None, tuple[Problem, ...]]:
    """The same from bytes already read."""
    source = Source(name, sha256=hashlib.sha256(data).hexdigest())
    try:
        kind, ending = tell_kind(data), PurePath(name).suffix.lower()
        sheets, problems = _read_kind(kind, data, source)
        if kind in READABLE and ending in EXPECTED and kind not in EXPECTED[ending]:
            found = f"the file is {kind.value}, though its name ends in {ending}. It is read as what it is."
            problems = [note("workbook-not-its-name", source, found, "Ask for it under its proper name."), *problems]
    except UnreadableError as fault:
        return None, (fault.problem(source),)
    except DamagedError as fault:
        return None, (UnreadableError("workbook-unreadable", f"the file is damaged: {fault}.").problem(source),)
    except MemoryError:
        found = "it needs more memory than this computer has free."
        return None, (UnreadableError("workbook-too-large", found).problem(source),)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # noqa: BLE001 - the libraries under this raise anything for a damaged file, a panic in Rust too, and no file may stop a run
        return None, (UnreadableError("workbook-unreadable", "the file is damaged, or not a workbook.").problem(source),)
    known_wrong = any(problem.weight is Weight.WRONG for problem in problems)
    problems += _about_sheets(sheets, source, known_wrong)
    return Workbook(name, source.sha256, sheets), tuple(problems)


def _bytes_of(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            found = f"the file has {size // 2**20} MB; at most {MAX_FILE_BYTES // 2**20} MB are read."
            raise UnreadableError("workbook-too-large", found, "Ask for a workbook that holds only what is needed.")
        data = bytes_of(path)
    except FileNotFoundError as fault:
        if is_elsewhere(path):
            raise _not_downloaded() from fault
        raise UnreadableError("workbook-missing", "there is no such file.", "Check its name and folder.") from fault
    except PermissionError as fault:
        found = "the file cannot be opened: another program holds it, or you may not read it."
        raise UnreadableError("workbook-locked", found, "Close it in Excel, or ask for the right to read it.") from fault
    except IsADirectoryError as fault:
        raise UnreadableError("workbook-unreadable", "this is a folder, not a file.", "Name the file inside it.") from fault
    except OSError as fault:
        if is_elsewhere(path):
            raise _not_downloaded() from fault
        reason = fault.strerror or "unknown reason"
        found = f"the file cannot be read from its disk ({reason})."
        raise UnreadableError("workbook-unreadable", found, "Copy it again from where it came.") from fault
    if not data and is_elsewhere(path):
        raise _not_downloaded()
    if not data:
        found = "the file is empty (0 bytes), as a file that has not been downloaded from OneDrive can be."
        raise UnreadableError("workbook-empty", found, "Open it once in Excel, or copy it again from where it came.")
    return data


def _not_downloaded() -> UnreadableError:
    return UnreadableError("workbook-not-downloaded", f"{NOT_DOWNLOADED}.", DOWNLOAD)


def _read_kind(kind: Kind, data: bytes, source: Source) -> Found:
    match kind:
        case Kind.XLSX:
            from reportpack.read.workbook.xlsx import read_xlsx as read
        case Kind.XLSB:
            from reportpack.read.workbook.xlsb import read_xlsb as read
        case Kind.ODS:
            from reportpack.read.workbook.ods import read_ods as read
        case Kind.FLAT_ODS:
            from reportpack.read.workbook.ods import read_flat_ods as read
        case Kind.SPREADSHEET_XML:
            from reportpack.read.workbook.spreadsheet_xml import read_spreadsheet_xml as read
        case Kind.XLS:
            from reportpack.read.workbook.xls import EncryptedError, read_xls

            try:
                return read_xls(_no_larger(data, MAX_OLD_BYTES), source)
            except EncryptedError:
                return read_xls(decrypt(data), source)
        case Kind.ENCRYPTED:
            opened = decrypt(data)
            if (inner := tell_kind(opened)) in {Kind.ENCRYPTED, Kind.XLS}:
                raise password_error()
            return _read_kind(inner, opened, source)
        case Kind.TEXT | Kind.HTML:
            return _read_text(kind, data, source)
        case _:
            raise UnreadableError("workbook-unreadable", f"this is {kind.value}.", _INSTEAD.get(kind, TELL_OWNER))
    return read(data, source)


def _read_text(kind: Kind, data: bytes, source: Source) -> Found:
    if kind is Kind.HTML:
        _no_larger(data, MAX_PAGE_BYTES)
        from reportpack.read.workbook.web_table import read_web_table as read
    else:
        from reportpack.read.workbook.separated import read_separated as read
    return read(decode(_no_larger(data, MAX_TEXT_BYTES))[0], source)


def _no_larger(data: bytes, most: int) -> bytes:
    if len(data) > most:
        found = f"the file has {len(data) // 2**20} MB; at most {most // 2**20} MB are read of this kind."
        raise UnreadableError("workbook-too-large", found, "Ask for a workbook that holds only what is needed.")
    return data


_NO_FIGURES = "Figures are read from workbooks only: ask for the workbook that they came from."
_INSTEAD = {
    **dict.fromkeys((Kind.WORD, Kind.PDF, Kind.SLIDES, Kind.MAIL), _NO_FIGURES),
    Kind.ZIP: "Unpack it and put the workbooks themselves in the folder.",
}


def _about_sheets(sheets: tuple[Sheet, ...], source: Source, known_wrong: bool) -> list[Problem]:
    if not sheets:
        return [UnreadableError("workbook-empty", "it has no sheet of cells.", "Check that it is right.").problem(source)]
    remedy = "Show the sheet in Excel if it is no longer meant to be hidden."
    found = "this sheet is hidden; it is read all the same."
    hidden = [note("sheet-hidden", source, found, remedy, sheet.name) for sheet in sheets if sheet.hidden]
    if known_wrong or any(cell is not None for sheet in sheets for row in sheet.rows for cell in row):
        return hidden
    return [*hidden, UnreadableError("workbook-empty", "none of its cells holds anything.").problem(source)]
