"""Letters as other mail programs make them, each with what a person who reads it takes from it: the words about each reference, and what it is."""

import email.encoders
import email.policy
import time
from collections.abc import Callable
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText

import pytest
from asn1crypto import cms

from reportpack.merge.replies import NamedRows, said_of
from reportpack.model.outbox import Delivery
from reportpack.model.register_row import RegisterRow
from reportpack.model.reply import Reply, ReplyKind
from reportpack.read.inbox.opening import read_reply
from tests.read.inbox.outlook_file import compound_file

ROWS = NamedRows(tuple(RegisterRow("Actions", ref, ()) for ref in ("8/2019", "9/2019", "12/2019")))
DONE = "8/2019 was completed on 31 May."
ASKED = "Where does 9/2019 stand?"
OFFICE = "Policy Office <office@opcc.example>"
WROTE = f"On Mon, 3 Jun 2019 at 09:00, {OFFICE} wrote:"
SHOWN = WROTE.replace("<", "&lt;").replace(">", "&gt;")
OUR_ID = "<1.pack@opcc.example>"
Made = str | bytes | Message


def plain(text: str, title: str = "Re: Actions", flowed: str = "", **heads: str) -> Message:
    message = EmailMessage()
    message["From"], message["Subject"] = "Siân Holloway <so@force.example>", title
    message["Date"] = "Mon, 03 Jun 2019 11:00:00 +0100"
    for name, value in heads.items():
        message[name.replace("_", "-")] = value
    message.set_content(text)
    if flowed:
        message.set_param("format", "flowed")
        message.set_param("delsp", flowed)
    return message


def page(html: str, title: str = "Re: Actions", **heads: str) -> Message:
    message = plain("See the page.", title, **heads)
    assert isinstance(message, EmailMessage)
    message.clear_content()
    message.set_content(f"<html><body>{html}</body></html>", subtype="html")
    return message


def report(title: str, *parts: MIMEBase, kind: str = "delivery-status", **heads: str) -> Message:
    """A machine's letter of several parts."""
    message = MIMEMultipart("report")
    message.set_param("report-type", kind)
    message["From"], message["Subject"] = "Mail Delivery System <MAILER-DAEMON@mail.force.example>", title
    for name, value in heads.items():
        message[name.replace("_", "-")] = value
    for one in parts:
        message.attach(one)
    return message


def status(action: str, code: str, words: str = "smtp; 550 5.1.1 unknown user", kind: str = "delivery-status") -> MIMEBase:
    fields = f"Reporting-MTA: dns; mail.force.example\n\nFinal-Recipient: rfc822; CC@force.example\nAction: {action}\n"
    return raw(f"message/{kind}", f"{fields}Status: {code}\nDiagnostic-Code: {words}\n")


def raw(kind: str, text: str) -> MIMEBase:
    part = email.message_from_string(f"Content-Type: {kind}\n\n{text}", policy=email.policy.compat32)
    assert isinstance(part, Message)
    return part  # type: ignore[return-value]  # a part like any other


def original() -> MIMEMessage:
    inner = EmailMessage()
    inner["Subject"], inner["Message-ID"], inner["To"] = "Briefing pack", OUR_ID, "cc@force.example"
    inner.set_content("Dear Chief Constable, 12/2019 is due.")
    return MIMEMessage(inner)


def signed(inner: Message) -> Message:
    """S/MIME with the words inside the signature, as Outlook signs where it is told to."""
    data: dict[str, object] = {"version": "v1", "digest_algorithms": [], "signer_infos": []}
    data["encap_content_info"] = {"content_type": "data", "content": inner.as_bytes()}
    content = cms.ContentInfo({"content_type": "signed_data", "content": cms.SignedData(data)}).dump()
    return sealed(content)


def sealed(content: bytes) -> Message:
    part = MIMEBase("application", "pkcs7-mime", name="smime.p7m")
    part.set_payload(content)
    email.encoders.encode_base64(part)
    return part


def wrapped(inner: Message, *, behind: str = "") -> Message:
    """The heads of a letter about a part that is not a letter by itself."""
    outer: Message = inner
    if behind:
        outer = MIMEMultipart("mixed")
        outer.attach(inner)
        outer.attach(MIMEText(behind))
    outer["From"], outer["Subject"] = "Siân Holloway <so@force.example>", "Re: Actions"
    return outer


def calendar(method: str, answer: str, comment: str = "") -> str:
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", f"METHOD:{method}", "BEGIN:VEVENT", "UID:m@opcc.example"]
    lines += ["DTSTAMP:20190601T090000Z", "DTSTART:20190628T130000Z", "DTEND:20190628T150000Z", "SUMMARY:Assurance meeting"]
    lines += [f"COMMENT:{comment}"] if comment else []
    lines += [f'ATTENDEE;PARTSTAT={answer};CN="Siân Holloway":mailto:so@force.example', "END:VEVENT", "END:VCALENDAR", ""]
    return "\r\n".join(lines)


