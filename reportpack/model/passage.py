"""Passages of what people said or wrote that an edition does not carry in their own words: marked where they stand, or named by a person."""

from datetime import date

from reportpack.model.edition import Audience
from reportpack.model.meeting_event import OfMeeting
from reportpack.records import Record


class Mark(Record):
    """A passage that a file marks: what the mark `says`, the words that it is about (empty: all of that line's), and the line. `absent`
    is the style that marks it where the document does not have it; `unended` a typed mark without an end."""

    says: str
    words: str
    line: str
    unended: bool = False
    absent: str = ""


class HeldBack(Record):
    """Words that one edition, and those for more people, do not carry: why (the id of one of the office's reasons, empty where nobody
    gave one) and what stands there `instead`. `where` is the file that marks them, empty where a person named them."""

    edition: Audience
    words: str
    reason: str = ""
    instead: str = ""
    where: str = ""


class PassageHeld(OfMeeting):
    """A person held a passage of what was said there back from an edition; the event's `who` is the person."""

    passage: HeldBack


class PassageRestored(OfMeeting):
    """It stands in that edition again, in its own words."""

    edition: Audience
    words: str
    why: str = ""


class NotesOpened(OfMeeting):
    """A person said that notes of a meeting that was not public are to be read in that edition, passage by passage; or, not `open`, that
    they are not after all."""

    edition: Audience
    on: date
    why: str
    open: bool = True
