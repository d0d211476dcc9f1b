"""Corrections to an issued annex: what somebody proposes in a copy that came back, and what a person says to it."""

from datetime import date
from enum import StrEnum

from reportpack.model.edition import Audience
from reportpack.model.meeting_event import OfMeeting
from reportpack.records import Record


class CorrectionKind(StrEnum):
    """What was done in the copy. The words are stored."""

    CHANGE = "change"
    COMMENT = "comment"
    ADDED = "paragraph added"
    REMOVED = "paragraph removed"
    MOVED = "moved"


class CorrectionPlace(Record):
    """Where it stands in the annex: under which headings, in which row and column of a table, at which item and line of the notes."""

    section: str = ""
    heading: str = ""
    row: str = ""
    column: str = ""
    item: str = ""
    line: str = ""


class FoundCorrection(Record):
    """Something that differs in a copy. In `passage`, as it was issued, `removed` stood at `start` and `inserted` is put there.
    `comment` is what was said of it; `tracked` is False for what was changed without tracking, whose author nobody knows.
    `made` is the day that the word processor gives."""

    kind: CorrectionKind
    place: CorrectionPlace
    passage: str = ""
    start: int = 0
    removed: str = ""
    inserted: str = ""
    comment: str = ""
    author: str = ""
    made: date | None = None
    tracked: bool = True
    resolved: bool = False
    reply_to: str = ""


class CorrectionProposed(OfMeeting):
    """A correction was proposed: `number` is its number for that meeting, `key` what it is known by when the copy comes a second time."""

    version: int
    number: int
    key: str
    found: FoundCorrection
    file: str
    sha256: str
    edition: Audience = Audience.OFFICE  # that of the copy: what stood in it, its readers may see
    audience: Audience = Audience.OFFICE
    """Who may read of it: as the item it stands in; at no item, as the copy's readers, and never the public."""


class CorrectionSettled(OfMeeting):
    """A person accepted or refused a correction; the event's `who` is the person. `words` are theirs, where they are not the proposer's."""

    number: int
    accepted: bool
    on: date
    why: str = ""
    words: str = ""


class Correction(Record):
    """A proposed correction with what was said to it; `settled` is None while it is open."""

    proposed: CorrectionProposed
    settled: CorrectionSettled | None = None
    by: str = ""

    @property
    def number(self) -> int:
        """Its number."""
        return self.proposed.number

    @property
    def accepted(self) -> bool:
        """Whether a person accepted it."""
        return self.settled is not None and self.settled.accepted

    @property
    def reading(self) -> tuple[str, str]:
        """What should read differently, and how: `for the first read the second`, in enough words to be found."""
        return in_context(self.proposed.found, self.settled.words if self.settled is not None else "")


_FEW = 3


def in_context(found: FoundCorrection, instead: str = "") -> tuple[str, str]:
    """The words before and after, whole words with a few around them; `instead` stands for what was proposed."""
    inserted = instead or found.inserted
    if found.kind in (CorrectionKind.ADDED, CorrectionKind.REMOVED, CorrectionKind.MOVED):
        return found.removed.strip(), inserted.strip()
    if found.kind is CorrectionKind.COMMENT:
        return found.removed.strip(), instead.strip()
    passage, start, end = found.passage, found.start, found.start + len(found.removed)
    left, right = _word_start(passage, start), _word_end(passage, end)
    for _ in range(_FEW):
        before = passage[left:right]
        if len(before.split()) >= _FEW and passage.count(before) == 1:
            break
        left, right = _word_start(passage, max(left - 1, 0)), _word_end(passage, min(right + 1, len(passage)))
    return passage[left:right].strip(), (passage[left:start] + inserted + passage[end:right]).strip()


def _word_start(text: str, at: int) -> int:
    while at > 0 and not text[at - 1].isspace():
        at -= 1
    return at


def _word_end(text: str, at: int) -> int:
    while at < len(text) and not text[at].isspace():
        at += 1
    return at
