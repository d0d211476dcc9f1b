"""Meetings that people named, bound to the meetings there are. A month is the first meeting of the same series in it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reportpack.model.agenda_view import Occasion
from reportpack.model.meeting import Meeting
from reportpack.model.period import Period

_ID, _DAY, _MONTH = len("2019-05-28-"), len("2019-05-28"), len("2019-05")


@dataclass(frozen=True, slots=True)
class Calendar:
    """All meetings in the order of time; those called off bind nothing. `main` is the series of what names none."""

    meetings: tuple[Meeting, ...]
    main: str

    def bind(self, named: str, written: str, series: str = "") -> Occasion:
        """A meeting's id, a day or a month, as the occasion it is; `series` is that of who said so."""
        text = written or named
        month = month_of(named)
        if month is None:
            return Occasion(text)
        return Occasion(text, next(self._fitting(named, series), None), month)

    def _fitting(self, named: str, series: str) -> Iterator[Meeting]:
        """The best meeting first: the day itself, then the month; a meeting that was moved answers to its first day too."""
        held = [one for one in self.meetings if not one.cancelled and (not series or one.series == series)]
        if len(named) > _DAY:
            yield from (one for one in self.meetings if one.id == named and not one.cancelled)
            return
        if len(named) == _DAY:
            days = [one for one in self.meetings if not one.cancelled and named in (one.day.isoformat(), one.id[:_DAY])]
            yield from (one for one in days if not series or one.series == series)
            yield from days
            if not named.endswith("-01"):
                return
        month = named[:_MONTH]
        yield from (one for one in held if one.id.startswith(month))
        yield from (one for one in held if one.day.isoformat().startswith(month))

    def series_of(self, named: str) -> str:
        """The series of the meeting that was named: of its id, of the only one that met then; empty when that does not tell."""
        if len(named) > _DAY:
            return named[_ID:]
        then = {one.series for one in self._fitting(named, "")} if named else set()
        return then.pop() if len(then) == 1 else ""


def calendar_of(meetings: Sequence[Meeting], main: str) -> Calendar:
    """The meetings in the order of their days."""
    return Calendar(tuple(sorted(meetings, key=lambda one: (one.day, one.id))), main)


def month_of(named: str) -> Period | None:
    """The month of an id, a day or a month; None where the text is none."""
    try:
        return Period.month(int(named[:4]), int(named[5:7])) if len(named) >= _MONTH else None
    except ValueError:
        return None


def is_past(occasion: Occasion, day: date) -> bool:
    """Whether it is over on that day: its meeting's day has passed, or its whole month."""
    return occasion.day is not None and occasion.day < day
