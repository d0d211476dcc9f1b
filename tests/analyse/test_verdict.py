"""The product's verdict: the reference's where months follow each other, silence with a reason where the data does not bear one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.analyse.check import checked
from reportpack.analyse.verdict import judge
from reportpack.analyse.xmr import xmr
from reportpack.model.finding import Assurance, Variation
from reportpack.model.measure import Better, DatedNote, Rebase
from reportpack.model.observation import Status, Unit
from reportpack.model.period import Period
from tests.analyse.figures import START, measure, observation, series, shares

STEADY = [100.0, 110, 105, 95, 100, 108, 97, 103, 101, 99, 106, 98, 104, 102]


@given(st.lists(st.integers(50, 300).map(float), min_size=7, max_size=36))
@settings(max_examples=80, deadline=None)
def test_without_gaps_every_point_is_flagged_as_the_reference_flags_it(values: list[float]) -> None:
    line = series(values)
    reference = xmr(values, [one.period.start for one in line.observations], Better.LOWER)
    judged = judge(line, measure())
    assert [point.cause for point in judged.points] == [point.flags.cause for point in reference.points]
    assert [point.upper for point in judged.points] == [point.lines.upl for point in reference.points]
    assert judged.variation == (reference.variation if judged.points[0].upper is not None else None)


def test_a_missing_month_ends_a_run_and_stays_a_gap() -> None:
    high = [*STEADY, 109.0, 107, 109, 107, 109, 107, 109]
    assert judge(series(high), measure()).variation is Variation.CONCERN
    broken = judge(series([*high[:-4], None, *high[-3:]]), measure())
    assert broken.variation is Variation.COMMON
    assert broken.gaps == (START.shifted(17),)
    assert broken.points[17].value is None


def test_no_moving_range_is_taken_over_a_gap() -> None:
    judged = judge(series([10.0, 11, 10, 11, None, 30, 31, 30, 31]), measure())
    mean = judged.points[0].mean
    assert mean is not None
    assert judged.points[0].upper == pytest.approx(mean + 2.66)


@pytest.mark.parametrize(
    ("values", "unit", "reason"),
    [
        ([None, None], Unit.PER_CENT, "no-figures"),
        ([50.0], Unit.PER_CENT, "too-few-points"),
        ([50.0, 51, 52, 53, 52, 51], Unit.PER_CENT, "too-few-points"),
        ([50.0] * 12, Unit.PER_CENT, "no-variation"),
        ([50.0, None] * 8, Unit.PER_CENT, "no-consecutive-months"),
        ([4.0, 5, 3] * 6, Unit.COUNT, "rare"),
        ([35.0, 33] * 6, Unit.RANK, "rank"),
        ([50.0, 1e15] * 6, Unit.COUNT, "implausible"),
    ],
)
def test_silence_has_its_reason(values: list[float | None], unit: Unit, reason: str) -> None:
    judged = judge(series(values), measure(unit, target=60))
    assert (judged.variation, judged.assurance, judged.reason) == (None, None, reason)


def test_rare_counts_have_no_lines() -> None:
    assert {point.mean for point in judge(series([4.0, 5, 3] * 6), measure()).points} == {None}


def test_there_is_no_verdict_while_the_last_month_is_missing() -> None:
    judged = judge(series(STEADY), measure(target=500), START.shifted(len(STEADY)))
    assert (judged.variation, judged.assurance, judged.reason) == (None, None, "last-month-missing")
    assert judged.expected == START.shifted(len(STEADY))
    assert judged.points[-1].value is None


def test_a_series_that_ended_long_ago_has_its_last_month_missing() -> None:
    judged = judge(series(STEADY), measure(), START.shifted(200))
    assert (judged.reason, judged.variation, len(judged.points)) == ("last-month-missing", None, 14)


def test_quarters_are_judged_and_spans_that_overlap_are_not() -> None:
    line = series(STEADY)
    overlapping = tuple(replace(one, period=Period(one.period.start, 3)) for one in line.observations)
    assert judge(replace(line, observations=overlapping), measure()).reason == "overlapping"
    quarters = tuple(
        replace(one, period=Period(START.start, 3).shifted(3 * index)) for index, one in enumerate(line.observations)
    )
    assert judge(replace(line, observations=quarters), measure()).variation is Variation.COMMON
    weeks = tuple(
        replace(one, period=Period(date(2018, 1, 1) + timedelta(7 * index), 0, 7)) for index, one in enumerate(line.observations)
    )
    assert judge(replace(line, observations=weeks), measure()).variation is Variation.COMMON


def test_a_small_base_has_lines_but_no_verdict() -> None:
    judged = judge(shares([(20 + n % 3, 29) for n in range(14)]), measure(Unit.PER_CENT, Better.HIGHER))
    assert (judged.variation, judged.reason) == (None, "small-base")
    assert judged.points[-1].upper is not None
    assert judge(shares([(20 + n % 3, 30) for n in range(14)]), measure(Unit.PER_CENT, Better.HIGHER)).variation is not None


def test_only_the_window_is_judged() -> None:
    judged = judge(series([500.0] * 20 + STEADY), measure(window=14))
    assert len(judged.points) == 14
    assert judged.points[0].mean == pytest.approx(sum(STEADY) / 14)


def test_a_rebase_starts_a_group_and_seven_figures_later_there_is_a_verdict() -> None:
    rebase = Rebase(date(2018, 6, 1), "New rota", "Officer")
    values = [*STEADY, 60.0, 64, 61, 63, 60, 62]
    early = judge(series(values), measure(rebases=(rebase,)))
    assert (early.reason, early.rebases) == ("too-few-points-since-baseline", (rebase,))
    later = judge(series([*values, 61.0]), measure(rebases=(rebase,)))
    assert later.variation is Variation.COMMON
    assert later.points[-1].group == 1
    assert later.short is True


def test_a_rebase_that_no_month_has_starts_nothing() -> None:
    judged = judge(series(STEADY), measure(rebases=(Rebase(date(2030, 1, 1), "Plan"),)))
    assert judged.rebases == ()


def test_figures_before_a_change_of_definition_are_not_judged_with_those_after() -> None:
    note = DatedNote(date(2018, 6, 1), "Counting rule changed.", redefines=True)
    judged = judge(series([*STEADY, *[300.0 + value for value in STEADY]]), measure(notes=(note,)))
    assert judged.points[0].period == Period.month(2018, 6)
    assert judged.variation is Variation.COMMON


def test_assurance_needs_a_target_and_a_direction() -> None:
    assert judge(series(STEADY), measure()).assurance_reason == "no-target"
    assert judge(series(STEADY), measure(better=Better.NEITHER, target=90)).assurance_reason == "no-direction"
    assert judge(series(STEADY), measure(target=500)).assurance is Assurance.PASS


def test_a_long_run_on_one_side_suggests_a_baseline_and_applies_none() -> None:
    line = series([*STEADY, *[value - 20 for value in STEADY]])
    judged = checked(judge(line, measure()), line, measure())
    assert judged.suggested_rebase == START.shifted(14)
    assert {point.group for point in judged.points} == {0}


def test_the_run_says_how_many_months_make_the_signal() -> None:
    judged = judge(series([*STEADY, 109.0, 107, 109, 107, 109, 107, 109, 107]), measure())
    assert judged.run_length == 8


def test_a_row_without_a_figure_at_the_end_is_a_missing_month() -> None:
    line = series([*STEADY, None])
    marked = replace(line.observations[-1], status=Status.SUPPRESSED, raw="[x]")
    line = replace(line, observations=(*line.observations[:-1], marked))
    assert judge(line, measure(), line.observations[-1].period).reason == "last-month-missing"


def test_nought_below_nought_is_nought() -> None:
    assert judge(series([-0.0] * 8), measure(Unit.MONEY)).reason == "no-variation"
    assert observation(-0.0).value == 0
