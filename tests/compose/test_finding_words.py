"""Findings in words: no change is claimed without a signal, and every number has its cells."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.analyse.findings import analyse
from reportpack.compose.area_words import above_words, area_value_words, area_words, areas_caution_words, peer_words, rank_words
from reportpack.compose.audience import hide_small_cells
from reportpack.compose.charts import xmr_alt, xmr_chart
from reportpack.compose.commitments import commitment_words
from reportpack.compose.comparison_words import amount_words, change_words, gap_words, significance_words
from reportpack.compose.finding_words import headline
from reportpack.compose.signal_words import assurance_words, caution_words, variation_words
from reportpack.model.commitment import Commitment, Comparator, Test
from reportpack.model.finding import (
    Amount,
    CommitmentFinding,
    Driver,
    Drivers,
    Findings,
    MeasureFinding,
    SmallCell,
    Span,
    Verdict,
)
from reportpack.model.measure import Better, Measure, Rebase, Target
from reportpack.model.observation import Observation, Series, Unit
from reportpack.model.office import Area
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.register import Register
from reportpack.model.words import Sentence
from tests.analyse.figures import measure, observation, office, series, shares

DAY = date(2019, 5, 28)
FIRST = Period.month(2016, 4)
STEADY = [100.0, 110, 105, 95, 100, 108, 97, 103, 101, 99, 106, 98] * 3
CRIME = measure(title="Recorded crime", per="offences")
RATE = measure(Unit.PER_CENT, Better.HIGHER, 80.0, title="Satisfaction", decimals=1, survey=True)
CLAIMS = ("improv", "deteriorat", "rising", "falling", "rose", "fell", "outlier", "significant difference", "running")


def findings(observations: tuple[Observation, ...], kind: Measure, *said: Commitment) -> Findings:
    return analyse(observations, (kind,), office(populations=False), Register(commitments=said), DAY, DAY)


def finding(observations: tuple[Observation, ...], kind: Measure) -> MeasureFinding:
    return findings(observations, kind).measures[0]


def of_values(values: list[float | None], kind: Measure = CRIME) -> MeasureFinding:
    return finding(series(values, FIRST).observations, kind)


def areas(counts: dict[str, tuple[float, float]], kind: Measure = RATE) -> MeasureFinding:
    lines = [shares([pair] * 13, Period.month(2018, 4), area) for area, pair in counts.items()]
    return finding(tuple(one for line in lines for one in line.observations), kind)


def every_sentence(found: MeasureFinding) -> list[Sentence]:
    kind = found.measure
    words = [headline(found, office()), variation_words(found.xmr, kind), assurance_words(found.xmr, kind), gap_words(found)]
    words += [said(one, kind) for one in found.comparisons for said in (change_words, significance_words)] + list(
        caution_words(found.xmr, found.measure)
    )
    words.append(xmr_alt(found.xmr, kind, "The force"))
    return [*words, *(area_words(area, found, office()) for area in found.areas), above_words(found.above, kind, office())]


def test_noise_is_never_called_a_change() -> None:
    words = " ".join(sentence.text for sentence in every_sentence(of_values([*STEADY]))).lower()
    assert "no significant change" in words
    assert not [claim for claim in CLAIMS if claim in words]


def test_a_shift_is_said_with_how_long_it_has_lasted() -> None:
    found = of_values([*STEADY[:29], 109.0, 107, 109, 107, 109, 107, 109])
    words = variation_words(found.xmr, CRIME)
    assert words.text == "Worse: higher since October 2018, about 108 where it had been 101"
    assert [len(number.sources) for number in words.numbers] == [6, 30]


@pytest.mark.parametrize(
    ("tail", "better", "words"),
    [
        ([130.0], Better.LOWER, "Worse: March 2019 is above the expected range (130, where about 98 is usual)"),
        ([70.0], Better.LOWER, "Better: March 2019 is below the expected range (70, where about 98 is usual)"),
        ([70.0], Better.NEITHER, "Changed: March 2019 is below the expected range (70, where about 98 is usual)"),
        (
            [150.0, 148, 100],
            Better.LOWER,
            "Worse: January and February 2019 were above the expected range (about 149, where about 102 is usual)",
        ),
        ([99.0, 100, 101, 102, 103, 104, 105], Better.HIGHER, "No significant change"),
    ],
)
def test_each_signal_has_its_words(tail: list[float], better: Better, words: str) -> None:
    found = of_values([*STEADY[: 36 - len(tail)], *tail], replace(CRIME, better=better))
    assert variation_words(found.xmr, CRIME).text == words


def test_silence_says_why() -> None:
    assert variation_words(of_values([5.0] * 6, RATE).xmr, RATE).text == "Not judged: there are fewer than 13 figures"
    assert variation_words(of_values([3.0, 4, 2] * 5).xmr, CRIME).text == "No significant change"
    late = of_values([*STEADY[:30]], replace(CRIME, expected_days=10))
    assert variation_words(late.xmr, CRIME).text == "Not judged: the figure for April 2019 is missing"


def test_assurance_names_the_target() -> None:
    found = of_values([*STEADY], replace(CRIME, targets=measure(target=50).targets))
    assert assurance_words(found.xmr, CRIME).text == (
        "Met the target in 0 of 36 months. Will keep missing the target of 50 unless the process changes"
    )
    assert headline(found, office()).text.endswith(
        "48 above the target of 50, met in 0 of 36 months; it will keep missing it unless the process changes."
    )


def test_nothing_is_promised_of_a_line_that_has_changed() -> None:
    found = of_values([*STEADY[:32], 140.0, 139, 141, 143], replace(CRIME, targets=measure(target=50).targets))
    assert "keep" not in headline(found, office()).text
    assert assurance_words(found.xmr, CRIME).text == "Met the target in 0 of 36 months"


def test_cautions_stand_beside_the_verdict() -> None:
    rebase = Rebase(date(2018, 6, 1), "New rota.", "Officer")
    found = of_values([*STEADY[:33], None, *STEADY[34:]], replace(CRIME, rebases=(rebase,)))
    words = " ".join(sentence.text for sentence in caution_words(found.xmr, found.measure))
    assert variation_words(found.xmr, CRIME).text == "Not judged: there are fewer than 13 figures since the new baseline"
    assert "No figure for January 2019" in words
    assert "New baseline from June 2018: New rota." in words


def test_comparisons_give_both_figures_and_never_a_per_cent_of_a_per_cent() -> None:
    counts = [(78.0, 100.0)] * 12 + [(80.0, 100.0)]
    found = finding(shares(counts, Period.month(2018, 4)).observations, RATE)
    month = found.comparison(Span.MONTH)
    assert month is not None
    assert month.now is not None
    assert month.then is not None
    assert [amount_words(one, RATE).text for one in (month.now, month.then)] == ["80.0% (80 of 100)", "78.0% (78 of 100)"]
    assert change_words(month, RATE).text == "2.0 percentage points higher"
    assert significance_words(month, RATE).text.startswith("no statistically significant change (95% interval")


def test_counts_change_in_per_cent_of_a_base_of_fifty() -> None:
    found = of_values([*STEADY[:35], 119.0])
    month = found.comparison(Span.MONTH)
    assert change_words(month, CRIME).text == "13 more (12%)"
    small = of_values([20.0, 30])
    assert change_words(small.comparison(Span.MONTH), CRIME).text == "10 more (base under 50, so no percentage)"
    words = change_words(small.comparison(Span.TWELVE_MONTHS), CRIME).text
    assert words == "Not compared: the figures do not go back far enough"


def test_the_gap_to_the_target_is_in_points() -> None:
    assert gap_words(areas({"a": (78, 100), "b": (78, 100), "c": (78, 100), "d": (78, 100), "e": (78, 100)})).text == (
        "2.0 percentage points below the target of 80%"
    )


def test_three_of_five_areas() -> None:
    found = areas({"a": (81, 100), "b": (80, 100), "c": (85, 100), "d": (70, 100), "e": (90, 100)})
    words = above_words(found.above, RATE, office())
    assert words.text == "3 of 5 areas above 80% in April 2019"
    assert len(words.numbers[0].sources) == 5


def test_an_outlier_is_named_with_the_rest_of_the_force() -> None:
    found = areas({"a": (800, 1000), "b": (160, 200), "c": (160, 200), "d": (100, 200), "e": (160, 200)})
    assert area_words(found.areas[3], found, office()).text == (
        "D: 50.0% over 12 months to April 2019, against 80.0% in the rest of the force"
    )
    assert headline(found, office()).text.endswith("; D is an outlier, lower than the rest of the force.")


def test_hidden_cells_show_nowhere() -> None:
    hate = replace(CRIME, small_under=5, title="Hate crime")
    counts = {"a": 3.0, "b": 21.0, "c": 9.0, "d": 33.0, "e": 47.0}
    lines = [series([*STEADY[:20], count], Period.month(2017, 8), area) for area, count in counts.items()]
    found = finding(tuple(one for line in lines for one in line.observations), hate)
    (found,) = hide_small_cells(Findings(DAY, (found,), ())).measures
    words = [area_words(area, found, office()) for area in found.areas]
    words += [headline(found, office())]
    printed = {number.text for sentence in words for number in sentence.numbers}
    assert {"21", "33", "47"} <= printed
    assert not {"3", "9"} & printed
    assert area_words(found.areas[0], found, office()).text == "A: [c] (small number, not shown)"


def test_nothing_that_rests_on_a_hidden_cell_keeps_a_number() -> None:
    """The others' figure without the odd area, what a whole's difference is made up of, and a promise of a quarter, of every month or since a base."""
    may = Period.month(2019, 4)
    made = [made_found(area, force) for area, force in (("a", False), ("force", True))]
    for found, promise in made:
        hidden = hide_small_cells(
            Findings(DAY, (replace(found, small_cells=(SmallCell(promise.observations[0].area, may),)),), (promise,))
        )
        (shown,) = hidden.commitments
        assert (shown.value, shown.baseline, shown.failing, shown.observations, shown.reason) == (
            None,
            None,
            (),
            (),
            "small-cells",
        )
        assert all(
            one.rest is None for one in hidden.measures[0].areas if found.areas[0].latest != hidden.measures[0].areas[0].latest
        )
    whole, _ = made[0]
    driver = Driver("part", "force", 3.0, Amount(9.0, may, may, ()), Amount(6.0, may, may, ()))
    part = replace(whole, measure=replace(whole.measure, id="part"), small_cells=(SmallCell("force", may),))
    whole = replace(whole, small_cells=(), drivers=(Drivers(driver.now, driver.then, (driver,), 0.0),))
    assert hide_small_cells(Findings(DAY, (whole, part), ())).measures[0].drivers == ()


def made_found(area: str, quarter: bool) -> tuple[MeasureFinding, CommitmentFinding]:
    """Counts of five areas, and a promise that rests on April 2019: as a month of its own, or within a quarter."""
    counts = {"a": 3.0, "b": 21.0, "c": 9.0, "d": 33.0, "e": 47.0}
    lines = [series([*STEADY[:20], count], Period.month(2017, 8), name) for name, count in counts.items()]
    found = finding(tuple(one for line in lines for one in line.observations), replace(CRIME, small_under=5))
    figure = replace(lines[0].observations[-1], area=area)
    at = Period.month(2019, 4)
    if quarter:
        figure = replace(figure, period=Period(date(2019, 2, 1), 3), value=203.0, parts=(figure,))
    said = Commitment("C1", "It will fall", figure.source, measure=found.measure.id, period=figure.period)
    promise = CommitmentFinding(
        said, Verdict.NOT_MET, "", figure.period, figure.value, None, (figure,), baseline=9.0, baseline_period=at
    )
    return found, replace(promise, failing=(promise,))


def test_too_few_to_print_is_said_and_few_carry_a_mark() -> None:
    found = areas({"a": (5, 9), "b": (20, 29), "c": (80, 100), "d": (80, 100), "e": (80, 100)})
    assert area_words(found.areas[0], found, office()).text == "A: not shown: fewer than 10 cases"
    assert "[low]" in area_value_words(found.areas[1], found).text


def test_a_rank_says_which_end_is_best_and_what_the_top_quartile_takes() -> None:
    rows = (
        observation(33, Period(date(2016, 4, 1), 12), counts=(0, 43)),
        observation(35, Period(date(2017, 4, 1), 12), counts=(0, 41)),
    )
    kind = measure(Unit.RANK, Better.LOWER, 10, title="Charge rank")
    found = finding(rows, kind)
    assert rank_words(found.rank, kind).text == (
        "35th of 41 in 2017/18 (1st is best), in the bottom quartile; 33rd of 43 in 2016/17. Top quartile is 10th or better"
    )
    assert gap_words(found).text == "25 places short of the target of 10th"
    assert headline(found, office()).text == "Charge rank: 35th of 41 in 2017/18."


def test_where_the_last_is_best_it_is_said() -> None:
    kind = measure(Unit.RANK, Better.HIGHER, title="Rank")
    found = finding((observation(35, counts=(0, 41)),), kind)
    assert rank_words(found.rank, kind).text == "35th of 41 in April 2017 (41st is best), in the top quartile"


def test_an_area_that_came_and_went_is_named() -> None:
    gone = Area("f", "Old Town", end=date(2018, 12, 31))
    places = office(*(Area(name, name.title()) for name in "abcde"), gone)
    lines = [shares([(80, 100)] * (9 if area == "f" else 13), Period.month(2018, 4), area) for area in "abcdef"]
    rows = tuple(one for line in lines for one in line.observations)
    found = analyse(rows, (RATE,), places, Register(), DAY, DAY).measures[0]
    assert [area.area for area in found.areas] == list("abcde")
    words = [sentence.text for sentence in areas_caution_words(found, places)]
    assert words == ["Old Town was an area until 31 December 2018; no area took over its figures."]


def test_why_no_area_is_held_against_the_others_is_said() -> None:
    crime = [series([500.0], Period.month(2019, 4), area) for area in "abcde"]
    found = finding(tuple(one for line in crime for one in line.observations), CRIME)
    assert "only with populations" in areas_caution_words(found, office())[0].text


def test_peers_say_how_their_average_was_made() -> None:
    kind = replace(RATE, places=())
    rows = (observation(70.0), observation(60.0, area="p"), observation(90.0, area="q"))
    places = office()
    peers = replace(places, areas=(*places.areas, *(replace(places.areas[1], id=name, name=name) for name in "pq")))
    from reportpack.analyse.ranks import peer_finding

    found = peer_finding(Series("m", "force", rows[:1]), [Series("m", one.area, (one,)) for one in rows[1:]], kind, peers)
    assert (
        peer_words(found, kind, peers).text == "The force is second of 3. The average of the other 2 is 75.0%, each counted alike"
    )


def test_a_commitment_says_what_was_found_and_where_it_began() -> None:
    said = Commitment("C1", "w", Source("n"), measure="m", test=Test(Comparator.OVER, 80, 4), period=Period.month(2019, 4))
    lines = [
        shares([(81, 100), pair], Period.month(2019, 3), area)
        for area, pair in zip("abcde", [(81, 100)] * 3 + [(79, 100)] * 2, strict=True)
    ]
    rows = tuple(one for line in lines for one in line.observations)
    found = findings(rows, RATE, said).commitments[0]
    assert commitment_words(found, RATE, office()).text == (
        "3 of 5 areas over 80% in April 2019, where at least 4 were expected; 5 of 5 in March 2019"
    )
    later = findings(rows, RATE, replace(said, period=Period.month(2019, 5))).commitments[0]
    assert commitment_words(later, RATE, office()).text.startswith("the figures for May 2019 are not in; looked for")
    none = findings(rows, RATE, replace(said, test=None)).commitments[0]
    assert commitment_words(none, RATE, office()).text == "no test is written for it"


@given(st.lists(st.one_of(st.none(), st.integers(0, 400).map(float)), max_size=40), st.sampled_from(list(Better)))
@settings(max_examples=50, deadline=None)
def test_every_printed_number_has_its_cells_and_no_sentence_is_broken(values: list[float | None], better: Better) -> None:
    found = of_values(values, replace(CRIME, better=better, targets=measure(target=100).targets))
    for sentence in every_sentence(found):
        assert "None" not in sentence.text
        assert "nan" not in sentence.text
        assert "  " not in sentence.text
        assert all(number.sources for number in sentence.numbers), sentence.text


def test_what_was_promised_is_followed_to_the_register_and_a_target_to_its_line() -> None:
    row, line = Source("register.xlsx", "Commitments", "A2:I2"), Source("measures.toml", cell="line 7")
    said = Commitment("C1", "w", row, measure="m", test=Test(Comparator.AT_LEAST, 82), period=Period.month(2019, 4))
    kind = replace(RATE, targets=(Target(80.0, source=line),))
    found = findings(shares([(79, 100)], Period.month(2019, 4), "force").observations, kind, said)
    words = commitment_words(found.commitments[0], kind, office())
    assert [(one.text, one.sources) for one in words.numbers if one.text == "82%"] == [("82%", (row,))]
    gap = gap_words(found.measures[0])
    assert [number.sources[-1] for number in gap.numbers] == [line, line]


def test_a_percentage_of_few_cases_says_its_counts_and_one_of_fewer_than_ten_is_not_printed() -> None:
    few = finding(shares([(13, 28)] * 12 + [(17, 29)], Period.month(2018, 4)).observations, RATE)
    assert headline(few, office()).text == (
        "Satisfaction: 58.6% (17 of 29) in April 2019, not judged: the latest figure rests on fewer than 30; "
        "21.4 percentage points below the target of 80%, met in 0 of 13 months."
    )
    fewer = finding(shares([(3, 8)] * 12 + [(7, 9)], Period.month(2018, 4)).observations, RATE)
    assert headline(fewer, office()).text == "Satisfaction: fewer than 10 cases in April 2019, too few for a percentage."
    assert [one.reason for one in fewer.comparisons] == ["too-few-cases", "too-few-cases", "too-few-cases", "no-earlier-figures"]
    assert not [number for one in fewer.comparisons for number in change_words(one, RATE).numbers if "77" in number.text]


def test_what_a_chart_says_begins_with_the_verdict_then_tells_the_course_and_what_happened() -> None:
    found = of_values([*STEADY[:29], 109.0, 107, 109, 107, 109, 107, 109])
    chart = xmr_chart(found, office(), [date(2019, 3, 20)])
    assert chart is not None
    assert chart.alt == (
        "Worse: higher since October 2018, about 108 where it had been 101. The force, monthly: from 100 in Apr 2016 to 109 in "
        "Mar 2019, between 95 in Jul 2016 and 110 in May 2016; average 99, expected range 95 to 103. Meetings marked: 20 Mar."
    )


def test_a_chart_of_figures_that_may_not_be_shown_says_no_figure() -> None:
    kind = replace(RATE, unit=Unit.PER_CENT)
    found = finding(shares([(1, 3), (2, 3)] * 8, FIRST, "force").observations, kind)
    assert "no figures that may be shown" in xmr_alt(found.xmr, kind, "The force").text
