"""Passages that an edition does not carry: marked in the notes by style, comment or sign, or named by a person; and notes of a private meeting
made public so. Every file of the edition is looked through, byte by byte."""

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import docx
import openpyxl
import pikepdf
import pytest
from docx.enum.style import WD_STYLE_TYPE

from reportpack.errors import InputError, RefusedError
from reportpack.model.answer import Verdict
from reportpack.model.edition import Audience
from reportpack.model.problem import Weight
from reportpack.run.letters.passages import Holding, held_passages, hold_passage, open_notes, restore_passage
from reportpack.run.letters.publish import PublishOrder, prepare_publishing, record_publishing
from reportpack.run.minutes.annex_issue import agree_annex, build_annex, issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.minutes.settling import GivenAnswer, answer_queries
from reportpack.run.office_files import Folders, open_memory
from reportpack.run.pack import Order, build_pack
from tests.leaks.searching import texts_of
from tests.read.documents.making import odt_of
from tests.read.test_pictures import picture
from tests.run.test_release import MEETING, ROOT, release

NOW = datetime(2019, 6, 3, 9, tzinfo=UTC)
PRIVATE = "a farm at Lower Wick where the tractor stood"
HEAD = (
    "Monthly Assurance Meeting, May 2019: meeting notes",
    "Date: Tuesday 28 May 2019 @ 10:00",
    "Chair: Rowan Ashdown",
    "Minutes: Ellis Wainfleet",
    "Present: Rowan Ashdown (PCC), Duncan Harcastle (CC), Ellis Wainfleet (PO)",
)
SAID = f"The PCC gave the example of {PRIVATE} for a week. The CC replied that this should have been picked up."
ACTION = "Action: CC to write to the owner of the tractor by 30 June 2019."


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    shutil.copytree(ROOT / "inputs", tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "outbox"))
    (tmp_path / "inputs" / "minutes" / f"{MEETING}.md").unlink()
    return Folders(tmp_path / "inputs", tmp_path / "build")


def typed(folders: Folders, said: str = SAID, action: str = ACTION, more: str = "") -> None:
    text = "\n\n".join((*HEAD, "## 2.1.1 Confidence", said, action, "## 2.1.2 Satisfaction", f"The PCC was content.{more}"))
    (folders.inputs / "minutes" / f"{MEETING}.md").write_text(text, encoding="utf-8")


def annex(folders: Folders, edition: Audience = Audience.PUBLIC) -> tuple[str, tuple[str, ...]]:
    """Its page source, and what was said to be wrong; every file of the public edition is free of the words."""
    built = build_annex(folders, AnnexOrder(MEETING, edition, NOW, NOW.date()), lambda _: None)
    made = folders.build / MEETING
    stem = "annex" if edition is Audience.OFFICE else f"annex.{edition}"
    if edition is not Audience.OFFICE:
        for path in made.glob(f"{stem}.*"):
            hunt(path, "Lower Wick", "tractor stood")
    return (made / f"{stem}.page-source.html").read_text("utf-8"), tuple(one.found for one in built.problems)


def hunt(path: Path, *words: str) -> None:
    text = " ".join(" ".join(texts_of(path.name, path.read_bytes(), path.suffix)).split())
    for one in words:
        assert one not in text, (path.name, one)


def opened(folders: Folders) -> None:
    open_notes(folders, said("", by="Rowan Ashdown", why="Of public interest"))


def said(words: str, edition: Audience = Audience.PUBLIC, **more: str) -> Holding:
    return Holding(MEETING, words, edition, NOW, NOW.date(), **more)


def test_notes_of_a_private_meeting_are_public_once_a_person_opens_them(folders: Folders) -> None:
    typed(folders)
    with pytest.raises(RefusedError, match="nobody has opened its notes"):
        annex(folders)
    hold_passage(folders, said(PRIVATE, reason="advice", instead="a farm near the river", by="Ellis Wainfleet"))
    opened(folders)
    source, _ = annex(folders)
    assert "example of [a farm near the river] for a week. The CC replied" in source
    assert "Words in square brackets stand in this edition" in source
    assert PRIVATE in annex(folders, Audience.OFFICE)[0]
    open_notes(folders, said("", by="Rowan Ashdown", why="Not yet"), opened=False)
    with pytest.raises(RefusedError, match="nobody has opened its notes"):
        annex(folders)


