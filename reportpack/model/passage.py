"""Words that were said or issued somewhere, as they can be searched for: whose they are, when, where, and who may read them."""

from datetime import date

from reportpack.model.audience import Audience
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words, and its page, line or heading."""

    words: str
    place: str


@dataclass(frozen=True, slots=True)
class Record:
    """A document or an event whose words can be found. `key` changes whenever its words do; `edition` is the one that has it."""

    key: str
    title: str
    file: str
    day: date
    edition: Audience
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Passage:
    """A line that was found, and what it stands in."""

    words: str
    place: str
    title: str
    file: str
    day: date
    edition: Audience
