"""Meetings set, moved and called off, and what follows them."""

import json
import shutil
import subprocess
import sys
import tomllib
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
import vobject

from reportpack.errors import InputError
from reportpack.ledger import open_ledger
from reportpack.model.edition import Audience
from reportpack.model.event import RowChange
from reportpack.model.letter import Addressee
from reportpack.model.meeting_event import MeetingCancelled, MeetingMoved, MeetingSet
from reportpack.run.meetings.calendar import invitation, write_calendar
from reportpack.run.meetings.changes import cancel_meeting, move_meeting, new_meetings
from reportpack.run.office_files import Folders, gather_meetings, which_meeting
from reportpack.run.register.rows import add_row
from reportpack.run.status import office_status
from reportpack.run.steps.recording import Change

EXAMPLE = Path(__file__).resolve().parents[2] / "inputs"
NOW = datetime(2019, 5, 29, 8, tzinfo=UTC)
TODAY = date(2019, 5, 29)
CHANGE = Change(NOW, "Ellis Wainfleet", "The election")
JUNE = "2019-06-25-assurance"
KINDS = (MeetingSet, MeetingMoved, MeetingCancelled)


@pytest.fixture
def office(tmp_path: Path) -> Folders:
    shutil.copytree(EXAMPLE, tmp_path / "inputs", ignore=shutil.ignore_patterns("memory", "performance"))
    return Folders(tmp_path / "inputs", tmp_path / "build")


def never(_: str) -> bool:
    return False


def always(_: str) -> bool:
    return True


def new(office: Folders, day: date | None = None, series: str = "", count: int = 1) -> list[str]:
    made, _ = new_meetings(office, day, series, count, CHANGE, never)
    return [one.meeting.id for one in made]


def file_of(office: Folders, meeting_id: str) -> Path:
    return office.inputs / "meetings" / f"{meeting_id}.toml"


def events(office: Folders) -> list[object]:
    with open_ledger(office.memory) as ledger:
        return [one.what for one in ledger.of_kinds(*KINDS) if JUNE in str(one.what)]


def test_the_next_meeting_is_on_the_day_that_the_series_rule_proposes(office: Folders) -> None:
    assert new(office) == [JUNE]
    _, meetings, problems = gather_meetings(office)
    june = which_meeting(meetings, "2019-06-25", TODAY)
    assert (june.start_time, june.venue, problems) == (time(10), "Meeting Room 1.38, Hindlip", ())
    assert tomllib.loads(file_of(office, JUNE).read_text(encoding="utf-8")) == {}
    assert "# Monthly Assurance Meeting, set for Tuesday 25 June 2019 at 10:00." in file_of(office, JUNE).read_text(
        encoding="utf-8"
    )


def test_the_commented_keys_of_a_new_file_are_a_meeting_when_the_signs_are_taken_away(office: Folders) -> None:
    new(office)
    lines = file_of(office, JUNE).read_text(encoding="utf-8").splitlines()
    keys = "\n".join(line.removeprefix("#").strip() for line in lines[lines.index("#") :])
    file_of(office, JUNE).write_text(keys.replace('status = "awaited"', ""), encoding="utf-8")
    _, meetings, problems = gather_meetings(office)
    assert [one.title for one in which_meeting(meetings, JUNE, TODAY).papers] == ["Progress report"]
    assert [one.kind for one in problems] == []


def test_several_are_set_at_once_and_what_fell_out_is_said(office: Folders) -> None:
    made, passed = new_meetings(office, None, "", 7, CHANGE, never)
    assert [one.meeting.id[:10] for one in made] == [
        "2019-06-25", "2019-07-30", "2019-09-24", "2019-10-29", "2019-11-26", "2020-01-28", "2020-02-25",
    ]  # fmt: skip
    assert [one.why[:39] for one in passed] == ["31 December 2019 is in a closure (The o"]


