"""Register and Find: a row is found, its life read, a step recorded and undone, in the words and by the verbs of the command line."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from reportpack.run.office_files import office_folders
from reportpack.run.register.rows import find_row, standing_register, update_row
from reportpack.run.steps.recording import Change
from tests.web.conftest import Opened

pytestmark = [pytest.mark.needs("chromium")]


def text(office: Path, ref: str, heading: str) -> str:
    rows, _ = standing_register(office_folders(office / "inputs", office / "build", None), 2019)
    return find_row(rows, ref).text(heading)


def test_open_actions_stand_there_with_what_is_overdue(go: Callable[[str], Page]) -> None:
    page = go("/register")
    expect(page.locator("h1")).to_have_text("Register: 10 open actions")
    row = page.locator("tbody tr").filter(has_text="1/2019").filter(has_text="Time of safer neighbourhood teams")
    expect(row.locator(".wrongly")).to_have_text("26 March 2019, overdue")


def test_words_filter_the_rows_and_stay_out_of_the_address(go: Callable[[str], Page]) -> None:
    page = go("/register")
    page.get_by_label("Words", exact=True).fill("hate crime")
    page.get_by_label("Kind").select_option("all")
    page.get_by_role("button", name="Filter").click()
    expect(page.locator("h1")).to_contain_text("Register:")
    assert "hate" not in page.url
    assert "15/2018" in page.locator("tbody").inner_text()
    assert page.get_by_label("Words", exact=True).input_value() == "hate crime"


def test_a_step_is_recorded_under_a_name_and_undone_where_it_was_made(go: Callable[[str], Page], desk: Opened) -> None:
    page = go("/register/7-2019")
    page.locator("summary", has_text="Give it another day").click()
    form = page.locator("form").filter(has=page.locator("input[value=redate]"))
    form.get_by_label("The new day, such as 28 June 2019").fill("28 June 2019")
    form.get_by_label("Why it moves").fill("the audit is late")
    form.get_by_role("button").click()
    expect(page.locator(".said")).to_contain_text("7/2019 is open")
    assert text(desk.office, "7/2019", "Due") == "28 June 2019"
    expect(page.locator(".life li").filter(has_text="the audit is late")).to_contain_text("Ellis Wainfleet")
    page.locator(".said").get_by_role("button").click()
    expect(page.locator(".said")).to_contain_text("is undone")
    assert text(desk.office, "7/2019", "Due") == "21 May 2019"


def test_a_step_without_its_reason_is_refused_and_the_words_are_still_there(go: Callable[[str], Page], desk: Opened) -> None:
    page = go("/register/15-2018")
    page.locator("summary", has_text="Close or withdraw it").click()
    form = page.locator("form").filter(has=page.locator("input[value=end]"))
    form.get_by_label("What came of it").fill("It was talked about")
    form.get_by_role("button").click()
    expect(page.locator(".said.wrong")).to_contain_text("Nothing says how anybody could see that 15/2018 is done.")
    page.locator("summary", has_text="Close or withdraw it").click()
    assert form.get_by_label("What came of it").input_value() == "It was talked about"
    assert text(desk.office, "15/2018", "State") == "open"


def test_what_somebody_else_recorded_meanwhile_stands(go: Callable[[str], Page], desk: Opened) -> None:
    page = go("/register/11-2019")
    folders = office_folders(desk.office / "inputs", desk.office / "build", None)
    update_row(
        folders, "11/2019", [("Update", "Theirs.")], Change(datetime(2019, 5, 24, 16, 41, tzinfo=ZoneInfo("Europe/London")))
    )
    page.locator("summary", has_text="Change something else").click()
    form = page.locator("form").filter(has=page.locator("input[value=change]"))
    form.get_by_label("What", exact=True).select_option("Update")
    form.get_by_label("What should stand there").fill("Mine.")
    form.get_by_role("button").click()
    expect(page.locator(".said.wrong")).to_contain_text("Somebody else changed 11/2019 at 16:41. Theirs stands; yours is below.")
    expect(page.locator("main")).to_contain_text("Theirs.")
    assert text(desk.office, "11/2019", "Update") == "Theirs."


def test_excel_that_has_the_register_open_is_said_and_nothing_is_lost(go: Callable[[str], Page], desk: Opened) -> None:
    lock = desk.office / "inputs" / "~$register.xlsx"
    lock.write_bytes(b"")
    page = go("/register")
    expect(page.locator(".said.wrong")).to_contain_text("Somebody has the register open in Excel.")
    page.goto(f"{desk.origin}/register/12-2019")
    page.locator("summary", has_text="Change something else").click()
    form = page.locator("form").filter(has=page.locator("input[value=change]"))
    form.get_by_label("What", exact=True).select_option("Update")
    form.get_by_label("What should stand there").fill("Said on the telephone.")
    form.get_by_role("button").click()
    expect(page.locator(".said")).to_contain_text("Recorded as")
    lock.unlink()
    assert text(desk.office, "12/2019", "Update") == "Said on the telephone."


def test_a_new_action_is_given_the_next_number_and_markup_is_text(go: Callable[[str], Page], desk: Opened) -> None:
    page = go("/register/new")
    page.get_by_label("Action", exact=True).fill("<script>alert(1)</script> & =1+1")
    page.get_by_label("Owner", exact=True).fill("CC")
    page.get_by_label("Due", exact=True).fill("28 June 2019")
    page.get_by_role("button", name="Record it").click()
    expect(page.locator(".said")).to_contain_text("Recorded: 13/2019.")
    expect(page.locator(".lead")).to_contain_text("“<script>alert(1)</script> & =1+1”")
    assert text(desk.office, "13/2019", "Action") == "<script>alert(1)</script> & =1+1"


def test_words_are_found_in_the_register_and_in_what_was_issued(go: Callable[[str], Page]) -> None:
    page = go("/")
    page.get_by_placeholder("Find words").fill('"hate crime" satisfaction')
    page.get_by_role("search").get_by_role("button").click()
    expect(page.locator("h1")).to_contain_text("place")
    assert "hate" not in page.url
    assert "satisfaction" not in page.url
    expect(page.locator("main")).to_contain_text("In the register")
    assert page.locator("mark").count() > 2
    page.get_by_label("Words", exact=True).fill("xylophone")
    page.get_by_role("main").get_by_role("button", name="Find", exact=True).click()
    expect(page.locator("main")).to_contain_text("Nowhere, in everything that was said or issued.")
