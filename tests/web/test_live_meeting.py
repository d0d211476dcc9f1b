"""A whole meeting as a clerk writes it down: sixty lines and more with signs, slips of the fingers, items gone back to, somebody late, what nobody
knows and what cannot be. Every event is found again in the register, the annex and the next pack; nothing else is."""

import html
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Browser, Page, expect

from reportpack.model.register_row import RegisterRow
from reportpack.run.office_files import Folders
from reportpack.run.register.rows import standing_register
from tests.web.conftest import LIMIT, MEETING, desk_of
from tests.web.test_live import DURING, draft_of, enter, in_word, saved, window, word_file

pytestmark = [pytest.mark.needs("chromium")]
WORDS_A_MINUTE = int(os.environ.get("LIVE_WPM", "3000"))
"""How fast the clerk types, at five letters a word; 60 by hand."""
_KEYS = {
    "⏎": "Enter",
    "⌫": "Backspace",
    "←": "ArrowLeft",
    "→": "ArrowRight",
    "↑": "ArrowUp",
    "⇱": "Home",
    "⇲": "End",
    "⎋": "Escape",
}

BEGINNING = """/d the notes of 30 April are agreed
/i 2.1
The PCC began by acknowledging the considerable improvements in criminal justice file qualiyt⌫⌫ty and 999 call handling.
/q pcc would the changes in criminal justice benefit victims
/r cc a lot of work had been done centrally and with the wider workforce, and it would make a difference
The PCC said that the test would be a sudden peak in demand.
The CC replied that the previous weekend demand had not been high, but a number of serious incidents had occurred without impact on performance.
/p cc 999 calls in 10 seconds >= 90 each month
/i 2.1.1
/q pcc will the Confidence Strategy deliver the required improvements to public confidence
/r cc it is right for oversight to be at Chief Superintendent level
The DCC added that it had needed a cultural change over the previous year.
The public perception survey is helpful and is being used by local policing areas to drive results.
North Worcestershire is an outlier, with visibility and communications perceived to be less than in other areas.
/q pcc why is there a different approach, and how could it be changed
/r cc it was wrong to see North Worcestershire as one mass; there are different towns and villages
The PCC asked what will have changed in 12 months from now.
Chief officers also need a better understanding, to ensure that each commander delivers the same outcome.
A rural property outside Kidderminster had rung for help, and no response came.
/a cc share the briefing note for the meeting with the PCC 14/6
=carry nov after the first two quarters of the perception survey
"""
MIDDLE = """/i 2.1.2
The PCC said that little improvement had been seen in satisfaction since November 2018.
/q pcc is it understood why performance has plateaued at this lower level
/r cc there had been a small improvement, and three areas were over 80%
There is a target for the year and this will be followed through.
Shropshire is an outlier, and is showing a small decrease despite the continued focus there.
/p cc 4 areas over 80 next month
/a dcc count the call-backs that were missed in Telfrod⌫⌫⌫ord fri
=M2/2018 carry sep
Although the numbers are small, there had been a notable reduction in hate crime satisfaction.
/q pcc does the force understand why
/r cc+dcc the previous month's figures showed a further reduction; Telford in particular
=M3/2018 carry nov
=M4/2018 closed
=16/2018 accepted
/i 2.1.3
There continues to be an increase in low harm, volume crime such as violence without injury.
/q pcc has the investment in neighbourhood teams been an effective tactic
/r cc+dcc a lot of it is malicious communications; the problem solving model should be about reducing harm
The ACCs needed to be more connected.
Officers should be stopping people carrying knives, which is why stop and search is important.
There is more mapped gang related activity, particularly in Telford.
/a dcc have 100 records of violence without injury read again 30/8
=1/2019 disputed the notes say otherwise
/i 2.1.4
West Mercia is ranked 35th out of 41 forces on charge to NFA.
/q pcc where would you want the force to be
/r cc top quartile, but it is not solely the responsibility of the police
Victim care provision is good.
/i 2.1.5
The PCC read an extract from the quarterly performance report on outcome 16.
Approximately 15% is down to incorrect application.
/a cc write to the Crown Prosecution Service about the audit ?
=carry sep
/i 2.1.6
There had been a 19% increase in offences in 2018/19.
/q pcc is the pathway of support seamless
/r cc the processes had subtly different roles, and standard operating procedures need to be reviewed
/d the procedures for one pathway are written first
/a cc+dcc bring the internal processes back nov
/i 2.1.7
The force was yet to provide the finished report.
/a cc clarify the position with the serious and organised crime report
/i + custody deaths
Nobody had this on the agenda; the IOPC wrote on Friday.
/a dcc report on deaths in custody sep
/i 2.1.1
/a po book the room for the survey's workshop 21/6
"""
UNCLEAR = {
    "/a supt hold ward meetings in the other towns 14/6": "SUPT",
    "/a cc open the new front counter 31/6": "there is no such day",
    "/a dh chase the survey's supplier 14/6": "may be Duncan Harcastle or Dana Hughes or Dev Hart",
    "=99/2019 accepted": "no such action",
}
ACTIONS = {
    "share the briefing note for the meeting with the PCC": ("CC", "14 June 2019"),
    "count the call-backs that were missed in Telford": ("DCC", "31 May 2019"),
    "have 100 records of violence without injury read again": ("DCC", "30 August 2019"),
    "write to the Crown Prosecution Service about the audit": ("CC", ""),
    "clarify the position with the serious and organised crime report": ("CC", ""),
    "report on deaths in custody": ("DCC", "September 2019"),
    "book the room for the survey's workshop": ("PO", "21 June 2019"),
}


