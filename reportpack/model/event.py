"""What happened, in the words of the ledger. Events are added, never changed."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple, Self

from reportpack.model.answer import QueryAnswered
from reportpack.model.correction import CorrectionProposed, CorrectionSettled
from reportpack.model.duty import DueBegan, DueTold, DutySettled, HeldSettled, LettersHeld
from reportpack.model.edition import Audience
from reportpack.model.judgement import Judgement
from reportpack.model.meeting_event import MeetingCancelled, MeetingEvent, MeetingMoved, MeetingSet, OfMeeting
from reportpack.model.observation import FigureAnswered, Observation
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
    OutboxEpoch,
    OutboxSettled,
)
from reportpack.model.paper import PaperLettered
from reportpack.model.passage import NotesOpened, PassageHeld, PassageRestored
from reportpack.model.problem import Source
from reportpack.model.register_columns import Heading, table_of
from reportpack.model.register_row import CellChange, RegisterRow, TrackerMapped
from reportpack.model.release import LinesReleased, Published, Released
from reportpack.model.reply import ReplyKept, ReplySettled
from reportpack.records import Record


class ErasedFile(Record):
    """A kept file, by the sha256 it had, and the one its copy without the words is kept under; "" when it is gone whole."""

    sha256: str
    now: str = ""


class Erased(Record):
    """Words were erased from these events and kept files, and from so many cells of the register workbook; `standing` are the hashes of notes and
    papers in inputs/ that still held them, which only people can change."""

    why: str
    events: tuple[int, ...] = ()
    files: tuple[ErasedFile, ...] = ()
    cells: int = 0
    standing: tuple[str, ...] = ()


class FileRole(StrEnum):
    """What a kept file was to a build."""

    PAGE_SOURCE = "page source"
    THEME = "theme"
    ASSET = "asset"
    TEMPLATE = "template"
    INPUT = "input"
    RECORD = "record"  # what stood beside the document: pack.json, the copy of the register.
    OUTPUT = "output"


class BuildFile(Record):
    """A file that a build used or made: its role, the name the build knew it by, and the sha256 it is kept under."""

    role: FileRole
    name: str
    sha256: str
    as_at: date | None = None


class WorkbookSeen(Record):
    """A workbook lay in the inputs. The first such event of a sha256 gives its as-at when nothing else does."""

    file: str
    sha256: str
    as_at: date | None = None
    layout: tuple[str, ...] = ()  # its labels and where they stand, as its reading note has them
    unused: int = 0  # labels and sheets that no measure took


class Carried(Record):
    """What a pack brought before its meeting, each in words that are another's once it stands otherwise: what the next build is held against."""

    matters: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()


class Build(Record):
    """A document was built for a meeting and an edition, as at `on`, from these files, with these figures in it. `document` is
    `briefing-pack` or `annex`; `program` is the version that built it."""

    meeting: str
    document: str
    edition: Audience
    on: date
    program: str
    files: tuple[BuildFile, ...] = ()
    figures: tuple[Observation, ...] = ()
    carried: Carried | None = None  # none for builds of programs that did not record it
    judgements: tuple[Judgement, ...] = ()

    def files_of(self, role: FileRole) -> tuple[BuildFile, ...]:
        """The files that played that role, in the order they were given."""
        return tuple(file for file in self.files if file.role is role)


class RowChange(Record):
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
    def is_new(self) -> bool:
        """Whether the row had no words before."""
        return all(not one.before for one in self.changes)

    @property
    def words(self) -> dict[str, str]:
        """What it says now, by heading."""
        return {one.header: one.after for one in self.changes}


class RegisterSeen(Record):
    """The register workbook was read, or written with that number; `rows` is the sha256 its rows are kept under."""

    sha256: str
    number: int | None
    rows: str
    written: bool = False


class Undone(Record):
    """An earlier event no longer counts, and why. It stays where it is."""

    event: int
    why: str


class GivenReference(Record):
    """What an annex calls something in its notes: the sheet and reference of its row, and the words as they were noted."""

    sheet: str
    ref: str
    words: str


class AnnexIssued(OfMeeting):
    """The notes of a meeting were issued for accuracy on a day. `sha256` is what the notes are kept under."""

    file: str
    sha256: str
    on: date
    version: int
    given: tuple[GivenReference, ...] = ()


class AnnexAgreed(OfMeeting):
    """The notes that were issued as that version were agreed on a day."""

    on: date
    version: int


