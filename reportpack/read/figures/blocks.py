"""Where the tables of a sheet begin and end: title rows, header rows, data rows, notes; stacked and side by side.

A row is told by what stands in it and over what: text above numbers is a header, one text alone is a title, a section or a note.
"""

from collections.abc import Sequence
from dataclasses import field
from datetime import date
from enum import Enum
from itertools import pairwise

from reportpack import patterns as re
from reportpack.read.figures.calendars import read_together
from reportpack.read.figures.cells import is_time, seconds_of
from reportpack.read.figures.labels import is_area, is_label_heading
from reportpack.read.figures.meanings import is_only_unit
from reportpack.read.figures.sheet_view import DATE, EMPTY, ERROR, LETTER, MARK, NOT_CALCULATED, NUMBER, TEXT, View, find_bands
from reportpack.read.grid import CellValue, range_name
from reportpack.read.periods import is_year, is_year_month
from reportpack.records import Changing, Record

_FIGURES = (NUMBER, MARK, ERROR, NOT_CALCULATED)
_LOOK_BELOW = 4
_LONG = 30
_LONGEST_TITLE = 100
_LATE = 3
_MOST_HEADER_ROWS = 7
_FEWEST_RECORDS = 4
_NOTE = re.compile(
    r"(?i)^(?:notes?\b|source|footnotes?|\(?\d{1,2}[.)]|\[?note \d|\*|\u2020|\u00b9|[a-z][.)] |key\b|contact|symbols?\b|\[[a-z]\] )"
)
_LISTS_TABLES = re.compile(r"(?:table of )?contents|contents? page|(?:table|sheet)s? list|list of tables")
"""Sheets that list the tables of a workbook hold none themselves, whatever numbers stand in them."""
_IDLE = re.compile(
    r"(?i)(?:back|return|go|link)s? (?:back )?to\b.*\b(?:contents?|index|indicators|menu|top)\b"
    r"|(?:marking: *)?(?:official|restricted|confidential|(?:un|not )(?:protectively )?(?:classified|marked|restricted))(?:[ :(-]*sensitive\)?)?$"
)
"""Words that only lead back to the list of tables, and markings."""
_RUN_DAY = re.compile(
    r"(?i)(?:data |last |report |date )?(?:refreshed|refresh date|extracted|extract date|updated|run(?: date| on| at)?|produced|published|generated|printed|created"
    r"|exported|report date|as at)(?: on| at| date)?:?"
)
"""Words beside the day on which a report was made, which is no heading."""
_FIELD = re.compile(r"[A-Z][A-Za-z /]{2,25}: +\S")  # A line of a report's own particulars: "Run by: ...", "Date range: ...".
_SERIES_CODE = re.compile(r"[A-Z][A-Z0-9]{3,5}")


class Block(Record):
    """One table's place. All rows are the sheet's; `left` and `right` are its first and last column, both inside."""

    left: int
    right: int
    header_rows: tuple[int, ...]
    data_rows: tuple[int, ...]
    titles: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sections: tuple[tuple[int, str], ...] = ()  # (row, words) of lines inside the table that name the rows below them

    @property
    def top(self) -> int:
        """The first row of it."""
        return min((*self.header_rows[:1], self.data_rows[0]))

    @property
    def range(self) -> str:
        """Its cells, as `A3:N20`."""
        return range_name(self.top, self.left, self.data_rows[-1], self.right)


class RowKind(Enum):
    """What a row is."""

    BLANK = "blank"
    WORDS = "words"
    HEADER = "header"
    DATA = "data"


def find_blocks(view: View) -> list[Block]:
    """Every table of the sheet, from left to right and top to bottom."""
    found: list[Block] = []
    if _LISTS_TABLES.fullmatch(" ".join(view.sheet.name.lower().replace("_", " ").split())):
        return found
    for left, right in find_bands(view):
        found.extend(_Walk(view, left, right).blocks())
    return found


class _Open(Changing):
    """A table being read."""

    header: list[int]
    titles: list[str]
    data: list[int] = field(default_factory=list)
    sections: list[tuple[int, str]] = field(default_factory=list)
    numeric: set[int] = field(default_factory=set)
    shapes: set[bytes] = field(default_factory=set)
    usual: int = 0  # how many cells its first row fills


