"""The papers of a meeting: the list, a paper put on its line, and the letter that each keeps."""

import shutil
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reportpack.cli.main import app
from reportpack.errors import InputError, RefusedError
from reportpack.ledger import Ledger, open_ledger
from reportpack.model.edition import Audience
from reportpack.model.event import Event
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.problem import Source
from reportpack.run.office_files import Folders, office_folders
from reportpack.run.papers import NewPaper, add_paper, defer_paper, look_at_papers
from reportpack.run.steps.paper_letters import letters_to_record, with_letters
from tests.read.papers.made import paper

ROOT = Path(__file__).resolve().parents[2]
NOW = datetime.fromisoformat("2019-05-24T09:00:00+01:00")
DAY = NOW.date()
MAY = "2019-05-28-assurance"


@pytest.fixture
def office(tmp_path: Path) -> Folders:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    return office_folders(tmp_path / "inputs", tmp_path / "build", None)


def lie(office: Folders, name: str, data: bytes = b"") -> Path:
    path = office.inputs / "papers" / MAY / name
    path.write_bytes(data or paper())
    return path


def declared(office: Folders) -> str:
    return (office.inputs / "meetings" / f"{MAY}.toml").read_text("utf-8")


def test_the_list_has_every_paper_with_its_letter_and_its_file_s_health(office: Folders) -> None:
    lie(office, "2.1.3 Recorded crime (force).pdf")
    look = look_at_papers(office, MAY, DAY)
    assert [(one.paper.letter, one.paper.item, one.health is not None) for one in look.papers] == [
        ("A", "2.1.2", True), ("B", "2.1.5", False), ("C", "2.1.7", False), ("D", "2.1.3", True),
    ]  # fmt: skip
    assert "other readers are told that it is left out" in look.papers[3].remarks[0]
    assert [one.kind for one in look.problems] == ["paper-not-tagged", "paper-fonts"]


def test_a_paper_from_anywhere_is_put_on_its_line(office: Folders, tmp_path: Path) -> None:
    path = tmp_path / "County lines.pdf"
    path.write_bytes(paper())
    _, added, told = add_paper(office, MAY, NewPaper(str(path), "2.1.7", Audience.FORCE, author="cc"), NOW, DAY)
    assert (added.title, added.item, added.audience, added.author, told) == ("County lines", "2.1.7", Audience.FORCE, "cc", True)
    assert (office.inputs / added.file).read_bytes() == path.read_bytes()
    assert declared(office).startswith("# Tuesday 28 May 2019")


def test_what_is_awaited_under_such_a_title_is_that_paper(office: Folders) -> None:
    lie(office, "finished performance report, serious and organised crime.pdf")
    new = NewPaper("finished performance report, serious and organised crime.pdf", "2.1.7")
    _, added, _ = add_paper(office, MAY, new, NOW, DAY)
    assert (added.title, added.audience) == ("Serious and organised crime: finished performance report", Audience.FORCE)
    assert declared(office).count("[[paper]]") == 3
    again = add_paper(office, MAY, NewPaper(new.file, "2.1.7", Audience.OFFICE), NOW, DAY)[1]
    assert again.audience is Audience.OFFICE
    assert declared(office).count("[[paper]]") == 3


def test_no_paper_takes_the_place_of_another(office: Folders, tmp_path: Path) -> None:
    lie(office, "2.1.3 Crime.pdf")
    other = tmp_path / "2.1.3 Crime.pdf"
    other.write_bytes(paper(pages=3))
    before = declared(office)
    with pytest.raises(RefusedError, match="Another paper of that name"):
        add_paper(office, MAY, NewPaper(str(other)), NOW, DAY)
    with pytest.raises(InputError, match="no item that the name tells"):
        add_paper(office, MAY, NewPaper("Plan.pdf"), NOW, DAY)
    with pytest.raises(InputError, match="no file"):
        add_paper(office, MAY, NewPaper("2.1.3 Nowhere.pdf"), NOW, DAY)
    assert declared(office) == before


def test_the_command_says_that_nobody_said_for_whom(office: Folders) -> None:
    lie(office, "2.1.3 Crime.pdf")
    result = CliRunner().invoke(app, ["papers", "add", "2.1.3 Crime.pdf", MAY, "--inputs", str(office.inputs)])
    assert result.exit_code == 0
    assert "item 2.1.3: Crime, for the office" in result.stdout
    assert "--audience force" in result.stderr