def clerk(page: Page, text: str) -> None:
    """Types as people do: a key at a time, with the keys that put a slip right."""
    pause = 60_000 / (WORDS_A_MINUTE * 5)
    for part in re.split(f"([{''.join(_KEYS)}])", text.replace("\n", "⏎")):
        if part in _KEYS:
            page.keyboard.press(_KEYS[part])
            page.wait_for_timeout(pause)
        else:
            page.keyboard.type(part, delay=pause)


def test_a_whole_meeting_is_in_the_register_the_annex_and_the_next_pack(
    plain_office: Path, browser: Browser, tmp_path: Path
) -> None:
    signal.alarm(LIMIT + len(BEGINNING + MIDDLE) * 60 // (WORDS_A_MINUTE * 5))
    office = tmp_path / "office"
    shutil.copytree(plain_office, office)
    (office / "inputs" / "minutes" / f"{MEETING}.md").unlink()
    for month in ("2019-09-24", "2019-11-26"):
        (office / "inputs/meetings" / f"{month}-assurance.toml").write_text('venue = "Hindlip"\n', "utf-8")
    with desk_of(office, DURING) as desk:
        context = browser.new_context(viewport={"width": 1280, "height": 860})
        enter(context, desk)
        page = window(context, desk)
        begin(page)
        clerk(page, BEGINNING)
        expect(page.locator("#here")).to_have_text("2.1.1 Confidence")
        clerk(page, "It was half writen←←⌫⏎")  # a letter too many is taken out in the middle
        come_late(page)
        clerk(page, MIDDLE)
        for words, said in UNCLEAR.items():
            clerk(page, f"{words}\n")
            expect(page.locator("#lines article").filter(has_text=said).first).to_be_visible()
        # The first action had another day: up to it, its day changed, and back.
        page.locator("#lines article").filter(has_text="share the briefing note").get_by_role("button", name="Change").click()
        clerk(page, "⇲⌫⌫⌫⌫28/6")
        clerk(page, "⎋A last word.⏎")
        pasted = "\n".join(["The supplier's own report follows. " * 290, "/a cc not a sign here 14/6", "It ends."])
        assert len(pasted) > 10_000
        paste(page, pasted)
        saved(page)
        lines = [one for one in draft_of(office) if one]
        assert "It was half wrien" in lines
        assert lines[-3:] == [
            " ".join(("The supplier's own report follows. " * 290).split()),
            "//a cc not a sign here 14/6",
            "It ends.",
        ]
        assert len(lines) > 60
        standing = in_word(office)
        assert [
            one for one in lines if not one.startswith("present") and one not in standing and one not in rows_of(office)
        ] == []
        page.keyboard.press("F9")
        expect(page.locator("h1")).to_have_text("What was decided on 28 May")
        read = page.locator("main").inner_text()
        assert [words for words in ACTIONS if words not in read] == [
            "report on deaths in custody"
        ]  # of an item that is the office's alone
        page.wait_for_load_state()
        page.keyboard.press("Escape")
        expect(page.locator("#line")).to_be_focused()
        page.get_by_role("button", name="The meeting is over").click()
        expect(page.locator("h1")).to_contain_text("Queries")
        for words in ("there is no such day", "may be Duncan Harcastle or Dana Hughes or Dev Hart", "99/2019"):
            expect(page.locator("main")).to_contain_text(words)
        page.goto(f"{desk.origin}/m/{MEETING}/annex/issue")
        page.get_by_label(re.compile("read", re.IGNORECASE)).first.check()
        page.get_by_role("button", name=re.compile("Issue")).click()
        expect(page.locator(".said")).to_contain_text("Issued:")
        context.close()
    found_again(office)


def rows_of(office: Path) -> list[str]:
    return [cell.text for table in docx.Document(str(word_file(office))).tables for row in table.rows for cell in row.cells]


def begin(page: Page) -> None:
    page.keyboard.press("F2")
    for key in "pa?p":
        page.keyboard.press(key)
    page.locator("#somebody").fill("Dana Hughes, Analyst")
    page.keyboard.press("Enter")
    page.keyboard.press("p")
    page.locator("#somebody").fill("Dev Hart, Inspector")
    page.keyboard.press("Enter")
    page.keyboard.press("p")
    expect(page.locator("#counted")).to_have_text("Present 4, apologies 1")
    page.keyboard.press("Escape")
    expect(page.locator("#line")).to_be_focused()


def come_late(page: Page) -> None:
    page.keyboard.press("F2")
    for _ in range(9):
        page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("t")
    expect(page.locator("#people li").nth(2)).to_contain_text("present from 1")
    page.keyboard.press("Escape")


def paste(page: Page, text: str) -> None:
    page.evaluate(
        """(text) => { const data = new DataTransfer(); data.setData("text/plain", text);
        document.querySelector("#line").dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })); }""",
        text,
    )


def text_of(page: Path) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page.read_text("utf-8"))).split())


