"""The parts of a zipped document, each read with a limit; a bomb or a broken zip is a sentence."""

import io
import xml.etree.ElementTree as ET
import zipfile
import zlib
from collections.abc import Sequence

from reportpack.read.documents import faults
from reportpack.read.documents.lines import LARGEST_PART


class Archive:
    """A zip held open for reading its parts."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self.names = frozenset(self._zip.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, RuntimeError, EOFError) as error:
            raise faults.damaged("its container cannot be opened") from error

    def part(self, name: str) -> bytes:
        """The bytes of a part; empty when there is none."""
        if name not in self.names:
            return b""
        try:
            if self._zip.getinfo(name).flag_bits & 1:
                raise faults.password()
            with self._zip.open(name) as stream:
                data = stream.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, ValueError) as error:
            raise faults.damaged(f"its part {name} cannot be read") from error
        if len(data) > LARGEST_PART:
            raise faults.too_large(LARGEST_PART // 1024 // 1024)
        return data

    def xml(self, name: str) -> ET.Element | None:
        """A part as XML; None when there is none."""
        data = self.part(name)
        return parsed(data, name) if data else None

    def any(self, names: Sequence[str]) -> bool:
        """Whether one of these parts is there."""
        return any(name in self.names for name in names)


def parsed(data: bytes, name: str) -> ET.Element:
    """XML without a document type: what declares entities is refused unread."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
        raise faults.damaged(f"its part {name} declares entities, which no word processor writes")
    try:
        return ET.fromstring(data)  # noqa: S314 - entities are refused above, and expat limits their growth
    except ET.ParseError as error:
        raise faults.damaged(f"its part {name} is not well-formed") from error
