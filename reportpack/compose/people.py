"""Posts in words, as the office gives them and as they are filled on a day (nobody is guessed); and the head that every document shares."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from reportpack.model.edition import Audience
from reportpack.model.meeting import Meeting
from reportpack.model.office import Office
from reportpack.model.pack import Seat
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class People:
    """The office's posts as they were filled on one day."""

    office: Office
    day: date

    def title(self, post_id: str) -> str:
        """`Chief Constable`; what is no post of the office stays as it was written."""
        post = self.office.post(post_id)
        return post.title if post else post_id

    def holder(self, post_id: str) -> str:
        """Who holds it: several names where it is shared, none where it is vacant."""
        return join_words([person.name for person in self.office.holders_on(post_id, self.day)])

    def named(self, post_id: str) -> str:
        """`Jo Bloggs, Chief Constable`; `Chief Constable (vacant)`."""
        if self.office.post(post_id) is None:
            return post_id
        holder = self.holder(post_id)
        return f"{holder}, {self.title(post_id)}" if holder else f"{self.title(post_id)} (vacant)"

    def author(self, post_id: str) -> str:
        """Whose words they are: a post that several hold has written them, and which of them is not known."""
        shared = len(self.office.holders_on(post_id, self.day)) > 1
        return self.title(post_id) if shared else self.named(post_id)

    def titles(self, post_ids: Iterable[str]) -> str:
        """`Chief Constable and Deputy Chief Constable`."""
        return join_words([self.title(post_id) for post_id in post_ids])


def seats_of(meeting: Meeting, people: People) -> tuple[Seat, ...]:
    """Everybody expected, in the order of the settings; apologies are marked."""
    expected = dict.fromkeys((*meeting.expected, *meeting.apologies))
    return tuple(_seat(post_id, post_id in meeting.apologies, people) for post_id in expected)


def _seat(post_id: str, apologies: bool, people: People) -> Seat:
    post = people.office.post(post_id)
    return Seat(people.title(post_id), people.holder(post_id), post.abbreviation if post else "", apologies)


def join_words(words: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else ""


def head_of(office: Office, edition: Audience, on: date, version: str, title: str, running: str, about: str) -> dict[str, Any]:
    """The fields of the head: `running` stands at the foot of each page, `about` in the file's own properties."""
    return {
        "edition": edition,
        "language": office.language,
        "title": title,
        "running_title": running,
        "author": office.name,
        "description": about,
        "marking": office.edition(edition).marking,
        "version": version,
        "on": on,
    }
