"""The inbox: replies are kept once, shown with what they propose, and become part of the register only by a person's word."""

import io
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import openpyxl
import pytest

from reportpack.errors import InputError, RefusedError
from reportpack.model.commission import FormAction, ReplyForm
from reportpack.model.reply import Saying
from reportpack.render.sheet import reply_form_bytes
from reportpack.run.due.inbox import accept_reply, list_inbox, refuse_reply
from reportpack.run.init import make_office
from reportpack.run.office_files import Folders, open_memory
from reportpack.run.register.rows import add_row, standing_register, update_row
from reportpack.run.status import office_status
from reportpack.run.steps.recording import Change

NOW = datetime(2031, 5, 6, 9, 30, tzinfo=UTC)
RECIPIENT = '\n[[recipient]]\npost = "cc"\nemail = "cc.staff@force.example"\nedition = "force"\ngets = ["reply form"]\n'
LETTER = "From: Staff officer <{address}>\nSubject: Actions\nDate: Tue, 06 May 2031 08:00:00 +0100\n\n{words}\n"


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    make_office(tmp_path / "office", NOW.date())
    inputs = tmp_path / "office" / "inputs"
    (inputs / "inbox").mkdir()
    settings = inputs / "office.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + RECIPIENT, encoding="utf-8")
    made = Folders(inputs, tmp_path / "office" / "build")
    for words in ("Share the delivery plan", "Report on response times"):
        add_row(made, "Actions", (("Action", words), ("Owner", "CC"), ("Due", "none")), Change(NOW))
    return made


def drop(folders: Folders, words: str, name: str = "reply.eml", address: str = "cc.staff@force.example") -> Path:
    path = folders.inputs / "inbox" / name
    path.write_text(LETTER.format(address=address, words=words), encoding="utf-8")
    return path


def texts(folders: Folders, ref: str) -> dict[str, str]:
    return next(row.texts for row in standing_register(folders, 2031)[0] if row.ref == ref)


def test_a_reply_is_kept_whole_and_moved_only_then(folders: Folders) -> None:
    path = drop(folders, "1/2031 complete.")
    data = path.read_bytes()
    waiting, taken, problems = list_inbox(folders, NOW)
    assert (taken, problems) == (1, ())
    assert [(one.ref, one.saying) for one in waiting[0].proposals] == [("1/2031", Saying.COMPLETE)]
    assert waiting[0].known
    assert waiting[0].kept.post == "cc"
    assert not path.exists()
    assert (folders.inputs / "inbox" / "done" / "reply.eml").read_bytes() == data
    ledger = open_memory(folders)
    assert ledger is not None
    with ledger:
        assert ledger.kept(waiting[0].kept.sha256) == data
    assert "State" not in texts(folders, "1/2031"), "nothing changes by itself"


def test_the_same_file_twice_changes_nothing(folders: Folders) -> None:
    drop(folders, "1/2031 complete.")
    before = list_inbox(folders, NOW)[0]
    drop(folders, "1/2031 complete.", "the same again.eml")
    again, taken, _ = list_inbox(folders, NOW)
    assert taken == 0
    assert again == before
    accept_reply(folders, before[0].number, (), None, Change(NOW, "Ellis"))
    drop(folders, "1/2031 complete.", "reply.eml")
    assert list_inbox(folders, NOW)[:2] == ((), 0)


def test_what_is_accepted_is_in_the_register_with_who_said_it(folders: Folders) -> None:
    drop(folders, "1/2031 complete, see the letter.\n2/2031 is late.")
    (waiting,), _, _ = list_inbox(folders, NOW)
    accept_reply(folders, waiting.number, (), None, Change(NOW, "Ellis"))
    assert texts(folders, "1/2031")["State"] == "proposed complete"
    assert "complete, see the letter." in texts(folders, "1/2031")["Update"]
    assert texts(folders, "1/2031")["Evidence"].startswith("Reply of 6 May 2031, Staff officer, CC")
    assert "is late" in texts(folders, "2/2031")["Update"]
    assert "State" not in texts(folders, "2/2031")
    with pytest.raises(InputError, match="No reply"):
        accept_reply(folders, waiting.number, (), None, Change(NOW, "Ellis"))


def test_one_row_of_a_reply_can_be_accepted_and_another_refused(folders: Folders) -> None:
    drop(folders, "1/2031 complete.\n2/2031 complete.")
    (waiting,), _, _ = list_inbox(folders, NOW)
    accept_reply(folders, waiting.number, ("1/2031",), Saying.UPDATE, Change(NOW, "Ellis"))
    assert "State" not in texts(folders, "1/2031"), "the officer took it as news"
    (left,), _, _ = list_inbox(folders, NOW)
    assert [one.ref for one in left.proposals] == ["2/2031"]
    with pytest.raises(InputError, match="says nothing"):
        refuse_reply(folders, waiting.number, ("1/2030",), Change(NOW, "Ellis", "not so"))
    refuse_reply(folders, waiting.number, ("2/2031",), Change(NOW, "Ellis", "The report has not come."))
    assert list_inbox(folders, NOW)[0] == ()
    assert "Update" not in texts(folders, "2/2031")


