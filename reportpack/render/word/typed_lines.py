"""Lines of notes put into a Word document that people go on with in Word: each under its item, below those that stand there; everything else
of the file stays as it is, byte for byte where it is another part. What Word has in a line's place is told, and never written over."""

import copy
import difflib
import io
import zipfile
from collections.abc import Sequence
from typing import Any

from reportpack import patterns as re
from reportpack.archive import Archive, Fault
from reportpack.errors import InputError
from reportpack.model.draft import ROLL, DraftLine

_MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_ALIKE = 0.55  # How much of a line Word must have left of it to be that line, changed.
_ATTENDANCE = "present or apologies"
_COMING = re.compile(r"(?i)(?:\d[\d.]*\s+)?(?:next|future) meetings?\b")
_UNWRITABLE = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(words: str) -> str:
    """The words as they can stand in one paragraph, and as they are compared."""
    return " ".join(_UNWRITABLE.sub("", words).split())


class _Package(Archive):
    """The parts of the file."""

    largest = 64 * 2**20

    def refusal(self, fault: Fault, part: str = "") -> Exception:
        """In words for somebody who types."""
        what = f" ({part})" if part else ""
        large = f"is too large when it is unpacked{what}: nothing is put into it."
        found = large if fault is Fault.TOO_LARGE else f"is damaged{what}: its words cannot be taken out of it."
        remedy = "Open it in Word, and save it anew; or move it away, and it is made again."
        return InputError(f"The Word file of the notes {found}", remedy)


class TypedFile:
    """A Word document with the typed lines that stand in it. `places` are the numbers and titles of the agenda's items."""

    def __init__(self, data: bytes, lines: Sequence[DraftLine], places: Sequence[tuple[str, str]]) -> None:
        from lxml import etree

        package = _Package(data)
        self._parts = {info: package.read(info.filename) for info in package.infos}
        try:
            self._root: Any = etree.fromstring(package.read(_MAIN), etree.XMLParser(resolve_entities=False, no_network=True))
            (self._body,) = self._root.findall(f"{_W}body")
        except (etree.XMLSyntaxError, ValueError) as error:
            raise package.refusal(Fault.DAMAGED) from error
        self._lines, self._places = lines, places
        self._at: dict[str, Any] = {}
        self._find_rows()
        self._find_lines()

    def theirs(self) -> dict[str, str | None]:
        """For each line that was put there and stands there no more as it was: what Word has in its place, None for nothing."""
        found = {}
        for one in self._lines:
            if one.stands is not None:
                words = _words(self._at[one.id]) if one.id in self._at else None
                if words != plain(one.stands):
                    found[one.id] = words
        return found

    def put(self) -> dict[str, str | None]:
        """Put in what is not there yet; gives each line that was changed with the words that stand there now."""
        done: dict[str, str | None] = {}
        for one in self._lines:
            if one.is_saved:
                continue
            if one.item == ROLL:
                if one.id not in self._at:
                    self._at[one.id] = self._new_row(one.id)
                _set_words(self._at[one.id], one.words or "")
            elif one.words is None:
                if (gone := self._at.pop(one.id, None)) is not None:
                    gone.getparent().remove(gone)
            elif one.id in self._at:
                _set_words(self._at[one.id], one.words)
            else:
                self._at[one.id] = self._insert(one)
            done[one.id] = one.words
        return done

    def data(self) -> bytes:
        """The document's bytes."""
        from lxml import etree

        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
            made = etree.tostring(self._root, xml_declaration=True, encoding="UTF-8", standalone=True)
            for info, part in self._parts.items():
                file.writestr(info, made if info.filename == _MAIN else part, zipfile.ZIP_DEFLATED)
        return stream.getvalue()

    def _paragraphs(self) -> list[Any]:
        return [one for one in self._body if one.tag == f"{_W}p"]

    def _find_lines(self) -> None:
        """Exactly as they were put, in their order; a line that is not is what is most like it between those beside it."""
        paragraphs = self._paragraphs()
        texts = [_words(one) for one in paragraphs]
        lines = [one for one in self._in_order() if one.stands is not None]
        wanted = [plain(one.stands or "") for one in lines]
        found: dict[int, int] = {}
        for block in difflib.SequenceMatcher(None, wanted, texts, autojunk=False).get_matching_blocks():
            found |= {block.a + step: block.b + step for step in range(block.size)}
        free = {at for at, text in enumerate(texts) if text} - set(found.values())
        for number, words in enumerate(wanted):
            if number in found:
                continue
            first = max((at for one, at in found.items() if one < number), default=-1)
            last = min((at for one, at in found.items() if one > number), default=len(texts))
            alike = [(_likeness(words, texts[at]), -at) for at in free if first < at < last]
            best, at = max(alike, default=(0.0, 0))
            if best >= _ALIKE:
                found[number] = -at
                free.discard(-at)
        for number, at in found.items():
            self._at[lines[number].id] = paragraphs[at]

    def _in_order(self) -> list[DraftLine]:
        """The lines in the order of the document: an item's together, an unplanned one's behind those of the item in which it began."""
        begun = {one.id: one for one in self._lines if one.begins}
        order = {number: at for at, (number, _) in enumerate(self._places)}

        def place(item: str) -> tuple[int, int]:
            line = begun.get(item)
            return (order.get(item, -1), 0) if line is None else (place(line.item)[0], 1 + self._lines.index(line))

        lines = [one for one in self._lines if one.item != ROLL]
        return sorted(lines, key=lambda one: place(one.id if one.begins else one.item))

    def _insert(self, line: DraftLine) -> Any:
        """Behind the line before it in its item, else below the item's heading; an unplanned item begins where the one before it ends."""
        made = _paragraph(line.words or "")
        begun = self._at.get(line.item)
        if line.begins and begun is None:
            self._end_of(self._heading(line.item)).addprevious(made)
            return made
        above = self._lines[: self._lines.index(line)]
        before = [self._at[one.id] for one in above if one.item == line.item and not one.begins and one.id in self._at]
        place = before[-1] if before else begun if begun is not None else self._heading(line.item)
        if place is not None:
            place.addnext(made)
        else:
            self._end_of(None).addprevious(made)
        return made

    def _heading(self, item: str) -> Any:
        """The heading of that item of the agenda, made before the end where nobody left one; None for no item."""
        title = dict(self._places).get(item)
        if title is None:
            return None
        numbered = re.compile(rf"{re.escape(item)}[.):]?\s+(?P<title>.*)")
        named = [one for one in self._paragraphs() if _is_heading(one, numbered, item, title)]
        if named:
            return named[0]
        made = _paragraph(f"{item} {title}", "Heading3")
        self._end_of(None).addprevious(made)
        return made

    def _end_of(self, heading: Any) -> Any:
        """What the section below a heading ends before: the next one; without one, what speaks of the next meeting; else the end of all."""
        if heading is None:
            return next((one for one in self._paragraphs() if _is_styled(one) and _COMING.match(_words(one))), self._last())
        begun = [self._at.get(one.id) for one in self._lines if one.begins]
        after = (one for one in heading.itersiblings(f"{_W}p") if _is_styled(one) or any(one is each for each in begun))
        return next(after, self._last())

    def _last(self) -> Any:
        """The properties of the last section, which end every body."""
        from lxml import etree

        if not len(self._body) or self._body[-1].tag != f"{_W}sectPr":
            etree.SubElement(self._body, f"{_W}sectPr")
        return self._body[-1]

    def _find_rows(self) -> None:
        self._table = next((one for one in self._body.iter(f"{_W}tbl") if _ATTENDANCE in _words(one).lower()), None)
        for row in self._table.findall(f"{_W}tr")[1:] if self._table is not None else ():
            cells = row.findall(f"{_W}tc")
            if len(cells) >= 3 and (name := person(_words(cells[0]), _words(cells[1]))):
                self._at[name] = cells[-1]

    def _new_row(self, name: str) -> Any:
        if self._table is None:
            found = "The Word file has no table of who is present or sent apologies."
            raise InputError(found, "Say it in the file itself, as a line: Present: and the names.")
        rows = self._table.findall(f"{_W}tr")
        empty = next((one for one in rows[1:] if not _words(one)), None)
        if empty is None:
            empty = copy.deepcopy(rows[-1])
            rows[-1].addnext(empty)
        cells = empty.findall(f"{_W}tc")
        who, _, post = name.partition(", ")
        for cell, words in zip(cells, (who, post, ""), strict=False):
            _set_words(cell, words)
        return cells[-1]


