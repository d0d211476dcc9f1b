"""What stands on pages one below another: lines of words, and what is painted: rules, room to write, charts."""

from collections.abc import Callable, Iterator, Sequence
from itertools import chain

from reportpack.records import Changing
from reportpack.render.pdf.flow import AVOID, FREE, Block, Frame, stacked
from reportpack.render.pdf.objects import Node
from reportpack.render.pdf.page import Page
from reportpack.render.pdf.styles import Line, Piece, Style, Word

DrawGraphic = Callable[[Page, Piece, float, float], None]
"""Draws what stands in a line: page, piece, left, baseline."""


def show_lines(
    page: Page, node: Node, lines: Sequence[Line], places: list[tuple[float, float]], graphic: DrawGraphic, *, more: bool = False
) -> None:
    """Show lines at their places (left, baseline) as content of the element; `more` lines of it follow on another page."""
    content = page.content
    content.append("BT")
    set_lines(page, node, lines, places, graphic, more=more)
    if page.owner is not None:
        content.append("EMC")
        page.owner = None
    content.append("ET")


def set_lines(
    page: Page, node: Node, lines: Sequence[Line], places: list[tuple[float, float]], graphic: DrawGraphic, *, more: bool = False
) -> None:
    """The same within a text object that is open."""
    last = len(lines) - 1
    for index, (line, (x, y)) in enumerate(zip(lines, places, strict=True)):
        words = line[1]
        if not words:
            continue
        page.content.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        tail = line[2] if index < last or more else ""
        if not _show_uniform(page, node, words, tail):
            _Mixed(page, node, x, y, graphic).show(words, tail)


def _show_uniform(page: Page, node: Node, words: list[Word], tail: str) -> bool:
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
    face = f"/{font}{style.select}"
    if face != page.font:
        content.append(face)
        page.font = face
    if style.code != page.fill:
        content.append(style.code)
        page.fill = style.code
    if style.rise != page.rise:
        content.append(f"{style.rise:.2f} Ts")
        page.rise = style.rise


class _Mixed:
    """A line whose style changes: links get their rectangles, graphics are drawn where they stand."""

    def __init__(self, page: Page, node: Node, x: float, y: float, graphic: DrawGraphic) -> None:
        self.page, self.node, self.x, self.y, self.graphic = page, node, x, y, graphic
        self.codes: list[str] = []
        self.style: Style | None = None
        self.font = ""
        self.spaced = self.moved = False
        self.linked: list[tuple[Style, float, float]] = []

    def show(self, words: list[Word], tail: str) -> None:
        for index, (_, pieces) in enumerate(words):
            self.spaced = index > 0
            for piece in pieces:
                self._piece(piece)
        if self.style is not None and self.style.graphic is None:
            self.codes.append(tail)
        self._flush()
        spans: list[tuple[Style, float, float]] = []
        for style, left, right in self.linked if not self.page.hidden else []:
            if spans and spans[-1][0].link is style.link:
                spans[-1] = (style, spans[-1][1], right)
            else:
                spans.append((style, left, right))
        for style, left, right in spans:
            if style.link is not None:
                bottom = self.y + style.rise - style.size * 0.25
                self.page.link((left, bottom, right, bottom + style.size * 1.15), style.link)

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
                self.graphic(self.page, piece, self.x, self.y)
            else:
                content = self.page.content
                if self.page.owner is not None:
                    content.append("EMC")
                    self.page.owner = None
                content.append("ET")
                self.graphic(self.page, piece, self.x, self.y)
                content.append("BT")
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

    def _change(self, style: Style, font: str) -> None:
        if self.moved:
            self.page.content.append(f"1 0 0 1 {self.x:.2f} {self.y:.2f} Tm")
            self.moved = False
        if style is not self.style or font != self.font:
            self._flush()
            set_style(self.page, style, font, self.node)
            self.font = font


def baseline(leading: float, size: float) -> float:
    """How far below the top of a line its letters stand."""
    return leading * 0.5 + size * 0.33


class Label(Changing):
    """What stands beside a paragraph's first line: a bullet, a number, a term."""

    node: Node
    lines: list[Line]
    x: float
    size: float
    leading: float


