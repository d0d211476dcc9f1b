"""How a run of words looks, each of its words measured once, and words broken into lines, as many on each as fit; a word wider than the column is cut."""

from collections.abc import Iterator
from typing import Any

from reportpack import patterns as re
from reportpack.records import Changing
from reportpack.render.element import Element
from reportpack.render.pdf.faces import Face, read_face
from reportpack.render.pdf.lacking import segments, stand_in
from reportpack.render.pdf.objects import Node
from reportpack.render.pdf.page import Link, colour_operands
from reportpack.render.theme import Theme


class Graphic(Changing):
    """A chart or picture that stands in a line."""

    element: Element
    width: float
    height: float
    drop: float = 0.0


class Style:
    """A face at a size in a colour, and whose words they are: `owner` is an element within the paragraph, if there is one. `step` counts
    the faces that were asked before this one."""

    __slots__ = (
        "bold", "code", "colour", "face", "graphic", "italic", "known", "link", "nowrap", "owner", "rise", "select", "size", "space",
        "step", "words",
    )  # fmt: skip

    def __init__(self, face: Face, step: int, size: float, colour: str, rise: float, *, bold: bool, italic: bool) -> None:
        self.face, self.step, self.size, self.colour, self.bold = face, step, size, colour, bold
        self.italic, self.rise = italic, rise
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
        self.theme, self.files = theme, files
        self.faces: dict[str, Face] = {}
        self.styles: dict[tuple[float, str, bool, bool, float, int], Style] = {}

    def face(self, step: int, *, bold: bool, italic: bool) -> Face:
        """One of the faces that print such words."""
        file = self.theme.fonts.chain(bold=bold, italic=italic)[step]
        face = self.faces.get(file)
        if face is None:
            letter = "BI" if bold and italic else "B" if bold else "I" if italic else "R"
            face = self.faces[file] = read_face(self.files[file], letter + "wxyz"[step - 1 : step], file)
        return face

    def style(
        self, size: float, colour: str, *, bold: bool = False, italic: bool = False, rise: float = 0.0, step: int = 0
    ) -> Style:
        """The one style of these properties."""
        key = (size, colour, bold, italic, rise, step)
        style = self.styles.get(key)
        if style is None:
            face = self.face(step, bold=bold, italic=italic)
            style = self.styles[key] = Style(face, step, size, colour, rise, bold=bold, italic=italic)
        return style

    def runs(self, text: str, style: Style) -> Iterator[tuple[str, Style | None]]:
        """The text in runs, each in the style of the first face that has it; None where no face has."""
        last = style.step + 1 == len(self.theme.fonts.chain(bold=style.bold, italic=style.italic))
        for piece, lacks in segments(text, style.known, last=last):
            if lacks and not last:
                yield from self.runs(piece, self.varied(style, step=style.step + 1))
            else:
                yield piece, None if lacks else style

    def line(self, text: str, style: Style) -> "Word":
        """A line of words measured as one word, in the faces that print it."""
        if style.known.issuperset(text):
            return style.word(text)
        words = [(of or style).word(piece if of else stand_in(piece)) for piece, of in self.runs(text, style)]
        return sum(word[0] for word in words), tuple(piece for word in words for piece in word[1])

    def owned(self, style: Style, owner: Node | None, link: Link | None = None) -> Style:
        """The same look for the words of an element within the paragraph."""
        own = Style(style.face, style.step, style.size, style.colour, style.rise, bold=style.bold, italic=style.italic)
        own.owner, own.link, own.nowrap = owner, link or style.link, style.nowrap
        return own

    def varied(self, style: Style, **changes: Any) -> Style:
        """The style with another size, colour, bold, italic, rise or step, for the same owner."""
        kept = {name: getattr(style, name) for name in ("size", "colour", "bold", "italic", "rise")}
        changed = self.style(**kept | changes)
        if style.owner is None and not style.nowrap:
            return changed
        own = self.owned(changed, style.owner, style.link)
        own.nowrap = style.nowrap
        return own


Line = tuple[float, list[Word], str]
"""Its width, its words, and what stands at its end for those who hear or copy it: a space, or nothing within a word."""

_OPPORTUNITY = re.compile("(?<=[^\\W\\d_]{3})[-–—/](?=[^\\W\\d_]{2})|(?<=[^\\s]{12})[/_.@?&=](?=\\S?\\w)|\u200b|\u00ad")

_MEASURED = 1_000
_BOUND = re.compile("\u00a0")  # Where a run of bound words that is wider than its column breaks after all.


def break_lines(words: list[Word], limit: float, space: float) -> list[Line]:
    """Lines no wider than the limit."""
    lines: list[Line] = []
    line: list[Word] = []
    x = 0.0
    limit += 0.01
    for word in words:
        width = word[0]
        after = x + space + width if line else width
        if width >= 0.0 and after <= limit:
            line.append(word)
            x = after
            continue
        if word is BREAK:
            lines.append((x, line, " "))
            line, x = [], 0.0
        else:
            line, x = _force(lines, line, x, word, limit, space)
    if line or not lines:
        lines.append((x, line, " "))
    return lines


