"""Tables of a document: those that hold the notes themselves are laid out as lines, those that hold actions or people stay rows."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby, zip_longest

from reportpack import patterns as re
from reportpack.read.documents.lines import Line, Merged, squeezed, text_line
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.labels import HEADER, ITEM_NUMBER, SECTION
from reportpack.records import Record

_HEADS = {
    "ref": listed("ref reference no nos number # id"),
    "due": listed("when due deadline target timescale timescales timeframe timeframes completion eta finish"),
    "owner": listed(
        "owner owners lead leads by who whom resp responsible responsibility responsibilities assigned assignee assignees res allocated person persons "
        "post initials officer officers actioned delegated"
    ),
    "status": listed(
        "status progress update updates comments comment commentary position rag outcome complete completed closed result follow-up"
    ),
    "action": listed("action actions task tasks what steps"),
    "minute": listed(
        "minute minutes discussion note notes summary points detail details description narrative decision decisions outcomes"
    ),
    "item": listed("item items agenda subject topic issue"),
    "date": listed("date start"),
}
"""The words that say what a column holds; of several kinds in one heading the first counts."""
_WORDS = frozenset().union(*_HEADS.values()) | listed(
    "agreed open arising for of the to be taken and current latest team key raised time scale frame expected next"
)
_WHOLE = {
    "owner and due": "owner", "lead and deadline": "owner", "owner and deadline": "owner", "complete by": "due", "by date": "due", "required by": "due", "date required": "due",
    "review date": "due", "time scale": "due", "time frame": "due", "outcome and decision": "minute", "action required": "action", "actions required": "action",
    "meeting date": "date", "date of meeting": "date", "meeting date and action number": "ref", "date and time": "", "next steps": "action",
}  # fmt: skip
_ASKS = re.compile(r"\b(?:to|will|would|must|should|shall) [a-z]|\b(?:asked|requested|agreed) (?:for|that)\b")
_A_SENTENCE, _A_FEW = 70, 5  # Letters: a column of shorter ones is an agenda beside those who lead it, not notes.


class Grid(Record):
    """A table with its heading row understood: the kind of each column, which row is the `first` below it, and whether its cells hold sentences."""

    kinds: tuple[str, ...]
    heading: tuple[str, ...]
    first: int
    wordy: bool
    named: bool = False  # nothing but who is to act stands under its action heading, beside sentences

    @property
    def holds_actions(self) -> bool:
        """Whether its rows are actions, and not the notes with a column for actions."""
        if self.named:
            return False
        beside = [kind for kind in ("owner", "due", "status", "ref", "date") if kind in self.kinds]
        return "action" in self.kinds and (len(beside) > 1 or (bool(beside) and "minute" not in self.kinds))

    @property
    def holds_notes(self) -> bool:
        """Whether its rows are the notes, with a column for actions or owners at the right."""
        told = {"minute", "item"} & set(self.kinds)
        if self.asks == "owner":
            asked = self.wordy or any("action" in head.lower() for head in self.heading)
            told = told & {"minute"} if asked else set()
        return self.asks in self.kinds[1:] and bool(told) and not self.holds_actions

    @property
    def asks(self) -> str:
        """The kind of its column that says what is asked, or only of whom."""
        return "action" if "action" in self.kinds else "owner"


def column_kinds(cells: Sequence[str]) -> tuple[str, ...]:
    """What each heading stands for; empty where unknown."""
    return tuple(_kind_of(cell) if 0 < len(cell) < 60 else "" for cell in cells)


def _kind_of(heading: str) -> str:
    text = heading.lower().replace("(s)", "s").replace("follow up", "follow-up").replace("/", " / ").replace("&", " / ")
    words = [bare for word in text.split() if (bare := word.strip("?.:")) not in ("", "none")]
    if (whole := " ".join("and" if word == "/" else word for word in words)) in _WHOLE:
        return _WHOLE[whole]
    said = set(words) - {"/"}
    if len(words) > 7 or not said <= _WORDS:
        return ""
    kind = next((kind for kind, heads in _HEADS.items() if heads & said), "")
    return "action" if kind == "status" and "actions" in said else kind


def tables_in(rows: Sequence[Line]) -> Iterator[tuple[int, list[Line]]]:
    """The rows of each table, and where the first stands."""
    for table, found in groupby(enumerate(rows), lambda one: one[1].table if one[1].cells else 0):
        if table:
            numbered = list(found)
            yield numbered[0][0], [row for _, row in numbered]


def grid_of(rows: Sequence[Line]) -> Grid | None:
    """The table with its heading among the first three rows; None when no row is one."""
    for at, row in enumerate(rows[:3]):
        kinds = _kinds_in(row)
        if len(list(filter(None, kinds))) >= 2 and all(len(cell) < 60 for cell in row.cells):
            wordy = any(len(cell) > _A_SENTENCE for below in rows[at + 1 :] for cell in below.cells)
            column = kinds.index("action") if "action" in kinds and "owner" not in kinds and wordy else len(kinds)
            short = [cell for below in rows[at + 1 :] for cell in below.cells[column : column + 1] if cell]
            return Grid(kinds, row.cells, at + 1, wordy, bool(short) and all(len(cell.split()) < _A_FEW for cell in short))
    return None


def _kinds_in(row: Line) -> tuple[str, ...]:
    """A heading over several columns is that of each; what somebody owns by a day is an action, whatever its column is called: `Description, Owner, Due`."""
    kinds: list[str] = []
    for kind, joined in zip_longest(column_kinds(row.cells), row.merged, fillvalue=""):
        kinds.append(kinds[-1] if joined is Merged.LEFT and kinds else str(kind))
    asked = [at for at, cell in enumerate(row.cells) if "action" in cell.lower()]
    first = row.cells[asked[0]].lower().replace("/", " ").split() if len(asked) > 1 else []
    if first and kinds[asked[0]] == "action" and not _HEADS["minute"].isdisjoint(first):
        kinds[asked[0]] = "minute"  # `Notes/Action items`, beside a column `Actions: responsible`
    words = [kind for kind in kinds if kind == "minute"] or [kind for kind in kinds if kind == "item"]
    if "owner" in kinds and ("due" in kinds or "status" in kinds) and "action" not in kinds and len(words) == 1:
        kinds[kinds.index(words[0])] = "action"
    return tuple(kinds)


def cells_by_kind(grid: Grid, cells: Sequence[str], merged: Sequence[Merged]) -> dict[str, str]:
    """The words under each kind of heading; a cell over several columns holds what the weightiest of them asks for."""
    found: dict[str, str] = {}
    for at, cell in enumerate(cells[: len(grid.kinds)]):
        end = next((to for to in range(at + 1, len(merged)) if merged[to] is not Merged.LEFT), max(at + 1, len(merged)))
        kinds = grid.kinds[at:end]
        kind = "action" if "action" in kinds else next(filter(None, kinds), "")
        text = cell.replace("\n", " ").strip()
        found[kind] = f"{found[kind]} {text}".strip() if found.get(kind) else text
    return found


def lay_out(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Lines in which tables of running words have become lines of their own; other tables stay."""
    laid: list[Line] = []
    for table, found in groupby(lines, lambda line: line.table if line.cells else 0):
        rows = list(found)
        grid = grid_of(rows) if table else None
        single = bool(table) and max(len(list(filter(None, row.cells))) for row in rows) == 1
        if table and grid is None and _are_labels(rows):
            laid.extend(line for row in rows for line in _labelled(row))
        elif grid is not None and grid.holds_notes:
            laid.extend(_notes(grid, rows[grid.first :]))
        elif single or (table and grid is None and any(len(cell) > 160 for row in rows for cell in row.cells)):
            laid.extend(line for row in rows for line in _cells(row))
        else:
            laid.extend(rows)
    return tuple(laid)


