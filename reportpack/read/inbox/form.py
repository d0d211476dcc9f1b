"""A reply form that came back, as a workbook or as a table in a document: what was filled in beside each reference. The rest is only said."""

from collections.abc import Iterator, Sequence

from reportpack import patterns as re
from reportpack.model.reply import FormLine
from reportpack.read.documents.lines import Document
from reportpack.read.grid import Sheet, Workbook, cell_name
from reportpack.read.inbox.limits import MAX_LINES, MAX_TEXT
from reportpack.read.inbox.words import clean

_REF, _UPDATE, _COMPLETE, _EVIDENCE = "reference", "update", "complete", "evidence"
_HEADINGS = {
    _REF: {"reference", "ref", "action reference", "action ref"},
    _UPDATE: {"update", "your update", "latest update", "progress", "your reply", "reply"},
    _COMPLETE: {"complete", "complete?", "is it complete", "is it complete?", "completed", "done", "done?", "state", "status"},
    _EVIDENCE: {"evidence", "your evidence", "where it can be seen", "evidence: where it can be seen"},
}
REFERENCE = re.compile(r"M?\d{1,4}/(?:19|20)\d{2}", re.IGNORECASE)
_YES = {"yes", "y", "true", "x", "✓", "✔", "complete", "completed", "done", "1", "proposed complete", "closed"}
_WITHIN = 30
Grid = Sequence[Sequence[str]]
Form = tuple[tuple[FormLine, ...], tuple[str, ...]]


def workbook_form(workbook: Workbook) -> Form:
    """The lines of the sheet that is a form, and what stands outside its cells."""
    grids = [(sheet, _texts(sheet)) for sheet in workbook.sheets]
    forms = [(sheet, grid, at) for sheet, grid in grids if (at := _header(grid)) is not None]
    lines: list[FormLine] = []
    outside: list[str] = []
    for sheet, grid, at in forms:
        found, beyond = _read(grid, at, sheet.name)
        lines.extend(found)
        outside.extend(beyond)
    named = {sheet.name for sheet, _, _ in forms}
    extra = [sheet.name for sheet, grid in grids if sheet.name not in named and not sheet.hidden and any(map(any, grid))]
    return tuple(lines), (*outside, *(f'the sheet "{name}", which is no part of the form' for name in extra if forms))


def document_form(document: Document) -> Form:
    """The lines of the tables that are forms, and what stands beyond their columns."""
    lines: list[FormLine] = []
    outside: list[str] = []
    for number in sorted({line.table for line in document.lines if line.table}):
        grid = [line.cells for line in document.lines if line.table == number]
        at = _header(grid)
        if at is not None:
            found, beyond = _read(grid, at, f"table {number}")
            lines.extend(found)
            outside.extend(beyond)
    return tuple(lines), tuple(outside)


def _texts(sheet: Sheet) -> list[list[str]]:
    """The sheet's first rows as text; a form has few."""
    return [[_text(value) for value in row[:100]] for row in sheet.rows[: MAX_LINES + _WITHIN]]


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return clean(str(value))[:MAX_TEXT].strip()


def _header(grid: Grid) -> int | None:
    """The first row that has a reference and something to fill in beside it."""
    for at, row in enumerate(grid[:_WITHIN]):
        kinds = set(_columns(row).values())
        if _REF in kinds and len(kinds) > 1:
            return at
    return None


def _columns(row: Sequence[str]) -> dict[int, str]:
    """By column, what a heading asks for; the first of its kind counts."""
    found: dict[int, str] = {}
    for column, text in enumerate(row):
        name = " ".join(text.casefold().replace("\n", " ").split()).rstrip(":")
        kind = next((kind for kind, names in _HEADINGS.items() if name in names), "")
        if kind and kind not in found.values():
            found[column] = kind
    return found


def _read(grid: Grid, header: int, where: str) -> tuple[list[FormLine], list[str]]:
    columns = _columns(grid[header])
    headed = {column for column, text in enumerate(grid[header]) if text}
    by_kind = {kind: column for column, kind in columns.items()}
    lines: list[FormLine] = []
    outside: list[str] = []
    for at, row in enumerate(grid[header + 1 :], header + 1):
        texts = {kind: row[column] if column < len(row) else "" for kind, column in by_kind.items()}
        ref = texts[_REF].strip().lstrip("#")
        known = REFERENCE.fullmatch(ref) is not None
        outside.extend(_outside(row, at, where, headed if known else set()))
        said = (texts.get(_UPDATE, ""), texts.get(_COMPLETE, "").casefold().strip(" .") in _YES, texts.get(_EVIDENCE, ""))
        if known and any(said):
            lines.append(FormLine(ref.upper(), *said, f"{where}, {cell_name(at, by_kind[_REF])}"))
    return lines, outside


def _outside(row: Sequence[str], at: int, where: str, inside: set[int]) -> Iterator[str]:
    for column, text in enumerate(row):
        if text and column not in inside:
            yield f'{where}, {cell_name(at, column)}: "{text[:80]}"'
