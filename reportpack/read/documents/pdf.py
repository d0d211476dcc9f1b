"""The words of a PDF by where they stand on its pages, as lines with columns kept apart by spaces. Pictures of pages have none, and are said."""

import ctypes
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING, Any

from reportpack.read.documents.faults import UnreadableNotesError
from reportpack.read.documents.lines import MOST_LINES, Document, Unread, Unseen, document_of
from reportpack.records import Changing, Record

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage

MOST_PAGES = 300
_MOST_LETTERS = 200_000  # Letters on one page; a page of words has some thousands.
_THIN, _TINY = 3, 1.5  # Points: a shape as thin as this is a line, letters as high as this are there to be overlooked.
_WIDEST = 240


class _Piece(Changing):
    """Words side by side on a page, in points from its lower left corner."""

    words: str
    left: float
    right: float
    bottom: float
    top: float
    white: bool = False

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


class _Ground(Record):
    """A filled shape or a picture, in points."""

    left: float
    right: float
    bottom: float
    top: float
    picture: bool


def read_pdf(data: bytes) -> Document:
    """Lines from the top of each page down; where a page has two columns of text, the left one first."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        kind = "notes-locked" if "password" in str(error).lower() else "notes-damaged"
        raise UnreadableNotesError(kind, "the PDF cannot be opened") from error
    pages = len(document)
    unread: list[Unread] = []
    try:
        text = "\f".join(_page_text(document, number, unread) for number in range(min(pages, MOST_PAGES)))
    except pypdfium2.PdfiumError as error:
        raise UnreadableNotesError("notes-damaged", "a page of the PDF cannot be opened") from error
    finally:
        document.close()
    if not text.strip():
        raise UnreadableNotesError("notes-scanned") if pages else UnreadableNotesError("notes-empty")
    lines = document_of(text)
    cut = pages > MOST_PAGES or lines.cut
    return Document(lines.lines[:MOST_LINES], unread=tuple(unread), wrapped=lines.wrapped, pages=pages, cut=cut)


def _page_text(document: "PdfDocument", number: int, unread: list[Unread]) -> str:
    page = document[number]
    pieces = list(_pieces(page))
    name = f"page {number + 1}"
    rules, grounds = _drawn(page, pieces) if pieces else ([], [])
    shown = [one for one in pieces if one.top - one.bottom > _TINY and (not one.white or _is_on_ground(one, grounds))]
    if len(shown) < len(pieces):
        unread.append(Unread(Unseen.HIDDEN, "", name))
    unread.extend(Unread(Unseen.PICTURE, "", name) for one in grounds[:1] if one.picture and pieces)
    unread.extend(_notes(page, name))
    page.close()
    return "\n".join(_laid_out(shown, rules))


def _pieces(page: "PdfPage") -> Iterator[_Piece]:
    """Words that stand side by side; a wide gap, or another height, begins a new piece. Letters of a ligature share one place."""
    from pypdfium2 import raw

    text = page.get_textpage()
    count = min(text.count_chars(), _MOST_LETTERS)
    letters = text.get_text_range(0, count) if count else ""
    box, handle, place = raw.FS_RECTF(), text.raw, ctypes.byref
    piece: _Piece | None = None
    spaced, last = False, 0.0
    pointer = place(box)
    for at, letter in enumerate(letters):
        if letter.isspace() or letter in "\x00\x02\ufffe":
            spaced = spaced or letter.isspace()
            continue
        if not raw.FPDFText_GetLooseCharBox(handle, at, pointer):
            continue
        left, right, bottom, top = box.left, box.right, box.bottom, box.top
        if piece is not None and abs(bottom - piece.bottom) < 0.6 * (piece.top - piece.bottom):
            gap, height = left - piece.right, piece.top - piece.bottom
            if left == last or -0.5 * height < gap < 0.9 * height:
                piece.words += f" {letter}" if spaced or gap > 0.22 * height else letter
                piece.right, last, spaced = right, left, False
                continue
        if piece is not None:
            yield piece
        piece, last, spaced = _Piece(letter, left, right, bottom, top, _is_white(handle, at)), left, False
    if piece is not None:
        yield piece


def _is_white(text: Any, at: int) -> bool:
    from pypdfium2 import raw

    colours = [ctypes.c_uint() for _ in range(4)]
    told = raw.FPDFText_GetFillColor(text, at, *map(ctypes.byref, colours))
    return bool(told) and all(colour.value >= 253 for colour in colours[:3])


def _drawn(page: "PdfPage", pieces: Sequence[_Piece]) -> tuple[list[int], list[_Ground]]:
    """How high the lines drawn across the page stand, and what lies behind its words, pictures first."""
    from pypdfium2 import raw

    across = max(one.right for one in pieces) - min(one.left for one in pieces)
    widths: dict[int, float] = {}
    grounds: list[_Ground] = []
    for one in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE), max_depth=2):
        left, low, right, high = one.get_bounds()
        if one.type == raw.FPDF_PAGEOBJ_IMAGE or high - low >= _THIN:
            grounds.append(_Ground(left, right, low, high, one.type == raw.FPDF_PAGEOBJ_IMAGE))
        for edge in {round(low), round(high)} if one.type == raw.FPDF_PAGEOBJ_PATH else ():
            widths[edge] = widths.get(edge, 0) + right - left
    rules = sorted((height for height, width in widths.items() if width > 0.5 * across), reverse=True)
    return rules, sorted(grounds, key=lambda one: not one.picture)


def _is_on_ground(piece: _Piece, grounds: Sequence[_Ground]) -> bool:
    beside = (one for one in grounds if one.left <= piece.left + 1 and piece.right - 1 <= one.right)
    return any(one.bottom <= piece.middle <= one.top for one in beside)


def _notes(page: "PdfPage", name: str) -> Iterator[Unread]:
    from pypdfium2 import raw

    for at in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        note = raw.FPDFPage_GetAnnot(page.raw, at)
        kind = raw.FPDFAnnot_GetSubtype(note)
        words = _string(raw, note, b"Contents") or (_string(raw, note, b"V") if kind == raw.FPDF_ANNOT_WIDGET else "")
        if words and kind not in (raw.FPDF_ANNOT_LINK, raw.FPDF_ANNOT_POPUP):
            unseen = Unseen.OBJECT if kind in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT) else Unseen.COMMENT
            yield Unread(unseen, words, name, _string(raw, note, b"T") if unseen is Unseen.COMMENT else "")
        raw.FPDFPage_CloseAnnot(note)


def _string(raw: Any, note: Any, key: bytes) -> str:
    length = raw.FPDFAnnot_GetStringValue(note, key, None, 0)
    buffer = (ctypes.c_ushort * (length // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(note, key, buffer, length)
    return bytes(buffer)[:length].decode("utf-16-le", errors="replace").rstrip("\x00").strip()


def _laid_out(pieces: Sequence[_Piece], rules: Sequence[int]) -> Iterator[str]:
    """The rows of a page as lines; a space above the usual, or a line drawn between two rows, is a blank line."""
    if not pieces:
        return
    for column in _columns(pieces):
        rows = _rows(column)
        widths = sorted((one.right - one.left) / len(one.words) for one in column if len(one.words) > 8)
        # So narrow a letter that nearly every piece of words has room up to the next column.
        width = max(widths[len(widths) // 10], 1.0) if widths else 5.0
        left = min(one.left for one in column)
        parted = _parted([row[0] for row in rows], rules)
        for at, row in enumerate(rows):
            if at in parted:
                yield ""
            line = ""
            for piece in row:
                place = min(round((piece.left - left) / width), _WIDEST)
                line += " " * max(place - len(line), 3 if line else 0) + piece.words
            yield line
        yield ""


def _parted(rows: Sequence[_Piece], rules: Sequence[int]) -> set[int]:
    """The rows with a space above them that is wider than the usual and than that of their neighbours, or with a
    line between them and a cell of several rows."""
    steps = [above.middle - below.middle for above, below in pairwise(rows)]
    usual = median(steps) if steps else 0
    bands = [(high, low) for high, low in pairwise(rules) if sum(1 for row in rows if low < row.middle < high) > 1]
    parted: set[int] = set()
    for at, step in enumerate(steps):
        near = [other for other in (*steps[max(at - 1, 0) : at], *steps[at + 1 : at + 2]) if other]
        even = all(abs(other - step) < 0.12 * step for other in near) and step < 3 * (rows[at].top - rows[at].bottom)
        above, below = rows[at].middle, rows[at + 1].middle
        inside = any(low < below and above < high for high, low in bands) and step < 2.5 * usual
        between = any(below < edge < above for band in bands for edge in band)
        if between or (step > 1.45 * usual and not even and not inside):
            parted.add(at + 1)
    return parted


def _rows(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    rows: list[list[_Piece]] = []
    for piece in sorted(pieces, key=lambda one: -one.middle):
        last = rows[-1][0] if rows else None
        if last is not None and last.middle - piece.middle < 0.45 * min(last.top - last.bottom, piece.top - piece.bottom):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [sorted(row, key=lambda one: one.left) for row in rows]


def _columns(pieces: Sequence[_Piece]) -> list[list[_Piece]]:
    """Two columns of running text side by side are read one after the other; anything else is one."""
    left, right = min(one.left for one in pieces), max(one.right for one in pieces)
    middle = (left + right) / 2
    crossing = [one for one in pieces if one.left < middle - 5 and one.right > middle + 5]
    sides = [[one for one in pieces if one.right <= middle + 5], [one for one in pieces if one.left >= middle - 5]]
    filled = [sum(1 for one in side if one.right - one.left > 0.36 * (right - left)) for side in sides]
    if crossing and min(one.bottom for one in crossing) < max((one.top for side in sides for one in side), default=0) - 40:
        heading = [one for one in crossing if one.bottom > max(one.top for one in sides[0] + sides[1])]
        crossing = [one for one in crossing if one not in heading]
    if min(filled) < 8 or len(crossing) > 2 or filled[0] + filled[1] < 0.7 * (len(sides[0]) + len(sides[1])):
        return [list(pieces)]
    return [crossing, *sides] if crossing else sides