class TextBlock(Block):
    """Lines of words as content of one element."""

    __slots__ = ("graphic", "labels", "leading", "lines", "node", "offsets", "size", "x")

    def __init__(self, node: Node, lines: list[Line], x: float, size: float, leading: float, graphic: DrawGraphic) -> None:
        Block.__init__(self)
        self.node, self.lines, self.x, self.size, self.leading = node, lines, x, size, leading
        self.graphic = graphic
        self.offsets: list[float] | None = None
        self.labels: list[Label] = []
        count = len(lines)
        self.heights = [leading] * count
        self.penalties = [AVOID if index in (1, count - 1) else FREE for index in range(count)]

    @property
    def element(self) -> Node:
        """The element whose words it is."""
        return self.node

    def align(self, share: float, width: float) -> None:
        """Move each line to the right by a share of the room it leaves: 0.5 centres, 1 sets flush right."""
        self.offsets = [share * (width - line[0]) for line in self.lines]

    def beside(self, label: Label) -> None:
        """Put a label beside the first line, before those that are there; the paragraph is at least as high as it."""
        self.labels.insert(0, label)
        missing = len(label.lines) * label.leading - sum(self.heights)
        if missing > 0:
            self.heights[-1] += missing

    def draw(self, page: Page, first: int, last: int, top: float) -> None:
        """Show lines, and the label beside the first."""
        drop = baseline(self.leading, self.size)
        for label in self.labels if first == 0 else ():
            places = [(label.x, top - drop - index * label.leading) for index in range(len(label.lines))]
            show_lines(page, label.node, label.lines, places, self.graphic)
        places = []
        for index in range(first, last):
            height = self.heights[index]
            tall = any(piece[0].graphic is not None for word in self.lines[index][1] for piece in word[1])
            extra = (height - self.leading) / 2 if tall else 0.0
            shift = self.offsets[index] if self.offsets is not None else 0.0
            places.append((self.x + shift, top - drop - extra))
            top -= height
        show_lines(page, self.node, self.lines[first:last], places, self.graphic, more=last < len(self.lines))


def grow_lines(block: TextBlock) -> None:
    """Give lines with graphics the height that these need; their middle stands on the middle of the letters."""
    for index, line in enumerate(block.lines):
        highest = max((piece[0].graphic.height for word in line[1] for piece in word[1] if piece[0].graphic), default=0.0)
        block.heights[index] += max(highest + 1.5 - block.leading, 0.0)


class PaintedBlock(Block):
    """Room in which something is painted, or nothing; `paint` gets the page, the top and the foot of each unit."""

    def __init__(
        self, heights: list[float], paint: Callable[[Page, float, float], None], frames: tuple[Frame, ...], penalty: int = FREE
    ) -> None:
        Block.__init__(self)
        self.heights, self.penalties = heights, [penalty] * len(heights)
        self.paint, self.frames = paint, frames

    def draw(self, page: Page, first: int, last: int, top: float) -> None:
        """Paint the units."""
        for height in self.heights[first:last]:
            self.paint(page, top, top - height)
            top -= height


LINE_TO_WRITE = 19.0  # From one line for a pen to the next, in points.
BELOW_WRITING = 10.0
_MOST_LINES = 12


class SideBySide(Block):
    """Columns of blocks beside one another: one unit, within which no page begins. `pad` is room to write that takes what the page leaves."""

    __slots__ = ("columns", "pad")

    def __init__(self, columns: Sequence[Sequence[Block]], pad: "PaintedBlock | None" = None) -> None:
        Block.__init__(self)
        self.columns, self.pad, self.grows = columns, pad, pad is not None
        self.heights, self.penalties = [max(block.height - y for block, y in self.inner(0.0))], [FREE]
        notes = [note for blocks in columns for block in blocks for notes in block.notes.values() for note in notes]
        self.notes = {0: notes} if notes else {}

    def inner(self, top: float) -> Iterator[tuple[Block, float]]:
        """Column by column."""
        return chain.from_iterable(stacked(blocks, top) for blocks in self.columns)

    def fit(self, room: float) -> None:
        """Rule as many lines to write on as there is room for, a dozen at most."""
        if self.pad is None:
            return
        filled = next(blocks for blocks in self.columns if self.pad in blocks)
        self.pad.heights, self.pad.after = [], 0.0
        bare = max(block.height - y for block, y in stacked(filled, 0.0))
        lines = min(max(int((room - bare - BELOW_WRITING) / LINE_TO_WRITE), 0), _MOST_LINES)
        self.pad.heights, self.pad.penalties = [LINE_TO_WRITE] * lines, [FREE] * lines
        self.pad.after = BELOW_WRITING if lines else 0.0
        self.heights = [max(block.height - y for block, y in self.inner(0.0))]

    def draw(self, page: Page, _first: int, _last: int, top: float) -> None:
        """Draw the columns, and what stands behind their blocks."""
        behind: dict[Frame, list[float]] = {}
        for block, y in self.inner(top):
            block.draw(page, 0, len(block.heights), y)
            for frame in block.frames:
                behind.setdefault(frame, [y, y])[1] = y - block.height
        for frame, (upper, lower) in behind.items():
            frame.paint(page, (frame.left, lower, frame.right, upper))


class Waiting(Changing):
    """A page number to be set when all pages are known, in a slot that was left in the page's content.

    `x` is its right edge, unless `wording` stands before it, within text that is open; what follows closes up to it."""

    page: Page
    slot: int
    x: float
    y: float
    target: str
    style: Style
    wording: str = ""
