"""Questions with the answers that follow them, wherever they stand; whether assurance that was sought was given, in part, not, or refused."""

import pytest

from reportpack.model.minutes import Assurance, NotedQuestion
from reportpack.read.minutes.reading import read_minutes_bytes

HEAD = """# Assurance meeting

Date: 28 May 2019

Present: Rowan Ashdown (PCC), Duncan Harcastle (CC), Philippa Orme (DCC)

## 1. Custody

"""


def question(words: str) -> NotedQuestion:
    minutes, _ = read_minutes_bytes((HEAD + words + "\n").encode(), "notes.md", ".md", None)
    assert minutes is not None
    (one,) = minutes.questions
    return one


@pytest.mark.parametrize(
    ("answer", "given"),
    [
        ("The CC said that it was, as the May inspection had found no fault.", Assurance.FULL),
        ("The CC confirmed that custody was safe.", Assurance.FULL),
        ("It was.", Assurance.FULL),
        ("The CC said that it was, but two cells were closed.", Assurance.PARTIAL),
        ("The CC said that it was not.", Assurance.NONE),
        ("The CC said that he could give no assurance of that.", Assurance.REFUSED),
        ("The CC declined to give that assurance.", Assurance.REFUSED),
        ("The CC could not say that he was assured.", Assurance.REFUSED),
    ],
)
def test_assurance_that_was_sought_is_given_in_part_or_refused(answer: str, given: Assurance) -> None:
    one = question(f"The PCC sought assurance that custody was safe. {answer}")
    assert (one.answer, one.assurance, one.clear) == (answer, given, True)


@pytest.mark.parametrize(
    "words",
    [
        "The PCC asked how many posts were vacant. The DCC said 41.",
        "The PCC asked whether the vetting backlog would clear by July. The CC said no.",
        "In reply to the PCC's question on drones, the CC confirmed that all eight were in use.",
        "Q: Has the dog unit moved? A: Yes, on 1 May.",
        "The PCC asked if the CC was content with the plan. He was.",
        "The PCC queried the rise in complaints; the DCC put it down to a new form.",
        "The PCC asked whether cells were full and was told that they were.",
    ],
)
def test_an_answer_is_found_wherever_it_stands(words: str) -> None:
    one = question(words)
    assert one.answer
    assert (one.clear, one.doubt) == (True, "")


@pytest.mark.parametrize(
    ("words", "doubt"),
    [
        ("The PCC asked when the vans would come. The CC said that he would need to check.", "puts it off"),
        ("The PCC asked for the sickness rate. The DCC said that the sickness rate was not known.", "leaves it open"),
        ("The PCC asked about fleet. The DCC spoke about the new station in Ludlow.", "takes up nothing that was asked"),
    ],
)
def test_an_answer_that_puts_off_leaves_open_or_speaks_of_something_else_is_doubted(words: str, doubt: str) -> None:
    assert question(words).doubt == doubt
