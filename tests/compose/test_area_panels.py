"""The course of each area says what the table beside it says."""

from reportpack.compose.area_words import areas_caution_words
from reportpack.compose.charts import area_sparklines
from reportpack.model.measure import Better, Measure
from reportpack.model.observation import Observation, Unit
from reportpack.model.period import Period
from tests.analyse.figures import measure, office, shares
from tests.compose.test_finding_words import findings

FIRST = Period.month(2018, 4)
SURVEY = measure(Unit.PER_CENT, Better.HIGHER, 80.0, title="Satisfaction", decimals=1)


def courses(kind: Measure, rows: tuple[Observation, ...]) -> dict[str, str]:
    return {area: one.alt for area, one in area_sparklines(findings(rows, kind).measures[0], office()).items()}


def test_an_area_whose_newest_figure_is_not_shown_says_which_month_its_line_ends_in() -> None:
    whole = shares([(80, 100)] * 13, FIRST, "force").observations
    shown = shares([(16, 20)] * 13, FIRST, "a").observations
    hidden = shares([*[(16, 20)] * 10, (7, 9), (7, 9), (7, 9)], FIRST, "b").observations
    never = shares([(7, 9)] * 13, FIRST, "c").observations
    said = courses(SURVEY, (*whole, *shown, *hidden, *never))
    assert said["a"].endswith("from 80.0% in Apr 2018 to 80.0% in Apr 2019.")
    assert said["b"].endswith("from 80.0% in Apr 2018 to 80.0% in Jan 2019.")
    assert "c" not in said


def test_the_lines_of_the_areas_are_held_on_one_scale() -> None:
    whole = shares([(80, 100)] * 13, FIRST, "force").observations
    high = shares([(90, 100)] * 13, FIRST, "a").observations
    low = shares([*[(60, 100)] * 12, (50, 100)], FIRST, "b").observations
    found = area_sparklines(findings((*whole, *high, *low), SURVEY).measures[0], office())
    assert {one.scale for one in found.values()} == {(50.0, 90.0)}


def test_where_every_area_is_too_small_there_is_one_sentence_and_no_line() -> None:
    whole = shares([(80, 100)] * 13, FIRST, "force").observations
    small = tuple(one for area in ("a", "b", "c") for one in shares([(4, 5)] * 13, FIRST, area).observations)
    assert courses(SURVEY, (*whole, *small)) == {}
    (sentence,) = areas_caution_words(findings((*whole, *small), SURVEY).measures[0], office())
    assert sentence.text == "No area is shown by itself: each has too few cases, or no figure."
