"""Replies as files: their sender, their words, their forms; and whatever else may lie in a folder."""

import io
import zipfile
from datetime import UTC, datetime

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportpack.model.reply import FormLine, Reply
from reportpack.read.inbox.markup import read_markup
from reportpack.read.inbox.opening import read_reply
from reportpack.read.inbox.own_words import own_words, plain_lines
from tests.read.inbox.outlook_file import outlook_letter

LETTER = """\
From: =?utf-8?q?Philippa_Orme?= <DCC@Force.example>
Subject: Re: Actions
Date: Fri, 24 May 2019 09:00:00 +0100
Content-Type: {kind}

{body}
"""


def letter(body: str, kind: str = "text/plain; charset=utf-8") -> Reply:
    reply, problems = read_reply(LETTER.format(kind=kind, body=body).encode(), "inbox/a.eml")
    assert reply is not None
    assert problems == ()
    return reply


def test_a_letter_has_a_sender_a_day_and_the_senders_own_words() -> None:
    reply = letter("12/2019 is complete.\n\nPhilippa\n\nOn Mon, 20 May 2019 at 09:12, Policy Team wrote:\n> 13/2019 complete?\n")
    assert (reply.name, reply.address, reply.title) == ("Philippa Orme", "dcc@force.example", "Re: Actions")
    assert reply.sent == datetime(2019, 5, 24, 8, 0, tzinfo=UTC)
    assert (reply.text, reply.quoted) == ("12/2019 is complete.\n\nPhilippa", 2)


@pytest.mark.parametrize(
    "earlier",
    [
        "-----Original Message-----\nFrom: Policy\n13/2019 done",
        "________________________________\nFrom: Policy <p@x.example>\nSent: Monday\n13/2019 done",
        "From: Policy <p@x.example>\nSent: 20 May 2019 09:12\nTo: DCC\nSubject: Actions\n\n13/2019 done",
        "*From:* Policy <p@x.example>\n*Sent:* 20 May 2019\n*To:* DCC\n\n13/2019 done",
        "Begin forwarded message:\n\n13/2019 done",
        "> 13/2019 done",
    ],
)
def test_what_a_letter_quotes_is_no_word_of_its_sender(earlier: str) -> None:
    own = own_words(plain_lines(f"Thank you.\n\n{earlier}\n"))
    assert [one.text for one in own.passages if not one.by] == ["Thank you."] or "forwarded" in earlier
    assert own.quoted or "forwarded" in earlier


def test_from_in_a_sentence_begins_no_earlier_letter() -> None:
    own = own_words(plain_lines("From: the start we said so.\nAll done."))
    assert [one.text for one in own.passages] == ["From: the start we said so.\nAll done."]


def test_a_page_of_html_is_the_words_that_it_shows() -> None:
    page = (
        "<html><head><title>t</title><style>p{}</style></head><body><p>12/2019&nbsp;is <b>com</b>plete.</p>"
        "<script>alert(1)</script><div>One<br>two</div><table><tr><td>a</td><td>b</td></tr></table></body>"
    )
    assert letter(page, "text/html").text == "12/2019 is complete.\nOne\ntwo\na b"


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_markup_gives_words_without_tags_that_run(markup: str) -> None:
    own = own_words(read_markup(markup).lines)
    assert "\x1b" not in "".join(one.text for one in own.passages)


def test_a_letter_of_outlook_reads_like_any_other() -> None:
    sent = datetime(2019, 5, 24, 8, 0, tzinfo=UTC)
    data = outlook_letter(
        "Re: Actions", "12/2019 complete\r\n", "Philippa Orme", "DCC@force.example", sent, (("plan.pdf", b"%PDF-"),)
    )
    reply, problems = read_reply(data, "inbox/a.msg")
    assert reply is not None
    assert problems == ()
    assert (reply.name, reply.address, reply.sent) == ("Philippa Orme", "dcc@force.example", sent)
    assert (reply.title, reply.text) == ("Re: Actions", "12/2019 complete")
    assert [(one.name, one.data) for one in reply.files] == [("plan.pdf", b"%PDF-")]


