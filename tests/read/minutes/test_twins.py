"""Layouts that bodies never seen before wrote, each in other words: what was once misread or made up."""

import pytest

from reportpack.model.minutes import Minutes
from reportpack.read.minutes.reading import read_minutes_bytes

HEAD = "Minutes of the Mere Board held on Tuesday 3 June 2025\n\n"


def read(text: str, suffix: str = ".txt") -> Minutes:
    minutes, _ = read_minutes_bytes(text.encode(), f"notes{suffix}", suffix, None)
    assert minutes is not None
    return minutes


def there(text: str, suffix: str = ".txt") -> list[str]:
    return [f"{one.status.value} {one.name}" for one in read(text, suffix).attendance]


@pytest.mark.parametrize("heading", ["Bus Shelters", "Harbour Lights", "Flood Wardens", "Quiet Lanes - Northern Scheme"])
@pytest.mark.parametrize(
    "label",
    ["- Apologies:\n\n### {}", "2. Apologies for Absence\n\nNone\n\n3. Minutes\n\nAgreed.\n\n{}", "Apologies:\n\nNil\n\n{}"],
)
def test_an_empty_list_of_apologies_takes_no_heading_for_somebody(label: str, heading: str) -> None:
    text = f"{HEAD}- Present: Ada Bain, Ben Coe\n{label.format(heading)}\n\nThe work has begun.\n"
    assert there(text, ".md") == ["present Ada Bain", "present Ben Coe"]


def test_a_heading_that_begins_like_a_title_is_nobody() -> None:
    text = f"{HEAD}**Present:** Cllr. A. Bain and Cllr. B. Coe.\n\n**Councillor Vacancy**\n\nA notice will be put up.\n"
    assert [one.rpartition(" ")[2] for one in there(text, ".md")] == ["Bain", "Coe"]


@pytest.mark.parametrize("title", ["Mr", "Mrs", "Ms", "Miss", "Dr", "Cllr"])
def test_people_with_titles_go_on_below_the_label(title: str) -> None:
    text = f"{HEAD}Present: Ms Ada Bain (Water Agency)\n\n{title} Ben Coe (Village representative)\n\n{title} Cai Dow (Mere Mills)\n\n1. Bees\n\nCai Dow spoke.\n"
    assert [one.split()[-1] for one in there(text)] == ["Bain", "Coe", "Dow"]


@pytest.mark.parametrize(
    "others", ["", " together with three members of the public", " and 2 residents", ", plus a member of the public"]
)
def test_a_title_with_a_full_stop_ends_no_name_and_the_public_is_no_part_of_one(others: str) -> None:
    text = f"{HEAD}1. Present: Miss Bain - Chairperson, Mrs. Coe, Mrs. Dow, E.Eves, R. Fry{others}.\n\n2. Apologies: Mr. Gale\n"
    assert there(text) == [
        "present Miss Bain",
        "present Mrs. Coe",
        "present Mrs. Dow",
        "present E.Eves",
        "present R. Fry",
        "apologies Mr. Gale",
    ]


def test_a_box_says_who_was_there() -> None:
    text = f"# {HEAD}## Roads\n\nThe road is closed.\n\n## Attended by\n\n### Board members\n\n* [X] Ada Bain, North\n* [ ] Ben Coe, South\n* [x] Cai Dow, West\n"
    assert there(text, ".md") == ["present Ada Bain", "unknown Ben Coe", "present Cai Dow"]


def test_initials_stand_before_the_names() -> None:
    text = f"# {HEAD}## Participants\n\n- AB - Ada Bain, Port Office, Mere [PO], Chair\n- BC - Ben Coe, Mere Mills\n"
    assert there(text, ".md") == ["present Ada Bain", "present Ben Coe"]


@pytest.mark.parametrize("number", ["", "2. ", "2.1 ", "2.1.1 "])
def test_a_column_of_names_is_not_that_of_firms(number: str) -> None:
    rows = "Company              Name             Role\nStone Harbour        Ada Bain         Member\nMere Mills           Ben Coe          Chair\n"
    assert there(f"{HEAD}{number}Members Present\n\n{rows}\n3. Roads\n\nAgreed.\n") == ["present Ada Bain", "present Ben Coe"]


@pytest.mark.parametrize("label", ["Those Attending:", "Those attending -", "Attending:"])
def test_those_attending_were_there(label: str) -> None:
    assert there(f"{HEAD}{label} Cllr Mrs A Bain, Cllr J Coe-Dow, Mrs E Eves (Clerk) and 16 members of the public.\n\n1. Bees\n\nSeen.\n") == [
        "present Cllr Mrs A Bain", "present Cllr J Coe-Dow", "present Mrs E Eves",
    ]  # fmt: skip


