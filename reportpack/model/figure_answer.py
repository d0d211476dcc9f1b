"""What a person answers for one cell of the force's workbooks. The workbook stays as it came; the answer holds while the cell does."""

from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class FigureAnswered:
    """A cell's figure was accepted (`value` is None) or corrected; the event's `who` is the person.

    `raw` is what the cell held then: another value in it is asked about anew.
    """

    file: str
    sheet: str
    cell: str
    raw: str
    why: str
    value: float | None = None

    @property
    def place(self) -> tuple[str, str, str]:
        """The file, sheet and cell."""
        return self.file, self.sheet, self.cell
