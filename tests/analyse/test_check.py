"""The check before any adjective: each rule withholds with its reason, and what is left is told with the month in which it began."""

import random
from dataclasses import replace
from datetime import date

import pytest

from reportpack.analyse.check import checked
from reportpack.analyse.verdict import judge
from reportpack.model.finding import SignalKind, Variation, Xmr
from reportpack.model.measure import Better, DatedNote, Measure, Rebase
from reportpack.model.observation import Finality, Meaning, Observation, Reach, Series, Unit
from reportpack.model.period import Period
from tests.analyse.figures import START, measure, series, shares

NOISE = random.Random(17)  # noqa: S311 - figures for a test, not a secret
STEADY = [float(round(500 + NOISE.gauss(0, 15))) for _ in range(40)]
PERCENT = measure(Unit.PER_CENT, Better.HIGHER, 90.0, decimals=1)


def check(line: Series, kind: Measure | None = None, expected: Period | None = None) -> Xmr:
    kind = kind or measure()
    return checked(judge(line, kind, expected), line, kind)


def told(line: Series, **meaning: object) -> Series:
    said = Meaning(**meaning)  # type: ignore[arg-type]  # the tests name the fields they mean
    return replace(line, observations=tuple(replace(one, meaning=said) for one in line.observations))


def last(line: Series, **change: object) -> Series:
    *rest, final = line.observations
    return replace(line, observations=(*rest, replace(final, **change)))  # type: ignore[arg-type]  # as above


def test_figures_that_only_vary_by_chance_have_no_signal() -> None:
    found = check(series(STEADY))
    assert (found.variation, found.signals, found.reason) == (Variation.COMMON, (), "")


def test_a_step_is_told_with_its_month_and_both_levels_long_after_it_came() -> None:
    found = check(series([*STEADY[:20], *(value + 140 for value in STEADY[20:36])]))
    (signal,) = found.signals
    assert (signal.kind, signal.first, signal.months, signal.current) == (SignalKind.STEP, START.shifted(20), 16, True)
    assert signal.level == pytest.approx(640, abs=10)
    assert signal.usual == pytest.approx(500, abs=10)
    assert found.variation is Variation.CONCERN
    assert {point.point_type for point in found.points[:20]} == {Variation.COMMON}
    assert {point.point_type for point in found.points[20:]} == {Variation.CONCERN}


def test_two_low_months_are_told_although_the_latest_is_as_usual() -> None:
    calls = [93.0 + 0.4 * NOISE.gauss(0, 1) for _ in range(33)]
    found = check(series([*calls, 87.0, 82.0, 92.6]), PERCENT)
    (signal,) = found.signals
    assert (signal.kind, signal.first, signal.last, signal.current) == (
        SignalKind.BRIEF,
        START.shifted(33),
        START.shifted(34),
        False,
    )
    assert found.assurance is None
    assert (found.met, found.targeted) == (34, 36)


def test_a_promise_needs_thirteen_figures_and_a_settled_line() -> None:
    good = [96.0 + 0.4 * NOISE.gauss(0, 1) for _ in range(36)]
    assert check(series(good), PERCENT).assurance is not None
    assert check(series(good[:12]), PERCENT).reason == "too-few-points"
    assert all(point.upper is None for point in check(series(good[:12]), PERCENT).points)
    assert check(series([*good[:35], 99.9]), PERCENT).assurance is None


@pytest.mark.parametrize(
    ("line", "kind", "reason"),
    [
        (told(series(STEADY[:36]), reach=Reach.ROLLING), measure(), "overlapping"),
        (told(series(STEADY[:36]), reach=Reach.YEAR_TO_DATE), measure(), "to-date"),
        (told(series(STEADY[:36]), finality=Finality.PROVISIONAL), measure(), "provisional"),
        (series([100.0] * 23 + [98.0]), PERCENT, "no-variation"),
        (series([0.70 + 0.01 * (n % 7) for n in range(24)]), PERCENT, "unit-doubtful"),
        (series([*STEADY[:30], 0.0]), measure(), "fell-to-nought"),
        (shares([(80 + n % 5, 100 if n % 2 else 900) for n in range(30)]), PERCENT, "sizes-differ"),
    ],
)
def test_each_rule_withholds_the_verdict_with_its_reason(line: Series, kind: Measure, reason: str) -> None:
    found = check(line, kind)
    assert (found.reason, found.variation, found.assurance) == (reason, None, None)
    assert not [point for point in found.points if point.point_type not in (None, Variation.COMMON)]


def test_a_provisional_figure_at_the_end_is_shown_and_not_judged() -> None:
    line = last(series([*STEADY[:35], 900.0]), marks=("[p]",))
    found = check(line)
    assert found.variation is Variation.COMMON
    assert found.unjudged == (line.observations[-1],)


def test_a_doubted_figure_enters_nothing() -> None:
    from reportpack.analyse.series import trusted

    line = last(series([*STEADY[:35], 5000.0]), doubt="about 10 times its own history")
    assert check(trusted(line), expected=line.observations[-1].period).reason == "doubted"
    middle = replace(line, observations=(*line.observations[-1:], *line.observations[:-1]))
    moved = tuple(replace(one, period=START.shifted(index)) for index, one in enumerate(middle.observations))
    assert check(trusted(replace(line, observations=moved))).variation is Variation.COMMON


