"""Posts and who held them, as the heads of old notes say: the title as written, and from when to when where one followed another. And which
places the figures are of: the whole force under its names, its parts, other forces; a name that nobody could place is left out.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from reportpack import patterns as re
from reportpack.model.office import Area, AreaKind, Person, Post, Side
from reportpack.read.figures.labels import FORCES, WHOLES, area_key
from reportpack.read.minutes.people import plain_name, split_owners
from reportpack.read.minutes.queries.sentences import place_of
from reportpack.records import Record
from reportpack.run.first_day.folder import FileKind, FileReading
from reportpack.run.measure_add import new_id

FORCE = "force"  # The id of the whole force's area.
_WHOLE = re.compile(
    r"(?:whole |entire |all )?(?:force|county|area|district)s?(?: ?wide| total| area| overall)?|(?:grand |overall )?total|overall|all"
)
_NOWHERE = re.compile(
    r"(?:not |un)?(?:known|stated|recorded|allocated|assigned)|other|none|n a|out of force|blank|tbc|(?:quarter|year|month|week).*|[\d .]+"
)
_MOST_PARTS, _MOST_PEERS = 30, 12
_KNOWN = {
    "PCC": "Police and Crime Commissioner", "DPCC": "Deputy Police and Crime Commissioner", "PFCC": "Police, Fire and Crime Commissioner",
    "CC": "Chief Constable", "DCC": "Deputy Chief Constable", "ACC": "Assistant Chief Constable", "CEX": "Chief Executive",
    "CFO": "Chief Finance Officer", "ACO": "Assistant Chief Officer",
}  # fmt: skip
_SHORT = {title.casefold(): short for short, title in _KNOWN.items()}
_NO_POST = re.compile(
    r"(?:in the )?chair(?:man|woman|person|ing)?|(?:taking|taker of) the (?:notes|minutes)|(?:minute|note)s?[ -]?taker|(?:minutes|notes)|"
    r"(?:by|via) (?:teams|phone|telephone|video)|online|remotely|part|observer|for item.*",
    re.IGNORECASE,
)
_ACTING = re.compile(r"(?i)^(?:temporary|acting|interim|t/|a/)\s*")
_FORCE = re.compile(r"(?i)\b(?:constable|superintendent|supt|inspector|sergeant|detective|constabulary|ACO)\b| police$|\bforce\b")
_OFFICE = re.compile(
    r"(?i)commissioner|\bO?PF?CC\b|\bO?DPCC\b|policy (?:officer|lead|manager)|monitoring officer|\bmayor\b|\bboard\b"
)
_DRESS = re.compile(r"\([^()]*\)|^(?:Mr|Mrs|Ms|Miss)\b\.?")
_SMALL = {"of", "and", "the", "for", "to", "in", "with"}


class _Seen(Record):
    """Somebody in the head of one meeting's notes; `whole` is the capacity as written, `post` its first part that is a post."""

    name: str
    title: str
    post: str
    whole: str
    day: date
    where: str


def posts_and_people(
    notes: Sequence[tuple[str, FileReading]], readings: Mapping[str, FileReading]
) -> tuple[dict[Post, str], dict[Person, str]]:
    """From the notes of the office's own meetings, the first held first, each with the notes that name it first; posts that everybody knows
    from trackers too.
    """
    seen = [one for file, reading in notes for one in _seen(file, reading)]
    posts: dict[Post, str] = {}
    people: dict[Person, str] = {}
    for title in dict.fromkeys(one.title for one in seen):
        own = [one for one in seen if one.title == title]
        short = _short(title, [post.abbreviation for post in posts])
        written = dict.fromkeys(one.post for one in own if one.post.casefold() not in (title.casefold(), short.casefold()))
        side = next((side for one in own if (side := _side(one.whole, title)) is not Side.OTHER), Side.OTHER)
        post = Post(new_id(short, [post.id for post in posts]), title, short, side, tuple(written))
        posts[post] = own[0].where
        people |= dict(_holders(post.id, own))
    _add_members(notes, posts, people)
    for file, owner in _owners(readings):
        short = _SHORT.get(owner.casefold(), owner.upper())
        if short in _KNOWN and short not in {post.abbreviation for post in posts}:
            posts[Post(new_id(short, [post.id for post in posts]), _KNOWN[short], short, _side("", _KNOWN[short]))] = file
    return _with_initials(posts, people, {owner for _, owner in _owners(readings)}), people


