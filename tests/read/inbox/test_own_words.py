"""The sender's own words, by how mail programs set one letter inside another; and what a machine wrote told from what a person did."""

import email
import email.policy
from email.message import EmailMessage

import pytest
from asn1crypto import cms
from compressed_rtf import compress
from hypothesis import given
from hypothesis import strategies as st

from reportpack.model.outbox import Delivery
from reportpack.model.reply import CalendarAnswer, Reply, ReplyKind
from reportpack.read.inbox.letter import Letter, unpacked_rich_text
from reportpack.read.inbox.markup import read_markup
from reportpack.read.inbox.opening import read_reply
from reportpack.read.inbox.own_words import LetterLine, flowed_lines, own_words, plain_lines

WORDS = st.text("abcdefghijklmnopqrstuvwxyz\u0175\u0177", min_size=1, max_size=12)


def letter(text: str = "", page: str = "", title: str = "Re: Actions", **heads: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["Subject"] = "Staff officer <so@force.example>", title
    message["Date"] = "Mon, 03 Jun 2019 09:00:00 +0100"
    for name, value in heads.items():
        message[name.replace("_", "-")] = value
    if text:
        message.set_content(text)
    if page:
        message.add_alternative(page, subtype="html") if text else message.set_content(page, subtype="html")
    return message


def read(message: EmailMessage | bytes) -> Reply:
    reply, problems = read_reply(message if isinstance(message, bytes) else message.as_bytes(), "inbox/a.eml")
    assert reply is not None
    assert problems == ()
    return reply


@given(st.lists(st.tuples(st.booleans(), WORDS), min_size=1, max_size=12))
def test_every_own_line_is_in_a_passage_and_no_quoted_one(lines: list[tuple[bool, str]]) -> None:
    own = own_words([LetterLine(f"{'quoted' if quoted else 'own'} {words}", int(quoted)) for quoted, words in lines])
    said = [line for one in own.passages for line in one.text.split("\n")]
    assert said == [f"own {words}" for quoted, words in lines if not quoted]
    assert own.quoted == sum(quoted for quoted, _ in lines)


def test_an_answer_below_what_it_answers_is_kept_with_it() -> None:
    reply = read(letter("On 28/05/2019 10:00, Office wrote:\n> How does 8/2019 stand?\n\nDone on 31 May.\n"))
    assert [(one.text, one.below) for one in reply.passages] == [("Done on 31 May.", "How does 8/2019 stand?")]


def test_an_announcement_that_was_broken_over_two_lines_is_nobodys_word() -> None:
    reply = read(letter("Done.\n\nOn Tue, 28 May 2019 at 10:00, Office <office@opcc.example>\nwrote:\n> 8/2019?\n"))
    assert [one.text for one in reply.passages] == ["Done."]


@pytest.mark.parametrize("line", [">90% of victims were called.", ">=£5,000 was saved.", ">12 officers joined."])
def test_a_line_that_begins_with_more_than_is_the_senders_own(line: str) -> None:
    assert read(letter(f"The figures for 8/2019:\n{line}\nWe propose to close.\n")).text.count("\n") == 2


def test_the_same_line_under_who_wrote_it_is_quoted() -> None:
    assert read(letter("Thank you.\n\nA Person wrote:\n>90% of victims were called.\n")).text == "Thank you."


@given(st.lists(WORDS, min_size=1, max_size=30))
def test_flowed_lines_are_the_paragraph_that_was_typed(words: list[str]) -> None:
    flowed = " \n".join(words)
    assert [line.text for line in flowed_lines(flowed, delsp=False)] == [" ".join(words)]


def test_a_flowed_line_that_begins_with_a_mark_of_quotation_is_unstuffed() -> None:
    assert flowed_lines(" >90% done \nby May\n> quoted", delsp=False) == [LetterLine(">90% done by May"), LetterLine("quoted", 1)]


def test_of_two_ways_to_say_the_same_the_page_counts_since_it_is_what_people_see() -> None:
    reply = read(letter("The note is complete not complete.", "<p>The note is <del>complete</del> <b>not complete</b>.</p>"))
    assert reply.text == "The note is not complete."
    assert reply.remarks == ('Words that are struck through were left out: "complete".',)


@pytest.mark.parametrize(
    "style",
    [
        "display:none",
        "visibility: hidden",
        "mso-hide:all",
        "font-size:1px",
        "font-size:0",
        "color:#ffffff",
        "color: white",
        "opacity:0",
    ],
)
def test_words_that_nobody_can_see_are_said_and_not_read(style: str) -> None:
    reply = read(letter(page=f'<p>7/2019 is in hand.</p><p style="{style}">11/2019 complete</p><p>That is all.</p>'))
    assert reply.text == "7/2019 is in hand.\nThat is all."
    assert reply.remarks == ('Words that nobody can see were left out: "11/2019 complete".',)


@pytest.mark.parametrize(
    "quote",
    [
        '<blockquote type="cite"><p>13/2019 done</p></blockquote>',
        '<div class="gmail_quote"><div class="gmail_attr">On 20 May 2019, Office wrote:</div><blockquote>13/2019 done</blockquote></div>',
        '<blockquote class="moz-cite-prefix">13/2019 done</blockquote>',
        "<blockquote>13/2019 done</blockquote>",
        '<hr><div id="divRplyFwdMsg"><b>From:</b> Office<br><b>Sent:</b> Monday<br><b>To:</b> SO<br><b>Subject:</b> Actions</div><p>13/2019 done</p>',
    ],
)
def test_what_a_page_quotes_is_no_word_of_its_sender(quote: str) -> None:
    assert read(letter(page=f"<p>12/2019 is complete.</p>{quote}")).text == "12/2019 is complete."


def test_a_link_keeps_its_address_without_the_detour_of_a_gateway() -> None:
    detour = "https://eur01.safelinks.protection.outlook.com/?url=https%3A%2F%2Fforce.example%2Freport.docx&amp;data=1"
    page = f'<p>See <a href="{detour}">here</a> and <a href="https://force.example/a">https://force.example/a</a>.</p>'
    assert read(letter(page=page)).text == "See here (https://force.example/report.docx) and https://force.example/a."


def test_a_table_in_a_letter_that_is_a_form_is_read_as_one_and_another_as_words() -> None:
    form = "<table><tr><th>Reference</th><th>Update</th><th>Complete?</th></tr><tr><td>8/2019</td><td>Done in May</td><td>Yes</td></tr></table>"
    reply = read(letter(page=f"<p>Hello</p>{form}<table><tr><td>North</td><td>12</td></tr></table>"))
    assert [(one.ref, one.update, one.complete) for one in reply.lines] == [("8/2019", "Done in May", True)]
    assert "Done in May" not in reply.text
    assert "North 12" in reply.text


def test_what_a_gateway_hangs_on_is_left_out_and_said() -> None:
    message = letter(page="<p>8/2019 was completed on 31 May.</p>")
    message.make_mixed()
    message.attach(
        email.message_from_string(
            "Content-Type: text/plain\n\nThis email has been scanned by the gateway.\n", policy=email.policy.default
        )
    )
    reply = read(message)
    assert reply.text == "8/2019 was completed on 31 May."
    assert "scanned by the gateway" in reply.remarks[0]


def test_words_about_an_action_are_kept_even_where_they_speak_of_confidential_mail() -> None:
    words = "8/2019: the email about it is confidential."
    assert read(letter(words)).text == words


def test_a_letter_that_is_passed_on_is_read_with_who_wrote_it() -> None:
    inner = "See below.\n\nFrom: Ann Analyst\nSent: 1 June 2019\nTo: SO\nSubject: 8/2019\n\n8/2019 is complete.\n"
    reply = read(letter(inner, title="FW: 8/2019"))
    assert [(one.text, one.by) for one in reply.passages] == [("See below.", ""), ("8/2019 is complete.", "Ann Analyst")]


def test_a_letter_that_hangs_on_another_is_read_inside() -> None:
    message = letter("Please see Ann's answer.")
    inner = letter("8/2019 is complete.", title="8/2019")
    del inner["From"]
    inner["From"] = "Ann Analyst <ann@force.example>"
    message.add_attachment(inner)
    assert [(one.text, one.by) for one in read(message).passages][1:] == [("8/2019 is complete.", "Ann Analyst")]


def test_answers_that_nothing_marks_among_the_lines_of_an_earlier_letter_are_said() -> None:
    reply = read(letter("My answers are in red below.\n\n-----Original Message-----\nFrom: Office\n8/2019? Done.\n"))
    assert "answers stand among the lines" in reply.remarks[0]


def test_what_openpgp_sets_around_words_is_none_and_what_it_encrypts_is_said() -> None:
    signed = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n8/2019 is complete.\n- -- \nSO\n"
    reply = read(letter(f"{signed}-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n"))
    assert reply.text.startswith("8/2019 is complete.")
    assert "PGP" not in reply.text
    assert reply.remarks == ("It is signed; the signature was not checked.",)
    sealed = read(letter("-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n"))
    assert sealed.text == ""
    assert sealed.remarks[0].startswith("It is encrypted, so its words cannot be read here")
    assert read(letter("They wrote -----BEGIN PGP SIGNED MESSAGE----- once")).text.endswith("once")


def test_a_signed_letter_is_read_inside_its_signature() -> None:
    inner = letter("8/2019 is complete.").as_bytes()
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [],
            "encap_content_info": {"content_type": "data", "content": inner},
            "signer_infos": [],
        }
    )
    sealed = cms.ContentInfo({"content_type": "signed_data", "content": data}).dump()
    message = letter()
    message.set_content(sealed, "application", "pkcs7-mime", filename="smime.p7m")
    reply = read(message)
    assert reply.text == "8/2019 is complete."
    assert reply.remarks == ("It is signed; the signature was not checked.",)


