"""An action: what a meeting asked a post to do."""

from datetime import date
from enum import StrEnum

from reportpack.model.edition import Audience
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.register_columns import Column
from reportpack.records import Record

NO_DAY = ("", "none", "no date", "not set", "tbc")


def says_no_day(text: str) -> bool:
    """Whether words in the place of a due day say that there is none."""
    return text.strip().casefold() in NO_DAY


class ActionState(StrEnum):
    """Where an action is in its life."""

    OPEN = "open"
    PROPOSED = "proposed complete"
    ACCEPTED = "accepted"
    CLOSED = "closed"
    DISPUTED = "disputed"
    SUPERSEDED = "superseded"
    WITHDRAWN = "withdrawn"

    @property
    def is_live(self) -> bool:
        """Whether it is not over: somebody owes it, or a meeting has still to accept it."""
        return self.is_owed or self is ActionState.PROPOSED

    @property
    def is_owed(self) -> bool:
        """Whether its owner still owes it: what is proposed complete waits for a meeting, and is never overdue."""
        return self in (ActionState.OPEN, ActionState.DISPUTED)


_ENDS = frozenset((ActionState.SUPERSEDED, ActionState.WITHDRAWN))
_NEXT = {
    ActionState.OPEN: frozenset((ActionState.PROPOSED, ActionState.CLOSED)) | _ENDS,
    ActionState.PROPOSED: frozenset((ActionState.ACCEPTED, ActionState.DISPUTED, ActionState.CLOSED, ActionState.OPEN)) | _ENDS,
    ActionState.DISPUTED: frozenset((ActionState.PROPOSED, ActionState.ACCEPTED, ActionState.CLOSED, ActionState.OPEN)) | _ENDS,
    ActionState.ACCEPTED: frozenset((ActionState.CLOSED, ActionState.DISPUTED, ActionState.OPEN)),
    **dict.fromkeys((ActionState.CLOSED, *_ENDS), frozenset((ActionState.OPEN,))),
}
"""From where an action can go where. What is over can only be opened again."""


def may_follow(before: ActionState, after: ActionState) -> bool:
    """Whether an action in the one state can come into the other."""
    return before is after or after in _NEXT[before]


class Redating(Record):
    """A due day that was moved, to when (None: to no day, or to a meeting) and why. `words` are as they stand in the register."""

    before: date | None
    after: date | None
    reason: str = ""
    words: str = ""


class Action(Record):
    """`words` are the notes' own. `owners` are post ids; `owners_as_written` is kept whatever could be read of it. `raised` is a
    meeting id or a month; `due` a day, or None with `due_meeting` naming a meeting or a month."""

    ref: str
    words: str
    state: ActionState
    source: Source
    title: str = ""
    owners: tuple[str, ...] = ()
    owners_as_written: str = ""
    raised: str = ""
    due: date | None = None
    due_meeting: str = ""
    due_as_written: str = ""
    redatings: tuple[Redating, ...] = ()
    condition: str = ""
    update: str = ""
    evidence: str = ""
    closed: date | None = None
    topic: str = ""
    item: str = ""
    audience: Audience = Audience.OFFICE
    public_title: str = ""
    decided_at: str = ""  # the meeting that accepted or disputed it
    awaits: tuple[Period, ...] = ()  # the figures that its condition says must be in first
    printed: tuple[tuple[Column, str], ...] = ()  # what else stands in its row, under columns that have no field here

    def is_overdue_on(self, day: date) -> bool:
        """Whether it is owed and its day has passed."""
        return self.state.is_owed and self.due is not None and self.due < day
