"""How one workbook was read, as a paragraph for its owner and for the officer."""

from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """`file` as people name it; `text` is one paragraph; `measures` are those whose figures stand in it."""

    file: str
    text: str
    measures: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    """Its labels, and its sheets, that no measure takes."""
    layout: tuple[str, ...] = ()
    """Its fingerprint: each label with its sheet and first column, in which next month's file is to be like it."""
