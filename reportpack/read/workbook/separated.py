"""Separated text (csv, tsv, txt). Values stay text exactly as typed, but for the quoting: what they mean is for others to say."""

import csv
import io
from collections import Counter
from typing import Literal

from reportpack.model.problem import Problem, Source
from reportpack.read.grid import CellValue, Sheet
from reportpack.read.workbook.faults import too_large, wrong
from reportpack.read.workbook.limits import MAX_CELLS

SEPARATORS = (",", ";", "\t", "|")
_QUOTED: Literal[0] = 0
_AS_TYPED: Literal[3] = 3  # csv.QUOTE_MINIMAL and csv.QUOTE_NONE.
_LOOK = 100
_LINES_IN_CELL = 200
csv.field_size_limit(2**31 - 1)


def read_separated(text: str, source: Source) -> tuple[tuple[Sheet, ...], list[Problem]]:
    """One sheet without a name. A quotation mark that never closes is taken as typed, and said."""
    problems: list[Problem] = []
    text = text.removeprefix("\ufeff")
    if text[:4].lower() == "sep=" and len(text) > 5 and text[5] in "\r\n":  # Excel's own first line
        separator, text = text[4], text[5:].lstrip("\r\n")
    else:
        separator = find_separator(text)
    if text.count(separator) > 4 * MAX_CELLS:
        raise too_large(MAX_CELLS)
    try:
        rows = _rows(text, separator, _QUOTED)
    except _UnclosedError as unclosed:
        rows = _rows(text, separator, _AS_TYPED)
        found = "a quotation mark opens here and does not close, so quotation marks in this file are taken as typed."
        remedy = "Ask for the file again, or for an Excel workbook."
        problems.append(wrong("csv-quote-unclosed", source, found, remedy, cell=f"line {unclosed.line}"))
    return (Sheet("", rows),), problems


def find_separator(text: str) -> str:
    """The one that cuts most of the first lines into the same number of cells; a comma where none does."""
    sample = text[:200_000]

    def agreement(separator: str) -> int:
        reader = csv.reader(io.StringIO(sample, newline=""), delimiter=separator)
        widths = Counter(len(row) for row, _ in zip(reader, range(_LOOK), strict=False))
        return max(((width - 1) * count for width, count in widths.items()), default=0)

    return max(SEPARATORS, key=agreement)


class _UnclosedError(Exception):
    def __init__(self, line: int) -> None:
        super().__init__(f"line {line}")
        self.line = line


def _rows(text: str, separator: str, quoting: Literal[0, 3]) -> list[list[CellValue]]:
    rows: list[list[CellValue]] = []
    count = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, quoting=quoting)
    line, last = 1, ""
    for row in reader:
        count += max(len(row), 2)
        if count > MAX_CELLS:
            raise too_large(MAX_CELLS)
        if reader.line_num - line > _LINES_IN_CELL:
            raise _UnclosedError(line)
        rows.append([cell or None for cell in row])
        line, begun, last = reader.line_num + 1, line, row[-1] if row else ""
    if quoting == _QUOTED and "\n" in last and not text.rstrip().endswith('"'):
        raise _UnclosedError(begun)
    return rows


def decode(data: bytes) -> tuple[str, str]:
    """The text and the encoding's name. Never raises; what no encoding explains becomes U+FFFD."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", "replace"), "utf-16"
    odd, even = data[1:4096:2].count(0), data[0:4096:2].count(0)
    if max(odd, even) > len(data[:4096]) // 3:
        wide = "utf-16-le" if odd > even else "utf-16-be"
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace"), "windows-1252"
