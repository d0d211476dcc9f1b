"""People's words for the pack: verbatim, with their author, under their topic."""

from enum import StrEnum

from reportpack.model.audience import Audience
from reportpack.model.source import Source
from reportpack.records import dataclass


class BlockKind(StrEnum):
    """What a block of somebody's words is."""

    PARAGRAPH = "paragraph"
    BULLET = "bullet"
    NUMBER = "number"
    HEADING = "heading"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, list entry, minor heading or table, as typed; `line` says where.

    A table has `rows`, heads first, and no text; `depth` is that of a list entry within other lists, 0 for the outermost.
    """

    kind: BlockKind
    text: str
    line: str = ""
    rows: tuple[tuple[str, ...], ...] = ()
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Statement:
    """What an author (a post id, or a name as written) wrote on an agenda item or topic of a meeting."""

    author: str
    meeting: str
    blocks: tuple[Block, ...]
    source: Source
    item: str = ""
    topic: str = ""
    audience: Audience = Audience.OFFICE
