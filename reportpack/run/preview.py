"""The pages of an edition as its last build left them: the HTML edition cut at its own sections, and where each number on a page comes from;
what they say otherwise than before; and what the readers of an edition will not see, by name."""

import itertools
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from html import escape, unescape
from pathlib import Path

from reportpack import patterns as re
from reportpack.compose.audience import restrict
from reportpack.compose.topics import known_by, office_lines
from reportpack.drive_files import bytes_of, sha256_of
from reportpack.errors import InputError, OutputError, Remedy, fails_as
from reportpack.model.document import PACK, Output
from reportpack.model.edition import Audience, may_read
from reportpack.model.event import FileRole
from reportpack.model.meeting import Meeting
from reportpack.model.pack import Withheld
from reportpack.model.release import ReleasedLine, ReleasedRole
from reportpack.records import Record
from reportpack.run.office_files import Folders, gather_meetings, kept_text, open_memory, write_files
from reportpack.run.pack import DRAFT, Briefing, lay_out
from reportpack.run.steps.documents import file_name, set_web_page
from reportpack.run.steps.released import last_release, letters_of, may_have_gone, released_lines

_SECTION = re.compile(r"<section\b[^>]*>|</section>")
_ID = re.compile(r'\bid="([^"]*)"')
_HEADING = re.compile(r"<h[1-3][^>]*>(.*?)</h[1-3]>")
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r'<a\b[^>]*>.*?</a>|<data (value)="[^"]*" data-source="([^"]*)"[^>]*>(.*?)</data>', re.DOTALL)
_HEADLINES = re.compile(r'<ol class="headlines"[^>]*>(.*?)</ol>', re.DOTALL)
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_CONTENTS = re.compile(r'<nav class="contents\b.*?</nav>\s*', re.DOTALL)
_LINK = re.compile(r'<a class="page"[^>]*>.*?</a>')


class Page(Record):
    """A part of an edition that is looked at by itself: the id and heading of its section."""

    id: str
    title: str
    html: str


class Preview(Record):
    """An edition as it was built: what stands before and after its pages, and the pages."""

    meeting: Meeting
    edition: Audience
    head: str
    pages: tuple[Page, ...]
    foot: str
    headlines: tuple[str, ...] = ()
    sources: Mapping[str, tuple[str, str]] | None = None
    """The file and sheet of each; None where the record of the build says them."""

    def page(self, name: str) -> tuple[int, Page]:
        """The page of that id and its place, else the first."""
        return next(((place, one) for place, one in enumerate(self.pages) if one.id == name), (0, self.pages[0]))

    def whole(self, page: Page, linked: str = "") -> str:
        """That page as an HTML file; `linked` makes each number a link: to that address with the number's place on the page."""
        body = _linked(page.html, linked) if linked else page.html
        return f"{self.head}{body}{self.foot}"


class Printed(Record):
    """A number on a page: its place there, how it reads, and the cells that it comes from as file, sheet and range."""

    place: int
    text: str
    cells: tuple[tuple[str, str, str], ...]


def preview_of(folders: Folders, meeting: Meeting, edition: Audience) -> Preview:
    """The edition's pages; InputError where there are none to look at."""
    return _cut(_read(_place(folders, meeting, edition, Output.WEB.value), edition), meeting, edition)


def page_now_of(folders: Folders, prepared: Briefing, edition: Audience, page: str) -> Preview:
    """That page alone, as a build of now would have it; nothing is written. An abbreviation that another page spells out may be spelt out on it."""
    meeting = prepared.gathered.meeting
    with open_memory(folders) as ledger:
        lines = released_lines(ledger, meeting.id)
    composed = lay_out(folders, prepared, edition, DRAFT, lines, only=page)
    html = set_web_page(composed.laid_out, folders, page).decode()
    if 'class="contents' in html[html.index("</style>") :]:  # it lists the other pages
        composed = lay_out(folders, prepared, edition, DRAFT, lines)
        html = set_web_page(composed.laid_out, folders, page).decode()
    sources = {one.id: (one.file, one.sheet) for one in composed.pack.sources if one.file}
    return replace(_cut(html, meeting, edition), sources=sources)


def _cut(html: str, meeting: Meeting, edition: Audience) -> Preview:
    starts = list(_top_sections(html))
    if not starts:
        raise InputError("The pages of that edition hold nothing.", Remedy("Build them again:", "pack", meeting.id))
    pages = []
    for part in (html[start:end] for start, end in starts):
        heading = _HEADING.search(part)
        ids = (found[1] for one in _SECTION.findall(part) if (found := _ID.search(one)) is not None)
        pages.append(Page(next(ids, ""), _words(heading[1]) if heading is not None else "", part))
    lists = _HEADLINES.search(html)
    headlines = tuple(_words(_LINK.sub("", one)) for one in _ITEM.findall(lists[1])) if lists is not None else ()
    head = _CONTENTS.sub("", html[: starts[0][0]])  # it lists parts that stand on other pages
    return Preview(meeting, edition, head, tuple(pages), html[starts[-1][1] :], headlines)


def numbers_on(folders: Folders, preview: Preview, page: Page) -> tuple[Printed, ...]:
    """Every number in the text of that page, with where it comes from as far as its edition's readers may know."""
    sources = preview.sources
    if sources is None:
        record = json.loads(_read(_place(folders, preview.meeting, preview.edition, ".json", PACK.short), preview.edition))
        sources = {one["id"]: (one["file"], one.get("sheet") or "") for one in record["sources"] if one.get("file")}
    numbers: list[Printed] = []
    for found in (one for one in _NUMBER.finditer(page.html) if one[3] is not None):
        written = (one.partition("!") for one in found[2].split())
        known = ((sources[name], cells) for name, _, cells in written if name in sources)
        cells = tuple((*source, cells) for source, cells in known)
        numbers.append(Printed(len(numbers), _words(found[3]), cells))
    return tuple(numbers)


