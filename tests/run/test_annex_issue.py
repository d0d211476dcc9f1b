"""Issuing notes: what the register learns, once; what is refused; and agreement."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import RefusedError
from reportpack.ledger import open_ledger
from reportpack.model.noted import Restated
from reportpack.model.register_row import RegisterRow
from reportpack.run.minutes.annex_issue import BuiltAnnex, agree_annex, build_annex, issue_annex, left_open
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import standing_register, update_row
from reportpack.run.steps.recording import Change

ROOT = Path(__file__).parents[2]
MEETING = "2019-05-28-assurance"


@pytest.fixture(scope="module")
def issued_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example whose notes were issued."""
    folder = tmp_path_factory.mktemp("issued") / "office"
    shutil.copytree(ROOT / "inputs", folder / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    built = issue_annex(*ordered(folder))
    assert [one.ref for one in built.given if one.sheet != "Questions"] == [
        "13/2019",
        "M2/2019",
        "14/2019",
        "M3/2019",
        "M4/2019",
        "15/2019",
        "C5/2019",
    ]
    return folder


@pytest.fixture
def office(issued_office: Path, tmp_path: Path) -> Path:
    shutil.copytree(issued_office, tmp_path / "office")
    return tmp_path / "office"


def ordered(office: Path, day: int = 3) -> tuple[Folders, AnnexOrder, "Silent"]:
    order = AnnexOrder(MEETING, None, datetime(2019, 6, day, 9, tzinfo=UTC), date(2019, 6, day))
    return Folders(office / "inputs", office / "build"), order, Silent()


class Silent:
    def __call__(self, said: str) -> None:
        """Say nothing."""


def rows(office: Path) -> dict[tuple[str, str], RegisterRow]:
    found, _ = standing_register(Folders(office / "inputs", office / "build"), 2019)
    return {(row.sheet, row.ref): row for row in found}


def events(office: Path) -> int:
    with open_ledger(office / "inputs" / "memory", register_number=None) as ledger:
        return ledger.size()


def rewrite(office: Path, old: str, new: str) -> None:
    notes = office / "inputs" / "minutes" / f"{MEETING}.md"
    text = notes.read_text(encoding="utf-8")
    assert old in text
    notes.write_text(text.replace(old, new), encoding="utf-8")


def annex_source(office: Path) -> str:
    return (office / "build" / MEETING / "annex.page-source.html").read_text(encoding="utf-8").replace("\xa0", " ")


def answer_the_blocking_queries(office: Path) -> None:
    rewrite(office, "The PC asked whether", "The PCC asked whether")
    rewrite(
        office,
        "DA satisfaction to be reviewed at the May 2019 meeting\n",
        "DA satisfaction to be reviewed at the May 2019 meeting.\n",
    )
    rewrite(
        office,
        "The PCC noted that hate",
        "The PCC was told that DA satisfaction has no new figures yet.\n\nThe PCC noted that hate",
    )


def test_an_action_is_in_the_register_with_its_words_owner_day_and_item(office: Path) -> None:
    action = rows(office)["Actions", "14/2019"]
    assert action.text("Action").startswith("DCC to have 100 records of violence without injury read again")
    assert action.text("Owner") == "DCC"
    assert action.text("Due") == "30 August 2019"
    assert action.text("State") == "open"
    assert (action.text("Topic"), action.text("Item"), action.text("Raised at")) == ("recorded-crime", "2.1.3", MEETING)
    assert action.text("Audience") == "force"


def test_what_comes_back_is_a_matter_with_its_meeting_its_condition_and_what_was_said(office: Path) -> None:
    matter = rows(office)["Matters", "M2/2019"]
    assert matter.text("Title") == "Confidence"
    assert matter.text("Due at meeting") == "November 2019"
    assert matter.text("Condition").startswith("after the first two quarters of the 2019/20 perception survey")
    assert "The DCC added that the work inside the force had come first" in matter.text("What was said")
    assert "to be brought back" not in matter.text("What was said")


def test_a_promise_is_a_commitment_with_its_test_and_its_measure(office: Path) -> None:
    promise = rows(office)["Commitments", "C5/2019"]
    assert promise.text("Test") == "4 areas over 80"
    assert promise.text("Measure") == "victim-satisfaction"
    assert promise.text("Figures for") == "June 2019"
    assert promise.text("Owner") == "CC"


def test_a_matter_without_an_outcome_stays_carried_and_says_so(office: Path) -> None:
    satisfaction, domestic = rows(office)["Matters", "M2/2018"], rows(office)["Matters", "M4/2018"]
    assert satisfaction.text("State") == domestic.text("State") == "carried forward"
    assert satisfaction.text("Outcome") == "28 May 2019: no outcome recorded, discussed at 2.1.2."
    assert domestic.text("Outcome") == "28 May 2019: no outcome recorded, and no passage of the notes discusses it."


def test_the_workbook_has_the_new_rows(office: Path) -> None:
    sheet = openpyxl.load_workbook(office / "inputs" / "register.xlsx")["Actions"]
    assert [row[0] for row in sheet.iter_rows(min_row=2, values_only=True)][-3:] == ["13/2019", "14/2019", "15/2019"]


def test_the_issued_annex_has_its_references_and_says_that_it_is_not_agreed(office: Path) -> None:
    source = annex_source(office)
    assert "Issued for accuracy on 3 June 2019; not yet agreed" in source
    assert "Number given when issued" not in source
    assert "14/2019" in source
    assert (office / "build" / MEETING / "annex.force.pdf").is_file()


def test_a_second_time_changes_nothing(office: Path) -> None:
    before = {path: path.read_bytes() for path in office.rglob("*") if path.is_file() and "memory" not in path.parts}
    count = events(office)
    assert issue_annex(*ordered(office, 20)).given == ()
    build_annex(*ordered(office, 21))
    assert events(office) == count
    assert {path: path.read_bytes() for path in office.rglob("*") if path.is_file() and "memory" not in path.parts} == before


def test_a_reference_stays_with_its_words_when_the_notes_gain_an_action(office: Path) -> None:
    rewrite(office, "## 3. AOB\n", "## 3. AOB\n\nAction: PO to send the dates of the autumn meetings.\n")
    built = issue_annex(*ordered(office, 5))
    assert [(one.sheet, one.ref) for one in built.given if one.sheet != "Questions"] == [("Actions", "16/2019")]
    assert rows(office)["Actions", "14/2019"].text("Owner") == "DCC"
    assert built.version == "v2 for accuracy"


def test_an_action_whose_words_changed_is_asked_about_and_never_renumbered(office: Path) -> None:
    before, count = rows(office), events(office)
    rewrite(office, "The CC to clarify what the finished SOC report will measure", "The CC to say when the SOC report will come")
    with pytest.raises(RefusedError) as refused:
        issue_annex(*ordered(office, 5))
    assert '15/2019, "The CC to clarify what the finished SOC report will measure"' in refused.value.found
    assert '"The CC to say when the SOC report will come" is new. Is that the same?' in refused.value.found
    assert rows(office) == before
    assert events(office) == count


def test_a_register_that_somebody_closed_an_action_in_is_not_undone_by_issuing_again(office: Path) -> None:
    workbook = openpyxl.load_workbook(office / "inputs" / "register.xlsx")
    sheet = workbook["Actions"]
    line = next(row for row in sheet.iter_rows(min_row=2) if row[0].value == "13/2019")
    line[7].value = "closed"
    workbook.save(office / "inputs" / "register.xlsx")
    answer_the_blocking_queries(office)
    issue_annex(*ordered(office, 5))
    assert rows(office)["Actions", "13/2019"].text("State") == "closed"


def test_what_other_meetings_leave_open_is_asked_about_before_notes_are_agreed(office: Path) -> None:
    answer_the_blocking_queries(office)
    issue_annex(*ordered(office, 5))
    count = events(office)
    assert "notes-missing" in {one.kind for one in left_open(*ordered(office, 25)[:2])}
    program = [sys.executable, "-m", "reportpack", "annex", "agree", "2019-05-28", "--now", "2019-06-25T12:00"]
    ours, theirs = os.openpty()
    machine = [*program, "--json", "--inputs", "held/inputs", "--build", "held/build"]
    shutil.copytree(office / "inputs", office / "held" / "inputs")
    run = subprocess.run(machine, cwd=office, stdin=theirs, capture_output=True, text=True, check=False, timeout=300)
    os.close(theirs)
    os.close(ours)
    assert "all the same" not in run.stderr
    assert any("no notes of them are here" in one["found"] for one in json.loads(run.stdout)["problems"])
    for answer, agreed in ((b"n\n", False), (b"y\n", True)):
        ours, theirs = os.openpty()
        os.write(ours, answer)
        run = subprocess.run(program, cwd=office, stdin=theirs, capture_output=True, text=True, check=False)
        os.close(theirs)
        os.close(ours)
        assert "Record that the notes are agreed all the same?" in run.stderr
        assert ("v2 agreed" in run.stderr, run.returncode == 0, events(office) > count) == (agreed, agreed, agreed)


def test_notes_with_blocking_queries_cannot_be_agreed(office: Path) -> None:
    with pytest.raises(RefusedError, match="2 of the queries must be answered"):
        agree_annex(*ordered(office, 25))


def test_notes_that_were_never_issued_cannot_be_agreed(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    with pytest.raises(RefusedError, match="were not issued yet"):
        agree_annex(*ordered(tmp_path))


def test_notes_that_changed_since_cannot_be_agreed(office: Path) -> None:
    answer_the_blocking_queries(office)
    with pytest.raises(RefusedError, match="changed since they were issued on 3 June 2019"):
        agree_annex(*ordered(office, 25))


def test_agreement_is_recorded_once_with_its_day_and_changes_no_row(office: Path) -> None:
    answer_the_blocking_queries(office)
    issue_annex(*ordered(office, 5))
    before = rows(office)
    built: BuiltAnnex = agree_annex(*ordered(office, 25))
    assert built.version == "v2 agreed"
    assert "Agreed on 25 June 2019" in annex_source(office)
    count = events(office)
    agree_annex(*ordered(office, 27))
    assert events(office) == count
    assert "Agreed on 25 June 2019" in annex_source(office)
    assert rows(office) == before


def test_new_words_of_an_action_keep_its_reference_once_a_person_says_that_it_is_the_same(office: Path) -> None:
    rewrite(office, "The CC to clarify what the finished SOC report will measure", "The CC to say when the SOC report will come")
    issue_annex(*ordered(office, 5), Restated(same=(("15/2019", ""),)))
    assert rows(office)["Actions", "15/2019"].text("Action") == "The CC to say when the SOC report will come"
    assert ("Actions", "16/2019") not in rows(office)
    count = events(office)
    issue_annex(*ordered(office, 6))
    assert events(office) == count


def test_an_action_taken_out_of_the_notes_is_withdrawn_and_its_number_never_used_again(office: Path) -> None:
    rewrite(office, "Actions arising: The CC to clarify what the finished SOC report will measure\n", "Noted.\n")
    issue_annex(*ordered(office, 5), Restated(withdrawn=frozenset({"15/2019"})))
    assert rows(office)["Actions", "15/2019"].text("State") == "withdrawn"
    rewrite(office, "## 3. AOB\n", "## 3. AOB\n\nAction: PO to send the dates of the autumn meetings.\n")
    issue_annex(*ordered(office, 6))
    assert ("Actions", "16/2019") in rows(office)


def test_what_is_not_missing_cannot_be_settled(office: Path) -> None:
    rewrite(office, "## 3. AOB\n", "## 3. AOB\n\nAction: PO to send the dates of the autumn meetings.\n")
    with pytest.raises(RefusedError, match="14/2019 is not missing from the notes"):
        issue_annex(*ordered(office, 5), Restated(same=(("14/2019", ""),)))


def test_a_question_that_the_notes_leave_unanswered_is_kept_for_the_office(office: Path) -> None:
    questions = [row for (sheet, _), row in rows(office).items() if sheet == "Questions" and row.text("Meeting") == MEETING]
    unanswered = [row for row in questions if row.text("Answered") == "not answered"]
    assert [row.text("Question") for row in unanswered] == ["The PCC asked by when, and how anybody would know."]
    assert all(row.text("Audience") == "office" for row in questions)
    assert all(row.text("Answered") in ("not answered", "not recorded") for row in questions)


def test_the_next_pack_has_the_notes_to_agree_and_what_they_asked_for(office: Path) -> None:
    (office / "inputs" / "meetings" / "2019-09-24-assurance.toml").write_text("", encoding="utf-8")
    order = Order("2019-09-24", None, None, datetime(2019, 9, 17, 9, tzinfo=UTC), date(2019, 9, 17))
    build_pack(Folders(office / "inputs", office / "build"), order, Silent())
    source = (office / "build" / "2019-09-24-assurance" / "briefing-pack.page-source.html").read_text(encoding="utf-8")
    source = source.replace("\xa0", " ")
    assert "Notes of the meeting of 28 May 2019, version 1: to be agreed" in source
    assert 'id="matter-M3-2019"' in source
    assert 'id="action-14-2019"' in source
    assert "C5/2019" in source


def test_a_pack_says_that_the_notes_before_it_were_not_issued(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    (tmp_path / "inputs" / "meetings" / "2019-09-24-assurance.toml").write_text("", encoding="utf-8")
    order = Order("2019-09-24", None, None, datetime(2019, 9, 17, 9, tzinfo=UTC), date(2019, 9, 17))
    built = build_pack(Folders(tmp_path / "inputs", tmp_path / "build"), order, Silent())
    said = [one for one in built.problems if one.kind == "notes-not-issued"]
    assert [one.found for one in said] == [
        "The notes of 28 May 2019 were not issued, so the register knows nothing of what they ask for."
    ]


def test_a_register_in_conflict_stops_the_issue_before_anything_is_recorded(office: Path) -> None:
    folders = Folders(office / "inputs", office / "build")
    register = office / "inputs" / "register.xlsx"
    theirs = office / "theirs.xlsx"
    shutil.copy(register, theirs)
    update_row(folders, "14/2019", [("Due", "1 July 2019")], Change(datetime(2019, 6, 4, 9, tzinfo=UTC), why="agreed"))
    workbook = openpyxl.load_workbook(theirs)
    line = next(row for row in workbook["Actions"].iter_rows(min_row=2) if row[0].value == "14/2019")
    line[5].value = "1 August 2019"
    workbook.save(register)
    count = events(office)
    answer_the_blocking_queries(office)
    with pytest.raises(RefusedError, match="The register is in conflict"):
        issue_annex(*ordered(office, 5))
    assert events(office) == count


def test_private_details_do_not_go_into_the_register(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    told = (
        "The PCC gave the example of a rural property outside Kidderminster which had rung the police for help in the night.\n\n"
    )
    rewrite(tmp_path, "The DCC added that the work inside", f"{told}The DCC added that the work inside")
    issue_annex(*ordered(tmp_path))
    assert "Kidderminster" not in rows(tmp_path)["Matters", "M2/2019"].text("What was said")


SOC, SAMPLE = (
    "The CC to clarify what the finished SOC report will measure",
    "CC to send the PCC the note that he had prepared for this item.",
)


def test_several_actions_with_new_words_are_each_named_by_their_words_or_their_line(office: Path) -> None:
    rewrite(office, SOC, "The CC to say when the SOC report will come")
    rewrite(office, SAMPLE, "CC to hand the PCC his own note.")
    with pytest.raises(RefusedError) as refused:
        issue_annex(*ordered(office, 5), Restated(same=(("15/2019", ""),)))
    assert 'New are: "CC to hand the PCC his own note." (line ' in refused.value.found
    line = annex_line(office, "CC to hand the PCC")
    issue_annex(*ordered(office, 5), Restated(same=(("15/2019", "when the SOC report will come"), ("13/2019", f"line {line}"))))
    assert rows(office)["Actions", "15/2019"].text("Action") == "The CC to say when the SOC report will come"
    assert rows(office)["Actions", "13/2019"].text("Action") == "CC to hand the PCC his own note."
    assert ("Actions", "16/2019") not in rows(office)


def test_words_that_are_nowhere_new_settle_nothing(office: Path) -> None:
    rewrite(office, SOC, "The CC to say when the SOC report will come")
    count = events(office)
    with pytest.raises(RefusedError, match='"something else" is not one thing that is new in them'):
        issue_annex(*ordered(office, 5), Restated(same=(("15/2019", "something else"),)))
    assert events(office) == count


AGENDA = "# Assurance\n\nAGENDA\n\nDate: 28 May 2019 @ 10:00\nVenue: Room 1\n\n1. Apologies\n2. The last notes\n3. Performance\n4. AOB\n"


@pytest.mark.parametrize(
    ("kind", "said"),
    [("two", "second meeting"), ("agenda", "an agenda"), ("long", "longer than notes"), ("other", "may not be notes")],
)
def test_what_is_not_the_notes_of_one_meeting_is_not_issued(office: Path, kind: str, said: str) -> None:
    path = office / "inputs" / "minutes" / f"{MEETING}.md"
    words = path.read_text(encoding="utf-8")
    april = words.replace("Tuesday 28 May 2019", "Tuesday 30 April 2019").replace("May 2019", "April 2019")
    texts = {"two": f"{words}\n\n{april}", "agenda": AGENDA, "long": f"{words}\n{'x' * 25_000}\n", "other": "A letter.\n" * 9}
    path.write_text(texts[kind], encoding="utf-8")
    count, kept = events(office), (office / "inputs" / "register.xlsx").read_bytes()
    with pytest.raises(RefusedError, match=said):
        issue_annex(*ordered(office, 5))
    assert events(office) == count
    assert (office / "inputs" / "register.xlsx").read_bytes() == kept


def test_the_same_words_twice_in_one_item_are_one_action(office: Path) -> None:
    rewrite(office, SAMPLE, f"{SAMPLE}\n{SAMPLE}")
    assert [one.ref for one in issue_annex(*ordered(office, 5)).given if one.sheet == "Actions"] == []


def annex_line(office: Path, words: str) -> int:
    lines = (office / "inputs" / "minutes" / f"{MEETING}.md").read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if words in line)
