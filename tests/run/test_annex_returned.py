"""The Word copy comes back: each change and each comment is a proposal, and a person settles it."""

import re
import shutil
import subprocess
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from reportpack.errors import InputError, RefusedError
from reportpack.ledger import open_ledger
from reportpack.model.correction import Correction, CorrectionKind
from reportpack.model.edition import Audience
from reportpack.model.noted import Restated
from reportpack.model.register_row import RegisterRow
from reportpack.run.minutes.annex_issue import agree_annex, build_annex, issue_annex
from reportpack.run.minutes.annex_reading import AnnexOrder
from reportpack.run.minutes.settling import Corrections, Settling, list_corrections, settle_corrections, take_returned
from reportpack.run.office_files import Folders, Progress
from reportpack.run.pack import Order, build_pack
from reportpack.run.register.rows import standing_register, update_row
from reportpack.run.steps.recording import Change
from tests.word_copies import WordCopy

ROOT = Path(__file__).parents[2]
MEETING = "2019-05-28-assurance"
ACTION = "The CC to clarify what the finished SOC report will measure"
READER = "A Reader"


def quiet(_: str) -> None:
    """Say nothing."""


@pytest.fixture(scope="module")
def issued_office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example whose notes were issued, with nothing in them that must be answered first."""
    folder = tmp_path_factory.mktemp("issued") / "office"
    shutil.copytree(ROOT / "inputs", folder / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    notes = folder / "inputs" / "minutes" / f"{MEETING}.md"
    text = notes.read_text(encoding="utf-8").replace("The PC asked whether", "The PCC asked whether")
    text = text.replace(
        "The PCC noted that hate", "The PCC was told that DA satisfaction has no new figures yet.\n\nThe PCC noted that hate"
    )
    notes.write_text(text, encoding="utf-8")
    issue_annex(*ordered(folder))
    return folder


@pytest.fixture
def office(issued_office: Path, tmp_path: Path) -> Path:
    shutil.copytree(issued_office, tmp_path / "office")
    return tmp_path / "office"


def ordered(office: Path, day: int = 3) -> tuple[Folders, AnnexOrder, Progress]:
    order = AnnexOrder(MEETING, None, datetime(2019, 6, day, 9, tzinfo=UTC), date(2019, 6, day))
    return Folders(office / "inputs", office / "build"), order, quiet


def copy_of(office: Path, name: str = "annex.force.docx") -> WordCopy:
    return WordCopy((office / "build" / MEETING / name).read_bytes())


def send_back(office: Path, copy: WordCopy, name: str = "annex.force RD comments.docx") -> Corrections:
    path = office / name
    path.write_bytes(copy.data())
    folders, order, _ = ordered(office, 10)
    return take_returned(folders, order, path, quiet)


def settle(
    office: Path, *numbers: int, accept: bool = True, by: str = "Ellis Wainfleet", why: str = "", words: str = ""
) -> Corrections:
    folders, order, _ = ordered(office, 12)
    return settle_corrections(folders, order, Settling(numbers, accept, by, why, words), quiet)


def row(office: Path, ref: str) -> RegisterRow:
    found, _ = standing_register(Folders(office / "inputs", office / "build"), 2019)
    return next(one for one in found if one.ref == ref)


def events(office: Path) -> int:
    with open_ledger(office / "inputs" / "memory", register_number=None) as ledger:
        return ledger.size()


def source(office: Path, name: str = "annex") -> str:
    return plain((office / "build" / MEETING / f"{name}.page-source.html").read_text(encoding="utf-8"))


def plain(text: str) -> str:
    """A page source without what says that words are somebody's own."""
    text = re.sub(r"</?abbr[^>]*>", "", text.replace("\xa0", " "))
    return re.sub(r'<span class="verbatim">([^<]*)</span>', r"\1", text)


def only(found: Corrections) -> Correction:
    assert len(found.changed) == 1
    return found.changed[0]


