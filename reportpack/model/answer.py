"""What a person answers to a query of the notes. An answer stays with the words that the query is about."""

from datetime import date
from enum import StrEnum

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
    """A query of the notes under its number in their list, with its answer, None while it is open."""

    number: int
    key: str
    query: Query
    answer: Answer | None = None

    @property
    def blocking(self) -> bool:
        """Whether it still stops the notes from being agreed."""
        return self.query.blocking and self.answer is None
