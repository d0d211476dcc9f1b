"""The shared strings of an xlsx: rich text joined, phonetic guides left out."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from reportpack import patterns as re
from reportpack.read.workbook.faults import too_large
from reportpack.read.workbook.limits import MAX_CELLS, MAX_TEXT
from reportpack.read.workbook.markup import Attributes, walk_local

_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(slots=True)
class Texts:
    """In the order in which cells number them; `cut` are those that were too long for a cell."""

    items: list[str] = field(default_factory=list)
    cut: set[int] = field(default_factory=set)


def plain_text(text: str) -> str:
    """`_x000D_` and its like are how characters that XML cannot hold are written."""
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def read_texts(blocks: Iterable[bytes]) -> Texts:
    """Raises DamagedError."""
    texts = Texts()
    parts: list[str] = []
    inside = {"t": 0, "rPh": 0}

    def start(name: str, _: Attributes) -> None:
        if name in inside:
            inside[name] += 1
        elif name == "si":
            parts.clear()

    def end(name: str) -> None:
        if name in inside:
            inside[name] -= 1
        elif name == "si":
            text = plain_text("".join(parts))
            if len(text) > MAX_TEXT:
                texts.cut.add(len(texts.items))
            texts.items.append(text[:MAX_TEXT])
            if len(texts.items) > MAX_CELLS:
                raise too_large(MAX_CELLS)

    def add(characters: str) -> None:
        if inside["t"] and not inside["rPh"]:
            parts.append(characters)

    walk_local(blocks, start, end, add)
    return texts
