"""Small cells, and those that would give them away: held against a reader with a linear program of their own."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog  # the reader's own solver, not the one that is tested

from reportpack.analyse.disclosure import Decision, Earlier, decide, related
from reportpack.analyse.links import with_counts
from reportpack.model.judgement import Cell, Printed
from reportpack.model.measure import Better
from reportpack.model.observation import Series, Unit
from tests.analyse.figures import START, measure, series, shares

AREAS = ("a", "b", "c", "d")
Counts = Mapping[str, Sequence[float]]
"""Months of each area."""
Name = tuple[str, str, float]
"""What a reader calls a count: measure, area and month, or version."""


def printed(name: str, counts: Counts, *, under: int = 5, total: bool = True) -> Printed:
    """A measure whose force is the sum of its areas."""
    months = len(next(iter(counts.values())))
    whole = [sum(line[month] for line in counts.values()) for month in range(months)] if total else []
    lines = {area: _of(name, series(values, START, area)) for area, values in counts.items()}
    return Printed(measure(id=name, small_under=under), _of(name, series(whole)), tuple(lines.values()))


def _of(name: str, line: Series) -> Series:
    return Series(name, line.area, tuple(replace(one, measure=name) for one in line.observations))


def hidden(counts: dict[str, float], total: bool = True, under: int = 5) -> set[str]:
    found = decide([printed("m", {area: [count] for area, count in counts.items()}, under=under, total=total)])
    return {cell.area for cell in found.hidden}


@pytest.mark.parametrize(
    ("counts", "total", "expected"),
    [
        ({"a": 3, "b": 20, "c": 9, "d": 12}, True, {"a", "c"}),
        ({"a": 3, "b": 20, "c": 9}, False, {"a"}),
        ({"a": 3, "b": 2, "c": 9}, True, {"a", "b"}),
        ({"a": 1, "b": 1, "c": 9}, True, {"a", "b", "c"}),
        ({"a": 0, "b": 5, "c": 9}, True, set()),
        ({"a": 0, "b": 2}, True, {"a", "b", "force"}),
    ],
    ids=["next smallest", "no total", "wide enough", "too narrow", "nought is not small", "even the total is small"],
)
def test_a_small_cell_takes_with_it_what_would_give_it_back(counts: dict[str, float], total: bool, expected: object) -> None:
    assert hidden(counts, total) == expected


def test_nothing_is_small_where_the_measure_says_never() -> None:
    assert not hidden({"a": 1, "b": 2}, under=0)


def test_a_percentage_is_small_by_those_in_it_those_not_in_it_and_its_base() -> None:
    survey = measure(Unit.PER_CENT, Better.HIGHER, small_under=5)
    counts = {"a": (2, 40), "b": (30, 40), "c": (0, 3), "d": (35, 36), "e": (20, 30)}
    areas = tuple(shares([pair], START, area) for area, pair in counts.items())
    assert {cell.area for cell in decide([Printed(survey, shares([(87, 149)]), areas)]).hidden} >= {"a", "c", "d"}


def test_what_was_hidden_stays_hidden_until_it_is_let_out() -> None:
    before = printed("m", {"a": [40], "b": [56], "c": [20], "d": [3]})
    now = printed("m", {"a": [40], "b": [56], "c": [20], "d": [12]})
    first = decide([before])
    assert set(decide([now], [Earlier([before], frozenset(first.hidden))]).hidden) == set(first.hidden)
    assert decide([now], [Earlier([before])]) == decide([now], [Earlier([before], frozenset(first.hidden))])
    assert not decide([now], [Earlier([before])], let_out=set(first.hidden)).hidden


def test_a_cell_that_was_printed_before_hides_nothing_any_more() -> None:
    before = printed("m", {"a": [40], "b": [9], "c": [20]})
    now = printed("m", {"a": [40], "b": [9], "c": [3]})
    found = decide([now], [Earlier([before], frozenset())])
    assert {cell.area for cell in found.hidden} == {"c", "force"}
    fixed = replace(now, force=before.force)
    nothing_left = decide([fixed], [Earlier([before], frozenset())])
    assert nothing_left.exposed or {cell.area for cell in nothing_left.hidden} >= {"c"}


def test_months_that_a_rolling_sum_holds_are_hidden_with_more_than_themselves() -> None:
    months = [
        [20, 30, 3, 40, 50, 60, 25, 35, 45, 55, 28, 38, 48, 58, 22, 32, 42, 52, 23, 33, 43, 53, 24, 34, 44, 54][i:] + [9] * i
        for i in range(4)
    ]
    single = dict(zip(AREAS, months, strict=True))
    year = {area: [sum(line[at - 11 : at + 1]) for at in range(11, 26)] for area, line in single.items()}
    rolling = printed("year", year, under=0)
    lines = [
        Series("year", one.area, tuple(replace(each, period=each.period.shifted(11)) for each in one.observations))
        for one in (rolling.force, *rolling.areas)
    ]
    both = [printed("m", single), replace(rolling, force=lines[0], areas=tuple(lines[1:]))]
    found = decide(both)
    assert not found.exposed
    equations: list[dict[Name, int]] = [
        {("m", area, at): 1 for area in AREAS} | {("m", "force", at): -1} for at in map(float, range(26))
    ]
    equations += [
        {("m", area, at - back): 1 for back in range(12)} | {("year", area, at): -1}
        for area in (*AREAS, "force")
        for at in map(float, range(11, 26))
    ]
    assert_wide(both, found, equations)


def summed(name: str, counts: Counts, many: Sequence[int]) -> tuple[Printed, list[dict[Name, float]]]:
    """What the so many months up to each come to (0: not printed), and what a reader makes of it."""
    at = [month for month, back in enumerate(many) if back]
    whole = printed(
        name, {area: [sum(line[one - many[one] + 1 : one + 1]) for one in at] for area, line in counts.items()}, under=0
    )
    lines = [
        Series(name, one.area, tuple(replace(each, period=each.period.shifted(at[0])) for each in one.observations))
        for one in _lines(whole)
    ]
    names = [(area, float(one)) for area in (*counts, "force") for one in at]
    rows: list[dict[Name, float]] = [
        {("m", area, one - back): 1.0 for back in range(many[int(one)])} | {(name, area, one): -1.0} for area, one in names
    ]
    return replace(whole, force=lines[0], areas=tuple(lines[1:])), rows


MANY = {
    "two": [0, *[2] * 25],
    "four": [0, 0, 0, *[4] * 23],
    "five": [*[0] * 4, *[5] * 22],
    "seven": [*[0] * 6, *[7] * 20],
    "contract year so far": [*[0] * 5, *range(1, 13), *range(1, 10)],
    "financial year so far": [*range(1, 13), *range(1, 13), 1, 2],
    "calendar year so far": [*[0] * 9, *range(1, 13), *range(1, 6)],
}
"""From April 2017: months of a sum, the newest of the third in the first two months of a year."""


@pytest.mark.parametrize(
    "sums",
    [
        ("two",),
        ("four",),
        ("five",),
        ("seven", "contract year so far"),
        ("financial year so far",),
        ("calendar year so far", "two"),
    ],
    ids="-".join,
)
@pytest.mark.parametrize("seed", range(3))
def test_months_that_any_sum_over_time_holds_give_no_reader_a_hidden_count(sums: tuple[str, ...], seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    counts = {area: [chance.choice([1, 3, 9] + [chance.randint(10, 60)] * 9) for _ in range(26)] for area in AREAS}
    lines = [printed("m", counts)]
    equations: list[dict[Name, float]] = [
        {("m", area, at): 1.0 for area in AREAS} | {("m", "force", at): -1.0} for at in map(float, range(26))
    ]
    for name in sums:
        more, rows = summed(name, counts, MANY[name])
        lines, equations = [*lines, more], [*equations, *rows]
    found = decide(lines)
    assert found.hidden
    assert_wide(lines, found, equations)


@pytest.mark.parametrize("many", [3, 5, 12])
def test_an_average_over_months_is_hidden_with_any_of_them(many: int) -> None:
    chance = Random(many)  # noqa: S311
    counts = {area: [chance.choice([1, 3, 9] + [chance.randint(10, 60)] * 9) for _ in range(26)] for area in AREAS}
    sums, _ = summed("average", counts, [0] * (many - 1) + [many] * (27 - many))
    told = [
        replace(line, observations=tuple(replace(one, value=round((one.value or 0) / many, 1)) for one in line.observations))
        for line in _lines(sums)
    ]
    found = decide([printed("m", counts), replace(sums, force=told[0], areas=tuple(told[1:]))])
    hidden = {(cell.area, cell.period) for cell in found.hidden if cell.measure == "m"}
    assert hidden
    within = {
        Cell("average", area, period.shifted(on))
        for area, period in hidden
        for on in range(many)
        if START.shifted(many - 1) <= period.shifted(on) <= START.shifted(25)
    }
    assert within <= set(found.hidden)


OF_WHICH = [
    # The whole, parts of it, and whether a hidden part would be known too narrowly beside the whole.
    (4, {"one": 2}, True),
    (7, {"one": 2, "two": 4}, False),
    (3, {"one": 2, "two": 2}, True),
    (4, {"one": 1, "two": 1}, True),
    (60, {"one": 2, "two": 4}, False),
    (5, {"one": 3, "two": 4}, False),
]


@pytest.mark.parametrize(("whole", "parts", "narrow"), OF_WHICH)
def test_a_part_of_a_whole_that_holds_more_is_no_more_than_the_whole(whole: float, parts: dict[str, float], narrow: bool) -> None:
    counts = [printed("all", {"a": [whole], "b": [70]}, under=0, total=False)]
    for name, many in parts.items():
        part = printed(name, {"a": [many], "b": [20]}, total=False)
        counts.append(replace(part, measure=replace(part.measure, part_of="all")))
    found = decide(counts)
    assert {Cell(name, "a", START) for name in parts} <= set(found.hidden)
    assert (Cell("all", "a", START) in found.hidden) == narrow
    assert not any(cell.area == "b" for cell in found.hidden)
    assert not found.exposed


def worked_out(name: str, unit: Unit, counts: Counts, at: Sequence[int], of: Callable[[Sequence[float], int], float]) -> Printed:
    """What somebody works out of each line's counts and supplies: no base, no small cells of its own."""
    whole = [sum(line[month] for line in counts.values()) for month in range(len(counts["a"]))]
    lines = {area: [of(line, month) for month in at] for area, line in ({"force": whole} | dict(counts)).items()}
    force, *areas = (_of(name, series(values, START.shifted(at[0]), area)) for area, values in lines.items())
    return Printed(measure(unit, id=name, small_under=0), force, tuple(areas))


