"""Each message reads the same in two parsers, whatever people's names, titles and words hold; no header begins another."""

import email
import email.policy
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportpack.errors import InputError
from reportpack.model.edition import Audience
from reportpack.model.letter import Addressee, Enclosure, Letter, LetterKind
from reportpack.model.outbox import LetterQueued
from reportpack.send.message import build_message, file_name, message_id, one_line, safe_address
from tests.send.plain_parser import Part, parse

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=300)
HEADERS = {
    "From",
    "To",
    "Reply-To",
    "Subject",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "X-Unsent",
    "MIME-Version",
    "Content-Type",
}


def letter(
    name: str = "Duncan",
    title: str = "OFFICIAL: Pack",
    text: str = "Dear",
    page: str = "<p>Dear</p>",
    files: tuple[Enclosure, ...] = (),
) -> LetterQueued:
    to = Addressee(name, "cc@force.example", "cc", Audience.FORCE)
    made = Letter(LetterKind.PACK, "2019-05-28-assurance", "briefing-pack", 1, Audience.FORCE, to, title, text, page, files)
    key, sender = "ab" * 12, "policy@opcc.example"
    return LetterQueued(key, made, sender, "replies@opcc.example", message_id(key, sender), "Tue, 21 May 2019 12:00:00 +0000")


def squeezed(text: str) -> str:
    return "".join(text.split())


@given(TEXT, TEXT, TEXT, TEXT)
def test_names_titles_and_words_arrive_and_make_no_header(name: str, title: str, text: str, page: str) -> None:
    data = build_message(letter(name, title, text, page, (Enclosure.of("a.pdf", "application/pdf", b"\x00\r\n.\r\n"),)))
    ours, theirs = parse(data), email.message_from_bytes(data, policy=email.policy.default)
    assert {one for one, _ in ours.headers} <= HEADERS
    assert set(theirs.keys()) <= HEADERS
    assert [one.addr_spec for one in theirs["To"].addresses] == ["cc@force.example"]
    assert ours.header("To").endswith("cc@force.example>") or ours.header("To") == "cc@force.example"
    assert squeezed(theirs["Subject"]) == squeezed(one_line(title)) == squeezed(ours.header("Subject"))
    plain, html, attached = ours.leaves()
    body = theirs.get_body(("plain",))
    assert body is not None
    assert plain.text() == body.get_content().replace("\r\n", "\n")
    assert squeezed(plain.text()) == squeezed("".join(one for one in text if one in "\n\r\t" or one >= " "))
    assert html.media == "text/html"
    assert attached.data == b"\x00\r\n.\r\n"


@given(st.binary(max_size=3000), TEXT)
def test_a_file_arrives_byte_for_byte_under_a_name_that_every_system_takes(data: bytes, name: str) -> None:
    attachment = Enclosure.of(f"{name}.pdf", "application/pdf", data)
    message = build_message(letter(files=(attachment, Enclosure.of("b.xlsx", "application/zip", b"PK"))))
    ours: Part = parse(message).leaves()[2]
    (theirs, _) = email.message_from_bytes(message, policy=email.policy.default).iter_attachments()
    assert ours.data == theirs.get_payload(decode=True) == data
    shown = theirs.get_filename()
    assert shown is not None
    assert not re.search(r'[\\/:*?"<>|\x00-\x1f]', shown)
    assert squeezed(ours.parameter("Content-Disposition", "filename")) == squeezed(shown) == squeezed(file_name(attachment.name))


@given(TEXT)
def test_an_address_is_one_plain_address_or_none(text: str) -> None:
    for email_address in (text, f"{text}@force.example", f"cc@{text}"):
        try:
            spelled = safe_address(email_address)
        except InputError:
            continue
        assert re.fullmatch(r"[!-~]+@[!-~]+", spelled)
        assert not set(spelled) & set('<>,;:"()[]\\ ')


def test_the_same_letter_is_the_same_message() -> None:
    files = (Enclosure.of("a.pdf", "application/pdf", b"%PDF"),)
    assert build_message(letter(files=files)) == build_message(letter(files=files))


def test_a_draft_is_opened_unsent_and_is_its_sender_s_own() -> None:
    draft = parse(build_message(letter(), draft=True))
    assert draft.header("X-Unsent") == "1"
    assert not draft.header("Auto-Submitted")
    assert parse(build_message(letter())).header("Auto-Submitted") == "auto-generated"


@pytest.mark.parametrize("long", ["x" * 5000, "word " * 1000, "é" * 3000, "." * 3000, ("." * 3 + "\n") * 50])
def test_no_line_is_longer_than_a_server_takes(long: str) -> None:
    parse(build_message(letter("N" * 300, long, long, f"<p>{long}</p>")))


@pytest.mark.parametrize("length", range(50, 100))
def test_the_marking_is_first_in_a_subject_of_any_length(length: int) -> None:
    title = ("OFFICIAL: Due on 24 April 2019: " + "14 missing and 3 done " * 5)[:length].strip()
    head = build_message(letter(title=title)).partition(b"\r\n\r\n")[0]
    assert b"\r\nSubject: OFFICIAL:" in head
    assert email.message_from_bytes(head, policy=email.policy.default)["Subject"] == title
    assert max(len(line) for line in head.split(b"\r\n")) <= 78
