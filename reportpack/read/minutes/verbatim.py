"""The notes word for word, below their head: wrapped lines joined, titles left to the items, empty slots of the form left out."""

import re
from collections.abc import Iterator, Sequence

from reportpack.model.minutes import NotedPassage
from reportpack.read.minutes.form import HELP, SLOT
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.wraps import Passage

_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,2}){0,3}[.):]?")


def read_passages(passages: Sequence[Passage], outline: Outline, head: frozenset[int]) -> Iterator[NotedPassage]:
    """Every passage that is neither head nor title; what stands before the first item has no item."""
    for at, passage in enumerate(passages):
        if at in head or at in outline.titles or HELP.match(passage.text) or _says_nothing(passage.text):
            continue
        item = outline.item_at(at)
        if item is None and at < min(outline.starts, default=0) and len(passage.text) < 60:
            continue
        bullet = bool(passage.mark) and not passage.mark[:1].isdigit()
        cells = tuple(cell.strip() for cell in passage.cells)
        yield NotedPassage(passage.shown, item.path if item is not None else None, passage.names, bullet, cells)


def _says_nothing(text: str) -> bool:
    """A number that its title has taken, or a slot of the form that nobody filled."""
    if _NUMBER.fullmatch(text):
        return True
    match = SLOT.fullmatch(text) if text.endswith(":") else None
    return match is not None and not match["text"] and match["slot"].lower() not in ("action", "decision")
