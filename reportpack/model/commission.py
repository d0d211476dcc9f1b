"""The commissioning note: what the force is asked to bring to a meeting, and by when. Nothing in it is beyond its edition's audience."""

from datetime import date
from typing import ClassVar

from reportpack.model.document import COMMISSION, Head
from reportpack.model.office import Abbreviation
from reportpack.model.pack import ActionLine, MatterEntry, ReadingLine, SourceEntry, Withheld
from reportpack.model.words import Sentence
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A line of enquiry or a question that a person has released, and where it is taken."""

    number: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """A paper that is awaited, from whom, and by when."""

    item: str
    title: str
    author: str
    by: str


@dataclass(frozen=True, slots=True)
class WantedFigures:
    """Figures that are expected, from whom, for which month, and when."""

    measure: str
    supplier: str
    month: str
    by: str


@dataclass(frozen=True, slots=True)
class CommissioningNote(Head):
    """What is asked for one meeting, for one edition's readers, as at `on`. `updates_by` is the day by which updates on actions are wanted."""

    kind: ClassVar = COMMISSION
    meeting: str
    office: str
    heading: str
    day: date
    time: str
    venue: str
    chair: str
    contact: str
    updates_by: str
    asked: tuple[AskedLine, ...]
    matters: tuple[MatterEntry, ...]
    actions: tuple[ActionLine, ...]
    papers: tuple[WantedPaper, ...]
    figures: tuple[WantedFigures, ...]
    withheld: tuple[Withheld, ...]
    summary: Sentence
    readings: tuple[ReadingLine, ...] = ()
    """How the workbooks were read whose every measure these readers may read."""
    abbreviations: tuple[Abbreviation, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
