"""Meetings that people named, across moves and cancels."""

from datetime import date

from reportpack.merge.occasions import Calendar, calendar_of
from reportpack.model.meeting import Meeting


def meeting(meeting_id: str, day: date | None = None, *, cancelled: bool = False) -> Meeting:
    first = date.fromisoformat(meeting_id[:10])
    return Meeting(meeting_id, meeting_id[11:], day or first, "Board", cancelled=cancelled)


def calendar(*meetings: Meeting) -> Calendar:
    return calendar_of(meetings, "board")


OCTOBER, NOVEMBER, DECEMBER = meeting("2019-10-29-board"), meeting("2019-11-26-board"), meeting("2019-12-17-board")


def bound(found: Calendar, named: str, said_at: Meeting | None = None) -> str:
    occasion = found.bind_due(named, "", "board", said_at)
    return occasion.meeting.id if occasion.meeting is not None else "not yet scheduled"


def test_the_november_meeting_is_the_first_of_its_series_in_november() -> None:
    known = calendar(OCTOBER, meeting("2019-11-05-public"), NOVEMBER, meeting("2019-11-28-board"))
    assert bound(known, "2019-11", OCTOBER) == NOVEMBER.id


def test_it_is_the_first_one_after_the_meeting_that_said_so() -> None:
    known = calendar(OCTOBER, NOVEMBER, meeting("2019-11-28-board"))
    assert bound(known, "2019-11", NOVEMBER) == "2019-11-28-board"


def test_a_november_meeting_that_was_moved_to_december_is_still_the_november_meeting() -> None:
    known = calendar(OCTOBER, meeting("2019-11-26-board", date(2019, 12, 3)), DECEMBER)
    assert bound(known, "2019-11", OCTOBER) == NOVEMBER.id
    assert bound(known, "2019-12", OCTOBER) == DECEMBER.id
    assert bound(known, "2019-12-03") == bound(known, "2019-11-26") == NOVEMBER.id


def test_a_meeting_that_was_moved_into_november_answers_where_there_is_no_other() -> None:
    moved = meeting("2019-12-17-board", date(2019, 11, 29))
    assert bound(calendar(OCTOBER, moved), "2019-11", OCTOBER) == moved.id
    assert bound(calendar(OCTOBER, NOVEMBER, moved), "2019-11", OCTOBER) == NOVEMBER.id


def test_what_was_due_at_a_cancelled_meeting_goes_to_the_next_of_the_series() -> None:
    off = meeting("2019-11-26-board", cancelled=True)
    known = calendar(OCTOBER, off, meeting("2019-12-02-public"), DECEMBER)
    for named in ("2019-11", "2019-11-26", "2019-11-26-board"):
        assert bound(known, named, OCTOBER) == DECEMBER.id


def test_with_no_later_meeting_it_is_not_yet_scheduled() -> None:
    known = calendar(OCTOBER, meeting("2019-11-26-board", cancelled=True))
    assert bound(known, "2019-11-26-board") == "not yet scheduled"
    assert bound(known, "2019-11") == "not yet scheduled"


def test_a_day_that_was_called_off_is_not_taken_for_another_of_its_month() -> None:
    known = calendar(meeting("2019-11-12-board"), meeting("2019-11-26-board", cancelled=True), DECEMBER)
    assert bound(known, "2019-11-26") == DECEMBER.id
    assert bound(known, "2019-11-12") == "2019-11-12-board"


def test_moved_and_then_called_off_is_called_off_under_both_days() -> None:
    off = meeting("2019-11-26-board", date(2019, 12, 3), cancelled=True)
    known = calendar(OCTOBER, off, DECEMBER)
    assert bound(known, "2019-11-26") == bound(known, "2019-12-03") == bound(known, "2019-11") == DECEMBER.id
