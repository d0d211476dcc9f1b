"""Rich text as Outlook keeps a letter's words where it keeps nothing plainer (MS-OXRTFCP), as plain words."""

from typing import Any

from reportpack import patterns as re
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
