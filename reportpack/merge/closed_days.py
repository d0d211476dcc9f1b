"""Days on which no meeting is held: the office's closures, and the bank holidays that it keeps."""

from collections.abc import Container
from datetime import date
from typing import Protocol

from reportpack.model.office import Closure, Holidays, Office
from reportpack.records import dataclass

_SUBDIVISIONS = {Holidays.ENGLAND_AND_WALES: "ENG", Holidays.SCOTLAND: "SCT", Holidays.NORTHERN_IRELAND: "NIR"}
SATURDAY = 5


class BankHolidays(Container[date], Protocol):
    """Whether a day is one, and what it is called."""

    def get(self, key: date) -> str | None:
        """Its name."""


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """The closures, and the bank holidays where the office keeps any."""

    closures: tuple[Closure, ...]
    bank_holidays: BankHolidays | None

    def reason(self, day: date) -> str:
        """Why the office is closed: `is a bank holiday (Good Friday)`; nothing where it is open, and for weekends."""
        closure = next((one for one in self.closures if one.start <= day <= one.end), None)
        if closure is not None:
            return f"is in a closure ({closure.reason.rstrip('.')})" if closure.reason else "is in a closure"
        name = self.bank_holidays.get(day) if self.bank_holidays is not None else None
        return f"is a bank holiday ({name})" if name else ""

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, and open."""
        return day.weekday() < SATURDAY and not self.reason(day)


def days_closed(office: Office) -> ClosedDays:
    """The days on which this office holds no meeting."""
    return ClosedDays(office.closures, _bank_holidays(office.bank_holidays))


def _bank_holidays(whose: Holidays) -> BankHolidays | None:
    if whose is Holidays.NONE:
        return None
    from holidays import country_holidays

    found: BankHolidays = country_holidays("GB", subdiv=_SUBDIVISIONS[whose], language="en_GB")
    return found
