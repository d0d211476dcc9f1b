"""Meeting files: a meeting where it differs from its series, and every mistake named."""

from datetime import date, time
from pathlib import Path

import pytest

from reportpack.model.meeting import Meeting, PaperStatus
from reportpack.model.office import Office
from reportpack.model.problem import Problem
from reportpack.read.meetings import read_meetings
from reportpack.settings import read_settings
from tests.settings.offices import write_office

EXAMPLE = Path(__file__).resolve().parents[2] / "inputs"


def office_in(folder: Path) -> Office:
    settings, _ = read_settings(write_office(folder))
    assert settings is not None
    return settings.office


def read_one(folder: Path, text: str, name: str = "2020-01-14-board.toml") -> tuple[list[Meeting], list[Problem]]:
    (folder / "meetings").mkdir(exist_ok=True)
    (folder / "meetings" / name).write_text(text, encoding="utf-8")
    meetings, problems = read_meetings(folder, office_in(folder))
    return list(meetings), list(problems)


def test_the_worked_examples_latest_meeting_is_that_of_28_may_2019() -> None:
    settings, _ = read_settings(EXAMPLE)
    assert settings is not None
    meetings, problems = read_meetings(EXAMPLE, settings.office)
    assert problems == ()
    may = next(meeting for meeting in meetings if meeting.id == "2019-05-28-assurance")
    assert (may.day, may.start_time, may.venue) == (date(2019, 5, 28), time(10), "Meeting Room 1.38, Hindlip")
    assert [paper.status for paper in may.papers] == [PaperStatus.RECEIVED, PaperStatus.TABLED, PaperStatus.AWAITED]
    assert meetings[-1] is may


def test_an_empty_file_is_a_meeting_like_all_of_its_series(tmp_path: Path) -> None:
    (meeting,), problems = read_one(tmp_path, "")
    assert problems == []
    assert (meeting.id, meeting.day, meeting.title) == ("2020-01-14-board", date(2020, 1, 14), "Policing Board")
    assert (meeting.venue, meeting.start_time, meeting.chair) == ("Guildhall", time(14), "mayor")
    assert [item.number for item in meeting.agenda] == ["1", "1.1"]


def test_a_moved_meeting_keeps_its_id(tmp_path: Path) -> None:
    (meeting,), problems = read_one(tmp_path, 'date = 2020-01-21\ntime = "9:30"\napologies = ["chief"]\n')
    assert problems == []
    assert (meeting.id, meeting.day, meeting.start_time) == ("2020-01-14-board", date(2020, 1, 21), time(9, 30))
    assert meeting.apologies == ("chief",)


def test_an_agenda_of_its_own_takes_the_place_of_the_series(tmp_path: Path) -> None:
    (meeting,), problems = read_one(tmp_path, '[[agenda]]\nnumber = "1."\ntitle = "Only this"\n')
    assert problems == []
    assert [(item.number, item.title) for item in meeting.agenda] == [("1", "Only this")]


def test_a_paper_is_received_when_its_file_is_there(tmp_path: Path) -> None:
    (tmp_path / "papers" / "2020-01-14-board").mkdir(parents=True)
    (tmp_path / "papers" / "2020-01-14-board" / "plan.pdf").write_bytes(b"x")
    text = (
        '[[paper]]\ntitle = "Plan"\nitem = "1"\nfile = "plan.pdf"\n[[paper]]\ntitle = "Audit"\nitem = "1.1"\nauthor = "chief"\n'
    )
    (meeting,), problems = read_one(tmp_path, text)
    assert problems == []
    assert [(paper.status, paper.file) for paper in meeting.papers] == [
        (PaperStatus.RECEIVED, "papers/2020-01-14-board/plan.pdf"),
        (PaperStatus.AWAITED, ""),
    ]
    assert meeting.papers[1].wanted_by == date(2020, 1, 9)
    assert meeting.papers[1].source.where == "meetings/2020-01-14-board.toml, line 5"


def test_a_paper_that_lies_there_unlisted_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / "papers" / "2020-01-14-board").mkdir(parents=True)
    (tmp_path / "papers" / "2020-01-14-board" / "late.docx").write_bytes(b"x")
    _, (problem,) = read_one(tmp_path, "")
    assert (problem.kind, problem.source.where) == ("paper-not-listed", "papers/2020-01-14-board/late.docx")


@pytest.mark.parametrize(
    ("text", "kind", "line"),
    [
        ('vennue = "Hall"\n', "unknown-key", 1),
        ('chair = "M"\n', "unknown-post", 1),
        ('[[paper]]\ntitle = "P"\nitem = "7"\n', "unknown-agenda-item", 3),
        ('[[paper]]\ntitle = "P"\nitem = "1"\nstatus = "received"\nfile = "p.pdf"\n', "paper-missing", 5),
        ('[[paper]]\ntitle = "P"\nitem = "1"\nfile = "../../office.toml"\n', "paper-missing", 4),
        ('[[agenda]]\nnumber = "1"\ntitle = "X"\ntopic = "thefts"\n', "unknown-topic", 4),
        ("date = soon\n", "not-toml", 1),
        ('[[paper]]\ntitle = "P"\nitem = "1"\naudience = "all"\n', "unknown-audience", 4),
    ],
)
def test_every_mistake_is_named_with_its_line(tmp_path: Path, text: str, kind: str, line: int) -> None:
    _, problems = read_one(tmp_path, text)
    assert [(problem.kind, problem.source.where) for problem in problems] == [
        (kind, f"meetings/2020-01-14-board.toml, line {line}")
    ]


@pytest.mark.parametrize("name", ["2020-01-14.toml", "2020-02-30-board.toml", "board.toml", "2020-01-14-board.txt"])
def test_a_file_whose_name_names_no_meeting_is_pointed_out(tmp_path: Path, name: str) -> None:
    meetings, (problem,) = read_one(tmp_path, "", name)
    assert meetings == []
    assert problem.kind == "not-a-meeting"
    assert "2020-01-14" in problem.source.file or "board" in problem.source.file


def test_a_series_that_does_not_exist_is_named_with_the_nearest(tmp_path: Path) -> None:
    meetings, (problem,) = read_one(tmp_path, "", "2020-01-14-bord.toml")
    assert meetings == []
    assert (problem.kind, problem.remedy) == ("unknown-series", 'Did you mean "board"?')


def test_one_bad_file_never_hides_another_meeting(tmp_path: Path) -> None:
    read_one(tmp_path, "date = soon\n", "2020-01-14-board.toml")
    meetings, problems = read_one(tmp_path, "", "2020-02-11-board.toml")
    assert [meeting.id for meeting in meetings] == ["2020-02-11-board"]
    assert len(problems) == 1


def test_without_meetings_the_way_to_one_is_said(tmp_path: Path) -> None:
    meetings, (problem,) = read_meetings(tmp_path, office_in(tmp_path))
    assert meetings == ()
    assert problem.kind == "no-meetings"
