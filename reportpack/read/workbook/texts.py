"""The shared strings of an xlsx: rich text joined, phonetic guides left out."""

from collections.abc import Iterable

from reportpack.read.workbook.limits import MAX_TEXT
from reportpack.read.workbook.markup import Attributes, walk_local
from reportpack.read.workbook.sheet_markup import plain_text


def read_texts(blocks: Iterable[bytes]) -> list[str]:
    """In the order in which cells number them. Raises DamagedError."""
    texts: list[str] = []
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
            texts.append(plain_text("".join(parts)[:MAX_TEXT]))

    def text(characters: str) -> None:
        if inside["t"] and not inside["rPh"]:
            parts.append(characters)

    walk_local(blocks, start, end, text)
    return texts
