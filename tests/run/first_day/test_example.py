"""The example's own files, its settings and register thrown away: what is drafted from them is what people wrote by hand."""

import shutil
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.model.inputs import Settings
from reportpack.model.observation import Observation
from reportpack.read.figures.places import DatedWorkbook
from reportpack.read.figures.reading import read_figures
from reportpack.read.figures.titles import workbook_as_at
from reportpack.read.workbook import list_workbooks, read_workbook
from reportpack.run.first_day.office import Question
from reportpack.run.first_day.setting_up import FirstDay, set_up
from reportpack.run.pack import Order, build_pack
from reportpack.settings import read_settings

EXAMPLE = Path(__file__).parents[3] / "inputs"
NOW = datetime(2019, 5, 20, 9, tzinfo=UTC)
TAKEN = ("performance", "minutes", "notes", "papers")


def nobody(_: Question) -> None:
    """Nobody sits at a terminal."""


@pytest.fixture(scope="module")
def lying(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("drive")
    for name in TAKEN:
        shutil.copytree(EXAMPLE / name, folder / name)
    return folder


@pytest.fixture(scope="module")
def made(lying: Path) -> FirstDay:
    return set_up(lying.parent / "office", lying, {}, nobody, NOW, NOW.date(), lambda _: None)


def settings_in(inputs: Path) -> Settings:
    settings, problems = read_settings(inputs)
    assert settings is not None
    assert not problems
    return settings


def series_in(inputs: Path) -> dict[str, frozenset[tuple[str, date, float]]]:
    """By measure what is read of the office's own areas, by their names; the force is called so in both."""
    settings = settings_in(inputs)
    names = {area.id: area.name for area in settings.office.areas}
    paths, _ = list_workbooks(inputs / "performance")
    books = [book for path in paths if (book := read_workbook(path, path.relative_to(inputs).as_posix())[0]) is not None]
    found, _ = read_figures([DatedWorkbook(book, workbook_as_at(book)) for book in books], settings.measures, settings.office)

    def told(one: Observation) -> tuple[str, date, float]:
        return names[one.area], one.period.end, one.value or 0

    return {
        one.id: frozenset(told(each) for each in found if each.measure == one.id and each.value is not None)
        for one in settings.measures
    }


def test_every_measure_that_people_wrote_is_drafted_with_its_areas_and_values(made: FirstDay) -> None:
    by_hand, drafted = series_in(EXAMPLE), series_in(made.folders.inputs)
    assert by_hand
    assert all(by_hand.values())
    assert set(by_hand.values()) <= set(drafted.values())


def test_areas_posts_and_people_are_those_of_the_files(made: FirstDay) -> None:
    by_hand, drafted = settings_in(EXAMPLE).office, settings_in(made.folders.inputs).office
    assert {(one.name, one.kind) for one in drafted.areas} == {(one.name, one.kind) for one in by_hand.areas}
    there = {("Rowan Ashdown", "pcc"), ("Duncan Harcastle", "cc"), ("Philippa Orme", "dcc"), ("Ellis Wainfleet", "po")}
    assert {(one.name, one.post) for one in drafted.people} == there | {("Meera Thorley", "dpcc")}
    known = {one.id: one for one in by_hand.posts}
    for post in drafted.posts:
        assert (post.title, post.abbreviation, post.side) == (
            known[post.id].title,
            known[post.id].abbreviation,
            known[post.id].side,
        )


def test_the_agenda_is_that_of_the_notes(made: FirstDay) -> None:
    by_hand, drafted = settings_in(EXAMPLE).office.series[0], settings_in(made.folders.inputs).office.series[0]
    assert [one.number for one in drafted.agenda] == [one.number for one in by_hand.agenda]
    assert drafted.recurrence is not None
    assert drafted.recurrence.days == (by_hand.recurrence.days if by_hand.recurrence else None)


def test_each_area_names_the_cell_that_it_came_from(made: FirstDay, lying: Path) -> None:
    lines = (made.folders.inputs / "office.toml").read_text(encoding="utf-8").splitlines()
    remarked = [line.partition(" # performance/") for line in lines if " # performance/" in line]
    assert len(remarked) == len(settings_in(made.folders.inputs).office.areas)
    for said, _, where in remarked:
        file, sheet, cell = where.rsplit(", ", 2)
        book = openpyxl.load_workbook(lying / "performance" / file)
        assert book[sheet][cell].value == tomllib.loads(said)["name"]


def test_no_line_says_where_a_machine_keeps_its_files(made: FirstDay, lying: Path) -> None:
    for path in (made.folders.inputs / "office.toml", made.folders.inputs / "measures.toml"):
        assert str(lying) not in path.read_text(encoding="utf-8")


def test_every_file_has_its_line_and_nothing_is_written_beside_them(made: FirstDay, lying: Path) -> None:
    files = sorted(path.relative_to(lying).as_posix() for path in lying.rglob("*") if path.is_file())
    assert [one.file for one in made.accounts] == files
    assert all(bool(one.taken) != bool(one.why_not) for one in made.accounts)
    assert files == sorted(path.relative_to(EXAMPLE).as_posix() for name in TAKEN for path in (EXAMPLE / name).rglob("*.*"))


def test_at_most_ten_questions_each_with_its_likely_answer(made: FirstDay) -> None:
    assert 0 < len(made.answered) <= 10
    assert all(one.taken and one.answer == one.question.likely for one in made.answered)


def test_the_pack_builds_and_the_history_of_the_notes_is_in_it(made: FirstDay) -> None:
    built = build_pack(made.folders, Order(made.meeting, None, None, NOW, NOW.date()), lambda _: None)
    assert built.meeting.id == "2019-05-28-assurance"
    text = (made.folders.build / built.meeting.id / "briefing-pack.html").read_text(encoding="utf-8")
    assert "999 calls answered within 10 seconds" in text
    assert "North Worcestershire" in text


def test_run_again_it_asks_nothing_and_changes_nothing_that_people_changed(made: FirstDay, lying: Path) -> None:
    office = made.folders.inputs / "office.toml"
    before = office.read_text(encoding="utf-8").replace('title = "Confidence"', 'title = "Public confidence"', 1)
    office.write_text(before + '\n[[topic]]\nid = "own"\ntitle = "Confidence"\n', encoding="utf-8")
    kept = {path: path.read_bytes() for path in made.folders.inputs.rglob("*") if path.is_file() and "memory" not in path.parts}

    def ask(question: Question) -> str:
        raise AssertionError(question.text)

    again = set_up(made.folders.inputs.parent, lying, {}, ask, NOW, NOW.date(), lambda _: None)
    assert not again.answered
    assert dict(again.counts)["measures"] == 0
    assert {path: path.read_bytes() for path in kept} == kept


def test_run_again_a_new_workbook_is_taken_in(made: FirstDay, lying: Path, tmp_path: Path) -> None:
    office, drive = tmp_path / "office", tmp_path / "drive"
    shutil.copytree(lying, drive)
    shutil.copytree(made.folders.inputs.parent, office)
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Robbery"
    for row in (
        ("District", "Jan-19", "Feb-19", "Mar-19"),
        ("Shropshire", 4, 6, 5),
        ("Herefordshire", 9, 3, 7),
        ("Malvern", 1, 2, 1),
    ):
        sheet.append(row)
    book.save(drive / "Robbery 2019.xlsx")
    (drive / "minutes" / "2019-05-28-assurance.md").unlink()
    again = set_up(office, drive, {}, nobody, NOW, NOW.date(), lambda _: None)
    settings = settings_in(office / "inputs")
    assert [one.title for one in settings.measures][-1] == "Robbery"
    assert settings.office.area("malvern") is not None
    assert dict(again.counts)["measures"] == 1
    assert next(one.taken for one in again.accounts if one.file == "Robbery 2019.xlsx") == "inputs/performance/Robbery 2019.xlsx"
