"""When an action is due: every phrase that can be counted is a day, from the meeting's; every other is kept in its words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.model.office import Closure, Office
from reportpack.read.minutes.dues import read_due

MEETING, COMING = date(2019, 12, 17), date(2020, 1, 28)


@pytest.mark.parametrize(
    ("phrase", "day"),
    [
        ("by the end of Q4 2019/20", "2020-03-31"), ("within 10 working days", "2020-01-03"),
        ("within five working days of the meeting", "2019-12-24"), ("by close of play Friday", "2019-12-20"),
        ("by the end of the month", "2019-12-31"), ("by the end of January", "2020-01-31"), ("in three weeks' time", "2020-01-07"),
        ("within a fortnight", "2019-12-31"), ("by 6 January", "2020-01-06"), ("by 14/1", "2020-01-14"),
        ("by the end of the financial year", "2020-03-31"), ("w/c 13 January", "2020-01-13"), ("in six months", "2020-06-17"),
        ("by the end of the week", "2019-12-20"), ("by COP 20/12", "2019-12-20"), ("by noon tomorrow", "2019-12-18"),
        ("by 10/01/20", "2020-01-10"), ("by the end of next month", "2020-01-31"), ("in a year's time", "2020-12-17"), ("today", "2019-12-17"),
        ("by month end", "2019-12-31"), ("by the month-end", "2019-12-31"), ("by year end", "2019-12-31"), ("\u2013 15 January", "2020-01-15"),
        ("at the next meeting on 28 January 2020", "2020-01-28"), ("to the next Board, 4 February 2020", "2020-02-04"),
        ("14 days before the next meeting", "2020-01-14"), ("two weeks before the next meeting", "2020-01-14"),
    ],
)  # fmt: skip
def test_a_phrase_that_can_be_counted_is_a_day(phrase: str, day: str) -> None:
    due = read_due(f"DCC to send the form {phrase}.", MEETING, COMING)
    assert f"{due.day}" == day
    assert due.words


@pytest.mark.parametrize(
    "phrase",
    ["by end of Q2", "before the summer recess", "by the AGM", "in the new year", "by Easter", "before Christmas", "by mid-January", "quarterly", "by June", "after Christmas"],
)  # fmt: skip
def test_one_that_cannot_is_kept_in_its_words(phrase: str) -> None:
    due = read_due(f"DCC to report {phrase}.", MEETING, COMING)
    assert (due.day, due.meeting, due.words, due.doubt) == (None, None, phrase, "")


@pytest.mark.parametrize(
    ("phrase", "doubt"),
    [
        ("by 31 November 2019", "there is no such day"),
        ("by Monday 7 January 2020", "that day is a Tuesday"),
        ("by 1 December 2018", "that is before the meeting"),
    ],
)
def test_a_day_that_cannot_be_right_is_kept_and_doubted(phrase: str, doubt: str) -> None:
    due = read_due(f"DCC to send the form {phrase}.", MEETING, COMING)
    assert (due.day, due.words, due.doubt) == (None, phrase, doubt)


@pytest.mark.parametrize(
    ("phrase", "meeting", "words"),
    [
        ("by the next meeting", "2020-01", "by next meeting"),
        ("to the February meeting", "2020-02", "February meeting"),
        ("at the March and June meetings", "2020-03", "March and June meetings"),
        ("to March's meeting", "2020-03", "March's meeting"),
        *(
            (f"to the May {body}", "2020-05", f"May {body}")
            for body in ("Senate", "Council", "Cabinet", "forum", "sub-committee", "JIAC")
        ),
    ],
)
def test_a_meeting_is_its_month(phrase: str, meeting: str, words: str) -> None:
    due = read_due(f"DCC to report {phrase}.", MEETING, COMING)
    assert (due.day, due.meeting, due.words) == (None, meeting, words)


@given(st.integers(1, 200), st.dates(date(2015, 1, 1), date(2040, 1, 1)))
def test_days_are_counted_from_the_meeting(count: int, at: date) -> None:
    assert read_due(f"CB to report within {count} days", at).day == at + timedelta(days=count)
    working = read_due(f"CB to report within {count} working days", at).day
    assert working is not None
    assert working.weekday() < 5
    assert working >= at + timedelta(days=count)


def test_the_offices_closures_bind_the_office_and_name_its_recesses() -> None:
    closures = (
        Closure(date(2019, 12, 23), date(2020, 1, 1), "Christmas"),
        Closure(date(2020, 2, 17), date(2020, 2, 21), "Half-term recess"),
    )
    office = Office("Office", "O", "Force", (), (), (), (), (), (), closures=closures)
    days = [read_due(f"CC to reply {words}.", MEETING, COMING, office).day for words in _SAID]
    assert days == [date(2020, 1, 3), None, date(2020, 2, 16)]


_SAID = ("within 10 working days", "before Christmas", "before the half-term recess")