def month_of(row: RegisterRow) -> str:
    due = row.text("Due") or row.text("Due at meeting")
    return {"2019-09-24-assurance": "September 2019", "2019-11-26-assurance": "November 2019"}.get(due, due)


def found_again(office: Path) -> None:
    annex = text_of(office / "build" / MEETING / "annex.page-source.html")
    said = [
        one
        for line in (BEGINNING + MIDDLE).splitlines()
        if "⌫" not in line
        for one in [re.sub(r"^/[dqr] (?:(?:pcc|cc\+dcc|cc) )?", "", line)]
    ]
    told = [one for one in said if one[:1] not in ("/", "=")]
    assert len(told) > 40
    assert [one for one in told if one not in annex and one[:1].upper() + one[1:] not in annex] == []
    for words in ("qualityand", "/q ", "/r ", "=carry"):
        assert words not in annex
    rows, _ = standing_register(Folders(office / "inputs", office / "build"), 2019)
    actions = {one.text("Action"): one for one in rows if one.sheet == "Actions"}
    for words, (owner, due) in ACTIONS.items():
        row = actions[words]
        assert (row.text("Owner"), month_of(row)) == (owner, due), words
    assert "open the new front counter" in actions
    assert actions["hold ward meetings in the other towns"].text("State") == "open"
    of = {one.ref: one for one in rows}
    assert (of["16/2018"].text("State"), of["1/2019"].text("State")) == ("accepted", "disputed")
    assert (month_of(of["M2/2018"]), month_of(of["M3/2018"])) == ("September 2019", "November 2019")
    assert of["M4/2018"].text("State") == "discharged"
    back = {(month_of(one), one.ref) for one in rows if one.sheet == "Matters" and one.ref.endswith("/2019")}
    assert sum(due == "November 2019" for due, _ in back) >= 2
    assert {"at least 90", "over 80"} <= {word for one in rows for word in ("at least 90", "over 80") if word in one.text("Test")}
    program = [sys.executable, "-m", "reportpack", "pack", "2019-09-24", "--now", "2019-09-17T09:00"]
    subprocess.run(program, cwd=office, check=True, capture_output=True)
    pack = text_of(office / "build/2019-09-24-assurance/briefing-pack.page-source.html")
    for words in (*ACTIONS, "M2/2018", *(ref for due, ref in back if due == "September 2019")):
        assert words in pack, words
