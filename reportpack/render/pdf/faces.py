"""Fonts: the faces of a theme, how wide their words are, how they are kerned and encoded, and the subsets that are embedded.

A face is cut into subsets of single-byte codes. ASCII keeps its codes in the first, so that content streams stay small and readable."""

from collections.abc import Callable, Iterable
from functools import lru_cache
from struct import error as StructError  # noqa: N812 - a lower-case class of the standard library
from struct import unpack_from
from zlib import crc32

from reportpack.errors import TemplateError
from reportpack.model.scripts import UNSET
from reportpack.render.pdf.objects import Output
from reportpack.render.pdf.truetype import TrueType

_X_ADVANCE = 0x0004
PairKern = Callable[[int, int], int]
"""For two glyph numbers how much closer (negative) or wider they stand, in font units."""
_Lookup = Callable[[int, int], int | None]
"""The same for one table; None where the table says nothing of the pair."""


def read_kerning(gpos: bytes) -> PairKern:
    """The kerning of one font; none for an empty table."""
    tables: list[_Lookup] = []
    for place in _kern_subtables(gpos) if len(gpos) >= 10 else []:
        kind, coverage, first, second = unpack_from(">HHHH", gpos, place)
        if first & _X_ADVANCE and kind in (1, 2):
            step = 2 * (first.bit_count() + second.bit_count())
            skip = 2 * (first & (_X_ADVANCE - 1)).bit_count()
            read = _pairs if kind == 1 else _classes
            tables.append(read(gpos, place, _coverage(gpos, place + coverage), step, skip))

    def between(left: int, right: int) -> int:
        return next((value for table in tables if (value := table(left, right)) is not None), 0)

    return between


def _pairs(data: bytes, place: int, covered: dict[int, int], step: int, skip: int) -> _Lookup:
    sets: dict[int, dict[int, int]] = {}

    def value(left: int, right: int) -> int | None:
        if left not in covered:
            return None
        if left not in sets:
            start = place + int(unpack_from(">H", data, place + 10 + 2 * covered[left])[0])
            records = range(start + 2, start + 2 + unpack_from(">H", data, start)[0] * (2 + step), 2 + step)
            sets[left] = {unpack_from(">H", data, at)[0]: unpack_from(">h", data, at + 2 + skip)[0] for at in records}
        return sets[left].get(right)

    return value


def _classes(data: bytes, place: int, covered: dict[int, int], step: int, skip: int) -> _Lookup:
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
    kind, count = unpack_from(">HH", data, place)
    if kind == 1:
        return {glyph: index for index, glyph in enumerate(unpack_from(f">{count}H", data, place + 4))}
    covered: dict[int, int] = {}
    for record in range(place + 4, place + 4 + 6 * count, 6):
        first, last, index = unpack_from(">HHH", data, record)
        covered.update(zip(range(first, last + 1), range(index, index + last - first + 1), strict=True))
    return covered


def _class_of(data: bytes, place: int) -> dict[int, int]:
    kind, first = unpack_from(">HH", data, place)
    if kind == 1:
        count = unpack_from(">H", data, place + 4)[0]
        return dict(enumerate(unpack_from(f">{count}H", data, place + 6), first))
    classes: dict[int, int] = {}
    for record in range(place + 4, place + 4 + 6 * first, 6):
        begin, end, number = unpack_from(">HHH", data, record)
        classes.update(dict.fromkeys(range(begin, end + 1), number))
    return classes


_ESCAPED = {"(": "\\(", ")": "\\)", "\\": "\\\\"}
_HIGH_CODES = range(128, 256)
_FREE_CODES = [code for code in range(33, 256) if code < 127 or code > 160]
_UNSEEN = "\u00ad\u200b\u2060"
Encoded = tuple[float, str, tuple[tuple[int, str], ...] | None]
"""Width in thousandths of the size; what stands between the outer brackets of a TJ; and, if the word needs several subsets, its parts."""


class Subset:
    """Up to 256 characters of a face, as one PDF font."""

    def __init__(self, name: str, codes: Iterable[int]) -> None:
        self.name = name
        self.codes: dict[str, int] = {" ": 32}
        self.spare = list(codes)[::-1]


@lru_cache(maxsize=8)
class _Letters:
    """One font file: what every document that is set in it has in common."""

    def __init__(self, data: bytes) -> None:
        self.font = font = TrueType(data)
        self.glyphs = {chr(code): glyph for code, glyph in font.characters.items()}
        self.widths = {one: font.advances[glyph] * font.scale for one, glyph in self.glyphs.items() if glyph < font.glyphs}
        self.known = frozenset(one for one in self.glyphs if not UNSET.match(one)) | frozenset(_UNSEEN)
        self.kerning: PairKern = read_kerning(font.table("GPOS"))
        self.pairs: dict[str, int] = {}


