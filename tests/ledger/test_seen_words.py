"""What a person would see or hear in a file is found, in whatever it is packed; what nobody can look into is said, and never claimed."""

import base64
import io
import quopri
import time
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage

import pikepdf
import pytest
import xlwt
from asn1crypto import cms
from reportlab.pdfgen.canvas import Canvas

from reportpack.ledger import erase_bytes, eraser_of
from reportpack.ledger.seen_words import UnopenedError, plain, words_in
from reportpack.read.libreoffice import converted
from tests.read.inbox.outlook_file import compound_file, outlook_letter

SAID = datetime(2031, 5, 6, tzinfo=UTC)
OUTSIDE = "__attach_version1.0_#00000000"
ERASER = eraser_of(["Ann Griffiths"], "[erased]")


def packed(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def letter(words: str, attached: bytes = b"") -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "News"
    message.set_content(words, cte="base64")
    if attached:
        message.add_attachment(attached, maintype="application", subtype="octet-stream", filename="it.bin")
    return message.as_bytes()


def enclosed(inside: bytes, kind: str, how: str) -> bytes:
    """A letter with another in it, written out by hand: the library refuses what other programs send."""
    head = f"From: a@example.org\nSubject: News\nMIME-Version: 1.0\nContent-Type: {kind}\nContent-Transfer-Encoding: {how}\n\n"
    return head.encode() + (base64.encodebytes(inside) if how == "base64" else quopri.encodestring(inside))


def calendar(line: bytes) -> bytes:
    return b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n" + line + b"\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"


def card(line: bytes) -> bytes:
    return b"BEGIN:VCARD\r\nVERSION:2.1\r\n" + line + b"\r\nEND:VCARD\r\n"


QUOTED = b"FN;ENCODING=QUOTED-PRINTABLE;CHARSET=%s:%s"
HELD = b"ATTACH;ENCODING=BASE64;VALUE=BINARY:" + base64.b64encode(letter("by Ann Griffiths")).replace(b"Z", b"Z\r\n ")

SIGNED = {
    "version": "v1",
    "digest_algorithms": [],
    "encap_content_info": {"content_type": "data", "content": letter("by Ann Griffiths")},
    "signer_infos": [],
}


def pdf(words: str = "Nothing", **said: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out, invariant=True)
    canvas.drawString(72, 700, words)
    canvas.bookmarkPage("one")
    canvas.addOutlineEntry(said.get("bookmark", "One"), "one")
    canvas.setTitle(said.get("title", "A page"))
    canvas.save()
    with pikepdf.open(io.BytesIO(out.getvalue())) as document:
        if "alternative" in said:
            figure = pikepdf.Dictionary(S=pikepdf.Name.Figure, Alt=said["alternative"])
            document.Root.StructTreeRoot = pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot, K=pikepdf.Array([figure]))
        if "attached" in said:
            document.attachments["it.txt"] = said["attached"].encode()
        changed = io.BytesIO()
        document.save(changed)
    return changed.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"It was Ann  Griffiths who said so",
        b"Griffiths, Ann",
        "Ann Grif\u00adfiths".encode(),
        "Ann Gri\ufb03ths".encode(),
        "\u00c1nn Griffiths".encode(),
        b"Ann Grif-\nfiths",
        b"<p><b>Ann</b> Griff<i>iths</i></p>",
        "Ann Griffiths".encode("utf-16"),
        letter("by Ann Griffiths"),
        letter("see below", letter("by Ann Griffiths")),
        letter("see below", packed(**{"a.txt": b"Ann Griffiths"})),
        packed(**{"in.zip": packed(**{"word.xml": b"<w:t>Ann</w:t><w:t> Griffiths</w:t>"})}),
        packed(**{"Ann Griffiths.txt": b"nothing"}),
        pdf("by Ann Griffiths"),
        pdf(title="Ann Griffiths"),
        pdf(bookmark="Ann Griffiths"),
        pdf(alternative="A picture of Ann Griffiths"),
        pdf(attached="by Ann Griffiths"),
        packed(**{"a.pdf": pdf(bookmark="Ann Griffiths")}),
        outlook_letter("News", "by Ann Griffiths", "A", "a@example.org", SAID),
        outlook_letter("News", "see below", "A", "a@example.org", SAID, (("a.zip", packed(**{"a.txt": b"Ann Griffiths"})),)),
        outlook_letter("News", "see below", "A", "a@example.org", SAID, (("Ann Griffiths.txt", b"nothing"),)),
        compound_file({OUTSIDE: {"__substg1.0_10130102": b"<p>Ann <b>Grif</b>fiths</p>"}}),
        compound_file({"WordDocument": b"\0" * 300 + b"x " * 103 + b"Ann Griffiths"}),
        compound_file({"WordDocument": b"\0" * 301 + ("y " * 52 + "Ann Griffiths").encode("utf-16-le")}),
        cms.ContentInfo({"content_type": "signed_data", "content": SIGNED}).dump(),
        calendar(b"SUMMARY:by Ann Grif\r\n fiths"),
        calendar("SUMMARY:by A\u0301nn".encode()[:-3] + b"\r\n\t" + "\u0301nn Griffiths".encode()[1:]),
        calendar(b"SUMMARY:Griff\r\n iths\\, Ann"),
        calendar(HELD),
        card(b"N:Griffiths;Ann;;;"),
        card(QUOTED % (b"UTF-8", b"Ann=20Grif=\r\nfiths")),
        card(QUOTED % (b"ISO-8859-1", b"=C1nn=20=\r\nGriffiths")),
        card(b"NOTE;QUOTED-PRINTABLE:by Ann=0D=0A=\r\nGriffiths"),
        letter("see below", calendar(b"SUMMARY:by Ann Grif\r\n fiths")),
        enclosed(letter("by Ann Griffiths"), "message/rfc822", "base64"),
        enclosed(enclosed(b"From:x\nSubject:\n\nby Ann Griffiths", "message/rfc822", "base64"), "message/rfc822", "base64"),
        enclosed(b"Subject:\nX-Via:x\n" + letter("by Ann Griffiths"), "text/plain; name=it.eml", "base64"),
        rb"{\rtf1\ansi by Ann Gri\'66\'66iths and {\b Ann} {\i Grif}fiths}",
    ],
)
def test_a_name_is_seen_and_is_gone_once_it_is_erased(data: bytes) -> None:
    assert ERASER.is_seen_in(data)
    left = erase_bytes(ERASER, data)
    assert left != data
    assert left is None or not ERASER.is_seen_in(left)


