"""Live notes in a real browser: a meeting typed by the keyboard alone, at speed, in two windows, beside Word, with the server killed in between."""

import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import docx.document
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from reportpack.run.live.draft_journal import read_draft
from reportpack.run.minutes.annex_reading import read_file
from reportpack.run.office_files import Folders
from reportpack.run.register.rows import standing_register
from tests.web.conftest import MEETING, Opened, desk_of
from tests.web.test_access import RULES

pytestmark = [pytest.mark.needs("chromium")]
DURING, LIVE = "2019-05-28T10:52", f"/m/{MEETING}/notes/live"
KILLS = int(os.environ.get("LIVE_KILLS", "8"))
"""How often the server is killed; 200 by hand."""


@pytest.fixture
def office(plain_office: Path, tmp_path: Path) -> Path:
    """The example's, whose meeting begins: nobody has made notes yet."""
    folder = tmp_path / "office"
    shutil.copytree(plain_office, folder)
    (folder / "inputs" / "minutes" / f"{MEETING}.md").unlink()
    return folder


@pytest.fixture
def desk(office: Path) -> Iterator[Opened]:
    with desk_of(office, DURING) as opened:
        yield opened


@pytest.fixture
def context(desk: Opened, browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 860})
    enter(made, desk)
    yield made
    made.close()


@pytest.fixture
def page(context: BrowserContext, desk: Opened) -> Page:
    return window(context, desk)


def enter(context: BrowserContext, desk: Opened) -> None:
    """The address opens the desk for this browser; the page that it leads to is not waited for."""
    context.request.get(desk.entry, max_redirects=0)


def window(context: BrowserContext, desk: Opened) -> Page:
    page = context.new_page()
    page.set_default_timeout(60_000)
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(f"{desk.origin}{LIVE}")
    expect(page.locator("#line")).to_be_focused()
    return page


def types(page: Page, *lines: str, delay: float = 4) -> None:
    for one in lines:
        page.keyboard.type(one, delay=delay)
        page.keyboard.press("Enter")


def saved(page: Page) -> None:
    expect(page.locator("#state")).to_contain_text("Saved 10:52")


def word_file(office: Path) -> Path:
    return office / "inputs" / "minutes" / f"{MEETING}.docx"


def in_word(office: Path) -> list[str]:
    return [one.text for one in docx.Document(str(word_file(office))).paragraphs]


def draft_of(office: Path) -> list[str]:
    return [one.words or "" for one in read_draft(Folders(office / "inputs", office / "build"), MEETING).lines]


MEETING_TYPED = (
    "/i 2.1.1",
    "The notes of 30 April 2019 were agreed.",
    "/a cc send the custody note 14/6",
    "/d notes go to the force within ten working days",
    "/q pcc by when, and how would anybody know",
    "/r cc top quartile; the courts have a part in it",
    "/p cc 999 >= 90 each month",
    "=16/2018 accepted",
    "=4/2019 28/6 regional figures late",
    "/i 2.1.2",
    "A large part of it was read out, and nobody objected.",
    "=carry sep",
    "=M3/2018 closed",
    "=M4/2018 carry sep",
    "/i 2.1.5",
    "=carry sep",
    "/i 2.1.1",
    "/a po book the room fri",
    "/i + custody deaths",
    "/a dcc report on deaths in custody sep",
)


