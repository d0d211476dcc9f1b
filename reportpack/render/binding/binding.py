"""The pack and its papers as one PDF: each behind its divider, under labels of its own, its tags below the pack's.

The pack is first and stays as it is. What comes behind it is only ever appended, never taken out of a larger file.
One too large for a mail is cut before a paper's divider, and within a paper only where that alone is too large."""

import io
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, String

from reportpack import patterns as re
from reportpack.errors import TemplateError
from reportpack.model.paper import PaperCut
from reportpack.records import Record
from reportpack.render.binding.cleaning import clean, forms_of
from reportpack.render.binding.stamps import Stamps
from reportpack.render.binding.tags import BrokenTagsError, PackTree, PaperTree

_LEADS_TO = re.compile(r"(?P<words>Paper (?P<letter>[A-Z]{1,2})|All papers)(?:,.*)?, page \d+")
_FAULTS = (BrokenTagsError, pikepdf.PdfError, TypeError, ValueError, AttributeError, LookupError, RecursionError)
_LEVEL: Final = 2
"""Of compression, for what is written anew: a fifth less time for a fiftieth of the file."""
_CLAIMS = ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")


class PaperFile(Record):
    """A paper that is to be bound: its letter, its title, and its PDF; `accessible` when it claims PDF/UA itself, `whole` where its
    file holds nothing that is left out. A part of a pack may have its pages from `first` to `last` alone (0: the end)."""

    letter: str
    title: str
    pdf: Path | bytes
    accessible: bool
    whole: bool = False
    first: int = 1
    last: int = 0


class BoundPack(Record):
    """The pack with its papers. `untagged` are the letters of the papers that their authors did not tag, or whose tags are broken."""

    pdf: bytes
    pages: int
    untagged: tuple[str, ...]


def bind(pack: bytes, dividers: bytes, papers: Sequence[PaperFile], stamps: Stamps) -> BoundPack:
    """The pack, the list of papers, and each paper behind its divider. `dividers` begins with the list; then each paper has a bookmark of the
    first level, in order. The claim of accessibility stays only where every part makes it."""
    with warnings.catch_warnings(), pikepdf.open(io.BytesIO(pack)) as pdf, pikepdf.open(io.BytesIO(dividers)) as sheets:
        warnings.simplefilter("ignore")  # fields without a form: they are meant to be filled in no more
        return _Binder(pdf, sheets, stamps).bind(papers)


