"""What happened to letters, as the ledger has it, and where each stands by that. An attempt that has no end may have arrived."""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum

from reportpack.model.letter import Letter
from reportpack.records import Record


class Outcome(StrEnum):
    """How an attempt to hand a letter over ended. The words are stored."""

    ACCEPTED = "accepted"  # the server took it after the final dot
    REFUSED = "refused"  # for good: trying again would bring the same answer
    PUT_OFF = "put off"  # surely not taken, and may be tried again
    UNCERTAIN = "uncertain"  # the text was handed over, and no answer came


class Delivery(StrEnum):
    """What the recipient's mail server tells of a letter later. The words are stored."""

    ARRIVED = "arrived"
    LATE = "late"
    CAME_BACK = "came back"


class LetterState(StrEnum):
    """Where a letter stands, from everything that happened to it."""

    WAITING = "waiting"
    SENT = "sent"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    DRAFTED = "draft written"  # a person has the draft, and has not said that it went
    ARRIVED = "arrived"  # the recipient's mail server says so
    CAME_BACK = "came back"  # the mail server took it, and its recipient's turned it away

    @property
    def has_gone(self) -> bool:
        """Whether it surely went, as far as is known today."""
        return self in (LetterState.SENT, LetterState.ARRIVED)

    @property
    def may_go(self) -> bool:
        """Whether a run may send it by itself."""
        return self is LetterState.WAITING


class LetterQueued(Record):
    """A letter is to go, its files kept: all that its message is made of. Queued again, the last stands. `key` is the letter's
    own; it stands here too because an address may be erased from the letter."""

    key: str
    letter: Letter
    sender: str
    reply_to: str
    message_id: str
    dated: str


class OfLetter(Record):
    """What happened to a letter of a meeting: that of this key."""

    meeting: str
    key: str


class AttemptBegun(OfLetter):
    """From here on the letter may have gone. `message` is the sha256 of the whole message."""

    server: str
    message: str = ""


class AttemptEnded(OfLetter):
    """What came of the attempt, with the server's own words."""

    outcome: Outcome
    reply: str = ""


class LetterSettled(OfLetter):
    """A person says whether it went, or (`again`) that it is to be tried once more."""

    sent: bool
    why: str = ""
    again: bool = False


class LetterRehearsed(OfLetter):
    """It was laid into a folder to be looked at. It has not been sent."""

    file: str


class LetterReported(OfLetter):
    """A mail server reported later what became of it; `report` is the sha256 that the report is kept under."""

    outcome: Delivery
    words: str = ""
    report: str = ""


class DraftWritten(OfLetter):
    """It was written as a draft for a person's mail program."""

    file: str


class DraftDone(OfLetter):
    """A person says that the draft went."""


class OutboxEpoch(Record):
    """The outbox's journal is in the epoch of that number, and why. Of what was released before, but for the first, only ends on record are known."""

    number: int
    why: str


class OutboxSettled(Record):
    """A person says of everything that the epoch of that number left in doubt that it went, or that it did not."""

    number: int
    sent: bool
    why: str = ""


LetterEvent = (
    LetterQueued | AttemptBegun | AttemptEnded | LetterSettled | LetterRehearsed | LetterReported | DraftWritten | DraftDone
)
_ENDED = {
    Outcome.ACCEPTED: LetterState.SENT,
    Outcome.REFUSED: LetterState.REFUSED,
    Outcome.PUT_OFF: LetterState.WAITING,
    Outcome.UNCERTAIN: LetterState.UNCERTAIN,
}
_REPORTED = {Delivery.CAME_BACK: LetterState.CAME_BACK, Delivery.ARRIVED: LetterState.ARRIVED}
_OTHERWISE = {AttemptBegun: LetterState.UNCERTAIN, DraftWritten: LetterState.DRAFTED, DraftDone: LetterState.SENT}


def state_after(events: Iterable[LetterEvent]) -> LetterState:
    """Where a letter stands after its events, oldest first. Sent is for ever, but for a person who says otherwise."""
    state = LetterState.WAITING
    for event in events:
        if isinstance(event, AttemptEnded):
            state = _ENDED[event.outcome]
        elif isinstance(event, LetterSettled):
            state = LetterState.SENT if event.sent else LetterState.WAITING
        elif isinstance(event, LetterReported):
            state = _REPORTED.get(event.outcome, state)
        else:
            state = _OTHERWISE.get(type(event), state)
    return state


class LetterStanding(Record):
    """A letter, where it stands, and what was said of it last. `mark` is the number of the last event that was not an attempt."""

    queued: LetterQueued
    state: LetterState
    reply: str
    mark: int
    attempts: int
    last: datetime
    who: str = ""
    rehearsed: bool = False

    @property
    def key(self) -> str:
        """The letter's key."""
        return self.queued.key

    @property
    def letter(self) -> Letter:
        """The letter itself, in the words that it was queued in last."""
        return self.queued.letter


class NotSent(Record):
    """Somebody who is sent nothing, and why; `meant` where the settings say so."""

    who: str
    post: str
    why: str
    meant: bool = False


class DeliveryReport(Record):
    """What came of a run: every letter that was asked for as it stands now. `fresh` are the keys of those that went in this run.
    `folder` is where they lie when it was a rehearsal or drafts; `trouble` is why the run stopped early."""

    letters: tuple[LetterStanding, ...] = ()
    fresh: frozenset[str] = frozenset()
    not_sent: tuple[NotSent, ...] = ()
    folder: str = ""
    trouble: str = ""

    @property
    def missing(self) -> tuple[LetterStanding, ...]:
        """What has not surely arrived; in a rehearsal nothing was to."""
        return tuple(one for one in self.letters if not one.state.has_gone) if not self.folder else ()

    @property
    def failed(self) -> bool:
        """Whether somebody should look at it."""
        return bool(self.missing or self.not_sent or self.trouble)
