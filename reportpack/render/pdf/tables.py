"""Sets tables: columns as wide as their words want, numbers aligned on the decimal point, heads tied to their cells."""

from dataclasses import replace
from unicodedata import normalize

from reportpack import patterns as re
from reportpack.errors import TemplateError
from reportpack.render.element import Element, Row, columns_of, table_grid, words_of
from reportpack.render.pdf.blocks import TextBlock, grow_lines
from reportpack.render.pdf.flow import KEEP, Block, stacked
from reportpack.render.pdf.inline import plain_words
from reportpack.render.pdf.objects import Node
from reportpack.render.pdf.page import colour_operands
from reportpack.render.pdf.prose import set_children
from reportpack.render.pdf.setting import Column as TextColumn
from reportpack.render.pdf.setting import Setting, TextLook
from reportpack.render.pdf.styles import Style, Word, break_lines
from reportpack.render.pdf.table_block import ROOM_STEP, CellBox, RowBox, TableBlock, TableLook
from reportpack.render.pdf.table_widths import Column, cell_attributes, column_widths, parted
from reportpack.render.vocabulary import ALIGNED, INLINE

_WHOLE_PART = re.compile(r"^[^\d]*\d[\d,\u00a0\u2009]*")
_PARTS = {"thead": "THead", "tbody": "TBody", "tfoot": "TFoot"}
_LEAST_COLUMN, _WIDEST = 9.0, 130.0  # Of a column, and of a word that may make one wider.
_LEAST_SIZE = 8.0  # Of type in a table of many columns, in points.
_UNSEEN = ("data", "time")  # Elements that change nothing about how words look.


def set_table(setting: Setting, element: Element, column: TextColumn) -> list[Block]:
    """The table, or the tables that it stands as where its words are wider than the column."""
    theme = setting.theme
    styles = {bold: setting.book.style(theme.tables.size, theme.colours.ink, bold=bold) for bold in (False, True)}
    tables = parted(element, column.width, theme.tables.gap, lambda word, bold: setting.book.line(word, styles[bold])[0])
    return [block for one in tables for block in _set_one(setting, one, column)]


def _set_one(setting: Setting, element: Element, column: TextColumn) -> list[Block]:
    node = Node(setting.tree, "Table", column.node, setting.language(element))
    caption = next((part for part in element.elements if part.tag == "caption"), None)
    blocks: list[Block] = []
    if caption is not None:
        size = setting.theme.text.small + 0.6
        look = TextLook(size, size * 1.3, setting.theme.colours.ink, bold=True, before=9.0, after=3.5)
        block = setting.text(caption.children, caption, Node(setting.tree, "Caption", node), look, column)
        block.keep_next = KEEP
        blocks.append(block)
    table = _Table(setting, element, column, node).block()
    table.before, table.after = 7.0, 8.0
    table.frames = column.frames
    blocks.append(table)
    blocks[0].anchors += setting.anchors(element)
    return blocks


