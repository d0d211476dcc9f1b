"""Sets everything but tables: paragraphs, headings, lists, callouts, contents, figures, footnotes."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from reportpack.render.element import Element, alternative, words_of
from reportpack.render.pdf.blocks import BELOW_WRITING, LINE_TO_WRITE, Label, PaintedBlock, SideBySide, TextBlock
from reportpack.render.pdf.flow import KEEP, WHOLE, Block, Frame
from reportpack.render.pdf.objects import Node, spoken
from reportpack.render.pdf.page import Box, Page, colour_operands
from reportpack.render.pdf.running import set_contents
from reportpack.render.pdf.setting import ON_BAND, Column, Setting, TextLook
from reportpack.render.vocabulary import COLUMNS, HEADINGS, INLINE, span_of

GUTTER = 10.8  # Between columns, in points: 3.8 mm.
_BAND = 12.0  # Between a cover's band and its words, in points.
_BARS = {"question": "accent", "decision": "accent", "warning": "bad", "note": "rule", "quote": "rule"}


def set_blocks(setting: Setting, element: Element, column: Column) -> list[Block]:
    """The blocks of an element, with its hints for page breaks; none of what is for telephones."""
    if element.attributes and element.has("narrow"):
        return []
    if element.tag == "table":
        blocks = setting.set_table(setting, element, column)
    else:
        blocks = _SETTERS.get(element.tag, _set_section)(setting, element, column)
    if blocks and element.attributes:
        if element.has("keep-together"):
            keep_together(blocks)
        if element.has("keep-with-next"):
            blocks[-1].keep_next = KEEP
    return blocks


def keep_together(blocks: list[Block]) -> None:
    """No break within them while a page can hold them."""
    for block in blocks[:-1]:
        block.keep_next = max(block.keep_next, WHOLE)
    for block in blocks:
        block.penalties = [max(penalty, WHOLE) for penalty in block.penalties]


def _set_section(setting: Setting, element: Element, column: Column) -> list[Block]:
    within = replace(column, node=Node(setting.tree, "Sect", column.node, setting.language(element)))
    if element.has("band"):
        return _set_band(setting, element, within)
    blocks = _set_columns(setting, element, within) if element.has("columns") else set_children(setting, element, within)
    if blocks:
        blocks[0].anchors += setting.anchors(element)
    return blocks


def _set_band(setting: Setting, element: Element, column: Column) -> list[Block]:
    """Blocks on the theme's accent, which goes from edge to edge, or as far as the logo beside it."""
    logo = setting.theme.logo
    right = column.right - (logo.width + 3 * _BAND if logo.file else 0.0)
    accent = colour_operands(setting.theme.colours.accent)

    def paint(page: Page, box: Box) -> None:
        page.band = True
        page.rectangle((0.0, box[1] - _BAND, right + _BAND if logo.file else page.width, page.height), accent)

    frames = (*column.frames, Frame(paint, column.left, right))
    with setting.on_band():
        inner = replace(column, right=right, frames=frames, text=replace(column.text, colour=ON_BAND))
        blocks = set_children(setting, element, inner)
    for block in blocks[-1:]:
        block.after = 1.5 * _BAND
    return blocks


def _set_columns(setting: Setting, element: Element, column: Column) -> list[Block]:
    rows: list[list[list[Block]]] = []
    step, first = (column.width + GUTTER) / COLUMNS, COLUMNS
    for part in element.elements:
        span = span_of(part.classes)
        if first + span > COLUMNS:
            rows.append([])
            first = 0
        left = column.left + first * step
        inner = replace(column, left=left, right=left + span * step - GUTTER, measure=1e9)
        if blocks := _set_column(setting, part, inner):
            rows[-1].append(blocks)
        first += span
    found: list[Block] = []
    for row in filter(None, rows):
        pad = next(iter(row[0][-2:-1]), None) if element.has("fill") else None
        beside = SideBySide(row, pad if isinstance(pad, PaintedBlock) else None)
        beside.before = beside.after = column.text.leading * 0.5
        fits = not setting.sheet or beside.height <= setting.sheet
        found += [beside] if fits else [block for blocks in row for block in blocks]
    return found


