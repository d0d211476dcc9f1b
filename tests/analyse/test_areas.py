"""Areas beside the rest of the force."""

from datetime import date

import pytest

from reportpack.analyse.areas import area_findings, area_lines, count_above
from reportpack.model.finding import AreaFinding, Standing
from reportpack.model.measure import Better, Measure
from reportpack.model.observation import Series, Unit
from reportpack.model.office import Area, Office, Population
from reportpack.model.period import Period
from tests.analyse.figures import START, measure, observation, office, series, shares

SATISFACTION = measure(Unit.PER_CENT, Better.HIGHER, target=80)
NOW = Period.month(2019, 4)


def found(
    counts: dict[str, tuple[float, float] | None], kind: Measure = SATISFACTION, places: Office | None = None
) -> dict[str, AreaFinding]:
    places = places or office()
    lines = {area: shares([pair] if pair else [], NOW, area) for area, pair in counts.items()}
    return {one.area: one for one in area_findings(area_lines(lines, kind, places, NOW), kind, places, NOW, ())}


def test_an_outlier_is_judged_against_the_rest_of_the_force() -> None:
    areas = found({"a": (800, 1000), "b": (160, 200), "c": (165, 200), "d": (110, 200), "e": (162, 200)})
    assert areas["d"].standing is Standing.OUTLIER_LOW
    assert areas["d"].rest == pytest.approx(100 * 1287 / 1600)
    assert areas["b"].standing is Standing.ORDINARY
    assert areas["b"].low == pytest.approx(73.9, abs=0.1)


def test_between_the_limits_of_95_and_99_8_per_cent_an_area_is_worth_watching() -> None:
    areas = found({"a": (800, 1000), "b": (160, 200), "c": (160, 200), "d": (146, 200), "e": (160, 200)})
    assert areas["d"].standing is Standing.WATCH_LOW


def test_small_bases_are_neither_judged_nor_below_ten_printed() -> None:
    areas = found({"a": (80, 100), "b": (5, 29), "c": (4, 9), "d": (80, 100), "e": (80, 100)})
    assert (areas["b"].standing, areas["b"].standing_reason, areas["b"].not_printed) == (Standing.NOT_JUDGED, "small-base", False)
    assert areas["c"].not_printed is True


def test_where_most_areas_are_outliers_none_is_called_one() -> None:
    areas = found({"a": (500, 1000), "b": (900, 1000), "c": (200, 1000), "d": (990, 1000), "e": (30, 1000)})
    assert {one.standing_reason for one in areas.values()} == {"over-dispersed"}


def test_an_area_without_a_figure_is_there_without_one() -> None:
    area = found({"a": (80, 100), "b": (80, 100), "c": (80, 100), "d": None})["d"]
    assert (area.latest, area.amount, area.standing_reason) == (None, None, "no-figure")


def test_counts_without_populations_are_compared_only_with_their_own_past() -> None:
    crime = measure(per="offences")
    lines = {area: series([500.0], NOW, area) for area in "abcde"}
    without = area_findings(area_lines(lines, crime, office(), NOW), crime, office(), NOW, ())
    assert {one.standing_reason for one in without} == {"no-populations"}
    people = office(populations=True)
    lines["e"] = series([700.0], NOW, "e")
    judged = area_findings(area_lines(lines, crime, people, NOW), crime, people, NOW, ())
    assert [one.standing for one in judged][-1] is Standing.OUTLIER_HIGH
    assert judged[-1].rest == pytest.approx(500)


def test_three_of_five_areas_are_strictly_above_the_target() -> None:
    areas = found({"a": (81, 100), "b": (160, 200), "c": (90, 100), "d": (79, 100), "e": (801, 1000)})
    above = count_above(tuple(areas.values()), SATISFACTION, 80, NOW)
    assert above is not None
    assert (above.passing, above.of, above.areas, above.missing) == (3, 5, ("a", "c", "e"), ())


