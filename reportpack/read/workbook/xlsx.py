"""Excel workbooks (xlsx, xlsm): values in bulk through calamine, the rest from the XML. Follows no link, runs no macro."""

import io
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from math import inf

from python_calamine import CalamineSheet, CalamineWorkbook

from reportpack.model.problem import Problem, Source
from reportpack.read.grid import CellValue, Sheet, cell_name
from reportpack.read.workbook.contents import SheetEntry, Styles, Texts, read_comments, read_contents, read_styles, read_texts
from reportpack.read.workbook.faults import TELL_OWNER, Archive, DamagedError, note, too_large, wrong
from reportpack.read.workbook.limits import DENSE, MAX_CELLS, MAX_TEXT, MAX_TEXT_TOTAL
from reportpack.read.workbook.number_formats import Clock, clock
from reportpack.read.workbook.sheet_facts import (
    FormatRow,
    Rows,
    SheetFacts,
    TooManyCellsError,
    as_sheet,
    never_calculated,
    without_results,
)
from reportpack.read.workbook.sheet_markup import read_markup
from reportpack.read.workbook.sheet_scan import NotPlainError, scan_sheet

_ODD_TYPES = {date, datetime, time, timedelta}
_EARLIEST_SURE = date(1900, 3, 1)


def read_xlsx(data: bytes, source: Source) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """Its sheets of cells, and what is odd. Raises UnreadableError when there is no workbook in it."""
    opened = _Opened(data, source)
    sheets = tuple(sheet for index, entry in enumerate(opened.contents.sheets) if (sheet := opened.sheet(index, entry)))
    if opened.contents.external_links and any(sheet.formulas for sheet in sheets):
        found = "its formulas may take figures from other files; what they last gave is read, and the links are not followed."
        opened.problems.append(note("workbook-external-links", source, found, "Check that those figures are up to date."))
    if opened.contents.calculates_on_opening and never_calculated(sheets):
        found = "its formulas were written by a program that did not calculate them: each holds 0."
        remedy = "Open it in Excel and save it, or ask whoever sent it to."
        opened.problems.append(wrong("workbook-never-calculated", source, found, remedy))
        sheets = tuple(without_results(sheet) for sheet in sheets)
    return sheets, opened.problems


