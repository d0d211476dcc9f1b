"""Every byte of a file looked through for words: streams decompressed, archives opened, what is written in another notation read."""

import base64
import hashlib
import html
import io
import re
import zipfile
import zlib
from collections.abc import Container, Iterator
from pathlib import Path
from urllib.parse import unquote_to_bytes

WORD = re.compile(r"(?=(zq[a-w]{4}[ofp]x))")
"""What a planted word looks like; a text without its spaces may have two overlapping."""
_LOOKED: dict[str, frozenset[str]] = {}
_NOISE = re.compile(r"[\s\u00ad\u200b\u2010\u2011-]+")
_BASE64 = re.compile(rb"[A-Za-z0-9+/\r\n]{64,}={0,2}")


def found_in(name: str, data: bytes, words: Container[str]) -> set[str]:
    """Those of the words that stand anywhere in the file, whatever their case, spacing and hyphens."""
    return {word for word in _words_of(name, data) if word in words}


def _words_of(name: str, data: bytes) -> frozenset[str]:
    """Every planted word in the file; a file that was looked through before, under whatever name, is not opened again."""
    key = hashlib.sha256(data).hexdigest()
    if key not in _LOOKED:
        pieces = (_NOISE.sub("", piece.casefold()) for piece in texts_of("", data, Path(name).suffix))
        _LOOKED[key] = frozenset(word for piece in pieces for word in WORD.findall(piece))
    return _LOOKED[key] | frozenset(WORD.findall(_NOISE.sub("", name.casefold())))


def texts_of(name: str, data: bytes, suffix: str = "") -> Iterator[str]:
    """All that the file says, by every way of reading it."""
    yield name
    yield from _readings(data)
    if data.startswith(b"%PDF"):
        yield from _of_pdf(data)
    elif data.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            yield archive.comment.decode("latin-1")
            for one in archive.infolist():
                yield one.comment.decode("latin-1")
                yield from texts_of(one.filename, archive.read(one))
    elif suffix == ".eml":
        yield from _of_letter(data)
    if suffix != ".eml" and not data.startswith((b"%PDF", b"PK")):
        for block in _BASE64.findall(data):
            yield from _of_base64(block)


def _readings(data: bytes) -> Iterator[str]:
    """As bytes, as UTF-16, with character references, percent signs and hexadecimal digits read."""
    plain = data.decode("utf-8", "replace")
    yield plain
    yield data.decode("latin-1")
    yield data[: len(data) // 2 * 2].decode("utf-16-be", "ignore")
    yield data[: len(data) // 2 * 2].decode("utf-16-le", "ignore")
    if "&" in plain:
        yield html.unescape(plain)
    if "%" in plain:
        yield unquote_to_bytes(plain.encode("utf-8", "replace")).decode("utf-8", "replace")


def _of_base64(block: bytes) -> Iterator[str]:
    text = re.sub(rb"[\s=]", b"", block)
    try:
        yield from _readings(base64.b64decode(text[: len(text) // 4 * 4]))
    except ValueError:
        return


def _of_letter(data: bytes) -> Iterator[str]:
    import email
    import email.policy

    message = email.message_from_bytes(data, policy=email.policy.default)
    for key, value in message.items():
        yield f"{key}: {value}"
    for part in message.walk():
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            yield " ".join(_words_of(part.get_filename() or "", content))


def _of_pdf(data: bytes) -> Iterator[str]:
    """Every string, name and stream of every object, and the words of the pages as they are copied out."""
    import pikepdf
    import pypdfium2

    with pikepdf.open(io.BytesIO(data)) as document:
        for one in document.objects:
            yield from _of_object(one)
        yield from _of_object(document.trailer)
    pages = pypdfium2.PdfDocument(data)
    for page in pages:
        yield page.get_textpage().get_text_bounded()
    for stream in re.finditer(rb"stream\r?\n(.*?)endstream", data, re.DOTALL):
        try:
            yield from _readings(zlib.decompress(stream[1]))
        except zlib.error:
            continue


def _of_object(value: object) -> Iterator[str]:
    import pikepdf

    if isinstance(value, pikepdf.String):
        yield str(value)
        yield from _readings(bytes(value))
    elif isinstance(value, pikepdf.Name):
        yield str(value)
    elif isinstance(value, pikepdf.Array):
        for one in value:
            if not getattr(one, "is_indirect", False):
                yield from _of_object(one)
    elif isinstance(value, pikepdf.Stream):
        yield from _of_dictionary(value)
        yield from _readings(bytes(value.read_bytes()))
    elif isinstance(value, pikepdf.Dictionary):
        yield from _of_dictionary(value)


def _of_dictionary(value: object) -> Iterator[str]:
    for key, one in value.items():  # type: ignore[attr-defined]
        yield str(key)
        if not getattr(one, "is_indirect", False):
            yield from _of_object(one)
