"""How a run of words looks, and each of its words measured once."""

from dataclasses import dataclass
from typing import Any

from reportpack.render.element import Element
from reportpack.render.pdf.faces import Face, read_face
from reportpack.render.pdf.page import Link, colour_operands
from reportpack.render.pdf.structure import Node
from reportpack.render.theme import Theme


@dataclass(slots=True)
class Graphic:
    """A chart or picture that stands in a line."""

    element: Element
    width: float
    height: float
    drop: float = 0.0


class Style:
    """A face at a size in a colour, and whose words they are: `owner` is an element within the paragraph, if there is one."""

    __slots__ = (
        "bold", "code", "colour", "face", "fallback", "graphic", "italic", "known", "link", "nowrap", "owner", "rise", "select", "size",
        "space", "words",
    )  # fmt: skip

    def __init__(self, face: Face, fallback: Face, size: float, colour: str, rise: float, *, bold: bool, italic: bool) -> None:
        self.face = face
        self.fallback = fallback
        self.size = size
        self.colour = colour
        self.bold = bold
        self.italic = italic
        self.rise = rise
        self.owner: Node | None = None
        self.link: Link | None = None
        self.graphic: Graphic | None = None
        self.nowrap = False
        self.known = face.known
        self.space = face.space * size / 1000
        self.words: dict[str, Word] = {}
        self.code = colour_operands(colour) + " rg"
        self.select = f" {size:.4g} Tf"

    def word(self, text: str) -> "Word":
        """A word, measured."""
        found = self.words.get(text)
        if found is None:
            found = self.words[text] = self._measure(text)
        return found

    def _measure(self, text: str) -> "Word":
        width, code, parts = self.face.encode(text)
        width *= self.size / 1000
        name = self.face.name
        if parts is None:
            return width, ((self, f"{name}0", code, width, text),)
        pieces = [(self, f"{name}{subset}", inner, 0.0, "") for subset, inner in parts]
        pieces[0] = (self, pieces[0][1], pieces[0][2], width, text)
        return width, tuple(pieces)


Piece = tuple[Style, str, str, float, str]
"""Style, font, code, width, text."""
Word = tuple[float, tuple[Piece, ...]]
BREAK: Word = (-1.0, ())


class StyleBook:
    """The faces of a theme, read when first used, and every style made from them."""

    def __init__(self, theme: Theme, files: dict[str, bytes]) -> None:
        self.theme = theme
        self.files = files
        self.faces: dict[str, Face] = {}
        self.styles: dict[tuple[float, str, bool, bool, float], Style] = {}
        names = theme.fonts
        self.names = {
            (False, False): names.regular,
            (False, True): names.italic,
            (True, False): names.bold,
            (True, True): names.bold_italic,
        }

    def face(self, *, bold: bool, italic: bool) -> Face:
        """One of the four faces."""
        file = self.names[(bold, italic)]
        face = self.faces.get(file)
        if face is None:
            letter = "BI" if bold and italic else "B" if bold else "I" if italic else "R"
            face = self.faces[file] = read_face(self.files[file], letter, file)
        return face

    def style(self, size: float, colour: str, *, bold: bool = False, italic: bool = False, rise: float = 0.0) -> Style:
        """The one style of these properties."""
        key = (size, colour, bold, italic, rise)
        style = self.styles.get(key)
        if style is None:
            face = self.face(bold=bold, italic=italic)
            fallback = self.face(bold=bold, italic=False) if italic else face
            style = self.styles[key] = Style(face, fallback, size, colour, rise, bold=bold, italic=italic)
        return style

    def owned(self, style: Style, owner: Node | None, link: Link | None = None) -> Style:
        """The same look for the words of an element within the paragraph."""
        own = Style(style.face, style.fallback, style.size, style.colour, style.rise, bold=style.bold, italic=style.italic)
        own.owner, own.link, own.nowrap = owner, link or style.link, style.nowrap
        return own

    def varied(self, style: Style, **changes: Any) -> Style:
        """The style with another size, colour, bold, italic or rise, for the same owner."""
        kept = {"size": style.size, "colour": style.colour, "bold": style.bold, "italic": style.italic, "rise": style.rise}
        changed = self.style(**kept | changes)  # type: ignore[arg-type]
        if style.owner is None and not style.nowrap:
            return changed
        own = self.owned(changed, style.owner, style.link)
        own.nowrap = style.nowrap
        return own
