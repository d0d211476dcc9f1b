"""Lines of enquiry in words."""

from datetime import date

import pytest

from reportpack.analyse.findings import analyse
from reportpack.compose.finding_words import QUESTIONS, enquiry_words, evidence_words
from reportpack.compose.setting import meeting_label
from reportpack.model.commitment import Commitment, Comparator, Test
from reportpack.model.finding import Enquiry, EnquiryKind, MeasureFinding
from reportpack.model.measure import Better
from reportpack.model.observation import Unit
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.register import Register
from tests.analyse.figures import measure, office, shares

APRIL = Period.month(2019, 4)
RATE = measure(Unit.PER_CENT, Better.HIGHER, 80.0, title="Satisfaction", decimals=1)


def finding() -> MeasureFinding:
    counts = {"a": (800, 1000), "b": (160, 200), "c": (160, 200), "d": (100, 200), "e": (160, 200)}
    rows = [one for area, pair in counts.items() for one in shares([pair], APRIL, area).observations]
    said = Commitment(
        "C1", "4 areas over 80 next month.", Source("n"), said_at="2019-03-26-assurance", measure="m",
        test=Test(Comparator.OVER, 80, 4), period=APRIL,
    )  # fmt: skip
    return analyse(rows, (RATE,), office(), Register(commitments=(said,)), date(2019, 5, 28), date(2019, 5, 28)).measures[0]


def test_each_question_is_whole_and_carries_its_figures() -> None:
    found = finding()
    words = {one.kind: enquiry_words(one, found, office()) for one in found.enquiries}
    assert words[EnquiryKind.OUTLIER].text == (
        "Why is D lower than the rest of the force, at 50.0% against 80.0%, and does it get the same service?"
    )
    assert words[EnquiryKind.COMMITMENT].text == (
        "On 26 March 2019 it was said: “4 areas over 80 next month”. The figures for April 2019 show 0 of 5 areas: "
        "what stood in the way?"
    )
    assert all(number.sources for sentence in words.values() for number in sentence.numbers)


@pytest.mark.parametrize("kind", list(EnquiryKind))
def test_every_kind_has_a_question_that_leaves_no_slot_empty(kind: EnquiryKind) -> None:
    found = finding()
    enquiry = Enquiry(kind, 1, APRIL, "d", 24.0, 4, "1/2019", words="Do it.", meeting="2019-03-26-assurance")
    text = enquiry_words(enquiry, found, office()).text
    assert text.endswith("?")
    assert "{" not in text
    assert "None" not in text
    assert "None" not in evidence_words(enquiry, found, office()).text
    assert kind in QUESTIONS


def test_a_small_base_is_counted_in_cases() -> None:
    one = Enquiry(EnquiryKind.SMALL, 1, APRIL, value=1.0)
    assert enquiry_words(one, finding(), office()).text.startswith("With 1 case in April 2019, ")


@pytest.mark.parametrize(
    ("meeting", "label"),
    [
        ("2019-05-28-assurance", "28 May 2019"),
        ("2018-11", "November 2018"),
        ("the last one", "the last one"),
        ("2019-13-01", "2019-13-01"),
    ],
)
def test_meetings_are_named_as_people_name_them(meeting: str, label: str) -> None:
    assert meeting_label(meeting) == label


def test_words_without_a_meeting_are_still_a_sentence() -> None:
    enquiry = Enquiry(EnquiryKind.COMMITMENT, 1, APRIL, value=3.0, words="Four areas.")
    assert enquiry_words(enquiry, finding(), office()).text.startswith("It was said: “Four areas”. ")


def test_a_promise_of_a_month_was_made_in_it_and_one_of_a_day_on_it() -> None:
    said = Enquiry(EnquiryKind.COMMITMENT, 1, APRIL, value=79.0, words="We will.", meeting="2019-03")
    assert enquiry_words(said, finding(), office()).text.startswith("In March 2019 it was said: ")
