"""Tables that lost their columns: a line of headings, then rows that begin with a number and end in who and by when."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.read.documents.lines import Line
from reportpack.read.documents.text import squeezed
from reportpack.read.minutes.dates import find_days
from reportpack.read.minutes.tables import column_kinds

_ROW = re.compile(r"(?P<ref>(?:[A-Z]{1,3})?\d{1,4}(?:[./-]\d{1,4}){0,2}[a-z]?|\d{1,3}\([a-z]\))\.?\s+(?P<rest>\S.*)")
_WHO = re.compile(r"(?<=\s)(?:[A-Z]{2,4}(?:\s?/\s?[A-Z]{2,4})*|All)(?=\s|$)")
_WHEN = re.compile(
    r"(?:\w+ )?(?:january|february|march|april|may|june|july|august|september|october|november|december)\b.{0,20}|asap|tbc|on-?going|next meeting",
    re.IGNORECASE,
)
_NUMBERS = ("#", "no", "ref", "number", "id ", "item")
_ASKED = frozenset(["action", "actions", "task", "tasks", "what"])
_LONGEST = 60
_FIRST_TABLE = 2000


def read_flat_rows(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines in which such tables have become rows of cells; everything else stays."""
    made: list[Line] = []
    kinds: tuple[str, ...] = ()
    table = _FIRST_TABLE
    for line in lines:
        headings = _headings(line)
        if headings:
            kinds, table = column_kinds(headings), table + 1
            made.append(replace(line, cells=headings, table=table))
            continue
        cells = _row(line, kinds) if kinds else ()
        kinds = kinds if cells or not line.text else ()
        made.append(replace(line, cells=cells, table=table) if cells else line)
    return tuple(made)


def _headings(line: Line) -> tuple[str, ...]:
    """The headings of `No. Action Owner Due`; none where a word of the line is no heading, or they begin with no number."""
    if line.cells or line.mark or len(line.text) > _LONGEST or not line.text[:9].casefold().startswith(_NUMBERS):
        return ()
    words = line.text.split()
    if "  " in line.text or not 3 <= len(words) <= 8 or not _ASKED.intersection(line.text.casefold().split()):
        return ()
    headings = tuple(_split(words))
    kinds = column_kinds(headings)
    return headings if all(kinds) and {"action", "owner"} <= set(kinds) and len(set(kinds)) > 2 else ()


def _split(words: Sequence[str]) -> Iterator[str]:
    """Words as headings: `By whom` is one, `Action Owner` two."""
    at = 0
    while at < len(words):
        alone = [bool(kind) for kind in column_kinds(words[at : at + 3])]
        sizes = [1] if all(alone[:2]) else [3, 2, 1]
        size = next((size for size in sizes if column_kinds([" ".join(words[at : at + size])])[0]), 1)
        yield " ".join(words[at : at + size])
        at += size


def _row(line: Line, kinds: Sequence[str]) -> tuple[str, ...]:
    match = _ROW.fullmatch(squeezed(line.text))
    if match is None or line.cells:
        return ()
    for who in reversed(list(_WHO.finditer(match["rest"]))):
        due = match["rest"][who.end() :].strip()
        told = not due if "due" not in kinds else len(due) < 30 and bool(find_days(due, 2000) or _WHEN.fullmatch(due))
        if told:
            cells = {kinds[0]: match["ref"], "action": match["rest"][: who.start()].strip(), "owner": who[0], "due": due}
            return tuple(cells.pop(kind, "") for kind in kinds)
    return ()
