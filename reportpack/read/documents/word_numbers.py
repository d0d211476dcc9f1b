"""What Word shows and does not store in words: the numbers before paragraphs, signs that a font draws for letters that are none, and equations."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import field
from functools import lru_cache

from reportpack.read.documents.blocks import BULLET
from reportpack.read.documents.word_styles import W, is_on, usual_xml, value
from reportpack.records import Changing, Record

_DEEPEST = 8
_ROMAN = {
    1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i",
}  # fmt: skip


class _Level(Record):
    """`restart` is the depth, from 1, after which it begins anew; None after any above it. `legal` shows every number in figures."""

    form: str
    text: str
    start: int
    style: str = ""
    legal: bool = False
    restart: int | None = None


class _List(Record):
    """A list as paragraphs name it: the levels it takes from another, those of its own, and where it begins anew."""

    base: str
    own: dict[int, _Level]
    starts: dict[int, int]


class Numbering(Changing):
    """Counts paragraph by paragraph, in the order of the document."""

    levels: dict[str, dict[int, _Level]]
    lists: dict[str, _List]
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def depth_of_style(self, identity: str, style: str) -> int:
        """The level of a list that belongs to a style of paragraphs; the first when none does."""
        levels = self._levels(self.lists.get(identity))
        return next((depth for depth, level in levels.items() if style and level.style == style), 0)

    def label(self, identity: str, depth: int) -> str:
        """What stands before the next paragraph of that list: `2.1`, `(a)`, a bullet; empty when the list is unknown."""
        named = self.lists.get(identity)
        levels = self._levels(named)
        level = levels.get(depth)
        if named is None or level is None or depth > _DEEPEST:
            return ""
        if level.form in ("bullet", "none"):
            return BULLET if level.form == "bullet" else ""
        counts = self.counts.setdefault(named.base, {})
        if depth in named.starts and (identity, depth) not in self.begun:
            counts[depth] = named.starts[depth] - 1
        self.begun.add((identity, depth))
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for above in range(depth):
            counts.setdefault(above, levels[above].start if above in levels else 1)
        for deeper in [one for one in counts if one > depth]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or depth < restart:
                del counts[deeper]
        text = level.text
        for above, count in counts.items():
            form = levels[above].form if above in levels and not level.legal else "decimal"
            text = text.replace(f"%{above + 1}", counted(count, form))
        return text.strip()

    def _levels(self, named: _List | None) -> dict[int, _Level]:
        return self.levels.get(named.base, {}) | named.own if named is not None else {}


@lru_cache(maxsize=8)
def lists_of(data: bytes) -> tuple[dict[str, dict[int, _Level]], dict[str, _List]]:
    """The levels of a document's lists, and the lists, by the bytes of their part, which many documents of one office share."""
    root = usual_xml(data, "numbering")
    every = list(root.iter(f"{W}abstractNum")) if root is not None else []
    levels = {one.get(f"{W}abstractNumId", ""): _read_levels(one) for one in every}
    by_style = {style: key for one in every if (style := value(one, "styleLink")) and (key := one.get(f"{W}abstractNumId", ""))}
    links = {one.get(f"{W}abstractNumId", ""): by_style.get(value(one, "numStyleLink"), "") for one in every}
    numbers = root.iter(f"{W}num") if root is not None else ()
    return levels, {one.get(f"{W}numId", ""): _read_list(one, links) for one in numbers}


def _read_list(number: ET.Element, links: dict[str, str]) -> _List:
    base = value(number, "abstractNumId")
    overrides = [one for one in number.iter(f"{W}lvlOverride") if one.get(f"{W}ilvl", "").isdigit()]
    starts = {int(one.get(f"{W}ilvl", "")): int(start) for one in overrides if (start := value(one, "startOverride")).isdigit()}
    own = {depth: level for one in overrides for depth, level in _read_levels(one).items()}
    return _List(links.get(base) or base, own, starts)


def _read_levels(parent: ET.Element) -> dict[int, _Level]:
    return {
        int(level.get(f"{W}ilvl", "0")): _Level(
            value(level, "numFmt") or "decimal", value(level, "lvlText"), int(value(level, "start") or 1), value(level, "pStyle"),
            is_on(level.find(f"{W}isLgl")) or False, int(restart) if (restart := value(level, "lvlRestart")).isdigit() else None,
        )
        for level in parent.iter(f"{W}lvl")
        if level.get(f"{W}ilvl", "0").isdigit() and (value(level, "start") or "1").isdigit()
    }  # fmt: skip


def counted(count: int, form: str) -> str:
    """A number as lists show it."""
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in ("lowerRoman", "upperRoman"):
        return roman(count) if form == "lowerRoman" else roman(count).upper()
    if form == "ordinal":
        ending = "th" if count % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(count % 10, "th")
        return f"{count}{ending}"
    return f"{count:02}" if form == "decimalZero" else str(count)


def roman(count: int) -> str:
    """Small roman numerals, for 1 to 3,999."""
    written = ""
    for number, letters in _ROMAN.items():
        while count >= number and len(written) < 20:
            written += letters
            count -= number
    return written


