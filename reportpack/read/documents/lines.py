"""A document of notes as lines in reading order, whatever kind of file it was; each knows its name: `14`, `p12`, `t2r3`. Plain text as lines: encodings
guessed in a fixed order, pages at form feeds, layout kept as spaces. And what a page carries and nobody said (markings, page numbers, running
footers, the buttons of a web page): taken out, and remembered."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise

from reportpack import patterns as re
from reportpack.model.passage import Mark
from reportpack.records import Record

MOST_LINES = 20_000  # Lines that are read; some 400 pages of notes.
LONGEST_LINE = 20_000
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


class Unread(Record):
    """What a file holds beside the words that are read: its own words, if any, and where. A picture that can be taken as it is seen has the
    `part` of the file that keeps it, and its `width` in CSS pixels (0: its own)."""

    kind: Unseen
    words: str
    line: str
    author: str = ""
    part: str = ""
    width: int = 0


class Line(Record):
    """One line of a text, one paragraph of a document, or one row of a table (`cells`, and `text` is the cells joined by tabs). `merged`
    says for each cell, where any is, which one it goes on from; such a cell is empty. `quoted` is what the file sets as somebody else's
    words. `mark` is the bullet or number of a list entry, `level` that of a heading where the file says so, `strong` when all of it is
    bold, `column` the heading of the right-hand column it stood in, `page` counts from 1. `full` are the cells, or the one text, with the addresses
    of links and the words of tables inside; `within` is the number of the table in a cell of which the row's own table stands."""

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
    full: tuple[str, ...] = ()
    within: int = 0

    @property
    def blank(self) -> bool:
        """Nothing on it."""
        return not self.text and not any(self.cells) and not self.mark


class Fact(Record):
    """A field that the file itself declares: front matter of a Markdown page, or a running header of a document."""

    key: str
    value: str
    line: str


class Document(Record):
    """The lines of a file in reading order, and what it shows that is in none of them (`unread`). `changes` counts its tracked changes;
    `wrapped` when its lines are broken at a width, as text from a PDF is."""

    lines: tuple[Line, ...]
    facts: tuple[Fact, ...] = ()
    unread: tuple[Unread, ...] = ()
    changes: int = 0
    wrapped: bool = False
    pages: int = 1
    cut: bool = False
    macros: bool = False
    marks: tuple[Mark, ...] = ()


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


def rows_of(text: str) -> tuple[list[str], bool]:
    """The rows of a text as far as they are read, and whether that is not all of them."""
    rows = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = [row[:LONGEST_LINE] for row in rows[:MOST_LINES]]
    return kept, kept != rows


def document_of(text: str) -> Document:
    """Lines of a text, counted from 1 as an editor shows them; a form feed begins a page."""
    rows, cut = rows_of(text.replace("\u2028", "\n"))
    lines: list[Line] = []
    page = 1
    for number, raw in enumerate(rows, 1):
        page += raw.count("\f")
        lines.append(text_line(raw.replace("\f", ""), str(number), page))
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


def said_in_rows(rows: Sequence[Sequence[str]]) -> str:
    """A small table as words, a line a row: `Month: April; Count: 12` where its first row are headings, else what its cells say."""
    shown = [[text.replace("\n", " ") for text in row] for row in rows if any(row)]
    heads = [text.rstrip(": ") for text in shown[0]] if len(shown) > 1 and len(shown[0]) > 1 else []
    if not all(heads) or any(letter.isdigit() for text in heads for letter in text):
        heads = []
    pairs = ([(*heads, *("" for _ in row)), row] for row in shown[bool(heads) :])
    return "\n".join(
        "; ".join(f"{head}: {text}" if head else text for head, text in zip(*one, strict=False) if text) for one in pairs
    )