def _place(folders: Folders, meeting: Meeting, edition: Audience, ending: str, stem: str = "") -> Path:
    own = gather_meetings(folders)[0].office.own_edition(meeting.series)
    return folders.build / meeting.id / file_name(PACK, edition, own, ending, stem)


def _read(path: Path, edition: Audience) -> str:
    if not path.is_file():
        found = f"There is no {edition} edition to look at yet."
        raise InputError(found, Remedy("Build it first:", "pack", edition=edition.value))
    with fails_as(OutputError, f"{path.name} cannot be read", "Close what holds it, or build it again."):
        return path.read_text(encoding="utf-8")


def _top_sections(html: str) -> Iterator[tuple[int, int]]:
    depth = start = 0
    for one in _SECTION.finditer(html):
        if one[0].startswith("</"):
            depth -= 1
            if depth == 0:
                yield start, one.end()
            continue
        if depth == 0:
            start = one.start()
        depth += 1


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", html)).split())


def _linked(html: str, address: str) -> str:
    """Each number a link, which speaks itself; what stands in a link already stays as it is."""
    count = itertools.count()

    def link(found: "re.Match[str]") -> str:
        if found[3] is None:
            return found[0]
        return f'<a class="figure" target="_top" href="{escape(address)}{next(count)}">{found[0]}</a>'

    return _NUMBER.sub(link, html)


_DATED = ("sources", "changes")  # Sections that differ by the day alone, and say nothing new of the office's matters.


class Changed(Record):
    """A section that reads otherwise: the lines that are new in it, and those that are gone."""

    section: str
    title: str
    new: tuple[str, ...]
    gone: tuple[str, ...]


class Changes(Record):
    """By section; None where there is nothing to hold the pages against."""

    since_build: tuple[Changed, ...] | None
    since_sent: tuple[Changed, ...] | None
    version: int = 0
    since_looked: tuple[Changed, ...] | None = None
    source: str = ""
    """The sha256 of the page source of the pages as they were built last."""


def changes_of(folders: Folders, meeting: Meeting, edition: Audience, looked: str = "") -> Changes:
    """The last build of that edition held against the one before it whose pages differ, against the version that somebody was sent, and
    against the page source that somebody has `looked` at."""
    with open_memory(folders) as ledger:
        builds = [one for one in ledger.builds(meeting.id, PACK.stem) if getattr(one.what, "edition", None) is edition]
        sources = [source for one in builds if (source := kept_text(ledger, one, FileRole.PAGE_SOURCE)) is not None]
        if not sources:
            return Changes(None, None)
        now = sources[-1]
        before = next((one for one in reversed(sources) if one != now), None)
        release, since_sent, version = last_release(ledger, meeting.id, PACK.stem, edition), None, 0
        sent = release.file(ReleasedRole.PAGE_SOURCE) if release is not None else None
        if release is not None and sent is not None and any(map(may_have_gone, letters_of(ledger, release))):
            since_sent, version = changes_between(ledger.kept(sent.sha256), now), release.version
    seen = next((one for one in sources if sha256_of(one) == looked), None)
    since_build, since_looked = (changes_between(one, now) if one is not None else None for one in (before, seen))
    return Changes(since_build, since_sent, version, since_looked, sha256_of(now))


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


def _sections(source: bytes) -> dict[str, tuple[str, tuple[str, ...]]]:
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


def looked_at(folders: Folders, who: str) -> dict[str, str]:
    """By meeting, the sha256 of the page source that somebody said they had looked at last; in the office's memory, no part of the ledger."""
    try:
        return dict(json.loads(bytes_of(_looked_file(folders, who))))
    except (OSError, ValueError):  # never yet, or torn: everything is new to them
        return {}


def keep_looked(folders: Folders, who: str, looked: Mapping[str, str]) -> None:
    """What they have looked at, in a file of their own, which has no name in it."""
    write_files({_looked_file(folders, who): json.dumps(looked).encode()})


def _looked_file(folders: Folders, who: str) -> Path:
    return folders.memory / "looked" / f"{sha256_of(who.casefold().encode())[:24]}.json"


class LeftOut(Record):
    """What stands in the office's edition and not in that one; `notes` are the agenda items with words for the office alone."""

    readers: tuple[str, ...]
    withheld: tuple[Withheld, ...]
    lines: tuple[ReleasedLine, ...]
    released: tuple[ReleasedLine, ...]
    notes: tuple[str, ...]


def left_out_of(folders: Folders, prepared: Briefing, edition: Audience, today: date) -> LeftOut:
    """The lists, from the same inputs as a build of now; nothing is recorded."""
    with open_memory(folders) as ledger:
        lines = released_lines(ledger, prepared.view.meeting.id)
    office = prepared.gathered.settings.office
    meeting = prepared.view.meeting
    offered = office_lines(lay_out(folders, prepared, Audience.OFFICE, DRAFT).pack)
    gone = known_by(lines)
    statements = (one for one in prepared.gathered.inputs.statements if not may_read(edition, one.audience))
    readers: list[str] = []
    for one in office.recipients:
        if one.edition is edition and (not one.series or meeting.series in one.series):
            readers += [one.name] if one.name else [each.name for each in office.holders_on(one.post, today)]
    withheld = restrict(prepared.view, prepared.findings, edition, office, by_name=True).withheld
    held = tuple(one for one in offered if (one.place, one.words) not in gone)
    notes = tuple(dict.fromkeys(one.item or "unplaced" for one in statements))
    return LeftOut(tuple(dict.fromkeys(readers)), withheld, held, tuple(lines), notes)
