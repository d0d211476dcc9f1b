"""Where labels go: a column beside the plot and flags above it. No two touch, none leaves its frame, and none is lost."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate

from reportpack.records import Record

_GAP = 5.0


def spread(wanted: Sequence[float], sizes: Sequence[float], head: float, foot: float) -> list[float]:
    """Middles as near to the wanted ones as they go without touching, in the wanted order, between head and foot.

    Neighbours that would touch are moved as one block, to the mean of what they want; needs `sum(sizes) <= foot - head`.
    """
    order = sorted(range(len(wanted)), key=lambda index: wanted[index])
    blocks: list[tuple[float, float, list[int]]] = []
    for index in order:
        size = sizes[index]
        top = min(max(wanted[index] - size / 2, head), foot - size)
        members = [index]
        while blocks and blocks[-1][0] + blocks[-1][1] > top:
            _, above, before = blocks.pop()
            members, size = before + members, above + size
            edges = accumulate((sizes[index] for index in members), initial=0.0)
            ideal = sum(wanted[index] - edge - sizes[index] / 2 for index, edge in zip(members, edges, strict=False))
            top = min(max(ideal / len(members), head), foot - size)
        blocks.append((top, size, members))
    middles = [0.0] * len(wanted)
    for top, _, members in blocks:
        edge = top
        for index in members:
            middles[index] = edge + sizes[index] / 2
            edge += sizes[index]
    return middles


class Flag(Record):
    """A label `width` wide and `rows` lines high for the pole at `pole`; rows count upwards from the plot, from `lowest`."""

    pole: float
    width: float
    rows: int = 1
    lowest: int = 0
    needed: bool = False
    """Placed in as high a row as it takes; another that fits in no row stays without its label."""


class PlacedFlag(Record):
    """The flag at `index` starts at `left`; its lowest line stands in `row`. Without `joined` its pole would cross other words."""

    index: int
    left: float
    row: int
    joined: bool = True


def place_flags(flags: Sequence[Flag], left: float, right: float, most_rows: int = 1) -> list[PlacedFlag]:
    """A place for each flag, in the order given, so that no words touch and no pole runs through words where that can be helped."""
    placed: list[PlacedFlag] = []
    for index, flag in enumerate(flags):
        top = 40 + 3 * len(flags) if flag.needed else most_rows
        spots = [spot for row in range(flag.lowest, top) for spot in _spots(flag, index, row, left, right)]
        spot = next((spot for spot in spots if not any(_in_the_way(spot, one, flags) for one in placed)), None)
        if spot is None and flag.needed:
            spot = next(replace(spot, joined=False) for spot in spots if not any(_overlap(spot, one, flags) for one in placed))
        if spot is not None:
            placed.append(spot)
    return placed


def _spots(flag: Flag, index: int, row: int, left: float, right: float) -> list[PlacedFlag]:
    wanted = [flag.pole + 3, flag.pole - 3 - flag.width]
    inside = [start for start in wanted if left <= start and start + flag.width <= right]
    return [PlacedFlag(index, start, row) for start in inside or [max(left, min(wanted[0], right - flag.width))]]


def _in_the_way(spot: PlacedFlag, one: PlacedFlag, flags: Sequence[Flag]) -> bool:
    return _overlap(spot, one, flags) or _crosses(spot, one, flags) or _crosses(one, spot, flags)


def _overlap(one: PlacedFlag, other: PlacedFlag, flags: Sequence[Flag]) -> bool:
    beside = one.left + flags[one.index].width + _GAP <= other.left or other.left + flags[other.index].width + _GAP <= one.left
    apart = one.row + flags[one.index].rows <= other.row or other.row + flags[other.index].rows <= one.row
    return not beside and not apart


def _crosses(upper: PlacedFlag, lower: PlacedFlag, flags: Sequence[Flag]) -> bool:
    pole = flags[upper.index].pole
    return upper.joined and upper.row > lower.row and lower.left - 1 < pole < lower.left + flags[lower.index].width + 1
