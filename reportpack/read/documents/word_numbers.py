"""The numbers that Word shows before paragraphs and does not store in their words."""

import xml.etree.ElementTree as ET
from dataclasses import field
from functools import lru_cache

from reportpack.read.documents.blocks import BULLET
from reportpack.read.documents.word_styles import W, is_on, usual_xml, value
from reportpack.records import dataclass

_DEEPEST = 8
_ROMAN = {
    1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l", 40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    """`restart` is the depth, from 1, after which it begins anew; None after any above it. `legal` shows every number in figures."""

    form: str
    text: str
    start: int
    style: str = ""
    legal: bool = False
    restart: int | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """A list as paragraphs name it: the levels it takes from another, those of its own, and where it begins anew."""

    base: str
    own: dict[int, _Level]
    starts: dict[int, int]


@dataclass(slots=True)
class Numbering:
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