def _some_small(seed: int) -> Counts:
    chance = Random(seed)  # noqa: S311
    return {area: [chance.choice([1, 3, 9] + [chance.randint(10, 60)] * 9) for _ in range(30)] for area in AREAS}


def assert_hidden_beside(counts: Counts, told: Printed, back: Sequence[int]) -> None:
    """What is worked out of a hidden month is hidden, and nothing else of it is; the counts lose what they lose without it."""
    months = printed("m", counts)
    # A measure of its own numbers that has nothing to do with them loses nothing.
    chance = Random(99)  # noqa: S311
    apart = worked_out("apart", Unit.PER_CENT, counts, range(30), lambda _, __: float(chance.randint(200, 900)))
    alone, found = decide([months]).hidden, decide([months, apart, told])
    at = {each.period for each in told.force.observations}
    of = {(cell.area, cell.period.shifted(on)) for cell in alone for on in back}
    expected = {Cell(told.measure.id, area, period) for area, period in of if period in at}
    assert expected
    assert set(found.hidden) == set(alone) | expected
    assert not found.exposed
    assert told.measure.id in related([months, apart, told])


@pytest.mark.parametrize("decimals", [0, 1])
@pytest.mark.parametrize("earlier", [1, 12])
def test_a_supplied_change_on_an_earlier_period_is_hidden_with_either_side(earlier: int, decimals: int) -> None:
    counts = _some_small(earlier)
    told = worked_out(
        "change",
        Unit.PER_CENT,
        counts,
        range(earlier, 30),
        lambda line, at: round(100 * (line[at] / line[at - earlier] - 1), decimals),
    )
    assert_hidden_beside(counts, told, [0, earlier])


