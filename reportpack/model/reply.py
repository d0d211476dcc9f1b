"""A reply that came back: who sent it and when, its words, what hung on it, and what it says of actions."""

from datetime import datetime
from enum import StrEnum

from reportpack.model.source import Source
from reportpack.records import dataclass


class Saying(StrEnum):
    """What a reply says of an action. Anything short of plain words that it is done is news of it."""

    COMPLETE = "complete"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class ReplyFile:
    """What hung on a reply, as it was called there."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True, slots=True)
class FormLine:
    """What was filled in beside one reference of a reply form."""

    ref: str
    update: str
    complete: bool
    evidence: str
    cell: str


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply as it can be read. `address` is empty where the file names none; `text` is what its sender wrote, without what it quotes.

    `quoted` says how many lines of an earlier letter were left out; `outside` what somebody wrote beyond the cells of a form.
    """

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


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a reply proposes for one row of the register, in the sender's own words."""

    sheet: str
    ref: str
    saying: Saying
    words: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class KeptFile:
    """Something that hung on a reply: its name, and the sha256 it is kept under; empty where it is only inside the reply itself."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class ReplyKept:
    """A reply was taken in and kept under its sha256. `post` is the sender's, empty for a stranger; proposals wait for the officer."""

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

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return self.sha256


@dataclass(frozen=True, slots=True)
class ReplySettled:
    """What the officer did with the reply of that event: for one row, or (`ref` empty) for all that was left of it."""

    reply: int
    ref: str
    accepted: bool
    why: str = ""

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return str(self.reply)