@pytest.mark.parametrize("number", ["1.1", "1.1 ", "2) "])
@pytest.mark.parametrize("label", ["Approved apologies:", "Absent: ", "Accepted apologies: "])
def test_a_number_may_touch_the_label_of_who_was_away(number: str, label: str) -> None:
    text = f"{HEAD}Attendees: Ada Bain (Chair), Ben Coe (Clerk)\n\n{number}{label}Cai Dow CD (Chair of Works), Luc d\u2019Eves LE (Parent),\n\n3. Bees\n\nSeen.\n"
    assert [one.split()[0] for one in there(text)] == ["present", "present", "apologies", "apologies"]


def test_a_name_may_begin_with_a_small_letter() -> None:
    assert there(f"# {HEAD}## Present\n\n- Ada Bain\n- Luc d\u2019Eves\n\n## Bees\n\nSeen.\n", ".md") == [
        "present Ada Bain",
        "present Luc d\u2019Eves",
    ]


def test_the_date_held_is_the_meetings() -> None:
    text = "---\ntitle: Mere parish\ndate: 2025-08-01\n---\n\n**Date held:** **4th June 2025** **Venue:** Mere Hall\n\n**Present:** Ada Bain, Ben Coe\n\n1. Bees\n\nSeen.\n"
    assert f"{read(text, '.md').day}" == "2025-06-04"


def test_a_town_sends_no_apologies_by_its_letters() -> None:
    text = f"{HEAD}Present: Ada Bain, Ben Coe\n\nApologies had been received from Cai Dow and from representatives of MDC and HAVEN.\n"
    assert "apologies HAVEN" not in there(text)


@pytest.mark.parametrize(
    "line",
    ["Wednesday 4th June 2025", "Wednesday4th June 2025", "On Wednesday 4th June 2025 at 7.30pm", "WEDNESDAY JUNE 4th 2025"],
)
def test_the_day_on_a_line_of_its_own_is_the_meetings_and_the_pages_own_is_not(line: str) -> None:
    text = f"---\ntitle: Harbour committee\ndate: 2025-08-01\n---\n\nHarbour committee\n\n{line}\n\nPresent: Ada Bain, Ben Coe\n\n1. Lights\n\nAgreed.\n\nDate of next meeting 9 July\n"
    minutes = read(text, ".md")
    assert f"{minutes.day}" == "2025-06-04"
    assert minutes.next_meeting is not None
    assert f"{minutes.next_meeting.day}" == "2025-07-09"


def test_the_next_meetings_day_below_its_heading_is_not_the_meetings() -> None:
    text = "---\ntitle: Harbour committee\ndate: 2025-06-04\n---\n\nPresent: Ada Bain, Ben Coe\n\n## Next meeting\n\nWednesday 9 July 2025\n"
    assert f"{read(text, '.md').day}" == "2025-06-04"


@pytest.mark.parametrize(
    "heading",
    [
        "ITEM 9. DATE OF NEXT COMMITTEE MEETING",
        "8. Dates of Meetings for 2025",
        "HB 51/2025 Date of next meeting",
        "9. Dates of meetings",
    ],
)
def test_a_heading_gives_the_next_meeting_whatever_numbers_it(heading: str) -> None:
    minutes = read(
        f"{HEAD}Present: Ada Bain, Ben Coe\n\n{heading}\n\n2.30pm, Wednesday 3rd September 2025\n\n2.30pm, Wednesday 3rd December 2025\n"
    )
    assert minutes.next_meeting is not None
    assert f"{minutes.next_meeting.day}" == "2025-09-03"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("Date of next meeting: Wednesday 7 May 2025", True),
        ("## Next meeting\n\nWednesday 7 May 2025", True),
        ("The next meeting will be on 4 June 2025.", True),
        ("Date of next meeting: Wednesday 9 July 2025", False),
        ("## Next meeting\n\n9 July 2025 (moved from 7 May 2025)", False),
        ("The next meeting will be in July 2025, as was said on 7 May 2025.", False),
    ],
)
def test_a_next_meeting_that_is_not_after_this_one_is_asked_about(said: str, asked: bool) -> None:
    text = (
        f"---\ntitle: Harbour committee\ndate: 2025-06-04\n---\n\nPresent: Ada Bain, Ben Coe\n\n1. Lights\n\nAgreed.\n\n{said}\n"
    )
    assert any(one.kind == "next-meeting-earlier" for one in read(text, ".md").queries) == asked


