"""Inspectors' recommendations: rows of the register that are answered so many days after the report, and a pack brings those that fall due."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportpack.model.action import ActionState
from reportpack.read.register.reading import register_of_rows
from reportpack.run.office_files import Folders, gather_meetings
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import add_row, close_row, sheet_called, standing_register
from reportpack.run.register.trackers import import_rows, propose_import
from reportpack.run.steps.recording import Change

NOW = datetime(2019, 5, 21, 9, 30, tzinfo=UTC)
GIVEN = [("Recommendation", "Answer every 999 call"), ("Report", "Efficiency"), ("Published", "2 April 2019"), ("Owner", "CC")]


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    shutil.copytree(Path(__file__).parents[2] / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    return Folders(tmp_path / "inputs", tmp_path / "build")


def test_it_is_answered_56_days_after_its_report(folders: Folders) -> None:
    added = add_row(folders, "Recommendations", GIVEN, Change(NOW))
    assert added.row.ref == "H1/2019"
    settings, _, _ = gather_meetings(folders)
    rows, *_ = standing_register(folders, NOW.year)
    one = register_of_rows(rows, settings.office, settings.measures)[0].risks[0]
    assert (one.due, one.condition) == (date(2019, 5, 28), "56 days after the report of 2 April 2019")
    build_pack(folders, Order("2019-05-28-assurance", None, None, NOW, NOW.date()), lambda _: None)
    source = (folders.build / "2019-05-28-assurance" / "briefing-pack.page-source.html").read_text("utf-8")
    assert "Recommendations to answer by this meeting" in source
    assert "Answer every 999 call" in source
    assert "Risks to review" not in source
    close_row(folders, "H1/2019", "Letter of 27 May", "", Change(NOW))
    rows, *_ = standing_register(folders, NOW.year)
    assert register_of_rows(rows, settings.office, settings.measures)[0].risks[0].state is ActionState.CLOSED


def test_the_clock_is_the_office_s(folders: Folders) -> None:
    with (folders.inputs / "office.toml").open("a", encoding="utf-8") as office:
        office.write("\n[publication]\nrecommendation_days = 10\n")
    add_row(folders, "Recommendations", GIVEN, Change(NOW))
    settings, _, _ = gather_meetings(folders)
    rows, *_ = standing_register(folders, NOW.year)
    assert register_of_rows(rows, settings.office, settings.measures)[0].risks[0].due == date(2019, 4, 12)


def test_they_are_imported_as_inspectors_list_them(folders: Folders, tmp_path: Path) -> None:
    tracker = tmp_path / "hmic.csv"
    tracker.write_text(
        "Ref,Inspection,Recommendation,Report published,Lead,Status\nR1,PEEL,Review the backlog,02/04/2019,CC,open\n",
        encoding="utf-8",
    )
    read, proposed = propose_import(tracker, sheet_called("recommendation"), {}, "", {})
    assert dict(read.taken)["Report published"] == "Published"
    assert not proposed
    assert import_rows(folders, read, tracker, NOW).added == 1
    settings, _, _ = gather_meetings(folders)
    row = next(one for one in standing_register(folders, NOW.year)[0] if one.sheet == "Recommendations")
    assert register_of_rows([row], settings.office, settings.measures)[0].risks[0].due == date(2019, 5, 28)
