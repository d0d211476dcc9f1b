"""Targets for each figure and for whole spans: trajectories, bands, sums over a year, changes on an earlier one."""

from datetime import date

import pytest

from reportpack.compose.cover import _gap
from reportpack.compose.finding_words import headline
from reportpack.model.finding import Assurance, MeasureFinding
from reportpack.model.measure import Better, Target
from reportpack.model.observation import Unit
from reportpack.model.period import Period
from tests.analyse.figures import measure, office, series, shares
from tests.analyse.test_findings import one_of

FIRST = Period.month(2017, 4)
WAVE = [0.0, 4, -3, 5, -4, 2, -5, 3, 1, -2, 4, -1]
YEAR = Period(date(2017, 4, 1), 12)


def found(values: list[float], target: Target, unit: Unit = Unit.COUNT, better: Better = Better.LOWER) -> MeasureFinding:
    one = measure(unit, better, per="offences", decimals=1 if unit is Unit.PER_CENT else 0, targets=(target,))
    rows = series(values, FIRST) if unit is Unit.COUNT else shares([(10 * value, 1000) for value in values], FIRST)
    return one_of(rows.observations, one, on=date(2019, 5, 28))


def counts(months: int) -> list[float]:
    return [100 + WAVE[place % 12] for place in range(months)]


SEASONAL = [50.0] * 6 + [150.0] * 6


@pytest.mark.parametrize(
    ("values", "target", "words"),
    [
        (
            counts(12) + [90.0] * 4,
            Target(-10, change_on=YEAR),
            "on track: 360 offences in April to July 2018, where 365 leads to the target of 1,084 in 2018/19 (10% fewer than in 2017/18)",
        ),
        (
            SEASONAL + [50.0] * 6,
            Target(1000, start=date(2018, 4, 1), end=date(2019, 3, 31), cumulative=True),
            "behind its target: 300 offences in April to September 2018, where 250 leads to the target of 1,000 in 2018/19",
        ),
        (
            [20.0] * 4,
            Target(300, start=date(2017, 4, 1), end=date(2018, 3, 31), cumulative=True),
            "on track: 80 offences in April to July 2017, where 100 leads to the target of 300 in 2017/18",
        ),
        (
            [20.0] * 4,
            Target(-10, change_on=Period(date(2016, 4, 1), 12)),
            "not held against the target of 10% fewer than in 2016/17: the figures that it is a change on are not all there",
        ),
    ],
)
def test_figures_on_the_way_to_a_target_for_a_whole_span(values: list[float], target: Target, words: str) -> None:
    finding = found(values, target)
    assert words in headline(finding, office()).text
    assert finding.target is None


def test_a_percentage_is_held_against_points_on_the_whole_of_its_base() -> None:
    finding = found([80.0] * 12 + [81.0] * 3, Target(2, change_on=YEAR), Unit.PER_CENT, Better.HIGHER)
    assert finding.track is not None
    assert (finding.track.goal, finding.track.met) == (82.0, False)
    assert (
        "81.0% in April to June 2018, where 82.0% leads to the target of 82.0% in 2018/19 (2.0 percentage points higher than in 2017/18)"
        in (headline(finding, office()).text)
    )
    assert _gap(finding).text == "behind it"


def test_a_trajectory_is_where_it_has_come_to_by_each_figure_s_last_day() -> None:
    target = Target(60, start=date(2017, 4, 1), end=date(2019, 3, 31), from_value=40)
    finding = found([48.0 + WAVE[place % 12] / 4 for place in range(24)], target, Unit.PER_CENT, Better.HIGHER)
    assert finding.target is not None
    assert finding.target.value == 60
    early = measure(Unit.PER_CENT, targets=(target,)).target_on(date(2018, 3, 31))
    assert early is not None
    assert (early.value, early.aim) == (50.0, 60)
    assert finding.xmr is not None
    assert (finding.xmr.assurance, finding.xmr.met) == (None, 9)


@pytest.mark.parametrize(
    ("level", "assurance", "gap"),
    [
        (50, Assurance.PASS, "within it"),
        (70, Assurance.FAIL, "8.8 percentage points above"),
        (58, Assurance.INCONSISTENT, "within it"),
    ],
)
def test_a_band_is_met_between_its_ends_whichever_way_is_better(level: float, assurance: Assurance, gap: str) -> None:
    values = [level + WAVE[place % 12] / 5 for place in range(24)]
    finding = found(values, Target(40, up_to=61), Unit.PER_CENT, Better.NEITHER)
    assert finding.xmr is not None
    assert finding.xmr.assurance is assurance
    assert _gap(finding).text == gap