def test_the_gap_is_shown_with_the_reason_and_the_action_that_says_it_goes_too(folders: Folders) -> None:
    typed(folders)
    hold_passage(folders, said(PRIVATE, reason="crime"))
    hold_passage(folders, said("to write to the owner of the tractor", reason="crime"))
    opened(folders)
    source, _ = annex(folders)
    assert "[Withheld: publishing it would be likely to prejudice the prevention or detection of crime.]" in source
    hunt(folders.build / MEETING / "annex.public.html", "owner of the tractor")
    restored = restore_passage(folders, said("the owner of the tractor"))
    assert [one.words for one in restored.passages] == [PRIVATE]
    assert "write to the owner of the tractor" in annex(folders)[0]


@pytest.mark.parametrize(
    ("words", "reason", "message"),
    [
        ("nothing of the kind", "crime", "are not in the notes of"),
        ("the", "crime", r"stand \d+ times"),
        (PRIVATE, "secret", '"secret" is not one of the office\'s reasons. Name one by its id.*They are: advice, crime.'),
        ("", "crime", "are not in the notes of"),
    ],
)
def test_what_cannot_be_held_back_is_said(folders: Folders, words: str, reason: str, message: str) -> None:
    typed(folders)
    with pytest.raises(InputError, match=message):
        hold_passage(folders, said(words, reason=reason))
    with pytest.raises(InputError, match="The office's edition keeps what was said"):
        hold_passage(folders, said(PRIVATE, Audience.OFFICE, reason="crime"))
    assert held_passages(folders, said("")).passages == ()


def test_words_over_two_items_leave_a_gap_in_each(folders: Folders) -> None:
    typed(folders)
    held = hold_passage(
        folders, said(f"{PRIVATE} for a week. The CC replied that this should have been picked up", reason="crime")
    )
    assert held.said == "item 2.1.1, line 13"
    held = hold_passage(folders, said("by 30 June 2019. 2.1.2 Satisfaction The PCC was", reason="advice"))
    assert [one.partition(",")[0] for one in held.said.split("; ")] == ["item 2.1.1", "item 2.1.2"]
    opened(folders)
    source, _ = annex(folders)
    assert "[...] content." in source
    assert "30 June" not in source


def test_what_is_held_back_from_the_force_is_held_back_from_the_public(folders: Folders) -> None:
    typed(folders)
    hold_passage(folders, said(PRIVATE, Audience.FORCE, reason="crime"))
    opened(folders)
    for edition in (Audience.FORCE, Audience.PUBLIC):
        annex(folders, edition)


def test_marks_typed_in_the_notes(folders: Folders) -> None:
    typed(
        folders,
        SAID.replace(PRIVATE, f'[public: say instead, crime: "a farm"]{PRIVATE}[end]'),
        more=" [public: withhold, nowhere] Truly.",
    )
    opened(folders)
    source, problems = annex(folders)
    assert "example of [a farm] for a week" in source
    assert "[Not in this edition.]" in source
    assert "Truly" not in source
    assert any('"nowhere" is not one of the office\'s reasons' in one for one in problems)
    assert any("has no [end]" in one for one in problems)
    assert "[public" not in annex(folders, Audience.OFFICE)[0]


def _comment(document: "docx.document.Document", words: str) -> None:
    run = next(run for one in document.paragraphs for run in one.runs if run.text == PRIVATE)
    document.add_comment(run, words, author="Ellis")


def _style(document: "docx.document.Document", name: str) -> None:
    style = document.styles.add_style(name, WD_STYLE_TYPE.CHARACTER)
    next(run for one in document.paragraphs for run in one.runs if run.text == PRIVATE).style = style


def _absent_style(document: "docx.document.Document", name: str) -> None:
    _style(document, name)
    styles = document.styles.element
    styles.remove(next(one for one in styles if one.tag.endswith("}style") and one.name_val == name))


