"""Actions in rows: tables under BY WHOM and BY WHEN, tables whose cells extraction put one below the other, and logs whose lines end in a state.

Whatever the layout, a row is its cells by kind: told by the heading above them, or by what they hold.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reportpack import patterns as re
from reportpack.model.minutes import NotedState
from reportpack.model.state_words import CARRIES, COMES_BACK, DATES
from reportpack.read.documents.lines import Line
from reportpack.read.minutes.dates import MONTHS, find_days
from reportpack.read.minutes.drafts import Draft, begun_state, is_state, state_of, trailing_state
from reportpack.read.minutes.grammar.classes import is_imperative
from reportpack.read.minutes.labels import CODED, REFERENCE, action_label
from reportpack.read.minutes.owners import owner_alone, owners_of
from reportpack.read.minutes.people import People
from reportpack.read.minutes.tables import Grid, cells_by_kind, column_kinds, grid_of, tables_in
from reportpack.read.minutes.wraps import Passage

_NUMBER = re.compile(rf"{REFERENCE}|\d{{1,2}}/\d{{1,2}}/\d{{2,4}}")
_MONTH = rf"(?:(?-i:Ma(?:y|r|rch))|{'|'.join(sorted(MONTHS.keys() - {'may', 'mar', 'march'}, key=len, reverse=True))})\b"
_WHEN_DUE = (
    r"(?P<due>(?=(?:(?:the|end|start|beginning|middle|close|of|week|w/c|commencing|early|mid|late|(?:mon|tue|wed|thu|fri)\w*)[ -])*"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th)?(?: of)?[ -]*{_MONTH}|\d{{1,2}}[/.]\d|\d{{4}}-\d|{_MONTH}|(?:next|following) [a-z]|(?:[\w/]+ ){{1,4}}(?:meeting|mtg|board|panel|agenda)\b))"
    r"[^,;:()\u2013]{3,60}?(?=[,;:()\u2013]|\.\D|\.?$| (?:as|because|since|when|once|pending|due to|subject)\b))"
)
_PUT_OFF = re.compile(
    rf"(?i)\b(?:(?:{CARRIES})(?: (?:to|until|till|at))?(?: the)? |(?:{COMES_BACK}) (?:in|for|on|at|to)(?: the)? "
    rf"|{DATES}\W{{1,2}}(?:(?:is|of|to|for|until|by|from [^,.;]{{3,30}} to) )?(?:the )?){_WHEN_DUE}|^\W*(?:for|on|by|due(?: by| on| in)?|until|(?:delayed\W+)?now(?: for| by)?|add(?:ed)? to|to)(?: go (?:on|to))?(?: the)? {_WHEN_DUE.replace('due', 'listed')}"
)
_MONTH_ALONE = re.compile(rf"(?i)\S*|(?:{'|'.join(MONTHS)}) (?:19|20)\d\d")
_TO_ACT = re.compile(r"\b(?:to|will) (?!be\b)[a-z]{3,}|\bto be [a-z]+ed\b")
_TITLE = re.compile(
    r"(?i)\bactions? (?:log|report|tracker|register|list|summary|update)|\b(?:log|tracker|register|summary|status update|update) (?:of|on) .{0,60}\bactions\b"
)
_LEAD = re.compile(r"(?:(?i:\blead)\s*:?\s+|\s[-\u2013\u2014]\s+)(?P<who>[A-Z]{1,3}[a-z]{0,2}(?:\s?/\s?[A-Z]{1,3}[a-z]{0,2})*)$")
_BEGUN = ("", "new", "n", "tbc", "tba", "tbd", "xxx", "xxxx", "to do", "not started")
_WHEN = frozenset(MONTHS) | {"asap", "ongoing", "on-going", "tbc"}
_SOON = frozenset({"next", "meeting", "month", "week", "asap"})
_A_SENTENCE, _A_NAME, _MOST_BESIDE, _LEAST = 12, 32, 12, 4


def row_drafts(passages: Sequence[Passage], people: People) -> tuple[dict[int, list[Draft]], frozenset[int]]:
    """The actions of all rows by the passage that each begins at, and the passages that rows and their headings take up."""
    covered, by_passage = set[int](), dict[int, list[Draft]]()
    drafts = [*_tabled(passages, covered), *_stacked(passages, covered)]
    for draft in drafts if covered else _logged(passages, people):
        covered.update(draft.covers)
        by_passage.setdefault(draft.at, []).append(draft)
    return by_passage, frozenset(covered)


def is_log(passages: Sequence[Passage]) -> bool:
    """Whether the document calls itself a log of actions."""
    texts = [one.text for one in passages[:3] if not one.text[:1].isdigit() and not one.text.lower().startswith("item ")]
    return any(_TITLE.search(text) and len(text) < 120 and not text.endswith(".") for text in texts)


def owner_and_due(text: str) -> tuple[str, str]:
    """`DH by 14 June`, `DH / 14 June` in one cell: who, and by when."""
    for between in (" by ", " / ", " - ", " \u2013 ", ", ", " ("):
        who, found, due = text.partition(between)
        due = due.removesuffix(")").strip()
        when = len(due) < _A_NAME and (find_days(due, 2000) or not _SOON.isdisjoint(due.lower().split()))
        if found and who and when:
            return who.strip(), due
    return text, ""


def put_off_in(text: str) -> tuple[str, str]:
    """`Deferred to July`, as the last column of a log may say: the words, and the day or the meeting that they name (a month alone is its meeting)."""
    match = _PUT_OFF.search(text)
    due = re.sub(r"(?i)\b(?:agenda|mtg)\b", "meeting", match["due"] or match["listed"]).rstrip(" .") if match is not None else ""
    return (match[0], f"{due} meeting" if _MONTH_ALONE.fullmatch(due.strip()) else due) if match is not None else ("", "")


def _draft(cells: dict[str, str], covers: Sequence[int], line: str, *, stated: bool) -> Draft:
    """A row by the kinds of its cells; a state may stand beside the date, a day is no number, and where rows are `stated` an empty state is open."""
    words, ref, due, status = (cells.get(kind, "") for kind in ("action", "ref", "due", "status"))
    if not ref and _NUMBER.fullmatch(cells.get("item", "")):
        ref = cells["item"]
    if not ref and (coded := CODED.fullmatch(words)) is not None:
        ref, words = coded["number"], coded["text"]
    bare = status.strip(" .-\u2013\u2014")
    owner, by = owner_and_due(cells.get("owner", ""))
    due = due or by
    state = state_of(bare) if bare else None
    due = due or (bare if state is None and find_days(bare, 2000) else "")
    if stated and state is None and ((ref and not bare) or bare.casefold() not in _BEGUN):
        state = NotedState.OPEN
    ref = "" if find_days(ref, 2000) else ref
    put_off, until = next(filter(any, map(put_off_in, (bare, due))), ("", ""))
    if put_off:
        due = until
        state = NotedState.OPEN if state in (None, NotedState.NEW) else state
    words, trailed = trailing_state(words)
    state = state or (state_of(due) if due and not put_off else None) or trailed or NotedState.NEW
    told = (bare, put_off) if state is not NotedState.NEW else ("", "")
    return Draft(words, covers[0], (line,), 0.93, ref, owner, due, state, covers=tuple(covers), update=told[0], put_off=told[1])


def _tabled(passages: Sequence[Passage], covered: set[int]) -> Iterator[Draft]:
    for start, rows in tables_in(passages):
        if (grid := grid_of(rows)) is None or not grid.holds_actions:
            continue
        first = start + grid.first
        covered.update(range(start, first))
        waiting: Draft | None = None
        for at, row in enumerate(rows[grid.first :], first):
            for cells in _parts(grid, row):
                one = _draft(cells, (at,), row.name, stated="status" in grid.kinds)
                # What a page's end cut off: nothing but words that go on, or the heading again.
                small = one.words[:1].islower() and not (one.ref or one.owner or one.due or one.update)
                again = column_kinds((one.words,))[0] == "action" and len(one.words) < 20
                if waiting is not None and (again or small):
                    words = f"{waiting.words} {one.words}" if one.words[:1].islower() else waiting.words
                    waiting = replace(waiting, words=words, covers=(*waiting.covers, at))
                    continue
                yield from [waiting] if waiting is not None else ()
                waiting = one
        yield from [waiting] if waiting is not None else ()


def _parts(grid: Grid, row: Line) -> Iterator[dict[str, str]]:
    """A row's cells by kind; as many rows as its action has paragraphs, where its owner or its day has as many."""
    split = [[text for text in cell.split("\n") if text.strip()] for cell in row.cells]
    counts = {kind: len(texts) for kind, texts in zip(grid.kinds, split, strict=False) if kind in ("action", "owner", "due")}
    if (most := counts.get("action", 0)) < 2 or most not in (counts.get("owner"), counts.get("due")):
        yield cells_by_kind(grid, row.cells, row.merged)
        return
    for at in range(most):
        texts = tuple(one[at] if len(one) == most else " ".join(one) for one in split)
        yield cells_by_kind(grid, texts, row.merged)


