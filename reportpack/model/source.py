"""Where a value or a word came from."""

from datetime import date

from reportpack.records import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Source:
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
