"""The notes word for word, below their head: wrapped lines joined, titles left to the items, empty slots of the form left out."""

from collections.abc import Iterator, Sequence

from reportpack.model.minutes import NotedPassage
from reportpack.read.minutes.form import HELP, SLOT, chosen
from reportpack.read.minutes.labels import ITEM_NUMBER, action_label
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.wraps import Passage


def read_passages(passages: Sequence[Passage], outline: Outline, head: frozenset[int]) -> Iterator[NotedPassage]:
    """Every passage that is neither head nor title; what stands before the first item has no item."""
    for at, passage in enumerate(passages):
        if at in head or at in outline.titles or passage.text.startswith(HELP) or _says_nothing(passages, at, outline):
            continue
        item = outline.item_at(at)
        if item is None and at < min(outline.starts, default=0) and len(passage.text) < 60 and not passage.cells:
            continue
        bullet = bool(passage.mark) and not passage.mark[:1].isdigit()
        cells = tuple(cell.strip() for cell in passage.cells)
        shown = chosen(passage.text) or passage.shown
        yield NotedPassage(shown, item.path if item is not None else None, passage.names, bullet, cells)


def _says_nothing(passages: Sequence[Passage], at: int, outline: Outline) -> bool:
    """A number that its title has taken, boxes with none ticked, or a slot of the form that nobody filled: nothing but the next one stands below it."""
    text = passages[at].text
    if ITEM_NUMBER.fullmatch(text) or chosen(text) == "":
        return True
    if not text.endswith(":") or not _is_slot(text):
        return False
    below = at + 1
    return below == len(passages) or below in outline.titles or _is_slot(passages[below].text)


def _is_slot(text: str) -> bool:
    return SLOT.fullmatch(text) is not None or action_label(text) is not None
