"""A worksheet read element by element: values and facts of any well-formed XML, however it is written, empty areas at no cost."""

from collections.abc import Iterable
from math import isfinite

from reportpack.read.grid import CellValue, Position
from reportpack.read.workbook.contents import Styles, Texts, plain_text
from reportpack.read.workbook.limits import MAX_COLUMNS, MAX_ROWS, MAX_TEXT
from reportpack.read.workbook.markup import Attributes, is_true, walk_local, whole
from reportpack.read.workbook.number_formats import from_iso, from_serial
from reportpack.read.workbook.sheet_facts import NOT_A_NUMBER, FormatRow, GrowingRows, Rows, SheetFacts, position_of


def read_markup(blocks: Iterable[bytes], styles: Styles, texts: Texts, from_1904: bool, room: int) -> tuple[Rows, SheetFacts]:
    """Rows from A1 on and the facts. Raises DamagedError or TooManyCellsError."""
    reader = _Reader(styles, texts, from_1904, room)
    walk_local(blocks, reader.start, reader.end, reader.text)
    return reader.grid.rows, reader.facts


class _Reader:
    def __init__(self, styles: Styles, texts: Texts, from_1904: bool, room: int) -> None:
        self.styles, self.texts, self.from_1904 = styles, texts, from_1904
        self.grid = GrowingRows(room)
        self.facts = SheetFacts()
        self.position: Position = (-1, -1)
        self.last_formats: FormatRow = {}
        self.kind = "n"
        self.style = 0
        self.parts: list[str] = []
        self.inline: list[str] = []
        self.into: list[str] | None = None
        self.has_formula = False
        self.phonetic = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._open_cell(attributes)
        elif name == "v":
            self.into = self.parts
        elif name == "t" and not self.phonetic:
            self.into = self.inline
        elif name == "f":
            self.has_formula = True
        elif name == "rPh":
            self.phonetic += 1
        elif name == "row":
            self._open_row(attributes)
        elif name == "mergeCell":
            self.facts.add_merge(attributes.get("ref", ""))
        elif name == "col" and is_true(attributes.get("hidden")):
            self.facts.hide_columns(attributes)

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self.into = None
        elif name == "rPh":
            self.phonetic -= 1
        elif name == "c":
            self._close_cell()

    def text(self, text: str) -> None:
        if self.into is not None:
            self.into.append(text)

    def _open_row(self, attributes: Attributes) -> None:
        row = whole(attributes.get("r"), self.position[0] + 2) - 1
        formats, before = self.facts.formats, self.position[0]
        if before in formats and formats[before] == self.last_formats:
            formats[before] = self.last_formats  # rows that are formatted alike share one dict
        self.last_formats = formats.get(before, {})
        self.position = (row, -1)
        if is_true(attributes.get("hidden")) and row < MAX_ROWS:
            self.facts.hidden_rows.add(row)

    def _open_cell(self, attributes: Attributes) -> None:
        reference = attributes.get("r")
        next_one = (max(self.position[0], 0), self.position[1] + 1)
        self.position = (reference and position_of(reference)) or next_one
        self.kind = attributes.get("t", "n")
        self.style = whole(attributes.get("s"))
        self.parts, self.inline, self.has_formula, self.phonetic = [], [], False, 0

    def _close_cell(self) -> None:
        row, column = self.position
        if row >= MAX_ROWS or column >= MAX_COLUMNS:
            return
        code = self.styles.codes[self.style] if self.style < len(self.styles.codes) else ""
        if code:
            self.facts.formats.setdefault(row, {})[column] = code
        raw = "".join(self.parts)
        if self.style in self.styles.struck:
            self.facts.struck.add(self.position)
        if self.style in self.styles.indents:
            self.facts.indents[self.position] = self.styles.indents[self.style]
        if self.has_formula:
            self.facts.formulas.add(self.position)
            if not raw and self.kind != "str":
                self.facts.uncalculated.add(self.position)
        if (value := self._value(raw, code)) is not None:
            self.grid.put(self.position, value)
            self.facts.filled += 1
            self.facts.last_row = max(self.facts.last_row, row)
            self.facts.last_column = max(self.facts.last_column, column)

    def _value(self, raw: str, code: str) -> CellValue:
        match self.kind:
            case "s":
                return self._shared(raw)
            case "str":
                return self._cut(plain_text(raw)) or None
            case "inlineStr":
                return self._cut(plain_text("".join(self.inline) or raw)) or None
            case "b":
                return is_true(raw.strip()) if raw else None
            case "e":
                if raw:
                    self.facts.errors[self.position] = raw
                return None
            case "d":
                return from_iso(raw) or None
        return self._number(raw, code)

    def _number(self, raw: str, code: str) -> CellValue:
        try:
            number = float(raw) if raw.strip() else None
        except ValueError:
            return raw
        if number is None or isfinite(number):
            return number if number is None else from_serial(number, code, self.from_1904)
        self.facts.errors[self.position] = NOT_A_NUMBER
        return None

    def _shared(self, raw: str) -> str | None:
        index = int(raw) if raw.isdecimal() and len(raw) < 10 else -1
        if not 0 <= index < len(self.texts.items):
            return None
        if index in self.texts.cut:
            self.facts.texts_cut.append(self.position)
        return self.texts.items[index] or None

    def _cut(self, text: str) -> str:
        if len(text) > MAX_TEXT:
            self.facts.texts_cut.append(self.position)
        return text[:MAX_TEXT]
