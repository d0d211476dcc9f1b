"""Which places the figures are of: the whole force under its names, its parts, other forces. A name that nobody could place is left out."""

from collections import Counter
from collections.abc import Mapping

from reportpack import patterns as re
from reportpack.model.office import Area, AreaKind
from reportpack.read.figures.labels import FORCES, WHOLES, area_key
from reportpack.records import dataclass
from reportpack.run.first_day.found import FileKind, FileReading
from reportpack.run.measure_add import new_id

FORCE = "force"
"""The id of the whole force's area."""
_WHOLE = re.compile(
    r"(?:whole |entire |all )?(?:force|county|area|district)s?(?: ?wide| total| area| overall)?|(?:grand |overall )?total|overall|all"
)
_NOWHERE = re.compile(
    r"(?:not |un)?(?:known|stated|recorded|allocated|assigned)|other|none|n a|out of force|blank|tbc|(?:quarter|year|month|week).*|[\d .]+"
)
_MOST_PARTS, _MOST_PEERS = 30, 12


@dataclass(frozen=True, slots=True)
class _Name:
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
        for body in (one for one in reading.bodies if not one.of_office):
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
    for file, reading in readings.items():
        for one in reading.areas:
            if " / " not in one.name and 1 < len(one.name) < 50:
                where = ", ".join(filter(None, (file, one.sheet, one.cell)))
                known = found.get(area_key(one.name), _Name((), 0, where, total=False))
                spelt = tuple(dict.fromkeys((*known.spelt, one.name)))
                found[area_key(one.name)] = _Name(spelt, known.tables + 1, known.where, known.total or one.total)
    return found
