"""The draft of the annex: what it says of the notes, what it refuses, and that it changes nothing."""

import re
import shutil
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import pytest

from reportpack.errors import InputError, RefusedError
from reportpack.model.annex import NoteBlock
from reportpack.model.edition import Audience
from reportpack.run.minutes.annex_issue import BuiltAnnex, build_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.office_files import Folders

ROOT = Path(__file__).parents[2]
MEETING = "2019-05-28-assurance"
TODAY = date(2019, 6, 3)


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A copy of what the example puts in, without the figures, which no annex needs."""
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    return tmp_path


def build(office: Path, meeting: str = "", edition: Audience | None = None) -> BuiltAnnex:
    order = AnnexOrder(meeting, edition, datetime(2019, 6, 3, 9, tzinfo=UTC), TODAY)
    return build_annex(Folders(office / "inputs", office / "build"), order, lambda _: None)


def words_of(office: Path, name: str = "annex") -> str:
    """The words of a page source, as one line."""
    source = (office / "build" / MEETING / f"{name}.page-source.html").read_text(encoding="utf-8")
    return plain(source)


def plain(source: str) -> str:
    """The words alone: marks within words leave no space."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", re.sub(r"</?abbr[^>]*>", "", source))).split())


def section(office: Path, name: str, document: str = "annex") -> str:
    """The words of one section of the annex."""
    source = (office / "build" / MEETING / f"{document}.page-source.html").read_text(encoding="utf-8")
    found = re.search(rf'<section id="{name}">(.*?)</section>', source, re.DOTALL)
    assert found is not None
    return plain(found[1])


def write_notes(office: Path, text: str, name: str = f"{MEETING}.md") -> None:
    (office / "inputs" / "minutes" / name).write_text(text, encoding="utf-8")


def make_public(office: Path) -> None:
    """Make the series of the example's notes a public one."""
    settings = office / "inputs" / "office.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace('id = "assurance"\n', 'id = "assurance"\npublic = true\n'), encoding="utf-8")


def test_without_a_meeting_it_takes_the_latest_that_has_notes(office: Path) -> None:
    built = build(office)
    assert built.meeting.id == MEETING
    assert [path.name for path in built.paths] == [
        "annex.pdf",
        "annex.html",
        "annex.docx",
        "annex.page-source.html",
        "queries.pdf",
        "queries.html",
        "queries.page-source.html",
    ]


def test_a_draft_changes_nothing_that_people_put_in(office: Path) -> None:
    before = {path: path.read_bytes() for path in (office / "inputs").rglob("*") if path.is_file()}
    build(office)
    first = {path: path.read_bytes() for path in (office / "build").rglob("*") if path.is_file()}
    build(office)
    assert {path: path.read_bytes() for path in (office / "inputs").rglob("*") if path.is_file()} == before
    assert {path: path.read_bytes() for path in (office / "build").rglob("*") if path.is_file()} == first


def test_every_action_is_there_word_for_word_with_its_owner_and_its_day_or_that_they_are_not_stated(office: Path) -> None:
    assert build(office).actions == 6
    said = section(office, "actions")
    assert said.count("Number given when issued") == 6
    assert "CC to send the PCC the note that he had prepared for this item. CC Chief Constable Not stated" in said
    assert "recorded in 2017. DCC Deputy Chief Constable 30 August 2019 2.1.3 Total Recorded Crime" in said.replace("\xa0", " ")
    assert "Use of outcome 16 to be brought back to the September meeting. Not stated To come back: September 2019" in said


def test_a_matter_that_nobody_discussed_is_not_said_to_be_discussed(office: Path) -> None:
    build(office)
    said = section(office, "matters")
    assert "M2/2018 Satisfaction From November 2018" in said
    assert "Discussed at 2.1.2 Satisfaction No outcome recorded" in said
    assert "Said to have been discussed at 2.1; no passage there discusses it No outcome recorded" in said


