"""Binary Excel workbooks (xlsb), record by record: [MS-XLSB] 2.1.4. A record that runs past its part ends the part."""

import struct
from collections.abc import Iterator
from dataclasses import field
from math import isfinite

from reportpack.model.problem import Problem, Source
from reportpack.read.grid import CellValue, Merge, Position, Sheet
from reportpack.read.workbook.contents import Relation, code_of, part_of_kind, read_relations, workbook_part
from reportpack.read.workbook.faults import TELL_OWNER, Archive, DamagedError, UnreadableError, note, too_large, wrong
from reportpack.read.workbook.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS, MAX_SHEETS, MAX_TEXT
from reportpack.read.workbook.number_formats import from_serial
from reportpack.read.workbook.sheet_facts import NOT_A_NUMBER, GrowingRows, SheetFacts, TooManyCellsError, as_sheet
from reportpack.records import Changing

_ROW, _BLANK, _RK, _ERROR, _BOOLEAN, _REAL, _INLINE, _SHARED = range(8)
_FORMULAS = {8: _INLINE, 9: _REAL, 10: _BOOLEAN, 11: _ERROR}
_TEXT_ITEM, _FORMAT, _STYLE, _COLUMN, _RICH_INLINE = 19, 44, 47, 60, 62
_WORKBOOK_PROPERTIES, _SHEET, _MERGE = 153, 156, 176
_STYLES_BEGIN, _STYLES_END = 617, 618
_ERRORS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A", 43: "#GETTING_DATA"}


def read_xlsb(data: bytes, source: Source) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """Its sheets, and what is odd. Raises UnreadableError when there is no workbook in it."""
    archive = Archive(data)
    main = workbook_part(archive, ".bin")
    relations = read_relations(archive, main)
    book = _Book(_texts(archive, relations), _codes(archive, relations))
    problems: list[Problem] = []
    sheets: list[Sheet] = []
    for number, body in _records(archive.read(main)):
        if number == _WORKBOOK_PROPERTIES:
            book.from_1904 = bool(body[0] & 1) if body else False
        elif number == _SHEET and (sheet := _sheet(archive, relations, body, book, source, problems)):
            sheets.append(sheet)
        if len(sheets) > MAX_SHEETS:
            raise UnreadableError("workbook-too-large", f"it has more than {MAX_SHEETS:,} sheets.")
    return tuple(sheets), problems


