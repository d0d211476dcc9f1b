"""What stands on every page around the words, the contents, and what is filled in when all pages are known: numbers and links."""

from reportpack.records import Changing
from reportpack.render.element import Element, words_of
from reportpack.render.logo import is_svg, read_logo
from reportpack.render.pdf.blocks import Waiting, baseline, show_lines
from reportpack.render.pdf.flow import AVOID, FREE, Area, Block
from reportpack.render.pdf.objects import Node, spoken, text_string
from reportpack.render.pdf.page import Link, Page, colour_operands
from reportpack.render.pdf.setting import ON_BAND, Column, Setting
from reportpack.render.pdf.styles import Line, Style, break_lines

_SIZE = 9.0


class Running:
    """Marking, titles, version and page numbers; the late parts of a document."""

    def __init__(self, setting: Setting) -> None:
        self.setting = setting
        self.meta, colours = setting.document.meta, setting.theme.colours
        self.quiet = setting.book.style(_SIZE, colours.quiet)
        self.marked = setting.book.style(_SIZE, colours.marking, bold=True)
        self.on_band = setting.book.style(_SIZE, ON_BAND, bold=True)
        self.nowhere = Element("page", {}, (), 1)

    def draw(self, page: Page) -> None:
        """Marking at top and bottom, what the section is on the pages after its first, what the document is at the foot."""
        margins = self.setting.theme.page
        left, right = margins.margin_left, page.width - margins.margin_right
        top, foot = page.height - margins.margin_top * 0.58, margins.margin_bottom * 0.5
        middle = (left + right) / 2
        marking, title = self.meta.marking, self.meta.running_title or self.setting.document.title
        third = middle - left - self.setting.book.line(marking, self.marked)[0] / 2 - 12.0
        marks = ((self.on_band if page.band else self.marked, top), (self.marked, foot))
        heads, feet = ([self._words(marking, style, middle, y, 0.5, right - left)] for style, y in marks)
        if page.title:
            heads.append(self._words(continued(page.title), self.quiet, left, top, 0.0, third))
            page.rule(left, right, top - 5.5, 0.35, colour_operands(self.setting.theme.colours.rule))
        if not page.cover:
            feet.append(self._words(title, self.quiet, left, foot, 0.0, third))
        for parts, kind in ((heads, "Header/Attached[/Top]"), (feet, "Footer/Attached[/Bottom]")):
            operators = " ".join(part for part in parts if part)
            if operators:
                page.artifact(operators, f"/Type/Pagination/Subtype/{kind}")
                page.forget()

    def _words(self, text: str, style: Style, x: float, y: float, share: float, limit: float) -> str:
        if not text or limit < 30.0:
            return ""
        self.setting.note_lacking_in(text, style, self.nowhere)
        width, pieces = self.setting.book.line(text, style)
        while width > limit and len(text) > 4:
            text = text[: int(len(text) * limit / width) - 1].rstrip() + "…"
            width, pieces = self.setting.book.line(text, style)
        shown = "".join(f"/{font} {style.size:.4g} Tf [({code})]TJ " for _, font, code, _, _ in pieces)
        return f"BT {style.code} 1 0 0 1 {x - share * width:.2f} {y:.2f} Tm {shown}ET"

    def draw_logo(self, page: Page, area: Area) -> float:
        """The theme's logo at the top of the cover, at the right of its band where it has one; where words begin."""
        setting = self.setting
        logo = setting.theme.logo
        banded = any(one.has("band") for one in setting.document.sections[0].elements)
        drop = 0.0 if banded else (area.top - area.bottom) * 0.06
        if not logo.file:
            return area.top - drop
        where = f"the logo {logo.file}"
        data = setting.images.assets.get(logo.file, b"")
        drawing = read_logo(data, where) if is_svg(data) else None
        if drawing is not None:
            across, down = setting.size_of(drawing)
        else:
            picture = setting.images.picture(logo.file, where)
            across, down = picture.width, picture.height
        height = logo.width * down / across
        left, bottom = area.right - logo.width if banded else area.left, area.top - height
        if drawing is not None:
            operators = setting.operators(drawing, left, bottom, logo.width, height)
        else:
            name, _ = setting.images.embed(logo.file, where, logo.width)
            operators = f"q {logo.width:.2f} 0 0 {height:.2f} {left:.2f} {bottom:.2f} cm /{name} Do Q"
        node: Node | None = None
        if logo.alt and setting.section is not None:
            node = Node(setting.tree, "Figure", setting.section.node, spoken("Alt", logo.alt))
        page.figure(node, operators, (left, bottom, left + logo.width, area.top), "Block")
        return area.top if banded else min(bottom - 30.0, area.top - drop)

    def fill_numbers(self, pages: list[Page]) -> None:
        """Page x of y, the numbers of the contents, and of links that ask for them."""
        margins = self.setting.theme.page
        version = ", ".join(word for word in (self.meta.edition, self.meta.version) if word)
        for page in pages:
            words = f"{f'{version}  ·  ' if version else ''}Page {page.index + 1} of {len(pages)}"
            x = page.width - margins.margin_right
            shown = self._words(words, self.quiet, x, margins.margin_bottom * 0.5, 1.0, page.width)
            page.late.append(f"/Artifact <</Type/Pagination/Subtype/Footer/Attached[/Bottom]>>BDC {shown} EMC")
        for waiting in self.setting.waiting:
            target = self.setting.places.get(waiting.target[1:])
            number = str(target.page.index + 1) if target is not None else ""
            style = waiting.style
            width, pieces = style.word(f"{waiting.wording}{number}")
            _, font, code, _, _ = pieces[0]
            operators = f"[({code})]TJ"
            if not waiting.wording:
                face = f"/{font} {style.size:.4g} Tf {style.code}"
                operators = f"q BT {face} 1 0 0 1 {waiting.x - width:.2f} {waiting.y:.2f} Tm [({code})]TJ ET Q"
            waiting.page.fill_slot(waiting.slot, operators)

    def write_links(self, page: Page, parents: list[str]) -> None:
        """Write a page's link annotations; each takes the next key of the parent tree."""
        output, tree = self.setting.output, self.setting.tree
        for number, (left, bottom, right, top), link in page.annotations:
            words = link.words or link.target
            if link.target.startswith("#"):
                target = self.setting.places.get(link.target[1:])
                aim, x, y = (target.page, target.x, target.y) if target is not None else (page, 0.0, page.height)
                element = target.element if target is not None else tree.document.number
                action = tree.lead(aim.number, element, f"{max(x - 4, 0):.2f} {min(y + 6, aim.height):.2f}")
                words = f"{words}, page {aim.index + 1}"
                if tree.space:
                    note = self.setting.note_nodes.get(link.target[1:])
                    link.node.refer(note.number if note is not None else element)
                    if note is not None:
                        note.refer(link.node.number)
            else:
                address = "".join(
                    one if one.isascii() else "".join(f"%{byte:02X}" for byte in one.encode()) for one in link.target
                )
                action = f"/A<</S/URI/URI{text_string(address)}>>"
            output.put(
                number,
                f"<</Type/Annot/Subtype/Link/Rect[{left:.2f} {bottom:.2f} {right:.2f} {top:.2f}]/Border[0 0 0]/F 4"
                f"/Contents{text_string(words)}/StructParent {len(parents)}{action}>>",
            )
            parents.append(f"{link.node.number} 0 R")


def continued(title: str) -> str:
    """A running head: a title of more than six words is cut, so that nobody takes it for a line of the text."""
    words = title.split()
    return f"{title}, continued" if len(words) <= 6 else f"{' '.join(words[:6])} …"


class Entry(Changing):
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
        head, *below = item.elements
        reference = Node(setting.tree, "Reference", toci)
        link = Node(setting.tree, "Link", reference)
        number = Node(setting.tree, "Span", reference)
        style = setting.book.style(text.size if depth == 0 else text.size * 0.95, text.colour, bold=depth == 0)
        words = setting.reader.read(head.children, style, link, head)
        lines = break_lines(words, min(column.width, column.measure) - depth * 12.0 - 30.0, style.space)
        entries.append(Entry(lines, link, number, head.get("href"), words_of(head).strip(), depth * 12.0, style, text.leading))
        if below:
            _read_entries(setting, below[0], (Node(setting.tree, "TOC", toci), depth + 1), column, entries)


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
        self.wait(Waiting(page, page.leave_slot(), self.right, y, entry.target, entry.style))
        page.content.append("EMC")
