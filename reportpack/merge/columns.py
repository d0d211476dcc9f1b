"""Columns that words stand under and the workbook lacks: one that people took out is said, one that it never had is added."""

from collections.abc import Iterator, Mapping, Sequence

from reportpack import patterns as re
from reportpack.model.problem import Problem, Source
from reportpack.model.register import CellEdit
from reportpack.model.register_row import RegisterBook, RegisterRow, RegisterSheet

Base = Mapping[tuple[str, str], Mapping[str, str]] | None
"""The words of the copy that the workbook was made from, by sheet and reference."""
Lacking = tuple[tuple[RegisterSheet, tuple[str, ...]], ...]
_ROW = re.compile(r"[A-Z]+(\d+)")


def lacking_columns(standing: Sequence[RegisterRow], book: RegisterBook) -> Lacking:
    """For each sheet whose headings were found, those that words stand under and the sheet lacks."""
    found = []
    for sheet in book.sheets:
        headers = dict.fromkeys(header for row in standing if row.sheet == sheet.name for header in row.texts)
        lacking = tuple(header for header in headers if not sheet.letter(header))
        if lacking and sheet.letters:
            found.append((sheet, lacking))
    return tuple(found)


def columns_gone(lacking: Lacking, base: Base, book: RegisterBook) -> Iterator[Problem]:
    """A problem for each column that was there when the workbook was last read."""
    for sheet, headers in lacking:
        for header in headers:
            if not _is_new(sheet, header, base):
                yield Problem(
                    "column-gone",
                    Source(book.file, sheet.title, "", book.sha256),
                    f'The column "{header}" is gone; what it said still stands.',
                    "Put a column with that heading back: it is filled again at the next run.",
                )


def columns_to_add(lacking: Lacking, base: Base, rows: Sequence[RegisterRow]) -> Iterator[CellEdit]:
    """Headings to the right of everything on the sheet, with the words that stand under them."""
    for sheet, headers in lacking:
        letter = sheet.free
        for header in headers:
            if not letter or not sheet.head or not _is_new(sheet, header, base):
                continue
            yield CellEdit(sheet.title, f"{letter}{sheet.head}", header)
            for row in rows:
                place = _ROW.match(row.source.cell)
                if row.sheet == sheet.name and row.text(header) and place is not None:
                    yield CellEdit(sheet.title, f"{letter}{place[1]}", row.text(header), row.day(header))
            letter = _letter_after(letter)


def _is_new(sheet: RegisterSheet, header: str, base: Base) -> bool:
    """Whether the workbook has been read before, and never with that column."""
    return base is not None and not any(header in words for (name, _), words in base.items() if name == sheet.name)


def _letter_after(letter: str) -> str:
    """`B` after `A`, `AA` after `Z`."""
    head, last = letter[:-1], letter[-1]
    if last != "Z":
        return f"{head}{chr(ord(last) + 1)}"
    return f"{_letter_after(head) if head else 'A'}A"
