"""A document of notes as lines in reading order, whatever kind of file it was. Each knows its name: `14`, `p12`, `t2r3`."""

from enum import StrEnum

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
