"""Risks: a register of them taken in as it is, reviewed at the meeting by which that falls due, closed, and written where they belong."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import RefusedError
from reportpack.model.edition import Audience
from reportpack.read.register.reading import register_of_rows
from reportpack.run.dossier import DossierOrder, make_dossier
from reportpack.run.office_files import Folders, gather_meetings
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import add_row, close_row, register_lines, standing_register, update_row
from reportpack.run.register.trackers import import_rows, propose_import
from reportpack.run.steps.recording import Change

NOW = datetime(2019, 5, 21, 9, 30, tzinfo=UTC)
HEADINGS = (
    "S.No",
    "Risk Description",
    "Risk Owner",
    "Likelihood",
    "Risk Score",
    "Treatment plan",
    "Target score",
    "Review date",
    "Status",
)
ROWS = (
    ("SR1", "Calls go unanswered", "CC", 4, 16, "Recruit 20 call handlers", 8, date(2019, 5, 20), "Treat"),
    ("SR2", "The data centre floods", "DCC", 2, 10, "Test the second site", 5, date(2019, 9, 20), "Tolerate"),
    ("SR3", "The custody suite closes", "CC", 2, 10, None, 5, date(2019, 4, 20), "Closed"),
)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    shutil.copytree(Path(__file__).parents[2] / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    return Folders(tmp_path / "inputs", tmp_path / "build")


@pytest.fixture
def taken_in(folders: Folders, tmp_path: Path) -> Folders:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("Corporate risks",), HEADINGS, *ROWS):
        sheet.append(row)
    book.save(tmp_path / "risks.xlsx")
    tracker, _ = propose_import(tmp_path / "risks.xlsx", "Risks", {}, "", {})
    assert import_rows(folders, tracker, tmp_path / "risks.xlsx", NOW).added == 3
    return folders


def sheet_of_risks(folders: Folders, *headings: str) -> None:
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    book.create_sheet("Risks").append(headings)
    book.save(folders.inputs / "register.xlsx")


def test_a_risk_register_is_taken_in_with_no_heading_told(taken_in: Folders) -> None:
    first = next(one for one in standing_register(taken_in, 2019)[0] if one.ref == "SR1")
    assert first.texts == {
        "Reference": "SR1", "Risk": "Calls go unanswered", "Owner": "CC", "Review": "20 May 2019", "Rating": "16", "Target": "8",
        "Treatment": "Recruit 20 call handlers", "State": "Treat", "Update": "Likelihood: 4",
    }  # fmt: skip


def test_a_pack_brings_the_open_risks_whose_review_falls_due_by_the_meeting(taken_in: Folders) -> None:
    add_row(
        taken_in,
        "Risks",
        [("Risk", "Nobody reads it"), ("Owner", "CC"), ("Review", "28 May 2019"), ("Audience", "force")],
        Change(NOW),
    )
    build_pack(taken_in, Order("2019-05-28", None, None, NOW, NOW.date()), print)
    page = (taken_in.build / "2019-05-28-assurance" / "briefing-pack.html").read_text(encoding="utf-8").replace("\xa0", " ")
    risks = page[page.index("Risks to review by this meeting") :].split("</table>")[0]
    assert "Calls go unanswered" in risks
    assert "Recruit 20 call handlers" in risks
    assert "was due 20 May 2019" in risks
    assert "Nobody reads it" in risks
    assert "Due 28 May 2019" in risks
    assert "data centre" not in page
    assert "custody suite closes" not in page


def test_a_risk_is_closed_with_evidence_and_is_overdue_until_then(taken_in: Folders) -> None:
    assert [one.row.ref for one in register_lines(taken_in, NOW.date()).lines if one.kind == "risk" and one.overdue] == ["SR1"]
    with pytest.raises(RefusedError, match="how anybody could see"):
        close_row(taken_in, "SR1", "", "", Change(NOW))
    closed = close_row(taken_in, "SR1", "the figures of May", "", Change(NOW)).row
    assert (closed.text("State"), closed.text("Closed on")) == ("closed", "21 May 2019")
    assert not any(one.overdue for one in register_lines(taken_in, NOW.date()).lines if one.kind == "risk")


def test_an_unknown_state_of_a_risk_is_asked_about(folders: Folders) -> None:
    sheet_of_risks(folders, "Reference", "Risk", "Owner", "Review", "State")
    book = openpyxl.load_workbook(folders.inputs / "register.xlsx")
    book["Risks"].append(("R1/2019", "Floods", "CC", "", "mauve"))
    book.save(folders.inputs / "register.xlsx")
    update_row(folders, "R1/2019", [("Title", "Water")], Change(NOW))
    rows, _ = standing_register(folders, 2019)
    settings = gather_meetings(folders)[0]
    said = " ".join(one.found for one in register_of_rows(rows, settings.office, settings.measures)[1])
    assert '"mauve" is not one of the words for "State"' in said
    assert "has no day of review" in said


def test_without_the_sheet_a_register_opens_as_before_and_only_rows_of_it_are_missed(folders: Folders) -> None:
    def missing() -> list[str]:
        return [one.found for one in standing_register(folders, 2019)[1] if one.kind == "sheet-missing"]

    assert missing() == []
    add_row(folders, "Risks", [("Risk", "Floods"), ("Owner", "CC"), ("Review", "none")], Change(NOW))
    assert ['"Risks"' in one for one in missing()] == [True]


def test_rows_and_columns_that_a_sheet_lacks_are_written_together_each_in_its_own_row(taken_in: Folders) -> None:
    sheet_of_risks(taken_in, "Reference", "Risk", "Owner", "Review", "State")
    update_row(taken_in, "SR2", [("Topic", "")], Change(NOW))
    rows = list(openpyxl.load_workbook(taken_in.inputs / "register.xlsx")["Risks"].iter_rows(values_only=True))
    assert [(row[0], row[5:8]) for row in rows] == [
        ("Reference", ("Rating", "Target", "Treatment")),
        ("SR1", ("16", "8", "Recruit 20 call handlers")),
        ("SR2", ("10", "5", "Test the second site")),
        ("SR3", ("10", "5", None)),
    ]
    assert len([one for one in standing_register(taken_in, 2019)[0] if one.sheet == "Risks"]) == 3


def test_a_dossier_has_the_risks_of_its_topic_with_their_life_and_for_their_readers_alone(folders: Folders) -> None:
    sheet_of_risks(folders, "Reference", "Risk", "Owner", "Review", "State", "Topic")
    add_row(
        folders,
        "Risks",
        [("Risk", "Crime goes unrecorded"), ("Owner", "CC"), ("Review", "none"), ("Topic", "recorded-crime")],
        Change(NOW),
    )
    made = make_dossier(folders, DossierOrder("recorded-crime", Audience.OFFICE, NOW.date()), print).dossier
    risk = next(one for one in made.actions if one.line.words == "Crime goes unrecorded")
    assert risk.life[0].words.startswith("Entered in the register")
    assert "1 risk, 1 open" in [line.text for line in made.summary]
    public = make_dossier(folders, DossierOrder("recorded-crime", Audience.PUBLIC, NOW.date()), print).dossier
    assert all(one.line.words != "Crime goes unrecorded" for one in public.actions)