def test_a_copy_that_comes_back_as_it_went_out_proposes_nothing_and_records_nothing(office: Path) -> None:
    count = events(office)
    assert send_back(office, copy_of(office)).changed == ()
    assert send_back(office, copy_of(office, "annex.docx")).changed == ()
    assert events(office) == count


def test_a_tracked_change_is_a_proposal_with_its_author_day_item_and_line(office: Path) -> None:
    copy = copy_of(office)
    copy.track("three LPAs", "two LPAs")
    one = only(send_back(office, copy))
    found = one.proposed.found
    assert (found.author, found.made, found.tracked) == (READER, date(2019, 6, 5), True)
    assert (found.place.heading, found.place.item, found.place.line.isdigit()) == ("2.1.2 Satisfaction", "2.1/2", True)
    assert one.reading == ("that three LPAs were", "that two LPAs were")


def test_words_changed_without_tracking_are_found_and_said_to_be(office: Path) -> None:
    copy = copy_of(office)
    copy.change("two sergeants", "three sergeants")
    found = only(send_back(office, copy)).proposed.found
    assert (found.tracked, found.author, found.removed.strip(), found.inserted.strip()) == (False, "", "two", "three")


def test_a_paragraph_added_and_one_taken_out_are_each_a_proposal(office: Path) -> None:
    copy = copy_of(office)
    copy.add_paragraph("The DCC added that the work inside", "The DCC undertook to write to the towns.")
    copy.track("It was suggested that the two causes could be told apart by looking at a sample of records.", "")
    added, removed = send_back(office, copy).changed
    assert (added.proposed.found.kind, added.reading[1]) == (CorrectionKind.ADDED, "The DCC undertook to write to the towns.")
    assert added.proposed.found.place.item == "2.1/1"
    assert removed.proposed.found.kind is CorrectionKind.REMOVED
    settle(office)
    said = source(office)
    assert (
        "Add, beside the passage that begins <q>The DCC added that the work</q>, <q>The DCC undertook to write to the towns.</q>"
        in said
    )
    assert "Take out <q>It was suggested that the two causes" in said


def test_a_comment_its_answer_and_one_that_is_resolved_are_each_a_proposal(office: Path) -> None:
    copy = copy_of(office)
    copy.comment("nine in ten calls", "It was eight in ten.", "Force Staff Officer")
    copy.comment("", "Agreed, eight.", "Somebody Else", reply_to=0)
    copy.comment("ward meetings", "Thank you.", resolved=True)
    first, reply, done = send_back(office, copy).changed
    assert (first.proposed.found.author, first.proposed.found.removed) == ("Force Staff Officer", "nine in ten calls")
    assert (reply.proposed.found.author, reply.proposed.found.reply_to) == ("Somebody Else", "It was eight in ten.")
    assert reply.proposed.found.place == first.proposed.found.place
    assert done.proposed.found.resolved


def test_the_same_copy_a_second_time_changes_nothing_and_more_changes_in_it_are_numbered_on(office: Path) -> None:
    copy = copy_of(office)
    copy.track("three LPAs", "two LPAs")
    send_back(office, copy)
    count = events(office)
    assert send_back(office, copy).changed == ()
    assert events(office) == count
    copy.comment("ward meetings", "Town meetings.")
    assert [one.number for one in send_back(office, copy, "second.docx").changed] == [2]


def test_what_google_docs_leaves_out_is_not_missed(office: Path) -> None:
    copy = copy_of(office)
    copy.track("three LPAs", "two LPAs")
    copy.forget_properties()
    assert only(send_back(office, copy)).reading == ("that three LPAs were", "that two LPAs were")


def test_the_annex_of_another_meeting_an_older_version_a_draft_and_another_document_are_refused(office: Path) -> None:
    count = events(office)
    for name, value, said in (
        ("reportpack meeting", "2019-04-30-assurance", "is the annex of 2019-04-30-assurance, not of 2019-05-28-assurance"),
        ("reportpack version", "7", "is version 7; the notes stand as version 1, issued on 3 June 2019"),
        ("reportpack version", "draft", "is a draft, which was never issued"),
    ):
        copy = copy_of(office)
        copy.set_property(name, value)
        with pytest.raises(RefusedError, match=said):
            send_back(office, copy)
    other = office / "inputs" / "papers" / MEETING / "Victim Satisfaction Delivery Plan - progress note.docx"
    folders, order, _ = ordered(office)
    with pytest.raises(RefusedError, match="hardly a paragraph of it is the same"):
        take_returned(folders, order, other, quiet)
    assert events(office) == count


