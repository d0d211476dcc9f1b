"""What a person answers to a query of the notes. An answer stays with the words that the query is about."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from reportpack.model.cause import Cause
from reportpack.model.meeting_event import OfMeeting
from reportpack.model.minutes import Query
from reportpack.records import dataclass


class Verdict(StrEnum):
    """What kind of answer it is. The words are stored."""

    ANSWERED = "answered"
    NOT_KNOWN = "not known"
    LEFT = "left as it is"


@dataclass(frozen=True, slots=True)
class QueryAnswered(OfMeeting):
    """A query was answered; the event's `who` is the person. `key` is what the query is known by, `words` the answer, `why` the reason."""

    key: str
    kind: str
    found: str
    verdict: Verdict
    on: date
    words: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with who gave it."""

    given: QueryAnswered
    by: str


@dataclass(frozen=True, slots=True)
class AskedQuery:
    """A query of the notes with its answer, None while it is open. `number` is that of the question that its cause is; `part` counts the places of
    a question that has several, and is 0 where it has one."""

    number: int
    key: str
    query: Query
    answer: Answer | None = None
    cause: Cause = Cause.OTHER
    part: int = 0

    @property
    def name(self) -> str:
        """By what it is answered: `3`, or `3.2` for the second place of the third question."""
        return f"{self.number}.{self.part}" if self.part else str(self.number)

    @property
    def is_open(self) -> bool:
        """Whether somebody is asked, and has not answered."""
        return self.answer is None and self.cause is not Cause.MARKED

    @property
    def blocking(self) -> bool:
        """Whether it still stops the notes from being agreed."""
        return self.query.blocking and self.answer is None


def count_questions(asked: Sequence[AskedQuery], *, blocking: bool = False) -> int:
    """How many questions are open, whatever the number of their places; or of those how many stop the notes from being agreed."""
    return len({one.number for one in asked if (one.blocking if blocking else one.is_open)})