def test_a_meeting_typed_by_keyboard_alone_is_in_annex_register_and_next_pack(office: Path, desk: Opened, page: Page) -> None:
    (office / "inputs/meetings/2019-09-24-assurance.toml").write_text('venue = "Hindlip"\n', "utf-8")
    page.keyboard.press("F2")
    for key in "pappp":
        page.keyboard.press(key)
    page.keyboard.press("Escape")
    types(page, *MEETING_TYPED)
    page.keyboard.press("F9")
    expect(page.locator("h1")).to_have_text("What was decided on 28 May")
    expect(page.locator("tr").filter(has_text="send the custody note")).to_contain_text("14 June 2019")
    page.wait_for_load_state()  # the keys are heard once the page's script has run
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#line")).to_have_value("/a cc send the custody note 14/6")
    for _ in "14/6":
        page.keyboard.press("Backspace")
    types(page, "21/6")
    saved(page)
    page.get_by_role("button", name="The meeting is over").click()
    expect(page.locator("h1")).to_contain_text("eries")
    assert "No queries" in page.locator("h1").inner_text() or page.locator(".ask.must").count() == 0
    page.goto(f"{desk.origin}/m/{MEETING}/annex/issue")
    page.get_by_label(re.compile("read", re.IGNORECASE)).first.check()
    page.get_by_role("button", name=re.compile("Issue")).click()
    expect(page.locator(".said")).to_contain_text("Issued:")
    annex = (office / "build" / MEETING / "annex.page-source.html").read_text("utf-8").replace("\xa0", " ")
    for words in (
        "send the custody note",
        "within ten working days",
        "top quartile",
        "999 at least 90",
        "21 June 2019",
        "Custody deaths",
    ):
        assert words in annex, words
    assert "/a " not in annex
    rows, _ = standing_register(Folders(office / "inputs", office / "build"), 2019)
    known = {(one.sheet, one.ref): one for one in rows}
    action = next(one for one in rows if one.text("Action") == "send the custody note")
    assert (action.text("Owner"), action.text("Due"), action.text("State")) == ("CC", "21 June 2019", "open")
    assert next(one for one in rows if one.text("Action") == "report on deaths in custody").text("Owner") == "DCC"
    assert known["Actions", "16/2018"].text("State") == "accepted"
    assert known["Actions", "4/2019"].text("Due") == "28 June 2019"
    assert known["Matters", "M2/2018"].text("Due at meeting") == "September 2019"
    assert known["Matters", "M3/2018"].text("State") == "discharged"
    assert any(one.text("Test") == "at least 90" for one in rows)
    pack = [sys.executable, "-m", "reportpack", "pack", "2019-09-24", "--now", "2019-09-17T09:00"]
    subprocess.run(pack, cwd=office, check=True, capture_output=True)
    source = (office / "build/2019-09-24-assurance/briefing-pack.page-source.html").read_text("utf-8")
    for words in ("send the custody note", "report on deaths in custody", "M2/2018", "M4/2018"):
        assert words in source, words


def test_lines_of_an_issued_annex_are_folded_away(office: Path, desk: Opened, page: Page) -> None:
    types(page, "/i 2.1.1", "/a cc send the custody note 14/6", "Prose.")
    saved(page)
    page.get_by_role("button", name="The meeting is over").click()
    page.goto(f"{desk.origin}/m/{MEETING}/annex/issue")
    page.get_by_label(re.compile("read", re.IGNORECASE)).first.check()
    page.get_by_role("button", name=re.compile("Issue")).click()
    expect(page.locator(".said")).to_contain_text("Issued:")
    page.goto(f"{desk.origin}{LIVE}")
    folded = page.locator("#issued")
    expect(folded.locator("summary")).to_have_text("Issued in the annex, version 1, on Tuesday 28 May 2019: 2 lines")
    expect(page.locator("#lines article")).to_have_count(0)
    expect(page.locator("#state")).to_contain_text("Version 1 of the annex is issued: what changes now is for the next.")
    folded.locator("summary").click()
    expect(folded.locator("article").first).to_contain_text("send the custody note")


def test_beside_the_line_stands_what_the_pack_said_of_the_figures(built_office: Path, browser: Browser, tmp_path: Path) -> None:
    shutil.copytree(built_office, tmp_path / "office")
    (tmp_path / "office" / "inputs" / "minutes" / f"{MEETING}.md").unlink()
    with desk_of(tmp_path / "office", DURING) as desk:
        context = browser.new_context(viewport={"width": 1280, "height": 860})
        enter(context, desk)
        page = window(context, desk)
        types(page, "/i 2.1.2")
        beside = page.locator("#facts")
        expect(beside).to_contain_text("What the figures say, in the pack of 24 May")
        expect(beside).to_contain_text("Victim satisfaction: 79.4% in April 2019. Worse.")
        expect(beside.locator(".waits").first).to_have_text("Worse.")
        expect(beside).to_contain_text("at least 82% in April 2019. Not met by the figures, to be confirmed.")
        types(page, "/i 2.1.3")
        expect(beside).to_contain_text("Violence without injury: 1,072 in April 2019.")
        expect(beside).not_to_contain_text("Victim satisfaction")
        context.close()


