"""Calendar files, read back by another library than the one that wrote them."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from reportpack.compose.commission import deadline_entries, meeting_entry
from reportpack.errors import RefusedError
from reportpack.model.action import Action, ActionState
from reportpack.model.edition import Audience
from reportpack.model.letter import CalendarEntry, CalendarPerson, Method
from reportpack.model.meeting import Meeting, Paper, PaperStatus
from reportpack.model.office import AgendaItem, Office, Topic
from reportpack.model.problem import Source
from reportpack.send.message import calendar_file, media_type

STAMP = datetime(2019, 5, 21, 8, tzinfo=UTC)
OFFICE = Office("Office", "OPCC", "West Mercia Police", (), (), (), (Topic("soc", "SOC"),), (), ())
SENDER, READER = CalendarPerson("OPCC", "policy@opcc.example"), CalendarPerson("Duncan Harcastle", "cc@force.example")
LONDON = ZoneInfo("Europe/London")


def meeting(day: date = date(2019, 5, 28), at: time | None = time(10), **changes: object) -> Meeting:
    return Meeting("2019-05-28-assurance", "assurance", day, "Assurance", at, "Room 1; Hindlip, back\\stairs", **changes)  # type: ignore[arg-type]


def read(data: bytes) -> "vobject.base.Component":
    return vobject.readOne(data.decode("utf-8"))


def times(day: date, at: time, lasts: int = 120) -> tuple[datetime, datetime]:
    event = read(calendar_file((meeting_entry(meeting(day, at, lasts=lasts), OFFICE, 0),), Method.PUBLISH, STAMP)).vevent
    return event.dtstart.value, event.dtend.value


def test_an_invitation_names_who_calls_and_the_one_who_is_asked() -> None:
    data = calendar_file((meeting_entry(meeting(), OFFICE, 0),), Method.REQUEST, STAMP, organiser=SENDER, attendee=READER)
    calendar = read(data)
    event = calendar.vevent
    assert (calendar.method.value, calendar.version.value) == ("REQUEST", "2.0")
    assert (event.uid.value, event.sequence.value) == ("2019-05-28-assurance@west-mercia-police.reportpack", "0")
    assert (event.dtstamp.value, event.status.value) == (STAMP, "CONFIRMED")
    assert event.location.value == "Room 1; Hindlip, back\\stairs"
    assert event.organizer.value == "mailto:policy@opcc.example"
    assert [one.value for one in event.contents["attendee"]] == ["mailto:cc@force.example"]
    assert event.attendee.params["CN"] == ["Duncan Harcastle"]
    assert media_type(Method.REQUEST) == 'text/calendar; charset="utf-8"; method=REQUEST'


def test_a_move_has_the_same_uid_and_a_higher_sequence_and_a_cancel_says_so() -> None:
    moved = read(
        calendar_file(
            (meeting_entry(meeting(date(2019, 6, 4)), OFFICE, 1),), Method.REQUEST, STAMP, organiser=SENDER, attendee=READER
        )
    )
    off = read(
        calendar_file(
            (meeting_entry(meeting(date(2019, 6, 4), cancelled=True), OFFICE, 2),),
            Method.CANCEL,
            STAMP,
            organiser=SENDER,
            attendee=READER,
        )
    )
    assert moved.vevent.uid.value == off.vevent.uid.value == "2019-05-28-assurance@west-mercia-police.reportpack"
    assert (moved.vevent.sequence.value, off.vevent.sequence.value) == ("1", "2")
    assert (off.method.value, off.vevent.status.value) == ("CANCEL", "CANCELLED")


def test_summer_and_winter_time_are_londons() -> None:
    assert times(date(2019, 5, 28), time(10)) == (datetime(2019, 5, 28, 9, tzinfo=UTC), datetime(2019, 5, 28, 11, tzinfo=UTC))
    assert times(date(2019, 11, 26), time(10))[0] == datetime(2019, 11, 26, 10, tzinfo=UTC)


def test_a_meeting_over_a_night_when_clocks_change_lasts_as_long_as_it_lasts() -> None:
    for day in (date(2019, 3, 30), date(2019, 10, 26)):
        start, end = times(day, time(23, 30), lasts=180)
        assert end - start == timedelta(hours=3)
    assert times(date(2019, 10, 26), time(23, 30), 180)[1].astimezone(LONDON).strftime("%H:%M") == "01:30"


def test_an_hour_that_does_not_exist_or_exists_twice_is_one_instant_all_the_same() -> None:
    assert times(date(2019, 3, 31), time(1, 30))[0] == datetime(2019, 3, 31, 1, 30, tzinfo=UTC)
    assert times(date(2019, 10, 27), time(1, 30))[0] == datetime(2019, 10, 27, 0, 30, tzinfo=UTC)


def test_a_meeting_without_a_time_is_a_whole_day() -> None:
    event = read(calendar_file((meeting_entry(meeting(at=None), OFFICE, 0),), Method.PUBLISH, STAMP)).vevent
    assert (event.dtstart.value, event.dtend.value) == (date(2019, 5, 28), date(2019, 5, 29))


def test_a_published_calendar_names_nobody() -> None:
    data = calendar_file((meeting_entry(meeting(), OFFICE, 0),) * 2, Method.PUBLISH, STAMP, organiser=SENDER, attendee=READER)
    assert b"mailto" not in data.lower()
    assert b"ATTENDEE" not in data


def test_an_invitation_without_a_sender_or_to_a_wrong_address_is_refused() -> None:
    entry = meeting_entry(meeting(), OFFICE, 0)
    with pytest.raises(RefusedError):
        calendar_file((entry,), Method.REQUEST, STAMP, attendee=READER)
    with pytest.raises(RefusedError):
        calendar_file((entry,), Method.REQUEST, STAMP, organiser=SENDER, attendee=CalendarPerson("X", "a@b.c\nATTENDEE:x@y.z"))


AGENDA = (AgendaItem("2", "Open", audience=Audience.PUBLIC), AgendaItem("3", "Closed", audience=Audience.OFFICE))
PAPERS = (
    Paper("Public paper", "2", PaperStatus.AWAITED, "cc", date(2019, 5, 21), audience=Audience.PUBLIC),
    Paper("Force paper", "2", PaperStatus.AWAITED, "dcc", date(2019, 5, 20), audience=Audience.FORCE),
    Paper("Office paper", "2", PaperStatus.AWAITED, "cc", date(2019, 5, 19)),
    Paper("Paper of a closed item", "3", PaperStatus.AWAITED, "cc", date(2019, 5, 19), audience=Audience.PUBLIC),
    Paper("Paper that is in", "2", PaperStatus.RECEIVED, "cc", date(2019, 5, 19), audience=Audience.PUBLIC),
)


def action(ref: str, audience: Audience, topic: str = "", state: ActionState = ActionState.OPEN) -> Action:
    return Action(ref, f"Do {ref}", state, Source("x"), owners=("cc",), due=date(2019, 5, 24), audience=audience, topic=topic)


ACTIONS = (
    action("1/2019", Audience.FORCE),
    action("2/2019", Audience.OFFICE),
    action("3/2019", Audience.FORCE, topic="soc"),
    action("4/2019", Audience.FORCE, state=ActionState.CLOSED),
)


def test_deadlines_say_only_what_the_editions_readers_may_know() -> None:
    def titles(edition: Audience, *posts: str) -> list[str]:
        found = deadline_entries(meeting(agenda=AGENDA, papers=PAPERS), ACTIONS, OFFICE, edition, 0, posts=posts)
        return [one.title for one in found]

    assert titles(Audience.PUBLIC) == ["Paper wanted: Public paper"]
    assert titles(Audience.FORCE) == [
        "Paper wanted: Force paper",
        "Paper wanted: Public paper",
        "Action 1/2019 is due: Do 1/2019",
    ]
    assert titles(Audience.FORCE, "cc") == ["Paper wanted: Public paper", "Action 1/2019 is due: Do 1/2019"]
    assert len(titles(Audience.OFFICE)) == 7


WORDS = st.text(max_size=200)


@given(WORDS, WORDS, WORDS, WORDS)
def test_any_words_come_back_and_never_begin_a_property_of_their_own(title: str, place: str, notes: str, name: str) -> None:
    entry = CalendarEntry("uid@office", f"T{title}", date(2019, 5, 28), date(2019, 5, 29), place=f"P{place}", notes=notes)
    data = calendar_file((entry,), Method.REQUEST, STAMP, organiser=SENDER, attendee=CalendarPerson(f"N{name}", READER.email))
    text = data.decode("utf-8")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    unfolded = text.replace("\r\n ", "").split("\r\n")
    named = [line.partition(":")[0].partition(";")[0] for line in unfolded if line]
    assert len(named) == len(unfolded) - 1
    assert set(named) <= {
        "BEGIN", "END", "VERSION", "PRODID", "CALSCALE", "METHOD", "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE",
        "LOCATION", "DESCRIPTION", "STATUS", "TRANSP", "ORGANIZER", "ATTENDEE",
    }  # fmt: skip
    event = read(data).vevent
    assert len(event.contents["attendee"]) == 1
    printable = "".join(one for one in title if one.isprintable() and ord(one) > 32)
    assert all(one in event.summary.value for one in printable.split("?")[0][:20])