def _stacked(passages: Sequence[Passage], covered: set[int]) -> Iterator[Draft]:
    """`Action / Progress` or `Date / Action / Deadline / Progress` as lines, then the cells of each row in turn, while they fit."""
    at = 0
    while at < len(passages) - 3:
        kinds = _stacked_kinds(passages, at)
        below = at + len(kinds)
        rows = list(_numbered_rows(passages, below, kinds)) if "ref" in kinds else []
        rows = rows or (list(_even_rows(passages, below, kinds)) if kinds else [])
        if rows:
            covered.update(range(at, below))
            yield from rows
        at = rows[-1].covers[-1] + 1 if rows else max(below, at + 1)


def _stacked_kinds(passages: Sequence[Passage], at: int) -> tuple[str, ...]:
    kinds: list[str] = []
    for passage in passages[at : at + 6]:
        kind = column_kinds([passage.text])[0] if not passage.cells and len(passage.text) < 40 and not passage.mark else ""
        if not kind or kind in kinds:
            break
        kinds.append(kind)
    return tuple(kinds) if "action" in kinds and {"owner", "due", "status"} & set(kinds) else ()


def _numbered_rows(passages: Sequence[Passage], at: int, kinds: tuple[str, ...]) -> Iterator[Draft]:
    """Rows that begin with a reference; the cells after the words are told by what they hold, since empty ones have left no line."""
    cells: dict[str, str] = {}
    covers: list[int] = []
    beside = 0
    owner_first = "owner" in kinds and kinds.index("owner") < kinds.index("action")
    for number, passage in enumerate((*passages[at:], None), at):
        text = passage.text.strip() if passage is not None else ""
        begins = "/" in text and _NUMBER.fullmatch(text) is not None
        added = "owner" in cells and len(text) > _A_SENTENCE and _TO_ACT.search(text) is not None
        added = added and not find_days(cells.get("ref", ""), 2000)
        kind = _kind_told(text, cells, owner_first=owner_first)
        ends = passage is None or passage.level or passage.cells or beside + (not kind) > _MOST_BESIDE
        ends = ends or (not kind and bool(cells) and not cells.keys() & {"due", "status"})
        if (begins or added or ends) and cells.get("action"):
            line = passages[covers[1] if "ref" in cells and len(covers) > 1 else covers[0]].line
            yield _draft(cells, covers, line, stated="ref" in cells)
        if begins or added:
            cells, covers, beside = ({"ref": text} if begins else {"action": text}), [number], 0
        elif ends:
            return
        elif kind and cells:
            cells[kind] = f"{cells[kind]} {text}" if kind in cells else text
            covers.append(number)
        else:
            beside += 1


