"""Fills pages with blocks in one pass: what must stay together does, and no page is ever set twice.

A block is a column of units (lines, rows) with a penalty before each for a break there. Blocks are held back while they must stay with
the next; then all that is held is placed, or broken where it costs least.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import groupby

from reportpack.render.pdf.page import Box, Page

FREE, AVOID, KEEP, NEVER = 0, 1, 2, 3
"""Penalties: a break is free, leaves a line or row stranded, tears what should be whole, or cannot be."""
Heading = tuple[int, str, Page, float]
"""Level, words, page, height on the page."""

Places = dict[str, tuple[Page, float, float]]
"""Where what is linked to stands, by id."""


@dataclass(slots=True, eq=False)
class Frame:
    """What stands around or behind blocks: a callout. `paint` gets the page and the box on that page."""

    paint: Callable[[Page, Box], None]
    left: float
    right: float


class Block:
    """Units to be placed one below another. Subclasses draw them."""

    __slots__ = ("after", "anchors", "before", "frames", "heading", "heights", "keep_next", "notes", "penalties")

    def __init__(self) -> None:
        self.heights: list[float] = []
        self.penalties: list[int] = []
        self.before = 0.0
        self.after = 0.0
        self.keep_next = False
        self.frames: tuple[Frame, ...] = ()
        self.anchors: tuple[str, ...] = ()
        self.notes: dict[int, list[Block]] = {}
        self.heading: tuple[int, str] | None = None

    @property
    def height(self) -> float:
        """All units together."""
        return sum(self.heights)

    def carried(self) -> float:
        """The height of what prints again when a page begins within the block: the head of a table."""
        return 0.0

    def inner(self, _top: float) -> Iterator[tuple["Block", float]]:
        """The blocks that stand within this one, each with where its top is when this one's is there."""
        return iter(())

    def fit(self, room: float) -> None:
        """Shrink or grow to the room that is left on the page, where something within can."""

    def draw(self, page: Page, first: int, last: int, top: float) -> None:
        """Draw the units from `first` up to but not including `last`."""
        raise NotImplementedError  # pragma: no cover - every block draws


@dataclass(slots=True)
class Area:
    """Where words may stand on a page."""

    left: float
    right: float
    top: float
    bottom: float


class Flow:
    """The pages as they fill. `begin` opens a page and `finish` draws what every page carries and writes it; `rule` colours that above notes; `places` learn where ids stand."""

    def __init__(self, begin: Callable[[], tuple[Page, Area]], finish: Callable[[Page], None], rule: str, places: Places) -> None:
        self.begin = begin
        self.finish = finish
        self.rule = rule
        self.places = places
        self.page: Page | None = None
        self.area = Area(0, 0, 0, 0)
        self.y = 0.0
        self.gap = 0.0
        self.fresh = True
        self.held: list[Block] = []
        self.notes: list[Block] = []
        self.open_frames: dict[Frame, list[float]] = {}
        self.headings: list[Heading] = []
        self.next_anchors: tuple[str, ...] = ()

    def open(self) -> Page:
        """The page that is open; a new one if none is."""
        if self.page is None:
            self.page, self.area = self.begin()
            self.y = self.area.top
            self.gap = 0.0
            self.fresh = True
            self.notes = []
        return self.page

    def end_page(self) -> None:
        """Close the page: footnotes, frames, running matter."""
        page = self.page
        if page is None:
            return
        if self.notes:
            y = self.area.bottom - 12.0
            page.rule(self.area.left, self.area.left + 60.0, y + 5.0, 0.4, self.rule)
            for block in self.notes:
                block.draw(page, 0, len(block.heights), y)
                y -= block.height
        for frame, (top, bottom) in self.open_frames.items():
            frame.paint(page, (frame.left, bottom, frame.right, top))
        self.open_frames = {}
        self.finish(page)
        self.page = None

    def add(self, block: Block) -> None:
        """Place a block, or hold it until what it must stay with has come."""
        if self.next_anchors:
            block.anchors += self.next_anchors
            self.next_anchors = ()
        self.held.append(block)
        if not block.keep_next:
            self.flush()

    def flush(self) -> None:
        """Place all that is held, though nothing follows it."""
        held, self.held = self.held, []
        if not held:
            return
        page = self.open()
        for room in (self.y - self.area.bottom, self.area.top - self.area.bottom):
            held[-1].fit(room - self._needed(held) + held[-1].height)
            if self._needed(held) <= self.y - self.area.bottom:
                break
        if self._needed(held) <= self.y - self.area.bottom:
            for block in held:
                self._place(page, block, 0, len(block.heights))
            return
        self._break([(block, index) for block in held for index in range(len(block.heights))])

    def _needed(self, held: list[Block]) -> float:
        height, gap, fresh = 0.0, self.gap, self.fresh
        for block in held:
            height += block.height + (0.0 if fresh else max(gap, block.before))
            gap, fresh = block.after, False
            if block.notes:
                height += sum(note_height(notes) for notes in block.notes.values()) + (0.0 if self.notes else 12.0)
        return height

    def _break(self, units: list[tuple[Block, int]]) -> None:
        start = 0
        while start < len(units):
            page = self.open()
            end = self._fitting(units, start)
            if end == start and not self.fresh:
                self.end_page()
                continue
            last = max(end, start + 1)
            for block, part in groupby(units[start:last], lambda unit: unit[0]):
                indexes = [index for _, index in part]
                self._place(page, block, indexes[0], indexes[-1] + 1)
            start = last
            if start < len(units):
                self.end_page()

    def _fitting(self, units: list[tuple[Block, int]], start: int) -> int:
        """Up to where units are placed on this page: the last break of the least penalty that fits; `start` for a new page."""
        room = self.y - self.area.bottom
        used, gap, fresh = 0.0, self.gap, self.fresh
        noted = bool(self.notes)
        best = {FREE: start, AVOID: start, KEEP: start, NEVER: start}
        for place in range(start, len(units)):
            block, index = units[place]
            if place > start:
                between = KEEP if units[place - 1][0].keep_next else FREE
                best[block.penalties[index] if index else between] = place
            if index == 0:
                used += 0.0 if fresh else max(gap, block.before)
                gap = block.after
            elif place == start:
                used += block.carried()
            fresh = False
            used += block.heights[index]
            if index in block.notes:
                used += note_height(block.notes[index]) + (0.0 if noted else 12.0)
                noted = True
            if used > room + 0.01:
                break
        else:
            return len(units)
        if best[FREE] > start or not self.fresh:
            return best[FREE]
        return next((best[penalty] for penalty in (AVOID, KEEP, NEVER) if best[penalty] > start), start)

    def _place(self, page: Page, block: Block, first: int, last: int) -> None:
        if first == 0:
            self.y -= 0.0 if self.fresh else max(self.gap, block.before)
            for one, y in ((block, self.y), *block.inner(self.y)):
                for name in one.anchors:
                    self.places.setdefault(name, (page, self.area.left, y))
                if one.heading is not None:
                    self.headings.append((*one.heading, page, y))
        top = self.y
        if first > 0:
            self.y -= block.carried()
        block.draw(page, first, last, top)
        self.y -= sum(block.heights[first:last])
        self.gap = block.after
        self.fresh = False
        for frame in block.frames:
            self.open_frames.setdefault(frame, [top, self.y])[1] = self.y
        for index, notes in block.notes.items():
            if first <= index < last:
                self.notes += notes
                self.area.bottom += note_height(notes) + (12.0 if len(self.notes) == len(notes) else 0.0)


def note_height(notes: list[Block]) -> float:
    """The height of the blocks of footnotes."""
    return sum(block.height for block in notes)
