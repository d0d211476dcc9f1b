"""Walks the blocks of a Word file once, in the order in which Word shows them, and gathers what it shows that is no words."""

import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator, Sequence
from dataclasses import field, replace

from reportpack import patterns as re
from reportpack.read.documents.blocks import ADDED, TAKEN_OUT, Around, Block, Cell, Paragraph, Piece, Row, Table, Touch, unseen_in
from reportpack.read.documents.lines import MOST_LINES, Unread, Unseen
from reportpack.read.documents.word_numbers import TICKED, UNTICKED, Numbering, drawn_in, equation, lists_of, sign
from reportpack.read.documents.word_styles import R, Relation, Styles, W, WordParts, has_ground, is_on, look_of, made_by, value
from reportpack.read.words.marks import style_mark
from reportpack.records import Changing

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_V = "{urn:schemas-microsoft-com:vml}"
_TOUCHES = {f"{W}ins": Touch.INSERTED, f"{W}del": Touch.DELETED}
_TOUCHES |= {f"{W}moveTo": Touch.MOVED_IN, f"{W}moveFrom": Touch.MOVED_OUT}
_SKIPPED = frozenset(
    f"{W}{name}" for name in ("pPr", "rPr", "instrText", "delInstrText", "sectPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "rt")
) | {f"{_MC}Fallback"}
_WRAPS = frozenset(f"{W}{name}" for name in ("sdtContent", "customXml", "smartTag"))
_WORDS = frozenset({f"{W}t", f"{W}delText"})
_BREAKS = {f"{W}tab": "\t", f"{W}ptab": "\t", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "-"}
_DRAWINGS = frozenset({f"{W}drawing", f"{W}pict", f"{W}object", f"{_MC}AlternateContent"})
_RANGES: dict[str, Callable[[set[str], str], None]] = {f"{W}commentRangeStart": set.add, f"{W}commentRangeEnd": set.discard}
_LINK = re.compile(r'(?i)\s*hyperlink\s+(?:"([^"]+)"|([^\s"\\]\S*))')
_DEEPEST = 60
_PIXEL = 9525  # English Metric Units in a CSS pixel.


_BARE = Around()
_UNTOUCHED = Piece("")


class Walk(Changing):
    """Counts paragraphs and tables as Word shows them; `unread` is what is shown and cannot be taken as words."""

    parts: WordParts
    styles: Styles
    relations: dict[str, Relation]
    notes: dict[str, ET.Element] = field(default_factory=dict)
    unread: list[Unread] = field(default_factory=list)
    open_comments: set[str] = field(default_factory=set)
    spoken: dict[str, str] = field(default_factory=dict)
    paragraphs: int = 0
    tables: int = 0
    made: int = 0
    pieces: list[Piece] = field(default_factory=list)
    hung: list[Block] = field(default_factory=list)
    fields: list[tuple[int, str]] = field(default_factory=list)
    lists: Numbering | None = None
    absent: set[str] = field(default_factory=set)

    @property
    def numbering(self) -> Numbering:
        """The lists of the document, read when a paragraph is found in one."""
        self.lists = self.lists or Numbering(*lists_of(self.parts.data("numbering")))
        return self.lists

    def blocks(self, parent: ET.Element, name: str = "", around: Around = _BARE) -> Iterator[Block]:
        """Paragraphs and tables, also inside content controls and tracked moves; those of a cell or a note all bear its `name`."""
        for child in parent:
            if self.made >= MOST_LINES:
                return
            if child.tag == f"{W}p":
                self.made += 1
                self.paragraphs += not name
                yield self.paragraph(child, name or f"p{self.paragraphs}", around)
            elif child.tag == f"{W}tbl":
                self.tables += not name
                yield self.table(child, name or f"t{self.tables}", around)
            elif child.tag == f"{W}sdt":
                yield from self._controlled(child, name, around)
            elif child.tag in _TOUCHES:
                yield from self.blocks(child, name, replace(around, touch=_touched(child, around.touch)))
            elif child.tag in _WRAPS or child.tag == f"{_MC}AlternateContent":
                yield from self.blocks(_choice(child), name, around)
            elif child.tag in _RANGES:
                _RANGES[child.tag](self.open_comments, child.get(f"{W}id", ""))
            elif child.tag in (f"{W}altChunk", f"{W}subDoc"):
                self._miss(Unseen.OBJECT, "a document inside the document", name or f"p{self.paragraphs}")

    def _controlled(self, control: ET.Element, name: str, around: Around) -> Iterator[Block]:
        """What a content control holds; one that nobody filled is as many empty paragraphs."""
        if (content := control.find(f"{W}sdtContent")) is None:
            return
        if not _is_placeholder(control):
            yield from self.blocks(content, name, around)
            return
        for _ in content.iter(f"{W}p"):
            self.paragraphs += not name
            yield Paragraph((), name or f"p{self.paragraphs}")

    def paragraph(self, paragraph: ET.Element, name: str, around: Around) -> Paragraph:
        """One paragraph with everything that hangs on it."""
        settings = paragraph.find(f"{W}pPr")
        identity, outline = value(settings, "pStyle"), value(settings, "outlineLvl")
        style = self.styles.style(identity)
        if outline.isdigit():
            style = replace(style, level=(int(outline) + 1) % 10)
        outer = self.pieces, self.hung, self.fields
        self.pieces, self.hung, self.fields = [], [], []
        shaded = around.shaded or has_ground(settings)
        marked = self._marks(identity) or around.style
        self._inside(paragraph, name, replace(around, look=self.styles.look(identity), shaded=shaded, style=marked), 0)
        pieces, hung = tuple(self.pieces), tuple(self.hung)
        self.pieces, self.hung, self.fields = outer
        mark = _mark(settings, around.touch)
        self.unread.extend(unseen_in(pieces, name))
        label, depth = self._label(settings, identity, pieces, mark)
        return Paragraph(pieces, name, style, label, depth, mark, hung)

    def _label(self, settings: ET.Element | None, identity: str, pieces: Sequence[Piece], mark: Piece | None) -> tuple[str, int]:
        """The number or bullet of an entry of a list; none where nobody sees the entry."""
        style = self.styles.style(identity)
        listed = value(settings, "numPr/numId") or style.listed
        if not listed or listed == "0" or (pieces and not any(piece.stands for piece in pieces)):
            return "", 0
        if mark is not None and not mark.stands and not any(piece.stands and piece.words.strip() for piece in pieces):
            return "", 0
        depth = value(settings, "numPr/ilvl") or style.depth
        at = int(depth) if depth.isdigit() else self.numbering.depth_of_style(listed, identity)
        return self.numbering.label(listed, at), at

    def table(self, table: ET.Element, name: str, around: Around) -> Table:
        """A table; rows that tracking put in or took out say so."""
        settings = table.find(f"{W}tblPr")
        style = value(settings, "tblStyle")
        shaded = around.shaded or has_ground(settings) or bool(style and self.styles.shades_table(style))
        ground = replace(around, shaded=shaded)
        return Table(tuple(self._row(row, f"{name}r{at}", ground) for at, row in enumerate(_below(table, f"{W}tr"), 1)), name)

    def _row(self, row: ET.Element, name: str, around: Around) -> Row:
        self.made += 1
        settings = row.find(f"{W}trPr")
        before = value(settings, "gridBefore")
        marks = [one for tag in (f"{W}ins", f"{W}del") if settings is not None and (one := settings.find(tag)) is not None]
        change = _touched(marks[0]) if marks else around.touch
        inside = replace(around, touch=change)
        hidden = settings is not None and is_on(settings.find(f"{W}hidden")) is True
        at = len(self.unread)
        cells = tuple(self._cell(cell, name, inside) for cell in _below(row, f"{W}tc"))
        if hidden:
            del self.unread[at:]
            self._miss(Unseen.HIDDEN, "".join(row.itertext()), name)
        return Row(cells, name, int(before) if before.isdigit() else 0, change, hidden)

    def _cell(self, cell: ET.Element, name: str, around: Around) -> Cell:
        settings = cell.find(f"{W}tcPr")
        across = value(settings, "gridSpan")
        merged = settings.find(f"{W}vMerge") if settings is not None else None
        goes_on = merged is not None and merged.get(f"{W}val", "continue") == "continue"
        around = replace(around, shaded=around.shaded or has_ground(settings))
        if settings is not None and (taken := settings.find(f"{W}cellDel")) is not None:
            around = replace(around, touch=Piece("", Touch.DELETED, *made_by(taken)))
        blocks = tuple(self.blocks(cell, name, around))
        return Cell(blocks, int(across) if across.isdigit() and 0 < int(across) < 64 else 1, goes_on)

    def _inside(self, parent: ET.Element, name: str, around: Around, depth: int) -> None:
        if depth > _DEEPEST:
            return
        for child in parent:
            if (tag := child.tag) == f"{W}r":
                self._run(child, name, around, depth)
            elif tag in _TOUCHES:
                self._inside(child, name, replace(around, touch=_touched(child, around.touch)), depth + 1)
            elif tag == f"{W}hyperlink":
                relation = self.relations.get(child.get(f"{R}id", ""))
                self._inside(child, name, replace(around, link=relation.target if relation is not None else ""), depth + 1)
            elif tag == f"{W}fldSimple":
                link = _leads_to(child.get(f"{W}instr", "")) or around.link
                self._inside(child, name, replace(around, link=link), depth + 1)
            elif tag == f"{W}sdt":
                self._inline_control(child, name, around, depth)
            elif tag in (f"{_M}oMath", f"{_M}oMathPara"):
                self._add(equation(child), around)
            elif tag in _RANGES:
                _RANGES[tag](self.open_comments, child.get(f"{W}id", ""))
            elif tag not in _SKIPPED:
                self._inside(_choice(child), name, around, depth + 1)

    def _inline_control(self, control: ET.Element, name: str, around: Around, depth: int) -> None:
        box = control.find(f"{W}sdtPr/{_W14}checkbox")
        content = control.find(f"{W}sdtContent")
        if box is not None:
            checked = box.find(f"{_W14}checked")
            ticked = checked is not None and checked.get(f"{_W14}val", "1") in ("1", "true", "on")
            self._add(TICKED if ticked else UNTICKED, around)
        elif content is not None and not _is_placeholder(control):
            self._inside(content, name, around, depth + 1)

    def _run(self, run: ET.Element, name: str, around: Around, depth: int) -> None:
        settings = run.find(f"{W}rPr")
        font = ""
        if settings is not None:
            style, fonts = value(settings, "rStyle"), settings.find(f"{W}rFonts")
            if style == "PlaceholderText":
                return
            look = around.look.under(self.styles.style(style).look) if style else around.look
            around = replace(around, look=look.under(look_of(settings)), style=self._marks(style) or around.style)
            font = fonts.get(f"{W}ascii", "") if fonts is not None else ""
        for child in run:
            if child.tag in _WORDS:
                words = child.text or ""
                self._add(drawn_in(font, words) if font else words, around)
            elif child.tag in _BREAKS:
                self._add(_BREAKS[child.tag], around)
            elif child.tag == f"{W}instrText":
                self.pieces.append(Piece(child.text or "", Touch.NEVER))
            elif child.tag not in _SKIPPED:
                self._in_run(child, name, around, depth)

    def _in_run(self, child: ET.Element, name: str, around: Around, depth: int) -> None:
        if (tag := child.tag) == f"{W}sym":
            code = child.get(f"{W}char", "")
            known = 0 < len(code) <= 6 and set(code) <= set("0123456789abcdefABCDEF")
            self._add(sign(child.get(f"{W}font", ""), int(code, 16)) if known else "", around)
        elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
            note = self.notes.pop(tag.removeprefix(W).removesuffix("Reference") + child.get(f"{W}id", ""), None)
            if note is not None:
                self._hang(note, f"{name}n")
        elif tag == f"{W}commentReference":
            self.pieces.append(Piece("", comments=frozenset({child.get(f"{W}id", "")})))
            self.spoken[child.get(f"{W}id", "")] = name
        elif tag == f"{W}fldChar":
            self._field(child, around)
        elif tag in _DRAWINGS:
            self._drawn(_choice(child), name, around, depth)
        elif len(child):
            self._inside(child, name, around, depth + 1)

    def _add(self, words: str, around: Around) -> None:
        if not words:
            return
        look, touched = around.look, around.touch or _UNTOUCHED
        hidden, bold, struck = look.unseen(shaded=around.shaded), bool(look.bold), bool(look.struck)
        comments = frozenset(self.open_comments)
        said = (words, touched.touch, touched.author, touched.made, comments, bold, struck, hidden, around.link, around.style)
        self.pieces.append(Piece(*said))

    def _marks(self, identity: str) -> str:
        """The name of that style, its id where the document has no such style, where either marks its words."""
        known = identity in self.styles.elements
        name = self.styles.style(identity).name if known else identity
        if not style_mark(name):
            return ""
        self.absent.update(() if known else (name,))
        return name

    def _field(self, mark: ET.Element, around: Around) -> None:
        """A field begins, comes to its words or ends; an old form's box, or the choice of its list, stand in no words."""
        box, choice = mark.find(f"{W}ffData/{W}checkBox"), mark.find(f"{W}ffData/{W}ddList")
        if box is not None:
            checked = box.find(f"{W}checked")
            ticked = is_on(checked if checked is not None else box.find(f"{W}default"))
            self._add(TICKED if ticked else UNTICKED, around)
        elif choice is not None:
            entries = [one.get(f"{W}val", "") for one in choice.iter(f"{W}listEntry")]
            at = value(choice, "result") or value(choice, "default") or "0"
            self._add(entries[int(at)] if at.isdigit() and int(at) < len(entries) else "", around)
        if (kind := mark.get(f"{W}fldCharType")) == "begin":
            self.fields.append((len(self.pieces), ""))
        elif self.fields:
            start, code = self.fields.pop()
            inside, link = self.pieces[start:], _leads_to(code)
            self.pieces[start:] = [replace(one, link=link or one.link) for one in inside] if code else []
            if kind == "separate":  # what stands before it is code, and what fields in it came to
                self.fields.append((start, "".join(one.words for one in inside) or " "))

    def _hang(self, parent: ET.Element, name: str, around: Around = _BARE) -> None:
        pieces, self.pieces = self.pieces, []
        self.hung.extend(self.blocks(parent, name, around))
        self.pieces = pieces

    def _drawn(self, drawing: ET.Element, name: str, around: Around, depth: int) -> None:
        ground = replace(around, shaded=True)
        boxes = list(drawing.iter(f"{W}txbxContent"))
        seen = {id(inner) for box in boxes for inner in box.iter(f"{W}txbxContent") if inner is not box}
        # What is only the older form of a box that was read is not read again.
        seen.update(id(one) for fallback in drawing.iter(f"{_MC}Fallback") for one in fallback.iter(f"{W}txbxContent"))
        for box in boxes:
            if id(box) not in seen and depth < _DEEPEST:
                self._hang(box, name, ground)
        for path in drawing.iter(f"{_V}textpath"):
            self._miss(Unseen.PICTURE, path.get("string", ""), name)
        for shown in drawing.iter(f"{_A}graphicData"):
            self._graphic(shown, drawing, name, around, boxed=bool(boxes))
        if not boxes and (drawing.tag == f"{W}object" or next(drawing.iter(f"{_V}imagedata"), None) is not None):
            self._miss(Unseen.OBJECT if drawing.tag == f"{W}object" else Unseen.PICTURE, _alternative(drawing), name)

    def _graphic(self, shown: ET.Element, drawing: ET.Element, name: str, around: Around, *, boxed: bool) -> None:
        charts = [one.get(f"{R}id", "") for one in shown.iter(f"{_CHART}chart")]
        for identity in charts + [one.get(f"{R}dm", "") for one in shown.iter(f"{_DIAGRAM}relIds")]:
            relation = self.relations.get(identity)
            root = self.parts.xml(relation.target) if relation is not None else None
            words = [part.text or "" for part in (root.iter() if root is not None else ()) if part.tag.endswith(("}t", "}v"))]
            self._miss(Unseen.CHART, " ".join([_alternative(drawing), *words]).strip(), name)
            return
        if not boxed:
            extent = drawing.find(f".//{_DRAWN}extent")
            width = int(extent.get("cx", "0")) // _PIXEL if extent is not None else 0
            self._miss(Unseen.PICTURE, _alternative(drawing), name, self._part(shown, around), width)

    def _part(self, shown: ET.Element, around: Around) -> str:
        """Where the one picture is kept; "" where that is outside the file, or it is cropped, turned, hidden or taken out."""
        changed = (value for tag in ("xfrm", "srcRect") for one in shown.iter(f"{_A}{tag}") for value in one.attrib.values())
        gone = around.touch is not None and around.touch.touch in TAKEN_OUT
        kept = [self.relations.get(one.get(f"{R}embed", "")) for one in shown.iter(f"{_A}blip")]
        return kept[0].target if len(kept) == 1 and kept[0] and not (gone or around.look.vanished or {*changed} - {"0"}) else ""

    def _miss(self, kind: Unseen, words: str, name: str, part: str = "", width: int = 0) -> None:
        self.unread.append(Unread(kind, " ".join(words.split()), name, part=part, width=width))


def _leads_to(code: str) -> str:
    """Where a field leads that is a link, by its code: `HYPERLINK "https://example.org/a" \\l "part"`."""
    found = _LINK.match(code)
    return (found[1] or found[2]).replace("\\\\", "\\") if found is not None else ""


def _is_placeholder(control: ET.Element) -> bool:
    return is_on(control.find(f"{W}sdtPr/{W}showingPlcHdr")) is True


def _choice(element: ET.Element) -> ET.Element:
    if element.tag != f"{_MC}AlternateContent":
        return element
    chosen = element.find(f"{_MC}Choice")
    fallback = element.find(f"{_MC}Fallback")
    return chosen if chosen is not None else fallback if fallback is not None else element


def _alternative(drawing: ET.Element) -> str:
    described = [one.get("descr", "") or one.get("title", "") for one in drawing.iter(f"{_DRAWN}docPr")]
    described.extend(one.get("alt", "") for one in drawing.iter(f"{_V}shape"))
    return next((text for text in described if text), "")


def _touched(change: ET.Element, around: Piece | None = None) -> Piece:
    """What the change did. Words that one person inserted and another struck out again never stood there."""
    touch = _TOUCHES[change.tag]
    if around is not None and around.touch in ADDED and touch is Touch.DELETED:
        return Piece("", Touch.NEVER, around.author, around.made)
    return Piece("", touch, *made_by(change))


def _mark(settings: ET.Element | None, around: Piece | None) -> Piece | None:
    marks = settings.find(f"{W}rPr") if settings is not None else None
    for name, touch in _TOUCHES.items() if marks is not None else ():
        if marks is not None and (change := marks.find(name)) is not None:
            return Piece("\n", touch, *made_by(change))
    return replace(around, words="\n") if around is not None else None


def _below(parent: ET.Element, tag: str) -> Iterator[ET.Element]:
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag == f"{W}sdt" or child.tag in _WRAPS or child.tag in _TOUCHES:
            yield from _below(child, tag)