def test_what_is_no_word_document_is_a_sentence(office: Path) -> None:
    folders, order, _ = ordered(office)
    (office / "annex.docx").write_bytes(b"PK not a zip")
    (office / "annex.pdf").write_bytes(b"%PDF")
    for name, said in (("annex.docx", "damaged"), ("annex.pdf", "is no Word document"), ("none.docx", "cannot be read")):
        with pytest.raises(InputError, match=said):
            take_returned(folders, order, office / name, quiet)


def test_what_is_accepted_is_printed_as_a_correction_and_the_notes_stay_as_they_were(office: Path) -> None:
    copy = copy_of(office)
    copy.track("three LPAs", "two LPAs")
    send_back(office, copy)
    settle(office, 1)
    said = source(office)
    assert "that three LPAs were over 80%" in said
    assert "For <q>that three LPAs were</q> read <q>that two LPAs were</q>" in said
    assert "Proposed by A Reader; accepted by Ellis Wainfleet on 12 June 2019" in said
    force = source(office, "annex.force")
    assert "read <q>that two LPAs were</q>" in force
    assert READER not in force
    assert "Ellis Wainfleet on" not in force


def test_a_correction_to_an_action_changes_its_row_as_an_event_and_keeps_its_reference(office: Path) -> None:
    copy = copy_of(office)
    copy.track("what the finished SOC", "what the final SOC")
    send_back(office, copy)
    found = settle(office, 1)
    assert [(one.ref, one.cause) for one in found.rows] == [("15/2019", f"annex {MEETING}, correction 1")]
    assert row(office, "15/2019").text("Action") == ACTION.replace("finished", "final")
    settle(office, 1, accept=False, why="The PCC wants it as it was.")
    assert row(office, "15/2019").text("Action") == ACTION
    assert "final SOC report" not in source(office)


def test_a_correction_to_an_owner_in_the_table_of_actions_changes_the_owner(office: Path) -> None:
    copy = copy_of(office)
    start = copy.document.index("14/2019")
    head, tail = copy.document[:start], copy.document[start:]
    copy.document = tail
    copy.track("DCC", "CC", within="")
    copy.document = head + copy.document
    send_back(office, copy)
    before = row(office, "14/2019").text("Action")
    settle(office)
    changed = row(office, "14/2019")
    assert (changed.text("Owner"), changed.text("Action")) == ("CC", before.replace("DCC", "CC", 1))


def test_a_correction_to_the_day_in_an_action_s_words_changes_its_due(office: Path) -> None:
    copy = copy_of(office)
    copy.track("30 August 2019", "13 September 2019", within="")
    send_back(office, copy)
    settle(office)
    changed = row(office, "14/2019")
    assert changed.text("Due") == "13 September 2019"
    assert "by 13 September 2019" in changed.text("Action")


def test_the_same_change_in_the_notes_and_in_the_table_that_quotes_them_is_made_once(office: Path) -> None:
    copy = copy_of(office)
    copy.document = copy.document.replace("30 August 2019", "30 September 2019")
    assert len(send_back(office, copy).changed) == 2
    settle(office)
    changed = row(office, "14/2019")
    assert changed.text("Due") == "30 September 2019"
    assert "by 30 September 2019 how" in changed.text("Action")


