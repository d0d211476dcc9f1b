"""A table on pages: rows as units, its head again on each page, rows taller than a third of a page cut between lines."""

from dataclasses import field

from reportpack.records import Changing
from reportpack.render.element import Element
from reportpack.render.pdf.blocks import TextBlock, baseline, set_lines
from reportpack.render.pdf.flow import AVOID, FREE, KEEP, Block, Place
from reportpack.render.pdf.objects import Node
from reportpack.render.pdf.page import Page
from reportpack.render.pdf.setting import Setting
from reportpack.render.pdf.styles import Line


class CellBox(Changing):
    """A cell that is set: lines of words, or blocks. `plain` lines hold nothing but words."""

    element: Element
    kind: str
    column: int
    columns: int
    rows: int
    attributes: str = ""
    lines: list[Line] = field(default_factory=list)
    blocks: list[Block] = field(default_factory=list)
    offsets: list[float] = field(default_factory=list)
    plain: bool = True
    x: float = 0.0
    width: float = 0.0
    height: float = 0.0
    spanned: float = 0.0
    room: int = 0
    number: int = 0
    name: str = ""
    node: Node | None = None


class RowBox(Changing):
    """A row that is set; `slices` is 1 unless it is cut."""

    element: Element
    part: Node
    head: bool
    cells: list[CellBox]
    height: float = 0.0
    slices: int = 1
    plain: bool = True
    tinted: bool = False
    total: bool = False
    node: Node | None = None
    anchors: tuple[str, ...] = ()


class TableLook(Changing):
    """Measures and colours of a table, the colours as operands."""

    size: float
    leading: float
    padding: float
    left: float
    right: float
    hairline: float
    rule: float
    ink: str
    grey: str
    tint: str
    ruled: bool = True


