"""When a series meets, as a rule that proposes days, and what the machine does by itself around them.

A rule sets no meeting: a meeting exists when it has a file.
"""

from dataclasses import replace
from datetime import date, time
from enum import StrEnum

from reportpack.records import Record, key

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


class DayOfMonth(Record):
    """The day in that place (from the end when negative) among the month's days of those weekdays, Monday 0. The last Tuesday is
    -1 of (1,); the 15th is 15 of every weekday. `working` counts days on which the office is open alone."""

    place: int
    weekdays: tuple[int, ...] = EVERY_DAY
    working: bool = False


class Recurrence(Record):
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


class ProposedDay(Record):
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
    SHEETS = "health sheets"
    CALENDAR = "calendar"


class DueRules(Record):
    """What `reportpack due` does, and how many days before or after."""

    commission: int = key("days before a meeting on which the commissioning note is written", default=21)
    draft: int = key("days before it on which a draft pack is built", default=14)
    final: int = key("days before it on which the final pack is built, and what is released goes", default=7)
    chase: tuple[int, ...] = key("days after a paper or figures were wanted on which they are asked for again", default=(1, 4))
    remind: tuple[int, ...] = key(
        "days before an action's day on which its owner is reminded; 0 is the day itself", default=(7, 0)
    )
    annex: tuple[int, ...] = key(
        "days after a meeting on which you are reminded of its notes until they are issued", default=(2, 7)
    )
    monthly: int = key("the day of the month on which a pack is built even where no meeting is set; 0: never", default=1)
    alone: tuple[Alone, ...] = key(
        "what may go without your word; what is not named here is prepared, and waits for you", default=()
    )
    tell: str = key(
        "the post (its id) that is told what was done, what waits and what failed; without it the one that takes notes",
        default="",
    )

    def settled(self) -> "DueRules":
        """Every month has 28 days."""
        return replace(self, monthly=min(self.monthly, 28))
