"""The day that a recorded moment names is the day in London, also in the hour after midnight in summer."""

from datetime import UTC, date, datetime

from reportpack.cli.options import instant, london_day


def test_just_after_midnight_in_summer_is_the_new_day() -> None:
    moment = instant(datetime(2019, 5, 21, 23, 30, tzinfo=UTC))
    assert moment.date() == london_day(moment) == date(2019, 5, 22)
    assert moment.isoformat() == "2019-05-22T00:30:00+01:00"


def test_in_winter_london_is_utc() -> None:
    assert instant(datetime(2019, 12, 31, 23, 30, tzinfo=UTC)).date() == date(2019, 12, 31)


def test_the_clock_itself_is_read_when_nothing_stands_in_for_it() -> None:
    before = datetime.now(UTC).replace(microsecond=0)
    assert before <= instant(None) <= datetime.now(UTC)
