"""The doorway: from observations to findings."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from reportpack.analyse.findings import analyse
from reportpack.compose.finding_words import headline
from reportpack.model.action import Action, ActionState
from reportpack.model.commitment import Commitment, Comparator, Test
from reportpack.model.finding import EnquiryKind, Findings, MeasureFinding, Pressing, Variation, Verdict
from reportpack.model.measure import Better, Measure, Place, Rebase
from reportpack.model.observation import Observation, Unit
from reportpack.model.office import Accepted, Office, Topic
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.register import Register
from tests.analyse.figures import START, measure, observation, office, series, shares

DAY = date(2019, 5, 28)
NOTHING = Register()
FIRST = Period.month(2016, 4)
STEADY = [100.0, 110, 105, 95, 100, 108, 97, 103, 101, 99, 106, 98] * 3


def all_of(
    observations: Sequence[Observation],
    *measures: Measure,
    places: Office | None = None,
    register: Register = NOTHING,
    on: date = DAY,
) -> Findings:
    return analyse(observations, measures, places or office(), register, DAY, on)


def one_of(observations: Sequence[Observation], kind: Measure, **more: object) -> MeasureFinding:
    found = all_of(observations, kind, **more).of(kind.id)  # type: ignore[arg-type]  # the tests name the fields they mean
    assert found is not None
    return found


def steady(count: int = 36) -> tuple[Observation, ...]:
    return series(STEADY[:count], FIRST).observations


def test_the_force_s_own_figures_come_before_the_sum_of_its_parts() -> None:
    parts = tuple(one for area in "abcde" for one in series(STEADY, FIRST, area).observations)
    assert one_of((*steady(), *parts), measure()).force.numbers[0].value == 100
    summed = one_of(parts, measure()).force.numbers[0]
    assert (summed.value, len(summed.parts), summed.source.cell) == (500, 5, "B2")


def test_a_sum_needs_every_part_of_that_day() -> None:
    parts = tuple(one for area in "abcd" for one in series(STEADY, FIRST, area).observations)
    assert one_of(parts, measure()).force.numbers == ()


def test_percentages_are_summed_by_their_counts_or_not_at_all() -> None:
    counted = tuple(one for area in "abcde" for one in shares([(8, 10)] * 3, FIRST, area).observations)
    rate = measure(Unit.PER_CENT, Better.HIGHER)
    assert one_of(counted, rate).force.numbers[0].value == 80
    assert one_of(counted, rate).force.numbers[0].denominator == 50
    bare = tuple(one for area in "abcde" for one in series([80.0] * 3, FIRST, area).observations)
    assert one_of(bare, rate).force.numbers == ()


@pytest.mark.parametrize(
    ("figure", "kind", "unit"),
    [
        (observation(120.0, counts=(12, 10)), "numerator-above-denominator", Unit.PER_CENT),
        (observation(0.0, counts=(0, 0)), "denominator-impossible", Unit.PER_CENT),
        (observation(5.0, counts=(-1, 10)), "count-negative", Unit.RATE),
        (observation(120.0), "per-cent-impossible", Unit.PER_CENT),
        (observation(-3.0), "count-negative", Unit.COUNT),
        (observation(44.0, counts=(0, 41)), "rank-impossible", Unit.RANK),
        (observation(float("inf")), "figure-impossible", Unit.MONEY),
    ],
)
def test_an_impossible_figure_is_left_out_with_a_sentence(figure: Observation, kind: str, unit: Unit) -> None:
    found = all_of([figure], measure(unit))
    assert found.measures[0].force.numbers == ()
    assert [problem.kind for problem in found.problems] == [kind]
    assert found.problems[0].source.cell == "B2"


def test_a_percentage_that_its_counts_do_not_give_is_asked_about() -> None:
    share = measure(Unit.PER_CENT, expected_days=9_000)
    found = all_of([observation(79.0, counts=(40, 50))], share)
    assert [problem.kind for problem in found.problems] == ["per-cent-not-its-counts"]
    assert all_of([observation(80.0, counts=(401, 500))], share).problems == ()


def test_a_percentage_left_to_its_counts_is_worked_out() -> None:
    figure = observation(None, counts=(40, 50))
    assert one_of([figure], measure(Unit.PER_CENT)).force.numbers[0].value == 80


def test_a_figure_of_a_month_that_is_not_over_is_left_out_and_said() -> None:
    early = observation(5.0, Period.month(2019, 5))
    found = all_of((*steady(), early), measure())
    assert found.measures[0].force.latest == steady()[-1]
    assert [problem.kind for problem in found.problems] == ["period-unfinished"]


def test_an_empty_row_for_a_month_to_come_is_no_missing_month() -> None:
    rows = (*steady(), observation(None, Period.month(2019, 4)), observation(None, Period.month(2019, 6)))
    found = one_of(rows, measure())
    assert found.xmr is not None
    assert found.xmr.variation is Variation.COMMON


def test_a_figure_is_missing_once_its_day_has_passed() -> None:
    due = measure(expected_days=28)
    assert one_of(steady(), due).missing == (Period.month(2019, 4),)
    assert one_of(steady(), replace(due, expected_days=29)).missing == ()
    found = all_of(steady(), due)
    assert found.measures[0].xmr is not None
    assert found.measures[0].xmr.reason == "last-month-missing"
    assert [problem.kind for problem in found.problems] == ["figure-expected"]


def test_figures_older_than_their_neighbours_or_their_own_rhythm_are_missing_though_nobody_said_when_they_are_due() -> None:
    assert one_of(steady(), measure(), on=date(2019, 6, 13)).missing == ()
    overdue = all_of(steady(35), measure())
    assert overdue.measures[0].missing == (Period.month(2019, 3),)
    assert overdue.problems[0].found.endswith("the figure for March 2019 should be in and is not; it ends with February 2019.")
    beside = [replace(one, measure=name) for name in ("b", "c") for one in series([*STEADY, 100.0], FIRST).observations]
    found = all_of((*steady(), *beside), measure(), measure(id="b"), measure(id="c"))
    assert [one.missing for one in found.measures] == [(Period.month(2019, 4),), (), ()]


def test_areas_with_a_newer_month_show_that_the_force_s_is_missing() -> None:
    parts = tuple(one for area in "ab" for one in series([*STEADY, 100.0, 101.0], FIRST, area).observations)
    found = one_of((*steady(), *parts), measure())
    assert found.xmr is not None
    assert found.xmr.reason == "last-month-missing"


def test_other_forces_are_what_is_not_the_office_s_own() -> None:
    compared = measure(Unit.RATE, places=(Place("ons.xlsx", peers=True),), expected_days=9_000)
    found = all_of([observation(60.0, area="shropshire"), observation(50.0)], compared)
    assert found.problems == ()
    assert found.measures[0].peers is not None
    assert found.measures[0].rank is not None


def test_settings_that_the_figures_cannot_bear_are_said() -> None:
    wrong = measure(Unit.PER_CENT, Better.HIGHER, rebases=(Rebase(date(2010, 1, 1), "Old"),), expected_days=9_000)
    kinds = {problem.kind for problem in all_of(series([50.0, None, *[50.0, 51] * 6]).observations, wrong).problems}
    assert kinds == {"rebase-not-in-data"}
    huge = all_of(series([50.0, 1e15]).observations, measure(expected_days=9_000))
    assert [problem.kind for problem in huge.problems] == ["figure-implausible"]


def test_a_threshold_without_a_target_comes_from_what_was_said() -> None:
    said = Commitment("C1", "w", Source("n"), measure="m", test=Test(Comparator.OVER, 80, 4), period=Period.month(2017, 4))
    parts = tuple(one for area in "abcde" for one in shares([(81, 100)], START, area).observations)
    found = all_of(parts, measure(Unit.PER_CENT, Better.HIGHER), register=Register(commitments=(said,)))
    assert found.measures[0].above is not None
    assert found.measures[0].above.passing == 5
    assert found.commitments[0].verdict is Verdict.MET


def test_exceptions_come_in_their_order_with_two_to_four_questions_each() -> None:
    worse = [*STEADY[:29], 130.0, 131, 130, 132, 130, 131, 133]
    action = Action("1/2018", "Improve it.", ActionState.OPEN, Source("r"), raised="2018-09", topic="t")
    kinds = {
        "concern": (worse, measure(id="concern")),
        "fail": (STEADY, measure(id="fail", target=50)),
        "missing": (STEADY[:30], measure(id="missing", expected_days=10)),
        "plateau": (STEADY, measure(id="plateau", target=97, topic="t")),
        "better": ([260 - value for value in worse], measure(id="better")),
        "calm": (STEADY, measure(id="calm")),
    }
    figures = [replace(one, measure=name) for name, (values, _) in kinds.items() for one in series(values, FIRST).observations]
    found = all_of(figures, *(kind for _, kind in kinds.values()), register=Register(actions=(action,)))
    scores = {one.measure.id: one.exception for one in found.measures}
    assert sorted(scores, key=lambda name: -scores[name]) == ["concern", "fail", "missing", "plateau", "better", "calm"]
    for one in found.measures:
        assert (2 <= len(one.enquiries) <= 4) == (one.measure.id != "calm"), one.measure.id
        assert [enquiry.weight for enquiry in one.enquiries] == sorted(
            (enquiry.weight for enquiry in one.enquiries), reverse=True
        )
    plateau = found.of("plateau")
    assert plateau is not None
    assert next((one.kind, one.months) for one in plateau.enquiries) == (EnquiryKind.PLATEAU, 6)
    paper = replace(action, words="To bring a yearly report.")
    spared = all_of(figures, kinds["plateau"][1], register=Register(actions=(paper,))).of("plateau")
    assert spared is not None
    assert EnquiryKind.PLATEAU not in [one.kind for one in spared.enquiries]
    concern = found.of("concern")
    assert concern is not None
    assert [one.kind for one in concern.enquiries] == [EnquiryKind.SIGNAL, EnquiryKind.MORE_OR_RECORDED]


def test_the_same_input_gives_the_same_findings() -> None:
    assert all_of(steady(), measure()) == all_of(tuple(reversed(steady())), measure())


def test_no_figures_at_all_are_an_exception_with_questions() -> None:
    found = one_of([], measure())
    assert found.exception > 0
    assert [one.kind for one in found.enquiries] == [EnquiryKind.MISSING, EnquiryKind.MEANWHILE]


def test_figures_that_still_mature_are_shown_and_not_judged_or_held_against_a_target() -> None:
    rows = shares([(700 + place % 5, 1000) for place in range(25)], FIRST.shifted(12)).observations
    late = [replace(one, source=replace(one.source, as_at=None)) for one in rows]
    outcomes = measure(Unit.PER_CENT, Better.HIGHER, 69.0, matures_days=45)
    found = one_of(late, outcomes)
    assert found.xmr is not None
    assert ([one.period.label for one in found.xmr.unjudged], found.xmr.targeted, found.gap) == (["April 2019"], 24, None)
    assert "not held against the target of 69% while it may still change" in headline(found, office()).text
    assert one_of(late, replace(outcomes, matures_days=20)).gap is not None


def test_a_percentage_that_contradicts_its_counts_is_doubted_until_a_person_accepts_it() -> None:
    rows = [*shares([(700 + place % 5, 1000) for place in range(25)], FIRST.shifted(12)).observations]
    rows[-1] = replace(rows[-1], value=79.0)
    share = measure(Unit.PER_CENT, Better.HIGHER)
    found = one_of(rows, share)
    assert found.xmr is not None
    assert (found.xmr.reason, found.comparisons[0].reason) == ("doubted", "doubted")
    answered = replace(
        office(),
        accepted=(Accepted("", by="A", reason="It is weighted", until=date(2020, 1, 1), kind="per-cent-not-its-counts"),),
    )
    judged = one_of(rows, share, places=answered).xmr
    assert judged is not None
    assert judged.reason == ""
    weighted = [replace(one, value=(one.value or 0) + 2) for one in rows]
    whole = one_of(weighted, share).xmr
    assert whole is not None
    assert whole.reason == ""


@pytest.mark.parametrize(("harm", "first"), [(1, "size"), (3, "size"), (5, "harm")])
def test_of_two_signals_alike_the_larger_comes_first_unless_the_other_does_more_harm(harm: int, first: str) -> None:
    kinds = (measure(id="size", title="Size", topic="t"), measure(id="harm", title="Harm", topic="u"))
    rows = []
    for kind, rise in zip(kinds, (60.0, 40.0), strict=True):
        values = [value + (rise if place >= 30 else 0) for place, value in enumerate(STEADY)]
        rows += [replace(one, measure=kind.id) for one in series(values, FIRST).observations]
    topics = replace(office(), topics=(Topic("t", "T"), Topic("u", "U", harm=harm)))
    found = sorted(all_of(rows, *kinds, places=topics).measures, key=lambda one: -one.exception)
    assert [one.pressing for one in found] == [Pressing.WORSE] * 2
    assert found[0].measure.id == first
    assert found[1].needs_attention
