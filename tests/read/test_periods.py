"""Periods are read in every form that people write them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.model.period import Period
from reportpack.read.figures.calendars import read_together
from reportpack.read.figures.titles import find_periods, name_period, title_period
from reportpack.read.periods import Context, read_period

FORMS = """
Apr-19 = 2019-04/P1M
April 2019 = 2019-04/P1M
Apr '19 = 2019-04/P1M
Sept 2019 = 2019-09/P1M
201904 = 2019-04/P1M
2019-04 = 2019-04/P1M
2018/19 = 2018-04/P1Y
2018-19 = 2018-04/P1Y
2018-2019 = 2018-04/P1Y
18/19 = 2018-04/P1Y
FY18/19 = 2018-04/P1Y
2017 to 2018 = 2017-04/P1Y
2009-10 = 2009-04/P1Y
2018/19 Q3 = 2018-10/P3M
Q3 2018-19 = 2018-10/P3M
Quarter 1 2019 = 2019-01/P3M
Apr 2018 - Mar 2019 = 2018-04/P1Y
Apr '10 to Mar '11 = 2010-04/P1Y
April to June 2020 = 2020-04/P3M
Oct–Dec 18 = 2018-10/P3M
1 April 2018 to 31 March 2019 = 2018-04/P1Y
12 months to May-19 = 2018-06/P1Y
3 months to June 2019 = 2019-04/P3M
rolling 12 months to May 2019 = 2018-06/P1Y
year ending March 2019 = 2018-04/P1Y
Year ending 31 March 2019 = 2018-04/P1Y
year ending December 181,2 = 2018-01/P1Y
year ending December 20191,2 = 2019-01/P1Y
quarter ending June 2019 = 2019-04/P3M
YTD Sep 2019 = 2019-04/P6M
2019 = 2019-01/P1Y
31/03/2019 = 2019-03-31/P0D
31.03.19 = 2019-03-31/P0D
31st March 2019 = 2019-03-31/P0D
As at 31 March 2019 = 2019-03-31/P0D
w/e 05/05/2019 = 2019-04-29/P7D
Mar 2019 (p) = 2019-03/P1M
"""


@pytest.mark.parametrize(("text", "iso"), [line.split(" = ") for line in FORMS.strip().splitlines()])
def test_a_form_that_people_type_is_read(text: str, iso: str) -> None:
    found = read_period(text)
    assert found is not None
    assert found.iso == iso


@pytest.mark.parametrize(
    "text",
    [
        "Total",
        "11 - 17 years",
        "31 Feb - 2 Mar 2019",
        "65 and over",
        "19-Apr",
        "Table 2018",
        "May",
        "2018/20",
        "31/02/2019",
        "Outcome 16",
    ],
)
def test_what_is_not_plainly_a_period_is_none(text: str) -> None:
    assert read_period(text) is None


@settings(max_examples=200)
@given(st.dates(date(1981, 1, 1), date(2079, 12, 28)), st.sampled_from(["%b-%y", "%B %Y", "%b '%y", "%Y-%m", "%m/%Y", "%b %Y"]))
def test_every_month_is_read_back_from_every_form(day: date, form: str) -> None:
    text = day.strftime(form)
    assert read_period(text, Context(iso_months=True)) == Period.month(day.year, day.month)


@settings(max_examples=200)
@given(
    st.dates(date(1980, 1, 1), date(2079, 12, 28)), st.sampled_from(["%d/%m/%Y", "%d.%m.%Y", "%Y-%m-%d", "%d %B %Y", "%d-%b-%Y"])
)
def test_every_day_is_read_day_first(day: date, form: str) -> None:
    assert read_period(day.strftime(form)) == Period(day, 0, 0)


@settings(max_examples=300)
@given(st.text(max_size=40))
def test_no_text_is_too_odd(text: str) -> None:
    read_period(text)
    find_periods(text)
    name_period(text)


@settings(max_examples=100)
@given(st.integers(1950, 2078), st.integers(1, 12), st.integers(2, 40))
def test_months_after_a_first_full_one_carry_its_year(year: int, month: int, count: int) -> None:
    first = Period.month(year, month)
    months = [first.shifted(index) for index in range(count)]
    labels = [f"{months[0].start:%b %Y}", *(f"{period.start:%b}" for period in months[1:])]
    assert [moment.period for moment in read_together(labels)] == months


def test_a_year_only_beside_january_reaches_back_to_the_months_before_it() -> None:
    labels = ["Oct", "Nov", "Dec", "Jan", "Feb"]
    beside = [None, None, None, Period(date(2019, 1, 1), 12), Period(date(2019, 1, 1), 12)]
    found = [moment.period.iso if moment.period else None for moment in read_together(labels, beside=beside)]
    assert found == ["2018-10/P1M", "2018-11/P1M", "2018-12/P1M", "2019-01/P1M", "2019-02/P1M"]


def test_neighbours_tell_months_from_financial_years() -> None:
    assert [moment.period.iso for moment in read_together(["2008-09", "2009-10"]) if moment.period] == [
        "2008-04/P1Y",
        "2009-04/P1Y",
    ]
    assert [moment.period.iso for moment in read_together(["2008-08", "2008-09"]) if moment.period] == [
        "2008-08/P1M",
        "2008-09/P1M",
    ]


def test_a_date_that_can_only_be_month_first_turns_its_whole_column() -> None:
    found = read_together(["1/6/2011", "3/25/2011"])
    assert [moment.period.iso for moment in found if moment.period] == ["2011-01-06/P0D", "2011-03-25/P0D"]


def test_first_days_of_months_stand_for_their_months_and_other_days_for_themselves() -> None:
    assert [m.period.iso for m in read_together(["01/04/2019", "01/05/2019"]) if m.period] == ["2019-04/P1M", "2019-05/P1M"]
    assert [m.period.iso for m in read_together(["31/12/2014", "31/03/2015"]) if m.period] == ["2014-12-31/P0D", "2015-03-31/P0D"]


def test_as_at_above_a_year_makes_it_that_day() -> None:
    assert [m.period.iso for m in read_together([2007.0], heading="As at 31 March...") if m.period] == ["2007-03-31/P0D"]


@pytest.mark.parametrize(
    ("name", "iso"),
    [
        ("principal_offence_category_april_2014.csv", "2014-04/P1M"),
        ("2017 - principal offence category Aug.csv", "2017-08/P1M"),
        ("tablesdec19.xlsx", "2019-12/P1M"),
        ("areatablesyearendingdecember2018.xlsx", "2018-01/P1Y"),
        ("2019-01-street.csv", "2019-01/P1M"),
        ("use-of-force-apr2017-mar2018.ods", "2017-04/P1Y"),
        ("2018-19 Q3", "2018-10/P3M"),
    ],
)
def test_a_file_or_sheet_name_gives_its_period(name: str, iso: str) -> None:
    found = name_period(name)
    assert found is not None
    assert found.iso == iso


def test_of_a_comparison_the_later_period_is_the_one() -> None:
    found = title_period("percentage change, year ending December 2018 compared with year ending December 20191,2")
    assert found == Period(date(2019, 1, 1), 12)
