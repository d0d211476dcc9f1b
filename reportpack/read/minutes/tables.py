"""Tables of a document: those that hold the notes themselves are laid out as lines, those that hold actions or people stay rows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from reportpack import patterns as re
from reportpack.read.documents.lines import Line, Merged
from reportpack.read.documents.text import squeezed, text_line
from reportpack.records import dataclass

_KINDS = (
    (
        "ref",
        re.compile(
            r"(?:action |item |minute |min\.? )?(?:ref(?:erence)?|no|nos|number|#|id)\.?(?: no\.?)?|action (?:no|ref|number|id)\.?|meeting date & action number",
            re.IGNORECASE,
        ),
    ),
    (
        "owner",
        re.compile(
            r"(?:action |task |team )?(?:owner(?:s|\(s\))?|lead|leads|lead officers?|by|by whom|who|resp?\.?|responsib\w+|responsible (?:person|officer|lead|owner)|assigned(?: to)?|assignees?|allocated(?: to)?|person(?:s)? responsible|action by|post|initials)"
            r"|(?:to be )?actioned by|(?:for )?action(?: to be taken)? by(?: whom)?|(?:for )?action officer|(?:action )?(?:owner|lead|who|by whom)s? ?(?:/|&|and) ?(?:due|date|deadline|when|by when|timescale)(?: date)?|officer(?: responsible)?|delegated to",
            re.IGNORECASE,
        ),
    ),
    (
        "due",
        re.compile(
            r"(?:by when|when|when by|due(?: date| by)?|deadline|date due|target(?: completion)?(?: date)?|time ?(?:scale|frame)s?|finish(?: & status)?|(?:expected |agreed )?completion(?: date)?|date for completion|complete by|required by|date required|by(?: date)?|review date|delivery date|eta)",
            re.IGNORECASE,
        ),
    ),
    (
        "status",
        re.compile(
            r"(?:(?:current |action )?status|progress(?: / ?update| update)?|updates?(?: / ?status)?|comments?|(?:current |latest )?position|latest update|status progress|rag(?: status)?|outcome|completed?\??|closed\??|open / ?closed|follow[- ]?up|result|finish & status)",
            re.IGNORECASE,
        ),
    ),
    (
        "action",
        re.compile(
            r"(?:(?:decisions? and |decision/|outcomes? and |agreed )?actions?(?: points?| items?| required| arising| agreed| to be taken| descriptions?| details)?(?: ?/ ?(?:decision|outcome)s?)?|(?:description|details) of actions?|tasks?(?: description)?|issue ?/ ?action|what|action required|follow[- ]?up actions?|next steps?)",
            re.IGNORECASE,
        ),
    ),
    (
        "minute",
        re.compile(
            r"(?:minutes?|discussion(?: points?)?|notes?|summary|key points|details?|description|outcome / decision|narrative)",
            re.IGNORECASE,
        ),
    ),
    ("item", re.compile(r"(?:agenda )?items?|agenda|subject|topic|issue", re.IGNORECASE)),
    ("date", re.compile(r"(?:meeting )?date(?: of meeting| raised)?|start", re.IGNORECASE)),
)
_LABEL = re.compile(
    r"(?:(?:meeting |start |end )?(?:date|time|venue|location|place|chair\w*|title|purpose)(?: (?:and|&) (?:date|time|venue|place))*|date of meeting|present|apologies.{0,20}"
    r"|(?:also |in )?attend(?:ing|ees|ance)|(?:also )?present|(?:minutes?|notes?)(?: taken)?(?: by)?|note ?taker|minute ?taker|distribution|circulation|next meeting.{0,12}|meeting|subject|invited|observers|absent)"
    r"\s*:?",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\b(?:to|will|would|must|should|shall) [a-z]|\b(?:asked|requested|agreed) (?:for|that)\b")
_ALONE = re.compile(r"\d{1,3}(?:[./]\d{1,3}){0,3}\.?")


_A_SENTENCE = 70
"""Letters: a column of shorter ones is an agenda beside those who lead it, not notes."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table with its heading row understood: the kind of each column, and the rows below it."""

    kinds: tuple[str, ...]
    rows: tuple[Line, ...]
    heading: tuple[str, ...]

    @property
    def holds_actions(self) -> bool:
        """Whether its rows are actions, and not the notes with a column for actions."""
        beside = [kind for kind in ("owner", "due", "status", "ref", "date") if kind in self.kinds]
        return "action" in self.kinds and (len(beside) > 1 or (bool(beside) and "minute" not in self.kinds))

    @property
    def holds_notes(self) -> bool:
        """Whether its rows are the notes, with a column for actions or owners at the right."""
        told = {"minute", "item"} & set(self.kinds)
        if self.asks == "owner":
            told = (
                {"minute"} & set(self.kinds) if any(len(cell) > _A_SENTENCE for row in self.rows for cell in row.cells) else set()
            )
        return self.asks in self.kinds[1:] and bool(told) and not self.holds_actions

    @property
    def asks(self) -> str:
        """The kind of its column that says what is asked, or only of whom."""
        return "action" if "action" in self.kinds else "owner"


def column_kinds(cells: Sequence[str]) -> tuple[str, ...]:
    """What each heading stands for; empty where unknown."""
    return tuple(_kind_of(squeezed(cell.replace("\n", " ")).strip(" :")) if len(cell) < 60 else "" for cell in cells)


def _kind_of(text: str) -> str:
    return next((kind for kind, pattern in _KINDS if pattern.fullmatch(text)), "")


