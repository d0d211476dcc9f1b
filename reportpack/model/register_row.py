"""A row of the register as people typed it: words under headings. What the ledger stores, and what two copies are compared by."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Self

from reportpack import patterns as re
from reportpack.model.period import long_date
from reportpack.model.problem import Source
from reportpack.model.register_columns import Column, Heading, table_of
from reportpack.records import Record

Said = str | date  # what comes to stand in a cell: words, or a day, which stays one


class RegisterCell(Record):
    """The words under one heading; `cell` says where they stand (`C5`), empty when they are in no workbook yet. `day` is the day
    that they name, where it was given as a day: it is not read from the words."""

    header: str
    text: str
    cell: str = ""
    day: date | None = None

    @classmethod
    def of(cls, header: str, said: Said, cell: str = "") -> Self:
        """A day is written in words, and kept."""
        return cls(header, words_said(said), cell, None if isinstance(said, str) else said)


class CellChange(Record):
    """The words under one heading, before and after; before is empty for a new row. `day` as in the cell after it."""

    header: str
    before: str
    after: str
    day: date | None = None

    @classmethod
    def to(cls, header: str, before: str, said: Said) -> Self:
        """A change to words, or to a day."""
        return cls(header, before, words_said(said), None if isinstance(said, str) else said)


_SPACED = re.compile(r"(?<![\w/])(?=(\w{1,6}\s?[/(-]\s?\w{1,6}(?:\s?\))?)(\s?[/(-]\s?\w{1,6}(?:\s?\))?)?)")


def plain_reference(ref: str) -> str:
    """Without the spaces in it, in small letters: `AP - 12` is ap-12, `391 (a)` is 391(a)."""
    return re.sub(r"\s*([/()-])\s*", r"\1", " ".join(ref.split())).casefold()


def with_references(text: str, known: Mapping[str, str]) -> str:
    """The text with every reference that it spells with spaces as the register has it; `known` has them by their plain form."""
    for said in (one for match in _SPACED.finditer(text) for one in (f"{match[1]}{match[2] or ''}", match[1])):
        text = text.replace(said, known.get(plain_reference(said), said)) if " " in said else text
    return text


def words_said(said: Said) -> str:
    """A day as it is written: `28 May 2019`."""
    return said if isinstance(said, str) else long_date(said)


class RegisterRow(Record):
    """`ref` is empty until the row has one. A heading that the sheet lacks has no cell; an empty cell has its place."""

    sheet: str
    ref: str
    cells: tuple[RegisterCell, ...]
    source: Source = Source("")
    public: str = ""
    """Its reference in the public's editions; empty before anything is recorded."""

    @classmethod
    def of(cls, sheet: str, said: Iterable[tuple[str, Said]], source: Source) -> Self:
        """A new row that says that, before it has a reference."""
        return cls(sheet, "", tuple(RegisterCell.of(header, one) for header, one in said), source)

    def text(self, header: str) -> str:
        """The words under that heading, empty where there are none."""
        return next((cell.text for cell in self.cells if cell.header == header), "")

    def at(self, header: str) -> Source:
        """Where they stand; the whole row when they stand nowhere."""
        cell = next((cell.cell for cell in self.cells if cell.header == header and cell.cell), "")
        return Source(self.source.file, self.source.sheet, cell or self.source.cell, self.source.sha256)

    def day(self, header: str) -> date | None:
        """The day under that heading, where it was given as one."""
        return next((cell.day for cell in self.cells if cell.header == header), None)

    def changes(self, cells: Iterable[tuple[str, Said]]) -> tuple[CellChange, ...]:
        """What would change if that stood under those headings."""
        return tuple(CellChange.to(header, self.text(header), said) for header, said in cells)

    def after(self, changes: Iterable[CellChange]) -> "RegisterRow":
        """The row once the changes hold; each cell stays where it is in the workbook."""
        cells = {cell.header: cell for cell in self.cells}
        places = {header: cell.cell for header, cell in cells.items()}
        cells |= {one.header: RegisterCell(one.header, one.after, places.get(one.header, ""), one.day) for one in changes}
        return replace(self, cells=tuple(cells.values()))

    def edited(self, texts: Mapping[tuple[str, str], str]) -> "RegisterRow":
        """The row with other words in its cells, by the workbook's sheet and cell."""
        cells = tuple(replace(cell, text=texts.get((self.source.sheet, cell.cell), cell.text)) for cell in self.cells)
        return replace(self, cells=cells)

    @property
    def printed(self) -> tuple[tuple[Column, str], ...]:
        """What stands under columns that have no field of a record, and are printed."""
        columns = table_of(self.sheet).columns
        return tuple((one, text) for one in columns if one.prints_to is not None and (text := self.text(one.heading)))

    @property
    def words(self) -> str:
        """The words without which it would say nothing: those of the action, the matter, the question."""
        return self.text(table_of(self.sheet).words)

    @property
    def name(self) -> str:
        """What it is called in lists: its title, else its words."""
        return self.text(Heading.TITLE) or self.words

    @property
    def texts(self) -> dict[str, str]:
        """The words by heading, where there are any."""
        return {cell.header: cell.text for cell in self.cells if cell.text}


class RegisterSheet(Record):
    """A sheet of the register as it is in the workbook: its title there, and the letter of each known heading's column."""

    name: str
    title: str
    letters: tuple[tuple[str, str], ...]
    head: int = 0  # the row of its headings; 0 where none were found
    free: str = ""  # the first column to the right of everything that stands on the sheet

    def letter(self, header: str) -> str:
        """The column under that heading, empty where the sheet lacks it."""
        return next((letter for name, letter in self.letters if name == header), "")


class RegisterBook(Record):
    """The register workbook as read: `number` is that of the ledger's last write, None when it has never been through one."""

    file: str
    sha256: str
    number: int | None
    rows: tuple[RegisterRow, ...]
    sheets: tuple[RegisterSheet, ...] = ()


class TrackerMapped(Record):
    """How a tracker of that shape (its headings) was taken in as rows of a sheet: which heading goes under which column."""

    shape: str
    sheet: str
    columns: tuple[tuple[str, str], ...]
