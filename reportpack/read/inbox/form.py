"""A reply form that came back, as a workbook or as a table in a document: what was filled in beside each reference, as the person who filled
it in saw it (45%, 27:30, 31 May 2019), with the comments, links and lines put on its cells. The rest is only said."""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, datetime, time, timedelta

from reportpack import patterns as re
from reportpack.model.period import long_date
from reportpack.model.reply import PLACE_IN, QUERIES_ON, FormLine
from reportpack.model.state_words import SAYS_COMPLETE, SAYS_OPEN
from reportpack.read.documents.lines import Document
from reportpack.read.grid import Sheet, Workbook, cell_name
from reportpack.read.inbox.own_words import MAX_LINES, MAX_TEXT, clean
from reportpack.read.workbook.number_formats import Clock, clock
from reportpack.records import Record

_LONGEST = 2_000
Position = tuple[int, int]


class CellMarks(Record):
    """One sheet's, by row and column counted from 0."""

    comments: Mapping[Position, str] = field(default_factory=dict)
    links: Mapping[Position, str] = field(default_factory=dict)
    struck: frozenset[Position] = frozenset()


def cell_marks(data: bytes) -> dict[str, CellMarks]:
    """Each sheet's marks by its name; nothing for a kind of workbook that cannot be opened so."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data))
    except Exception:  # noqa: BLE001 - the values were read already; a workbook that is odd in some other place loses its marks alone
        return {}
    marks = {}
    for sheet in book.worksheets:
        rows = enumerate(sheet.iter_rows(max_row=2_100, max_col=100))
        cells = [(row, column, cell) for row, found in rows for column, cell in enumerate(found)]
        remarks = [(row, column, cell.comment.text) for row, column, cell in cells if cell.comment is not None]
        marks[sheet.title] = CellMarks(
            {(row, column): clean(text).strip()[:_LONGEST] for row, column, text in remarks},
            {(row, column): cell.hyperlink.target for row, column, cell in cells if cell.hyperlink and cell.hyperlink.target},
            frozenset((row, column) for row, column, cell in cells if cell.value is not None and cell.font.strike),
        )
    return marks


_REF, _UPDATE, _COMPLETE, _EVIDENCE, _SHEET, _CELL = "reference", "update", "complete", "evidence", "sheet", "cell"
_HEADINGS = {
    _REF: "reference|ref|ref no|reference number|action reference|action ref|action no|action number|no",
    _UPDATE: "update|your update|latest update|progress|progress update|your reply|your answer|reply|response|comments",
    _COMPLETE: "complete|is it complete|completed|is it completed|done|state|status",
    _EVIDENCE: "evidence|your evidence|where it can be seen|evidence: where it can be seen|link|link to evidence",
    _SHEET: _SHEET,
    _CELL: _CELL,
}
_REFERENCE = re.compile(r"(?=[^ ]*\d)[A-Za-z0-9()][\w()./ -]{0,29}")
"""Whatever shape an office's references have, they have a digit and are short."""
_PLAIN_ANSWER = re.compile(r"(?i)(?:yes|y|true|x|1|no|n|false|0|\W+|\[.?\])\W*")
_WITHIN = 30
_WIDEST = 100
Grid = Sequence[Sequence[str]]
Form = tuple[tuple[FormLine, ...], tuple[str, ...]]


def workbook_form(workbook: Workbook, marks: Mapping[str, CellMarks]) -> Form:
    """The lines of the sheet that is a form, and what stands outside its cells. `marks` are what people put on cells, by sheet."""
    grids: list[tuple[Sheet, Grid]] = []
    for sheet in workbook.sheets:
        own, first = marks.get(sheet.name, CellMarks()), enumerate(sheet.rows[: MAX_LINES + _WITHIN])
        grids.append((sheet, [[_text(sheet, own, row, at) for at in range(min(len(cells), _WIDEST))] for row, cells in first]))
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
    numbers = sorted({line.table for line in document.lines if line.table})
    tables = [[line.cells for line in document.lines if line.table == number] for number in numbers]
    forms = [grid_form(grid, f"table {number}") for number, grid in zip(numbers, tables, strict=True)]
    return tuple(line for lines, _ in forms for line in lines), tuple(text for _, outside in forms for text in outside)


def grid_form(grid: Grid, where: str) -> Form:
    """A table's lines and what stands beyond its columns; nothing of either where it is no form."""
    if (header := _header(grid)) is None:
        return (), ()
    columns = _columns(grid[header])
    headed = {column for column, text in enumerate(grid[header]) if text}
    # Queries on a workbook of figures: what is answered has a place there in the stead of a reference.
    book = next((text for row in grid[:header] for text in row if text.startswith(QUERIES_ON)), "").removeprefix(QUERIES_ON)
    by_kind = {kind: column for column, kind in columns.items()}
    lines: list[FormLine] = []
    outside: list[str] = []
    for at, row in enumerate(grid[header + 1 :], header + 1):
        texts = {kind: row[column] if column < len(row) else "" for kind, column in by_kind.items()}
        ref = f"{texts.get(_SHEET)}!{texts.get(_CELL)}{PLACE_IN}{book}" if book else texts[_REF].strip().lstrip("#")
        known = bool(book) or _REFERENCE.fullmatch(ref) is not None
        beyond = ((column, text) for column, text in enumerate(row) if text and not (known and column in headed))
        outside.extend(f'{where}, {cell_name(at, column)}: "{text[:80]}"' for column, text in beyond)
        line = _line(ref, texts, f"{where}, {cell_name(at, by_kind[_CELL if book else _REF])}")
        if known and (line.update or line.complete or line.evidence):
            lines.append(line)
    return tuple(lines), tuple(outside)


