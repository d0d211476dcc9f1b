"""The lives of actions and matters: steps that can be, reasons that are kept, and the same rules for cells changed in Excel."""

import shutil
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import InputError, RefusedError, ReportpackError
from reportpack.model.action import ActionState, may_follow
from reportpack.model.problem import Problem
from reportpack.read.register.reading import register_of_rows
from reportpack.run.office_files import Folders, gather_meetings
from reportpack.run.register.rows import (
    accept,
    carry,
    close_row,
    dispute,
    find_row,
    propose_complete,
    standing_register,
    update_row,
)
from reportpack.run.steps.recording import Change, recording

ROOT = Path(__file__).parents[2]
TODAY = date(2019, 6, 4)
NOW = datetime(2019, 6, 4, 9, tzinfo=UTC)
MEETING = "2019-05-28"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    return Folders(tmp_path / "inputs", tmp_path / "build")


def words(folders: Folders, ref: str) -> dict[str, str]:
    return find_row(standing_register(folders, 2019)[0], ref).texts


def type_in(folders: Folders, sheet: str, ref: str, heading: str, value: str | datetime) -> tuple[Problem, ...]:
    """Change a cell as people do in Excel, then run; gives what is said of the register."""
    path = folders.inputs / "register.xlsx"
    book = openpyxl.load_workbook(path)
    cells = book[sheet]
    place = [cell.value for cell in cells[1]].index(heading)
    row = next(row for row in cells.iter_rows(min_row=2) if str(row[0].value) == ref)
    row[place].value = value
    book.save(path)
    return run(folders)


def run(folders: Folders) -> tuple[Problem, ...]:
    settings, _, _ = gather_meetings(folders)
    with recording(folders, NOW) as record:
        said = (*record.standing.problems, *register_of_rows(record.rows, settings.office, settings.measures)[1])
        record.record(())
    return (*said, *record.problems)


def test_an_action_goes_from_open_to_closed_step_by_step(folders: Folders) -> None:
    propose_complete(folders, "7/2019", "the crime data integrity report", "Checked in May.", Change(NOW))
    assert words(folders, "7/2019")["State"] == "proposed complete"
    dispute(folders, "7/2019", MEETING, Change(NOW, why="it covers only one area"))
    assert words(folders, "7/2019")["Decided at"] == "2019-05-28-assurance"
    assert words(folders, "7/2019")["Update"] == "Checked in May.\nDisputed: it covers only one area"
    propose_complete(folders, "7/2019", "the second report", "", Change(NOW))
    accept(folders, "7/2019", MEETING, Change(NOW))
    close_row(folders, "7/2019", "", "", Change(NOW))
    stands = words(folders, "7/2019")
    assert (stands["State"], stands["Evidence"], stands["Closed on"]) == ("closed", "the second report", "4 June 2019")


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (lambda folders: accept(folders, "7/2019", MEETING, Change(NOW)), "7/2019 is open, so it cannot become accepted."),
        (lambda folders: dispute(folders, "7/2019", MEETING, Change(NOW)), "7/2019 is open, so it cannot become disputed."),
        (lambda folders: accept(folders, "16/2018", "2019-05-29", Change(NOW)), "There is no meeting '2019-05-29'."),
        (
            lambda folders: close_row(folders, "2/2019", "a letter", "", Change(NOW)),
            "2/2019 is withdrawn, so it cannot become closed.",
        ),
        (
            lambda folders: update_row(folders, "7/2019", [("State", "closed")], Change(NOW)),
            "Nothing says how anybody could see that 7/2019",
        ),
        (lambda folders: accept(folders, "M2/2018", MEETING, Change(NOW)), "M2/2018 is no action."),
        (lambda folders: carry(folders, "7/2019", "November 2019", "", Change(NOW, why="late")), "7/2019 is no matter."),
        (lambda folders: carry(folders, "M2/2018", "soon", "", Change(NOW, why="late")), '"soon" does not say which meeting.'),
        (
            lambda folders: carry(folders, "M2/2018", "November 2019", "", Change(NOW)),
            "M2/2018 was due May 2019, and nothing says why",
        ),
        (lambda folders: carry(folders, "M1/2018", "November 2019", "", Change(NOW, why="late")), "M1/2018 is discharged."),
        (
            lambda folders: update_row(folders, "7/2019", [("Due", "28 June 2019")], Change(NOW)),
            "7/2019 was due 21 May 2019, and nothing says why it is to be due 28 June 2019.",
        ),
    ],
)
def test_a_step_that_cannot_be_gets_a_sentence_and_changes_nothing(
    folders: Folders, step: Callable[[Folders], object], said: str
) -> None:
    before = (folders.inputs / "register.xlsx").read_bytes()
    with pytest.raises(ReportpackError) as error:
        step(folders)
    assert error.value.found.startswith(said)
    assert isinstance(error.value, InputError | RefusedError)
    assert (folders.inputs / "register.xlsx").read_bytes() == before


