"""What people wrote beside cells of an xlsx: comments and threads, by cell."""

import posixpath

from reportpack.read.grid import Position
from reportpack.read.workbook.archive import Archive
from reportpack.read.workbook.contents import read_relations
from reportpack.read.workbook.faults import DamagedError
from reportpack.read.workbook.markup import Attributes, walk_local
from reportpack.read.workbook.sheet_facts import position_of

_KINDS = ("comments", "threadedcomment")
_MOST = 5_000
_LONGEST = 500
_STAND_IN = "[threaded comment]"  # what Excel writes into the old kind of comment where a thread holds the words


def read_comments(archive: Archive, part: str) -> dict[Position, str]:
    """The words beside each cell of a sheet, several joined; a damaged part of them is passed over, for the figures stand without."""
    found: dict[Position, list[str]] = {}
    for relation in read_relations(archive, part).values():
        if relation.kind in _KINDS and archive.has(posixpath.normpath(relation.target)):
            try:
                _gather(archive.read_small(relation.target), found)
            except DamagedError:
                continue
    return {position: " / ".join(dict.fromkeys(texts))[:_LONGEST] for position, texts in found.items() if texts}


def _gather(data: bytes, found: dict[Position, list[str]]) -> None:
    parts: list[str] = []
    place: list[Position | None] = [None]

    def start(name: str, attributes: Attributes) -> None:
        if name in ("comment", "threadedComment"):
            place[0] = position_of(attributes.get("ref", ""))
            parts.clear()

    def end(name: str) -> None:
        if name in ("comment", "threadedComment") and place[0] is not None and len(found) < _MOST:
            text = " ".join("".join(parts).split())
            if text and not text.lower().startswith(_STAND_IN):
                found.setdefault(place[0], []).append(text)

    walk_local((data,), start, end, parts.append)
