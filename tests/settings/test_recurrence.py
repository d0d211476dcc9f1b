"""When a series meets, in words."""

from contextlib import suppress
from datetime import date, time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.model.recurrence import Clash, DayOfMonth, Recurrence, Step
from reportpack.settings import read_settings
from reportpack.settings.recurrence import read_recurrence
from reportpack.settings.recurrence_words import MONTHS, SAMPLES, WEEKDAYS
from reportpack.toml.text import WrongValueError
from tests.settings.offices import OFFICE, write_office

TUESDAY, THURSDAY, FRIDAY = 1, 3, 4
LAST_TUESDAY = (DayOfMonth(-1, (TUESDAY,)),)


def test_the_last_tuesday_of_the_month_at_ten_not_in_august() -> None:
    rule = read_recurrence("last Tuesday of the month at 10:00, not in August")
    assert (rule.step, rule.every, rule.days, rule.start_time) == (Step.MONTHS, 1, LAST_TUESDAY, time(10))
    assert rule.months == (1, 2, 3, 4, 5, 6, 7, 9, 10, 11, 12)


@pytest.mark.parametrize(
    ("words", "days", "months"),
    [
        ("second and fourth Thursday", (DayOfMonth(2, (THURSDAY,)), DayOfMonth(4, (THURSDAY,))), tuple(range(1, 13))),
        ("2nd & 4th Thursdays of each month", (DayOfMonth(2, (THURSDAY,)), DayOfMonth(4, (THURSDAY,))), tuple(range(1, 13))),
        ("first Monday of each quarter", (DayOfMonth(1, (0,)),), (1, 4, 7, 10)),
        ("the last Friday of every quarter", (DayOfMonth(-1, (FRIDAY,)),), (3, 6, 9, 12)),
        ("first Monday of the last month of each quarter", (DayOfMonth(1, (0,)),), (3, 6, 9, 12)),
        ("twice a year, in June and December", (), (6, 12)),
        ("annually, second Tuesday of May", (DayOfMonth(2, (TUESDAY,)),), (5,)),
        ("every year on 15 June", (DayOfMonth(15),), (6,)),
        ("third Thursday in March, June, September and December", (DayOfMonth(3, (THURSDAY,)),), (3, 6, 9, 12)),
        ("penultimate Wednesday of the month", (DayOfMonth(-2, (2,)),), tuple(range(1, 13))),
        ("last working day of the month", (DayOfMonth(-1, (0, 1, 2, 3, 4), working=True),), tuple(range(1, 13))),
        ("last day of the month", (DayOfMonth(-1),), tuple(range(1, 13))),
        ("the 1st and 15th of each month", (DayOfMonth(1), DayOfMonth(15)), tuple(range(1, 13))),
        ("last Tuesday of the month except in July and August", LAST_TUESDAY, (1, 2, 3, 4, 5, 6, 9, 10, 11, 12)),
        ("FREQ=MONTHLY;BYDAY=-1TU", LAST_TUESDAY, tuple(range(1, 13))),
        ("RRULE:FREQ=YEARLY;BYMONTH=6,12;BYDAY=-1TU", LAST_TUESDAY, (6, 12)),
    ],
)
def test_days_and_months_are_read(words: str, days: tuple[DayOfMonth, ...], months: tuple[int, ...]) -> None:
    rule = read_recurrence(words)
    assert (rule.step, rule.days, rule.months) == (Step.MONTHS, days, months)


@pytest.mark.parametrize(
    ("words", "every", "weekday", "start"),
    [
        ("every 12 weeks from 8 January 2019", 12, TUESDAY, date(2019, 1, 8)),
        ("every other Thursday, starting on 10/01/2019", 2, THURSDAY, date(2019, 1, 10)),
        ("fortnightly on Tuesdays", 2, TUESDAY, None),
        ("every Friday at noon", 1, FRIDAY, None),
        ("DTSTART:20190108T1000 RRULE:FREQ=WEEKLY;INTERVAL=2", 2, TUESDAY, date(2019, 1, 8)),
    ],
)
def test_weeks_are_read(words: str, every: int, weekday: int, start: date | None) -> None:
    rule = read_recurrence(words)
    assert (rule.step, rule.every, rule.weekdays, rule.start) == (Step.WEEKS, every, (weekday,), start)


def test_every_second_month_and_what_it_is_counted_from() -> None:
    rule = read_recurrence("last Tuesday of every second month from January 2019 until March 2020")
    assert (rule.every, rule.days) == (2, LAST_TUESDAY)
    assert (rule.start, rule.end) == (date(2019, 1, 1), date(2020, 3, 31))


