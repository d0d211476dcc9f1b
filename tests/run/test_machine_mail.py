"""What machines send back: a letter that came back is not sent, an automatic reply is set aside, a calendar's answer becomes apologies."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from reportpack.compose.commission import calendar_uid
from reportpack.errors import RefusedError
from reportpack.merge.letters import letters_standing
from reportpack.model.edition import Audience
from reportpack.model.letter import Addressee, Letter, LetterKind
from reportpack.model.office import Mail, SignIn, Tls
from reportpack.model.outbox import LetterState
from reportpack.run.due.inbox import accept_reply, list_inbox
from reportpack.run.init import make_office
from reportpack.run.letters.outbox import Manner, deliver
from reportpack.run.office_files import Folders, gather_meetings, open_memory
from reportpack.run.status import what_waits
from reportpack.run.steps.recording import Change
from reportpack.send.smtp import Patience
from tests.send.servers import faulty

NOW = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
MEETING = "2031-05-27-assurance"
RECIPIENT = '\n[[recipient]]\npost = "cc"\nemail = "cc.staff@force.example"\nedition = "force"\ngets = ["calendar"]\n'
REPORT = """From: postmaster@force.example
Subject: Report
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.force.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: 5.1.1

--b
Content-Type: text/rfc822-headers

Message-ID: {message_id}
--b--
"""
ANSWER = """From: Staff officer <cc.staff@force.example>
Subject: Declined
Content-Type: text/calendar; method=REPLY

BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
METHOD:REPLY
BEGIN:VEVENT
UID:{uid}
DTSTAMP:20310501T090000Z
ATTENDEE;PARTSTAT={answer}:mailto:cc.staff@force.example
END:VEVENT
END:VCALENDAR
"""


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    make_office(tmp_path / "office", NOW.date())
    inputs = tmp_path / "office" / "inputs"
    (inputs / "inbox").mkdir()
    (inputs / "meetings" / f"{MEETING}.toml").write_text('# As every month.\nvenue = "Room 1" # upstairs\n', encoding="utf-8")
    settings = inputs / "office.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + RECIPIENT, encoding="utf-8")
    return Folders(inputs, tmp_path / "office" / "build")


def sent_letter(folders: Folders, subject: str = "Pack", document: str = "briefing-pack") -> str:
    """The message id of a letter that a real server on this machine took."""
    to = Addressee("Staff officer", "cc.staff@force.example", "cc", Audience.FORCE)
    letter = Letter(LetterKind.PACK, MEETING, document, 1, Audience.FORCE, to, subject, "Dear", "<p>Dear</p>")
    ledger = open_memory(folders, begin=True)
    assert ledger is not None
    with ledger, faulty() as server:
        mail = Mail(port=server.port, tls=Tls.NONE, sign_in=SignIn.NONE, server="127.0.0.1", sender="policy@opcc.example")
        report = deliver(folders, ledger, (letter,), mail, NOW, manner=Manner(Patience(2, 2, 2), (0.01,), lambda _: None))
    assert report.letters[-1].state is LetterState.SENT
    return report.letters[-1].queued.message_id


def state(folders: Folders) -> LetterState:
    ledger = open_memory(folders)
    assert ledger is not None
    with ledger:
        return letters_standing(ledger.letters())[0].state


def drop(folders: Folders, text: str, name: str = "a.eml") -> None:
    (folders.inputs / "inbox" / name).write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("action", "after"),
    [("failed", LetterState.CAME_BACK), ("delivered", LetterState.ARRIVED), ("delayed", LetterState.SENT)],
)
def test_a_report_says_what_became_of_the_letter(folders: Folders, action: str, after: LetterState) -> None:
    message_id = sent_letter(folders)
    drop(folders, REPORT.format(address="cc.staff@force.example", action=action, message_id=message_id))
    waiting, taken, notes = list_inbox(folders, NOW)
    assert (waiting, taken, len(notes)) == ((), 1, 1)
    assert state(folders) is after


def test_the_start_page_counts_what_came_back(folders: Folders) -> None:
    office = gather_meetings(folders)[0].office
    message_id = sent_letter(folders)
    assert not [one for one in what_waits(folders, office, None) if "came back" in one.words]
    drop(folders, REPORT.format(address="cc.staff@force.example", action="failed", message_id=message_id))
    list_inbox(folders, NOW)
    assert "1 letter came back: reportpack send status" in [one.words for one in what_waits(folders, office, None)]


def test_a_report_of_a_letter_that_is_not_ours_settles_nothing_and_waits(folders: Folders) -> None:
    sent_letter(folders)
    drop(folders, REPORT.format(address="cc.staff@force.example", action="failed", message_id="<other@elsewhere.example>"))
    waiting, _, _ = list_inbox(folders, NOW)
    assert waiting[0].kept.remarks[0] == "It names no letter that was sent from here, so nothing was settled by it."
    assert state(folders) is LetterState.SENT


def test_a_report_that_a_person_passes_on_says_what_became_of_the_letter(folders: Folders) -> None:
    report = REPORT.format(address="cc.staff@force.example", action="failed", message_id=sent_letter(folders))
    head = 'From: policy@opcc.example\nSubject: FW: Undeliverable\nContent-Type: multipart/mixed; boundary="outer"\n\n--outer\n\nSee below.\n'
    drop(folders, f"{head}--outer\nContent-Type: message/rfc822\n\n{report}\n--outer--\n")
    waiting, _, _ = list_inbox(folders, NOW)
    assert state(folders) is LetterState.CAME_BACK
    assert any("came back: it did not arrive" in remark for one in waiting for remark in one.kept.remarks)


def test_an_automatic_reply_is_set_aside_and_said(folders: Folders) -> None:
    drop(
        folders,
        "From: cc.staff@force.example\nSubject: Actions\nAuto-Submitted: auto-replied\n\n1/2031 complete when I return.\n",
    )
    waiting, taken, notes = list_inbox(folders, NOW)
    assert (waiting, taken) == ((), 1)
    assert notes[0].found.startswith("Automatic reply of cc.staff@force.example, set aside.")


def uid(folders: Folders) -> str:
    settings, _, _ = gather_meetings(folders)
    return calendar_uid(MEETING, settings.office)


def test_a_calendars_no_becomes_apologies_by_a_persons_word_and_changes_that_line_alone(folders: Folders) -> None:
    drop(folders, ANSWER.format(uid=uid(folders), answer="DECLINED"))
    waiting, _, _ = list_inbox(folders, NOW)
    assert waiting[0].kept.apologies == MEETING
    accept_reply(folders, waiting[0].number, (), None, Change(NOW, "Officer"))
    text = (folders.inputs / "meetings" / f"{MEETING}.toml").read_text(encoding="utf-8")
    assert text == '# As every month.\nvenue = "Room 1" # upstairs\napologies = ["cc"]\n'
    assert list_inbox(folders, NOW)[0] == ()


def test_a_calendars_yes_asks_for_nothing(folders: Folders) -> None:
    drop(folders, ANSWER.format(uid=uid(folders), answer="ACCEPTED"))
    waiting, _, notes = list_inbox(folders, NOW)
    assert waiting == ()
    assert "comes to" in notes[0].found


@pytest.mark.parametrize("words", ["", "I am ten minutes late."])
def test_what_is_written_beside_a_calendars_yes_is_told(folders: Folders, words: str) -> None:
    answer = ANSWER.format(uid=uid(folders), answer="ACCEPTED")
    drop(folders, answer.replace("UID:", f"COMMENT:{words}\nUID:") if words else answer)
    (note,) = list_inbox(folders, NOW)[2]
    assert (f'comes to Assurance meeting, {MEETING}, and writes: "{words}"' in note.found) is bool(words)


def test_apologies_for_a_meeting_that_is_gone_are_refused_with_a_sentence(folders: Folders) -> None:
    drop(folders, ANSWER.format(uid=uid(folders), answer="DECLINED"))
    number = list_inbox(folders, NOW)[0][0].number
    (folders.inputs / "meetings" / f"{MEETING}.toml").unlink()
    with pytest.raises(RefusedError, match="not set any more"):
        accept_reply(folders, number, (), None, Change(NOW, "Officer"))
