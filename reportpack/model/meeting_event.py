"""What happens to a meeting: it is set, moved, called off. Each change raises its `sequence`, by which calendars know the later word."""

from datetime import date, time

from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class MeetingSet:
    """A meeting is set for a day, or set again after it was called off."""

    meeting: str
    day: date
    start_time: time | None = None
    venue: str = ""
    sequence: int = 0
    why: str = ""

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return self.meeting


@dataclass(frozen=True, slots=True)
class MeetingMoved:
    """A meeting has another day, time or place than before; its id stays."""

    meeting: str
    before: date
    day: date
    start_time: time | None
    venue: str
    sequence: int
    why: str = ""

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return self.meeting


@dataclass(frozen=True, slots=True)
class MeetingCancelled:
    """A meeting was called off. It stays where it is, and so does its file."""

    meeting: str
    day: date
    sequence: int
    why: str = ""

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return self.meeting


MeetingEvent = MeetingSet | MeetingMoved | MeetingCancelled
