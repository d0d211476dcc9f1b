"""Columns that a PDF's layout keeps apart by spaces: the right-hand one of each page is read after the left, under its own heading."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from reportpack import patterns as re
from reportpack.read.documents.lines import Line
from reportpack.read.documents.text import squeezed
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.grammar.words import has

_GAP = re.compile(r" {3,}")
_HEADING = re.compile(
    r"(?:decisions?|actions?|outcomes?|owner|lead|by whom|who|responsib\w+|progress|status|deadline|by when)\b.{0,40}",
    re.IGNORECASE,
)
_AGENDA = listed("item discussion minute agenda subject notes ref no")
_CODE = re.compile(r"(?<=\s)\d{2}-\d{2} [A-Za-z]")
_LABEL = re.compile(r"(?:actions?(?: \S{1,12}){0,2}|due|deadline|owner|decisions?|resolved)\s?[:\u2013-]", re.IGNORECASE)
"""A label before words that go on below it: no cell of a row."""
_LEAST_LINES = 3


def split_columns(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines with a right-hand column taken apart; text without such columns comes back as it is, with single spaces."""
    heading = _find_heading(lines)
    if heading is None:
        return tuple(_single(line) for line in lines)
    begin, title = heading
    kept = [_single(line) for line in lines[:begin]]
    left: list[Line] = []
    right: list[Line] = []
    for _, page in groupby(lines[begin + 1 :], lambda line: line.page):
        own = list(page)
        gutter = _gutter(own)
        for line in own:
            first, second = _cut(line, gutter)
            left.append(replace(line, text=first))
            right.append(replace(line, text=second, mark="", column=title))
    return (*kept, *left, *right)


def _find_heading(lines: Sequence[Line]) -> tuple[int, str] | None:
    """The line that heads the columns (`Item  Discussion  Decisions and Action Points`), and the words of the last."""
    for at, line in enumerate(lines):
        parts = _GAP.split(line.text)
        if (
            2 <= len(parts) <= 3
            and not line.cells
            and _HEADING.fullmatch(parts[-1].strip())
            and has(" ".join(parts[:-1])[:60], _AGENDA)
        ):
            return at, parts[-1].strip()
    return None


def _starts(line: Line) -> list[int]:
    """Where pieces begin after a gap, in the columns of the page."""
    return [line.indent + match.end() for match in _GAP.finditer(line.text)] + ([line.indent] if line.indent > 30 else [])


def _gutter(page: Sequence[Line]) -> int:
    """Where the right-hand column of the page begins; 0 when it has none."""
    found: Counter[int] = Counter(start for line in page for start in _starts(line) if start > 40)
    best, count = max(found.items(), key=lambda one: (one[1], -one[0]), default=(0, 0))
    near = sum(found[best + step] for step in (-1, 1))
    return best if count + near >= _LEAST_LINES or (count >= 1 and len(page) < 25) else 0


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
    """The same with wide gaps kept as a tab, so that cells of a row can still be told."""
    if line.cells or "  " not in line.text:
        return line
    cells = tuple(squeezed(part) for part in _GAP.split(line.text) if part.strip())
    if cells and _LABEL.fullmatch(cells[0]):
        cells = ()
    return replace(line, text=squeezed(line.text), cells=cells if len(cells) > 1 else ())