def _cells(row: Line) -> Iterator[Line]:
    number = ""
    for cell in row.cells:
        alone = ITEM_NUMBER.fullmatch(cell.strip()) is not None
        yield from _words(cell.split("\n") if not alone else (), row, number)
        number = cell.strip() if alone else ""
    yield _gap(row)


def _are_labels(rows: Sequence[Line]) -> bool:
    """Whether a table gives a value to each of several labels: `Date: | 28 May 2019 | Time: | 10:00`, `Present: | three people`."""
    widest = max(len(row.cells) for row in rows)
    told = [row for row in rows if all(_is_label(cell) for cell in row.cells[::2] if cell)]
    return widest in (2, 4) and len(told) >= (2 if widest == 2 else 1) and len(told) * 2 >= len(rows)


def _is_label(cell: str) -> bool:
    text = cell.strip().rstrip(": ")
    also = text.lower().startswith(("purpose", "distribution", "circulation", "next meeting")) and len(text) < 26
    return also or HEADER.fullmatch(text) is not None or SECTION.fullmatch(text) is not None


def _labelled(row: Line) -> Iterator[Line]:
    for label, value in zip_longest(row.cells[::2], row.cells[1::2], fillvalue=""):
        texts = [text for text in value.split("\n") if text.strip()]
        name = label.strip().rstrip(":")
        if len(texts) == 1 and name:
            yield _line(f"{name}: {texts[0]}", row)
        else:
            yield _line(f"{name}:" if name and texts else name, row)
            yield from _words(texts, row, "")


def _notes(grid: Grid, rows: Sequence[Line]) -> Iterator[Line]:
    actions = len(grid.kinds) - 1 - grid.kinds[::-1].index(grid.asks)
    for row in rows:
        cells = [cell.strip() for cell in (*row.cells, *("",) * (len(grid.kinds) - len(row.cells)))]
        numbers = (cell for cell, kind in zip(cells, grid.kinds, strict=False) if kind in ("item", "ref"))
        number = next((cell for cell in numbers if ITEM_NUMBER.fullmatch(cell)), "")
        words = [text for cell in cells[:actions] if cell != number for text in cell.split("\n")]
        beside = [(at, text) for cell in cells[actions:] for at, text in enumerate(cell.split("\n")) if text.strip()]
        begun = 0
        for (_, asked), end in zip(beside, _ends(words, beside), strict=True):
            yield from _words(words[begun:end], row, number if not begun else "")
            yield replace(_line(asked, row), column=grid.heading[actions])
            begun = max(begun, end)
        yield from _words(words[begun:], row, number if not begun else "")
        yield _gap(row)


def _words(texts: Sequence[str], row: Line, number: str) -> Iterator[Line]:
    for text in texts:
        if text.strip():
            yield _line(f"{number} {text}" if number else text, row)
            number = ""


def _ends(words: Sequence[str], beside: Sequence[tuple[int, str]]) -> list[int]:
    """After how many paragraphs each entry of the action cell belongs: the paragraphs that ask for something in their order, where there are
    as many, else those at its height."""
    asking = [at + 1 for at, text in enumerate(words) if _ASKS.search(text)]
    ends = asking if len(asking) == len(beside) > 1 else [*(at for at, _ in beside[1:]), len(words)]
    return ends[: len(beside)]


def _line(text: str, row: Line) -> Line:
    typed = text_line(text, row.name)
    return replace(typed, text=squeezed(typed.text))


def _gap(row: Line) -> Line:
    return replace(row, text="", cells=(), table=0, merged=())
