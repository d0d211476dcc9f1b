"""A document of notes as lines in reading order, whatever kind of file it was; each knows its name: `14`, `p12`, `t2r3`. And plain text as
lines: encodings guessed in a fixed order, pages at form feeds, layout kept as spaces."""

import unicodedata
from enum import StrEnum
from itertools import pairwise

from reportpack import patterns as re
from reportpack.records import dataclass

MOST_LINES = 20_000
"""Lines that are read; some 400 pages of notes."""
LONGEST_LINE = 20_000
"""Characters of one line that are read."""
LARGEST_FILE = 64 * 1024 * 1024
LARGEST_PART = 96 * 1024 * 1024


class Merged(StrEnum):
    """Whether a cell of a row is one with another."""

    NO = ""
    LEFT = "left"
    ABOVE = "above"


class Unseen(StrEnum):
    """Why something that a file holds is no part of its words."""

    HIDDEN = "hidden"
    STRUCK = "struck"
    COMMENT = "comment"
    PICTURE = "picture"
    CHART = "chart"
    OBJECT = "object"
    MARGIN = "margin"


@dataclass(frozen=True, slots=True)
class Unread:
    """What a file holds beside the words that are read: its own words, if any, and where."""

    kind: Unseen
    words: str
    line: str
    author: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a text, one paragraph of a document, or one row of a table (`cells`, and `text` is the cells joined by tabs).

    `merged` says for each cell, where any is, which one it goes on from; such a cell is empty. `quoted` is what
    the file sets as somebody else's words. `mark` is the bullet or number of a list entry, `level` that of a heading where the file says so, `strong` when all of it is
    bold, `column` the heading of the right-hand column it stood in, `page` counts from 1.
    """

    text: str
    name: str
    mark: str = ""
    level: int = 0
    strong: bool = False
    cells: tuple[str, ...] = ()
    table: int = 0
    column: str = ""
    page: int = 1
    indent: int = 0
    merged: tuple[Merged, ...] = ()
    quoted: bool = False

    @property
    def blank(self) -> bool:
        """Nothing on it."""
        return not self.text and not any(self.cells) and not self.mark


@dataclass(frozen=True, slots=True)
class Fact:
    """A field that the file itself declares: front matter of a Markdown page, or a running header of a document."""

    key: str
    value: str
    line: str


@dataclass(frozen=True, slots=True)
class Document:
    """The lines of a file in reading order, and what it shows that is in none of them (`unread`).

    `changes` counts its tracked changes; `wrapped` when its lines are broken at a width, as text from a PDF is.
    """

    lines: tuple[Line, ...]
    facts: tuple[Fact, ...] = ()
    unread: tuple[Unread, ...] = ()
    changes: int = 0
    wrapped: bool = False
    pages: int = 1
    cut: bool = False


_MARKS = "\u2022\u25cf\u25e6\u25aa\u25a0\u2023\u2043\u2219\u00b7\uf0b7\uf0a7\u27a2\u2013\u2014*\u25cb\u25ba\u2192-"
_BULLET = re.compile(rf"(?P<mark>[{re.escape(_MARKS)}]|\uf0fc)(?:[ \t\u00a0]+(?P<text>\S.*)|[ \t\u00a0]*)")
_LETTERED = re.compile(r"(?P<mark>\(?(?:[a-z]|[ivx]{1,4})\)|[a-z]\.)[ \t]+(?P<text>\S.*)")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\u200b\ufeff\u00ad]")


def decode(data: bytes) -> str:
    """Text of these bytes: by its mark, else UTF-8, else Windows' own."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def read_text(data: bytes) -> Document:
    """Lines of a text file, counted from 1 as an editor shows them."""
    return document_of(decode(data))


def document_of(text: str) -> Document:
    """Lines of a text; a form feed begins a page."""
    lines: list[Line] = []
    page = 1
    rows = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").split("\n")
    for number, raw in enumerate(rows[:MOST_LINES], 1):
        page += raw.count("\f")
        lines.append(text_line(raw.replace("\f", ""), str(number), page))
    cut = len(rows) > MOST_LINES or any(len(row) > LONGEST_LINE for row in rows[:MOST_LINES])
    return Document(tuple(lines), wrapped=looks_wrapped(lines), pages=page, cut=cut)


def text_line(raw: str, name: str, page: int = 1) -> Line:
    """A line as typed: its bullet apart, runs of spaces kept (columns are told by them), other damage cleared."""
    shown = tidy(raw[:LONGEST_LINE]).rstrip()
    stripped = shown.lstrip(" \t\u00a0")
    indent = len(shown) - len(stripped)
    match = _BULLET.fullmatch(stripped) or _LETTERED.fullmatch(stripped)
    if match is not None and not stripped.startswith(("--", "**", "-----")):
        return Line(match["text"] or "", name, mark=match["mark"], page=page, indent=indent)
    return Line(stripped, name, page=page, indent=indent)


def tidy(text: str) -> str:
    """Composed characters, no controls, a tab as two spaces; words as they stand."""
    plain = text if text.isascii() else unicodedata.normalize("NFC", text).replace("\u2010", "-").replace("\u2011", "-")
    return _CONTROL.sub("", plain.replace("\t", "  "))


def squeezed(text: str) -> str:
    """One space between words."""
    return _SPACES.sub(" ", text).strip()


def looks_wrapped(lines: list[Line]) -> bool:
    """Whether lines are broken at a width: none is long, and many end in the middle of a sentence."""
    filled = [line.text for line in lines if line.text]
    if not filled or sum(1 for text in filled if len(squeezed(text)) > 170) > len(filled) // 100 + 2:
        return False
    going_on = sum(
        1
        for before, after in pairwise(lines)
        if len(before.text) > 35 and after.text[:1].islower() and not before.text.endswith((".", ":", ";"))
    )
    return going_on >= max(1, len(filled) // 60)
