"""One inbox for all: figures, notes and papers that are dropped in are put in their place, replies are kept, and what is not sure is asked about."""

import shutil
from datetime import datetime
from pathlib import Path

import docx
import openpyxl
import pytest

from reportpack.model.commission import FormAction, ReplyForm
from reportpack.model.problem import Problem
from reportpack.read.meetings import read_meetings
from reportpack.render.sheet import reply_form_bytes
from reportpack.run.due.inbox import list_inbox
from reportpack.run.office_files import Folders, inbox_files, office_folders
from reportpack.run.status import what_waits
from reportpack.settings import read_settings
from tests.read.papers.made import paper

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime.fromisoformat("2019-05-24T09:00:00+01:00")
AFTER = datetime.fromisoformat("2019-05-29T09:00:00+01:00")
MAY = "2019-05-28-assurance"
EXTRACT = "Performance extract 2019-05-13.xlsx"
TO_BE_SURE = "inbox", "."
"""Where a file may be dropped, below inputs/."""


@pytest.fixture
def office(tmp_path: Path) -> Folders:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    (tmp_path / "inputs" / "inbox").mkdir(exist_ok=True)
    (tmp_path / "inputs" / "minutes" / f"{MAY}.md").unlink()
    return office_folders(tmp_path / "inputs", tmp_path / "build", None)


def dropped(office: Folders, name: str, data: bytes, at: str = "inbox", now: datetime = NOW) -> tuple[Problem, int]:
    """What is said of the one file, and how many replies wait."""
    (office.inputs / at / name).write_bytes(data)
    waiting, _, said = list_inbox(office, now)
    assert len(said) <= 1
    return (said[0] if said else Problem("none", None, "", "")), len(waiting)  # type: ignore[arg-type]


@pytest.mark.parametrize("at", TO_BE_SURE)
def test_figures_go_where_the_measures_look_for_them(office: Folders, at: str) -> None:
    data = (office.inputs / "performance" / EXTRACT).read_bytes()
    said, waiting = dropped(office, "Performance extract 2019-06-13.xlsx", data, at)
    assert (said.kind, said.source.file, waiting) == ("dropped-placed", "performance/Performance extract 2019-06-13.xlsx", 0)
    assert "Read for: 999 calls answered within 10 seconds" in said.found
    assert (office.inputs / said.source.file).read_bytes() == data
    assert inbox_files(office) == ()


def test_figures_that_no_measure_reads_are_said_with_the_step_that_takes_them_in(office: Folders) -> None:
    data = (office.inputs / "performance" / EXTRACT).read_bytes()
    said, _ = dropped(office, "Something new.xlsx", data)
    assert "no measure uses it" in said.found
    assert "measure add 'inputs/performance/Something new.xlsx'" in said.remedy


def test_no_file_is_written_over(office: Folders) -> None:
    there = office.inputs / "performance" / EXTRACT
    before = there.read_bytes()
    same, _ = dropped(office, EXTRACT, before)
    assert same.found.startswith("The same lay there already.")
    book = openpyxl.load_workbook(there)
    book.worksheets[0]["A1"] = "Put right since"
    book.save(office.inputs / "inbox" / EXTRACT)
    (said,) = list_inbox(office, NOW)[2]
    assert said.source.file == "performance/Performance extract 2019-05-13 (2).xlsx"
    assert "A file of that name lay there already, and stays" in said.found
    assert there.read_bytes() == before


@pytest.mark.parametrize("at", TO_BE_SURE)
def test_notes_go_to_their_meeting_whatever_they_are_called(office: Folders, at: str) -> None:
    data = (ROOT / "inputs" / "minutes" / f"{MAY}.md").read_bytes()
    said, waiting = dropped(office, "assurance mtg FINAL.md", data, at, AFTER)
    assert (said.kind, said.source.file, waiting) == ("dropped-placed", f"minutes/{MAY}.md", 0)
    assert f"reportpack annex {MAY}" in said.remedy


def test_other_notes_of_the_day_are_asked_about(office: Folders) -> None:
    data = (ROOT / "inputs" / "minutes" / f"{MAY}.md").read_bytes()
    dropped(office, "notes.md", data)
    said, _ = dropped(office, "notes.md", data + b"\n\nOne more line.\n")
    assert said.kind == "dropped-asked"
    assert "says something else" in said.found
    assert (office.inputs / "inbox" / "notes.md").exists(), "what is asked about stays where it lies"
    (office.inputs / "inbox" / "notes.md").rename(office.inputs / "inbox" / "notes.txt")
    (said,) = list_inbox(office, NOW)[2]
    assert f"there are some already: minutes/{MAY}.md" in said.found


def test_notes_of_a_day_without_a_meeting_are_asked_about(office: Folders) -> None:
    data = (
        (ROOT / "inputs" / "minutes" / f"{MAY}.md")
        .read_bytes()
        .replace(b"28 May 2019", b"4 June 2019")
        .replace(b"2019-05-28", b"2019-06-04")
    )
    said, _ = dropped(office, "notes.md", data)
    assert "4 June 2019, on which no meeting is set" in said.found
    assert "meeting new 2019-06-04" in said.remedy


