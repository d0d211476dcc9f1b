"""What notes are called says which series they are of, whatever their day, number and state."""

from datetime import date

import pytest

from reportpack.model.minutes import Attendance, Attended
from reportpack.model.office import Person, Side
from reportpack.run.first_day.agendas import is_of_body, meeting_title, series_of
from reportpack.run.first_day.folder import FileKind, FileReading
from reportpack.run.first_day.people import posts_and_people


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("Minutes of the Data Board 8th meeting", "Data Board meeting"),
        ("Data Board - Minutes \u2013 17th meeting", "Data Board meeting"),
        ("Data Board \u2013 Twenty-first Meeting", "Data Board Meeting"),
        ("Data Board \u2013 fourth meeting 9 September 2010", "Data Board meeting"),
        ("Monthly Assurance Meeting, May 2019: meeting notes", "Monthly Assurance Meeting"),
        ("DRAFT MINUTES OF THE POLICING BOARD - 4 January 2024", "Policing board"),
        ("Police and Crime Panel: agenda", "Police and Crime Panel"),
    ],
)
def test_a_title_is_what_all_meetings_of_a_kind_share(written: str, title: str) -> None:
    assert meeting_title(written) == title


def notes(title: str, day: date, *names: str, post: str = "") -> FileReading:
    people = tuple(Attendance(name, post or None, Attended.PRESENT, "3") for name in names)
    return FileReading(FileKind.NOTES, title=title, day=day, people=people)


def test_notes_are_of_one_series_under_its_name_its_letters_or_none() -> None:
    found = series_of(
        {
            "a": notes("Minutes of the Data User Group 1st meeting", date(2024, 1, 9), "Ann Bell", "Carl Dunn"),
            "b": notes("Minutes of the 2nd DUG meeting", date(2024, 2, 13), "Ann Bell"),
            "c": notes("Minutes of the meeting held on 12 March 2024", date(2024, 3, 12), "Ann Bell", "Carl Dunn"),
            "d": notes("Fire Panel", date(2024, 3, 13), "Eve Fox", "Gus Hill"),
        }
    )
    assert [(one.title, [file for file, _ in one.files]) for one in found] == [
        ("Data User Group meeting", ["a", "b", "c"]),
        ("Fire Panel", ["d"]),
    ]
    assert is_of_body(found[1], found[0]) is False


def test_one_who_follows_another_has_the_post_from_then_on_and_two_at_once_share_it() -> None:
    first, second = date(2024, 1, 9), date(2024, 2, 13)
    files = [
        ("a", notes("Board", first, "Ann Bell", post="Chief Constable, taking the notes")),
        ("b", notes("Board", second, "Carl Dunn", post="Temporary Chief Constable")),
        ("c", notes("Board", first, "Eve Fox", "Gus Hill", post="Assistant Chief Constable (Crime)")),
    ]
    posts, people = posts_and_people(files, {})
    assert [(one.title, one.abbreviation, one.side) for one in posts] == [
        ("Chief Constable", "CC", Side.FORCE), ("Assistant Chief Constable", "ACC", Side.FORCE),
    ]  # fmt: skip
    assert Person("Ann Bell", "cc", None, date(2024, 2, 12)) in people
    assert Person("Carl Dunn", "cc", second, None) in people
    assert {one.name for one in people if one.post == "acc"} == {"Eve Fox", "Gus Hill"}


def test_initials_are_a_posts_name_where_one_person_alone_has_them() -> None:
    files = [
        ("a", notes("Board", date(2024, 1, 9), "Jo Marsh", post="Mayor")),
        ("b", notes("Board", date(2024, 1, 9), "Sam Orrin")),
    ]
    posts, _ = posts_and_people(files, {"a": FileReading(FileKind.TRACKER, owners=("JM and SO", "DCC"))})
    assert [(one.title, one.aliases) for one in posts] == [("Mayor", ("JM",)), ("Sam Orrin", ()), ("Deputy Chief Constable", ())]