def test_what_is_unclear_is_put_right_by_its_own_button(office: Path, page: Page) -> None:
    def button(name: str, words: str) -> None:
        page.locator("#log article").filter(has_text=words).get_by_role("button", name=name).click()
        expect(page.locator("#line")).to_be_focused()

    types(page, "/i 2.1.3", "/a supt ward meetings 31/6", "/a custody note", "/p satisfaction >= 82 sep", "= carry sep")
    button("Owner", "ward meetings")
    types(page, "dcc")
    button("Day", "ward meetings")
    types(page, "30/6")
    button("Owner", "custody note")
    page.keyboard.type("cc")
    expect(page.locator("#heard")).to_contain_text("owner Chief Constable")
    page.keyboard.press("Enter")
    button("Day", "custody note")
    types(page, "fri")
    button("Owner", "satisfaction")
    types(page, "cc")
    saved(page)
    assert draft_of(office) == [
        "/a dcc ward meetings 30/6",
        "/a cc custody note fri",
        "/p cc satisfaction >= 82 sep",
        "= carry sep",
    ]
    expect(page.locator("#lines").get_by_role("button", name="Owner")).to_have_count(0)
    page.locator("#log article").filter(has_text="carry sep").get_by_role("button", name="Set the meeting").click()
    expect(page.locator("h1")).to_contain_text("Calendar")
    page.get_by_label("Its day").fill("2019-09-24")
    page.locator("details[open]").get_by_role("button", name="Set it", exact=True).click()
    expect(page.locator(".said")).to_contain_text("Set: Monthly Assurance Meeting, Tuesday 24 September 2019.")
    expect(page.locator("#line")).to_be_focused()
    expect(page.locator("#log article").filter(has_text="carry sep")).not_to_contain_text("no meeting is set")


def test_another_process_that_holds_the_ledger_stops_nobody_who_types(
    built_office: Path, browser: Browser, tmp_path: Path
) -> None:
    office = tmp_path / "office"
    shutil.copytree(built_office, office)
    (office / "inputs" / "minutes" / f"{MEETING}.md").unlink()
    hold = "import sqlite3, sys; one = sqlite3.connect(sys.argv[1], isolation_level=None); one.execute('BEGIN EXCLUSIVE'); print(); sys.stdin.read()"
    with desk_of(office, DURING) as desk:
        context = browser.new_context()
        enter(context, desk)
        command = [sys.executable, "-c", hold, str(office / "inputs/memory/ledger.sqlite")]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
            assert other.stdout is not None
            other.stdout.readline()
            page = window(context, desk)
            begun = time.monotonic()
            types(page, "/a cc custody note 14/6")
            expect(page.locator("#log article")).to_contain_text("Friday 14 June 2019")
            saved(page)
            assert time.monotonic() - begun < 10  # the ledger is waited for longer
            other.communicate(b"")
        context.close()
    assert "/a cc custody note 14/6" in in_word(office)


def test_two_clerks_at_desks_of_their_own_type_at_once(office: Path, desk: Opened, browser: Browser, page: Page) -> None:
    with desk_of(office, DURING, by="Sam Second") as other:
        context = browser.new_context(viewport={"width": 1280, "height": 860})
        enter(context, other)
        second = window(context, other)
        for number in range(12):
            page.keyboard.type(f"Line {number} of the first clerk.", delay=1)
            second.keyboard.type(f"/d decision {number} of the second", delay=1)
            page.keyboard.press("Enter")
            second.keyboard.press("Enter")
        for one in (page, second):
            one.bring_to_front()
            expect(one.locator("#lines article")).to_have_count(24)
            expect(one.locator("#lines")).to_contain_text(", in another window")
            saved(one)
            expect(one.locator("#word")).to_be_hidden()
        context.close()
    found = Counter(one for one in in_word(office) if " of the " in one and one[:4] in ("Line", "/d d"))
    assert len(found) == 24
    assert set(found.values()) == {1}


