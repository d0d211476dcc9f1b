"""What setting needs everywhere: fonts, tree, pages, pictures, notes, problems; and paragraphs made of words."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from reportpack.errors import TemplateError
from reportpack.model.document import PdfStandard
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.scripts import UNSET, not_yet_said, unset_scripts
from reportpack.records import Record
from reportpack.render.element import Document, Element, words_of
from reportpack.render.pdf.blocks import TextBlock, Waiting, grow_lines
from reportpack.render.pdf.drawing import Drawing
from reportpack.render.pdf.flow import Block, Frame, Places
from reportpack.render.pdf.images import Images
from reportpack.render.pdf.inline import InlineReader
from reportpack.render.pdf.lacking import stand_in
from reportpack.render.pdf.objects import Node, Output, Tree, spoken
from reportpack.render.pdf.page import Page
from reportpack.render.pdf.styles import Graphic, Piece, Style, StyleBook, well_broken_lines
from reportpack.render.theme import Theme
from reportpack.render.vocabulary import HEADINGS

_POINTS_PER_PIXEL = 0.75
ON_BAND = "#ffffff"
"""Words on the theme's accent."""


class TextLook(Record):
    """How a kind of paragraph looks."""

    size: float
    leading: float
    colour: str
    bold: bool = False
    before: float = 0.0
    after: float = 0.0


class Column(Record):
    """Where blocks stand, below which element, in which frames, and how words look there."""

    left: float
    right: float
    node: Node
    text: TextLook
    measure: float
    frames: tuple[Frame, ...] = ()
    cover: bool = False

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    def inset(self, left: float, node: Node) -> "Column":
        """A narrower column below another element."""
        return replace(self, left=self.left + left, node=node)


SetTable = Callable[["Setting", Element, Column], list[Block]]
SetNote = Callable[["Setting", Element, Column, str], list[Block]]
"""Tables and notes are set with the prose around them, by files that set prose in turn."""


