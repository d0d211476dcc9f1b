"""What somebody promised, with every figure that can show it; never a wish, a hope, a refusal or what was said at another meeting."""

import pytest

from reportpack.model.minutes import NotedCommitment
from reportpack.read.minutes.reading import read_minutes_bytes
from reportpack.read.register.commitments import noted_test
from tests.read.registers import OFFICE

HEAD = """# Assurance meeting

Date: 17 December 2019
Chair: Ann Bell, Police and Crime Commissioner (PCC)

## Present

- Ann Bell, Police and Crime Commissioner (PCC)
- Carl Dunn, Chief Constable (CC)

## 1. Calls

"""


def promises(words: str) -> tuple[NotedCommitment, ...]:
    minutes, _ = read_minutes_bytes((HEAD + words + "\n").encode(), "notes.md", ".md", None)
    assert minutes is not None
    return minutes.commitments


@pytest.mark.parametrize(
    ("words", "tests"),
    [
        ("The CC committed to 90% of 999 calls in 10 seconds and 85% of 101 calls in 30 seconds by March 2020.",
         [("at least 90", "999 calls in 10 seconds"), ("at least 85", "101 calls in 30 seconds")]),
        ("The CC expects satisfaction to rise by 5 percentage points by June 2020.", [("up 5 points", "satisfaction")]),
        ("The CC expects satisfaction to rise by 5 per cent by June 2020.", [("up 5 per cent", "satisfaction")]),
        ("The CC expects to reduce burglary by 5% by September 2020.", [("down 5 per cent", "burglary")]),
        ("The CC expects no more than 20 burglaries a week by February.", [("at most 20", "burglaries a week")]),
        ("The CC said that response times would be below 15 minutes in every area by March.", [("every area under 15", "response times")]),
        ("The CC will have 50 more officers by 31 March 2020.", [("up 50", "officers")]),
        ("The CC assured the PCC that at least 85% of crimes would be recorded within 24 hours by March.",
         [("at least 85", "crimes recorded within 24 hours")]),
        ("The CC pledged that no more than 12 posts will be empty by May.", [("at most 12", "posts empty")]),
        ("The CC said 4 of the 6 areas would be above 80% for confidence by the April board.", [("4 areas over 80", "confidence")]),
        ("The CC commits to have 3 local policing areas over 83% for victim satisfaction and over 70% for hate crime by July.",
         [("3 areas over 83", "victim satisfaction"), ("over 70", "hate crime")]),
    ],
)  # fmt: skip
def test_every_figure_of_a_promise_is_a_test(words: str, tests: list[tuple[str, str]]) -> None:
    (promise,) = promises(words)
    assert (promise.owner, [(one.test, one.measure) for one in promise.tests]) == ("CC", tests)
    assert promise.due is not None


@pytest.mark.parametrize(
    "words",
    [
        "The CC could not promise that four areas would be over 80% next month.",
        "The CC declined to commit to 80% by June.",
        "The CC would not commit to 90% by June.",
        "The CC hoped to be over 90% by the summer.",
        "The PCC expects to see 4 areas over 85% next month.",
        "The PCC wants to see 95% next month.",
        "The force target is 80% satisfaction.",
        "The CC had promised in September that file quality would reach 95% by December; it stands at 91%.",
        "The CC said in March that he expects to see 4 areas over 84% next month.",
        "The PCC asked whether the CC would be over 90% by June.",
        'A resident had written: "The force will be over 90% by June."',
    ],
)
def test_a_wish_a_hope_a_refusal_and_an_old_promise_are_none(words: str) -> None:
    assert promises(words) == ()


def test_a_promise_keeps_what_it_waits_for() -> None:
    (promise,) = promises("The CC expects at least 90% of calls answered next month, if the new staff arrive.")
    assert (promise.condition, promise.due) == ("if the new staff arrive", "2020-01")


def test_a_promise_of_nobody_is_asked_about() -> None:
    text = HEAD + "Satisfaction is expected to be above 87% next month.\n"
    minutes, _ = read_minutes_bytes(text.encode(), "notes.md", ".md", None)
    assert minutes is not None
    assert [one.owner for one in minutes.commitments] == [None]
    assert "promise-without-owner" in {one.kind for one in minutes.queries}


@pytest.mark.parametrize(
    "words",
    [
        "Commitment: Satisfaction will be at least 81% in July (CC)",
        "Commitment: CC - victim satisfaction at least 81% by the July figures",
    ],
)
def test_a_labelled_promise_is_read_in_any_form(words: str) -> None:
    (promise,) = promises(words)
    assert (promise.owner, promise.test, promise.due) == ("CC", "at least 81", "2020-07")
    assert (promise.measure or "").lower().endswith("satisfaction")


@pytest.mark.parametrize("said", ["gave a commitment", "gave a firm undertaking", "made the promise", "gave an assurance"])
def test_a_commitment_given_is_a_promise(said: str) -> None:
    (one,) = promises(f"Carl Dunn {said} that recorded burglary would be below 150 by October 2020.")
    assert (one.test, one.owner, one.due) == ("under 150", "Carl Dunn", "2020-10")


@pytest.mark.parametrize(
    ("words", "measure", "test", "due"),
    [
        ("The CC undertook that 999 performance will be at least 92 per cent each month.", "999 performance", "at least 92", None),
        ("The CC undertook that file quality will not fall below 60 per cent again.", "file quality", "at least 60", None),
        ("The CC assured the PCC that 999 answering would never drop below 90%.", "999 answering", "at least 90", None),
        ("The CC confirmed that burglary would not rise above 300 offences a month.", "offences a month", "at most 300", None),
        ("The CC will keep satisfaction above 80 per cent every month until March 2020.", "satisfaction", "over 80", "2020-03"),
        ("The CC committed to keeping 999 answering above 90% for the next six months.", "999 answering", "over 90", "2020-06"),
        ("The CC said that file quality will be at least 91% in each of the next three months.", "file quality", "at least 91", "2020-03"),
        ("The CC guaranteed that no month would be under 85 per cent.", None, "at least 85", None),
    ],
)  # fmt: skip
def test_a_promise_that_lasts_says_what_of_which_way_and_until_when(
    words: str, measure: str | None, test: str, due: str | None
) -> None:
    (promise,) = promises(words)
    assert (promise.owner, promise.measure, promise.test, promise.due) == ("CC", measure, test, due)
    lasting = noted_test(test, words, OFFICE)
    assert lasting is not None
    assert lasting.lasting or "rise above" in words
