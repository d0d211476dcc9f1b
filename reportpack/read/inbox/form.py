"""A reply form that came back, as a workbook or as a table in a document: what was filled in beside each reference, as the person who filled
it in saw it (45%, 27:30, 31 May 2019), with the comments, links and lines put on its cells. The rest is only said."""

import io
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from reportpack import patterns as re
from reportpack.model.action import ActionState
from reportpack.model.period import long_date
from reportpack.model.reply import PLACE_IN, QUERIES_ON, FormLine
from reportpack.model.state_words import SAYS_COMPLETE, SAYS_OPEN, signed
from reportpack.read.documents.lines import Document, Merged
from reportpack.read.documents.word_numbers import drawn_in
from reportpack.read.grid import Position, Sheet, Workbook, cell_name
from reportpack.read.inbox.own_words import MAX_LINES, MAX_TEXT, clean
from reportpack.read.register.occasions import shows_only_month
from reportpack.read.workbook.number_formats import Clock, clock

CellMarks = tuple[Mapping[Position, str], Mapping[Position, str]]
"""One sheet's, by row and column from 0: where cells lead, and words as they are drawn (ticks of a font of signs) without what is struck."""


def cell_marks(data: bytes) -> dict[str, CellMarks]:
    """Each sheet's marks by its name; nothing for a kind of workbook that cannot be opened so."""
    import openpyxl

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), rich_text=True)
    except Exception:  # noqa: BLE001 - the values were read already; a workbook that is odd in some other place loses its marks alone
        return {}
    marks: dict[str, CellMarks] = {}
    for sheet in book.worksheets:
        rows = enumerate(sheet.iter_rows(max_row=2_100, max_col=100))
        cells = [(row, column, cell) for row, found in rows for column, cell in enumerate(found)]
        marks[sheet.title] = (
            {(row, column): cell.hyperlink.target for row, column, cell in cells if cell.hyperlink and cell.hyperlink.target},
            {(row, column): _drawn(cell) for row, column, cell in cells if cell.data_type == "s"},
        )
    return marks


def _drawn(cell: Any) -> str:
    if isinstance(cell.value, str):
        return drawn_in(cell.font.name or "", cell.value)
    return "".join(one if isinstance(one, str) else "" if one.font.strike else one.text for one in cell.value).strip()


_REF, _UPDATE, _COMPLETE, _EVIDENCE, _SHEET, _CELL = "reference", "update", "complete", "evidence", "sheet", "cell"
_HEADINGS = {
    _REF: "reference|ref|ref no|reference number|action reference|action ref|action no|action number|no|item no|log no|cyf|cyfeirnod",
    _UPDATE: "update|your update|latest update|progress|progress update|your reply|your answer|reply|response|comments|comment|position|current position"
    "|latest position|status update|update/progress|progress/update|commentary|force update|progress to date|rag|rag status|diweddariad",
    _COMPLETE: "complete|is it complete|completed|is it completed|done|state|status|date completed|date complete|completion date|closed|cyflawn",
    _EVIDENCE: "evidence|your evidence|where it can be seen|evidence: where it can be seen|link|link to evidence|tystiolaeth",
    _SHEET: _SHEET,
    _CELL: _CELL,
}
_REFERENCE = re.compile(r"(?=[^ ]*\d)[A-Za-z0-9()][\w()./ -]{0,29}")
"""Whatever shape an office's references have, they have a digit and are short."""
_CALLED = re.compile(
    r"(?is)\s*#?(?:(?:actions?|matters?|items?|ref)\b\.?\s*(?:no\b\.?)?\s*)?([A-Z]{0,3}\d{1,4}/\d{2,4})(?![\d/]).*"
)
_OURS = "meeting|post|owner|action|actions|action owner|matter|item|due|due date|lead|lead officer|description|what was found|what is wanted|what is asked"
_BOX = re.compile(r"[\u2610-\u2612\u2713\u2714\U0001f5f9]|\[[ xX]?\]")
_PLAIN_ANSWER = re.compile(r"(?i)(?:yes|y|true|x|1|no|n|false|0|\W+|\[.?\])\W*")
_WITHIN = 30
_WIDEST = 100
Grid = Sequence[Sequence[str]]
Form = tuple[tuple[FormLine, ...], tuple[str, ...]]


