"""What a web site is told of papers that are published."""

from datetime import date

from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class PublishedFile:
    """A file beside the index: the path to it from there, and what it is."""

    href: str
    kind: str
    media_type: str
    sha256: str


@dataclass(frozen=True, slots=True)
class PublishedPaper:
    """A document in the version that stands, and when that was published."""

    title: str
    meeting: str
    day: date
    document: str
    version: int
    on: date
    files: tuple[PublishedFile, ...]


@dataclass(frozen=True, slots=True)
class PublishedIndex:
    """Every paper that is published, the latest meeting first."""

    publisher: str
    language: str
    papers: tuple[PublishedPaper, ...]
