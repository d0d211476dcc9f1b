"""Why something in the notes is asked about, and what a person answers to it. Queries of one cause are one question.

An answer stays with the words that the query is about; the causes stand in the order of the harm that silence does.
"""

from collections.abc import Sequence
from datetime import date
from enum import Enum, StrEnum

from reportpack.model.meeting_event import OfMeeting
from reportpack.model.minutes import Query
from reportpack.records import Record


class Cause(StrEnum):
    """A question's heading. `MARKED` is not asked: it stands in the draft where it belongs."""

    PRIVACY = "Details of a person, which may not be published"
    MEETING = "Which meeting the notes are of"
    ATTENDANCE = "Who was there, and as what"
    MATTERS = "What became of the matters brought forward"
    SPEAKERS = "Who is meant"
    ANSWERERS = "Who answered"
    ACTIONS = "Actions that cannot be followed as they stand"
    OWED = "Actions without an owner or a day"
    PROMISES = "Said to happen, and nobody can be held to it yet"
    QUESTIONS = "Questions that were not answered, or not wholly"
    STRUCK = "Words that are struck through"
    SLIPS = "Words that may be slips"
    OTHER = "What else the notes leave open"
    MARKED = "Marked in the draft, and not asked"


class Stands(Enum):
    """Where in the annex something that is open, or what was said to it, is printed."""

    HEAD = "head"
    ATTENDANCE = "attendance"
    ITEM = "item"
    ACTION = "action"
    DISCUSSED = "discussed"
    OUTCOME = "outcome"
    COMING = "coming"


class QueryKind(Record):
    """A kind of query: its cause, where it stands, and the few words that ask it where its answer is that nobody knows."""

    cause: Cause
    stands: Stands = Stands.ITEM
    short: str = ""


_KINDS = {
    "private-detail": QueryKind(Cause.PRIVACY, Stands.HEAD),
    "date-missing": QueryKind(Cause.MEETING, Stands.HEAD),
    "weekday": QueryKind(Cause.MEETING, Stands.HEAD),
    "header-unpaired": QueryKind(Cause.MEETING, Stands.HEAD),
    "chair-missing": QueryKind(Cause.ATTENDANCE, Stands.HEAD),
    "attendance-missing": QueryKind(Cause.ATTENDANCE, Stands.HEAD),
    "attendance-unknown": QueryKind(Cause.ATTENDANCE, Stands.ATTENDANCE, "Who was present?"),
    "attendance-contradiction": QueryKind(Cause.ATTENDANCE, Stands.ATTENDANCE),
    "attendance-twice": QueryKind(Cause.ATTENDANCE, Stands.ATTENDANCE),
    "capacities-unpaired": QueryKind(Cause.ATTENDANCE, Stands.ATTENDANCE, "Who holds which post?"),
    "capacity-twice": QueryKind(Cause.ATTENDANCE, Stands.ATTENDANCE, "Who else holds the post?"),
    "note-taker-absent": QueryKind(Cause.ATTENDANCE, Stands.ATTENDANCE),
    "matters-missing": QueryKind(Cause.MATTERS, Stands.HEAD),
    "matter-not-discussed": QueryKind(Cause.MATTERS, Stands.DISCUSSED, "Where was it discussed?"),
    "matter-without-outcome": QueryKind(Cause.MATTERS, Stands.OUTCOME, "Outcome?"),
    "post-unknown": QueryKind(Cause.SPEAKERS, short="Who spoke?"),
    "post-ambiguous": QueryKind(Cause.SPEAKERS),
    "asker-answers": QueryKind(Cause.ANSWERERS, short="Who answered?"),
    "reference-twice": QueryKind(Cause.ACTIONS),
    "action-unknown": QueryKind(Cause.ACTIONS),
    "action-twice": QueryKind(Cause.ACTIONS),
    "owner-ambiguous": QueryKind(Cause.OWED, Stands.ACTION, "Which of them?"),
    "owner-unknown": QueryKind(Cause.OWED, Stands.ACTION, "Who is it?"),
    "action-without-owner": QueryKind(Cause.OWED, Stands.ACTION, "Owner?"),
    "action-without-date": QueryKind(Cause.OWED, Stands.ACTION, "Day?"),
    "promise-without-owner": QueryKind(Cause.PROMISES, short="Who promised?"),
    "promise-without-number": QueryKind(Cause.PROMISES, short="The number?"),
    "undertaking": QueryKind(Cause.PROMISES, Stands.HEAD),
    "question-unanswered": QueryKind(Cause.QUESTIONS, short="The answer?"),
    "struck-words": QueryKind(Cause.STRUCK, Stands.HEAD),
    "slip": QueryKind(Cause.SLIPS),
    "next-meeting-earlier": QueryKind(Cause.OTHER, Stands.COMING),
    "answer-unclear": QueryKind(Cause.QUESTIONS, short="Was it answered?"),
    "assurance-refused": QueryKind(Cause.MARKED),
    "owner-absent": QueryKind(Cause.MARKED),
    "meeting-not-scheduled": QueryKind(Cause.MARKED, Stands.ACTION, "Which meeting?"),
    "next-meeting-date": QueryKind(Cause.MARKED, Stands.COMING, "The day?"),
    "next-meeting-venue": QueryKind(Cause.MARKED, Stands.COMING, "The place?"),
    "last-notes-not-agreed": QueryKind(Cause.MARKED, Stands.HEAD),
    "abbreviations": QueryKind(Cause.MARKED, Stands.HEAD),
    "marking-old": QueryKind(Cause.MARKED, Stands.HEAD),
}


def kind_of(slug: str) -> QueryKind:
    """What is known of a kind; one that nobody listed is asked for itself."""
    return _KINDS.get(slug, QueryKind(Cause.OTHER, Stands.HEAD))


OF_EACH_MEETING = frozenset(
    one
    for one, kind in _KINDS.items()
    if kind.cause in (Cause.PRIVACY, Cause.MEETING, Cause.MATTERS, Cause.OTHER)
    or one in ("chair-missing", "attendance-missing", "attendance-unknown", "attendance-contradiction", "capacities-unpaired")
)
"""Kinds that say nothing of another meeting. Any other that was left as it is, is left whenever its sentence comes again."""


class Verdict(StrEnum):
    """What kind of answer it is. The words are stored."""

    ANSWERED = "answered"
    NOT_KNOWN = "not known"
    LEFT = "left as it is"


class QueryAnswered(OfMeeting):
    """A query was answered; the event's `who` is the person. `key` is what the query is known by, `words` the answer, `why` the reason."""

    key: str
    kind: str
    found: str
    verdict: Verdict
    on: date
    words: str = ""
    why: str = ""


class Answer(Record):
    """An answer with who gave it."""

    given: QueryAnswered
    by: str


class AskedQuery(Record):
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