def test_a_line_that_is_being_changed_is_found_again_with_what_was_begun_before(office: Path, page: Page) -> None:
    types(page, "first", "second")
    saved(page)
    page.keyboard.type("half a ne")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#line")).to_have_value("second")
    page.keyboard.press("End")
    page.keyboard.type(" line, cha")
    page.reload()
    expect(page.locator("#line")).to_have_value("second line, cha")
    expect(page.locator("#mode")).to_contain_text("Changing the line of 10:52")
    page.keyboard.press("End")
    types(page, "nged")
    expect(page.locator("#line")).to_have_value("half a ne")
    page.keyboard.press("End")
    types(page, "w one")
    saved(page)
    assert draft_of(office) == ["first", "second line, changed", "half a new one"]


def test_how_a_line_will_be_read_is_said_while_it_is_typed(page: Page) -> None:
    heard = page.locator("#heard")
    page.keyboard.type("/a dcc have 100 records read again 30/8")
    expect(heard).to_contain_text("Action · owner Deputy Chief Constable, Philippa Orme · due Friday 30 August 2019")
    page.keyboard.press("Control+A")
    page.keyboard.type("/a supt ward meetings 31/6")
    expect(heard).to_contain_text("there is no such day")
    expect(heard).to_contain_text("SUPT")
    page.keyboard.press("Control+A")
    page.keyboard.type("=carry sep")
    expect(heard).to_contain_text("no meeting is set in September 2019")
    page.keyboard.press("Control+A")
    page.keyboard.type("/")
    expect(page.locator("#all-signs")).to_be_visible()


def test_owners_and_days_are_completed(page: Page) -> None:
    page.keyboard.type("/a dc")
    expect(page.locator("#heard kbd")).to_have_text("→")
    page.keyboard.press("ArrowRight")
    page.keyboard.type(" count the cells fr")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#line")).to_have_value("/a dcc count the cells fri")
    page.keyboard.press("Control+A")
    page.keyboard.type("/a harc")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#line")).to_have_value("/a cc")
    page.keyboard.press("Control+A")
    page.keyboard.type("=cl")
    page.keyboard.press("ArrowRight")
    expect(page.locator("#line")).to_have_value("=closed")


def test_a_pause_keeps_what_is_not_finished_and_the_window_finds_it_again(office: Path, page: Page) -> None:
    types(page, "The first line.")
    page.keyboard.type("/a cc half a wor")
    expect(page.locator("#state")).to_contain_text("Saved")
    page.reload()
    expect(page.locator("#line")).to_have_value("/a cc half a wor")
    assert draft_of(office) == ["The first line."]
    assert "/a cc half a wor" not in in_word(office)


def test_earlier_lines_are_changed_and_taken_out(office: Path, page: Page) -> None:
    types(page, "first", "secnd", "third")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(page.locator("#line")).to_have_value("secnd")
    page.keyboard.press("Control+A")
    types(page, "second")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.press("Enter")
    expect(page.locator("#log")).to_contain_text("Taken out")
    saved(page)
    found = in_word(office)
    assert "third" not in found
    assert found[found.index("first") + 1] == "second"