def _set_column(setting: Setting, element: Element, column: Column) -> list[Block]:
    colours = setting.theme.colours
    if element.has("ruled"):
        rule = _rule(column, 5.0, colours.ink)
        blocks = set_blocks(setting, element, column)
        for block in blocks[:1]:
            block.before = 0.0
        return [rule, *blocks]
    if not element.has("boxed"):
        return set_blocks(setting, element, column)
    accent = colour_operands(colours.accent)

    def paint(page: Page, box: Box) -> None:
        page.beneath(f"q {accent} RG 0.4 w {box[0]:.2f} {box[1]:.2f} {box[2] - box[0]:.2f} {box[3] - box[1]:.2f} re S Q")

    frames = (*column.frames, Frame(paint, column.left, column.right))
    inner = replace(column, left=column.left + 8.5, right=column.right - 8.5, frames=frames)
    blocks = set_blocks(setting, element, inner)
    return _framed(blocks, frames, 8.0, ()) if blocks else []


def _rule(column: Column, height: float, colour: str) -> PaintedBlock:
    ink = colour_operands(colour)
    return PaintedBlock([height], lambda page, top, _: page.rule(column.left, column.right, top - 0.25, 0.5, ink), column.frames)


def _set_rule(setting: Setting, _: Element, column: Column) -> list[Block]:
    rule = _rule(column, 0.5, setting.theme.colours.rule)
    rule.before = rule.after = 8.0
    return [rule]


def set_children(setting: Setting, element: Element, column: Column) -> list[Block]:
    """The blocks of all children; words before the first block become a paragraph of the column's own element."""
    children = element.children
    count = next((at for at, one in enumerate(children) if isinstance(one, Element) and one.tag not in INLINE), len(children))
    blocks: list[Block] = []
    if count:
        node = column.node if count == len(children) else Node(setting.tree, "P", column.node)
        words = setting.text(children[:count], element, node, column.text, column, column.measure)
        words.anchors = ()
        blocks.append(words)
    for child in children[count:]:
        if isinstance(child, Element):
            blocks.extend(set_blocks(setting, child, column))
    return blocks


def _set_paragraph(setting: Setting, element: Element, column: Column) -> list[Block]:
    look = _paragraph_look(setting, element, column)
    most = 1e9 if element.has("finding") else column.measure * max(look.size / column.text.size, 1.0)
    blocks: list[Block] = []
    if element.children or not element.has("write"):
        node = Node(setting.tree, "P", column.node, setting.language(element))
        blocks.append(setting.text(element.children, element, node, look, column, most))
    if element.has("write"):
        colour = colour_operands(setting.theme.colours.rule)
        heights = [LINE_TO_WRITE] * int(element.get("data-lines", "3"))
        room = PaintedBlock(
            heights, lambda page, _, foot: page.rule(column.left, column.right, foot + 0.5, 0.4, colour), column.frames, KEEP
        )
        room.after = BELOW_WRITING
        if blocks:
            blocks[0].keep_next = KEEP
            blocks[0].after = 0.0
        blocks.append(room)
    return blocks


def _paragraph_look(setting: Setting, element: Element, column: Column) -> TextLook:
    base, theme = column.text, setting.theme
    if not element.attributes:
        return base
    colours, small, h1 = theme.colours, theme.text.small, theme.text.h1
    if element.has("lead"):
        return replace(base, size=base.size * 1.2, leading=base.leading * 1.2, after=8.0)
    if element.has("finding"):
        return replace(base, size=h1 * 0.71, leading=h1 * 0.875, bold=True, after=6.0, colour=colours.accent)
    if element.has("figure"):
        return replace(base, size=h1 * 1.25, leading=h1 * 1.3, bold=True, after=1.0)
    if element.has("line"):
        return replace(base, after=1.0)
    if element.has("subtitle"):
        return replace(base, size=base.size * 1.5, leading=base.leading * 1.45, colour=colours.quiet, after=8.0)
    if element.has("note"):
        return replace(base, size=small, leading=small * 1.32, colour=colours.quiet, before=2.0, after=5.0)
    if element.has("marking"):
        return replace(base, bold=True, colour=colours.marking, after=4.0)
    return base


def _set_heading(setting: Setting, element: Element, column: Column) -> list[Block]:
    text, colours = setting.theme.text, setting.theme.colours
    level = int(element.tag[1])
    size = (text.h1, text.h2, text.h3, text.h4)[level - 1]
    if level == 1 and column.cover:
        size = text.cover
    tight = 1.08 if size > 24 else 1.18
    before, after = ((0.0, 5.0), (10.0 if column.cover else 17.0, 5.0), (12.0, 3.0), (9.0, 2.0))[level - 1]
    look = TextLook(size, size * tight, colours.ink, bold=True, before=before, after=after)
    node = Node(setting.tree, f"H{level}", column.node, setting.language(element))
    block = setting.text(element.children, element, node, look, column)
    block.keep_next = KEEP
    block.penalties = [KEEP] * len(block.penalties)
    block.heading = (level, words_of(element).strip())
    return [block]