class _Table:
    def __init__(self, setting: Setting, element: Element, column: TextColumn, node: Node) -> None:
        self.setting, self.element, self.column, self.node = setting, element, column, node
        self.grid = table_grid(element)
        theme = setting.theme
        self.size = theme.tables.size
        self.leading = theme.tables.leading
        self.padding = theme.tables.padding * (0.55 if element.has("tight") else 1.0)
        self.gap = theme.tables.gap
        self.columns = _read_columns(element, self.grid.columns)
        self._fit_many_columns()
        self._fit_heads()
        self.body = TextLook(self.size, self.leading, theme.colours.ink)
        book = setting.book
        self.styles = {
            "body": book.style(self.size, theme.colours.ink),
            "head": book.style(self.size, theme.colours.quiet, bold=True),
            "bold": book.style(self.size, theme.colours.ink, bold=True),
        }
        self.words: dict[int, list[Word]] = {}
        self.marks: dict[int, list[str]] = {}
        setting.tables += 1

    def _fit_many_columns(self) -> None:
        count = self.grid.columns
        room = self.column.width / max(count, 1)
        if room < 34.0:
            self._shrink(max(room / 34.0, min(_LEAST_SIZE / self.size, 1.0)))
        if room < _LEAST_COLUMN + self.gap:
            found = f"{self.setting.where(self.element)}: the table has {count} columns, and the page has room for {int(self.column.width / (_LEAST_COLUMN + self.gap))}."
            raise TemplateError(found, 'Leave columns out, split the table, or put it in a <section class="landscape">.')

    def _fit_heads(self) -> None:
        bold = self.setting.book.style(self.size, self.setting.theme.colours.quiet, bold=True)
        longest: dict[int, float] = {}
        for cell in (cell for row in self.grid.rows for cell in row.cells if cell.element.tag == "th" and cell.columns == 1):
            words = (self.setting.book.line(word, bold)[0] for word in words_of(cell.element).split())
            longest[cell.column] = max(longest.get(cell.column, 0.0), min(max(words, default=0.0), _WIDEST))
        needed = sum(longest.values()) + self.gap * (self.grid.columns - 1)
        if needed > self.column.width:
            self._shrink(max(self.column.width / needed, 0.8))

    def _shrink(self, share: float) -> None:
        self.size, self.leading, self.gap = self.size * share, self.leading * share, self.gap * share**2

    def block(self) -> TableBlock:
        filled = (part for part in self.element.elements if part.tag in _PARTS and part.children)
        parts = {id(part): Node(self.setting.tree, _PARTS[part.tag], self.node) for part in filled}
        rows = [self._row(row, parts[id(row.part)]) for row in self.grid.rows]
        self._measure(rows)
        for column in self.columns:
            column.most += 0.5
            column.least += 0.5
        available = self.column.width - self.gap * (len(self.columns) - 1)
        widths = column_widths(self.columns, available, fit=self.element.has("fit"), fixed=self.element.has("full"))
        left = self.column.left
        lefts = [left + sum(widths[:index]) + self.gap * index for index in range(len(widths))]
        right = lefts[-1] + widths[-1] if widths else left
        for row in rows:
            for cell in row.cells:
                self._set_cell(row, cell, lefts, widths)
        self._align(rows)
        cell_attributes(rows, self.setting.tree, self.setting.tables)
        self._heights(rows)
        theme = self.setting.theme
        ink, grey, tint = (colour_operands(one) for one in (theme.colours.ink, theme.colours.rule, theme.colours.tint))
        measures = (self.size, self.leading, self.padding, left, right, theme.tables.hairline, theme.tables.rule)
        block = TableBlock(rows, TableLook(*measures, ink, grey, tint, ruled=not self.element.has("plain")), self.setting)
        block.stack(self.setting.sheet or 700.0)
        self._hang_notes(block)
        return block

    def _row(self, row: Row, part: Node) -> RowBox:
        element = row.element
        head = row.part.tag == "thead"
        box = RowBox(element, part, head, [])
        if element.attributes:
            box.tinted, box.total = element.has("marked"), element.has("total")
        if self.element.has("banded") and not head:
            box.tinted = box.tinted or self.grid.rows.index(row) % 2 == 0
        bold = box.total or (bool(element.attributes) and element.has("group"))
        for cell in row.cells:
            kind = cell.element.tag.upper()
            style = self.styles["head" if head else "bold" if bold else "body"]
            set_cell = CellBox(cell.element, kind, cell.column, cell.columns, cell.rows)
            self._read_cell(set_cell, style)
            box.cells.append(set_cell)
            box.plain = box.plain and set_cell.plain
        if self.setting.targets:
            box.anchors = self.setting.anchors(element, element.children)
        return box

    def _read_cell(self, cell: CellBox, style: Style) -> None:
        element = cell.element
        children = element.children
        if element.attributes and element.has("write"):
            cell.plain = False
            cell.room = int(element.get("data-lines", "2"))
        if len(children) == 1:
            only = children[0]
            if isinstance(only, Element) and only.tag in _UNSEEN and len(only.children) == 1 and "lang" not in only.attributes:
                only = only.children[0]
            if isinstance(only, str) and (only.isascii() or style.known.issuperset(normalize("NFC", only))):
                self.words[id(cell)] = plain_words(normalize("NFC", only), style)
                cell.plain = cell.plain and "lang" not in element.attributes
                return
        if any(isinstance(child, Element) and child.tag not in INLINE for child in children):
            cell.plain = False
            return
        reader = self.setting.reader
        owns = any(isinstance(child, Element) or not child.isascii() for child in children)
        holder = Node(self.setting.tree, cell.kind, None, placed=False) if owns else self.node
        self.words[id(cell)] = reader.read(children, style, holder, element)
        if reader.special or "lang" in element.attributes:
            cell.plain = False
            cell.node = holder
        elif holder is not self.node:
            cell.number = holder.number
        if reader.marks:
            self.marks[id(cell)] = list(reader.marks)

    def _measure(self, rows: list[RowBox]) -> None:
        space = self.styles["body"].space
        wide: list[tuple[CellBox, float, float]] = []
        for row in rows:
            for cell in row.cells:
                words = self.words.get(id(cell))
                if words is None:
                    least, most = 60.0, 150.0
                elif len(words) == 1:
                    least = most = words[0][0]
                else:
                    least = max((word[0] for word in words), default=0.0)
                    most = sum(word[0] for word in words) + space * (len(words) - 1)
                if row.head:
                    most = max(least, most * 0.55)
                if cell.room:
                    least, most = max(least, 90.0), max(most, 240.0)
                if cell.columns > 1:
                    wide.append((cell, least, most))
                    continue
                column = self.columns[cell.column]
                column.head = max(column.head, min(least, _WIDEST) if cell.kind == "TH" else 0.0)
                column.least = max(column.least, min(least, _WIDEST))
                column.most = max(column.most, most)
        for cell, least, most in wide:
            _share_out(self.columns[cell.column : cell.column + cell.columns], least, most, self.gap)

    def _set_cell(self, row: RowBox, cell: CellBox, lefts: list[float], widths: list[float]) -> None:
        last = cell.column + cell.columns - 1
        cell.x = lefts[cell.column]
        cell.width = lefts[last] + widths[last] - cell.x
        words = self.words.pop(id(cell), None)
        if words is None:
            node = cell.node = Node(self.setting.tree, cell.kind, None, self.setting.language(cell.element), placed=False)
            inner = TextColumn(cell.x, cell.x + cell.width, node, replace(self.body, after=2.0), 1e9)
            cell.blocks = set_children(self.setting, cell.element, inner)
            cell.height = max((block.height - y for block, y in stacked(cell.blocks, 0.0)), default=0.0)
        else:
            style = self.styles["head" if row.head else "body"]
            if len(words) == 1 and words[0][1] and words[0][0] <= cell.width:
                cell.lines = [(words[0][0], words, "")]
            else:
                cell.lines = break_lines(words, cell.width, style.space)
            cell.height = len(cell.lines) * self.leading
            if not cell.plain and any(piece[0].graphic for word in words for piece in word[1]):
                # with a chart in a line it becomes a paragraph, whose lines can differ in height
                node = cell.node = cell.node or Node(self.setting.tree, cell.kind, None, placed=False)
                block = TextBlock(node, cell.lines, cell.x, self.size, self.leading, self.setting.draw_graphic)
                grow_lines(block)
                cell.blocks, cell.lines, cell.height = [block], [], block.height
        cell.height += cell.room * ROOM_STEP

    def _align(self, rows: list[RowBox]) -> None:
        numbers = [index for index, column in enumerate(self.columns) if column.align == "number"]
        for index in numbers:
            body = [cell for row in rows if not row.head for cell in row.cells if cell.column == index and cell.columns == 1]
            after = [_after_point(cell) for cell in body]
            self.columns[index].after = max((width for width in after if width is not None), default=0.0)
        for row in rows:
            for cell in row.cells:
                align = _alignment(cell.element, self.columns[cell.column].align)
                if align:
                    self._offset(row, cell, align)

    def _offset(self, row: RowBox, cell: CellBox, align: str) -> None:
        share = 0.5 if align == "centre" else 1.0
        cell.offsets = [max(share * (cell.width - line[0]), 0.0) for line in cell.lines]
        for block in cell.blocks:
            if isinstance(block, TextBlock):
                block.align(share, cell.width)
        if align != "number" or row.head or cell.columns > 1 or len(cell.lines) != 1:
            return
        after = _after_point(cell)
        room = self.columns[cell.column].after
        if after is not None:
            cell.offsets[0] = max(cell.offsets[0] - room + after, 0.0)
        elif cell.lines[0][1] and len(cell.lines[0][1][0][1][0][4]) == 1:
            cell.offsets[0] = max(cell.offsets[0] - room, 0.0)

    def _heights(self, rows: list[RowBox]) -> None:
        edge = 2 * self.padding
        for row in rows:
            row.height = max((cell.height for cell in row.cells if cell.rows == 1), default=0.0) + edge
            row.height = max(row.height, self.leading + edge)
        for index, row in enumerate(rows):
            for cell in row.cells:
                if cell.rows > 1:
                    covered = rows[index : index + cell.rows]
                    missing = cell.height + edge - sum(below.height for below in covered)
                    covered[-1].height += max(missing, 0.0)
                    cell.spanned = sum(below.height for below in covered)

    def _hang_notes(self, block: TableBlock) -> None:
        first = {index: unit for unit, (index, place) in reversed(list(enumerate(block.units))) if place == 0}
        for index, row in enumerate(block.rows):
            for cell in row.cells:
                for mark in self.marks.get(id(cell), ()):
                    block.notes.setdefault(first[index], []).extend(self.setting.note_blocks(mark))
                for inner in cell.blocks:
                    for notes in inner.notes.values():
                        block.notes.setdefault(first[index], []).extend(notes)


