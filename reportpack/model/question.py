"""A question put, or to be put, to the chief officers."""

from enum import StrEnum

from reportpack.model.audience import Audience
from reportpack.model.source import Source
from reportpack.records import dataclass


class Answered(StrEnum):
    """What became of a question."""

    YES = "answered"
    PARTLY = "partly answered"
    NO = "not answered"
    UNKNOWN = "not recorded"
    TO_ASK = "to be asked"


@dataclass(frozen=True, slots=True)
class Question:
    """`words` are the asker's own; `meeting` is the id or month it belongs to."""

    words: str
    source: Source
    asked_by: str = ""
    meeting: str = ""
    topic: str = ""
    item: str = ""
    answered: Answered = Answered.UNKNOWN
    answer: str = ""
    audience: Audience = Audience.OFFICE