def _set_list(setting: Setting, element: Element, column: Column) -> list[Block]:
    if element.has("contents"):
        return [set_contents(setting, element, column)]
    ordered = element.tag == "ol"
    numbering = "Decimal" if ordered else "None" if element.has("plain") else "Disc"
    attributes = f"/A<</O/List/ListNumbering/{numbering}>>{setting.language(element)}"
    top = Node(setting.tree, "L", column.node, attributes)
    large = element.has("headlines")
    start = int(element.get("start", "1"))
    items = list(element.elements)
    last = f"{start + len(items) - 1}."
    indent = (
        0.0 if numbering == "None" else 26.0 if large else setting.style(column.text).word(last)[0] + 6.0 if ordered else 11.0
    )
    look = replace(column.text, after=2.5)
    if large:
        look = replace(column.text, size=column.text.size * 1.14, leading=column.text.leading * 1.13, after=6.0)
    blocks: list[Block] = []
    for index, item in enumerate(items):
        figure = next((one for one in item.elements if one.has("figure")), None) if large else None
        if figure is not None:
            blocks.extend(_set_figure_item(setting, item, replace(column, text=look), top, figure))
            continue
        words = "" if numbering == "None" else str(start + index) if large else f"{start + index}." if ordered else "•"
        blocks.extend(_set_item(setting, item, replace(column, text=look), top, words, indent, large=large))
    if blocks:
        blocks[-1].after = max(blocks[-1].after, column.text.after)
    return blocks


def _set_item(
    setting: Setting, item: Element, column: Column, top: Node, words: str, indent: float, *, large: bool
) -> list[Block]:
    li = Node(setting.tree, "LI", top, setting.language(item))
    look = column.text
    label: Label | None = None
    if words:
        style = setting.book.style(
            look.size * (1.25 if large else 1.0), setting.theme.colours.accent if large else look.colour, bold=large
        )
        word = setting.book.line(words, style)
        ordered = words[-1] == "."
        x = column.left + (indent - 6.0 - word[0] if ordered else 0.0 if large else 1.5)
        label = Label(Node(setting.tree, "Lbl", li), [(word[0], [word], "")], x, look.size, look.leading)
    inner = column.inset(indent, Node(setting.tree, "LBody", li))
    inner = replace(inner, measure=max(inner.measure - indent, 60.0))
    blocks = set_children(setting, item, inner)
    if not blocks:
        blocks = [setting.text((), item, inner.node, look, inner)]
    if label is not None:
        _attach(blocks, label)
    blocks[0].anchors += setting.anchors(item)
    if item.has("keep-together"):
        keep_together(blocks)
    return blocks


def _set_figure_item(setting: Setting, item: Element, column: Column, top: Node, figure: Element) -> list[Block]:
    """An item of `headlines` with its figure large in two of eight columns, its words beside it."""
    large = setting.theme.text.h1 * 1.1
    room = (column.width + GUTTER) * 2 / 8
    words = words_of(figure).strip()
    style = setting.book.style(large, column.text.colour, bold=True)
    size = large * min(1.0, (room - GUTTER) / max(setting.book.line(words, style)[0], 1.0))
    style = setting.book.style(size, column.text.colour, bold=True)
    li = Node(setting.tree, "LI", top, setting.language(item))
    word = setting.book.line(words, style)
    label = Label(Node(setting.tree, "Lbl", li), [(word[0], [word], "")], column.left, size, size)
    text = setting.theme.text
    look = replace(column.text, size=text.size * 1.05, leading=text.leading * 0.94, after=0.0)
    inner = replace(column.inset(room, Node(setting.tree, "LBody", li)), measure=1e9, text=look)
    rest = replace(item, children=tuple(one for one in item.children if one is not figure))
    blocks = set_children(setting, rest, inner)
    blocks[0].anchors += setting.anchors(item)
    _attach(blocks, label)
    blocks[0].before = 8.0
    keep_together(blocks)
    return blocks


def _attach(blocks: list[Block], label: Label) -> None:
    first = blocks[0]
    if isinstance(first, TextBlock):
        first.beside(label)
        return
    alone = TextBlock(label.node, label.lines, label.x, label.size, label.leading, lambda *_: None)
    alone.keep_next = KEEP
    alone.frames = first.frames
    blocks.insert(0, alone)


