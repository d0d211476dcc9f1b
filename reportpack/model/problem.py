"""Where a value or a word came from, and what could not be used as it stands: said once, with where it is and what to do."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from enum import StrEnum

from reportpack.records import Record


class Source(Record, order=True):
    """A place in a file: `cell` is a cell or a range (`C12`, `C12:N12`) in a workbook, `line 14` in a text."""

    file: str
    sheet: str = ""
    cell: str = ""
    sha256: str = ""
    as_at: date | None = None

    @property
    def where(self) -> str:
        """As printed: `performance/satisfaction.xlsx, sheet Monthly, C12`."""
        sheet = f"sheet {self.sheet}" if self.sheet else ""
        return ", ".join(part for part in (self.file, sheet, self.cell) if part)


class Weight(StrEnum):
    """How much a problem matters to the reader of the pack."""

    WRONG = "wrong"  # left alone, the pack says something wrong or lacks something it should say
    NOTE = "note"  # worth knowing; the pack is right without it


class Problem(Record):
    """One fault: `kind` names it for machines (`month-missing`), `found` and `remedy` are sentences for people."""

    kind: str
    source: Source
    found: str
    remedy: str
    weight: Weight = Weight.WRONG

    @property
    def fingerprint(self) -> str:
        """What stays the same while the problem does: an accepted problem comes back only when this changes."""
        return "|".join((self.kind, self.source.file, self.source.sheet, self.source.cell, self.found))

    @property
    def sentence(self) -> str:
        """`file, sheet, cell: what was found. What to do.`"""
        return f"{self.source.where}: {self.found} {self.remedy}"


def one_cause(said: Iterable[tuple[str, Problem]]) -> tuple[Problem, ...]:
    """Problems with the measure that each was said of: those that are the same but for the measure's title are one, with every title."""
    titles: dict[tuple[str, ...], dict[str, None]] = {}
    first: dict[tuple[str, ...], tuple[str, Problem]] = {}
    for title, problem in said:
        bare = tuple(text.replace(title, "\0") for text in (problem.found, problem.remedy))
        key = (problem.kind, problem.source.file, problem.source.sheet, *bare)
        first.setdefault(key, (title, problem))
        titles.setdefault(key, {}).setdefault(title)
    found = []
    for key, (title, problem) in first.items():
        *most, last = titles[key]
        if most:
            joined = f"{', '.join(most)} and {last}"
            found_by_all = problem.found.replace(title, joined)
            problem = replace(problem, found=found_by_all, remedy=problem.remedy.replace(title, joined))  # noqa: PLW2901
        found.append(problem)
    return tuple(found)
