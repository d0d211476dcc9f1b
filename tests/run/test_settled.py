"""A commitment is settled from the command line: the register keeps what became of it, and a pack brings it no more."""

import pytest

from reportpack.errors import InputError
from reportpack.ledger import no_ledger
from reportpack.model.register_columns import Heading
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, prepare
from reportpack.run.register.rows import Updated, settle
from reportpack.run.steps.recording import Change
from tests.run.test_release import NOW, TODAY, built, folders

__all__ = ["built", "folders"]


def settled(folders: Folders, state: str, ref: str = "C1/2018", meeting: str = "") -> Updated:
    return settle(folders, ref, state, meeting, Change(NOW, why="said so at the meeting"))


def standing(folders: Folders) -> set[str]:
    return {
        one.ref
        for one in prepare(folders, Order("", None, None, NOW, TODAY), no_ledger(folders.memory), lambda _: None).view.commitments
    }


@pytest.mark.parametrize("state", ["kept", "answered", "Superseded", "closed"])
def test_what_is_settled_keeps_its_reason_and_meeting_and_is_brought_no_more(folders: Folders, state: str) -> None:
    assert "C1/2018" in standing(folders)
    row = settled(folders, state).row
    assert [row.text(one) for one in (Heading.STATE, Heading.OUTCOME)] == [state.casefold(), "said so at the meeting"]
    assert row.text(Heading.DECIDED_AT) == "2019-05-28-assurance"
    assert "C1/2018" not in standing(folders)


def test_one_that_was_not_kept_stands_and_can_be_opened_again(folders: Folders) -> None:
    settled(folders, "not kept")
    assert "C1/2018" in standing(folders)
    row = settled(folders, "open").row
    assert (row.text(Heading.STATE), row.text(Heading.DECIDED_AT)) == ("open", "")


def test_a_state_that_is_none_and_a_row_that_is_no_commitment_are_refused(folders: Folders) -> None:
    with pytest.raises(InputError, match="no state of a commitment"):
        settled(folders, "gone")
    with pytest.raises(InputError, match="no commitment"):
        settled(folders, "closed", "1/2019")
