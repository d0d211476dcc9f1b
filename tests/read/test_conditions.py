"""Conditions in people's words: the figures that they wait for, and nothing read into other words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.read.register.occasions import read_awaited


@pytest.mark.parametrize(
    ("words", "periods"),
    [
        ("after the first two quarters of the 19/20 perception survey have been received", ["2019-04/P3M", "2019-07/P3M"]),
        ("After the first two quarters of the 2019/20 survey", ["2019-04/P3M", "2019-07/P3M"]),
        ("once Q1 and Q2 2019/20 survey results are in", ["2019-04/P3M", "2019-07/P3M"]),
        ("Q3 2019\u201320 data", ["2019-10/P3M"]),
        ("quarters 1 to 3 of 2019/20", ["2019-04/P3M", "2019-07/P3M", "2019-10/P3M"]),
        ("after the last quarter of the 2018/19 survey", ["2019-01/P3M"]),
        ("when the June and July 2019 figures have come", ["2019-06/P1M", "2019-07/P1M"]),
        ("After six months of the new rota", []),
        ("after the May 2019 meeting", []),
        ("After the public meeting on rural crime", []),
        ("when the figures are better", []),
    ],
)
def test_a_condition_names_the_figures_that_must_be_in(words: str, periods: list[str]) -> None:
    assert [one.iso for one in read_awaited(words)] == periods


@given(st.text(max_size=200))
def test_no_words_break_it_and_periods_come_in_order(words: str) -> None:
    found = read_awaited(words)
    assert list(found) == sorted(set(found))
