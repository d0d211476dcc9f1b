"""The notes of a meeting joined to its agenda and to the register: what each thing in them is, and who may read it."""

from datetime import date

from reportpack.model.agenda_view import Occasion
from reportpack.model.answer import AskedQuery
from reportpack.model.commitment import CommitmentState
from reportpack.model.correction import Correction
from reportpack.model.edition import Audience
from reportpack.model.event import GivenReference, RowChange
from reportpack.model.meeting import Meeting
from reportpack.model.minutes import BroughtForward, Minutes, NotedAction, NotedCommitment, NotedDecision, NotedItem, NotedPassage
from reportpack.model.office import MeetingSeries
from reportpack.model.passage import HeldBack
from reportpack.records import Record


class PlacedItem(Record):
    """An item of the notes. `number` is as it is printed (`2.1.5`, empty where the notes number nothing); one that
    the agenda does not know is the office's."""

    noted: NotedItem
    number: str
    topic: str
    audience: Audience
    passages: tuple[NotedPassage, ...] = ()
    public_title: str = ""
    withheld: str = ""  # why it is left out, where a person gave a reason for its line of the agenda or its topic


class PlacedMatter(Record):
    """A matter that was brought forward, with its reference in the register, empty where none fits; `due` is where it is carried to."""

    noted: BroughtForward
    ref: str
    item: PlacedItem | None
    audience: Audience
    due: Occasion | None = None


class PlacedAction(Record):
    """An action, new or from before. `ref` is empty until one is given; `due` the meeting it names, None for a day or nothing.
    `turn` counts the items before that ask for the same in the same words."""

    noted: NotedAction
    ref: str
    item: PlacedItem | None
    due: Occasion | None
    audience: Audience
    turn: int = 0


class PlacedCommitment(Record):
    """Something said would happen. `recorded` when it is a post's own promise, so that it will be held against what follows;
    `turn` counts the tests of one promise."""

    noted: NotedCommitment
    ref: str
    item: PlacedItem | None
    due: Occasion | None
    recorded: bool
    audience: Audience
    turn: int = 0


class SettledCommitment(Record):
    """What the notes say became of a commitment of the register, in the words that say so."""

    ref: str
    state: CommitmentState
    words: str
    line: str
    item: PlacedItem
    audience: Audience


class PlacedDecision(Record):
    """A decision in its item."""

    noted: NotedDecision
    item: PlacedItem | None
    audience: Audience


class AnnexStanding(Record):
    """Where the annex stands: issued when, agreed when; neither for a draft."""

    issued: date | None = None
    agreed: date | None = None
    version: int = 0


DRAFTED = AnnexStanding()


class NotedView(Record):
    """Everything an annex is composed from. `loose` are passages before the first item; `private` every line of the passages with
    private details, wherever in the passage those stand."""

    minutes: Minutes
    meeting: Meeting
    series: MeetingSeries | None
    items: tuple[PlacedItem, ...]
    matters: tuple[PlacedMatter, ...]
    actions: tuple[PlacedAction, ...]
    commitments: tuple[PlacedCommitment, ...]
    decisions: tuple[PlacedDecision, ...]
    settled: tuple[SettledCommitment, ...] = ()
    """Commitments of the register that came to an end; of several words on one the last."""
    loose: tuple[NotedPassage, ...] = ()
    private: frozenset[str] = frozenset()
    standing: AnnexStanding = DRAFTED
    asked: tuple[AskedQuery, ...] = ()  # every query with its answer, by number
    held: tuple[HeldBack, ...] = ()  # passages that not every edition carries
    opened: frozenset[Audience] = frozenset()  # the editions that a person opened notes of a meeting for that was not public
    corrections: tuple[Correction, ...] = ()  # those that speak of the notes as they are, settled or not


class Issue(Record):
    """What issuing notes does to the register: rows new and changed, every reference the notes now have, and what must be asked first."""

    changes: tuple[RowChange, ...]
    given: tuple[GivenReference, ...]
    asked: tuple[str, ...] = ()


class Restated(Record):
    """What a person says of references whose words the notes no longer have: the same thing in new words, or taken back. `same`
    holds each reference with the new words, or the line they stand on; empty where there is only one it can be."""

    same: tuple[tuple[str, str], ...] = ()
    withdrawn: frozenset[str] = frozenset()


NOTHING_SETTLED = Restated()
