"""Words within a paragraph: what holds words becomes a list of measured words, each piece in its style."""

import unicodedata
from collections.abc import Callable, Sequence

from reportpack import patterns as re
from reportpack.model.period import MONTHS, SHORT_MONTHS
from reportpack.render.element import QUOTES, Element, alternative, words_of
from reportpack.render.pdf.lacking import stand_in
from reportpack.render.pdf.objects import Node, Tree, spoken
from reportpack.render.pdf.page import Link
from reportpack.render.pdf.styles import BREAK, Graphic, Style, StyleBook, Word

_MONTHS = (*MONTHS, *(name.capitalize() for name in SHORT_MONTHS), "Sept")
_UNITS = "per cent|percentage points?|points?|million|billion|thousand|months?|weeks?|days?|years?|hours?|minutes?|noon|am|pm|km|miles?|quarters?"
_BEFORE_NUMBERS = "No No. Nos page pages Table Figure Item item Appendix paragraph Quarter sheet line"


def _after(words: str) -> str:
    return "(?:" + "|".join("(?<=\\b" + re.escape(word) + " )" for word in words.split()) + ")"


_BOUND = re.compile(
    rf" (?:(?<=[\d%] )(?=(?:{'|'.join(_MONTHS)}|{_UNITS})\b)|{_after('per percentage')}(?=cent\b|points?\b)"
    rf"|{_after(' '.join(_MONTHS))}(?=\d{{4}}\b)|{_after(_BEFORE_NUMBERS)}(?=\d))"
)
_HAS_DIGIT = re.compile(r"\d")
_TONES = frozenset(("good", "bad", "watch"))
NO_BREAK = "\u00a0"


def bind(text: str) -> str:
    """Put no-break spaces where sense needs them: 28 May, 2 percentage points, page 7."""
    return _BOUND.sub(NO_BREAK, text) if " " in text and _HAS_DIGIT.search(text) else text


def plain_words(text: str, style: Style) -> list[Word]:
    """The words of a text whose characters the style's face is known to have."""
    return [style.word(word) for word in bind(text).split(" ") if word] if " " in text else [style.word(text)]


