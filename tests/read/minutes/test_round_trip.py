"""`minutes new`, typed in by somebody, and read back: nothing typed is lost, and nothing empty is read as something."""

import io
import shutil
from datetime import date
from itertools import pairwise
from pathlib import Path

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

from reportpack.errors import InputError
from reportpack.model.minutes import Attended, Minutes, NotedState
from reportpack.read.minutes.reading import read_minutes, read_minutes_bytes
from reportpack.run.minutes.room import new_minutes
from reportpack.run.office_files import Folders

EXAMPLE = Path(__file__).parents[3] / "inputs"
TODAY = date(2019, 5, 20)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    shutil.copytree(EXAMPLE, tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "minutes"))
    return Folders(tmp_path / "inputs", tmp_path / "build")


def read(path: Path) -> Minutes:
    minutes, problems = read_minutes(path, path.name, None)
    assert minutes is not None, problems
    return minutes


@pytest.mark.parametrize("markdown", [False, True])
def test_an_empty_form_says_what_was_known_and_nothing_more(folders: Folders, markdown: bool) -> None:
    path, _ = new_minutes(folders, "2019-05-28", TODAY, markdown=markdown)
    minutes = read(path)
    assert (minutes.day, f"{minutes.start:%H:%M}") == (date(2019, 5, 28), "10:00")
    assert {one.status for one in minutes.attendance} == {Attended.UNKNOWN}
    assert {action.state for action in minutes.actions} == {NotedState.OPEN}
    assert all(action.ref for action in minutes.actions)
    assert minutes.decisions == ()
    assert minutes.commitments == ()
    assert [matter.outcome for matter in minutes.brought_forward] == [None, None, None]
    assert [matter.evidence for matter in minutes.brought_forward] == [(), (), ()]
    assert minutes.questions
    assert all(question.answer is None for question in minutes.questions)
    assert [item.path for item in minutes.items][:4] == ["1", "1.1", "1.2", "1.3"]


@pytest.mark.parametrize("markdown", [False, True])
def test_it_is_never_written_over(folders: Folders, markdown: bool) -> None:
    path, _ = new_minutes(folders, "2019-05-28", TODAY, markdown=False)
    before = path.read_bytes()
    with pytest.raises(InputError, match="already"):
        new_minutes(folders, "2019-05-28", TODAY, markdown=markdown)
    assert path.read_bytes() == before


def test_whatever_the_numbers_of_the_agenda_no_level_of_heading_is_skipped_and_words_stay_words(folders: Folders) -> None:
    lines = [("1", "Welcome"), ("2.1.1", 'Crime <b> & "what next"'), ("3.1", "Next meeting")]
    agenda = "\n".join(f"[[agenda]]\nnumber = '{number}'\ntitle = '{title}'" for number, title in lines)
    (folders.inputs / "meetings" / "2019-05-28-assurance.toml").write_text(agenda, encoding="utf-8")
    path, _ = new_minutes(folders, "2019-05-28", TODAY, markdown=False)
    assert [item.title for item in read(path).items if item.path in ("1", "2.1.1")] == ["Welcome", lines[1][1]]
    names = [one.style.name for one in docx.Document(str(path)).paragraphs if one.style is not None]
    levels = [int(name[-1]) for name in names if name is not None and name.startswith("Heading")]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def _typed(path: Path) -> Path:
    document = docx.Document(str(path))
    people, actions = document.tables
    for row, said in zip(people.rows[1:], ["present", "Apologies", "Present", "present", "present"], strict=False):
        row.cells[2].text = said
    actions.rows[1].cells[4].text = "Complete, paper received"
    heading = ""
    for paragraph in document.paragraphs:
        name = paragraph.style.name if paragraph.style is not None else ""
        heading = paragraph.text if name is not None and name.startswith("Heading") else heading
        number, text = heading.split(" ")[0], paragraph.text
        if number == "1.1" and text.startswith("Outcome"):
            paragraph.text = text.replace("\u2610 closed", "\u2612 closed")
        elif number == "1.2" and text.startswith("Outcome"):
            paragraph.text = "Outcome: carried to the November 2019 meeting"
        elif number == "2.1.1" and text.startswith("Action:"):
            paragraph.text = "Action: CC to share his briefing note with the PCC by 14 June."
        elif number == "2.1.2" and text == "":
            paragraph.text = "The PCC asked why satisfaction had fallen. The CC replied that Shropshire was an outlier."
        elif number == "2.1.2" and text.startswith("Decision:"):
            paragraph.text = "Decision: The plan was endorsed."
        elif number == "2.1.2" and text.startswith("Commitment:"):
            paragraph.text = "Commitment: The CC expects to see 4 LPAs with over 80% satisfaction next month."
        elif number == "2.1.4" and text.startswith("Answer:"):
            paragraph.text = "Answer: In the top quartile, within two years."
        elif number == "4" and text.startswith("Date:"):
            paragraph.text = "Date: Monday 24 June 2019"
        elif number == "4" and text.startswith("Type:"):
            paragraph.text = "Type: Public Facebook Live meeting"
    stream = io.BytesIO()
    document.save(stream)
    path.write_bytes(stream.getvalue())
    return path


