"""The pages of an edition as its last build left them: the HTML edition cut at its own sections, and where each number on a page comes from."""

import itertools
import json
from collections.abc import Iterator, Mapping
from html import escape, unescape
from pathlib import Path

from reportpack import patterns as re
from reportpack.errors import InputError, OutputError, Remedy, fails_as
from reportpack.model.document import PACK, Output
from reportpack.model.edition import Audience
from reportpack.model.meeting import Meeting
from reportpack.records import dataclass
from reportpack.run.office_files import Folders, gather_meetings
from reportpack.run.steps.documents import file_name

_SECTION = re.compile(r"<section\b[^>]*>|</section>")
_ID = re.compile(r'\bid="([^"]*)"')
_HEADING = re.compile(r"<h[1-3][^>]*>(.*?)</h[1-3]>")
_TAG = re.compile(r"<[^>]*>")
_NUMBER = re.compile(r'<a\b[^>]*>.*?</a>|<data (value)="[^"]*" data-source="([^"]*)"[^>]*>(.*?)</data>', re.DOTALL)
_HEADLINES = re.compile(r'<ol class="headlines"[^>]*>(.*?)</ol>', re.DOTALL)
_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_CONTENTS = re.compile(r'<nav class="contents\b.*?</nav>\s*', re.DOTALL)
_LINK = re.compile(r'<a class="page"[^>]*>.*?</a>')


@dataclass(frozen=True, slots=True)
class Page:
    """A part of an edition that is looked at by itself: the id and heading of its section, and the ids of those within it."""

    id: str
    title: str
    html: str
    within: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """An edition as it was built: what stands before and after its pages, and the pages."""

    meeting: Meeting
    edition: Audience
    head: str
    pages: tuple[Page, ...]
    foot: str
    headlines: tuple[str, ...] = ()

    def page(self, name: str) -> tuple[int, Page]:
        """The page of that id and its place, else the first."""
        return next(((place, one) for place, one in enumerate(self.pages) if one.id == name), (0, self.pages[0]))

    def whole(self, page: Page, linked: str = "") -> str:
        """That page as an HTML file; `linked` makes each number a link: to that address with the number's place on the page."""
        body = _linked(page.html, linked) if linked else page.html
        return f"{self.head}{body}{self.foot}"


@dataclass(frozen=True, slots=True)
class Printed:
    """A number on a page: its place there, how it reads, and the cells that it comes from as file, sheet and range."""

    place: int
    text: str
    cells: tuple[tuple[str, str, str], ...]


def preview_of(folders: Folders, meeting: Meeting, edition: Audience) -> Preview:
    """The edition's pages; InputError where there are none to look at."""
    html = _read(_place(folders, meeting, edition, Output.WEB.value), edition)
    starts = list(_top_sections(html))
    if not starts:
        raise InputError("The pages of that edition hold nothing.", Remedy("Build them again:", "pack", meeting.id))
    pages = tuple(_page(html[start:end]) for start, end in starts)
    lists = _HEADLINES.search(html)
    headlines = tuple(_words(_LINK.sub("", one)) for one in _ITEM.findall(lists[1])) if lists is not None else ()
    head = _CONTENTS.sub("", html[: starts[0][0]])  # it lists parts that stand on other pages
    return Preview(meeting, edition, head, pages, html[starts[-1][1] :], headlines)


def numbers_on(folders: Folders, preview: Preview, page: Page) -> tuple[Printed, ...]:
    """Every number in the text of that page, with where it comes from as far as its edition's readers may know."""
    record = json.loads(_read(_place(folders, preview.meeting, preview.edition, ".json", PACK.short), preview.edition))
    sources = {one["id"]: one for one in record["sources"]}
    return tuple(
        Printed(place, _words(found[3]), tuple(_cells(sources, found[2])))
        for place, found in enumerate(one for one in _NUMBER.finditer(page.html) if one[3] is not None)
    )


def _cells(sources: Mapping[str, Mapping[str, str | None]], written: str) -> Iterator[tuple[str, str, str]]:
    for one in written.split():
        name, _, cells = one.partition("!")
        source = sources.get(name, {})
        if source.get("file"):
            yield source["file"] or "", source.get("sheet") or "", cells


def _place(folders: Folders, meeting: Meeting, edition: Audience, ending: str, stem: str = "") -> Path:
    own = gather_meetings(folders)[0].office.own_edition(meeting.series)
    return folders.build / meeting.id / file_name(PACK, edition, own, ending, stem)


def _read(path: Path, edition: Audience) -> str:
    if not path.is_file():
        raise InputError(
            f"There is no {edition} edition to look at yet.", Remedy("Build it first:", "pack", edition=edition.value)
        )
    with fails_as(OutputError, f"{path.name} cannot be read", "Close what holds it, or build it again."):
        return path.read_text(encoding="utf-8")


def _top_sections(html: str) -> Iterator[tuple[int, int]]:
    """Where each section that stands in no other begins and ends."""
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


def _page(html: str) -> Page:
    heading = _HEADING.search(html)
    ids = [found[1] for one in _SECTION.findall(html) if (found := _ID.search(one)) is not None]
    return Page(ids[0] if ids else "", _words(heading[1]) if heading is not None else "", html, tuple(ids))


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
