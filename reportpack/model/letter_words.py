"""What a letter says, as its template finds it: finished words, nothing computed there."""

from datetime import date

from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class EnclosureLine:
    """A file that goes with the letter, and what it is."""

    name: str
    what: str


@dataclass(frozen=True, slots=True)
class LinkLine:
    """A file that is too large to go with it, and where it lies."""

    name: str
    where: str

    @property
    def is_address(self) -> bool:
        """Whether a reader can follow it as an address of the web."""
        return self.where.startswith(("https://", "http://"))


@dataclass(frozen=True, slots=True)
class DocumentLetter:
    """A letter with a released document, or with what concerns one reader of it. `title` is its subject."""

    title: str
    language: str
    marking: str
    name: str
    meeting: str
    day: date
    time: str
    venue: str
    version: str
    edition: str
    pages: str
    replaces: str
    has_document: bool
    has_form: bool
    reply_to: str
    office: str
    contact: str
    enclosures: tuple[EnclosureLine, ...] = ()
    links: tuple[LinkLine, ...] = ()
    turned: tuple[str, ...] = ()
    """Verdicts that were otherwise in what this reader had before."""
