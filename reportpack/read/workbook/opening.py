"""The doorway for spreadsheets: which files of a folder are workbooks to read, and which are left out and why; what a file truly is, told by its
bytes and never by its name; any file in, a Workbook or the reason why not. Never raises, whatever the file holds.
"""

import fnmatch
import hashlib
import os
from collections.abc import Iterable
from enum import Enum
from pathlib import Path, PurePath

from reportpack import patterns as re
from reportpack.drive_files import DOWNLOAD, NOT_DOWNLOADED, behind_stub, bytes_of, is_elsewhere
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.grid import Sheet, Workbook
from reportpack.read.workbook.faults import (
    TELL_OWNER,
    Archive,
    DamagedError,
    UnreadableError,
    decrypt,
    note,
    password_error,
    wrong,
)
from reportpack.read.workbook.limits import MAX_FILE_BYTES, MAX_OLD_BYTES, MAX_PAGE_BYTES, MAX_TEXT_BYTES
from reportpack.read.workbook.separated import decode


class Kind(Enum):
    """The value is how people are told."""

    XLSX = "an Excel workbook (.xlsx)"
    XLSB = "a binary Excel workbook (.xlsb)"
    XLS = "an old Excel workbook (.xls)"
    ODS = "an OpenDocument spreadsheet (.ods)"
    FLAT_ODS = "a flat OpenDocument spreadsheet (.fods)"
    TEXT = "text with separators (.csv)"
    HTML = "a web page (.html)"
    SPREADSHEET_XML = "an Excel 2003 XML spreadsheet (.xml)"
    WEB_ARCHIVE = "a web archive (.mht)"
    ENCRYPTED = "an encrypted Office file"
    WORD = "a Word document"
    SLIDES = "a PowerPoint presentation"
    MAIL = "an Outlook e-mail"
    PDF = "a PDF"
    PICTURE = "a picture"
    ZIP = "a zip archive"
    OLE = "an old Office file, but no workbook"
    UNKNOWN = "not a spreadsheet"


READABLE = frozenset({Kind.XLSX, Kind.XLSB, Kind.XLS, Kind.ODS, Kind.FLAT_ODS, Kind.TEXT, Kind.HTML, Kind.SPREADSHEET_XML})
EXPECTED = {
    **{ending: {Kind.XLSX, Kind.ENCRYPTED} for ending in (".xlsx", ".xlsm", ".xltx", ".xltm")},
    ".xlsb": {Kind.XLSB, Kind.ENCRYPTED},
    ".xls": {Kind.XLS, Kind.ENCRYPTED},
    ".ods": {Kind.ODS},
    ".fods": {Kind.FLAT_ODS},
    **{ending: {Kind.TEXT} for ending in (".csv", ".tsv", ".txt")},
}
"""What each ending promises."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_STREAMS = (
    *(("EncryptedPackage", Kind.ENCRYPTED), ("Workbook", Kind.XLS), ("Book", Kind.XLS), ("WordDocument", Kind.WORD)),
    *(("PowerPoint Document", Kind.SLIDES), ("__properties_version1.0", Kind.MAIL)),
)
_LOWER_STREAMS = tuple((name.lower(), kind) for name, kind in _STREAMS)  # some writers name them in capitals


def tell_kind(data: bytes) -> Kind:
    """What these bytes are; TEXT for anything without binary zeroes. Raises UnreadableError for a broken zip."""
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(data)
    if data.startswith(_OLE):
        return _stream_kind(data, _STREAMS) or _stream_kind(data.lower(), _LOWER_STREAMS) or Kind.OLE
    if data.startswith(_OLD_EXCEL):
        return Kind.XLS
    if b"%PDF-" in data[:1024]:
        return Kind.PDF
    return Kind.PICTURE if data.startswith(_PICTURES) else _text_kind(data)


def _stream_kind(data: bytes, streams: Iterable[tuple[str, Kind]]) -> Kind | None:
    return next((kind for name, kind in streams if name.encode("utf-16-le") in data), None)


def _zip_kind(data: bytes) -> Kind:
    archive = Archive(data)
    names = [name.rpartition("/")[2] for name in archive.names]
    if "workbook.bin" in names:
        return Kind.XLSB
    if "content.xml" in archive.names:
        return Kind.ODS
    if "document.xml" in names:
        return Kind.WORD
    if "presentation.xml" in names:
        return Kind.SLIDES
    is_package = "[content_types].xml" in archive.names
    return Kind.XLSX if "workbook.xml" in names or (is_package and "_rels/.rels" in archive.names) else Kind.ZIP


def _text_kind(data: bytes) -> Kind:
    head = data[:4096]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return Kind.TEXT
    start = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in start and start.startswith(b"<?xml"):
        return Kind.SPREADSHEET_XML
    if b"opendocument.spreadsheet" in start and start.startswith(b"<?xml"):
        return Kind.FLAT_ODS
    if start.startswith((b"<html", b"<!doctype html", b"<table", b"<head", b"<body", b"<meta")) or b"<html" in start[:1024]:
        return Kind.HTML
    if start.startswith(b"mime-version:") and b"multipart/related" in start:
        return Kind.WEB_ARCHIVE
    return Kind.TEXT if _is_text(head) else Kind.UNKNOWN


def _is_text(head: bytes) -> bool:
    """Also UTF-16 without its mark, where every other byte is zero."""
    odd, even = head[1::2].count(0), head[0::2].count(0)
    if max(odd, even) > len(head) // 3 and min(odd, even) <= len(head) // 50:
        return True
    return sum(head.count(code) for code in (*range(9), *range(14, 27), *range(28, 32))) * 100 <= len(head)


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
        if problem := _reason(path, Source(_name(path, folder))):
            problems.append(problem)
        else:
            kept.append(path)
    return tuple(kept), tuple(problems)


def _left_out(source: Source) -> Problem:
    return wrong("workbook-not-downloaded", source, f"{NOT_DOWNLOADED}, so it is left out.", DOWNLOAD)


def _name(path: Path, folder: Path) -> str:
    return path.relative_to(folder.parent).as_posix()


def _reason(path: Path, source: Source) -> Problem | None:
    if path.suffix.lower() not in EXPECTED:
        kinds = ", ".join(EXPECTED)
        return note("file-not-workbook", source, f"this is no workbook by its name ({kinds} are read).", "Move it elsewhere.")
    try:
        if path.stat().st_size == 0 and is_elsewhere(path):
            return _left_out(source)
        if path.stat().st_size == 0 and path.is_file():
            found = "the file is empty (0 bytes), as a file that OneDrive has not downloaded can be, so it is left out."
            return wrong("workbook-empty", source, found, "Open it once in Excel, or copy it again from where it came.")
    except OSError:
        return wrong("workbook-locked", source, "the file cannot be looked at.", "Ask for the right to read it.")
    if (original := path.with_name(_CONFLICT.sub("", path.stem) + path.suffix)) != path and original.exists():
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
    problems += _about_sheets(sheets, source, any(problem.weight is Weight.WRONG for problem in problems))
    return Workbook(name, source.sha256, sheets), tuple(problems)


def _bytes_of(path: Path) -> bytes:
    try:
        if (size := path.stat().st_size) > MAX_FILE_BYTES:
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