class InlineReader:
    """Makes words of elements. `lacking` is told of characters that cannot print, `graphic` measures what stands in a line."""

    def __init__(
        self,
        book: StyleBook,
        tree: Tree,
        lacking: Callable[[str, str, Element], None],
        graphic: Callable[[Element, Style], Graphic],
    ) -> None:
        self.book, self.tree, self.lacking, self.graphic = book, tree, lacking, graphic
        self._begin(None)

    def _begin(self, node: Node | None) -> None:
        self.words: list[Word] = []
        self.joined = False
        self.node = node
        self.marks: list[str] = []
        self.special = False

    def read(self, children: Sequence[Element | str], style: Style, node: Node, element: Element) -> list[Word]:
        """The words of a run of children; footnotes' marks met on the way are left in `marks`."""
        self._begin(node)
        self._children(children, style, 0, element)
        return self.words

    def _children(self, children: Sequence[Element | str], style: Style, quoted: int, element: Element) -> None:
        for child in children:
            if isinstance(child, str):
                self._text(child, style, element)
            else:
                self._element(child, style, quoted)

    def _element(self, element: Element, style: Style, quoted: int) -> None:
        tag = element.tag
        if "lang" in element.attributes:
            style = self._within("Span", style, spoken("Lang", element.get("lang")))
        if tag == "strong":
            style = self.book.varied(style, bold=True)
        elif tag == "em":
            style = self.book.varied(style, italic=not style.italic)
        elif tag == "span":
            style = self._span(element, style)
        elif tag == "a":
            style = self._link(element, style)
            if element.has("alone"):
                self._page_number(style, " ")
                return
        elif tag == "abbr":
            style = self._within("Span", style, spoken("E", element.get("title")))
        elif tag == "q":
            self._quotation(element, style, quoted)
            return
        elif tag == "br":
            self.words.append(BREAK)
            self.joined = False
            return
        elif tag in ("svg", "img"):
            self._graphic(element, style)
            return
        self._children(element.children, style, quoted, element)
        if tag == "a" and style.link is not None and style.link.page:
            self._page_number(style, ", page ")

    def _page_number(self, style: Style, wording: str) -> None:
        width = style.word(f"{wording}88")[0]
        number = Element("page", {}, (wording,), 0)
        self._append_graphic(self.book.owned(style, style.owner), Graphic(number, width, 0.0))

    def _inside(self, kind: str, style: Style, attributes: str = "") -> Node:
        self.special = True
        return Node(self.tree, kind, style.owner or self.node, attributes, placed=False)

    def _within(self, kind: str, style: Style, attributes: str = "") -> Style:
        return self.book.owned(style, self._inside(kind, style, attributes))

    def _span(self, element: Element, style: Style) -> Style:
        varied, colours = self.book.varied, self.book.theme.colours
        for name in element.classes:
            if name in _TONES:
                style = varied(style, colour=str(getattr(colours, name)), bold=True)
            elif name == "quiet":
                style = varied(style, colour=colours.quiet)
            elif name == "large":
                style = varied(style, size=style.size * 1.6, bold=True)
            elif name == "revised":
                style = varied(style, italic=True)
            elif name == "nowrap":
                style = self.book.owned(style, style.owner)
                style.nowrap = True
        return style

    def _link(self, element: Element, style: Style) -> Style:
        if element.has("footnote"):
            style = self.book.varied(style, size=style.size * 0.68, rise=style.size * 0.34)
            self.marks.append(element.get("href")[1:])
        else:
            style = self.book.varied(style, colour=self.book.theme.colours.link)
        node = self._inside("Link", style)
        link = Link(element.get("href"), words_of(element).strip(), node, element.has("page"))
        return self.book.owned(style, node, link)

    def _quotation(self, element: Element, style: Style, quoted: int) -> None:
        marks = QUOTES[quoted % 2]
        style = self._within("Quote", style)
        self._text(marks[0], style, element)
        self.joined = True
        self._children(element.children, style, quoted + 1, element)
        self.joined = True
        self._text(marks[1], style, element)

    def _graphic(self, element: Element, style: Style) -> None:
        self.special = True
        own = self.book.owned(style, style.owner)
        graphic = self.graphic(element, style)
        alt = alternative(element)
        own.owner = self._inside("Figure", style, spoken("Alt", alt)) if alt.strip() else None
        self._append_graphic(own, graphic)

    def _append_graphic(self, own: Style, graphic: Graphic) -> None:
        own.graphic = graphic
        self._append((graphic.width, ((own, "", "", graphic.width, ""),)))
        self.joined = True

    def _append(self, word: Word) -> None:
        if self.joined and self.words and self.words[-1] is not BREAK:
            width, pieces = self.words[-1]
            self.words[-1] = (width + word[0], pieces + word[1])
        else:
            self.words.append(word)

    def _text(self, text: str, style: Style, element: Element) -> None:
        if not text:
            return
        text = text.replace(" ", NO_BREAK) if style.nowrap else bind(text)
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
            if not style.known.issuperset(text):
                for piece, found in self.book.runs(text, style):
                    if found is not None:
                        self._text(piece, found, element)
                    else:
                        words = stand_in(piece)
                        self.lacking(piece, words, element)
                        if words:
                            script = all(unicodedata.category(character)[0] in "LMZP" for character in piece)
                            own = self._within("Span", style, spoken("ActualText", piece)) if script else style
                            self._text(words, own, element)
                return
        parts = text.split(" ")
        known, word = style.words, style.word
        if parts[0]:
            self._append(word(parts[0]))
        self.words.extend([known.get(part) or word(part) for part in parts[1:] if part])
        self.joined = parts[-1] != ""
