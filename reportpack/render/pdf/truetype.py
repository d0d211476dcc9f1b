"""A TrueType font file: its measures, its characters, and the smaller file that holds some of them (OpenType 1.9).

Half of a library that draws pages was imported for this: a fiftieth of a pack's time, and a fifteenth of its memory.
"""

from collections.abc import Iterator, Sequence
from struct import calcsize, pack, unpack, unpack_from

from reportpack.render.pdf.cff import coded_outlines

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
_NO_EMBEDDING, _FEW = 0x0302, 255
_FIXED, _SYMBOLIC, _ITALIC, _BOLD = 1, 1 << 2, 1 << 6, 1 << 18
_WORDS, _MORE = 1, 1 << 5
_SCALES = ((1 << 3, 2), (1 << 6, 4), (1 << 7, 8))
"""How many bytes each kind of scale of a composite glyph's part takes."""


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
        """Set how far letters rise and sink; gives the weight, of which 400 is regular. What forbids to be cut is refused."""
        if "OS/2" not in self.tables:
            self.ascent = self.cap_height = box[3] * self.scale
            self.descent = box[1] * self.scale
            return 500
        version, _, weight, _, rights = self._read("OS/2", 0, ">HhHHH")
        if (rights == 2 or rights & _NO_EMBEDDING & ~2) and self.glyphs > _FEW:
            raise FontError("it does not allow to be embedded")
        ascent, descent = self._read("OS/2", 68, ">hh")
        self.ascent, self.descent = ascent * self.scale, descent * self.scale
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
                text = self.data[start + texts + offset :][:length].decode(encoding)
                names.setdefault(kind, text)
        name = next((names[kind] for kind in (6, 4, 1) if names.get(kind)), "").replace(" ", "-")
        if not name or any(not "!" <= character <= "~" or character in "[](){}<>/%" for character in name):
            raise FontError(f"its PostScript name is {name!r}")
        return name

    def _outline(self, glyph: int) -> bytes:
        start = self.tables["glyf"][0]
        return self.data[start + self._places[glyph] : start + self._places[glyph + 1]]

    def subset(self, codes: Sequence[int]) -> bytes:
        """A font file in which the code n shows the character `codes[n]`; of PostScript outlines their table alone."""
        asked = [self.characters.get(code, 0) for code in codes]
        if self.postscript:
            return coded_outlines(self.table("CFF "), self.glyphs, dict(enumerate(asked)))
        numbers = {glyph: number for number, glyph in enumerate(dict.fromkeys((0, *asked)))}
        outlines: list[bytes] = []
        for glyph in (glyphs := list(numbers)):
            outline = bytearray(self._outline(glyph))
            for place in _parts(outline):
                part = unpack_from(">H", outline, place)[0]
                if part not in numbers:
                    numbers[part] = len(numbers)
                    glyphs.append(part)
                outline[place : place + 2] = pack(">H", numbers[part])
            outlines.append(bytes(outline) + bytes(-len(outline) % 4))
        return self._file(glyphs, outlines, [numbers[glyph] for glyph in asked])

    def _file(self, glyphs: Sequence[int], outlines: Sequence[bytes], shown: Sequence[int]) -> bytes:
        places = [0]
        for outline in outlines:
            places.append(places[-1] + len(outline))
        is_long = places[-1] >> 1 > 0xFFFF
        advances = [self.advances[glyph] for glyph in glyphs]
        wide = len(advances)
        while wide > 1 and advances[wide - 1] == advances[wide - 2]:
            wide -= 1
        columns = [number for pair in zip(advances, (self._bearings[glyph] for glyph in glyphs), strict=True) for number in pair]
        tables = {tag: self.table(tag) for tag in _COPIED if tag in self.tables} | {
            "cmap": pack(f">{11 + len(shown)}H", 0, 1, 1, 0, 0, 12, 6, 10 + 2 * len(shown), 0, 0, len(shown), *shown),
            "glyf": b"".join(outlines),
            "head": _with(_with(self.table("head"), 8, ">L", 0), 50, ">H", is_long),
            "hhea": _with(self.table("hhea"), 34, ">H", wide),
            "hmtx": pack(f">{'Hh' * wide}", *columns[: 2 * wide])
            + pack(f">{len(advances) - wide}h", *columns[2 * wide + 1 :: 2]),
            "loca": pack(f">{len(places)}{'L' if is_long else 'H'}", *(place if is_long else place >> 1 for place in places)),
            "maxp": _with(self.table("maxp"), 4, ">H", len(glyphs)),
            "post": b"\x00\x03\x00\x00" + self.table("post")[4:16] + bytes(16),
        }
        return _assembled(tables)


def _directory(data: bytes) -> dict[str, Table]:
    """Each table's place; of a collection its first font's."""
    start = unpack_from(">L", data, 12)[0] if data.startswith(b"ttcf") else 0
    if data[start : start + 4] not in (b"\x00\x01\x00\x00", b"true", b"OTTO"):
        raise FontError("not a TrueType or OpenType file")
    count = unpack_from(">H", data, start + 4)[0]
    records = (unpack_from(">4sLLL", data, start + 12 + 16 * index) for index in range(count))
    return {tag.decode(): (place, length) for tag, _, place, length in records}


def _characters(data: bytes, cmap: int) -> dict[int, int]:
    """Character -> glyph, from the Unicode table of format 4."""
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
    """Where a composite glyph's outline names the glyphs that it is put together from."""
    flags = _MORE if len(outline) > 2 and unpack_from(">h", outline)[0] < 0 else 0
    place = 10
    while flags & _MORE:
        flags = unpack_from(">H", outline, place)[0]
        yield place + 2
        place += 4 + (4 if flags & _WORDS else 2) + next((size for scale, size in _SCALES if flags & scale), 0)


def _with(table: bytes, place: int, form: str, value: int) -> bytes:
    return table[:place] + pack(form, value) + table[place + calcsize(form) :]


def _assembled(tables: dict[str, bytes]) -> bytes:
    power = len(tables).bit_length() - 1
    directory = pack(">LHHHH", 0x10000, len(tables), 16 << power, power, 16 * len(tables) - (16 << power))
    place = len(directory) + 16 * len(tables)
    body = b""
    for tag, table in sorted(tables.items()):
        padded = table + bytes(-len(table) % 4)
        directory += pack(">4sLLL", tag.encode(), _sum(padded), place + len(body), len(table))
        body += padded
    start = place + sum(len(table) + -len(table) % 4 for tag, table in tables.items() if tag < "head")
    return _with(directory + body, start + 8, ">L", (0xB1B0AFBA - _sum(directory + body)) & 0xFFFFFFFF)


def _sum(padded: bytes) -> int:
    numbers: tuple[int, ...] = unpack(f">{len(padded) // 4}L", padded)
    return sum(numbers) & 0xFFFFFFFF
