"""What the machine does by itself, and when, as the office has set it."""

from enum import StrEnum

from reportpack.records import dataclass


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
