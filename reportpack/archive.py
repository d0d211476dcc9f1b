"""The one guard of zipped files: their parts, whatever case and slashes their names have, and never more of them unpacked than the limits say."""

import io
import posixpath
import zipfile
import zlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from enum import Enum, auto
from typing import ClassVar

_BLOCK = 1 << 20
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, IndexError)
_LOCKED = 1
_MAX_TOTAL_BYTES = 1536 * 1024 * 1024  # unpacked bytes of all the parts that are read, counted each time


class Fault(Enum):
    """Why a file or a part of it is not given."""

    BROKEN = auto()
    MISSING = auto()
    DAMAGED = auto()
    LOCKED = auto()
    TOO_LARGE = auto()


class Archive(ABC):
    """A zip held open for reading its parts. Each kind of reader has its own limit, and tells a fault in its own words: `refusal` is what is raised."""

    largest: ClassVar[int]  # unpacked bytes of one part

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {_plain(part.filename): part for part in self._zip.infolist()}
        except _BROKEN as fault:
            raise self.refusal(Fault.BROKEN) from fault
        self._left = _MAX_TOTAL_BYTES

    @abstractmethod
    def refusal(self, fault: Fault, part: str = "") -> Exception:
        """What is raised for a fault, of that part where it is of one."""

    @property
    def names(self) -> list[str]:
        """All parts, in small letters, without a leading slash."""
        return list(self._parts)

    @property
    def infos(self) -> list[zipfile.ZipInfo]:
        """All parts as the file lists them."""
        return list(self._parts.values())

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return _plain(name) in self._parts

    def size(self, name: str) -> int:
        """What the part says its unpacked size is; zipfile never unpacks more."""
        return self._parts[_plain(name)].file_size

    def read(self, name: str) -> bytes:
        """A whole part."""
        return b"".join(self.blocks(name))

    def blocks(self, name: str) -> Iterator[bytes]:
        """A part, block after block."""
        if (part := self._parts.get(_plain(name))) is None:
            raise self.refusal(Fault.MISSING, name)
        if part.flag_bits & _LOCKED:
            raise self.refusal(Fault.LOCKED, name)
        if part.file_size > min(self.largest, self._left):
            raise self.refusal(Fault.TOO_LARGE, name)
        self._left -= part.file_size
        try:
            with self._zip.open(part) as stream:
                while block := stream.read(_BLOCK):
                    yield block
        except _BROKEN as fault:
            raise self.refusal(Fault.DAMAGED, name) from fault


def _plain(name: str) -> str:
    return posixpath.normpath(name.replace("\\", "/")).lstrip("/").lower()
