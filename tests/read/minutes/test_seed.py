"""The real notes of 28 May 2019, line by line as seed-concepts.md reads them."""

from datetime import date, time
from pathlib import Path

import pytest

from reportpack.model.minutes import ActionKind, Attended, FigureType, Minutes, NotedState
from reportpack.read.minutes.reading import read_minutes

pytestmark = pytest.mark.needs("shared")


@pytest.fixture(scope="module")
def seed() -> Minutes:
    path = Path(__file__).parents[4] / "shared" / "minutes" / "2019-05-28-assurance-meeting-notes.txt"
    minutes, problems = read_minutes(path, path.name, None)
    assert minutes is not None
    assert problems == ()
    return minutes


def test_stacked_labels_take_their_stacked_values(seed: Minutes) -> None:
    assert (seed.day, seed.start, seed.end) == (date(2019, 5, 28), time(10), None)
    assert (seed.venue, seed.chair) == ("Meeting Room 1.38 \u2013 Hindlip", "John Campion")
    assert seed.note_taker == "Jackie Irvin, Policy Officer, OPCC"


def test_four_names_and_five_capacities_are_never_paired_by_order(seed: Minutes) -> None:
    assert [one.name for one in seed.attendance if one.name] == [
        "John Campion",
        "Anthony Bangham",
        "Amanda Blakeman",
        "Tracey Onslow",
    ]
    assert {one.status for one in seed.attendance} == {Attended.UNKNOWN}
    assert all(one.post is None for one in seed.attendance if one.name)
    assert [one.post for one in seed.attendance if one.name is None].count("Deputy Police and Crime Commissioner (DPCC)") == 2


def test_numbers_that_begin_again_hang_below_their_item(seed: Minutes) -> None:
    assert [item.path for item in seed.items] == [
        "1", "1.1", "1.2", "1.3", "2", "2.1", "2.1/1", "2.1/2", "2.1/3", "2.1/4", "2.1/5", "2.1/6", "2.1/7", "2.2", "3", "4",
    ]  # fmt: skip
    assert [item.path for item in seed.items if item.nil] == ["2.2", "3"]


def test_five_actions_in_four_blocks(seed: Minutes) -> None:
    marked = [action for action in seed.actions if action.marked]
    assert [(one.line, one.item, one.due_meeting) for one in marked] == [
        ("108", "2.1/1", None),
        ("109", "2.1/1", "2019-11"),
        ("219", "2.1/5", "2019-09"),
        ("245", "2.1/6", "2019-11"),
        ("253", "2.1/7", None),
    ]
    assert [one.kind for one in marked] == [ActionKind.DO, *[ActionKind.BRING_BACK] * 3, ActionKind.DO]
    assert [[owner.as_written for owner in one.owners] for one in marked] == [["CC"], [], [], [], ["The CC"]]
    assert {one.state for one in marked} == {NotedState.NEW}
    assert marked[1].condition == "after the first two quarters of the 19/20 perception survey have been received"
    assert marked[2].words == "Use of outcome 16 to be brought back to the September meeting."


def test_two_matters_have_evidence_and_the_third_has_none(seed: Minutes) -> None:
    first, second, third = seed.brought_forward
    assert {one.origin for one in seed.brought_forward} == {"2018-11"}
    assert {one.discussed_at for one in seed.brought_forward} == {"2.1"}
    assert (first.evidence[0], first.evidence[-1]) == ("112", "128")
    assert (second.evidence[0], second.evidence[-1]) == ("129", "137")
    assert third.evidence == ()


def test_the_next_meeting_is_of_another_type(seed: Minutes) -> None:
    coming = seed.next_meeting
    assert coming is not None
    assert (coming.day, coming.time, coming.venue) == (date(2019, 6, 24), time(19), None)
    assert coming.type == "Public Facebook Live meeting on rural crime"


def test_figures_keep_their_type(seed: Minutes) -> None:
    assert [(one.type, one.value) for one in seed.figures] == [
        (FigureType.POINTS, 2),
        (FigureType.COUNT_OVER, 3),
        (FigureType.COUNT_OVER, 4),
        (FigureType.RANK, 35),
        (FigureType.SHARE, 15),
        (FigureType.PER_CENT_CHANGE, 19),
    ]


def test_the_promise_that_can_be_measured_has_its_test_and_its_month(seed: Minutes) -> None:
    promise = next(one for one in seed.commitments if one.line == "127")
    assert (promise.owner, promise.test, promise.due) == ("CC", "4 areas over 80", "2019-06")


@pytest.mark.parametrize(
    ("kind", "line", "blocking"),
    [
        ("attendance-unknown", "17", True),
        ("note-taker-absent", "17", False),
        ("capacities-unpaired", "23", True),
        ("capacity-twice", "27", True),
        ("matter-not-discussed", "43", True),
        ("matter-without-outcome", "33", False),
        ("matter-without-outcome", "38", False),
        ("post-unknown", "124", True),
        ("post-ambiguous", "156", False),
        ("asker-answers", "250", True),
        ("promise-without-number", "117", False),
        ("promise-without-number", "165", False),
        ("private-detail", "79", True),
        ("private-detail", "94", True),
        ("action-without-owner", "109", False),
        ("action-without-date", "108", False),
        ("slip", "1", False),
        ("slip", "25", False),
        ("slip", "59", False),
        ("slip", "71", False),
        ("slip", "92", False),
        ("slip", "147", False),
        ("slip", "151", False),
        ("slip", "184", False),
        ("slip", "199", False),
        ("slip", "208", False),
        ("marking-old", "1", False),
        ("last-notes-not-agreed", "1", False),
        ("next-meeting-venue", "269", False),
    ],
)
def test_what_the_notes_leave_open_is_asked(seed: Minutes, kind: str, line: str, blocking: bool) -> None:
    assert any((one.kind, one.line, one.blocking) == (kind, line, blocking) for one in seed.queries), [
        (one.kind, one.line) for one in seed.queries if one.kind == kind
    ]


def test_every_query_says_what_to_do(seed: Minutes) -> None:
    assert all(one.found and one.remedy.endswith(".") for one in seed.queries)


def test_joint_speakers_are_two_and_a_passive_has_none(seed: Minutes) -> None:
    assert any(one.speakers == ("CC", "DCC") for one in seed.statements)
    assert next(one for one in seed.statements if one.words.startswith("It was suggested that")).speakers == ()
