"""Shows lines of words on a page: one text object a run of lines, a piece of marked content for each owner of the words."""

from collections.abc import Callable, Sequence

from reportpack.render.pdf.lines import Line
from reportpack.render.pdf.page import Page
from reportpack.render.pdf.structure import Node
from reportpack.render.pdf.styles import Piece, Style, Word

DrawGraphic = Callable[[Page, Piece, float, float], None]
"""Draws what stands in a line: page, piece, left, baseline."""


def show_lines(
    page: Page, node: Node, lines: Sequence[Line], places: list[tuple[float, float]], graphic: DrawGraphic, *, more: bool = False
) -> None:
    """Show lines at their places (left, baseline) as content of the element; `more` lines of it follow on another page."""
    content = page.content
    content.append("BT")
    last = len(lines) - 1
    for index, (line, (x, y)) in enumerate(zip(lines, places, strict=True)):
        words = line[1]
        if not words:
            continue
        content.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        tail = line[2] if index < last or more else ""
        if not _show_uniform(page, node, words, tail):
            _Mixed(page, node, x, y, graphic).show(words, tail)
    if page.owner is not None:
        content.append("EMC")
        page.owner = None
    content.append("ET")


def _show_uniform(page: Page, node: Node, words: list[Word], tail: str) -> bool:
    """The quick way, for a line in one style; False when it is not in one."""
    style, font, *_ = words[0][1][0]
    if style.owner is not None or style.graphic is not None:
        return False
    codes = []
    for _, pieces in words:
        if len(pieces) != 1:
            return False
        piece = pieces[0]
        if piece[0] is not style or piece[1] != font:
            return False
        codes.append(piece[2])
    set_style(page, style, font, node)
    page.content.append(f"[({' '.join(codes)}{tail})]TJ")
    return True


def set_style(page: Page, style: Style, font: str, node: Node) -> None:
    """Change owner, face, colour and rise where they differ."""
    content = page.content
    owner = style.owner or node
    if owner is not page.owner:
        if page.owner is not None:
            content.append("EMC")
        content.append(page.begin(owner))
        page.owner = owner
    page.set_face(font, style.select, style.code)
    if style.rise != page.rise:
        content.append(f"{style.rise:.2f} Ts")
        page.rise = style.rise


class _Mixed:
    """A line whose style changes: links get their rectangles, graphics are drawn where they stand."""

    def __init__(self, page: Page, node: Node, x: float, y: float, graphic: DrawGraphic) -> None:
        self.page = page
        self.node = node
        self.x = x
        self.y = y
        self.graphic = graphic
        self.codes: list[str] = []
        self.style: Style | None = None
        self.font = ""
        self.spaced = False
        self.moved = False
        self.last: Piece | None = None
        self.linked: list[tuple[Style, float, float]] = []

    def show(self, words: list[Word], tail: str) -> None:
        self.last = words[-1][1][-1] if words[-1][1] else None
        for index, (_, pieces) in enumerate(words):
            self.spaced = index > 0
            for piece in pieces:
                self._piece(piece)
        if self.style is not None and self.style.graphic is None:
            self.codes.append(tail)
        self._flush()
        _annotate(self.page, self.linked, self.y)

    def _flush(self) -> None:
        if self.codes:
            self.page.content.append(f"[({''.join(self.codes)})]TJ")
            self.codes = []

    def _piece(self, piece: Piece) -> None:
        style = piece[0]
        if self.spaced and self.style is not None:
            self._space(style)
        self.spaced = False
        if style.graphic is not None:
            self._flush()
            if style.graphic.element.tag == "page":
                self._change(style, f"{style.face.name}0")
                free = piece is self.last
                self.graphic(self.page, piece, -1.0 if free else self.x, self.y)
            else:
                self._interrupt(piece)
            self.moved = True
        else:
            self._change(style, piece[1])
            self.codes.append(piece[2])
        self.style = style
        if style.link is not None:
            self.linked.append((style, self.x, self.x + piece[3]))
        self.x += piece[3]

    def _space(self, style: Style) -> None:
        """A space belongs to the words before it; after a graphic, to the words that follow."""
        before = self.style
        if before is not None and before.graphic is None:
            self.codes.append(" ")
            self.x += before.space
        elif style.graphic is None:
            self._change(style, f"{style.face.name}0")
            self.codes.append(" ")
            self.x += style.space
        else:
            self.x += style.space

    def _interrupt(self, piece: Piece) -> None:
        content = self.page.content
        if self.page.owner is not None:
            content.append("EMC")
            self.page.owner = None
        content.append("ET")
        self.graphic(self.page, piece, self.x, self.y)
        content.append("BT")

    def _change(self, style: Style, font: str) -> None:
        if self.moved:
            self.page.content.append(f"1 0 0 1 {self.x:.2f} {self.y:.2f} Tm")
            self.moved = False
        if style is not self.style or font != self.font:
            self._flush()
            set_style(self.page, style, font, self.node)
            self.font = font


def _annotate(page: Page, linked: list[tuple[Style, float, float]], y: float) -> None:
    spans: list[tuple[Style, float, float]] = []
    for style, left, right in linked if not page.hidden else []:
        if spans and spans[-1][0].link is style.link:
            spans[-1] = (style, spans[-1][1], right)
        else:
            spans.append((style, left, right))
    for style, left, right in spans:
        if style.link is not None:
            bottom = y + style.rise - style.size * 0.25
            page.link((left, bottom, right, bottom + style.size * 1.15), style.link)