class Setting:
    """Everything that the blocks of one document share."""

    def __init__(
        self,
        document: Document,
        theme: Theme,
        assets: Mapping[str, bytes],
        fonts: dict[str, bytes],
        setters: tuple[SetTable, SetNote],
    ) -> None:
        self.document = document
        self.set_table, self.set_note = setters
        self.theme = theme
        standard = theme.page.pdf
        self.output = Output("2.0" if standard is PdfStandard.UA2 else "1.7")
        self.tree = Tree(self.output, standard)
        self.book = StyleBook(theme, fonts)
        self.images = Images(self.output, assets)
        self.opacities: dict[tuple[float, float], str] = {(1.0, 1.0): "G0"}
        self.reader = InlineReader(self.book, self.tree, self.note_lacking, self.measure_graphic)
        self.problems: list[Problem] = []
        self.waiting: list[Waiting] = []
        self.places: Places = {}
        self.sheet = 0.0
        self.section: Column | None = None
        links = [element for element in document.links if element.get("href").startswith("#")]
        self.targets = frozenset(link.get("href")[1:] for link in links)
        self.marks = {link.get("href")[1:]: words_of(link).strip() for link in links if link.has("footnote")}
        self.note_nodes: dict[str, Node] = {}
        self.tables = 0

    def where(self, element: Element) -> str:
        """The file and line of an element, for sentences."""
        return f"{self.document.name}, line {element.line}"

    @contextmanager
    def on_band(self) -> Iterator[None]:
        """Whatever is set inside is white, as it stands on the theme's accent."""
        theme = self.theme
        colours = replace(theme.colours, **dict.fromkeys(("ink", "quiet", "link", "good", "bad", "watch", "marking"), ON_BAND))
        self.theme = self.book.theme = replace(theme, colours=colours)
        try:
            yield
        finally:
            self.theme = self.book.theme = theme

    def problem(self, kind: str, element: Element, found: str, remedy: str) -> None:
        """Note something that the reader of the page should know."""
        source = Source(self.document.name, cell=f"line {element.line}")
        problem = Problem(kind, source, found, remedy, Weight.NOTE)
        if problem not in self.problems:
            self.problems.append(problem)

    def note_lacking(self, text: str, printed: str, element: Element) -> None:
        """Say that characters print as words."""
        unset = unset_scripts((text,), Source(self.document.name, cell=f"line {element.line}"))
        self.problems.extend(not_yet_said(unset, self.problems))
        if not (text := UNSET.sub("", text).strip()):
            return
        reference = element.get("data-source")
        codes = ", ".join(dict.fromkeys(f"U+{ord(character):04X}" for character in text if character != " ").keys())
        found = f"The fonts lack {codes[:80]}; the page prints {f'“{printed}”' if printed else 'the letters without these marks'}"
        found += f" (from {reference})." if reference else "."
        self.problem(
            "character-not-printable", element, found, "The HTML edition shows them; reword, or name a font that has them."
        )

    def note_lacking_in(self, text: str, style: Style, element: Element) -> None:
        """The same of a line of words that is no paragraph's."""
        for piece, of in self.book.runs(text, style) if not style.known.issuperset(text) else ():
            if of is None:
                self.note_lacking(piece, stand_in(piece), element)

    def style(self, look: TextLook) -> Style:
        """The style of a look."""
        return self.book.style(look.size, look.colour, bold=look.bold)

    def text(
        self, children: Sequence[Element | str], element: Element, node: Node, look: TextLook, column: Column, most: float = 1e9
    ) -> TextBlock:
        """A paragraph of words, broken into lines; footnotes whose marks it holds come with it."""
        style = self.style(look)
        reader = self.reader
        words = reader.read(children, style, node, element)
        special, marks = reader.special, list(reader.marks)
        lines = well_broken_lines(
            words, min(column.width, most), style.space, even=element.has("finding") or element.tag in HEADINGS
        )
        block = TextBlock(node, lines, column.left, look.size, look.leading, self.draw_graphic)
        block.before, block.after = look.before, look.after
        block.frames = column.frames
        if special:
            grow_lines(block)
        for mark in marks:
            links = ((index, piece[0].link) for index, line in enumerate(lines) for word in line[1] for piece in word[1])
            place = next((index for index, link in links if link is not None and link.target == f"#{mark}"), 0)
            block.notes.setdefault(place, []).extend(self.note_blocks(mark))
        if self.targets:
            block.anchors = self.anchors(element, children)
        return block

    def anchors(self, element: Element, children: Sequence[Element | str] = ()) -> tuple[str, ...]:
        """The ids here that something leads to."""
        here = [element, *(one for child in children if isinstance(child, Element) for one in child.walk())]
        return tuple([one.attributes["id"] for one in here if one.attributes and one.attributes.get("id") in self.targets])

    def note_blocks(self, mark: str) -> list[Block]:
        """The blocks of a footnote."""
        if self.section is None:
            return []
        return self.set_note(self, self.document.identifiers[mark], self.section, self.marks[mark])

    def measure_graphic(self, element: Element, style: Style) -> Graphic:
        """How large a chart or picture in a line is."""
        width, height = self.size_of(element)
        if element.has("icon"):
            high = style.size * 0.72
            return Graphic(element, width * high / height, high, style.size * 0.04)
        shrink = min(1.0, self.sheet * 0.6 / width, self.sheet * 0.6 / height) if self.sheet else 1.0
        return Graphic(element, width * shrink, height * shrink, (height * shrink - style.size * 0.62) / 2)

    def size_of(self, element: Element) -> tuple[float, float]:
        """Of a chart or picture, in points, from its attributes or its pixels."""
        if element.tag == "svg":
            box = [float(number) for number in element.get("viewBox").replace(",", " ").split()]
            width = float(element.get("width", "0")) or box[2]
            return max(width, 0.1), max(float(element.get("height", "0")) or (box[3] * width / box[2]), 0.1)
        picture = self.images.picture(element.get("src"), self.where(element))
        ratio = picture.height / picture.width
        width, height = (float(element.get(name) or 0) * _POINTS_PER_PIXEL for name in ("width", "height"))
        width = width or (height / ratio if height else picture.width * _POINTS_PER_PIXEL)
        return width, height or width * ratio

    def operators(self, element: Element, x: float, y: float, width: float, height: float) -> str:
        """The operators that draw a chart or picture with its lower left corner at x, y."""
        if element.tag == "svg":
            try:
                return Drawing(self.book, self.opacities, self.note_lacking_in).draw(element, x, y, width, height)
            except (ValueError, OverflowError, RecursionError) as why:
                raise TemplateError(f"{self.where(element)}: the chart cannot be drawn ({why}).", "Mend its numbers.") from why
        name, reduced = self.images.embed(element.get("src"), self.where(element), width)
        if reduced:
            picture = self.images.picture(element.get("src"), self.where(element))
            found = f"The image {element.get('src')[:60]} has {picture.width} x {picture.height} pixels, more than print can show; it was reduced."
            self.problem("image-reduced", element, found, "Save it smaller to make builds quicker.")
        return f"q {width:.2f} 0 0 {height:.2f} {x:.2f} {y:.2f} cm /{name} Do Q"

    def draw_graphic(self, page: Page, piece: Piece, x: float, y: float) -> None:
        """Draw what stands in a line, or note where a page number will stand."""
        style = piece[0]
        graphic = style.graphic
        if graphic is None or page.hidden:
            return
        if graphic.element.tag == "page":
            link = style.link
            if link is not None:
                wording = words_of(graphic.element)
                self.waiting.append(Waiting(page, page.leave_slot(), x, y, link.target, style, wording))
            return
        bottom = y - graphic.drop
        operators = self.operators(graphic.element, x, bottom, graphic.width, graphic.height)
        page.figure(style.owner, operators, (x, bottom, x + graphic.width, bottom + graphic.height), "Inline")

    def language(self, element: Element) -> str:
        """The attribute for words in another language."""
        return spoken("Lang", element.get("lang"))