def test_what_is_always_nought_is_no_change_of_counts_that_hardly_change() -> None:
    counts = {area: [20.0] * 29 + [3.0 if area == "a" else 20.0] for area in AREAS}
    told = worked_out("nought", Unit.PER_CENT, counts, range(30), lambda _, __: 0.0)
    assert {cell.measure for cell in decide([printed("m", counts), told]).hidden} == {"m"}


@pytest.mark.parametrize("months", [3, 12])
def test_a_rate_of_a_rolling_sum_is_hidden_with_any_of_its_months(months: int) -> None:
    counts = _some_small(months)
    told = worked_out(
        "rate", Unit.RATE, counts, range(11, 30), lambda line, at: round(sum(line[at - months + 1 : at + 1]) / 12.5, 2)
    )
    assert_hidden_beside(counts, told, range(months))


def test_a_total_that_was_hidden_stays_hidden_too() -> None:
    before = printed("m", {"a": [0], "b": [2]})
    first = decide([before])
    assert Cell("m", "force", START) in first.hidden
    now = printed("m", {"a": [40], "b": [2], "c": [31]})
    assert Cell("m", "force", START) in decide([now], [Earlier([before], frozenset(first.hidden))]).hidden


def test_shares_of_a_force_that_is_small_itself_are_hidden_and_refuse_nothing() -> None:
    counts = {"a": [9.0] * 14, "b": [2.0] * 14, "c": [2.0, 3.0] * 7}
    top, whole = printed("m", counts), [sum(line[at] for line in counts.values()) for at in range(14)]
    told = {area: [round(100 * line[at] / whole[at], 1) for at in range(14)] for area, line in counts.items()}
    force, *lines = (_of("share", series(line, START, area)) for area, line in ({"force": [100.0] * 14} | told).items())
    found = decide([top, Printed(measure(Unit.PER_CENT, id="share", small_under=0), force, tuple(lines))])
    assert found.hidden
    assert not found.exposed


