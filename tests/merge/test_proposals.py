"""The days that a series' own rule proposes."""

from dataclasses import replace
from datetime import date, datetime
from itertools import islice, takewhile

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.bank_holidays import BankHolidays
from reportpack.merge.proposals import ClosedDays, days_closed, propose, proposed_days
from reportpack.model.meeting import Meeting
from reportpack.model.office import Closure, Holidays, MeetingSeries, Office
from reportpack.model.recurrence import ProposedDay
from reportpack.settings.recurrence import read_recurrence

OPEN = ClosedDays((), BankHolidays(Holidays.NONE))
BARE = Office("Office", "O", "Force", (), (), (), (), (), ())


def closed(holidays: Holidays = Holidays.ENGLAND_AND_WALES, *closures: Closure) -> ClosedDays:
    return days_closed(replace(BARE, bank_holidays=holidays, closures=closures))


def proposed(words: str, first: date, most: int, days: ClosedDays = OPEN, since: date | None = None) -> list[ProposedDay]:
    return list(islice(propose("board", read_recurrence(words), days, first, since), most))


def days_of(found: list[ProposedDay]) -> list[str]:
    return [one.day.isoformat() if one.day else f"none for {one.by_rule}" for one in found]


def test_the_last_tuesday_not_in_august() -> None:
    found = proposed("last Tuesday of the month, not in August", date(2019, 5, 29), 4)
    assert days_of(found) == ["2019-06-25", "2019-07-30", "2019-09-24", "2019-10-29"]


def test_a_bank_holiday_is_moved_to_the_next_working_day_and_says_why() -> None:
    (may,) = proposed("last Monday of the month", date(2019, 5, 1), 1, closed())
    assert (may.by_rule, may.day) == (date(2019, 5, 27), date(2019, 5, 28))
    assert may.why == "27 May 2019 is a bank holiday (Spring Bank Holiday); this is the next working day."


def test_scotland_and_northern_ireland_keep_other_days() -> None:
    second = "monthly on the 2nd"
    assert days_of(proposed(second, date(2019, 1, 1), 1, closed(Holidays.SCOTLAND))) == ["2019-01-03"]
    assert days_of(proposed(second, date(2019, 1, 1), 1, closed())) == ["2019-01-02"]
    assert days_of(proposed("every year on 12 July", date(2019, 1, 1), 1, closed(Holidays.NORTHERN_IRELAND))) == ["2019-07-15"]
    assert days_of(proposed("first Monday in August", date(2019, 1, 1), 1, closed(Holidays.SCOTLAND))) == ["2019-08-06"]


@pytest.mark.parametrize("day", ["2020-05-08", "2022-06-03", "2022-09-19", "2023-05-08"])
def test_bank_holidays_of_one_year_alone_are_known(day: str) -> None:
    """The early May holiday of 2020 for VE day, the platinum jubilee, the late Queen's funeral, the coronation (GOV.UK, bank holidays)."""
    assert "is a bank holiday" in closed().reason(date.fromisoformat(day))
    assert not closed().reason(date(2020, 5, 4))


def test_where_the_month_has_no_working_day_left_it_falls_out_and_says_why() -> None:
    christmas = Closure(date(2019, 12, 23), date(2020, 1, 1), "The office is closed over Christmas")
    december, january = proposed("last Tuesday of the month", date(2019, 12, 1), 2, closed(Holidays.NONE, christmas))
    assert (december.by_rule, december.day) == (date(2019, 12, 31), None)
    assert december.why == (
        "31 December 2019 is in a closure (The office is closed over Christmas), and no working day of the month is left after it."
    )
    assert january.day == date(2020, 1, 28)


def test_the_working_day_before_and_none_at_all_where_the_words_say_so() -> None:
    good_friday = date(2019, 4, 1)
    assert days_of(proposed("third Friday of the month, or the working day before", good_friday, 1, closed())) == ["2019-04-18"]
    (none,) = proposed("third Friday of the month, or not at all", good_friday, 1, closed())
    assert (none.day, none.why) == (None, "19 April 2019 is a bank holiday (Good Friday), and the rule leaves such a day out.")


def test_a_number_that_falls_on_a_saturday_is_moved_but_a_saturday_that_is_named_is_meant() -> None:
    (june,) = proposed("monthly on the 15th", date(2019, 6, 1), 1)
    assert (june.day, june.why) == (date(2019, 6, 17), "15 June 2019 is a Saturday; this is the next working day.")
    assert days_of(proposed("third Saturday of the month", date(2019, 6, 1), 1)) == ["2019-06-15"]


