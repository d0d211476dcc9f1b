"""A file of any kind as a Document, told by its bytes and not by its name alone; what cannot be read is a sentence.

Old Word documents (.doc) are turned into .odt by LibreOffice where it is installed; elsewhere a sentence says what to do.
"""

import hashlib
from pathlib import Path

from reportpack.drive_files import bytes_of
from reportpack.model.problem import Problem, Source
from reportpack.read.documents.faults import Archive, UnreadableNotesError, notes_of
from reportpack.read.documents.lines import LARGEST_FILE, Document, decode, document_of
from reportpack.read.documents.markdown import read_markdown

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF")


def open_notes(path: Path, name: str) -> tuple[Document | None, Source, tuple[Problem, ...]]:
    """The document, where it came from, and what to know about it; None when it cannot be read."""
    try:
        wrong = ("notes-too-large", f"{LARGEST_FILE // 1024 // 1024}") if path.stat().st_size > LARGEST_FILE else None
        wrong = ("notes-wrong-kind", "a folder") if path.is_dir() else wrong
        data = bytes_of(path) if wrong is None else b""
    except OSError as error:
        wrong = ("notes-unreadable", error.strerror or "it is not there")
    if wrong is not None:
        return None, Source(name), (UnreadableNotesError(*wrong).problem(Source(name)),)
    return document_from(data, name, path.suffix.lower())


def document_from(data: bytes, name: str, suffix: str) -> tuple[Document | None, Source, tuple[Problem, ...]]:
    """The same from bytes already read."""
    source = Source(name, sha256=hashlib.sha256(data).hexdigest())
    try:
        document = _read(data, suffix)
    except UnreadableNotesError as error:
        return None, source, (error.problem(source),)
    if all(line.blank for line in document.lines):
        return None, source, (UnreadableNotesError("notes-empty").problem(source),)
    return document, source, tuple(notes_of(document, source))


def _read(data: bytes, suffix: str) -> Document:
    if not data.strip():
        raise UnreadableNotesError("notes-empty")
    if data.startswith(b"%PDF") or b"%PDF-" in data[:1024]:
        from reportpack.read.documents.pdf import read_pdf

        return read_pdf(data)
    if data.startswith(b"PK"):
        return _zipped(data)
    if data.startswith(_OLE):
        return _ole(data)
    if data.startswith(_PICTURES):
        raise UnreadableNotesError("notes-wrong-kind", "a picture")
    if data.startswith(b"{\\rtf"):
        raise UnreadableNotesError("notes-wrong-kind", "Rich Text (.rtf)")
    page = data[:512].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith((b"<!doctype html", b"<html"))
    if page or suffix in (".md", ".markdown", ".html", ".htm"):
        return read_markdown(data)
    if b"\x00" in data[:4000] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableNotesError("not-notes")
    return document_of(decode(data))


def _zipped(data: bytes) -> Document:
    archive = Archive(data)
    if archive.has("word/document.xml"):
        from reportpack.read.documents.word import read_docx

        return read_docx(data)
    kind = archive.part("mimetype").strip()
    if kind.startswith(b"application/vnd.oasis.opendocument.text"):
        from reportpack.read.documents.odt import read_odt

        return read_odt(data)
    for folder, ending, called in (("xl/", b"spreadsheet", "a workbook"), ("ppt/", b"presentation", "a presentation")):
        if any(one.startswith(folder) for one in archive.names) or kind.endswith(ending):
            raise UnreadableNotesError("notes-wrong-kind", called)
    raise UnreadableNotesError("notes-wrong-kind", "a zip archive")


def _ole(data: bytes) -> Document:
    """An old Office file: a Word document, an encrypted new one, or something else; names in it are UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise UnreadableNotesError("notes-locked")
    if "WordDocument".encode("utf-16-le") not in data:
        workbook = "Workbook".encode("utf-16-le") in data
        called = "an old Excel workbook" if workbook else "an old Office file that is no Word document"
        raise UnreadableNotesError("notes-wrong-kind", called)
    at = data.find(b"\xec\xa5", 512)
    # MS-DOC 2.5.1, fEncrypted, in the head of the document's stream
    if 0 < at < len(data) - 12 and at % 512 == 0 and data[at + 11] & 1:
        raise UnreadableNotesError("notes-locked")
    from reportpack.read.documents.odt import read_odt
    from reportpack.read.libreoffice import UnconvertedError, converted, office_program

    if office_program() is None:
        raise UnreadableNotesError("notes-old-word")
    try:
        return read_odt(converted(data, ".doc", "odt"))
    except UnconvertedError as error:
        raise UnreadableNotesError("notes-damaged", f"LibreOffice {error}") from error
