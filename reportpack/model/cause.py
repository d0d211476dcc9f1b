"""Why something in the notes is asked about. Queries of one cause are one question; the causes stand in the order of the harm that silence does."""

from enum import Enum, StrEnum

from reportpack.records import dataclass


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


@dataclass(frozen=True, slots=True)
class QueryKind:
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
