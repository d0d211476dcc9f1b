"""The outbox's own journal, entry by entry: which document went to whom, and what came of it. No words and no addresses stand in it."""

from collections.abc import Iterable
from enum import StrEnum

from reportpack.model.outbox import LetterState
from reportpack.records import Record


class Step(StrEnum):
    """What is said of a letter or a version. The words are stored."""

    EPOCH = "epoch"
    """From here on another past counts: what was released before and has no end on record is nobody's knowledge."""
    RUN = "letters are about to go"
    """What the second place hears beforehand: a machine that is put back to before it knows that it does not know."""
    BEGUN = "begun"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    PUT_OFF = "put off"
    UNCERTAIN = "uncertain"
    DRAFTED = "draft written"
    SENT = "settled as sent"
    NOT_SENT = "settled as not sent"
    PUBLISHED = "published"


class EpochWhy(StrEnum):
    """Why an epoch was opened. The words are stored; they end "nobody can tell whether it went, because ..."."""

    BEGUN = "the journal was begun"
    RESTORED = "the ledger was restored"
    PUT_BACK = "the ledger is not the one that the journal goes with"
    COPIED = "the office's folder was copied, or put back from a copy"
    BEHIND = "the second place knows of more than this machine"
    LOST = "the journal or its key was lost"


_STATES = {
    Step.BEGUN: LetterState.UNCERTAIN,
    Step.ACCEPTED: LetterState.SENT,
    Step.REFUSED: LetterState.REFUSED,
    Step.PUT_OFF: LetterState.WAITING,
    Step.UNCERTAIN: LetterState.UNCERTAIN,
    Step.DRAFTED: LetterState.DRAFTED,
    Step.SENT: LetterState.SENT,
    Step.NOT_SENT: LetterState.WAITING,
}


NotedLetter = tuple[str, int, str, str]
"""A letter as the journal knows it: meeting and document, version, edition, and the keyed hash of the address."""
_GIVEN = (LetterState.SENT, LetterState.UNCERTAIN, LetterState.DRAFTED)


class Entry(Record):
    """A line of the journal. `document` is the meeting with the document, `to` a keyed hash of the address. `content` is of the
    pages that a released version is made of; `event` and `past` are the ledger's newest event and its link, `mark` is what the
    place had that no copy takes along."""

    step: Step
    document: str = ""
    version: int = 0
    edition: str = ""
    to: str = ""
    content: str = ""
    why: str = ""
    epoch: int = 0
    event: int = 0
    past: str = ""
    mark: str = ""

    @property
    def letter(self) -> NotedLetter:
        """Whose entry it is."""
        return self.document, self.version, self.edition, self.to

    @property
    def state(self) -> LetterState:
        """Where the letter stands after it."""
        return _STATES[self.step]


def last_entries(entries: Iterable[Entry]) -> dict[NotedLetter, Entry]:
    """What the journal says last of each letter."""
    return {one.letter: one for one in entries if one.step in _STATES}


def versions_of(entries: Iterable[Entry], document: str, edition: str) -> dict[int, str]:
    """Every version that somebody may have been given, with what its pages were."""
    own = [one for one in entries if (one.document, one.edition) == (document, edition)]
    last, found = last_entries(own), dict[int, str]()
    for one in own:
        if one.step is Step.PUBLISHED or last[one.letter].state in _GIVEN:
            found[one.version] = one.content or found.get(one.version, "")
    return found
