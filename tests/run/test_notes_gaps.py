"""What the notes of earlier meetings leave undone is said in `check`, in the pack, on the start page and before agreement, however long ago."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportpack.model.problem import Problem
from reportpack.run.check import check_inputs
from reportpack.run.minutes.annex_issue import build_annex, issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders, open_memory
from reportpack.run.pack import Order, compose
from reportpack.run.status import office_status

ROOT = Path(__file__).parents[2]
MAY, SEPTEMBER = "2019-05-28-assurance", "2019-09-24-assurance"
NOW, TODAY = datetime(2019, 9, 17, 9, tzinfo=UTC), date(2019, 9, 17)


def quiet(_: str) -> None:
    """Say nothing."""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """The example, with two more meetings since: one held and one to come."""
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    for name in ("2019-07-30-assurance", SEPTEMBER):
        (tmp_path / "inputs" / "meetings" / f"{name}.toml").write_text("", encoding="utf-8")
    return Folders(tmp_path / "inputs", tmp_path / "build")


def issue(folders: Folders) -> None:
    moment = datetime(2019, 6, 3, 9, tzinfo=UTC)
    issue_annex(folders, AnnexOrder(MAY, None, moment, moment.date()), quiet)


def order() -> Order:
    return Order(SEPTEMBER, None, None, NOW, TODAY)


def everywhere(folders: Folders, kind: str) -> list[str]:
    """What is said of that kind of gap; the same at every door."""
    ledger = open_memory(folders, begin=False)
    pack = compose(folders, order(), ledger, quiet).problems
    if ledger is not None:
        ledger.close()
    checked = check_inputs(folders, order(), quiet).problems
    annex = build_annex(folders, AnnexOrder(MAY, None, NOW, TODAY), quiet).problems
    status = office_status(folders, NOW, TODAY).gaps
    said = [sorted(one.found for one in problems if one.kind == kind) for problems in (pack, checked, status)]
    assert said[0] == said[1] == said[2]
    before_agreement = {one.found for one in annex if one.kind == kind}
    assert kind == "notes-not-issued" or before_agreement == set(said[0])
    return said[0]


def test_meetings_that_were_held_and_have_no_notes(folders: Folders) -> None:
    (said,) = everywhere(folders, "notes-missing")
    days = "30 July 2019, 30 April 2019, 26 March 2019, 26 February 2019, 29 January 2019, 27 November 2018"
    assert said == f"6 meetings were held, and no notes of them are here: {days}."


def test_notes_that_nobody_issued_two_meetings_ago(folders: Folders) -> None:
    assert everywhere(folders, "notes-not-issued") == [
        "The notes of 28 May 2019 were not issued, so the register knows nothing of what they ask for."
    ]


def test_notes_that_were_issued_and_that_the_next_meeting_did_not_agree(folders: Folders) -> None:
    issue(folders)
    ledger = open_memory(folders, begin=False)
    assert ledger is not None
    with ledger:
        papers = [one.title for one in compose(folders, order(), ledger, quiet).gathered.meeting.papers]
    assert "Notes of the meeting of 28 May 2019, version 1: to be agreed" in papers
    status: tuple[Problem, ...] = office_status(folders, NOW, TODAY).gaps
    assert "The notes of 28 May 2019 were issued, a meeting was held since, and nobody has said that they were agreed." in {
        one.found for one in status
    }


def test_notes_of_a_day_on_which_no_meeting_is_set(folders: Folders) -> None:
    shutil.copy(folders.inputs / "minutes" / f"{MAY}.md", folders.inputs / "minutes" / "2019-08-06-assurance.md")
    assert everywhere(folders, "notes-of-no-meeting") == ["This file was not read: no meeting is set on 6 August 2019."]


def test_a_due_matter_that_nobody_mentioned_is_asked_about_and_said_until_something_becomes_of_it(folders: Folders) -> None:
    notes = folders.inputs / "minutes" / f"{MAY}.md"
    text = notes.read_text(encoding="utf-8")
    start, end = text.index("### 1.2 Hate crime"), text.index("### 1.3 DA")
    silent = (text[:start] + text[end:]).replace("hate crime satisfaction", "that figure")
    notes.write_text(silent, encoding="utf-8")
    issue(folders)
    assert everywhere(folders, "matter-unmentioned") == [
        "Matter M3/2018 (Hate crime satisfaction) was due on 28 May 2019, and the notes of that meeting do not mention it."
    ]