def test_two_windows_show_all_lines_and_one_edits_a_line(office: Path, desk: Opened, context: BrowserContext, page: Page) -> None:
    other = window(context, desk)
    page.bring_to_front()
    types(page, "Typed in the first window.")
    expect(page.locator("#log")).to_contain_text("10:52")
    other.bring_to_front()
    expect(other.locator("#log article").filter(has_text="Typed in the first window.")).to_contain_text(
        "Ellis Wainfleet, in another window"
    )
    other.keyboard.press("ArrowUp")
    other.keyboard.press("End")
    page.bring_to_front()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("End")
    types(page, " And changed there.")
    saved(page)
    other.bring_to_front()
    types(other, " Changed here, too.")
    expect(other.locator("#trouble")).to_contain_text(
        "Ellis Wainfleet changed this line at 10:52. Theirs stands; yours is below."
    )
    expect(other.locator("#line")).to_have_value("Typed in the first window. Changed here, too.")
    other.keyboard.press("Enter")
    saved(other)
    assert draft_of(office) == [
        "Typed in the first window. And changed there.",
        "Typed in the first window. Changed here, too.",
    ]


def test_word_wins_and_the_differences_are_shown(office: Path, page: Page) -> None:
    types(page, "/i 2.1.3", "/a dcc have 100 records read again 31/8", "/d one pathway first", "Prose.")
    saved(page)
    document = docx.Document(str(word_file(office)))
    for one in document.paragraphs:
        if one.text.endswith("31/8"):
            one.text = one.text.replace("31/8", "30/8")
        if one.text.startswith("/d one"):
            one._element.getparent().remove(one._element)
    document.save(str(word_file(office)))
    types(page, "Typed meanwhile.")
    rows = page.locator("#word tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0).locator("ins")).to_have_text("30/8")
    expect(rows.nth(0).locator("del")).to_have_text("31/8")
    expect(rows.nth(1)).to_contain_text("Nothing")
    assert "/a dcc have 100 records read again 30/8" in in_word(office)
    rows.nth(1).get_by_role("button", name="Put mine in").click()
    expect(rows).to_have_count(1)
    rows.nth(0).get_by_role("button", name="Keep Word’s").click()
    expect(page.locator("#word")).to_be_hidden()
    saved(page)
    assert {"/a dcc have 100 records read again 30/8", "/d one pathway first", "Typed meanwhile."} <= set(in_word(office))


def test_while_word_has_it_open_typing_goes_on(office: Path, page: Page) -> None:
    types(page, "first")
    saved(page)
    lock = word_file(office).with_name(f"~${word_file(office).name[2:]}")
    lock.write_bytes(b"")
    types(page, "second")
    trouble = page.locator("#trouble")
    expect(trouble).to_have_text("Not in the Word file since 10:52: Word has it open. Kept here; go on typing.")
    types(page, "third")
    expect(page.locator("#log")).to_contain_text("third")
    page.get_by_role("button", name="The meeting is over").click()
    expect(page.locator(".said.wrong")).to_contain_text("Word has it open")
    lock.unlink()
    expect(page.locator("#trouble")).to_have_text("")
    saved(page)
    assert {"second", "third"} <= set(in_word(office))


def test_a_line_that_cannot_be_kept_goes_again_and_what_was_wrong_is_said_no_longer(office: Path, page: Page) -> None:
    types(page, "first")
    saved(page)
    lock = office / "inputs/memory/drafts/recording.lock"
    lock.unlink()
    lock.mkdir()
    types(page, "second")
    expect(page.locator("#trouble")).to_contain_text("This line is not kept: the office's memory cannot be written to")
    expect(page.locator("#trouble")).to_contain_text("Your words are still here.")
    assert draft_of(office) == ["first"]
    lock.rmdir()
    expect(page.locator("#trouble")).to_have_text("")
    saved(page)
    assert draft_of(office) == ["first", "second"]


def test_pasted_text_is_prose_and_what_looks_like_signs_is_asked_about(office: Path, page: Page) -> None:
    pasted = "\n".join(["A long report. " * 600, "/a cc custody note 14/6", "More.", "/d notes go", "=carry sep"])
    page.evaluate(
        """(text) => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.querySelector("#line").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""",
        pasted,
    )
    expect(page.locator("#pasted")).to_contain_text("3 lines look like signs: read them?")
    expect(page.locator("#log article")).to_have_count(5)
    saved(page)
    assert [one[:3] for one in draft_of(office)] == ["A l", "//a", "Mor", "//d", "==c"]
    page.get_by_role("button", name="Read as signs").click()
    expect(page.locator("#log article b").filter(has_text="Action")).to_have_count(1)
    saved(page)
    assert "/a cc custody note 14/6" in in_word(office)


def test_somebody_comes_late_and_somebody_unexpected_is_there(office: Path, page: Page) -> None:
    page.keyboard.press("F2")
    page.keyboard.press("t")
    page.keyboard.press("a")
    page.locator("#somebody").fill("Jo Visitor, Analyst")
    page.keyboard.press("Enter")
    page.keyboard.press("p")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("?")
    expect(page.locator("#counted")).to_have_text("Present 2, apologies 1")
    page.keyboard.press("Escape")
    saved(page)
    cells = [[cell.text for cell in row.cells] for row in docx.Document(str(word_file(office))).tables[0].rows]
    assert re.fullmatch(r"present from \d\d:\d\d", cells[1][2])
    assert cells[2][2] == "apologies"
    assert ["Jo Visitor", "Analyst", "present"] in cells


def test_a_meeting_without_an_agenda_makes_its_items(office: Path, desk: Opened, page: Page) -> None:
    settings = office / "inputs" / "office.toml"
    tables = re.split(r"(?m)^(?=\[)", settings.read_text("utf-8"))
    settings.write_text("".join(one for one in tables if not one.startswith("[[series.agenda]]")), "utf-8")
    (office / "inputs/meetings" / f"{MEETING}.toml").write_text("", "utf-8")
    page.goto(f"{desk.origin}{LIVE}")
    expect(page.locator("#items li")).to_have_count(0)
    types(page, "/i + custody deaths", "/a dcc report on deaths 21/6", "/i + roads", "/d a plan comes")
    expect(page.locator("#items li")).to_have_count(2)
    expect(page.locator("#here")).to_have_text("+ roads")
    expect(page.locator("#log article").filter(has_text="report on deaths")).to_contain_text("21 June 2019")
    saved(page)
    minutes, _ = read_file(word_file(office), office / "inputs")
    titles = {one.path: one.title for one in minutes.items}
    assert [titles[one.item or ""] for one in minutes.actions if one.words == "report on deaths"] == ["Custody deaths"]
    assert [titles[one.item or ""] for one in minutes.decisions] == ["Roads"]


def test_without_script_the_word_form_serves_and_one_line_is_kept_at_a_time(office: Path, desk: Opened, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False)
    enter(context, desk)
    page = context.new_page()
    page.goto(f"{desk.origin}{LIVE}")
    assert "The form in Word serves as well" in page.content()
    page.get_by_label("The line").fill("/a cc custody note 14/6")
    page.get_by_label("Item", exact=True).select_option("2.1.3")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("body")).to_contain_text("Kept, and in the Word file.")
    assert "/a cc custody note 14/6" in in_word(office)
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("body")).to_contain_text("Nothing is typed")
    context.close()


