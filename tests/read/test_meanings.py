"""What the words around figures say of their span, nature, scale and how final they are; inputs are made here."""

import pytest

from reportpack.model.observation import Finality, Nature, Reach, Unit
from reportpack.model.table import Table
from reportpack.read.figures.meanings import said_by
from tests.read.sheets import at, said, sheet_of, tables_of

MONTHS = "Month | Offences\nApr-18 | 210\nMay-18 | 420\nJun-18 | 615"


def _read(text: str, **known: object) -> tuple[Table, ...]:
    return tables_of(sheet_of(text, **known))  # type: ignore[arg-type]  # sheet_of's own names


@pytest.mark.parametrize(
    ("heading", "period", "reach"),
    [
        ("Rolling 12 mths Feb 2020", "2019-03/P1Y", Reach.ROLLING),
        ("R12M Feb-20", "2019-03/P1Y", Reach.ROLLING),
        ("Feb-20 MAT", "2019-03/P1Y", Reach.ROLLING),
        ("12 months to Feb 2020", "2019-03/P1Y", Reach.ROLLING),
        ("YTD Jun-19", "2019-04/P3M", Reach.YEAR_TO_DATE),
        ("Cumulative Jun 2019", "2019-04/P3M", Reach.YEAR_TO_DATE),
        ("2019/20 (to Nov)", "2019-04/P8M", Reach.YEAR_TO_DATE),
        ("Year ending Sep 2019", "2018-10/P1Y", Reach.YEAR),
        ("2019/20 Jan", "2020-01/P1M", Reach.MONTH),
        ("Sep-19 quarter", "2019-07/P3M", Reach.QUARTER),
        ("JAS 2019", "2019-07/P3M", Reach.QUARTER),
        ("H2 2019/20", "2019-10/P6M", Reach.OTHER),
        ("2019-W27", "2019-07-01/P7D", Reach.WEEK),
        ("FYE March 2020", "2019-04/P1Y", Reach.YEAR),
        ("Gorffennaf 2019", "2019-07/P1M", Reach.MONTH),
    ],
)
def test_a_heading_says_how_long_its_figures_span(heading: str, period: str, reach: Reach) -> None:
    value = at(_read(f"Drug offences\nArea | {heading} | Officers\nShropshire | 81 | 4\nHerefordshire | 40 | 3"), "B3")
    assert value.period is not None
    assert (value.period.iso, value.meaning.reach) == (period, reach)


def test_a_corner_says_what_the_months_below_it_end() -> None:
    tables = _read("Thefts\n.\nQuarter ending | Shropshire | Herefordshire\nJun 2019 | 91 | 40\nSep 2019 | 88 | 42")
    assert [value.period.iso for value in tables[0].values if value.period] == ["2019-04/P3M"] * 2 + ["2019-07/P3M"] * 2


def test_year_ending_above_the_months_makes_each_the_year_that_ends_with_it() -> None:
    below = "Area | Dec 2017 | Mar 2018\nShropshire | 1200 | 1190\nHerefordshire | 800 | 805"
    for text in (f"Burglary\n. | Year ending | .\n{below}", f"Burglary, year ending\n{below}"):
        value = next(one for table in _read(text) for one in table.values if one.value == 1200)
        assert (said(value)[0], value.meaning.reach) == ("2017-01/P1Y", Reach.ROLLING)


def test_a_year_to_date_that_names_another_year_is_of_that_year() -> None:
    tables = _read(
        "Performance to March 2019\nMeasure | Mar-19 | YTD 2018/19 | YTD 2017/18\nBurglary | 100 | 1200 | 1100\nRobbery | 20 | 250 | 260"
    )
    assert [said(at(tables, cell))[0] for cell in ("B3", "C3", "D3")] == ["2019-03/P1M", "2018-04/P1Y", "2017-04/P1Y"]


def test_a_title_that_says_cumulative_makes_rising_months_sums_to_date() -> None:
    tables = _read(f"Use of batons, cumulative\n{MONTHS}")
    last = at(tables, "B5")
    assert said(last)[0] == "2018-04/P3M"
    assert last.meaning.nature is Nature.CUMULATIVE


def test_a_title_that_says_year_to_date_above_plain_months_leaves_them_months() -> None:
    tables = _read("Use of batons, year to date\nMonth | Offences\nApr-18 | 210\nMay-18 | 190\nJun-18 | 200\nJul-18 | 180")
    assert said(at(tables, "B6"))[0] == "2018-07/P1M"


def test_years_that_begin_a_month_apart_are_windows_that_roll() -> None:
    tables = _read("Area | YE Mar 2019 | YE Apr 2019 | YE May 2019\nShropshire | 900 | 905 | 911\nHereford | 400 | 402 | 399")
    assert {value.meaning.reach for value in tables[0].values} == {Reach.ROLLING}


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("Overtime (£000s)", 1e3),
        ("Spend £m", 1e6),
        ("Population ('000)", 1e3),
        ("Cost, £ thousand", 1e3),
        ("Reserves (£bn)", 1e9),
        ("Rate per 1,000 residents", 0),
        ("Offences per thousand households", 0),
        ("Burglary", 0),
        ("Within 10,000 metres", 0),
    ],
)
def test_a_heading_says_in_what_scale_its_figures_are(text: str, scale: float) -> None:
    assert said_by(text).scale == scale


def test_a_scale_in_the_title_is_that_of_every_column() -> None:
    tables = _read("Calls answered by month, thousands\nMonth | Calls\nApr-19 | 12.4\nMay-19 | 13.1")
    assert at(tables, "B3").meaning.scale == 1000
    assert dict(at(tables, "B3").meaning.told)["scale"] == "A1"


