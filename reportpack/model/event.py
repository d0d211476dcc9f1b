"""What happened, in the words of the ledger. Events are added, never changed."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from reportpack.model.audience import Audience
from reportpack.model.observation import Observation


class EventKind(StrEnum):
    """What kind of thing happened. The words are stored: they are never changed, only added to."""

    WORKBOOK_SEEN = "workbook seen"
    BUILD = "build"


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

    def files_of(self, role: FileRole) -> tuple[BuildFile, ...]:
        """The files that played that role, in the order they were given."""
        return tuple(file for file in self.files if file.role is role)


Happening = WorkbookSeen | Build


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
        return EventKind.BUILD if isinstance(self.what, Build) else EventKind.WORKBOOK_SEEN
