"""A reply form that came back, as a workbook or as a table in a document: what was filled in beside each reference. The rest is only said."""

from collections.abc import Iterator, Mapping, Sequence

from reportpack import patterns as re
from reportpack.model.reply import FormLine
from reportpack.model.state_words import SAYS_COMPLETE, SAYS_OPEN
from reportpack.read.documents.lines import Document
from reportpack.read.grid import Sheet, Workbook, cell_name
from reportpack.read.inbox.form_marks import CellMarks
from reportpack.read.inbox.shown import shown
from reportpack.read.inbox.written import MAX_LINES, MAX_TEXT, clean

_REF, _UPDATE, _COMPLETE, _EVIDENCE = "reference", "update", "complete", "evidence"
_HEADINGS = {
    _REF: "reference|ref|ref no|reference number|action reference|action ref|action no|action number|no",
    _UPDATE: "update|your update|latest update|progress|progress update|your reply|reply|response|comments",
    _COMPLETE: "complete|is it complete|completed|is it completed|done|state|status",
    _EVIDENCE: "evidence|your evidence|where it can be seen|evidence: where it can be seen|link|link to evidence",
}
_REFERENCE = re.compile(r"(?=[^ ]*\d)[A-Za-z0-9()][\w()./ -]{0,29}")
"""Whatever shape an office's references have, they have a digit and are short."""
_WITHIN = 30
_WIDEST = 100
Grid = Sequence[Sequence[str]]
Form = tuple[tuple[FormLine, ...], tuple[str, ...]]


def workbook_form(workbook: Workbook, marks: Mapping[str, CellMarks]) -> Form:
    """The lines of the sheet that is a form, and what stands outside its cells. `marks` are what people put on cells, by sheet."""
    grids = [(sheet, _texts(sheet, marks.get(sheet.name, CellMarks()))) for sheet in workbook.sheets]
    lines: list[FormLine] = []
    outside: list[str] = []
    for sheet, grid in grids:
        found, beyond = grid_form(grid, sheet.name)
        lines.extend(found)
        outside.extend(beyond)
        outside.extend(_left_out(sheet, marks.get(sheet.name, CellMarks())) if found or beyond else ())
    others = [sheet.name for sheet, grid in grids if _header(grid) is None and not sheet.hidden and any(map(any, grid))]
    is_form = len(others) < len(grids)
    return tuple(lines), (*outside, *(f'the sheet "{name}", which is no part of the form' for name in others if is_form))


def document_form(document: Document) -> Form:
    """The lines of the tables that are forms, and what stands beyond their columns."""
    lines: list[FormLine] = []
    outside: list[str] = []
    for number in sorted({line.table for line in document.lines if line.table}):
        found, beyond = grid_form([line.cells for line in document.lines if line.table == number], f"table {number}")
        lines.extend(found)
        outside.extend(beyond)
    return tuple(lines), tuple(outside)


def grid_form(grid: Grid, where: str) -> Form:
    """A table's lines and what stands beyond its columns; nothing of either where it is no form."""
    header = _header(grid)
    if header is None:
        return (), ()
    columns = _columns(grid[header])
    headed = {column for column, text in enumerate(grid[header]) if text}
    by_kind = {kind: column for column, kind in columns.items()}
    lines: list[FormLine] = []
    outside: list[str] = []
    for at, row in enumerate(grid[header + 1 :], header + 1):
        texts = {kind: row[column] if column < len(row) else "" for kind, column in by_kind.items()}
        ref = texts[_REF].strip().lstrip("#")
        known = _REFERENCE.fullmatch(ref) is not None
        outside.extend(_outside(row, at, where, headed if known else set()))
        line = _line(ref, texts, f"{where}, {cell_name(at, by_kind[_REF])}")
        if known and (line.update or line.complete or line.evidence):
            lines.append(line)
    return tuple(lines), tuple(outside)


def _line(ref: str, texts: Mapping[str, str], cell: str) -> FormLine:
    """A row of the form. Words beside a yes or a no are kept with the update; a word that is neither is no yes."""
    update, said = texts.get(_UPDATE, ""), texts.get(_COMPLETE, "").strip()
    yes, no = SAYS_COMPLETE.match(said), SAYS_OPEN.match(said)
    match = no or yes
    beside = said[match.end() :] if match is not None else said
    if beside and match is not None and (yes or no) is not None:
        beside = said if _is_word(match[0]) else beside
    told = "\n".join(dict.fromkeys(one for one in (update, beside) if one))
    return FormLine(ref, told, yes is not None and no is None, texts.get(_EVIDENCE, ""), cell)


def _is_word(matched: str) -> bool:
    """Whether the answer is a word of its sentence (`Completed 31 May`), not a plain yes or no before it."""
    return re.fullmatch(r"(?:yes|y|true|x|1|no|n|false|0|\W+|\[.?\])\W*", matched, re.IGNORECASE) is None


def _texts(sheet: Sheet, marks: CellMarks) -> list[list[str]]:
    """The sheet's first rows as a person sees them; a form has few."""
    return [
        [_text(sheet, marks, row, column) for column in range(min(len(values), _WIDEST))]
        for row, values in enumerate(sheet.rows[: MAX_LINES + _WITHIN])
    ]


def _text(sheet: Sheet, marks: CellMarks, row: int, column: int) -> str:
    at = (row, column)
    said = shown(sheet.value(row, column), sheet.format(row, column)) or sheet.errors.get(at, "")
    text = "" if at in marks.struck else clean(said)[:MAX_TEXT].strip()
    link, comment = marks.links.get(at, ""), marks.comments.get(at, "")
    linked = f"{text} ({link})" if link and link not in text else text
    return f"{linked}\nComment: {comment}".strip() if comment else linked


def _left_out(sheet: Sheet, marks: CellMarks) -> Iterator[str]:
    for row, column in sorted(marks.struck):
        if said := shown(sheet.value(row, column), sheet.format(row, column)):
            yield f'{sheet.name}, {cell_name(row, column)}: "{said[:80]}", which is struck through'
    for row, column in sorted(sheet.uncalculated):
        yield f"{sheet.name}, {cell_name(row, column)}: a formula that was never worked out"


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
        name = " ".join(text.casefold().split()).rstrip(":?. ")
        kind = next((kind for kind, names in _HEADINGS.items() if name in names.split("|")), "")
        if kind and kind not in found.values():
            found[column] = kind
    return found


def _outside(row: Sequence[str], at: int, where: str, inside: set[int]) -> Iterator[str]:
    for column, text in enumerate(row):
        if text and column not in inside:
            yield f'{where}, {cell_name(at, column)}: "{text[:80]}"'