def person(name: str, post: str) -> str:
    """Somebody as the lines of the roll call are known by: the name with the post, or either alone."""
    return ", ".join(filter(None, (plain(name), plain(post))))


def _is_heading(paragraph: Any, numbered: "re.Pattern[str]", item: str, title: str) -> bool:
    words = _words(paragraph)
    match = numbered.fullmatch(words)
    if match is not None and plain(title).casefold() in (match["title"].casefold(), match["title"].casefold().rstrip(".")):
        return True
    return _is_styled(paragraph) and (words.casefold() == plain(title).casefold() or match is not None or words == item)


def _is_styled(paragraph: Any) -> bool:
    found = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return found is not None and found.get(f"{_W}val", "").startswith("Heading")


def _words(element: Any) -> str:
    """What a reader sees of it: what was moved away or deleted is no part of it."""
    every = element.iter(f"{_W}t", f"{_W}tab", f"{_W}br", f"{_W}tc")
    seen = (one for one in every if next(one.iterancestors(f"{_W}moveFrom"), None) is None)
    return plain("".join(one.text or "" if one.tag == f"{_W}t" else " " for one in seen))


def _paragraph(words: str, style: str = "") -> Any:
    from lxml import etree

    made = etree.Element(f"{_W}p")
    if style:
        etree.SubElement(etree.SubElement(made, f"{_W}pPr"), f"{_W}pStyle").set(f"{_W}val", style)
    _set_words(made, words)
    return made


def _set_words(element: Any, words: str) -> None:
    """The words in place of those of a paragraph, or of the first one of a cell; its properties stay."""
    from lxml import etree

    paragraph = element if element.tag == f"{_W}p" else element.find(f"{_W}p")
    for child in list(paragraph):
        if child.tag != f"{_W}pPr":
            paragraph.remove(child)
    if words:
        text = etree.SubElement(etree.SubElement(paragraph, f"{_W}r"), f"{_W}t")
        text.text = plain(words)
        text.set(_SPACE, "preserve")


def _likeness(one: str, other: str) -> float:
    if not other or abs(len(one) - len(other)) > max(len(one), len(other)) * (1 - _ALIKE / 2):
        return 0.0
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
