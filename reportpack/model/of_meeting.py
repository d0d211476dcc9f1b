"""What every event about a meeting begins with."""

from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class OfMeeting:
    """What happened to the meeting of this id."""

    meeting: str