def test_a_reply_form_comes_back_as_it_was_sent_out(folders: Folders) -> None:
    actions = tuple(FormAction(f"{number}/2031", "Share the plan", "no date") for number in (1, 2))
    blank = ReplyForm("Reply form 1", "Assurance, 24 June 2031", "Chief Constable", "OFFICIAL", "", NOW.date(), actions)
    book = openpyxl.load_workbook(io.BytesIO(reply_form_bytes(blank)))
    sheet = book.worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    header = next(at for at, row in enumerate(rows, start=1) if "Reference" in row)
    names = list(rows[header - 1])
    sheet.cell(header + 1, names.index("Update") + 1, "Shared on 3 May.")
    sheet.cell(header + 1, names.index("Complete?") + 1, "yes")
    message = EmailMessage()
    message["From"] = "cc.staff@force.example"
    message.set_content("Filled in.")
    stream = io.BytesIO()
    book.save(stream)
    message.add_attachment(stream.getvalue(), maintype="application", subtype="octet-stream", filename="form.xlsx")
    (folders.inputs / "inbox" / "form.eml").write_bytes(message.as_bytes())
    (waiting,), _, problems = list_inbox(folders, NOW)
    assert problems == ()
    assert waiting.kept.remarks == ()
    assert [(one.ref, one.saying, one.words) for one in waiting.proposals] == [("1/2031", Saying.COMPLETE, "Shared on 3 May.")]


def test_a_stranger_is_never_matched_without_a_persons_word(folders: Folders) -> None:
    drop(folders, "1/2031 complete.", address="somebody@else.example")
    (waiting,), _, _ = list_inbox(folders, NOW)
    assert not waiting.known
    with pytest.raises(RefusedError, match="stranger"):
        accept_reply(folders, waiting.number, (), None, Change(NOW, "Ellis"))
    accept_reply(folders, waiting.number, ("1/2031",), None, Change(NOW, "Ellis"))
    assert texts(folders, "1/2031")["State"] == "proposed complete"


def test_a_reply_that_names_nothing_is_put_to_a_row_by_a_person(folders: Folders) -> None:
    drop(folders, "We have shared it.")
    (waiting,), _, _ = list_inbox(folders, NOW)
    with pytest.raises(RefusedError, match="names nothing"):
        accept_reply(folders, waiting.number, (), None, Change(NOW, "Ellis"))
    accept_reply(folders, waiting.number, ("1/2031",), None, Change(NOW, "Ellis"))
    assert "We have shared it." in texts(folders, "1/2031")["Update"]


def test_what_is_no_reply_stays_where_it_is_and_is_said(folders: Folders) -> None:
    (folders.inputs / "inbox" / "holiday.png").write_bytes(b"\x89PNG")
    (folders.inputs / "inbox" / "~$open.docx").write_bytes(b"x")
    waiting, taken, problems = list_inbox(folders, NOW)
    assert (waiting, taken) == ((), 0)
    assert [one.source.file for one in problems] == ["inbox/holiday.png"]
    assert (folders.inputs / "inbox" / "holiday.png").exists()


def test_two_files_of_one_name_are_both_put_away(folders: Folders) -> None:
    drop(folders, "1/2031 complete.")
    list_inbox(folders, NOW)
    drop(folders, "2/2031 complete.")
    assert list_inbox(folders, NOW)[1] == 1
    assert sorted(one.name for one in (folders.inputs / "inbox" / "done").iterdir()) == ["reply (2).eml", "reply.eml"]


def test_an_action_of_another_post_is_remarked(folders: Folders) -> None:
    settings = folders.inputs / "office.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace('post = "cc"\nemail', 'post = "dcc"\nemail'), encoding="utf-8"
    )
    drop(folders, "1/2031 complete.")
    (waiting,), _, _ = list_inbox(folders, NOW)
    assert waiting.kept.remarks == ("1/2031 belongs to CC, and the sender does not hold that post.",)


def test_a_reply_against_what_stands_is_asked_about_and_counted_until_a_person_names_the_row(folders: Folders) -> None:
    update_row(folders, "1/2031", (("State", "closed"), ("Evidence", "The plan.")), Change(NOW))
    drop(folders, "1/2031: still in progress, will finish by July.\n2/2031 is late.")
    (waiting,), _, _ = list_inbox(folders, NOW)
    asked = [one.against for one in waiting.proposals]
    assert asked[0].startswith("1/2031 is closed in the register, and this says that it goes on: which holds?")
    assert asked[1] == ""
    waits = office_status(folders, NOW, NOW.date()).waiting
    assert [(one.decisions, one.about) for one in waits if one.verb == "inbox"] == [(1, "1 reply to accept or refuse")]
    with pytest.raises(RefusedError, match="which holds"):
        accept_reply(folders, waiting.number, (), None, Change(NOW, "Ellis"))
    accept_reply(folders, waiting.number, ("1/2031", "2/2031"), None, Change(NOW, "Ellis"))
    assert texts(folders, "1/2031")["State"] == "closed"
    assert "will finish by July" in texts(folders, "1/2031")["Update"]
