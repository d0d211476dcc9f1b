"""The parts of a Word file, found by their relations and read with one namespace, whichever kind of Open XML it is."""

import posixpath
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import field
from datetime import date, datetime

from reportpack.read.documents.archive import Archive, parsed
from reportpack.read.documents.faults import unreadable
from reportpack.records import dataclass

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/", b"http://schemas.openxmlformats.org/drawingml/2006/"),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: the last word of the relation's kind (`hyperlink`), and a part's name or an address."""

    kind: str
    target: str


@dataclass(slots=True)
class WordParts:
    """The parts of one file; `main` is the document itself."""

    archive: Archive
    main: str
    relations: dict[str, Relation] = field(default_factory=dict)

    def named(self, kind: str) -> Iterator[str]:
        """The names of the parts of that kind that the document refers to, each once."""
        found = [one.target for one in self.relations.values() if one.kind == kind and self.archive.has(one.target)]
        yield from dict.fromkeys(found or ([f"word/{kind}.xml"] if self.archive.has(f"word/{kind}.xml") else ()))

    def data(self, kind: str) -> bytes:
        """The bytes of the part of that kind; none when there is none."""
        return next((self.archive.part(name) for name in self.named(kind)), b"")

    def first(self, kind: str) -> ET.Element | None:
        """The part of that kind; None when there is none."""
        return next((self.xml(name) for name in self.named(kind)), None)

    def xml(self, name: str) -> ET.Element | None:
        """A part, strict names made usual."""
        return usual_xml(self.archive.part(name), name)

    def related(self, part: str) -> dict[str, Relation]:
        """By its id, everything that a part refers to."""
        folder, name = posixpath.split(part)
        root = self.archive.xml(f"{folder}/_rels/{name}.rels".lstrip("/"))
        found: dict[str, Relation] = {}
        for one in root.iter(f"{_PACKAGE}Relationship") if root is not None else ():
            target = one.get("Target", "")
            if one.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join(folder, target)) if target[:1] != "/" else target[1:]
            found[one.get("Id", "")] = Relation(one.get("Type", "").rsplit("/", maxsplit=1)[-1], target)
        return found


def usual_xml(data: bytes, name: str) -> ET.Element | None:
    """The bytes of a part as XML with the usual names; None when there are none."""
    if b"purl.oclc.org" in data:
        for strict, usual in _STRICT:
            data = data.replace(strict, usual)
    return parsed(data, name) if data else None


def word_parts(data: bytes) -> WordParts:
    """The parts of these bytes; UnreadableNotesError when they are no Word document."""
    parts = WordParts(Archive(data), "")
    package = parts.related("")
    parts.main = next((one.target for one in package.values() if one.kind == "officeDocument"), "")
    if not parts.archive.has(parts.main):
        parts.main = "word/document.xml"
    if not parts.archive.has(parts.main):
        raise unreadable("notes-damaged", "it holds no Word document")
    parts.relations = parts.related(parts.main)
    return parts


def value(parent: ET.Element | None, path: str) -> str:
    """The `val` of the element at a path such as `pPr/pStyle`; empty when there is none."""
    for name in path.split("/"):
        parent = parent.find(f"{W}{name}") if parent is not None else None
    return parent.get(f"{W}val", "") if parent is not None else ""


def is_on(setting: ET.Element | None) -> bool | None:
    """A switch of Word's: on when it is there and not turned off, None when it is not there."""
    return None if setting is None else setting.get(f"{W}val", "true") not in ("0", "false", "off")


def made_by(change: ET.Element) -> tuple[str, date | None]:
    """Who made a change or a comment, and on which day."""
    return " ".join(change.get(f"{W}author", "").split()), _day(change.get(f"{W}date", ""))


def _day(text: str) -> date | None:
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        return None
