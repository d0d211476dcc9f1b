"""Whether what a condition waits for is there, in words."""

from dataclasses import replace
from datetime import date

from reportpack.analyse.commitments import awaited_figures
from reportpack.compose.setting import readiness_words
from reportpack.model.measure import Better, Measure
from reportpack.model.observation import Unit
from reportpack.model.period import Period

Q1, Q2 = Period(date(2019, 4, 1), 3), Period(date(2019, 7, 1), 3)
SURVEY = Measure(
    "confidence", "Confidence in the police", unit=Unit.PER_CENT, better=Better.HIGHER, places=(), expected_days=20, survey=True
)
MONTHS = {Period.month(2019, month) for month in (4, 5, 6)}


def words(there: set[Period], on: date, *measures: Measure) -> str:
    found = [(one, awaited_figures((Q1, Q2), one, there.__contains__)) for one in measures or (SURVEY,)]
    return readiness_words((Q1, Q2), found, on).text


def test_what_is_in_and_from_when_the_rest_is_expected() -> None:
    assert words({Q1}, date(2019, 9, 3)) == "Figures: Q1 2019/20 in, Q2 2019/20 awaited, expected from 20 October 2019"


def test_a_quarter_is_in_when_its_months_are() -> None:
    assert words(MONTHS, date(2019, 9, 3)).startswith("Figures: Q1 2019/20 in")
    assert words(MONTHS - {Period.month(2019, 5)}, date(2019, 9, 3)).startswith("Figures: Q1 2019/20 awaited")


def test_figures_that_are_late_are_said_to_be() -> None:
    assert words({Q1}, date(2019, 11, 26)).endswith("Q2 2019/20 awaited, and overdue since 20 October 2019")


def test_nobody_having_said_when_they_are_expected_nothing_is_invented() -> None:
    assert words({Q1}, date(2019, 9, 3), replace(SURVEY, expected_days=None)) == "Figures: Q1 2019/20 in, Q2 2019/20 awaited"


def test_a_survey_s_condition_is_not_answered_by_other_figures() -> None:
    crime = replace(SURVEY, id="crime", title="Recorded crime", survey=False)
    assert words({Q1, Q2}, date(2019, 11, 26), crime, SURVEY) == "Figures: Q1 2019/20 in, Q2 2019/20 in"
    other = replace(SURVEY, id="visible", title="Visibility", short_title="Visible policing")
    assert words({Q1}, date(2019, 9, 3), SURVEY, other).startswith("Confidence in the police: Q1 2019/20 in, ")