@pytest.mark.parametrize(
    ("mark", "words", "gap", "problem"),
    [
        (_comment, "public: withhold, crime", "[Withheld: publishing it would", ""),
        (_comment, 'Public: say instead "a farm"', "[a farm]", ""),
        (_comment, "public: hide this please", "[Not in this edition.]", "says neither"),
        (_comment, "force: withold crime", "[Withheld: publishing it would", ""),
        (_style, "Public withhold crime", "[Withheld: publishing it would", ""),
        (_style, "Withheld", "[Not in this edition.]", "says neither"),
        (_absent_style, "Public withhold advice", "[Withheld: it is advice", "which the document does not have"),
    ],
)
def test_marks_in_a_word_document(
    folders: Folders, mark: Callable[["docx.document.Document", str], None], words: str, gap: str, problem: str
) -> None:
    document = docx.Document()
    for one in HEAD:
        document.add_paragraph(one)
    document.add_heading("2.1.1 Confidence", 2)
    paragraph = document.add_paragraph("The PCC gave the example of ")
    paragraph.add_run(PRIVATE)
    paragraph.add_run(" for a week.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Seen", "The farm"
    mark(document, words)
    document.save(str(folders.inputs / "minutes" / f"{MEETING}.docx"))
    opened(folders)
    source, problems = annex(folders)
    assert re.search(rf"example of {re.escape(gap)}[^<]*\] for a week|example of {re.escape(gap)} for a week", source)
    assert any(problem in one for one in problems) or not problem
    held = hold_passage(folders, said("Seen The farm", reason="crime"))
    assert len(held.said.split("; ")) == 2
    assert "The farm" not in annex(folders)[0]


_STYLES = (
    '<office:styles><style:style style:name="Public_20_withhold_20_crime" style:display-name="Public withhold crime" style:family="text"/></office:styles>'
    '<office:automatic-styles><style:style style:name="T1" style:family="text" style:parent-style-name="Public_20_withhold_20_crime"/>'
    "</office:automatic-styles>"
)


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ('<office:annotation office:name="a"{}</office:annotation>', '<office:annotation-end office:name="a"/>', False),
        ('<office:annotation office:name="a"{}</office:annotation>', "", True),
        ("<office:annotation{}</office:annotation>", "", True),
        ('<text:span text:style-name="T1">', "</text:span>", False),
    ],
)
def test_marks_in_an_opendocument_text_are_about_their_own_words(folders: Folders, before: str, after: str, whole: bool) -> None:
    comment = "><dc:creator>E</dc:creator><text:p>public: withhold, crime</text:p>"
    body = "".join(f"<text:p>{one}</text:p>" for one in HEAD) + '<text:h text:outline-level="2">2.1.1 Confidence</text:h>'
    body += f"<text:p>Seen at {before.format(comment)}{PRIVATE}{after} for a week.</text:p><text:p>The PCC was content.</text:p>"
    (folders.inputs / "minutes" / f"{MEETING}.odt").write_bytes(odt_of(body, _STYLES))
    opened(folders)
    source, _ = annex(folders)
    gap = "[Withheld: publishing it would be likely to prejudice the prevention or detection of crime.]"
    assert (f"Seen at {gap} for a week." in source) is not whole
    assert ("Seen at" not in source) is whole
    assert gap in source
    assert "The PCC was content." in source


def test_what_the_notes_mark_is_kept_from_later_packs_and_published_so(folders: Folders) -> None:
    typed(folders, SAID.replace(PRIVATE, f"[public: withhold, crime]{PRIVATE}[end]"))
    opened(folders)
    order = AnnexOrder(MEETING, Audience.PUBLIC, NOW, NOW.date())
    issue_annex(folders, order, lambda _: None)
    register = folders.inputs / "register.xlsx"
    book = openpyxl.load_workbook(register)
    sheet = book["Actions"]
    row = next(one for one in sheet.iter_rows() if any("owner of the tractor" in str(cell.value) for cell in one))
    heads = [str(cell.value) for cell in sheet[1]]
    row[heads.index("Audience")].value = "public"
    row[heads.index("Action")].value = f"CC to see about {PRIVATE}"
    book.save(register)
    later = datetime(2019, 6, 20, 9, tzinfo=UTC)
    (folders.inputs / "meetings" / "2019-06-25-assurance.toml").write_text("", encoding="utf-8")
    build_pack(folders, Order("2019-06-25-assurance", Audience.PUBLIC, None, later, later.date()), lambda _: None)
    source = (folders.build / "2019-06-25-assurance" / "briefing-pack.public.page-source.html").read_text("utf-8")
    assert "CC to see about [Withheld: publishing it would" in source
    for path in (folders.build / "2019-06-25-assurance").glob("*public*"):
        hunt(path, "Lower Wick")


