"""Comparisons: whole spans only, percentages from counts, differences before rounding."""

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.analyse.comparisons import compare, compare_span
from reportpack.model.finding import Span
from reportpack.model.measure import Better, DatedNote
from reportpack.model.observation import Meaning, Reach, Unit
from reportpack.model.period import Period
from tests.analyse.figures import measure, series, shares


def test_year_to_date_runs_from_april_and_needs_every_month_of_both_years() -> None:
    values = [100.0] * 12 + [110.0] * 11  # April 2017 to February 2019
    found = compare_span(series(values), measure(), Span.YEAR_TO_DATE)
    assert found.now is not None
    assert found.then is not None
    assert (found.now.value, found.then.value, found.difference, found.per_cent) == (1210, 1100, 110, 10)
    assert (found.now.first, found.now.last) == (Period.month(2018, 4), Period.month(2019, 2))
    assert [source.cell for source in found.now.sources] == [f"B{row}" for row in range(14, 25)]


def test_in_april_the_year_to_date_is_one_month() -> None:
    found = compare_span(series([60.0] * 13), measure(), Span.YEAR_TO_DATE)
    assert found.now is not None
    assert found.now.first == found.now.last == Period.month(2018, 4)


def test_a_missing_month_leaves_the_span_without_a_figure() -> None:
    now_missing = compare_span(series([100.0] * 14 + [None] + [100.0] * 8), measure(), Span.YEAR_TO_DATE)
    assert (now_missing.now, now_missing.reason) == (None, "month-missing")
    then_missing = compare_span(series([100.0, None] + [100.0] * 21), measure(), Span.YEAR_TO_DATE)
    assert then_missing.now is not None
    assert (then_missing.then, then_missing.difference, then_missing.reason) == (None, None, "month-missing")


def test_figures_that_began_later_are_not_called_missing() -> None:
    found = compare_span(series([100.0] * 14), measure(), Span.TWELVE_MONTHS)
    assert found.reason == "no-earlier-figures"


@pytest.mark.parametrize(
    ("before", "after", "per_cent", "reason"),
    [(0, 7, None, "base-zero"), (49, 60, None, "base-under-50"), (50, 60, 20, ""), (-60, 40, None, "base-negative")],
)
def test_a_per_cent_change_needs_a_base_of_50(before: float, after: float, per_cent: float | None, reason: str) -> None:
    found = compare_span(series([before, after]), measure(), Span.MONTH)
    assert (found.difference, found.per_cent, found.reason) == (after - before, per_cent, reason)


def test_a_percentage_is_made_anew_from_summed_counts_and_compared_in_points() -> None:
    counts = [(10.0, 100.0)] * 12 + [(90.0, 100.0)] + [(1.0, 10.0)] * 11
    found = compare_span(shares(counts), measure(Unit.PER_CENT), Span.TWELVE_MONTHS)
    assert found.now is not None
    assert found.now.value == pytest.approx(100 * 101 / 210)
    assert found.difference == pytest.approx(100 * 101 / 210 - 10)
    assert found.per_cent is None


def test_percentages_without_their_counts_are_never_averaged() -> None:
    found = compare_span(series([50.0] * 24), measure(Unit.PER_CENT), Span.TWELVE_MONTHS)
    assert (found.now, found.reason) == (None, "no-counts")


def test_a_survey_says_whether_the_difference_is_more_than_chance() -> None:
    survey = measure(Unit.PER_CENT, Better.HIGHER, survey=True)
    found = compare_span(shares([(48, 80), (56, 70)]), survey, Span.MONTH)
    assert found.low == pytest.approx(5.24314724023649)
    assert found.high == pytest.approx(33.3872654036906)
    assert found.significant is True
    assert compare_span(shares([(48, 80), (50, 80)]), survey, Span.MONTH).significant is False
    assert compare_span(shares([(48, 80), (56, 70)]), measure(Unit.PER_CENT), Span.MONTH).significant is None


def test_figures_across_a_change_of_definition_are_not_compared() -> None:
    changed = measure(notes=(DatedNote(date(2018, 4, 1), "Counting rule changed.", redefines=True),))
    found = compare_span(series([100.0] * 13), changed, Span.SAME_MONTH)
    assert found.now is not None
    assert (found.then, found.reason) == (None, "definition-changed")


def test_ranks_and_averages_of_days_are_never_added() -> None:
    assert compare_span(series([35.0, 33.0]), measure(Unit.RANK), Span.MONTH).reason == "rank"
    assert compare_span(series([4.0] * 24), measure(Unit.DAYS), Span.TWELVE_MONTHS).reason == "not-additive"


def test_no_figures_are_said_to_be_none() -> None:
    assert {found.reason for found in compare(series([None, None]), measure())} == {"no-figures"}


@given(st.lists(st.one_of(st.none(), st.integers(0, 10_000)), min_size=1, max_size=40))
@settings(max_examples=60, deadline=None)
def test_a_span_is_compared_only_when_all_its_months_are_there(values: list[int | None]) -> None:
    line = series([None if value is None else float(value) for value in values])
    for found in compare(line, measure()):
        if found.difference is not None and found.now is not None and found.then is not None:
            for amount in (found.now, found.then):
                inside = [one for one in line.numbers if amount.first <= one.period <= amount.last]
                assert all(before.period.shifted(1) == after.period for before, after in pairwise(inside))
                assert amount.value == sum(one.value or 0 for one in inside)
        else:
            assert found.reason


def test_four_quarters_are_a_year() -> None:
    first = Period(date(2017, 4, 1), 3)
    line = series([100.0, 110, 120, 130, 200, 210, 220, 230])
    quarters = tuple(replace(one, period=first.shifted(3 * index)) for index, one in enumerate(line.observations))
    year = compare_span(replace(line, observations=quarters), measure(), Span.TWELVE_MONTHS)
    assert year.now is not None
    assert year.then is not None
    assert (year.now.value, year.then.value) == (860, 460)
    assert (year.now.first.label, year.now.last.label) == ("April to June 2018", "January to March 2019")


def test_a_year_of_a_rate_per_resident_divides_by_the_residents_once() -> None:
    rows = shares([(7000, 1_000_000)] * 24)
    rates = tuple(replace(one, value=7.0) for one in rows.observations)
    kind = measure(Unit.RATE, per="1,000 residents")
    year = compare_span(replace(rows, observations=rates), kind, Span.TWELVE_MONTHS)
    assert year.now is not None
    assert year.now.value == pytest.approx(84.0)


def test_spans_that_overlap_are_never_added_up() -> None:
    years = series([800.0 + n for n in range(24)])
    rolling = tuple(
        replace(one, period=Period(one.period.shifted(-11).start, 12), meaning=Meaning(Reach.ROLLING))
        for one in years.observations
    )
    line = replace(years, observations=rolling)
    year = compare_span(line, measure(), Span.TWELVE_MONTHS)
    assert year.now is not None
    assert (year.now.value, year.difference) == (823, 12)
    assert compare_span(line, measure(), Span.YEAR_TO_DATE).reason == "overlapping"
