"""Publish: what the public will see, by name of what is withheld and why; released and published by a tick and a button that names it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from reportpack.model.edition import Audience
from reportpack.model.release import Published, Released
from reportpack.run.office_files import office_folders, open_memory
from tests.web.conftest import MEETING, Opened, desk_of

pytestmark = [pytest.mark.needs("chromium")]
AT = f"/m/{MEETING}/publish"


@pytest.fixture(scope="module")
def window(built_office: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Opened, Page]]:
    """One window through the whole of it: the tests of this file follow on each other."""
    folder = tmp_path_factory.mktemp("publish") / "office"
    shutil.copytree(built_office, folder)
    with desk_of(folder) as desk:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(60_000)
        page.goto(desk.entry)
        yield desk, page
        page.close()


def happened(office: Path) -> tuple[int, int]:
    """How many releases of a public edition there are, and how many publications."""
    with open_memory(office_folders(office / "inputs", office / "build", None)) as ledger:
        released = [one for one in ledger.happened(Released) if one.edition is Audience.PUBLIC]
        return len(released), len(ledger.happened(Published))


def test_what_is_withheld_stands_there_by_name_with_its_reason_before_anything_is_built(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}/m/{MEETING}/send")
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.locator("h1")).to_have_text("Publish the briefing pack")
    row = page.locator("tr", has_text="4/2019").first
    expect(row).to_be_visible()
    assert row.locator("td").nth(2).inner_text()
    expect(page.get_by_role("button", name="Release")).to_have_count(0)
    page.get_by_role("button", name="Build the public edition").click()
    expect(page.locator(".said")).to_contain_text("Built: public edition", timeout=120_000)
    assert happened(desk.office) == (0, 0)


def test_it_is_released_with_a_tick_and_not_published_by_that(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}{AT}")
    button = page.get_by_role("button", name="Release the public edition of the briefing pack, as Ellis Wainfleet")
    button.click()
    page.wait_for_load_state()
    expect(page.locator(".said.wrong")).to_contain_text("the tick for the public edition is missing")
    assert happened(desk.office) == (0, 0)
    page.goto(f"{desk.origin}{AT}")
    page.get_by_label("I have read it").check()
    button.click()
    expect(page.locator(".said")).to_contain_text("Version 1 is released, by Ellis Wainfleet at 16:40. It is not published yet.")
    assert happened(desk.office) == (1, 0)
    assert not (desk.office / "build" / "public").exists()


def test_it_is_published_once_by_the_button_that_names_it(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}{AT}")
    expect(page.locator("main")).to_contain_text("Once it is published it cannot be called back.")
    page.locator(".ran summary").click()
    expect(page.locator(".ran")).to_contain_text(f"reportpack publish {MEETING} --document pack --by 'Ellis Wainfleet'")
    named = page.locator("details", has_text="that everybody may read").locator("li").all_text_contents()
    button = page.get_by_role("button", name="Publish version 1 of the briefing pack for everybody to read")
    button.click()
    expect(page.locator(".said.wrong")).to_contain_text("the tick is missing")
    page.reload()
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url(f"{desk.origin}/m/{MEETING}/send")
    assert happened(desk.office) == (1, 0)
    page.goto(f"{desk.origin}{AT}")
    page.get_by_label("I have read it").check()
    button.click()
    expect(page.locator(".said")).to_contain_text("Version 1 is published, by Ellis Wainfleet:")
    expect(page.locator("main")).to_contain_text("What was published cannot be called back")
    assert happened(desk.office) == (1, 1)
    assert sorted(one.name for one in (desk.office / "build" / "public").rglob("*") if one.is_file()) == sorted(named)
    page.go_back()
    page.reload()
    assert happened(desk.office) == (1, 1)


def test_what_stood_on_an_old_page_is_not_published(window: tuple[Opened, Page]) -> None:
    desk, page = window
    notes = desk.office / "inputs" / "notes" / f"{MEETING}.md"
    notes.write_text(
        notes.read_text("utf-8").replace("## 2.1.5 Outcome 16\n", "## 2.1.5 Outcome 16\n\n### Public statement\n\nNew.\n"),
        "utf-8",
    )
    page.goto(f"{desk.origin}{AT}?document=annex")
    expect(page.locator("main")).to_contain_text("is not released")
    page.get_by_label("I have read it").check()
    page.get_by_role("button", name="Release the public edition of the notes").click()
    expect(page.locator(".said.wrong")).to_be_visible()
    assert happened(desk.office) == (1, 1)
