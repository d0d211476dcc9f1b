"""The register workbook against the ledger: what people changed, what stands, and where the two disagree. Nothing is ever deleted."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.errors import Remedy
from reportpack.merge.register_rows import Identity, Key, identify
from reportpack.model.event import RowChange
from reportpack.model.problem import Problem, Source, Weight
from reportpack.model.register import AddedRow, CellEdit, Conflict, RegisterMerge, Snapshot
from reportpack.model.register_columns import Heading, table_of
from reportpack.model.register_row import CellChange, RegisterBook, RegisterCell, RegisterRow, RegisterSheet
from reportpack.model.words import shortened
from reportpack.records import Record


def merge_register(
    book: RegisterBook, standing: Sequence[RegisterRow], snapshots: Sequence[Snapshot], year: int
) -> RegisterMerge:
    """Compare the workbook with what stands, cell by cell, against the copy that it was made from.

    `snapshots` are the copies of its number, newest first. A row without a reference is given the next of its year (of `year` when
    it does not name its meeting's)."""
    identity = identify(book.rows, standing, year)
    base = _choose_base(book, snapshots, identity)
    stand = {(row.sheet, row.ref): row for row in standing}
    merged = {key: _merge_row(key, row, stand[key], base, book) for key, row in identity.known.items()}
    missing = tuple(key for key in stand if key not in merged)
    # The rows in the order they came to be, the unclear ones last.
    rows = (*(merged[key].row if key in merged else row for key, row in stand.items()), *identity.new.values(), *identity.unclear)
    lacking = lacking_columns(standing, book)
    letters = letters_to_add(lacking, base)
    there = (*(one.row for one in merged.values()), *identity.new.values())
    gone = [key for key in missing if base is None or key in base]
    # A row that is gone stays in the snapshot, so that it is asked about until it is back.
    absent = tuple(
        RegisterRow(*key, tuple(RegisterCell(header, text) for header, text in (base or {}).get(key, {}).items())) for key in gone
    )
    # The new ones whose reference the workbook lacks, where it has a cell for that.
    numbered = [(row, row.at(Heading.REFERENCE).cell) for key, row in identity.new.items() if key in identity.given]
    given = [CellEdit(row.source.sheet, place, row.ref) for row, place in numbered if place != row.source.cell]
    return RegisterMerge(
        rows=rows,
        changes=(
            *(RowChange(*key, one.changes, book.file, identity.known[key].source) for key, one in merged.items() if one.changes),
            *(RowChange.adding(row, ref, book.file) for (_, ref), row in identity.new.items()),
        ),
        seen=(*(one.seen for one in merged.values()), *identity.new.values(), *absent),
        conflicts=tuple(conflict for one in merged.values() for conflict in one.conflicts),
        problems=(
            *identity.problems,
            *(_gone(stand[key], book) for key in gone),
            *(_in_conflict(conflict) for one in merged.values() for conflict in one.conflicts),
            *columns_gone(lacking, base, book),
            *_sheets_lacking({name for name, _ in missing if _sheet(name, book) is None}, book),
        ),
        edits=(*(edit for one in merged.values() for edit in one.edits), *given, *columns_to_add(lacking, letters, there)),
        added=tuple(_to_add(stand[key], book, letters) for key in missing if _sheet(key[0], book) is not None),
    )


class MergedRow(Record):
    """One row after the comparison. `edits` are the words that stand and the workbook lacks; `seen` is its part of the snapshot."""

    row: RegisterRow
    seen: RegisterRow
    changes: tuple[CellChange, ...]
    conflicts: tuple[Conflict, ...]
    edits: tuple[CellEdit, ...]


def _merge_row(
    key: Key, row: RegisterRow, standing: RegisterRow, base: Mapping[Key, Mapping[str, str]] | None, book: RegisterBook
) -> MergedRow:
    """Cell by cell. A column that the workbook lacks leaves what stands; without a number an empty cell does too."""
    before = (base or {}).get(key, {})
    changes: list[CellChange] = []
    conflicts: list[Conflict] = []
    seen: list[RegisterCell] = []
    edits: list[CellEdit] = []
    for cell in row.cells:
        stands = standing.text(cell.header)
        edited = cell.header != Heading.REFERENCE and cell.text != stands and cell.text != before.get(cell.header)
        if edited and not cell.text and (book.number is None or cell.header not in before):
            edited = False
        if not edited:
            seen.append(cell)
            if cell.text != stands:
                edits.append(CellEdit(row.source.sheet, cell.cell, stands, standing.day(cell.header)))
        elif stands == before.get(cell.header, ""):
            changes.append(CellChange(cell.header, stands, cell.text, cell.day))
            seen.append(cell)
        else:
            conflicts.append(Conflict(*key, cell.header, stands, cell.text, row.at(cell.header)))
            seen.extend([replace(cell, text=before[cell.header])] if cell.header in before else [])
    # What stands, with the places of the workbook's cells.
    stood, places = standing.after(changes), {cell.header: cell.cell for cell in row.cells}
    headers = dict.fromkeys([*places, *(cell.header for cell in stood.cells)])
    cells = (RegisterCell(header, stood.text(header), places.get(header, ""), stood.day(header)) for header in headers)
    return MergedRow(
        row=replace(row, ref=stood.ref, cells=tuple(cells)),
        seen=replace(row, ref=key[1], cells=tuple(seen)),
        changes=tuple(changes),
        conflicts=tuple(conflicts),
        edits=tuple(edits),
    )


def _choose_base(book: RegisterBook, snapshots: Sequence[Snapshot], identity: Identity) -> dict[Key, dict[str, str]] | None:
    """The copy that the workbook was made from: the very same bytes, else the newest, unless it is plainly an older one come back."""
    same = next((one for one in snapshots if one.sha256 == book.sha256), None)
    chosen = same or _nearest(book, snapshots, identity)
    if chosen is None:
        return None
    return {(row.sheet, row.ref): {cell.header: cell.text for cell in row.cells} for row in chosen.rows}


def _nearest(book: RegisterBook, snapshots: Sequence[Snapshot], identity: Identity) -> Snapshot | None:
    """Several rows that are all as an older copy had them were not typed back one by one.

    A workbook without a number may be from before the first write, which a run that was stopped never put there: then rows that it
    lacks tell which copy it was made from."""
    if not snapshots:
        return None
    rows = {(row.sheet, row.ref): row.texts for row in book.rows}
    if book.number is None:
        missing = [sum((row.sheet, row.ref) not in identity.known for row in one.rows) for one in snapshots]
        snapshots = [one for one, count in zip(snapshots, missing, strict=True) if count == min(missing)]
    differing = [sum(rows.get((row.sheet, row.ref), row.texts) != row.texts for row in one.rows) for one in snapshots]
    if differing[0] <= 1:
        return snapshots[0]
    return snapshots[differing.index(min(differing))]


def _to_add(row: RegisterRow, book: RegisterBook, new: Mapping[Key, str]) -> AddedRow:
    sheet = _sheet(row.sheet, book)
    letters, title = (dict(sheet.letters), sheet.title) if sheet is not None else ({}, row.sheet)
    letters |= {header: letter for (name, header), letter in new.items() if name == row.sheet}
    cells = (CellEdit(title, letters[one.header], one.text, one.day) for one in row.cells if one.text and one.header in letters)
    return AddedRow(title, tuple(cells))


def _sheet(name: str, book: RegisterBook) -> RegisterSheet | None:
    return next((sheet for sheet in book.sheets if sheet.name == name), None)


def _sheets_lacking(names: Iterable[str], book: RegisterBook) -> Iterator[Problem]:
    """Rows that stand and have no sheet to stand on; of sheets that an office should have, their reader says so."""
    for table in (table_of(name) for name in names if table_of(name).needed is None):
        found = f'There is no sheet "{table.name}", so what is recorded for it stands in the ledger alone.'
        headings = ", ".join(one.heading for one in table.columns if one.needed)
        remedy = f"Add a sheet of that name with the headings {headings}, and the next run writes it there."
        yield Problem("sheet-missing", Source(book.file, sha256=book.sha256), found, remedy, Weight.NOTE)


def _gone(row: RegisterRow, book: RegisterBook) -> Problem:
    short = shortened(row.name, 50)
    name = f"{row.ref} ({short})" if table_of(row.sheet).has_references else f'The question "{short}"'
    return Problem(
        "row-gone",
        Source(book.file, row.sheet, "", book.sha256),
        f"{name} is no longer on the sheet; it still stands.",
        "Put the row back, or say in its State what became of it: nothing that was minuted is deleted.",
    )


def _in_conflict(conflict: Conflict) -> Problem:
    return Problem(
        "register-conflict",
        conflict.source,
        f'{conflict.ref}, {conflict.header}: the workbook says "{shortened(conflict.workbook)}", '
        f'but it has meanwhile become "{shortened(conflict.ledger)}", which stands.',
        Remedy(
            "To agree, type what stands into the workbook. To keep the workbook's words, run:",
            "register update",
            conflict.ref,
            f"{conflict.header}=...",
        ),
    )


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


def letters_to_add(lacking: Lacking, base: Base) -> dict[Key, str]:
    """By sheet and heading the column of each that the workbook has never had, to the right of everything on its sheet."""
    letters: dict[Key, str] = {}
    for sheet, headers in lacking:
        letter = sheet.free if sheet.head else ""
        for header in (one for one in headers if letter and _is_new(sheet, one, base)):
            letters[sheet.name, header] = letter
            letter = _letter_after(letter)
    return letters


def columns_to_add(lacking: Lacking, letters: Mapping[Key, str], rows: Sequence[RegisterRow]) -> Iterator[CellEdit]:
    """The new headings, with the words that stand under them in the workbook's own rows."""
    for sheet, headers in lacking:
        for header, letter in ((one, letters[sheet.name, one]) for one in headers if (sheet.name, one) in letters):
            yield CellEdit(sheet.title, f"{letter}{sheet.head}", header)
            for row in rows:
                place = _ROW.match(row.source.cell)
                if row.sheet == sheet.name and row.text(header) and place is not None:
                    yield CellEdit(sheet.title, f"{letter}{place[1]}", row.text(header), row.day(header))


def _is_new(sheet: RegisterSheet, header: str, base: Base) -> bool:
    """Whether the workbook has been read before, and never with that column."""
    return base is not None and not any(header in words for (name, _), words in base.items() if name == sheet.name)


def _letter_after(letter: str) -> str:
    """`B` after `A`, `AA` after `Z`."""
    head, last = letter[:-1], letter[-1]
    if last != "Z":
        return f"{head}{chr(ord(last) + 1)}"
    return f"{_letter_after(head) if head else 'A'}A"
