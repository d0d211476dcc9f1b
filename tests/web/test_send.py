"""Release and send: a tick for each edition, a number typed on a second page, and never by a key, a reload or an old page."""

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from reportpack.model.release import Released
from reportpack.run.letters.send_settle import letters_of_meeting
from reportpack.run.office_files import office_folders, open_memory
from tests.read.papers.made import paper
from tests.web.conftest import MEETING, Opened, desk_of

pytestmark = [pytest.mark.needs("chromium")]
AT = f"/m/{MEETING}/send"


@pytest.fixture(scope="module")
def window(built_office: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Opened, Page]]:
    """One window through the whole of it: the tests of this file follow on each other."""
    folder = tmp_path_factory.mktemp("send") / "office"
    shutil.copytree(built_office, folder)
    with desk_of(folder) as desk:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(60_000)
        page.goto(desk.entry)
        yield desk, page
        page.close()


def releases(office: Path) -> list[Released]:
    with open_memory(office_folders(office / "inputs", office / "build", None)) as ledger:
        return [*ledger.happened(Released)]


def letters(office: Path) -> int:
    folders = office_folders(office / "inputs", office / "build", None)
    return len(letters_of_meeting(folders, MEETING, datetime.fromisoformat("2019-05-24T17:00+01:00")))


def test_nothing_is_released_while_a_tick_is_missing(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}{AT}")
    expect(page.locator("main")).to_contain_text("Corin Leadley")
    page.get_by_label("Office edition").check()
    page.get_by_role("button", name="Release it, as Ellis Wainfleet").click()
    expect(page.locator(".said.wrong")).to_contain_text("the tick for the force edition is missing")
    assert releases(desk.office) == []


def test_released_once_every_edition_is_ticked_and_nothing_has_left(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}{AT}")
    assert not page.get_by_label("Office edition").is_checked()
    page.get_by_label("Office edition").check()
    page.get_by_label("Force edition").check()
    page.get_by_role("button", name="Release it, as Ellis Wainfleet").click()
    expect(page.locator(".said")).to_contain_text("Version 1 is released, by Ellis Wainfleet at 16:40.")
    assert {one.edition.value for one in releases(desk.office)} == {"office", "force"}
    assert letters(desk.office) == 0


def test_the_second_page_names_everybody_and_shows_each_letter(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}{AT}/confirm")
    expect(page.locator("main")).to_contain_text("This is a rehearsal:")
    force = page.locator(".edition-force")
    expect(force).to_contain_text("Duncan Harcastle, Chief Constable")
    expect(page.get_by_role("complementary")).to_contain_text("The letter, as ")
    with page.expect_download() as taken:
        page.get_by_role("complementary").locator("li a").first.click()
    assert taken.value.suggested_filename.endswith(".pdf")


def test_enter_a_wrong_number_and_a_reload_send_nothing(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}{AT}/confirm")
    page.locator("#count").fill("1")
    page.locator("#count").press("Enter")
    expect(page.locator(".said")).to_contain_text("Nothing was sent: the field only keeps the number.")
    assert page.locator("#count").input_value() == "1"
    page.get_by_role("button", name="to look at").click()
    expect(page.locator(".said.wrong")).to_contain_text("That is not how many are in the force’s list.")
    page.reload()
    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url(f"{desk.origin}{AT}")
    assert letters(desk.office) == 0


def test_the_button_with_the_right_number_lays_them_out_once(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}{AT}/confirm")
    going = page.locator(".card li").count()
    others = page.locator(".edition-force li").count()
    page.locator("#count").fill(str(others))
    page.get_by_role("button", name="to look at").click()
    expect(page.locator("h1")).to_have_text("Laid out to look at. Nothing was sent", timeout=60_000)
    assert letters(desk.office) == going
    page.go_back()
    page.reload()
    assert letters(desk.office) == going
    assert len(list((desk.office / "build").rglob("*.eml"))) == going


def test_what_stood_on_an_old_page_is_not_sent(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}{AT}/confirm")
    others = page.locator(".edition-force li").count()
    office = desk.office / "inputs" / "office.toml"
    before = office.read_bytes()
    page.locator("#count").fill(str(others))
    office.write_bytes(before.replace(b"dcc@force.example", b"other@force.example"))
    page.get_by_role("button", name="to look at").click()
    expect(page.locator(".said.wrong")).to_contain_text("Who gets what changed since this page was shown. Nothing was sent.")
    office.write_bytes(before)


def test_lines_are_released_one_by_one_in_their_words(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}{AT}/lines")
    assert page.locator("input[name=line]:checked").count() == 0
    page.locator("input[name=line]").first.check()
    page.get_by_role("button", name="Release the ticked lines to the force").click()
    expect(page.locator(".said")).to_contain_text("1 line released to the force.")
    page.goto(f"{desk.origin}{AT}/lines")
    assert page.locator("input[name=line]:checked").count() == 1


def test_a_paper_that_came_since_is_shown_and_offered_as_a_supplement(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}{AT}?document=supplement")
    expect(page.locator("main")).to_contain_text("so there is nothing for a supplement.")
    (desk.office / "inputs" / "papers" / MEETING / "2.1.5 Late audit (force).pdf").write_bytes(paper())
    page.goto(f"{desk.origin}/m/{MEETING}/papers")
    row = page.locator("tr", has_text="Late audit")
    expect(row).to_contain_text("PDF, 2 pages, A4")
    expect(row).to_contain_text("Came after v1 of the force edition was released")
    page.get_by_role("link", name="release it as a supplement").click()
    expect(page.locator("main")).to_contain_text(
        "The supplement brings only what came after the pack was released, with the agenda"
    )
    expect(page.locator("main")).to_contain_text("as it is now: Late audit.")
