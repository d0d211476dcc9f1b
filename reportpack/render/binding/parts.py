"""Where a full pack is cut into parts that fit a mail: before a paper's divider, and within a paper only where that alone is too large."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pikepdf

from reportpack.model.paper import PaperCut
from reportpack.render.binding.cleaning import forms_of


def cut(papers: Iterable[tuple[str, bytes]], first: int, room: int) -> list[list[PaperCut]]:
    """What each part has of the papers (letter and PDF), about `room` bytes at most; the first part has the pack too and room for `first`."""
    parts: list[list[PaperCut]] = [[]]
    left = first
    for letter, data in papers:
        if len(data) <= left:
            parts[-1].append(PaperCut(letter))
            left -= len(data)
            continue
        for piece, size in [(PaperCut(letter), len(data))] if len(data) <= room else _pieces(letter, data, room):
            parts.append([piece])
            left = room - size
    return parts


def _pieces(letter: str, data: bytes, room: int) -> Iterator[tuple[PaperCut, int]]:
    first, held, number = 1, 0, 0
    for number, size in enumerate(_sizes(data), 1):
        if held and held + size > room:
            yield PaperCut(letter, first, number - 1), held
            first, held = number, 0
        held += size
    yield PaperCut(letter, first, number), held


def _sizes(data: bytes) -> Iterator[int]:
    seen: set[tuple[int, int]] = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            held: Any = page.obj.get("/Contents", pikepdf.Array())
            streams = [*(held if isinstance(held, pikepdf.Array) else [held]), *forms_of(page.obj)]
            new = {one.objgen: int(one.get("/Length", 0)) for one in streams if one.objgen not in seen}
            seen |= new.keys()
            yield sum(new.values()) + 1
