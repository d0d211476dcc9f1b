"""Three offices' files, each with habits of its own: what is drafted, what is asked, and that no problem is printed that is not true."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import InputError
from reportpack.model.edition import Audience
from reportpack.model.inputs import Settings
from reportpack.model.measure import Better
from reportpack.model.office import AreaKind, Side
from reportpack.run.first_day.office import Question, read_answers
from reportpack.run.first_day.setting_up import FirstDay, set_up
from reportpack.run.pack import Order, build_pack
from reportpack.settings import read_settings
from tests.run.first_day.drives import eastmarch, harrowdale, saltholme, write_rows

NOW = datetime(2024, 10, 7, 9, tzinfo=UTC)
Answer = dict[str, str]


def make(tmp_path: Path, drive: Callable[[Path], Path], answers: Answer | None = None) -> tuple[FirstDay, Settings]:
    """The office that is made of a drive when nobody answers more than that."""
    folder = tmp_path / "drive"
    found = set_up(
        tmp_path / "office",
        folder if folder.exists() else drive(folder),
        answers or {},
        lambda _: None,
        NOW,
        NOW.date(),
        lambda _: None,
    )
    settings, problems = read_settings(found.folders.inputs)
    assert settings is not None
    assert not problems
    return found, settings


def rows_of(found: FirstDay, sheet: str) -> list[dict[str, object]]:
    book = openpyxl.load_workbook(found.folders.inputs / "register.xlsx")
    head, *rows = book[sheet].iter_rows(values_only=True)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows if any(row)]


def test_a_commissioners_office(tmp_path: Path) -> None:
    found, settings = make(tmp_path, eastmarch)
    office = settings.office
    assert (office.name, office.force) == ("Office of the Police and Crime Commissioner for Eastmarch", "Eastmarch Police")
    assert [(one.name, one.kind) for one in office.areas] == [
        ("Eastmarch", AreaKind.FORCE), ("Barrow Vale", AreaKind.PART), ("Castle Quarter", AreaKind.PART), ("Fenside", AreaKind.PART),
    ]  # fmt: skip
    chiefs = [(one.name, one.start, one.end) for one in office.people if one.post == "cc"]
    assert chiefs == [("Ruth Standish", None, date(2024, 7, 9)), ("Imran Vale", date(2024, 7, 10), None)]
    assert {one.id: one.side for one in office.posts} == {
        "pcc": Side.OFFICE, "cex": Side.OFFICE, "cc": Side.FORCE, "dcc": Side.FORCE, "hp": Side.FORCE,
    }  # fmt: skip
    (series,) = office.series
    assert (series.chair, series.start_time, series.venue) == ("pcc", time(14), "Castle House, Fenside")
    assert series.recurrence is not None
    assert series.recurrence.words == "second Wednesday of the month at 14:00"
    assert [one.topic for one in series.agenda] == ["", "", "burglary", "victim-satisfaction", "robbery", ""]
    titles = {one.title: (one.topic, one.better, one.places[0].file) for one in settings.measures}
    assert titles == {
        "Burglary offences": ("burglary", Better.LOWER, "Performance pack *.xlsx"),
        "Robbery offences": ("robbery", Better.LOWER, "Performance pack *.xlsx"),
        "Victims satisfied with the service": ("victim-satisfaction", Better.HIGHER, "Performance pack *.xlsx"),
    }
    assert found.meeting == f"2024-11-13-{series.id}"
    kept = {row["Reference"]: row["Owner"] for row in rows_of(found, "Actions")}
    assert kept["24/01"] == "Chief Constable"
    said = {one.file: one.why_not for one in found.accounts if one.why_not}
    assert set(said) == {"Misc/Fire authority 12 June.docx", "Misc/photo.jpg"}
    assert "another body" in said["Misc/Fire authority 12 June.docx"]


def test_the_first_pack_has_no_problem_to_put_right(tmp_path: Path) -> None:
    found, _ = make(tmp_path, eastmarch)
    built = build_pack(found.folders, Order(found.meeting, None, None, NOW, NOW.date()), lambda _: None)
    assert [one.sentence for one in built.problems if one.weight == "wrong"] == []
    text = (found.folders.build / built.meeting.id / "briefing-pack.html").read_text(encoding="utf-8")
    assert all(words in text for words in ("Castle Quarter", "24/02", "Imran Vale"))


def test_a_board_that_meets_every_quarter(tmp_path: Path) -> None:
    found, settings = make(tmp_path, harrowdale)
    office = settings.office
    assert office.force == "Harrowdale Police"
    assert "name" in {one.question.name for one in found.answered}
    assert office.series[0].recurrence is not None
    assert office.series[0].recurrence.words == "every 3 months, first Thursday of the month at 10:30"
    assert {one.name for one in office.people} == {"Joan Tarrant", "Lewis Aske", "Priya Dunn", "Noel Birch"}
    assert [(one.title, one.places[0].file) for one in settings.measures] == [
        ("Anti-social behaviour incidents", "extract_*.csv"), ("999 calls answered in 10 seconds", "extract_*.csv"),
    ]  # fmt: skip
    assert {row["Action"] for row in rows_of(found, "Actions")} or rows_of(found, "Matters")


def test_districts_across_are_places_though_no_heading_says_so(tmp_path: Path) -> None:
    found, settings = make(tmp_path, saltholme)
    assert [(one.name, one.kind) for one in settings.office.areas] == [
        ("Saltholme", AreaKind.FORCE), ("North Shore", AreaKind.PART), ("Old Town", AreaKind.PART),
    ]  # fmt: skip
    assert [one.title for one in settings.measures] == ["People killed or seriously injured on the roads"]
    states = {row["Action"]: row["State"] for row in rows_of(found, "Actions")}
    assert states["Send the map."] == "closed"
    assert {one.question.name for one in found.answered} >= {"force", "name", "meets"}


def test_answers_in_a_file_are_what_is_written(tmp_path: Path) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text(
        'name = "Our office"\naudience = "force"\nmeets = "first Monday of the month at 11:00"\n'
        'recipients = "Mayor mayor@office.example office; CC cc@force.example force"\n'
        'better = { neither = "People killed or seriously injured on the roads" }\n',
        encoding="utf-8",
    )
    found, settings = make(tmp_path, saltholme, read_answers(answers))
    office = settings.office
    assert office.name == "Our office"
    assert office.series[0].recurrence is not None
    assert office.series[0].recurrence.words == "first Monday of the month at 11:00"
    assert {(one.post, one.email, one.edition) for one in office.recipients} == {
        ("mayor", "mayor@office.example", Audience.OFFICE), ("cc", "cc@force.example", Audience.FORCE),
    }  # fmt: skip
    assert {one.audience for one in settings.measures} == {one.audience for one in office.topics} == {Audience.FORCE}
    assert settings.measures[0].better is Better.NEITHER
    assert {one.question.name for one in found.answered if one.taken} == {"force"}
    built = build_pack(found.folders, Order(found.meeting, Audience.FORCE, None, NOW, NOW.date()), lambda _: None)
    assert built.edition is Audience.FORCE


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.toml", 'nmae = "Ours"', 'no question is called "nmae"'),
        ("a.json", "[1]", "cannot be read"),
        ("a.toml", "name = ", "cannot be read"),
    ],
)
def test_answers_that_are_none_are_refused(tmp_path: Path, name: str, text: str, said: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=said):
        read_answers(tmp_path / name)


def test_an_answer_that_says_no_day_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="when you meet"):
        make(tmp_path, saltholme, {"meets": "whenever it rains"})
    assert not (tmp_path / "office" / "inputs").exists()


def test_a_trackers_owners_are_posts_where_everybody_knows_them(tmp_path: Path) -> None:
    rows = [("Ref", "Action", "Owner", "Due", "Status"), ("7", "Send the list.", "DCC", date(2024, 12, 1), "Open")]
    rows.append(("8", "Write to the board.", "CC and the Head of Cycling", date(2024, 12, 1), "Open"))
    write_rows(tmp_path / "drive" / "actions.xlsx", {"Actions": rows})
    found, settings = make(tmp_path, eastmarch)
    assert [(one.abbreviation, one.side) for one in settings.office.posts] == [("DCC", Side.FORCE), ("CC", Side.FORCE)]
    assert [row["Reference"] for row in rows_of(found, "Actions")] == ["7", "8"]


def test_what_is_double_clicked_holds_no_machines_paths_and_a_mac_may_run_it(tmp_path: Path) -> None:
    found, _ = make(tmp_path, saltholme)
    office = found.folders.inputs.parent
    for path in (*office.glob("*.bat"), *office.glob("*.command"), office / "Makefile"):
        assert "reportpack" in path.read_text(encoding="utf-8")
        assert str(Path(sys.prefix)) not in path.read_text(encoding="utf-8")
    for path in office.glob("*.command"):
        assert path.stat().st_mode & 0o100
    assert [path.stem for path in sorted(office.glob("*.command"))] == [path.stem for path in sorted(office.glob("*.bat"))]
    assert subprocess.run(["/bin/sh", "-n", office / "Build the pack.command"], check=False).returncode == 0


def test_a_folder_with_nothing_usable_is_said_and_nothing_is_written_or_asked(tmp_path: Path) -> None:
    (tmp_path / "drive").mkdir()
    (tmp_path / "drive" / "photo.jpg").write_bytes(b"\xff\xd8\xff")
    (tmp_path / "drive" / "README.md").write_text("# Read me\n\nNothing of a meeting.\n", encoding="utf-8")
    with pytest.raises(
        InputError, match=r"Nothing in .* can be used: .*1 x no workbook and no document.*Nothing was written"
    ) as said:
        make(tmp_path, eastmarch)
    assert said.value.remedy.endswith("reportpack init NEW")
    assert not (tmp_path / "office").exists()


def test_notes_alone_make_an_office_without_measures_and_no_problem_of_any(tmp_path: Path) -> None:
    drive = eastmarch(tmp_path / "drive")
    shutil.rmtree(drive / "Performance")
    found, settings = make(tmp_path, eastmarch)
    assert settings.measures == ()
    assert "better" not in {one.question.name for one in found.answered}
    built = build_pack(found.folders, Order(found.meeting, None, None, NOW, NOW.date()), lambda _: None)
    assert [one.sentence for one in built.problems if one.weight == "wrong"] == []


def test_a_folder_of_something_else_is_never_written_to(tmp_path: Path) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "office" / "letters.txt").write_text("Dear all", encoding="utf-8")
    with pytest.raises(InputError, match="no office's folder"):
        make(tmp_path, saltholme)


def test_each_month_more_notes_and_a_later_workbook_are_taken_in(tmp_path: Path) -> None:
    drive = eastmarch(tmp_path / "drive")
    late = [*(drive / "Board").glob("2024-09*"), *(drive / "Performance").rglob("*Sep*")]
    kept = {path: path.read_bytes() for path in late}
    for path in late:
        path.unlink()
    before, _ = make(tmp_path, eastmarch)
    asked = {one.question.name for one in before.answered}
    for path, data in kept.items():
        path.write_bytes(data)
    more: list[Question] = []
    after = set_up(before.folders.inputs.parent, drive, {}, more.append, NOW, NOW.date(), lambda _: None)
    assert asked
    assert not more
    fresh = {one.file for one in after.accounts if one.taken and "before" not in one.taken}
    assert {path.relative_to(drive).as_posix() for path in late} <= fresh
    assert dict(after.counts)["measures"] == 0
    assert (after.folders.inputs / "performance" / "Performance pack Sep 2024.xlsx").exists()
    assert (after.folders.inputs / "meetings" / "2024-09-11-eastmarch-accountability-board.toml").exists()


def test_answers_given_later_change_what_is_there_and_nothing_else(tmp_path: Path) -> None:
    before, _ = make(tmp_path, eastmarch)
    office = before.folders.inputs / "office.toml"
    office.write_text(
        office.read_text(encoding="utf-8").replace('short_name = "the office"', 'short_name = "EPCC"  # ours'), encoding="utf-8"
    )
    later = {
        "name": "Our office", "audience": "force", "meets": "first Monday of the month at 11:00", "better": "neither: Robbery offences",
        "recipients": "DCC dcc@force.example",
    }  # fmt: skip
    after, settings = make(tmp_path, eastmarch, later)
    assert after.is_new
    assert (settings.office.name, settings.office.short_name) == ("Our office", "EPCC")
    assert settings.office.series[0].recurrence is not None
    assert settings.office.series[0].recurrence.words == "first Monday of the month at 11:00"
    assert {one.audience for one in (*settings.office.topics,)} == {one.audience for one in settings.measures} == {Audience.FORCE}
    assert {one.title: one.better for one in settings.measures}["Robbery offences"] is Better.NEITHER
    assert [(one.post, one.email, one.edition) for one in settings.office.recipients] == [
        ("dcc", "dcc@force.example", Audience.FORCE)
    ]
    assert "# ours" in office.read_text(encoding="utf-8")
    assert not make(tmp_path, eastmarch)[0].is_new


def test_figures_that_are_no_measure_are_named(tmp_path: Path) -> None:
    months = [
        ("Month", "Offences", "Target", "Change on year"),
        *((f"{month} 2024", 4, 5, 1) for month in ("Jan", "Feb", "Mar", "Apr")),
    ]
    write_rows(tmp_path / "drive" / "Robbery.xlsx", {"Robbery": months})
    found, settings = make(tmp_path, eastmarch)
    assert [one.title for one in settings.measures] == ["Robbery: Offences"]
    assert "not taken of it: Target, Change on year" in found.accounts[0].taken


@pytest.mark.parametrize(
    "heads", [("Solved", "Unsolved", "Total"), ("Violence With Injury", "Violence Without Injury", "All Violence")]
)
def test_kinds_that_add_up_are_no_places(tmp_path: Path, heads: tuple[str, ...]) -> None:
    rows = [(f"{month} 2024", 4 + at, 5, 9 + at) for at, month in enumerate(("Jan", "Feb", "Mar", "Apr"))]
    write_rows(
        tmp_path / "drive" / "Violence.xlsx", {"Violence": [("Violence recorded, a month",), (), ("Month", *heads), *rows]}
    )
    _, settings = make(tmp_path, eastmarch)
    assert [one.kind for one in settings.office.areas] == [AreaKind.FORCE]


def test_what_a_run_that_was_cut_off_left_is_taken_up_by_the_next(tmp_path: Path) -> None:
    whole, _ = make(tmp_path, eastmarch)
    rows = rows_of(whole, "Actions")
    (tmp_path / "office" / "inputs" / "memory" / "first day.json").unlink()
    again, _ = make(tmp_path, eastmarch)
    assert rows_of(again, "Actions") == rows
    assert {one.file for one in again.accounts if one.taken} == {one.file for one in whole.accounts if one.taken}
