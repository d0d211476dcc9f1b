"""Every word that a person could see or hear in a file: text, alternative texts, properties, comments, bookmarks, attachments, and all of it again
in whatever lies inside. Erasing, and the gate before what leaves, stand on it."""

import html
import io
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from reportpack import patterns as re

_PACKED, _PDF, _OLE, _WINMAIL, _RICH = b"PK\x03\x04", b"%PDF", b"\xd0\xcf\x11\xe0", b"\x78\x9f\x3e\x22", b"{\\rtf"
_LOCKED_SLIDES = b"\xdf\xc4\xd1\xf3"
_SEALED = bytes.fromhex("2a864886f70d0107")
_DEEPEST = 8
_LARGEST = 512 * 2**20  # bytes that one file may come to when it is unpacked
BROKEN_ZIP = (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError)
"""What a locked or damaged file of packed parts raises."""
_LETTER = re.compile(rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n")
_CARD = re.compile(rb"(?i)(?:\xef\xbb\xbf)?\s*BEGIN:V(?:CALENDAR|CARD)\s")
_FOLD = re.compile(rb"(?<!=)\r?\n[ \t]")
_VALUE = re.compile(rb"(?m)^([^:\r\n]*):((?:[^\r\n]*=\r?\n)*[^\r\n]*)")
_CODED = re.compile(rb"(?i);(?:ENCODING=)?(QUOTED-PRINTABLE|BASE64|B)(?![^;])")
_CHARSET = re.compile(rb"(?i);CHARSET=([\w-]+)")
_LETTER_OF = b"Content-Type: text/plain; charset=%s\nContent-Transfer-Encoding: %s\n\n%s"
_BLOCK_END = re.compile(r"(?i)</(?:w:p|si|t:p|text:p|a:p|p|li|tr|td|th|div|h[1-6]|title)>|<br ?/?>")
_TAG = re.compile(r"<[^>]*>")
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_BROKEN = re.compile(r"(?<=\w)[-\u2010\u2011]\s*\n\s*(?=\w)")
_APART = re.compile(r"[\s\u2010\u2011-]+")


class UnopenedError(ValueError):
    """A file, or one inside it, that nobody can look into without more than the file."""


def words_in(data: bytes, depth: int = 0) -> Iterator[str]:
    """Its texts, in whatever pieces they stand; UnopenedError for what is locked, broken, or packed too deep or too large."""
    if depth > _DEEPEST:
        raise UnopenedError("files lie in files too deep")
    if data.startswith(_PDF):
        yield from _of_pdf(data, depth)
    elif data.startswith(_PACKED):
        yield from _of_archive(data, depth)
    elif _CARD.match(data):
        yield from _of_card(data, depth)
    elif _LETTER.match(data):
        yield from _of_letter(data, depth)
    elif data.startswith(_OLE):
        yield from _of_compound(data, depth)
    elif data.startswith((_WINMAIL, _RICH)) or _SEALED in data[:40]:
        yield from (
            text for one in _unwrapped(data) for text in (words_in(one, depth + 1) if isinstance(one, bytes) else [str(one)])
        )
    else:
        yield from _of_text(data)


def _of_compound(data: bytes, depth: int) -> Iterator[str]:
    """Each stream of a letter of Outlook's or an older file of Office, in the encodings that they may have."""
    from compressed_rtf import decompress
    from olefile import OleFileIO

    yield from _as_it_may_be(data)  # also of one that is damaged
    try:
        with OleFileIO(io.BytesIO(data)) as ole:
            streams = [(path[-1], ole.openstream(path).read()) for path in ole.listdir()]
        streams += [("", decompress(held)) for name, held in streams if name.endswith("10090102")]
    except (*BROKEN_ZIP, ValueError, TypeError, IndexError, struct.error) as error:
        raise UnopenedError("it is broken") from error
    named = dict(streams)
    is_locked = named.get("WordDocument", b"").ljust(12)[11] & 1 or named.get("Current User", b"")[12:16] == _LOCKED_SLIDES
    if "EncryptedPackage" in named or is_locked:  # MS-DOC 2.5.1, MS-PPT 2.3.2
        raise UnopenedError("it is locked with a password")
    for name, held in streams:
        if name in ("Workbook", "Book"):
            yield from _of_old_workbook(data)
        yield from (name, *_as_it_may_be(held))
        yield from words_in(held, depth + 1)


def _of_old_workbook(data: bytes) -> Iterator[str]:
    """Its cells: in the file a text may be cut in two by the head of a record."""
    import xlrd

    try:
        with xlrd.open_workbook(file_contents=data, logfile=io.StringIO()) as book:
            cells = (cell for sheet in book.sheets() for row in sheet.get_rows() for cell in row)
            yield from (cell.value for cell in cells if isinstance(cell.value, str))
    except Exception as error:  # the library raises whatever it stumbles over
        raise UnopenedError("it is locked or broken") from error


def _as_it_may_be(data: bytes) -> Iterator[str]:
    return (data[at:].decode(encoding, "ignore") for encoding, at in (("cp1252", 0), ("utf-16-le", 0), ("utf-16-le", 1)))


def _unwrapped(data: bytes) -> list[Any]:
    """What is in rich text, in Outlook's winmail.dat, or inside a signature."""
    from asn1crypto import cms
    from striprtf.striprtf import rtf_to_text
    from tnefparse import TNEF

    try:
        if data.startswith(_RICH):
            return [data.decode("ascii", "ignore"), rtf_to_text(data.decode("cp1252", "replace"))]  # type: ignore[no-untyped-call]
        if data.startswith(_WINMAIL):
            inside = TNEF(data)
            found = [inside.body, inside.htmlbody, inside.rtfbody, *(value.data for value in inside.mapiprops)]
            found += [one for each in inside.attachments for one in (each.long_filename(), each.data)]
        else:
            found = [cms.ContentInfo.load(data)["content"]["encap_content_info"]["content"].native]
    except Exception as error:  # the libraries raise whatever they stumble over
        raise UnopenedError("it is encrypted or broken") from error
    if not any(found):
        raise UnopenedError("it is encrypted or broken")
    return found


def plain(text: str) -> str:
    """As it is compared: whatever its case, accents, ligatures, hyphens, line ends and spaces."""
    whole = _BROKEN.sub("", _UNSEEN.sub("", unicodedata.normalize("NFKD", text)))
    return _APART.sub(" ", "".join(one for one in whole.casefold() if not unicodedata.combining(one)))


def _of_text(data: bytes) -> Iterator[str]:
    text = data.decode("utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8", "ignore")
    yield text
    if "<" in text or "&" in text:
        yield from (html.unescape(_TAG.sub("", _BLOCK_END.sub(" ", text))), html.unescape(text))
    if "\\u" in text:
        yield _ESCAPED.sub(lambda one: chr(int(one[1], 16)), text)


def _of_card(data: bytes, depth: int) -> Iterator[str]:
    """A calendar or a card, also with its lines unfolded (between any two bytes: RFC 5545, 3.1) and its values and attached files decoded."""
    yield from _of_text(data)
    whole = _FOLD.sub(b"", data)
    for one in (whole, whole.replace(b"\\n", b" ").replace(b"\\", b""), whole.replace(b";", b", ")):  # N:Last;First
        yield from _of_text(one)
    for before, value in _VALUE.findall(whole):
        charset = _CHARSET.search(before)
        for how in _CODED.findall(before)[:1]:
            coding = b"base64" if how.upper() == b"B" else how
            yield from _of_letter(_LETTER_OF % (charset[1] if charset else b"utf-8", coding, value), depth)


def _of_archive(data: bytes, depth: int) -> Iterator[str]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > _LARGEST:
                raise UnopenedError("it is too large when it is unpacked")
            for one in archive.infolist():
                yield one.filename
                yield from words_in(archive.read(one), depth + 1)
    except BROKEN_ZIP as error:
        raise UnopenedError("it is locked or broken") from error


def _of_letter(data: bytes, depth: int) -> Iterator[str]:
    from email import message_from_bytes, policy
    from email.message import Message

    letter = message_from_bytes(data, policy=policy.default)
    for part in letter.walk():
        if part.get_content_type() == "message/rfc822" and "base64" in f"{part['Content-Transfer-Encoding']}".lower():
            inner = part.get_payload(0)
            if isinstance(inner, Message) and not inner.keys():  # RFC 2046 forbids it, yet it is done, and read as a text
                inner["Content-Transfer-Encoding"] = "base64"
        yield from (f"{value}" for value in part.values())
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            charset = part.get_content_charset() or "utf-8"
            if part.get_content_maintype() == "text" and charset not in ("utf-8", "us-ascii"):
                with suppress(LookupError):
                    payload = payload.decode(charset, "ignore").encode()
            yield from words_in(payload, depth + 1)


def _of_pdf(data: bytes, depth: int) -> Iterator[str]:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        reader = PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnopenedError("it is locked with a password")
        yield from (page.extract_text() for page in reader.pages)
        for found in _of_objects(reader.trailer):
            yield from [found] if isinstance(found, str) else words_in(found, depth + 1)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError, zlib.error) as error:
        raise error if isinstance(error, UnopenedError) else UnopenedError("it is broken") from error


def _of_objects(first: Any) -> Iterator[str | bytes]:
    from pypdf.generic import DictionaryObject, IndirectObject, StreamObject, TextStringObject

    waiting, seen = [first], set[tuple[int, int]]()
    while waiting:
        one = waiting.pop()
        if isinstance(one, IndirectObject):
            if (one.idnum, one.generation) not in seen:
                seen.add((one.idnum, one.generation))
                waiting.append(one.get_object())
        elif isinstance(one, TextStringObject):
            yield str(one)
        elif isinstance(one, DictionaryObject):
            if isinstance(one, StreamObject) and one.get("/Type") in ("/EmbeddedFile", "/Metadata"):
                yield one.get_data()
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