class TableBlock(Block):
    """All rows of a table; each unit is a row or a slice of one."""

    def __init__(self, rows: list[RowBox], look: TableLook, setting: Setting) -> None:
        Block.__init__(self)
        self.rows, self.look, self.setting = rows, look, setting
        self.units: list[tuple[int, int]] = []
        self.head_height = 0.0

    def stack(self, page_height: float) -> None:
        """Make units of the rows, now that their heights are known."""
        look = self.look
        for index, row in enumerate(self.rows):
            if row.height > page_height / 3 and all(cell.rows == 1 for cell in row.cells):
                row.slices = max(int((row.height - 2 * look.padding) / look.leading + 0.999), 2)
                row.plain = False
                slices = [(row.height - 2 * look.padding) / row.slices] * row.slices
                slices[0] += look.padding
                slices[-1] += look.padding
            else:
                slices = [row.height]
            self.heights.extend(slices)
            self.penalties.extend(AVOID if place and place in (1, len(slices) - 1) else FREE for place in range(len(slices)))
            self.units.extend((index, place) for place in range(len(slices)))
        self._bind_rows(page_height)

    def _bind_rows(self, page_height: float) -> None:
        starts = [unit for unit, (_, place) in enumerate(self.units) if place == 0]
        heads = sum(1 for row in self.rows if row.head)
        self.head_height = sum(row.height for row in self.rows[:heads])
        if self.head_height > page_height / 2:
            self.head_height = 0.0
        body = len(self.rows) - heads
        for index in range(1, len(self.rows)):
            before = self.rows[index - 1]
            if index <= heads or before.element.has("group") or before.element.has("keep-with-next"):
                self.penalties[starts[index]] = KEEP
            elif body > 3 and (index == heads + 1 or index == len(self.rows) - 1):
                self.penalties[starts[index]] = AVOID
        for index, row in enumerate(self.rows):
            reach = max((cell.rows for cell in row.cells), default=1)
            for below in range(index + 1, min(index + reach, len(self.rows))):
                self.penalties[starts[below]] = KEEP

    def carried(self) -> float:
        """The head prints again."""
        return self.head_height

    def draw(self, page: Page, first: int, last: int, top: float) -> None:
        """Draw rows, the head above them if the page begins within the table, and the rules."""
        look = self.look
        y = top
        rules: dict[tuple[float, str], list[float]] = {(look.rule, look.ink): [y]} if look.ruled else {}
        if first > 0 and not self.rows[self.units[first][0]].head and self.head_height:
            y = self._repeat_head(page, y, rules)
        unit = first
        while unit < last:
            index, place = self.units[unit]
            end = unit
            while end < last and self.units[end][0] == index:
                end += 1
            height = sum(self.heights[unit:end])
            self._draw_row(page, self.rows[index], place, place + end - unit, y, height)
            self._rule_row(rules, index, y, height)
            y -= height
            unit = end
        for (weight, colour), places in rules.items():
            if weight:
                path = " ".join(f"{look.left:.2f} {y:.2f} m {look.right:.2f} {y:.2f} l" for y in places)
                page.beneath(f"q {colour} RG {weight:g} w {path} S Q")

    def _repeat_head(self, page: Page, y: float, rules: dict[tuple[float, str], list[float]]) -> float:
        page.hidden = True
        for index, row in enumerate(self.rows):
            if not row.head:
                break
            for cell in row.cells:
                self._draw_cell(page, row, cell, (0, row.slices), y)
            self._rule_row(rules, index, y, row.height)
            y -= row.height
        page.hidden = False
        return y

    def _rule_row(self, rules: dict[tuple[float, str], list[float]], index: int, y: float, height: float) -> None:
        look, row = self.look, self.rows[index]
        if not look.ruled:
            return
        last = index + 1 == len(self.rows)
        ends_head = row.head and (last or not self.rows[index + 1].head)
        if row.total and index:
            rules.setdefault((look.rule * 0.6, look.ink), []).append(y)
        if ends_head or last:
            rules.setdefault((look.rule * 0.6, look.ink), []).append(y - height)
        elif not row.head and not any(cell.rows > 1 for cell in row.cells):
            rules.setdefault((look.hairline, look.grey), []).append(y - height)

    def _draw_row(self, page: Page, row: RowBox, first: int, last: int, y: float, height: float) -> None:
        look = self.look
        if row.tinted:
            page.rectangle((look.left - 4, y - height, look.right + 4, y), look.tint)
        if first == 0:
            for name in row.anchors:
                self.setting.places.setdefault(name, Place(page, look.left, y, None, len(page.marked)))
        if row.plain:
            self._draw_plain(page, row, y)
            return
        if row.node is None:
            row.node = Node(self.setting.tree, "TR", row.part)
            for cell in row.cells:
                if cell.node is None:
                    cell.node = Node(self.setting.tree, cell.kind, row.node, cell.attributes, number=cell.number)
                else:
                    cell.node.attributes += cell.attributes
                    cell.node.adopt(row.node)
        for cell in row.cells:
            self._draw_cell(page, row, cell, (first, last), y)

    def _draw_plain(self, page: Page, row: RowBox, top: float) -> None:
        output, content, look = self.setting.output, page.content, self.look
        tr = output.take()
        kids = []
        content.append("BT")
        for cell in row.cells:
            number = cell.number or output.take()
            kids.append(f"{number} 0 R")
            if not any(line[1] for line in cell.lines):
                output.put(number, f"<</S/{cell.kind}/P {tr} 0 R{cell.attributes}>>")
                continue
            content.append(f"/{cell.kind} <</MCID {len(page.marked)}>>BDC")
            output.put(number, f"<</S/{cell.kind}/P {tr} 0 R/Pg {page.number} 0 R{cell.attributes}/K {len(page.marked)}>>")
            page.marked.append(number)
            y = top - self._drop(cell, cell.spanned or row.height)
            shifts = cell.offsets or [0.0] * len(cell.lines)
            places = [(cell.x + shift, y - index * look.leading) for index, shift in enumerate(shifts)]
            page.owner = row.part  # no words here have an owner of their own: what is open stays open
            set_lines(page, row.part, cell.lines, places, self.setting.draw_graphic)
            page.owner = None
            content.append("EMC")
        content.append("ET")
        output.put(tr, f"<</S/TR/P {row.part.number} 0 R/K[{' '.join(kids)}]>>")
        row.part.place()
        row.part.kids.append(f"{tr} 0 R")

    def _drop(self, cell: CellBox, height: float) -> float:
        look = self.look
        drop = look.padding + baseline(look.leading, look.size)
        if cell.kind == "TH" and cell.element.get("scope") != "row" and "Column" in cell.attributes:
            drop += max(height - cell.height - 2 * look.padding, 0.0)
        return drop

    def _draw_cell(self, page: Page, row: RowBox, cell: CellBox, part: tuple[int, int], top: float) -> None:
        node, look = cell.node or row.part, self.look
        step = (row.height - 2 * look.padding) / row.slices if row.slices > 1 else 1e9
        inside = top - (look.padding if part[0] == 0 else 0.0)
        blocks = cell.blocks
        if not blocks and any(line[1] for line in cell.lines):
            words = TextBlock(node, cell.lines, cell.x, look.size, look.leading, self.setting.draw_graphic)
            words.offsets = cell.offsets or None
            blocks = [words]
            if row.slices == 1:
                inside -= self._drop(cell, cell.spanned or row.height) - look.padding - baseline(look.leading, look.size)
        inside = self._draw_blocks(page, blocks, part, inside, step) - (0.0 if blocks else look.leading * len(cell.lines))
        for line in range(cell.room if part[1] == row.slices else 0):
            page.rule(cell.x, cell.x + cell.width, inside - (line + 1) * ROOM_STEP + 2, 0.4, look.grey)

    def _draw_blocks(self, page: Page, blocks: list[Block], part: tuple[int, int], y: float, step: float) -> float:
        reach = gap = 0.0
        begun = False
        for order, block in enumerate(blocks):
            space = max(gap, block.before) if order else 0.0
            reach += space
            gap = block.after
            chosen = []
            for index, height in enumerate(block.heights):
                reach += height
                if part[0] <= max(int((reach - 0.01) / step), 0) < part[1]:
                    chosen.append(index)
            if chosen:
                y -= space if begun and chosen[0] == 0 else 0.0
                begun = True
                block.draw(page, chosen[0], chosen[-1] + 1, y)
                y -= sum(block.heights[chosen[0] : chosen[-1] + 1])
        return y


ROOM_STEP = 17.0
