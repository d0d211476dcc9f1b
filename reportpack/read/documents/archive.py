"""The parts of a zipped document; a bomb or a broken zip is a sentence."""

import xml.etree.ElementTree as ET

from reportpack.read import archive
from reportpack.read.archive import Fault
from reportpack.read.documents.faults import unreadable
from reportpack.read.documents.lines import LARGEST_PART


class Archive(archive.Archive):
    """Raises UnreadableNotesError."""

    largest = LARGEST_PART

    def refusal(self, fault: Fault, part: str = "") -> Exception:
        """As readers of notes say it."""
        if fault is Fault.LOCKED:
            return unreadable("notes-locked")
        if fault is Fault.TOO_LARGE:
            return unreadable("notes-too-large", f"{LARGEST_PART // 1024 // 1024}")
        return unreadable("notes-damaged", f"its part {part} cannot be read" if part else "its container cannot be opened")

    def part(self, name: str) -> bytes:
        """The bytes of a part; empty when there is none."""
        return self.read(name) if self.has(name) else b""

    def xml(self, name: str) -> ET.Element | None:
        """A part as XML; None when there is none."""
        data = self.part(name)
        return parsed(data, name) if data else None


def parsed(data: bytes, name: str) -> ET.Element:
    """XML without a document type: what declares entities is refused unread."""
    if b"<!DOCTYPE" in data[:4096] or b"<!ENTITY" in data[:65536]:
        raise unreadable("notes-damaged", f"its part {name} declares entities, which no word processor writes")
    try:
        return ET.fromstring(data)  # noqa: S314 - entities are refused above, and expat limits their growth
    except ET.ParseError as error:
        raise unreadable("notes-damaged", f"its part {name} is not well-formed") from error