@pytest.mark.parametrize("data", [b"", b"\x30\x03\x02\x01\x01", b"no wrapper"])
def test_a_wrapper_that_cannot_be_opened_is_said(data: bytes) -> None:
    message = letter()
    message.set_content(data, "application", "pkcs7-mime", filename="smime.p7m")
    reply = read(message)
    assert reply.text == ""
    assert "open it in your mail program" in reply.remarks[0]


def test_rich_text_is_the_words_that_it_shows() -> None:
    rich = rb"{\rtf1\ansi{\fonttbl{\f0 Arial;}}\f0 Action 8/2019 was completed.\par The report is {\strike not} ready.}"
    found = Letter()
    found.say_rich(unpacked_rich_text(compress(rich)))
    assert found.lines[0].text == "Action 8/2019 was completed."
    assert "struck through" in next(iter(found.remarks))


@pytest.mark.parametrize(
    "heads",
    [
        {"Auto_Submitted": "auto-replied"},
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
    ],
)
def test_an_automatic_reply_is_told_by_its_heads(heads: dict[str, str]) -> None:
    assert read(letter("8/2019 is complete when I return.", **heads)).kind is ReplyKind.AUTOMATIC
    assert read(letter("8/2019 is complete.", Auto_Submitted="no")).kind is ReplyKind.LETTER


