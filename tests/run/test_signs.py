"""Notes typed in signs: what they say stands in the annex, in the register and in the next pack, whatever kind of file they are."""

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import docx
import pytest

from reportpack.model.minutes import MatterEnd, Minutes, NotedState
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder, read_file
from reportpack.run.minutes.room import new_minutes
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import standing_register

ROOT = Path(__file__).parents[2]
MAY = "2019-05-28-assurance"
HEAD = """Monthly Assurance Meeting
Date: Tuesday 28 May 2019
Chair: Rowan Ashdown
Present:
Rowan Ashdown, Police and Crime Commissioner (PCC)
Duncan Harcastle, Chief Constable (CC)
Philippa Orme, Deputy Chief Constable (DCC)
Ellis Wainfleet, Policy Officer (PO)
Meera Thorley, Deputy Police and Crime Commissioner (DPCC)
"""
SIGNS = """2.1.1 Confidence
The notes of 30 April 2019 were agreed.
/a cc send the custody note 14/6
/d notes go to the force within ten working days
/q pcc by when, and how would anybody know
/r cc top quartile; the courts have a part in it
/p cc 999 >= 90 each month
=16/2018 accepted
=4/2019 28/6 regional figures late

2.1.2 Satisfaction
=carry sep
= M3/2018 closed
=M4/2018 carry sep

2.1.5 Outcome 16
=carry sep
/i 2.1.1
/a po book the room fri
/i + Custody deaths
/a dcc report on deaths in custody sep
"""


@pytest.fixture
def office(tmp_path: Path) -> Folders:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance", "minutes"))
    (tmp_path / "inputs/minutes").mkdir()
    (tmp_path / "inputs/meetings/2019-09-24-assurance.toml").write_text('venue = "Hindlip"\n', "utf-8")
    return Folders(tmp_path / "inputs", tmp_path / "build")


def write(office: Folders, suffix: str) -> Path:
    path = office.inputs / "minutes" / f"{MAY}{suffix}"
    lines = [*HEAD.splitlines(), "", *SIGNS.splitlines()]
    if suffix == ".docx":
        document = docx.Document()
        for line in lines:
            document.add_paragraph(line)
        document.save(str(path))
    else:
        path.write_text(
            "\n".join(f"## {one}" if suffix == ".md" and re.match(r"\d", one) else one for one in lines) + "\n", "utf-8"
        )
    return path


def read(office: Folders, path: Path) -> Minutes:
    return read_file(path, office.inputs)[0]


@pytest.mark.parametrize("suffix", [".txt", ".md", ".docx"])
def test_every_kind_of_file_says_the_same(office: Folders, suffix: str) -> None:
    minutes = read(office, write(office, suffix))
    new = {one.words: ([owner.post for owner in one.owners], one.due or one.due_meeting, one.item) for one in minutes.actions}
    assert new["send the custody note"] == (["cc"], date(2019, 6, 14), "2.1.1")
    assert new["book the room"] == (["po"], date(2019, 5, 31), "2.1.1")
    assert new["report on deaths in custody"][:2] == (["dcc"], "2019-09")
    assert new["Outcome 16: carried to the September meeting"][1] == "2019-09"
    assert [one.title for one in minutes.items] == ["Confidence", "Satisfaction", "Outcome 16", "Custody deaths"]
    (question,) = minutes.questions
    assert (question.asked_by, question.answered_by, question.answer) == (
        ("PCC",),
        ("CC",),
        "top quartile; the courts have a part in it",
    )
    (promise,) = minutes.commitments
    assert (promise.owner, promise.measure, promise.test) == ("CC", "999", "at least 90")
    became = {one.title: (one.became, one.returns) for one in minutes.brought_forward}
    assert became == {
        "Satisfaction": (MatterEnd.CARRIED, "2019-09"),
        "Hate crime satisfaction": (MatterEnd.CLOSED, None),
        "DA satisfaction": (MatterEnd.CARRIED, "2019-09"),
    }
    assert [one.words for one in minutes.decisions] == [
        "The notes of 30 April 2019 were agreed.",
        "notes go to the force within ten working days",
    ]
    assert [one.kind for one in minutes.queries if one.blocking] == []