class _Binder:
    def __init__(self, pdf: Pdf, sheets: Pdf, stamps: Stamps) -> None:
        self.pdf, self.sheets, self.stamps = pdf, sheets, stamps
        self.root: Any = pdf.Root
        self.tree = PackTree(pdf)
        self.own = len(pdf.pages)
        self.fonts = stamps.fonts(pdf)
        self.begin = pdf.make_stream(b"q")
        self.begin_words = pdf.make_stream(b"q /P <</MCID 0>>BDC")
        held: Any = pdf.Root.get("/PageLabels", Dictionary(Nums=Array([0, Dictionary(S=Name.D)])))
        self.labels = [(int(key), label) for key, label in zip(list(held.Nums)[::2], list(held.Nums)[1::2], strict=True)]
        self.targets: dict[str, Any] = {}
        self.held: list[Pdf] = []
        self.untagged: list[str] = []

    def bind(self, papers: Sequence[PaperFile]) -> BoundPack:
        starts, end = _starts(self.sheets), len(self.sheets.pages)
        if len(starts) != len(papers) + 1 or len(set(starts)) < len(starts):
            raise TemplateError(
                "papers.html does not begin the list of papers and each paper's sheet on a page of its own, under one heading of the first level.",
                'Give the first words of each the class "break-before", or put the program\'s own template back.',
            )
        for page in self.sheets.pages:
            for mark in page.obj.get("/Annots", []):
                del mark["/Dest"]
        fronts = PaperTree(self.sheets, self.tree.next, "dividers", self.tree.root, whole=True)
        self.tree.next = fronts.next
        self.targets["All papers"] = self._sheets(0, [*starts, end][1], "Papers")
        parts = []
        for paper, first, last in zip(papers, starts[1:], [*starts[2:], end][: len(papers)], strict=True):
            self.targets[f"Paper {paper.letter}"] = self._sheets(first, last, paper.letter)
            parts.append(self._paper(paper))
        self._hang(fronts, parts)
        self.tree.close()
        self._lead()
        self._mark(papers)
        self.root.PageLabels = Dictionary(Nums=Array([one for pair in self.labels for one in pair]))
        self._claim(all(one.accessible for one in papers) and not self.untagged)
        return BoundPack(self._saved(), len(self.pdf.pages), tuple(self.untagged))

    def _sheets(self, start: int, end: int, label: str) -> Any:
        first = len(self.pdf.pages)
        self.labels.append((first, Dictionary(P=String(label))))
        for page in list(self.sheets.pages)[start:end]:
            if isinstance(page.obj.Contents, Array):
                page.obj.Contents = page.obj.Contents[0]  # the second stream has the number of the page among the dividers
            self.pdf.pages.append(page)
            self._stamp(self.pdf.pages[-1], "" if label == "Papers" else label, marked=False)
        return self.pdf.pages[first].obj

    def _paper(self, paper: PaperFile) -> Any:
        source, grown = self._opened(paper, tagged=True)
        if grown is None:
            source, _ = self._opened(paper, tagged=False)
            self.untagged.append(paper.letter)
        first = len(self.pdf.pages)
        self.pdf.pages.extend(source.pages)
        self.labels.append((first, Dictionary(S=Name.D, P=String(f"{paper.letter}-"), St=paper.first)))
        spoken = {"Lang": String(str(source.Root.Lang))} if "/Lang" in source.Root else {}
        part = self.tree.element("Part", self.tree.document, T=String(f"Paper {paper.letter}: {paper.title}"), **spoken)
        pages = list(self.pdf.pages)[first:]
        if grown is not None:
            self.tree.graft(grown, part)
        for number, page in enumerate(pages, paper.first):
            if grown is None:
                self._wrap(page.obj, part)
            self._stamp(page, f"{paper.letter}-{number}", wrapped=grown is None)
        return part

    def _opened(self, paper: PaperFile, *, tagged: bool) -> tuple[Pdf, PaperTree | None]:
        source = pikepdf.open(paper.pdf if isinstance(paper.pdf, Path) else io.BytesIO(paper.pdf))
        self.held.append(source)
        del source.pages[paper.last or len(source.pages) :]
        del source.pages[: paper.first - 1]
        clean(source)
        if not tagged:
            _untag(source)
            return source, None
        try:
            if not source.Root.get("/MarkInfo", Dictionary()).get("/Marked", False):
                return source, None
            grown = PaperTree(source, self.tree.next, paper.letter, self.tree.root, whole=paper.whole)
        except _FAULTS:
            return source, None
        self.tree.next = grown.next
        return source, grown

    def _wrap(self, page: Any, part: Any) -> None:
        words = self.tree.element("P", part, Pg=page)
        words.K = 0
        page.StructParents = self.tree.row(self.pdf.make_indirect(Array([words])))
        if "/Annots" in page:
            page.Tabs = Name.S
        for mark in page.get("/Annots", []):
            kind = "Link" if mark.get("/Subtype") == Name.Link else "Form"
            held = self.tree.element(kind, part, Pg=page)
            held.K = Dictionary(Type=Name.OBJR, Obj=mark, Pg=page)
            mark.StructParent = self.tree.row(held)
            if "/Contents" not in mark:
                mark.Contents = String(str(mark.A.URI) if "/A" in mark else kind)

    def _stamp(self, page: pikepdf.Page, label: str, *, wrapped: bool = False, marked: bool = True) -> None:
        streams = _streams(page)
        shown = self.stamps.operators(label, page, marked=marked)
        closed = "Q " * (_left_open(page, streams) + 1 if marked else 1)
        # on a line of its own: a page's drawing may end within a comment
        last = self.pdf.make_stream(f"\n{'EMC ' if wrapped else ''}{closed}{shown}".encode("latin-1"))
        page.obj.Contents = Array([self.begin_words if wrapped else self.begin, *streams, last])
        resources: Any = page.obj.get("/Resources")
        if resources is None:
            resources = page.obj["/Resources"] = Dictionary()
        if "/Font" not in resources:
            resources.Font = Dictionary()
        held = resources.Font
        for name, font in self.fonts.items():
            if name not in held:
                held[name] = font

    def _hang(self, fronts: PaperTree, parts: Sequence[Any]) -> None:
        document = self.tree.document
        around = self.tree.element("Part", document)
        self.tree.graft(fronts, around)
        kids = around.K[0].K
        listed, *dividers = kids if isinstance(kids, Array) else [kids]
        kept = list(document.K)[: -len(parts) - 1]
        order = [listed, *(one for pair in zip(dividers, parts, strict=True) for one in pair)]
        for one in order:
            one.P = document
        document.K = Array([*kept, *order])

    def _lead(self) -> None:
        for page in self.pdf.pages:
            for mark in page.obj.get("/Annots", []):
                found = _LEADS_TO.fullmatch(str(mark.get("/Contents", "")))
                if found is not None:  # to the list, where that says why the paper is not here
                    target, label = self.targets.get(found["words"]), found["letter"]
                    if target is None:
                        target, label = self.targets["All papers"], "Papers"
                    mark.Dest = Array([target, Name.XYZ, 0, target.MediaBox[3], None])
                    mark.Contents = String(", page ".join(filter(None, (found["words"], label))))

    def _mark(self, papers: Sequence[PaperFile]) -> None:
        marks: Any = self.root.get("/Outlines")
        if marks is None:
            marks = self.root.Outlines = self.pdf.make_indirect(Dictionary(Type=Name.Outlines))
        top = self.pdf.make_indirect(_bookmark("Papers", self.targets["All papers"], marks))
        _hook(marks, [top])
        below = [
            self.pdf.make_indirect(_bookmark(f"Paper {one.letter}: {one.title}", self.targets[f"Paper {one.letter}"], top))
            for one in papers
        ]
        _hook(top, below)
        marks.Count = int(marks.get("/Count", 0)) + 1 + len(below)

    def _claim(self, stays: bool) -> None:
        with self.pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
            for key in _CLAIMS[: 2 if stays else 3]:
                if key in metadata:
                    del metadata[key]

    def _saved(self) -> bytes:
        made = io.BytesIO()
        pikepdf.settings.set_flate_compression_level(_LEVEL)
        self.pdf.save(made, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
        for one in self.held:
            one.close()
        return made.getvalue()


def _starts(sheets: Pdf) -> list[int]:
    places = {page.obj.objgen: number for number, page in enumerate(sheets.pages)}
    found, one = [], sheets.Root.Outlines.get("/First")
    while one is not None:
        found.append(places[one.Dest[0].objgen])
        one = one.get("/Next")
    return found


def _bookmark(title: str, page: Any, parent: Any) -> Dictionary:
    return Dictionary(Title=String(title), Parent=parent, Dest=Array([page, Name.XYZ, 0, page.MediaBox[3], None]))


def _hook(parent: Any, marks: Sequence[Any]) -> None:
    for mark in marks:
        last = parent.get("/Last")
        if last is not None:
            last.Next, mark.Prev = mark, last
        else:
            parent.First = mark
        parent.Last = mark
    if parent.get("/Type") != Name.Outlines:
        parent.Count = len(marks)


def _untag(source: Pdf) -> None:
    for page in source.pages:
        with suppress(*_FAULTS):  # drawing that nobody can read stays as it is
            if "/StructParents" in page.obj or any(b"/MCID" in one.read_bytes() for one in _streams(page)):
                page.obj.Contents = source.make_stream(pikepdf.unparse_content_stream(list(_without_marks(page))))
        for one in (page.obj, *page.obj.get("/Annots", []), *forms_of(page.obj)):
            for key in ("/StructParents", "/StructParent"):
                if key in one:
                    del one[key]


def _streams(page: pikepdf.Page) -> list[Any]:
    held: Any = page.obj.get("/Contents")
    return [one for one in (held if isinstance(held, Array) else [held]) if isinstance(one, pikepdf.Stream)]


def _left_open(page: pikepdf.Page, streams: Sequence[Any]) -> int:
    """How many states of its drawing a page saves and never restores: what follows would be turned and cut as they are."""
    depth = 0
    with suppress(*_FAULTS):  # drawing that nobody can read
        words = b"\n".join(one.read_bytes() for one in streams).split()
        for one in pikepdf.parse_content_stream(page, "q Q") if words.count(b"q") > words.count(b"Q") else ():
            depth = depth + 1 if str(one.operator) == "q" else max(depth - 1, 0)
    return depth


def _without_marks(page: pikepdf.Page) -> Iterator[Any]:
    named: Any = page.resources.get("/Properties", {})
    for one in pikepdf.parse_content_stream(page):
        operands = list(one.operands)
        of = operands[-1] if str(one.operator) == "BDC" else None
        of = named.get(str(of)) if isinstance(of, Name) else of
        marked = isinstance(of, Dictionary) and "/MCID" in of
        yield ([operands[0]], pikepdf.Operator("BMC")) if marked else one


def cut(papers: Iterable[tuple[str, bytes]], first: int, room: int) -> list[list[PaperCut]]:
    """What each part has of the papers (letter and PDF), about `room` bytes at most; the first part has the pack too and room for `first`."""
    parts: list[list[PaperCut]] = [[]]
    left = first
    for letter, data in papers:
        if len(data) <= left:
            parts[-1].append(PaperCut(letter))
            left -= len(data)
            continue
        for piece, size in [(PaperCut(letter), len(data))] if len(data) <= room else _pieces(letter, data, room):
            parts.append([piece])
            left = room - size
    return parts


def _pieces(letter: str, data: bytes, room: int) -> Iterator[tuple[PaperCut, int]]:
    first, held, number = 1, 0, 0
    for number, size in enumerate(_sizes(data), 1):
        if held and held + size > room:
            yield PaperCut(letter, first, number - 1), held
            first, held = number, 0
        held += size
    yield PaperCut(letter, first, number), held


def _sizes(data: bytes) -> Iterator[int]:
    seen: set[tuple[int, int]] = set()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            streams = [*_streams(page), *forms_of(page.obj)]
            new = {one.objgen: int(one.get("/Length", 0)) for one in streams if one.objgen not in seen}
            seen |= new.keys()
            yield sum(new.values()) + 1