@pytest.mark.parametrize(
    ("text", "nature"),
    [
        ("Target", Nature.TARGET),
        ("2019/20 target", Nature.TARGET),
        ("Answered (target 90% in 10 seconds)", None),
        ("Percentage meeting target", None),
        ("Forecast outturn", Nature.FORECAST),
        ("% change", Nature.DIFFERENCE),
        ("Variance to plan", Nature.DIFFERENCE),
        ("Lower 95% CI", Nature.LIMIT),
        ("Cumulative", Nature.CUMULATIVE),
        ("Offences", None),
    ],
)
def test_a_heading_says_what_its_figures_are(text: str, nature: Nature | None) -> None:
    assert said_by(text).nature is nature


def test_words_and_letters_behind_a_period_say_how_final_it_is_and_start_no_new_measure() -> None:
    tables = _read("Thefts\nForce | 2018/19p | 2019/20 (revised) | 2020/21\nMercia | 10 | 11 | 9\nKent | 20 | 21 | 19")
    finals = [value.meaning.finality for value in tables[0].values][:3]
    assert finals == [Finality.PROVISIONAL, Finality.REVISED, Finality.NOT_TOLD]
    assert len({value.measure for value in tables[0].values}) == 1


def test_a_note_says_which_years_are_provisional() -> None:
    rows = "\n".join(f"{month} 20{year} | 5" for year in (23, 24) for month in ("Jan", "Feb", "Mar"))
    tables = _read(f"Thefts\n.\nMonth | Force\n{rows}\n.\n1. Figures for 2024 are provisional.")
    finals = [value.meaning.finality for value in tables[0].values]
    assert finals == [Finality.NOT_TOLD] * 3 + [Finality.PROVISIONAL] * 3


@pytest.mark.parametrize(
    "title",
    [
        "Detentions under the Mental Health Act 1983 by area",
        "Strategy 2031: thefts by area",
        "Thefts by area (2011 census)",
        "Thefts by area, 2019 district boundaries",
        "Costs by area at 2015/16 prices",
        "Thefts by area, data refreshed 2019",
        "Plan 2021-25: thefts by area",
    ],
)
def test_a_year_with_another_job_is_no_period(title: str) -> None:
    tables = _read(f"{title}\nArea | Thefts\nShropshire | 81\nHerefordshire | 40\nKent | 12")
    assert {value.period for value in tables[0].values} == {None}


def test_columns_told_by_their_place_alone_are_of_the_periods_that_they_mean() -> None:
    tables = _read(
        "Thefts, May 2019\nArea | This month | Last month | Same month last year | Year to date | Target\nKent | 1 | 2 | 3 | 4 | 5\nEssex | 1 | 2 | 3 | 4 | 5"
    )
    assert [said(value)[0] for value in tables[0].values][:4] == ["2019-05/P1M", "2019-04/P1M", "2018-05/P1M", "2019-04/P2M"]


@pytest.mark.parametrize(
    ("headings", "first", "last"),
    [
        ("Financial year | Financial month", "2018-04/P1M", "2019-03/P1M"),
        ("Financial year | Period", "2018-04/P1M", "2019-03/P1M"),
        ("Financial year | Calendar month", "2019-01/P1M", "2018-12/P1M"),
    ],
)
def test_the_words_of_two_headings_decide_the_calendar_of_numbered_months(headings: str, first: str, last: str) -> None:
    rows = "\n".join(f"2018/19 | {number} | Kent | {number * 10}" for number in range(1, 13))
    values = _read(f"{headings} | Force | Thefts\n{rows}")[0].values
    assert (said(values[0])[0], said(values[11])[0]) == (first, last)


def test_a_calendar_quarter_beside_a_financial_year_is_that_of_the_calendar() -> None:
    tables = _read(
        "Financial year | Calendar quarter | Force | Thefts\n" + "\n".join(f"2018/19 | {q} | Kent | 5" for q in (2, 3, 4, 1))
    )
    assert [said(value)[0] for value in tables[0].values] == ["2018-04/P3M", "2018-07/P3M", "2018-10/P3M", "2019-01/P3M"]


def test_a_year_and_a_week_make_one_period() -> None:
    tables = _read("Year | Week | Calls\n2019 | 27 | 914\n2019 | 28 | 920\n2019 | 29 | 921")
    assert next(said(value)[:3:2] for value in tables[0].values) == ("2019-07-01/P7D", "Calls")


def test_names_that_are_numbers_are_names() -> None:
    rows = "\n".join(f"{decile} | {area} | {decile * 9}" for decile in (1, 2, 3) for area in ("Kent", "Essex"))
    values = _read(f"Thefts, 2018/19\nDeprivation decile | Force | Thefts\n{rows}")[0].values
    assert {value.measure for value in values} == {f"Deprivation decile {decile} / Thefts" for decile in (1, 2, 3)}


def test_a_line_or_a_heading_of_one_unit_is_that_of_every_figure_below() -> None:
    line = _read(
        "Thefts, 2018/19\n | | Total crime | Robbery\nCode | Force | Number | Number\nPercentage change\nE1 | Kent | -1.5 | 2\nE2 | Essex | 2.5 | 4"
    )
    over = _read(
        "Thefts, 2018/19\n.\nForces | Rate per 1,000 population | |\n | | | Victim-based crime\nCode | Force | Total | Violence\nE1 | Kent | 71.5 | 4\nE2 | Essex | 70 | 5"
    )
    assert {value.unit for value in over[0].values} == {Unit.RATE}
    assert {value.meaning.nature for value in line[0].values} == {Nature.DIFFERENCE}
