"""What a file truly is, told by its bytes and never by its name."""

from collections.abc import Iterable
from enum import Enum

from reportpack.read.workbook.faults import Archive


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
    ("EncryptedPackage", Kind.ENCRYPTED),
    ("Workbook", Kind.XLS),
    ("Book", Kind.XLS),
    ("WordDocument", Kind.WORD),
    ("PowerPoint Document", Kind.SLIDES),
    ("__properties_version1.0", Kind.MAIL),
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
    if data.startswith(_PICTURES):
        return Kind.PICTURE
    return _text_kind(data)


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
    controls = sum(head.count(code) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return controls * 100 <= len(head)
