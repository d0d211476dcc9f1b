"""What a clause of notes says: who does what, said by whom, how it is meant, and when. What it does not say is empty, never a guess."""

from enum import StrEnum

from reportpack.records import dataclass


class Mood(StrEnum):
    """How the deed is meant."""

    STATED = "stated"
    WILL = "will"
    AGREED = "agreed"
    ASKED = "asked"
    DECIDED = "decided"
    EXPECTED = "expected"
    HOPED = "hoped"
    OUGHT = "ought"
    MAY = "may"
    QUESTION = "question"


class Told(StrEnum):
    """Whether it is said of this meeting, of an earlier one, or in somebody else's words."""

    NOW = "now"
    EARLIER = "earlier"
    QUOTED = "quoted"


@dataclass(frozen=True, slots=True)
class Clause:
    """`actor` does the `deed` (a verb's base, or its form where no class knows it) to what `rest` says; `speaker` is who says so, `asker` who asks for it,
    `by` the verb that makes it an undertaking or a decision (`agree`, `offer`).

    `start` is where the clause begins in its sentence, `passive` when the actor is what the deed is done to.
    """

    actor: str
    deed: str
    rest: str
    mood: Mood = Mood.STATED
    denied: bool = False
    told: Told = Told.NOW
    speaker: str = ""
    asker: str = ""
    by: str = ""
    condition: str = ""
    passive: bool = False
    start: int = 0
    ready: bool = False
