"""What proves that a matter was discussed, what says that it was not, and what has become of it."""

import itertools

import pytest

from reportpack.model.minutes import BroughtForward, MatterEnd
from reportpack.read.minutes.brought_forward import says_not_reached
from reportpack.read.minutes.reading import read_minutes_bytes

NOTES = """# Assurance meeting

Date: 28 May 2019

## 1. ITEMS BROUGHT FORWARD

### 1.1 Hate crime satisfaction (from November 2018)

Hate crime satisfaction to be reviewed at the May 2019 meeting.

{below}

## 2. PERFORMANCE

### 2.1 Victims

{said}

## 3. NEXT MEETING

24 June 2019
"""


def matter(below: str = "", said: str = "The PCC asked about custody.") -> BroughtForward:
    minutes, _ = read_minutes_bytes(NOTES.format(below=below, said=said).encode(), "notes.md", ".md", None)
    assert minutes is not None
    (one,) = minutes.brought_forward
    return one


THINGS = ("Hate crime satisfaction", "The report on hate crime satisfaction", "The satisfaction of victims of hate crime")
NOT = (
    "{x} was not discussed.", "{x} was not considered because the survey was late.", "{x} was deferred to the July meeting.",
    "{x} was not reached.", "{x} could not be discussed.", "{x} was postponed.", "{x} will be discussed at the next meeting.",
    "{x} was not covered, as the ACC was away.", "There was no time to discuss {x}.", "The meeting ran out of time before {x}.",
    "The PCC did not discuss {x}.", "Nobody discussed {x}.", "It was agreed that {x} be deferred.", "{x} has not yet been reviewed.",
)  # fmt: skip
DID = (
    "{x} was discussed.", "The PCC asked about {x}.", "The CC said that {x} had risen.", "{x} is not what it was.", "The panel reviewed {x}.",
    "The CC replied that {x} was in the top quartile.", "The PCC was not content with {x}.", "{x} fell by two points.",
)  # fmt: skip


@pytest.mark.parametrize("form", NOT)
def test_what_says_that_it_was_not_discussed_proves_nothing(form: str) -> None:
    for thing in THINGS:
        words = form.format(x=thing if form.startswith("{x}") else thing[0].lower() + thing[1:])
        assert says_not_reached(words), words
        found = matter(said=words)
        assert (found.evidence, found.not_reached) == ((), words)


@pytest.mark.parametrize(("form", "thing"), list(itertools.product(DID, THINGS)))
def test_whatever_speaks_of_it_proves_that_it_was(form: str, thing: str) -> None:
    words = form.format(x=thing if form.startswith("{x}") else thing[0].lower() + thing[1:])
    assert not says_not_reached(words), words
    assert matter(said=words).evidence


def test_it_may_be_spoken_of_in_other_words() -> None:
    assert matter(said="The CC replied that eight in ten victims of hate crimes were satisfied.").evidence


@pytest.mark.parametrize(
    ("words", "end", "returns"),
    [
        ("It was agreed that this matter be carried forward to the September meeting.", MatterEnd.CARRIED, "2019-09"),
        ("Carried to the meeting of 30 July 2019.", MatterEnd.CARRIED, "2019-07-30"),
        ("The PCC agreed that it be brought back to the September meeting.", MatterEnd.CARRIED, "2019-09"),
        ("Outcome: carried to September 2019", MatterEnd.CARRIED, "2019-09"),
        ("Outcome: \u2610 closed   \u2612 carried to the September meeting   \u2610 not reached", MatterEnd.CARRIED, "2019-09"),
        ("It was agreed that the matter be closed.", MatterEnd.CLOSED, None),
        ("Outcome: not reached", MatterEnd.NOT_REACHED, None),
        ("The matter was superseded by action 3/2019.", MatterEnd.SUPERSEDED, None),
        ("It was not agreed that the matter be closed.", None, None),
        ("The matter could be closed.", None, None),
    ],
)
def test_what_has_become_of_it(words: str, end: MatterEnd | None, returns: str | None) -> None:
    found = matter(below=words)
    assert (found.became, found.returns) == (end, returns)


@pytest.mark.parametrize(
    "said",
    [
        *("The station was closed in May.", "20 cases were closed in May.", "20 cases will be closed in May."),
        *("The CC said that the work was completed in May.", "The CC carried out a review in May."),
        *(
            "The PCC was not content to close it.",
            "The CC asked whether it could be closed.",
            "The CC hoped that it would be closed in July.",
        ),
    ],
)
def test_that_something_else_was_closed_or_that_it_may_be_ends_no_matter(said: str) -> None:
    assert matter(f"The CC gave an update.\n\n{said}").became is None


@pytest.mark.parametrize(
    ("said", "became", "returns"),
    [
        ("The item was withdrawn.", MatterEnd.CLOSED, None),
        ("Hate crime satisfaction was closed.", MatterEnd.CLOSED, None),
        ("It was agreed that satisfaction be closed.", MatterEnd.CLOSED, None),
        ("The item will be considered again in September 2019.", MatterEnd.CARRIED, "2019-09"),
        ("Outcome: \u2612 closed   \u2612 carried to another meeting: July 2019", None, None),
    ],
)
def test_what_ends_it_is_said_of_it_and_of_two_ticks_neither_counts(
    said: str, became: MatterEnd | None, returns: str | None
) -> None:
    one = matter(f"The CC gave an update.\n\n{said}")
    assert (one.became, one.returns) == (became, returns)


@pytest.mark.parametrize("said", ["Carried forward.", "Deferred for two months.", "Outcome: \u2612 carried to another meeting"])
def test_that_it_was_carried_and_not_to_which_meeting_is_asked(said: str) -> None:
    minutes, _ = read_minutes_bytes(
        NOTES.format(below=f"The CC gave an update.\n\n{said}", said="-").encode(), "notes.md", ".md", None
    )
    assert minutes is not None
    assert [one.kind for one in minutes.queries if "nothing says to which meeting" in one.found] == ["matter-without-outcome"]