def test_the_first_working_day_of_january_is_not_new_years_day() -> None:
    assert days_of(proposed("first working day of the month", date(2020, 1, 1), 1, closed())) == ["2020-01-02"]


def test_every_second_month_is_counted_from_the_last_meeting_unless_it_says() -> None:
    words = "last Tuesday of every second month"
    assert days_of(proposed(words, date(2019, 6, 1), 2, since=date(2019, 5, 28))) == ["2019-07-30", "2019-09-24"]
    assert days_of(proposed(f"{words} from April 2019", date(2019, 6, 1), 2, since=date(2019, 5, 28))) == [
        "2019-06-25",
        "2019-08-27",
    ]


def test_every_twelve_weeks_keeps_its_weekday_over_the_nights_when_clocks_change() -> None:
    found = proposed("every 12 weeks from 8 January 2019", date(2019, 1, 1), 6)
    assert days_of(found) == ["2019-01-08", "2019-04-02", "2019-06-25", "2019-09-17", "2019-12-10", "2020-03-03"]


def test_months_without_a_day_leave_the_day_to_a_person() -> None:
    june, december = proposed("twice a year, in June and December", date(2019, 6, 10), 2)
    assert (june.by_rule, june.day, june.month_only) == (date(2019, 6, 1), None, True)
    assert december.by_rule == date(2019, 12, 1)


def test_a_rule_with_an_end_ends_and_one_that_can_never_be_met_proposes_nothing() -> None:
    assert days_of(proposed("last Tuesday until June 2019", date(2019, 5, 1), 9)) == ["2019-05-28", "2019-06-25"]
    assert proposed("every year on 31 June", date(2019, 1, 1), 9) == []


BOARD = MeetingSeries("board", "Board", recurrence=read_recurrence("last Tuesday of the month"))


def meeting(meeting_id: str, day: date | None = None, *, cancelled: bool = False, series: str = "board") -> Meeting:
    return Meeting(meeting_id, series, day or date.fromisoformat(meeting_id[:10]), "Board", cancelled=cancelled)


def test_what_is_set_is_not_proposed_again_whatever_became_of_it() -> None:
    set_ = [
        meeting("2019-06-20-board"),
        meeting("2019-07-30-board", date(2019, 8, 6)),
        meeting("2019-09-24-board", cancelled=True),
        meeting("2019-10-29-public", series="public"),
    ]
    found = proposed_days(BOARD, set_, OPEN, date(2019, 6, 1), 3)
    assert days_of(list(found)) == ["2019-08-27", "2019-10-29", "2019-11-26"]


def test_two_days_a_month_are_told_apart() -> None:
    series = replace(BOARD, recurrence=read_recurrence("second and fourth Thursday"))
    found = proposed_days(series, [meeting("2019-06-13-board")], OPEN, date(2019, 6, 1), 2)
    assert days_of(list(found)) == ["2019-06-27", "2019-07-11"]


PARTS = st.one_of(
    st.builds(
        "FREQ=MONTHLY;INTERVAL={};BYDAY={}{}".format,
        st.integers(1, 14),
        st.sampled_from([1, 2, 3, 4, 5, -1, -2, -5]),
        st.sampled_from(["MO", "TU", "WE", "TH", "FR", "SA", "SU"]),
    ),
    st.builds("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS={}".format, st.sampled_from([1, 3, 15, -1, -4])),
    st.builds("FREQ=WEEKLY;INTERVAL={};BYDAY={}".format, st.integers(1, 60), st.sampled_from(["MO", "TU,TH", "SU", "FR"])),
    st.builds("FREQ=YEARLY;BYMONTH=6,12;BYDAY={}TU".format, st.sampled_from([1, 5, -1])),
)


@settings(deadline=None)
@given(rule=PARTS, start=st.dates(date(1990, 1, 1), date(2060, 1, 1)), later=st.integers(0, 2000))
def test_rules_of_calendars_give_the_days_that_dateutil_gives(rule: str, start: date, later: int) -> None:
    first = date.fromordinal(start.toordinal() + later)
    end = date(first.year + 9, 1, 1)
    known = read_recurrence(f"DTSTART:{start:%Y%m%d} RRULE:{rule}")
    ours = [one.day for one in takewhile(lambda one: one.by_rule < end, propose("board", known, OPEN, first))]
    theirs = rrulestr(f"DTSTART:{start:%Y%m%d}\nRRULE:{rule}").between(
        datetime.combine(first, datetime.min.time()), datetime.combine(end, datetime.min.time()), inc=True
    )
    assert ours == [one.date() for one in theirs if one.date() < end]
