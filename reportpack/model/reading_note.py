"""How one workbook was read, as a paragraph for its owner and for the officer."""

from reportpack.records import dataclass


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """`file` as people name it; `text` is one paragraph."""

    file: str
    text: str
