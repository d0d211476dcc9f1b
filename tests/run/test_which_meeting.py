"""Which meeting a command is about."""

from datetime import date

import pytest

from reportpack.errors import InputError
from reportpack.model.meeting import Meeting
from reportpack.run.office_files import which_meeting


def meeting(meeting_id: str, *, cancelled: bool = False, day: date | None = None) -> Meeting:
    return Meeting(meeting_id, "assurance", day or date.fromisoformat(meeting_id[:10]), "Assurance", cancelled=cancelled)


MARCH, APRIL, MAY = meeting("2031-03-25-board"), meeting("2031-04-29-board"), meeting("2031-05-27-board")


def test_without_a_name_it_is_the_next_one() -> None:
    assert which_meeting([MAY, MARCH, APRIL], "", date(2031, 4, 1)) is APRIL


def test_a_meeting_today_is_still_the_next_one() -> None:
    assert which_meeting([MAY, MARCH, APRIL], "", date(2031, 4, 29)) is APRIL


def test_after_all_of_them_it_is_the_latest() -> None:
    assert which_meeting([MAY, MARCH, APRIL], "", date(2040, 1, 1)) is MAY


def test_a_cancelled_meeting_is_passed_over() -> None:
    assert which_meeting([MARCH, meeting("2031-04-29-board", cancelled=True), MAY], "", date(2031, 4, 1)) is MAY


def test_it_is_named_by_its_id_or_by_a_date_that_only_one_has() -> None:
    assert which_meeting([MARCH, APRIL], "2031-03-25-board", date(2031, 4, 1)) is MARCH
    assert which_meeting([MARCH, APRIL], "2031-03-25", date(2031, 4, 1)) is MARCH


def test_a_moved_meeting_is_found_by_both_dates() -> None:
    moved = meeting("2031-04-29-board", day=date(2031, 5, 6))
    assert which_meeting([MARCH, moved], "2031-05-06", date(2031, 4, 1)) is moved
    assert which_meeting([MARCH, moved], "2031-04-29", date(2031, 4, 1)) is moved


def test_a_date_that_two_meetings_have_is_asked_about() -> None:
    with pytest.raises(InputError, match="Several meetings are on 2031-03-25: 2031-03-25-board, 2031-03-25-public"):
        which_meeting([MARCH, meeting("2031-03-25-public")], "2031-03-25", date(2031, 4, 1))


def test_a_meeting_that_is_not_there_names_those_that_are() -> None:
    with pytest.raises(InputError, match="no meeting '2031-06-24'") as refused:
        which_meeting([MARCH, APRIL], "2031-06-24", date(2031, 4, 1))
    assert "2031-03-25-board, 2031-04-29-board" in refused.value.remedy


def test_no_meeting_at_all_says_how_to_add_one() -> None:
    with pytest.raises(InputError, match="No meeting is set"):
        which_meeting([], "", date(2031, 4, 1))