def seasonal(years: int, rise: float = 1.0, lately: int = 0) -> list[float]:
    shape = [0.75, 0.7, 0.85, 1.0, 1.15, 1.3, 1.35, 1.3, 1.1, 0.95, 0.8, 0.75]
    count = 12 * years
    level = [400 * shape[n % 12] * (rise if n >= count - lately else 1) for n in range(count)]
    return [float(round(value + NOISE.gauss(0, value**0.5))) for value in level]


def test_seasons_are_not_called_changes_and_a_change_among_them_is() -> None:
    still = check(series(seasonal(3)))
    assert (still.seasonal, still.signals, still.assurance) == (True, (), None)
    assert len({point.mean for point in still.points}) == 12
    risen = check(series(seasonal(3, 1.25, 4)))
    (signal,) = risen.signals
    assert signal.months in (3, 4, 5)
    assert signal.level / signal.usual == pytest.approx(1.25, abs=0.06)


def test_a_line_that_follows_itself_is_not_judged() -> None:
    chance, value = random.Random(4), 0.0  # noqa: S311 - figures for a test, not a secret
    values = []
    for _ in range(60):
        value = 0.9 * value + chance.gauss(0, 10)
        values.append(500 + value)
    assert check(series(values)).reason == "follows-itself"


def surveyed(share: float, months: int, chance: random.Random, size: int = 900) -> list[tuple[float, float]]:
    return [(float(sum(chance.random() < share for _ in range(size))), float(size)) for _ in range(months)]


def test_a_line_that_follows_itself_only_by_a_step_is_told_by_the_step() -> None:
    told_of = []
    for seed in range(24):
        chance = random.Random(seed)  # noqa: S311 - figures for a test, not a secret
        found = check(shares([*surveyed(0.825, 17, chance), *surveyed(0.795, 19, chance)]), PERCENT)
        told_of += [one for one in found.signals if one.kind is SignalKind.STEP and 15 <= one.months <= 23]
    assert len(told_of) >= 12
    assert {one.variation for one in told_of} == {Variation.CONCERN}


def test_a_percentage_that_follows_itself_beyond_its_samples_is_not_told_as_changed() -> None:
    silent = 0
    for seed in range(12):
        chance, value = random.Random(seed), 0.0  # noqa: S311 - figures for a test, not a secret
        counts = []
        for _ in range(36):
            value = 0.9 * value + chance.gauss(0, 0.02)
            counts.append((float(round(2000 * min(max(0.7 + value, 0), 1))), 2000.0))
        silent += not check(shares(counts), PERCENT).signals
    assert silent >= 11


def test_a_change_that_goes_with_a_note_on_the_data_is_not_told_as_one() -> None:
    line = series([*STEADY[:20], *(value + 140 for value in STEADY[20:36])])
    note = DatedNote(START.shifted(20).start, "Recorded in a new system.")
    found = check(line, measure(notes=(note,)))
    assert (found.reason, found.noted, found.signals) == ("goes-with-note", note, ())
    elsewhere = replace(note, day=START.shifted(4).start)
    assert len(check(line, measure(notes=(elsewhere,))).signals) == 1


def test_only_figures_since_a_new_baseline_are_judged() -> None:
    line = series([*STEADY[:20], *(value + 140 for value in STEADY[20:36])])
    found = check(line, measure(rebases=(Rebase(START.shifted(20).start, "New system", "Officer"),)))
    assert (found.variation, found.signals) == (Variation.COMMON, ())


def test_rare_events_are_held_against_the_time_before() -> None:
    still = [1.0, 0, 0, 1, 0, 0] * 6
    assert check(series(still)).variation is Variation.COMMON
    found = check(series([0.0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, *[2.0, 1, 2, 2, 1, 2, 1, 2, 2, 2, 1, 2]]))
    (signal,) = found.signals
    assert (signal.kind, signal.level, signal.usual) == (SignalKind.RARE, 20, 3)


def test_one_month_far_out_is_a_signal_of_that_month() -> None:
    found = check(series([*STEADY[:33], 500.0, 505.0, 900.0]))
    assert found.signals[-1].first == START.shifted(35)


def of(period: Period, value: float) -> Observation:
    return replace(series([value]).observations[0], period=period)


def test_quarters_are_judged() -> None:
    first = Period(date(2021, 4, 1), 3)
    values = [
        78.0,
        77.4,
        78.3,
        78.9,
        77.1,
        78.2,
        77.8,
        78.6,
        78.4,
        77.5,
        78.1,
        77.9,
        78.7,
        77.6,
        78.3,
        78.0,
        70.2,
        69.6,
        70.5,
        70.1,
    ]
    line = Series("m", "force", tuple(of(first.shifted(3 * index), value) for index, value in enumerate(values)))
    (signal,) = check(line, PERCENT).signals
    assert (signal.first.label, signal.months, signal.is_high) == ("April to June 2025", 4, False)


def test_what_is_new_since_the_last_pack_is_told() -> None:
    from reportpack.analyse.exceptions import news_of
    from reportpack.model.finding import Newness

    risen = [*STEADY[:30], *(value + 140 for value in STEADY[30:36])]
    still, later, now = (check(series(values)) for values in (STEADY[:30], risen[:34], risen))
    assert [one.newness for one in news_of(now, still)] == [Newness.BEGAN]
    assert [one.newness for one in news_of(now, later)] == [Newness.CONTINUES]
    assert [one.newness for one in news_of(check(series(STEADY[:36])), later)] == [Newness.ENDED]
    assert news_of(now, check(series(STEADY[:8]))) == ()
