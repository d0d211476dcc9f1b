"""Typed lines in the Word file: under their items, read as any notes are; what Word has wins, and nothing typed is lost."""

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import docx.document
import docx.text.paragraph
import pytest

from reportpack.model.draft import ROLL, Does
from reportpack.model.minutes import Attended, Minutes
from reportpack.run.live.draft_journal import read_draft
from reportpack.run.live.reading import Reader, read_lines
from reportpack.run.minutes.annex_reading import read_file
from tests.run.live.conftest import MAY, Clerk


def paragraphs(clerk: Clerk) -> list[str]:
    return [one.text for one in docx.Document(str(clerk.file)).paragraphs]


def read(clerk: Clerk) -> Minutes:
    return read_file(clerk.file, clerk.office.inputs)[0]


def in_word(clerk: Clerk, change: Callable[["docx.document.Document"], None]) -> None:
    document = docx.Document(str(clerk.file))
    change(document)
    document.save(str(clerk.file))


def line_of(document: "docx.document.Document", words: str) -> "docx.text.paragraph.Paragraph":
    return next(one for one in document.paragraphs if one.text == words)


def test_lines_stand_under_their_items_and_are_read_there(clerk: Clerk) -> None:
    clerk.types("2.1.3", "Stop and search is directed.", "/a cc custody note 14/6")
    clerk.types("2.1.1", "/d notes go to the force")
    assert clerk.saves().trouble == ""
    clerk.types("2.1.3", "/q pcc by when", "/r cc in June")
    clerk.does(Does.LINE, "new", "2.1.3", "/i + custody deaths")
    clerk.does(Does.LINE, "of it", "new", "/a dcc report on deaths 21/6")
    clerk.types("2.1.2", "= carry nov")
    clerk.does(Does.LINE, "Rowan Ashdown, Police and Crime Commissioner (PCC)", ROLL, "present")
    clerk.does(Does.LINE, "Meera Thorley, Deputy Police and Crime Commissioner (DPCC)", ROLL, "apologies")
    clerk.does(Does.LINE, "Jo Visitor, Analyst", ROLL, "present from 10:20")
    assert clerk.saves().draft.is_saved
    minutes = read(clerk)
    new = {one.words: one.item for one in minutes.actions if not one.ref}
    assert new["custody note"] == "2.1.3"
    titles = {one.path: one.title for one in minutes.items}
    assert titles[new["report on deaths"] or ""] == "Custody deaths"
    assert [one.item for one in minutes.decisions] == ["2.1.1"]
    assert [(one.words, one.answer) for one in minutes.questions if one.asked_by] == [("by when", "in June")]
    assert minutes.brought_forward[-1].returns == "2019-11"
    there = {one.name: one.status for one in minutes.attendance}
    assert (there["Rowan Ashdown"], there["Meera Thorley"]) == (Attended.PRESENT, Attended.APOLOGIES)
    assert (there["Jo Visitor"], there["Duncan Harcastle"]) == (Attended.PRESENT, Attended.UNKNOWN)


def test_a_line_changed_or_taken_out_is_so_in_the_file(clerk: Clerk) -> None:
    clerk.types("2.1.1", "first", "second", "third")
    clerk.saves()
    clerk.does(Does.EDIT, "second", words="second, changed")
    clerk.does(Does.OUT, "third")
    clerk.saves()
    found = paragraphs(clerk)
    assert found[found.index("2.1.1 Confidence") + 1 :][:2] == ["first", "second, changed"]
    assert "third" not in found


