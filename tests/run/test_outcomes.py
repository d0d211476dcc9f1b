"""What a meeting decides reaches the register, however it is written: outcomes of matters, updates of actions, again and again."""

import re
import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportpack.model.action import Action, ActionState
from reportpack.model.commitment import CommitmentState
from reportpack.model.problem import Source
from reportpack.model.register_row import RegisterRow
from reportpack.model.state_words import SPELT, spelt_state, told_commitment, told_state
from reportpack.run.minutes.annex_issue import issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.minutes.room import new_minutes
from reportpack.run.office_files import Folders
from reportpack.run.register.rows import standing_register

ROOT = Path(__file__).parents[2]
MAY = "2019-05-28-assurance"
BOX = "Outcome: ☐ closed   {carried}   ☐ superseded by an action   ☐ not reached"


@pytest.fixture
def office(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    return tmp_path


def folders(office: Path) -> Folders:
    return Folders(office / "inputs", office / "build")


def issue(office: Path, on: date = date(2019, 6, 3)) -> str:
    """Issue May's notes; the annex as it is printed."""
    issue_annex(folders(office), AnnexOrder(MAY, None, datetime(on.year, on.month, on.day, 9, tzinfo=UTC), on), print)
    return re.sub(r"\s+", " ", (office / "build" / MAY / "annex.page-source.html").read_text("utf-8").replace("\xa0", " "))


def row(office: Path, sheet: str, ref: str) -> RegisterRow:
    rows, _ = standing_register(folders(office), 2019)
    return next(one for one in rows if (one.sheet, one.ref) == (sheet, ref))


def notes(office: Path) -> Path:
    return office / "inputs" / "minutes" / f"{MAY}.md"


def put(office: Path, old: str, new: str) -> None:
    text = notes(office).read_text("utf-8")
    assert old in text
    notes(office).write_text(text.replace(old, new, 1), "utf-8")


def form(office: Path) -> None:
    """The form that the program writes, in place of the notes."""
    notes(office).unlink()
    new_minutes(folders(office), MAY, date(2019, 5, 27), markdown=True)


@pytest.mark.parametrize(
    ("sentence", "due"),
    [
        ("It was agreed that this item be carried forward to the September meeting.", "September 2019"),
        ("Deferred to the meeting of 30 July 2019.", "30 July 2019"),
        ("Outcome: carried to November 2019", "November 2019"),
        ("It was agreed that M2/2018 be carried forward to the May meeting.", "May 2020"),
    ],
)
def test_a_matter_that_a_sentence_carries_is_due_where_the_sentence_says(office: Path, sentence: str, due: str) -> None:
    put(
        office,
        "Satisfaction to be reviewed at the May 2019 meeting.\n",
        f"Satisfaction to be reviewed at the May 2019 meeting.\n\n{sentence}\n",
    )
    annex, matter = issue(office), row(office, "Matters", "M2/2018")
    assert (matter.text("Due at meeting"), matter.text("State")) == (due, "carried forward")
    assert matter.text("Carried again").splitlines()[-1] == f"May 2019 to {due}: notes of 28 May 2019"
    returns = annex[annex.index("What comes back when") :]
    assert re.search(rf"{re.sub('^30 ', '', due)}.*?M2/2018", returns)


def test_the_month_of_may_leaves_nothing_open() -> None:
    assert told_commitment("C1/2019 was met by the May figures.") is CommitmentState.KEPT
    assert told_commitment("C1/2019 may be met by the June figures.") is None


def test_the_sentence_may_stand_above_the_matters_own_words(office: Path) -> None:
    old = "Satisfaction to be reviewed at the May 2019 meeting.\n"
    put(office, old, f"It was agreed that this be carried forward to the September meeting.\n\n{old}")
    issue(office)
    assert row(office, "Matters", "M2/2018").text("Due at meeting") == "September 2019"


@pytest.mark.parametrize("carried", ["☒ carried to another meeting: September 2019", "☒ carried to the September meeting"])
def test_a_tick_in_the_form_carries_a_matter(office: Path, carried: str) -> None:
    form(office)
    text = notes(office).read_text("utf-8")
    notes(office).write_text(re.sub(r"Outcome: .*", BOX.format(carried=carried), text, count=1), "utf-8")
    annex, matter = issue(office), row(office, "Matters", "M2/2018")
    assert matter.text("Due at meeting") == "September 2019"
    assert "M2/2018" in annex[annex.index("What comes back when") :]


def test_a_matter_that_was_carried_before_is_closed_by_corrected_notes(office: Path) -> None:
    old = "Satisfaction to be reviewed at the May 2019 meeting.\n"
    put(office, old, f"{old}\nOutcome: carried to September 2019\n")
    issue(office)
    put(office, "Outcome: carried to September 2019", "Outcome: closed")
    issue(office, date(2019, 6, 4))
    matter = row(office, "Matters", "M2/2018")
    assert matter.text("State") == "discharged"
    assert [one.split(",")[0] for one in matter.text("Outcome").splitlines()] == ["28 May 2019: closed"]


@pytest.mark.parametrize(
    ("ref", "typed", "expected"),
    [
        ("15/2018", "Re-dated to 30 July 2019: call-backs late", {"Due": "30 July 2019", "State": "open"}),
        ("7/2019", "Put back to September meeting", {"Due": "September 2019", "State": "open"}),
        ("7/2019", "c/f to June", {"Due": "June 2019", "State": "open"}),
        ("10/2019", "New date 30 June 2019", {"Due": "30 June 2019", "State": "open"}),
        ("16/2018", "Superseded", {"State": "superseded"}),
        ("4/2019", "Received, close", {"State": "proposed complete", "Evidence": "Notes of 28 May 2019"}),
        ("7/2019", "☒", {"State": "proposed complete"}),
        ("7/2019", "ongoing", {"State": "open", "Update": ""}),
        ("1/2019", "Complete, paper handed over, accepted", {"State": "accepted", "Decided at": MAY}),
        ("7/2019", "Complete, accepted", {"State": "accepted", "Decided at": MAY}),
    ],
)
def test_what_is_typed_in_the_update_column_of_the_form_reaches_the_register(
    office: Path, ref: str, typed: str, expected: dict[str, str]
) -> None:
    form(office)
    text = notes(office).read_text("utf-8")
    notes(office).write_text(re.sub(rf"(?m)^(\| {ref} \|.*\|)  \|$", lambda found: f"{found[1]} {typed} |", text), "utf-8")
    annex, action = issue(office), row(office, "Actions", ref)
    assert {heading: action.text(heading) for heading in expected} == expected
    assert "No actions arose" in annex
    if "Due" in expected:
        assert action.text("Re-dated").splitlines()[-1].split(": ")[0].endswith(f" to {expected['Due']}")
    if "Update" not in expected:
        assert action.text("Update").splitlines()[-1] == f"28 May 2019: {typed}"
        assert f"\u201c{typed}\u201d" in annex


def test_words_without_a_state_are_an_update_and_once_only(office: Path) -> None:
    form(office)
    text = notes(office).read_text("utf-8")
    notes(office).write_text(re.sub(r"(?m)^(\| 5/2019 \|.*\|)  \|$", r"\1 Three ward meetings now held |", text), "utf-8")
    issue(office)
    put(office, "Type under each heading", "Type below each heading")
    issue(office, date(2019, 6, 4))
    action = row(office, "Actions", "5/2019")
    assert action.text("State") == "open"
    assert action.text("Update") == "Two ward meetings held.\n28 May 2019: Three ward meetings now held"


def test_what_is_proposed_complete_is_not_overdue_and_its_owner_is_not_reminded() -> None:
    day = date(2019, 5, 28)
    made = [
        Action("1/2019", "CC to act", one, Source(""), due=date(2019, 5, 1)) for one in (ActionState.OPEN, ActionState.PROPOSED)
    ]
    assert [one.is_overdue_on(day) for one in made] == [True, False]
    assert [one.state.is_live for one in made] == [True, True]


@pytest.mark.parametrize("spelt", [*SPELT, *(state.value.upper() for state in ActionState)])
def test_a_state_has_one_meaning_in_a_cell_and_in_an_update(spelt: str) -> None:
    cell, told = spelt_state(spelt), told_state(spelt)
    assert told is (ActionState.PROPOSED if cell is ActionState.CLOSED else cell)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("C1/2019 was not kept, and the PCC asked for a plan.", "not kept"),
        ("It was agreed that C1/2019 be closed.", "closed"),
        ("C1/2019 is superseded by 14/2019.", "superseded"),
        ("The CC's letter answered (C1/2019).", "answered"),
        ("C1/2019: met in April.", "kept"),
        ("| C1/2019 | not met |", "not kept"),
        ("The PCC asked whether C1/2019 had been kept.", ""),
        ("C1/2019 will be kept by June.", ""),
        ("C1/2019 was discussed.", ""),
    ],
)
def test_what_notes_say_became_of_a_commitment_is_in_the_register_and_in_the_annex(office: Path, words: str, state: str) -> None:
    put(office, "There is\na target for the year", f"There\nis more.\n\n{words}\n\nThere is\na target for the year")
    printed = issue(office)
    commitment = row(office, "Commitments", "C1/2019")
    assert commitment.text("State") == state
    assert commitment.text("Decided at") == (MAY if state else "")
    plain = re.sub(r"<[^>]*>", "", printed)
    assert bool(re.search(rf"C1/2019: [^.]*\.? {state.capitalize()}\. ", plain)) == bool(state)


