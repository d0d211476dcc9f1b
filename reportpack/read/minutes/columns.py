"""Tables and columns that a text keeps as spaces, or has lost: a right-hand column of a page is read after the left, a block under a row of
headings becomes a row with its cells, and so does a line that begins with a number and ends in who and by when."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from reportpack import patterns as re
from reportpack.read.documents.lines import Line, squeezed
from reportpack.read.minutes.dates import MONTHS, find_days
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.grammar.words import has
from reportpack.read.minutes.labels import CODED, ITEM_NUMBER, REFERENCE
from reportpack.read.minutes.tables import column_kinds
from reportpack.records import Record

_GAP = re.compile(r" {3,}")
_HEADING = re.compile(
    r"(?i)(?:decisions?|actions?|outcomes?|owner|lead|by whom|who|responsib\w+|progress|status|deadline|by when)\b.{0,40}"
)
_AGENDA = listed("item discussion minute agenda subject notes ref no")
_CODE = re.compile(r"(?<=\s)\d{2}-\d{2} [A-Za-z]")
_LABEL = re.compile(r"(?i)(?:actions?(?: \S{1,12}){0,2}|due|deadline|owner|decisions?|resolved)\s?[:\u2013-]")
"""A label before words that go on below it: no cell of a row."""
_LEAST_LINES = 3


def split_columns(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines with a right-hand column taken apart; text without such columns comes back as it is, with single spaces."""
    parted = ((at, _GAP.split(line.text)) for at, line in enumerate(lines) if not line.cells)
    headed = ((at, parts) for at, parts in parted if 2 <= len(parts) <= 3 and _HEADING.fullmatch(parts[-1].strip()))
    own_head = ((at, parts) for at, parts in headed if has(" ".join(parts[:-1])[:60], _AGENDA))
    begin, parts = next(own_head, (len(lines), [""]))  # `Item  Discussion  Decisions and Action Points`
    # Of three columns the last begins where its own heading stands: more words begin under the second.
    under = lines[begin].indent + lines[begin].text.rindex(parts[-1]) if len(parts) > 2 else 0
    kept = [_single(line) for line in lines[:begin]]
    left, right = list[Line](), list[Line]()
    for _, page in groupby(lines[begin + 1 :], lambda line: line.page):
        own = list(page)
        starts = (line.indent + end for line in own for end in (*(one.end() for one in _GAP.finditer(line.text)), 0))
        found = Counter(start for start in starts if start > 40 and (not under or abs(start - under) < 10))
        best, count = max(found.items(), key=lambda one: (one[1], -one[0]), default=(0, 0))
        near = sum(found[best + step] for step in (-1, 1))
        gutter = best if count + near >= _LEAST_LINES or (count >= 1 and (under or len(own) < 25)) else 0
        for line in own:
            first, second = _cut(line, gutter)
            left.append(replace(line, text=first))
            right.append(replace(line, text=second, mark="", column=parts[-1].strip()))
    return (*kept, *left, *right)


def _cut(line: Line, gutter: int) -> tuple[str, str]:
    at = gutter - line.indent
    if not gutter or not line.text:
        return squeezed(line.text), ""
    if at > 0 and (at >= len(line.text) or line.text[at - 1] != " "):
        coded = _CODE.search(line.text, 25)
        at = next((match.end() for match in _GAP.finditer(line.text) if abs(match.end() - at) <= 14), 0)
        at = at or (coded.start() if coded is not None else len(line.text))
    return squeezed(line.text[: max(at, 0)]), squeezed(line.text[max(at, 0) :])


def _single(line: Line) -> Line:
    if line.cells or "  " not in line.text:
        return line
    cells = tuple(squeezed(part) for part in _GAP.split(line.text) if part.strip())
    titled = len(cells) == 2 and ITEM_NUMBER.fullmatch(cells[0])  # `21.     MINUTES`
    row = len(cells) > 1 and not titled and not _LABEL.fullmatch(cells[0])
    return replace(line, text=squeezed(line.text), cells=cells if row else ())


_PIECE = re.compile(r"\S+(?: \S+)*")
_NEAR = 4
_BESIDE = frozenset({"owner", "due", "status", "date", "ref"})


