"""Fills pages with blocks in one pass: what must stay together does, and no page is ever set twice.

A block is a column of units (lines, rows) with a penalty before each for a break there. Blocks are held back some pages ahead, so that a
short section can share a page and the last page of a long one is no scrap; then they are placed, broken where it costs least."""

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from reportpack.records import Changing
from reportpack.render.pdf.objects import Node
from reportpack.render.pdf.page import Box, Page

FREE, AVOID, WHOLE, KEEP, NEVER = range(5)
"""Penalties: a break is free, leaves a line or row stranded, tears what should be whole, parts what belongs together, or cannot be."""


class Place(Changing):
    """Where something stands: from the left and from below, in points; its element, where it is one of words, and how much of the page was marked before it."""

    page: Page
    x: float
    y: float
    node: Node | None
    marked: int

    @property
    def element(self) -> int:
        """The number of its element, else of what is marked next, else last; 0 on a page without any."""
        marked = self.page.marked
        return self.node.number if self.node is not None else ([0, *marked[: self.marked + 1]])[-1]


Heading = tuple[int, str, Place]
"""Level, words, where it stands."""

Places = dict[str, Place]
"""Where what is linked to stands, by id."""


class Frame(Changing, eq=False):
    """What stands around or behind blocks: a callout. `paint` gets the page and the box on that page."""

    paint: Callable[[Page, Box], None]
    left: float
    right: float


class Block:
    """Units to be placed one below another. Subclasses draw them."""

    __slots__ = ("after", "anchors", "before", "frames", "grows", "heading", "heights", "keep_next", "notes", "penalties")
    columns: Sequence[Sequence["Block"]] = ()

    @property
    def element(self) -> Node | None:
        """The element whose words it is; None where it is made of others."""
        return None

    def __init__(self) -> None:
        self.heights: list[float] = []
        self.penalties: list[int] = []
        self.before = self.after = 0.0
        self.keep_next = FREE
        self.grows = False
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


def stacked(blocks: Sequence[Block], top: float) -> Iterator[tuple[Block, float]]:
    """Blocks one below another, each with where its top is."""
    gap = 0.0
    for index, block in enumerate(blocks):
        top -= max(gap, block.before) if index else 0.0
        yield block, top
        top, gap = top - block.height, block.after


Unit = tuple[Block, int]
_LONGEST_PAGE = 1200.0
_BETWEEN_SECTIONS = 40.0  # Points: as high as the largest sheet, and what stands between two sections of a page.
_MOST_BLANK = 0.4  # Of a page: rather than leave more, what should be whole is torn.


class Area(Changing):
    """Where words may stand on a page."""

    left: float
    right: float
    top: float
    bottom: float


