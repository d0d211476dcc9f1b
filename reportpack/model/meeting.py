"""A meeting, its agenda and its papers."""

from dataclasses import replace
from datetime import date, time
from enum import StrEnum

from reportpack.model.correction import Correction
from reportpack.model.edition import Audience
from reportpack.model.office import AgendaItem, MeetingSeries
from reportpack.model.period import iso_day
from reportpack.model.problem import Source
from reportpack.records import Record


class PaperStatus(StrEnum):
    """Where a paper is."""

    RECEIVED = "received"
    AWAITED = "awaited"
    TABLED = "tabled"
    DEFERRED = "deferred"


class Paper(Record):
    """A paper by others: for which item, from which post, wanted by when. `file` (below inputs/) is empty until it is received;
    its `letter` is its own for good."""

    title: str
    item: str
    status: PaperStatus
    author: str = ""
    wanted_by: date | None = None
    file: str = ""
    audience: Audience = Audience.OFFICE
    source: Source = Source("")
    corrections: tuple[Correction, ...] = ()  # to the notes of the meeting before, where the paper is they
    withheld: str = ""
    letter: str = ""
    mark: str = ""  # what its file is known by
    deferred_to: date | None = None  # the day of the meeting that takes it instead


class Meeting(Record):
    """One meeting. `id` is fixed when it is first set (`2019-05-28-assurance`); a move changes `day`, never the id. `earlier` are
    days that it was moved to and from; `also` the names, besides its id, that its files may bear. It `lasts` minutes."""

    id: str
    series: str
    day: date
    title: str
    start_time: time | None = None
    venue: str = ""
    chair: str = ""
    note_taker: str = ""
    expected: tuple[str, ...] = ()
    apologies: tuple[str, ...] = ()
    present: tuple[str, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    papers: tuple[Paper, ...] = ()
    cancelled: bool = False
    source: Source = Source("")
    lasts: int = 120
    earlier: tuple[date, ...] = ()
    also: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()  # the topics that alone its pack is about; none: whatever stands

    @classmethod
    def of(cls, series: MeetingSeries, day: date) -> "Meeting":
        """A meeting of that series that differs from it in nothing."""
        made = cls(f"{day.isoformat()}-{series.id}", series.id, day, series.title_on(day), series.start_time, series.venue)
        made = replace(made, chair=series.chair, note_taker=series.note_taker, expected=series.expected, agenda=series.agenda)
        return replace(made, theme=series.theme or theme_of(series, series.agenda))

    @property
    def first_day(self) -> date:
        """The day for which it was first set, which its id names."""
        return iso_day(self.id[:10]) or self.day

    @property
    def days(self) -> tuple[date, ...]:
        """Every day that it was ever set for, the one that holds last."""
        return tuple(dict.fromkeys((self.first_day, *self.earlier, self.day)))

    @property
    def names(self) -> tuple[str, ...]:
        """What its files may be named after, its id first."""
        return (self.id, *self.also)


def theme_of(series: MeetingSeries, agenda: tuple[AgendaItem, ...]) -> tuple[str, ...]:
    """What a meeting is about where nobody says it: in public, of the topics on its agenda alone."""
    return tuple(dict.fromkeys(one.topic for one in agenda if one.topic)) if series.public else ()