def _kind_told(text: str, cells: dict[str, str], *, owner_first: bool) -> str:
    if "action" not in cells:
        before = owner_first and len(text) < _A_NAME and cells.get("owner", "/").endswith("/")
        return "owner" if before else "action"
    low = text.lower()
    when = find_days(text, 2000) or "meeting" in low or low.removeprefix("end ").split(" ", maxsplit=1)[0] in _WHEN
    if "due" not in cells and len(text) < 40 and when:
        return "due"
    if "status" not in cells and len(text) < 120 and state_of(text) is not None:
        return "status"
    return "owner" if "owner" not in cells and len(text) < 40 and not text.endswith(".") else ""


def _even_rows(passages: Sequence[Passage], at: int, kinds: tuple[str, ...]) -> Iterator[Draft]:
    width = len(kinds)
    while at + width <= len(passages):
        cells = dict(zip(kinds, passages[at : at + width], strict=True))
        if not all(_fits(kind, passage) for kind, passage in cells.items()):
            return
        texts = {kind: passage.text for kind, passage in cells.items()}
        yield _draft(texts, range(at, at + width), cells["action"].line, stated=False)
        at += width


def _fits(kind: str, passage: Passage) -> bool:
    text = passage.text.strip()
    if passage.cells or passage.level:
        return False
    if kind == "status":
        return is_state(text)
    if kind == "date":
        return bool(find_days(text, 2000)) and len(text) < 30
    return len(text) < 60 if kind in ("owner", "due", "ref") else len(text) > _A_SENTENCE


