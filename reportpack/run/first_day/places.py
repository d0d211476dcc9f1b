"""Which places the figures are of: the whole force under its names, its parts, other forces. A name that nobody could place is left out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from rapidfuzz import fuzz

from reportpack import patterns as re
from reportpack.model.office import AreaKind
from reportpack.read.figures.labels import FORCES, WHOLES, area_key
from reportpack.records import dataclass
from reportpack.run.first_day.found import FileKind, FileReading

_WHOLE = re.compile(
    r"(?:whole |entire |all )?(?:force|county|area|district)s?(?: ?wide| total| area| overall)?|(?:grand |overall )?total|overall|all"
)
_NOWHERE = re.compile(
    r"(?:not |un)?(?:known|stated|recorded|allocated|assigned)|other|none|n a|out of force|blank|tbc|(?:quarter|year|month|week).*|[\d .]+"
)
_MOST_PARTS, _MOST_PEERS = 30, 12
_ALIKE = 86


@dataclass(frozen=True, slots=True)
class Place:
    """A place as it will stand in office.toml, the other spellings of it, and where its name stands first."""

    name: str
    kind: AreaKind
    aliases: tuple[str, ...]
    where: str


@dataclass(frozen=True, slots=True)
class _Name:
    """A name by its plain form: how it is spelt, the tables that it stands in, where first, whether it is told to be a total."""

    spelt: tuple[str, ...]
    tables: frozenset[tuple[str, str]]
    where: str
    total: bool


def force_named(readings: Mapping[str, FileReading]) -> tuple[str, str]:
    """The force that the files speak of most, as written, and where it stands first; nothing where none says."""
    votes: Counter[str] = Counter()
    spelt: dict[str, tuple[str, str]] = {}
    for file, reading in readings.items():
        for body in reading.bodies:
            if not body.of_office:
                votes[area_key(body.name)] += 3 if reading.kind is FileKind.NOTES else 1
                spelt.setdefault(area_key(body.name), (body.name, f"{file}, {body.where}"))
    return spelt[votes.most_common(1)[0][0]] if votes else ("", "")


def force_among(readings: Mapping[str, FileReading]) -> str:
    """The one force whose figures stand in most tables, where no words name it: a likely answer."""
    names = _names(readings)
    known = {key: len(one.tables) for key, one in names.items() if key in FORCES}
    best = sorted(known, key=lambda key: -known[key])
    alone = len(best) == 1 or (len(best) > 1 and known[best[0]] > known[best[1]])
    return names[best[0]].spelt[0] if alone else ""


def places_of(readings: Mapping[str, FileReading], force: str) -> tuple[Place, ...]:
    """The force first, then its parts, then others, each in the order of the files."""
    names = _names(readings)
    own = area_key(force)
    wholes = [one for key, one in names.items() if key == own or _WHOLE.fullmatch(key)]
    wholes += [one for key, one in names.items() if one.total and one not in wholes and key not in WHOLES | FORCES]
    spelt = [text for one in wholes for text in one.spelt]
    name = next((text for text in spelt if area_key(text) == own), _bare(force) or "Whole force")
    whole = [
        Place(
            name,
            AreaKind.FORCE,
            tuple(dict.fromkeys(text for text in (*spelt, force) if text and text != name)),
            wholes[0].where if wholes else "",
        )
    ]
    rest = {key: one for key, one in names.items() if one not in wholes and key not in WHOLES and not _NOWHERE.fullmatch(key)}
    peers = [one for key, one in rest.items() if key in FORCES]
    parts = _parts({key: one for key, one in rest.items() if key not in FORCES})
    groups = ((AreaKind.PART, parts), (AreaKind.PEER, peers if len(peers) <= _MOST_PEERS else []))
    return (*whole, *(Place(one.spelt[0], kind, one.spelt[1:], one.where) for kind, group in groups for one in group))


def same_places(places: Sequence[Place], readings: Mapping[str, FileReading]) -> tuple[tuple[str, str], ...]:
    """Pairs of names of one place, as it seems: spelt nearly alike, and never in one table."""
    names = _names(readings)
    parts = [one for one in places if one.kind is AreaKind.PART]
    found = []
    for number, one in enumerate(parts):
        for other in parts[number + 1 :]:
            first, second = names[area_key(one.name)], names[area_key(other.name)]
            if fuzz.ratio(area_key(one.name), area_key(other.name)) >= _ALIKE and not first.tables & second.tables:
                many, few = (one, other) if len(first.tables) >= len(second.tables) else (other, one)
                found.append((few.name, many.name))
    return tuple(found)


def joined(places: Sequence[Place], same: Sequence[tuple[str, str]]) -> tuple[Place, ...]:
    """With the names that mean the same place as its aliases."""
    gone = dict(same)
    more: dict[str, list[str]] = {}
    for one in places:
        if one.name in gone:
            more.setdefault(gone[one.name], []).extend((one.name, *one.aliases))
    return tuple(
        Place(one.name, one.kind, (*one.aliases, *more.get(one.name, ())), one.where) for one in places if one.name not in gone
    )


def _parts(names: Mapping[str, _Name]) -> list[_Name]:
    """Those that are districts: of many names, the ones that stand in about as many tables as any."""
    most = max((len(one.tables) for one in names.values()), default=0)
    few = [one for one in names.values() if len(one.tables) * 2 >= most]
    return list(names.values()) if len(names) <= _MOST_PARTS else few if len(few) <= _MOST_PARTS else []


def _names(readings: Mapping[str, FileReading]) -> dict[str, _Name]:
    found: dict[str, _Name] = {}
    for file, sheet, cell, name, total in _named(readings):
        key, at = area_key(name), (file, sheet)
        known = found.get(key, _Name((), frozenset(), f"{file}, {sheet}, {cell}", False))
        spelt = known.spelt if name in known.spelt else (*known.spelt, name)
        found[key] = _Name(spelt, known.tables | {at}, known.where, known.total or total)
    return found


def _named(readings: Mapping[str, FileReading]) -> Iterator[tuple[str, str, str, str, bool]]:
    for file, reading in readings.items():
        if reading.kind is FileKind.FIGURES:
            for one in reading.areas:
                if " / " not in one.name and len(one.name) < 50 and not one.name.isdigit():
                    yield file, one.sheet, one.cell, one.name, one.total


def _bare(force: str) -> str:
    return re.sub(r" (?:Police|Constabulary)$", "", force)