def _add_members(notes: Sequence[tuple[str, FileReading]], posts: dict[Post, str], people: dict[Person, str]) -> None:
    """Whoever was there under a name alone can own an action, so they have a post of their own, which is called as they are."""
    known = {plain_name(one.name) for one in people}
    for file, reading in notes:
        for one in reading.people:
            name = " ".join(_DRESS.sub(" ", one.name or "").split())
            if plain_name(name) not in known:
                known.add(plain_name(name))
                post = Post(new_id(name, [post.id for post in posts]), name, _short(name, [post.abbreviation for post in posts]))
                posts[post] = people[Person(name, post.id)] = f"{file}, {place_of(one.line)}"


def _with_initials(posts: Mapping[Post, str], people: Mapping[Person, str], named: set[str]) -> dict[Post, str]:
    """Initials that stand for an owner, where they are those of one person alone, are another name of that person's post."""
    of: dict[str, set[str]] = {}
    for one in people:
        of.setdefault("".join(word[0].upper() for word in one.name.split()), set()).add(one.post)
    taken = {name for post in posts for name in (post.abbreviation, *post.aliases)}
    mine = {next(iter(ids)): short for short, ids in of.items() if short in named - taken and len(ids) == 1}
    return {replace(one, aliases=(*one.aliases, mine[one.id])) if one.id in mine else one: at for one, at in posts.items()}


def _owners(readings: Mapping[str, FileReading]) -> Iterator[tuple[str, str]]:
    for file, reading in readings.items():
        yield from ((file, part) for owner in reading.owners for part in split_owners(owner))


def post_named(words: str, posts: Mapping[Post, str], people: Mapping[Person, str]) -> str:
    """The id of the post that a name or a title at the head of notes means; empty where it is none."""
    name = plain_name(words.partition(",")[0])
    held = [one.post for one in people if plain_name(one.name) == name]
    titled = [one.id for one in posts if name in (one.title.casefold(), one.abbreviation.casefold())]
    return next(iter([*held[-1:], *titled]), "")


def _seen(file: str, reading: FileReading) -> Iterator[_Seen]:
    for one in reading.people:
        whole = one.post or ""
        parts = (part.strip(" ,.-\u2013") for part in re.split(r"[,;(]| - | \u2013 ", whole.replace(")", "")))
        post = next((part for part in parts if 1 < len(part) <= 80 and not _NO_POST.fullmatch(part)), "")
        bare = _ACTING.sub("", post).strip()
        if bare and reading.day is not None:
            name = " ".join(_DRESS.sub(" ", one.name or "").split())
            yield _Seen(name, _KNOWN.get(bare.upper(), bare), post, whole, reading.day, f"{file}, {place_of(one.line)}")


def _short(title: str, taken: Sequence[str]) -> str:
    """The letters that everybody knows, else those of its words; another where a post has them."""
    words = [word for word in re.findall(r"[A-Za-z&']+", title) if word.lower() not in _SMALL]
    letters = _SHORT.get(title.casefold(), "".join(word[0].upper() for word in words) if len(words) > 1 else title)
    return next(one for one in (letters, title, *(f"{letters}{number}" for number in range(2, 100))) if one not in taken)


def _side(written: str, title: str) -> Side:
    if _OFFICE.search(title) or (_OFFICE.search(written) and not _FORCE.search(written)):
        return Side.OFFICE
    return Side.FORCE if _FORCE.search(title) or _FORCE.search(written) else Side.OTHER


