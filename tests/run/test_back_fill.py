"""`minutes read --record`: a folder of old notes becomes history, shown first, recorded once, and nothing that a person has is touched."""

import shutil
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportpack.ledger import open_ledger
from reportpack.model.register_row import RegisterRow
from reportpack.run.minutes.back_fill import BackFill, record_back_fill, show_back_fill
from reportpack.run.office_files import Folders
from reportpack.run.register.rows import row_history, standing_register

ROOT = Path(__file__).parents[2]
TODAY = date(2019, 6, 3)
NOW = datetime(2019, 6, 3, 9, tzinfo=UTC)

JANUARY = """Monthly Assurance Meeting
Notes of the meeting held on 29 January 2019
Present: the PCC, the CC

1. Performance
The Chief Constable reported on call handling.

Action 21/2017: CC to share the call handling data by 15 February 2019.
Action: DCC to bring the custody plan to the March meeting.
Action: CC to write to the Board about vetting.
"""
FEBRUARY = """# Monthly Assurance Meeting

Notes of the meeting held on 26 February 2019

## Matters arising

Action 21/2017: CC to share the call handling data. This was completed.

Action: CC to write to the Board about vetting. Complete.

## Performance

Action: DCC to check the custody figures.

Action: Stop and search to be brought back to the July meeting.
"""


@pytest.fixture
def office(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    (tmp_path / "old" / "2019").mkdir(parents=True)
    (tmp_path / "old" / "January notes.txt").write_text(JANUARY, encoding="utf-8")
    (tmp_path / "old" / "2019" / "feb.md").write_text(FEBRUARY, encoding="utf-8")
    return tmp_path


def folders(office: Path) -> Folders:
    return Folders(office / "inputs", office / "build")


def show(office: Path) -> BackFill:
    return show_back_fill(folders(office), office / "old", TODAY, lambda _: None)


def record(office: Path) -> BackFill:
    return record_back_fill(folders(office), office / "old", NOW, TODAY, lambda _: None)


def rows(office: Path) -> dict[str, RegisterRow]:
    return {row.ref: row for row in standing_register(folders(office), 2019)[0]}


def kinds(found: BackFill) -> set[str]:
    return {one.kind for one in found.problems} | {one.kind for notes in found.notes for one in notes.filled.problems}


def test_what_is_shown_is_not_recorded(office: Path) -> None:
    before = (office / "inputs" / "register.xlsx").read_bytes()
    found = show(office)
    assert [one.view.meeting.id for one in found.notes] == ["2019-01-29-assurance", "2019-02-26-assurance"]
    assert (office / "inputs" / "register.xlsx").read_bytes() == before
    assert not (office / "inputs" / "memory").exists()


def test_references_are_kept_states_followed_and_lines_named(office: Path) -> None:
    record(office)
    found = rows(office)
    assert found["21/2017"].text("Action").startswith("CC to share the call handling data")
    assert (found["21/2017"].text("State"), found["21/2017"].text("Due")) == ("closed", "15 February 2019")
    vetting = next(row for row in found.values() if row.text("Action") == "CC to write to the Board about vetting.")
    assert (vetting.ref, vetting.text("State")) == ("13/2019", "closed")
    (custody,) = (row for row in found.values() if row.text("Words").startswith("DCC to bring the custody plan"))
    assert custody.text("Due at meeting") == "2019-03-26-assurance"
    _, history = row_history(folders(office), "21/2017", 2019)
    sources = [one.what.source for one in history]  # type: ignore[union-attr]
    assert [(source.file, source.cell) for source in sources] == [("January notes.txt", "line 8"), ("2019/feb.md", "line 7")]


def test_a_second_time_changes_nothing(office: Path) -> None:
    record(office)
    with open_ledger(office / "inputs" / "memory", register_number=None) as ledger:
        size = ledger.size()
    again = record(office)
    assert (again.notes, again.known) == ((), ("2019-01-29-assurance", "2019-02-26-assurance"))
    with open_ledger(office / "inputs" / "memory", register_number=None) as ledger:
        assert ledger.size() == size


def test_what_a_person_has_in_the_register_stays_as_it_is(office: Path) -> None:
    (office / "old" / "January notes.txt").write_text(
        JANUARY.replace("21/2017: CC to share the call handling data", "3/2019: the estates team to paint the gate"),
        encoding="utf-8",
    )
    before = rows(office)["3/2019"]
    found = record(office)
    assert "reference-conflict" in kinds(found)
    assert rows(office)["3/2019"].texts == before.texts


def test_a_number_whose_words_no_notes_have_is_asked_about(office: Path) -> None:
    (office / "old" / "2019" / "feb.md").write_text(FEBRUARY + "\nActions 4/2017 and 5/2017 can be closed.\n", encoding="utf-8")
    found = show(office)
    assert "action-unknown" in kinds(found)
    assert not {"4/2017", "5/2017"} & {change.ref for one in found.notes for change in one.filled.changes}


def test_a_new_reference_never_takes_the_place_of_one_in_later_notes(office: Path) -> None:
    (office / "old" / "2019" / "feb.md").write_text(
        FEBRUARY.replace("Action: DCC to check", "Action 13/2019: DCC to check"), encoding="utf-8"
    )
    record(office)
    found = rows(office)
    assert found["13/2019"].text("Action") == "DCC to check the custody figures."
    assert found["14/2019"].text("Action") == "CC to write to the Board about vetting."


def test_a_meeting_that_is_not_set_is_named_with_the_command_that_sets_it(office: Path) -> None:
    (office / "old" / "december.txt").write_text(JANUARY.replace("29 January 2019", "18 December 2018"), encoding="utf-8")
    (unset,) = show(office).unset
    assert (unset.file, unset.day) == ("december.txt", date(2018, 12, 18))
    assert unset.command.startswith("reportpack meeting new 18/12/2018")


def test_what_cannot_be_read_is_said_file_by_file(office: Path) -> None:
    (office / "old" / "empty.docx").write_bytes(b"")
    (office / "old" / "undated.txt").write_text("1. Estates\nAction: CC to mend the roof.\n", encoding="utf-8")
    shutil.copy(office / "old" / "January notes.txt", office / "old" / "January notes.md")
    found = show(office)
    said = {one.source.file: one.kind for one in found.problems if one.source is not None}
    assert said["empty.docx"] == "notes-empty"
    assert said["undated.txt"] == "notes-without-day"
    assert said["January notes.txt"] == "notes-twice"


@pytest.mark.parametrize(
    "text", ["{0}\n\n{1}", "# Assurance\n\nAGENDA\n\nDate: 29 January 2019\n\n1. Apologies\n2. Performance\n3. AOB\n"]
)
def test_what_is_not_the_notes_of_one_meeting_is_said_and_not_recorded(office: Path, text: str) -> None:
    words = (ROOT / "inputs" / "minutes" / "2019-05-28-assurance.md").read_text(encoding="utf-8")
    april = words.replace("Tuesday 28 May 2019", "Tuesday 30 April 2019").replace("May 2019", "April 2019")
    shutil.rmtree(office / "old")
    (office / "old").mkdir()
    (office / "old" / "notes.md").write_text(text.format(words, april), encoding="utf-8")
    found = show(office)
    assert kinds(found) & {"notes-two-meetings", "notes-agenda-only"}
    assert found.notes == ()