def test_what_is_typed_is_read_back(folders: Folders) -> None:
    path, _ = new_minutes(folders, "2019-05-28", TODAY, markdown=False)
    minutes = read(_typed(path))
    assert [one.status.value for one in minutes.attendance] == ["present", "apologies", "present", "present", "present"]
    assert next(action for action in minutes.actions if action.ref == "1/2019").state is NotedState.CLOSED
    (new,) = [action for action in minutes.actions if action.state is NotedState.NEW]
    assert (new.words, new.item, f"{new.due}") == (
        "CC to share his briefing note with the PCC by 14 June.",
        "2.1.1",
        "2019-06-14",
    )
    assert [one.words for one in minutes.decisions] == ["The plan was endorsed."]
    (promise,) = [one for one in minutes.commitments if one.test]
    assert (promise.owner, promise.test, promise.due) == ("CC", "4 areas over 80", "2019-06")
    assert [matter.outcome for matter in minutes.brought_forward] == ["closed", "carried to the November 2019 meeting", None]
    assert minutes.brought_forward[0].evidence
    answered = [question for question in minutes.questions if question.answer]
    assert "In the top quartile, within two years." in [question.answer for question in answered]
    assert minutes.next_meeting is not None
    assert (minutes.next_meeting.day, minutes.next_meeting.type) == (date(2019, 6, 24), "Public Facebook Live meeting")
    assert any(one.speakers == ("CC",) for one in minutes.statements)


def _by_other_hands(path: Path) -> Path:
    """Words below an empty label, pasted lists, two lines in one paragraph, a tracked insertion, a heading struck out, rows added."""
    document = docx.Document(str(path))
    slots: dict[str, Paragraph] = {}
    heading = ""
    for paragraph in document.paragraphs:
        if paragraph.style is not None and (paragraph.style.name or "").startswith("Heading"):
            heading = paragraph.text.split(" ")[0]
        if paragraph.text.startswith("Action:"):
            slots.setdefault(heading, paragraph)
    slots["2.1.2"].insert_paragraph_before("Action \u2013 DCC to read 100 records again (by 30 June)", "List Bullet")
    slots["2.1.3"].text = "Action:"
    slots["2.1.3"].runs[0].add_break()
    slots["2.1.3"].add_run("PCC to write to the Board.")
    inserted = OxmlElement("w:ins")
    inserted.set(qn("w:author"), "Somebody")
    run = OxmlElement("w:r")
    words = OxmlElement("w:t")
    words.text = " CC to look at outcome 16."
    run.append(words)
    inserted.append(run)
    slots["2.1.5"]._p.append(inserted)
    people, actions = document.tables
    row = people.add_row()  # type: ignore[no-untyped-call]
    row.cells[0].text, row.cells[1].text, row.cells[2].text = "Visitor Person", "HMICFRS", "present"
    row = actions.add_row()  # type: ignore[no-untyped-call]
    row.cells[1].text, row.cells[2].text, row.cells[3].text = "PO to arrange a visit", "PO", "1 July 2019"
    document.save(str(path))
    return path


def test_what_other_hands_did_to_the_form_is_read_back(folders: Folders) -> None:
    path, _ = new_minutes(folders, "2019-05-28", TODAY, markdown=False)
    minutes = read(_by_other_hands(path))
    new = [(one.words, [owner.as_written for owner in one.owners]) for one in minutes.actions if one.state is NotedState.NEW]
    assert new == [
        ("PO to arrange a visit", ["PO"]),
        ("DCC to read 100 records again (by 30 June)", ["DCC"]),
        ("PCC to write to the Board.", ["PCC"]),
        ("CC to look at outcome 16.", ["CC"]),
    ]
    assert (minutes.attendance[-1].name, minutes.attendance[-1].status) == ("Visitor Person", Attended.PRESENT)


FLATTENED = """Assurance notes
Date: 28 May 2019

Attendance
Name
Post
Present or apologies
Helen Prosser
Commissioner
Y
Carys Beddoes
Chief Constable
sent apologies
Tobias Rudge
Chief Executive

Open actions
Ref
Action
Owner
Due
Update
1/2019
The CC to set out how the teams' time is spent.
CC
26 March 2019
done
12/2019
The CC to say when file quality will reach 75 per cent.
CC
OPCC to arrange a visit
PO
1 July 2019

1 Performance
The PCC asked about call handling.
"""


def test_tables_that_lost_their_cells_are_put_together_again() -> None:
    minutes, _ = read_minutes_bytes(FLATTENED.encode(), "notes.txt", ".txt", None)
    assert minutes is not None
    assert [one.status.value for one in minutes.attendance] == ["present", "apologies", "unknown"]
    assert [(one.ref, one.state.value) for one in minutes.actions] == [("1/2019", "closed"), ("12/2019", "open"), (None, "new")]


def test_what_was_left_empty_is_not_printed_and_of_the_boxes_only_the_one_that_is_ticked(folders: Folders) -> None:
    path, _ = new_minutes(folders, "2019-05-28", TODAY, markdown=False)
    document = docx.Document(str(path))
    boxes = [one for one in document.paragraphs if one.text.startswith("Outcome:")]
    boxes[0].runs[0].text = boxes[0].text.replace("\u2610 closed", "\u2612 closed")
    answer = next(one for one in document.paragraphs if one.text.startswith("Answer:"))
    for run in answer.runs[1:]:
        run.text = ""
    answer.runs[0].text = "Answer:"
    answer.insert_paragraph_before("ACTION - CC to write to partners.")
    row = document.tables[1].rows[-1]
    row.cells[0].text, row.cells[1].text, row.cells[2].text = "", "The ACC to arrange a visit", "ACC"
    document.save(str(path))
    minutes = read(path)
    words = [one.words for one in minutes.passages]
    assert [one for one in words if one.startswith("Outcome:")] == ["Outcome: closed"]
    assert [one for one in words if one in ("Action:", "Decision:", "Commitment:", "Answer:")] == []
    assert any("The ACC to arrange a visit" in one.cells for one in minutes.passages)
