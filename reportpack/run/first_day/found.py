"""What one file was found to hold: plain records that are kept by the file's hash, so that a file is read once."""

from datetime import date, time
from enum import StrEnum

from reportpack.model.minutes import Attendance, NotedItem
from reportpack.records import dataclass
from reportpack.run.measure_add import Candidate


class FileKind(StrEnum):
    """What a file is."""

    FIGURES = "workbook of figures"
    TRACKER = "tracker"
    NOTES = "notes of a meeting"
    AGENDA = "agenda"
    PAPER = "paper"
    WORDS = "words for a pack"
    NOTHING = "not used"


@dataclass(frozen=True, slots=True)
class FoundArea:
    """A name of a place, where it stands first, and whether its figures hold the others'."""

    name: str
    sheet: str
    cell: str
    total: bool = False


@dataclass(frozen=True, slots=True)
class FoundRows:
    """A sheet that is a tracker: the sheet of the register that its rows belong to, its headings, and who owns its rows."""

    sheet: str
    table: str
    shape: str
    owners: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundBody:
    """The name of an office, or of a force, in somebody's words."""

    name: str
    of_office: bool
    where: str


@dataclass(frozen=True, slots=True)
class FileReading:
    """All of one file that the first day needs. `why` says why it is of no use; `last` is the end of its latest figures."""

    kind: FileKind
    why: str = ""
    as_at: date | None = None
    last: date | None = None
    figures: tuple[Candidate, ...] = ()
    areas: tuple[FoundArea, ...] = ()
    sheets: tuple[str, ...] = ()
    rows: tuple[FoundRows, ...] = ()
    bodies: tuple[FoundBody, ...] = ()
    title: str = ""
    day: date | None = None
    start: time | None = None
    venue: str = ""
    chair: str = ""
    note_taker: str = ""
    people: tuple[Attendance, ...] = ()
    items: tuple[NotedItem, ...] = ()
    owners: tuple[str, ...] = ()
    next_day: date | None = None
