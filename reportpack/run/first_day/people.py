"""Posts and who held them, as the heads of old notes say: the title as written, and from when to when where one followed another."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise

from reportpack import patterns as re
from reportpack.model.office import Side
from reportpack.read.minutes.people import plain_name
from reportpack.records import dataclass
from reportpack.run.first_day.found import FileReading
from reportpack.run.measure_add import new_id

_KNOWN = {
    "PCC": "Police and Crime Commissioner", "DPCC": "Deputy Police and Crime Commissioner", "PFCC": "Police, Fire and Crime Commissioner",
    "CC": "Chief Constable", "DCC": "Deputy Chief Constable", "ACC": "Assistant Chief Constable", "CEX": "Chief Executive",
    "CFO": "Chief Finance Officer", "ACO": "Assistant Chief Officer",
}  # fmt: skip
_SHORT = {title.casefold(): short for short, title in _KNOWN.items()}
_NO_POST = re.compile(
    r"(?:in the )?chair(?:man|woman|person|ing)?|(?:taking|taker of) the (?:notes|minutes)|(?:minute|note)s?[ -]?taker|(?:minutes|notes)|(?:by|via) (?:teams|phone|telephone|video)|online|remotely|part|observer|for item.*",
    re.IGNORECASE,
)
_ACTING = re.compile(r"^(?:temporary|acting|interim|t/|a/)\s*", re.IGNORECASE)
_FORCE = re.compile(
    r"\b(?:constable|superintendent|supt|inspector|sergeant|detective|constabulary|ACO)\b|(?<!office of the )\bpolice$|\bforce\b",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"commissioner|\bO?P(?:F?CC|FCC)\b|\bOPF?CC\b|policy (?:officer|lead|manager)|monitoring officer|\bmayor\b", re.IGNORECASE
)
_SMALL = {"of", "and", "the", "for", "to", "in", "&", "with"}


@dataclass(frozen=True, slots=True)
class DraftPost:
    """A post as it will stand in office.toml, and the notes that name it first."""

    id: str
    title: str
    short: str
    side: Side
    aliases: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class Holder:
    """Who held a post, and from when to when as far as the notes show."""

    name: str
    post: str
    start: date | None
    end: date | None
    where: str


@dataclass(frozen=True, slots=True)
class _Seen:
    name: str
    title: str
    written: str
    day: date
    where: str


def posts_and_people(notes: Sequence[tuple[str, FileReading]]) -> tuple[tuple[DraftPost, ...], tuple[Holder, ...]]:
    """From the notes of the office's own meetings, the first held first."""
    seen = [one for file, reading in notes for one in _seen(file, reading)]
    posts: dict[str, DraftPost] = {}
    for title in dict.fromkeys(one.title for one in seen):
        own = [one for one in seen if one.title == title]
        short = _short(title, [post.short for post in posts.values()])
        written = dict.fromkeys(one.written for one in own if one.written.casefold() not in (title.casefold(), short.casefold()))
        side = next((side for one in own if (side := _side(one.written, title)) is not Side.OTHER), Side.OTHER)
        posts[title] = DraftPost(
            new_id(short, [post.id for post in posts.values()]), title, short, side, tuple(written), own[0].where
        )
    holders = [one for title, post in posts.items() for one in _holders(post.id, [one for one in seen if one.title == title])]
    return tuple(posts.values()), tuple(holders)


def post_of(words: str, posts: Sequence[DraftPost], holders: Sequence[Holder]) -> str:
    """The id of the post that a name or a title at the head of notes means; empty where it is none."""
    name = plain_name(words.partition(",")[0])
    held = [one.post for one in holders if plain_name(one.name) == name]
    titled = [one.id for one in posts if name in (one.title.casefold(), one.short.casefold())]
    return next(iter([*held[-1:], *titled]), "")


def _seen(file: str, reading: FileReading) -> Iterator[_Seen]:
    for one in reading.people:
        title = _title(one.post)
        if title and reading.day is not None and " " in one.name:
            yield _Seen(_plain(one.name), title, _written(one.post), reading.day, f"{file}, {_line(one.line)}")


def _line(line: str) -> str:
    return f"line {line}" if line.isdigit() else line


def _plain(name: str) -> str:
    """Without initials in brackets."""
    return " ".join(re.sub(r"\([^()]*\)", " ", name).split())


def _written(post: str) -> str:
    """The first part of what is written that is a post."""
    parts = (part.strip(" ,.-\u2013") for part in re.split(r"[,;(]| - | \u2013 ", post.replace(")", "")))
    return next((part for part in parts if len(part) > 1 and not _NO_POST.fullmatch(part)), "")


def _title(post: str) -> str:
    written = _ACTING.sub("", _written(post)).strip()
    return _KNOWN.get(written.upper(), written if len(written) <= 80 and any(map(str.isalpha, written)) else "")


def _short(title: str, taken: Sequence[str]) -> str:
    """The letters that everybody knows, else those of its words; another where a post has them."""
    words = [word for word in re.findall(r"[A-Za-z&']+", title) if word.lower() not in _SMALL]
    letters = title if len(words) == 1 and len(title) < 6 else "".join(word[0].upper() for word in words)
    letters = _SHORT.get(title.casefold(), letters if len(letters) > 1 else title)
    return next(one for one in (letters, title, *(f"{letters}{number}" for number in range(2, 100))) if one not in taken)


def _side(written: str, title: str) -> Side:
    if _OFFICE.search(title) or (_OFFICE.search(written) and not _FORCE.search(written)):
        return Side.OFFICE
    return Side.FORCE if _FORCE.search(title) or _FORCE.search(written) else Side.OTHER


def _holders(post: str, seen: Sequence[_Seen]) -> Iterator[Holder]:
    """One after the other where no notes name two of them, else all that share it."""
    first = {one.name: one for one in reversed(seen)}
    last = {one.name: one for one in seen}
    order = sorted(first, key=lambda name: first[name].day)
    follow = all(last[one].day < first[two].day for one, two in pairwise(order))
    for place, name in enumerate(order):
        start = first[name].day if follow and place else None
        end = first[order[place + 1]].day - timedelta(days=1) if follow and place + 1 < len(order) else None
        yield Holder(name, post, start, end, first[name].where)