def grid_of(rows: Sequence[Line]) -> Grid | None:
    """The table with its heading among the first three rows; None when no row is one."""
    for at, row in enumerate(rows[:3]):
        kinds = _with_action(_spread(column_kinds(row.cells), row.merged))
        if len([kind for kind in kinds if kind]) >= 2 and all(len(cell) < 60 for cell in row.cells):
            return Grid(kinds, tuple(rows[at + 1 :]), row.cells)
    return None


def _spread(kinds: tuple[str, ...], merged: Sequence[Merged]) -> tuple[str, ...]:
    """A heading over several columns is that of each."""
    spread: list[str] = []
    for kind, joined in zip_longest(kinds, merged, fillvalue=""):
        spread.append(spread[-1] if joined is Merged.LEFT and spread else str(kind))
    return tuple(spread)


def _with_action(kinds: tuple[str, ...]) -> tuple[str, ...]:
    """`ID, Description, Owner, Due, Status`: what somebody owns by a day is an action, whatever its column is called."""
    owned = "owner" in kinds and ("due" in kinds or "status" in kinds)
    if "action" in kinds or kinds.count("minute") != 1 or not owned:
        return kinds
    return tuple("action" if kind == "minute" else kind for kind in kinds)


def lay_out(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines in which tables of running words have become lines of their own; other tables stay."""
    laid: list[Line] = []
    for rows in _runs(lines):
        if not rows[0].cells or not rows[0].table:
            laid.extend(rows)
            continue
        grid = grid_of(rows)
        if grid is None and _are_labels(rows):
            laid.extend(line for row in rows for line in _labelled(row))
        elif grid is not None and grid.holds_notes:
            laid.extend(_notes(grid))
        elif max(len([cell for cell in row.cells if cell]) for row in rows) == 1 or (grid is None and _is_prose(rows)):
            laid.extend(line for row in rows for line in _cells(row))
        else:
            laid.extend(rows)
    return tuple(laid)


def _runs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Rows of one table together, other lines one by one."""
    run: list[Line] = []
    for line in lines:
        if run and (line.table != run[-1].table or not line.table):
            yield run
            run = []
        run.append(line)
    if run:
        yield run


def _is_prose(rows: Sequence[Line]) -> bool:
    return any(len(cell) > 160 for row in rows for cell in row.cells)


def _cells(row: Line) -> Iterator[Line]:
    """Each paragraph of each cell; a number alone goes before the words of the next cell."""
    number = ""
    for cell in row.cells:
        if _ALONE.fullmatch(cell.strip()):
            number = cell.strip()
            continue
        for text in cell.split("\n"):
            yield _line(f"{number} {text}" if number else text, row)
            number = ""
    yield replace(row, text="", cells=(), table=0)


def _are_labels(rows: Sequence[Line]) -> bool:
    """Whether a table gives a value to each of several labels: `Date: | 28 May 2019 | Time: | 10:00`, `Present: | three people`."""
    widest = max(len(row.cells) for row in rows)
    told = [row for row in rows if all(_LABEL.fullmatch(cell.strip()) for cell in row.cells[::2] if cell)]
    return widest in (2, 4) and len(told) >= (2 if widest == 2 else 1) and len(told) * 2 >= len(rows)


def _labelled(row: Line) -> Iterator[Line]:
    """Each label and its value in one line; one that has a list has its entries below it."""
    for label, value in zip_longest(row.cells[::2], row.cells[1::2], fillvalue=""):
        texts = [text for text in value.split("\n") if text.strip()]
        name = label.strip().rstrip(":")
        if len(texts) == 1 and name:
            yield _line(f"{name}: {texts[0]}", row)
        else:
            yield _line(f"{name}:" if name and texts else name, row)
            yield from (_line(text, row) for text in texts)


def _notes(grid: Grid) -> Iterator[Line]:
    """Number and title as a heading, the words as lines, and what the action cell says below the words that it stands beside."""
    actions = len(grid.kinds) - 1 - grid.kinds[::-1].index(grid.asks)
    for row in grid.rows:
        cells = (*row.cells, *("",) * (len(grid.kinds) - len(row.cells)))
        number = next(
            (
                cell.strip()
                for cell, kind in zip(cells, grid.kinds, strict=False)
                if kind in ("item", "ref") and _ALONE.fullmatch(cell.strip())
            ),
            "",
        )
        words = [text for cell in cells[:actions] if cell.strip() != number for text in cell.split("\n")]
        beside = [(at, text) for cell in cells[actions:] for at, text in enumerate(cell.split("\n")) if text.strip()]
        begun = 0
        for (_, asked), end in zip(beside, _ends(words, beside), strict=True):
            yield from _words(words[begun:end], row, number if not begun else "")
            yield replace(_line(asked, row), column=grid.heading[actions])
            begun = max(begun, end)
        yield from _words(words[begun:], row, number if not begun else "")
        yield replace(row, text="", cells=(), table=0, merged=())


def _words(texts: Sequence[str], row: Line, number: str) -> Iterator[Line]:
    for text in texts:
        if text.strip():
            yield _line(f"{number} {text}" if number else text, row)
            number = ""


def _ends(words: Sequence[str], beside: Sequence[tuple[int, str]]) -> list[int]:
    """After how many paragraphs each entry of the action cell belongs: the paragraphs that ask for something in their order, where there are
    as many, else those at its height."""
    asking = [at + 1 for at, text in enumerate(words) if _ASKS.search(text)]
    if len(beside) == 1:
        return [len(words)]
    if len(asking) == len(beside):
        return asking
    return [*(at for at, _ in beside[1:]), len(words)]


def _line(text: str, row: Line) -> Line:
    typed = text_line(text, row.name)
    return replace(typed, text=squeezed(typed.text))