def test_two_corrections_of_the_same_words_are_not_both_accepted(office: Path) -> None:
    numbers = []
    for day in ("30 September 2019", "6 December 2019"):
        copy = copy_of(office)
        copy.document = copy.document.replace("30 August 2019", day)
        numbers.append([one.number for one in send_back(office, copy).changed])
    with pytest.raises(RefusedError, match="say of the same words what should stand there, and differ"):
        settle(office)
    assert row(office, "14/2019").text("Due") == "30 August 2019"
    settle(office, *numbers[1])
    assert row(office, "14/2019").text("Due") == "6 December 2019"
    with pytest.raises(RefusedError, match="differ"):
        settle(office, *numbers[0])


def cell(words: str, by: str) -> str:
    run = f'<w:ins w:id="901" {by}><w:r><w:t>{words}</w:t></w:r></w:ins>' if words else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="2000" w:type="dxa"/></w:tcPr><w:p>{run}</w:p></w:tc>'


def with_rows(copy: WordCopy, due: str = "30 June 2019") -> WordCopy:
    """A row added below the first action, and the row of the last taken out, as Word tracks them."""
    by = 'w:author="S Officer" w:date="2019-06-03T09:00:00Z"'
    at = copy.document.index("Actions arising</w:t>")
    table = copy.document[at : copy.document.index("</w:tbl>", at)]
    rows = re.findall(r"<w:tr>(?:(?!</w:tr>).)*</w:tr>", table)
    cells = "".join(cell(words, by) for words in ("", "DCC to send the fleet note.", "DCC", due))
    added = f'<w:tr><w:trPr><w:ins w:id="900" {by}/></w:trPr>{cells}</w:tr>'
    gone = rows[-1].replace("<w:trPr>", f'<w:trPr><w:del w:id="902" {by}/>', 1)
    changed = table.replace(rows[1], rows[1] + added, 1).replace(rows[-1], gone, 1)
    copy.document = copy.document.replace(table, changed, 1)
    return copy


def test_a_row_that_was_added_is_an_action_and_one_that_was_taken_out_is_withdrawn(office: Path) -> None:
    found = send_back(office, with_rows(copy_of(office))).changed
    assert [one.proposed.found.kind for one in found] == [CorrectionKind.ADDED, CorrectionKind.REMOVED]
    settle(office)
    new = row(office, "16/2019")
    assert [new.text(one) for one in ("Action", "Owner", "Due", "State")] == [
        "DCC to send the fleet note.",
        "DCC",
        "30 June 2019",
        "open",
    ]
    assert (row(office, "15/2019").text("State"), row(office, "13/2019").text("Due")) == ("withdrawn", "")
    settle(office, found[0].number, found[1].number, accept=False, why="Not so.")
    assert (row(office, "16/2019").text("State"), row(office, "15/2019").text("State")) == ("withdrawn", "open")


def test_words_that_are_no_day_come_to_stand_under_no_day(office: Path) -> None:
    number = send_back(office, with_rows(copy_of(office), due="when it suits")).changed[0].number
    count = events(office)
    with pytest.raises(RefusedError, match='due "when it suits", which is no day and no meeting'):
        settle(office, number)
    assert events(office) == count


def test_a_change_in_a_page_header_is_a_correction(office: Path) -> None:
    copy = copy_of(office)
    by = 'w:author="S Officer" w:date="2019-06-03T09:00:00Z"'
    name = next(one for one in copy.parts if "header" in one and one.endswith(".xml"))
    said = f'<w:ins w:id="910" {by}><w:r><w:t>Not agreed by the force</w:t></w:r></w:ins></w:p>'
    copy.parts[name] = copy.parts[name].replace("</w:p>", said, 1)
    found = only(send_back(office, copy)).proposed.found
    assert (found.place.section, found.inserted) == ("Page header", "Not agreed by the force")


def test_a_header_changed_without_tracking_is_a_correction_and_its_page_number_is_none(office: Path) -> None:
    copy = copy_of(office)
    name = next(one for one in copy.parts if "footer" in one and one.endswith(".xml"))
    copy.parts[name] = copy.parts[name].replace("OFFICIAL", "OFFICIAL - DRAFT").replace(">1<", ">7<")
    found = only(send_back(office, copy)).proposed.found
    assert (found.place.section, found.inserted.split(), found.tracked) == ("Page footer", ["-", "DRAFT"], False)