@pytest.mark.parametrize("decimals", [1, 2])
@pytest.mark.parametrize("seed", range(4))
def test_each_areas_share_of_the_force_gives_no_reader_a_hidden_count(decimals: int, seed: int) -> None:
    chance = Random(seed)  # noqa: S311
    counts = {area: [chance.choice([0, 1, 3, 4, 9, 20, 60]) for _ in range(14)] for area in AREAS}
    top, months = printed("m", counts), range(14)
    whole = [sum(line[at] for line in counts.values()) or 1 for at in months]
    areas = {area: [round(100 * line[at] / whole[at], decimals) for at in months] for area, line in counts.items()}
    force, *lines = (_of("share", series(line, START, area)) for area, line in ({"force": [100.0] * 14} | areas).items())
    found = decide([top, Printed(measure(Unit.PER_CENT, id="share", small_under=0), force, tuple(lines))])
    equations: list[dict[Name, float]] = [
        {("m", area, at): 1.0 for area in AREAS} | {("m", "force", at): -1.0} for at in map(float, months)
    ]
    near = 0.5 * 10**-decimals
    equations += [
        {("m", area, at): 100.0, ("m", "force", at): -(line[at] + sign * near), (f"{name} {area}", "", at): sign}
        for area, line in areas.items()
        for at in months
        if Cell("share", area, START.shifted(at)) not in found.hidden
        for name, sign in (("above", -1), ("below", 1))
    ]
    assert_wide([top], found, equations)