class _Walk:
    """One walk down a column range. Rows since the last table wait in `pending` until what follows tells what they are."""

    def __init__(self, view: View, left: int, right: int) -> None:
        self.view, self.left, self.right = view, left, right
        self.pending: list[tuple[int, RowKind]] = []
        self.done: list[Block] = []
        self.open: _Open | None = None
        self.sections: list[int] = []
        self.early: list[int] = []
        self.carried: list[str] = []
        self.orphan: int | None = None

    def blocks(self) -> list[Block]:
        for row in range(len(self.view.kinds)):
            kinds = self.view.kinds[row][self.left : self.right + 1]
            if not self._goes_on(row, kinds):
                self._take(row, kinds, self._row_kind(row, kinds))
        self._close(last=True)
        return self.done or self._records()

    def _goes_on(self, row: int, kinds: bytes) -> bool:
        """Right below many rows of figures, one of a shape seen among them is another: long sheets are read quickly so."""
        if (opened := self.open) is None or len(opened.data) < _LONG or opened.data[-1] != row - 1:
            return False
        if kinds in opened.shapes:
            opened.data.append(row)
            return True
        if (
            kinds.count(NUMBER)
            and len(opened.shapes) < _LONG
            and self._row_kind(row, kinds) is RowKind.DATA
            and self._fits(kinds)
        ):
            opened.shapes.add(kinds)
        return False

    def _records(self) -> list[Block]:
        """A sheet without any number may still be a list: a row of short headings, and rows of as many texts below it."""
        rows = [(row, kind) for row, kind in self.pending if kind is not RowKind.BLANK]
        if len(heads := [index for index, (_, kind) in enumerate(rows) if kind is RowKind.HEADER]) < _FEWEST_RECORDS:
            return []
        first = rows[heads[0]][0]
        if len(texts := self._texts(first)) < 3 or any(len(text) > 40 for text in texts):
            return []
        data = tuple(row for row, kind in rows[heads[0] + 1 :] if kind is RowKind.HEADER)
        sections = tuple((row, " / ".join(self._texts(row))) for row, kind in rows[heads[0] + 1 :] if kind is RowKind.WORDS)
        return [Block(self.left, self.right, (first,), data, tuple(self._titles(rows[: heads[0]])), (), sections)]

    def _row_kind(self, row: int, kinds: bytes) -> RowKind:
        if not (filled := len(kinds) - kinds.count(EMPTY)):
            return RowKind.BLANK
        numbers = kinds.count(NUMBER) + kinds.count(ERROR) + kinds.count(NOT_CALCULATED)
        if filled == 1 and not numbers and not kinds.count(MARK):
            return RowKind.WORDS
        if not numbers:
            return self._without_numbers(row, kinds)
        if self.open is not None and len(self.open.data) > 2 and not kinds.count(TEXT):
            return RowKind.DATA
        first = self.open is None and not any(kind is RowKind.HEADER for _, kind in self.pending) and kinds[0] == TEXT
        if first and is_label_heading(self.view.text(row, self.left)) and self._number_below(row, self.right):
            return RowKind.HEADER  # "Week commencing", "999", "101"
        return RowKind.HEADER if self._names_periods(row, kinds) or self._stands_over_numbers(row, kinds) else RowKind.DATA

    def _without_numbers(self, row: int, kinds: bytes) -> RowKind:
        if self._is_metadata(row, kinds):
            return RowKind.WORDS
        if self.open is None:
            below_header = bool(self.pending) and self.pending[-1][1] is RowKind.HEADER
            only_marks = kinds.count(MARK) and (below_header or kinds.count(TEXT) < 2) and not kinds.count(DATE)
            if below_header and kinds[0] in (TEXT, DATE) and self.view.kind(self.pending[-1][0], self.left):
                marks = not kinds[1:].strip(bytes((EMPTY, MARK, LETTER)))  # "Jan 2024", "nil"
                only_marks = only_marks or marks or self._is_named(row, kinds, self.pending[-1][0])
            return RowKind.DATA if only_marks else RowKind.HEADER
        if len(self.open.data) == 1 and not self.open.header:  # the one row of figures above was no table
            news = [
                self.left + index
                for index, kind in enumerate(kinds)
                if kind == TEXT and self.left + index not in self.open.numeric
            ]
            if any(self._number_below(row, column) for column in news):
                return RowKind.HEADER
        places = [column for column in self.open.numeric if self.view.kind(row, column) in (TEXT, DATE)]
        over = len(places)
        if self._only_codes(row, places):
            return RowKind.WORDS
        is_next = row - 1 in self.open.data[-1:] and any(self._is_named(row, kinds, head) for head in self.open.header[:1])
        if over and not is_next and 2 * over >= len(self.open.numeric) and not self._repeats(row, places):
            return RowKind.HEADER
        if over and not kinds.count(MARK) and self._headed_below(row):
            return RowKind.HEADER
        if kinds.count(MARK) + kinds.count(LETTER) or (over and is_next):
            return RowKind.DATA
        # A header that leaves the first column without a heading, which may come below a row of figures.
        unnamed = self.open.header and not any(self.view.kind(one, self.left) for one in self.open.header)
        if len(self.open.data) < _LATE and kinds[0] == TEXT and unnamed:
            return RowKind.WORDS
        filled = len(kinds) - kinds.count(EMPTY)
        above = self.view.kinds[self.open.data[0]][self.left : self.right + 1].ljust(len(kinds), b"\0")
        labelled = filled > 1 and all(bool(kind) == (one not in (EMPTY, NUMBER)) for kind, one in zip(kinds, above, strict=False))
        return RowKind.DATA if over or labelled or (filled > 2 and 3 * filled >= self.open.usual) else RowKind.WORDS

    def _is_named(self, row: int, kinds: bytes, head: int) -> bool:
        """Whether a row without numbers is one of the table's: below "Area" or "Month" stands an area or a month."""
        first = self.view.text(row, self.left)
        is_name = kinds[0] == DATE or is_area(first) or read_together([first])[0].tells
        return is_name and is_label_heading(self.view.text(head, self.left))

    def _only_codes(self, row: int, places: Sequence[int]) -> bool:
        """Series codes repeated inside a table ("YBFR", "L2KL") begin no new one."""
        texts = [self.view.text(row, column) for column in places]
        codes = sum(_SERIES_CODE.fullmatch(text) is not None for text in texts)
        return len(texts) > 2 and len(set(texts)) == len(texts) and codes * 10 >= len(texts) * 8

    def _headed_below(self, row: int) -> bool:
        """Whether the next row is a header without any doubt: texts over half of the open table's figures, or years over them."""
        if (opened := self.open) is None or row + 1 >= len(self.view.kinds):
            return False
        kinds = self.view.kinds[row + 1][self.left : self.right + 1]
        if self._names_periods(row + 1, kinds):
            return True
        under = sum(self.view.kind(row + 1, column) in (TEXT, DATE) for column in opened.numeric)
        return under > 2 and under * 2 > len(opened.numeric) and not kinds.count(NUMBER)

    def _repeats(self, row: int, places: Sequence[int]) -> bool:
        """One and the same remark right below figures ("not available here") is a row of data without its numbers."""
        if (opened := self.open) is None or not opened.data or opened.data[-1] != row - 1:
            return False
        return len({self.view.text(row, column).lower() for column in places}) == 1 and len(opened.data) > 2

    def _is_metadata(self, row: int, kinds: bytes) -> bool:
        places = [index for index, kind in enumerate(kinds) if kind]
        first = self.view.text(row, self.left + places[0])
        if len(places) == 2 and (first.endswith(":") or (kinds[places[1]] == DATE and _RUN_DAY.fullmatch(first))):
            return True
        texts = [self.view.text(row, self.left + place) for place in places]
        if self.open is None and len(places) < 4 and all(_FIELD.match(text) for text in texts):
            return True
        is_note = len(places) == 2 and bool(_NOTE.match(first) or len(first) <= 3) and len(texts[1]) > 60
        return is_note or (self.open is None and self._is_filter(row))

    def _is_filter(self, row: int) -> bool:
        """A field and its value above a report ("Month", "(All)"), parted by an empty row from headings of the report's own."""
        below = row
        while below < len(self.view.kinds) and self._is_pair(below):
            below += 1
        if below == row or below + 1 >= len(self.view.kinds) or any(self.view.kinds[below][self.left : self.right + 1]):
            return False
        heads = self.view.kinds[below + 1][self.left : self.right + 1]
        return heads.count(TEXT) > 1 and not heads.count(NUMBER) and not self._is_pair(below + 2, figures=True)

    def _is_pair(self, row: int, figures: bool = False) -> bool:
        """Whether a row holds a text and right beside it another, a day or a year and nothing else; with `figures` texts alone."""
        kinds = self.view.kinds[row][self.left : self.right + 1] if row < len(self.view.kinds) else b""
        if len(kinds) - kinds.count(EMPTY) != 2 or kinds[0] != TEXT or len(kinds) < 2:
            return False
        value = self.view.sheet.value(row, self.left + 1)
        return kinds[1] in (TEXT, DATE) or (not figures and kinds[1] == NUMBER and is_year(value))

    def _names_periods(self, row: int, kinds: bytes) -> bool:
        """Years, 201904 and dates over figures are a header, however numeric they look."""
        values = [self.view.sheet.value(row, self.left + index) for index, kind in enumerate(kinds) if kind in (NUMBER, DATE)]
        if len(values) > 2 and all(is_time(value) for value in values):
            seconds = [seconds_of(value) or 0.0 for value in values]
            steps = {round(later - earlier) for earlier, later in pairwise(seconds)}
            # times of the day in even steps are headings, not waits
            return (self.open is None or not self.open.data) and len(steps) == 1 and steps.pop() > 0
        years = sum(is_year(value) for value in values)
        texts = [value for value in values if isinstance(value, str) and len(value) == 5] if years * 2 > len(values) else []
        noted = sum(text.isdecimal() and is_year(text[:4]) for text in texts)  # a footnote's digit right behind a year: 20182
        if not values or not (years + noted == len(values) or all(is_year_month(value) for value in values)):
            return False
        if self.open is not None and self.open.data and self.open.data[-1] == row - 1:
            whole = [int(str(value)[:4]) for value in values if isinstance(value, str | float)]
            steps = {later - earlier for earlier, later in pairwise(whole)}
            return len(values) > 2 and len(set(values)) == len(values) and len(steps) == 1 and steps != {0}
        return self._figures_below(row, kinds)

    def _figures_below(self, row: int, kinds: bytes) -> bool:
        places = [index for index, kind in enumerate(kinds) if kind == NUMBER]
        for below in range(row + 1, min(row + 1 + _LOOK_BELOW, len(self.view.kinds))):
            columns = [self.left + place for place in places if self.view.kind(below, self.left + place) == NUMBER]
            numbers = [self.view.sheet.value(below, column) for column in columns]
            if any(not is_year(value) and not is_year_month(value) for value in numbers):
                return len(places) > 1 or places[0] > 0
            if numbers:
                return False
        return False

    def _stands_over_numbers(self, row: int, kinds: bytes) -> bool:
        """Mostly text, with numbers below the texts: a header that also holds a number or two (percentiles, hours)."""
        if kinds.count(TEXT) < 3 or (self.open is not None and len(self.open.data) > 5 and self.open.data[-1] == row - 1):
            return False
        over = 0
        beside: list[CellValue] = []
        for index, kind in enumerate(kinds):
            if kind in (TEXT, NUMBER) and self._number_below(row, self.left + index):
                over += kind == TEXT
                beside += [self.view.sheet.value(row, self.left + index)] if kind == NUMBER else []
        numbers = [value for value in beside if isinstance(value, float)]
        ascend = len(numbers) == len(beside) > 2 and all(earlier < later for earlier, later in pairwise(numbers))
        return over > 1 and (over * 2 > len(beside) or ascend)

    def _number_below(self, row: int, column: int) -> bool:
        below = range(row + 1, min(row + 1 + _LOOK_BELOW, len(self.view.kinds)))
        return any(self.view.kind(later, column) in (NUMBER, MARK) for later in below)

    def _take(self, row: int, kinds: bytes, kind: RowKind) -> None:
        if kind is RowKind.DATA and self.open is not None and not self._fits(kinds):
            kind = RowKind.WORDS
        if kind is RowKind.DATA:
            self._data(row, kinds)
        elif kind is RowKind.HEADER and self.open is not None and not self.open.data:
            self.open.header.append(row)
        else:
            if kind is RowKind.HEADER:
                self._close()
            self.pending.append((row, kind))

    def _fits(self, kinds: bytes) -> bool:
        """Whether a row's figures stand under the open table's figures; a numbered note's do not."""
        if self.open is None or not self.open.numeric or not kinds.count(TEXT) or kinds.count(NUMBER) != 1:
            return True
        figures = (*_FIGURES, LETTER)
        return any(kinds[column - self.left] in figures for column in self.open.numeric if column - self.left < len(kinds))

    def _data(self, row: int, kinds: bytes) -> None:
        if self.open is None:
            header, titles = self._header_above()
            self.open = _Open(header, [*self.carried, *titles], [*self._orphan_for(kinds), *self.early])
            self.open.sections.extend((line, " / ".join(self._texts(line))) for line in self.sections)
            self.carried = []
        elif self.pending:
            self._settle_pending()
        opened = self.open
        opened.data.append(row)
        opened.usual = opened.usual or len(kinds) - kinds.count(EMPTY)
        if len(opened.data) < 50:
            opened.numeric.update(self.left + index for index, kind in enumerate(kinds) if kind == NUMBER)
        self.pending.clear()

    def _orphan_for(self, kinds: bytes) -> list[int]:
        """A row of figures that stood above the header belongs to the table when its figures stand over the table's."""
        orphan, self.orphan = self.orphan, None
        if orphan is None:
            return []
        above = self.view.kinds[orphan][self.left : self.right + 1]
        places = [index for index, kind in enumerate(above) if kind == NUMBER]
        over = all(index < len(kinds) and kinds[index] in (NUMBER, MARK) for index in places)
        return [orphan] if over and places and (len(places) > 1 or places[0] > 0) else []

    def _settle_pending(self) -> None:
        """Lines between two data rows of one table: words name the rows below, headings of label columns join the header."""
        if (opened := self.open) is None:
            return
        for line, kind in self.pending:
            if kind is RowKind.BLANK or self._only_codes(line, sorted(opened.numeric)):
                continue
            if len(texts := self._texts(line)) > 1 and len(opened.data) <= 3:
                opened.header.append(line)
            elif texts:
                opened.sections.append((line, " / ".join(texts)))

    def _texts(self, row: int) -> list[str]:
        cells = (self.view.text(row, column) for column in range(self.left, self.right + 1))
        return [text for text in cells if text]

    def _header_above(self) -> tuple[list[int], list[str]]:
        header: list[int] = []
        self._leave_sections()
        blanks = 0
        for position in range(len(self.pending) - 1, -1, -1):
            row, kind = self.pending[position]
            if kind is RowKind.BLANK:
                blanks += 1
            elif blanks <= (1 if header else 2) and self._belongs_to_header(row, kind, header):
                header.insert(0, row)
                blanks = 0
            else:
                return header, self._titles(self.pending[: position + 1])
        return header, []

    def _leave_sections(self) -> None:
        """Words between header and first figures name those figures; of many rows of text only the first is a header."""
        lines, self.sections, self.early = self.pending, [], []
        end = len(lines)
        while end and lines[end - 1][1] is RowKind.WORDS and self.view.kind(lines[end - 1][0], self.left):
            end -= 1
        if 0 < end < len(lines) and lines[end - 1][1] is RowKind.HEADER:
            self.sections = [row for row, _ in lines[end:]]
            lines = lines[:end]
        start = end = len(lines)
        while start and lines[start - 1][1] in (RowKind.HEADER, RowKind.WORDS):
            start -= 1
        if sum(kind is RowKind.HEADER for _, kind in lines[start:]) > _MOST_HEADER_ROWS:
            first = next(index for index in range(start, end) if lines[index][1] is RowKind.HEADER)
            self.early = [row for row, kind in lines[first + 1 :] if kind is RowKind.HEADER]
            lines = lines[: first + 1]
        self.pending = lines

    def _belongs_to_header(self, row: int, kind: RowKind, below: list[int]) -> bool:
        places = [column for column in range(self.left, self.right + 1) if self.view.kind(row, column)]
        if kind is RowKind.HEADER:
            return not (below and places == [self.left, self.right] and self.right - self.left > 1)
        if places[0] == self.left or len(self.view.text(row, places[0])) > 90:
            return False
        last = max((column for column in range(self.right + 1) if below and self.view.kind(below[0], column)), default=self.right)
        if places[0] >= last and is_only_unit(self.view.text(row, places[0])):
            return False
        if below and row != below[0] - 1 and not any(self.view.kind(below[0], column) == EMPTY for column in places):
            return False
        return bool(below) or self._number_below(row, places[0]) or places[0] > self.left

    def _titles(self, lines: Sequence[tuple[int, RowKind]]) -> list[str]:
        titles = []
        for row in (row for row, kind in lines if kind is not RowKind.BLANK):
            cells = (self.view.sheet.value(row, column) for column in range(self.left, self.right + 1))
            days = [f"{value:%d/%m/%Y}" for value in cells if isinstance(value, date)]
            texts = [*(text.rstrip(" :") for text in self._texts(row)), *days]
            titles.append(": ".join(text for text in texts if not _IDLE.match(text)))
        return [title for title in titles if title]

    def _close(self, last: bool = False) -> None:
        opened, self.open = self.open, None
        if opened is None:
            return
        if len(opened.data) < 2 and not opened.header:
            self.carried = [*opened.titles, *(": ".join(self._texts(row)) for row in opened.data)]
            self.orphan = opened.data[0] if opened.data else None
            return
        after, self.pending = (self.pending, []) if last else self._parted()
        notes = tuple(" ".join(self._texts(row)) for row, kind in after if kind is not RowKind.BLANK)
        filled = ([column for column, kind in enumerate(self.view.kinds[row]) if kind] for row in (*opened.header, *opened.data))
        inside = [column for columns in filled for column in columns if self.left <= column <= self.right]
        left, right = min(inside, default=self.left), max(inside, default=self.right)  # what stands beside is of other tables
        rows = tuple(opened.header), tuple(opened.data)
        self.done.append(Block(left, right, *rows, tuple(opened.titles), notes, tuple(opened.sections)))

    def _title_apart(self, lines: Sequence[tuple[int, RowKind]], cut: int) -> int:
        """A single short line between blank ones is the title of the table below, though a blank line parts them."""
        if any(kind is RowKind.WORDS for _, kind in lines[cut:]):
            return cut
        named = cut - 1
        while named > 0 and lines[named][1] is RowKind.BLANK:
            named -= 1
        if named < 1 or lines[named][1] is not RowKind.WORDS or lines[named - 1][1] is not RowKind.BLANK:
            return cut
        texts = self._texts(lines[named][0])
        words = texts[0] if len(texts) == 1 else ""
        is_title = words and len(words) <= _LONGEST_TITLE and not words.endswith(".") and not _NOTE.match(words)
        return named if is_title else cut

    def _parted(self) -> tuple[list[tuple[int, RowKind]], list[tuple[int, RowKind]]]:
        """Lines between two tables: notes belong to the one above, those since the last blank line to the one below."""
        lines = self.pending
        cut = next((index + 1 for index in range(len(lines) - 1, -1, -1) if lines[index][1] is RowKind.BLANK), 0)
        cut = self._title_apart(lines, cut)
        while cut < len(lines) and any(_NOTE.match(text) for text in self._texts(lines[cut][0])[:1]):
            cut += 1
        start = cut
        while start > 0 and lines[start - 1][1] is RowKind.BLANK:
            start -= 1
        if start > 0 and any(text.lower().startswith("table") for text in self._texts(lines[start - 1][0])):
            cut = start - 1
        return lines[:cut], lines[cut:]
