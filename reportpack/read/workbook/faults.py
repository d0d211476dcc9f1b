"""What makes a workbook unusable, and how a reader says so: a sentence with its kind, turned into a Problem at the doorway."""

from dataclasses import replace

from reportpack.model.problem import Problem, Source, Weight

TELL_OWNER = "Ask whoever sent it to save it again as an Excel workbook (.xlsx) and send that."


class UnreadableError(Exception):
    """Nothing can be had from this file: `kind` is the Problem's slug, the rest its sentences."""

    def __init__(self, kind: str, found: str, remedy: str = TELL_OWNER) -> None:
        super().__init__(found)
        self.kind = kind
        self.found = found
        self.remedy = remedy

    def problem(self, source: Source) -> Problem:
        """As the reader of the pack is told."""
        return Problem(self.kind, source, self.found, self.remedy)


def too_large(cells: int) -> UnreadableError:
    """More than may be read."""
    found = f"it has more than {cells:,} cells, or scatters them too widely, so it is not read."
    return UnreadableError("workbook-too-large", found, "Ask for a workbook that holds only what is needed.")


class DamagedError(Exception):
    """One part cannot be read as it should; its caller knows what that means for the workbook."""


def note(kind: str, source: Source, found: str, remedy: str, sheet: str = "", cell: str = "") -> Problem:
    """Worth knowing about a workbook that is read all the same."""
    return Problem(kind, replace(source, sheet=sheet, cell=cell), found, remedy, Weight.NOTE)


def wrong(kind: str, source: Source, found: str, remedy: str, sheet: str = "", cell: str = "") -> Problem:
    """Figures are missing or cannot be trusted because of this."""
    return Problem(kind, replace(source, sheet=sheet, cell=cell), found, remedy)