def test_a_matter_that_the_notes_say_was_not_discussed_is_printed_so(office: Path) -> None:
    notes = office / "inputs" / "minutes" / f"{MEETING}.md"
    late = "The satisfaction of victims of domestic abuse was not discussed because the survey was late."
    notes.write_text(notes.read_text("utf-8").replace("#### 1. Confidence\n", f"#### 1. Confidence\n\n{late}\n", 1), "utf-8")
    build(office)
    assert "; the notes of that say that it was not No outcome recorded" in section(office, "matters")


def test_the_notes_are_kept_word_for_word_slips_and_all(office: Path) -> None:
    build(office)
    said = words_of(office)
    assert "The PC asked whether follow-up was still the part that victims mark lowest and was told that it was." in said
    assert "2.2 HMICFRS inspection programme / Matters arising from the Service Improvement Board (SIB) No items" in said


def test_a_promise_is_recorded_with_its_test_and_what_comes_back_stands_under_its_meeting(office: Path) -> None:
    build(office)
    assert (
        "The CC expects to see 4 local policing areas over 80% next month. Test: 4 areas over 80; to be shown in June 2019"
        in (section(office, "commitments"))
    )
    returns = section(office, "returns")
    assert returns.index("September 2019") < returns.index("outcome 16") < returns.index("November 2019")


def test_the_next_meeting_is_of_another_kind_and_named_as_noted(office: Path) -> None:
    build(office)
    assert "Public Facebook Live meeting on rural crime, Monday 24 June 2019" in section(office, "next-meeting")


def test_queries_are_a_sheet_of_their_own_and_no_part_of_the_annex(office: Path) -> None:
    built = build(office)
    assert built.blocking == 2
    assert '"PC" speaks here and nowhere else' in words_of(office, "queries")
    assert "speaks here and nowhere else" not in words_of(office)


def test_the_force_edition_has_the_notes(office: Path) -> None:
    build(office, edition=Audience.FORCE)
    force = words_of(office, "annex.force")
    assert "The DCC added that the work inside the force had come first" in force
    assert "Made from" not in force


def test_notes_of_a_meeting_that_was_not_public_have_no_public_edition(office: Path) -> None:
    with pytest.raises(RefusedError, match="was not a public meeting"):
        build(office, edition=Audience.PUBLIC)
    assert not (office / "build").exists()


def test_the_public_edition_of_a_public_meeting_says_what_it_leaves_out(office: Path) -> None:
    make_public(office)
    build(office, edition=Audience.PUBLIC)
    public = words_of(office, "annex.public")
    assert "felt far from the others" in public
    assert "adjourned for ten minutes" not in public
    assert "Some actions left out of this edition." in public
    assert "Some matters left out of this edition." in public
    assert "SOC" not in public


def test_an_item_that_the_agenda_does_not_know_is_for_the_office_alone(office: Path) -> None:
    notes = office / "inputs" / "minutes" / f"{MEETING}.md"
    text = notes.read_text(encoding="utf-8").replace("#### 6. Domestic Abuse (DA)", "#### 6. Operation Marigold")
    write_notes(office, text)
    build(office, edition=Audience.FORCE)
    force = words_of(office, "annex.force")
    assert "Marigold" not in force
    assert "two sergeants" not in force
    assert "2.1.6 Item withheld" in force
    assert "One action left out of this edition." in force


def test_private_details_are_in_no_public_edition(office: Path) -> None:
    text = (office / "inputs" / "minutes" / f"{MEETING}.md").read_text(encoding="utf-8")
    told = "The PCC gave the example of a rural property outside Kidderminster which had rung the police for help in the night."
    make_public(office)
    write_notes(office, text.replace("## 3. AOB\n", f"## 3. AOB\n\n{told}\n"))
    build(office)
    assert "Kidderminster" in words_of(office)
    build(office, edition=Audience.PUBLIC)
    assert "Kidderminster" not in words_of(office, "annex.public")
    assert "A passage with private details is left out of this edition." in words_of(office, "annex.public")


