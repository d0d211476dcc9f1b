"""What a careful reader would ask about a set of figures is asked, with its cell; an ordinary set raises nothing."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.errors import Command, Remedy
from reportpack.model.measure import Better, Measure, Place
from reportpack.model.observation import Observation, Status, Unit
from reportpack.model.office import Area, AreaKind, Office
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.read.figures.sanity import check_dates, check_figures, check_files, unused_workbook

AREAS = (Area("force", "Northmoor", AreaKind.FORCE), Area("coast", "Coast"), Area("hills", "Hills"))
OFFICE = Office("Northmoor Office", "Northmoor", "Northmoor Police", AREAS, (), (), (), (), ())
COUNT = Measure("crime", "Recorded crime", unit=Unit.COUNT, better=Better.LOWER, places=(Place("Crime.xlsx"),))
SHARE = Measure("crime", "Satisfaction", unit=Unit.PER_CENT, better=Better.HIGHER, places=(Place("Crime.xlsx"),))
FIRST = Period.month(2031, 1)


def line(area: str, *values: float | None) -> list[Observation]:
    """Monthly figures of one area."""
    return [
        Observation(
            "crime", area, FIRST.shifted(index), value, Status.NUMBER, Source("Crime.xlsx", "S", f"{area[0].upper()}{index + 2}")
        )
        for index, value in enumerate(values)
        if value is not None
    ]


def kinds(*lines: list[Observation], measure: Measure = COUNT) -> list[str]:
    return [problem.kind for problem in check_figures([one for part in lines for one in part], (measure,), OFFICE)]


def test_an_ordinary_set_raises_nothing() -> None:
    assert kinds(line("force", 30, 32, 31), line("coast", 10, 11, 11), line("hills", 20, 21, 20)) == []


def test_a_slipped_decimal_point_is_asked_about_with_its_cell() -> None:
    problems = check_figures(line("coast", 101, 99, 104, 97, 102, 100, 1003), (COUNT,), OFFICE)
    assert [problem.kind for problem in problems] == ["figure-jumps"]
    assert problems[0].source.cell == "C8"
    assert "10 times" in problems[0].found
    assert isinstance(problems[0].remedy, Remedy)
    assert problems[0].remedy.action == Command(
        "figure correct", ("Crime.xlsx", "S!C8", "100.3"), (("by", "NAME"), ("why", "TEXT"))
    )


def test_figures_suddenly_in_thousands_are_asked_about() -> None:
    assert kinds(line("coast", 41000, 40500, 42000, 39000, 41000, 40000, 41)) == ["figure-jumps"]


def test_a_series_that_stops_early_is_asked_about() -> None:
    assert kinds(line("coast", 10, 11, 12, 13), line("hills", 20, 21, 22)) == ["series-stops"]


def test_a_total_that_is_not_the_sum_of_its_parts_is_asked_about_once() -> None:
    assert kinds(line("force", 30, 40), line("coast", 10, 11), line("hills", 20, 21)) == ["total-not-sum"]


def test_shares_are_never_added_up() -> None:
    assert kinds(line("force", 80, 81), line("coast", 79, 80), line("hills", 82, 83), measure=SHARE) == []


def test_a_month_that_repeats_the_one_before_in_every_area_is_asked_about() -> None:
    assert kinds(line("force", 61, 61), line("coast", 20, 20), line("hills", 41, 41)) == ["month-repeated"]


def test_last_months_workbook_under_a_new_name_is_noticed() -> None:
    problems = check_files([Source("May.xlsx", sha256="aa"), Source("copy.xlsx", sha256="aa")], {"aa": "April.xlsx"})
    assert [problem.kind for problem in problems] == ["same-file", "same-file"]
    assert "April.xlsx" in problems[0].found
    assert check_files([Source("April.xlsx", sha256="aa")], {"aa": "April.xlsx"}) == ()


def test_a_workbook_from_the_future_is_noticed() -> None:
    files = [Source("a.xlsx", as_at=date(2031, 5, 2)), Source("b.xlsx", as_at=date(2031, 5, 1)), Source("c.xlsx")]
    assert [problem.source.file for problem in check_dates(files, date(2031, 5, 1))] == ["a.xlsx"]


@settings(max_examples=100)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), max_size=15))
def test_no_figures_are_too_odd(values: list[float]) -> None:
    for problem in check_figures(line("coast", *values), (COUNT,), OFFICE):
        assert problem.found
        assert problem.remedy


def test_a_file_that_is_as_at_a_day_before_its_figures_is_said() -> None:
    early = Observation("crime", "force", Period.month(2031, 5), 5.0, Status.NUMBER, Source("Crime.xlsx", as_at=date(2031, 3, 2)))
    assert [one.kind for one in check_figures([early], [], OFFICE)] == ["as-at-early"]


def test_a_workbook_that_no_measure_uses_is_named_with_the_step_that_takes_it_in() -> None:
    problem = unused_workbook("performance/Robbery May.xlsx")
    assert "reportpack measure add 'inputs/performance/Robbery May.xlsx'" in problem.remedy


def test_a_file_that_holds_a_month_which_had_not_ended_is_said_to_hold_a_part_of_it() -> None:
    source = Source("Crime.xlsx", as_at=date(2031, 5, 3))
    (said,) = check_figures([Observation("crime", "force", Period.month(2031, 5), 5.0, Status.NUMBER, source)], [], OFFICE)
    assert (said.kind, said.found[-52:]) == ("as-at-early", "May 2031, which had not ended: they may be of a part of it."[-52:])
    whole = replace(source, as_at=date(2031, 5, 31))
    assert check_figures([Observation("crime", "force", Period.month(2031, 5), 5.0, Status.NUMBER, whole)], [], OFFICE) == ()


def test_a_slip_in_what_a_percentage_is_of_is_asked_about() -> None:
    asked = [101, 99, 104, 97, 102, 100, 1003]
    figures = [
        replace(one, numerator=0.8 * base, denominator=base, denominator_source=replace(one.source, cell=f"B{base}"))
        for one, base in zip(line("coast", *[80.0] * 7), asked, strict=True)
    ]
    assert [(one.kind, one.source.cell) for one in check_figures(figures, (SHARE,), OFFICE)] == [("base-jumps", "B1003")]
