"""Commitments held against the figures."""

from dataclasses import replace
from datetime import date

import pytest

from reportpack.analyse.commitments import Figures, judge_commitment
from reportpack.compose.commitments import commitment_words
from reportpack.model.commitment import Commitment, Comparator, Relative, Test
from reportpack.model.finding import CommitmentFinding, Verdict
from reportpack.model.measure import Better
from reportpack.model.observation import Series, Unit
from reportpack.model.period import Period
from reportpack.model.problem import Source
from tests.analyse.figures import measure, office, series, shares

SATISFACTION = measure(Unit.PER_CENT, Better.HIGHER)
APRIL, MAY = Period.month(2019, 4), Period.month(2019, 5)
FOUR_OVER_80 = Test(Comparator.OVER, 80, 4)


def said(test: Test | None = FOUR_OVER_80, period: Period | None = MAY) -> Commitment:
    return Commitment("C1", "Four areas over 80 next month", Source("notes"), measure="m", test=test, period=period)


def judged(commitment: Commitment, may: dict[str, float], force: Series | None = None) -> CommitmentFinding:
    april = {"a": 81, "b": 82, "c": 83, "d": 79, "e": 70}
    areas = {area: shares([(april[area], 100), *([(may[area], 100)] if area in may else [])], APRIL, area) for area in april}
    return judge_commitment(commitment, Figures(SATISFACTION, force or shares([(79, 100)], APRIL), areas), office())


def test_four_areas_strictly_over_80_are_met_by_four() -> None:
    found = judged(said(), {"a": 81, "b": 82, "c": 83, "d": 80.5, "e": 70})
    assert (found.verdict, found.value, found.of) == (Verdict.MET, 4, 5)
    assert (found.baseline, found.baseline_of, found.baseline_period) == (3, 5, APRIL)


def test_exactly_80_is_not_over_80() -> None:
    found = judged(said(), {"a": 81, "b": 82, "c": 83, "d": 80, "e": 70})
    assert (found.verdict, found.value) == (Verdict.NOT_MET, 3)


def test_a_missing_area_leaves_it_open_only_while_it_could_decide() -> None:
    assert judged(said(), {"a": 81, "b": 82, "c": 83, "d": 70}).reason == "areas-missing"
    assert judged(said(), {"a": 81, "b": 82, "c": 83, "d": 84}).verdict is Verdict.MET
    assert judged(said(), {"a": 81, "b": 70, "c": 83, "d": 70}).verdict is Verdict.NOT_MET


def test_it_is_not_yet_measurable_until_the_period_s_figures_are_in() -> None:
    found = judged(said(), {})
    assert (found.verdict, found.reason, found.value, found.baseline) == (Verdict.NOT_YET, "figures-missing", None, 3)


def test_without_a_period_it_is_open_and_says_where_things_stand() -> None:
    found = judged(said(period=None), {"a": 90, "b": 90, "c": 90, "d": 90, "e": 90})
    assert (found.verdict, found.reason, found.baseline, found.baseline_period) == (Verdict.NOT_YET, "no-period", 5, MAY)


def test_words_without_a_figure_have_no_test() -> None:
    assert judged(said(test=None), {}).reason == "no-test"
    assert judge_commitment(said(), None, office()).reason == "unknown-measure"


@pytest.mark.parametrize(
    ("comparator", "threshold", "verdict"),
    [
        (Comparator.AT_LEAST, 80, Verdict.MET),
        (Comparator.OVER, 80, Verdict.NOT_MET),
        (Comparator.AT_MOST, 80, Verdict.MET),
        (Comparator.UNDER, 80, Verdict.NOT_MET),
    ],
)
def test_the_force_s_own_figure_is_held_against_the_threshold(comparator: Comparator, threshold: float, verdict: Verdict) -> None:
    found = judged(said(Test(comparator, threshold)), {}, shares([(79, 100), (80, 100)], APRIL))
    assert (found.verdict, found.value, found.baseline) == (verdict, 80, 79)


def test_a_quarter_is_made_from_its_months() -> None:
    quarter = Period(Period.month(2019, 4).start, 3)
    line = series([100.0, 110, 90], APRIL)
    commitment = said(Test(Comparator.UNDER, 301), quarter)
    found = judge_commitment(commitment, Figures(measure(), line, {}), office())
    assert (found.verdict, found.value, len(found.observations[0].cells)) == (Verdict.MET, 300, 3)


def test_a_promise_for_every_month_is_broken_by_one() -> None:
    kind = measure(Unit.PER_CENT, Better.HIGHER)
    said = Commitment(
        "C1",
        "It will not fall below 90 again.",
        Source("register.xlsx"),
        said_at="2018-01",
        measure="m",
        test=Test(Comparator.AT_LEAST, 90, lasting=True),
        period=Period.month(2018, 4),
    )
    line = series([93.0] * 10 + [87.0, 82.0, 92.6])
    found = judge_commitment(said, Figures(kind, line, {}), office())
    assert (found.verdict, [one.value for one in found.failing]) == (Verdict.NOT_MET, [87.0, 82.0])
    kept = judge_commitment(said, Figures(kind, series([93.0] * 13), {}), office())
    assert kept.verdict is Verdict.MET
    early = judge_commitment(said, Figures(kind, series([93.0] * 12), {}), office())
    assert (early.verdict, early.reason) == (Verdict.NOT_YET, "figures-missing")