def test_a_column_of_notes_beside_one_of_actions_asks_nobody() -> None:
    rows = "| Topic | Notes/Action Items | Actions: Responsible/None |\n| --- | --- | --- |\n"
    rows += "| Quay | The quay was full. Ada showed the plan of the quay, and the board looked at it for a while. | Ben to write to the port |\n"
    rows += "| Lights | Agreed. | None |\n"
    minutes = read(f"# {HEAD}Present: Ada Bain, Ben Coe\n\n### Action items\n\n{rows}", ".md")
    assert [(one.words, [who.as_written for who in one.owners]) for one in minutes.actions] == [
        ("Ben to write to the port", ["Ben"])
    ]


def test_the_numbers_of_items_are_no_references_of_actions() -> None:
    titles = ("Welcome", "Finance", "Premises", "Health and Safety", "Date of next meeting")
    agenda = "".join(f"HB {at}/2025 {title}\n" for at, title in enumerate(titles, 35))
    listed = " ACTIONS TO BE TAKEN\n ITEM                                              BY WHOM       BY WHEN\n"
    listed += " 36/2025   Send the signed accounts to the bank       Clerk         asap\n 37/2025   Thank the builders for the roof            Ben Coe       asap\n"
    body = "   Item              Notes                                                     Action\n"
    body += "".join(f"HB {at}/2025  {title:25} Nothing was said of it.\n" for at, title in enumerate(titles, 35))
    minutes = read(f"{HEAD}Present: Ada Bain, Ben Coe\n\nAgenda:\n\n{agenda}\n{listed}\n{body}")
    assert [(one.ref, one.words, [who.as_written for who in one.owners]) for one in minutes.actions] == [
        ("36/2025", "Send the signed accounts to the bank", ["Clerk"]),
        ("37/2025", "Thank the builders for the roof", ["Ben Coe"]),
    ]


def test_of_three_columns_the_last_begins_below_its_heading() -> None:
    rows = "Item                      Notes                                                        Action\n"
    for number, title in ((41, "Boats"), (42, "Quays"), (43, "Lights"), (44, "Ropes")):
        rows += f"HB {number}/2025  {title:12}  The board looked at what the wardens have shown,\n                          and nothing more was said of it.\n"
    rows += "HB 45/2025  Plan          Plan of the harbour to be put off to the next meeting         Clerk\n"
    minutes = read(f"{HEAD}Present: Ada Bain, Ben Coe\n\n{rows}")
    assert [[who.as_written for who in one.owners] for one in minutes.actions] == [["Clerk"]]


@pytest.mark.parametrize("code", ["ACT-HB-2025-58:", "ACT-12:", "HB/12:"])
def test_a_code_may_stand_before_the_label(code: str) -> None:
    minutes = read(
        f"{HEAD}Present: Ada Bain (AB), Ben Coe (BC)\n\n1. Boats\n\n{code} Action: AB - Share the plan of the quay by the end of July.\n"
    )
    assert [([who.as_written for who in one.owners], one.marked, f"{one.due}") for one in minutes.actions] == [
        (["AB"], True, "2025-07-31")
    ]


@pytest.mark.parametrize("line", ["7. Actions: None", "7. ACTIONS: Nil", "7. Action: none"])
def test_that_there_is_none_is_no_action(line: str) -> None:
    assert read(f"{HEAD}Present: Ada Bain, Ben Coe\n\n6. Boats\n\nSeen.\n\n{line}\n\n8. Quays\n\nSeen.\n").actions == ()


def test_the_words_of_a_link_go_on_over_the_end_of_a_line() -> None:
    text = f"{HEAD}Attendance: [Ada Bain](/p/AdaBain/), [Ben\nCoe](/p/BenCoe/), [Cai Dow](/p/CaiDow/)\n\nAll sat down.\n"
    assert there(text, ".md") == ["present Ada Bain", "present Ben Coe", "present Cai Dow"]


RULES = "Members shall meet three times a year, and the clerk shall keep a record of what they do.\n\n" * 3


@pytest.mark.parametrize("title", ["Terms of Reference of the Harbour Committee", "Harbour Information Report"])
def test_a_paper_that_lists_people_is_not_thereby_notes(title: str) -> None:
    text = f"{title}\n\nMembers:\nMr A Bain\nMrs B Coe\n\n{RULES}The committee will work to the rules of the port, and the Treasurer will send them out.\n"
    minutes, problems = read_minutes_bytes(text.encode(), "paper.txt", ".txt", None)
    assert minutes is not None
    assert minutes.actions == ()
    assert [one.kind for one in problems] == ["notes-other-paper"]


def test_an_agenda_may_begin_with_its_day() -> None:
    text = "# 2025-06-04 :  Harbour Board Agenda\n\n* Welcome\n* Quays\n* Any other business\n* Next meeting\n"
    _, problems = read_minutes_bytes(text.encode(), "paper.md", ".md", None)
    assert [one.kind for one in problems] == ["notes-agenda-only"]
