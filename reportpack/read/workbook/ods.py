"""OpenDocument spreadsheets (ods, and flat fods), read from their own XML in one pass, with names as every program writes them
(`table:table-cell`). Repeated empty cells cost nothing.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import time, timedelta
from math import isfinite

from reportpack import patterns as re
from reportpack.model.problem import Problem, Source
from reportpack.read.grid import CellValue, Merge, Sheet
from reportpack.read.workbook.faults import Archive, DamagedError, UnreadableError, password_error, too_large, wrong
from reportpack.read.workbook.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, MAX_SLOTS, MAX_TEXT, MAX_TEXT_TOTAL
from reportpack.read.workbook.markup import Attributes, local, walk, walk_local, whole
from reportpack.read.workbook.number_formats import Clock, clock, duration_from_iso, from_iso
from reportpack.read.workbook.ods_formats import CellStyles
from reportpack.read.workbook.sheet_facts import NOT_A_NUMBER, SheetFacts, as_sheet

_BLANKS = re.compile(r"[ \t\r\n]+")
_ERROR = re.compile(r"#(?:REF!|N/A|DIV/0!|VALUE!|NAME\?|NUM!|NULL!)|Err:\d{3}|#{3,}")
_ASIDE = {"annotation", "table", "shapes", "frame", "custom-shape", "g", "forms", "tracked-changes", "dde-links", "ruby-text"}
"""What stands in or on cells without being their text."""


class TableReader:
    """Fed with `start`, `end` and `text`; `sheets` are the tables that have ended."""

    def __init__(self, styles: CellStyles) -> None:
        self.styles = styles
        self.sheets: list[Sheet] = []
        self.room = MAX_CELLS
        self.slots = 0
        self.text_room = MAX_TEXT_TOTAL
        self.known_codes: dict[str, str] = {}
        self.known_texts: dict[str, str] = {}
        self.in_table = False
        self.in_paragraph = False
        self.aside = 0
        self.paragraphs: list[str] = []
        self.cell: Attributes | None = None
        self._begin_table({})

    def start(self, name: str, attributes: Attributes) -> None:
        """An element opens."""
        if self.aside:
            self.aside += 1
        elif not self.in_table:
            if name == "table:table":
                self._begin_table(attributes)
                self.in_table = True
            else:
                self.styles.start(local(name), attributes)
        else:
            self._inside(name, attributes)

    def _inside(self, name: str, attributes: Attributes) -> None:
        match name:
            case "table:table-cell" | "table:covered-table-cell":
                self.cell, self.covered, self.paragraphs = attributes, name == "table:covered-table-cell", []
            case "text:p":
                self.paragraphs += ["\n"] * bool(self.paragraphs)
                self.in_paragraph = True
            case "table:table-row":
                self._open_row(attributes)
            case "text:s":
                self.paragraphs.append(" " * min(_repeat(attributes, "text:c"), 1_000))
            case "text:tab" | "text:line-break":
                self.paragraphs.append("\t" if name == "text:tab" else "\n")
            case "table:table-column":
                self._add_columns(attributes)
            case "table:table-row-group" | "table:table-column-group":
                self.groups.append(attributes.get("table:display") == "false")
            case "table:table-source":
                self.is_cache = True  # what stands here was copied from another file, for links that are not followed
            case _ if local(name) in _ASIDE:
                self.aside = 1

    def end(self, name: str) -> None:
        """An element closes."""
        if self.aside:
            self.aside -= 1
        elif not self.in_table:
            self.styles.end(local(name))
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._close_cell()
        elif name == "text:p":
            self.in_paragraph = False
            self.paragraphs = self.paragraphs or [""]
        elif name == "table:table-row":
            self._close_row()
        elif name in ("table:table-row-group", "table:table-column-group"):
            del self.groups[-1:]
        elif name == "table:table":
            self._close_table()

    def text(self, text: str) -> None:
        """Characters inside."""
        if not self.in_table:
            self.styles.text(text)
        elif self.in_paragraph and not self.aside:
            self.paragraphs.append(_BLANKS.sub(" ", text))

    def _begin_table(self, attributes: Attributes) -> None:
        self.name = attributes.get("table:name", "")
        self.hidden = attributes.get("table:style-name", "") in self.styles.hidden_tables
        self.is_cache = False
        self.rows: list[list[CellValue]] = []
        self.facts = SheetFacts()
        self.hidden_spans: list[range] = []
        self.column_styles: list[str] = []
        self.groups: list[bool] = []
        self.row = 0
        self.row_repeat = 1
        self.column = 0
        self.row_style = ""
        self.values: list[CellValue] = []
        self.codes: dict[int, str] = {}
        self.formulas: list[int] = []  # columns
        self.uncalculated: list[int] = []
        self.errors: dict[int, str] = {}

    def _add_columns(self, attributes: Attributes) -> None:
        first = len(self.column_styles)
        count = min(_repeat(attributes, "table:number-columns-repeated"), MAX_COLUMNS - first)
        self.column_styles.extend([attributes.get("table:default-cell-style-name", "")] * count)
        if attributes.get("table:visibility", "visible") != "visible" or any(self.groups):
            self.facts.hidden_columns.update(range(first, first + count))

    def _open_row(self, attributes: Attributes) -> None:
        self.row_repeat = min(_repeat(attributes, "table:number-rows-repeated"), MAX_ROWS - self.row)
        self.row_style = attributes.get("table:default-cell-style-name", "")
        if attributes.get("table:visibility", "visible") != "visible" or any(self.groups):
            self.hidden_spans.append(range(self.row, self.row + self.row_repeat))
        self.column, self.values, self.codes = 0, [], {}
        self.formulas, self.uncalculated, self.errors = [], [], {}

    def _close_cell(self) -> None:
        attributes, self.cell = self.cell, None
        if attributes is None:
            return
        repeat = min(_repeat(attributes, "table:number-columns-repeated"), max(MAX_COLUMNS - self.column, 0))
        if not self.covered:
            across = _repeat(attributes, "table:number-columns-spanned")
            down = _repeat(attributes, "table:number-rows-spanned")
            if across > 1 or down > 1:
                bottom, right = min(self.row + down, MAX_ROWS) - 1, min(self.column + across, MAX_COLUMNS) - 1
                self.facts.keep_merge(Merge(self.row, self.column, bottom, right))
            if "office:value-type" in attributes or "table:formula" in attributes or self.paragraphs:
                self._put(attributes, repeat)
        self.column += repeat

    def _put(self, attributes: Attributes, repeat: int) -> None:
        code = self._code(attributes)
        text = "".join(self.paragraphs)[:MAX_TEXT]
        kind = attributes.get("office:value-type", "")
        formula, error = "table:formula" in attributes, ""
        value: CellValue = None
        if attributes.get("calcext:value-type") == "error" or (formula and kind in {"", "string"} and _ERROR.fullmatch(text)):
            error = text or "#N/A"
        elif not formula or kind or text:
            value = self._value(kind, attributes, text, code)
            if kind == "percentage" and "%" not in code:
                code = "0%"
        if isinstance(value, float) and not isfinite(value):
            value, error = None, NOT_A_NUMBER
        if value is None and not formula and not error:
            return
        self.room -= repeat * self.row_repeat
        self.slots += self.column - len(self.values)
        if self.room < 0 or self.slots > MAX_SLOTS:
            raise too_large(MAX_CELLS)
        self.values.extend([None] * (self.column - len(self.values)))
        self.values.extend([value] * repeat)
        columns = range(self.column, self.column + repeat)
        self.codes.update(dict.fromkeys(columns, code) if code else {})
        self.errors.update(dict.fromkeys(columns, error) if error else {})
        self.formulas.extend(columns if formula else ())
        self.uncalculated.extend(columns if formula and not error and not kind and not text else ())

    def _code(self, attributes: Attributes) -> str:
        style = attributes.get("table:style-name") or self.row_style
        if not style and self.column < len(self.column_styles):
            style = self.column_styles[self.column]
        if style not in self.known_codes:
            self.known_codes[style] = self.styles.code(style)
        return self.known_codes[style]

    def _value(self, kind: str, attributes: Attributes, text: str, code: str) -> CellValue:
        match kind:
            case "float" | "percentage" | "currency":
                raw = attributes.get("office:value", "")
                with suppress(ValueError):
                    return float(raw)
                return text or raw or None
            case "date":
                return from_iso(attributes.get("office:date-value", "")) or text or None
            case "time":
                return _time(attributes.get("office:time-value", ""), text, code)
            case "boolean":
                return attributes.get("office:boolean-value") == "true"
        text = text or attributes.get("office:string-value", "")[:MAX_TEXT]
        if (known := self.known_texts.get(text)) is None:
            self.text_room -= len(text)
            if self.text_room < 0:
                raise UnreadableError("workbook-too-large", f"its texts are longer than {MAX_TEXT_TOTAL:,} characters together.")
            known = self.known_texts[text] = text
        return known or None

    def _close_row(self) -> None:
        filled = min(self.row_repeat, MAX_ROWS - self.row) if self.values else 0
        if filled:
            self.rows.extend([[]] * (self.row - len(self.rows)))
            self.rows.extend([self.values] * filled)
            self.facts.last_row = self.row + filled - 1
        for row in range(self.row, self.row + filled):
            if self.codes:
                self.facts.formats[row] = self.codes
            self.facts.formulas.update((row, column) for column in self.formulas)
            self.facts.uncalculated.update((row, column) for column in self.uncalculated)
            self.facts.errors.update({(row, column): shown for column, shown in self.errors.items()})
        self.row += self.row_repeat

    def _close_table(self) -> None:
        self.in_table = False
        if self.is_cache:
            return
        if len(self.sheets) >= MAX_SHEETS:
            raise UnreadableError("workbook-too-large", f"it has more than {MAX_SHEETS:,} sheets.")
        self.facts.hidden_rows = {row for span in self.hidden_spans for row in span if row < len(self.rows)}
        self.sheets.append(as_sheet(self.name, self.hidden, self.rows, self.facts))


def _repeat(attributes: Attributes, name: str) -> int:
    return max(whole(attributes.get(name), 1), 1)


def _time(raw: str, text: str, code: str) -> CellValue:
    if (length := duration_from_iso(raw)) is None:
        return text or raw or None
    if timedelta() <= length < timedelta(days=1) and clock(code) is not Clock.ELAPSED:
        seconds, microsecond = divmod(length // timedelta(microseconds=1), 1_000_000)
        return time(seconds // 3600, seconds // 60 % 60, seconds % 60, microsecond)
    return length


def read_ods(data: bytes, source: Source) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """Its sheets, and what is odd. Raises UnreadableError when there are none to be had."""
    archive = Archive(data)
    if archive.has("META-INF/manifest.xml") and b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise password_error()
    problems: list[Problem] = []
    styles = CellStyles()
    if archive.has("styles.xml"):
        try:
            walk_local(archive.blocks("styles.xml"), styles.start, styles.end, styles.text)
        except DamagedError as fault:
            found = f"its shared styles cannot be read ({fault}), so dates and percentages may show as plain numbers."
            problems.append(wrong("workbook-formats-unknown", source, found, "Check how its figures are shown."))
    return read_document(archive.blocks("content.xml"), styles, source, problems)


def read_flat_ods(data: bytes, source: Source) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The same document as one XML file."""
    return read_document((data,), CellStyles(), source, [])


def read_document(
    blocks: Iterable[bytes], styles: CellStyles, source: Source, problems: list[Problem]
) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """The sheets of a content.xml or of a flat document."""
    reader = TableReader(styles)
    try:
        walk(blocks, reader.start, reader.end, reader.text)
    except DamagedError as fault:
        if not reader.sheets:
            found = f"the file is damaged: its sheets cannot be read ({fault})."
            raise UnreadableError("workbook-unreadable", found) from fault
        found = f"the file is damaged: only its first {len(reader.sheets)} sheets can be read ({fault})."
        problems.append(wrong("workbook-damaged", source, found, "Ask for the file again."))
    return tuple(reader.sheets), problems