def _alignment(element: Element, otherwise: str = "") -> str:
    return next((name for name in element.classes if name in ALIGNED), otherwise)


def _after_point(cell: CellBox) -> float | None:
    if not cell.plain or len(cell.lines) != 1 or not cell.lines[0][1]:
        return None
    words = cell.lines[0][1]
    text = " ".join(["".join([piece[4] for piece in word[1]]) for word in words])
    match = _WHOLE_PART.match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    return words[0][1][0][0].word(rest)[0] if rest else 0.0


def _share_out(columns: list[Column], least: float, most: float, gap: float) -> None:
    gaps = gap * (len(columns) - 1)
    for name, wanted in (("least", min(least, _WIDEST)), ("most", most)):
        missing = wanted - gaps - sum(getattr(column, name) for column in columns)
        if missing > 0:
            for column in columns:
                setattr(column, name, getattr(column, name) + missing / len(columns))


def _read_columns(table: Element, count: int) -> list[Column]:
    columns: list[Column] = []
    for col in columns_of(table)[:count]:
        weight = 0.0 if col.has("narrow") else 3.0 if col.has("wide") else 1.0
        columns.append(Column(_alignment(col), weight, float(col.get("data-width", "0").rstrip("%")) / 100))
    columns.extend(Column() for _ in range(count - len(columns)))
    if not any(column.weight for column in columns):
        for column in columns:
            column.weight = 1.0
    return columns
