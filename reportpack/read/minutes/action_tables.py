"""Actions in tables: rows under BY WHOM and BY WHEN, tables that extraction has flattened, and logs that end each line in a status."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reportpack.read.minutes.lines import Line
from reportpack.read.minutes.states import state_of
from reportpack.read.minutes.tables import Grid, column_kinds, grid_of
from reportpack.read.minutes.wraps import Passage

_STATUS = re.compile(
    r"(?:new|on-?going|completed?|closed|done|carried(?: forward)?|c/?fwd|open|on track|in progress|plan in place|initial stages|outstanding|overdue|pending|forward)\.?",
    re.IGNORECASE,
)
_LEAST = 4


@dataclass(frozen=True, slots=True)
class Entry:
    """An action of a table: `at` is the passage it began at, `covers` every passage that belongs to it."""

    words: str
    at: int
    line: str
    covers: tuple[int, ...]
    ref: str = ""
    owner: str = ""
    due: str = ""
    status: str = ""


def table_entries(passages: Sequence[Passage]) -> Iterator[Entry]:
    """Rows of tables whose heading names an action and an owner, a date or a status."""
    for start, rows in _tables(passages):
        grid = grid_of([Line(row.text, row.line, cells=row.cells, table=row.table) for row in rows])
        if grid is None or not grid.holds_actions:
            continue
        first = start + len(rows) - len(grid.rows)
        for at in range(start, first):
            yield Entry("", at, "", (at,))
        for step, row in enumerate(grid.rows):
            yield _row(grid, row, first + step)


def _tables(passages: Sequence[Passage]) -> Iterator[tuple[int, list[Passage]]]:
    at = 0
    while at < len(passages):
        table = passages[at].table
        end = at + 1
        while end < len(passages) and table and passages[end].table == table and passages[end].cells:
            end += 1
        if table and passages[at].cells:
            yield at, list(passages[at:end])
        at = end


def _row(grid: Grid, row: Line, at: int) -> Entry:
    cells = {kind: cell.replace("\n", " ").strip() for kind, cell in zip(grid.kinds, row.cells, strict=False) if kind}
    words = cells.get("action", "")
    return Entry(
        words, at, row.name, (at,), cells.get("ref", ""), cells.get("owner", ""), cells.get("due", ""), cells.get("status", "")
    )


def flattened_entries(passages: Sequence[Passage]) -> Iterator[Entry]:
    """`Action / Progress` as two lines, then words and status in turn, until something longer or a heading."""
    for at in range(len(passages) - 3):
        heads = [column_kinds([passages[at + step].text])[0] for step in range(2)]
        if heads != ["action", "status"] or any(passages[at + step].cells for step in range(2)):
            continue
        yield Entry("", at, "", (at, at + 1))
        step = at + 2
        while step + 1 < len(passages) and _STATUS.fullmatch(passages[step + 1].text.strip()) and not passages[step].cells:
            yield Entry(passages[step].text, step, passages[step].line, (step, step + 1), status=passages[step + 1].text)
            step += 2
        return


def status_entries(passages: Sequence[Passage]) -> Iterator[Entry]:
    """A log of actions: each ends in a status of its own line or column; headings between them may name a lead."""
    marked = [at for at, passage in enumerate(passages) if _status_of(passage)]
    if len(marked) < _LEAST or not any(re.search(r"action", passage.text, re.IGNORECASE) for passage in passages[:12]):
        return
    lead = ""
    for at, passage in enumerate(passages):
        named = re.search(r"\blead (?P<who>[A-Z][\w/ ]{0,20})$", passage.text, re.IGNORECASE)
        if named is not None and at not in marked:
            lead = named["who"].strip()
        elif at not in marked and len(passage.text) < 60 and at + 1 not in marked and not _status_of(passage):
            lead = "" if passage.gap else lead
        status = _status_of(passage) if at in marked else ""
        if not status:
            continue
        if passage.cells and len(passage.cells) > 1:
            words = " ".join(cell for cell in passage.cells[:-1])
            yield Entry(_with_rest(words, passages, at), at, passage.line, (at,), owner=lead, status=status)
        elif at and not _status_of(passages[at - 1]) and not passages[at - 1].cells:
            yield Entry(passages[at - 1].text, at - 1, passages[at - 1].line, (at - 1, at), owner=lead, status=status)


def _with_rest(words: str, passages: Sequence[Passage], at: int) -> str:
    after = passages[at + 1] if at + 1 < len(passages) else None
    if after is None or after.gap or after.mark or _status_of(after):
        return words
    rest = after.cells[0] if after.cells and _STATUS.fullmatch(after.cells[-1]) else "" if after.cells else after.text
    return f"{words} {rest}" if rest[:1].islower() and not _STATUS.fullmatch(rest) else words


def _status_of(passage: Passage) -> str:
    last = passage.cells[-1] if passage.cells else passage.text
    text = last.strip()
    if not _STATUS.fullmatch(text) or text.lower() == "forward":
        return ""
    return text if state_of(text) else "carried forward" if text.lower() == "carried" else ""
