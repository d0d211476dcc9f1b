"""With an office, capacities are paired by who held the post, owners are resolved, and bring-backs are held against its meetings."""

from datetime import date
from pathlib import Path

import pytest

from reportpack.model.minutes import Minutes
from reportpack.model.office import Office
from reportpack.read.documents.opening import document_from
from reportpack.read.minutes.reading import minutes_of, read_minutes_bytes
from reportpack.settings import read_settings

TEXT = """Assurance meeting
28 May 2019

Attendance:

Apologies:

Name:
{cc}
{pcc}

Capacity:
Police and Crime Commissioner (PCC)
Chief Constable (CC)
Deputy Police and Crime Commissioner (DPCC)

1. Confidence
The PCC asked what had changed. The CC replied that it was early.
Action: the CC and {pcc} to agree a plan, to be brought back to the March meeting.
"""


@pytest.fixture(scope="module")
def office() -> Office:
    settings, _ = read_settings(Path(__file__).parents[3] / "inputs")
    assert settings is not None
    return settings.office


def holder(office: Office, post: str) -> str:
    return office.holders_on(post, date(2019, 5, 28))[0].name


@pytest.fixture(scope="module")
def minutes(office: Office) -> Minutes:
    text = TEXT.format(cc=holder(office, "cc"), pcc=holder(office, "pcc"))
    found, _ = read_minutes_bytes(text.encode(), "notes.txt", ".txt", office)
    assert found is not None
    return found


def test_a_name_takes_the_capacity_of_the_post_held_and_the_rest_have_no_name(office: Office, minutes: Minutes) -> None:
    assert [(one.name, one.post) for one in minutes.attendance] == [
        (holder(office, "cc"), "Chief Constable (CC)"),
        (holder(office, "pcc"), "Police and Crime Commissioner (PCC)"),
        (None, "Deputy Police and Crime Commissioner (DPCC)"),
    ]
    (query,) = [query for query in minutes.queries if query.kind == "capacities-unpaired"]
    assert "Deputy Police and Crime Commissioner (DPCC)" in query.found


def test_owners_are_resolved_by_post_and_by_person(office: Office, minutes: Minutes) -> None:
    (action,) = minutes.actions
    assert [owner.post for owner in action.owners] == ["cc", "pcc"]


def test_a_meeting_that_is_not_set_is_asked_about(office: Office) -> None:
    from reportpack.model.meeting import Meeting

    text = TEXT.format(cc="A Person", pcc="Another Person")
    document, source, _ = document_from(text.encode(), "notes.txt", ".txt")
    assert document is not None
    set_in = Meeting("2019-06-25-assurance", "assurance", date(2019, 6, 25), "Assurance")
    found, _ = minutes_of(document, source, office, (set_in,), None)
    assert found is not None
    assert any(query.kind == "meeting-not-scheduled" and "March 2020" in query.found for query in found.queries)
