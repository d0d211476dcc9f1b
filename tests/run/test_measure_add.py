"""A measure is added from its workbook: what the workbook tells is not asked, and measures.toml keeps every word it had."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from reportpack.errors import InputError
from reportpack.model.edition import Audience
from reportpack.model.measure import Better, Measure, Place
from reportpack.model.observation import Unit
from reportpack.run.measure_add import (
    add_measure,
    common_pattern,
    file_pattern,
    find_candidates,
    lasting,
    new_id,
    settings_of,
    sheet_pattern,
    widen,
    widened_places,
)
from reportpack.toml.edit import entry_of, with_entry

INPUTS = Path(__file__).resolve().parents[2] / "inputs"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """An office's folder with the example's settings and no workbooks."""
    for name in ("office.toml", "measures.toml"):
        shutil.copy(INPUTS / name, tmp_path / name)
    (tmp_path / "performance").mkdir()
    return tmp_path


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Per cents with the counts behind them, two areas, three months."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Calls"
    for row in (
        ["Area", "Month", "Answered", "Made", "% answered"],
        ["Shropshire", "Apr-19", 90, 100, 90.0],
        ["Shropshire", "May-19", 80, 100, 80.0],
        ["Herefordshire", "Apr-19", 30, 40, 75.0],
        ["Herefordshire", "May-19", 20, 40, 50.0],
    ):
        sheet.append(row)
    path = tmp_path / "101 calls April 2019.xlsx"
    book.save(path)
    return path


def counted(title: str, file: str) -> Measure:
    """A measure that counts what should be less."""
    return Measure("a", title, unit=Unit.COUNT, better=Better.LOWER, places=(Place(file),))


def test_what_the_workbook_tells_is_known_without_asking(office: Path, workbook: Path) -> None:
    candidates, _ = find_candidates(workbook, settings_of(office).office)
    share = next(one for one in candidates if one.unit is Unit.PER_CENT)
    assert (share.sheet, share.label) == ("Calls", "% answered")
    assert (share.numerator, share.denominator) == ("Answered", "Made")
    assert share.areas == ("Shropshire", "Herefordshire")
    assert share.periods == ("April 2019", "May 2019")
    assert (share.samples, share.decimals) == (("90.0", "80.0", "75.0"), 0)


def test_the_entry_is_written_the_workbook_copied_and_its_figures_read(office: Path, workbook: Path) -> None:
    before = (office / "measures.toml").read_text("utf-8")
    place = Place(file_pattern(workbook.name), "Calls", "", "% answered", "Answered", "Made")
    new = Measure("calls-101", "101 calls answered", unit=Unit.PER_CENT, places=(place,))
    added = add_measure(office, workbook, new)
    assert {(one.area, one.period.iso, one.value, one.numerator) for one in added.observations} >= {
        ("shropshire", "2019-04/P1M", 90.0, 90.0)
    }
    assert added.copied == office / "performance" / workbook.name
    assert added.copied.read_bytes() == workbook.read_bytes()
    assert (office / "measures.toml").read_text("utf-8").startswith(before.rstrip())


def test_another_workbook_of_that_name_is_never_written_over(office: Path, workbook: Path) -> None:
    (office / "performance" / workbook.name).write_bytes(b"another")
    before = (office / "measures.toml").read_bytes()
    with pytest.raises(InputError):
        add_measure(office, workbook, counted("A", "*.xlsx"))
    assert (office / "measures.toml").read_bytes() == before


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("Victim satisfaction survey April 2019.xlsx", "Victim satisfaction survey *.xlsx"),
        ("Performance extract 2019-05-13.xlsx", "Performance extract *.xlsx"),
        ("crime_2018-19_Q4.csv", "crime_*.csv"),
        ("Summary.xlsx", "Summary.xlsx"),
        ("2019-04.xlsx", "2019-04.xlsx"),
    ],
)
def test_what_changes_from_month_to_month_in_a_name_becomes_a_star(name: str, pattern: str) -> None:
    assert file_pattern(name) == pattern


@pytest.mark.parametrize(
    ("name", "sheets", "pattern"),
    [
        ("Calls Apr 2019", ("Notes", "Calls Apr 2019"), "Calls *"),
        ("Apr 19", ("Notes", "Apr 19"), ""),
        ("Table 2", ("Table 1", "Table 2"), "Table 2"),
        ("Calls", ("Calls",), "Calls"),
    ],
)
def test_a_sheet_of_one_month_is_found_next_month_too(name: str, sheets: tuple[str, ...], pattern: str) -> None:
    assert sheet_pattern(name, sheets) == pattern


def test_an_id_that_is_taken_gets_a_number() -> None:
    assert new_id("999 calls: answered", ["m-999-calls-answered"]) == "m-999-calls-answered-2"


def test_a_file_of_comments_alone_gets_its_first_measure() -> None:
    new = entry_of(counted("A", "A*.xlsx"))
    assert with_entry(b"# Measures\n", "measures.toml", "measure", new).startswith(b"# Measures\n\n[[measure]]\n")


@settings(max_examples=60)
@given(st.text(min_size=1, max_size=30))
def test_any_title_is_written_so_that_it_reads_back(title: str) -> None:
    import tomllib

    if any(0xD800 <= ord(character) <= 0xDFFF for character in title):
        return
    new = entry_of(counted(title, "A*.xlsx"))
    text = with_entry(b"# kept\n[[measure]]\nid = 'x' # why\n", "measures.toml", "measure", new).decode()
    assert "id = 'x' # why" in text
    assert tomllib.loads(text)["measure"][1]["title"] == title


def test_an_answer_that_the_settings_refuse_leaves_them_as_they_were(office: Path, workbook: Path) -> None:
    before = (office / "measures.toml").read_bytes()
    new = Measure("calls-101", "Calls", unit=Unit.PER_CENT, topic="hate-satisfaction", places=(Place("101*.xlsx", "Calls"),))
    new = replace(new, audience=Audience.PUBLIC)
    with pytest.raises(InputError, match="Nothing was written"):
        add_measure(office, workbook, new)
    assert (office / "measures.toml").read_bytes() == before
    assert not (office / "performance" / workbook.name).exists()


def test_next_months_file_widens_the_measure_instead_of_making_a_second(office: Path, workbook: Path) -> None:
    place = Place("101 calls April*.xlsx", "Calls", figure="% answered")
    new = Measure("calls-101", "101 calls answered", unit=Unit.PER_CENT, places=(place,))
    add_measure(office, workbook, new)
    later = workbook.with_name("101_calls_may_2019_FINAL.xlsx")
    shutil.copy(workbook, later)
    known = settings_of(office)
    places = widened_places(known, later, find_candidates(later, known.office)[0])
    assert [(title, pattern) for title, _, _, pattern in places] == [("101 calls answered", "*calls*.xlsx")]
    widen(office, later, places)
    measure = settings_of(office).measure("calls-101")
    assert measure is not None
    assert measure.places[0].file == "*calls*.xlsx"
    assert (office / "performance" / later.name).exists()


@pytest.mark.parametrize(
    ("one", "two", "both"),
    [
        ("Robbery August*.xlsx", "robbery_*.xlsx", "robbery*.xlsx"),
        ("Monthly satisfaction*.xlsx", "Satisfaction *.xls", "*satisfaction*.*"),
        ("Recorded crime *.xlsx", "recorded_crime_*.xlsx", "recorded*crime*.xlsx"),
        ("recorded*crime*.xlsx", "Copy of Recorded crime *.xlsx", "*recorded*crime*.xlsx"),
        ("Crime*.xlsx", "Fraud*.xlsx", ""),
    ],
)
def test_a_wider_pattern_keeps_the_words_that_both_names_share(one: str, two: str, both: str) -> None:
    assert common_pattern(one, two) == both


@pytest.mark.parametrize(
    ("label", "kept"),
    [
        ("Officers by area, 31 March 2018 and 31 March 2019", "Officers by area"),
        ("Thefts (2018/19) FINAL v2", "Thefts"),
        ("Burglary - dwelling", "Burglary - dwelling"),
    ],
)
def test_a_label_is_written_without_this_releases_dates(label: str, kept: str) -> None:
    assert lasting(label) == kept
