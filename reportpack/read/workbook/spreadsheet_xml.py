"""Excel 2003 XML spreadsheets, as reporting tools still write them under the name of an xls: one XML file, no zip."""

from dataclasses import field
from math import isfinite

from reportpack.model.problem import Problem, Source
from reportpack.read.grid import CellValue, Merge, Sheet
from reportpack.read.workbook.faults import DamagedError, UnreadableError, too_large, wrong
from reportpack.read.workbook.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, MAX_TEXT
from reportpack.read.workbook.markup import Attributes, is_true, local, walk_local, whole
from reportpack.read.workbook.number_formats import from_iso
from reportpack.read.workbook.sheet_facts import NOT_A_NUMBER, GrowingRows, SheetFacts, TooManyCellsError, as_sheet
from reportpack.records import Changing

_NAMED_FORMATS = {
    "General": "",
    "General Number": "",
    "Fixed": "0.00",
    "Standard": "#,##0.00",
    "Percent": "0.00%",
    "Scientific": "0.00E+00",
    "Currency": "£#,##0.00",
    "General Date": "dd/mm/yyyy hh:mm",
    "Short Date": "dd/mm/yyyy",
    "Medium Date": "dd-mmm-yy",
    "Long Date": "dd mmmm yyyy",
    "Short Time": "hh:mm",
    "Medium Time": "hh:mm AM/PM",
    "Long Time": "hh:mm:ss",
}
"""Formats that this kind of file calls by name."""


def read_spreadsheet_xml(data: bytes, source: Source) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """Its sheets, and what is odd. Raises UnreadableError when there are none to be had."""
    reader = _Reader()
    problems: list[Problem] = []
    try:
        walk_local((data,), reader.start, reader.end, reader.text)
    except TooManyCellsError as fault:
        raise too_large(MAX_CELLS) from fault
    except DamagedError as fault:
        if not reader.sheets:
            raise UnreadableError("workbook-unreadable", f"the file is damaged: {fault}.") from fault
        found = f"the file is damaged: only its first {len(reader.sheets)} sheets can be read ({fault})."
        problems.append(wrong("workbook-damaged", source, found, "Ask for the file again."))
    return tuple(reader.sheets), problems


class _Reader(Changing):
    sheets: list[Sheet] = field(default_factory=list)
    codes: dict[str, str] = field(default_factory=dict)
    grid: GrowingRows = field(default_factory=GrowingRows)
    facts: SheetFacts = field(default_factory=SheetFacts)
    name: str = ""
    hidden: bool = False
    style: str = ""
    row: int = -1
    column: int = -1
    across: int = 0
    width: int = -1  # the last column that a Column element spoke of
    cell_style: str = ""
    kind: str = ""
    parts: list[str] | None = None
    words: list[str] | None = None  # the sheet's visibility while it is read

    def start(self, name: str, given: Attributes) -> None:
        attributes = {local(key): value for key, value in given.items()}
        match name:
            case "Style":
                self.style = attributes.get("ID", "")
            case "NumberFormat":
                code = attributes.get("Format", "")
                self.codes[self.style] = _NAMED_FORMATS.get(code, code)
            case "Worksheet":
                self.name, self.hidden, self.row, self.width = attributes.get("Name", ""), False, -1, -1
                self.grid, self.facts = GrowingRows(), SheetFacts()
            case "Column":
                first = whole(attributes.get("Index"), self.width + 2) - 1
                self.width = first + whole(attributes.get("Span"), 0)
                if is_true(attributes.get("Hidden")):
                    self.facts.hidden_columns.update(range(first, min(self.width + 1, MAX_COLUMNS)))
            case "Row":
                self.row = whole(attributes.get("Index"), self.row + 2) - 1
                self.column, self.across = -1, 0
                if is_true(attributes.get("Hidden")) and self.row < MAX_ROWS:
                    self.facts.hidden_rows.add(self.row)
            case "Cell":
                self._cell(attributes)
            case "Data":
                self.kind, self.parts = attributes.get("Type", "String"), []
            case "Visible":
                self.words = []

    def end(self, name: str) -> None:
        if name == "Data" and self.parts is not None:
            self._put("".join(self.parts)[:MAX_TEXT])
            self.parts = None
        elif name == "Visible" and self.words is not None:
            self.hidden, self.words = "Hidden" in "".join(self.words), None
        elif name == "Worksheet":
            if len(self.sheets) >= MAX_SHEETS:
                raise TooManyCellsError
            self.sheets.append(as_sheet(self.name, self.hidden, self.grid.rows, self.facts))

    def text(self, text: str) -> None:
        if self.parts is not None:
            self.parts.append(text)
        elif self.words is not None:
            self.words.append(text)

    def _cell(self, attributes: Attributes) -> None:
        self.column = whole(attributes.get("Index"), self.column + self.across + 2) - 1
        self.across = whole(attributes.get("MergeAcross"), 0)
        down = whole(attributes.get("MergeDown"), 0)
        if self.row >= MAX_ROWS or self.column >= MAX_COLUMNS:
            raise DamagedError("a cell stands outside the sheet")
        if self.across or down:
            bottom, right = min(self.row + down, MAX_ROWS - 1), min(self.column + self.across, MAX_COLUMNS - 1)
            self.facts.keep_merge(Merge(self.row, self.column, bottom, right))
        self.cell_style = attributes.get("StyleID", "")
        if "Formula" in attributes:
            self.facts.formulas.add((self.row, self.column))

    def _put(self, raw: str) -> None:
        position = (self.row, self.column)
        if code := self.codes.get(self.cell_style, ""):
            self.facts.formats.setdefault(self.row, {})[self.column] = code
        if (value := self._value(raw)) is not None and self.row >= 0:
            self.grid.put(position, value)

    def _value(self, raw: str) -> CellValue:
        match self.kind:
            case "Number":
                try:
                    number = float(raw)
                except ValueError:
                    return raw or None
                if isfinite(number):
                    return number
                self.facts.errors[self.row, self.column] = NOT_A_NUMBER
                return None
            case "DateTime":
                return from_iso(raw) or None
            case "Boolean":
                return is_true(raw)
            case "Error":
                self.facts.errors[self.row, self.column] = raw or "#N/A"
                return None
        return raw or None
