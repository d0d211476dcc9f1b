"""The parts of a zip, whatever case and slashes their names have. Never unpacks more than the limits say."""

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator

from reportpack.read.workbook.faults import DamagedError, UnreadableError
from reportpack.read.workbook.limits import MAX_PART_BYTES, MAX_SMALL_PART_BYTES, MAX_TOTAL_BYTES

_BLOCK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, IndexError)


class Archive:
    """Raises UnreadableError when the bytes are no whole zip."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {_plain(part.filename): part for part in self._zip.infolist()}
        except _BROKEN as fault:
            found = "the file is damaged: its archive is incomplete, as after a broken download or copy."
            raise UnreadableError("workbook-unreadable", found) from fault
        self._left = MAX_TOTAL_BYTES

    @property
    def names(self) -> list[str]:
        """All parts, in small letters, without a leading slash."""
        return list(self._parts)

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _plain(name) in self._parts

    def size(self, name: str) -> int:
        """What the part says its unpacked size is."""
        return self._parts[_plain(name)].file_size

    def read(self, name: str) -> bytes:
        """A whole part. Raises DamagedError when it is missing or broken."""
        return b"".join(self.blocks(name))

    def read_small(self, name: str) -> bytes:
        """A part that lists things. Raises DamagedError, also when it is far too large for that."""
        if self.has(name) and self.size(name) > MAX_SMALL_PART_BYTES:
            raise DamagedError(f"its part {name} is absurdly large")
        return self.read(name)

    def blocks(self, name: str) -> Iterator[bytes]:
        """A part, block after block."""
        part = self._parts.get(_plain(name))
        if part is None:
            raise DamagedError(f"its part {name} is missing")
        if part.file_size > min(MAX_PART_BYTES, self._left):
            found = f"unpacked it would be larger than {MAX_PART_BYTES // 2**20} MB, so it is not opened."
            raise UnreadableError("workbook-too-large", found, "Ask for a workbook that holds only what is needed.")
        self._left -= part.file_size
        try:
            with self._zip.open(part) as stream:
                while block := stream.read(_BLOCK):
                    yield block
        except _BROKEN as fault:
            raise DamagedError(f"its part {name} is damaged") from fault


def _plain(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()
