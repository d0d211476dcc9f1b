"""Where a letter stands, and what came of a run over the outbox."""

from datetime import datetime

from reportpack.model.letter import Letter
from reportpack.model.outbox import LetterQueued, LetterState
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class LetterStanding:
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


@dataclass(frozen=True, slots=True)
class NotSent:
    """Somebody who is sent nothing, and why; `meant` where the settings say so."""

    who: str
    post: str
    why: str
    meant: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What came of a run: every letter that was asked for as it stands now. `fresh` are the keys of those that went in this run.

    `folder` is where they lie when it was a rehearsal or drafts; `trouble` is why the run stopped early.
    """

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