def well_broken_lines(words: list[Word], limit: float, space: float, *, even: bool) -> list[Line]:
    """As few lines, of which the last is more than one word where that can be; `even` ones are about equally long."""
    if BREAK in words:
        at = words.index(BREAK)
        first, rest = (well_broken_lines(run, limit, space, even=even) if run else [] for run in (words[:at], words[at + 1 :]))
        return [*(first or [(0.0, [], " ")]), *rest]
    lines = break_lines(words, limit, space)
    for step in range(1, 12) if len(lines) > 1 else ():
        if not even and len(lines[-1][1]) > 1:
            break
        narrower = break_lines(words, limit * (1 - 0.04 * step), space)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _force(lines: list[Line], line: list[Word], x: float, word: Word, limit: float, space: float) -> tuple[list[Word], float]:
    if any(len(piece[4]) > _MEASURED for piece in word[1]):  # what follows a break is measured anew, at the square of its length
        cuts = ((piece, at) for piece in word[1] for at in range(0, len(piece[4]) or 1, _MEASURED))
        parts = (one[0].word(one[4][at : at + _MEASURED])[1] if len(one[4]) > _MEASURED else (one,) for one, at in cuts)
        word = word[0], tuple(piece for part in parts for piece in part)
    while True:
        start = x + space if line else 0.0
        halves, tail = split_word(word, limit - start), ""
        if halves is None and word[0] > limit:
            halves, tail = split_word(word, limit - start, _BOUND), " "
        if halves is not None:
            lines.append((start + halves[0][0], [*line, halves[0]], tail))
            word = halves[1]
        elif line:
            lines.append((x, line, " "))
        line, x = [], 0.0
        if word[0] <= limit:
            return [word], word[0]
        if halves is None and split_word(word, limit) is None and split_word(word, limit, _BOUND) is None:
            break
    chunks = shatter(word, limit)
    lines.extend((chunk[0], [chunk], "") for chunk in chunks[:-1])
    return [chunks[-1]], chunks[-1][0]


def split_word(word: Word, room: float, places: re.Pattern[str] = _OPPORTUNITY) -> tuple[Word, Word] | None:
    """The word at its last hyphen, soft hyphen or slash that lets the first half fit; None when there is none."""
    found = _last_place(word[1], room, places)
    if found is None:
        return None
    index, before, start, end = found
    pieces = word[1]
    rest = pieces[index][0].word(pieces[index][4][end:])  # measured once: for every place it would cost the square of a long word
    after = pieces[index + 1 :]
    return (before + start[0], pieces[:index] + start[1]), (rest[0] + _width(after), rest[1] + after)


def _last_place(pieces: tuple[Piece, ...], room: float, places: re.Pattern[str]) -> tuple[int, float, Word, int] | None:
    before = 0.0
    best: tuple[int, float, Word, int] | None = None
    for index, piece in enumerate(pieces):
        style, text = piece[0], piece[4]
        for match in places.finditer(text):
            end = match.end()
            start = style.word(text[: end - 1] + "-" if match[0] == "\u00ad" else text[:end].rstrip("\u00a0"))
            if before + start[0] > room:
                return best
            best = index, before, start, end
        before += piece[3]
    return best


def shatter(word: Word, limit: float) -> list[Word]:
    """A word wider than the column in chunks that fit, cut at any character."""
    chunks: list[Word] = []
    held: list[Piece] = []
    x = 0.0
    for piece in word[1]:
        style, _, _, width, text = piece
        if x + width > limit and held and len(text) < 2:
            chunks.append((x, tuple(held)))
            held, x = [], 0.0
        if x + width <= limit or len(text) < 2:
            held.append(piece)
            x += width
            continue
        for run in _runs(style, text, limit - x, limit):
            if run and held:
                chunks.append((x, tuple(held)))
                held = []
            x, pieces = style._measure(run)
            held = list(pieces)
        x = _width(tuple(held))
    chunks.append((_width(tuple(held)), tuple(held)))
    return chunks


def _runs(style: Style, text: str, room: float, limit: float) -> list[str]:
    widths, size = style.face.widths, style.size / 1000
    runs, start, x = [], 0, 0.0
    limit = limit * 0.985 - 0.01
    room = min(room, limit)
    for index, character in enumerate(text):
        x += widths.get(character, 0.0) * size
        if x > room and index > start:
            runs.append(text[start:index])
            start, x, room = index, widths.get(character, 0.0) * size, limit
    runs.append(text[start:])
    return runs


def _width(pieces: tuple[Piece, ...]) -> float:
    return sum(piece[3] for piece in pieces)