def form(*rows: tuple[object, ...], beside: str = "") -> bytes:
    """Your reply | please fill in the last three columns."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Your reply"
    sheet.append(["Please fill in the last three columns."])
    sheet.append(["Reference", "Action", "Update", "Complete?", "Evidence"])
    for row in rows:
        sheet.append(list(row))
    if beside:
        book.create_sheet("Notes").append([beside])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def test_a_reply_form_gives_what_was_filled_in_and_says_what_lies_outside() -> None:
    data = form(
        ("12/2019", "Share the plan", "Shared on 3 May.", "Yes", "Letter of 3 May"),
        ("13/2019", "Report back", None, None, None),
        ("14/2019", "Report again", "Under way", "no", None, "see me"),
        ("Total", "and this"),
        beside="see the other file",
    )
    reply, _ = read_reply(data, "inbox/form.xlsx")
    assert reply is not None
    assert reply.lines == (
        FormLine("12/2019", "Shared on 3 May.", True, "Letter of 3 May", "Your reply, A3"),
        FormLine("14/2019", "Under way", False, "", "Your reply, A5"),
    )
    assert [one.split(":")[0] for one in reply.outside] == [
        "Your reply, F5",
        "Your reply, A6",
        "Your reply, B6",
        'the sheet "Notes", which is no part of the form',
    ]


def test_a_form_that_hangs_on_a_letter_is_read_with_it() -> None:
    from email.message import EmailMessage

    message = EmailMessage()
    message["From"] = "dcc@force.example"
    message.set_content("Filled in.")
    message.add_attachment(form(("12/2019", "", "Done", "yes", "")), maintype="application", subtype="x", filename="Form.XLSX")
    reply, _ = read_reply(message.as_bytes(), "a.eml")
    assert reply is not None
    assert [(one.ref, one.complete) for one in reply.lines] == [("12/2019", True)]


def test_a_word_document_gives_its_words_and_its_table() -> None:
    document = docx.Document()
    document.add_paragraph("12/2019 is complete.")
    table = document.add_table(rows=2, cols=3)
    for cell, text in zip(table.rows[0].cells, ("Reference", "Update", "Complete?"), strict=True):
        cell.text = text
    for cell, text in zip(table.rows[1].cells, ("13/2019", "Sent", "Y"), strict=True):
        cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    reply, _ = read_reply(stream.getvalue(), "a.docx")
    assert reply is not None
    assert reply.text == "12/2019 is complete."
    assert [(one.ref, one.update, one.complete) for one in reply.lines] == [("13/2019", "Sent", True)]


def bomb() -> bytes:
    """A workbook whose sheet unpacks to 400 MB."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(100):
                part.write(b" " * 4_194_304)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.exe", b"MZ"),
        ("a", b"x"),
        ("a.eml", b""),
        ("a.eml", b"\x00\xff" * 500),
        ("a.msg", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\xff" * 2000),
        ("a.msg", outlook_letter("s", "b", "n", "a@b.example", datetime(2019, 5, 1, tzinfo=UTC))[:1500]),
        ("a.xlsx", b"PK\x03\x04 nothing"),
        ("a.xlsx", form()),
        ("a.docx", form()),
        ("a.docx", bomb()),
        ("a.docx", b"plain words" * 3 + b"\0" * 50),
    ],
)
def test_a_file_that_is_no_reply_is_said_and_stops_nothing(name: str, data: bytes) -> None:
    reply, problems = read_reply(data, f"inbox/{name}")
    assert reply is None
    assert len(problems) == 1
    assert problems[0].source.file == f"inbox/{name}"
    assert problems[0].found
    assert problems[0].remedy


@given(st.binary(max_size=600), st.sampled_from([".eml", ".msg", ".docx", ".xlsx"]))
@settings(max_examples=150, deadline=None)
def test_no_bytes_raise(data: bytes, suffix: str) -> None:
    reply, problems = read_reply(data, f"inbox/a{suffix}")
    assert reply is not None or problems


@given(st.integers(0, 2_000), st.binary(min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_no_damage_to_a_letter_of_outlook_raises(at: int, damage: bytes) -> None:
    data = bytearray(outlook_letter("s", "12/2019 complete", "n", "a@b.example", datetime(2019, 5, 1, tzinfo=UTC)))
    data[at : at + len(damage)] = damage
    reply, problems = read_reply(bytes(data), "a.msg")
    assert reply is not None or problems


@given(st.text(max_size=80), st.text(max_size=200))
@settings(max_examples=80, deadline=None)
def test_any_heads_and_words_are_plain_text(head: str, body: str) -> None:
    data = (
        b"From: a@b.example\nSubject: " + head.encode("utf-8", "surrogatepass") + b"\n\n" + body.encode("utf-8", "surrogatepass")
    )
    reply, _ = read_reply(data, "a.eml")
    for text in (reply.title, reply.name, reply.text) if reply is not None else ():
        text.encode("utf-8")
        assert "\x1b" not in text
        assert "\0" not in text


def test_a_letter_with_a_thousand_parts_inside_each_other_ends() -> None:
    body = "".join(f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(1_500))
    reply, problems = read_reply(f"From: a@b.example\n{body}".encode(), "a.eml")
    assert reply is not None or problems