def invited(method: str, answer: str, title: str, words: str = "", *, google: bool = False) -> Message:
    """An answer to an invitation: Exchange's is the calendar beside words, Google's hangs on the letter as a file as well."""
    text = calendar(method, answer, words)
    outer = MIMEMultipart("mixed") if google else MIMEMultipart("alternative")
    inner = MIMEMultipart("alternative") if google else outer
    inner.attach(MIMEText(words))
    part = MIMEText(text, "calendar")
    part.set_param("method", method)
    inner.attach(part)
    if google:
        outer.attach(inner)
        file = MIMEBase("application", "ics", name="invite.ics")
        file.set_payload(text.encode(), "utf-8")
        email.encoders.encode_base64(file)
        outer.attach(file)
    outer["From"], outer["Subject"] = "Siân Holloway <so@force.example>", title
    return outer


def attached(inner: Message, words: str, title: str = "Actions") -> Message:
    outer = MIMEMultipart("mixed")
    outer["From"], outer["Subject"] = "Siân Holloway <so@force.example>", title
    outer.attach(MIMEText(words))
    outer.attach(MIMEMessage(inner))
    return outer


HEADS = f"From: {OFFICE}\nSent: 03 June 2019 09:00\nTo: Holloway, Siân\nSubject: Actions\n\n{ASKED}\n"
RHYS = "From: Rhys Parry <rp@force.example>\nSent: 31 May 2019 17:00\nTo: Siân Holloway <so@force.example>\nSubject: Actions\n\n"
OUTLOOK_WEB = f"""<div class="elementToProof">{{}}</div><div id="appendonsend"></div><hr style="display:inline-block;width:98%" tabindex="-1">
<div id="divRplyFwdMsg" dir="ltr"><font face="Calibri, sans-serif"><b>From:</b> Policy Office &lt;office@opcc.example&gt;<br>
<b>Sent:</b> 03 June 2019 09:00<br><b>To:</b> Holloway, Siân<br><b>Subject:</b> Actions</font><div>&nbsp;</div></div><div>{ASKED}</div>"""
OUTLOOK = f"""<div class=WordSection1><p class=MsoNormal>{{}}<o:p></o:p></p><div><div style='border:none;border-top:solid #E1E1E1 1.0pt'>
<p class=MsoNormal><b><span lang=EN-US>From:</span></b><span lang=EN-US> Policy Office &lt;office@opcc.example&gt; <br><b>Sent:</b> 03 June
2019 09:00<br><b>To:</b> Holloway, Siân<br><b>Subject:</b> Actions</span></p></div></div><p class=MsoNormal>{ASKED}</p></div>"""
GMAIL = f'<div dir="ltr">{{}}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">{SHOWN}<br></div>{{}}</div>'
GMAIL_QUOTE = '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid">{}</blockquote>'
FORM = """<table border=1><tr><td><p class=MsoNormal><b>Reference</b></p></td><td><p class=MsoNormal><b>Update</b></p></td><td><p><b>Complete?</b></p></td></tr>
<tr><td><p class=MsoNormal>8/2019</p></td><td><p>Shared on 31 May.</p></td><td><p>Yes</p></td></tr></table>"""
RED = (
    "<p class=MsoNormal>8/2019: where does it stand? <span style='color:red'>Done on 31 May.</span></p>"
    "<p class=MsoNormal>9/2019?</p><p class=MsoNormal><span style='color:#C00000'>Not yet begun.</span></p>"
)
BELOW = {"8/2019": "Done on 31 May.", "9/2019": "Not yet begun."}
ALONE = {"8/2019": DONE}
LETTERS: dict[str, tuple[Callable[[], Made], dict[str, str]]] = {
    "Outlook on the web": (lambda: page(OUTLOOK_WEB.format(DONE)), ALONE),
    "Outlook, answer above": (lambda: page(OUTLOOK.format(DONE)), ALONE),
    "Outlook, plain": (lambda: plain(f"{DONE}\n\n-----Original Message-----\n{HEADS}"), ALONE),
    "Outlook in German": (
        lambda: plain(f"{DONE}\n\nVon: {OFFICE}\nGesendet: Montag, 3. Juni 2019 09:00\nAn: Siân\nBetreff: Actions\n\n{ASKED}\n", "AW: Actions"),
        ALONE,
    ),
    "Outlook in Welsh": (
        lambda: plain(f"{DONE}\n\nOddi wrth: {OFFICE}\nAnfonwyd: 03 Mehefin 2019 09:00\nAt: Siân\nPwnc: Actions\n\n{ASKED}\n", "ATB: Actions"),
        ALONE,
    ),
    "Outlook on Android": (
        lambda: plain(f"{DONE}\n\nGet Outlook for Android<https://aka.ms/AAb9ysg>\n________________________________\n{HEADS}"), ALONE,
    ),
    "Gmail, answer above": (lambda: page(GMAIL.format(DONE, GMAIL_QUOTE.format(ASKED))), ALONE),
    "Gmail, answers between": (
        lambda: page(
            GMAIL.format("", f"{GMAIL_QUOTE.format('8/2019?')}<div>Done on 31 May.</div>{GMAIL_QUOTE.format('9/2019?')}<div>Not yet begun.</div>")
        ),
        BELOW,
    ),
    "Gmail, plain answers between": (lambda: plain(f"{WROTE}\n\n> 8/2019?\n>\nDone on 31 May.\n\n> 9/2019?\n\nNot yet begun.\n\nSiân\n"), BELOW),
    "Gmail, its line broken": (lambda: plain(f"{DONE}\n\n{WROTE.replace(' wrote', chr(10) + 'wrote')}\n\n> {ASKED}\n"), ALONE),
    "Apple Mail, plain": (lambda: plain(f"{DONE}\n\n> On 3 Jun 2019, at 09:00, {OFFICE} wrote:\n> \n> {ASKED}\n"), ALONE),
    "Apple Mail, page": (
        lambda: page(
            f'<div>{DONE}</div><div><br><blockquote type="cite"><div>On 3 Jun 2019, at 09:00, Office wrote:</div><br>'
            f'<div>{ASKED}<blockquote type="cite">12/2019 is late.</blockquote></div></blockquote></div>'
        ),
        ALONE,
    ),
    "Apple Mail, answer below": (
        lambda: page('<blockquote type="cite"><div>On 3 Jun 2019, Office wrote:</div><div>8/2019?</div></blockquote><div>Done on 31 May.</div>'),
        {"8/2019": "Done on 31 May."},
    ),
    "a telephone's signature": (lambda: plain(f"Done on 31 May.\n\nSent from my iPhone\n\n> {WROTE}\n> \n> 8/2019?\n", "Re: 8/2019"), {"8/2019": "Done on 31 May."}),
    "a telephone's signature below": (lambda: plain(f"{WROTE}\n> 8/2019?\n\nDone on 31 May.\n\nSent from my iPhone\n"), {"8/2019": "Done on 31 May."}),
    "Samsung": (
        lambda: plain(f"{DONE}\n\nSent from my Galaxy\n\n\n-------- Original message --------\n{HEADS.replace('Sent:', 'Date:')}"), ALONE,
    ),
    "BlackBerry": (lambda: plain(f"{DONE}\n\nSent from my BlackBerry 10 smartphone.\n  Original Message  \n{HEADS}"), ALONE),
    "Windows Mail": (lambda: plain(f"{DONE}\n\nSent from Mail for Windows 10\n\n{HEADS}"), ALONE),
    "Notes, heads below": (
        lambda: plain(f"{DONE}\n\n\n\nFrom:\tOffice/OPCC\nTo:\tSiân Holloway/Force@Force\nDate:\t03/06/2019 09:00\nSubject:\tActions\n\n\n\n{ASKED}\n"),
        ALONE,
    ),
    "Notes, in columns": (
        lambda: plain(f"{DONE}\n\n\n{OFFICE} \n03/06/2019 09:00\n\n        To\n\"Siân\" <so@force.example>\n        cc\n\n        Subject\nActions\n\n\n{ASKED}\n"),
        ALONE,
    ),
    "HCL Notes on the web": (
        lambda: plain(f'{DONE}\n\n-----"Policy Office" <office@opcc.example> wrote: -----\nTo: so@force.example\nFrom: office@opcc.example\n'
                      f"Date: 03/06/2019 09:00\nSubject: Actions\n\n{ASKED}\n"),
        ALONE,
    ),
    "Thunderbird, answer below": (
        lambda: plain("On 03/06/2019 09:00, Office wrote:\n> 8/2019?\nDone on 31 May.\n\n-- \nSiân Holloway\nStaff officer to 12/2019 Division\n"),
        {"8/2019": "Done on 31 May."},
    ),
    "Thunderbird, page": (
        lambda: page(
            '<div class="moz-cite-prefix">On 03/06/2019 09:00, Office wrote:<br></div><blockquote type="cite" cite="mid:1@opcc.example"><p>8/2019?</p>'
            '</blockquote><p>Done on 31 May.</p><div class="moz-signature">-- <br>Siân Holloway</div>'
        ),
        {"8/2019": "Done on 31 May."},
    ),
    "format=flowed, two deep": (
        lambda: plain(f"{WROTE}\n> Where does 8/2019 \n> stand?\n>> 12/2019 was \n>> asked before.\n\nDone on \n31 May.\n", flowed="no"),
        {},  # its words stand below lines that ask about two: that is said, and not settled here
    ),
    "format=flowed, delsp": (lambda: plain("8/2019 was com \npleted on 31 May.\n", flowed="yes"), ALONE),
    "Yahoo": (
        lambda: page(f'<div class="yahoo-style-wrap">{DONE}</div><div id="yahoo_quoted_1" class="yahoo_quoted"><div><div>{SHOWN}</div><div>{ASKED}</div></div></div>'),
        ALONE,
    ),
    "Yahoo, plain": (lambda: plain(f"{DONE}\n\n    {WROTE}  \n \n  {ASKED}\n"), ALONE),
    "Proton": (
        lambda: page(
            f'<div>{DONE}</div><div class="protonmail_signature_block">Sent with Proton Mail secure email.</div><div class="protonmail_quote">'
            f'{SHOWN}<br><blockquote class="protonmail_quote" type="cite">{ASKED}</blockquote></div>'
        ),
        ALONE,
    ),
    "a closing and a signature": (
        lambda: plain(f"{WROTE}\n> 8/2019?\n\nDone on 31 May.\n\nKind regards\n\nSiân Holloway\nStaff officer\n\nForce Headquarters, Hindlip\nTel 01905 000000\n"),
        {"8/2019": "Done on 31 May."},
    ),
    "a gateway's banner": (
        lambda: page(
            '<table><tr><td style="background:#fc0">CAUTION: This email originated from outside of the organisation. Do not click links.</td></tr></table>'
            + OUTLOOK_WEB.format(DONE),
            "[EXTERNAL] Re: Actions",
        ),
        ALONE,
    ),
    "a gateway's banner in Welsh": (
        lambda: plain(f"RHYBUDD: Daeth yr e-bost hwn o'r tu allan i'r sefydliad. / CAUTION: This e-mail is from outside.\n\n{DONE}\n"), ALONE,
    ),
    "signed, words inside": (lambda: wrapped(signed(page(OUTLOOK.format(DONE)))), ALONE),
    "signed, with a footer behind": (lambda: wrapped(signed(plain(DONE)), behind="This email has been scanned by the gateway.\n"), ALONE),
    "a table as answer": (lambda: page(OUTLOOK_WEB.format(FORM)), {"8/2019": "Shared on 31 May."}),
    "a table in a table as answer": (
        lambda: page(f'<table width="100%"><tr><td><p>Please see below.</p>{FORM}</td></tr></table>'), {"8/2019": "Shared on 31 May."},
    ),
    "a table of other columns": (
        lambda: page("<table><tr><td>8/2019</td><td>Done on 31 May.</td></tr><tr><td>9/2019</td><td>Not yet begun.</td></tr></table>"),
        {"8/2019": "8/2019 Done on 31 May.", "9/2019": "9/2019 Not yet begun."},
    ),
    "passed on by Outlook": (lambda: plain(f"Please see below.\n\n{RHYS}{DONE}\n", "FW: Actions"), ALONE),
    "passed on, behind a banner": (lambda: plain(f"Please see below.\n\n{RHYS}{DONE}\n", "[EXTERNAL] FW: Actions"), ALONE),
    "passed on by Apple Mail": (lambda: plain(f"Begin forwarded message:\n\n{RHYS.replace('Sent:', 'Date:')}{DONE}\n", "Fwd: Actions"), ALONE),
    "passed on by Thunderbird": (
        lambda: plain(f"-------- Forwarded Message --------\nSubject: \tActions\nDate: \tFri, 31 May 2019\nFrom: \tRhys Parry <rp@force.example>\nTo: \tSiân\n\n\n{DONE}\n", "Fwd: Actions"),
        ALONE,
    ),
    "passed on by Gmail": (
        lambda: page(
            '<div dir="ltr">See below.<br><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">---------- Forwarded message ---------<br>From: '
            '<strong class="gmail_sendername">Rhys Parry</strong> &lt;rp@force.example&gt;<br>Date: Fri, 31 May 2019<br>Subject: Actions<br>To: Siân'
            f"<br></div><br><br><div>{DONE}</div></div></div>",
            "Fwd: Actions",
        ),
        ALONE,
    ),
    "passed on twice": (
        lambda: plain(f"For you.\n\n{HEADS.split('Subject', maxsplit=1)[0]}Subject: FW: Actions\n\nPlease see below.\n\n{RHYS}{DONE}\n", "FW: Actions"), ALONE,
    ),
    "Apple Mail passes on, inside a quotation": (
        lambda: page(
            '<div>Please see below.</div><div><blockquote type="cite"><div>Begin forwarded message:</div><br><div><b>From: </b>Rhys Parry &lt;rp@force.example&gt;'
            f"<br></div><div><b>Subject: </b>Actions</div><div><b>Date: </b>31 May 2019</div><div><b>To: </b>Siân</div><br><div>{DONE}</div></blockquote></div>",
            "Fwd: Actions",
        ),
        ALONE,
    ),
    "Outlook, answers in red among the earlier words": (lambda: page(OUTLOOK.format("Please see my responses.").replace(f"<p class=MsoNormal>{ASKED}</p>", RED)), BELOW),
    "Gmail, answers in another colour": (
        lambda: page(GMAIL.format("See my comments.", GMAIL_QUOTE.format('8/2019? <font color="#0000ff">Done on 31 May.</font>'))),
        {"8/2019": "Done on 31 May."},
    ),
    "Outlook, coloured words that are none of its sender's": (lambda: page(OUTLOOK.format(DONE).replace(f"<p class=MsoNormal>{ASKED}</p>", RED)), ALONE),
    "GroupWise": (lambda: plain(f"{DONE}\n\n>>> {OFFICE} 03/06/2019 09:00 >>>\n{ASKED}\n"), ALONE),
    "Zoho": (lambda: plain(f"{DONE}\n\n---- On Mon, 03 Jun 2019 09:00:00 +0100 {OFFICE} wrote ----\n\n{ASKED}\n"), ALONE),
    "a telephone in German": (lambda: plain("Done on 31 May.\n\nVon meinem iPhone gesendet\n", "Re: 8/2019"), {"8/2019": "Done on 31 May."}),
    "a telephone in French": (lambda: plain("Done on 31 May.\n\nEnvoyé de mon iPhone\n", "Re: 8/2019"), {"8/2019": "Done on 31 May."}),
    "a table that was filled in before": (lambda: page(OUTLOOK_WEB.format("Thank you, noted.").replace(f"<div>{ASKED}</div>", FORM)), {}),
    "a table that is filled in in the earlier letter": (
        lambda: page(OUTLOOK_WEB.format("I have filled in the table.").replace(f"<div>{ASKED}</div>", FORM)), {"8/2019": "Shared on 31 May."},
    ),
    "a table under people's own headings": (
        lambda: page("<table><tr><th>Action</th><th>Current position</th></tr><tr><td>8/2019 Share the plan</td><td>Done on 31 May.</td></tr></table>"),
        {"8/2019": "Done on 31 May."},
    ),
    "a numbered list": (lambda: plain("1. 8/2019: done on 31 May.\n2. 9/2019: not yet begun.\n"), {"8/2019": "8/2019: done on 31 May.", "9/2019": "9/2019: not yet begun."}),
    "several under one year": (lambda: plain("Actions 8, 9 and 12/2019 are complete.\n"), dict.fromkeys(("8/2019", "9/2019", "12/2019"), "Actions 8, 9 and 12/2019 are complete.")),
    "from one to another": (lambda: plain("Actions 8 to 12/2019 are complete.\n"), dict.fromkeys(("8/2019", "9/2019", "12/2019"), "Actions 8 to 12/2019 are complete.")),
    "references as headings": (
        lambda: plain("Action 8/2019\n\nDone on 31 May.\n\n9/2019:\n\nNot yet begun.\n\nKind regards\nSiân\n"),
        {"8/2019": "Action 8/2019 Done on 31 May.", "9/2019": "9/2019: Not yet begun."},
    ),
    "below lines that name two, under a title that names one": (
        lambda: plain(f"{WROTE}\n\n> 8/2019?\n>> 12/2019 is late.\n\nDone on 31 May.\n", "Re: 8/2019"), {"8/2019": "Done on 31 May."},
    ),
    "a letter in a letter in a letter": (
        lambda: attached(attached(plain(DONE, "Actions"), "Please see what hangs on this."), "For you."), ALONE,
    ),
}  # fmt: skip


