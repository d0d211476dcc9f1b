"""What a person has let out: a document in an edition, line by line what else, and what was published."""

from datetime import date
from enum import StrEnum

from reportpack.model.document import SUPPLEMENT
from reportpack.model.edition import Audience
from reportpack.model.judgement import Cell, Judgement, ToldLine
from reportpack.model.letter import Addressee
from reportpack.model.meeting_event import OfMeeting
from reportpack.model.office import Gets
from reportpack.records import Record


class ReleasedRole(StrEnum):
    """What a released file is. The words are stored."""

    PDF = "pdf"
    FULL = "full pack"  # the pack with its papers
    PART = "part of the full pack"  # where that is larger than some reader's mail takes
    WEB = "web page"
    WORD = "word document"  # the copy of an annex that is checked for accuracy
    PAGE_SOURCE = "page source"
    APPENDIX = "appendix"  # where it is not bound into its pack
    APPENDIX_WEB = "appendix as a web page"
    TABLES = "full tables"  # the appendix as a workbook
    RECORD = "record"
    SHEET = "own sheet"
    REPLY_FORM = "reply form"

    @property
    def ending(self) -> str:
        """How its file's name ends; empty where it is not handed out by itself."""
        own = {ReleasedRole.PDF: ".pdf", ReleasedRole.WEB: ".html", ReleasedRole.WORD: ".docx", ReleasedRole.RECORD: ".json"}
        behind = {ReleasedRole.APPENDIX: ".pdf", ReleasedRole.APPENDIX_WEB: ".html", ReleasedRole.TABLES: ".xlsx"}
        full = " with papers.pdf" if self is ReleasedRole.FULL else ""
        return f" appendix{behind[self]}" if self in behind else own.get(self, full)


class ReleasedFile(Record):
    """A file as it was released, under its sha256: an own sheet or a reply form for a post and any areas, a part of a pack (`part 2 of 3`)."""

    role: ReleasedRole
    sha256: str
    post: str = ""
    areas: tuple[str, ...] = ()
    part: str = ""

    @property
    def ending(self) -> str:
        """How its name ends; empty where it is not handed out by itself."""
        return f" with papers, {self.part}.pdf" if self.part else self.role.ending


class ReleasedLine(Record):
    """A line that was for the office, in the very words that were released. `topic` is the number of the agenda item, `place` the
    page that it stands on: the same words elsewhere are another line."""

    id: str
    words: str
    topic: str = ""
    place: str = ""


class Released(Record):
    """A person released a document in an edition. `build` is the number of the recorded build they saw; the event's `who` is the
    person. Released again before it was sent or published, the same version is replaced. `turned` says which verdicts were
    otherwise in the version before."""

    meeting: str
    document: str
    edition: Audience
    version: int
    on: date
    build: int
    program: str
    pages: int = 0
    files: tuple[ReleasedFile, ...] = ()
    lines: tuple[ReleasedLine, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    turned: tuple[str, ...] = ()
    hidden: tuple[Cell, ...] | None = None
    """The cells that it did not print for small numbers' sake; None where that was not recorded yet."""
    has: tuple[ToldLine, ...] | None = None
    """Its matters, actions and papers; None where that was not recorded yet."""
    changed: tuple[str, ...] = ()
    """What is otherwise than in the version before, for letters: verdicts stand in `turned`."""
    sections: tuple[ToldLine, ...] = ()
    """Its agenda under the numbers that it printed, titles as the office has them."""
    headlines: tuple[str, ...] = ()  # what matters most in it, for letters
    asked: tuple[tuple[str, str], ...] = ()  # of whoever holds a post, by its id, for letters
    cited: bool = False  # the public's edition names rows by the public's references; what was made before could not

    @property
    def named(self) -> str:
        """`briefing pack v2`, `supplement 1`."""
        return f"{self.document.replace('-', ' ')} {'' if self.document == SUPPLEMENT.stem else 'v'}{self.version}"

    def file(self, role: ReleasedRole, post: str = "", areas: tuple[str, ...] = ()) -> ReleasedFile | None:
        """The file of that role, for that post and those areas where it is somebody's own."""
        return next((one for one in self.files if (one.role, one.post, one.areas) == (role, post, areas)), None)


class LinesReleased(OfMeeting):
    """Lines of enquiry and questions that the force may now read; each release gives the whole list anew."""

    edition: Audience
    lines: tuple[ReleasedLine, ...] = ()


class Published(Record):
    """A released version was put where the web site takes it from."""

    meeting: str
    document: str
    edition: Audience
    version: int
    on: date
    folder: str
    files: tuple[ReleasedFile, ...] = ()
    beside: tuple[tuple[str, str], ...] = ()
    """The sha256 of the index and of what else stands in the folder for all papers, by name; none where that was not recorded yet."""
    cited: bool = False


class PublishedFile(Record):
    """A file beside the index: the path to it from there, and what it is."""

    href: str
    kind: str
    media_type: str
    sha256: str


class PublishedPaper(Record):
    """A document in the version that stands, and when that was published."""

    title: str
    meeting: str
    day: date
    document: str
    version: int
    on: date
    files: tuple[PublishedFile, ...]


class Disclosed(Record):
    """What is left out of something published: in place of what, why, and by which exemption; empty where nobody chose one."""

    paper: str
    what: str
    reason: str
    exemption: str


class Unreadable(Record):
    """A published paper that a screen reader cannot read well, and in which document it is bound."""

    title: str
    paper: str


class PublicationStep(Record):
    """One thing that is to be published of a meeting, by which rule, until when; `done` says when it was, `open` what is left to do."""

    what: str
    rule: str
    until: date | None
    done: date | None
    open: str = ""


class PublishedIndex(Record):
    """Every paper that is published, the latest meeting first, with what goes with them; `elsewhere` are other addresses by their names."""

    publisher: str
    language: str
    contact: str
    papers: tuple[PublishedPaper, ...]
    disclosed: tuple[Disclosed, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
    elsewhere: tuple[tuple[str, str], ...] = ()


class Planned(Record):
    """One person's letter with one released document: what they get by the settings, and their own papers among what was
    released. `lacking` says what they should get and nobody has released."""

    to: Addressee
    release: Released
    gets: frozenset[Gets]
    papers: tuple[ReleasedFile, ...]
    posts: tuple[str, ...]
    room: int = 10  # megabytes that their mail takes in one letter
    lacking: str = ""
