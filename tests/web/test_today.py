"""Today: the one next thing, the steps of the month, and what waits; in the frame of every page."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import AFTER, MEETING, Opened, desk_of

pytestmark = [pytest.mark.needs("chromium")]


def test_before_the_meeting_it_says_what_is_next_and_what_waits(page: Page) -> None:
    expect(page.locator("h1")).to_have_text("The pack is built and not released")
    lead = page.locator("p.lead").inner_text()
    assert "Tuesday 28 May 2019 at 10:00, Meeting Room 1.38, Hindlip" in lead
    assert "No working day is left after today: Monday is a bank holiday (Spring Bank Holiday)." in lead
    steps = page.locator("ol.steps li").all_inner_texts()
    assert [one.split("\n")[0].removesuffix(" (now)") for one in steps] == [
        "Asked for",
        "Figures",
        "Papers",
        "Pack",
        "Sent",
        "Notes",
        "Annex",
    ]
    assert "Serious and organised crime: finished performance report" in page.locator("table").inner_text()
    assert "4 actions are overdue" in page.locator("section.panel").inner_text()


def test_the_frame_says_whose_words_it_shows_and_who_is_at_the_desk(page: Page) -> None:
    assert page.locator(".strip").inner_text() == "Office edition: this window shows the office’s words. OFFICIAL."
    assert "At the desk: Ellis Wainfleet" in page.locator("header").inner_text()
    assert page.locator("nav a[aria-current]").inner_text() == "Today"
    assert "briefing pack, office edition" in page.locator("footer").inner_text()


def test_somebody_else_sits_down_and_a_name_with_markup_is_text(page: Page) -> None:
    page.locator("details.who summary").click()
    page.get_by_label("Who are you?").fill("<b>Meera</b> & Co")
    page.get_by_role("button", name="That is me").click()
    expect(page.locator(".said")).to_contain_text("At the desk: <b>Meera</b> & Co.")
    page.locator("details.who summary").click()
    page.get_by_label("Who are you?").fill("Ellis Wainfleet")
    page.get_by_role("button", name="That is me").click()
    expect(page.locator(".said")).to_contain_text("At the desk: Ellis Wainfleet.")


def test_what_is_changed_elsewhere_is_shown_at_the_next_look(page: Page, desk: Opened) -> None:
    notes = desk.office / "inputs" / "notes" / "2019-05-28-assurance.md"
    before = notes.read_bytes()
    notes.write_bytes(before + b"\nOne more word.\n")
    page.reload()
    expect(page.locator("h1")).to_have_text("The pack is older than what is known now")
    expect(page.locator("section.next")).to_contain_text("2019-05-28-assurance.md")
    notes.write_bytes(before)
    page.reload()
    expect(page.locator("h1")).to_have_text("The pack is built and not released")


def test_a_first_file_of_words_after_a_build_is_said_to_be_new(page: Page, desk: Opened) -> None:
    words = desk.office / "inputs" / "notes" / f"{MEETING}.force.md"
    expect(page.locator("h1")).to_have_text("The pack is built and not released")
    words.write_text("## 2.1.2 Satisfaction\n\nThe force says so.\n", "utf-8")
    page.reload()
    expect(page.locator("h1")).to_have_text("The pack is older than what is known now")
    expect(page.locator("main")).to_contain_text(f"Changed since then: {MEETING}.force.md.")
    words.unlink()


def test_after_the_meeting_the_notes_are_next(built_office: Path, browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    shutil.copytree(built_office, folder)
    with desk_of(folder, AFTER) as desk:
        page = browser.new_page()
        page.goto(desk.entry)
        expect(page.locator("h1")).to_have_text("The meeting was held. The annex is not issued yet")
        expect(page.locator("section.next")).to_contain_text("DA satisfaction")
        page.close()


def test_settings_that_cannot_be_read_are_said_and_put_right(page: Page, desk: Opened) -> None:
    office = desk.office / "inputs" / "office.toml"
    before = office.read_bytes()
    office.write_bytes(b"name = \n")
    page.reload()
    expect(page.locator("h1")).to_have_text("The desk cannot show its pages yet")
    expect(page.locator("main")).to_contain_text("office.toml")
    assert "Traceback" not in page.content()
    office.write_bytes(before)
    page.get_by_role("link", name="Look again").click()
    expect(page.locator("h1")).to_have_text("The pack is built and not released")


def test_letter_keys_go_to_places_and_are_listed_and_turned_off(page: Page) -> None:
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.get_by_label("Turn letter keys off").check()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.id") != "find"
    page.keyboard.press("?")
    page.get_by_label("Turn letter keys off").uncheck()
    page.get_by_role("button", name="Close").click()
    page.keyboard.press("f")
    assert page.evaluate("document.activeElement.id") == "find"


def test_it_all_stands_there_without_script(
    desk: Opened, context: object, browser: Browser, page: Page, go: Callable[[str], Page]
) -> None:
    cookies = page.context.cookies()
    plain = browser.new_context(java_script_enabled=False)
    plain.add_cookies(cookies)  # type: ignore[arg-type]
    window = plain.new_page()
    window.goto(f"{desk.origin}/")
    expect(window.locator("h1")).to_have_text("The pack is built and not released")
    expect(window.locator(".keys")).to_be_hidden()
    plain.close()