def test_an_action_in_a_passage_with_private_details_on_another_line_is_in_no_public_edition(office: Path) -> None:
    """The passage is left out of the notes; what was taken from it is left out with it."""
    text = (office / "inputs" / "minutes" / f"{MEETING}.md").read_text(encoding="utf-8")
    told = (
        "Action: The CC to look again at how calls from farms are answered by the end of June,\n"
        "after the PCC gave the example of a rural property outside Kidderminster which had rung the police for help in the night.\n"
    )
    make_public(office)
    write_notes(office, text.replace("## 3. AOB\n", f"## 3. AOB\n\n{told}\n"))
    build(office)
    assert "Kidderminster" in section(office, "actions")
    build(office, edition=Audience.PUBLIC)
    assert "Kidderminster" not in words_of(office, "annex.public")
    assert "calls from farms" not in words_of(office, "annex.public")


def test_what_stands_in_the_notes_is_text_and_nothing_else(office: Path) -> None:
    text = (office / "inputs" / "minutes" / f"{MEETING}.md").read_text(encoding="utf-8")
    write_notes(
        office, text.replace("Actions arising: The CC", "Actions arising: The CC & <b>DCC</b> {{ annex.title }} \x07 The CC")
    )
    build(office)
    assert "{{ annex.title }}" in words_of(office)


def test_two_files_of_notes_for_one_meeting_are_refused(office: Path) -> None:
    write_notes(office, "Notes\n", f"{MEETING}.txt")
    with pytest.raises(RefusedError, match="There are 2 files of notes for 2019-05-28-assurance") as refused:
        build(office)
    assert refused.value.remedy.startswith("Keep the one that is right")


def test_notes_of_another_day_are_refused(office: Path) -> None:
    text = (office / "inputs" / "minutes" / f"{MEETING}.md").read_text(encoding="utf-8")
    write_notes(office, text.replace("Tuesday 28 May 2019", "Tuesday 30 April 2019"))
    with pytest.raises(RefusedError, match="these are the notes of 30 April 2019"):
        build(office)
    assert not (office / "build").exists()


def test_a_meeting_without_notes_is_told_how_to_begin_them(office: Path) -> None:
    with pytest.raises(InputError) as missing:
        build(office, "2019-04-30")
    assert "There are no notes of 2019-04-30-assurance" in missing.value.found
    assert "reportpack minutes new 2019-04-30-assurance" in missing.value.remedy
    (office / "inputs" / "minutes" / "2019-04-30-assurance.VTT").write_text("WEBVTT\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"2019-04-30-assurance\.VTT is a transcript of what was spoken"):
        build(office, "2019-04-30")
    shutil.rmtree(office / "inputs" / "minutes")
    with pytest.raises(InputError, match="There are no notes of a meeting"):
        build(office)


def test_a_table_of_figures_in_the_notes_has_heads_and_one_of_labels_has_none() -> None:
    figures = (("Area", "Before", "After"), ("North", "10", "20"))
    assert NoteBlock("table", rows=figures).heads == figures[0]
    for rows in (
        (("Chair", "A. Person"), ("Day", "28 May")),
        (("Area", ""), ("North", "10")),
        (("2018", "2019"), ("1", "2")),
        (),
    ):
        assert NoteBlock("table", rows=rows).heads == ()


def test_the_heads_of_a_table_in_the_notes_head_its_columns(office: Path) -> None:
    notes = office / "inputs" / "minutes" / f"{MEETING}.md"
    table = "| Area | Before | After |\n|---|---|---|\n| North | 10 | 20 |\n"
    notes.write_text(notes.read_text("utf-8").replace("\n#### 3. ", f"\n{table}\n#### 3. ", 1), "utf-8")
    build(office)
    source = (office / "build" / MEETING / "annex.page-source.html").read_text("utf-8")
    assert re.search(r'<thead><tr><th scope="col"><span class="verbatim">Area</span></th>', source)
    assert re.search(r'<tr><th scope="row"><span class="verbatim">North</span></th><td>', source)
