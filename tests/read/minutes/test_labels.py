"""Real notes with labels made by hand: how much is found, and how little is made up."""

import pytest

from reportpack.read.minutes.reading import read_minutes
from tests.read.minutes.scoring import LABELLED, Score, score_all

pytestmark = pytest.mark.needs("shared")


@pytest.fixture(scope="module")
def score() -> Score:
    return score_all()


def test_marked_actions_are_found_and_not_made_up(score: Score) -> None:
    assert score.marked.recall >= 0.98, score.marked.missed
    assert score.marked.precision >= 0.98, score.marked.made_up


def test_undertakings_without_a_label_are_found(score: Score) -> None:
    assert score.unmarked.recall >= 0.8, score.unmarked.missed
    assert score.unmarked.precision >= 0.5, score.unmarked.made_up


def test_owners_states_and_later_meetings_are_those_that_are_written(score: Score) -> None:
    assert score.owners.recall >= 0.96, score.owners.missed
    assert score.states.recall >= 0.97, score.states.missed
    assert score.meetings.recall >= 0.95, score.meetings.missed
    assert score.dues.recall >= 0.95, score.dues.missed


def test_days_of_meetings_and_of_the_next_are_all_right(score: Score) -> None:
    assert score.days.missed == []
    assert score.next_days.missed == []


def test_heads_and_attendance_are_read(score: Score) -> None:
    assert score.heads.recall >= 0.95, score.heads.missed
    assert score.present.precision >= 0.9, score.present.made_up
    assert score.apologies.recall >= 0.9, score.apologies.missed


def test_items_of_a_published_agenda_keep_their_running_numbers() -> None:
    minutes, problems = read_minutes(LABELLED / "rw-C-panel-moderngov.txt", "notes.txt", None)
    assert minutes is not None
    assert problems == ()
    assert [item.path for item in minutes.items] == ["71/22", "72/22", "73/22", "74/22", "75/22"]
