"""A reply that came back: who sent it and when, its words, what hung on it, and what it says of actions."""

from datetime import datetime
from enum import StrEnum

from reportpack.model.outbox import Delivery
from reportpack.model.problem import Source
from reportpack.records import Record


class Saying(StrEnum):
    """What a reply says of an action. Anything short of plain words that it is done is news of it."""

    COMPLETE = "complete"
    UPDATE = "update"


class ReplyKind(StrEnum):
    """What came in: a person's letter, or what a machine sent. The words are stored."""

    LETTER = "letter"
    AUTOMATIC = "automatic reply"
    DELIVERY = "delivery report"
    CALENDAR = "calendar answer"


class Passage(Record):
    """Words of a letter that stand together: `below` which quoted lines, and `by` whom where the letter passes on another's."""

    text: str
    below: str = ""
    by: str = ""


class CalendarAnswer(Record):
    """Whether somebody comes to what an invitation of that `uid` is about: the calendar's own word (DECLINED), their address and comment."""

    uid: str
    answer: str
    address: str = ""
    words: str = ""


class DeliveryTold(Record):
    """What a mail server tells of letters: to which addresses, and every message id that it names. `words` are its own. Where a person reports it, `subjects`
    are those that the letter may have had."""

    outcome: Delivery
    addresses: tuple[str, ...]
    message_ids: tuple[str, ...]
    words: str = ""
    subjects: tuple[str, ...] = ()


class ReplyFile(Record):
    """What hung on a reply, as it was called there."""

    name: str
    media_type: str
    data: bytes


class FormLine(Record):
    """What was filled in beside one reference of a reply form."""

    ref: str
    update: str
    complete: bool
    evidence: str
    cell: str


class Reply(Record):
    """A reply as it can be read. `address` is empty where the file names none; `text` is what its sender wrote, without what it
    quotes. `quoted` says how many lines of an earlier letter were left out; `outside` what somebody wrote beyond the cells of
    a form; `remarks` what could not be read, or was left out on purpose."""

    source: Source
    address: str = ""
    name: str = ""
    sent: datetime | None = None
    title: str = ""
    text: str = ""
    quoted: int = 0
    files: tuple[ReplyFile, ...] = ()
    lines: tuple[FormLine, ...] = ()
    outside: tuple[str, ...] = ()
    kind: ReplyKind = ReplyKind.LETTER
    passages: tuple[Passage, ...] = ()
    remarks: tuple[str, ...] = ()
    calendar: CalendarAnswer | None = None
    delivery: DeliveryTold | None = None


QUERIES_ON, PLACE_IN = "Queries on ", " of performance/"
"""How the queries on a workbook of figures are headed; and what stands between a place and its workbook (`Crime!B3 of performance/Extract.xlsx`)."""


class Proposal(Record):
    """What a reply proposes for one row of the register, in the sender's own words; without a sheet for a figure, by its place. `against`
    asks which holds, where the register says otherwise."""

    sheet: str
    ref: str
    saying: Saying
    words: str
    evidence: str = ""
    against: str = ""


class KeptFile(Record):
    """Something that hung on a reply: its name, and the sha256 it is kept under; empty where it is only inside the reply itself."""

    name: str
    sha256: str


class ReplyKept(Record):
    """A reply was taken in and kept under its sha256. `post` is the sender's, empty for a stranger; proposals wait for the
    officer. `letters` are the keys of those that a delivery report settled; `apologies` the meeting to which a calendar says
    that the sender does not come."""

    file: str
    sha256: str
    address: str = ""
    name: str = ""
    post: str = ""
    sent: datetime | None = None
    title: str = ""
    text: str = ""
    attached: tuple[KeptFile, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    remarks: tuple[str, ...] = ()
    kind: ReplyKind = ReplyKind.LETTER
    letters: tuple[str, ...] = ()
    apologies: str = ""

    @property
    def waits(self) -> bool:
        """Whether a person has to look at it: a letter, apologies to note down, a report that settled nothing."""
        if self.kind is ReplyKind.CALENDAR:
            return bool(self.apologies)
        return self.kind is ReplyKind.LETTER or (self.kind is ReplyKind.DELIVERY and not self.letters)


class ReplySettled(Record):
    """What the officer did with the reply of that event: for one row, or (`ref` empty) for all that was left of it."""

    reply: int
    ref: str
    accepted: bool
    why: str = ""