def test_what_becomes_of_a_day_that_cannot_be_met() -> None:
    assert read_recurrence("monthly on the 15th, or the next working day").clash is Clash.NEXT
    assert read_recurrence("last Friday of the month, or the working day before").clash is Clash.BEFORE
    assert read_recurrence("last Friday of the month, or not at all").clash is Clash.SKIP


@pytest.mark.parametrize(
    ("words", "at"),
    [("2.30pm", time(14, 30)), ("at 12 noon", time(12)), ("at 10am", time(10)), ("12:00 am", time(0)), ("09:05", time(9, 5))],
)
def test_times_as_people_write_them(words: str, at: time) -> None:
    assert read_recurrence(f"last Tuesday of the month {words}").start_time == at


def test_single_days_are_left_out() -> None:
    rule = read_recurrence("last Tuesday of the month, not on 24 December 2019 and not in August")
    assert (rule.left_out, 8 in rule.months) == ((date(2019, 12, 24),), False)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("last Teusday of the month", 'Did you mean "last Tuesday of the month"?'),
        ("second Thrusday of evry month", 'Did you mean "second Thursday of every month"?'),
        ("every second Tuesday", 'write "every two weeks on Tuesday" or "second Tuesday of the month"'),
        ("bimonthly", 'write "every second month" or'),
        ("when the moon is full", '"when moon full" is not understood'),
        ("twice a year", "does not say in which months"),
        ("three times a year, in June and December", "do not agree"),
        ("every 2 weeks, first Tuesday", "weeks and of months at once"),
        ("every two weeks", "on which day of the week"),
        ("not in August", "It does not say when"),
        ("in August, not in August", "leaves no month"),
        ("last Tuesday of the month from 31 February 2019", "is no date"),
        ("last Tuesday from May 2020 until May 2019", "ends before it begins"),
        ("FREQ=MONTHLY;BYDAY=TU", "BYDAY says which of the month's days"),
        ("FREQ=SECONDLY", "FREQ is WEEKLY, MONTHLY or YEARLY"),
        ("FREQ=MONTHLY;COUNT=4;BYDAY=1TU", '"COUNT" is not used here'),
        ("FREQ=MONTHLY;BYMONTHDAY=99", '"99" is not a number from -31 to 31'),
    ],
)
def test_what_is_not_clear_is_said_with_what_to_write(words: str, said: str) -> None:
    with pytest.raises(WrongValueError) as refused:
        read_recurrence(words)
    assert said in str(refused.value)


@pytest.mark.parametrize("words", SAMPLES)
def test_every_wording_that_is_offered_is_understood(words: str) -> None:
    assert isinstance(read_recurrence(words), Recurrence)


@given(
    st.text(max_size=80)
    | st.lists(st.sampled_from([*WEEKDAYS, *MONTHS, *" ".join(SAMPLES).split(), "-1", "99999999999", "=", "FREQ="])).map(" ".join)
)
def test_any_words_are_read_or_refused(words: str) -> None:
    with suppress(WrongValueError):
        rule = read_recurrence(words)
        assert rule.months
        assert rule.every >= 1


def test_a_mistake_is_a_problem_with_its_line_and_the_rest_stands(tmp_path: Path) -> None:
    (tmp_path / "x").mkdir()
    words = OFFICE.replace('venue = "Guildhall"', 'venue = "Guildhall"\nrecurrence = "last Teusday of the month"')
    settings, problems = read_settings(write_office(tmp_path, words))
    assert settings is not None
    assert settings.office.series[0].recurrence is None
    (found,) = [one for one in problems if one.kind == "recurrence-unclear"]
    line = 1 + words.splitlines().index('recurrence = "last Teusday of the month"')
    assert found.sentence == (
        f'office.toml, line {line}: "recurrence" is "last Teusday of the month". Did you mean "last Tuesday of the month"?'
    )


def test_the_time_may_stand_in_either_place_but_not_differ(tmp_path: Path) -> None:
    words = OFFICE.replace('time = "14:00"', 'time = "14:00"\nrecurrence = "last Tuesday of the month at 10:00"')
    settings, problems = read_settings(write_office(tmp_path, words))
    assert settings is not None
    assert settings.office.series[0].start_time == time(14)
    assert [one.kind for one in problems] == ["two-times"]
    settings, problems = read_settings(write_office(tmp_path, words.replace('time = "14:00"\n', "")))
    assert settings is not None
    assert (settings.office.series[0].start_time, problems) == (time(10), ())
