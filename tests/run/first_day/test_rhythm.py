"""The days of past meetings say when a series meets, in words that office.toml understands."""

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.bank_holidays import BankHolidays
from reportpack.merge.proposals import ClosedDays, proposed_days
from reportpack.model.meeting import Meeting
from reportpack.model.office import Holidays, MeetingSeries
from reportpack.run.first_day.agendas import rhythm_of
from reportpack.settings.recurrence import read_recurrence

RULES = st.builds(
    "{}{} {} of the month".format,
    st.sampled_from(["", "every second month, ", "every 3 months, "]),
    st.sampled_from(["first", "second", "third", "last"]),
    st.sampled_from(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]),
)


@given(RULES)
def test_days_that_keep_a_rule_give_the_rule_back(words: str) -> None:
    series = MeetingSeries("board", "Board", recurrence=read_recurrence(words))
    first = Meeting.of(series, date(2024, 1, 1))
    days = [
        one.by_rule for one in proposed_days(series, (first,), ClosedDays((), BankHolidays(Holidays.NONE)), date(2024, 2, 1), 14)
    ]
    found, shown = rhythm_of(days, None)
    assert shown
    assert read_recurrence(found).days == read_recurrence(words).days
    assert read_recurrence(found).every == read_recurrence(words).every


def test_a_month_without_any_in_two_years_is_left_out() -> None:
    days = [date(year, month, 15) for year in (2023, 2024) for month in range(1, 13) if month != 8]
    tuesdays = [day.replace(day=15 + (1 - day.replace(day=15).weekday()) % 7) for day in days]
    assert rhythm_of(tuesdays, time(10))[0] == "third Tuesday of the month at 10:00, not in August"


@pytest.mark.parametrize("count", [0, 1, 2])
def test_too_few_days_give_a_likely_rule_only(count: int) -> None:
    found, shown = rhythm_of([date(2024, 5, 28), date(2024, 6, 25)][:count], None)
    assert found == "last Tuesday of the month"
    assert not shown
