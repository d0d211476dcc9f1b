"""`due` in an office: what it does on a day, once; what waits for a person; what the officer reads; and what it never sends."""

import email
import email.policy
import threading
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from reportpack.errors import ExitCode, InputError
from reportpack.model.duty import Became, DutyKind
from reportpack.run.due.day import LARGEST, DueReport, foresee_due, lines_of, log_lines, run_due
from reportpack.run.due.letters import drop_held, send_held, waiting_letters
from reportpack.run.init import make_office
from reportpack.run.letters.proposal import ReleaseOrder
from reportpack.run.letters.release import prepare_release, record_release
from reportpack.run.meetings.changes import cancel_meeting, move_meeting
from reportpack.run.office_files import Folders, open_memory
from reportpack.run.register.rows import add_row
from reportpack.run.steps.recording import Change
from tests.send.servers import Fault, FaultyServer, faulty

FIRST = date(2031, 5, 6)
HELD = date(2031, 6, 24)
MEETING = f"{HELD}-assurance"
SETTINGS = """
[[recipient]]
post = "cc"
email = "cc.staff@force.example"
name = "Corin <Leadley>"
edition = "force"
gets = ["pack", "reminders", "calendar"]

[mail]
from = "policy@office.example"

[[person]]
name = "Ellis Wainfleet"
post = "pcc"
email = "policy@office.example"

[due]
monthly = 0
tell = "pcc"
"""


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 7, tzinfo=UTC)


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    make_office(tmp_path / "office", FIRST)
    inputs = tmp_path / "office" / "inputs"
    settings = inputs / "office.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + SETTINGS, encoding="utf-8")
    return Folders(inputs, tmp_path / "office" / "build")


def run(folders: Folders, day: date) -> DueReport:
    return run_due(folders, at(day), day, lambda _: None)


def did(report: DueReport) -> list[str]:
    return [one.duties[0].kind.value for one in report.deeds if one.became is Became.DONE and one.failed is None]


def letters(folders: Folders, of: str) -> list[str]:
    """The words of the rehearsed letters whose file names hold that."""
    found = sorted((folders.build / "letters").glob(f"*{of}*.eml"))
    messages = [email.message_from_bytes(path.read_bytes(), policy=email.policy.default) for path in found]
    bodies = [message.get_body(("plain",)) for message in messages]
    return [f"{message['Subject']}\n{body.get_content() if body else ''}" for message, body in zip(messages, bodies, strict=True)]


def test_on_a_day_without_duties_nothing_is_done_and_the_log_says_so(folders: Folders) -> None:
    run(folders, FIRST)
    report = run(folders, FIRST)
    assert lines_of(report) == ("nothing was due",)
    assert report.exit_code is ExitCode.DONE
    assert (folders.memory / "due.log").read_text().splitlines()[-1] == "2031-05-06 08:00 nothing was due"


def test_the_commissioning_note_is_prepared_once_and_waits(folders: Folders) -> None:
    run(folders, FIRST)
    report = run(folders, HELD - timedelta(days=21))
    assert did(report) == ["commissioning note"]
    assert did(run(folders, HELD - timedelta(days=20))) == []
    assert (folders.build / MEETING / "commissioning-note.force.pdf").read_bytes().startswith(b"%PDF-")
    waiting = {one.what.duty: one for one in waiting_letters(folders)}
    (held,) = waiting[DutyKind.COMMISSION].what.letters
    assert (held.to.email, held.edition) == ("cc.staff@force.example", "force")
    assert "24 June 2031" in held.subject
    assert [one.name for one in held.enclosures] == [
        f"{HELD} assurance commissioning note force.pdf",
        f"{MEETING} deadlines.ics",
    ]
    assert letters(folders, "commissioning") == [], "nobody has let it go"
    assert "reportpack due send" in letters(folders, "report 2031-06-03")[0]


def test_letters_go_when_a_person_says_so_just_as_they_were_shown(folders: Folders) -> None:
    run(folders, FIRST)
    run(folders, HELD - timedelta(days=21))
    (held,) = [one for one in waiting_letters(folders) if one.what.duty is DutyKind.COMMISSION]
    (folders.inputs / "office.toml").write_text(
        (folders.inputs / "office.toml").read_text(encoding="utf-8").replace("Corin <Leadley>", "Somebody Else"), encoding="utf-8"
    )
    delivered = send_held(folders, (held.number,), Change(at(HELD - timedelta(days=20)), "Ellis"), lambda _: None)
    assert delivered is not None
    (said,) = letters(folders, "commissioning")
    assert "Dear Corin <Leadley>" in said
    assert held.number not in {one.number for one in waiting_letters(folders)}
    with pytest.raises(InputError, match="No letters wait"):
        send_held(folders, (held.number,), Change(at(HELD), "Ellis"), lambda _: None)