class _Opened:
    def __init__(self, data: bytes, source: Source) -> None:
        self.data, self.source = data, source
        self.archive = Archive(data)
        self.contents = read_contents(self.archive)
        self.problems: list[Problem] = []
        self.room = MAX_CELLS

    def sheet(self, index: int, entry: SheetEntry) -> Sheet | None:
        if entry.kind != "worksheet":
            found = f"this is a {entry.kind} sheet without cells, so no figures are taken from it."
            self.problems.append(note("sheet-without-cells", self.source, found, "Nothing needs doing.", entry.name))
            return None
        try:
            rows, facts = self._read(index, entry)
        except DamagedError as fault:
            found = f"this sheet cannot be read: {fault}. The other sheets are."
            self.problems.append(wrong("sheet-unreadable", self.source, found, TELL_OWNER, entry.name))
            return None
        except TooManyCellsError:
            found = f"with this sheet the workbook has more than {MAX_CELLS:,} cells, so the sheet is left out."
            remedy = "Ask for a workbook that holds only what is needed."
            self.problems.append(wrong("workbook-too-large", self.source, found, remedy, entry.name))
            return None
        self.room -= facts.filled
        if facts.texts_cut:
            found = f"{len(facts.texts_cut):,} texts are longer than a cell of Excel can hold and were cut at {MAX_TEXT:,} characters."
            where = cell_name(*facts.texts_cut[0])
            self.problems.append(note("text-too-long", self.source, found, "Nothing needs doing.", entry.name, where))
        if facts.merges_left_out:
            found = f"{facts.merges_left_out:,} of its merged blocks are not looked at; headers under them may lack their label."
            self.problems.append(wrong("merges-too-many", self.source, found, TELL_OWNER, entry.name))
        sheet = as_sheet(entry.name, entry.hidden, rows, facts)
        comments = read_comments(self.archive, entry.part)
        return replace(sheet, comments=comments) if comments else sheet

    def _read(self, index: int, entry: SheetEntry) -> tuple[Rows, SheetFacts]:
        if not entry.part:
            raise DamagedError("the workbook lists it, but it is not in the file")
        try:
            facts = scan_sheet(self.archive.blocks(entry.part), self.styles)
            if facts.filled > self.room:
                raise TooManyCellsError
            if (rows := self._bulk_rows(index, entry, facts)) is not None:
                return rows, facts
        except NotPlainError:
            pass
        return read_markup(self.archive.blocks(entry.part), self.styles, self.texts, self.contents.from_1904, self.room)

    @cached_property
    def styles(self) -> Styles:
        """What cell styles show; nothing, with a problem, when the part is damaged."""
        try:
            return read_styles(self.archive.read_small(self.contents.styles)) if self.contents.styles else Styles()
        except DamagedError as fault:
            found = f"its number formats cannot be read ({fault}), so dates and percentages may show as plain numbers."
            self.problems.append(wrong("workbook-formats-unknown", self.source, found, TELL_OWNER))
            return Styles()

    @cached_property
    def texts(self) -> Texts:
        """The shared strings; none, with a problem, when the part is damaged."""
        try:
            return read_texts(self.archive.blocks(self.contents.texts)) if self.contents.texts else Texts()
        except DamagedError as fault:
            found = f"its texts cannot be read ({fault}), so its cells lack their labels."
            self.problems.append(wrong("workbook-texts-unreadable", self.source, found, TELL_OWNER))
            return Texts()

    def _bulk_rows(self, index: int, entry: SheetEntry, facts: SheetFacts) -> Rows | None:
        """Values through calamine; None where it could be wrong or costly, and the XML is to be read instead."""
        if not facts.filled:
            return []
        if (facts.last_row + 1) * (facts.last_column + 1) > max(DENSE * facts.filled, 1_000_000):
            return None
        if not self._texts_are_sound or (facts.texts and self._text_total(facts) > MAX_TEXT_TOTAL):
            return None
        try:
            if self._bulk is None or self._bulk.sheet_names[index] != entry.name:
                return None
            return bulk_rows(self._bulk.get_sheet_by_index(index), facts.formats)
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException:  # noqa: BLE001 - a number beyond every date is a panic in its Rust code; the XML is read instead
            return None

    @cached_property
    def _bulk(self) -> CalamineWorkbook | None:
        try:
            return CalamineWorkbook.from_filelike(io.BytesIO(self.data))
        except (KeyboardInterrupt, SystemExit):
            raise
        except BaseException:  # noqa: BLE001 - a panic in its Rust code is no Exception; the XML is read instead
            return None

    @cached_property
    def _texts_are_sound(self) -> bool:
        blocks = self.archive.blocks(self.contents.texts) if self.contents.texts else ()
        try:
            count = sum(block.count(b"<si") + block.count(b":si") for block in blocks)
        except DamagedError:
            return False
        if count > MAX_CELLS:
            raise too_large(MAX_CELLS)
        return True

    def _text_total(self, facts: SheetFacts) -> int:
        """At most so many characters when every cell has its own copy."""
        size = self.archive.size(self.contents.texts) if self.contents.texts else 0
        if facts.texts * size <= MAX_TEXT_TOTAL:
            return facts.texts * size
        return facts.texts * max(map(len, self.texts.items), default=0)


def bulk_rows(sheet: CalamineSheet, formats: Mapping[int, FormatRow]) -> Rows | None:
    """Rows from A1 on with None for empty; None when a date among them is not what Excel shows. calamine's rows start in row 1,
    but in the first column that is used."""
    start, end = sheet.start, sheet.end
    if start is None or end is None:
        return []
    width = end[1] - start[1] + 1
    shared: dict[str, str] = {}
    share = shared.setdefault
    lead: list[CellValue] = [None] * start[1]
    rows: Rows = []
    try:
        for cells in sheet.iter_rows():
            types, codes = set(map(type, cells)), formats.get(len(rows), {})
            odd = enumerate(cells, start[1]) if types & _ODD_TYPES else ()
            sure = all(type(cell) not in _ODD_TYPES or _is_sure(cell, codes.get(column, "")) for column, cell in odd)
            if not sure or len(cells) != width or inf in cells or -inf in cells:
                return None
            row: list[CellValue] = [*lead, *cells]
            if str in types:
                row = [(share(cell, cell) or None) if type(cell) is str else cell for cell in row]
            rows.append(row)
    except OverflowError:
        return None
    longest = max(map(len, shared), default=0)
    return rows if len(rows) == end[0] + 1 and longest <= MAX_TEXT else None


@lru_cache(maxsize=10_000)
def _is_sure(value: object, code: str) -> bool:
    """False for what calamine makes of numbers that are no date in Excel, or of a fraction of a second."""
    if isinstance(value, datetime):
        return value.microsecond == 0 and value.date() >= _EARLIEST_SURE
    if isinstance(value, date):
        return value >= _EARLIEST_SURE
    if isinstance(value, time):
        return value.microsecond == 0 and value != time() and clock(code) is Clock.TIME
    return isinstance(value, timedelta) and value.microseconds == 0
