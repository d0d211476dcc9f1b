"""Names and capacities that came as two lists, paired by who held which post on the day; never by their order, never where that is not known."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reportpack.model.minutes import Attendance
from reportpack.model.office import Office
from reportpack.read.minutes.people import plain_name
from reportpack.read.posts import read_post

_BRACKETED = " ("


def pair_by_posts(entries: Sequence[Attendance], office: Office, day: date) -> tuple[Attendance, ...]:
    """Each name without a capacity takes the listed capacity of the post that the person held; the others stay as they are."""
    loose = [one for one in entries if one.name is None and one.post]
    taken: list[Attendance] = []
    paired: list[Attendance] = []
    for one in entries:
        found = (
            _capacity_of(one, [other for other in loose if other not in taken], office, day)
            if one.name and not one.post
            else None
        )
        if found is not None:
            taken.append(found)
        paired.append(replace(one, post=found.post) if found is not None else one)
    return tuple(one for one in paired if not any(one is other for other in taken))


def _capacity_of(one: Attendance, loose: Sequence[Attendance], office: Office, day: date) -> Attendance | None:
    post = post_of_person(one.name or "", office, day)
    return next((other for other in loose if post and _post_named(other.post or "", office) == post), None)


def _post_named(text: str, office: Office) -> str:
    """The post of `Chief Constable (CC)`: by the words, else by the letters in brackets."""
    words, _, rest = text.partition(_BRACKETED)
    return read_post(words, office) or read_post(rest.rstrip(")"), office)


def post_of_person(name: str, office: Office, day: date) -> str:
    """The id of the post that the person held on that day; empty where nobody of that name did."""
    wanted = plain_name(name)
    return next((one.post for one in office.people if plain_name(one.name) == wanted and one.holds_on(day)), "")
