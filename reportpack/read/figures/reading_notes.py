"""For each workbook one paragraph of how it was read: what is used and what is not, how new it is, what to know, what moved since its last file."""

from collections.abc import Iterator, Sequence

from reportpack.model.meaning import Finality, span_words
from reportpack.model.observation import Observation
from reportpack.model.reading_note import ReadingNote
from reportpack.model.table import Table
from reportpack.read.figures.period_search import timeless
from reportpack.read.figures.places import DatedWorkbook, Shelf
from reportpack.read.grid import Sheet

_SHOWN = 4


def reading_notes(shelf: Shelf, observations: Sequence[Observation]) -> tuple[ReadingNote, ...]:
    """A note for every workbook that some place names, in the order of their names."""
    by_file: dict[str, list[Observation]] = {}
    for one in observations:
        by_file.setdefault(one.source.file, []).append(one)
    return tuple(
        ReadingNote(dated.workbook.file, " ".join(filter(None, _sentences(dated, shelf, by_file.get(dated.workbook.file, [])))))
        for dated in sorted(shelf.workbooks, key=lambda one: one.workbook.file)
    )


def _sentences(dated: DatedWorkbook, shelf: Shelf, mine: Sequence[Observation]) -> Iterator[str]:
    file = dated.workbook.file
    used = {label for place, _, label in shelf.used if place == file}
    there = {label for label in _labels(shelf, file) if label}
    yield f"Used: {_listed(sorted(used & there))}." if used & there else "Nothing of it is used."
    unused = sorted(there - used)
    yield f"Not used: {_listed(unused)}." if unused else ""
    apart = [sheet.name for sheet in dated.workbook.sheets if not shelf.is_looked_at(file, sheet.name)]
    yield f"Sheets not looked at: {_listed(apart)}." if apart else ""
    numbers = [one for one in mine if one.value is not None]
    if numbers:
        newest = max(numbers, key=lambda one: one.period.end)
        yield f"Newest: {newest.period.label} ({span_words(newest.meaning.reach, newest.period)})."
        yield from _about(numbers)
    yield from _hidden(dated.workbook.sheets)
    yield _moved(dated, shelf)


def _about(numbers: Sequence[Observation]) -> Iterator[str]:
    scales = {one.meaning.scale for one in numbers} - {1.0}
    marks = sorted({mark for one in numbers for mark in one.marks})
    finals = sorted({one.meaning.finality.value for one in numbers if one.meaning.finality is not Finality.NOT_TOLD})
    doubted = [one.source.cell for one in numbers if one.doubt]
    yield f"Given in {' and '.join(f'{scale:,.0f}s' for scale in sorted(scales))}." if scales else ""
    yield f"Marked: {_listed([*marks, *finals])}." if marks or finals else ""
    yield f"Doubted: {_listed(doubted)}." if doubted else ""


def _hidden(sheets: Sequence[Sheet]) -> Iterator[str]:
    hidden = [sheet.name for sheet in sheets if sheet.hidden]
    rows = sum(len(sheet.hidden_rows) + len(sheet.hidden_columns) for sheet in sheets)
    struck = sum(len(sheet.struck) for sheet in sheets)
    yield f"Hidden sheets: {_listed(hidden)}." if hidden else ""
    yield f"{rows} hidden rows and columns." if rows else ""
    yield f"{struck} cells struck through." if struck else ""


def _moved(dated: DatedWorkbook, shelf: Shelf) -> str:
    """What differs from the last file of the same place, where that lies beside it."""
    before = [one for one in shelf.beside(dated) if one.as_at is not None and dated.as_at is not None and one.as_at < dated.as_at]
    if not before:
        return ""
    last = max(before, key=lambda one: one.as_at or dated.as_at)  # type: ignore[arg-type, return-value]  # those without a day are left out
    now, then = ({timeless(label) for label in _labels(shelf, one.workbook.file)} for one in (dated, last))
    new, gone = sorted(now - then - {""}), sorted(then - now - {""})
    name = last.workbook.file.rpartition("/")[2]
    if not new and not gone:
        return f"Laid out as {name}."
    said = [f"new {_listed(new)}" if new else "", f"gone {_listed(gone)}" if gone else ""]
    return f"Against {name}: {'; '.join(part for part in said if part)}."


def _labels(shelf: Shelf, file: str) -> Iterator[str]:
    tables: Iterator[Table] = (table for table in shelf.found(file))
    return (label.measure or "" for table in tables for _, label, _ in table.labelled())


def _listed(names: Sequence[str]) -> str:
    shown = "; ".join(names[:_SHOWN])
    return f"{shown} and {len(names) - _SHOWN} more" if len(names) > _SHOWN else shown
