"""How things look in an OpenDocument text by their styles, and the numbers of its lists."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import field

from reportpack.read.documents.blocks import BULLET, PLAIN, RunLook, Style
from reportpack.read.documents.word_numbers import counted
from reportpack.read.words.marks import style_mark
from reportpack.records import Changing, Record

TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
_WHITE = frozenset({"#ffffff", "#fefefe", "#fdfdfd"})
_DEEPEST = 20


class _Level(Record):
    """How a level of a list counts: `shown` are the levels that its number names, its own the last."""

    form: str
    before: str
    after: str
    start: int
    shown: int

    def label(self, counts: list[int]) -> str:
        return self.before + ".".join(counted(count, self.form) for count in counts[-self.shown :]) + self.after


class OdtStyles(Changing):
    """The styles of a document by family and name, worked out when they are first asked for."""

    elements: dict[tuple[str, str], ET.Element]
    lists: dict[str, dict[int, _Level]]
    outline: dict[int, _Level]
    done: dict[tuple[str, str], Style] = field(default_factory=dict)

    def style(self, family: str, name: str, depth: int = 0) -> Style:
        """The style of that name; a plain one when there is none."""
        key = family, name
        if key not in self.done:
            element = self.elements.get(key)
            parent = element.get(f"{STYLE}parent-style-name", "") if element is not None and depth < _DEEPEST else ""
            below = self.style(family, parent, depth + 1) if parent else Style()
            self.done[key] = _style(element, below) if element is not None else below
        return self.done[key]

    def marking(self, family: str, name: str) -> str:
        """The name, as people see it, of that style or the nearest that it is based on whose name marks words; empty where none does."""
        for _ in range(_DEEPEST):
            element = self.elements.get((family, name))
            shown = name if element is None else element.get(f"{STYLE}display-name", name)
            shown = shown.replace("_20_", " ")
            if not name or style_mark(shown):
                return shown
            name = element.get(f"{STYLE}parent-style-name", "") if element is not None else ""
        return ""

    def label(self, listed: str, counts: list[int]) -> str:
        """What stands before an entry of that list; a bullet where it does not count."""
        level = self.lists.get(listed, {}).get(len(counts))
        return level.label(counts) if level is not None else BULLET

    def start(self, listed: str, depth: int) -> int:
        """The number at which a level begins."""
        level = self.lists.get(listed, {}).get(depth)
        return level.start if level is not None else 1


def odt_styles(*roots: ET.Element | None) -> OdtStyles:
    """The styles of the parts of a document, those of the later parts first."""
    elements: dict[tuple[str, str], ET.Element] = {}
    lists: dict[str, dict[int, _Level]] = {}
    outline: dict[int, _Level] = {}
    for root in roots:
        for one in root.iter(f"{STYLE}style") if root is not None else ():
            elements[one.get(f"{STYLE}family", ""), one.get(f"{STYLE}name", "")] = one
        for one in root.iter(f"{TEXT}list-style") if root is not None else ():
            lists[one.get(f"{STYLE}name", "")] = dict(_levels(one))
        for one in root.iter(f"{TEXT}outline-style") if root is not None else ():
            outline = dict(_levels(one))
    return OdtStyles(elements, lists, outline)


def _levels(parent: ET.Element) -> Iterator[tuple[int, _Level]]:
    for one in parent:
        form, level = one.get(f"{STYLE}num-format", ""), one.get(f"{TEXT}level", "")
        if form and level.isdigit():
            start, shown = one.get(f"{TEXT}start-value", "1"), one.get(f"{TEXT}display-levels", "1")
            around = one.get(f"{STYLE}num-prefix", ""), one.get(f"{STYLE}num-suffix", "")
            numbers = [int(text) if text.isdigit() else 1 for text in (start, shown)]
            yield int(level), _Level(_FORMS.get(form, "decimal"), *around, *numbers)


def _style(element: ET.Element, below: Style) -> Style:
    level = element.get(f"{STYLE}default-outline-level", "")
    look = below.look
    for settings in element:
        look = look.under(_look(settings))
    listed = element.get(f"{STYLE}list-style-name")
    name = element.get(f"{STYLE}display-name", element.get(f"{STYLE}name", ""))
    depth = int(level) if level.isdigit() else below.level
    return Style(name.lower(), depth, below.listed if listed is None else listed, "", look)


def _look(settings: ET.Element) -> RunLook:
    if not settings.tag.endswith("-properties"):
        return PLAIN
    weight, colour = settings.get(f"{FO}font-weight"), settings.get(f"{FO}color")
    struck = settings.get(f"{STYLE}text-line-through-style") or settings.get(f"{STYLE}text-line-through-type")
    size, ground = settings.get(f"{FO}font-size", ""), settings.get(f"{FO}background-color")
    points, shown = size.removesuffix("pt"), settings.get(f"{TEXT}display")
    return RunLook(
        None if weight is None else weight in ("bold", "600", "700", "800", "900"), None if struck is None else struck != "none",
        None if shown is None else shown == "none", None if colour is None else colour.lower() in _WHITE,
        float(points) <= 1 if size.endswith("pt") and points.replace(".", "", 1).isdigit() else None,
        None if ground is None else ground.lower() not in ("transparent", *_WHITE),
    )  # fmt: skip
