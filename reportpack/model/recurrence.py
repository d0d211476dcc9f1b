"""When a series meets, as a rule that proposes days, and what the machine does by itself around them.

A rule sets no meeting: a meeting exists when it has a file.
"""

from datetime import date, time
from enum import StrEnum

from reportpack.records import dataclass

EVERY_DAY = (0, 1, 2, 3, 4, 5, 6)
WORKING_DAYS = (0, 1, 2, 3, 4)
EVERY_MONTH = tuple(range(1, 13))


class Step(StrEnum):
    """What a rule counts in."""

    MONTHS = "months"
    WEEKS = "weeks"


class Clash(StrEnum):
    """What becomes of a day on which no meeting can be held."""

    NEXT = "the next working day"
    BEFORE = "the working day before"
    SKIP = "no meeting"


@dataclass(frozen=True, slots=True)
class DayOfMonth:
    """The day in that place (from the end when negative) among the month's days of those weekdays, Monday 0. The last Tuesday is
    -1 of (1,); the 15th is 15 of every weekday. `working` counts days on which the office is open alone."""

    place: int
    weekdays: tuple[int, ...] = EVERY_DAY
    working: bool = False


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule as its `words` say it. In months: `days` of each month in `months`, every so many months; without days the months
    alone are named. In weeks: the `weekdays` of every so many weeks. `start` is where "every second" is counted from; without
    it that is the last meeting. `left_out` are single days; `start_time` is None where the words give none."""

    words: str
    step: Step = Step.MONTHS
    every: int = 1
    days: tuple[DayOfMonth, ...] = ()
    weekdays: tuple[int, ...] = ()
    months: tuple[int, ...] = EVERY_MONTH
    start: date | None = None
    end: date | None = None
    left_out: tuple[date, ...] = ()
    start_time: time | None = None
    clash: Clash = Clash.NEXT

    @property
    def names_days(self) -> bool:
        """Whether it names days, not months alone."""
        return bool(self.days or self.weekdays)


@dataclass(frozen=True, slots=True)
class Proposal:
    """A day that a rule proposes. `by_rule` is its own day, or the first of the month where it names months alone. `day` is where
    the meeting can be held; None where it falls out, or where a person has to choose one. `why` says why they differ."""

    series: str
    by_rule: date
    day: date | None
    why: str = ""
    month_only: bool = False


class Alone(StrEnum):
    """What may be set to go without a person's word."""

    COMMISSIONING = "commissioning notes"
    REMINDERS = "reminders"
    CHASES = "chases"
    CALENDAR = "calendar"


@dataclass(frozen=True, slots=True)
class DueRules:
    """When what falls due, in days, and what may go alone. `tell` is the post of the officer who is told of everything."""

    commission: int = 21
    draft: int = 14
    final: int = 7
    chase: tuple[int, ...] = (1, 4)
    remind: tuple[int, ...] = (7, 0)
    annex: tuple[int, ...] = (2, 7)
    monthly: int = 1
    alone: tuple[Alone, ...] = ()
    tell: str = ""
