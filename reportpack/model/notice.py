"""A notice: the words of a letter that asks, reminds or reports. Templates arrange it."""

from reportpack.model.letter_words import EnclosureLine, LinkLine
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class NoticeLists:
    """The lists of a notice, each line finished text; templates have their headings."""

    papers: tuple[str, ...] = ()
    figures: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    done: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Notice:
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
