"""What is asked of one reader: the commissioning note to the force, and a post's own sheet on a page or two of what the pack asks of it.

Nothing in either is beyond its edition's audience.
"""

from datetime import date
from typing import ClassVar

from reportpack.model.document import COMMISSION, OWN_SHEET, Head
from reportpack.model.office import Abbreviation
from reportpack.model.pack import ActionLine, AreaRow, GlanceRow, MatterEntry, ReadingLine, SourceEntry, Withheld
from reportpack.model.words import Sentence
from reportpack.records import Record


class AskedLine(Record):
    """A line of enquiry or a question that is put, and where on the agenda."""

    number: str
    title: str
    words: str


class WantedPaper(Record):
    """A paper that is awaited, from whom, and by when."""

    item: str
    title: str
    author: str
    by: str


class WantedFigures(Record):
    """Figures that are expected, from whom, for which month, and when."""

    measure: str
    supplier: str
    month: str
    by: str


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
    readings: tuple[ReadingLine, ...] = ()  # how the workbooks were read whose every measure these readers may read
    abbreviations: tuple[Abbreviation, ...] = ()
    sources: tuple[SourceEntry, ...] = ()


class OwnArea(Record):
    """A measure in the areas that are theirs."""

    measure: str
    period: str
    rows: tuple[AreaRow, ...]


class OwnSheet(Head):
    """What one post is asked and owes, for one edition's readers, as at `on`."""

    kind: ClassVar = OWN_SHEET
    meeting: str
    heading: str
    post: str
    actions: tuple[ActionLine, ...]
    questions: tuple[AskedLine, ...]
    areas: tuple[OwnArea, ...]
    exceptions: tuple[GlanceRow, ...]
    note: str
    abbreviations: tuple[Abbreviation, ...] = ()
    sources: tuple[SourceEntry, ...] = ()


class FormAction(Record):
    """An action as it stands in a reply form, beside the cells to fill in."""

    ref: str
    words: str
    due: str


class ReplyForm(Record):
    """A form with one post's open actions. `identity` says on the form itself which form it is."""

    identity: str
    meeting: str
    post: str
    marking: str
    reply_to: str
    on: date
    actions: tuple[FormAction, ...]