def test_a_file_that_is_there_is_never_overwritten(office: Folders) -> None:
    new(office)
    file_of(office, JUNE).write_text("# my words\n", encoding="utf-8")
    with pytest.raises(InputError, match="is there already"):
        new(office, date(2019, 6, 25))
    assert file_of(office, JUNE).read_text(encoding="utf-8") == "# my words\n"


def test_a_closure_and_a_bank_holiday_are_asked_about(office: Folders) -> None:
    for day, why in ((date(2019, 8, 27), "No meetings in August"), (date(2020, 4, 10), "Good Friday")):
        with pytest.raises(InputError, match=why):
            new(office, day)
        assert not file_of(office, f"{day}-assurance").exists()
        made, _ = new_meetings(office, day, "", 1, CHANGE, always)
        assert made[0].path.exists()


def test_a_rule_without_days_and_a_series_without_a_rule_ask_for_the_day(office: Folders) -> None:
    with pytest.raises(InputError, match="names June 2019 and no day"):
        new(office, None, "public")
    with pytest.raises(InputError, match='no series "pubic"'):
        new(office, None, "pubic")
    assert new(office, date(2019, 6, 24), "public") == ["2019-06-24-public"]


def test_a_move_keeps_the_id_the_name_and_every_comment(office: Folders) -> None:
    new(office)
    path = file_of(office, JUNE)
    path.write_bytes(
        b'# Before the inspection\r\nvenue = "Shirehall" # booked\r\n\r\n[[paper]]\r\ntitle = "Report"\r\nitem = "1"\r\n'
    )
    moved = move_meeting(office, "2019-06-25", date(2019, 7, 2), time(14), CHANGE, never)
    assert (moved.meeting.id, moved.meeting.day, moved.meeting.start_time) == (JUNE, date(2019, 7, 2), time(14))
    text = path.read_bytes().decode()
    assert "# Before the inspection\r\n" in text
    assert 'venue = "Shirehall" # booked\r\n' in text
    assert "date = 2019-07-02 # The election\r\n" in text
    assert "\n" not in text.replace("\r\n", "")
    assert moved.meeting.papers[0].wanted_by == date(2019, 6, 25)


def test_a_meeting_is_found_under_every_day_it_had_and_so_are_its_files(office: Folders) -> None:
    new(office)
    move_meeting(office, JUNE, date(2019, 7, 2), None, CHANGE, never)
    move_meeting(office, "2019-07-02", date(2019, 7, 9), None, CHANGE, never)
    for name, words in ((JUNE, "first"), ("2019-07-02-assurance", "second"), ("2019-07-09-assurance", "third")):
        (office.inputs / "notes" / f"{name}.md").write_text(f"## Confidence\n\nNote: The {words} words.\n", encoding="utf-8")
    (office.inputs / "papers" / "2019-07-09-assurance").mkdir()
    (office.inputs / "papers" / "2019-07-09-assurance" / "Plan.docx").write_bytes(b"x")
    with file_of(office, JUNE).open("a", encoding="utf-8") as file:
        file.write('\n[[paper]]\ntitle = "Plan"\nitem = "1"\nfile = "Plan.docx"\n')
    _, meetings, problems = gather_meetings(office)
    for name in (JUNE, "2019-06-25", "2019-07-02", "2019-07-09", "2019-07-02-assurance", "2019-07-09-assurance"):
        assert which_meeting(meetings, name, TODAY).id == JUNE
    june = which_meeting(meetings, JUNE, TODAY)
    assert june.papers[0].file == "papers/2019-07-09-assurance/Plan.docx"
    assert problems == ()
    moved = move_meeting(office, JUNE, date(2019, 6, 25), None, CHANGE, never)
    assert moved.files == (
        f"notes/{JUNE}.md", "notes/2019-07-02-assurance.md", "notes/2019-07-09-assurance.md", "papers/2019-07-09-assurance",
    )  # fmt: skip


