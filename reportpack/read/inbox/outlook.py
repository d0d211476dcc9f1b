"""A letter as Outlook saves it (.msg): an OLE file in which every property is a stream, by the numbers of MS-OXPROPS."""

import io
import struct
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from reportpack.model.reply import Reply, ReplyFile
from reportpack.model.source import Source
from reportpack.read.inbox.limits import MAX_ATTACHED
from reportpack.read.inbox.words import line_of, own_words, plain_text

_SUBJECT, _BODY, _HTML, _HEADS = "0037", "1000", "1013", "007D"
_NAMES = ("0042", "0C1A")
_ADDRESSES = ("5D02", "5D01", "0065", "0C1F")
"""Of who it is sent for, then of who sent it: their SMTP addresses first, then others that may be one."""
_SENT, _DELIVERED = 0x00390040, 0x0E060040
_FILE_NAMES, _FILE_KIND, _FILE_DATA = ("3707", "3704", "3001"), "370E", "37010102"


def read_outlook(data: bytes, source: Source) -> Reply:
    """The letter. Raises what olefile raises for bytes that are none."""
    import olefile

    with olefile.OleFileIO(io.BytesIO(data)) as ole:
        letter = _Storage(ole, ())
        text = letter.text(_BODY) or plain_text(_decoded(letter.data(f"{_HTML}0102")) or letter.text(_HTML))
        own, quoted = own_words(text)
        files = tuple(_attached(ole))[:MAX_ATTACHED]
        name = next((found for one in _NAMES if (found := letter.text(one))), "")
        sent = _moment(letter.data("", "__properties_version1.0"))
        return Reply(
            source,
            _address(letter),
            line_of(name),
            sent,
            line_of(letter.text(_SUBJECT)),
            own,
            quoted,
            files,
        )


class _Storage:
    """One folder of properties in the file: the letter itself, or something that hangs on it."""

    def __init__(self, ole: Any, path: tuple[str, ...]) -> None:
        self._ole = ole
        self._path = path

    def data(self, number: str, name: str = "") -> bytes:
        """The bytes of a property, empty where there is none."""
        path = [*self._path, name or f"__substg1.0_{number}"]
        if not self._ole.exists(path):
            return b""
        found: bytes = self._ole.openstream(path).read()
        return found

    def text(self, number: str) -> str:
        """The words of a property, in either of its two encodings."""
        wide = self.data(f"{number}001F")
        return wide.decode("utf-16-le", "replace").rstrip("\0") if wide else _decoded(self.data(f"{number}001E")).rstrip("\0")


def _decoded(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _address(letter: _Storage) -> str:
    """The sender's address. Inside one organisation Outlook keeps a directory's name instead; then the heads of the letter are asked."""
    for number in _ADDRESSES:
        found = letter.text(number).strip()
        if "@" in found and not found.startswith("/"):
            return found.casefold()
    heads = letter.text(_HEADS)
    if not heads:
        return ""
    from reportpack.read.inbox.mail import read_mail

    source = Source("")
    return read_mail(heads.encode("utf-8", "replace") + b"\r\n\r\n", source).address


def _moment(properties: bytes) -> datetime | None:
    """When it was sent, else delivered: a Windows time among the fixed properties, 16 bytes each after a head of 32."""
    found = {}
    for at in range(32, len(properties) - 15, 16):
        tag, _, ticks = struct.unpack_from("<IIQ", properties, at)
        found[tag] = ticks
    ticks = found.get(_SENT) or found.get(_DELIVERED) or 0
    try:
        return (datetime(1601, 1, 1, tzinfo=UTC) + timedelta(microseconds=ticks // 10)).replace(microsecond=0) if ticks else None
    except OverflowError:
        return None


def _attached(ole: Any) -> Iterator[ReplyFile]:
    folders = sorted({entry[0] for entry in ole.listdir(storages=True) if entry[0].startswith("__attach_version1.0_")})
    for number, folder in enumerate(folders):
        part = _Storage(ole, (folder,))
        name = next((found for one in _FILE_NAMES if (found := line_of(part.text(one), 200))), "") or f"attachment {number + 1}"
        yield ReplyFile(name, part.text(_FILE_KIND) or "application/octet-stream", part.data(_FILE_DATA))