def _line(ref: str, texts: Mapping[str, str], cell: str) -> FormLine:
    """A row of the form. Words beside a yes or a no are kept with the update; a word that is neither is no yes."""
    update, said = texts.get(_UPDATE, ""), texts.get(_COMPLETE, "").strip()
    yes, no = SAYS_COMPLETE.match(said), SAYS_OPEN.match(said)
    match = no or yes
    beside = said[match.end() :] if match is not None else said
    # A word of its sentence (`Completed 31 May`) is kept with it; a plain yes or no before it is not.
    beside = said if beside and match is not None and not _PLAIN_ANSWER.fullmatch(match[0]) else beside
    told = "\n".join(dict.fromkeys(one for one in (update, beside) if one))
    return FormLine(ref, told, yes is not None and no is None, texts.get(_EVIDENCE, ""), cell)


def _text(sheet: Sheet, marks: CellMarks, row: int, column: int) -> str:
    at = (row, column)
    text = "" if at in marks.struck else clean(shown_at(sheet, row, column))[:MAX_TEXT].strip()
    link, comment = marks.links.get(at, ""), marks.comments.get(at, "")
    linked = f"{text} ({link})" if link and link not in text else text
    return f"{linked}\nComment: {comment}".strip() if comment else linked


def _left_out(sheet: Sheet, marks: CellMarks) -> Iterator[str]:
    for row, column in sorted(marks.struck):
        if said := shown_at(sheet, row, column):
            yield f'{sheet.name}, {cell_name(row, column)}: "{said[:80]}", which is struck through'
    for row, column in sorted(sheet.uncalculated):
        yield f"{sheet.name}, {cell_name(row, column)}: a formula that was never worked out"


def _header(grid: Grid) -> int | None:
    kinds = [set(_columns(row).values()) for row in grid[:_WITHIN]]
    return next(
        (
            at
            for at, own in enumerate(kinds)
            if (own & {_REF, _UPDATE} and own >= {_SHEET, _CELL}) or (_REF in own and len(own) > 1)
        ),
        None,
    )


def _columns(row: Sequence[str]) -> dict[int, str]:
    found: dict[int, str] = {}
    for column, text in enumerate(row):
        name = " ".join(text.casefold().split()).rstrip(":?. ")
        kind = next((kind for kind, names in _HEADINGS.items() if name in names.split("|")), "")
        if kind and kind not in found.values():
            found[column] = kind
    return found


_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]")
_PLACES = re.compile(r"[0#?]\.([0#?]+)")


def shown_at(sheet: Sheet, row: int, column: int) -> str:
    """A cell as its reader sees it."""
    return shown(sheet.value(row, column), sheet.format(row, column)) or sheet.errors.get((row, column), "")


def shown(value: object, code: str) -> str:
    """The words of a cell under its number format; a plain number without the noise of its last digits."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(float(value), code)
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        hours, rest = divmod(seconds, 3600)
        minutes, left = divmod(rest, 60)
        return f"{sign}{hours}:{minutes:02}:{left:02}" if left or "s" in code else f"{sign}{hours}:{minutes:02}"
    if isinstance(value, datetime | date):
        return _day(value, code)
    if isinstance(value, time):
        return f"{value.hour}:{value:%M:%S}" if value.second else f"{value.hour}:{value:%M}"
    return str(value)


def _number(value: float, code: str) -> str:
    section = code.split(";", maxsplit=1)[0]
    plain = _LITERAL.sub("", _CURRENCY.sub("", section))
    percent = "%" in plain
    number = value * 100 if percent else value
    if clock(code) is Clock.NUMBER and re.search(r"[0#]", plain):
        found = _PLACES.search(plain)
        places = len(found[1]) if found else 0
        text = f"{abs(number):,.{places}f}" if "," in plain else f"{abs(number):.{places}f}"
    else:
        text = f"{abs(number):.10g}"
    currency = next(iter(_CURRENCY.findall(section)), "") or next((sign for sign in "£$€" if sign in section), "")
    return f"{'-' if number < 0 else ''}{currency}{text}{'%' if percent else ''}"


def _day(value: date, code: str) -> str:
    """A day in full, or the month alone where the format shows no day."""
    letters = _LITERAL.sub("", code).lower()
    if "y" in letters and "m" in letters and "d" not in letters:
        return f"{value:%B %Y}"
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{long_date(value.date())}, {value.hour}:{value:%M}"
    return long_date(value.date() if isinstance(value, datetime) else value)
