"""The facts of a worksheet whose XML is written plainly, as the usual programs write it, at the speed of `re`.

Anything else (a prefix, comments, odd orders of attributes) raises NotPlainError: then `sheet_markup` reads it, slowly.
"""

from collections.abc import Iterable, Iterator
from dataclasses import field
from html import unescape

from reportpack import patterns as re
from reportpack.read.workbook.contents import Styles
from reportpack.read.workbook.limits import MAX_COLUMNS, MAX_ROWS
from reportpack.read.workbook.sheet_facts import FormatRow, SheetFacts, column_index
from reportpack.records import Changing

_CELL = re.compile(rb'<c r="([A-Z]{1,3})[0-9]+"([^>]*)>')
_ROW = re.compile(rb'\s*<row r="([0-9]{1,7})"([^>]*)>')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_STYLE = re.compile(rb'\bs="([0-9]{1,6})"')
_FORMULA = re.compile(
    rb'<c r="([A-Z]{1,3})[0-9]+"([^>]*)(?<!/)>\s*<f\b[^>]*(?:/>|>[^<]*</f>)\s*(?:<v(?: [^>]*)?>([^<]*)</v>|<v\s*/>|)'
)
_ERROR = re.compile(rb'<c r="([A-Z]{1,3})[0-9]+"[^>]*\bt="e"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.DOTALL)
_MERGE = re.compile(rb'<mergeCell\b[^>]*\bref="([^"]*)"')
_HIDDEN_COLUMNS = re.compile(rb'<col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_ATTRIBUTE = re.compile(rb'(\w+)="([^"]*)"')
_PLANS_KEPT = 2_000
_LONGEST_REST = 8 * 1024 * 1024  # bytes without the end of a row

Shape = tuple[tuple[bytes, bytes], ...]


class NotPlainError(Exception):
    """This sheet's XML is not of the plain kind."""


class _Plan(Changing):
    """What all rows with the same cells and the same attributes have in common."""

    formats: FormatRow = field(default_factory=dict)
    last: int = -1
    filled: int = 0
    texts: int = 0
    has_errors: bool = False
    struck: tuple[int, ...] = ()
    indents: tuple[tuple[int, int], ...] = ()


def scan_sheet(blocks: Iterable[bytes], styles: Styles) -> SheetFacts:
    """Facts of a worksheet, whose cells are shown in the workbook's styles."""
    scan, pieces = _Scan(styles), iter(blocks)
    rest = scan.head(pieces)
    for block in pieces:
        rest = scan.take_rows(rest + block)
    return scan.tail(rest)


class _Scan:
    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.facts = SheetFacts()
        self.plans: dict[Shape, _Plan] = {}
        self.row = -1

    def head(self, pieces: Iterator[bytes]) -> bytes:
        """What stands before the rows; what is left over behind the first of them comes back."""
        head = before = found = rest = b""
        for block in pieces:
            head += block
            before, found, rest = head.partition(b"<sheetData")
            if found or len(head) > _LONGEST_REST:
                break
        if not found:
            raise NotPlainError
        start = before.lstrip(b"\xef\xbb\xbf \r\n\t")[:200].lower()
        if b"<worksheet" not in before or b"<!" in head or (b"encoding=" in start and b"utf-8" not in start):
            raise NotPlainError
        for column in _HIDDEN_COLUMNS.findall(before):
            self.facts.hide_columns({key.decode(): value.decode() for key, value in _ATTRIBUTE.findall(column)})
        return self.take_rows(rest)

    def take_rows(self, text: bytes) -> bytes:
        if len(text) > _LONGEST_REST or b"<!" in text or b"NaN" in text:
            raise NotPlainError
        *rows, rest = text.split(b"</row>")
        formulas = b"<f" in text
        for row in rows:
            self._row(row, formulas)
        return rest

    def _row(self, text: bytes, formulas: bool) -> None:
        if (head := _ROW.match(text)) is None or head[2].endswith(b"/") or text.rfind(b"<row", 1) > 0:
            head = self._last_head(text)
        self._row_head(head)
        if len(cells := tuple(_CELL.findall(text))) != text.count(b"<c"):
            raise NotPlainError
        if not cells:
            return
        plan = self.plans.get(cells) or self._plan(cells)
        row, facts = self.row, self.facts
        if plan.formats:
            facts.formats[row] = plan.formats
        if plan.filled:
            facts.filled += plan.filled
            facts.texts += plan.texts
            facts.last_row = max(facts.last_row, row)
            facts.last_column = max(facts.last_column, plan.last)
        if plan.struck:
            facts.struck.update((row, column) for column in plan.struck)
        if plan.indents:
            facts.indents.update(((row, column), indent) for column, indent in plan.indents)
        if plan.has_errors:
            facts.errors.update({(row, column_index(c.decode())): unescape(v.decode()) for c, v in _ERROR.findall(text)})
        if formulas and b"<f" in text:
            self._formulas(text)

    def _last_head(self, text: bytes) -> re.Match[bytes]:
        """The row that is open; those before it in the text are empty."""
        if not (heads := list(_ROW.finditer(text))) or len(heads) != text.count(b"<row") or heads[-1][2].endswith(b"/"):
            raise NotPlainError
        for head in heads[:-1]:
            self._row_head(head)
        return heads[-1]

    def _row_head(self, head: re.Match[bytes]) -> None:
        row = int(head[1]) - 1
        if not 0 <= row < MAX_ROWS:
            raise NotPlainError
        self.row = row
        if b"hidden" in head[2] and _HIDDEN.search(head[2]):
            self.facts.hidden_rows.add(row)

    def _plan(self, cells: Shape) -> _Plan:
        if len(self.plans) >= _PLANS_KEPT:
            self.plans.clear()
        plan = self.plans[cells] = _Plan()
        for letters, attributes in cells:
            if (column := column_index(letters.decode())) >= MAX_COLUMNS:
                raise NotPlainError
            style = _STYLE.search(attributes)
            number = int(style[1]) if style else 0
            if number < len(self.styles.codes) and self.styles.codes[number]:
                plan.formats[column] = self.styles.codes[number]
            if not attributes.endswith(b"/"):
                plan.struck += (column,) if number in self.styles.struck else ()
                plan.indents += ((column, self.styles.indents[number]),) if number in self.styles.indents else ()
                plan.filled += 1
                plan.last = max(plan.last, column)
                plan.texts += b't="s"' in attributes
                plan.has_errors = plan.has_errors or b't="e"' in attributes
        return plan

    def _formulas(self, text: bytes) -> None:
        if len(found := _FORMULA.findall(text)) != text.count(b"<f>") + text.count(b"<f ") + text.count(b"<f/>"):
            raise NotPlainError
        for letters, attributes, value in found:
            position = (self.row, column_index(letters.decode()))
            self.facts.formulas.add(position)
            if not value and b't="str"' not in attributes:
                self.facts.uncalculated.add(position)

    def tail(self, rest: bytes) -> SheetFacts:
        heads = list(_ROW.finditer(rest))
        for head in heads:
            self._row_head(head)
        if len(heads) != rest.count(b"<row ") or b"<c " in rest or b"</worksheet" not in rest:
            raise NotPlainError
        for reference in _MERGE.findall(rest):
            self.facts.add_merge(reference.decode("ascii", "replace"))
        return self.facts
