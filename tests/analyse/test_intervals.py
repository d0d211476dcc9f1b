"""Intervals against values that other programs give for them."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.analyse.intervals import (
    TAIL998,
    Z95,
    Z998,
    funnel,
    gamma_share,
    newcombe,
    poisson_is_high,
    poisson_is_low,
    wilson,
)


@pytest.mark.parametrize(
    ("numerator", "denominator", "z", "low", "high"),
    [
        (41, 50, Z95, 0.692039463257, 0.902298073298),
        (41, 50, Z998, 0.606502163762, 0.930865585970),
        (3, 10, Z95, 0.107791267406, 0.603221852539),
        (0, 10, Z95, 0, 0.277532799863),
        (812, 1000, Z95, 0.786606812589, 0.835005290116),
        (1, 400, Z95, 0.000441447787, 0.014023285076),
    ],
)
def test_wilson_equals_the_reference(numerator: int, denominator: int, z: float, low: float, high: float) -> None:
    assert wilson(numerator, denominator, z) == pytest.approx((low, high), abs=1e-11)


@given(st.integers(1, 5000).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))))
@settings(max_examples=80, deadline=None)
def test_wilson_holds_its_proportion_and_stays_between_nought_and_one(counts: tuple[int, int]) -> None:
    low, high = wilson(*counts)
    assert 0 <= low <= counts[0] / counts[1] + 1e-12
    assert counts[0] / counts[1] - 1e-12 <= high <= 1


def test_newcombe_equals_the_published_example() -> None:
    assert newcombe((56, 70), (48, 80)) == pytest.approx((0.0524, 0.3339), abs=5e-5)


def test_the_funnel_is_clipped_and_narrows_with_size() -> None:
    assert funnel(0.98, 10, Z998)[1] == 1
    assert funnel(0.02, 10, Z998)[0] == 0
    assert funnel(0.8, 100, Z95) == pytest.approx((0.71636, 0.87215), abs=1e-5)
    small, large = funnel(0.8, 100, Z95), funnel(0.8, 1000, Z95)
    assert small[0] < large[0] < 0.8 < large[1] < small[1]


@given(st.integers(1, 60), st.floats(0.1, 120))
@settings(max_examples=80, deadline=None)
def test_the_gamma_share_is_the_tail_of_a_poisson_count(count: int, expected: float) -> None:
    fewer = math.fsum(math.exp(k * math.log(expected) - expected - math.lgamma(k + 1)) for k in range(count))
    assert gamma_share(count, expected) == pytest.approx(1 - fewer, abs=1e-11)


def test_a_count_stands_out_only_where_chance_would_not_have_it() -> None:
    assert poisson_is_high(150, 100, TAIL998)
    assert not poisson_is_high(130, 100, TAIL998)
    assert poisson_is_low(60, 100, TAIL998)
    assert not poisson_is_low(1, 6.7, TAIL998)
    assert not poisson_is_low(100, 100, 0.5)
    assert not poisson_is_high(100, 100, 0.5)