@pytest.mark.parametrize("last", [[3, 30, 40], [3, 12, 2], [20, 4, 11]])
def test_a_force_without_its_late_area_gives_no_reader_a_hidden_count(last: list[float]) -> None:
    """The force's own figure is the sum of the areas that have come; the next version has them all."""
    late = {area: _of("m", series([count], START, area)) for area, count in zip("abc", last, strict=True)}
    nothing = _of("m", series([None], START, "d"))
    first = Printed(measure(id="m", small_under=5), _of("m", series([sum(last)])), (*late.values(), nothing))
    whole = printed("m", dict(zip(AREAS, [[one] for one in (*last, 25)], strict=True)))
    before = decide([first])
    for one, found in ((first, before), (whole, decide([whole], [Earlier([first], frozenset(before.hidden))]))):
        assert_wide([one], found, [{("m", area, 0.0): 1.0 for area in AREAS[: 3 + (one is whole)]} | {("m", "force", 0.0): -1.0}])


@given(st.integers(0, 10**6).map(Random))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_two_kinds_and_their_total_give_no_reader_a_hidden_count(chance: Random) -> None:
    first = [{area: chance.choice([0, 1, 2, 3, 4, 5, 6, 9, 14, 30, 60]) for area in AREAS} for _ in range(14)]
    second = [{area: chance.randint(3, 40) for area in AREAS} for _ in range(14)]
    one = {area: [month[area] for month in first] for area in AREAS}
    two = {area: [month[area] for month in second[: len(first)]] for area in AREAS}
    both = {area: [x + y for x, y in zip(one[area], two[area], strict=True)] for area in AREAS}
    linked = [printed("one", one), printed("two", two), printed("both", both, under=0)]
    found = decide(linked)
    equations: list[dict[Name, int]] = [
        {("one", area, at): 1, ("two", area, at): 1, ("both", area, at): -1}
        for area in (*AREAS, "force")
        for at in map(float, range(len(first)))
    ]
    equations += [
        {(name, area, at): 1 for area in AREAS} | {(name, "force", at): -1}
        for name in ("one", "two", "both")
        for at in map(float, range(len(first)))
    ]
    small = {Cell("one", area, START.shifted(at)) for area in AREAS for at, count in enumerate(one[area]) if 0 < count < 5}
    assert small <= set(found.hidden)
    assert_wide(linked, found, equations)


@given(
    st.lists(st.sampled_from([1, 2, 3, 4, 6, 9, 14, 30]), min_size=8, max_size=8),
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 40)), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_a_revision_after_another_gives_no_reader_a_hidden_count(counts: list[float], revised: list[tuple[int, float]]) -> None:
    versions = [dict(zip(AREAS, counts, strict=False))]
    for place, count in revised:
        versions.append(versions[-1] | {AREAS[place]: count})
    told: list[Earlier] = []
    for figures in versions:
        now = printed("m", {area: [count] for area, count in figures.items()})
        found = decide([now], told)
        if not found.exposed:
            told.append(Earlier([now], frozenset(found.hidden)))
    known: dict[Name, float] = {}
    unknown: dict[Name, float] = {}
    for one in told:
        for line in (one.printed[0].force, *one.printed[0].areas):
            value = line.observations[0].value or 0.0
            cell = Cell("m", line.area, START)
            (unknown if cell in (one.hidden or ()) else known)["m", line.area, value] = value
    rows = [
        {
            ("m", line.area, line.observations[0].value or 0.0): 1 if line in one.printed[0].areas else -1
            for line in (*one.printed[0].areas, one.printed[0].force)
        }
        for one in told
    ]
    for target in [one for one in unknown if one not in known and one[1] != "force"]:
        assert _width(target, rows, known) >= 5 - 1e-6