def facts(office: Path, ref: str, *headings: str) -> list[str]:
    return [row(office, ref).text(one) for one in headings]


def test_what_corrected_words_say_otherwise_is_otherwise_in_the_register_and_comes_back_when_refused(office: Path) -> None:
    copy = copy_of(office)
    copy.track("4 local policing areas", "3 local policing areas")
    copy.track("back to the September meeting", "back to the October meeting")
    copy.add_paragraph("It was suggested that the two causes", "Action: DCC to write to the towns by 30 June 2019.")
    copy.track("Actions arising: The CC to clarify what the finished SOC report will measure", "")
    send_back(office, copy)
    settle(office)
    assert facts(office, "C5/2019", "Words", "Test") == [
        "The CC expects to see 3 local policing areas over 80% next month.",
        "3 areas over 80",
    ]
    assert facts(office, "M3/2019", "Due at meeting") == ["October 2019"]
    assert facts(office, "16/2019", "Owner", "Due", "State") == ["DCC", "30 June 2019", "open"]
    assert facts(office, "15/2019", "State") == ["withdrawn"]
    settle(office, 1, 2, 3, 4, accept=False, why="Not so.")
    assert facts(office, "C5/2019", "Test") == ["4 areas over 80"]
    assert facts(office, "M3/2019", "Due at meeting") == ["September 2019"]
    assert [facts(office, one, "State") for one in ("15/2019", "16/2019")] == [["open"], ["withdrawn"]]


def among_the_facts(copy: WordCopy, below: str, old: str, new: str) -> None:
    at = copy.document.rindex("<w:r>", 0, copy.document.index(below, copy.document.index("Actions arising</w:t>")))
    head, copy.document = copy.document[:at], copy.document[at:]
    copy.track(old, new)
    copy.document = head + copy.document


def test_a_fact_in_a_table_or_a_list_of_the_annex_changes_or_is_asked_about(office: Path) -> None:
    copy = copy_of(office)
    among_the_facts(copy, "M4/2019", "November 2019", "January 2020")
    among_the_facts(copy, "Commitments recorded", "June 2019", "July 2019")
    among_the_facts(copy, "15/2019", "15/2019", "16/2019")
    numbers = {one.proposed.found.inserted: one.number for one in send_back(office, copy).changed}
    settle(office, numbers["January 2020"])
    assert facts(office, "M4/2019", "Due at meeting") == ["January 2020"]
    count = events(office)
    for ref, said in (("C5/2019", "July 2019"), ("15/2019", "16/2019")):
        with pytest.raises(RefusedError, match=f"would change what stands of {ref}, and none of its facts"):
            settle(office, numbers[said])
    assert events(office) == count


def test_what_the_next_version_says_in_new_words_moves_the_facts_that_nobody_changed_since(office: Path) -> None:
    notes = office / "inputs" / "minutes" / f"{MEETING}.md"
    words = notes.read_text(encoding="utf-8")
    notes.write_text(words.replace("report by 30 August 2019", "report by 13 September 2019"), encoding="utf-8")
    issue_annex(*ordered(office, 12), Restated((("14/2019", ""),)))
    assert facts(office, "14/2019", "Due", "Owner") == ["13 September 2019", "DCC"]
    assert "by 13 September 2019" in row(office, "14/2019").text("Action")


def test_a_comment_is_accepted_only_in_words(office: Path) -> None:
    copy = copy_of(office)
    copy.comment("nine in ten calls", "It was eight in ten.")
    send_back(office, copy)
    with pytest.raises(InputError, match="Correction 1 is a comment"):
        settle(office, 1)
    settle(office, 1, words="eight in ten calls")
    assert "On <q>nine in ten calls</q>: <q>eight in ten calls</q>" in source(office)