class Face:
    """A font file in one document. `known` are its characters; `encode` gives a word's width and bytes, kerned."""

    def __init__(self, data: bytes, name: str) -> None:
        letters = _Letters(data)
        self.font, self.glyphs, self.widths, self.known = letters.font, letters.glyphs, letters.widths, letters.known
        self.kerning, self.pairs = letters.kerning, letters.pairs
        self.name = name
        self.space = self.widths.get(" ", 250.0)
        self.words: dict[str, Encoded] = {}
        self.subsets = [Subset(f"{name}0", _HIGH_CODES)]
        self.home: dict[str, tuple[int, str, float]] = {}
        self.first: dict[str, str] = {}

    def encode(self, word: str) -> Encoded:
        """A word's width and code, from the store where it was seen before."""
        found = self.words.get(word)
        if found is None:
            found = self.words[word] = self._encode_known(word) or self._encode(word)
        return found

    def _encode_known(self, word: str) -> Encoded | None:
        pairs, first, widths = self.pairs, self.first, self.widths
        try:
            codes = [first[character] for character in word]
            kerns = [pairs[word[place : place + 2]] for place in range(len(word) - 1)]
            width = sum([widths[character] for character in word])
        except KeyError:
            return None
        if any(kerns):
            width += sum(kerns)
            for place, kern in enumerate(kerns, 1):
                if kern:
                    codes[place] = f"){-kern}({codes[place]}"
        return width, "".join(codes), None

    def _encode(self, word: str) -> Encoded:
        width = 0.0
        parts: list[tuple[int, list[str]]] = []
        before = ""
        home, pairs = self.home, self.pairs
        for character in word:
            if character in _UNSEEN:
                continue
            subset, code, advance = home.get(character) or self._house(character)
            width += advance
            if not parts or parts[-1][0] != subset:
                parts.append((subset, [code]))
                before = character
                continue
            pair = before + character
            kern = pairs.get(pair)
            if kern is None:
                glyphs = self.glyphs
                units = self.kerning(glyphs.get(pair[0], 0), glyphs.get(pair[1], 0))
                pairs[pair] = kern = int(units * self.font.scale + (0.5 if units > 0 else -0.5))
            if kern:
                width += kern
                code = f"){-kern}({code}"
            parts[-1][1].append(code)
            before = character
        if len(parts) == 1 and parts[0][0] == 0:
            return width, "".join(parts[0][1]), None
        return width, "", tuple((subset, "".join(codes)) for subset, codes in parts) if parts else None

    def _house(self, character: str) -> tuple[int, str, float]:
        index = 0
        if " " <= character <= "~":
            code = ord(character)
        else:
            if not self.subsets[-1].spare:
                self.subsets.append(Subset(f"{self.name}{len(self.subsets)}", _FREE_CODES))
            index = len(self.subsets) - 1
            code = self.subsets[index].spare.pop()
        self.subsets[index].codes[character] = code
        text = chr(code)
        self.home[character] = (index, _ESCAPED.get(text, text), self.widths.get(character, 0.0))
        if index == 0:
            self.first[character] = _ESCAPED.get(text, text)
        return self.home[character]

    def write(self, output: Output) -> list[tuple[str, int]]:
        """Embed the subsets that were used: their names and object numbers."""
        used = ((index, subset) for index, subset in enumerate(self.subsets) if len(subset.codes) > 1)
        return [(subset.name, _write_subset(self, subset, output, index)) for index, subset in used]


def read_face(data: bytes, name: str, file: str) -> Face:
    """The face in a font file's bytes; TemplateError when it is no TrueType font that can be embedded."""
    try:
        return Face(data, name)
    except (StructError, LookupError, ValueError, ArithmeticError) as error:
        raise TemplateError(
            f"{file}: is not a TrueType or OpenType font that can be used ({error}).",
            "Name a .ttf or .otf file (not .woff or a variable font) in the theme's [fonts].",
        ) from error


def _write_subset(face: Face, subset: Subset, output: Output, index: int) -> int:
    font = face.font
    used = {code: character for character, code in sorted(subset.codes.items(), key=lambda item: item[1])}
    last = max(used)
    program = font.subset([ord(used[code]) if code in used else 0 for code in range(last + 1)])
    tag = crc32(f"{index}{sorted(subset.codes)}".encode())
    prefix = "".join(chr(65 + (tag // 26**place) % 26) for place in range(6))
    name = font.name if font.postscript else f"{prefix}+{font.name}"  # a Type 1 subset would have to list its glyphs
    kind, key = ("Type1", "FontFile3") if font.postscript else ("TrueType", "FontFile2")
    file = output.stream(program, "/Subtype/Type1C" if font.postscript else f"/Length1 {len(program)}")
    box = " ".join(f"{value:.0f}" for value in font.box)
    descriptor = output.add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags {(font.flags | 4) & ~32}/FontBBox[{box}]/ItalicAngle {font.italic_angle:g}"
        f"/Ascent {font.ascent:.0f}/Descent {font.descent:.0f}/CapHeight {font.cap_height:.0f}/StemV {font.stem}"
        f"/{key} {file} 0 R>>"
    )
    first = min(used)
    widths = " ".join(f"{face.widths.get(used[code], 0.0):g}" if code in used else "0" for code in range(first, last + 1))
    rows = [f"<{code:02X}> <{character.encode('utf-16-be').hex().upper()}>" for code, character in used.items()]
    blocks = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    unicode_map = output.stream(
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n/CMapName /Adobe-Identity-UCS def\n"
        f"/CMapType 2 def\n1 begincodespacerange\n<00> <FF>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend".encode("ascii")
    )
    return output.add(
        f"<</Type/Font/Subtype/{kind}/BaseFont/{name}/FirstChar {first}/LastChar {last}/Widths[{widths}]"
        f"/FontDescriptor {descriptor} 0 R/ToUnicode {unicode_map} 0 R>>"
    )