def test_a_due_that_moves_is_counted_with_its_reason(folders: Folders) -> None:
    update_row(folders, "7/2019", [("Due", "28 June 2019")], Change(NOW, why="the audit was late"))
    update_row(folders, "7/2019", [("Due", "September 2019")], Change(NOW, why="the auditor is ill"))
    stands = words(folders, "7/2019")
    assert stands["Due"] == "September 2019"
    assert stands["Re-dated"].splitlines() == [
        "21 May 2019 to 28 June 2019: the audit was late",
        "28 June 2019 to September 2019: the auditor is ill",
    ]
    settings, _, _ = gather_meetings(folders)
    register, _ = register_of_rows(standing_register(folders, 2019)[0], settings.office, settings.measures)
    (action,) = [one for one in register.actions if one.ref == "7/2019"]
    assert [one.reason for one in action.redatings] == ["the audit was late", "the auditor is ill"]


def test_a_first_day_and_another_spelling_of_the_same_day_are_no_moves(folders: Folders) -> None:
    update_row(folders, "12/2019", [("Due", "28 June 2019")], Change(NOW))
    update_row(folders, "7/2019", [("Due", "21/05/2019")], Change(NOW))
    assert "Re-dated" not in words(folders, "12/2019")
    assert "Re-dated" not in words(folders, "7/2019")


def test_a_matter_carried_again_keeps_every_earlier_due(folders: Folders) -> None:
    carry(folders, "M2/2018", "September 2019", "", Change(NOW, why="the plan is not finished"))
    carry(
        folders, "M2/2018", "November 2019", "after the first two quarters of the 19/20 survey", Change(NOW, why="no figures yet")
    )
    stands = words(folders, "M2/2018")
    assert (stands["Due at meeting"], stands["State"]) == ("November 2019", "carried forward")
    assert stands["Carried again"].splitlines() == [
        "May 2019 to September 2019: the plan is not finished",
        "September 2019 to November 2019: no figures yet",
    ]
    assert stands["Condition"] == "after the first two quarters of the 19/20 survey"


def test_a_column_that_the_workbook_never_had_is_added_to_it_with_its_words(folders: Folders) -> None:
    run(folders)
    carry(folders, "M2/2018", "September 2019", "", Change(NOW, why="the plan is not finished"))
    said = run(folders)
    sheet = openpyxl.load_workbook(folders.inputs / "register.xlsx")["Matters"]
    assert [cell.value for cell in sheet[1]][-1] == "Carried again"
    assert [row[-1].value for row in sheet.iter_rows(min_row=2)][1] == "May 2019 to September 2019: the plan is not finished"
    assert not [one for one in said if one.kind.startswith("column")]
    assert words(folders, "M2/2018")["Carried again"] == "May 2019 to September 2019: the plan is not finished"


def test_a_due_changed_in_excel_is_a_move_whose_reason_is_asked_for(folders: Folders) -> None:
    run(folders)
    said = type_in(folders, "Actions", "7/2019", "Due", datetime(2019, 6, 28))  # noqa: DTZ001 - a cell has no zone
    assert words(folders, "7/2019")["Re-dated"] == "21 May 2019 to 28 June 2019"
    (asked,) = [one for one in said if one.kind == "redated-without-reason"]
    assert asked.source.cell == "K12"
    said = type_in(folders, "Actions", "7/2019", "Re-dated", "21 May 2019 to 28 June 2019: the audit was late")
    assert not [one for one in said if one.kind == "redated-without-reason"]


def test_a_matter_s_meeting_changed_in_excel_is_kept_and_asked_about(folders: Folders) -> None:
    run(folders)
    type_in(folders, "Matters", "M2/2018", "Due at meeting", "September 2019")
    assert words(folders, "M2/2018")["Carried again"] == "May 2019 to September 2019"
    assert "carried-without-reason" in {one.kind for one in run(folders)}


def test_a_state_typed_into_excel_that_cannot_follow_stands_and_is_said_until_it_can(folders: Folders) -> None:
    run(folders)
    for _ in range(2):
        said = type_in(folders, "Actions", "7/2019", "State", "accepted")
        (asked,) = [one for one in said if one.kind == "state-impossible"]
        assert asked.found == "7/2019 is open, so it cannot become accepted."
        assert words(folders, "7/2019")["State"] == "accepted"
    said = type_in(folders, "Actions", "7/2019", "State", "open")
    assert not [one for one in said if one.kind == "state-impossible"]


def test_an_action_proposed_complete_in_excel_without_evidence_is_asked_about(folders: Folders) -> None:
    run(folders)
    said = type_in(folders, "Actions", "7/2019", "State", "proposed complete")
    assert [one.found for one in said if one.kind == "evidence-missing" and "7/2019" not in one.found] != []


@pytest.mark.parametrize("before", ActionState)
def test_what_is_over_can_only_be_opened_again(before: ActionState) -> None:
    followed = {after for after in ActionState if may_follow(before, after)} - {before}
    if before in (ActionState.CLOSED, ActionState.SUPERSEDED, ActionState.WITHDRAWN):
        assert followed == {ActionState.OPEN}
    else:
        assert followed > {ActionState.CLOSED} - {before}
