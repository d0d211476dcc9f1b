"""Which of the office's areas a name in a workbook means: by its names and aliases only; near misses are suggested, never taken.

Names that are none of its areas are asked about once, however many sheets and measures have them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from reportpack.model.observation import Observation
from reportpack.model.office import Area, AreaKind, Office
from reportpack.model.period import Period
from reportpack.model.problem import Problem, Source, Weight
from reportpack.read.figures.labels import area_key
from reportpack.read.figures.remarks import listed
from reportpack.records import Changing

_SHOWN = 8
_SOON = 6  # months after an area's last figure in which the figures of what came after it begin


class AreaNames:
    """An office's areas under all their names."""

    def __init__(self, office: Office) -> None:
        self.all = office.areas
        self.force = office.force_area
        self._by_key: dict[str, Area] = {}
        self._names: dict[str, str] = {}
        for area in office.areas:
            for name in area.names:
                self._by_key.setdefault(area_key(name), area)
                self._names.setdefault(area_key(name), area.name)

    def find(self, name: str) -> Area | None:
        """The area of that name, whatever its case, spacing and dashes; of a joined name (`North / Rural`) the whole, else its last part that is one."""
        if (whole := self._by_key.get(area_key(name))) is not None:
            return whole
        parts = [self._by_key.get(area_key(part)) for part in name.split(" / ")]
        return next((area for area in reversed(parts) if area is not None), None)

    def name_of(self, name: str) -> str:
        """What the office calls that area; nothing for one that is not known."""
        return area.name if (area := self.find(name)) is not None else ""

    def nearest(self, name: str) -> str:
        """The name of the office's area that is spelt most like it, empty when none is near."""
        from rapidfuzz import fuzz, process

        match = process.extractOne(area_key(name), self._names.keys(), scorer=fuzz.WRatio, score_cutoff=80)
        return self._names[match[0]] if match else ""

    def is_wanted(self, area: Area, *, peers: bool, force_only: bool) -> bool:
        """Whether a place that holds peers beside the force, or only the force, or the force and its parts, is about that area."""
        if peers or force_only:
            return area.kind is AreaKind.FORCE or (peers and area.kind is AreaKind.PEER)
        return area.kind is not AreaKind.PEER


class Stranger(Changing):
    """A name that is none of the office's areas: where it stands first, and by measure the periods of its figures."""

    source: Source
    periods: dict[str, set[Period]] = field(default_factory=dict)

    def follows(self, ends: Mapping[str, Period]) -> bool:
        """Whether its figures begin, in every measure that both have, soon after an area's have ended."""
        both = [(ends[measure], min(periods)) for measure, periods in self.periods.items() if measure in ends and periods]
        return bool(both) and all(end < first and (first.start - end.end).days < 31 * _SOON for end, first in both)


Strangers = Mapping[str, Stranger]
Ends = Mapping[str, Mapping[str, Period]]  # by area and measure the last period with a figure


def ask_about(
    strangers: Strangers, observations: Iterable[Observation], areas: AreaNames
) -> tuple[tuple[Problem, ...], frozenset[str]]:
    """One question for areas that were renamed, merged or split, one for other names; and the ids of the areas that ended so."""
    ends: dict[str, dict[str, Period]] = {area.id: {} for area in areas.all if area.kind is AreaKind.PART and area.end is None}
    for one in observations:
        if one.area in ends and one.value is not None:
            ends[one.area][one.measure] = max(one.period, ends[one.area].get(one.measure, one.period))
    after = {name: [area for area in ends if stranger.follows(ends[area])] for name, stranger in strangers.items()}
    new = [name for name in strangers if after[name]]
    gone = frozenset(area for name in new for area in after[name])
    others = [name for name in strangers if name not in new]
    problems = [_changed(new, gone, strangers, areas, ends)] if new else []
    return (*problems, *([_unknown(others, strangers, areas)] if others else [])), gone


def _changed(new: Sequence[str], gone: frozenset[str], strangers: Strangers, areas: AreaNames, ends: Ends) -> Problem:
    old = [area for area in areas.all if area.id in gone]
    last = max(period for area in old for period in ends[area.id].values())
    first = min(period for name in new for periods in strangers[name].periods.values() for period in periods)
    quoted = [f'"{name}"' for name in new]
    found = (
        f"{listed([area.name for area in old], _SHOWN)} end{'s' if len(old) == 1 else ''} with {last.label}, and "
        f"{listed(quoted, _SHOWN)} begin{'s' if len(new) == 1 else ''} with {first.label}: renamed, merged or split?"
    )
    remedy = (
        "Ask. In office.toml a new name is an alias of its area; after a merger or split the new areas have a start, "
        "and each old one an end and its successors."
    )
    return Problem("area-changed", strangers[new[0]].source, found, remedy)


def _unknown(names: Sequence[str], strangers: Strangers, areas: AreaNames) -> Problem:
    near = {name: areas.nearest(name) for name in names}
    named = listed([f'"{name}"{f" (is it {like}?)" if like else ""}' for name, like in near.items()], _SHOWN)
    remedy = "Add the name as an alias of its area in office.toml, or as an area; if it is none, nothing needs doing."
    weight = Weight.WRONG if any(near.values()) else Weight.NOTE
    return Problem("area-not-known", strangers[names[0]].source, f"these are no areas of office.toml: {named}.", remedy, weight)
