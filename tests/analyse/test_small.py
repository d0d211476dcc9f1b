"""Small cells, and those that would give them away."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.analyse.small import small_cells
from reportpack.model.measure import Better
from reportpack.model.observation import Unit
from tests.analyse.figures import START, measure, series, shares

HATE = measure(per="offences", small_under=5)


def hidden(counts: dict[str, float], total: bool = True, under: int = 5) -> dict[str, bool]:
    areas = [series([count], START, area) for area, count in counts.items()]
    force = series([sum(counts.values())] if total else [])
    return {cell.area: cell.secondary for cell in small_cells(areas, force, measure(small_under=under))}


def test_one_small_cell_takes_the_next_smallest_with_it() -> None:
    assert hidden({"a": 3, "b": 20, "c": 9, "d": 12}) == {"a": False, "c": True}


def test_without_a_total_the_small_cell_goes_alone() -> None:
    assert hidden({"a": 3, "b": 20, "c": 9}, total=False) == {"a": False}


def test_two_small_cells_hide_each_other_unless_their_sum_leaves_one_way() -> None:
    assert hidden({"a": 3, "b": 2, "c": 9}) == {"a": False, "b": False}
    assert hidden({"a": 1, "b": 1, "c": 9}) == {"a": False, "b": False, "c": True}
    assert hidden({"a": 4, "b": 4, "c": 9}) == {"a": False, "b": False, "c": True}


def test_nought_is_not_small_and_hides_only_when_nothing_else_can() -> None:
    assert hidden({"a": 0, "b": 5, "c": 9}) == {}
    assert hidden({"a": 0, "b": 2}) == {"a": True, "b": False}


def test_nothing_is_small_where_the_measure_says_never() -> None:
    assert hidden({"a": 1, "b": 2}, under=0) == {}


def test_a_percentage_is_small_by_either_of_its_counts() -> None:
    survey = measure(Unit.PER_CENT, Better.HIGHER, small_under=5)
    areas = [shares([pair], START, area) for area, pair in {"a": (2, 40), "b": (30, 40), "c": (0, 3), "d": (20, 30)}.items()]
    assert {cell.area for cell in small_cells(areas, shares([(52, 113)]), survey)} == {"a", "c"}


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12).map(float), min_size=1))
@settings(max_examples=100, deadline=None)
def test_every_small_count_is_hidden_and_never_alone_beside_a_total(counts: dict[str, float]) -> None:
    cells = hidden(counts)
    assert {area for area, count in counts.items() if 0 < count < 5} == {
        area for area, secondary in cells.items() if not secondary
    }
    assert len(cells) != 1 or len(counts) == 1
