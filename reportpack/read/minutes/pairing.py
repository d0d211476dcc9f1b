"""Who is meant: names paired with capacities by who held which post on the day, and owners with people by the notes' own list first; never by order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from reportpack.model.minutes import Attendance
from reportpack.model.office import Office
from reportpack.read.minutes.grammar.words import has
from reportpack.read.minutes.people import ROLES, plain_name
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


def people_meant(owner: str, entries: Sequence[Attendance]) -> tuple[Attendance, ...]:
    """Everybody of the notes' own list whom the words may mean: by name, initials, surname with a title or post before it, first name."""
    named = [one for one in entries if one.name]
    text = owner.removeprefix("The ").removeprefix("the ").strip(" .@")
    if text.isupper() and 2 <= len(text) <= 4:
        return tuple(one for one in named if text in _initials(one.name or ""))
    words = plain_name(text).split()
    whole = [one for one in named if words and plain_name(one.name or "").split() == words]
    if whole or not words:
        return tuple(whole)
    alone = len(words) == 1
    surname = [one for one in named if plain_name(one.name or "").split()[-1:] == words[-1:] and (alone or has(text, ROLES))]
    first = [one for one in named if alone and plain_name(one.name or "").split()[:1] == words]
    return tuple(surname or first)


def _initials(name: str) -> tuple[str, str]:
    """`CD` and, for somebody with more names than two, the first and the last: `Ann Mary Bell` is `AMB` or `AB`."""
    letters = [word[0].upper() for word in plain_name(name).replace("-", " ").split()]
    return "".join(letters), "".join(letters[:1] + letters[-1:])


def post_of_owner(owner: str, entries: Sequence[Attendance], office: Office, day: date | None) -> str:
    """The id of the post that the words name: by the notes' own list, then the office's posts, then who held one on the day; empty where two may be meant."""
    meant = people_meant(owner, entries)
    if len(meant) > 1:
        return ""
    own = meant[0].post if meant else None
    found = (_post_named(own, office) if own else "") or read_post(owner, office)
    if found or day is None:
        return found
    held = post_of_person(meant[0].name or "" if meant else owner, office, day)
    return held or _titled(owner, office, day)


def _titled(owner: str, office: Office, day: date) -> str:
    """`Mr Harcastle`, `Deputy Chief Constable Orme`: the one person of that surname who held a post on the day."""
    words = plain_name(owner).split()
    titled = len(words) == 1 and words[0] != owner.strip().casefold()
    found = {one.post for one in office.people if words and plain_name(one.name).split()[-1:] == words[-1:] and one.holds_on(day)}
    return found.pop() if len(found) == 1 and (titled or has(owner, ROLES)) else ""
