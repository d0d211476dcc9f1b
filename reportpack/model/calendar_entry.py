"""What goes into somebody's calendar: a meeting, or a day by which something is wanted."""

from datetime import date, datetime
from enum import StrEnum

from reportpack.records import dataclass


class Method(StrEnum):
    """What a calendar file asks of the program that opens it."""

    REQUEST = "REQUEST"
    """Put the meeting in, or change it: to one person, with their name in it."""
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"
    """Show these: to anybody, with nobody's name in it."""


@dataclass(frozen=True, slots=True)
class CalendarPerson:
    """Who calls the meeting, or the one person who is asked."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """`start` and `end` are instants with a zone, or days without one: a whole day, `end` the first that is no longer part of it.

    `uid` is the same for ever; `sequence` rises with each change of day, time or place.
    """

    uid: str
    title: str
    start: datetime | date
    end: datetime | date
    sequence: int = 0
    place: str = ""
    notes: str = ""
    cancelled: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is a whole day."""
        return not isinstance(self.start, datetime)