def looks_wrapped(lines: list[Line]) -> bool:
    """Whether lines are broken at a width: none is long, and many end in the middle of a sentence."""
    filled = [line.text for line in lines if line.text]
    if not filled or sum(1 for text in filled if len(squeezed(text)) > 170) > len(filled) // 100 + 2:
        return False
    open_ended = ((one, after) for one, after in pairwise(lines) if len(one.text) > 35 and not one.text.endswith((".", ":", ";")))
    return sum(after.text[:1].islower() for _, after in open_ended) >= max(1, len(filled) // 60)


MARKING = re.compile(
    r"(?i)(?:government )?(?:not protectively marked|npm|protectively marked|unclassified|official(?:[ :-]+sensitive)?(?:[ :/-]+[a-z ]{0,30})?"
    r"|protect|restricted(?:[ -]+[a-z]{1,20})?|confidential|secret|handling:? .{1,40})"
)
_PAGE = re.compile(r"(?i)(?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|-\s*\d{1,4}\s*-|\d{1,3}\s+of\s+\d{1,3}")
_VERSION = re.compile(r"(?i)(?:\d{1,4}\s+)?(?:ver|version|v|rev)[. ]?\d[\w.]{0,12}")
_WEB = re.compile(
    r"(?i)(?:accessibility settings )?skip to (?:main )?content|accessibility settings|share this item|additional documents:?|print(?: this page)?|back to top|related content"
    r"|supporting documents|view the (?:background to|declarations).{0,60}|pdf icon.{0,30}|link to this page"
)
_WEB_TAIL = re.compile(r"(?i)\s+(?:pdf icon )?pdf \d+(?:\.\d+)? ?[km]b$")
_GLUED = re.compile(r"(?<=[a-z.,;:])OFFICIAL$")
_DIGITS = re.compile(r"\d+")


def clear_furniture(lines: Sequence[Line], pages: int) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """The lines that are left, with a blank line of the same name for all that is not the notes' own words, and the markings that were seen."""
    repeated = _repeated(lines, pages)
    kept: list[Line] = []
    markings: list[str] = []
    for at, line in enumerate(lines):
        line = replace(line, text=_WEB_TAIL.sub("", line.text)) if line.text.endswith(("KB", "MB", "kb", "Kb")) else line  # noqa: PLW2901 - the words of a link
        line = replace(line, text=_GLUED.sub("", line.text)) if line.text.endswith("OFFICIAL") else line  # noqa: PLW2901 - a footer glued to the last words
        text = squeezed(line.text)
        short = len(text) <= 90 and not line.cells
        marking = short and MARKING.fullmatch(text) is not None and len(text) > 6
        markings.extend([text] if marking else [])
        again = short and bool(repeated) and not line.mark and _DIGITS.sub("#", text) in repeated
        gone = marking or again or (short and _is_furniture(text, at, lines, pages))
        kept.append(replace(line, text="") if gone else line)
    return tuple(kept), tuple(markings)


def is_running(text: str) -> bool:
    """Whether the words at the head or foot of pages are what pages carry: a marking, the number of the page, a version."""
    words = list(dict.fromkeys(re.sub(r"\b(?:page|of)\b|\d+|[|/-]", " ", text, flags=re.IGNORECASE).split()))
    bare = " ".join(words)
    return not bare or MARKING.fullmatch(bare) is not None or _VERSION.fullmatch(text) is not None


def _is_furniture(text: str, at: int, lines: Sequence[Line], pages: int) -> bool:
    if _WEB.fullmatch(text) or _VERSION.fullmatch(text) or _PAGE.fullmatch(text):
        return True
    if pages < 2 or not text.isdigit() or len(text) > 4:
        return False
    near = (lines[max(0, at - 8) : at], lines[at + 1 : at + 8])
    before, after = ([line for line in beside if line.page == lines[at].page and line.text] for beside in near)
    ends = len(after) <= 1 and all(len(line.text) < 40 for line in after)
    begins = all(MARKING.fullmatch(squeezed(line.text)) for line in before)
    return ends or (begins and int(text) in (lines[at].page, lines[at].page - 1))


def _repeated(lines: Sequence[Line], pages: int) -> frozenset[str]:
    if pages < 3:
        return frozenset()
    edges, by_page = Counter[str](), dict[int, list[str]]()
    for line in lines:
        if line.text:
            by_page.setdefault(line.page, []).append(squeezed(line.text))
    for texts in by_page.values():
        if len(texts) > 4:
            edges.update({_DIGITS.sub("#", text) for text in (*texts[:1], *texts[-2:]) if len(text) < 80})
    return frozenset(text for text, count in edges.items() if count >= 3 and len(text) > 3)
