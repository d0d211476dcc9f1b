"""What drove a change: parts that add up to the whole's difference, the largest first."""

from datetime import date

import pytest

from reportpack.model.finding import Drivers
from reportpack.model.measure import Better, DatedNote, Measure
from reportpack.model.observation import Observation, Unit
from tests.analyse.figures import measure, office, series, shares
from tests.analyse.test_findings import FIRST, STEADY, all_of

RISES = {"a": 60.0, "b": -20.0, "c": 10.0, "d": 0.0, "e": 0.0}


def drivers(rows: list[Observation], *measures: Measure) -> tuple[Drivers, ...]:
    found = all_of(rows, *measures, places=office()).of("m")
    assert found is not None
    return found.drivers


def risen(area: str, by: float, months: int = 9) -> list[Observation]:
    figures = [value + (by if place >= len(STEADY) - months else 0) for place, value in enumerate(STEADY)]
    return [*series(figures, FIRST, area).observations]


def test_areas_add_up_to_the_difference_since_the_change_over_the_same_months_of_the_year_before() -> None:
    (found,) = drivers([one for area, by in RISES.items() for one in risen(area, by)], measure())
    assert [(one.area, round(one.change, 6)) for one in found.parts[:3]] == [("a", 540), ("b", -180), ("c", 90)]
    assert (found.now.first, found.now.last) == (FIRST.shifted(27), FIRST.shifted(35))
    assert (found.then.first, found.then.last) == (FIRST.shifted(15), FIRST.shifted(23))
    assert found.now.value - found.then.value == pytest.approx(sum(one.change for one in found.parts) + found.rest)


def test_a_change_older_than_a_year_is_held_against_the_year_before_it() -> None:
    (found,) = drivers([one for area, by in RISES.items() for one in risen(area, by, 15)], measure())
    assert (found.now.first, found.then.last) == (FIRST.shifted(24), FIRST.shifted(20))


def test_nothing_is_taken_apart_over_a_change_of_definition() -> None:
    note = DatedNote(date(2018, 8, 1), "Counted otherwise.", redefines=True)
    assert drivers([one for area, by in RISES.items() for one in risen(area, by)], measure(notes=(note,))) == ()


def test_nothing_is_taken_apart_where_nothing_changed() -> None:
    assert drivers([one for area in RISES for one in risen(area, 0)], measure()) == ()


def test_measures_that_are_parts_are_taken_apart_also_without_a_signal_and_leave_a_rest() -> None:
    theft = Measure("theft", "Theft", unit=Unit.COUNT, better=Better.LOWER, places=(), part_of="m")
    whole = series(STEADY, FIRST).observations
    part = [value / 2 + (3 if place >= 24 else 0) for place, value in enumerate(STEADY)]
    rows = [
        *whole,
        *(
            Observation("theft", "force", one.period, value, one.status, one.source)
            for one, value in zip(whole, part, strict=True)
        ),
    ]
    (found,) = drivers(rows, measure(), theft)
    assert [(one.measure, one.change) for one in found.parts] == [("theft", 36)]
    assert found.rest == pytest.approx(-36)


def test_of_a_percentage_each_part_s_own_change_counts_by_its_share_of_the_cases() -> None:
    rows: list[Observation] = []
    for area, asked, after in (("a", 800, 0.6), ("b", 200, 0.8), ("c", 200, 0.8), ("d", 200, 0.8), ("e", 200, 0.8)):
        wave = [0.8 + 0.004 * (place % 3) for place in range(36)]
        rows += shares(
            [(asked * (after if place >= 27 else wave[place]), asked) for place in range(36)], FIRST, area
        ).observations
    (found,) = drivers(rows, measure(Unit.PER_CENT, Better.HIGHER))
    first = found.parts[0]
    assert first.area == "a"
    assert first.change == pytest.approx((first.now.value - first.then.value) / 2)
    assert found.rest == pytest.approx(0, abs=1e-9)