class Flow:
    """The pages as they fill. `begin` opens a page and `finish` draws what every page carries and writes it; `rule` colours that above notes; `places` learn where ids stand.

    `shared` says that the section began below another."""

    def __init__(self, begin: Callable[[], tuple[Page, Area]], finish: Callable[[Page], None], rule: str, places: Places) -> None:
        self.begin, self.finish, self.rule, self.places = begin, finish, rule, places
        self.page: Page | None = None
        self.area = Area(0, 0, 0, 0)
        self.y = self.gap = 0.0
        self.fresh = True
        self.held: list[Unit] = []
        self.waiting = 0.0
        self.starts = self.shared = False
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

    def begin_section(self, *, shares: bool) -> None:
        """What comes now begins a new page; where it `shares`, it may stand below a short section instead."""
        self.starts, self.shared = shares, False
        if not shares:
            self.end_page()
            self.open()

    def add(self, block: Block) -> None:
        """Hold a block until what follows it is known, three pages ahead."""
        block.anchors += self.next_anchors
        self.next_anchors = ()
        self.held.extend([(block, index) for index in range(len(block.heights))])
        self.waiting += block.height
        if self.waiting > 3 * _LONGEST_PAGE:
            self._fill_pages(2 * _LONGEST_PAGE)

    def flush(self) -> None:
        """Place all that is held, though nothing follows it."""
        self._fill_pages(0.0)

    def _fill_pages(self, spare: float) -> None:
        units, start = self.held, 0
        if units and self.starts:
            self._start()
        while start < len(units) and (not spare or self.waiting >= spare):
            page = self.open()
            end = self._fitting(units, start)
            if self._set_apart(units, start, end):
                continue
            if end == start and not self.fresh:
                self.end_page()
                continue
            end = max(end, start + 1)
            if end < len(units) and not spare:
                end = self._balanced(units, start, end)
            for block, part in groupby(units[start:end], lambda unit: unit[0]):
                indexes = [index for _, index in part]
                self._place(page, block, indexes[0], indexes[-1] + 1)
                self.waiting -= sum(block.heights[indexes[0] : indexes[-1] + 1])
            start = end
            if start < len(units):
                self.end_page()
        self.held = units[start:]

    def _set_apart(self, units: list[Unit], start: int, end: int) -> bool:
        """Whether columns that begin the next page, below the heads that they stay with, were set below each other for what they leave of this."""
        at = end
        while at + 1 < len(units) and self._penalty(units, at + 1) >= KEEP:
            at += 1
        apart = [block for blocks in units[at][0].columns for block in blocks] if at < len(units) else []
        left = self.y - self.area.bottom - sum(self._reaches(units[start:end]))
        if not apart or left <= _MOST_BLANK * (self.area.top - self.area.bottom):
            return False
        units[at : at + 1] = [(one, index) for one in apart for index in range(len(one.heights))]
        return True

    def _start(self) -> None:
        self.starts = False
        if self.page is None or self.fresh:
            return
        page = self.area.top - self.area.bottom
        middle, below = self.area.bottom + page / 2, self.y - _BETWEEN_SECTIONS
        needed = sum(self._reaches(self.held))
        at = middle if below >= middle and not page / 2 < needed <= page else below
        stays = needed <= at - self.area.bottom if needed <= page else below >= middle
        if stays:
            before, self.y, self.gap = (self.y, self.gap), at, 0.0
            if needed > page and sum(self._reaches(self.held[: self._fitting(self.held, 0)])) <= 0.3 * page:
                stays, (self.y, self.gap) = False, before
        self.shared = stays
        if not stays:
            self.end_page()

    def _balanced(self, units: list[Unit], start: int, end: int) -> int:
        """An earlier break where what is left over would be a scrap on the last page: it gets a quarter of a page, this one keeps three fifths."""
        page = self.area.top - self.area.bottom
        left = page if any(block.grows for block, _ in units[end:]) else sum(self._reaches(units[end:]))
        best = end
        for place in range(end, start, -1):
            block, index = units[place - 1]
            if left >= page / 4 or self.y - self.area.bottom - left - block.heights[index] < 0.6 * page:
                break
            left += block.heights[index]
            if place - 1 > start and self._penalty(units, place - 1) == FREE:
                best = place - 1
        return best

    @staticmethod
    def _penalty(units: list[Unit], place: int) -> int:
        block, index = units[place]
        return block.penalties[index] if index else units[place - 1][0].keep_next

    @staticmethod
    def _reaches(units: list[Unit]) -> Iterator[float]:
        gap, fresh, noted = 0.0, True, False
        for block, index in units:
            height = block.heights[index]
            if index == 0:
                height += 0.0 if fresh else max(gap, block.before)
                gap = block.after
            fresh = False
            if index in block.notes:
                height += note_height(block.notes[index]) + (0.0 if noted else 12.0)
                noted = True
            yield height

    def _fitting(self, units: list[Unit], start: int) -> int:
        room = self.y - self.area.bottom
        used, gap, fresh = 0.0, self.gap, self.fresh
        noted = bool(self.notes)
        best = dict.fromkeys(range(NEVER + 1), (start, 0.0))
        for place in range(start, len(units)):
            block, index = units[place]
            if place > start:
                best[self._penalty(units, place)] = (place, used)
            if index == 0:
                used += 0.0 if fresh else max(gap, block.before)
                gap = block.after
                block.fit(room - used)
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
        free, filled = best[FREE]
        if room - filled > _MOST_BLANK * (self.area.top - self.area.bottom):
            free = max(free, best[AVOID][0], best[WHOLE][0])
        if free > start or not self.fresh:
            return free
        return next((best[penalty][0] for penalty in range(AVOID, NEVER + 1) if best[penalty][0] > start), start)

    def _place(self, page: Page, block: Block, first: int, last: int) -> None:
        if first == 0:
            self.y -= 0.0 if self.fresh else max(self.gap, block.before)
            for one, y in _within(block, self.y):
                place = Place(page, self.area.left, y, one.element, len(page.marked))
                for name in one.anchors:
                    self.places.setdefault(name, place)
                if one.heading is not None:
                    self.headings.append((*one.heading, place))
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


def _within(block: Block, top: float) -> Iterator[tuple[Block, float]]:
    yield block, top
    for one, y in block.inner(top):
        yield from _within(one, y)


def note_height(notes: list[Block]) -> float:
    """The height of the blocks of footnotes."""
    return sum(block.height for block in notes)
