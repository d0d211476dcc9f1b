"""With an office, capacities are paired by who held the post, owners are resolved, and bring-backs are held against its meetings."""

from datetime import date
from pathlib import Path

import pytest

from reportpack.model.action import Action, ActionState
from reportpack.model.minutes import Minutes
from reportpack.model.office import Office
from reportpack.model.problem import Source
from reportpack.model.register import Register
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


LISTED = """# Assurance meeting

Date: 28 May 2019
Chair: Ann Bell

## Present

- Ann Bell (AB), Police and Crime Commissioner (PCC)
- Carl Dunn (CD), Chief Constable (CC)
- Eve Frost (EF), Deputy Chief Constable (DCC)
- Clare Doyle (CD), Chief Executive (CEX)
- Guy Hart (GH), Chief Finance Officer (CFO)

## Apologies

- Ian Jay (IJ), Assistant Chief Constable (ACC)

## 1. Business

"""


def read(office: Office, text: str) -> Minutes:
    found, _ = read_minutes_bytes(text.encode(), "notes.md", ".md", office)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("owner", "kind"),
    [
        ("CD", "owner-ambiguous"),
        ("ZZ", "owner-unknown"),
        ("PC", "owner-unknown"),
        ("IJ", "owner-absent"),
        ("Ian Jay", "owner-absent"),
        ("EF", ""),
        ("CEX", ""),
        ("CFO", ""),
        ("OPCC", ""),
        ("All", ""),
        ("Clare Doyle", ""),
    ],
)
def test_an_owner_who_may_be_two_or_nobody_is_asked_about(office: Office, owner: str, kind: str) -> None:
    minutes = read(office, f"{LISTED}Action: {owner} to check the total by 3 June.\n")
    assert "".join(one.kind for one in minutes.queries if one.kind.startswith("owner")) == kind


@pytest.mark.parametrize(
    ("owner", "post"),
    [
        ("EF", "dcc"),
        ("Ms Frost", "dcc"),
        ("Deputy Chief Constable Frost", "dcc"),
        ("Eve", "dcc"),
        ("IJ", "acc"),
        ("CC", "cc"),
        ("CD", None),
    ],
)
def test_the_notes_own_list_says_who_is_meant(office: Office, owner: str, post: str | None) -> None:
    (action,) = read(office, f"{LISTED}Action: {owner} to check the total by 3 June.\n").actions
    assert [one.post for one in action.owners] == [post]


@pytest.mark.parametrize(
    ("words", "owners"),
    [
        ("It was agreed that a letter be sent to the Home Office by the Chief Executive.", ["Chief Executive"]),
        ("To be picked up between GH and EF.", ["GH", "EF"]),
        ("CC and CEX to agree the wording.", ["CC", "CEX"]),
        ("Views to be sought by 3 June.", []),
    ],
)
def test_who_does_what_is_done_is_its_owner(office: Office, words: str, owners: list[str]) -> None:
    (action,) = read(office, f"{LISTED}Action: {words}\n").actions
    assert [one.as_written for one in action.owners] == owners


def test_an_officer_whom_the_notes_do_not_list_is_known_to_the_office(office: Office) -> None:
    surname = holder(office, "cc").split()[-1]
    (action,) = read(office, f"{LISTED}Action: Mr {surname} to check the total by 3 June.\n").actions
    assert [one.post for one in action.owners] == ["cc"]


def test_notes_that_list_nobody_or_have_no_chair_are_asked_about(office: Office) -> None:
    bare = "# Assurance meeting\n\nDate: 28 May 2019\n\n## 1. Custody\n\nThe PCC asked about custody.\n"
    assert "attendance-missing" in {one.kind for one in read(office, bare).queries if one.blocking}
    chairless = LISTED.replace("Chair: Ann Bell\n", "") + "The PCC asked about custody.\n"
    assert "chair-missing" in {one.kind for one in read(office, chairless).queries if one.blocking}
    assert not {"chair-missing", "attendance-missing"} & {one.kind for one in read(office, LISTED + "The PCC spoke.\n").queries}


def test_an_action_in_the_words_of_one_that_is_owed_is_that_one_read_again(office: Office) -> None:
    text = "Assurance meeting\n28 May 2019\n\nAction: CC to send the fleet plan.\nAction: CC to send the van list.\n"
    document, source, _ = document_from(text.encode(), "notes.txt", ".txt")
    assert document is not None
    for raised, states in (("2019-04-24-assurance", ["open", "new"]), ("2019-05-28-assurance", ["new", "new"])):
        owed = Action("3/2019", "CC to send the fleet plan", ActionState.OPEN, Source("register.xlsx"), raised=raised)
        found, _ = minutes_of(document, source, office, (), Register(actions=(owed,)))
        assert found is not None
        assert [action.state.value for action in found.actions] == states
        assert [action.ref for action in found.actions] == ["3/2019" if states[0] == "open" else None, None]
