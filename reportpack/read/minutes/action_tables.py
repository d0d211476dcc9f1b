"""Actions in tables: rows under BY WHOM and BY WHEN, tables that extraction has flattened, and logs that end each line in a status."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.minutes import NotedState
from reportpack.read.documents.lines import Line, Merged
from reportpack.read.minutes.dates import find_days
from reportpack.read.minutes.states import state_of
from reportpack.read.minutes.tables import Grid, column_kinds, grid_of
from reportpack.read.minutes.wraps import Passage
from reportpack.records import dataclass

STATUS = re.compile(
    r"(?:new|on-?going|completed?|closed|done|carried(?: forward)?|c/?fwd|open|on track(?: for .{3,20})?|in progress|plan in place|initial stages|outstanding|overdue|pending|forward|cancelled|superseded|not started)\.?",
    re.IGNORECASE,
)
_REFERENCE_ALONE = re.compile(r"(?:[A-Z]{1,3})?\d{1,4}/(?:\d{4}|\d{2})|\d{1,2}/\d{1,2}/\d{2,4}")
_NUMBER_OF_ROW = re.compile(r"(?:[A-Z]{1,4}[- ]?)?\d{1,4}(?:[./-]\d{1,4}){0,2}(?:\.?[a-z]|\([a-z]\))?|\(\d{1,3}\)")
_PUT_OFF = re.compile(
    r"\b(?:(?:deferred|moved|postponed|extended|put (?:back|off)|carried(?: forward| over)?|brought back|c/?f(?:wd)?|re-?dated|re-?scheduled|now due|due date (?:moved|changed)) (?:(?:to|until|till|at) )?"
    r"|(?:new|revised) (?:due )?date:? (?:of |is )?)(?:the )?(?P<due>(?=[^.,;:()\u2013]*(?:\d|meeting|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))[^.,;:()\u2013]{3,60})",
    re.IGNORECASE,
)
"""`Deferred to July`: the last column of a log gives another day than that of the target."""
_BEGUN = ("new", "n", "tbc", "tba")
_A_SENTENCE = 12
_A_NAME = 32
_MOST_BESIDE = 12
_ASKS = re.compile(r"\b(?:to|will) [a-z]{3,}")


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
    update: str = ""
    put_off: str = ""


def table_entries(passages: Sequence[Passage]) -> Iterator[Entry]:
    """Rows of tables whose heading names an action and an owner, a date or a status."""
    for start, rows in _tables(passages):
        grid = grid_of([Line(row.text, row.line, cells=row.cells, table=row.table, merged=row.merged) for row in rows])
        if grid is None or not grid.holds_actions:
            continue
        first = start + len(rows) - len(grid.rows)
        for at in range(start, first):
            yield Entry("", at, "", (at,))
        yield from _whole([_row(grid, part, first + step) for step, row in enumerate(grid.rows) for part in _parts(grid, row)])


def _whole(entries: Sequence[Entry]) -> Iterator[Entry]:
    """Rows with what a page's end cut off: a row that holds nothing but words that go on belongs to the one before it."""
    waiting: Entry | None = None
    for entry in entries:
        alone = not (entry.ref or entry.owner or entry.due or entry.status)
        if waiting is not None and alone and entry.words[:1].islower():
            waiting = replace(waiting, words=f"{waiting.words} {entry.words}", covers=(*waiting.covers, *entry.covers))
        elif waiting is not None and column_kinds((entry.words,))[0] == "action" and len(entry.words) < 20:
            waiting = replace(waiting, covers=(*waiting.covers, *entry.covers))
        else:
            if waiting is not None:
                yield waiting
            waiting = entry
    if waiting is not None:
        yield waiting


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


def _parts(grid: Grid, row: Line) -> Iterator[Line]:
    """A row; as many as its action has paragraphs, where its owner or its day has as many."""
    split = [[text for text in cell.split("\n") if text.strip()] for cell in row.cells]
    counts = {kind: len(texts) for kind, texts in zip(grid.kinds, split, strict=False) if kind in ("action", "owner", "due")}
    most = counts.get("action", 0)
    if most < 2 or most not in (counts.get("owner"), counts.get("due")):
        yield row
        return
    for at in range(most):
        yield replace(row, cells=tuple(texts[at] if len(texts) == most else " ".join(texts) for texts in split))


