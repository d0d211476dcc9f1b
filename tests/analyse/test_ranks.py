"""Ranks as supplied, and made from other forces' figures."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.analyse.ranks import peer_finding, quartile_rank, supplied_rank
from reportpack.compose.area_words import peer_words
from reportpack.model.finding import PeerFinding, Standing
from reportpack.model.measure import Better
from reportpack.model.observation import Series, Unit
from reportpack.model.office import Area, AreaKind, Office
from reportpack.model.period import Period
from tests.analyse.figures import START, measure, observation, office, series, shares


def ranks(*pairs: tuple[float, float]) -> Series:
    """Yearly ranks of so many."""
    rows = (
        observation(rank, Period(START.start, 12).shifted(12 * year), counts=(0, of)) for year, (rank, of) in enumerate(pairs)
    )
    return Series("m", "force", tuple(rows))


def among(force: float, *others: float, better: Better = Better.LOWER, unit: Unit = Unit.RATE) -> PeerFinding:
    peers = [series([value], START, f"peer {index}") for index, value in enumerate(others)]
    found = peer_finding(series([force]), peers, measure(unit, better), office())
    assert found is not None
    return found


def test_a_supplied_rank_keeps_its_field_and_the_rank_before() -> None:
    rank = supplied_rank(ranks((33, 43), (35, 41)), measure(Unit.RANK))
    assert rank is not None
    assert (rank.rank, rank.of, rank.top_quartile_rank) == (35, 41, 10)
    assert rank.previous is not None
    assert (rank.previous.rank, rank.previous.of) == (33, 43)


@pytest.mark.parametrize(
    ("rank", "better", "top", "bottom"),
    [
        (10, Better.LOWER, True, False),
        (11, Better.LOWER, False, False),
        (32, Better.LOWER, False, True),
        (31, Better.LOWER, False, False),
        (32, Better.HIGHER, True, False),
        (31, Better.HIGHER, False, False),
        (10, Better.HIGHER, False, True),
    ],
)
def test_quartiles_lie_at_the_end_that_is_best(rank: int, better: Better, top: bool, bottom: bool) -> None:
    found = supplied_rank(ranks((rank, 41)), measure(Unit.RANK, better))
    assert found is not None
    assert (found.in_top_quartile, found.in_bottom_quartile) == (top, bottom)


@pytest.mark.parametrize(("of", "last"), [(41, 10), (43, 10), (44, 11), (8, 2), (4, 1), (3, 0)])
def test_the_top_quartile_is_a_quarter_rounded_down(of: int, last: int) -> None:
    assert quartile_rank(of) == last


def test_which_end_is_best_follows_the_measure() -> None:
    for better, expected in ((Better.LOWER, 2), (Better.HIGHER, 3)):
        rank = among(60, 50, 70, 80, better=better).rank
        assert rank is not None
        assert (rank.rank, rank.of) == (expected, 4)


def test_ties_share_the_better_rank() -> None:
    rank = among(60, 60, 50, 70).rank
    assert rank is not None
    assert (rank.rank, rank.tied) == (2, 2)


def test_what_the_top_quartile_needs_is_the_figure_of_its_last_rank() -> None:
    rank = among(60, 50, 55, 70, 40, 45, 80, 90).rank
    assert rank is not None
    assert (rank.top_quartile_rank, rank.needed_value) == (2, 45)


def test_without_a_better_direction_or_for_counts_there_is_no_rank() -> None:
    assert among(60, 50, better=Better.NEITHER).reason == "no-direction"
    assert among(600, 500, unit=Unit.COUNT).reason == "counts-without-populations"


def test_the_average_of_the_others_is_weighted_where_their_counts_are_known() -> None:
    peers = [shares([(90, 100)], area="p"), shares([(100, 400)], area="q")]
    found = peer_finding(shares([(50, 100)]), peers, measure(Unit.PER_CENT, Better.HIGHER), office())
    assert found is not None
    assert (found.mean, found.weighted) == (38, True)
    assert (among(60, 50, 70).mean, among(60, 50, 70).weighted) == (60, False)


def test_a_force_without_a_figure_has_no_rank_and_says_so() -> None:
    found = peer_finding(series([]), [series([5.0], START, "p")], measure(Unit.RATE), office())
    assert found is not None
    assert (found.rank, found.reason) == (None, "force-missing")


def test_a_percentage_over_a_longer_period_is_made_from_the_force_s_months() -> None:
    year = Period(START.start, 12)
    peer = Series("m", "p", (observation(70.0, year, "p"),))
    found = peer_finding(shares([(n, 12) for n in range(12)]), [peer], measure(Unit.PER_CENT, Better.HIGHER), office())
    assert found is not None
    assert [round(one.value or 0, 2) for one in found.entries] == [70, 45.83]
    assert len(found.entries[1].cells) == 12


def test_nobody_to_compare_with_is_no_finding() -> None:
    assert peer_finding(series([1.0]), [], measure(Unit.RATE), office()) is None


@given(st.lists(st.integers(0, 9).map(float), min_size=1, max_size=12), st.integers(0, 9).map(float))
@settings(max_examples=60, deadline=None)
def test_a_rank_is_one_more_than_how_many_are_better(others: list[float], ours: float) -> None:
    rank = among(ours, *others).rank
    assert rank is not None
    assert rank.rank == 1 + sum(value < ours for value in others)
    assert rank.tied == 1 + others.count(ours)


def test_beside_a_rank_stand_the_quartiles_the_group_of_similar_forces_and_whether_chance_could_do_it() -> None:
    places = Office(
        "O", "O", "The force", (Area("force", "The force", AreaKind.FORCE), *(Area(f"p{one}", f"P{one}", AreaKind.PEER, similar=one < 3) for one in range(7))),
        (), (), (), (), (),
    )  # fmt: skip
    peers = [shares([(count, 1000)], START, f"p{place}") for place, count in enumerate((700, 710, 690, 720, 680, 705, 695))]
    found = peer_finding(shares([(600, 1000)], START), peers, measure(Unit.PER_CENT, Better.HIGHER), places)
    assert found is not None
    assert found.rank is not None
    assert (found.rank.rank, found.rank.needed_value, found.rank.middle_value, found.rank.bottom_value) == (8, 71.0, 69.75, 68.0)
    assert found.standing is Standing.OUTLIER_LOW
    assert found.similar is not None
    assert found.similar.rank is not None
    assert (found.similar.rank.rank, found.similar.rank.of) == (4, 4)
    assert found.similar.mean == pytest.approx(70)
    words = peer_words(found, measure(Unit.PER_CENT, Better.HIGHER), places).text
    assert "more than chance" in words
    assert words.endswith("Among the most similar forces it is fourth of 4; the average of the other 3 is 70%")
