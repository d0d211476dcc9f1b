"""What a paper's file lacks, as a letter to its author before the meeting: once for each file, and never without a person's word."""

from datetime import timedelta
from pathlib import Path

import pytest
from pikepdf import String

from reportpack.model.duty import DutyKind
from reportpack.model.edition import Audience
from reportpack.model.letter import Letter
from reportpack.run.due.day import DueReport, foresee_due
from reportpack.run.due.letters import send_held, waiting_letters
from reportpack.run.office_files import Folders
from reportpack.run.papers import NewPaper, add_paper, defer_paper
from reportpack.run.steps.recording import Change
from tests.read.papers.made import annotate, paper, scanned, signature
from tests.run.test_due import FIRST, HELD, MEETING, at, did, folders, letters, run

__all__ = ["folders"]
ITEM = 'title = "Any other business"'
COMMENTED = paper(annotate("/Text", Contents=String("secret comment")))
LATER = FIRST + timedelta(days=1)


@pytest.fixture(autouse=True)
def line_for_the_force(folders: Folders) -> None:
    settings = folders.inputs / "office.toml"
    settings.write_text(settings.read_text("utf-8").replace(ITEM, f'{ITEM}\naudience = "force"', 1), "utf-8")


def come(
    folders: Folders, tmp_path: Path, name: str, data: bytes, author: str = "cc", audience: Audience = Audience.FORCE
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    add_paper(folders, MEETING, NewPaper(str(path), "3", audience, author=author), at(FIRST), FIRST)


def held(folders: Folders) -> list[Letter]:
    return [one for held in waiting_letters(folders) if held.what.duty is DutyKind.SHEETS for one in held.what.letters]


def asked_of_officer(report: DueReport) -> str:
    return " ".join(line for deed in report.deeds for line in deed.waiting)


def test_its_author_is_told_what_was_found_what_is_asked_and_by_when_once_for_each_file(folders: Folders, tmp_path: Path) -> None:
    run(folders, FIRST)
    come(folders, tmp_path, "Victim plan.pdf", COMMENTED)
    come(folders, tmp_path, "Old scan.pdf", paper(scanned, signature, pages=1))
    assert "health sheets" in " ".join(one.duty.words for one in foresee_due(folders, LATER).decisions)
    assert did(run(folders, LATER)) == ["health sheets"]
    (letter,) = held(folders)
    assert (letter.to.email, letter.edition) == ("cc.staff@force.example", "force")
    by = HELD - timedelta(days=7)
    for said in (
        f"said below by {by.day} June 2031",
        "Victim plan (Victim plan.pdf): PDF, 2 pages, A4",
        "It is not tagged",
        "Please send a tagged PDF, or the Word file.",
        "left out of the pack: 1 comment or mark. Please send a copy without",
        "does not say its title",
        "does not say its language",
        "Old scan: All pages are pictures without words",
        "It is signed.",
    ):
        assert [said in each for each in (letter.text, letter.html)] == [True, True], said
    assert "secret" not in letter.text
    assert letters(folders, "health") == [], "nobody has let it go"

    assert did(run(folders, LATER + timedelta(days=1))) == []
    come(folders, tmp_path, "Victim plan again.pdf", COMMENTED)
    assert did(run(folders, LATER + timedelta(days=2))) == [], "the same file under another name"
    come(folders, tmp_path, "New plan.pdf", paper(scanned, pages=1))
    assert did(run(folders, LATER + timedelta(days=2))) == ["health sheets"]
    assert "Victim" not in held(folders)[-1].text
    send_held(folders, None, Change(at(LATER + timedelta(days=3)), "Ellis"), lambda _: None)
    assert len(letters(folders, "health")) == 2


def test_it_goes_by_itself_only_where_the_office_says_so(folders: Folders, tmp_path: Path) -> None:
    settings = folders.inputs / "office.toml"
    settings.write_text(settings.read_text("utf-8") + 'alone = ["health sheets"]\n', "utf-8")
    run(folders, FIRST)
    come(folders, tmp_path, "Victim plan.pdf", COMMENTED)
    run(folders, LATER)
    assert held(folders) == []
    assert "What we ask for" in letters(folders, "health")[0]


def test_where_its_author_cannot_be_written_to_the_officer_is_told_what_to_ask(folders: Folders, tmp_path: Path) -> None:
    run(folders, FIRST)
    come(folders, tmp_path, "Nobody's plan.pdf", COMMENTED, author="")
    come(folders, tmp_path, "Office plan.pdf", paper(scanned), audience=Audience.OFFICE)
    said = asked_of_officer(run(folders, LATER))
    assert held(folders) == []
    assert "Nobody's plan: It is not tagged" in said
    assert "names nobody to ask" in said
    assert "Office plan: 1 of its 2 pages is" in said
    assert "not for the edition of its author's post" in said


def test_a_file_that_went_on_to_a_later_meeting_is_not_asked_about_twice(folders: Folders, tmp_path: Path) -> None:
    run(folders, FIRST)
    come(folders, tmp_path, "Victim plan.pdf", COMMENTED)
    run(folders, LATER)
    later = folders.inputs / "meetings" / f"{HELD + timedelta(days=35)}-assurance.toml"
    later.write_text("", "utf-8")
    defer_paper(folders, MEETING, "A", later.stem, LATER)
    assert "health sheets" not in did(run(folders, LATER + timedelta(days=1)))