class _Book(Changing):
    texts: list[str]
    codes: list[str]
    from_1904: bool = False
    room: int = MAX_CELLS


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at, end = 0, len(data)
    while at < end:
        number = data[at]
        at += 1
        if number & 0x80 and at < end:
            number = (number & 0x7F) | (data[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < end:
            byte = data[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80 or shift > 21:
                break
        yield number, data[at : at + size]
        at += size


def _wide_text(body: bytes, at: int) -> tuple[str, int]:
    """An XLWideString and where it ends; `` for the nullable one's null."""
    (length,) = struct.unpack_from("<I", body, at)
    if length == 0xFFFFFFFF:
        return "", at + 4
    end = at + 4 + 2 * length
    return body[at + 4 : end].decode("utf-16-le", "replace"), end


def _part(archive: Archive, relations: dict[str, Relation], kind: str) -> bytes:
    part = part_of_kind(relations, archive, kind, "")
    return archive.read(part) if part else b""


def _texts(archive: Archive, relations: dict[str, Relation]) -> list[str]:
    items = _records(_part(archive, relations, "sharedstrings"))
    if len(texts := [_wide_text(body, 1)[0][:MAX_TEXT] for number, body in items if number == _TEXT_ITEM]) > MAX_CELLS:
        raise too_large(MAX_CELLS)
    return texts


def _codes(archive: Archive, relations: dict[str, Relation]) -> list[str]:
    own: dict[int, str] = {}
    codes: list[str] = []
    inside = False
    for number, body in _records(_part(archive, relations, "styles")):
        if number == _FORMAT:
            own[struct.unpack_from("<H", body)[0]] = _wide_text(body, 2)[0]
        elif number in {_STYLES_BEGIN, _STYLES_END}:
            inside = number == _STYLES_BEGIN
        elif number == _STYLE and inside:
            codes.append(code_of(struct.unpack_from("<H", body, 2)[0], own))
    return codes


def _sheet(
    archive: Archive, relations: dict[str, Relation], body: bytes, book: _Book, source: Source, problems: list[Problem]
) -> Sheet | None:
    (state,) = struct.unpack_from("<I", body)
    key, at = _wide_text(body, 8)
    name, _ = _wide_text(body, at)
    if (relation := relations.get(key)) and relation.kind != "worksheet":
        found = "this is a sheet without cells, so no figures are taken from it."
        problems.append(note("sheet-without-cells", source, found, "Nothing needs doing.", name))
        return None
    reader = _Reader(book, GrowingRows(book.room))
    try:
        for number, record in _records(archive.read(relation.target if relation else "")):
            reader.take(number, record)
    except TooManyCellsError as fault:
        raise too_large(MAX_CELLS) from fault
    except (DamagedError, struct.error, IndexError) as fault:
        reason = str(fault) if isinstance(fault, DamagedError) else "its records are damaged"
        found = f"this sheet cannot be read: {reason}. The other sheets are."
        problems.append(wrong("sheet-unreadable", source, found, TELL_OWNER, name))
        return None
    book.room -= reader.grid.filled
    return as_sheet(name, state != 0, reader.grid.rows, reader.facts)


class _Reader(Changing):
    book: _Book
    grid: GrowingRows = field(default_factory=GrowingRows)
    facts: SheetFacts = field(default_factory=SheetFacts)
    row: int = 0

    def take(self, number: int, body: bytes) -> None:
        if number == _ROW:
            self.row = struct.unpack_from("<I", body)[0]
            if len(body) > 11 and body[11] & 0x10 and self.row < MAX_ROWS:
                self.facts.hidden_rows.add(self.row)
        elif _BLANK < number <= _SHARED or number == _RICH_INLINE:
            self._cell(number, body)
        elif number in _FORMULAS:
            self.facts.formulas.add((self.row, struct.unpack_from("<I", body)[0]))
            self._cell(_FORMULAS[number], body)
        elif number == _MERGE:
            top, bottom, left, right = struct.unpack_from("<4I", body)
            if top <= bottom < MAX_ROWS and left <= right < MAX_COLUMNS:
                self.facts.keep_merge(Merge(top, left, bottom, right))
        elif number == _COLUMN:
            first, last, _, _, flags = struct.unpack_from("<4IH", body)
            if flags & 1:
                self.facts.hidden_columns.update(range(first, min(last + 1, MAX_COLUMNS)))

    def _cell(self, number: int, body: bytes) -> None:
        column, style = struct.unpack_from("<II", body)
        position = (self.row, column)
        if self.row >= MAX_ROWS or column >= MAX_COLUMNS:
            raise DamagedError("a cell stands outside the sheet")
        style &= 0xFFFFFF
        code = self.book.codes[style] if style < len(self.book.codes) else ""
        if code:
            self.facts.formats.setdefault(self.row, {})[column] = code
        if (value := self._value(number, body, code, position)) is not None:
            self.grid.put(position, value)

    def _value(self, number: int, body: bytes, code: str, position: Position) -> CellValue:
        match number:
            case 2:
                return self._number(_rk(struct.unpack_from("<I", body, 8)[0]), code, position)
            case 3:
                self.facts.errors[position] = _ERRORS.get(body[8], "#N/A")
                return None
            case 4:
                return bool(body[8])
            case 5:
                return self._number(struct.unpack_from("<d", body, 8)[0], code, position)
            case 6:
                return _wide_text(body, 8)[0][:MAX_TEXT] or None
            case 7:
                index = struct.unpack_from("<I", body, 8)[0]
                return (self.book.texts[index] or None) if index < len(self.book.texts) else None
        return _wide_text(body, 9)[0][:MAX_TEXT] or None

    def _number(self, number: float, code: str, position: Position) -> CellValue:
        if isfinite(number):
            return from_serial(number, code, self.book.from_1904)
        self.facts.errors[position] = NOT_A_NUMBER
        return None


def _rk(number: int) -> float:
    """[MS-XLSB] 2.5.123: 30 bits of a number, as an integer or the top of a double, perhaps hundredfold."""
    if number & 2:
        value = float(number >> 2 if number < 1 << 31 else (number >> 2) - (1 << 30))
    else:
        (value,) = struct.unpack("<d", struct.pack("<Q", (number & 0xFFFFFFFC) << 32))
    return value / 100 if number & 1 else value
