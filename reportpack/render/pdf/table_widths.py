"""How wide the columns of a table are: enough for their words where the page allows, fairly shared where it does not."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(slots=True)
class Column:
    """What is known of a column: how it is aligned, its hints, the widths of its longest word and its longest line."""

    align: str = ""
    weight: float = 1.0
    share: float = 0.0
    head: float = 0.0
    """The longest word of its head, which is never broken where the page has room for all heads."""
    least: float = 0.0
    most: float = 0.0
    after: float = 0.0
    """The widest part behind the decimal point."""


def column_widths(columns: list[Column], available: float, *, fit: bool, fixed: bool) -> list[float]:
    """Widths that add up to `available`, or to less when the table may be as narrow as its words."""
    widths = [column.share * available for column in columns]
    free = [index for index, column in enumerate(columns) if not column.share]
    room = available - sum(widths)
    if not free:
        return widths if fit else [width * available / max(sum(widths), 0.01) for width in widths]
    room = max(room, available * 0.05 * len(free) / len(columns))
    least = [0.0 if fixed else columns[index].least for index in free]
    most = [1.0 if fixed else columns[index].most for index in free]
    weights = [columns[index].weight for index in free]
    heads = [columns[index].head for index in free]
    heads = heads if sum(heads) < room and not fixed else [0.0] * len(free)
    for index, width in zip(free, _shared(heads, least, most, weights, room, fit=fit, fixed=fixed), strict=True):
        widths[index] = width
    return widths


def _shared(
    heads: list[float], least: list[float], most: list[float], weights: list[float], room: float, *, fit: bool, fixed: bool
) -> list[float]:
    if fixed:
        return [weight * room / sum(weights) for weight in weights]
    if sum(most) <= room:
        if fit:
            return most
        wishes = [weight * max(width, 12.0) for weight, width in zip(weights, most, strict=True)]
        extra = (room - sum(most)) / max(sum(wishes), 0.01)
        return [width + extra * wish for width, wish in zip(most, wishes, strict=True)]
    if sum(least) >= room:
        return _level(lambda cap: [max(head, min(width, cap)) for head, width in zip(heads, least, strict=True)], room)
    pairs = list(zip(least, most, weights, strict=True))
    return _level(lambda level: [min(most_, max(least_, level * weight)) for least_, most_, weight in pairs], room)


def _level(widths: Callable[[float], list[float]], room: float) -> list[float]:
    low, high = 0.0, room * 3 + 1
    for _ in range(40):
        middle = (low + high) / 2
        if sum(widths(middle)) > room:
            high = middle
        else:
            low = middle
    return widths(low)
