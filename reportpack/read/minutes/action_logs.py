"""Logs of actions: documents that list what was asked at earlier meetings, each entry with what has become of it, often under no headings."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from reportpack import patterns as re
from reportpack.model.minutes import NotedState
from reportpack.read.minutes.action_tables import STATUS, Entry
from reportpack.read.minutes.dates import find_days
from reportpack.read.minutes.labels import action_label
from reportpack.read.minutes.owners import owner_alone, owners_of
from reportpack.read.minutes.people import People
from reportpack.read.minutes.states import state_of
from reportpack.read.minutes.tables import column_kinds
from reportpack.read.minutes.wording import IMPERATIVE
from reportpack.read.minutes.wraps import Passage

_TITLE = re.compile(
    r"\bactions? (?:log|report|tracker|register|list|summary|update)|\b(?:log|tracker|register|summary|status update|update) (?:of|on) .{0,60}\bactions\b",
    re.IGNORECASE,
)
_LEAD = re.compile(
    r"(?:\blead\s*:?\s+|\s[-\u2013\u2014]\s+)(?P<who>[A-Z]{1,3}[a-z]{0,2}(?:\s?/\s?[A-Z]{1,3}[a-z]{0,2})*)$", re.IGNORECASE
)
_INITIALS = re.compile(r"[A-Z]{1,3}[a-z]{0,2}(?:\s?/\s?[A-Z]{1,3}[a-z]{0,2})*")
_FOLLOWS = re.compile(
    r"\W{0,3}(?P<status>(?:(?:not|partially|now|still) )?(?:completed?|done|closed|discharged|on-?going|outstanding|carried forward|in progress|in hand|cancelled))\b",
    re.IGNORECASE,
)
_TO_ACT = re.compile(r"\b(?:to|will) (?!be\b)[a-z]{3,}|\bto be [a-z]+ed\b")
_ITEM = re.compile(r"(?:item|agenda item)?\s*\d{1,2}(?:\.\d+)*[.:)]?\s", re.IGNORECASE)
_LEAST = 4


def is_log(passages: Sequence[Passage]) -> bool:
    """Whether the document calls itself a log of actions."""
    return any(
        _TITLE.search(passage.text)
        and len(passage.text) < 120
        and not passage.text.endswith(".")
        and not _ITEM.match(passage.text)
        for passage in passages[:3]
    )


def log_entries(passages: Sequence[Passage], people: People) -> Iterator[Entry]:
    """Every entry of a log: rows with a status, lines with a status below them, or, where neither is to be had, whatever asks somebody to act."""
    log = is_log(passages)
    marked = [at for at, passage in enumerate(passages) if _status_of(passage)]
    named = any(re.search(r"action", passage.text, re.IGNORECASE) for passage in passages[:12])
    if len(marked) >= _LEAST and named:
        yield from _with_status(passages, frozenset(marked), people, log=log)
    elif log and not any((label := action_label(passage.text)) and label.text for passage in passages):
        yield from _asking(passages, people)


def _with_status(passages: Sequence[Passage], marked: frozenset[int], people: People, *, log: bool) -> Iterator[Entry]:
    lead = ""
    for at, passage in enumerate(passages):
        if at not in marked:
            lead = _lead_after(passages, at, marked, lead)
            if log and passage.cells and len(passage.cells) > 1 and (row := _row(passage, at, people, lead)) is not None:
                yield row
        elif passage.cells and len(passage.cells) > 1:
            row = _row(passage, at, people, lead)
            if row is not None:
                yield _longer(row, passages, at)
        elif at and not _status_of(passages[at - 1]) and not passages[at - 1].cells:
            before = passages[at - 1]
            yield Entry(
                before.text, at - 1, before.line, (at - 1, at), owner=_owner("", before.text, lead, people), status=passage.text
            )


def _lead_after(passages: Sequence[Passage], at: int, marked: frozenset[int], lead: str) -> str:
    """Who leads what stands below a heading; a heading that names nobody ends the lead of the one before it."""
    passage = passages[at]
    named = _LEAD.search(passage.text) if not passage.cells else None
    if named is not None and _INITIALS.fullmatch(named["who"]):
        return named["who"]
    heading = len(passage.text) < 80 and not passage.cells and (at + 1 not in marked or bool(passages[at + 1].cells))
    return "" if heading and passage.text else lead


def _row(passage: Passage, at: int, people: People, lead: str) -> Entry | None:
    """The cells of a row told by what they hold: a status, owners, a day, and the words."""
    status = owner = due = ""
    words: list[str] = []
    for cell in (cell.replace("\n", " ").strip(" \t\u2022\u25e6-") for cell in passage.cells):
        if not cell:
            continue
        if STATUS.fullmatch(cell) and not status:
            status = cell
        elif not owner and words and len(cell) < 60 and owner_alone(cell, people):
            owner = cell
        elif not due and len(cell) < 30 and find_days(cell, 2000):
            due = cell
        else:
            words.append(cell)
    text = " ".join(words)
    if len(text) < 8 or column_kinds((text,))[0]:
        return None
    return Entry(text, at, passage.line, (at,), owner=_owner(owner, text, lead, people), due=due, status=_carried(status))


def _owner(written: str, words: str, lead: str, people: People) -> str:
    """As a cell says, else as the words say, else whoever leads the section."""
    return written or ("" if owners_of(words, people) else lead)


def _longer(entry: Entry, passages: Sequence[Passage], at: int) -> Entry:
    """With the rest of its words, where a page's layout broke them into a second line."""
    after = passages[at + 1] if at + 1 < len(passages) else None
    if after is None or after.gap or after.mark or _status_of(after):
        return entry
    rest = after.cells[0] if after.cells and STATUS.fullmatch(after.cells[-1]) else "" if after.cells else after.text
    going_on = rest[:1].islower() and not STATUS.fullmatch(rest)
    return replace(entry, words=f"{entry.words} {rest}") if going_on else entry


def _asking(passages: Sequence[Passage], people: People) -> Iterator[Entry]:
    """Sentences that say who is to do what; a status that begins the next passage is theirs."""
    for at, (passage, after) in enumerate(pairwise((*passages, passages[-1]))):
        text = passage.text
        if len(text) > 600 or passage.cells or not _is_asked(text, people) or _FOLLOWS.match(text):
            continue
        told = next((match["status"] for one in passages[at + 1 : at + 2] if (match := _FOLLOWS.match(one.text))), "")
        yield Entry(text, at, passage.line, (at,), status=told or _column_status(after))


def _is_asked(text: str, people: People) -> bool:
    if len(text) < 12 or text.endswith(":") or column_kinds((text,))[0]:
        return False
    first = text.split(". ", maxsplit=1)[0]
    return (IMPERATIVE.match(first) is not None and not first.istitle()) or (
        bool(owners_of(first, people)) and _TO_ACT.search(first) is not None
    )


def _column_status(after: Passage) -> str:
    return after.text if STATUS.fullmatch(after.text.strip()) and state_of(after.text) not in (None, NotedState.NEW) else ""


def _status_of(passage: Passage) -> str:
    last = passage.cells[-1] if passage.cells else passage.text
    text = " ".join(last.split())
    if not STATUS.fullmatch(text) or text.lower() == "forward":
        return ""
    return _carried(text)


def _carried(status: str) -> str:
    return status if not status or state_of(status) else "carried forward" if status.lower() == "carried" else ""
