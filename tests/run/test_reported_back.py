"""A bounce that a person passes on in the words of a letter, as mail programs set it: told as one, never as news of the action in the subject that it quotes."""

import re
from email.message import EmailMessage

import pytest

from reportpack.model.outbox import LetterState
from reportpack.run.due.inbox import WaitingReply, list_inbox
from reportpack.run.office_files import Folders
from reportpack.run.register.rows import add_row
from reportpack.run.steps.recording import Change
from tests.run.test_machine_mail import NOW, drop, folders, sent_letter, state

__all__ = ["folders"]

TITLE = "Reminder: Action 1/2031 is due"
TO = "cc.staff@force.example"
OUTLOOK = f"""{{words}}

From: Microsoft Outlook <MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e@opcc.example>
Sent: 02 May 2031 09:12
To: Policy <policy@opcc.example>
Subject: Undeliverable: {TITLE}

Delivery has failed to these recipients or groups:

{TO} <mailto:{TO}>
The email address you entered couldn't be found. Please check the recipient's email address and try to resend the message.

Diagnostic information for administrators:
Generating server: mail.opcc.example
{TO}
Remote Server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup'
"""
ORIGINAL = f"From: policy@opcc.example\nTo: {TO}\nSubject: {TITLE}\nDate: Fri, 2 May 2031 09:11:00 +0100\n\nPlease tell us how 1/2031 stands.\n"
POSTFIX = f"""This is the mail system at host mail.opcc.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<{TO}>: host mx.force.example[192.0.2.7] said: 550 5.1.1 <{TO}>: Recipient address rejected: User unknown
"""
EXIM = f"""This message was created automatically by mail delivery software.

A message that you sent could not be delivered to one or more of its
recipients. This is a permanent error. The following address(es) failed:

  {TO}
    host mx.force.example [192.0.2.7]
    SMTP error from remote mail server after RCPT TO:<{TO}>:
    550 Unrouteable address
"""


def quoted(text: str) -> str:
    return "".join(f"> {line}\n" for line in text.splitlines())


BOUNCES = {
    "outlook": (f"FW: Undeliverable: {TITLE}", OUTLOOK.format(words="Hi, this one came back. See below.")),
    "exchange": (
        f"Fw: Undeliverable: {TITLE}",
        (
            f"From: postmaster@force.example\nSent: Friday, May 2, 2031 9:12 AM\nTo: policy@opcc.example\nSubject: Undeliverable: {TITLE}\n\n"
            f"Your message to {TO} couldn't be delivered.\n\ncc.staff wasn't found at force.example.\n\n"
            f"policy    Office 365    cc.staff\nAction Required        Recipient\nUnknown To address\n"
        ),
    ),
    "postfix": (
        "Fwd: Undelivered Mail Returned to Sender",
        (
            "FYI\n\n-------- Forwarded Message --------\nSubject: Undelivered Mail Returned to Sender\nDate: Fri, 2 May 2031 09:12:00 +0100\n"
            f"From: Mail Delivery System <MAILER-DAEMON@mail.opcc.example>\nTo: policy@opcc.example\n\n{POSTFIX}\n{ORIGINAL}"
        ),
    ),
    "gmail": (
        "Fwd: Delivery Status Notification (Failure)",
        "---------- Forwarded message ---------\nFrom: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nDate: Fri, 2 May 2031 at 09:12\n"
        f"Subject: Delivery Status Notification (Failure)\nTo: <policy@opcc.example>\n\n\nAddress not found\n\nYour message wasn't delivered to {TO}"
        " because the address couldn't be found, or is unable to receive mail.\n\n---------- Forwarded message ----------\n"
        + ORIGINAL,
    ),
    "german": (
        f"WG: Unzustellbar: {TITLE}",
        (
            f"Von: Microsoft Outlook\nGesendet: Freitag, 2. Mai 2031 09:12\nAn: policy@opcc.example\nBetreff: Unzustellbar: {TITLE}\n\n"
            f"Fehler bei der Nachrichtenzustellung an folgende Empfänger oder Verteilerlisten:\n\n{TO}\n"
            "Die eingegebene E-Mail-Adresse konnte nicht gefunden werden.\n"
        ),
    ),
    "welsh": (
        f"FW: Ni ellir danfon: {TITLE}",
        (
            f"Daeth hon yn ôl.\n\nOddi wrth: postmaster@force.example\nAnfonwyd: 02 Mai 2031 09:12\nAt: policy@opcc.example\n"
            f"Pwnc: Ni ellir danfon: {TITLE}\n\nNid oedd modd danfon eich neges at {TO}.\n550 5.1.1 User unknown\n"
        ),
    ),
    "apple": (
        "Fwd: Mail delivery failed: returning message to sender",
        "Begin forwarded message:\n\n"
        + quoted(
            "From: Mail Delivery System <Mailer-Daemon@mail.opcc.example>\nSubject: Mail delivery failed: returning message to sender\n"
            f"Date: 2 May 2031 at 09:12:00 BST\nTo: policy@opcc.example\n\n{EXIM}\n{ORIGINAL}"
        ),
    ),
    "thunderbird": (
        "A letter of ours bounced",
        (
            "Do we have another address?\n\n-------- Forwarded Message --------\nSubject: \tMail delivery failed: returning message to sender\n"
            "Date: \tFri, 2 May 2031 09:12:00 +0100\nFrom: \tMail Delivery System <Mailer-Daemon@mail.opcc.example>\nTo: \tpolicy@opcc.example\n\n"
            f"{EXIM}\n{ORIGINAL}"
        ),
    ),
    "pasted": (
        f"FW: Undeliverable: {TITLE}",
        f"Your message to {TO} couldn't be delivered.\nThe recipient's mailbox is full (552 5.2.2).\n",
    ),
    "notes": (
        "Fw: DELIVERY FAILURE: User not listed in Domino Directory",
        (
            "----- Forwarded by Policy/OPCC on 02/05/2031 09:15 -----\n\nFrom: Postmaster@force.example\nTo: policy@opcc.example\nDate: 02/05/2031 09:12\n"
            "Subject: DELIVERY FAILURE: User cc.staff not listed in Domino Directory\n\n"
            f"Your message\n\n  Subject: {TITLE}\n\nwas not delivered to:\n\n  {TO}\n\nbecause:\n\n  User cc.staff not listed in Domino Directory\n"
        ),
    ),
    "answered": (
        f"RE: Undeliverable: {TITLE}",
        "We had this again.\n\nOn 2 May 2031, at 09:12, Mail Delivery System <MAILER-DAEMON@mail.opcc.example> wrote:\n\n"
        + quoted(POSTFIX),
    ),
    "groupwise": (
        f"Fwd: Message status - undeliverable: {TITLE}",
        (
            ">>> Mail Administrator <postmaster@force.example> 02/05/2031 09:12 >>>\n"
            f"The message that you sent was undeliverable to the following:\n\t{TO} (user not found)\n\nSubject: {TITLE}\n"
        ),
    ),
}
TWINS = {
    "news": (
        "RE: Action 1/2031",
        "1/2031: the post is undeliverable to that address, so we sent the plan by hand.",
    ),
    "passed on by a person": (
        "FW: Undeliverable post and Action 1/2031",
        (
            "See what Sam says.\n\nFrom: Sam Lee <sam@force.example>\nSent: 02 May 2031 09:12\nTo: Staff officer <cc.staff@force.example>\n"
            "Subject: Undeliverable post\n\nFor 1/2031: leaflets could not be delivered to 40 houses; the rest went."
        ),
    ),
    "told of failures": (
        "FW: Mail delivery failed at the town hall: Action 1/2031",
        "1/2031: Royal Mail could not deliver the survey to 300 homes. We will try again in June. Ask jo@force.example.",
    ),
    "answers below": (
        f"RE: {TITLE}",
        f"1/2031: your message came back once (550 5.1.1), but we have it now. The plan goes out in May.\n\n{ORIGINAL}",
    ),
}