_OfInputs = WorkbookSeen | RowChange | RegisterSeen | TrackerMapped | FigureAnswered | Undone | Erased
_OfPapers = Build | AnnexIssued | AnnexAgreed | CorrectionProposed | CorrectionSettled | QueryAnswered
_OfPassages = PassageHeld | PassageRestored | NotesOpened
_OfLetters = LetterEvent | OutboxEpoch | OutboxSettled | ReplyKept | ReplySettled | Released | LinesReleased | Published
_OfDuties = DueBegan | DueTold | DutySettled | LettersHeld | HeldSettled
Happening = _OfInputs | _OfPapers | _OfPassages | _OfLetters | _OfDuties | MeetingEvent | PaperLettered


class Kind(NamedTuple):
    """What a kind of event is called in the ledger, and what it is about, as it can be looked up. The words are stored: they are never
    changed, only added to."""

    name: str
    subject: str = "{0.meeting}"


KINDS: dict[type[Any], Kind] = {
    WorkbookSeen: Kind("workbook seen", "{0.sha256}"),
    Build: Kind("build", "{0.meeting}/{0.document}/{0.edition}"),
    RowChange: Kind("register row", "{0.sheet}/{0.ref}"),
    RegisterSeen: Kind("register seen", "{0.sha256}"),
    Undone: Kind("undone", "{0.event}"),
    AnnexIssued: Kind("annex issued"),
    AnnexAgreed: Kind("annex agreed"),
    CorrectionProposed: Kind("correction proposed"),
    CorrectionSettled: Kind("correction settled"),
    QueryAnswered: Kind("query answered"),
    Released: Kind("released", "{0.meeting}/{0.document}/{0.edition}"),
    LinesReleased: Kind("lines released"),
    Published: Kind("published", "{0.meeting}/{0.document}/{0.edition}"),
    LetterQueued: Kind("letter queued", "{0.letter.meeting}/{0.key}"),
    AttemptBegun: Kind("attempt begun", "{0.meeting}/{0.key}"),
    AttemptEnded: Kind("attempt ended", "{0.meeting}/{0.key}"),
    LetterSettled: Kind("letter settled", "{0.meeting}/{0.key}"),
    LetterRehearsed: Kind("letter rehearsed", "{0.meeting}/{0.key}"),
    LetterReported: Kind("letter reported", "{0.meeting}/{0.key}"),
    DraftWritten: Kind("draft written", "{0.meeting}/{0.key}"),
    DraftDone: Kind("draft done", "{0.meeting}/{0.key}"),
    OutboxEpoch: Kind("outbox epoch", "outbox"),
    OutboxSettled: Kind("outbox settled", "outbox"),
    ReplyKept: Kind("reply kept", "{0.sha256}"),
    ReplySettled: Kind("reply settled", "{0.reply}"),
    DueBegan: Kind("due began", "due"),
    DueTold: Kind("due told", "due"),
    DutySettled: Kind("duty settled", "{0.subject}"),
    LettersHeld: Kind("letters held", "{0.subject}"),
    HeldSettled: Kind("held letters settled", "{0.held}"),
    MeetingSet: Kind("meeting set"),
    MeetingMoved: Kind("meeting moved"),
    MeetingCancelled: Kind("meeting cancelled"),
    Erased: Kind("erased", "erasure"),
    FigureAnswered: Kind("figure answered", "{0.file}/{0.sheet}/{0.cell}"),
    TrackerMapped: Kind("tracker mapped", "{0.shape}"),
    PaperLettered: Kind("paper lettered"),
    PassageHeld: Kind("passage held back"),
    PassageRestored: Kind("passage restored"),
    NotesOpened: Kind("notes opened"),
}

LETTER_KINDS = (LetterQueued, AttemptBegun, AttemptEnded, LetterSettled, LetterRehearsed, LetterReported, DraftWritten, DraftDone)


def subject_of(what: Happening) -> str:
    """What it is about, as it can be looked up."""
    return KINDS[type(what)].subject.format(what)


def build_subject(meeting: str, document: str, edition: Audience) -> str:
    """`2019-05-28-assurance/briefing-pack/office`."""
    return f"{meeting}/{document}/{edition.value}"


class Event(Record):
    """Something that happened: what, when it was recorded (with its time zone), and who did it where that is known. `number` is
    its place in the ledger, 0 before it is recorded."""

    what: Happening
    recorded: datetime
    who: str = ""
    number: int = 0

    @property
    def kind(self) -> str:
        """What its kind is called in the ledger."""
        return KINDS[type(self.what)].name

    @property
    def subject(self) -> str:
        """What it is about, as it can be looked up."""
        return subject_of(self.what)