@pytest.mark.parametrize(
    ("said", "ref", "expected"),
    [
        (
            "4/2019: put back to 30 September, the regional figures are late",
            "4/2019",
            {"Due": "30 September 2019", "State": "open"},
        ),
        ("1/2019: superseded by 4/2019", "1/2019", {"State": "superseded"}),
        ("It was agreed that 16/2018 had been accepted.", "16/2018", {"State": "accepted", "Decided at": MAY}),
        (
            "It was agreed that M1/2019 be carried forward to the November meeting.",
            "M1/2019",
            {"Due at meeting": "November 2019"},
        ),
        ("| M2/2018 | Satisfaction | ☒ closed |", "M2/2018", {"State": "discharged"}),
        ("The PCC asked whether M1/2019 could be closed.", "M1/2019", {"State": "carried forward"}),
        ("The CC spoke of 4/2019, which is superseded in his view, he hoped.", "4/2019", {"State": "open"}),
        ("The work is covered by 4/2019 and is complete.", "4/2019", {"State": "open"}),
    ],
)
def test_what_is_said_of_a_reference_reaches_its_row_wherever_it_stands(
    office: Path, said: str, ref: str, expected: dict[str, str]
) -> None:
    put(office, "There is\na target for the year", f"There\nis more.\n\n{said}\n\nThere is\na target for the year")
    issue(office)
    sheet = "Matters" if ref.startswith("M") else "Actions"
    assert {heading: row(office, sheet, ref).text(heading) for heading in expected} == expected