def owner_and_due(text: str) -> tuple[str, str]:
    """`DH by 14 June`, `DH / 14 June` in one cell: who, and by when."""
    for between in (" by ", " / ", " - ", " \u2013 ", ", ", " ("):
        who, found, due = text.partition(between)
        due = due.removesuffix(")").strip()
        if found and who and (find_days(due, 2000) or re.search(r"\b(?:next|meeting|month|week|asap)\b", due, re.IGNORECASE)):
            return who.strip(), due
    return text, ""


def _row(grid: Grid, row: Line, at: int) -> Entry:
    """Cells of one kind are read together; a state may stand beside the date, and a day is no number."""
    cells = _by_kind(grid, row)
    ref, due, status = cells.get("ref", ""), cells.get("due", ""), cells.get("status", "")
    if not ref and _NUMBER_OF_ROW.fullmatch(cells.get("item", "")):
        ref = cells["item"]
    if find_days(ref, 2000):
        ref = ""
    bare = status.strip(" .-\u2013\u2014")
    if "status" in grid.kinds and ((ref and not bare) or (bare and state_of(bare) is None and bare.casefold() not in _BEGUN)):
        status = f"open {bare}".strip()
    owner, by = owner_and_due(cells.get("owner", ""))
    due = due or by
    put_off = _PUT_OFF.search(bare) or _PUT_OFF.search(due)
    if put_off is not None:
        due = f"{put_off['due']} meeting" if " " not in put_off["due"].strip() else put_off["due"]
        status = f"open {bare}" if state_of(bare) in (None, NotedState.NEW) else status
    elif due and not state_of(status) and state_of(due):
        status = f"{status} {due}"
    put = put_off[0] if put_off is not None else ""
    return Entry(cells.get("action", ""), at, row.name, (at,), ref, owner, due, status, bare, put)


def _by_kind(grid: Grid, row: Line) -> dict[str, str]:
    """The words under each kind of heading; a cell over several columns holds what the weightiest of them asks for."""
    cells: dict[str, str] = {}
    for at, cell in enumerate(row.cells[: len(grid.kinds)]):
        end = next(
            (to for to in range(at + 1, len(row.merged)) if row.merged[to] is not Merged.LEFT), max(at + 1, len(row.merged))
        )
        kinds = [kind for kind in grid.kinds[at:end] if kind]
        kind = "action" if "action" in kinds else next(iter(kinds), "")
        text = cell.replace("\n", " ").strip()
        cells[kind] = f"{cells[kind]} {text}".strip() if cells.get(kind) else text
    return cells


def flattened_entries(passages: Sequence[Passage]) -> Iterator[Entry]:
    """`Action / Progress` or `Date / Action / Deadline / Progress` as lines, then the cells of each row in turn, while they fit."""
    at = 0
    while at < len(passages) - 3:
        kinds = _stacked_kinds(passages, at)
        if not kinds:
            at += 1
            continue
        numbered = list(_numbered_rows(passages, at + len(kinds), kinds)) if "ref" in kinds else []
        if numbered:
            yield Entry("", at, "", tuple(range(at, at + len(kinds))))
            yield from numbered
            at = max(number for entry in numbered for number in entry.covers) + 1
            continue
        rows = list(_stacked_rows(passages, at + len(kinds), kinds))
        if rows:
            yield Entry("", at, "", tuple(range(at, at + len(kinds))))
            yield from rows
        at += len(kinds) * (1 + len(rows))


def _stacked_kinds(passages: Sequence[Passage], at: int) -> tuple[str, ...]:
    """The kinds of a heading row whose cells stand below each other; empty when it is none."""
    kinds: list[str] = []
    for passage in passages[at : at + 6]:
        kind = column_kinds([passage.text])[0] if not passage.cells and len(passage.text) < 40 and not passage.mark else ""
        if not kind or kind in kinds:
            break
        kinds.append(kind)
    named = "action" in kinds and any(kind in kinds for kind in ("owner", "due", "status"))
    return tuple(kinds) if named else ()


