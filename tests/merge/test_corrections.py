"""A figure put right by a person is printed as corrected, until the workbook says the same."""

from dataclasses import replace
from datetime import date

from reportpack.merge.figures import apply_corrections
from reportpack.model.measure import Better, Correction, Measure
from reportpack.model.observation import Observation, Status, Unit
from reportpack.model.office import Area, AreaKind, Office
from reportpack.model.period import Period
from reportpack.model.problem import Source

OFFICE = Office("Northmoor", "N", "Northmoor Police", (Area("force", "Northmoor", AreaKind.FORCE),), (), (), (), (), ())
LINE = Source("measures.toml", cell="line 40")
JANUARY, FEBRUARY, MARCH = (Period.month(2031, month) for month in (1, 2, 3))


def figure(period: Period, value: float) -> Observation:
    return Observation("crime", "force", period, value, Status.NUMBER, Source("performance/Crime.xlsx", "Crime", "B2"))


def measure(*corrections: Correction) -> Measure:
    return Measure("crime", "Recorded crime", unit=Unit.COUNT, better=Better.LOWER, places=(), corrections=corrections)


FIX = Correction("", FEBRUARY, 412, by="A. Officer", on=date(2031, 4, 2), reason="A nought was left off.", source=LINE)


def test_the_corrected_figure_takes_the_place_of_the_workbooks_and_names_its_own_source() -> None:
    figures, corrected, problems = apply_corrections([figure(JANUARY, 400), figure(FEBRUARY, 41)], [measure(FIX)], OFFICE)
    assert [one.value for one in figures] == [400, 412]
    assert (figures[1].source, figures[1].marks) == (LINE, ("corrected",))
    assert corrected[0].before is not None
    assert (corrected[0].before.value, corrected[0].now.value, corrected[0].correction.by) == (41, 412, "A. Officer")
    assert problems == ()


def test_when_the_workbook_agrees_the_correction_withdraws_with_a_note() -> None:
    figures, corrected, problems = apply_corrections([figure(FEBRUARY, 412)], [measure(FIX)], OFFICE)
    assert figures[0].marks == ()
    assert corrected == ()
    assert [problem.kind for problem in problems] == ["correction-agrees"]
    assert "take it out" in problems[0].remedy


def test_a_figure_that_no_workbook_has_is_put_in_its_place_in_time() -> None:
    figures, corrected, _ = apply_corrections([figure(JANUARY, 400), figure(MARCH, 420)], [measure(FIX)], OFFICE)
    assert [one.period for one in figures] == [JANUARY, FEBRUARY, MARCH]
    assert corrected[0].before is None


def test_other_measures_figures_are_left_alone() -> None:
    other = replace(figure(FEBRUARY, 41), measure="burglary")
    assert apply_corrections([other], [measure()], OFFICE) == ((other,), (), ())