class _Column(Record):
    start: int
    heading: str
    starts: tuple[int, ...] = ()


def read_layout_tables(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines in which such tables have become rows of cells; everything else stays."""
    made: list[Line] = []
    at, table = 0, 1000
    headings: tuple[str, ...] = ()
    while at < len(lines):
        if not (columns := _heading(lines[at])):
            made.append(lines[at])
            at += 1
            continue
        cells = tuple(column.heading for column in columns)
        last = next((line.table for line in reversed(made) if line.text), 0)
        again = bool(headings) and cells == headings and last == table  # a table that goes on over a page repeats its headings
        table, headings = table if again else table + 1, cells
        if not again:
            made.append(replace(lines[at], text="\t".join(cells), cells=cells, table=table))
        begin, at = at + 1, _end(lines, at + 1, columns)
        # The places near their headings at which words begin in other rows, the usual ones first.
        starts = Counter(start for line in lines[begin:at] for start, _ in _pieces(line)).most_common()
        near = (tuple(start for start, _ in starts if abs(start - one.start) <= _NEAR) for one in columns)
        observed = [replace(one, starts=own) for one, own in zip(columns, near, strict=True)]
        for block in _blocks(lines[begin:at], observed):
            texts = tuple(squeezed(cell) for cell in _cells_of(block, observed))
            made.append(replace(block[0], text="\t".join(texts), mark="", cells=texts, table=table))
    return tuple(made)


def _pieces(line: Line) -> list[tuple[int, str]]:
    return [(line.indent + match.start(), match.group(0)) for match in _PIECE.finditer(line.text)]


def _heading(line: Line) -> tuple[_Column, ...]:
    if line.cells or line.mark or "  " not in line.text:
        return ()
    pieces = _pieces(line)
    kinds = column_kinds([text for _, text in pieces])
    asked = "action" in kinds or ({"owner", "due"} <= set(kinds) and "item" in kinds)
    if len(pieces) < 2 or not asked or not _BESIDE & set(kinds) or sum(1 for kind in kinds if kind) < len(kinds) - 1:
        return ()
    return tuple(_Column(start, text) for start, text in pieces) if "minute" not in kinds else ()


def _end(lines: Sequence[Line], at: int, columns: Sequence[_Column]) -> int:
    first, empty = columns[1].start, 0
    for step, line in enumerate(lines[at:], at):
        empty = 0 if line.text or line.mark else empty + 1
        pieces = _pieces(line)
        alone = len(pieces) == 1
        crosses = alone and pieces[0][0] < first - 2 and pieces[0][0] + len(pieces[0][1]) > first + 25
        others = len(pieces) > 1 and all(column_kinds([text for _, text in pieces]))  # the headings of another table
        if crosses or empty > 12 or others or _heading(line) or (alone and line.indent < first and line.text.endswith(":")):
            return step
    return len(lines)


def _begins_row(line: Line, block: Sequence[Line], columns: Sequence[_Column], *, tight: bool) -> bool:
    if not block:
        return False
    have, mine = _cells_of(block, columns), _cells_of([line], columns)
    words = 0 if column_kinds([columns[0].heading])[0] == "action" or columns[0].heading.lower().startswith("action") else 1
    ended = have[words].rstrip().endswith((".", "?")) and mine[words][:1].isupper()
    if not words:
        return ended and any(mine[1:])
    told = [cell for cell in mine[1:] if cell]
    if ended and len(told) > 1 and not mine[0] and any(have[2:]):
        return True
    dated = any(_fills_first(one, columns) for one in block) and bool(find_days(mine[0], 2000))
    return _fills_first(line, columns) and (tight or dated or CODED.fullmatch(mine[0]) is not None)


def _blocks(lines: Sequence[Line], columns: Sequence[_Column]) -> Iterator[list[Line]]:
    block: list[Line] = []
    filled = sum(1 for line in lines if line.text)
    for line in lines:
        begins = _begins_row(line, block, columns, tight=(len(lines) - filled) * 4 < filled)
        if (not line.text or begins) and block:
            yield block
            block = []
        if line.text:
            block.append(line)
    if block:
        yield block


def _fills_first(line: Line, columns: Sequence[_Column]) -> bool:
    pieces = _pieces(line)
    return len(pieces) > 1 and pieces[0][0] < columns[1].start - 2


def _cells_of(block: Sequence[Line], columns: Sequence[_Column]) -> list[str]:
    cells = [""] * len(columns)
    for line in block:
        shown = f"{line.mark} {line.text}" if line.mark else line.text
        for start, text in _cut_at(_pieces(replace(line, text=shown)), columns):
            number = max((at for at, column in enumerate(columns) if column.start <= start + 4), default=0)
            cells[number] = f"{cells[number]} {text}".strip()
    return cells


def _cut_at(pieces: Sequence[tuple[int, str]], columns: Sequence[_Column]) -> Iterator[tuple[int, str]]:
    """Pieces, where words of one column touch those of the next: cut exactly where a column begins."""
    for start, text in pieces:
        begun = start
        for column in columns[1:]:
            places = [near - begun for near in (column.start, *column.starts) if near > begun]
            if at := begun + next((to for to in places if text[to - 1 : to] == " " != text[to : to + 1]), -begun):
                yield begun, text[: at - begun].rstrip()
                text, begun = text[at - begun :], at  # noqa: PLW2901 - what is left of the piece
        yield begun, text


_ROW = re.compile(rf"(?P<ref>{REFERENCE})\.?\s+(?P<rest>\S.*)")
_WHO = re.compile(r"(?<=\s)(?:(?:[A-Z]{2,4}|[A-Z][a-z])(?:\s?[/&,]\s?(?:[A-Z]{2,4}|[A-Z][a-z]))*|All)(?=\s|$)")
_WHEN = frozenset(MONTHS) | {"asap", "tbc", "ongoing", "on-going", "next"}
_NUMBERS = ("#", "no", "ref", "number", "id ", "item")
_ASKED = frozenset(["action", "actions", "task", "tasks", "what"])
_LONGEST, _FIRST_TABLE = 60, 2000


def read_flat_rows(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines in which such tables have become rows of cells; everything else stays."""
    made: list[Line] = []
    kinds: tuple[str, ...] = ()
    table = _FIRST_TABLE
    for line in lines:
        headings = _headings(line)
        cells = headings or (_row(line, kinds) if kinds else ())
        if headings:
            kinds, table = column_kinds(headings), table + 1
        elif not cells and line.text:
            kinds = ()
        made.append(replace(line, cells=cells, table=table) if cells else line)
    return tuple(made)


def _headings(line: Line) -> tuple[str, ...]:
    """The headings of `No. Action Owner Due`; none where a word of the line is no heading, or they begin with no number."""
    words = line.text.split()
    if line.cells or line.mark or len(line.text) > _LONGEST or not line.text[:9].casefold().startswith(_NUMBERS):
        return ()
    if "  " in line.text or not 3 <= len(words) <= 8 or not _ASKED.intersection(line.text.casefold().split()):
        return ()
    headings: list[str] = []
    while words:
        sizes = (1,) if all(column_kinds(words[:2])) else (3, 2, 1)
        size = next((size for size in sizes if column_kinds([" ".join(words[:size])])[0]), 1)
        headings.append(" ".join(words[:size]))
        words = words[size:]
    kinds = column_kinds(headings)
    return tuple(headings) if all(kinds) and {"action", "owner"} <= set(kinds) and len(set(kinds)) > 2 else ()


def _row(line: Line, kinds: Sequence[str]) -> tuple[str, ...]:
    match = _ROW.fullmatch(squeezed(line.text)) if not line.cells else None
    ref, rest = (match["ref"], match["rest"]) if match is not None else ("", "")
    for who in _WHO.finditer(rest):
        due = rest[who.end() :].strip()
        when = len(due) < 30 and bool(find_days(due, 2000) or not _WHEN.isdisjoint(due.lower().split()))
        if when if "due" in kinds else not due:
            cells = {kinds[0]: ref, "action": rest[: who.start()].strip(), "owner": who[0], "due": due}
            return tuple(cells.pop(kind, "") for kind in kinds)
    return ()
