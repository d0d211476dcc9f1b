"""Meetings and days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.read.posts import read_owners
from reportpack.read.register.occasions import read_day, read_occasion, why_no_day
from tests.read.registers import OFFICE


@pytest.mark.parametrize(
    ("text", "occasion"),
    [
        ("November 2018", "2018-11"),
        ("Nov 18", "2018-11"),
        ("Nov-18", "2018-11"),
        ("2018-11", "2018-11"),
        ("11/2018", "2018-11"),
        ("the November 2018 meeting", "2018-11"),
        ("(from November 2018)", "2018-11"),
        ("2018-11-27-assurance", "2018-11-27-assurance"),
        ("27 November 2018", "2018-11-27"),
        ("27/11/18", "2018-11-27"),
        ("Tuesday 27th November 2018", "2018-11-27"),
        ("Wednesday 27th November 2018", ""),
        ("November", ""),
        ("the next one", ""),
        ("2019/20", ""),
        ("31/02/2019", ""),
        ("30 June 20019", ""),
        ("June 20019", ""),
    ],
)
def test_a_meeting_is_an_id_a_day_or_a_month(text: str, occasion: str) -> None:
    assert read_occasion(text) == occasion


@pytest.mark.parametrize(
    ("after", "month"), [("2019-05-28-assurance", "2019-11"), ("2019-11", "2020-11"), ("2019-12-01", "2020-11")]
)
def test_a_month_without_its_year_is_the_first_after_the_meeting_that_said_so(after: str, month: str) -> None:
    assert read_occasion("the November meeting", after=after) == month


@pytest.mark.parametrize(
    ("text", "why"),
    [
        *((one, "names the year 2204, which cannot be meant") for one in ("30/06/2204", "2204-06-30", "30 June 2204")),
        ("30 June 20019", "names the year 20019, which cannot be meant"),
        *((one, "is no day: April has 30 days") for one in ("31/04/2024", "31 April 2024", "31/Apr/2024", "2024-04-31")),
        ("29 February 2023", "is no day: February has 28 days"),
        ("04/30/2024", "has its month first; day first it is 30/04/2024"),
        ("2024-13-40", "is no day"),
        ("w/c 29/04", ""),
    ],
)
def test_what_looks_like_a_day_and_is_none_is_said_to_be_what_it_is(text: str, why: str) -> None:
    assert (read_occasion(text, after="2024-01"), why_no_day(text)) == ("", why)


@given(st.text(max_size=40))
def test_whatever_is_typed_is_a_meeting_or_nothing(text: str) -> None:
    assert isinstance(read_occasion(text, after="2019-05"), str)
    assert read_day(text) is None or isinstance(read_day(text), date)


@given(st.dates(date(1990, 1, 1), date(2099, 12, 31)))
def test_every_day_is_read_day_first(day: date) -> None:
    forms = (f"{day:%d/%m/%Y}", f"{day.day} {day:%B %Y}", f"{day:%A} {day.day} {day:%b %Y}", day.isoformat(), f"{day:%d.%m.%Y}")
    assert {read_day(form) for form in forms} == {day}


@given(
    st.lists(st.sampled_from(["CC", "DCC", "PCC", "OPCC"]), min_size=1, max_size=4),
    st.sampled_from(["; ", "/", ", ", " and ", "\n"]),
)
def test_owners_are_those_named_and_no_others(names: list[str], between: str) -> None:
    assert read_owners(between.join(names), OFFICE).posts == tuple(dict.fromkeys(name.lower() for name in names))


@given(st.text("OPC", min_size=1, max_size=5))
def test_part_of_an_abbreviation_is_not_the_post(name: str) -> None:
    owners = read_owners(name, OFFICE)
    assert owners.posts == {"CC": ("cc",), "PCC": ("pcc",), "OPCC": ("opcc",), "PO": ("officer",)}.get(name, ())