_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_WINGDINGS = {
    0xFC: "\u2713", 0xFE: "\u2611", 0xFB: "\u2717", 0xFD: "\u2612", 0xA8: "\u2610", 0x6F: "\u2610", 0x71: "\u2610", 0x72: "\u2610",
    0x78: "\u2612", 0xE0: "\u2192", 0xE8: "\u2192", 0xF0: "\u2192", 0xDF: "\u2190", 0xE7: "\u2190", 0xE1: "\u2191", 0xE2: "\u2193",
    0xE9: "\u2191", 0xEA: "\u2193", 0x6C: "\u25cf", 0x6E: "\u25a0", 0xA7: "\u25aa", 0x76: "\u2756", 0xD8: "\u27a2", 0x4A: "\u263a",
    0x4C: "\u2639", 0x28: "\u260e", 0x2A: "\u2709", 0x46: "\u261e", 0xAB: "\u2605",
}  # fmt: skip
_SYMBOL = {
    0xB3: "\u2265", 0xA3: "\u2264", 0xB1: "\u00b1", 0xB4: "\u00d7", 0xB8: "\u00f7", 0xB9: "\u2260", 0xBB: "\u2248", 0xA5: "\u221e",
    0xB0: "\u00b0", 0xB7: "\u2022", 0xAE: "\u2192", 0xAC: "\u2190", 0xAD: "\u2191", 0xAF: "\u2193", 0xD6: "\u221a", 0x2D: "\u2212",
    0xA2: "\u2032", 0xB2: "\u2033", 0xBC: "\u2026", 0xD2: "\u00ae", 0xD3: "\u00a9", 0xD4: "\u2122", 0x61: "\u03b1", 0x62: "\u03b2",
    0x64: "\u03b4", 0x44: "\u0394", 0x6D: "\u03bc", 0x70: "\u03c0", 0x73: "\u03c3", 0x53: "\u03a3", 0x57: "\u03a9", 0xE5: "\u2211",
}  # fmt: skip
_WINGDINGS_2 = {
    0x50: "\u2713", 0x4F: "\u2717", 0x52: "\u2611", 0x54: "\u2612", 0x51: "\u2612", 0x53: "\u2612", 0xA3: "\u2610", 0x2A: "\u2610",
}  # fmt: skip
_WEBDINGS = {0x61: "\u2713", 0x72: "\u2717", 0x63: "\u2610", 0x67: "\u25a0"}
_FONTS = {"wingdings": _WINGDINGS, "symbol": _SYMBOL, "wingdings 2": _WINGDINGS_2, "webdings": _WEBDINGS}
UNKNOWN = "\ufffd"
TICKED, UNTICKED = "\u2612", "\u2610"


def sign(font: str, code: int) -> str:
    """The letter that looks like what the font draws; a plain letter where the font is none of signs."""
    table = _FONTS.get(font.strip().casefold())
    low = code - 0xF000 if 0xF000 <= code <= 0xF0FF else code
    if table is not None and low < 0x100:
        return table.get(low, UNKNOWN)
    return UNKNOWN if 0xE000 <= code <= 0xF8FF else chr(code) if 0x20 <= code < 0x110000 else ""


def drawn_in(font: str, words: str) -> str:
    """Words as the font draws them: letters that are none become signs. Plain letters in Symbol are left, as slips of the hand."""
    if (table := _FONTS.get(font.strip().casefold())) is None or (table is _SYMBOL and words.isascii()):
        return words
    return "".join(table.get(ord(one) - 0xF000 if one >= "\uf000" else ord(one), one) for one in words)


def equation(element: ET.Element) -> str:
    """An equation in one line: fractions with a stroke, powers with a caret."""
    return "".join(_math(element))


def _math(element: ET.Element) -> Iterator[str]:
    kind = element.tag.removeprefix(_M)
    parts = {child.tag.removeprefix(_M): child for child in element}
    if kind == "t":
        yield element.text or ""
    elif kind == "f" and {"num", "den"} <= parts.keys():
        yield f"{_held(parts['num'])}/{_held(parts['den'])}"
    elif kind in ("sSup", "sSub", "sSubSup"):
        below = f"_{_held(parts['sub'])}" if "sub" in parts else ""
        yield f"{_held(parts['e'])}{below}{'^' + _held(parts['sup']) if 'sup' in parts else ''}" if "e" in parts else ""
    elif kind == "rad":
        degree = equation(parts["deg"]) if "deg" in parts else ""
        yield f"{degree}\u221a{_held(parts['e'])}" if "e" in parts else ""
    elif kind == "d":
        yield f"({', '.join(equation(child) for child in element if child.tag == f'{_M}e')})"
    elif kind == "nary":
        sign_of = element.find(f"{_M}naryPr/{_M}chr")
        yield sign_of.get(f"{_M}val", "\u222b") if sign_of is not None else "\u222b"
        yield "".join(equation(parts[name]) + " " for name in ("sub", "sup", "e") if name in parts).rstrip()
    else:
        for child in element:
            yield from _math(child)


def _held(element: ET.Element) -> str:
    """In brackets, where it is more than one word."""
    words = equation(element).strip()
    return words if words.replace(".", "").replace(",", "").replace("%", "").isalnum() else f"({words})"