@given(st.integers(0, 10**6).map(Random), st.sampled_from([0, 1, 2, 15]))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_percentage_beside_its_two_counts_gives_no_reader_a_hidden_count(chance: Random, decimals: int) -> None:
    base = {area: [chance.choice([25, 40, 90, 300, 2_000]) + chance.randint(0, 9) for _ in range(8)] for area in AREAS}
    top = {area: [min(of, chance.choice([0, 1, 3, 4, 9, 14, 20])) for of in line] for area, line in base.items()}
    counts = [printed("top", top), printed("base", base, under=0)]
    told = {
        line.area: [
            round(100 * (one.value or 0) / (of.value or 1), decimals)
            for one, of in zip(line.observations, whole.observations, strict=True)
        ]
        for line, whole in zip(_lines(counts[0]), _lines(counts[1]), strict=True)
    }
    lines = {area: _of("share", series(values, START, area)) for area, values in told.items()}
    share = Printed(measure(Unit.PER_CENT, id="share"), lines["force"], tuple(lines[area] for area in AREAS))
    for order in ([*counts, share], [share, *counts]):
        found = decide(order)
        assert {cell.measure for cell in decide(counts).hidden} == {"top"}
        assert related(order) == {"top", "base", "share"}
        assert "share" in {cell.measure for cell in found.hidden}
        rows: list[dict[Name, float]] = [
            {(name, area, at): 1.0 for area in AREAS} | {(name, "force", at): -1.0}
            for name in ("top", "base")
            for at in map(float, range(8))
        ]
        for area, values in told.items():
            for at, value in enumerate(values):
                if Cell("share", area, START.shifted(at)) not in found.hidden:
                    for name, end in (("above", value - 0.5 * 10**-decimals), ("below", value + 0.5 * 10**-decimals)):
                        sign = -1 if name == "above" else 1
                        rows.append({("top", area, at): 100, ("base", area, at): -end, (f"{name} {area}", "", at): sign})
        assert_wide(counts, found, rows)


PEOPLE = {"a": 61_000, "b": 88_000, "c": 120_500, "d": 149_000, "force": 418_500}
"""Who lives there, as any reader may look it up."""


def rates(top: Printed, base: Mapping[str, Sequence[float]], decimals: int, per: str = "", small_under: int = 0) -> Printed:
    """What the counts are per 1,000 of the base, as exactly as a workbook tells it."""
    found = [
        _of(
            "rate",
            series(
                [
                    round(1000 * (one.value or 0) / of, decimals)
                    for one, of in zip(line.observations, base[line.area], strict=True)
                ],
                START,
                line.area,
            ),
        )
        for line in _lines(top)
    ]
    return Printed(measure(Unit.RATE, id="rate", per=per, small_under=small_under), found[0], tuple(found[1:]))


def _rate_rows(rate: Printed, found: Decision, base: Mapping[str, Sequence[float]], decimals: int) -> list[dict[Name, float]]:
    """What a reader has from each rate that is printed: its count lies between two, by the last digit."""
    near = 0.5 * 10**-decimals
    return [
        {("top", line.area, at): 1000 / base[line.area][at], (f"{name} {line.area}", "", at): sign, ("one", "", 0.0): -(value + sign * near)}
        for line in _lines(rate)
        for at, value in enumerate(one.value or 0.0 for one in line.observations)
        if Cell("rate", line.area, START.shifted(at)) not in found.hidden
        for name, sign in (("above", -1), ("below", 1))
    ]  # fmt: skip


RATES = pytest.mark.parametrize("decimals", [1, 2, 3, 12])


