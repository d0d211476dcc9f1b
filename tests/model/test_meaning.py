"""What a figure means, and what follows from it for whoever judges or adds it."""

from dataclasses import replace

from reportpack.model.observation import Finality, Meaning, Nature, Observation, Reach, Status, reach_of
from reportpack.model.period import Period
from reportpack.model.problem import Source

FIGURE = Observation("burglary", "force", Period.month(2019, 4), 857.0, Status.NUMBER, Source("Rolling.xlsx", "Data", "B3"))


def test_a_figure_of_which_nothing_is_told_overlaps_nothing_and_is_not_provisional() -> None:
    assert not FIGURE.is_rolling
    assert not FIGURE.is_to_date
    assert not FIGURE.is_provisional
    assert not FIGURE.doubt


def test_rolling_windows_and_growing_sums_overlap_their_neighbours() -> None:
    rolling = replace(FIGURE, meaning=Meaning(Reach.ROLLING))
    growing = replace(FIGURE, meaning=Meaning(Reach.MONTH, Nature.CUMULATIVE))
    to_date = replace(FIGURE, meaning=Meaning(Reach.YEAR_TO_DATE))
    assert [one.meaning.overlaps for one in (rolling, growing, to_date)] == [True, True, True]
    assert [one.is_rolling for one in (rolling, growing, to_date)] == [True, False, False]
    assert [one.is_to_date for one in (rolling, growing, to_date)] == [False, True, True]


def test_a_mark_or_a_word_makes_a_figure_provisional() -> None:
    assert replace(FIGURE, marks=("[p]",)).is_provisional
    assert replace(FIGURE, meaning=Meaning(finality=Finality.PROVISIONAL)).is_provisional
    assert not replace(FIGURE, meaning=Meaning(finality=Finality.REVISED)).is_provisional


def test_a_period_tells_its_reach() -> None:
    told = {"2019-04/P1M": Reach.MONTH, "2019-04/P3M": Reach.QUARTER, "2018-06/P1Y": Reach.YEAR, "2019-04/P2M": Reach.OTHER}
    told |= {"2019-03-31/P0D": Reach.POINT, "2019-04-01/P7D": Reach.WEEK}
    assert {iso: reach_of(Period.parse(iso)) for iso in told} == told
    assert reach_of(None) is Reach.NOT_TOLD