def _numbered_rows(passages: Sequence[Passage], at: int, kinds: tuple[str, ...]) -> Iterator[Entry]:
    """Rows that begin with a reference; the cells after the words are told by what they hold, since empty ones have left no line."""
    cells: dict[str, str] = {}
    covers: list[int] = []
    beside = 0
    owner_first = "owner" in kinds and kinds.index("owner") < kinds.index("action")
    for number, passage in enumerate(passages[at:], at):
        text = passage.text.strip()
        begins = _REFERENCE_ALONE.fullmatch(text) is not None
        added = (
            "owner" in cells
            and not find_days(cells.get("ref", ""), 2000)
            and len(text) > _A_SENTENCE
            and _ASKS.search(text) is not None
        )
        if (begins or added) and cells.get("action"):
            yield _numbered_row(cells, covers, passages)
        if begins or added:
            cells, covers, beside = ({"ref": text} if begins else {"action": text}), [number], 0
            continue
        kind = _next_kind(text, cells, owner_first=owner_first)
        beside += not kind
        if (
            passage.level
            or passage.cells
            or beside > _MOST_BESIDE
            or (not kind and not cells.keys() & {"due", "status"} and cells)
        ):
            break
        if not kind or not cells:
            continue
        cells[kind] = f"{cells[kind]} {text}" if kind in cells else text
        covers.append(number)
    if cells.get("action"):
        yield _numbered_row(cells, covers, passages)


def _next_kind(text: str, cells: dict[str, str], *, owner_first: bool) -> str:
    """The kind of the next cell: who may stand before the words, and the words come before all else."""
    if "action" in cells:
        return _kind_told(text, cells)
    if owner_first and len(text) < _A_NAME and (cells.get("owner", "/")).endswith("/"):
        return "owner"
    return "action"


def _kind_told(text: str, cells: dict[str, str]) -> str:
    """What a cell is: a date, a state, who; each once, in any order. Empty for what fits none."""
    if (
        "due" not in cells
        and len(text) < 40
        and (
            find_days(text, 2000)
            or re.search(
                r"\bmeeting\b|^(?:asap|on-?going|tbc|(?:early|mid|late|end)?[ -]?(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: \d{4})?)$",
                text,
                re.IGNORECASE,
            )
        )
    ):
        return "due"
    if "status" not in cells and len(text) < 120 and state_of(text) is not None:
        return "status"
    return "owner" if "owner" not in cells and len(text) < 40 and not text.endswith(".") else ""


def _row_of(cells: dict[str, str], covers: Sequence[int], line: str, otherwise: str = "") -> Entry:
    """An entry of cells told by their kinds; `otherwise` is the state where no cell tells one."""
    ref, status = cells.get("ref", ""), cells.get("status", otherwise)
    ref = "" if find_days(ref, 2000) else ref
    return Entry(cells["action"], covers[0], line, tuple(covers), ref, cells.get("owner", ""), cells.get("due", ""), status)


def _numbered_row(cells: dict[str, str], covers: Sequence[int], passages: Sequence[Passage]) -> Entry:
    at = covers[1] if "ref" in cells and len(covers) > 1 else covers[0]
    return _row_of(cells, covers, passages[at].line, "open" if "ref" in cells else "")


def _stacked_rows(passages: Sequence[Passage], at: int, kinds: tuple[str, ...]) -> Iterator[Entry]:
    width = len(kinds)
    while at + width <= len(passages):
        cells = dict(zip(kinds, passages[at : at + width], strict=True))
        if not all(_fits(kind, passage) for kind, passage in cells.items()):
            return
        texts = {kind: passage.text for kind, passage in cells.items()}
        yield _row_of(texts, range(at, at + width), cells["action"].line)
        at += width


def _fits(kind: str, passage: Passage) -> bool:
    """Whether the words can stand under such a heading."""
    text = passage.text.strip()
    if passage.cells or passage.level:
        return False
    if kind == "status":
        return STATUS.fullmatch(text) is not None
    if kind == "date":
        return bool(find_days(text, 2000)) and len(text) < 30
    return len(text) < 60 if kind in ("owner", "due", "ref") else len(text) > 12
