"""The contents of a document: entries with leaders, whose page numbers come when all pages are known."""

from dataclasses import dataclass

from reportpack.render.element import Element
from reportpack.render.page_text import words_of
from reportpack.render.pdf.blocks import Waiting, baseline
from reportpack.render.pdf.flow import AVOID, FREE, Block
from reportpack.render.pdf.lines import Line, break_lines
from reportpack.render.pdf.page import Link, Page, colour_operands
from reportpack.render.pdf.setting import Column, Setting
from reportpack.render.pdf.show import show_lines
from reportpack.render.pdf.structure import Node
from reportpack.render.pdf.styles import Style


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


def set_contents(setting: Setting, element: Element, column: Column) -> Block:
    """The entries of a list of contents, one below another."""
    entries: list[Entry] = []
    _read_entries(setting, element, (Node(setting.tree, "TOC", column.node), 0), column, entries)
    block = ContentsBlock(entries, column, setting)
    block.after = column.text.after
    return block


def _read_entries(setting: Setting, element: Element, place: tuple[Node, int], column: Column, entries: list[Entry]) -> None:
    toc, depth = place
    text = column.text
    for item in element.elements:
        toci = Node(setting.tree, "TOCI", toc)
        parts = list(item.elements)
        reference = Node(setting.tree, "Reference", toci)
        link = Node(setting.tree, "Link", reference)
        number = Node(setting.tree, "Span", reference)
        style = setting.book.style(text.size if depth == 0 else text.size * 0.95, text.colour, bold=depth == 0)
        words = setting.reader.read(parts[0].children, style, link, parts[0])
        lines = break_lines(words, min(column.width, column.measure) - depth * 12.0 - 30.0, style.space)
        entries.append(
            Entry(lines, link, number, parts[0].get("href"), words_of(parts[0]).strip(), depth * 12.0, style, text.leading)
        )
        if len(parts) > 1:
            _read_entries(setting, parts[1], (Node(setting.tree, "TOC", toci), depth + 1), column, entries)


class ContentsBlock(Block):
    """Entries with leaders; their page numbers come late."""

    def __init__(self, entries: list[Entry], column: Column, setting: Setting) -> None:
        Block.__init__(self)
        self.entries, self.frames = entries, column.frames
        self.left, self.right = column.left, min(column.right, column.left + column.measure)
        self.leader = colour_operands(setting.theme.colours.quiet)
        self.graphic, self.wait = setting.draw_graphic, setting.waiting.append
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
