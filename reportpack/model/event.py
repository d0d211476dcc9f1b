"""What happened, in the words of the ledger. Events are added, never changed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Self

from reportpack.model.answer import QueryAnswered
from reportpack.model.audience import Audience
from reportpack.model.correction import CorrectionProposed, CorrectionSettled
from reportpack.model.duty import DueBegan, DueTold, DutySettled, HeldSettled, LettersHeld
from reportpack.model.erasure import Erased
from reportpack.model.judgement import Judgement
from reportpack.model.meeting_event import MeetingCancelled, MeetingEvent, MeetingMoved, MeetingSet
from reportpack.model.observation import Observation
from reportpack.model.of_meeting import OfMeeting
from reportpack.model.outbox import (
    AttemptBegun,
    AttemptEnded,
    DraftDone,
    DraftWritten,
    LetterEvent,
    LetterQueued,
    LetterRehearsed,
    LetterReported,
    LetterSettled,
)
from reportpack.model.register_columns import Heading, table_of
from reportpack.model.register_row import CellChange, RegisterRow
from reportpack.model.release import LinesReleased, Published, Released
from reportpack.model.reply import ReplyKept, ReplySettled
from reportpack.model.source import Source
from reportpack.records import dataclass


class EventKind(StrEnum):
    """What kind of thing happened. The words are stored: they are never changed, only added to."""

    WORKBOOK_SEEN = "workbook seen"
    BUILD = "build"
    ROW_CHANGED = "register row"
    REGISTER_SEEN = "register seen"
    UNDONE = "undone"
    ANNEX_ISSUED = "annex issued"
    ANNEX_AGREED = "annex agreed"
    CORRECTION_PROPOSED = "correction proposed"
    CORRECTION_SETTLED = "correction settled"
    QUERY_ANSWERED = "query answered"
    RELEASED = "released"
    LINES_RELEASED = "lines released"
    PUBLISHED = "published"
    LETTER_QUEUED = "letter queued"
    ATTEMPT_BEGUN = "attempt begun"
    ATTEMPT_ENDED = "attempt ended"
    LETTER_SETTLED = "letter settled"
    LETTER_REHEARSED = "letter rehearsed"
    LETTER_REPORTED = "letter reported"
    DRAFT_WRITTEN = "draft written"
    DRAFT_DONE = "draft done"
    REPLY_KEPT = "reply kept"
    REPLY_SETTLED = "reply settled"
    DUE_BEGAN = "due began"
    DUE_TOLD = "due told"
    DUTY_SETTLED = "duty settled"
    LETTERS_HELD = "letters held"
    HELD_SETTLED = "held letters settled"
    MEETING_SET = "meeting set"
    MEETING_MOVED = "meeting moved"
    MEETING_CANCELLED = "meeting cancelled"
    ERASED = "erased"


class FileRole(StrEnum):
    """What a kept file was to a build."""

    PAGE_SOURCE = "page source"
    THEME = "theme"
    ASSET = "asset"
    TEMPLATE = "template"
    INPUT = "input"
    RECORD = "record"
    """What stood beside the document: pack.json, the copy of the register."""
    OUTPUT = "output"


@dataclass(frozen=True, slots=True)
class BuildFile:
    """A file that a build used or made: its role, the name the build knew it by, and the sha256 it is kept under."""

    role: FileRole
    name: str
    sha256: str
    as_at: date | None = None


@dataclass(frozen=True, slots=True)
class WorkbookSeen:
    """A workbook lay in the inputs. The first such event of a sha256 gives its as-at when nothing else does."""

    file: str
    sha256: str
    as_at: date | None = None

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return self.sha256


@dataclass(frozen=True, slots=True)
class Carried:
    """What a pack brought before its meeting, each in words that are another's once it stands otherwise: what the next build is held against."""

    matters: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Build:
    """A document was built for a meeting and an edition, as at `on`, from these files, with these figures in it.

    `document` is `briefing-pack` or `annex`; `program` is the version that built it.
    """

    meeting: str
    document: str
    edition: Audience
    on: date
    program: str
    files: tuple[BuildFile, ...] = ()
    figures: tuple[Observation, ...] = ()
    carried: Carried | None = None
    """None for builds of programs that did not record it."""
    judgements: tuple[Judgement, ...] = ()

    def files_of(self, role: FileRole) -> tuple[BuildFile, ...]:
        """The files that played that role, in the order they were given."""
        return tuple(file for file in self.files if file.role is role)

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return build_subject(self.meeting, self.document, self.edition)


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row of the register is new, or some of its words are. `cause` says by what: the workbook, an annex, a command."""

    sheet: str
    ref: str
    changes: tuple[CellChange, ...]
    cause: str
    source: Source = Source("")

    @classmethod
    def adding(cls, row: RegisterRow, ref: str, cause: str) -> Self:
        """A new row under that reference."""
        named = (CellChange(Heading.REFERENCE, "", ref),) if table_of(row.sheet).has_references else ()
        cells = (
            CellChange(one.header, "", one.text, one.day) for one in row.cells if one.text and one.header != Heading.REFERENCE
        )
        return cls(row.sheet, ref, (*named, *cells), cause, row.source)

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return f"{self.sheet}/{self.ref}"

    @property
    def is_new(self) -> bool:
        """Whether the row had no words before."""
        return all(not one.before for one in self.changes)

    @property
    def words(self) -> dict[str, str]:
        """What it says now, by heading."""
        return {one.header: one.after for one in self.changes}


@dataclass(frozen=True, slots=True)
class RegisterSeen:
    """The register workbook was read, or written with that number; `rows` is the sha256 its rows are kept under."""

    sha256: str
    number: int | None
    rows: str
    written: bool = False

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return self.sha256


@dataclass(frozen=True, slots=True)
class Undone:
    """An earlier event no longer counts, and why. It stays where it is."""

    event: int
    why: str

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return str(self.event)


@dataclass(frozen=True, slots=True)
class GivenReference:
    """What an annex calls something in its notes: the sheet and reference of its row, and the words as they were noted."""

    sheet: str
    ref: str
    words: str


@dataclass(frozen=True, slots=True)
class AnnexIssued(OfMeeting):
    """The notes of a meeting were issued for accuracy on a day. `sha256` is what the notes are kept under."""

    file: str
    sha256: str
    on: date
    version: int
    given: tuple[GivenReference, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnexAgreed(OfMeeting):
    """The notes that were issued as that version were agreed on a day."""

    on: date
    version: int


Happening = (
    WorkbookSeen
    | Build
    | RowChange
    | RegisterSeen
    | Undone
    | AnnexIssued
    | AnnexAgreed
    | CorrectionProposed
    | CorrectionSettled
    | QueryAnswered
    | Released
    | LinesReleased
    | Published
    | LetterEvent
    | ReplyKept
    | ReplySettled
    | DueBegan
    | DueTold
    | DutySettled
    | LettersHeld
    | HeldSettled
    | MeetingEvent
    | Erased
)
KINDS: dict[type[Happening], EventKind] = {
    WorkbookSeen: EventKind.WORKBOOK_SEEN,
    Build: EventKind.BUILD,
    RowChange: EventKind.ROW_CHANGED,
    RegisterSeen: EventKind.REGISTER_SEEN,
    Undone: EventKind.UNDONE,
    AnnexIssued: EventKind.ANNEX_ISSUED,
    AnnexAgreed: EventKind.ANNEX_AGREED,
    CorrectionProposed: EventKind.CORRECTION_PROPOSED,
    CorrectionSettled: EventKind.CORRECTION_SETTLED,
    QueryAnswered: EventKind.QUERY_ANSWERED,
    Released: EventKind.RELEASED,
    LinesReleased: EventKind.LINES_RELEASED,
    Published: EventKind.PUBLISHED,
    LetterQueued: EventKind.LETTER_QUEUED,
    AttemptBegun: EventKind.ATTEMPT_BEGUN,
    AttemptEnded: EventKind.ATTEMPT_ENDED,
    LetterSettled: EventKind.LETTER_SETTLED,
    LetterRehearsed: EventKind.LETTER_REHEARSED,
    LetterReported: EventKind.LETTER_REPORTED,
    DraftWritten: EventKind.DRAFT_WRITTEN,
    DraftDone: EventKind.DRAFT_DONE,
    ReplyKept: EventKind.REPLY_KEPT,
    ReplySettled: EventKind.REPLY_SETTLED,
    DueBegan: EventKind.DUE_BEGAN,
    DueTold: EventKind.DUE_TOLD,
    DutySettled: EventKind.DUTY_SETTLED,
    LettersHeld: EventKind.LETTERS_HELD,
    HeldSettled: EventKind.HELD_SETTLED,
    MeetingSet: EventKind.MEETING_SET,
    MeetingMoved: EventKind.MEETING_MOVED,
    MeetingCancelled: EventKind.MEETING_CANCELLED,
    Erased: EventKind.ERASED,
}

LETTER_KINDS = (
    EventKind.LETTER_QUEUED,
    EventKind.ATTEMPT_BEGUN,
    EventKind.ATTEMPT_ENDED,
    EventKind.LETTER_SETTLED,
    EventKind.LETTER_REHEARSED,
    EventKind.LETTER_REPORTED,
    EventKind.DRAFT_WRITTEN,
    EventKind.DRAFT_DONE,
)


def build_subject(meeting: str, document: str, edition: Audience) -> str:
    """`2019-05-28-assurance/briefing-pack/office`."""
    return f"{meeting}/{document}/{edition.value}"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened: what, when it was recorded (with its time zone), and who did it where that is known.

    `number` is its place in the ledger, 0 before it is recorded.
    """

    what: Happening
    recorded: datetime
    who: str = ""
    number: int = 0

    @property
    def kind(self) -> EventKind:
        """Its kind, from what happened."""
        return KINDS[type(self.what)]