def workbook_form(workbook: Workbook, marks: Mapping[str, CellMarks]) -> Form:
    """The lines of the sheet that is a form, and what stands outside its cells. `marks` are what people put on cells, by sheet."""
    grids = [(sheet, _grid(sheet, marks.get(sheet.name, ({}, {})))) for sheet in workbook.sheets if not sheet.hidden]
    forms = [(grid_form(grid, sheet.name), left) for sheet, (grid, left) in grids if _header(grid) is not None]
    lines = tuple(line for (found, _), _ in forms for line in found)
    outside = tuple(text for (_, beyond), left in forms for text in (*beyond, *left))
    others = [sheet.name for sheet, (grid, _) in grids if _header(grid) is None and any(map(any, grid))]
    return lines, (*outside, *(f'the sheet "{name}", which is no part of the form' for name in others if forms))


def is_form(workbook: Workbook) -> bool:
    """Whether a sheet asks for news beside references, filled in or not."""
    grids = [_grid(sheet, ({}, {}))[0] for sheet in workbook.sheets]
    heads = [(grid, _header(grid)) for grid in grids]
    return any(at is not None and _UPDATE in _columns(grid[at]).values() for grid, at in heads)


def document_form(document: Document) -> tuple[Form, str]:
    """The lines of the tables that are forms, what stands beyond their columns or cannot be read as words, and the words of all the rest."""
    tables: dict[int, list[list[str]]] = {}
    for line in (one for one in document.lines if one.table):
        grid = tables.setdefault(line.table, [])
        merged = (*line.merged, *(Merged.NO for _ in line.cells))
        above = [*(grid[-1] if grid else ()), *("" for _ in line.cells)]
        grid.append([above[at] if merged[at] is Merged.ABOVE else text for at, text in enumerate(line.full or line.cells)])
    within = {line.table: line.within for line in document.lines if line.within}
    forms, told = forms_in(tables, within)
    holders = {*within.values()}  # the words of tables inside these come on lines of their own
    shown = ((line, line.full if line.full and line.table not in holders else line.cells) for line in document.lines)
    rest = "\n".join(" ".join(words) or line.text for line, words in shown if line.table not in told)
    said = ((f"{one.kind} of {one.author}" if one.author else one.kind, one.words) for one in document.unread if one.words)
    beside = (f'its {kind}, "{words}"' for kind, words in said)
    lines = tuple(line for found, _ in forms.values() for line in found)
    return (lines, (*(text for _, outside in forms.values() for text in outside), *beside)), rest


def forms_in(tables: Mapping[int, Grid], within: Mapping[int, int]) -> tuple[dict[int, Form], set[int]]:
    """Those of the tables of a letter or document that are forms, and these with all tables that are told in their cells. `within` says of a
    table in which other it stands; the outer has the smaller number."""
    forms: dict[int, Form] = {}
    told: set[int] = set()
    for number, grid in sorted(tables.items()):
        if (is_told := within.get(number, 0) in told) or _header(grid) is not None:
            told.add(number)
            forms |= {} if is_told else {number: grid_form(grid, f"table {number}")}
    return forms, told


def grid_form(grid: Grid, where: str) -> Form:
    """A form's lines and what stands beyond its columns."""
    header = _header(grid) or 0
    columns = _columns(grid[header])
    headed = {column for column, text in enumerate(grid[header]) if column in columns or text.casefold() in _OURS.split("|")}
    # Queries on a workbook of figures: what is answered has a place there in the stead of a reference.
    book = next((text for row in grid[:header] for text in row if text.startswith(QUERIES_ON)), "").removeprefix(QUERIES_ON)
    place = next(column for column, kind in columns.items() if kind == (_CELL if book else _REF))
    lines: list[FormLine] = []
    outside: list[str] = []
    for at, row in enumerate(grid[header + 1 :], header + 1):
        if _columns(row) == columns:
            continue
        filled = [(columns[column], text) for column, text in enumerate(row) if column in columns and text]
        texts = {kind: "\n".join(dict.fromkeys(text for of, text in filled if of == kind)) for kind in columns.values()}
        called = _CALLED.fullmatch(texts.get(_REF, ""))
        ref = called[1] if called is not None else texts.get(_REF, "").strip().lstrip("#")
        ref = f"{texts.get(_SHEET)}!{texts.get(_CELL)}{PLACE_IN}{book}" if book else ref
        known = bool(book) or _REFERENCE.fullmatch(ref) is not None
        beyond = ((column, text) for column, text in enumerate(row) if text and not (known and column in headed))
        outside.extend(f'{where}, {cell_name(at, column)}: "{text[:80]}"' for column, text in beyond)
        line = _line(ref, texts, f"{where}, {cell_name(at, place)}")
        if known and (line.update or line.complete or line.evidence):
            lines.append(line)
    return tuple(lines), tuple(outside)


