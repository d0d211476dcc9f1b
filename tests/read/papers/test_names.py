"""Papers dropped into a meeting's folder: the number in the name says the line, a word in brackets who may read it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.model.edition import Audience
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.office import AgendaItem
from reportpack.model.problem import Problem, Source
from reportpack.read.papers.names import PaperName, take_dropped

AGENDA = (AgendaItem("2.1", "The plan"), AgendaItem("2.1.2", "Satisfaction"), AgendaItem("2.1.7", "Serious and organised crime"))
AWAITED = Paper(
    "Organised crime: finished report", "2.1.7", PaperStatus.AWAITED, audience=Audience.FORCE, source=Source("meetings/m.toml")
)
MEETING = Meeting("m", "assurance", date(2019, 5, 28), "Meeting", agenda=AGENDA, papers=(AWAITED,))


def dropped(*names: str) -> tuple[tuple[Paper, ...], tuple[Problem, ...]]:
    meeting, problems = take_dropped(MEETING, [f"papers/m/{one}" for one in names])
    return meeting.papers, problems


@pytest.mark.parametrize(
    ("name", "number", "title", "audience"),
    [
        ("2.1.2 Victim plan.docx", "2.1.2", "Victim plan", None),
        ("2.1.2 Victim plan (force).docx", "2.1.2", "Victim plan", Audience.FORCE),
        ("Item 2.1.2 - Victim_plan [public].pdf", "2.1.2", "Victim plan", Audience.PUBLIC),
        ("2.1.2.pdf", "2.1.2", "", None),
        ("2.1.2.", "2.1.2", "", None),
        ("Victim plan v0.4 DRAFT.pdf", "", "Victim plan v0.4 DRAFT", None),
        ("2019 plan.pdf", "2019", "plan", None),
        ("Plan (final).pdf", "", "Plan (final)", None),
    ],
)
def test_a_name_says_line_title_and_readers(name: str, number: str, title: str, audience: Audience | None) -> None:
    assert PaperName.of(name) == PaperName(number, title, audience)


@given(st.text(max_size=40))
def test_every_name_can_be_read(name: str) -> None:
    assert PaperName.of(name).number.replace(".", "").isdigit() or not PaperName.of(name).number


def test_a_number_puts_it_on_its_line_for_the_office_alone_and_that_is_said() -> None:
    (_, paper), (problem,) = dropped("2.1.2 Victim plan.docx")
    assert (paper.title, paper.item, paper.status, paper.audience) == (
        "Victim plan", "2.1.2", PaperStatus.RECEIVED, Audience.OFFICE,
    )  # fmt: skip
    assert problem.kind == "paper-for-whom"
    assert "for the office alone" in problem.found


def test_readers_in_brackets_are_its_readers() -> None:
    (_, paper), problems = dropped("2.1.2 Victim plan (force).docx")
    assert (paper.audience, problems) == (Audience.FORCE, ())


def test_what_was_awaited_under_such_a_title_has_come() -> None:
    (paper,), problems = dropped("2.1.7 organised crime report finished v2.pdf")
    assert (paper.title, paper.status, paper.file) == (AWAITED.title, PaperStatus.RECEIVED, paper.file)
    assert paper.file.endswith("v2.pdf")
    assert (paper.audience, problems) == (Audience.FORCE, ())


def test_another_paper_for_the_line_is_no_awaited_one() -> None:
    papers, _ = dropped("2.1.7 County lines (force).pdf")
    assert [(one.title, one.status) for one in papers] == [
        (AWAITED.title, PaperStatus.AWAITED),
        ("County lines", PaperStatus.RECEIVED),
    ]


def test_a_name_without_a_number_is_asked_about_and_not_taken() -> None:
    papers, (problem,) = dropped("Finished organised crime.pdf")
    assert papers == (AWAITED,)
    assert 'Is it for 2.1.7, "Organised crime: finished report"?' in problem.found
    assert "papers add 'Finished organised crime.pdf' m --item 2.1.7" in problem.remedy


def test_a_number_that_the_agenda_has_not_is_said() -> None:
    papers, (problem,) = dropped("9.9 Thing.pdf")
    assert papers == (AWAITED,)
    assert "the agenda has no item 9.9." in problem.found


def test_two_papers_of_one_name_are_one_and_a_question() -> None:
    papers, problems = dropped("2.1.2 Plan (force).docx", "2.1.2 plan (force).pdf")
    assert len(papers) == 2
    assert problems[-1].kind == "paper-twice"
    assert "2.1.2 Plan (force).docx" in problems[-1].found
