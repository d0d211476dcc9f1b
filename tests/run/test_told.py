"""Who had a verdict that has turned is told so: on the cover, beside the promise, in the letter, and in pack.json."""

import json
import re
from datetime import UTC, datetime
from html import unescape

import openpyxl
import pytest

from reportpack.model.edition import Audience
from reportpack.model.outbox import DeliveryReport
from reportpack.model.release import ReleasedRole
from reportpack.run.letters.send import SendOrder, plan_send, send_planned
from reportpack.run.office_files import Folders
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import add_row
from reportpack.run.steps.recording import Change
from tests.run.test_release import NOW, build, built, edition_of, folders, kept, plan, ready, release, released

__all__ = ["built", "folders", "ready", "released"]
LATER = datetime(2019, 5, 27, 9, 30, tzinfo=UTC)
SURVEY = "performance/Victim satisfaction survey April 2019.xlsx"


def draft(folders: Folders, now: datetime) -> DeliveryReport:
    order = SendOrder("", (), (), now, now.date())
    return send_planned(folders, order, plan_send(folders, order), lambda _: None, drafts=True)


def correct_april(folders: Folders, of_188: int, of_902: int = 716) -> None:
    """April's figures of the first area and of the force, in the workbook that the force sent."""
    path = folders.inputs / SURVEY
    book = openpyxl.load_workbook(path)
    sheet = book["All victims"]
    row = next(n for n in range(7, sheet.max_row + 1) if str(sheet.cell(n, 1).value).startswith("2019-04-01"))
    sheet.cell(row, 2).value, sheet.cell(row, 4).value = of_188, of_188 / 188
    sheet.cell(row, 17).value, sheet.cell(row, 19).value = of_902, of_902 / 902
    book.save(path)


@pytest.fixture
def anew(ready: Folders) -> Folders:
    """Version 1 has gone, a figure was corrected, version 2 is released."""
    draft(ready, NOW)
    correct_april(ready, 150)
    build(ready, now=LATER)
    return ready


def test_version_2_says_that_version_1_said_met_and_which_cell_changed_it(anew: Folders) -> None:
    force = edition_of(release(anew, now=LATER), Audience.FORCE)
    source = kept(anew, force, ReleasedRole.PAGE_SOURCE).decode()
    cover, commitments = source.split('id="cover"')[1].split('<section id="')[0], source.split('id="commitments"')[1]
    assert all(
        "C1/2018 was “Met” in v1 and is “Not met by the figures, to be confirmed” now" in part for part in (cover, commitments)
    )
    (turned,) = json.loads(kept(anew, force, ReleasedRole.RECORD))["turned"]
    assert (turned["of"], turned["since"], turned["was"], turned["now"]) == (
        "C1/2018",
        "v1",
        "Met",
        "Not met by the figures, to be confirmed",
    )
    assert f"was 81.9%, is now 79.8% ({SURVEY}, sheet All victims, D42)" in turned["words"]


def test_the_letter_says_what_turned_in_every_version_that_its_reader_did_not_have(anew: Folders) -> None:
    release(anew, now=LATER)
    assert all("C1/2018 was “Met” in v1" in one.text for one in plan(anew, LATER).letters if one.version == 2)
    draft(anew, LATER)
    correct_april(anew, 154)
    build(anew, now=LATER)
    release(anew, now=LATER)
    third = [one.text for one in plan(anew, LATER).letters]
    assert all("C1/2018 was “Not met by the figures, to be confirmed” in v2" in one and "in v1" not in one for one in third)


def test_who_missed_a_version_is_told_which_they_had_and_what_the_first_page_compares(anew: Folders) -> None:
    release(anew, now=LATER)
    order = SendOrder("", (), ("deputy@opcc.example",), LATER, LATER.date())
    send_planned(anew, order, plan_send(anew, order), lambda _: None, drafts=True)
    correct_april(anew, 154)
    build(anew, now=LATER)
    release(anew, now=LATER)
    letters = {one.to.email: one for one in plan(anew, LATER).letters if one.version == 3}
    missed, none = letters["commissioner@opcc.example"], letters["deputy@opcc.example"]
    for words in (missed.text, missed.html):
        assert "It replaces v1: please" in words
        assert "since what you had; the first page of the pack says what changed since v2:" in words
    assert "It replaces v2: please" in none.text
    assert "the first page of the pack says more:" in none.text


def test_a_first_version_says_nothing_of_an_earlier_one(ready: Folders) -> None:
    assert all("said otherwise" not in one.text for one in plan(ready).letters)


def test_the_next_meeting_is_told_what_the_last_meetings_pack_said(folders: Folders) -> None:
    june = folders.inputs / "meetings" / "2019-06-25-assurance.toml"
    june.write_text('series = "assurance"\ndate = 2019-06-25\n', encoding="utf-8")
    correct_april(folders, 150)
    now = datetime(2019, 6, 10, 9, tzinfo=UTC)
    build_pack(folders, Order("2019-06-25-assurance", None, None, now, now.date()), lambda _: None)
    turned = json.loads((folders.build / "2019-06-25-assurance" / "pack.json").read_bytes())["turned"]
    assert [(one["since"], one["was"]) for one in turned if one["of"] == "C1/2018"] == [("the pack for 28 May 2019", "Met")]


def test_then_is_what_the_meeting_had_whatever_was_built_of_it_since(folders: Folders) -> None:
    """April's figure is put right in the same file after the meeting, May's pack is built anew, and a measure comes that May's pack did not have."""
    june = folders.inputs / "meetings" / "2019-06-25-assurance.toml"
    june.write_text('series = "assurance"\ndate = 2019-06-25\n', encoding="utf-8")
    cells = (("Title", "Satisfaction again"), ("Words", "Look again at satisfaction."), ("From meeting", "2019-05-28-assurance"))
    row = (*cells, ("Due at meeting", "June 2019"), ("Topic", "satisfaction"))
    add_row(folders, "Matters", row, Change(datetime(2019, 5, 31, 9, tzinfo=UTC)))
    correct_april(folders, 150, 711)
    build(folders, now=datetime(2019, 6, 3, 9, tzinfo=UTC))
    measures = folders.inputs / "measures.toml"
    place = '[[measure.place]]\nfile = "Victim satisfaction*.xlsx"\nsheet = "Stages"\nfigure = "Contact / % satisfied"\n'
    new = f'\n[[measure]]\nid = "contact"\ntitle = "Ease of contact"\nunit = "per cent"\nbetter = "higher"\ntopic = "satisfaction"\n\n{place}'
    measures.write_text(measures.read_text("utf-8") + new, "utf-8")
    now = datetime(2019, 6, 10, 9, tzinfo=UTC)
    build_pack(folders, Order("2019-06-25-assurance", None, None, now, now.date()), lambda _: None)
    printed = (folders.build / "2019-06-25-assurance" / "briefing-pack.page-source.html").read_text("utf-8")
    words = unescape(re.sub(r"(?:<[^>]*>|\s)+", " ", printed))
    (entry,) = re.findall(r"Look again at satisfaction\.\W+Measure Then Now What that says (.*?) Outcome ", words)
    assert re.search(r"Victim satisfaction 79\.4% ?, since revised to 78\.8%", entry)
    assert re.search(r"Ease of contact 90% ?\(not in that meeting's pack\)", entry)