def _holders(post: str, seen: Sequence[_Seen]) -> Iterator[tuple[Person, str]]:
    """One after the other where no notes name two of them, else all that share it."""
    first = {plain_name(one.name): one for one in reversed(seen)}
    last = {plain_name(one.name): one for one in seen}
    order = sorted(first, key=lambda name: first[name].day)
    follow = all(last[one].day < first[two].day for one, two in pairwise(order))
    for place, name in enumerate(order):
        start = first[name].day if follow and place else None
        end = first[order[place + 1]].day - timedelta(days=1) if follow and place + 1 < len(order) else None
        yield Person(first[name].name, post, start, end), first[name].where


class _Name(Record):
    """A name by its plain form: how it is spelt, in how many tables it stands, where first, whether it holds the others there."""

    spelt: tuple[str, ...]
    tables: int
    where: str
    total: bool


def force_named(readings: Mapping[str, FileReading]) -> tuple[str, str]:
    """The force that the files speak of most, as written, and where it stands first; nothing where none says."""
    votes: Counter[str] = Counter()
    spelt: dict[str, tuple[str, str]] = {}
    for file, reading in readings.items():
        for body in reading.forces:
            votes[area_key(body.name)] += 3 if reading.kind is FileKind.NOTES else 1
            spelt.setdefault(area_key(body.name), (body.name, f"{file}, {body.where}"))
    return spelt[votes.most_common(1)[0][0]] if votes else ("", "")


def force_among(readings: Mapping[str, FileReading]) -> str:
    """Where no words name the force, a likely answer: the one whose figures stand in most tables, else what holds all others' figures."""
    names = _names(readings)
    known = sorted(((one.tables, one.spelt[0]) for key, one in names.items() if key in FORCES), reverse=True)
    if len(known) == 1 or (known and known[0][0] > known[1][0]):
        return known[0][1]
    return next((one.spelt[0] for key, one in names.items() if one.total and not _WHOLE.fullmatch(key)), "")


def places_of(readings: Mapping[str, FileReading], force: str) -> dict[Area, str]:
    """The force first, then its parts, then others, each in the order of the files and with the cell that names it first."""
    names = _names(readings)
    rest = {key: one for key, one in names.items() if key not in WHOLES and not _NOWHERE.fullmatch(key)}
    own = [key for key, one in names.items() if key == area_key(force) or _WHOLE.fullmatch(key) or (one.total and key in rest)]
    own = [key for key in own if key == area_key(force) or key not in FORCES]
    spelt = [text for key in own for text in names[key].spelt]
    name = next((text for text in spelt if area_key(text) == area_key(force)), re.sub(r" (?:Police|Constabulary)$", "", force))
    aliases = tuple(dict.fromkeys(text for text in (*spelt, force) if text != name))
    found = {Area(FORCE, name, AreaKind.FORCE, aliases): names[own[0]].where if own else ""}
    parts = {key: one for key, one in rest.items() if key not in own and key not in FORCES}
    most = max((one.tables for one in parts.values()), default=0)
    parts = parts if len(parts) <= _MOST_PARTS else {key: one for key, one in parts.items() if one.tables * 2 >= most}
    peers = {key: one for key, one in rest.items() if key not in own and key in FORCES}
    for kind, group, enough in ((AreaKind.PART, parts, _MOST_PARTS), (AreaKind.PEER, peers, _MOST_PEERS)):
        for one in group.values() if len(group) <= enough else ():
            found[Area(new_id(one.spelt[0], [FORCE]), one.spelt[0], kind, one.spelt[1:])] = one.where
    return found


def _names(readings: Mapping[str, FileReading]) -> dict[str, _Name]:
    found: dict[str, _Name] = {}
    for file, one in ((file, one) for file, reading in readings.items() for one in reading.areas):
        if " / " not in one.name and 1 < len(one.name) < 50:
            known = found.get(area_key(one.name), _Name((), 0, f"{file}, {one.where}", total=False))
            spelt = tuple(dict.fromkeys((*known.spelt, one.name)))
            found[area_key(one.name)] = _Name(spelt, known.tables + 1, known.where, known.total or one.whole)
    return found