def read(made: Made) -> Reply:
    data = made if isinstance(made, bytes) else made.encode() if isinstance(made, str) else made.as_bytes()
    reply, problems = read_reply(data, "inbox/a.eml")
    assert problems == ()
    assert reply is not None
    return reply


def said(reply: Reply) -> dict[str, str]:
    """By reference what a person who reads the letter takes from it."""
    filled = {one.ref: one.update for one in reply.lines}
    return filled | {ref: " ".join(" ".join(words).split()) for ref, words in said_of(reply, ROWS).words.items()}


def under(html: str) -> str:
    """The letter that it answers, below its heads, with answers in it."""
    return OUTLOOK.replace(f"<p class=MsoNormal>{ASKED}</p>", html)


LONG = "> 8/2019: please tell us by the end of the month what has been done about\nthe plan, and by whom.\n"
LETTERS |= {
    "a quotation that was broken without a mark": (
        lambda: plain(f"{WROTE}\n{LONG}>\nDone on 31 May.\n"),
        {"8/2019": "Done on 31 May."},
    ),
    "an answer right below a long question": (
        lambda: plain(f"{WROTE}\n{LONG.split(chr(10), maxsplit=1)[0]}\ndone on 31 May, by the staff officer.\n"),
        {"8/2019": "done on 31 May, by the staff officer."},
    ),
    "a flowed quotation that was broken": (
        lambda: plain(
            f"{WROTE}\n> 8/2019: please tell us by the end of the month what has been \n> done about\nthe plan.\n>\nDone on 31 May.\n",
            flowed="no",
        ),
        {"8/2019": "Done on 31 May."},
    ),
    "answers behind a name": (
        lambda: page(
            under(
                "<p>8/2019: where does it stand? <b><i>[Holloway, Siân]</i></b> Done on 31 May.</p><p>9/2019?</p><p>[Holloway, Siân] Not yet begun.</p>"
            ).format("Please see below.")
        ),
        BELOW,
    ),
    "answers behind first letters": (
        lambda: plain(f"{WROTE}\n> 8/2019?\n> [SH] Done on 31 May.\n> 9/2019?\n> [SH] Not yet begun.\n"),
        BELOW,
    ),
    "another's name is none": (lambda: plain(f"Thank you.\n\n{WROTE}\n> 8/2019?\n> [Parry, Rhys] Done on 31 May.\n"), {}),
    "a cell for two rows": (
        lambda: page(
            FORM.replace("<td><p>Shared", "<td rowspan=2><p>Shared").replace(
                "</table>", "<tr><td>9/2019</td><td>No</td></tr></table>"
            )
        ),
        {"8/2019": "Shared on 31 May.", "9/2019": "Shared on 31 May."},
    ),
    "a cell for two columns": (
        lambda: page(
            "<table><tr><td>Reference</td><td>Action</td><td>Owner</td><td>Update</td></tr><tr><td>8/2019</td><td colspan=2>Share it</td>"
            "<td>Shared on 31 May.</td></tr></table>"
        ),
        {"8/2019": "Shared on 31 May."},
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_the_words_about_each_reference_are_the_senders_own(name: str) -> None:
    make, expected = LETTERS[name]
    reply = read(make())
    assert reply.kind is ReplyKind.LETTER
    assert said(reply) == {ref: words for ref, words in expected.items() if words}


def test_who_wrote_what_is_passed_on_twice_is_its_own_writer() -> None:
    by = {one.by for one in read(LETTERS["passed on twice"][0]()).passages if "8/2019" in one.text}
    assert by == {"Rhys Parry <rp@force.example>"}


def test_answers_in_another_colour_among_the_earlier_words_are_said_to_be_there() -> None:
    reply = read(page(OUTLOOK.format("Please see my answers below in red.")))
    assert any("answers stand among the lines" in one for one in reply.remarks)


def test_what_is_encrypted_is_said_and_proposes_nothing() -> None:
    content = cms.ContentInfo({"content_type": "enveloped_data"}).dump()
    reply = read(wrapped(sealed(content)))
    assert any("encrypted" in one or "damaged" in one for one in reply.remarks)
    assert said(reply) == {}


EXIM = "This message was created automatically by mail delivery software.\n\n"
EXIM_BACK = (
    f"{EXIM}A message that you sent could not be delivered to one or more of its recipients. This is a permanent error. "
    "The following address(es) failed:\n\n  cc@force.example\n    Unrouteable address\n\n------ This is a copy of the message, including all "
    f"the headers. ------\n\nMessage-ID: {OUR_ID}\nSubject: Briefing pack\n\nDear Chief Constable, 12/2019 is due.\n"
)
EXIM_LATE = (
    f"{EXIM}A message that you sent has not yet been delivered to one or more of its recipients after more than 24 hours on the queue on "
    f"mail.force.example.\n\nThe message identifier is:     1hXyz-0001Ab-CD\nThe subject of the message is: Briefing pack\n\nThe address to which the "
    "message has not yet been delivered is:\n\n  cc@force.example\n\nNo action is required on your part.\n"
)
QMAIL = (
    "Hi. This is the qmail-send program at mail.force.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n"
    "This is a permanent error; I've given up. Sorry it didn't work out.\n\n<cc@force.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n\n"
    f"--- Below this line is a copy of the message.\n\nMessage-ID: {OUR_ID}\nSubject: Briefing pack\n\nDear Chief Constable\n"
)
DAEMON = "MAILER-DAEMON@mail.force.example"
SEEN = f"Reporting-UA: force.example; Outlook\nFinal-Recipient: rfc822; cc@force.example\nOriginal-Message-ID: {OUR_ID}\nDisposition: {{}}\n"
READ = "manual-action/MDN-sent-manually; displayed"
GONE = "automatic-action/MDN-sent-automatically; deleted"


def machine(title: str, text: str) -> Message:
    return email.message_from_string(f"From: {DAEMON}\nSubject: {title}\nAuto-Submitted: auto-replied\n\n{text}")


def seen(title: str, words: str) -> Message:
    notice = raw("message/disposition-notification", SEEN.format(words))
    return report(title, MIMEText("Your message was read."), notice, kind="disposition-notification")


REPORTS: dict[str, tuple[Callable[[], Made], Delivery]] = {
    "Exchange": (
        lambda: report("Undeliverable: Briefing pack", MIMEText("<p>Your message to cc couldn't be delivered.</p>", "html"), status("failed", "5.1.10"), original()),
        Delivery.CAME_BACK,
    ),
    "Exchange, late": (lambda: report("Delivery delayed: Briefing pack", MIMEText("Delayed"), status("delayed", "4.4.7"), original()), Delivery.LATE),
    "Postfix": (lambda: report("Undelivered Mail Returned to Sender", MIMEText("I'm sorry"), status("failed", "5.1.1"), original()), Delivery.CAME_BACK),
    "Postfix, in other languages": (
        lambda: report("Undelivered", MIMEText("x"), status("failed", "5.1.1", kind="global-delivery-status"), original()), Delivery.CAME_BACK,
    ),
    "Postfix, late": (lambda: report("Delayed Mail (still being retried)", MIMEText("late"), status("delayed", "4.4.1"), original()), Delivery.LATE),
    "sendmail": (lambda: report("Returned mail: see transcript for details", MIMEText("x"), status("failed", "5.1.1"), original()), Delivery.CAME_BACK),
    "sendmail, late": (
        lambda: report("Warning: could not send message for past 4 hours", MIMEText("x"), status("delayed", "4.4.1"), original()), Delivery.LATE,
    ),
    "Exim": (lambda: machine("Mail delivery failed: returning message to sender", EXIM_BACK), Delivery.CAME_BACK),
    "Exim, late": (lambda: machine("Warning: message 1hXyz-0001Ab-CD delayed 24 hours", EXIM_LATE), Delivery.LATE),
    "qmail": (lambda: machine("failure notice", QMAIL), Delivery.CAME_BACK),
    "arrived, by a gateway": (lambda: report("Delivery Status Notification (Success)", status("relayed", "2.0.0"), original()), Delivery.ARRIVED),
    "it was read": (lambda: seen("Read: Briefing pack", READ), Delivery.ARRIVED),
    "Exchange in German, without its report": (lambda: machine("Unzustellbar: Briefing pack", f"Nicht zugestellt.\n\n<cc@force.example>: unknown\n{OUR_ID}\n"), Delivery.CAME_BACK),
    "GroupWise": (lambda: machine("Message status - undeliverable", f"undeliverable:\n<cc@force.example>: unknown\n\n{OUR_ID}\n"), Delivery.CAME_BACK),
    "it was thrown away unread": (lambda: seen("Not read: Briefing pack", GONE), Delivery.ARRIVED),
}  # fmt: skip


@pytest.mark.parametrize("name", REPORTS)
def test_what_a_server_tells_of_a_letter_is_a_report_of_it_and_no_news(name: str) -> None:
    make, expected = REPORTS[name]
    reply = read(make())
    assert (reply.kind, reply.delivery and reply.delivery.outcome) == (ReplyKind.DELIVERY, expected)
    assert reply.delivery is not None
    assert set(reply.delivery.addresses) <= {"cc@force.example"}
    assert "late" in name or OUR_ID in reply.delivery.message_ids


def test_a_report_of_several_names_those_alone_of_whom_it_tells() -> None:
    fields = "Final-Recipient: rfc822; {}@force.example\nAction: {}\nStatus: {}\n"
    groups = (fields.format("cc", "failed", "5.1.1"), fields.format("dcc", "delivered", "2.0.0"))
    reply = read(
        report("Undeliverable", raw("message/delivery-status", "\n".join(("Reporting-MTA: dns; x\n", *groups))), original())
    )
    assert reply.delivery is not None
    assert (reply.delivery.outcome, reply.delivery.addresses) == (Delivery.CAME_BACK, ("cc@force.example",))


def test_a_report_without_its_own_words_is_late_where_its_title_says_so() -> None:
    reply = read(machine("Delivery delayed: Briefing pack", "Delivery will continue to be attempted.\n"))
    assert reply.delivery is not None
    assert reply.delivery.outcome is Delivery.LATE


def test_what_a_person_writes_about_a_letter_that_came_back_is_a_letter_and_settles_it_too() -> None:
    back = report("Undeliverable: Briefing pack", status("failed", "5.1.1"), original())
    reply = read(attached(back, "The DCC has left: please write to cc2@force.example.", "FW: Undeliverable: Briefing pack"))
    assert reply.kind is ReplyKind.LETTER
    assert reply.text == "The DCC has left: please write to cc2@force.example."
    assert reply.delivery is not None
    assert OUR_ID in reply.delivery.message_ids
    assert any("passes on what a machine sent" in one for one in reply.remarks)


AWAY = "I am away until 10 June. 8/2019 will be complete when I am back.\n"


@pytest.mark.parametrize(
    "title",
    ["Automatic reply: Actions", "Ateb awtomatig: Actions", "Allan o'r swyddfa: Actions", "Automatische Antwort: Actions",
     "Abwesenheitsnotiz: Actions", "Réponse automatique : Actions", "[EXTERNAL] Automatic reply: Actions", "Out of Office Re: Actions",
     "AUTO: Siân Holloway is out of the office (returning 10/06/2019)", "OOO: Actions", "Annual leave Re: Actions", "Respuesta automática: Actions",
     "Risposta automatica: Actions", "Automatisch antwoord: Actions", "I am out of the office Re: Actions", "Read: Actions"],
)  # fmt: skip
def test_an_automatic_reply_is_told_by_its_title_where_its_heads_are_gone(title: str) -> None:
    assert read(plain(AWAY, title)).kind is ReplyKind.AUTOMATIC


@pytest.mark.parametrize(
    "title", ["Re: Automatic reply: Actions", "Auto crime: 8/2019", "On leave and sickness figures", "Read 8/2019 again"]
)
def test_a_title_that_only_speaks_of_one_is_a_persons(title: str) -> None:
    assert read(plain(DONE, title)).kind is ReplyKind.LETTER


@pytest.mark.parametrize(
    "heads", [{"Auto_Submitted": "auto-replied (vacation)"}, {"X_Autoreply": "yes"}, {"Precedence": "auto_reply"}]
)
def test_and_by_its_heads_whatever_its_title(heads: dict[str, str]) -> None:
    assert read(plain(AWAY, "Re: Actions", **heads)).kind is ReplyKind.AUTOMATIC


@pytest.mark.parametrize("title", ["Read: Briefing pack", "Delivered: Briefing pack", "Read receipt (displayed) - Briefing pack"])
def test_a_receipt_without_parts_says_of_the_letter_that_it_answers_that_it_arrived(title: str) -> None:
    reply = read(plain("Your message was read on 3 June 2019.", title, In_Reply_To=OUR_ID))
    assert reply.delivery is not None
    assert (reply.kind, reply.delivery.outcome, reply.delivery.message_ids) == (ReplyKind.DELIVERY, Delivery.ARRIVED, (OUR_ID,))


@pytest.mark.parametrize("google", [False, True])
@pytest.mark.parametrize("answer", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_a_calendars_answer_is_told(answer: str, google: bool) -> None:
    reply = read(invited("REPLY", answer, f"{answer.title()}: Assurance meeting", google=google))
    assert reply.kind is ReplyKind.CALENDAR
    assert reply.calendar is not None
    assert (reply.calendar.uid, reply.calendar.answer, reply.calendar.address) == ("m@opcc.example", answer, "so@force.example")


@pytest.mark.parametrize("google", [False, True])
def test_another_time_that_is_proposed_is_said_and_waits_for_a_person(google: bool) -> None:
    reply = read(invited("COUNTER", "TENTATIVE", "New Time Proposed: Assurance meeting", "Could we say 2 pm?", google=google))
    assert reply.kind is ReplyKind.LETTER
    assert any("another time" in one and "28 June 2019" in one for one in reply.remarks)
    assert "Could we say 2 pm?" in reply.text


def test_a_meeting_that_its_sender_calls_off_is_said() -> None:
    reply = read(invited("CANCEL", "ACCEPTED", "Cancelled: Assurance meeting"))
    assert reply.kind is ReplyKind.LETTER
    assert any("calls off" in one and "Assurance meeting" in one for one in reply.remarks)


def test_an_answer_that_only_hangs_on_the_letter_is_one_too() -> None:
    message = plain("", "Declined: Assurance meeting")
    assert isinstance(message, EmailMessage)
    message.add_attachment(calendar("REPLY", "DECLINED").encode(), "application", "ics", filename="invite.ics")
    reply = read(message)
    assert reply.kind is ReplyKind.CALENDAR
    assert reply.calendar is not None
    assert reply.calendar.answer == "DECLINED"


def test_an_invitation_is_said() -> None:
    reply = read(invited("REQUEST", "NEEDS-ACTION", "Assurance meeting"))
    assert any("invites to" in one and "28 June 2019" in one for one in reply.remarks)


OUTLOOKS = {
    "__substg1.0_0037001F": "Re: Assurance",
    "__substg1.0_0C1A001F": "Siân Holloway",
    "__substg1.0_5D01001F": "so@force.example",
}


def outlooks(kind: str, **streams: str | bytes) -> Reply:
    """What Outlook keeps a machine's letter or an answer as."""
    said = OUTLOOKS | {"__substg1.0_001A001F": kind} | {f"__substg1.0_{name[1:]}": value for name, value in streams.items()}
    tree = {name: value if isinstance(value, bytes) else value.encode("utf-16-le") for name, value in said.items()}
    reply, _ = read_reply(compound_file({"__properties_version1.0": bytes(32), **tree}), "inbox/a.msg")
    assert reply is not None
    return reply


@pytest.mark.parametrize(("kind", "answer"), [("Pos", "ACCEPTED"), ("Neg", "DECLINED"), ("Tent", "TENTATIVE")])
def test_outlooks_own_answer_to_an_invitation_is_one(kind: str, answer: str) -> None:
    identity = bytes.fromhex("040000008200e00074c5b7101a82e008") + bytes(20) + b"\x20\0\0\0vCal-Uid\x01\0\0\0m@opcc.example\0"
    reply = outlooks(f"IPM.Schedule.Meeting.Resp.{kind}", _80030102=identity)
    assert reply.kind is ReplyKind.CALENDAR
    assert reply.calendar is not None
    assert (reply.calendar.uid, reply.calendar.answer, reply.calendar.address) == ("m@opcc.example", answer, "so@force.example")


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [("NDR", Delivery.CAME_BACK), ("DR", Delivery.ARRIVED), ("Delayed", Delivery.LATE), ("IPNRN", Delivery.ARRIVED)],
)
def test_outlooks_own_report_names_the_letter(kind: str, outcome: Delivery) -> None:
    reply = outlooks(f"REPORT.IPM.Note.{kind}", _1042001F=OUR_ID)
    assert reply.kind is ReplyKind.DELIVERY
    assert reply.delivery is not None
    assert (reply.delivery.outcome, reply.delivery.message_ids) == (outcome, (OUR_ID,))


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        ("Subject", "a b "),
        ("Subject", "=?utf-8?q?a?= "),
        ("From", "a@b.example, "),
        ("Content-Type", "text/plain; a=b; "),
        ("Content-Disposition", "attachment; filename*0=a; "),
    ],
)
def test_a_head_of_half_a_million_letters_costs_no_more_than_a_letter_does(head: str, piece: str) -> None:
    heads = {"From": "a@b.example", "Subject": "Re: 8/2019"} | {head: piece * (500_000 // len(piece))}
    begun = time.process_time()
    read("".join(f"{name}: {value}\n" for name, value in heads.items()) + "\nDone on 31 May.\n")
    assert time.process_time() - begun < 2
