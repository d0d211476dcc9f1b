"""What one file was found to hold: plain records that are kept by the file's hash, so that a file is read once."""

from datetime import date, time
from enum import StrEnum

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
    """Rows of a tracker: the register's sheet that they belong to, and headings that are not sure with what they are like."""

    sheet: str
    table: str
    rows: int
    shape: str
    unsettled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundPerson:
    """Somebody whom notes name at their head, with the capacity as written."""

    name: str
    post: str
    present: bool
    line: str


@dataclass(frozen=True, slots=True)
class FoundItem:
    """A line of an agenda."""

    path: str
    title: str
    line: str


@dataclass(frozen=True, slots=True)
class FoundBody:
    """The name of an office or a force in somebody's words."""

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
    title: str = ""
    day: date | None = None
    start: time | None = None
    venue: str = ""
    chair: str = ""
    note_taker: str = ""
    people: tuple[FoundPerson, ...] = ()
    items: tuple[FoundItem, ...] = ()
    next_day: date | None = None
    item: str = ""
    bodies: tuple[FoundBody, ...] = ()


def no_reading(why: str) -> FileReading:
    """Of a file that gives nothing."""
    return FileReading(FileKind.NOTHING, why)
