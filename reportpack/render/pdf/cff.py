"""PostScript outlines of an OpenType font (Adobe Technical Note 5176): the font with the glyphs that are shown, under codes of our own.

What the glyphs share stays as it is; the top dictionary is written anew, the glyphs, their names and codes stand behind everything else.
"""

from collections.abc import Iterator, Mapping
from struct import pack, unpack_from

_CHARSET, _ENCODING, _CHARSTRINGS, _PRIVATE, _BY_NUMBER = 15, 16, 17, 18, 1230
"""Operators of the top dictionary: those that lead elsewhere, and that of a font whose glyphs have no names."""


def coded_outlines(cff: bytes, glyphs: int, codes: Mapping[int, int]) -> bytes:
    """The font with the glyphs of these codes alone, each shown by its code; ValueError for one whose glyphs have no names."""
    start = _index_end(cff, cff[2])
    end = _index_end(cff, start)
    entries = list(_entries(cff[_first_item(cff, start) : end]))
    known = {operator: values for operator, values, _ in entries}
    if _BY_NUMBER in known:
        raise ValueError("its glyphs have no names")
    names = _names(cff, int(known.get(_CHARSET, [0])[-1]), glyphs)
    shown = [(code, glyph) for code, glyph in codes.items() if glyph]
    place = known[_CHARSTRINGS][0]
    outlines = [_item(cff, place, glyph) for glyph in (0, *(glyph for _, glyph in shown))]
    charset = b"\0" + b"".join(pack(">H", names[glyph]) for _, glyph in shown)
    encoding = bytes((0, len(shown), *(code for code, _ in shown)))
    kept = b"".join(raw for operator, _, raw in entries if operator not in (_CHARSET, _ENCODING, _CHARSTRINGS, _PRIVATE))
    length = len(kept) + 3 * 6 + 11
    old = _index_end(cff, place)
    rest = cff[end:place] + bytes(old - place) + cff[old:]  # zeros where the outlines of all glyphs stood
    behind = start + 7 + length + len(rest)
    size, private = known[_PRIVATE]
    places = ((_CHARSET, behind), (_ENCODING, behind + len(charset)), (_CHARSTRINGS, behind + len(charset) + len(encoding)))
    top = kept + b"".join(pack(">BiB", 29, value, operator) for operator, value in places)
    top += pack(">BiBiB", 29, size, 29, private + 7 + length - (end - start), _PRIVATE)
    return cff[:start] + pack(">HBHH", 1, 2, 1, 1 + length) + top + rest + charset + encoding + _index(outlines)


def _item(cff: bytes, start: int, number: int) -> bytes:
    size = cff[start + 2]
    ends = (start + 3 + at * size for at in (number, number + 1))
    begin, end = (_first_item(cff, start) - 1 + int.from_bytes(cff[at : at + size], "big") for at in ends)
    return cff[begin:end]


def _index(items: list[bytes]) -> bytes:
    places = [1]
    for item in items:
        places.append(places[-1] + len(item))
    return pack(f">HB{len(places)}L", len(items), 4, *places) + b"".join(items)


def _first_item(cff: bytes, start: int) -> int:
    count: int = unpack_from(">H", cff, start)[0]
    return start + 3 + (count + 1) * cff[start + 2]


def _index_end(cff: bytes, start: int) -> int:
    count, size = unpack_from(">HB", cff, start)
    last = _first_item(cff, start) - size
    return last + size - 1 + int.from_bytes(cff[last : last + size], "big") if count else start + 2


def _entries(data: bytes) -> Iterator[tuple[int, list[int], bytes]]:
    """Operator, operands (a real number counts as 0) and bytes of each entry of a dictionary."""
    at = begun = 0
    values: list[int] = []
    while at < len(data):
        first = data[at]
        if first <= 21:
            at += 2 if first == 12 else 1
            yield (1200 + data[at - 1] if first == 12 else first), values, data[begun:at]
            begun, values = at, []
            continue
        if first == 30:
            while data[at] & 15 != 15:
                at += 1
            value, size = 0, 1
        elif first in (28, 29):
            size = 3 if first == 28 else 5
            value = int.from_bytes(data[at + 1 : at + size], "big", signed=True)
        elif first <= 246:
            value, size = first - 139, 1
        else:
            value, size = (
                (first - 247) * 256 + data[at + 1] + 108 if first <= 250 else -(first - 251) * 256 - data[at + 1] - 108,
                2,
            )
        values.append(value)
        at += size


def _names(cff: bytes, place: int, glyphs: int) -> list[int]:
    """By glyph the number of its name."""
    if place <= 2:
        return list(range(glyphs))
    form, at, names = cff[place], place + 1, [0]
    while len(names) < glyphs:
        first = unpack_from(">H", cff, at)[0]
        more = 0 if form == 0 else cff[at + 2] if form == 1 else unpack_from(">H", cff, at + 2)[0]
        names.extend(range(first, first + more + 1))
        at += 2 + form
    return names