def test_letters_that_a_person_drops_never_go(folders: Folders) -> None:
    run(folders, FIRST)
    drop_held(folders, None, Change(at(FIRST), "Ellis", "not now"))
    assert waiting_letters(folders) == ()
    run(folders, FIRST + timedelta(days=1))
    assert letters(folders, "calendar") == []


def test_letters_whose_time_passes_are_dropped_and_the_officer_is_told(folders: Folders) -> None:
    run(folders, FIRST)
    run(folders, HELD - timedelta(days=21))
    run(folders, HELD - timedelta(days=7))
    assert DutyKind.COMMISSION not in {one.what.duty for one in waiting_letters(folders)}
    assert "nobody got it" in letters(folders, "report 2031-06-17")[0]


def test_what_the_office_has_set_goes_alone_and_the_rest_waits(folders: Folders) -> None:
    settings = folders.inputs / "office.toml"
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("monthly = 0", 'monthly = 0\nalone = ["reminders"]'), encoding="utf-8"
    )
    add_row(
        folders,
        "Actions",
        (("Action", "Share <the> plan"), ("Owner", "CC"), ("Due", "20 May 2031"), ("Audience", "force")),
        Change(at(FIRST)),
    )
    add_row(folders, "Actions", (("Action", "A secret thing"), ("Owner", "CC"), ("Due", "20 May 2031")), Change(at(FIRST)))
    run(folders, date(2031, 5, 13))
    (said,) = letters(folders, "reminder")
    assert "1/2031 Share <the> plan: due on 20 May 2031" in said
    assert "2/2031: due on 20 May 2031" in said
    assert "secret" not in said, "its words are for the office alone"
    assert {one.what.duty for one in waiting_letters(folders)} == {DutyKind.CALENDAR}
    run(folders, date(2031, 5, 14))
    assert len(letters(folders, "reminder")) == 1


def test_the_final_pack_is_built_and_shown_to_the_officer_and_to_nobody_else(folders: Folders) -> None:
    run(folders, FIRST)
    report = run(folders, HELD - timedelta(days=7))
    assert "final pack" in did(report)
    found = sorted((folders.build / "letters").glob("*.eml"))
    to = {email.message_from_bytes(path.read_bytes())["To"] for path in found}
    assert {one.split("<")[-1].strip(">") for one in to} == {"policy@office.example"}
    (said,) = letters(folders, "report 2031-06-17")
    assert f"reportpack release {MEETING}" in said
    again = run(folders, HELD - timedelta(days=6))
    assert did(again) == []


def test_a_dry_run_says_what_it_would_do_and_why_and_changes_nothing(folders: Folders) -> None:
    run(folders, FIRST)
    before = {path: path.read_bytes() for path in folders.inputs.parent.rglob("*") if path.is_file()}
    foreseen = foresee_due(folders, HELD - timedelta(days=21))
    assert [(one.duty.kind, one.do) for one in foreseen.decisions] == [(DutyKind.COMMISSION, True)]
    assert foreseen.decisions[0].why == "it was due on 3 June 2031"
    assert {path: path.read_bytes() for path in folders.inputs.parent.rglob("*") if path.is_file()} == before


def test_a_dry_run_in_a_new_office_makes_no_ledger(folders: Folders) -> None:
    foresee_due(folders, FIRST)
    assert not folders.memory.exists()


