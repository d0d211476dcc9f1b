"""What a reply proposes: bound by its references and its sender, in its own words, and never more than it says."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.merge.replies import accepted_changes, is_known, proposals_of, sender_of
from reportpack.model.edition import Audience
from reportpack.model.office import Gets, Office, Person, Post, Recipient
from reportpack.model.problem import Source
from reportpack.model.register_row import RegisterCell, RegisterRow
from reportpack.model.reply import FormLine, KeptFile, Passage, Proposal, Reply, ReplyKept, ReplyKind, Saying

DAY = date(2019, 5, 24)
OFFICE = Office(
    "Office", "O", "Force", (), (Post("dcc", "Deputy Chief Constable", "DCC"),),
    (Person("Philippa Orme", "dcc", date(2018, 2, 5), None, "dcc@force.example"), Person("Graham Tolley", "dcc", None, date(2018, 2, 4), "old@force.example")),
    (), (), (), recipients=(Recipient(edition=Audience.FORCE, gets=(Gets.SHEET,), post="dcc", name="Staff officer", email="Staff@force.example"),),
)  # fmt: skip


def action(ref: str, **texts: str) -> RegisterRow:
    cells = tuple(RegisterCell(header, text) for header, text in texts.items())
    return RegisterRow("Matters" if ref.startswith("M") else "Actions", ref, cells)


ROWS = (action("17/2022", State="open"), action("18/2022"), action("5/2019"), action("M3/2019", Evidence="A paper."))


def reply(text: str = "", title: str = "", lines: tuple[FormLine, ...] = ()) -> Reply:
    return Reply(Source("inbox/a.eml"), "dcc@force.example", "Philippa Orme", None, title, text, lines=lines)


def test_each_reference_has_the_words_about_it() -> None:
    found, unknown = proposals_of(
        reply("Dear Ellis\n\n17/2022 complete, see attached.\n18/2022 - the plan\nis late.\n\nPhilippa\n99/2019 done"), ROWS
    )
    assert found == (
        Proposal("Actions", "17/2022", Saying.COMPLETE, "17/2022 complete, see attached."),
        Proposal("Actions", "18/2022", Saying.UPDATE, "18/2022 - the plan\nis late."),
    )
    assert unknown == ("It names 99/2019, which the register does not have.",)


def test_a_reference_in_the_heading_alone_has_all_the_words() -> None:
    found, _ = proposals_of(reply("Complete, see attached.", "RE: 17/2022"), ROWS)
    assert found == (Proposal("Actions", "17/2022", Saying.COMPLETE, "Complete, see attached."),)


@pytest.mark.parametrize(
    "words",
    [
        "complete",
        "Completed on 3 May 2019.",
        "is done and can be closed",
        "Update 18.01.22 \u2013 Complete",
        "Finished; report attached",
    ],
)
def test_plain_words_say_that_it_is_complete(words: str) -> None:
    assert proposals_of(reply(f"17/2022 {words}"), ROWS)[0][0].saying is Saying.COMPLETE


@pytest.mark.parametrize(
    "words",
    [
        "not complete", "is incomplete", "isn't done yet", "will be complete by June", "should be done", "partly complete", "90% complete",
        "is it complete?", "to be completed by end of May", "nearly finished", "we expect it to be done", "complete but for one area",
        "in hand", "", "has never been completed", "is half done", "is to be closed when the audit reports", "uncompleted", "won\u2019t be done",
    ],
)  # fmt: skip
def test_words_that_leave_a_doubt_are_news_and_no_more(words: str) -> None:
    assert proposals_of(reply(f"17/2022 {words}"), ROWS)[0][0].saying is Saying.UPDATE


@pytest.mark.parametrize("words", ["on 28/5/2019", "28/05/2019", "05/2019", "A17/2022", "17/20221", "117/2022/3"])
def test_a_date_or_another_number_names_no_action(words: str) -> None:
    assert proposals_of(reply(f"Complete {words}"), ROWS)[0] == ()


def test_a_forms_cells_go_before_free_words() -> None:
    line = FormLine("17/2022", "Shared", False, "Letter", "A3")
    found, _ = proposals_of(reply("17/2022 complete", lines=(line,)), ROWS)
    assert found == (Proposal("Actions", "17/2022", Saying.UPDATE, "Shared\n\n17/2022 complete", "Letter"),)


@given(st.text(max_size=200), st.text(max_size=50))
def test_no_words_raise_and_every_proposal_is_of_a_row_that_is_there(text: str, title: str) -> None:
    found, _ = proposals_of(reply(f"{text} 17/2022 {title}", title), ROWS)
    assert {one.ref for one in found} <= {row.ref for row in ROWS}


def test_a_sender_is_who_holds_the_post_that_day_or_is_sent_letters() -> None:
    assert sender_of(reply(), OFFICE, DAY)[1] == "dcc"
    assert is_known("STAFF@force.example", OFFICE, DAY)
    assert not is_known("old@force.example", OFFICE, DAY), "he left"
    assert not is_known("dcc@force.example.evil.example", OFFICE, DAY)
    assert not is_known("", OFFICE, DAY)


def kept(*proposals: Proposal, attached: tuple[KeptFile, ...] = ()) -> ReplyKept:
    sent = datetime(2019, 5, 24, 8, tzinfo=UTC)
    return ReplyKept("inbox/a.eml", "0" * 64, "dcc@force.example", "Philippa Orme", "dcc", sent, "Re", "", attached, proposals)


def test_accepting_proposes_an_action_as_complete_with_its_evidence() -> None:
    proposal = Proposal("Actions", "17/2022", Saying.COMPLETE, "17/2022 complete", "The letter")
    row = action("17/2022", State="open", Update="Begun.")
    changes = accepted_changes(row, kept(proposal, attached=(KeptFile("plan.pdf", ""),)), proposal, OFFICE, DAY)
    assert {one.header: one.after for one in changes} == {
        "State": "proposed complete",
        "Update": 'Begun.\nReply of 24 May 2019, Philippa Orme, DCC: "17/2022 complete"',
        "Evidence": "Reply of 24 May 2019, Philippa Orme, DCC. The letter. Attached to it: plan.pdf.",
    }


def test_accepting_news_changes_no_state_and_one_attachment_is_not_claimed_for_two() -> None:
    news, other = (Proposal("Actions", ref, Saying.UPDATE, f"{ref} late") for ref in ("17/2022", "18/2022"))
    changes = accepted_changes(ROWS[0], kept(news, other, attached=(KeptFile("plan.pdf", ""),)), news, OFFICE, DAY)
    assert [one.header for one in changes] == ["Update"]


@pytest.mark.parametrize("state", ["closed", "accepted", "withdrawn", "superseded"])
def test_accepting_never_opens_what_a_meeting_settled(state: str) -> None:
    proposal = Proposal("Actions", "17/2022", Saying.COMPLETE, "done")
    changes = accepted_changes(action("17/2022", State=state), kept(proposal), proposal, OFFICE, DAY)
    assert "State" not in {one.header for one in changes}


def test_a_reply_about_a_matter_is_evidence_and_discharges_nothing() -> None:
    proposal = Proposal("Matters", "M3/2019", Saying.COMPLETE, "done")
    changes = accepted_changes(ROWS[3], kept(proposal), proposal, OFFICE, DAY)
    assert [one.header for one in changes] == ["Evidence"]
    assert changes[0].after.startswith("A paper.\n")


def of(ref: str, found: tuple[Proposal, ...]) -> list[str]:
    return [one.words for one in found if one.ref == ref]


@pytest.mark.parametrize("named", ["17/22", "017/2022", "17 / 2022", "17 of 2022", "#17/2022"])
def test_an_action_is_known_in_every_way_to_write_its_reference(named: str) -> None:
    assert [one.ref for one in proposals_of(reply(f"Action {named} is complete."), ROWS)[0]] == ["17/2022"]


def test_what_may_be_a_month_is_asked_about() -> None:
    assert proposals_of(reply("The figures for 05/2019 are done."), ROWS) == (
        (), ("It says 05/2019, which may be 5/2019 or a month: say which.",),
    )  # fmt: skip


def test_every_passage_about_a_row_is_kept() -> None:
    found, _ = proposals_of(reply("17/2022 is complete.\n\nThank you.\n\n17/2022: the report is attached."), ROWS)
    assert of("17/2022", found) == ["17/2022 is complete.\n\n17/2022: the report is attached."]


def test_what_the_text_says_of_others_is_never_the_subjects() -> None:
    found, _ = proposals_of(reply("Action 18/22 is complete. Action 5/2019 is not.", "Re: Action 17/2022"), ROWS)
    assert {one.ref: (one.saying, one.words) for one in found} == {
        "18/2022": (Saying.COMPLETE, "Action 18/22 is complete."),
        "5/2019": (Saying.UPDATE, "Action 5/2019 is not."),
    }


def test_an_answer_is_about_what_the_lines_above_it_name() -> None:
    passages = (Passage("Hello, see below."), Passage("Complete.", "How is 17/2022?"), Passage("Not begun.", "And 18/2022?"))
    words = "\n\n".join(one.text for one in passages)
    found, remarks = proposals_of(replace(reply(words, "Re: 17/2022"), passages=passages), ROWS)
    assert (of("17/2022", found), of("18/2022", found), remarks) == (["Complete."], ["Not begun."], ())


def test_an_answer_under_lines_that_name_two_is_asked_about() -> None:
    passages = (Passage("Complete.", "How are 17/2022 and 18/2022?"),)
    found, remarks = proposals_of(replace(reply("Complete."), passages=passages), ROWS)
    assert found == ()
    assert "say which it is about" in remarks[0]


def test_the_words_of_a_letter_that_is_passed_on_are_said_to_be_anothers() -> None:
    passages = (Passage("See below."), Passage("17/2022 complete.", "", "Ann Analyst"))
    found, remarks = proposals_of(replace(reply("See below."), passages=passages), ROWS)
    assert of("17/2022", found) == ["17/2022 complete."]
    assert remarks == ("The words about 17/2022 are in a letter of Ann Analyst that it passes on.",)


@pytest.mark.parametrize("ref", ["26/09", "AP-12", "391(a)", "Gov/24/3", "7b"])
def test_an_offices_own_references_are_known_as_they_are_written(ref: str) -> None:
    rows = (action(ref), action("17/2022"))
    assert [one.ref for one in proposals_of(reply(f"Action {ref} is complete; 17/2022 is not."), rows)[0]] == [ref, "17/2022"]


def test_what_a_machine_wrote_is_news_of_nothing() -> None:
    assert proposals_of(replace(reply("17/2022 is complete."), kind=ReplyKind.AUTOMATIC), ROWS) == ((), ())


def test_where_it_can_be_seen_is_kept_as_evidence() -> None:
    found, _ = proposals_of(reply("17/2022 is complete: see here (https://force.example/a.docx)."), ROWS)
    assert found[0].evidence == "https://force.example/a.docx"


@pytest.mark.parametrize("words", ["completed on 31 May", "done in May", "closed on 2nd May"])
def test_the_month_of_may_is_no_doubt(words: str) -> None:
    assert proposals_of(reply(f"17/2022 {words}"), ROWS)[0][0].saying is Saying.COMPLETE


CONTRADICTED = (
    ("closed", "17/2022: still in progress, will finish by July.", True),
    ("closed", "17/2022: the new date is 30 September.", True),
    ("closed", "17/2022 is delayed until the autumn; the supplier is late.", True),
    ("closed", "17/2022 has been put back to September.", True),
    ("accepted", "17/2022 - we are still working on this.", True),
    ("withdrawn", "17/2022: ongoing.", True),
    ("closed", "17/2022: we expect to complete it in September.", True),
    ("proposed complete", "17/2022 is not finished after all; it will be done in July.", True),
    ("discharged", "M3/2019: this remains outstanding.", True),
    ("closed", "17/2022: complete.", False),
    ("closed", "17/2022: thank you for closing this.", False),
    ("closed", "17/2022: the evidence is attached.", False),
    ("accepted", "17/2022: completed in April, as reported then.", False),
    ("open", "17/2022: this was discharged in May.", True),
    ("open", "17/2022 was closed at the April meeting.", True),
    ("open", "17/2022: already signed off by the PCC.", True),
    ("open", "17/2022: superseded by 18/2022 in March.", True),
    ("open", "17/2022: this was withdrawn in March.", True),
    ("proposed complete", "17/2022: this was accepted in May.", True),
    ("carried forward", "M3/2019 was discharged in March.", True),
    ("open", "17/2022: complete, see attached.", False),
    ("open", "17/2022: still in progress, will finish by July.", False),
    ("open", "17/2022 has been put back to September.", False),
    ("open", "17/2022: the two sites were closed in May, the third follows.", False),
    ("proposed complete", "17/2022: the evidence is attached.", False),
    ("carried forward", "M3/2019: figures follow in July.", False),
)


@pytest.mark.parametrize(("state", "words", "asked"), CONTRADICTED)
def test_a_reply_that_contradicts_what_stands_in_the_register_is_asked_about(state: str, words: str, asked: bool) -> None:
    rows = (action(words.partition(" ")[0].rstrip(":"), State=state), action("18/2022"))
    (found, *_), _ = proposals_of(reply(words), rows)
    assert bool(found.against) is asked
    assert not asked or (f"{found.ref} is {state} in the register" in found.against and found.against.count("?") == 1)


@pytest.mark.parametrize(
    ("words", "said", "saying"),
    [
        ("17/2022 \u2705 Shared with the panel.", "17/2022 Shared with the panel.", Saying.COMPLETE),
        ("17/2022 Shared \u2611", "17/2022 Shared", Saying.COMPLETE),
        ("17/2022: \u274c Completed in part.", "17/2022: Completed in part.", Saying.UPDATE),
        ("17/2022 \U0001f44d Noted.", "17/2022 \U0001f44d Noted.", Saying.UPDATE),
    ],
)
def test_a_sign_of_a_state_is_read_and_no_word(words: str, said: str, saying: Saying) -> None:
    assert proposals_of(reply(words), ROWS)[0] == (Proposal("Actions", "17/2022", saying, said),)