def _set_definitions(setting: Setting, element: Element, column: Column) -> list[Block]:
    numbering = "Description" if setting.tree.space else "None"
    top = Node(setting.tree, "L", column.node, f"/A<</O/List/ListNumbering/{numbering}>>{setting.language(element)}")
    facts = element.has("facts")
    colour = setting.theme.colours.quiet if facts else column.text.colour
    term_look = replace(column.text, bold=not facts, colour=colour, after=0.0)
    style = setting.style(term_look)
    tab = 0.0
    if facts:
        terms = [words_of(term).split() for term in element.elements if term.tag == "dt"]
        widths = [sum(setting.book.line(word, style)[0] + style.space for word in words) for words in terms]
        tab = min(max(widths, default=0.0) + 14.0, column.width * 0.35)
    pairs: list[tuple[list[Element], list[Element]]] = []
    for child in element.elements:
        if child.tag == "dt" and (not pairs or pairs[-1][1]):
            pairs.append(([], []))
        if pairs:
            pairs[-1][0 if child.tag == "dt" else 1].append(child)
    blocks = [block for pair in pairs for block in _set_definition(setting, pair, column, top, term_look, tab)]
    if blocks:
        blocks[-1].after = max(blocks[-1].after, column.text.after)
    return blocks


def _set_definition(
    setting: Setting, pair: tuple[list[Element], list[Element]], column: Column, top: Node, look: TextLook, tab: float
) -> list[Block]:
    terms, meanings = pair
    li = Node(setting.tree, "LI", top)
    lbl = Node(setting.tree, "Lbl", li)
    words: list[Element | str] = []
    for term in terms:
        words.extend([*([", "] if words else []), *term.children])
    lbl_column = replace(column, right=column.left + tab - 8.0) if tab else column
    label = setting.text(words, terms[0], lbl, look, lbl_column, column.measure)
    body = Node(setting.tree, "LBody", li)
    inner = column.inset(tab or 12.0, body)
    inner = replace(inner, text=replace(column.text, after=3.0 if tab else 4.0), measure=inner.measure - (tab or 12.0))
    blocks = [block for meaning in meanings for block in set_children(setting, meaning, inner)]
    if not blocks:
        blocks = [setting.text((), meanings[0], body, inner.text, inner)]
    first = blocks[0]
    if tab and isinstance(first, TextBlock):
        first.beside(Label(lbl, label.lines, label.x, look.size, look.leading))
        first.anchors += label.anchors
    else:
        label.keep_next = KEEP
        blocks.insert(0, label)
    blocks[0].anchors += tuple(meaning.get("id") for meaning in meanings if meaning.get("id") in setting.targets)
    return blocks


def _set_aside(setting: Setting, element: Element, column: Column) -> list[Block]:
    if element.has("footnote"):
        note_node(setting, element).adopt(column.node)
        return []
    quote = element.has("quote")
    node = Node(setting.tree, "BlockQuote" if quote else "Sect", column.node, setting.language(element))
    kind = next((name for name in element.classes if name in _BARS), "")
    colours = setting.theme.colours
    bar = colour_operands(str(getattr(colours, _BARS.get(kind, "accent"))))
    tint = "" if kind == "quote" else colour_operands(colours.tint)

    def paint(page: Page, box: Box) -> None:
        if tint:
            page.rectangle(box, tint)
        page.rectangle((box[0], box[1], box[0] + 2.4, box[3]), bar)

    right = column.right if not quote else min(column.right, column.left + column.measure)
    frame = Frame(paint, column.left, right)
    pad = 7.0 if tint else 1.0
    inner = replace(column.inset(12.0, node), right=right - (10.0 if tint else 0.0), frames=(*column.frames, frame))
    blocks = set_children(setting, element, inner)
    if quote and blocks and _names_the_author(element):
        blocks[0].keep_next = KEEP
    return _framed(blocks, inner.frames, pad, setting.anchors(element)) if blocks else []


def _names_the_author(quote: Element) -> bool:
    first = next((one for one in quote.children if isinstance(one, Element)), None)
    inside = [one for one in first.children if isinstance(one, Element) or one.strip()] if first is not None else []
    return len(inside) == 1 and isinstance(inside[0], Element) and inside[0].tag == "strong"


