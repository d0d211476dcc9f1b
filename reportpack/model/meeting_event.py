"""What happens to a meeting: it is set, moved, called off. Each change raises its `sequence`, by which calendars know the later word."""

from datetime import date, time

from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class OfMeeting:
    """What happened to the meeting of this id."""

    meeting: str


@dataclass(frozen=True, slots=True)
class MeetingSet(OfMeeting):
    """A meeting is set for a day, or set again after it was called off."""

    day: date
    start_time: time | None = None
    venue: str = ""
    sequence: int = 0
    why: str = ""


@dataclass(frozen=True, slots=True)
class MeetingMoved(OfMeeting):
    """A meeting has another day, time or place than before; its id stays."""

    before: date
    day: date
    start_time: time | None
    venue: str
    sequence: int
    why: str = ""


@dataclass(frozen=True, slots=True)
class MeetingCancelled(OfMeeting):
    """A meeting was called off. It stays where it is, and so does its file."""

    day: date
    sequence: int
    why: str = ""


MeetingEvent = MeetingSet | MeetingMoved | MeetingCancelled
