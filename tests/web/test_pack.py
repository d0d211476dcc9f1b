"""Pack: built while the page says how far it is, looked at page by page, its words edited in place, and shown as another reader has it."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.web.conftest import MEETING, Opened, desk_of

pytestmark = [pytest.mark.needs("chromium")]
AT = f"/m/{MEETING}/pack"
LOOKED = re.compile("Since Ellis Wainfleet looked: [1-9]")
SECRETS = ("Officer's note", "Finished SOC report", "Has anybody spoken to the victims", "Running sheet")


def test_a_build_says_how_far_it_is_and_then_shows_its_pages(plain_office: Path, browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    shutil.copytree(plain_office, folder)
    with desk_of(folder) as desk:
        page = browser.new_page()
        page.goto(desk.entry)
        page.goto(f"{desk.origin}/m/{MEETING}/send")
        expect(page.locator("main")).to_contain_text("Build and look first")
        expect(page.get_by_role("button", name="Release it")).to_have_count(0)
        page.goto(f"{desk.origin}/")
        page.get_by_role("link", name="Build the pack").click()
        expect(page.locator("h1")).to_have_text("No pack is built yet")
        page.get_by_role("button", name="Build the pack").click()
        expect(page.locator("h1")).to_have_text("The pack, and what changed", timeout=120_000)
        expect(page.locator(".said")).to_contain_text("Built: office edition,")
        expect(page.locator("main")).to_contain_text("This is the first build.")
        assert (folder / "build" / MEETING / "briefing-pack.pdf").read_bytes().startswith(b"%PDF-")
        page.reload()
        assert page.locator("h1").inner_text() == "The pack, and what changed"
        page.close()


def test_a_page_of_the_edition_runs_no_script_and_reaches_nothing(go: Callable[[str], Page], desk: Opened) -> None:
    page = go(f"{AT}?page=topic-satisfaction")
    frame = page.frame_locator("iframe.preview")
    expect(frame.locator("h1, h2").first).to_have_text("2.1.2 Satisfaction")
    expect(frame.locator("nav")).to_have_count(0)  # the contents of the whole edition stand beside it
    sandbox = page.locator("iframe.preview").get_attribute("sandbox") or ""
    assert "allow-scripts" not in sandbox
    answer = page.request.get(f"{desk.origin}{AT}/page/topic-satisfaction")
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox ")
    assert "default-src 'none'" in policy
    assert "script-src" not in policy


def test_a_number_that_is_clicked_shows_its_cell(go: Callable[[str], Page]) -> None:
    page = go(f"{AT}?page=topic-satisfaction")
    links = page.frame_locator("iframe.preview").locator("a.figure", has_text="79.4%")
    sources = [one.locator("data").get_attribute("data-source") or "" for one in links.all()]
    links.nth(next(place for place, one in enumerate(sources) if len(one.split()) == 2 and "!S42 " in one)).click()
    cell = page.get_by_role("complementary", name="About this page").locator("#cell")
    expect(cell).to_contain_text("Victim satisfaction survey April 2019.xlsx, sheet All victims, S42")
    assert cell.locator("tbody tr").last.inner_text().split() == ["42", "April", "2019", "716", "902", "79.4%"]


def test_words_are_edited_in_place_and_every_other_line_stays(go: Callable[[str], Page], desk: Opened) -> None:
    notes = desk.office / "inputs" / "notes" / f"{MEETING}.md"
    before = notes.read_text(encoding="utf-8")
    page = go(f"/m/{MEETING}/words/2.1.3")
    page.get_by_label("Officer's note").fill("A word <b>of</b> mine.\n\n- and a list")
    page.get_by_role("button", name="Save these words Officer's note").click()
    expect(page.locator(".said")).to_contain_text("Saved under “Officer's note” of 2.1.3.")
    after = notes.read_text(encoding="utf-8")
    assert "A word <b>of</b> mine.\n\n- and a list" in after
    head, _, _ = before.partition("## 2.1.3")
    _, _, tail = before.partition("## 2.1.4")
    assert after.startswith(head)
    assert after.endswith(f"## 2.1.4{tail}")
    page = go(AT)
    expect(page.locator("main")).to_contain_text("changed since:")
    notes.write_text(before, encoding="utf-8")


def test_a_page_follows_the_file_and_the_pack_does_not(go: Callable[[str], Page], desk: Opened) -> None:
    notes, pack = desk.office / "inputs" / "notes" / f"{MEETING}.md", desk.office / "build" / MEETING / "briefing-pack.html"
    before, built = notes.read_text(encoding="utf-8"), pack.read_bytes()
    heading = "## 2.1.5 Outcome 16\n\n### Officer's note\n"
    assert heading in before
    page = go(f"{AT}?page=topic-outcome-16")
    frame = page.frame_locator("iframe.preview")
    for words in ("Asked on Monday.", "Answered on Friday."):  # the same file twice
        notes.write_text(before.replace(heading, f"{heading}\n{words}\n"), encoding="utf-8")
        expect(frame.locator("body")).to_contain_text(words)
        expect(page.locator("main")).to_contain_text("As a build would have it now. It is not in the pack yet.")
    assert pack.read_bytes() == built
    page.get_by_role("link", name="This page as it was built").click()
    expect(page.locator("main")).to_contain_text("As it was built. This page as it would be now")
    expect(frame.locator("body")).not_to_contain_text("Answered on Friday.")
    notes.write_text(before, encoding="utf-8")
    expect(page.locator("main")).to_contain_text("Nothing changed since.")


def test_a_changed_cell_shows_on_the_page_and_behind_its_number(go: Callable[[str], Page], desk: Opened) -> None:
    book = desk.office / "inputs" / "performance" / "Victim satisfaction survey April 2019.xlsx"
    before = book.read_bytes()
    page = go(f"{AT}?page=topic-satisfaction")
    workbook = openpyxl.load_workbook(book)
    workbook["All victims"]["R42"].value, workbook["All victims"]["S42"].value = 900, 0.7373
    workbook.save(book)
    links = page.frame_locator("iframe.preview").locator("a.figure", has_text="73.7%")
    expect(links.first).to_be_visible()
    links.first.click()
    expect(page.locator("#cell")).to_contain_text("All victims, S42")
    expect(page.locator("#cell")).to_contain_text("73.7%")
    book.write_bytes(before)


def test_a_page_that_cannot_be_made_now_stays_as_it_was_built(built_office: Path, browser: Browser, tmp_path: Path) -> None:
    folder = tmp_path / "office"
    shutil.copytree(built_office, folder)
    own = folder / "templates" / "topic.html"
    own.parent.mkdir()
    own.write_text("<section id='{{ topic.id }}'>{{ topic.nothing.at_all }}</section>", "utf-8")
    with (folder / "inputs" / "notes" / f"{MEETING}.md").open("a", encoding="utf-8") as notes:
        notes.write("\nOne more.\n")
    with desk_of(folder) as desk:
        page = browser.new_page()
        page.goto(desk.entry)
        page.goto(f"{desk.origin}{AT}?page=topic-satisfaction")
        expect(page.locator("main")).to_contain_text("As it was built. As it would be now it cannot be shown:")
        expect(page.locator("main")).to_contain_text("topic.html, line 1")
        frame = page.frame_locator("iframe.preview")
        expect(frame.locator("h1, h2").first).to_have_text("2.1.2 Satisfaction")
        own.write_text("<section id='{{ topic.id }}'><h1>Our own {{ topic.title }}</h1></section>", "utf-8")  # it is mended
        expect(frame.locator("h1")).to_have_text("Our own Satisfaction")
        page.close()


def test_what_is_new_is_told_to_each_person_by_what_they_looked_at_without_script(
    built_office: Path, browser: Browser, tmp_path: Path
) -> None:
    folder = tmp_path / "office"
    shutil.copytree(built_office, folder)
    notes = folder / "inputs" / "notes" / f"{MEETING}.md"
    heading = "## 2.1.5 Outcome 16\n\n### Officer's note\n"
    with desk_of(folder) as desk:
        page = browser.new_context(java_script_enabled=False).new_page()
        page.context.set_default_timeout(120_000)
        page.goto(desk.entry)
        page.goto(f"{desk.origin}{AT}")
        expect(page.get_by_role("complementary")).to_contain_text("Ellis Wainfleet has not said yet what was looked at.")
        page.get_by_role("button", name="I have looked at it").click()
        expect(page.locator(".said")).to_contain_text("Ellis Wainfleet has looked at it.")
        expect(page.get_by_role("complementary")).to_contain_text("Nothing reads otherwise.")
        expect(page.get_by_role("button", name="I have looked at")).to_have_count(0)
        notes.write_text(notes.read_text("utf-8").replace(heading, f"{heading}\nAsked on Monday.\n"), "utf-8")
        rebuild(page, desk)
        beside = page.get_by_role("complementary")
        expect(beside.get_by_role("heading", name=LOOKED)).to_be_visible()
        expect(beside.get_by_role("link", name="2.1.5 Outcome 16")).to_be_visible()
        notes.write_text(notes.read_text("utf-8").replace("Asked on Monday.", "Asked on Tuesday."), "utf-8")
        old = page.locator("input[name=saw]").get_attribute("value")
        second = page.context.new_page()
        rebuild(second, desk)
        page.get_by_role("button", name="I have looked at the ").click()
        expect(page.locator(".said.wrong")).to_contain_text("The pack was built again since this page was shown.")
        assert page.locator("input[name=saw]").get_attribute("value") != old
        page.locator(".who summary").click()
        page.get_by_label("Who are you?").fill("Morgan Tredwell")
        page.get_by_role("button", name="That is me").click()
        expect(page.get_by_role("complementary")).to_contain_text("Morgan Tredwell has not said yet what was looked at.")
        page.get_by_role("button", name="I have looked at it").click()
        expect(page.get_by_role("complementary")).to_contain_text("Nothing reads otherwise.")
        page.context.close()
    with desk_of(folder) as desk:  # another day: what each of them looked at is still known
        page = browser.new_page()
        page.goto(desk.entry)
        page.goto(f"{desk.origin}{AT}")
        expect(page.get_by_role("heading", name=LOOKED)).to_be_visible()
        page.close()


def rebuild(page: Page, desk: Opened) -> None:
    page.goto(f"{desk.origin}{AT}")
    page.get_by_role("button", name="Build it again").click()
    for _ in range(400):  # without script somebody looks again
        page.wait_for_load_state()
        if page.locator("h1").inner_text() and not page.get_by_text("Building:").count():
            break
        page.wait_for_timeout(200)
        page.get_by_role("link", name="Look again").click()
    expect(page.locator("main")).to_contain_text("Nothing changed since.")


def test_words_that_somebody_else_changed_stand_and_mine_are_below(go: Callable[[str], Page], desk: Opened) -> None:
    notes = desk.office / "inputs" / "notes" / f"{MEETING}.md"
    before = notes.read_text(encoding="utf-8")
    page = go(f"/m/{MEETING}/words/2.1.5")
    theirs = before.replace(
        "## 2.1.5 Outcome 16\n\n### Officer's note\n", "## 2.1.5 Outcome 16\n\n### Officer's note\n\nTheirs.\n"
    )
    assert theirs != before
    notes.write_text(theirs, encoding="utf-8")
    page.get_by_label("Officer's note").fill("Mine.")
    page.get_by_role("button", name="Save these words Officer's note").click()
    expect(page.locator(".said.wrong")).to_contain_text("Theirs stand; yours are below.")
    assert page.get_by_label("What you typed").input_value() == "Mine."
    assert page.get_by_label("Officer's note").input_value().startswith("Theirs.")
    assert notes.read_text(encoding="utf-8") == theirs
    notes.write_text(before, encoding="utf-8")


def test_what_the_force_will_not_see_is_listed_by_name(go: Callable[[str], Page]) -> None:
    page = go(f"{AT}/left-out/force")
    expect(page.locator("h1")).to_have_text("What the force will not see")
    expect(page.locator(".lead")).to_contain_text("Duncan Harcastle")
    table = page.locator("table").inner_text()
    assert "4/2019" in table
    assert "questions and lines" in table
    assert "Running sheet" in table


def test_what_the_public_will_not_see_has_its_name_and_its_reason_for_the_office(go: Callable[[str], Page]) -> None:
    page = go(f"{AT}/left-out/public")
    row = page.locator("tr", has_text="4/2019").first
    assert len(row.locator("td").nth(1).inner_text()) > len("4/2019 ")
    expect(page.locator("table")).not_to_contain_text("Some actions are not in this edition")


def test_of_the_office_edition_nothing_is_left_out(go: Callable[[str], Page]) -> None:
    expect(go(f"{AT}/left-out/office").locator("main")).to_contain_text("Nothing is left out of the office edition.")
    page = go(f"/m/{MEETING}/send")
    assert page.get_by_role("link", name="what is left out of it").count() == 1
    expect(page.locator("caption", has_text="Force edition").get_by_role("link")).to_have_text("what is left out of it")


def test_a_window_that_shows_the_force_edition_holds_nothing_of_the_offices(go: Callable[[str], Page], desk: Opened) -> None:
    page = go(f"{AT}/left-out/force")
    page.get_by_role("button", name="Build the force edition").click()
    expect(page.locator(".said")).to_contain_text("Built: force edition", timeout=120_000)
    page = go(f"{AT}/left-out/force")
    page.get_by_role("button", name="Switch to the force edition").click()
    expect(page.locator(".force-strip")).to_contain_text("Nothing of the office’s can be opened in this window.")
    contents = page.locator("nav li").all_inner_texts()
    assert "Running sheet for the chair" not in contents
    for path in (
        f"{desk.origin}/as/force{AT}/page/{name}" for name in ("cover", "topic-satisfaction", "actions", "running-sheet")
    ):
        text = page.request.get(path).text()
        assert not [one for one in SECRETS if one in text]
    for path in ("/", AT, f"{AT}/left-out/force", f"/m/{MEETING}/words/2.1.2", f"/m/{MEETING}/figures", f"/as/public{AT}"):
        page.goto(f"{desk.origin}{path}")
        text = page.content()
        assert "Office edition" not in text
        assert not [one for one in SECRETS if one in text]
    page.goto(f"{desk.origin}/")
    page.go_back()
    assert "Office edition" not in page.content()
    page.goto(f"{desk.origin}/")
    page.get_by_role("button", name="Back to the office edition").click()
    expect(page.locator(".strip")).to_contain_text("Office edition")
