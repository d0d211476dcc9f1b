"""What a paper's file is: whether it can be bound into the pack, read out by a machine, and what is hidden in it."""

from typing import ClassVar

from reportpack.model.document import FULL_PACK, Head
from reportpack.model.meeting_event import OfMeeting
from reportpack.model.office import Abbreviation
from reportpack.model.pack import SourceEntry
from reportpack.model.problem import Problem, Source, Weight
from reportpack.records import Record


class Remark(Record):
    """Something to know about a paper, and what to do; `kind` names it for machines."""

    kind: str
    found: str
    remedy: str


class PaperHealth(Record):
    """A paper's health sheet. `size` is in bytes, `sizes` are those of its pages; `fonts` are not embedded, so many pages are
    `scanned`, `left_out` is in the file and never in the pack; `refused` says why it cannot be bound."""

    file: str
    kind: str
    size: int
    pages: int = 0
    sizes: tuple[str, ...] = ()
    tagged: bool = False
    accessible: bool = False  # it claims PDF/UA itself
    language: str = ""
    title: str = ""
    fonts: tuple[str, ...] = ()
    scanned: int = 0
    signed: bool = False
    encrypted: bool = False
    fields: int = 0
    left_out: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    refused: Remark | None = None
    mark: str = ""  # what the file is known by

    @property
    def line(self) -> str:
        """In one line: `PDF, 12 pages, A4 and A3 landscape; 1.2 MB; ...`."""
        size = f"{self.size / 1e6:.1f} MB" if self.size >= 1e6 else f"{max(self.size // 1000, 1)} KB"
        pages = f", {'1 page' if self.pages == 1 else f'{self.pages:,} pages'}, {' and '.join(self.sizes)}" if self.pages else ""
        said = [f"{self.kind}{pages}", size]
        if self.pages:
            tags = ["tagged" if self.tagged else "not tagged", self.language or "no language", self.title or "no title"]
            said += [", ".join(tags), f"fonts not embedded: {len(self.fonts)}" if self.fonts else "fonts embedded"]
        marks = {"signed": self.signed, "locked": self.encrypted, f"{self.fields} fields to fill in": self.fields}
        marks["cannot be bound"] = self.refused is not None
        return "; ".join([*said, *(words for words, there in marks.items() if there)])

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Each remark as a problem; what cannot be bound is wrong, the rest is worth knowing."""
        notes = tuple(Problem(one.kind, Source(self.file), one.found, one.remedy, Weight.NOTE) for one in self.remarks)
        if self.refused is None:
            return notes
        return (Problem(self.refused.kind, Source(self.file), self.refused.found, self.refused.remedy), *notes)


class PaperLettered(OfMeeting):
    """A paper of the meeting has that letter for good: it is known again by its file, or by its line and title."""

    letter: str
    item: str
    title: str
    file: str = ""


class PaperSheet(Record):
    """The sheet before a paper: its `pages` are `A-1 to A-12`, none where it is not in the pack; `notes` say why, or what its readers should know."""

    letter: str
    title: str
    item: str
    author: str
    pages: str
    notes: tuple[str, ...] = ()


class PaperCut(Record):
    """A paper in one part of a full pack: all of it, or its pages from `first` to `last` (0: the end)."""

    letter: str
    first: int = 1
    last: int = 0


class PaperSheets(Head):
    """The list of papers of a full pack, and the sheet before each of them. Of a pack that comes in several files it is of the `part`, such
    as `Part 2 of 3`; `parts` say what each holds, and where it is a `cover` it is the sheet with which a later part begins, and no more. Of a `supplement` it has that name, `Supplement 1`."""

    kind: ClassVar = FULL_PACK
    meeting: str
    heading: str
    papers: tuple[PaperSheet, ...]
    absent: tuple[PaperSheet, ...]
    untagged: int
    part: str = ""
    parts: tuple[str, ...] = ()
    cover: bool = False
    supplement: str = ""
    abbreviations: tuple[Abbreviation, ...] = ()
    sources: tuple[SourceEntry, ...] = ()
