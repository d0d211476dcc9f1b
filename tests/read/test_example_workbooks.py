"""The worked example's workbooks, of three layouts and more, read as the office that made them meant."""

from pathlib import Path

import pytest

from reportpack.model.observation import Status, Unit
from reportpack.model.period import Period
from reportpack.model.table import Table
from reportpack.read.figures.tables import find_tables
from reportpack.read.workbook import read_workbook
from reportpack.settings import read_settings

EXAMPLE = Path(__file__).resolve().parents[2] / "inputs"


def tables_of(pattern: str, sheet: str) -> tuple[Table, ...]:
    settings, _ = read_settings(EXAMPLE)
    assert settings is not None
    names = [name for area in settings.office.areas for name in (area.name, *area.aliases)]
    (path,) = (EXAMPLE / "performance").glob(pattern)
    workbook, problems = read_workbook(path, path.name)
    assert workbook is not None
    assert problems == ()
    return find_tables(next(one for one in workbook.sheets if one.name == sheet), path.name, names)[0]


@pytest.mark.parametrize(
    ("file", "sheet", "areas", "measure", "first", "months"),
    [
        ("Performance extract*", "Extract", 6, "Domestic abuse offences with outcome 16 / Per cent", Period.month(2016, 5), 36),
        ("Victim satisfaction*", "All victims", 6, "% satisfied", Period.month(2016, 5), 36),
        ("Victim satisfaction*", "Stages", 1, "Follow-up / % satisfied", Period.month(2016, 5), 36),
        ("Public perception*", "Confidence", 6, "% agree", Period.parse("2015-04/P3M"), 16),
        ("Recorded crime*", "Violence without injury", 6, "", Period.month(2016, 5), 36),
        ("Charge to NFA*", "Ranking", 1, "Rank", Period.parse("2015-04/P3M"), 16),
        ("ONS*", "Recorded crime", 8, "Rate per 1,000 population", Period.parse("2018-01/P1Y"), 1),
        ("ONS*", "Knife offences", 1, "", Period.parse("2010-04/P1Y"), 8),
    ],
)
def test_every_area_and_period_of_a_sheet_is_found(
    file: str, sheet: str, areas: int, measure: str, first: Period, months: int
) -> None:
    (table,) = tables_of(file, sheet)
    values = [value for value in table.values if not measure or value.measure == measure]
    periods = sorted({value.period for value in values if value.period is not None})
    assert (periods[0], len(periods)) == (first, months)
    assert len({value.area for value in values}) == areas
    assert len(values) == areas * months


def test_april_2019_says_what_the_meeting_was_told() -> None:
    (table,) = tables_of("Victim satisfaction*", "All victims")
    shares = {
        (value.area, value.period): value.value
        for value in table.values
        if value.unit is Unit.PER_CENT and value.value is not None
    }
    april, february = Period.month(2019, 4), Period.month(2019, 2)
    assert round(shares["West Mercia", april] - shares["West Mercia", february], 1) == 2.0
    assert sum(share > 80 for (area, period), share in shares.items() if period == april and area != "West Mercia") == 3
    assert min((share, area) for (area, period), share in shares.items() if period == april)[1] == "Shropshire"


def test_domestic_abuse_offences_rose_by_19_per_cent_in_2018_19() -> None:
    (table,) = tables_of("Recorded crime*", "Domestic abuse offences")
    totals = {2017: 0.0, 2018: 0.0}
    for value in table.values:
        if value.area == "West Mercia" and value.period is not None and value.value is not None:
            year = value.period.start.year - (value.period.start.month < 4)
            totals[year] = totals.get(year, 0.0) + value.value
    assert round(100 * (totals[2018] / totals[2017] - 1), 1) == 19.0


def test_the_workbooks_hold_a_few_honest_oddities() -> None:
    (hate,) = tables_of("Victim satisfaction*", "Hate crime")
    assert {value.area for value in hate.values if value.status is Status.SUPPRESSED} == {"Herefordshire"}
    (crime,) = tables_of("Recorded crime*", "Total recorded crime")
    assert {value.marks for value in crime.values} == {(), ("[p]",), ("[r]",)}
    assert {value.status for value in crime.values} == {Status.NUMBER}
