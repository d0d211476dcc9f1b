"""What has one cause is one question; what need not be asked is marked, and nothing that the register needs goes unasked."""

from pathlib import Path

import pytest

from reportpack.merge.noted_corrections import group_queries
from reportpack.model.answer import AskedQuery, Cause, count_questions, kind_of
from reportpack.read.minutes.queries.sentences import SENTENCES
from reportpack.read.minutes.reading import read_minutes
from reportpack.settings import read_settings

ROOT = Path(__file__).parents[2]
NECESSARY = (
    ("Satisfaction", "ends without an outcome"),
    ("Hate crime satisfaction", "ends without an outcome"),
    ("DA satisfaction", "no passage there discusses it"),
    ("PC", "speaks here and nowhere else"),
    ("No date is given", "CC to send the PCC the note"),
    ("No date is given", "what the finished SOC report will measure"),
    ("A target without its number", "There is a target for the year"),
    ("No answer follows", "by when, and how anybody would know"),
    ("leaves it open", "people enough to investigate them"),
)
"""What the example's notes leave open that harms somebody if nobody asks."""


@pytest.fixture(scope="module")
def asked() -> tuple[AskedQuery, ...]:
    settings, _ = read_settings(ROOT / "inputs")
    assert settings is not None
    notes = ROOT / "inputs" / "minutes" / "2019-05-28-assurance.md"
    minutes, _ = read_minutes(notes, notes.name, settings.office)
    assert minutes is not None
    return group_queries(minutes)


def test_the_examples_month_asks_five_questions_at_most_and_everything_that_is_necessary(asked: tuple[AskedQuery, ...]) -> None:
    assert count_questions(asked) <= 5
    open_now = [one.query.found for one in asked if one.is_open]
    assert [words for words in NECESSARY if not any(all(part in found for part in words) for found in open_now)] == []


def test_what_stops_the_agreement_is_asked_first_and_then_what_harms_most(asked: tuple[AskedQuery, ...]) -> None:
    order = list(dict.fromkeys(one.cause for one in asked))
    stops = {one.cause for one in asked if one.blocking}
    assert order == sorted(order, key=lambda cause: (cause not in stops, list(Cause).index(cause)))
    assert order[-1] is Cause.MARKED


def test_places_of_one_question_have_names_of_their_own(asked: tuple[AskedQuery, ...]) -> None:
    names = [one.name for one in asked]
    assert len(set(names)) == len(names)
    assert {name.partition(".")[0] for name in names} == {str(number) for number in range(1, 7)}


def test_every_kind_that_a_reader_asks_about_has_its_cause() -> None:
    kinds = {kind.partition(":")[0] for kind in SENTENCES}
    assert len(kinds) > 30
    unplaced = [kind for kind in kinds if kind_of(kind).cause is Cause.OTHER and kind != "next-meeting-earlier"]
    assert unplaced == []