def test_settling_needs_a_name_and_refusing_a_reason_and_neither_records_anything(office: Path) -> None:
    copy = copy_of(office)
    copy.track("three LPAs", "two LPAs")
    send_back(office, copy)
    count = events(office)
    for by, accept, why in (("", True, ""), ("Ellis Wainfleet", False, "")):
        with pytest.raises(InputError):
            settle(office, 1, accept=accept, by=by, why=why)
    with pytest.raises(InputError, match="There is no correction 4"):
        settle(office, 4)
    assert events(office) == count


def test_settling_the_same_way_twice_changes_nothing(office: Path) -> None:
    copy = copy_of(office)
    copy.track("three LPAs", "two LPAs")
    send_back(office, copy)
    settle(office, 1)
    count = events(office)
    before = {path: path.read_bytes() for path in (office / "build").rglob("*") if path.is_file()}
    assert settle(office, 1).changed == ()
    build_annex(*ordered(office, 20))
    assert events(office) == count
    assert {path: path.read_bytes() for path in (office / "build").rglob("*") if path.is_file()} == before


def test_notes_with_unsettled_corrections_cannot_be_agreed_and_agreed_notes_not_corrected(office: Path) -> None:
    copy = copy_of(office)
    copy.track("three LPAs", "two LPAs")
    send_back(office, copy)
    with pytest.raises(RefusedError, match="One correction is proposed and was neither accepted nor refused"):
        agree_annex(*ordered(office, 25))
    settle(office, 1)
    built = agree_annex(*ordered(office, 25))
    assert built.version == "v1 agreed"
    assert "For <q>that three LPAs were</q>" in source(office)
    copy.comment("ward meetings", "Too late.")
    with pytest.raises(RefusedError, match="were agreed on 25 June 2019"):
        send_back(office, copy)


def test_the_agreed_annex_is_given_again_byte_for_byte_whatever_the_office_says_now(office: Path) -> None:
    agree_annex(*ordered(office, 25))
    before = {path.name: path.read_bytes() for path in (office / "build" / MEETING).glob("annex*")}
    shutil.rmtree(office / "build")
    settings = office / "inputs" / "office.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("Policing Board", "Other").replace("OFFICIAL", "SECRET", 1))
    agree_annex(*ordered(office, 27))
    assert {path.name: path.read_bytes() for path in (office / "build" / MEETING).glob("annex*")} == before
    assert build_annex(*ordered(office, 28)).again


def test_notes_changed_after_they_were_agreed_change_nothing_of_what_was_agreed(office: Path) -> None:
    agree_annex(*ordered(office, 25))
    before = {path.name: path.read_bytes() for path in (office / "build" / MEETING).glob("annex*")}
    count = events(office)
    notes = office / "inputs" / "minutes" / f"{MEETING}.md"
    notes.write_text(
        notes.read_text(encoding="utf-8").replace("## 3. AOB", "## 3. AOB\n\nAction: CC to resign.\n"), encoding="utf-8"
    )
    for again in (build_annex, issue_annex, agree_annex):
        built = again(*ordered(office, 27))
        assert (built.again, built.version) == (True, "v1 agreed")
        assert "notes-changed-since-agreed" in {one.kind for one in built.problems}
    assert {path.name: path.read_bytes() for path in (office / "build" / MEETING).glob("annex*")} == before
    assert events(office) == count


def test_proposals_are_listed_with_what_became_of_them(office: Path) -> None:
    copy = copy_of(office)
    copy.track("three LPAs", "two LPAs")
    copy.comment("ward meetings", "Town meetings.")
    send_back(office, copy)
    settle(office, accept=False, why="Not what was said.")
    folders, order, _ = ordered(office, 20)
    found = list_corrections(folders, order, quiet).corrections
    assert [(one.number, one.accepted, one.by) for one in found] == [(1, False, "Ellis Wainfleet"), (2, False, "Ellis Wainfleet")]


