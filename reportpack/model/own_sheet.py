"""Somebody's own sheet: what a pack asks of one post, on a page or two. Nothing is in it that the pack for the same readers does not hold."""

from datetime import date
from typing import ClassVar

from reportpack.model.document import OWN_SHEET, Head
from reportpack.model.office import Abbreviation
from reportpack.model.pack import ActionLine, AreaRow, GlanceRow, SourceEntry
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class OwnArea:
    """A measure in the areas that are theirs."""

    measure: str
    period: str
    rows: tuple[AreaRow, ...]


@dataclass(frozen=True, slots=True)
class OwnQuestion:
    """A question that will be put, and where on the agenda."""

    number: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class OwnSheet(Head):
    """What one post is asked and owes, for one edition's readers, as at `on`."""

    kind: ClassVar = OWN_SHEET
    meeting: str
    heading: str
    post: str
    actions: tuple[ActionLine, ...]
    questions: tuple[OwnQuestion, ...]
    areas: tuple[OwnArea, ...]
    exceptions: tuple[GlanceRow, ...]
    note: str
    abbreviations: tuple[Abbreviation, ...] = ()
    sources: tuple[SourceEntry, ...] = ()


@dataclass(frozen=True, slots=True)
class FormAction:
    """An action as it stands in a reply form, beside the cells to fill in."""

    ref: str
    words: str
    due: str


@dataclass(frozen=True, slots=True)
class ReplyForm:
    """A form with one post's open actions. `identity` says on the form itself which form it is."""

    identity: str
    meeting: str
    post: str
    marking: str
    reply_to: str
    on: date
    actions: tuple[FormAction, ...]