@pytest.mark.parametrize("shows", ["the line", "the roll call", "what Word changed", "every sign"])
def test_axe_finds_nothing_and_nothing_runs_over(office: Path, page: Page, shows: str) -> None:
    types(page, "/a supt ward meetings 31/6", "/q pcc by when", "Prose.")
    saved(page)
    if shows == "the roll call":
        page.keyboard.press("F2")
    elif shows == "every sign":
        page.keyboard.type("/")
    elif shows == "what Word changed":
        document = docx.Document(str(word_file(office)))
        next(one for one in document.paragraphs if one.text == "Prose.").text = "Prose, changed."
        document.save(str(word_file(office)))
        types(page, "Another.")
        expect(page.locator("#word")).to_be_visible()
    found = []
    for width in (1280, 320):
        page.set_viewport_size({"width": width, "height": 800})
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
            response = Axe().run(page, options={"runOnly": RULES, "resultTypes": ["violations"]}).response
            found += [
                (width, scheme, one["id"], [node["html"][:160] for node in one["nodes"][:3]]) for one in response["violations"]
            ]
        found += [(width, "", "runs over", [])] if page.evaluate("document.documentElement.scrollWidth") > width else []
    assert found == []


def test_the_line_is_in_sight_at_360_pixels(desk: Opened, context: BrowserContext) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 760})
    page.goto(f"{desk.origin}{LIVE}")
    expect(page.locator("#line")).to_be_focused()
    types(page, *[f"Line {number} of a long meeting, with as many words as a clerk types." for number in range(12)])
    expect(page.locator("#line")).to_be_in_viewport()
    expect(page.locator("#log article").last).to_be_in_viewport()
    expect(page.locator("#agenda")).not_to_have_attribute("open", "")


