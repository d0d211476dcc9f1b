"""Bank holidays, a year at a time. The library reads every country's rules to tell one; what it told is kept for the next run."""

from datetime import date
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from reportpack.bytecode import Compiled
from reportpack.model.office import Holidays
from reportpack.records import Record

_SUBDIVISIONS = {Holidays.ENGLAND_AND_WALES: "ENG", Holidays.SCOTLAND: "SCT", Holidays.NORTHERN_IRELAND: "NIR"}
_KEPT = Compiled(__file__)


class BankHolidays(Record):
    """Those that an office keeps; none where it keeps none."""

    whose: Holidays

    def name(self, day: date) -> str | None:
        """What the day is called, None when it is no bank holiday."""
        return self.names(day.year).get(day.isoformat())

    def names(self, year: int) -> dict[str, str]:
        """Those of a year by their days, as `2019-04-19`."""
        subdivision = _SUBDIVISIONS.get(self.whose)
        if subdivision is None:
            return {}
        found: dict[str, str] = _KEPT.get((_library(), subdivision, year), lambda: _told(subdivision, year))
        return found


@cache
def _library() -> int:
    """When the library was installed: another version may know another day."""
    found = find_spec("holidays")
    return Path(found.origin).stat().st_mtime_ns if found is not None and found.origin else 0


def _told(subdivision: str, year: int) -> dict[str, str]:
    from holidays import country_holidays

    found = country_holidays("GB", subdiv=subdivision, years=year, language="en_GB")
    return {day.isoformat(): name for day, name in found.items()}