@pytest.mark.parametrize(
    ("test", "verdict", "change"),
    [
        (Test(Comparator.AT_MOST, -10, relative=Relative.PER_CENT), Verdict.NOT_MET, 5.0),
        (Test(Comparator.AT_LEAST, 5, relative=Relative.AMOUNT), Verdict.MET, 10.0),
        (Test(Comparator.AT_MOST, -10, relative=Relative.PER_CENT, base=Period(date(2017, 4, 1), 12)), Verdict.MET, -30.0),
    ],
)
def test_a_change_is_held_against_where_it_began(test: Test, verdict: Verdict, change: float) -> None:
    said = Commitment("C2", "w", Source("r"), said_at="2018-01", measure="m", test=test, period=Period.month(2018, 4))
    line = series([300.0, *[200.0] * 11, 210.0])
    found = judge_commitment(said, Figures(measure(), line, {}), office())
    assert found.verdict is verdict
    assert found.change == pytest.approx(change)


def kept(
    test: Test, counts: list[tuple[float, float]], until: Period, areas: dict[str, Series] | None = None
) -> CommitmentFinding:
    """A promise of February 2019 for every month until then, held against months from March."""
    promise = Commitment("C1", "", Source("notes"), said_at="2019-02-26", measure="m", test=test, period=until)
    return judge_commitment(promise, Figures(SATISFACTION, shares(counts, Period.month(2019, 3)), areas or {}), office())


def test_a_promise_of_areas_for_every_month_is_judged_month_by_month() -> None:
    march = Period.month(2019, 3)
    areas = {name: shares([(81, 100), (79 if name == "b" else 85, 100), (90, 100)], march, name) for name in "abcde"}
    test = Test(Comparator.OVER, 80, 5, lasting=True)
    found = kept(test, [(80, 100)] * 3, MAY, areas)
    assert (found.verdict, [(one.period, one.value) for one in found.failing]) == (Verdict.NOT_MET, [(APRIL, 4)])
    assert (found.period, found.value, found.of) == (MAY, 5, 5)
    words = commitment_words(found, SATISFACTION, office()).text
    assert words.startswith("4 of 5 areas over 80% in April 2019, where at least 5 areas over 80% was to hold every time; 5 of 5")


def test_a_change_promised_for_every_month_is_judged_month_by_month() -> None:
    test = Test(Comparator.AT_LEAST, 2, relative=Relative.AMOUNT, base=Period.month(2019, 2), lasting=True)
    line = shares([(70, 100), (73, 100), (71, 100), (74, 100)], Period.month(2019, 2))
    promise = Commitment("C1", "", Source("notes"), said_at="2019-02-26", measure="m", test=test, period=MAY)
    found = judge_commitment(promise, Figures(SATISFACTION, line, {}), office())
    assert (found.verdict, [one.period for one in found.failing]) == (Verdict.NOT_MET, [APRIL])
    assert "71% (1 percentage point more) in April 2019" in commitment_words(found, SATISFACTION, office()).text


def test_a_month_without_a_figure_leaves_a_promise_for_every_month_open() -> None:
    line = series([91.0, None, 92.0], Period.month(2019, 3))
    test = Test(Comparator.AT_LEAST, 90, lasting=True)
    promise = Commitment("C1", "", Source("notes"), said_at="2019-02-26", measure="m", test=test, period=MAY)
    found = judge_commitment(promise, Figures(SATISFACTION, line, {}), office())
    assert (found.verdict, found.reason, found.period) == (Verdict.NOT_YET, "figures-missing", APRIL)


@pytest.mark.parametrize(("said_at", "awaited"), [("2019-05-28", Period.month(2019, 6)), ("2019-02-26", MAY)])
def test_a_promise_without_an_end_waits_for_the_next_figures(said_at: str, awaited: Period) -> None:
    line = series([91.0, 92.0], Period.month(2019, 3))
    test = Test(Comparator.AT_LEAST, 90, lasting=True)
    promise = Commitment("C1", "999 at least 90 each month", Source("notes"), said_at=said_at, measure="m", test=test)
    found = judge_commitment(promise, Figures(SATISFACTION, line, {}), office())
    assert (found.verdict, found.reason, found.period) == (Verdict.NOT_YET, "figures-missing", awaited)
    assert f"he figures for {awaited.label} are not in" in commitment_words(found, SATISFACTION, office()).text


@pytest.mark.parametrize(("counts", "open_"), [((79, 100), True), ((7900, 10_000), False), ((60, 100), False)])
def test_a_survey_whose_range_has_the_promise_within_it_says_so(counts: tuple[float, float], open_: bool) -> None:
    survey = replace(SATISFACTION, survey=True)
    promise = said(Test(Comparator.AT_LEAST, 80), APRIL)
    found = judge_commitment(promise, Figures(survey, shares([counts], APRIL), {}), office())
    assert found.verdict is Verdict.NOT_MET
    assert ("lies on both sides of what was promised" in commitment_words(found, survey, office()).text) is open_