def test_people_s_words_for_the_pack(folders: Folders) -> None:
    notes = folders.inputs / "notes" / f"{MEETING}.md"
    notes.write_text(
        "## 2.1.1 Confidence\n\n### Force commentary (CC)\nAudience: public\n\n"
        f"The team went to [public: withhold, crime]{PRIVATE}[end] twice.\n\nIt was [end] of week.\n",
        encoding="utf-8",
    )
    with notes.open("a", encoding="utf-8") as file:
        file.write(
            "\n![Where it was taken](place.png)\n\n## 2.1.2 Satisfaction\n\nFrom: CC\nAudience: public\n\n![Nothing private](place.png)\n"
        )
    (notes.parent / "place.png").write_bytes(picture())
    hold_passage(folders, said("of week", reason="advice", instead="later"))
    for edition in (Audience.PUBLIC, Audience.OFFICE):
        build_pack(folders, Order(MEETING, edition, None, NOW, NOW.date()), lambda _: None)
    made = folders.build / MEETING
    source = (made / "briefing-pack.public.page-source.html").read_text("utf-8")
    assert "The team went to [Withheld: publishing it would" in source
    assert "It was [end] [later]." in source
    for path in made.glob("*public*"):
        hunt(path, "Lower Wick", "of week", "Where it was taken")
    assert source.count("<img ") == source.count('alt="Nothing private"') > 0
    whole = (made / "briefing-pack.page-source.html").read_text("utf-8")
    assert PRIVATE in whole
    assert 'alt="Where it was taken"' in whole
    assert {"Where it was taken", "Nothing private"} <= described(made, "briefing-pack.pdf", "appendix.pdf")
    assert described(made, "briefing-pack.public.pdf", "appendix.public.pdf") & {"Where it was taken", "Nothing private"} == {
        "Nothing private"
    }


