"""Words are found wherever they were said or issued, in any form, newest first, and an edition's readers find what they were given alone."""

from datetime import UTC, datetime

import pytest

from reportpack.errors import InputError
from reportpack.ledger.search import FILE
from reportpack.model.edition import Audience
from reportpack.run.find import FindRequest, Found, find_words
from reportpack.run.ledger import Wanted, erase_words
from reportpack.run.office_files import Folders
from reportpack.run.register.rows import update_row
from reportpack.run.steps.recording import Change
from tests.run.test_release import build, built, folders, ready, release, released

__all__ = ["built", "folders", "ready", "released"]
LATER = datetime(2019, 5, 24, 9, tzinfo=UTC)


def find(folders: Folders, *phrases: str, edition: Audience | None = None, most: int = 50) -> Found:
    return find_words(folders, FindRequest(phrases, edition, most), lambda _: None)


def test_a_pack_as_printed_is_found_with_its_section_and_line(ready: Folders) -> None:
    found = find(ready, "will be over 80 per cent", edition=Audience.FORCE).passages
    assert {one.title for one in found} == {"briefing-pack of 2019-05-28-assurance, v1 force"}
    assert any(one.place.startswith("section commitments, line ") for one in found)


def test_stems_find_every_form_and_a_phrase_keeps_its_order(ready: Folders) -> None:
    assert find(ready, "promise").passages == find(ready, "promised").passages != ()
    assert find(ready, "local policing areas").passages
    assert not find(ready, "areas policing local").passages
    assert find(ready, "areas", "local", "policing").passages


def test_readers_of_an_edition_find_nothing_that_they_were_not_given(ready: Folders) -> None:
    everywhere = find(ready, "running sheet").passages
    assert everywhere
    assert {one.edition for one in find(ready, "meeting", edition=Audience.FORCE, most=500).passages} == {Audience.FORCE}
    assert not find(ready, "meeting", edition=Audience.PUBLIC).passages
    build(ready, Audience.PUBLIC)
    assert not find(ready, "meeting", edition=Audience.PUBLIC).passages
    release(ready, Audience.PUBLIC)
    assert find(ready, "meeting", edition=Audience.PUBLIC).passages


def test_what_is_recorded_or_put_in_after_a_search_is_in_the_next(folders: Folders) -> None:
    assert not find(folders, "zymurgy").passages
    update_row(folders, "1/2019", [("Update", "The zymurgy report came.")], Change(LATER))
    (folders.inputs / "papers" / "2019-05-28-assurance").mkdir(parents=True, exist_ok=True)
    paper = folders.inputs / "papers" / "2019-05-28-assurance" / "zymurgy.md"
    paper.write_text("# A paper\n\nOn zymurgies.\n", encoding="utf-8")
    assert [(one.file, one.place) for one in find(folders, "zymurgy").passages] == [
        ("papers/2019-05-28-assurance/zymurgy.md", "line 3"),
        ("register.xlsx", "Update"),
    ]
    paper.unlink()
    assert [one.place for one in find(folders, "zymurgy").passages] == ["Update"]


def test_the_index_can_be_removed_or_damaged_and_is_made_again(ready: Folders) -> None:
    before = find(ready, "promise")
    (ready.memory / FILE).unlink()
    assert find(ready, "promise") == before
    (ready.memory / FILE).write_bytes(b"no database at all" * 100)
    assert find(ready, "promise") == before


def test_what_was_erased_is_found_no_more(folders: Folders) -> None:
    update_row(folders, "1/2019", [("Update", "Told to Quentin Zymurgy.")], Change(LATER))
    assert find(folders, "zymurgy").passages
    erase_words(folders, Wanted(words=("Quentin Zymurgy",)), Change(LATER, "An Officer", "a request"))
    assert not any(b"Zymurgy" in path.read_bytes() for path in folders.memory.iterdir() if path.name == FILE)
    assert not find(folders, "zymurgy").passages


def test_the_newest_come_first_and_more_are_said(ready: Folders) -> None:
    found = find(ready, "meeting", most=3)
    assert (len(found.passages), found.more) == (3, True)
    days = [one.day for one in find(ready, "meeting", most=500).passages]
    assert days == sorted(days, reverse=True)


@pytest.mark.parametrize("phrase", ["* OR (crime", "AND", "NEAR(a b)", "words:meeting", 'a "quoted word', "nul\x00l"])
def test_signs_of_the_index_itself_are_only_words(ready: Folders, phrase: str) -> None:
    assert isinstance(find(ready, phrase), Found)


@pytest.mark.parametrize("phrase", ['"', "???", " "])
def test_what_holds_no_word_is_refused(folders: Folders, phrase: str) -> None:
    with pytest.raises(InputError, match="no word"):
        find(folders, phrase)
