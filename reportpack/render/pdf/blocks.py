"""What stands on pages one below another: paragraphs, and what is painted: rules, room to write, charts."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from reportpack.render.pdf.flow import AVOID, FREE, Block, Frame
from reportpack.render.pdf.lines import Line
from reportpack.render.pdf.page import Page
from reportpack.render.pdf.show import DrawGraphic, show_lines
from reportpack.render.pdf.structure import Node
from reportpack.render.pdf.styles import Style


def baseline(leading: float, size: float) -> float:
    """How far below the top of a line its letters stand."""
    return leading * 0.5 + size * 0.33


@dataclass(slots=True)
class Label:
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
        self.node = node
        self.lines = lines
        self.x = x
        self.size = size
        self.leading = leading
        self.graphic = graphic
        self.offsets: list[float] | None = None
        self.labels: list[Label] = []
        count = len(lines)
        self.heights = [leading] * count
        self.penalties = [AVOID if index in (1, count - 1) else FREE for index in range(count)]

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


LINE_TO_WRITE = 19.0
"""From one line for a pen to the next, in points."""
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
        for blocks in self.columns:
            y, gap = top, 0.0
            for index, block in enumerate(blocks):
                y -= max(gap, block.before) if index else 0.0
                yield block, y
                y, gap = y - block.height, block.after

    def fit(self, room: float) -> None:
        """Rule as many lines to write on as there is room for, a dozen at most."""
        if self.pad is None:
            return
        filled = next(blocks for blocks in self.columns if self.pad in blocks)
        self.pad.heights = []
        bare = max(block.height - y for block, y in SideBySide([filled]).inner(0.0))
        lines = min(max(int((room - bare) / LINE_TO_WRITE), 0), _MOST_LINES)
        self.pad.heights, self.pad.penalties = [LINE_TO_WRITE] * lines, [FREE] * lines
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


@dataclass(slots=True)
class Waiting:
    """A page number to be set when all pages are known, in a slot that was left in the page's content.

    `x` is its right edge, unless `wording` stands before it, within text that is open; that is spread to fill a `width`."""

    page: Page
    slot: int
    x: float
    y: float
    width: float
    target: str
    style: Style
    wording: str = ""