def test_a_move_onto_another_meeting_or_of_one_that_was_held_is_refused(office: Folders) -> None:
    new(office, None, "", 2)
    with pytest.raises(InputError, match="There is a meeting of that day already: 2019-07-30-assurance"):
        move_meeting(office, JUNE, date(2019, 7, 30), None, CHANGE, never)
    with pytest.raises(InputError, match=r"was held: its notes are in minutes/2019-05-28-assurance\.md"):
        move_meeting(office, "2019-05-28", date(2019, 6, 4), None, CHANGE, never)
    with pytest.raises(InputError, match="on 25 June 2019 already"):
        move_meeting(office, JUNE, date(2019, 6, 25), None, CHANGE, never)


@pytest.mark.parametrize("day", [date.min, date(1989, 12, 31), date(2100, 1, 1), date.max])
def test_a_day_that_can_only_be_a_slip_is_refused_and_in_a_file_said(office: Folders, day: date) -> None:
    with pytest.raises(InputError, match="slip of the pen"):
        new(office, day)
    new(office)
    with pytest.raises(InputError, match="slip of the pen"):
        move_meeting(office, JUNE, day, None, CHANGE, never)
    file_of(office, JUNE).write_text(f"date = {day.isoformat()}\n", encoding="utf-8")
    (office.inputs / "meetings" / f"{day.isoformat()}-assurance.toml").write_text("", encoding="utf-8")
    _, meetings, problems = gather_meetings(office)
    assert which_meeting(meetings, JUNE, TODAY).day == date(2019, 6, 25)
    assert sorted(one.kind for one in problems) == ["not-a-meeting", "wrong-value"]


def test_two_meetings_that_a_hand_moved_to_one_day_are_a_problem(office: Folders) -> None:
    new(office, None, "", 2)
    file_of(office, JUNE).write_text("date = 2019-07-30\n", encoding="utf-8")
    _, _, problems = gather_meetings(office)
    assert [(one.kind, one.source.file) for one in problems] == [("two-on-one-day", f"meetings/{JUNE}.toml")]


def test_calling_it_off_shows_what_was_due_and_where_it_comes_back(office: Folders) -> None:
    new(office, None, "", 2)
    words = [
        ("Title", "Hate crime"),
        ("Words", "To come back."),
        ("From meeting", "2019-05-28-assurance"),
        ("State", "carried forward"),
    ]
    add_row(office, "Matters", [*words, ("Due at meeting", "June 2019")], Change(NOW))
    add_row(office, "Matters", [*words, ("Due at meeting", "2019-07-30-assurance")], Change(NOW))

    def comes_back(named: str) -> list[str]:
        off = cancel_meeting(office, named, CHANGE)
        return [
            one.comes_back.meeting.id if one.comes_back.meeting else "not yet scheduled"
            for one in off.due
            if one.title == "Hate crime"
        ]

    assert comes_back("2019-06-25") == ["2019-07-30-assurance"]
    assert comes_back("2019-07-30") == ["not yet scheduled", "not yet scheduled"]
    assert "cancelled = true # The election" in file_of(office, "2019-07-30-assurance").read_text(encoding="utf-8")
    with pytest.raises(InputError, match="called off already"):
        cancel_meeting(office, "2019-07-30", CHANGE)


def test_every_change_is_an_event_with_who_and_why_and_a_rising_sequence(office: Folders) -> None:
    new(office)
    move_meeting(office, JUNE, date(2019, 7, 2), None, CHANGE, never)
    cancel_meeting(office, JUNE, CHANGE)
    assert events(office) == [
        MeetingSet(JUNE, date(2019, 6, 25), time(10), "Meeting Room 1.38, Hindlip", 0, "The election"),
        MeetingMoved(JUNE, date(2019, 6, 25), date(2019, 7, 2), time(10), "Meeting Room 1.38, Hindlip", 1, "The election"),
        MeetingCancelled(JUNE, date(2019, 7, 2), 2, "The election"),
    ]
    with open_ledger(office.memory) as ledger:
        assert {one.who for one in ledger.of_kinds(*KINDS) if JUNE in str(one.what)} == {"Ellis Wainfleet"}


