"""Passages cut into sentences, each with the line it begins on; abbreviations and initials end none."""

from collections.abc import Iterator

from reportpack import patterns as re
from reportpack.read.minutes.wraps import Passage
from reportpack.records import dataclass

_END = re.compile(r"(?<=[.!?])[\"\u201d\u2019')]*\s+(?=[A-Z\u2018\u201c\"(0-9\u00a3])")
_ABBREVIATED = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|no|cllr|e\.g|i\.e|eg|ie|etc|approx|vs|rev|sgt|insp|supt|p|pp|para|ref)|\b[A-Z])\.$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """A sentence, the line it begins on, and the index of its passage."""

    words: str
    line: str
    at: int


def sentences_of(passage: Passage, at: int) -> Iterator[Spoken]:
    """The sentences of a passage in their order."""
    text = passage.text
    begin = 0
    for match in _END.finditer(text):
        if _ABBREVIATED.search(text[max(0, match.start() - 8) : match.start()]):
            continue
        yield Spoken(text[begin : match.start()].strip(), line_at(passage, begin), at)
        begin = match.end()
    if text[begin:].strip():
        yield Spoken(text[begin:].strip(), line_at(passage, begin), at)


def line_at(passage: Passage, position: int) -> str:
    """The name of the line on which a character of the passage stands."""
    if len(passage.lines) == 1:
        return passage.lines[0][0]
    reached = 0
    for name, text in passage.lines:
        reached += len(text) + 1
        if position < reached:
            return name
    return passage.lines[-1][0]
