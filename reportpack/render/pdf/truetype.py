"""A TrueType or OpenType font file: its measures, its characters, and the smaller file that holds some of them (OpenType 1.9, Adobe Technical Note 5176).

Half of a library that draws pages was imported for this: a fiftieth of a pack's time, and a fifteenth of its memory."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from struct import calcsize, pack, unpack, unpack_from

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
    aims = ((_CHARSET, behind), (_ENCODING, behind + len(charset)), (_CHARSTRINGS, behind + len(charset) + len(encoding)))
    top = kept + b"".join(pack(">BiB", 29, value, operator) for operator, value in aims)
    top += pack(">BiBiB", 29, size, 29, private + 7 + length - (end - start), _PRIVATE)
    places = list(accumulate(map(len, outlines), initial=1))
    index = pack(f">HB{len(places)}L", len(outlines), 4, *places) + b"".join(outlines)
    return cff[:start] + pack(">HBHH", 1, 2, 1, 1 + length) + top + rest + charset + encoding + index


def _item(cff: bytes, start: int, number: int) -> bytes:
    size = cff[start + 2]
    ends = (start + 3 + at * size for at in (number, number + 1))
    begin, end = (_first_item(cff, start) - 1 + int.from_bytes(cff[at : at + size], "big") for at in ends)
    return cff[begin:end]


def _first_item(cff: bytes, start: int) -> int:
    count: int = unpack_from(">H", cff, start)[0]
    return start + 3 + (count + 1) * cff[start + 2]


def _index_end(cff: bytes, start: int) -> int:
    count, size = unpack_from(">HB", cff, start)
    last = _first_item(cff, start) - size
    return last + size - 1 + int.from_bytes(cff[last : last + size], "big") if count else start + 2


def _entries(data: bytes) -> Iterator[tuple[int, list[int], bytes]]:
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
        elif first <= 250:
            value, size = (first - 247) * 256 + data[at + 1] + 108, 2
        else:
            value, size = -(first - 251) * 256 - data[at + 1] - 108, 2
        values.append(value)
        at += size


def _names(cff: bytes, place: int, glyphs: int) -> list[int]:
    if place <= 2:
        return list(range(glyphs))
    form, at, names = cff[place], place + 1, [0]
    while len(names) < glyphs:
        first = unpack_from(">H", cff, at)[0]
        more = 0 if form == 0 else cff[at + 2] if form == 1 else unpack_from(">H", cff, at + 2)[0]
        names.extend(range(first, first + more + 1))
        at += 2 + form
    return names


Table = tuple[int, int]
"""Where a table begins and how long it is, in bytes."""
_HEADERS = (
    ("head", 0, ">H", (1,)), ("head", 12, ">L", (0x5F0F3CF5,)), ("hhea", 0, ">H", (1,)), ("hhea", 32, ">H", (0,)),
    ("maxp", 0, ">H", (0, 1)), ("name", 0, ">H", (0,)), ("post", 0, ">H", (1, 2, 3, 4)),
)  # fmt: skip
"""What a table must say at a place, in that form, so that it is one that is understood."""
_COPIED = ("OS/2", "cvt ", "fpgm", "name", "prep")
_ENGLISH: dict[tuple[int, ...], str] = {(3, 1, 0x409): "utf_16_be", (1, 0, 0): "mac_roman"}
"""How English names are written, by platform, encoding and language."""
_NO_EMBEDDING, _NOT_ALONE, _FEW = 0x0302, 0x0006, 255
_FIXED, _SYMBOLIC, _ITALIC, _BOLD = 1, 1 << 2, 1 << 6, 1 << 18
_WORDS, _MORE = 1, 1 << 5
_SCALES = ((1 << 3, 2), (1 << 6, 4), (1 << 7, 8))  # How many bytes each kind of scale of a composite glyph's part takes.


class FontError(ValueError):
    """The file is no font that can be embedded, and why."""


class TrueType:
    """A font; measures are in thousandths of the size, `advances` in its own units by glyph, `characters` are codes and their glyphs."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.tables = _directory(data)
        for tag, place, form, known in _HEADERS:
            if self._read(tag, place, form)[0] not in known:
                raise FontError(f"its table {tag} is of an unknown kind")
        self.units = self._read("head", 18, ">H")[0]
        *box, _, _, _, self._long_places = self._read("head", 36, ">8h")
        self.scale = 1000 / self.units
        self.box = [value * self.scale for value in box]
        self.glyphs = self._read("maxp", 4, ">H")[0]
        whole, part, _, _, fixed = self._read("post", 4, ">hHhhL")
        self.italic_angle = whole + part / 65536
        weight = self._measure(box)
        self.stem = 50 + int((weight / 65) ** 2)
        """No font says how thick its stems are; this is what its weight suggests."""
        told = ((self.italic_angle, _ITALIC), (weight >= 600, _BOLD), (fixed, _FIXED))
        self.flags = _SYMBOLIC + sum(flag for is_so, flag in told if is_so)
        self.name = self._name()
        wide = self._read("hhea", 34, ">H")[0]
        pairs = self._read("hmtx", 0, f">{'Hh' * wide}")
        last = self.glyphs - wide
        self.advances = [*pairs[::2], *([pairs[-2]] * last)]
        self._bearings = [*pairs[1::2], *self._read("hmtx", 4 * wide, f">{last}h")]
        self.postscript = "CFF " in self.tables
        if not self.postscript:
            if data.startswith(b"OTTO") or not self.tables["glyf"][0]:
                raise FontError("no outlines")
            kind, step = ("L", 1) if self._long_places else ("H", 2)
            self._places = [place * step for place in self._read("loca", 0, f">{self.glyphs + 1}{kind}")]
        self.characters = _characters(data, self.tables["cmap"][0])
        if not self.characters:
            raise FontError("no Unicode characters")

    def table(self, tag: str) -> bytes:
        """The bytes of a table, none where the font has none."""
        start, length = self.tables.get(tag, (0, 0))
        return self.data[start : start + length]

    def _read(self, tag: str, place: int, form: str) -> tuple[int, ...]:
        return unpack_from(form, self.data, self.tables[tag][0] + place)

    def _measure(self, box: Sequence[int]) -> int:
        if "OS/2" not in self.tables:
            self.ascent = self.cap_height = box[3] * self.scale
            self.travels = True
            self.descent = box[1] * self.scale
            return 500
        version, _, weight, _, rights = self._read("OS/2", 0, ">HhHHH")
        if (rights == 2 or rights & _NO_EMBEDDING & ~2) and self.glyphs > _FEW:
            raise FontError("it does not allow to be embedded")
        ascent, descent = self._read("OS/2", 68, ">hh")
        self.ascent, self.descent = ascent * self.scale, descent * self.scale
        self.travels = not rights & _NOT_ALONE
        self.cap_height = self._read("OS/2", 88, ">h")[0] * self.scale if version > 1 else self.ascent
        return weight

    def _name(self) -> str:
        start = self.tables["name"][0]
        count, texts = self._read("name", 2, ">HH")
        names: dict[int, str] = {}
        for index in range(count):
            *system, kind, length, offset = self._read("name", 6 + 12 * index, ">6H")
            encoding = _ENGLISH.get(tuple(system))
            if encoding:
                names.setdefault(kind, self.data[start + texts + offset :][:length].decode(encoding))
        name = next((names[kind] for kind in (6, 4, 1) if names.get(kind)), "").replace(" ", "-")
        if not name or any(not "!" <= character <= "~" or character in "[](){}<>/%" for character in name):
            raise FontError(f"its PostScript name is {name!r}")
        return name

    def subset(self, codes: Sequence[int]) -> bytes:
        """A font file in which the code n shows the character `codes[n]`; of PostScript outlines their table alone."""
        asked = [self.characters.get(code, 0) for code in codes]
        if self.postscript:
            return coded_outlines(self.table("CFF "), self.glyphs, dict(enumerate(asked)))
        glyphs, drawn = self._drawn(asked)
        shown = map(glyphs.index, asked)
        return self._file(
            glyphs, drawn, pack(f">{11 + len(asked)}H", 0, 1, 1, 0, 0, 12, 6, 10 + 2 * len(asked), 0, 0, len(asked), *shown)
        )

    def web_file(self, codes: Sequence[int]) -> bytes:
        """A font file of these characters alone, in their order; of PostScript outlines no more than 255."""
        codes = codes[:255] if self.postscript else codes
        asked = [self.characters[code] for code in codes]
        if self.postscript:
            glyphs = [0, *asked]
            outlines = coded_outlines(self.table("CFF "), self.glyphs, dict(enumerate(asked)))
            drawn = {"CFF ": outlines, "maxp": pack(">LH", 0x5000, len(glyphs))}
        else:
            glyphs, drawn = self._drawn(asked)
        groups = b"".join(pack(">LLL", code, code, glyphs.index(glyph)) for code, glyph in zip(codes, asked, strict=True))
        return self._file(glyphs, drawn, pack(">HHHHLHHLLL", 0, 1, 3, 10, 12, 12, 0, 16 + len(groups), 0, len(codes)) + groups)

    def _drawn(self, asked: Sequence[int]) -> tuple[list[int], dict[str, bytes]]:
        numbers = {glyph: number for number, glyph in enumerate(dict.fromkeys((0, *asked)))}
        outlines: list[bytes] = []
        for glyph in (glyphs := list(numbers)):
            start = self.tables["glyf"][0]
            outline = bytearray(self.data[start + self._places[glyph] : start + self._places[glyph + 1]])
            for place in _parts(outline):
                part = unpack_from(">H", outline, place)[0]
                if part not in numbers:
                    numbers[part] = len(numbers)
                    glyphs.append(part)
                outline[place : place + 2] = pack(">H", numbers[part])
            outlines.append(bytes(outline) + bytes(-len(outline) % 4))
        places = list(accumulate(map(len, outlines), initial=0))
        is_long = places[-1] >> 1 > 0xFFFF
        return glyphs, {
            "glyf": b"".join(outlines),
            "head": _with(_with(self.table("head"), 8, ">L", 0), 50, ">H", is_long),
            "loca": pack(f">{len(places)}{'L' if is_long else 'H'}", *(place if is_long else place >> 1 for place in places)),
            "maxp": _with(self.table("maxp"), 4, ">H", len(glyphs)),
        }

    def _file(self, glyphs: Sequence[int], drawn: Mapping[str, bytes], cmap: bytes) -> bytes:
        advances = [self.advances[glyph] for glyph in glyphs]
        wide = len(advances)
        while wide > 1 and advances[wide - 1] == advances[wide - 2]:
            wide -= 1
        columns = [number for pair in zip(advances, (self._bearings[glyph] for glyph in glyphs), strict=True) for number in pair]
        tables = {tag: self.table(tag) for tag in _COPIED if tag in self.tables} | {
            "cmap": cmap,
            "head": _with(self.table("head"), 8, ">L", 0),
            "hhea": _with(self.table("hhea"), 34, ">H", wide),
            "hmtx": pack(f">{'Hh' * wide}", *columns[: 2 * wide])
            + pack(f">{len(advances) - wide}h", *columns[2 * wide + 1 :: 2]),
            "post": b"\x00\x03\x00\x00" + self.table("post")[4:16] + bytes(16),
            **drawn,
        }
        power = len(tables).bit_length() - 1
        kind = b"OTTO" if self.postscript else b"\0\1\0\0"
        directory = pack(">4sHHHH", kind, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
        place = len(directory) + 16 * len(tables)
        body = b""
        for tag, table in sorted(tables.items()):
            padded = table + bytes(-len(table) % 4)
            directory += pack(">4sLLL", tag.encode(), _sum(padded), place + len(body), len(table))
            body += padded
        start = place + sum(len(table) + -len(table) % 4 for tag, table in tables.items() if tag < "head")
        return _with(directory + body, start + 8, ">L", (0xB1B0AFBA - _sum(directory + body)) & 0xFFFFFFFF)


def _directory(data: bytes) -> dict[str, Table]:
    start = unpack_from(">L", data, 12)[0] if data.startswith(b"ttcf") else 0
    if data[start : start + 4] not in (b"\x00\x01\x00\x00", b"true", b"OTTO"):
        raise FontError("not a TrueType or OpenType file")
    count = unpack_from(">H", data, start + 4)[0]
    records = (unpack_from(">4sLLL", data, start + 12 + 16 * index) for index in range(count))
    return {tag.decode(): (place, length) for tag, _, place, length in records}


def _characters(data: bytes, cmap: int) -> dict[int, int]:
    count = unpack_from(">H", data, cmap + 2)[0]
    tables = [unpack_from(">HHL", data, cmap + 4 + 8 * index) for index in range(count)]
    formats = {unpack_from(">H", data, cmap + offset)[0]: cmap + offset for system, _, offset in tables if system in (0, 3)}
    if 4 not in formats:
        raise FontError("no Unicode table of characters")
    start = formats[4]
    segments = unpack_from(">H", data, start + 6)[0] // 2
    ends = unpack_from(f">{segments}H", data, start + 14)
    starts = unpack_from(f">{segments}H", data, start + 16 + 2 * segments)
    deltas = unpack_from(f">{segments}H", data, start + 16 + 4 * segments)
    ranges = start + 16 + 6 * segments
    offsets = unpack_from(f">{segments}H", data, ranges)
    found: dict[int, int] = {}
    for index, (first, last, delta, offset) in enumerate(zip(starts, ends, deltas, offsets, strict=True)):
        codes = range(first, min(last, 0xFFFE) + 1)
        if not offset:
            found.update({code: (code + delta) & 0xFFFF for code in codes})
            continue
        glyphs = unpack_from(f">{len(codes)}H", data, ranges + 2 * index + offset)
        found.update({code: (glyph + delta) & 0xFFFF for code, glyph in zip(codes, glyphs, strict=True) if glyph})
    return {code: glyph for code, glyph in found.items() if glyph}


def _parts(outline: bytes | bytearray) -> Iterator[int]:
    flags = _MORE if len(outline) > 2 and unpack_from(">h", outline)[0] < 0 else 0
    place = 10
    while flags & _MORE:
        flags = unpack_from(">H", outline, place)[0]
        yield place + 2
        place += 4 + (4 if flags & _WORDS else 2) + next((size for scale, size in _SCALES if flags & scale), 0)


def _with(table: bytes, place: int, form: str, value: int) -> bytes:
    return table[:place] + pack(form, value) + table[place + calcsize(form) :]


def _sum(padded: bytes) -> int:
    numbers: tuple[int, ...] = unpack(f">{len(padded) // 4}L", padded)
    return sum(numbers) & 0xFFFFFFFF
