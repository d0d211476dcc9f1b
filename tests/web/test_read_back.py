"""Read-back: one key shows the room what was decided, from the notes as they stand, and nothing of the office's."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import AFTER, MEETING, Opened, desk_of

pytestmark = [pytest.mark.needs("chromium")]


@pytest.fixture
def window(built_office: Path, browser: Browser, tmp_path: Path) -> Iterator[tuple[Opened, Page]]:
    shutil.copytree(built_office, tmp_path / "office")
    with desk_of(tmp_path / "office", AFTER) as desk:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(60_000)
        page.goto(desk.entry)
        yield desk, page
        page.close()


def test_one_key_shows_what_was_decided_and_another_goes_back(window: tuple[Opened, Page]) -> None:
    desk, page = window
    notes = desk.office / "inputs" / "minutes" / f"{MEETING}.md"
    text = notes.read_text("utf-8")
    heading = "#### 4. Criminal Justice Performance\n"
    assert heading in text
    signs = "/a cc send the custody note 14/6\n/a dcc count the cells\n/a po book the room 31/6\n/d notes go to the force within ten days\n/p cc charge rate >= 12\n"
    notes.write_text(text.replace(heading, f"{heading}\n{signs}"), "utf-8")
    page.goto(f"{desk.origin}/m/{MEETING}/notes")
    page.keyboard.press("F9")
    expect(page.locator("h1")).to_have_text("What was decided on 28 May")
    expect(page.locator("tr").filter(has_text="send the custody note")).to_contain_text("14 June 2019")
    expect(page.locator("tr").filter(has_text="count the cells")).to_contain_text("no day said")
    expect(page.locator("tr").filter(has_text="book the room").locator(".waits")).to_have_text("unclear: “31 June”")
    shown = page.locator("main").inner_text()
    for words in ("notes go to the force within ten days", "charge rate at least 12", "September 2019", "no outcome said"):
        assert words in shown
    assert "custody note" in shown.split("Coming back")[0]
    assert page.evaluate("parseFloat(getComputedStyle(document.querySelector('td')).fontSize)") >= 22
    notes.write_text(notes.read_text("utf-8").replace("send the custody note 14/6", "send the custody note 21/6"), "utf-8")
    page.keyboard.press("F9")
    expect(page.locator("tr").filter(has_text="send the custody note")).to_contain_text("21 June 2019")
    page.keyboard.press("Escape")
    expect(page.locator("h1")).to_have_text("The notes are in")


def test_nothing_of_the_offices_is_read_to_the_room(window: tuple[Opened, Page]) -> None:
    desk, page = window
    notes = desk.office / "inputs" / "minutes" / f"{MEETING}.md"
    notes.write_text(notes.read_text("utf-8") + "\n## 9. What the office keeps\n\n/a po keep the secret 14/6\n", "utf-8")
    page.goto(f"{desk.origin}/m/{MEETING}/notes/read-back")
    expect(page.locator("h1")).to_have_text("What was decided on 28 May")
    content = page.content()
    assert "keep the secret" not in content
    assert "Office edition" not in content
    expect(page.locator("p.waits")).to_contain_text("left out")
    assert "Queries" not in content


def test_without_notes_it_says_so(window: tuple[Opened, Page]) -> None:
    desk, page = window
    (desk.office / "inputs" / "minutes" / f"{MEETING}.md").unlink()
    page.goto(f"{desk.origin}/m/{MEETING}/notes/read-back")
    expect(page.locator(".question.wrong")).to_contain_text("notes")
