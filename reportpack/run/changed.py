"""What the pages of a pack say otherwise than before: than the build before the last one, and than what was sent."""

from collections import Counter

from reportpack.ledger import Ledger
from reportpack.model.edition import Audience
from reportpack.model.event import FileRole
from reportpack.model.meeting import Meeting
from reportpack.model.release import ReleasedRole
from reportpack.records import dataclass
from reportpack.run.office_files import Folders, kept_text, open_memory
from reportpack.run.pack import NAME as PACK
from reportpack.run.steps.released import last_release, letters_of, may_have_gone

_DATED = ("sources", "changes")
"""Sections that differ by the day alone, and say nothing new of the office's matters."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A section that reads otherwise: the lines that are new in it, and those that are gone."""

    section: str
    title: str
    new: tuple[str, ...]
    gone: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """By section; None where there is nothing to hold the pages against."""

    since_build: tuple[Changed, ...] | None
    since_sent: tuple[Changed, ...] | None
    version: int = 0


def changes_of(folders: Folders, meeting: Meeting, edition: Audience) -> Changes:
    """The last build of that edition held against the one before it whose pages differ, and against the version that somebody was sent."""
    with open_memory(folders) as ledger:
        builds = [one for one in ledger.builds(meeting.id, PACK) if getattr(one.what, "edition", None) is edition]
        sources = [source for one in builds if (source := kept_text(ledger, one, FileRole.PAGE_SOURCE)) is not None]
        if not sources:
            return Changes(None, None)
        now = sources[-1]
        before = next((one for one in reversed(sources) if one != now), None)
        version, sent = _sent(ledger, meeting, edition)
    return Changes(
        changes_between(before, now) if before is not None else None, changes_between(sent, now) if sent else None, version
    )


def changes_between(before: bytes, now: bytes) -> tuple[Changed, ...]:
    """The sections of two page sources that do not say the same."""
    old, new = _sections(before), _sections(now)
    found = []
    for name, (title, lines) in new.items():
        known = Counter(old.get(name, ("", ()))[1])
        fresh, gone = Counter(lines) - known, known - Counter(lines)
        if fresh or gone:
            found.append(Changed(name, title, tuple(fresh), tuple(gone)))
    gone_whole = [Changed(name, title, (), lines) for name, (title, lines) in old.items() if name not in new]
    return (*found, *gone_whole)


def _sent(ledger: Ledger, meeting: Meeting, edition: Audience) -> tuple[int, bytes]:
    release = last_release(ledger, meeting.id, PACK, edition)
    source = release.file(ReleasedRole.PAGE_SOURCE) if release is not None else None
    if release is None or source is None or not any(may_have_gone(one) for one in letters_of(ledger, release)):
        return 0, b""
    return release.version, ledger.kept(source.sha256)


def _sections(source: bytes) -> dict[str, tuple[str, tuple[str, ...]]]:
    """By the id of a section, its heading and its lines that hold words."""
    from reportpack.render.element import block_lines, words_of
    from reportpack.render.page_source import parse_page_source
    from reportpack.render.vocabulary import HEADINGS

    found = {}
    for section in parse_page_source(source.decode(), "page source").sections:
        name = section.get("id")
        if name and name not in _DATED:
            title = next((words_of(one) for one in section.walk() if one.tag in HEADINGS), "")
            found[name] = title, tuple(" ".join(line.split()) for line in block_lines(section) if any(map(str.isalnum, line)))
    return found