def _framed(blocks: list[Block], frames: tuple[Frame, ...], pad: float, anchors: tuple[str, ...]) -> list[Block]:
    top, bottom = (PaintedBlock([pad], lambda *_: None, frames) for _ in range(2))
    top.before, bottom.after = 8.0, 10.0
    top.keep_next = KEEP
    top.anchors = anchors
    blocks[0].before = 0.0
    blocks[-1].after = 0.0
    blocks[-1].keep_next = KEEP
    return [top, *blocks, bottom]


def note_node(setting: Setting, note: Element) -> Node:
    """The element of a footnote: made at its mark, placed where the note stands in the source."""
    identifier = note.get("id")
    node = setting.note_nodes.get(identifier)
    if node is None:
        space = setting.tree.space
        kind, own = ("FENote", f"{space}/A<</O/FENote/NoteType/Footnote>>") if space else ("Note", "")
        node = Node(setting.tree, kind, None, own + setting.language(note), placed=False)
        node.attributes += setting.tree.identify(f"note.{identifier}", node.number)
        setting.note_nodes[identifier] = node
    return node


def set_note(setting: Setting, note: Element, column: Column, mark: str) -> list[Block]:
    """The blocks of a footnote, for the foot of the page."""
    node = note_node(setting, note)
    theme = setting.theme
    look = TextLook(theme.text.small, theme.text.small * 1.28, theme.colours.ink, after=1.0)
    word = setting.book.style(look.size * 0.72, look.colour, rise=look.size * 0.3).word(mark)
    label = Label(Node(setting.tree, "Lbl", node), [(word[0], [word], "")], column.left, look.size, look.leading)
    blocks = set_children(setting, note, replace(column.inset(9.0, node), text=look, frames=()))
    if blocks:
        _attach(blocks, label)
        blocks[0].anchors += setting.anchors(note)
    return blocks


def _set_figure(setting: Setting, element: Element, column: Column) -> list[Block]:
    parts = list(element.elements)
    caption = next((part for part in parts if part.tag == "figcaption"), None)
    content = next(part for part in parts if part.tag != "figcaption")
    kind = "Sect" if setting.tree.space else "Div"  # PDF/UA-2 takes the kids of a Div for kids of what holds it
    node = column.node if caption is None else Node(setting.tree, kind, column.node, setting.language(element))
    blocks: list[Block] = []
    for part in parts:
        if part.tag == "figcaption":
            theme = setting.theme
            look = TextLook(theme.text.small, theme.text.small * 1.3, theme.colours.quiet, before=2.0, after=3.0)
            said = Node(setting.tree, "Caption", node, setting.language(part))
            blocks.append(setting.text(part.children, part, said, look, column, column.measure))
        elif part.tag == "table":
            blocks.extend(set_blocks(setting, part, replace(column, node=node)))
        else:
            blocks.append(_set_graphic(setting, part, column, node))
    for block in blocks[:-1]:
        if content.tag != "table" or parts[0].tag == "figcaption":
            block.keep_next = KEEP
    blocks[0].before, blocks[-1].after = max(blocks[0].before, 6.0), 10.0
    blocks[0].anchors += setting.anchors(element)
    return blocks


def _set_graphic(setting: Setting, element: Element, column: Column, parent: Node) -> Block:
    (width, height), alt = setting.size_of(element), alternative(element)
    scale = column.width / width if element.has("wide") or width > column.width else 1.0
    scale = min(scale, setting.sheet * 0.86 / height) if setting.sheet else scale
    node = Node(setting.tree, "Figure", parent, setting.language(element) + spoken("Alt", alt)) if alt.strip() else None
    width, height = width * scale, height * scale

    def paint(page: Page, top: float, _: float) -> None:
        operators = setting.operators(element, column.left, top - height, width, height)
        page.figure(node, operators, (column.left, top - height, column.left + width, top), "Block")

    return PaintedBlock([height], paint, column.frames)


def heads_of(children: Sequence[Element | str]) -> str:
    """The words of the first heading among children and what they hold."""
    for child in children:
        if isinstance(child, Element) and child.tag in (*HEADINGS, "section"):
            found = heads_of(child.children) if child.tag == "section" else words_of(child).strip()
            if found:
                return found
    return ""


_SETTERS: dict[str, Callable[[Setting, Element, Column], list[Block]]] = {
    **dict.fromkeys(HEADINGS, _set_heading), "p": _set_paragraph, "ul": _set_list, "ol": _set_list, "dl": _set_definitions,
    "aside": _set_aside, "figure": _set_figure, "hr": _set_rule,
}  # fmt: skip
