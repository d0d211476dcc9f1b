"""A letter: what is sent to one person, and what makes it the same letter however often it is asked for."""

import hashlib
from collections.abc import Callable
from dataclasses import field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Self

from reportpack.model.edition import Audience
from reportpack.records import Record


class LetterKind(StrEnum):
    """What a letter is for. The words are stored: they are never changed, only added to."""

    PACK = "pack"
    ANNEX = "annex"
    SUPPLEMENT = "supplement"
    COMMISSIONING = "commissioning note"
    REMINDER = "reminder"
    CHASE = "chase"
    SHEETS = "health sheets"
    PREVIEW = "preview"
    TROUBLE = "trouble"
    CALENDAR = "calendar"

    @property
    def needs_release(self) -> bool:
        """Whether a person must have released what it carries; the others may be set to go alone."""
        return self in (LetterKind.PACK, LetterKind.ANNEX, LetterKind.SUPPLEMENT)


class Addressee(Record):
    """One person with one address; `post` is whose letters they get, `edition` what they may read."""

    name: str
    email: str
    post: str
    edition: Audience


class Enclosure(Record):
    """A file that goes with a letter, and the sha256 it is kept under. `media_type` may hold parameters, as `text/calendar;
    method=REQUEST` does. `data` is empty where it has not been fetched from what is kept."""

    name: str
    media_type: str
    sha256: str
    data: bytes = field(default=b"", compare=False)

    @classmethod
    def of(cls, name: str, media_type: str, data: bytes) -> Self:
        """A file that may not be kept yet."""
        return cls(name, media_type, hashlib.sha256(data).hexdigest(), data)


class Letter(Record):
    """One letter to one person. `document` says which of its kind it is (`briefing-pack`, `annex`, `reminder 2019-05-21`); where one letter
    cannot carry all of it, `number` says which of them this is."""

    kind: LetterKind
    meeting: str
    document: str
    version: int
    edition: Audience
    to: Addressee
    subject: str
    text: str
    html: str
    enclosures: tuple[Enclosure, ...] = ()
    number: int = 1

    @property
    def key(self) -> str:
        """Its identity for "at most once": the person's address, the meeting, the document, its version and edition."""
        return letter_key(self.to.email, self.meeting, self.carried, self.version, self.edition)

    @property
    def carried(self) -> str:
        """The document, and which of its letters this is where it is not the first."""
        return f"{self.document} letter {self.number}" if self.number > 1 else self.document

    def kept(self, keep: Callable[[bytes], str]) -> Self:
        """The same letter, its files kept and no longer in it."""
        files = tuple(replace(one, sha256=keep(one.data), data=b"") if one.data else one for one in self.enclosures)
        return replace(self, enclosures=files)

    def fetched(self, kept: Callable[[str], bytes]) -> Self:
        """The same letter with its files."""
        return replace(self, enclosures=tuple(replace(one, data=kept(one.sha256)) for one in self.enclosures))


def letter_key(email: str, meeting: str, document: str, version: int, edition: Audience) -> str:
    """24 hexadecimal digits; the address is in them whatever its capitals, and cannot be read from them."""
    named = "\n".join((email.strip().casefold(), meeting, document, str(version), edition.value))
    return hashlib.sha256(named.encode("utf-8", "surrogatepass")).hexdigest()[:24]


class EnclosureLine(Record):
    """A file that goes with the letter, and what it is."""

    name: str
    what: str


class LinkLine(Record):
    """A file that is too large to go with it, and where it lies."""

    name: str
    where: str

    @property
    def is_address(self) -> bool:
        """Whether a reader can follow it as an address of the web."""
        return self.where.startswith(("https://", "http://"))


class DocumentLetter(Record):
    """A letter with a released document, or with what concerns one reader of it. `title` is its subject; `had` the version that this reader
    had last, where one came between."""

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
    number: int = 1  # of the letters that carry it, where there are several
    letters: int = 1
    turned: tuple[str, ...] = ()  # verdicts that were otherwise in what this reader had before
    changed: tuple[str, ...] = ()  # what else was, the first of it
    more_changed: int = 0
    asked: tuple[str, ...] = ()  # of this reader: actions due and overdue, papers; the first of it
    more_asked: int = 0
    headlines: tuple[str, ...] = ()  # what matters most in their edition
    had: str = ""


class NoticeLists(Record):
    """The lists of a notice, each line finished text; templates have their headings."""

    papers: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    done: tuple[str, ...] = ()


class Notice(Record):
    """One notice to one person. `title` is the letter's subject, its marking first; `opening` says in a sentence or two what it is about."""

    title: str
    language: str
    marking: str
    name: str
    opening: str
    lists: NoticeLists
    office: str
    contact: str
    enclosures: tuple[EnclosureLine, ...] = ()
    links: tuple[LinkLine, ...] = ()


class Method(StrEnum):
    """What a calendar file asks of the program that opens it."""

    REQUEST = "REQUEST"  # put the meeting in, or change it: to one person, with their name in it
    CANCEL = "CANCEL"
    PUBLISH = "PUBLISH"  # show these: to anybody, with nobody's name in it


class CalendarPerson(Record):
    """Who calls the meeting, or the one person who is asked."""

    name: str
    email: str


class CalendarEntry(Record):
    """`start` and `end` are instants with a zone, or days without one: a whole day, `end` the first that is no longer part of it.
    `uid` is the same for ever; `sequence` rises with each change of day, time or place."""

    uid: str
    title: str
    start: datetime | date
    end: datetime | date
    sequence: int = 0
    place: str = ""
    notes: str = ""
    cancelled: bool = False

    @property
    def is_day(self) -> bool:
        """Whether it is a whole day."""
        return not isinstance(self.start, datetime)
