"""Letters in wrappers: signed ones whose words are inside their signature (S/MIME), and Outlook's winmail.dat (MS-OXTNEF)."""

from typing import Any

from reportpack.read.inbox.letter import Letter
from reportpack.read.inbox.markup import read_markup
from reportpack.read.inbox.rich_text import read_rich_text
from reportpack.read.inbox.words import line_of
from reportpack.read.inbox.written import plain_lines

_ENCRYPTED = frozenset({"enveloped_data", "authenticated_enveloped_data", "encrypted_data"})
_OPEN_IT = "open it in your mail program, and save it from there as plain text or type the update yourself."


def opened_signature(letter: Letter, data: bytes) -> bytes:
    """The message inside a signature, as bytes; empty where there is none, which is said. The signature itself is not checked, which is said too."""
    from asn1crypto import cms

    try:
        wrapper: Any = cms.ContentInfo.load(data)
        kind = wrapper["content_type"].native
        inner = wrapper["content"]["encap_content_info"]["content"].native if kind == "signed_data" else None
    except (ValueError, TypeError, KeyError):
        letter.remark(f"It is signed or encrypted, and the wrapper is damaged: {_OPEN_IT}")
        return b""
    if kind in _ENCRYPTED:
        letter.remark(f"It is encrypted, so its words cannot be read here: {_OPEN_IT}")
        return b""
    if not isinstance(inner, bytes) or not inner.strip():
        letter.remark(f"It is signed, and no words are inside the signature: {_OPEN_IT}")
        return b""
    letter.remark("It is signed; the signature was not checked.")
    return inner


def opened_winmail(letter: Letter, data: bytes) -> None:
    """The words and files inside a winmail.dat, put into the letter."""
    from tnefparse import TNEF

    try:
        inside = TNEF(data)
        files = [(line_of(str(one.long_filename() or ""), 200), bytes(one.data or b"")) for one in inside.attachments]
        found = _words_of(letter, inside)
    except Exception:  # noqa: BLE001 - the library raises whatever a damaged wrapper makes it stumble over, and no letter may stop a run
        letter.remark(f"Outlook packed it into a winmail.dat that is damaged: {_OPEN_IT}")
        return
    for name, held in files:
        letter.attach(name, "application/octet-stream", held)
    if not found and not letter.has_words:
        letter.remark(f"Outlook packed it into a winmail.dat that holds no words: {_OPEN_IT}")


def _words_of(letter: Letter, inside: Any) -> bool:
    """Whether it had words: its page before its rich text before its plain text. What was said beside it already is not said twice."""
    if letter.has_words:
        return False
    if inside.htmlbody:
        letter.show(read_markup(_decoded(inside.htmlbody), answers=letter.answers))
    elif rich_text := inside.rtfbody:
        rich = read_rich_text(rich_text)
        letter.say(plain_lines(rich.words), struck=rich.struck)
    elif inside.body:
        letter.say(plain_lines(_decoded(inside.body)))
    return letter.has_words


def _decoded(data: bytes | str) -> str:
    if isinstance(data, str):
        return data
    try:
        return data.decode("utf-8").rstrip("\0")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").rstrip("\0")