def test_what_is_changed_by_hand_in_the_file_counts_the_same(office: Folders) -> None:
    new(office)
    file_of(office, JUNE).write_text("date = 2019-07-02\n", encoding="utf-8")
    write_calendar(office, JUNE, None, TODAY, NOW)
    file_of(office, JUNE).write_text("date = 2019-07-02\ncancelled = true\n", encoding="utf-8")
    write_calendar(office, JUNE, None, TODAY, NOW)
    file_of(office, JUNE).write_text("date = 2019-07-02\n", encoding="utf-8")
    write_calendar(office, JUNE, None, TODAY, NOW)
    write_calendar(office, JUNE, None, TODAY, NOW)
    assert [type(one).__name__ for one in events(office)] == ["MeetingSet", "MeetingMoved", "MeetingCancelled", "MeetingSet"]
    event = vobject.readOne((office.build / JUNE / "meeting.ics").read_text(encoding="utf-8")).vevent
    assert (event.sequence.value, event.status.value) == ("3", "CONFIRMED")


def test_an_invitation_follows_the_meeting_and_names_its_reader_alone(office: Folders) -> None:
    new(office)
    to = Addressee("Duncan Harcastle", "cc@force.example", "cc", Audience.FORCE)

    def invited() -> tuple[str, str, str]:
        settings, meetings, _ = gather_meetings(office)
        with open_ledger(office.memory) as ledger:
            one = invitation(ledger, settings.office, which_meeting(meetings, JUNE, TODAY), to, NOW)
        calendar = vobject.readOne(one.data.decode())
        assert [each.value for each in calendar.vevent.contents["attendee"]] == ["mailto:cc@force.example"]
        assert one.media_type.endswith(f"method={calendar.method.value}")
        return calendar.method.value, calendar.vevent.sequence.value, calendar.vevent.dtstart.value.isoformat()

    assert invited() == ("REQUEST", "0", "2019-06-25T09:00:00+00:00")
    move_meeting(office, JUNE, date(2019, 7, 2), time(14), CHANGE, never)
    assert invited() == ("REQUEST", "1", "2019-07-02T13:00:00+00:00")
    cancel_meeting(office, JUNE, CHANGE)
    assert invited() == ("CANCEL", "2", "2019-07-02T13:00:00+00:00")


def test_reportpack_alone_says_what_the_rule_proposes_next(office: Folders) -> None:
    proposed = office_status(office, NOW, TODAY).proposed
    assert proposed is not None
    assert proposed.day == date(2019, 6, 25)
    new(office)
    assert office_status(office, NOW, TODAY).proposed is None


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "reportpack", *words, "--now", "2019-05-29T09:00"],
        cwd=folder, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
    )  # fmt: skip


def test_from_the_command_line(office: Folders) -> None:
    folder = office.inputs.parent
    assert run(folder, "meeting", "new", "10/04/2020").returncode == 3
    made = run(folder, "meeting", "new")
    assert made.stdout.strip() == f"inputs/meetings/{JUNE}.toml"
    moved = run(folder, "meeting", "move", "2019-06-25", "2 July 2019", "--time", "14.30", "--why", "The election")
    assert moved.stdout.strip() == f"{JUNE}: Tuesday 2 July 2019 at 14:30"
    listed = json.loads(run(folder, "meeting", "list", "--json").stdout)
    assert [one["date"] for one in listed if one["id"] == JUNE] == ["2019-07-02"]
    assert [one["date"] for one in listed if one["proposed"] and one["series"] == "assurance"][:1] == ["2019-07-30"]
    assert run(folder, "meeting", "cancel", "2019-07-02").returncode == 2
    assert run(folder, "meeting", "cancel", "2019-07-02", "--why", "x").stdout.startswith(f"{JUNE}: called off")


def test_what_the_register_holds_is_recorded_once_by_the_first_meeting_that_is_set(office: Folders) -> None:
    new(office)
    with open_ledger(office.memory) as ledger:
        added = [f"{one.sheet} {one.ref}" for one in ledger.happened(RowChange)]
    assert added
    assert len(added) == len(set(added))
