"""Days on which no meeting is held: the office's closures, and the bank holidays that it keeps."""

from datetime import date

from reportpack.bank_holidays import BankHolidays
from reportpack.model.office import Closure, Office
from reportpack.records import dataclass

SATURDAY = 5


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """The closures, and the bank holidays that the office keeps."""

    closures: tuple[Closure, ...]
    bank_holidays: BankHolidays

    def reason(self, day: date) -> str:
        """Why the office is closed: `is a bank holiday (Good Friday)`; nothing where it is open, and for weekends."""
        closure = next((one for one in self.closures if one.start <= day <= one.end), None)
        if closure is not None:
            return f"is in a closure ({closure.reason.rstrip('.')})" if closure.reason else "is in a closure"
        name = self.bank_holidays.name(day)
        return f"is a bank holiday ({name})" if name else ""

    def is_working_day(self, day: date) -> bool:
        """Monday to Friday, and open."""
        return day.weekday() < SATURDAY and not self.reason(day)


def days_closed(office: Office) -> ClosedDays:
    """The days on which this office holds no meeting."""
    return ClosedDays(office.closures, BankHolidays(office.bank_holidays))