def _line(ref: str, texts: Mapping[str, str], cell: str) -> FormLine:
    """A row of the form. Words beside a yes or a no are kept with the update; a word that is neither is no yes."""
    (update, told_by), (said, sign) = signed(texts.get(_UPDATE, "")), signed(texts.get(_COMPLETE, "").strip())
    boxes, words = _BOX.findall(said), _BOX.split(said)
    if len(boxes) > 1:  # `☒ Yes ☐ No`, or the boxes behind the words.
        beside_box = zip(boxes, words if words[0].strip() else words[1:], strict=False)
        said = " ".join(word.strip() for box, word in beside_box if box not in ("\u2610", "[]", "[ ]"))
    yes, no = SAYS_COMPLETE.match(said), SAYS_OPEN.match(said)
    match = no or yes
    beside = said[match.end() :] if match is not None else said
    # A word of its sentence (`Completed 31 May`) is kept with it; a plain yes or no before it is not.
    beside = said if beside and match is not None and not _PLAIN_ANSWER.fullmatch(match[0]) else beside
    told = "\n".join(dict.fromkeys(one for one in (update, beside) if one))
    complete = (yes is not None or ActionState.PROPOSED in (sign, told_by)) and no is None
    return FormLine(ref, told, complete and ActionState.OPEN not in (sign, told_by), texts.get(_EVIDENCE, ""), cell)


def _grid(sheet: Sheet, marks: CellMarks) -> tuple[Grid, list[str]]:
    """The sheet as it is seen, and what its cells hold that is not read; where one is merged with the one above it, each of its rows says it."""
    grid: list[list[str]] = []
    left: list[str] = []
    for row, cells in enumerate(sheet.rows[: MAX_LINES + _WITHIN]):
        grid.append([])
        for column in range(min(len(cells), _WIDEST)):
            at, hidden = (row, column), row in sheet.hidden_rows or column in sheet.hidden_columns
            text = clean(marks[1].get(at) or shown_at(sheet, row, column))[:MAX_TEXT].strip()
            if text and (hidden or at in sheet.struck):
                why = "hidden" if hidden else "struck through"
                left.append(f'{sheet.name}, {cell_name(row, column)}: "{text[:80]}", which is {why}')
                text = ""
            elif at in sheet.uncalculated:
                left.append(f"{sheet.name}, {cell_name(row, column)}: a formula that was never worked out")
            link, comment = marks[0].get(at, ""), sheet.comments.get(at, "")
            linked = f"{text} ({link})" if link and link not in text else text
            grid[-1].append("" if hidden else f"{linked}\nComment: {comment}".strip() if comment else linked)
    for one in sheet.merges:
        for row in range(one.top + 1, min(one.bottom + 1, len(grid))):
            if any(grid[row]) and one.left < min(len(grid[row]), len(grid[one.top])):
                grid[row][one.left] = grid[one.top][one.left]
    return grid, left


def _header(grid: Grid) -> int | None:
    for at, row in enumerate(grid[:_WITHIN]):
        own = set(_columns(row).values())
        if (own & {_REF, _UPDATE} and own >= {_SHEET, _CELL}) or (_REF in own and len(own) > 1):
            return at
    return None


def _columns(row: Sequence[str]) -> dict[int, str]:
    """What is asked for in which column, by the row of headings; several may ask for news, and where none is for references, an action's is."""
    found: dict[int, str] = {}
    names = [re.sub(r" *\(.*\)$| y ?/ ?n$", "", " ".join(text.casefold().split())).rstrip(":?. ") for text in row]
    for column, name in enumerate(names):
        kind = next((kind for kind, known in _HEADINGS.items() if name in known.split("|")), "")
        if kind and (kind == _UPDATE or kind not in found.values()):
            found[column] = kind
    action = next((column for column, name in enumerate(names) if name in ("action", "actions", "matter", "item")), None)
    return {action: _REF} | found if action is not None and _REF not in found.values() else found


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
    if clock(code) is Clock.NUMBER and re.search(r"[0#]", plain) and not re.search(r"[/E]", plain):
        found = _PLACES.search(plain)
        places = len(found[1]) if found else 0
        text = f"{abs(number):,.{places}f}" if "," in plain else f"{abs(number):.{places}f}"
    else:
        text = f"{abs(number):.10g}"
    currency = next(iter(_CURRENCY.findall(section)), "") or next((sign for sign in "£$€" if sign in section), "")
    return f"{'-' if number < 0 else ''}{currency}{text}{'%' if percent else ''}"


def _day(value: date, code: str) -> str:
    """A day in full, or the month alone where the format shows no day."""
    if shows_only_month(code):
        return f"{value:%B %Y}"
    if isinstance(value, datetime) and (value.hour or value.minute):
        return f"{long_date(value.date())}, {value.hour}:{value:%M}"
    return long_date(value.date() if isinstance(value, datetime) else value)