def described(folder: Path, *names: str) -> set[str]:
    """The alternative texts of all figures in these files."""
    found = set[str]()
    for name in names:
        with pikepdf.open(folder / name) as file:
            every = [one for one in file.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
            found |= {str(one.Alt) for one in every}
    return found


def test_a_passage_held_back_after_the_release_stops_the_publication(folders: Folders) -> None:
    typed(folders, action="")
    opened(folders)
    hold_passage(folders, said(PRIVATE, reason="crime"))
    asked = AnnexOrder(MEETING, Audience.PUBLIC, NOW, NOW.date())
    issue_annex(folders, asked, lambda _: None)
    left = GivenAnswer(Verdict.LEFT, "Ellis Wainfleet", why="As it was")
    answer_queries(folders, asked, ("1",), left, lambda _: None)
    agree_annex(folders, asked, lambda _: None)
    release(folders, Audience.PUBLIC, document="annex", now=NOW)
    order = PublishOrder(MEETING, "annex", None, "Rowan Ashdown", NOW, NOW.date())
    files = record_publishing(folders, order, prepare_publishing(folders, order))
    for path in files:
        hunt(path, "Lower Wick", "tractor stood")
    hold_passage(folders, said("this should have been picked up", reason="advice"))
    with pytest.raises(RefusedError, match="holds words that are not for its readers"):
        prepare_publishing(folders, order)
    release(folders, Audience.PUBLIC, document="annex", now=NOW)
    publishing = prepare_publishing(folders, order)
    pages = [path for path in files if path.parent.name == MEETING]
    assert set(publishing.gone) == set(pages) & {path for path in pages if path.exists()}
    new = record_publishing(folders, order, publishing)
    assert not any(path.exists() for path in pages)  # the first version says what is held back now
    for path in (folders.build / "public").rglob("*.*"):
        hunt(path, "should have been picked up")
    assert all(path.exists() for path in new)


def told_again(folders: Folders) -> None:
    """Notes that name what is held back a second time, elsewhere, with a reference and a rare word."""
    more = "\n\nThe DCC had been to LOWER WICK, and Mrs O\u2019Hara\u2019s dog was found (22/4711/2019). The farms were quiet."
    typed(folders, SAID.replace(PRIVATE, f"{PRIVATE}, rung in by Mrs Oonagh O'Hara as 22/4711/2019,"), more=more)


HELD = f"{PRIVATE}, rung in by Mrs Oonagh O'Hara as 22/4711/2019"
STILL = "tell what was held back from the public edition? It still says it: item"
ASKED = (
    f'Does "Lower Wick" {STILL} 2.1.2, line 21 ("DCC had been to LOWER WICK, and',
    f'Does "O\'Hara" {STILL} 2.1.2, line 21 (',
    f'Does "22/4711/2019" {STILL} 2.1.2, line 21 (',
    f'Does "tractor" {STILL} 2.1.1, line 15 (',
)


@pytest.mark.parametrize("marked", [True, False])
def test_names_of_it_that_stand_elsewhere_are_asked_about_and_stop_nothing(folders: Folders, marked: bool) -> None:
    told_again(folders)
    if marked:
        path = folders.inputs / "minutes" / f"{MEETING}.md"
        path.write_text(path.read_text("utf-8").replace(HELD, f"[public: withhold, crime]{HELD}[end]"), encoding="utf-8")
        asked = held_passages(folders, said("")).asked
    else:
        asked = hold_passage(folders, said(HELD, reason="crime")).asked
    assert [any(one.startswith(begins) for one in asked) for begins in ASKED] == [True] * 4, asked
    assert not any('"The' in one.partition(" tell ")[0] or '"Mrs"' in one or '"Wick"' in one for one in asked)
    opened(folders)
    built = issue_annex(folders, AnnexOrder(MEETING, Audience.PUBLIC, NOW, NOW.date()), lambda _: None)
    noted = [one for one in built.problems if one.kind == "passage-named"]
    assert [any(one.found.startswith(begins) for one in noted) for begins in ASKED] == [True] * 4
    assert built.problems[0].kind == "passage-named"  # of many notes the first are shown
    assert all(one.weight is Weight.NOTE for one in noted)
    answer_queries(
        folders, AnnexOrder(MEETING, None, NOW, NOW.date()), ("1",), GivenAnswer(Verdict.LEFT, "E", why="So"), lambda _: None
    )
    agree_annex(folders, AnnexOrder(MEETING, None, NOW, NOW.date()), lambda _: None)
    proposal = release(folders, Audience.PUBLIC, document="annex", now=NOW)
    order = PublishOrder(MEETING, "annex", None, "Rowan Ashdown", NOW, NOW.date())
    publishing = prepare_publishing(folders, order)
    for every in (proposal.editions[0].asked, publishing.asked):
        assert any(one.startswith('Does "Lower Wick" tell what was held back') for one in every)
        assert any(one.startswith('Does "O\'Hara" tell what was held back') for one in every)
    assert record_publishing(folders, order, publishing)
    later = hold_passage(folders, said("The farms were quiet", reason="advice")).asked
    assert any("is published with words that were held back since: build it, release it" in one for one in later)


def test_what_stands_nowhere_else_asks_nothing(folders: Folders) -> None:
    typed(folders, action="")
    assert hold_passage(folders, said(PRIVATE, reason="crime")).asked == ()
    again = hold_passage(folders, said("The PCC was content", reason="crime", instead="It was so at Lower Wick")).asked
    assert again == ()  # a name of another passage is asked about where that is


def test_people_s_words_and_the_force_s_edition_are_looked_through_too(folders: Folders) -> None:
    typed(folders, action="")
    notes = folders.inputs / "notes" / f"{MEETING}.md"
    words = "The van was seen at Lower Wick.\n"
    for audience, is_asked in (("force", True), ("office", False)):
        notes.write_text(f"## 2.1.1 Confidence\n\n### Force commentary (CC)\nAudience: {audience}\n\n{words}", encoding="utf-8")
        asked = hold_passage(folders, said(PRIVATE, Audience.FORCE, reason="crime")).asked
        assert (
            any(one.startswith('Does "Lower Wick" tell what was held back from the force edition?') for one in asked) is is_asked
        )


def test_an_old_ledger_knows_of_no_passage(folders: Folders) -> None:
    typed(folders)
    with open_memory(folders) as ledger:
        assert ledger.passages(MEETING) == ()
