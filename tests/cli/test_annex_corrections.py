"""Numbers as people type them, for corrections and queries."""

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st

from reportpack.cli.annex import read_numbers


@given(st.lists(st.integers(1, 200), min_size=1, max_size=10))
def test_numbers_with_commas_are_those_numbers(numbers: list[int]) -> None:
    assert read_numbers([",".join(map(str, numbers))], "--accept") == tuple(numbers)
    assert read_numbers([str(number) for number in numbers], "--accept") == tuple(numbers)


@given(st.integers(1, 50), st.integers(0, 50))
def test_a_span_is_every_number_in_it(first: int, more: int) -> None:
    assert read_numbers([f"{first}-{first + more}"], "--accept") == tuple(range(first, first + more + 1))


def test_all_names_none_and_nothing_typed_is_never_all() -> None:
    assert read_numbers(["All"], "--accept") == ()
    for typed in ("", " , ", "x", "1-x", "-", "1-999999999"):
        with pytest.raises(typer.BadParameter):
            read_numbers([typed], "--accept")