def test_what_word_adds_stays_and_what_it_has_in_a_lines_place_counts(clerk: Clerk) -> None:
    clerk.types("2.1.3", "/a dcc have 100 records read again 31/8", "Prose.", "/d one pathway first")
    clerk.saves()

    def change(document: "docx.document.Document") -> None:
        line_of(document, "/a dcc have 100 records read again 31/8").text = "/a dcc have 100 records read again 30/8"
        gone = line_of(document, "/d one pathway first")._element
        gone.getparent().remove(gone)
        line_of(document, "Prose.").insert_paragraph_before("Typed in Word.")

    in_word(clerk, change)
    clerk.types("2.1.3", "Typed meanwhile.")
    saved = clerk.saves()
    differ = {one.words: one.stands for one in saved.draft.lines if one.differs}
    assert differ == {
        "/a dcc have 100 records read again 31/8": "/a dcc have 100 records read again 30/8",
        "/d one pathway first": None,
    }
    found = paragraphs(clerk)
    assert {"/a dcc have 100 records read again 30/8", "Typed in Word.", "Typed meanwhile."} <= set(found)
    assert "/d one pathway first" not in found
    clerk.does(Does.WORDS, "/a dcc have 100 records read again 31/8")
    clerk.does(Does.MINE, "/d one pathway first")
    clerk.saves()
    assert [one.words for one in read(clerk).decisions] == ["one pathway first"]
    assert "/a dcc have 100 records read again 30/8" in paragraphs(clerk)


@pytest.mark.parametrize("lock", ["~$19-05-28-assurance.docx", f".~lock.{MAY}.docx#"])
def test_while_word_has_it_open_lines_are_kept_and_it_is_said(clerk: Clerk, lock: str) -> None:
    clerk.types("2.1.1", "first")
    clerk.saves()
    held = clerk.file.with_name(lock)
    held.write_bytes(b"")
    clerk.types("2.1.1", "second")
    said = clerk.saves()
    assert said.trouble == "Not in the Word file since 10:52: Word has it open. Kept here; go on typing."
    assert "second" not in paragraphs(clerk)
    held.unlink()
    assert clerk.saves().trouble == ""
    assert "second" in paragraphs(clerk)


def test_a_file_that_is_damaged_or_of_another_kind_is_left_alone(clerk: Clerk) -> None:
    clerk.types("2.1.1", "first")
    clerk.file.write_bytes(b"PK\x03\x04 no document")
    assert "damaged" in clerk.saves().trouble
    assert clerk.file.read_bytes() == b"PK\x03\x04 no document"
    clerk.file.unlink()
    other = clerk.file.with_suffix(".md")
    other.write_text("# Notes\n", "utf-8")
    assert other.name in clerk.saves().trouble
    assert other.read_text("utf-8") == "# Notes\n"
    assert [one.words for one in read_draft(clerk.office, MAY).lines] == ["first"]


def test_a_file_that_is_gone_is_made_again_with_every_line(clerk: Clerk) -> None:
    clerk.types("2.1.1", "first", "second")
    clerk.saves()
    clerk.file.unlink()
    saved = clerk.saves()
    assert not any(one.differs for one in saved.draft.lines)
    assert {"first", "second"} <= set(paragraphs(clerk))


