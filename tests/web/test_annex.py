"""Notes, papers and annex: brought in, answered beside their lines, issued and agreed once it was read what is recorded."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from reportpack.model.event import AnnexAgreed, AnnexIssued
from reportpack.run.office_files import office_folders, open_memory
from tests.web.conftest import AFTER, MEETING, Opened, desk_of

pytestmark = [pytest.mark.needs("chromium")]
AT = f"/m/{MEETING}/annex"


@pytest.fixture(scope="module")
def window(built_office: Path, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Opened, Page]]:
    """One window on the day after the meeting, whose notes have not come; the tests of this file follow on each other."""
    folder = tmp_path_factory.mktemp("annex") / "office"
    shutil.copytree(built_office, folder)
    (folder / "inputs" / "minutes" / f"{MEETING}.md").rename(folder / "what was noted.md")
    with desk_of(folder, AFTER) as desk:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.set_default_timeout(60_000)
        page.goto(desk.entry)
        yield desk, page
        page.close()


def happened(office: Path, kind: type[AnnexIssued] | type[AnnexAgreed]) -> int:
    with open_memory(office_folders(office / "inputs", office / "build", None)) as ledger:
        return len(ledger.of_kinds(kind))


def test_a_paper_that_was_awaited_is_put_on_its_line(window: tuple[Opened, Page], tmp_path: Path) -> None:
    desk, page = window
    paper = tmp_path / "SOC report.txt"
    paper.write_text("Finished.", encoding="utf-8")
    page.goto(f"{desk.origin}/m/{MEETING}/papers")
    row = page.locator("tr").filter(has_text="Serious and organised crime: finished performance report")
    row.locator("input[type=file]").set_input_files(paper)
    row.get_by_role("button", name="Add the file").click()
    expect(page.locator(".said")).to_contain_text("SOC report.txt is on its line.")
    expect(row).to_contain_text("Received")
    text = (desk.office / "inputs" / "meetings" / f"{MEETING}.toml").read_text(encoding="utf-8")
    assert text.startswith("# Tuesday 28 May 2019, 10:00: like the series, with these papers.")
    assert 'file = "SOC report.txt"' in text


def test_notes_are_brought_in_under_the_meetings_name(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}/m/{MEETING}/notes")
    expect(page.locator("h1")).to_have_text("The notes of the meeting are not in yet")
    page.locator("input[type=file]").set_input_files(desk.office / "what was noted.md")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.locator("h1")).to_have_text("Queries, beside the lines they are about")
    assert (desk.office / "inputs" / "minutes" / f"{MEETING}.md").read_bytes() == (desk.office / "what was noted.md").read_bytes()


def test_other_notes_never_replace_those_that_are_there(window: tuple[Opened, Page], tmp_path: Path) -> None:
    desk, page = window
    other = tmp_path / "notes.md"
    other.write_text("# Others", encoding="utf-8")
    cookie = page.context.cookies()[0]
    page.goto(f"{desk.origin}/")
    number = page.locator("input[name=number]").first.get_attribute("value")
    body = (
        f'--x\r\nContent-Disposition: form-data; name="number"\r\n\r\n{number}\r\n'
        '--x\r\nContent-Disposition: form-data; name="files"; filename="notes.md"\r\n\r\n# Others\r\n--x--\r\n'
    )
    headers = {
        "Origin": desk.origin,
        "Cookie": f"{cookie['name']}={cookie['value']}",
        "Content-Type": "multipart/form-data; boundary=x",
    }
    _, answered, _ = desk.asks("POST", f"/m/{MEETING}/notes", headers, body.encode())
    page.goto(f"{desk.origin}{answered['location']}")
    expect(page.locator(".said.wrong")).to_contain_text("it says something else")
    assert (desk.office / "inputs" / "minutes" / f"{MEETING}.md").read_bytes() == (desk.office / "what was noted.md").read_bytes()


def test_a_query_stands_beside_its_line_and_is_answered_as_suggested_by_a_key(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}{AT}/queries")
    line = (
        page.locator(".lines > li").filter(has_text="“PC”").or_(page.locator(".lines > li").filter(has_text='"PC" speaks here'))
    )
    expect(line.first).to_contain_text("asked whether follow-up was still the part that victims mark lowest")
    line.first.get_by_role("button", name="As suggested: PCC").focus()
    page.keyboard.press("a")
    expect(page.locator(".said")).to_contain_text("Recorded: PCC.")


def test_not_reached_and_words_answer_too_and_no_reason_is_refused(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}{AT}/queries?kind=must")
    page.get_by_role("button", name="Not reached").first.click()
    expect(page.locator(".said")).to_contain_text("Recorded: not reached.")
    page.goto(f"{desk.origin}{AT}/queries?kind=all")
    query = page.locator(".ask").first
    query.locator("summary").click()
    query.get_by_role("button", name="Not known").click()
    expect(page.locator(".said.wrong")).to_contain_text("No reason is given.")
    query = page.locator(".ask").first
    query.get_by_label("In words").fill("<i>In</i> a year & a day")
    query.get_by_role("button", name="Record the words").click()
    expect(page.locator(".said")).to_contain_text("Recorded: <i>In</i> a year & a day.")


def test_it_is_issued_once_what_it_records_was_read(window: tuple[Opened, Page]) -> None:
    desk, page = window
    page.goto(f"{desk.origin}{AT}/issue")
    expect(page.locator("table")).to_contain_text("arising")
    page.get_by_role("button", name="Issue for accuracy").click()
    expect(page.locator(".said.wrong")).to_contain_text("the tick is missing")
    assert happened(desk.office, AnnexIssued) == 0
    page.get_by_label("I have read what is recorded").check()
    page.get_by_role("button", name="Issue for accuracy").click()
    expect(page.locator("h1")).to_have_text("Issued as version 1")
    assert happened(desk.office, AnnexIssued) == 1


def test_it_is_agreed_with_a_tick_of_its_own_and_what_else_is_left_open_is_confirmed_first(
    window: tuple[Opened, Page], browser: Browser
) -> None:
    desk, page = window
    plain = browser.new_context(java_script_enabled=False, storage_state=page.context.storage_state())
    page = plain.new_page()
    page.goto(f"{desk.origin}{AT}/issue")
    expect(page.locator("ul.open")).to_contain_text("and no notes of")
    page.get_by_role("button", name="Record that it is agreed").click()
    expect(page.locator(".said.wrong")).to_contain_text("the tick is missing")
    page.get_by_label("Those who were there agree to them").check()
    page.get_by_role("button", name="Record that it is agreed").click()
    expect(page.locator(".said")).to_contain_text("Nothing is recorded yet")
    expect(page.locator("ul.open")).to_contain_text("and no notes of")
    assert happened(desk.office, AnnexAgreed) == 0
    page.get_by_role("link", name="Not yet").click()
    expect(page.get_by_label("Those who were there agree to them")).not_to_be_checked()
    page.get_by_label("Those who were there agree to them").check()
    page.get_by_role("button", name="Record that it is agreed").click()
    page.get_by_role("button", name="Leave these open, and record that the notes are agreed").click()
    expect(page.locator("h1")).to_have_text("The notes are agreed")
    assert happened(desk.office, AnnexAgreed) == 1
    plain.close()