@pytest.mark.parametrize(
    "name",
    [
        "SOC performance report: crime, serious & organised, finished.pdf".replace(":", ""),
        "2.1.7 Serious and organised crime performance report.pdf",
    ],
)
def test_an_awaited_paper_goes_on_its_line(office: Folders, name: str) -> None:
    said, _ = dropped(office, name, paper())
    assert (
        said.found
        == 'The paper "Serious and organised crime: finished performance report" for item 2.1.7 of 28 May 2019, put here.'
    )
    settings, _ = read_settings(office.inputs)
    assert settings is not None
    meeting = next(one for one in read_meetings(office.inputs, settings.office)[0] if one.id == MAY)
    assert [one.file for one in meeting.papers if one.item == "2.1.7"] == [f"papers/{MAY}/{name}"]


def test_a_paper_that_says_its_line_and_its_readers_is_one_more(office: Folders) -> None:
    said, _ = dropped(office, "2.1.3 Recorded crime in depth (force).pdf", paper())
    assert said.source.file == f"papers/{MAY}/2.1.3 Recorded crime in depth (force).pdf"


@pytest.mark.parametrize(
    ("name", "found", "step"),
    [
        ("Something about bees.pdf", "Nothing says for which line", "papers add 'inputs/inbox/Something about bees.pdf'"),
        ("photo.zip", "Nothing can be used of it", "move it away"),
    ],
)
def test_what_is_not_sure_is_asked_about_and_stays(office: Folders, name: str, found: str, step: str) -> None:
    said, waiting = dropped(office, name, paper() if name.endswith("pdf") else b"PK\x05\x06" + bytes(18))
    assert (said.kind, waiting) == ("dropped-asked", 0)
    assert found in said.found
    assert step in said.remedy
    assert [path.name for path in inbox_files(office)] == [name]
    settings, _ = read_settings(office.inputs)
    assert settings is not None
    assert "1 file to take in: reportpack inbox" in {one.words for one in what_waits(office, settings.office, None)}


@pytest.mark.parametrize("news", [[], ["Latest update"]])
def test_a_list_of_actions_is_asked_about(office: Folders, news: list[str]) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (
        ["Ref", "Action", "Owner", "Due date", "Status", *news],
        ["AP-1", "Share the plan", "CC", "1 June 2019", "Open", "Begun"],
        ["AP-2", "Report back", "DCC", "2 July 2019", "Open", "Not begun"],
    ):
        sheet.append(row)
    book.save(office.inputs / "inbox" / "Action log.xlsx")
    (said,) = list_inbox(office, NOW)[2]
    assert "register import 'inputs/inbox/Action log.xlsx'" in said.remedy


def test_replies_stay_replies(office: Folders) -> None:
    book = office.inputs / "inbox" / "form.xlsx"
    form = ReplyForm(
        "Reply",
        MAY,
        "cc",
        "OFFICIAL",
        "pcc@office.example",
        NOW.date(),
        (FormAction("12/2019", "Share the plan", "1 June 2019"),),
    )
    book.write_bytes(reply_form_bytes(form))
    (said,) = list_inbox(office, NOW)[2]
    assert said.found == "Nothing is filled in beside a reference."
    filled = openpyxl.load_workbook(book)
    sheet = filled.worksheets[0]
    row, names = next((at, row) for at, row in enumerate(sheet.iter_rows(values_only=True), 1) if "Reference" in row)
    sheet.cell(row + 1, names.index("Update") + 1, "Shared on Monday.")
    filled.save(book)
    document = docx.Document()
    document.add_paragraph("12/2019: the plan was shared on Monday, 20 May 2019. Complete.")
    document.save(str(office.inputs / "inbox" / "Update on actions.docx"))
    waiting, taken, _ = list_inbox(office, NOW)
    assert taken == len(waiting) == 2
    assert [[each.ref for each in one.proposals] for one in waiting] == [["12/2019"], ["12/2019"]]


def test_a_text_beside_the_office_s_own_files_is_never_taken_for_a_reply(office: Folders) -> None:
    said, waiting = dropped(office, "to do.txt", b"12/2019 complete\n", ".")
    assert (said.kind, waiting) == ("dropped-asked", 0)
    assert (office.inputs / "to do.txt").exists()


@pytest.mark.parametrize("name", ["a.eml", "a.txt", "a.xlsx"])
def test_a_link_that_leaves_the_office_is_not_followed(office: Folders, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("From: x <x@y.example>\nSubject: z\n\n12/2019 complete\n", "utf-8")
    (office.inputs / "inbox" / name).symlink_to(tmp_path / name)
    waiting, taken, (said,) = list_inbox(office, NOW)
    assert (waiting, taken) == ((), 0)
    assert said.found == "It is a link to a file outside of the office's folder."
    assert (tmp_path / name).exists()