def test_an_automatic_reply_is_told_by_its_subject_where_its_heads_are_gone() -> None:
    assert read(letter("Back on Monday.", title="Automatic reply: Actions")).kind is ReplyKind.AUTOMATIC
    assert read(letter("Back on Monday.", title="The automatic reply")).kind is ReplyKind.LETTER


REPORT = """From: postmaster@force.example
Subject: {title}
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Something was said.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.force.example

Final-Recipient: rfc822; dcc@force.example
Action: {action}
Status: {status}

--b
Content-Type: text/rfc822-headers

Message-ID: <abc@opcc.example>
--b--
"""


@pytest.mark.parametrize(
    ("action", "outcome"), [("failed", Delivery.CAME_BACK), ("delayed", Delivery.LATE), ("delivered", Delivery.ARRIVED)]
)
def test_a_delivery_report_names_the_letter_and_what_became_of_it(action: str, outcome: Delivery) -> None:
    reply = read(REPORT.format(title="Report", action=action, status="5.1.1").encode())
    assert reply.kind is ReplyKind.DELIVERY
    assert reply.delivery is not None
    assert (reply.delivery.outcome, reply.delivery.addresses) == (outcome, ("dcc@force.example",))
    assert "<abc@opcc.example>" in reply.delivery.message_ids


def test_a_letter_that_came_back_without_a_report_is_told_by_what_it_carries() -> None:
    text = (
        "This is the mail system at host mail.example.\n\nI'm sorry to have to inform you that your message could not\n"
        "be delivered to one or more recipients.\n\n<dcc@force.example>: unknown user\n\nMessage-ID: <abc@opcc.example>\n"
    )
    reply = read(letter(text, title="Undelivered Mail Returned to Sender"))
    assert reply.delivery is not None
    assert reply.delivery.outcome is Delivery.CAME_BACK
    assert "<abc@opcc.example>" in reply.delivery.message_ids


def test_a_calendars_answer_says_who_does_not_come() -> None:
    ics = (
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:2019-05-28-assurance@force.reportpack\r\n"
        "DTSTAMP:20190501T090000Z\r\nATTENDEE;PARTSTAT=DECLINED:mailto:SO@force.example\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"
    )
    message = letter("Sorry, I am away.", title="Declined: Assurance meeting")
    message.add_alternative(ics, subtype="calendar")
    reply = read(message)
    assert reply.kind is ReplyKind.CALENDAR
    assert reply.calendar == CalendarAnswer("2019-05-28-assurance@force.reportpack", "DECLINED", "so@force.example")


@given(st.binary(max_size=400))
def test_no_calendar_wrapper_or_packed_letter_raises(data: bytes) -> None:
    for maintype, subtype, name in (
        ("text", "calendar", "a.ics"),
        ("application", "ms-tnef", "winmail.dat"),
        ("application", "pkcs7-mime", "a.p7m"),
    ):
        message = EmailMessage()
        message["From"], message["Subject"] = "so@force.example", "8/2019"
        message.set_content(data, maintype, subtype, filename=name)
        read_reply(message.as_bytes(), "inbox/a.eml")


@given(
    st.lists(
        st.sampled_from(
            ["<p>", "</p>", "<div>", "<blockquote>", "<table>", "<tr>", "<td>", "a", "<br>", "&nbsp;", "<s>", "</s>"]
        ),
        max_size=40,
    )
)
def test_any_page_is_lines_and_nothing_raises(parts: list[str]) -> None:
    page = read_markup("".join(parts))
    assert "".join(line.text for line in page.lines).count("a") + "".join(page.struck).count("a") <= parts.count("a")


def test_the_lines_of_a_plain_letter_know_how_deep_they_are_quoted() -> None:
    assert plain_lines("own\n> once\n>> twice\n> > twice again") == [
        LetterLine("own"), LetterLine("once", 1), LetterLine("twice", 2), LetterLine("twice again", 2),
    ]  # fmt: skip