def test_the_office_side_is_hidden_by_one_key(page: Page) -> None:
    expect(page.locator("#beside")).to_be_visible()
    page.keyboard.press("F8")
    expect(page.locator("#beside")).to_be_hidden()


def test_nothing_is_recorded_before_the_annex_is_issued(office: Path, page: Page) -> None:
    types(page, "/a cc custody note 14/6", "=16/2018 accepted")
    saved(page)
    assert [one.name for one in (office / "inputs" / "memory").iterdir()] == ["drafts"]
    assert date.fromisoformat("2019-05-28")


def test_a_line_from_elsewhere_is_refused(desk: Opened, page: Page) -> None:
    path = f"{LIVE}/keep"
    status, _, words = desk.asks("POST", path, {"Origin": "http://evil.example"}, b"does=line&id=1&line=1&words=x")
    assert (status, "does not come from a page of the desk" in words) == (403, True)
    answer = page.evaluate(
        "async (path) => (await (await fetch(path, {method: 'POST', body: new URLSearchParams({does: 'saving', id: '1'})})).json()).wrong",
        path,
    )
    assert "nothing that a line of notes can do" in answer


def test_killed_at_any_moment_nothing_acknowledged_is_lost_and_nothing_is_kept_twice(office: Path, browser: Browser) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    signal.alarm(60 + 20 * KILLS)
    context = browser.new_context(viewport={"width": 1280, "height": 860})
    page, typed, chance = None, list[str](), random.Random(28)  # noqa: S311 - the moments, not a secret
    for seed in range(KILLS + 1):
        with desk_of(office, DURING, "--port", port) as desk:
            enter(context, desk)
            page = page or window(context, desk)
            end = time.monotonic() + chance.uniform(0.05, 1.6) if seed < KILLS else 0
            while time.monotonic() < end or len(typed) <= seed:
                typed.append(f"Line {len(typed)}, before the fall number {seed}.")
                types(page, typed[-1], delay=0)
            if seed < KILLS:
                if chance.random() < 0.5:
                    page.keyboard.type(half := "/a cc half a wo")
                    page.evaluate(
                        f"document.querySelector('#line').value = document.querySelector('#line').value.replace({half!r}, '')"
                    )
                known = page.locator("#log article:not(:has(b:text-is('…'))) p:nth-of-type(1)").all_inner_texts()
                desk.process.send_signal(signal.SIGKILL)
                desk.process.wait()
                lost = [one for one in known if one not in draft_of(office) and one.startswith("Line")]
                assert lost == []
                continue
            expect(page.locator("#state")).to_contain_text("Saved", timeout=60_000)
            expect(page.locator("#trouble")).to_have_text("")
    assert Counter(draft_of(office)) == Counter(typed)
    assert [one for one in in_word(office) if one.startswith("Line ")] == [
        one for one in draft_of(office) if one.startswith("Line ")
    ]
    assert draft_of(office) == typed
    context.close()


def test_what_is_typed_is_kept_though_nobody_said_who_is_at_the_desk(office: Path, browser: Browser) -> None:
    with desk_of(office, DURING, by="") as opened:
        context = browser.new_context()
        enter(context, opened)
        types(window(context, opened), "The audit was tabled.")
        for _ in range(100):
            if draft_of(office):
                break
            time.sleep(0.1)
        context.close()
    (line,) = read_draft(Folders(office / "inputs", office / "build"), MEETING).lines
    assert (line.words, line.by) == ("The audit was tabled.", "Somebody")