def test_a_matter_that_is_spoken_of_at_its_own_place_was_discussed(office: Path) -> None:
    words = "Satisfaction to be reviewed at the May 2019 meeting."
    put(office, words, f"{words}\n\nThe figures were gone through area by area. Put back to July, the survey is late.")
    printed = issue(office)
    matter = row(office, "Matters", "M2/2018")
    assert matter.text("Carried again").endswith("to July 2019: the survey is late")
    assert "discussed at 1.1" in matter.text("Outcome")
    assert "Discussed at" in printed


def test_notes_that_are_issued_again_with_another_day_count_one_move(office: Path) -> None:
    words = "Satisfaction to be reviewed at the May 2019 meeting."
    put(office, words, f"{words}\n\nPut back to September, the survey is late.\n\n15/2018: put back to 30 June 2019")
    issue(office)
    put(office, "Put back to September", "Put back to November")
    put(office, "put back to 30 June", "put back to 31 July")
    issue(office)
    matter, action = row(office, "Matters", "M2/2018"), row(office, "Actions", "15/2018")
    assert matter.text("Carried again") == "May 2019 to November 2019: the survey is late"
    assert action.text("Re-dated").splitlines()[1:] == ["30 April 2019 to 31 July 2019: notes of 28 May 2019"]
    assert action.text("Update").splitlines()[1:] == ["28 May 2019: put back to 31 July 2019"]
