"""How much of a workbook is read, and what makes one unusable: a sentence with its kind, never silence, turned into a Problem at the doorway."""

from dataclasses import replace

from reportpack.model.problem import Problem, Source, Weight

MAX_FILE_BYTES = 256 * 1024 * 1024  # bytes of the file itself
MAX_PART_BYTES = 320 * 1024 * 1024  # unpacked bytes of one part of a zip; a sheet of 5 million cells needs about 230 MB
MAX_CELLS = 5_000_000  # cells with something in them, in the whole workbook
MAX_SLOTS = 32_000_000  # places, empty ones among them, that a sheet's rows take up as long as each reaches
MAX_SMALL_PART_BYTES = 64 * 1024 * 1024  # unpacked bytes of a part that lists things: the workbook, its styles, its relations
MAX_LISTED = 500_000  # things that such a part lists
MAX_TOKEN_BYTES = 16 * 1024 * 1024  # bytes of XML without the end of a tag
MAX_DEPTH = 256  # elements inside each other
MAX_OLD_BYTES = 64 * 1024 * 1024  # bytes of an xls, which cannot hold more than 16.7 million cells a sheet.
MAX_TEXT_BYTES = 128 * 1024 * 1024  # bytes of a text with separators
MAX_PAGE_BYTES = 16 * 1024 * 1024  # bytes of a web page
MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384  # excel's own; what stands beyond is no sheet that people made
MAX_MERGES = 100_000  # merged blocks of one sheet
MAX_SHEETS = 1_000
MAX_TEXT = 32_767  # characters of one cell, as in Excel; the rest is cut off and said
MAX_TEXT_TOTAL = 200_000_000  # characters of all texts when every cell gets its own copy
DENSE = 8  # a sheet counts as dense while it has a filled cell in every so many of its rectangle


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
