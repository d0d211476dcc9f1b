"""The numbers that Word shows before paragraphs and does not store in their words."""

import xml.etree.ElementTree as ET
from dataclasses import field

from reportpack.records import dataclass

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    text: str
    start: int


@dataclass(slots=True)
class Numbering:
    """Counts paragraph by paragraph, in the order of the document."""

    levels: dict[str, dict[int, _Level]]
    lists: dict[str, str]
    counts: dict[str, list[int]] = field(default_factory=dict)

    def label(self, identity: str, depth: int) -> str:
        """What stands before the next paragraph of that list: `2.1`, `(a)`, a bullet; empty when the list is unknown."""
        abstract = self.lists.get(identity, "")
        levels = self.levels.get(abstract, {})
        level = levels.get(depth)
        if level is None or depth > 8:
            return ""
        if level.form in ("bullet", "none"):
            return "\u2022" if level.form == "bullet" else ""
        counts = self.counts.setdefault(abstract, [])
        while len(counts) <= depth:
            missing = levels.get(len(counts))
            counts.append((missing.start if missing else 1) - 1 if len(counts) == depth else (missing.start if missing else 1))
        counts[depth] += 1
        del counts[depth + 1 :]
        return self._shown(level, levels, counts)

    def _shown(self, level: _Level, levels: dict[int, _Level], counts: list[int]) -> str:
        text = level.text
        for at, count in enumerate(counts):
            form = levels[at].form if at in levels else "decimal"
            text = text.replace(f"%{at + 1}", _count(count, form))
        return text.strip()


def numbering_of(root: ET.Element | None) -> Numbering:
    """The lists of a document."""
    levels: dict[str, dict[int, _Level]] = {}
    lists: dict[str, str] = {}
    for abstract in root.iter(f"{_W}abstractNum") if root is not None else ():
        levels[abstract.get(f"{_W}abstractNumId", "")] = {
            int(level.get(f"{_W}ilvl", "0")): _Level(
                _value(level, "numFmt") or "decimal", _value(level, "lvlText"), int(_value(level, "start") or 1)
            )
            for level in abstract.iter(f"{_W}lvl")
            if level.get(f"{_W}ilvl", "0").isdigit() and (_value(level, "start") or "1").isdigit()
        }
    for number in root.iter(f"{_W}num") if root is not None else ():
        lists[number.get(f"{_W}numId", "")] = _value(number, "abstractNumId")
    return Numbering(levels, lists)


def _value(parent: ET.Element, tag: str) -> str:
    found = parent.find(f"{_W}{tag}")
    return found.get(f"{_W}val", "") if found is not None else ""


def _count(count: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (count - 1) % 26)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman"):
        return roman(count) if form == "lowerRoman" else roman(count).upper()
    return f"{count:02}" if form == "decimalZero" else str(count)


def roman(count: int) -> str:
    """Small roman numerals, for 1 to 3,999."""
    parts = (
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
    )
    written = ""
    for value, letters in (*parts, (5, "v"), (4, "iv"), (1, "i")):
        while count >= value and len(written) < 20:
            written += letters
            count -= value
    return written
