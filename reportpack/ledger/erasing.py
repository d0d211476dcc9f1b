"""Personal words taken out of what was recorded and kept, under an order or a retention rule. What an event or a file was stays; its words go.

Names that the ledger goes by (references, headings, meetings, sha256) are never touched: where the words are one of these, nothing is erased.
"""

import html
import io
import json
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any

from reportpack import patterns as re
from reportpack.errors import InputError, RefusedError
from reportpack.ledger.event_text import restore, store
from reportpack.model.event import LETTER_KINDS, Event
from reportpack.records import dataclass

_GONE_BY = frozenset(
    ("sheet", "ref", "header", "heading", "sha256", "rows", "meeting", "document", "program", "key", "version", "role", "now")
)
"""Fields that other things are found by."""
_SPACE = r"(?:\s|&nbsp;|&#160;|\\n|\\u00a0)+"
_SHORTEST = 4
_PACKED = b"PK\x03\x04"


@dataclass(frozen=True, slots=True)
class Eraser:
    """The words, as a pattern, and what stands in their place."""

    pattern: re.Pattern[str]
    mark: str

    def text(self, text: str) -> str:
        """The text without the words."""
        return self.pattern.sub(lambda _: self.mark, text)

    def holds(self, text: str) -> bool:
        """Whether the words are in it."""
        return self.pattern.search(text) is not None


def eraser_of(words: Iterable[str], mark: str, *, or_nothing: bool = False) -> Eraser:
    """For these words, whole, in any case, over any spaces, and as HTML and JSON write them."""
    wanted = sorted({" ".join(one.split()) for one in words if one.strip()}, key=len, reverse=True)
    for one in wanted:
        if len(one) < _SHORTEST:
            found = f'"{one}" is too short: it stands in too much else.'
            raise InputError(found, f"Give at least {_SHORTEST} letters, such as a whole name.")
    if not wanted and or_nothing:
        return Eraser(re.compile(r"(?!)"), mark)
    if not wanted:
        raise InputError("No words are given that could be erased.", 'Name them: --words "Jane Roe".')
    return Eraser(re.compile("|".join(rf"(?<!\w){_pattern(one)}(?!\w)" for one in wanted), re.IGNORECASE), mark)


def _pattern(words: str) -> str:
    tokens = []
    for token in words.split():
        spelt = dict.fromkeys((token, html.escape(token), html.escape(token, quote=False), json.dumps(token)[1:-1]))
        tokens.append("(?:" + "|".join(map(re.escape, spelt)) + ")")
    return _SPACE.join(tokens)


def erase_event(eraser: Eraser, event: Event) -> Event:
    """The event without the words; RefusedError where they are what it is found by, or a word of the program's own."""
    after = replace(event, what=_without(eraser, event.what), who=eraser.text(event.who))
    if after != event:
        same_subject = after.subject == event.subject or isinstance(event.what, LETTER_KINDS)
        try:
            readable = restore(event.number, store(after)).subject == after.subject
        except ValueError:
            readable = False
        if not (same_subject and readable):
            found = f"The words are what event {event.number} ({event.kind}: {event.subject}) is found by."
            raise RefusedError(found, "Give more of the words around them, or erase its words with --event. Nothing was erased.")
    return after


def _without(eraser: Eraser, value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        kept = {one.name for one in fields(value) if one.name in _GONE_BY}
        open_ones = (one.name for one in fields(value) if one.name not in kept and one.init)
        changed = {name: _without(eraser, getattr(value, name)) for name in open_ones}
        return replace(value, **changed)
    if isinstance(value, tuple):
        return tuple(_without(eraser, one) for one in value)
    return eraser.text(value) if type(value) is str else value


def erase_bytes(eraser: Eraser, data: bytes) -> bytes | None:
    """The file without the words, the same bytes where it does not hold them, and None where it must go whole: they cannot be cut out of it."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _erase_packed(eraser, data) if data.startswith(_PACKED) else _erase_other(eraser, data)
    if any(eraser.holds(part) for part in _letter_parts(data, text)):
        return None
    return eraser.text(text).encode("utf-8") if eraser.holds(text) else data


def _letter_parts(data: bytes, text: str) -> Sequence[str]:
    if not re.match(r"[\w-]+:\s", text) or ("base64" not in text.casefold() and "quoted-printable" not in text.casefold()):
        return ()
    from email import message_from_bytes, policy

    parts = []
    for part in message_from_bytes(data, policy=policy.default).walk():
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            parts.append(payload.decode("utf-8", "ignore"))
    return parts


def _erase_packed(eraser: Eraser, data: bytes) -> bytes | None:
    """A workbook or a Word file: each part without the words. None when they run over the bounds of what is marked up."""
    out = io.BytesIO()
    changed = False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for info in old.infolist():
                part = old.read(info)
                after = _erase_part(eraser, part)
                if after is None:
                    return None
                changed = changed or after != part
                new.writestr(info, after)
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError):
        return _erase_other(eraser, data)
    return out.getvalue() if changed else data


def _erase_part(eraser: Eraser, part: bytes) -> bytes | None:
    try:
        text = part.decode("utf-8")
    except UnicodeDecodeError:
        return None if eraser.holds(part.decode("utf-8", "ignore")) else part
    after = eraser.text(text) if eraser.holds(text) else text
    plain = html.unescape(re.sub(r"</(?:w:p|si|t:p|text:p|a:p)>", " ", after))
    return None if eraser.holds(re.sub(r"<[^>]*>", "", plain)) else after.encode("utf-8")


def _erase_other(eraser: Eraser, data: bytes) -> bytes | None:
    return None if any(eraser.holds(text) for text in _readings(data)) else data


def _readings(data: bytes) -> Iterable[str]:
    yield data.decode("utf-8", "ignore")
    yield data.decode("utf-16-le", "ignore")
    yield data[1:].decode("utf-16-le", "ignore")
    if data.startswith(b"%PDF"):
        yield _pdf_text(data)


def _pdf_text(data: bytes) -> str:
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return ""
