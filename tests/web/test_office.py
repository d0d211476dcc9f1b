"""Calendar, Inbox, People and measures: forms that call the verbs, and change settings by the line."""

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Opened

pytestmark = [pytest.mark.needs("chromium")]
LETTER = b"""From: cc.staff@force.example
To: policy@opcc.example
Subject: Actions
Date: Thu, 23 May 2019 10:00:00 +0100
Message-ID: <1@force.example>
Content-Type: text/plain; charset=utf-8

12/2019 complete, see the note of 20 May.
"""


def test_a_meeting_is_set_on_the_day_that_its_rule_proposes_moved_and_called_off(go: Callable[[str], Page], desk: Opened) -> None:
    page = go("/calendar")
    page.get_by_role("button", name="Set it on Tuesday 25 June 2019").click()
    expect(page.locator(".said")).to_contain_text("Set: Monthly Assurance Meeting, Tuesday 25 June 2019.")
    row = page.locator("tr").filter(has_text="Tuesday 25 June 2019")
    row.locator("summary").click()
    row.get_by_label("New day").fill("2019-06-26")
    row.get_by_label("Why", exact=True).fill("the room is taken")
    row.get_by_role("button", name="Move it").click()
    expect(page.locator(".said")).to_contain_text("is on Wednesday 26 June 2019")
    row = page.locator("tr").filter(has_text="Wednesday 26 June 2019")
    row.locator("summary").click()
    row.get_by_label("Why it is called off").fill("purdah")
    row.get_by_role("button", name="Call it off").click()
    expect(page.locator(".said")).to_contain_text("Called off")
    text = (desk.office / "inputs" / "meetings" / "2019-06-25-assurance.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["cancelled"] is True


def test_a_reply_waits_until_a_person_takes_it(go: Callable[[str], Page], desk: Opened) -> None:
    (desk.office / "inputs" / "inbox").mkdir(exist_ok=True)
    (desk.office / "inputs" / "inbox" / "reply.eml").write_bytes(LETTER)
    page = go("/inbox")
    expect(page.locator("main")).to_contain_text("1 file not taken in yet")
    assert (desk.office / "inputs" / "inbox" / "reply.eml").exists()
    page.get_by_role("button", name="Take them in").click()
    expect(page.locator("h1")).to_have_text("Inbox: 1 reply to read")
    expect(page.locator(".card")).to_contain_text("12/2019 is said to be complete")
    page.get_by_role("button", name="Accept what it says of 12/2019").click()
    expect(page.locator(".said")).to_contain_text("Recorded: 12/2019 is proposed complete")
    expect(page.locator("h1")).to_have_text("Inbox: nothing to read")
    page.locator(".said").get_by_role("button", name="Undo step").click()
    expect(page.locator(".said")).to_contain_text("is undone. 12/2019 is as it was before; both are kept.")
    expect(page.locator("h1")).to_contain_text("12/2019")
    expect(page.locator("main")).not_to_contain_text("proposed complete and awaits")


def test_an_address_is_changed_by_the_line_and_comments_stay(go: Callable[[str], Page], desk: Opened) -> None:
    office = desk.office / "inputs" / "office.toml"
    before = office.read_text(encoding="utf-8")
    page = go("/people")
    row = page.locator("tr").filter(has_text="Anneka Pryce")
    row.locator("summary").click()
    row.get_by_label("Address").fill("analysis@force.example")
    row.get_by_role("button", name="Save").click()
    expect(page.locator(".said")).to_contain_text("Anneka Pryce: changed")
    after = office.read_text(encoding="utf-8")
    assert after == before.replace("performance@force.example", "analysis@force.example", 1)


def test_a_form_that_is_saved_as_it_was_changes_nothing_and_says_so(go: Callable[[str], Page], desk: Opened) -> None:
    office = desk.office / "inputs" / "office.toml"
    before = office.read_bytes()
    page = go("/people")
    row = page.locator("tr").filter(has_text="Rowan Ashdown")
    row.locator("summary").click()
    row.get_by_role("button", name="Save").click()
    expect(page.locator(".said")).to_have_text("Rowan Ashdown: nothing was changed, it stood so already.")
    assert office.read_bytes() == before


def test_settings_that_somebody_else_changed_are_not_written_over(go: Callable[[str], Page], desk: Opened) -> None:
    office = desk.office / "inputs" / "office.toml"
    page = go("/people")
    theirs = office.read_text(encoding="utf-8") + "\n# theirs\n"
    office.write_text(theirs, encoding="utf-8")
    page.locator("summary", has_text="Somebody new").click()
    page.get_by_label("Name", exact=True).fill("Ada Quill")
    page.get_by_label("Post", exact=True).select_option("po")
    page.get_by_label("From", exact=True).fill("2019-06-01")
    page.get_by_role("button", name="Add them").click()
    expect(page.locator(".said.wrong")).to_contain_text("Somebody changed the settings while you were writing. Theirs stand.")
    assert office.read_text(encoding="utf-8") == theirs
    page.locator(".said.wrong summary").click()
    assert page.locator("dl.typed dt").all_inner_texts() == [
        "Name",
        "Post",
        "From",
    ]  # what a person typed, and nothing of the form's own
    assert page.get_by_label("Name", exact=True).input_value() == "Ada Quill"


def test_a_setting_that_could_not_be_read_is_refused_whole(go: Callable[[str], Page], desk: Opened) -> None:
    measures = desk.office / "inputs" / "measures.toml"
    before = measures.read_bytes()
    page = go("/people")
    row = page.locator("tr").filter(has_text="Confidence in the police")
    row.locator("summary").click()
    row.get_by_label("Days after the period").fill("soon")
    row.get_by_role("button", name="Save").click()
    expect(page.locator(".said.wrong")).to_contain_text("“soon” is no number of days.")
    assert measures.read_bytes() == before


def test_whatever_is_dropped_into_the_inbox_is_put_in_its_place(go: Callable[[str], Page], desk: Opened, tmp_path: Path) -> None:
    figures = tmp_path / "Performance extract June.xlsx"
    figures.write_bytes((desk.office / "inputs" / "performance" / "Performance extract 2019-05-13.xlsx").read_bytes())
    page = go("/inbox")
    page.locator("input[type=file]").set_input_files([figures])
    page.get_by_role("button", name="Bring").click()
    expect(page.locator(".said")).to_contain_text("Performance extract June.xlsx: A workbook of figures, put here.")
    assert (desk.office / "inputs" / "performance" / figures.name).read_bytes() == figures.read_bytes()
    assert not (desk.office / "inputs" / "inbox" / figures.name).exists()