@pytest.fixture
def acting(folders: Folders) -> Folders:
    add_row(folders, "Actions", (("Action", "Share the delivery plan"), ("Owner", "CC"), ("Due", "none")), Change(NOW))
    return folders


def _in_a_quotation(found: re.Match[str]) -> str:
    return f"<blockquote>{found[0].replace('<p>> ', '<p>')}</blockquote>"


def passed_on(folders: Folders, title: str, words: str, *, page: bool = False) -> tuple[tuple[WaitingReply, ...], str]:
    """What waits of it, and all that is said of it."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "Jo Hall <jo@force.example>", "policy@opcc.example", title
    letter.set_content(words)
    if page:
        shown = "".join(f"<p>{line}</p>" for line in words.replace("<", "&lt;").splitlines())
        letter.set_content(re.sub("(?:<p>> .*?</p>)+", _in_a_quotation, shown), subtype="html")
    drop(folders, letter.as_string())
    waiting, _, notes = list_inbox(folders, NOW)
    return waiting, " ".join((*(one.found for one in notes), *(said for one in waiting for said in one.kept.remarks)))


@pytest.mark.parametrize("page", [False, True])
@pytest.mark.parametrize("name", BOUNCES)
def test_the_letter_came_back_and_who_reports_it_is_said(acting: Folders, name: str, page: bool) -> None:
    sent_letter(acting, TITLE)
    waiting, said = passed_on(acting, *BOUNCES[name], page=page)
    assert state(acting) is LetterState.CAME_BACK
    assert [one.proposals for one in waiting if one.proposals] == []
    assert "came back: it did not arrive" in said
    assert "reported by Jo Hall" in said


def test_of_two_letters_that_it_may_be_it_asks_which(acting: Folders) -> None:
    sent_letter(acting, TITLE)
    sent_letter(acting, TITLE, "another")
    waiting, said = passed_on(acting, *BOUNCES["outlook"])
    assert state(acting) is LetterState.SENT
    assert [one.proposals for one in waiting] == [()]
    assert "which letter came back" in said


def test_of_a_letter_to_somebody_else_it_asks_which(acting: Folders) -> None:
    sent_letter(acting, TITLE)
    title, words = BOUNCES["gmail"]
    waiting, said = passed_on(acting, title, words.replace(TO, "other@force.example"))
    assert state(acting) is LetterState.SENT
    assert [one.proposals for one in waiting] == [()]
    assert "which letter came back" in said


def test_news_above_a_bounce_stays_news(acting: Folders) -> None:
    sent_letter(acting, TITLE)
    waiting, _ = passed_on(acting, f"FW: Undeliverable: {TITLE}", OUTLOOK.format(words="1/2031: the plan went out in April."))
    assert [one.words for one in waiting[0].proposals] == ["1/2031: the plan went out in April."]
    assert state(acting) is LetterState.CAME_BACK


@pytest.mark.parametrize("page", [False, True])
@pytest.mark.parametrize("name", TWINS)
def test_words_about_post_that_did_not_arrive_are_news(acting: Folders, name: str, page: bool) -> None:
    sent_letter(acting, TITLE)
    waiting, said = passed_on(acting, *TWINS[name], page=page)
    assert [proposal.ref for proposal in waiting[0].proposals] == ["1/2031"]
    assert state(acting) is LetterState.SENT
    assert "came back: it" not in said
