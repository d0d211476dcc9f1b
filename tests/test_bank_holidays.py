"""What is kept of the library's bank holidays is what the library says."""

import subprocess
import sys
from datetime import date

import pytest
from holidays import country_holidays

from reportpack.bank_holidays import BankHolidays
from reportpack.model.office import Holidays

SUBDIVISIONS = {"ENG": Holidays.ENGLAND_AND_WALES, "SCT": Holidays.SCOTLAND, "NIR": Holidays.NORTHERN_IRELAND}


@pytest.mark.parametrize("subdivision", SUBDIVISIONS)
def test_every_year_is_as_the_library_tells_it(subdivision: str) -> None:
    kept = BankHolidays(SUBDIVISIONS[subdivision])
    for year in range(2012, 2032):
        told = country_holidays("GB", subdiv=subdivision, years=year, language="en_GB")
        assert kept.names(year) == {day.isoformat(): name for day, name in told.items()}
        assert all(kept.name(day) == name for day, name in told.items())


def test_an_office_that_keeps_none_has_none() -> None:
    assert BankHolidays(Holidays.NONE).name(date(2019, 12, 25)) is None


def test_a_year_that_is_known_is_told_without_the_library() -> None:
    script = (
        "import sys; from datetime import date; from reportpack.bank_holidays import BankHolidays, Holidays;"
        "print(BankHolidays(Holidays.ENGLAND_AND_WALES).name(date(2019, 4, 19)), 'holidays' in sys.modules)"
    )
    program = (sys.executable, "-c", script)
    said = [subprocess.run(program, capture_output=True, text=True, check=True, env={}).stdout.split() for _ in range(2)]
    assert said[1] == ["Good", "Friday", "False"]
