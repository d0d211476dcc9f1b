"""How numbers are printed."""

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.compose.numbers import (
    counted,
    difference_text,
    ordinal_word,
    per_cent_text,
    rank_printed,
    singular,
    target_printed,
    value_text,
)
from reportpack.model.chart import ordinal
from reportpack.model.finding import RankFinding
from reportpack.model.measure import Target
from reportpack.model.observation import Unit
from reportpack.model.period import Period
from reportpack.model.words import clock_text, rounded, written
from tests.analyse.figures import measure


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (1204, 0, "1,204"),
        (0.5, 0, "1"),
        (-0.5, 0, "\u22121"),
        (2.5, 0, "3"),
        (100 * 0.145, 0, "15"),
        (1.005, 2, "1.01"),
        (-0.0, 0, "0"),
        (-0.04, 1, "0.0"),
        (1e15, 0, "1,000,000,000,000,000"),
        (1234567890123456.0, 0, "1,234,567,890,123,456"),
        (float("nan"), 0, "not a number"),
    ],
)
def test_numbers_round_half_away_from_zero_with_commas_and_a_true_minus(value: float, decimals: int, text: str) -> None:
    assert written(value, decimals) == text


@given(st.decimals(-100000, 100000, places=3, allow_nan=False))
@settings(max_examples=100, deadline=None)
def test_what_is_typed_is_what_is_rounded(typed: Decimal) -> None:
    places = rounded(float(typed), 1)
    assert abs(places - typed) <= Decimal("0.05")
    if abs(places - typed) == Decimal("0.05"):
        assert abs(places) > abs(typed)


@pytest.mark.parametrize(
    ("unit", "value", "decimals", "text"),
    [
        (Unit.PER_CENT, 81.25, 1, "81.3%"),
        (Unit.COUNT, 12045.0, 0, "12,045"),
        (Unit.MONEY, -1200.0, 0, "\u2212£1,200"),
        (Unit.DAYS, 1.0, 0, "1 day"),
        (Unit.DAYS, 4.06, 1, "4.1 days"),
        (Unit.RANK, 35.0, 0, "35th"),
    ],
)
def test_a_figure_is_printed_in_its_unit(unit: Unit, value: float, decimals: int, text: str) -> None:
    assert value_text(measure(unit, decimals=decimals), value) == text


def test_differences_of_percentages_are_percentage_points() -> None:
    assert difference_text(measure(Unit.PER_CENT, decimals=1), -2.0) == "2.0 percentage points"
    assert difference_text(measure(Unit.PER_CENT), 1.2) == "1 percentage point"


def test_a_count_says_what_it_counts_and_one_is_singular() -> None:
    assert counted(measure(per="offences"), 1204).text == "1,204 offences"
    assert counted(measure(per="cases of burglary"), 1).text == "1 case of burglary"
    assert counted(measure(Unit.RATE, per="1,000 residents", decimals=1), 3.2).text == "3.2 per 1,000 residents"
    assert [singular(noun) for noun in ("enquiries", "business", "offences per 1,000 residents")] == [
        "enquiry",
        "business",
        "offence per 1,000 residents",
    ]


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (Target(80), "80%"),
        (Target(82.5), "82.5%"),
        (Target(0.85), "0.85%"),
        (Target(45, up_to=55), "45% to 55%"),
        (Target(82.3, aim=85), "82.3% on the way to 85%"),
    ],
)
def test_a_target_is_printed_as_it_was_given(target: Target, text: str) -> None:
    assert target_printed(measure(Unit.PER_CENT, decimals=1), target).text == text


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (1, "1st"),
        (2, "2nd"),
        (3, "3rd"),
        (4, "4th"),
        (11, "11th"),
        (12, "12th"),
        (13, "13th"),
        (21, "21st"),
        (35, "35th"),
        (111, "111th"),
    ],
)
def test_ordinals(number: int, text: str) -> None:
    assert ordinal(number) == text


def test_ranks_and_ordinals_that_stand_alone() -> None:
    month = Period.month(2019, 4)
    assert rank_printed(RankFinding(35, 41, 1, month, ())).text == "35th of 41"
    assert rank_printed(RankFinding(35, 0, 1, month, ())).text == "35th"
    assert rank_printed(RankFinding(30, 43, 1, month, (), joint=True)).text == "joint 30th of 43"
    assert rank_printed(RankFinding(30, 43, 2, month, ())).text == "joint 30th of 43"
    assert (ordinal_word(9), ordinal_word(10)) == ("ninth", "10th")


def test_a_change_too_small_for_its_decimals_is_not_nought() -> None:
    assert [per_cent_text(value) for value in (-12.5, 0.3, 0.0)] == ["13%", "under 1%", "0%"]


def test_a_duration_is_printed_as_a_clock_shows_it() -> None:
    assert [clock_text(seconds) for seconds in (8, 151, 755, 3751, 9.7, -75)] == [
        "0:08",
        "2:31",
        "12:35",
        "1:02:31",
        "9.7 seconds",
        "-1:15",
    ]