def _logged(passages: Sequence[Passage], people: People) -> Iterator[Draft]:
    """Every entry of a log: rows with a state, lines with a state below them, or, where neither is to be had, whatever asks somebody to act."""
    log = is_log(passages)
    marked = frozenset(at for at, passage in enumerate(passages) if _status_of(passage))
    if len(marked) >= _LEAST and any("action" in passage.text.lower() for passage in passages[:12]):
        yield from _with_status(passages, marked, people, log=log)
    elif log and not any((label := action_label(passage.text)) and label.text for passage in passages):
        yield from _asking(passages, people)


def _with_status(passages: Sequence[Passage], marked: frozenset[int], people: People, *, log: bool) -> Iterator[Draft]:
    lead = ""
    for at, passage in enumerate(passages):
        if at not in marked and not passage.cells:
            # Who leads what stands below a heading; one that names nobody ends the lead of the one before it.
            named = _LEAD.search(passage.text)
            heading = 0 < len(passage.text) < 80 and (at + 1 not in marked or bool(passages[at + 1].cells))
            lead = named["who"] if named is not None else "" if heading else lead
        cells, covers = dict[str, str](), [at]
        if len(passage.cells) > 1 and (log or at in marked):
            cells = _by_content(passage, people)
            if at in marked and cells:
                # The rest of a row's words, where a page's layout broke them into a second line.
                near = [one for one in passages[at + 1 : at + 2] if not (one.gap or one.mark or _status_of(one))]
                words = (one.text if not one.cells else one.cells[0] if is_state(one.cells[-1]) else "" for one in near)
                cells["action"] += "".join(f" {rest}" for rest in words if rest[:1].islower() and not is_state(rest))
        elif at in marked and at and not _status_of(passages[at - 1]) and not passages[at - 1].cells:
            cells, covers = {"action": passages[at - 1].text, "status": passage.text}, [at - 1, at]
        if cells:
            cells.setdefault("owner", "" if owners_of(cells["action"], people) else lead)
            yield _draft(cells, covers, passages[covers[0]].line, stated=False)


def _by_content(passage: Passage, people: People) -> dict[str, str]:
    """The cells of a row told by what they hold: a state, owners, a day, and the words; empty where the words are none."""
    cells: dict[str, str] = {}
    words: list[str] = []
    for cell in (cell.replace("\n", " ").strip(" \t\u2022\u25e6-") for cell in passage.cells):
        if is_state(cell) and "status" not in cells:
            cells["status"] = _carried(cell)
        elif "owner" not in cells and words and len(cell) < 60 and owner_alone(cell, people):
            cells["owner"] = cell
        elif "due" not in cells and len(cell) < 30 and find_days(cell, 2000):
            cells["due"] = cell
        elif cell:
            words.append(cell)
    cells["action"] = " ".join(words)
    return cells if len(cells["action"]) >= 8 and not column_kinds((cells["action"],))[0] else {}


def _asking(passages: Sequence[Passage], people: People) -> Iterator[Draft]:
    for at, (passage, after) in enumerate(pairwise((*passages, passages[-1]))):
        text, first = passage.text, passage.text.split(". ", maxsplit=1)[0]
        titled = len(text) < _A_SENTENCE or text.endswith(":") or column_kinds((text,))[0]
        if titled or len(text) > 600 or passage.cells or begun_state(text):
            continue
        if not (owners_of(first, people) and _TO_ACT.search(first)) and (not is_imperative(first) or first.istitle()):
            continue
        alone = is_state(after.text) and state_of(after.text) is not NotedState.NEW
        told = begun_state(after.text) or (after.text if alone else "")
        yield _draft({"action": text, "status": told}, (at,), passage.line, stated=False)


def _status_of(passage: Passage) -> str:
    text = " ".join((passage.cells[-1] if passage.cells else passage.text).split())
    return _carried(text) if is_state(text) and text.lower() != "forward" else ""


def _carried(status: str) -> str:
    return status if state_of(status) else "carried forward" if status.lower() == "carried" else ""