def test_a_saving_that_was_cut_off_is_neither_lost_nor_done_twice(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    clerk.types("2.1.1", "first")
    clerk.saves()
    clerk.types("2.1.1", "second")

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("reportpack.run.live.saving.write_files", cut)
    with pytest.raises(KeyboardInterrupt):
        clerk.saves()
    monkeypatch.undo()
    monkeypatch.setattr("reportpack.run.live.saving._saved", cut)
    with pytest.raises(KeyboardInterrupt):
        clerk.saves()
    monkeypatch.undo()
    assert clerk.saves().draft.is_saved
    clerk.types("2.1.1", "third")
    assert clerk.saves().draft.is_saved
    clerk.types("2.1.1", "fourth")
    assert clerk.saves().draft.is_saved
    found = paragraphs(clerk)
    assert found[found.index("first") - 1 :][:5] == ["2.1.1 Confidence", "first", "second", "third", "fourth"]


def test_a_meeting_without_an_agenda_takes_items_and_prose(clerk: Clerk) -> None:
    office = clerk.office.inputs / "office.toml"
    tables = re.split(r"(?m)^(?=\[)", office.read_text("utf-8"))
    office.write_text("".join(one for one in tables if not one.startswith("[[series.agenda]]")), "utf-8")
    (clerk.office.inputs / "meetings" / f"{MAY}.toml").write_text("", "utf-8")
    assert clerk.room.places == ()
    clerk.types("", "It began at ten o'clock, with everybody in the room, and the chair welcomed them.")
    clerk.does(Does.LINE, "new", "", "/i + custody deaths")
    clerk.does(Does.LINE, "of it", "new", "/a dcc report on deaths 21/6")
    clerk.saves()
    minutes = read(clerk)
    assert [one.title for one in minutes.items if one.title == "Custody deaths"]
    assert [one.words for one in minutes.actions if not one.ref] == ["report on deaths"]
    assert any("ten o'clock" in one.words for one in minutes.passages)


LONG = "word " * 2000


@pytest.mark.parametrize(
    "words", [LONG, "<b>&amp; </w:t>", "=cmd|' /C calc'!A0", "a\x00b\x0bc\ud800", "ünïcødé 你好 \U0001f600", "//a prose"]
)
def test_text_is_text(clerk: Clerk, words: str) -> None:
    clerk.does(Does.LINE, "odd", "2.1.1", words)
    saved = clerk.saves()
    assert saved.trouble == ""
    assert saved.draft.is_saved
    assert clerk.saves().draft == saved.draft
    assert read(clerk).passages


def test_every_line_hears_how_it_will_be_read(clerk: Clerk) -> None:
    lines = {
        "/a cc custody note 14/6": ("Action", "Friday 14 June 2019"),
        "/a supt ward meetings 31/6": ("Action", "there is no such day"),
        "/q pcc by when": ("Question", "Rowan Ashdown"),
        "/r cc in June": ("Answer", "the question above"),
        "/p cc 999 >= 90 each month": ("Promise", "at least 90"),
        "= carry sep": ("Outcome", "comes back"),
        "=M3/2018 closed": ("Outcome", "Hate crime satisfaction"),
        "=99/2019 accepted": ("Outcome", "no such action"),
        "/i 9.9": ("Item", "No item"),
        "/x": ("Prose", "no such sign"),
        "The CC said so.": ("Prose", ""),
    }
    clerk.types("2.2", *lines)
    found = read_lines(clerk.room, read_draft(clerk.office, MAY).lines)
    for words, (kind, said) in lines.items():
        one = found[words]
        assert one.kind == kind, words
        assert said in str((one.says, one.marks)), words


def test_somebody_added_at_the_roll_call_is_somebody_known(clerk: Clerk) -> None:
    clerk.types("2.2", "/a dh chase the supplier 14/6")
    for name in ("Dana Hughes, Analyst", "Dev Hart, Inspector"):
        clerk.does(Does.LINE, name, ROLL, "present")
    found = Reader(clerk.room).read(read_draft(clerk.office, MAY).lines)["/a dh chase the supplier 14/6"]
    assert found.marks == ('"DH" may be Duncan Harcastle or Dana Hughes or Dev Hart.',)
    assert found.asks == ("owner",)


def test_reading_agrees_with_the_file(clerk: Clerk, tmp_path: Path) -> None:
    clerk.types("2.1.5", "/a cc custody note 14/6", "/d one pathway first", "/p cc 999 >= 90 each month", "= carry nov")
    clerk.saves()
    minutes = read(clerk)
    heard = read_lines(clerk.room, read_draft(clerk.office, MAY).lines)
    assert heard["/a cc custody note 14/6"].words in [one.words for one in minutes.actions]
    assert heard["/d one pathway first"].words in [one.words for one in minutes.decisions]
    assert heard["/p cc 999 >= 90 each month"].words in [one.words for one in minutes.commitments]
    assert heard["= carry nov"].says[0][0] in [one.words for one in minutes.actions]


def test_a_file_that_swells_when_it_is_unpacked_is_left_alone(clerk: Clerk) -> None:
    clerk.types("2.1.3", "The audit was tabled.")
    clerk.saves()
    with zipfile.ZipFile(clerk.file, "a", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/media/image1.bmp", bytes(65 * 2**20))
    before = clerk.file.read_bytes()
    clerk.types("2.1.3", "It was read out.")
    assert "too large when it is unpacked (word/media/image1.bmp)" in clerk.saves().trouble
    assert clerk.file.read_bytes() == before
    assert [one.words for one in read_draft(clerk.office, MAY).lines] == ["The audit was tabled.", "It was read out."]