@pytest.mark.parametrize(
    "data",
    [
        b"Annette Griffithson",
        pdf("Ann and Griffiths-Jones"),
        letter("Ann met Mr Griffiths"),
        b"\x00\xff" * 50,
        calendar(b"SUMMARY:by Ann Grif\r\n fithson"),
        calendar(
            HELD.replace(b"\r\n ", b"").replace(base64.b64encode(letter("by Ann Griffiths")), base64.b64encode(letter("by Ann")))
        ),
        card(QUOTED % (b"UTF-8", b"Ann=20Grif=\r\nfithson")),
        enclosed(letter("Ann met Mr Griffiths"), "message/rfc822", "base64"),
    ],
)
def test_other_names_stay(data: bytes) -> None:
    assert erase_bytes(ERASER, data) == data


def test_what_is_locked_or_broken_is_said_and_left() -> None:
    with pikepdf.open(io.BytesIO(pdf("by Ann Griffiths"))) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="one", user="two"))
    unreadable = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 Ann",
        compound_file({"EncryptedPackage": b"x" * 5000}),
        b"\x78\x9f\x3e\x22Ann",
    )
    for data in (out.getvalue(), packed(**{"a.txt": b"words"})[:40], packed(**{"locked.pdf": out.getvalue()}), *unreadable):
        with pytest.raises(UnopenedError):
            list(words_in(data))
        assert erase_bytes(ERASER, data) == data


def test_words_are_compared_whatever_their_case_and_breaks() -> None:
    assert plain("Na\u00efve\u00a0co-\noperation  and E\ufb03ciency") == "naive cooperation and efficiency"


def test_a_name_in_any_cell_of_an_old_workbook_is_found_though_a_record_ends_in_it() -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Names")
    names = [f"Name {number:04} Griffi{'th' * (number % 5)}s \u0175" for number in range(3_000)]
    for row, name in enumerate(names):
        sheet.write(row, 0, name)
    out = io.BytesIO()
    book.save(out)
    found = {plain(one) for one in words_in(out.getvalue())}
    assert [one for one in names if plain(one) not in found] == []


@pytest.mark.parametrize(
    "streams",
    [
        {"WordDocument": b"\xec\xa5".ljust(11, b"\0") + b"\x01"},
        {"Current User": bytes(12) + b"\xdf\xc4\xd1\xf3"},
        {"Workbook": b"not one"},
    ],
)
def test_an_old_file_that_is_locked_or_broken_is_said(streams: dict[str, bytes]) -> None:
    with pytest.raises(UnopenedError, match="locked"):
        list(words_in(compound_file(dict(streams))))


OLD_PAGE = """<?xml version='1.0' encoding='UTF-8'?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" office:version="1.3"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.opendocument.text"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><office:meta><dc:title>Ann Title</dc:title></office:meta><office:body><office:text>
<text:p>Ann Gr<text:span>iffi</text:span>ths, Ann \u0174ynne</text:p><text:p>x<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation>
<text:note-body><text:p>Ann Below</text:p></text:note-body></text:note><office:annotation><dc:creator>Ann Writer</dc:creator><text:p>Ann Beside</text:p>
</office:annotation><text:bookmark text:name="AnnMark"/></text:p></office:text></office:body></office:document>"""


@pytest.mark.needs("soffice")
def test_every_name_in_an_old_word_document_is_found() -> None:
    found = [plain(one) for one in words_in(converted(OLD_PAGE.encode(), ".fodt", "doc"))]
    for name in ("Ann Griffiths", "Ann \u0174ynne", "Ann Title", "Ann Below", "Ann Writer", "Ann Beside", "AnnMark"):
        assert any(plain(name) in one for one in found), name


def test_a_long_line_of_a_card_costs_by_its_length() -> None:
    before = time.process_time()
    list(words_in(card(b"x;BASE64;" * 20_000)))
    assert time.process_time() - before < 2
