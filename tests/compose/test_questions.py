"""Nothing is asked twice: a person's question stands instead of the suggested one that it repeats."""

import pytest

from reportpack.compose.topics import ALIKE, _beside_written, likeness
from reportpack.model.pack import EnquiryLine
from reportpack.model.words import Sentence

RANK = "At 35th of 41, where does the force want to be, and by when?"
SIGNAL = "What changed around April 2025, and is the cause understood?"
REACH = "What would it take to get from 84.0% to 85%, and by when?"


def beside(*written: str) -> list[str]:
    suggested = [EnquiryLine(Sentence.of(words), Sentence.of()) for words in (SIGNAL, RANK, REACH)]
    return [one.words.text for one in _beside_written(suggested, list(written))]


def test_a_written_question_replaces_the_suggested_one_that_it_repeats() -> None:
    assert beside("Where does the Chief Constable want the force to stand among the others, and by when?") == [SIGNAL, REACH]
    assert beside("What changed around March 2025, and is the cause known?") == [RANK, REACH]


def test_a_written_question_about_something_else_replaces_the_lightest() -> None:
    assert beside("Will victims notice the better files, and if so when?") == [SIGNAL, RANK]
    assert beside("Will victims notice?", "Who pays?", "What did the audit find?", "When is it printed?") == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("What will residents see that is different in twelve months' time?",
         "The process as it runs cannot reach 85%: what will be different in 12 months?"),
        ("Is the rise in violence a rise in offending or in recording?", SIGNAL),
        ("Are there enough people for the demand there is now?", SIGNAL),
    ],
)  # fmt: skip
def test_questions_that_only_sound_alike_are_both_asked(one: str, other: str) -> None:
    assert likeness(one, other) < ALIKE
