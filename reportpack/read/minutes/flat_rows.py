"""Tables that lost their columns: a line of headings, then rows that begin with a number and end in who and by when."""

from collections.abc import Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.read.documents.lines import Line
from reportpack.read.documents.text import squeezed
from reportpack.read.minutes.dates import MONTHS, find_days
from reportpack.read.minutes.labels import REFERENCE
from reportpack.read.minutes.tables import column_kinds

_ROW = re.compile(rf"(?P<ref>{REFERENCE})\.?\s+(?P<rest>\S.*)")
_WHO = re.compile(r"(?<=\s)(?:[A-Z]{2,4}(?:\s?/\s?[A-Z]{2,4})*|All)(?=\s|$)")
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
    for who in reversed(list(_WHO.finditer(match["rest"]))) if match is not None else ():
        rest = match["rest"] if match is not None else ""
        due = rest[who.end() :].strip()
        when = len(due) < 30 and bool(find_days(due, 2000) or not _WHEN.isdisjoint(due.lower().split()))
        if when if "due" in kinds else not due:
            cells = {kinds[0]: match["ref"] if match else "", "action": rest[: who.start()].strip(), "owner": who[0], "due": due}
            return tuple(cells.pop(kind, "") for kind in kinds)
    return ()