def meeting(*titles: str, file: str = "") -> Meeting:
    papers = tuple(Paper(one, "1", PaperStatus.AWAITED, source=Source("meetings/m.toml"), file=file) for one in titles)
    notes = Paper("Notes to be agreed", "1", PaperStatus.RECEIVED)
    return Meeting("m", "s", date(2019, 5, 28), "Meeting", papers=(notes, *papers))


def lettered(ledger: Ledger, one: Meeting) -> dict[str, str]:
    found = with_letters(ledger, one)
    ledger.record([Event(each, NOW) for each in letters_to_record(ledger, found)])
    return {paper.title: paper.letter for paper in found.papers}


def test_a_letter_is_a_papers_own_for_good(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        assert lettered(ledger, meeting("Plan", "Audit")) == {"Notes to be agreed": "", "Plan": "A", "Audit": "B"}
        late = lettered(ledger, meeting("Late", "Plan", "Audit"))
        assert (late["Late"], late["Plan"], late["Audit"]) == ("C", "A", "B")
        gone = lettered(ledger, meeting("Another", "Late", "Audit"))
        assert (gone["Another"], gone["Late"], gone["Audit"]) == ("D", "C", "B")
        assert lettered(ledger, meeting("Plan", "Audit"))["Plan"] == "A"


def test_a_paper_with_another_title_and_the_same_file_keeps_its_letter(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        assert lettered(ledger, meeting("Plan"))["Plan"] == "A"
        assert lettered(ledger, meeting("Plan", file="papers/m/plan.pdf"))["Plan"] == "A"
        assert lettered(ledger, meeting("Delivery plan", file="papers/m/plan.pdf"))["Delivery plan"] == "A"
        assert letters_to_record(ledger, with_letters(ledger, meeting("Delivery plan", file="papers/m/plan.pdf"))) == ()
        assert lettered(ledger, meeting("Plan"))["Plan"] == "B"


def test_a_paper_whose_line_was_numbered_anew_keeps_its_letter(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        lettered(ledger, meeting("Plan", "Report"))
        _, plan, report = meeting("Plan", "Report").papers
        papers = (replace(report, item="9"), replace(plan, item="8"), plan)
        letters = [one.letter for one in with_letters(ledger, replace(meeting(), papers=papers)).papers]
    assert letters == ["B", "C", "A"]


def test_after_z_comes_aa(tmp_path: Path) -> None:
    with open_ledger(tmp_path) as ledger:
        found = lettered(ledger, meeting(*(f"Paper {number}" for number in range(28))))
        assert (found["Paper 25"], found["Paper 26"], found["Paper 27"]) == ("Z", "AA", "AB")


def test_a_deferred_paper_goes_on_to_the_meeting_that_takes_it(office: Folders) -> None:
    (office.inputs / "meetings" / "2019-06-25-assurance.toml").write_text("", "utf-8")
    lie(office, "2.1.3 Recorded crime (force).pdf")
    for letter in ("A", "D"):
        defer_paper(office, MAY, letter, "2019-06-25", DAY)
    here, there = (look_at_papers(office, one, DAY) for one in (MAY, "2019-06-25"))
    assert [(one.paper.letter, one.paper.status.value, one.health is None) for one in here.papers][::3] == [
        ("A", "deferred", True), ("D", "deferred", True),
    ]  # fmt: skip
    assert [(one.paper.item, one.paper.status.value, one.health is None) for one in there.papers] == [
        ("2.1.2", "received", False), ("2.1.3", "received", False),
    ]  # fmt: skip
    assert there.papers[1].paper.audience is Audience.FORCE
    assert "deferred_to = 2019-06-25" in declared(office)
    assert not [one for one in here.problems if one.kind != "paper-tracked"]


def test_a_paper_is_deferred_to_another_meeting_of_its_series_alone(office: Folders) -> None:
    before = declared(office)
    with pytest.raises(InputError, match="no other meeting of that series"):
        defer_paper(office, MAY, "A", MAY, DAY)
    with pytest.raises(InputError, match="has no paper Z"):
        defer_paper(office, MAY, "Z", "2019-04-30", DAY)
    assert declared(office) == before
    path = office.inputs / "meetings" / f"{MAY}.toml"
    path.write_text(before.replace("[[paper]]\n", "[[paper]]\ndeferred_to = 2019-12-24\n", 1), "utf-8")
    assert "paper-deferred-nowhere" in {one.kind for one in look_at_papers(office, MAY, DAY).problems}
