"""`reportpack` alone says what waits for figures, and how far they are."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import add_row
from reportpack.run.status import office_status
from reportpack.run.steps.recording import Change

ROOT = Path(__file__).parents[2]
NOW = datetime(2019, 5, 22, 9, tzinfo=UTC)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> Folders:
    """The example with its pack built, and matters that wait for figures."""
    office = tmp_path_factory.mktemp("waiting")
    shutil.copytree(ROOT / "inputs", office / "inputs", ignore=shutil.ignore_patterns("memory"))
    folders = Folders(office / "inputs", office / "build")
    build_pack(folders, Order("2019-05-28", None, None, NOW, NOW.date()), lambda _: None)
    for condition in (
        "after Q4 2018/19 and Q1 2019/20 of the survey",
        "once the last quarter of the 2018/19 survey is in",
        "when it is warm",
    ):
        words = [("Words", f"Confidence to come back {condition}"), ("Title", "Confidence"), ("Due at meeting", "November 2019")]
        add_row(folders, "Matters", [*words, ("Topic", "Confidence"), ("Condition", condition)], Change(NOW))
    return folders


def test_each_matter_that_waits_for_figures_is_said_with_what_is_in_and_what_is_awaited(folders: Folders) -> None:
    assert office_status(folders, NOW, NOW.date()).awaited == (
        "M2/2019 Confidence: Q4 2018/19 in, Q1 2019/20 awaited, expected from 14 August 2019",
        "M3/2019 Confidence: Q4 2018/19 in",
    )


def test_figures_that_did_not_come_are_overdue(folders: Folders) -> None:
    assert office_status(folders, NOW, date(2019, 9, 2)).awaited[0].endswith("awaited, and overdue since 14 August 2019")


def test_the_forward_plan_says_it_too(folders: Folders) -> None:
    built = build_pack(folders, Order("2019-05-28", None, None, NOW, NOW.date()), lambda _: None)
    source = next(path for path in built.paths if path.name.endswith("page-source.html")).read_text(encoding="utf-8")
    forward = source[source.index('id="forward"') :]
    assert "Condition: once the last quarter of the 2018/19 survey is in; Figures: Q4 2018/19 in" in forward
