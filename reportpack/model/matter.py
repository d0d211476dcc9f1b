"""A matter brought forward: something that an earlier meeting put off to a later one."""

from enum import StrEnum

from reportpack.model.edition import Audience
from reportpack.model.period import Period
from reportpack.model.problem import Source
from reportpack.model.register_columns import Column
from reportpack.records import Record


class MatterState(StrEnum):
    """Where a matter is in its life."""

    CARRIED = "carried forward"
    DISCHARGED = "discharged"


class Carrying(Record):
    """A matter put off again: from which meeting to which, as an id, a day or a month, and why."""

    before: str
    after: str
    reason: str = ""


class Matter(Record):
    """`words` are the origin meeting's own. `origin` and `due` name meetings: an id, or a month (`2018-11`) of the same series.
    `said` is what was said and promised then; `condition` what must have happened first; `due_as_written` is kept when it
    cannot be read."""

    ref: str
    title: str
    words: str
    state: MatterState
    source: Source
    topic: str = ""
    origin: str = ""
    due: str = ""
    due_as_written: str = ""
    said: str = ""
    condition: str = ""
    outcome: str = ""
    evidence: str = ""
    audience: Audience = Audience.OFFICE
    public_title: str = ""
    carryings: tuple[Carrying, ...] = ()  # each time it was carried again: every due that it had before
    awaits: tuple[Period, ...] = ()  # the figures that its condition says must be in first
    printed: tuple[tuple[Column, str], ...] = ()  # what else stands in its row, under columns that have no field here
