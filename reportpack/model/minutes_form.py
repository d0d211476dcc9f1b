"""A form for the notes of a meeting, filled with what is known before it: typed in freely, and read back."""

from typing import ClassVar

from reportpack.model.document import MINUTES_FORM, Head
from reportpack.model.office import Abbreviation
from reportpack.model.pack import SourceEntry
from reportpack.records import Record

OUTCOMES = ("closed", "carried to another meeting", "superseded by an action", "not reached")
"""What can be ticked for a matter."""


class FormPerson(Record):
    """Somebody expected; the name is empty where the post is vacant."""

    name: str
    post: str


class FormMatter(Record):
    """A matter brought forward, with the number it is taken at; `origin` as printed (`from November 2018`)."""

    number: str
    title: str
    origin: str
    words: str


class FormAction(Record):
    """An open action, as the register has it."""

    ref: str
    words: str
    owner: str
    due: str


class FormItem(Record):
    """A line of the agenda under a heading of that level. `leaf` when notes are taken there, `coming` when it is the line for the next meeting."""

    number: str
    title: str
    level: int
    leaf: bool
    coming: bool = False
    questions: tuple[str, ...] = ()
    matters: tuple[FormMatter, ...] = ()

    @property
    def below(self) -> int:
        """The level of a heading below it."""
        return min(self.level + 1, 4)


class MinutesForm(Head):
    """The whole form; `fields` are label and value in their order, `coming` those of the next meeting."""

    kind: ClassVar = MINUTES_FORM
    fields: tuple[tuple[str, str], ...]
    people: tuple[FormPerson, ...]
    matters: tuple[FormMatter, ...]
    actions: tuple[FormAction, ...]
    items: tuple[FormItem, ...]
    coming: tuple[tuple[str, str], ...]
    outcomes: tuple[str, ...] = OUTCOMES
    abbreviations: tuple[Abbreviation, ...] = ()
    sources: tuple[SourceEntry, ...] = ()

    @property
    def coming_placed(self) -> bool:
        """Whether a line of the agenda is the one for the next meeting."""
        return any(item.coming for item in self.items)
