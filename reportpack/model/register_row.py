"""A row of the register as people typed it: words under headings. What the ledger stores, and what two copies are compared by."""

from reportpack.model.source import Source
from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class RegisterCell:
    """The words under one heading; `cell` says where they stand (`C5`), empty when they are in no workbook yet."""

    header: str
    text: str
    cell: str = ""


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """`ref` is empty until the row has one. A heading that the sheet lacks has no cell; an empty cell has its place."""

    sheet: str
    ref: str
    cells: tuple[RegisterCell, ...]
    source: Source = Source("")

    def text(self, header: str) -> str:
        """The words under that heading, empty where there are none."""
        return next((cell.text for cell in self.cells if cell.header == header), "")

    def at(self, header: str) -> Source:
        """Where they stand; the whole row when they stand nowhere."""
        cell = next((cell.cell for cell in self.cells if cell.header == header and cell.cell), "")
        return Source(self.source.file, self.source.sheet, cell or self.source.cell, self.source.sha256)

    @property
    def texts(self) -> dict[str, str]:
        """The words by heading, where there are any."""
        return {cell.header: cell.text for cell in self.cells if cell.text}


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """A sheet of the register as it is in the workbook: its title there, and the letter of each known heading's column."""

    name: str
    title: str
    letters: tuple[tuple[str, str], ...]
    head: int = 0
    """The row of its headings; 0 where none were found."""
    free: str = ""
    """The first column to the right of everything that stands on the sheet."""

    def letter(self, header: str) -> str:
        """The column under that heading, empty where the sheet lacks it."""
        return next((letter for name, letter in self.letters if name == header), "")


@dataclass(frozen=True, slots=True)
class RegisterBook:
    """The register workbook as read: `number` is that of the ledger's last write, None when it has never been through one."""

    file: str
    sha256: str
    number: int | None
    rows: tuple[RegisterRow, ...]
    sheets: tuple[RegisterSheet, ...] = ()
