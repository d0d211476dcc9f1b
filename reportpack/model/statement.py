"""People's words: what they wrote for the pack, verbatim, with their author; what they ask; and where words are found again."""

from datetime import date
from enum import StrEnum
from itertools import count

from reportpack.model.edition import Audience
from reportpack.model.passage import HeldBack
from reportpack.model.problem import Source
from reportpack.records import Record


class BlockKind(StrEnum):
    """What a block of somebody's words is."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBER = "number"
    HEADING = "heading"
    TABLE = "table"
    PICTURE = "picture"


class Picture(Record):
    """A picture as a data: address, and how wide it is shown, in CSS pixels."""

    address: str
    width: int


Marked = tuple[int, str, str]
"""Part of a text as its author marked it: the letters before it, the part as it stands, and `strong`, `em` or the address that it leads to."""


class Block(Record):
    """One paragraph, list entry, heading (`level` 1 to 9; 7: only bold), table or picture, as typed; `line` says where. A table has `rows`, heads
    first, and no text; that of a `picture` describes it; `depth` is that of a list entry within other lists, 0 for the outermost; `marked`
    are parts of the text, in its order."""

    kind: BlockKind
    text: str
    line: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    depth: int = 0
    picture: Picture | None = None
    level: int = 0
    marked: tuple[Marked, ...] = ()


class Statement(Record):
    """What an author (a post id, or a name as written) wrote on an agenda item or topic of a meeting."""

    author: str
    meeting: str
    blocks: tuple[Block, ...]
    source: Source
    item: str = ""
    topic: str = ""
    audience: Audience = Audience.OFFICE
    held: tuple[HeldBack, ...] = ()


class Answered(StrEnum):
    """What became of a question."""

    YES = "answered"
    PARTLY = "partly answered"
    NO = "not answered"
    UNKNOWN = "not recorded"
    TO_ASK = "to be asked"


class Question(Record):
    """`words` are the asker's own; `meeting` is the id or month it belongs to."""

    words: str
    source: Source
    asked_by: str = ""
    meeting: str = ""
    topic: str = ""
    item: str = ""
    answered: Answered = Answered.UNKNOWN
    answer: str = ""
    audience: Audience = Audience.OFFICE
    held: tuple[HeldBack, ...] = ()


class Line(Record):
    """A line of words, and its page, line or heading."""

    words: str
    place: str


class Findable(Record):
    """A document or an event whose words can be found. `key` changes whenever its words do; `edition` is the one that has it."""

    key: str
    title: str
    file: str
    day: date
    edition: Audience
    lines: tuple[Line, ...] = ()


class SaidPage(Record):
    """Everything that was said in one document, or of one row: its page's name, and what its lines stand in."""

    name: str
    title: str
    said: tuple[Findable, ...]

    @property
    def numbered(self) -> tuple[tuple[Findable, tuple[tuple[str, Line], ...]], ...]:
        """Each with its lines, numbered through the page."""
        numbers = count(1)
        return tuple((one, tuple((str(next(numbers)), line) for line in one.lines)) for one in self.said)


class Passage(Record):
    """A line that was found, and what it stands in."""

    words: str
    place: str
    title: str
    file: str
    day: date
    edition: Audience