def test_an_area_too_small_to_print_is_missing_from_the_count() -> None:
    above = count_above(tuple(found({"a": (9, 9), "b": (81, 100), "c": (81, 100)}).values()), SATISFACTION, 80, NOW)
    assert above is not None
    assert (above.passing, above.of, above.missing) == (2, 5, ("a", "d", "e"))


def test_areas_are_counted_below_where_lower_is_better_and_not_at_all_for_counts() -> None:
    outcome = measure(Unit.PER_CENT, Better.LOWER, target=50)
    above = count_above(tuple(found({"a": (40, 100), "b": (50, 100)}, outcome).values()), outcome, 50, NOW)
    assert above is not None
    assert (above.passing, above.below) == (1, True)
    assert count_above(tuple(found({"a": (40, 100)}).values()), measure(target=50), 50, NOW) is None


def _merged(*old: Area) -> Office:
    return office(*old, Area("north", "North", start=date(2018, 4, 1)), Area("c", "C"))


def test_merged_areas_are_summed_and_of_five_counts_the_areas_of_the_day() -> None:
    old = (
        Area("a", "A", end=date(2018, 3, 31), successors=("north",)),
        Area("b", "B", end=date(2018, 3, 31), successors=("north",)),
    )
    places = _merged(*old)
    lines = {
        "a": shares([(40, 50)], Period.month(2018, 3), "a"),
        "b": shares([(10, 50)], Period.month(2018, 3), "b"),
        "north": shares([(60, 100)], Period.month(2018, 4), "north"),
    }
    line, history = area_lines(lines, SATISFACTION, places, Period.month(2018, 4))["north"]
    assert history == "merged-summed"
    assert [one.value for one in line.observations] == [50, 60]
    assert [part.area for part in line.observations[0].parts] == ["a", "b"]
    assert [area.id for area in places.parts_on(date(2018, 3, 31))] == ["a", "b", "c"]


def test_merged_percentages_without_counts_break_the_line() -> None:
    old = (Area("a", "A", end=date(2018, 3, 31), successors=("north",)), Area("b", "B", successors=("north",)))
    lines = {area: series([70.0], Period.month(2018, 3), area) for area in "ab"}
    lines["north"] = series([60.0], Period.month(2018, 4), "north")
    line, history = area_lines(lines, SATISFACTION, _merged(*old), Period.month(2018, 4))["north"]
    assert (history, len(line.observations)) == ("merged-not-summed", 1)


def test_a_renamed_area_keeps_its_history_and_a_split_one_has_none() -> None:
    renamed = _merged(Area("a", "A", end=date(2018, 3, 31), successors=("north",)))
    lines = {"a": series([70.0], START, "a"), "north": series([None, 60.0], START, "north")}
    line, history = area_lines(lines, SATISFACTION, renamed, Period.month(2018, 4))["north"]
    assert (history, [one.area for one in line.observations]) == ("renamed", ["north", "north"])
    split = _merged(Area("a", "A", end=date(2018, 3, 31), successors=("north", "c")))
    line, history = area_lines(lines, SATISFACTION, split, Period.month(2018, 4))["north"]
    assert (history, len(line.numbers)) == ("split", 1)


def test_areas_that_succeed_each_other_in_a_circle_do_not_hang() -> None:
    circle = office(Area("a", "A", successors=("b",)), Area("b", "B", successors=("a",)))
    lines = {"a": Series("m", "a", (observation(1.0, area="a"),)), "b": Series("m", "b", (observation(2.0, NOW, "b"),))}
    assert set(area_lines(lines, SATISFACTION, circle, NOW)) == {"a", "b"}


@pytest.mark.parametrize(("day", "people"), [("2016-05-01", 100), ("2018-05-01", 100), ("2019-05-01", 300), ("2030-01-01", 300)])
def test_the_population_is_that_of_the_year_as_far_as_it_is_known(day: str, people: int) -> None:
    area = Area("a", "A", population=50, populations=(Population(2019, 300), Population(2017, 100)))
    assert area.population_on(date.fromisoformat(day)) == people
    assert Area("a", "A", population=50).population_on(date.fromisoformat(day)) == 50
