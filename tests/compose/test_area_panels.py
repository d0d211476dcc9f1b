"""The areas' small multiples say what the table beside them says."""

from dataclasses import replace

from reportpack.compose.area_words import areas_caution_words
from reportpack.compose.charts import small_multiples
from reportpack.model.measure import Better, Measure
from reportpack.model.observation import Observation, Unit
from reportpack.model.period import Period
from tests.analyse.figures import measure, observation, office, shares
from tests.compose.test_finding_words import CRIME, findings

FIRST = Period.month(2018, 4)
SURVEY = measure(Unit.PER_CENT, Better.HIGHER, 80.0, title="Satisfaction", decimals=1)


def panels(kind: Measure, rows: tuple[Observation, ...]) -> list[str]:
    multiples = small_multiples(findings(rows, kind).measures[0], office())
    assert multiples is not None
    return [one.note for one in multiples.panels]


def test_a_panel_whose_newest_figure_is_not_shown_says_which_month_its_figure_is_of() -> None:
    whole = shares([(80, 100)] * 13, FIRST, "force").observations
    shown = shares([(16, 20)] * 13, FIRST, "a").observations
    hidden = shares([*[(16, 20)] * 10, (7, 9), (7, 9), (7, 9)], FIRST, "b").observations
    never = shares([(7, 9)] * 13, FIRST, "c").observations
    assert panels(SURVEY, (*whole, *shown, *hidden, *never))[:3] == [
        "",
        "of Jan 2019, the latest shown",
        "Fewer than 10 cases, not shown",
    ]


def test_where_every_area_is_too_small_there_is_one_sentence_and_no_panel() -> None:
    whole = shares([(80, 100)] * 13, FIRST, "force").observations
    small = tuple(one for area in ("a", "b", "c") for one in shares([(4, 5)] * 13, FIRST, area).observations)
    found = findings((*whole, *small), SURVEY).measures[0]
    assert small_multiples(found, office()) is None
    (sentence,) = areas_caution_words(found, office())
    assert sentence.text == "No area is shown by itself: each has too few cases, or no figure."


def test_a_target_for_the_forces_count_is_not_drawn_across_its_areas() -> None:
    months = [FIRST.shifted(step) for step in range(13)]
    rows = tuple(observation(10.0, period, area) for area in ("force", "a", "b", "c") for period in months)
    target = SURVEY.targets[0]
    counted = small_multiples(findings(rows, replace(CRIME, targets=(target,))).measures[0], office())
    assert counted is not None
    assert counted.level is None
