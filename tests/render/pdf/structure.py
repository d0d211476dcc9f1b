"""Walks a PDF's structure tree: what validators do not look at, and the text in reading order.

Each MCID of a page is used once and listed by the element that the parent tree names; text stands in marked content; each annotation
leads to the element that holds it; each element points at its holder; reading order never goes back to an earlier page, but from cell to cell of a row that was cut.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, Dictionary, Object

SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
WITHIN_WORDS = {"Span", "Link", "Quote", "Reference"}
MARKER = re.compile(r"[•\d.]+")
PAGE_NUMBER = re.compile(r", page \d+")
PAINTS = SHOWS_TEXT | {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Do", "sh"}


@dataclass
class Structure:
    """What was found: the kinds of elements in order, findings, the text of each element in reading order."""

    kinds: list[str] = field(default_factory=list)
    findings: list[str] = field(default_factory=list)
    pieces: list[tuple[str, str, tuple[int, int]]] = field(default_factory=list)
    """Path of kinds (`Document/Sect/P/Span`), text, and the paragraph or other block that holds it, in reading order."""

    @property
    def text(self) -> str:
        """All words in reading order, without bullets, numbers of items and notes, and page numbers."""
        kept: list[str] = []
        last = (-1, -1)
        for path, words, block in self.pieces:
            if ("/Lbl" in path and MARKER.fullmatch(words)) or path.endswith("/Reference/Span"):
                continue
            kept.append(words if block == last else f" {words}")
            last = block
        return " ".join(PAGE_NUMBER.sub("", "".join(kept)).replace("\u00a0", " ").split())


class _Walk:
    """One file while it is walked."""

    def __init__(self, pdf: pikepdf.Pdf) -> None:
        self.pdf = pdf
        self.found = Structure()
        self.pages: dict[tuple[int, int], int] = {page.obj.objgen: index for index, page in enumerate(pdf.pages)}
        self.listed: dict[tuple[int, int], Object] = {}
        self.held: dict[tuple[int, int], Object] = {}
        self.order: list[tuple[int, tuple[int, int]]] = []
        self.row = (0, 0)
        self.words: dict[tuple[int, int], str] = {}
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        self.parents = {int(numbers[place]): numbers[place + 1] for place in range(0, len(numbers), 2)}

    def say(self, finding: str) -> None:
        self.found.findings.append(finding)

    def run(self) -> Structure:
        for index, page in enumerate(self.pdf.pages):
            self.read_page(index, page)
        root = self.pdf.Root.StructTreeRoot
        for element in root.K if isinstance(root.K, Array) else [root.K]:
            self.walk(element, root, None, "")
        self.check_pages()
        for key in self.listed:
            if key not in self.words:
                self.say(f"page {key[0] + 1}: MCID {key[1]} is listed but not there")
        steps = zip(self.order, self.order[1:], strict=False)
        if any(after < before and row != next_row for (before, row), (after, next_row) in steps):
            self.say("reading order goes back to an earlier page")
        return self.found

    def walk(self, element: Object, parent: Object, page: Object | None, path: str, block: tuple[int, int] = (0, 0)) -> None:
        kind = str(element.S)[1:]
        block = block if kind in WITHIN_WORDS else element.objgen
        path = f"{path}/{kind}" if path else kind
        self.row = self.row if "/TR/" in path else element.objgen
        self.found.kinds.append(kind)
        if "/P" not in element or element.P.objgen != parent.objgen:
            self.say(f"{path}: /P does not lead to its holder")
        page = element.get("/Pg", page)
        kids = element.get("/K")
        instead = next((str(element.get(key)) for key in ("/Alt", "/ActualText") if key in element), None)
        if instead is not None:
            self.found.pieces.append((path, instead, block))
        before = len(self.found.pieces)
        for kid in [] if kids is None else kids if isinstance(kids, Array) else [kids]:
            self.take(kid, element, page, path, block)
        if instead is not None:
            del self.found.pieces[before:]

    def take(self, kid: Object, element: Object, page: Object | None, path: str, block: tuple[int, int]) -> None:
        if isinstance(kid, Dictionary) and "/S" in kid:
            self.walk(kid, element, page, path, block)
        elif isinstance(kid, Dictionary) and kid.get("/Type") == "/OBJR":
            self.held[kid.Obj.objgen] = element
        else:
            holder, index = (kid.Pg, int(kid.MCID)) if isinstance(kid, Dictionary) else (page, int(kid))
            assert holder is not None
            key = (self.pages[holder.objgen], index)
            if key in self.listed:
                self.say(f"page {key[0] + 1}: MCID {index} is listed twice")
            self.listed[key] = element
            self.order.append((key[0], self.row))
            self.found.pieces.append((path, self.words.get(key, ""), block))

    def read_page(self, index: int, page: pikepdf.Page) -> None:
        """The words of each marked content of a page, and what stands outside any."""
        stack: list[int | str | None] = []
        maps = _unicode_maps(page)
        font: dict[int, str] = {}
        saved: list[dict[int, str]] = []
        for instruction in pikepdf.parse_content_stream(page):
            assert isinstance(instruction, pikepdf.ContentStreamInstruction)
            operands, name = list(instruction.operands), str(instruction.operator)
            if name in ("BDC", "BMC"):
                stack.append(self.open_content(index, operands))
            elif name == "EMC":
                stack.pop()
            elif name == "Tf":
                font = maps.get(str(operands[0]), {})
            elif name == "q":
                saved.append(font)
            elif name == "Q":
                font = saved.pop()
            if name in PAINTS and not any(mark is not None for mark in stack):
                self.say(f"page {index + 1}: {name} stands outside marked content")
            mark = next((mark for mark in stack if isinstance(mark, int)), None)
            if name in SHOWS_TEXT and mark is not None:
                self.words[(index, mark)] += _shown(operands, font)
        if stack:
            self.say(f"page {index + 1}: marked content is not closed")

    def open_content(self, index: int, operands: list[Object]) -> int | str | None:
        if str(operands[0]) == "/Artifact":
            return "artifact"
        if len(operands) < 2 or not isinstance(operands[1], Dictionary) or "/MCID" not in operands[1]:
            return None
        mark = int(operands[1].MCID)
        if (index, mark) in self.words:
            self.say(f"page {index + 1}: MCID {mark} is used twice")
        self.words[(index, mark)] = ""
        return mark

    def check_pages(self) -> None:
        for index, page in enumerate(self.pdf.pages):
            row = self.parents.get(int(page.get("/StructParents", -1)))
            for place, mark in (key for key in self.words if key[0] == index):
                element = self.listed.get((place, mark))
                if element is None:
                    self.say(f"page {index + 1}: MCID {mark} is in no element")
                elif row is None or mark >= len(row) or row[mark].objgen != element.objgen:
                    self.say(f"page {index + 1}: the parent tree names another element for MCID {mark}")
            for annotation in page.get("/Annots", []):
                self.check_annotation(index, annotation)

    def check_annotation(self, index: int, annotation: Object) -> None:
        element = self.held.get(annotation.objgen)
        named = self.parents.get(int(annotation.get("/StructParent", -1)))
        if element is None:
            self.say(f"page {index + 1}: a link is in no element")
        elif named is None or named.objgen != element.objgen:
            self.say(f"page {index + 1}: a link's StructParent does not lead to its element")


def _unicode_maps(page: pikepdf.Page) -> dict[str, dict[int, str]]:
    maps: dict[str, dict[int, str]] = {}
    for name, font in page.Resources.Font.items():
        if "/ToUnicode" not in font:
            continue
        rows = [line.split() for line in font.ToUnicode.read_bytes().decode("ascii").splitlines() if line.startswith("<")]
        pairs = [(row[0], row[1]) for row in rows if len(row) == 2 and row[0] != "<00>"]
        maps[name] = {int(code[1:-1], 16): bytes.fromhex(text[1:-1]).decode("utf-16-be") for code, text in pairs}
    return maps


def _shown(operands: Sequence[Object], font: dict[int, str]) -> str:
    parts = operands[0] if isinstance(operands[0], Array) else [operands[0]]
    return "".join(font.get(code, "\ufffd") for part in parts if isinstance(part, pikepdf.String) for code in bytes(part))


def walk_structure(pdf: bytes) -> Structure:
    """Everything about a PDF's structure."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return _Walk(opened).run()
