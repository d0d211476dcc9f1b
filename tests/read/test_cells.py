"""A cell says a number, why there is none, or words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.model.observation import Status, Unit
from reportpack.read.figures.cells import (
    Kind,
    format_unit,
    has_decimal_comma,
    read_text,
    shown_number,
    shows_hundredfold,
    shows_month_only,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("7,805", 7805),
        ("1 204", 1204),
        ("(45)", -45),
        ("45-", -45),
        ("−3.2", -3.2),
        ("£1,204.50", 1204.5),
        ("£1.2m", 1.2e6),
        ("79%", 79),
        ("1,204 (r)", 1204),
        ("1204 [p]", 1204),
        ("12²", 12),
        ("12*", 12),
        ("\xa033\xa0", 33),
    ],
)
def test_numbers_as_text_are_numbers(text: str, number: float) -> None:
    assert read_text(text).number == number
    assert read_text(text).status is Status.NUMBER


@pytest.mark.parametrize("text", ["12/34", "3,45", "1,2045", "Total", "12 Shropshire", "1.2.3", "--4", "(5", "4)"])
def test_what_is_no_number_is_words(text: str) -> None:
    assert read_text(text).kind is Kind.TEXT


@pytest.mark.parametrize("text", ["<5", "*", "[c]", "c", "≤5", "fewer than 5", "suppressed"])
def test_suppressed_figures_say_so(text: str) -> None:
    assert read_text(text).status is Status.SUPPRESSED


@pytest.mark.parametrize("text", ["..", ":", "-", "–", "n/a", "N/A", "[x]", "NULL", "tbc", "not available"])
def test_figures_that_are_not_there_say_so(text: str) -> None:
    assert read_text(text).status is Status.NOT_AVAILABLE


def test_an_error_as_text_is_an_error() -> None:
    assert read_text("#DIV/0!").status is Status.ERROR


def test_marks_beside_a_number_are_kept() -> None:
    assert read_text("1,204 (r)").marks == ("[r]",)
    assert read_text("1204 [p]").marks == ("[p]",)


@settings(max_examples=300)
@given(st.integers(-(10**12), 10**12), st.sampled_from(["{:,}", "{}", "{:,}.0"]))
def test_a_number_is_read_back_however_it_is_grouped(number: int, form: str) -> None:
    assert read_text(form.format(number)).number == number


@settings(max_examples=300)
@given(st.integers(-(10**6), 10**6))
def test_a_decimal_comma_is_read_back(number: int) -> None:
    text = f"{number / 100:.2f}".replace(".", ",")
    assert has_decimal_comma(text)
    assert read_text(text, decimal_comma=True).number == pytest.approx(number / 100)


@settings(max_examples=300)
@given(st.text(max_size=60))
def test_no_text_is_too_odd(text: str) -> None:
    assert read_text(text).kind in Kind
    assert read_text(text, decimal_comma=True).kind in Kind


@settings(max_examples=300)
@given(st.integers(0, 10_000))
def test_a_proportion_shown_as_per_cent_has_no_noise(number: int) -> None:
    assert shown_number(number / 10_000, percent=True) == number / 100


def test_a_number_format_shows_its_unit() -> None:
    assert format_unit("0.0%") is Unit.PER_CENT
    assert format_unit('0.0"%"') is Unit.PER_CENT
    assert format_unit("[$£-809]#,##0") is Unit.MONEY
    assert format_unit("#,##0") is None
    assert shows_hundredfold("0.0%")
    assert not shows_hundredfold('0.0"%"')
    assert shows_month_only("mmm-yy")
    assert not shows_month_only("dd/mm/yyyy")


@pytest.mark.parametrize(
    ("text", "number"),
    [("12:35", 755), ("00:12:35", 755), ("2m 31s", 151), ("1 hr 5 mins", 3900), ("45 seconds", 45), ("-0:30", -30)],
)
def test_a_time_is_read_in_seconds(text: str, number: float) -> None:
    reading = read_text(text)
    assert (reading.number, reading.unit) == (number, Unit.DURATION)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12=", 12),
        ("120 (129)", 120),
        ("120p", 120),
        ("598 (revised)", 598),
        ("703\u00b9", 703),
        ("\uff11\uff12", 12),
        ("\u2461", 2),
        ("c. 450", 450),
        ("~90", 90),
        ("Nil", 0),
        ("1,204 (45%)", 1204),
    ],
)
def test_what_stands_around_a_number_does_not_hide_it(text: str, number: float) -> None:
    assert read_text(text).number == number


@pytest.mark.parametrize("text", ["5m", "10 d", "Team 4", "4 (a thing)", "12:3", "3:99"])
def test_what_may_be_several_things_is_words(text: str) -> None:
    assert read_text(text).kind is Kind.TEXT


@given(st.integers(0, 359_999))
def test_every_clock_reading_comes_back(seconds: int) -> None:
    hours, rest = divmod(seconds, 3600)
    assert read_text(f"{hours}:{rest // 60:02d}:{rest % 60:02d}").number == seconds
