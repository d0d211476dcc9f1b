"""What happens to a meeting: it is set, moved, called off. Each change raises its `sequence`, by which calendars know the later word."""

from datetime import date, time

from reportpack.records import Record


class OfMeeting(Record):
    """What happened to the meeting of this id."""

    meeting: str


class MeetingSet(OfMeeting):
    """A meeting is set for a day, or set again after it was called off."""

    day: date
    start_time: time | None = None
    venue: str = ""
    sequence: int = 0
    why: str = ""


class MeetingMoved(OfMeeting):
    """A meeting has another day, time or place than before; its id stays."""

    before: date
    day: date
    start_time: time | None
    venue: str
    sequence: int
    why: str = ""


class MeetingCancelled(OfMeeting):
    """A meeting was called off. It stays where it is, and so does its file."""

    day: date
    sequence: int
    why: str = ""


MeetingEvent = MeetingSet | MeetingMoved | MeetingCancelled