def test_one_duty_that_fails_stops_no_other_and_is_done_at_the_next_run(
    folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_row(folders, "Actions", (("Action", "Share the plan"), ("Owner", "CC"), ("Due", "17 June 2031")), Change(at(FIRST)))
    run(folders, FIRST)
    figures = next((folders.inputs / "performance").glob("*.xlsx"))
    templates = folders.inputs.parent / "own"
    templates.mkdir()
    (templates / "cover.html").write_text("{% broken", encoding="utf-8")
    broken = Folders(folders.inputs, folders.build, templates)
    report = run(broken, HELD - timedelta(days=7))
    assert report.exit_code is ExitCode.TEMPLATE
    assert "reminder" in did(report)
    assert "cover.html" in letters(folders, "report 2031-06-17")[0]
    assert figures.exists()
    mended = run(folders, HELD - timedelta(days=7))
    assert did(mended) == ["final pack"]


def test_two_runs_at_once_do_everything_once(folders: Folders) -> None:
    run(folders, FIRST)
    day = HELD - timedelta(days=21)
    reports: list[DueReport] = []
    runs = [threading.Thread(target=lambda: reports.append(run(folders, day))) for _ in range(2)]
    for one in runs:
        one.start()
    for one in runs:
        one.join()
    assert sorted(name for report in reports for name in did(report)) == ["commissioning note"]
    assert all(report.exit_code is ExitCode.DONE for report in reports)


def test_a_reply_in_the_inbox_is_taken_in_and_told(folders: Folders) -> None:
    (folders.inputs / "inbox").mkdir()
    (folders.inputs / "inbox" / "a.eml").write_text("From: cc.staff@force.example\nSubject: 1/2031\n\nComplete.\n")
    report = run(folders, FIRST)
    assert report.replies == 1
    assert "1 new in the inbox" in letters(folders, "report 2031-05-06")[0]


def test_a_clock_that_stands_back_is_said_and_nothing_is_repeated(folders: Folders) -> None:
    run(folders, FIRST)
    run(folders, HELD - timedelta(days=21))
    report = run(folders, HELD - timedelta(days=25))
    assert [one.kind for one in report.problems] == ["clock-behind"]
    assert did(report) == []
    assert did(run(folders, HELD - timedelta(days=21))) == []


@pytest.mark.parametrize(
    "moment", ["2031-03-30T00:30+00:00", "2031-03-30T01:30+00:00", "2031-10-26T00:30+00:00", "2031-10-26T01:30+00:00"]
)
def test_a_night_on_which_the_clocks_change_is_a_night_like_others(folders: Folders, moment: str) -> None:
    now = datetime.fromisoformat(moment)
    report = run_due(folders, now, now.date(), lambda _: None)
    assert report.exit_code is ExitCode.DONE


def test_no_meeting_and_no_officer_stop_nothing(folders: Folders) -> None:
    for path in (folders.inputs / "meetings").glob("*.toml"):
        path.unlink()
    settings = folders.inputs / "office.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("monthly = 0", "monthly = 6"), encoding="utf-8")
    report = run(folders, FIRST)
    assert did(report) == ["monthly build"]
    assert "a meeting that nobody has set" in report.deeds[0].said
    assert did(run(folders, FIRST + timedelta(days=1))) == []


def test_where_nobody_is_to_be_told_that_is_said(folders: Folders) -> None:
    settings = folders.inputs / "office.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace('tell = "pcc"', ""), encoding="utf-8")
    assert "nobody-told" in [one.kind for one in run(folders, HELD - timedelta(days=21)).problems]


def test_a_log_that_grows_is_turned(tmp_path: Path) -> None:
    (tmp_path / "due.log").write_text("x" * LARGEST)
    log_lines(tmp_path, at(FIRST), ["nothing was due\nsecond line"])
    assert (tmp_path / "due.log").read_text() == "2031-05-06 08:00 nothing was due second line\n"
    assert (tmp_path / "due.log.1").stat().st_size == LARGEST


def test_what_was_held_is_in_the_ledger_with_its_bytes(folders: Folders) -> None:
    run(folders, FIRST)
    run(folders, HELD - timedelta(days=21))
    ledger = open_memory(folders)
    assert ledger is not None
    with ledger:
        for one in waiting_letters(folders):
            for letter in one.what.letters:
                for file in letter.enclosures:
                    assert ledger.kept(file.sha256)


def through(folders: Folders, server: FaultyServer) -> None:
    """Letters go by that server, and reminders alone."""
    settings = folders.inputs / "office.toml"
    mail = f'[mail]\nserver = "127.0.0.1"\nport = {server.port}\ntls = "none"\nsign_in = "none"\n'
    text = settings.read_text(encoding="utf-8").replace("[mail]\n", mail)
    settings.write_text(text.replace("monthly = 0", 'monthly = 0\nalone = ["reminders"]'), encoding="utf-8")


def test_a_reminder_that_may_have_gone_is_never_sent_again_and_the_run_says_so(folders: Folders) -> None:
    add_row(folders, "Actions", (("Action", "Share the plan"), ("Owner", "CC"), ("Due", "20 May 2031")), Change(at(FIRST)))
    with faulty(Fault("dot", to="cc.staff@force.example")) as server:
        through(folders, server)
        report = run(folders, date(2031, 5, 13))
        assert report.exit_code is ExitCode.DELIVERY
        run(folders, date(2031, 5, 14))
        assert server.to("cc.staff@force.example") == 1
        assert server.to("policy@office.example") >= 1, "the officer's letter went all the same"


def test_what_a_person_releases_goes_with_the_next_run_once_and_nothing_before(folders: Folders) -> None:
    final = HELD - timedelta(days=7)
    with faulty() as server:
        through(folders, server)
        run(folders, final)
        assert server.to("cc.staff@force.example") == 0, "nobody has released it"
        order = ReleaseOrder(MEETING, "briefing-pack", (), None, "Ellis", at(final), final)
        record_release(folders, order, prepare_release(folders, order, lambda _: None))
        for step in (1, 1, 2):
            run(folders, final + timedelta(days=step))
        assert server.to("cc.staff@force.example") == 1
    (data,) = [data for to, data in server.taken if to == "cc.staff@force.example"]
    message = email.message_from_bytes(data, policy=email.policy.default)
    assert "Briefing pack" in message["Subject"]
    assert "application/pdf" in [part.get_content_type() for part in message.iter_attachments()]


def test_a_pack_that_was_only_rehearsed_goes_once_there_is_a_mail_server(folders: Folders) -> None:
    final = HELD - timedelta(days=7)
    run(folders, final)
    order = ReleaseOrder(MEETING, "briefing-pack", (), None, "Ellis", at(final), final)
    record_release(folders, order, prepare_release(folders, order, lambda _: None))
    assert "released letters" in did(run(folders, final + timedelta(days=1)))
    assert "released letters" not in did(run(folders, final + timedelta(days=2))), "one rehearsal is enough"
    with faulty() as server:
        through(folders, server)
        for step in (3, 3, 4):
            run(folders, final + timedelta(days=step))
        assert server.to("cc.staff@force.example") == 1


def test_a_reminder_that_was_only_rehearsed_goes_while_it_is_worth_sending(folders: Folders) -> None:
    alone = 'monthly = 0\nalone = ["reminders"]'
    settings = folders.inputs / "office.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("monthly = 0", alone), encoding="utf-8")
    for due in ("20 May 2031", "7 June 2031"):
        add_row(folders, "Actions", (("Action", "Share the plan"), ("Owner", "CC"), ("Due", due)), Change(at(FIRST)))
    run(folders, date(2031, 5, 13))
    run(folders, date(2031, 5, 31))
    assert len(letters(folders, "reminder")) == 2
    settings.write_text(settings.read_text(encoding="utf-8").replace(alone, "monthly = 0"), encoding="utf-8")
    with faulty() as server:
        through(folders, server)
        run(folders, date(2031, 6, 1))
        run(folders, date(2031, 6, 2))
    said = [email.message_from_bytes(data, policy=email.policy.default)["Subject"] for _, data in server.taken]
    assert [one for one in said if "Reminder" in one] == ["OFFICIAL: Reminder: actions 1/2031 and 2/2031"]


class CutOffError(Exception):
    """The run ends here, as a kill would end it."""


def test_a_run_that_is_cut_off_before_it_tells_is_told_of_by_the_next(folders: Folders, monkeypatch: pytest.MonkeyPatch) -> None:
    run(folders, FIRST)
    day = HELD - timedelta(days=7)

    def cut(*_: object) -> None:
        raise CutOffError

    with monkeypatch.context() as patched:
        patched.setattr("reportpack.run.due.day.log_lines", cut)
        with pytest.raises(CutOffError):
            run(folders, day)
    assert letters(folders, "report 2031-06-17") == []
    run(folders, day)
    (said,) = letters(folders, "report 2031-06-17")
    assert f"reportpack release {MEETING}" in said
    log = (folders.memory / "due.log").read_text(encoding="utf-8")
    assert log.count("done: final pack") == 1
    assert lines_of(run(folders, day)) == ("nothing was due",)


def calendars(server: FaultyServer) -> list[tuple[str, str, list[str]]]:
    """Of every letter with a meeting for a calendar: its subject, the method, and the calendar's sequence and status lines."""
    found = []
    for _, data in server.taken:
        message = email.message_from_bytes(data, policy=email.policy.default)
        for part in message.walk():
            if part.get_content_type() == "text/calendar" and part.get_filename() == f"{MEETING}.ics":
                lines = part.get_payload(decode=True).decode().splitlines()  # type: ignore[union-attr]
                told = [one for one in lines if one.startswith(("METHOD", "SEQUENCE", "STATUS", "DTSTART"))]
                found.append((message["Subject"], str(part.get_param("method")), told))
    return found


def test_who_has_the_meeting_in_a_calendar_is_told_once_of_a_move_and_of_a_cancel(folders: Folders) -> None:
    with faulty() as server:
        through(folders, server)
        settings = folders.inputs / "office.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace('["reminders"]', '["calendar"]'), encoding="utf-8")
        run(folders, FIRST)
        move_meeting(folders, MEETING, date(2031, 6, 26), None, Change(at(FIRST)), lambda _: True)
        for step in (1, 1, 2):
            run(folders, FIRST + timedelta(days=step))
        cancel_meeting(folders, MEETING, Change(at(FIRST)))
        for step in (3, 3, 4):
            run(folders, FIRST + timedelta(days=step))
    assert [(method, lines) for _, method, lines in calendars(server)] == [
        ("REQUEST", ["METHOD:REQUEST", "DTSTART:20310624T090000Z", "SEQUENCE:0", "STATUS:CONFIRMED"]),
        ("REQUEST", ["METHOD:REQUEST", "DTSTART:20310626T090000Z", "SEQUENCE:1", "STATUS:CONFIRMED"]),
        ("CANCEL", ["METHOD:CANCEL", "DTSTART:20310626T090000Z", "SEQUENCE:2", "STATUS:CANCELLED"]),
    ]
    called_off = [data for _, data in server.taken if b"Called off" in data]
    assert ["takes the meeting out of your calendar" in data.decode().replace("=\r\n", "") for data in called_off] == [True]


def test_a_meeting_that_is_back_where_it_was_before_anybody_was_told_sends_nothing_and_one_set_again_goes_ahead_after_all(
    folders: Folders,
) -> None:
    with faulty() as server:
        through(folders, server)
        settings = folders.inputs / "office.toml"
        settings.write_text(settings.read_text(encoding="utf-8").replace('["reminders"]', '["calendar"]'), encoding="utf-8")
        run(folders, FIRST)
        for day in (date(2031, 6, 26), HELD):
            move_meeting(folders, MEETING, day, None, Change(at(FIRST)), lambda _: True)
        run(folders, FIRST + timedelta(days=1))
        assert [lines[2] for _, _, lines in calendars(server)] == ["SEQUENCE:0"]
        cancel_meeting(folders, MEETING, Change(at(FIRST)))
        run(folders, FIRST + timedelta(days=2))
        file = folders.inputs / "meetings" / f"{MEETING}.toml"
        file.write_text(file.read_text(encoding="utf-8").replace("cancelled = true", ""), encoding="utf-8")
        run(folders, FIRST + timedelta(days=3))
    assert [method for _, method, _ in calendars(server)] == ["REQUEST", "CANCEL", "REQUEST"]
    (said,) = [data for _, data in server.taken if b"goes ahead after all" in data.replace(b"=\r\n", b"")]
    assert b"Goes ahead:" in said


def test_an_invitation_that_waits_is_overtaken_by_a_change_and_a_meeting_nobody_was_told_of_is_not_called_off(
    folders: Folders,
) -> None:
    run(folders, FIRST)
    move_meeting(folders, MEETING, date(2031, 6, 26), None, Change(at(FIRST)), lambda _: True)
    run(folders, FIRST + timedelta(days=1))
    (held,) = waiting_letters(folders)
    assert [one.version for one in held.what.letters] == [1]
    cancel_meeting(folders, MEETING, Change(at(FIRST)))
    run(folders, FIRST + timedelta(days=2))
    assert waiting_letters(folders) == ()
    assert letters(folders, "calendar") == []


def test_months_keep_their_capitals_in_what_is_asked_for(folders: Folders) -> None:
    row = (("Action", "Share the plan"), ("Owner", "CC"), ("Due", "20 May 2031"), ("Audience", "force"))
    add_row(folders, "Actions", row, Change(at(FIRST)))
    run(folders, HELD - timedelta(days=21))
    (held,) = [one for one in waiting_letters(folders) if one.what.duty is DutyKind.COMMISSION]
    assert "1/2031 Share the plan: overdue: was due 20 May 2031" in held.what.letters[0].text
