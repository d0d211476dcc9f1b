"""The dossier of a topic: everything on record about it, first as it is joined together, then as it is said to the readers of one edition."""

from datetime import date, datetime
from typing import ClassVar

from reportpack.model.agenda_view import AgendaView
from reportpack.model.document import DOSSIER, Head
from reportpack.model.edition import Audience
from reportpack.model.office import Abbreviation, Topic
from reportpack.model.pack import (
    ActionLine,
    CommitmentEntry,
    FullTable,
    Mark,
    MeasurePage,
    QuestionLine,
    SinceRow,
    SourceEntry,
    StatementBlock,
    Withheld,
)
from reportpack.model.register_row import CellChange
from reportpack.model.words import Sentence
from reportpack.records import Record


class RowStep(Record):
    """A recorded change of one row: when, by what, and the words before and after."""

    recorded: datetime
    cause: str
    changes: tuple[CellChange, ...]


class CarriedBy(Record):
    """A document that had something of the topic in it: which (`briefing-pack`, `annex`, `letter: reminder`), of which meeting
    and day. `audience` is who may read that it was made, where that is narrower than its own edition; `posts` are whom the
    note ends with."""

    document: str
    meeting: str
    day: date | None
    edition: Audience
    made: date
    note: str = ""
    audience: Audience | None = None
    posts: tuple[str, ...] = ()


class DossierView(Record):
    """One topic in an agenda view that holds all of its rows, live or not; `lives` are the recorded changes by sheet and reference."""

    topic: Topic
    below: tuple[Topic, ...]
    agenda: AgendaView
    lives: tuple[tuple[str, str, tuple[RowStep, ...]], ...]
    carried: tuple[CarriedBy, ...]

    def life_of(self, ref: str, *sheets: str) -> tuple[RowStep, ...]:
        """What was recorded of that row of one of the sheets, oldest first."""
        return next((steps for name, of, steps in self.lives if name in sheets and of == ref), ())


class LifeLine(Record):
    """One step in the life of a row."""

    day: date
    words: str


class DossierMatter(Record):
    """A matter: where it came from, its words, what was said then, where it stands, what the numbers did since."""

    id: str
    ref: str
    title: str
    words: str
    said: str
    origin: str
    due: str
    state: str
    earlier: tuple[str, ...]
    condition: str
    readiness: Sentence
    outcome: str
    evidence: str
    since: tuple[SinceRow, ...]
    life: tuple[LifeLine, ...]


class DossierAction(Record):
    """An action with its life; `holders` say who held the owning posts when it was raised and who does now."""

    line: ActionLine
    item: str
    holders: str
    redatings: tuple[str, ...]
    life: tuple[LifeLine, ...]


class CarriedLine(Record):
    """A document that carried the topic, in words."""

    document: str
    meeting: str
    edition: str
    made: date
    note: str = ""


class Dossier(Head):
    """All of it for one edition, as at a day. `names` are what else the topic is called, `below` the topics that stand under it."""

    kind: ClassVar = DOSSIER
    topic: str
    names: tuple[str, ...]
    below: tuple[str, ...]
    summary: tuple[Sentence, ...]
    measures: tuple[MeasurePage, ...]
    matters: tuple[DossierMatter, ...]
    commitments: tuple[CommitmentEntry, ...]
    actions: tuple[DossierAction, ...]
    questions: tuple[QuestionLine, ...]
    statements: tuple[StatementBlock, ...]
    carried: tuple[CarriedLine, ...]
    tables: tuple[FullTable, ...]
    withheld: tuple[Withheld, ...]
    marks: tuple[Mark, ...]
    abbreviations: tuple[Abbreviation, ...]
    sources: tuple[SourceEntry, ...]
    figures_note: str = ""
