"""What was erased from the ledger, and why: that it was, when and by whom, never the words themselves."""

from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class ErasedFile:
    """A kept file, by the sha256 it had, and the one its copy without the words is kept under; "" when it is gone whole."""

    sha256: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class Erased:
    """Words were erased from these events and kept files, and from so many cells of the register workbook."""

    why: str
    events: tuple[int, ...] = ()
    files: tuple[ErasedFile, ...] = ()
    cells: int = 0
