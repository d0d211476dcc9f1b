"""Which of the office's areas a name in a workbook means: by its names and aliases only; near misses are suggested, never taken."""

from reportpack.model.office import Area, AreaKind, Office
from reportpack.read.figures.labels import area_key


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
        whole = self._by_key.get(area_key(name))
        if whole is not None:
            return whole
        parts = [self._by_key.get(area_key(part)) for part in name.split(" / ")]
        return next((area for area in reversed(parts) if area is not None), None)

    def nearest(self, name: str) -> str:
        """The name of the office's area that is spelt most like it, empty when none is near."""
        from rapidfuzz import fuzz, process

        match = process.extractOne(area_key(name), self._names.keys(), scorer=fuzz.WRatio, score_cutoff=80)
        return self._names[match[0]] if match else ""

    def is_wanted(self, area: Area, *, peers: bool, force_only: bool) -> bool:
        """Whether a place that holds peers beside the force, or only the force, or the force and its parts, is about that area."""
        if peers:
            return area.kind in (AreaKind.PEER, AreaKind.FORCE)
        if force_only:
            return area.kind is AreaKind.FORCE
        return area.kind is not AreaKind.PEER
