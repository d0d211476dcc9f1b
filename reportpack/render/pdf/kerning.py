"""Pair kerning read from a font's GPOS table (OpenType 1.9, PairPos formats 1 and 2), looked up pair by pair."""

from collections.abc import Callable
from struct import unpack_from

_X_ADVANCE = 0x0004
PairKern = Callable[[int, int], int]
"""For two glyph numbers how much closer (negative) or wider they stand, in font units."""
_Lookup = Callable[[int, int], int | None]
"""The same for one table; None where the table says nothing of the pair."""


def read_kerning(gpos: bytes) -> PairKern:
    """The kerning of one font; none for an empty table."""
    places = _kern_subtables(gpos) if len(gpos) >= 10 else []
    tables = [table for place in places if (table := _read(gpos, place)) is not None]

    def between(left: int, right: int) -> int:
        return next((value for table in tables if (value := table(left, right)) is not None), 0)

    return between


def _read(data: bytes, place: int) -> _Lookup | None:
    kind, coverage, first, second = unpack_from(">HHHH", data, place)
    if not first & _X_ADVANCE or kind not in (1, 2):
        return None
    step = 2 * (first.bit_count() + second.bit_count())
    skip = 2 * (first & (_X_ADVANCE - 1)).bit_count()
    return (_pairs if kind == 1 else _classes)(data, place, _coverage(data, place + coverage), step, skip)


def _pairs(data: bytes, place: int, covered: dict[int, int], step: int, skip: int) -> _Lookup:
    """Format 1: for each first glyph a list of second glyphs."""
    sets: dict[int, dict[int, int]] = {}

    def value(left: int, right: int) -> int | None:
        if left not in covered:
            return None
        if left not in sets:
            start = place + int(unpack_from(">H", data, place + 10 + 2 * covered[left])[0])
            count = unpack_from(">H", data, start)[0]
            records = range(start + 2, start + 2 + count * (2 + step), 2 + step)
            sets[left] = {unpack_from(">H", data, at)[0]: unpack_from(">h", data, at + 2 + skip)[0] for at in records}
        return sets[left].get(right)

    return value


def _classes(data: bytes, place: int, covered: dict[int, int], step: int, skip: int) -> _Lookup:
    """Format 2: classes of first glyphs against classes of second glyphs."""
    first, second, _, columns = unpack_from(">HHHH", data, place + 8)
    rows, others = _class_of(data, place + first), _class_of(data, place + second)

    def value(left: int, right: int) -> int | None:
        if left not in covered:
            return None
        cell = rows.get(left, 0) * columns + others.get(right, 0)
        return int(unpack_from(">h", data, place + 16 + cell * step + skip)[0])

    return value


def _kern_subtables(data: bytes) -> list[int]:
    _, _, features, lookups = unpack_from(">HHHH", data, 2)
    wanted: dict[int, None] = {}
    for index in range(unpack_from(">H", data, features)[0]):
        tag, offset = unpack_from(">4sH", data, features + 2 + 6 * index)
        if tag == b"kern":
            count = unpack_from(">H", data, features + offset + 2)[0]
            wanted.update(dict.fromkeys(unpack_from(f">{count}H", data, features + offset + 4)))
    places = []
    for lookup in wanted:
        start = lookups + unpack_from(">H", data, lookups + 2 + 2 * lookup)[0]
        kind, _, count = unpack_from(">HHH", data, start)
        for index in range(count):
            place = start + unpack_from(">H", data, start + 6 + 2 * index)[0]
            inner, extended, offset = unpack_from(">HHL", data, place) if kind == 9 else (0, kind, 0)
            if extended == 2:
                places.append(place + offset if inner else place)
    return places


def _coverage(data: bytes, place: int) -> dict[int, int]:
    """Glyph -> coverage index."""
    kind, count = unpack_from(">HH", data, place)
    if kind == 1:
        return {glyph: index for index, glyph in enumerate(unpack_from(f">{count}H", data, place + 4))}
    covered: dict[int, int] = {}
    for record in range(place + 4, place + 4 + 6 * count, 6):
        first, last, index = unpack_from(">HHH", data, record)
        covered.update(zip(range(first, last + 1), range(index, index + last - first + 1), strict=True))
    return covered


def _class_of(data: bytes, place: int) -> dict[int, int]:
    """Glyph -> class; glyphs that are not named are in class 0."""
    kind, first = unpack_from(">HH", data, place)
    if kind == 1:
        count = unpack_from(">H", data, place + 4)[0]
        return dict(enumerate(unpack_from(f">{count}H", data, place + 6), first))
    classes: dict[int, int] = {}
    for record in range(place + 4, place + 4 + 6 * first, 6):
        begin, end, number = unpack_from(">HHH", data, record)
        classes.update(dict.fromkeys(range(begin, end + 1), number))
    return classes
