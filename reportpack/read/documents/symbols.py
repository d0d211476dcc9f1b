"""Signs that a font draws for letters that are none, and equations as words."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

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
_FONTS = {"wingdings": _WINGDINGS, "symbol": _SYMBOL, "wingdings 2": _WINGDINGS_2}
UNKNOWN = "\ufffd"
"""A sign of a font that is not known: something stood here."""
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
    table = _FONTS.get(font.strip().casefold())
    if table is None or (table is _SYMBOL and words.isascii()):
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
