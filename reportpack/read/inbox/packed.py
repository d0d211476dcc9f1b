"""Letters in wrappers: signed ones whose words are inside their signature (S/MIME), and Outlook's winmail.dat (MS-OXTNEF)."""

from typing import Any

from reportpack import patterns as re
from reportpack.read.inbox.letter import Letter
from reportpack.read.inbox.markup import read_markup
from reportpack.read.inbox.own_words import decoded, line_of, plain_lines
from reportpack.records import dataclass

_STRUCK = re.compile(rb"\\striked?1?(?![\da-z])")
_LARGEST = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RichText:
    """The words, and whether some of them are struck through, which plain words cannot show."""

    words: str
    struck: bool = False


def read_compressed(data: bytes) -> RichText:
    """The words of a stream as Outlook packs it. Raises ValueError where it is damaged."""
    from compressed_rtf import decompress

    if int.from_bytes(data[4:8], "little") > _LARGEST:
        raise ValueError("larger than a letter ever is")
    return read_rich_text(decompress(data))


def read_rich_text(data: bytes) -> RichText:
    """The words of a file of rich text, without what it only carries along."""
    from striprtf.striprtf import rtf_to_text

    read: Any = rtf_to_text  # the library has types, and none for this
    text: str = read(data[:_LARGEST].decode("cp1252", "replace"), errors="replace")
    return RichText(text, _STRUCK.search(data) is not None)


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
        page = inside.htmlbody
        letter.show(read_markup(page if isinstance(page, str) else decoded(page).rstrip("\0"), answers=letter.answers))
    elif rich_text := inside.rtfbody:
        rich = read_rich_text(rich_text)
        letter.say(plain_lines(rich.words), struck=rich.struck)
    elif inside.body:
        letter.say(plain_lines(inside.body if isinstance(inside.body, str) else decoded(inside.body).rstrip("\0")))
    return letter.has_words