def test_the_next_pack_lists_the_corrections_beside_the_notes_to_be_agreed(office: Path) -> None:
    copy = copy_of(office)
    copy.track("three LPAs", "two LPAs")
    copy.comment("ward meetings", "Town meetings.")
    copy.track("nine in ten", "eight in ten")
    send_back(office, copy)
    settle(office, 1)
    settle(office, 2, accept=False, why="Not what was said.")
    (office / "inputs" / "meetings" / "2019-09-24-assurance.toml").write_text("", encoding="utf-8")
    order = Order("2019-09-24", None, None, datetime(2019, 9, 17, 9, tzinfo=UTC), date(2019, 9, 17))
    build_pack(Folders(office / "inputs", office / "build"), order, quiet)
    said = plain((office / "build" / "2019-09-24-assurance" / "briefing-pack.page-source.html").read_text(encoding="utf-8"))
    assert "version 1: to be agreed" in said
    texts = [line for line in said.splitlines() if line.startswith("<li>Correction ")]
    assert len(texts) == 2
    assert any("and accepted" in text for text in texts)
    assert any("neither accepted nor refused yet" in text for text in texts)


def test_unanswered_questions_are_lines_of_enquiry_of_the_next_pack_for_the_office_alone(office: Path) -> None:
    (office / "inputs" / "meetings" / "2019-09-24-assurance.toml").write_text("", encoding="utf-8")
    for edition in (None, Audience.FORCE):
        order = Order("2019-09-24", edition, None, datetime(2019, 9, 17, 9, tzinfo=UTC), date(2019, 9, 17))
        build_pack(Folders(office / "inputs", office / "build"), order, quiet)
    folder = office / "build" / "2019-09-24-assurance"
    asked = "The PCC asked by when, and how anybody would know."
    assert asked in plain((folder / "briefing-pack.page-source.html").read_text(encoding="utf-8"))
    assert asked not in plain((folder / "briefing-pack.force.page-source.html").read_text(encoding="utf-8"))


@pytest.mark.needs("soffice")
def test_what_libreoffice_saves_again_is_the_same_copy(office: Path, tmp_path: Path) -> None:
    copy = copy_of(office)
    copy.track("three LPAs", "two LPAs")
    copy.comment("ward meetings", "Town meetings.")
    copy.add_paragraph("The DCC added that the work inside", "The DCC undertook to write to the towns.")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "copy.docx").write_bytes(copy.data())
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        profile,
        "--headless",
        "--convert-to",
        "docx",
        "--outdir",
        str(tmp_path / "out"),
        str(tmp_path / "in" / "copy.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    folders, order, _ = ordered(office, 10)
    assert len(take_returned(folders, order, tmp_path / "out" / "copy.docx", quiet).changed) == 3
    assert send_back(office, copy).changed == ()


def test_the_words_for_a_comment_move_the_facts_as_a_tracked_change_does(office: Path) -> None:
    copy = copy_of(office)
    copy.comment("by 30 August 2019", "Not before September.", "Force Staff Officer")
    only(send_back(office, copy))
    count = events(office)
    with pytest.raises(RefusedError, match="14/2019 loses its Due"):
        settle(office, 1, words="Noted.")
    assert events(office) == count
    settle(office, 1, words="by 13 September 2019")
    assert facts(office, "14/2019", "Due", "State") == ["13 September 2019", "open"]
    assert "by 13 September 2019" in row(office, "14/2019").text("Action")
    settle(office, 1, accept=False, why="Not so.")
    assert facts(office, "14/2019", "Due") == ["30 August 2019"]


def test_what_was_changed_in_the_register_since_stays_and_is_said(office: Path) -> None:
    folders, _, _ = ordered(office)
    update_row(
        folders, "14/2019", [("Due", "6 September 2019")], Change(datetime(2019, 6, 5, tzinfo=UTC), why="Agreed by telephone")
    )
    copy = copy_of(office)
    copy.track("report by 30 August 2019", "report by 13 September 2019")
    send_back(office, copy)
    (said,) = [one for one in settle(office).problems if one.kind == "correction-kept"]
    assert said.found == (
        'Correction 1 says "13 September 2019" for Due of 14/2019. '
        'The register was changed since: it says "6 September 2019", and stays so.'
    )
    assert facts(office, "14/2019", "Due") == ["6 September 2019"]