@RATES
@given(st.integers(0, 10**6).map(Random))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_rate_beside_its_count_gives_no_reader_a_hidden_count(decimals: int, chance: Random) -> None:
    """The people whom it is per are printed nowhere, and change from year to year; or they are a measure of their own."""
    counts = {area: [chance.choice([0, 1, 3, 4, 9, 14, 20, 60]) for _ in range(14)] for area in AREAS}
    top = printed("top", counts)
    lived = {area: [many * (1 + 0.004 * (month // 12)) for month in range(14)] for area, many in PEOPLE.items()}
    calls = printed("base", {area: [chance.randint(200, 900) for _ in range(14)] for area in AREAS}, under=0)
    taken = {line.area: [one.value or 0.0 for one in line.observations] for line in _lines(calls)}
    for others, base in (([], lived), ([calls], taken)):
        rate = rates(top, base, decimals)
        found = decide([top, *others, rate])
        assert related([rate, top, *others]) >= {"top", "rate"}
        small = {
            Cell("rate", area, START.shifted(at)) for area in AREAS for at, count in enumerate(counts[area]) if 0 < count < 5
        }
        assert small <= set(found.hidden)
        sums: list[dict[Name, float]] = [
            {("top", area, at): 1.0 for area in AREAS} | {("top", "force", at): -1.0} for at in map(float, range(14))
        ]
        assert_wide([top], found, [*sums, *_rate_rows(rate, found, base, decimals)], {("one", "", 0.0): 1.0})


@RATES
@given(st.integers(0, 10**6).map(Random))
@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_rate_of_residents_alone_gives_no_reader_a_hidden_count(decimals: int, chance: Random) -> None:
    counts = {area: [chance.choice([0, 1, 3, 4, 9, 14, 20, 60]) for _ in range(3)] for area in AREAS}
    lived = {area: [float(many)] * 3 for area, many in PEOPLE.items()}
    top = printed("top", counts)
    rate = rates(top, lived, decimals, per="1,000 residents", small_under=5)
    found = decide(with_counts([rate], lambda area, _: PEOPLE[area]))
    sums: list[dict[Name, float]] = [
        {("top", area, at): 1.0 for area in AREAS} | {("top", "force", at): -1.0} for at in map(float, range(3))
    ]
    rows = [*sums, *_rate_rows(rate, found, lived, decimals)]
    small = {("top", area, at) for area in AREAS for at, count in enumerate(counts[area]) if 0 < count < 5}
    if decimals > 1:
        assert {Cell("rate", area, START.shifted(int(at))) for _, area, at in small} <= set(found.hidden)
    told = {
        ("rate", each.area, START.shifted(at))
        for each in _lines(rate)
        for at, one in enumerate(each.observations)
        if not one.value
    }
    for target in small if not found.exposed else ():
        if ("rate", target[1], START.shifted(int(target[2]))) not in told:
            assert _width(target, rows, {("one", "", 0.0): 1.0}) >= 5 - 1e-6, target


def _lines(one: Printed) -> tuple[Series, ...]:
    return (one.force, *one.areas)


def assert_wide(
    lines: Sequence[Printed],
    found: Decision,
    equations: Sequence[Mapping[Name, float]],
    given: Mapping[Name, float] | None = None,
) -> None:
    """Every hidden count may be anything in at least five values, but where the decision itself says that it is exposed."""
    known: dict[Name, float] = dict(given or {}) | {
        (one.measure.id, line.area, (each.period.start.year - 2017) * 12 + each.period.start.month - 4): each.value or 0.0
        for one in lines
        for line in (one.force, *one.areas)
        for each in line.observations
        if Cell(one.measure.id, line.area, each.period) not in found.hidden
    }
    exposed = {(one.measure, one.area, (one.period.start.year - 2017) * 12 + one.period.start.month - 4) for one in found.exposed}
    counts = {one.measure.id for one in lines}
    for target in {name for row in equations for name in row if name[0] in counts} - known.keys() - exposed:
        assert _width(target, equations, known) >= 5 - 1e-6, target


def _width(target: Name, equations: Sequence[Mapping[Name, float]], known: Mapping[Name, float]) -> float:
    """What a reader with scipy knows of it, of what the equations around it leave open."""
    names, rows = {target}, []
    while new := [row for row in equations if row not in rows and names & row.keys()]:
        rows += new
        names |= {name for row in new for name in row if name not in known}
    order = sorted(names, key=repr)
    left = [[row.get(name, 0) for name in order] for row in rows]
    right = [-sum(factor * known[name] for name, factor in row.items() if name in known) for row in rows]
    if not rows:
        return float("inf")
    ends = []
    for sign in (1, -1):
        cost = [sign if name == target else 0 for name in order]
        found = linprog(cost, A_eq=left, b_eq=right, bounds=(0, None))
        if found.status == 3:
            return float("inf")
        assert found.status == 0, found.message
        ends.append(sign * found.fun)
    return float(ends[1] - ends[0])
