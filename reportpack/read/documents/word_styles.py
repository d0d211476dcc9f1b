"""How a paragraph or a run looks by its styles and its own settings: bold, struck, hidden, a heading of which level, in which list."""

import xml.etree.ElementTree as ET
from dataclasses import field
from functools import lru_cache

from reportpack.read.documents.blocks import PLAIN, Look, Style
from reportpack.read.documents.word_parts import W, is_on, usual_xml, value
from reportpack.records import dataclass

_TINY = 2
"""Half points: what is one point high is there to be overlooked."""
_DEEPEST = 20
_WHITE = frozenset({"FFFFFF", "FEFEFE", "FDFDFD"})
_NO_FILL = frozenset({"", "auto", *_WHITE})


@dataclass(slots=True)
class Styles:
    """The styles of a document, worked out when they are first asked for."""

    elements: dict[str, ET.Element]
    plain: Look
    done: dict[str, Style] = field(default_factory=dict)
    looks: dict[str, Look] = field(default_factory=dict)
    shades: dict[str, bool] = field(default_factory=dict)

    def style(self, identity: str, depth: int = 0) -> Style:
        """The style of that id; a plain one when there is none."""
        if identity not in self.done:
            element = self.elements.get(identity)
            below = value(element, "basedOn") if element is not None and depth < _DEEPEST else ""
            self.done[identity] = _style(element, self.style(below, depth + 1) if below else Style(look=PLAIN))
        return self.done[identity]

    def look(self, identity: str) -> Look:
        """How the words of a paragraph of that style look."""
        if identity not in self.looks:
            self.looks[identity] = self.plain.under(self.style(identity).look)
        return self.looks[identity]

    def shades_table(self, identity: str) -> bool:
        """Whether a style of tables puts a ground behind any of its cells."""
        if identity not in self.shades:
            element = self.elements.get(identity)
            filled = element is not None and any(is_filled(one) for one in element.iter(f"{W}shd"))
            below = value(element, "basedOn")
            self.shades[identity] = False
            self.shades[identity] = filled or bool(below and self.shades_table(below))
        return self.shades[identity]


@lru_cache(maxsize=8)
def styles_of(data: bytes) -> Styles:
    """The styles of a document by the bytes of their part, which many documents of one office share."""
    root = usual_xml(data, "styles")
    if root is None:
        return Styles({}, PLAIN)
    elements = {one.get(f"{W}styleId", ""): one for one in root.iter(f"{W}style")}
    default = next(
        (one for one in elements.values() if one.get(f"{W}type") == "paragraph" and one.get(f"{W}default") == "1"), None
    )
    plain = look_of(root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
    return Styles({**elements, "": default} if default is not None else elements, plain)


def look_of(settings: ET.Element | None) -> Look:
    """What run settings say of themselves."""
    if settings is None or not len(settings):
        return PLAIN
    size, colour = value(settings, "sz"), settings.find(f"{W}color")
    struck = [one for name in ("strike", "dstrike") if (one := is_on(settings.find(f"{W}{name}"))) is not None]
    return Look(
        is_on(settings.find(f"{W}b")),
        any(struck) if struck else None,
        is_on(settings.find(f"{W}vanish")),
        None if colour is None else _is_white(colour),
        int(size) <= _TINY if size.isdigit() else None,
        True if is_filled(settings.find(f"{W}shd")) or value(settings, "highlight") not in ("", "none", "white") else None,
    )


def is_filled(shade: ET.Element | None) -> bool:
    """Whether a ground is put behind the words."""
    if shade is None:
        return False
    pattern = shade.get(f"{W}val", "clear") not in ("clear", "nil", "")
    return (
        pattern or bool(shade.get(f"{W}themeFill")) or shade.get(f"{W}fill", "").upper() not in {one.upper() for one in _NO_FILL}
    )


def _is_white(colour: ET.Element) -> bool:
    theme = colour.get(f"{W}themeColor", "")
    if theme:
        return theme in ("background1", "light1") and not colour.get(f"{W}themeShade")
    return colour.get(f"{W}val", "").upper() in _WHITE


def _style(element: ET.Element | None, below: Style) -> Style:
    if element is None:
        return below
    name = value(element, "name").lower()
    paragraph = element.find(f"{W}pPr")
    outline = value(paragraph, "outlineLvl")
    level = int(name[-1]) if name.startswith("heading ") and name[-1].isdigit() else int(name in ("title", "subtitle"))
    if not level:
        level = (int(outline) + 1) % 10 if outline.isdigit() else below.level
    look = below.look.under(look_of(element.find(f"{W}rPr")))
    if paragraph is not None and is_filled(paragraph.find(f"{W}shd")):
        look = look.under(Look(shaded=True))
    listed = value(paragraph, "numPr/numId")
    depth = value(paragraph, "numPr/ilvl")
    return Style(name, level, listed or below.listed, depth or below.depth, look)
