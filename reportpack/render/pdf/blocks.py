"""What stands on pages one below another: paragraphs, rules, room to write, entries of the contents."""

from collections.abc import Callable
from dataclasses import dataclass

from reportpack.render.pdf.flow import AVOID, FREE, KEEP, Block
from reportpack.render.pdf.lines import Line
from reportpack.render.pdf.page import Link, Page
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
        for label in self.labels if first == 0 else ():
            self._draw_label(page, label, top)
        drop = baseline(self.leading, self.size)
        places = []
        for index in range(first, last):
            height = self.heights[index]
            extra = (height - self.leading) / 2 if self._tall(index) else 0.0
            shift = self.offsets[index] if self.offsets is not None else 0.0
            places.append((self.x + shift, top - drop - extra))
            top -= height
        show_lines(page, self.node, self.lines[first:last], places, self.graphic, more=last < len(self.lines))

    def _tall(self, index: int) -> bool:
        """Whether a graphic makes the line higher than others."""
        return any(piece[0].graphic is not None for word in self.lines[index][1] for piece in word[1])

    def _draw_label(self, page: Page, label: Label, top: float) -> None:
        drop = baseline(self.leading, self.size)
        places = [(label.x, top - drop - index * label.leading) for index in range(len(label.lines))]
        show_lines(page, label.node, label.lines, places, self.graphic)


def grow_lines(block: TextBlock) -> None:
    """Give lines with graphics the height that these need; their middle stands on the middle of the letters."""
    for index, line in enumerate(block.lines):
        highest = max((piece[0].graphic.height for word in line[1] for piece in word[1] if piece[0].graphic), default=0.0)
        block.heights[index] += max(highest + 1.5 - block.leading, 0.0)


class PadBlock(Block):
    """Room inside a callout, above or below what it holds."""

    __slots__ = ()

    def __init__(self, height: float) -> None:
        Block.__init__(self)
        self.heights, self.penalties = [height], [FREE]

    def draw(self, _page: Page, _first: int, _last: int, _top: float) -> None:
        """There is nothing to draw."""


class RuleBlock(Block):
    """A hairline."""

    __slots__ = ("colour", "left", "right", "weight")

    def __init__(self, left: float, right: float, weight: float, colour: str) -> None:
        Block.__init__(self)
        self.heights, self.penalties = [weight], [FREE]
        self.left, self.right, self.weight, self.colour = left, right, weight, colour

    def draw(self, page: Page, _first: int, _last: int, top: float) -> None:
        """Draw the hairline."""
        page.rule(self.left, self.right, top - self.weight / 2, self.weight, self.colour)


class RoomBlock(Block):
    """Ruled lines for a pen."""

    __slots__ = ("colour", "left", "right")

    def __init__(self, left: float, right: float, count: int, step: float, colour: str) -> None:
        Block.__init__(self)
        self.heights, self.penalties = [step] * count, [KEEP] * count
        self.left, self.right, self.colour = left, right, colour

    def draw(self, page: Page, first: int, last: int, top: float) -> None:
        """Draw ruled lines."""
        for index in range(first, last):
            top -= self.heights[index]
            page.rule(self.left, self.right, top + 0.5, 0.4, self.colour)


@dataclass(slots=True)
class Entry:
    """A line of the contents: what it says, where it leads, how deep it stands."""

    lines: list[Line]
    node: Node
    number: Node
    target: str
    words: str
    indent: float
    style: Style
    leading: float


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


class ContentsBlock(Block):
    """Entries with leaders; their page numbers come late."""

    __slots__ = ("entries", "graphic", "leader", "left", "right", "wait")

    def __init__(
        self,
        entries: list[Entry],
        left: float,
        right: float,
        leader: str,
        graphic: DrawGraphic,
        wait: Callable[[Waiting], None],
    ) -> None:
        Block.__init__(self)
        self.entries, self.left, self.right, self.leader, self.graphic, self.wait = entries, left, right, leader, graphic, wait
        self.heights = [
            entry.leading * len(entry.lines) + (entry.leading * 0.45 if not entry.indent and index else 0)
            for index, entry in enumerate(entries)
        ]
        self.penalties = [AVOID if index in (1, len(entries) - 1) else FREE for index in range(len(entries))]

    def draw(self, page: Page, first: int, last: int, top: float) -> None:
        """Show entries; their page numbers wait."""
        for index in range(first, last):
            entry = self.entries[index]
            self._draw_entry(page, entry, top - self.heights[index] + entry.leading * len(entry.lines))
            top -= self.heights[index]

    def _draw_entry(self, page: Page, entry: Entry, top: float) -> None:
        drop = baseline(entry.leading, entry.style.size)
        x = self.left + entry.indent
        places = [(x, top - drop - line * entry.leading) for line in range(len(entry.lines))]
        show_lines(page, entry.node, entry.lines, places, self.graphic)
        y = places[-1][1]
        start, end = x + entry.lines[-1][0] + 6, self.right - 22
        if end > start:
            first_dot = end - 4.0 * int((end - start) / 4.0)
            page.artifact(f"q {self.leader} RG 1 J .7 w [0 4] 0 d {first_dot:.2f} {y:.2f} m {end + 0.1:.2f} {y:.2f} l S Q")
        box = (self.left, y - entry.style.size * 0.3, self.right, top)
        page.link(box, Link(entry.target, entry.words, entry.node))
        page.content.append(page.begin(entry.number))
        self.wait(Waiting(page, page.leave_slot(), self.right, y, 0.0, entry.target, entry.style))
        page.content.append("EMC")
