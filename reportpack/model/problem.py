"""What could not be used as it stands: said once, with where it is and what to do."""

from enum import StrEnum

from reportpack.model.source import Source
from reportpack.records import dataclass


class Weight(StrEnum):
    """How much a problem matters to the reader of the pack."""

    WRONG = "wrong"
    """Left alone, the pack says something wrong or lacks something it should say."""
    NOTE = "note"
    """Worth knowing; the pack is right without it."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: `kind` names it for machines (`month-missing`), `found` and `remedy` are sentences for people."""

    kind: str
    source: Source
    found: str
    remedy: str
    weight: Weight = Weight.WRONG

    @property
    def fingerprint(self) -> str:
        """What stays the same while the problem does: an accepted problem comes back only when this changes."""
        return "|".join((self.kind, self.source.file, self.source.sheet, self.source.cell, self.found))

    @property
    def sentence(self) -> str:
        """`file, sheet, cell: what was found. What to do.`"""
        return f"{self.source.where}: {self.found} {self.remedy}"