def test_they_are_in_the_annex_the_register_and_the_next_pack(office: Folders) -> None:
    write(office, ".docx")
    issue_annex(office, AnnexOrder(MAY, None, datetime(2019, 6, 3, 9, tzinfo=UTC), date(2019, 6, 3)), print)
    annex = (office.build / MAY / "annex.page-source.html").read_text("utf-8")
    for words in ("send the custody note", "within ten working days", "top quartile", "999 at least 90", "14 June 2019"):
        assert words in annex.replace("\xa0", " ")
    assert "/a " not in annex
    found, _ = standing_register(office, 2019)
    rows = {(one.sheet, one.ref): one for one in found}
    action = next(one for one in found if one.text("Action") == "send the custody note")
    assert (action.text("Owner"), action.text("Due"), action.text("State")) == ("CC", "14 June 2019", "open")
    assert rows["Actions", "16/2018"].text("State") == "accepted"
    assert rows["Actions", "4/2019"].text("Due") == "28 June 2019"
    assert rows["Matters", "M2/2018"].text("Due at meeting") == "September 2019"
    assert rows["Matters", "M3/2018"].text("State") == "discharged"
    promise = next(one for one in found if one.text("Words").startswith("CC - 999"))
    assert (promise.text("Measure"), promise.text("Test")) == ("calls-999", "at least 90")
    order = Order("2019-09-24", None, None, datetime(2019, 9, 17, 9, tzinfo=UTC), date(2019, 9, 17))
    build_pack(office, order, print)
    pack = (office.build / "2019-09-24-assurance" / "briefing-pack.page-source.html").read_text("utf-8")
    assert "send the custody note" in pack
    assert "M2/2018" in pack


def test_what_is_unclear_is_asked_and_never_guessed(office: Folders) -> None:
    path = write(office, ".txt")
    path.write_text(
        HEAD + "\n2.1.1 Confidence\n/a supt ward meetings 31/6\n/a ? find the file ?\n/a dcc write to whoever may\n"
        "/x what\n/i 9.9\n=99/2019 accepted\n/a custody note\n",
        "utf-8",
    )
    minutes = read(office, path)
    asked = {(one.kind, one.line) for one in minutes.queries}
    assert {
        ("owner-unknown", "12"),
        ("action-without-date", "12"),
        ("action-without-date", "14"),
        ("slip", "15"),
        ("slip", "16"),
    } <= asked
    assert {("action-unknown", "17"), ("action-without-owner", "18"), ("action-without-date", "18")} <= asked
    assert not any(line == "13" for _, line in asked)
    assert "write to whoever may" in [one.words for one in minutes.actions]
    assert "/x what" in [one.words for one in minutes.passages]


@pytest.mark.parametrize("markdown", [False, True])
def test_the_form_takes_signs(office: Folders, markdown: bool) -> None:
    path, _ = new_minutes(office, MAY, date(2019, 5, 27), markdown=markdown)
    if markdown:
        before, heading, below = path.read_text("utf-8").partition("2.1.1 Confidence")
        assert "/a cc" in before
        before = before.replace("\n\nOutcome:", "\n\n=carry sep\n\nOutcome:", 1)
        path.write_text(f"{before}{heading}{below.replace('Decision:', '/a cc custody note 14/6', 1)}", "utf-8")
    else:
        document = docx.Document(str(path))
        own = [one.text for one in document.paragraphs]
        at = next(at for at, text in enumerate(own) if text == "Decision:" and any("2.1.1" in above for above in own[:at]))
        document.paragraphs[at].text = "/a cc custody note 14/6"
        next(one for one in document.paragraphs if one.text.startswith("Outcome:")).text = "=carry sep"
        document.save(str(path))
    minutes = read(office, path)
    new = [one for one in minutes.actions if not one.ref]
    assert [(one.words, one.due, one.item) for one in new] == [("custody note", date(2019, 6, 14), "2.1.1")]
    assert minutes.brought_forward[0].returns == "2019-09"


def test_the_sign_of_an_outcome_tells_nothing_of_an_action_above_it(office: Folders) -> None:
    path = office.inputs / "minutes" / f"{MAY}.txt"
    said = (
        "2.1.2 Satisfaction",
        "/a cc custody note 14/6",
        "/d the delivery plan is approved",
        "=carry sep",
        "The CC said that 12/2019 is not complete; 90% complete.",
    )
    path.write_text("\n".join((*HEAD.splitlines(), "", *said)) + "\n", "utf-8")
    minutes = read(office, path)
    told = {one.words: (one.ref, one.state, one.update) for one in minutes.actions}
    assert told["custody note"] == (None, NotedState.NEW, "")
    assert minutes.brought_forward[0].became is MatterEnd.CARRIED
    assert [update for _, state, update in told.values() if state is NotedState.OPEN] == ["not complete"]
    assert not [one.found for one in minutes.queries if "File quality" in one.found]
