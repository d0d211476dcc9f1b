"""The XmR calculation on small made series, and what holds for every series."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.analyse.xmr import xmr
from reportpack.model.finding import Assurance, Variation
from reportpack.model.measure import Better

VALUES = st.lists(st.integers(-50, 50).map(float), min_size=1, max_size=40)


def days(count: int) -> list[date]:
    return [date(2019, 1, 1) + timedelta(days=index) for index in range(count)]


def causes(values: list[float], **more: object) -> list[str]:
    return [point.flags.cause for point in xmr(values, days(len(values)), **more).points]  # type: ignore[arg-type]  # named by the tests


def test_limits_are_2_66_mean_moving_ranges_from_the_mean() -> None:
    lines = xmr([10, 12, 11, 13], days(4)).points[-1].lines
    assert lines.mean == 11.5
    assert lines.upl == pytest.approx(11.5 + 2.66 * 5 / 3)
    assert lines.lpl == pytest.approx(11.5 - 2.66 * 5 / 3)


def test_one_large_moving_range_is_screened_out_and_its_value_kept_in_the_mean() -> None:
    values = [10.0, 11, 10, 11, 10, 11, 10, 11, 30]
    screened, whole = (xmr(values, days(9), screen_outliers=screen).points[-1] for screen in (True, False))
    assert screened.moving_range_used is None
    assert whole.moving_range_used == 19
    assert screened.lines.amr == 1
    assert screened.lines.mean == whole.lines.mean == pytest.approx(114 / 9)


def test_seven_points_on_one_side_are_a_shift_and_six_are_not() -> None:
    assert causes([0.0, 10] * 8 + [5.9, 6.1] * 3 + [6])[-1] == "7 Points Above CL"
    assert causes([0.0, 10] * 8 + [0] + [5.9, 6.1] * 3)[-1] == "Common Cause"


def test_a_tie_breaks_a_trend() -> None:
    rising = [0.0, 9, 0, 9, 0, 9, 0, 1, 2, 3, 4, 5, 6]
    assert causes(rising)[-7:] == ["7 Point Trend (Increasing)"] * 7
    assert "Trend" not in "".join(causes([*rising[:-1], 5.0]))


def test_a_value_that_equals_the_mean_by_exact_summing_has_no_side() -> None:
    point = xmr([0.1] * 10, days(10)).points[-1]
    assert point.lines.mean == 0.1
    assert point.flags.relative == 0


def test_equal_values_have_no_limits() -> None:
    found = xmr([5.0] * 9, days(9), target=4)
    assert found.points[-1].lines.upl is None
    assert found.points[-1].flags.outside is None
    assert found.variation is Variation.COMMON


@pytest.mark.parametrize(
    ("target", "better", "assurance"),
    [
        (100, Better.HIGHER, Assurance.FAIL),
        (100, Better.LOWER, Assurance.PASS),
        (-100, Better.HIGHER, Assurance.PASS),
        (-100, Better.LOWER, Assurance.FAIL),
        (11, Better.HIGHER, Assurance.INCONSISTENT),
        (11, Better.NEITHER, None),
        (None, Better.HIGHER, None),
    ],
)
def test_assurance_follows_the_limits(target: float | None, better: Better, assurance: Assurance | None) -> None:
    assert xmr([10.0, 12, 11, 13, 10], days(5), better, target).assurance is assurance


def test_a_rebase_begins_a_group_and_one_that_no_row_has_changes_nothing() -> None:
    values = [1.0, 2, 1, 2, 9, 8, 9, 8]
    rebased = xmr(values, days(8), rebases=[days(8)[4]])
    assert [point.group for point in rebased.points] == [0, 0, 0, 0, 1, 1, 1, 1]
    assert rebased.points[-1].lines.mean == 8.5
    assert xmr(values, days(8), rebases=[date(1999, 1, 1)]) == xmr(values, days(8))


def test_fixed_lines_rest_on_the_first_points_alone() -> None:
    point = xmr([1.0, 2] * 6 + [50.0] * 3, days(15), fix_after=12).points[-1]
    assert point.lines.mean == 1.5
    assert point.fix_y is None
    assert point.flags.cause == "Above UCL"


def test_nothing_at_all_has_no_verdict() -> None:
    assert xmr([], []).variation is None


@given(VALUES)
@settings(max_examples=80, deadline=None)
def test_turning_the_figures_upside_down_turns_the_flags_and_the_better_direction(values: list[float]) -> None:
    upright = xmr(values, days(len(values)), Better.HIGHER)
    turned = xmr([-value for value in values], days(len(values)), Better.LOWER)
    assert [point.point_type for point in upright.points] == [point.point_type for point in turned.points]


@given(VALUES)
@settings(max_examples=80, deadline=None)
def test_a_point_is_outside_just_when_it_is_beyond_a_limit(values: list[float]) -> None:
    for point in xmr(values, days(len(values))).points:
        if point.lines.lpl is None or point.lines.upl is None:
            assert point.flags.outside is None
        else:
            assert point.flags.outside == (not point.lines.lpl <= point.value <= point.lines.upl)
