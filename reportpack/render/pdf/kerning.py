"""Pair kerning read from a font's GPOS table (OpenType 1.9, PairPos formats 1 and 2), looked up pair by pair."""

from struct import unpack_from

_X_ADVANCE = 0x0004


class Kerning:
    """The kerning of one font: `between(left, right)` for glyph numbers, in font units."""

    __slots__ = ("data", "tables")

    def __init__(self, gpos: bytes) -> None:
        self.data = gpos
        self.tables: list[_Pairs | _Classes] = []
        if len(gpos) >= 10:
            for place in _kern_subtables(gpos):
                self._read(place)

    def _read(self, place: int) -> None:
        data = self.data
        kind, coverage, first, second = unpack_from(">HHHH", data, place)
        step = 2 * (first.bit_count() + second.bit_count())
        if not first & _X_ADVANCE:
            return
        skip = 2 * (first & (_X_ADVANCE - 1)).bit_count()
        covered = _coverage(data, place + coverage)
        if kind == 1:
            self.tables.append(_Pairs(data, place, covered, step, skip))
        elif kind == 2:
            self.tables.append(_Classes(data, place, covered, step, skip))

    def between(self, left: int, right: int) -> int:
        """How much closer (negative) or wider the pair stands."""
        for table in self.tables:
            value = table.value(left, right)
            if value is not None:
                return value
        return 0


class _Pairs:
    """Format 1: for each first glyph a list of second glyphs."""

    __slots__ = ("covered", "data", "place", "sets", "skip", "step")

    def __init__(self, data: bytes, place: int, covered: dict[int, int], step: int, skip: int) -> None:
        self.data, self.place, self.covered, self.step, self.skip = data, place, covered, step, skip
        self.sets: dict[int, dict[int, int]] = {}

    def value(self, left: int, right: int) -> int | None:
        index = self.covered.get(left)
        if index is None:
            return None
        pairs = self.sets.get(left)
        if pairs is None:
            pairs = self.sets[left] = self._pairs(index)
        return pairs.get(right)

    def _pairs(self, index: int) -> dict[int, int]:
        data = self.data
        start = self.place + int(unpack_from(">H", data, self.place + 10 + 2 * index)[0])
        count = unpack_from(">H", data, start)[0]
        pairs: dict[int, int] = {}
        for record in range(start + 2, start + 2 + count * (2 + self.step), 2 + self.step):
            pairs[unpack_from(">H", data, record)[0]] = unpack_from(">h", data, record + 2 + self.skip)[0]
        return pairs


class _Classes:
    """Format 2: classes of first glyphs against classes of second glyphs."""

    __slots__ = ("columns", "covered", "data", "first", "place", "second", "skip", "step")

    def __init__(self, data: bytes, place: int, covered: dict[int, int], step: int, skip: int) -> None:
        self.data, self.place, self.covered, self.step, self.skip = data, place, covered, step, skip
        first, second, _, self.columns = unpack_from(">HHHH", data, place + 8)
        self.first = _classes(data, place + first)
        self.second = _classes(data, place + second)

    def value(self, left: int, right: int) -> int | None:
        if left not in self.covered:
            return None
        cell = self.first.get(left, 0) * self.columns + self.second.get(right, 0)
        return int(unpack_from(">h", self.data, self.place + 16 + cell * self.step + self.skip)[0])


def _kern_subtables(data: bytes) -> list[int]:
    """Where the PairPos subtables of the kern feature begin."""
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


def _classes(data: bytes, place: int) -> dict[int, int]:
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
