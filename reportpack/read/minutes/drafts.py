"""Actions as they are found, before their owners and dates are read; and what is gathered on the way down the notes."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from reportpack.model.minutes import NotedState
from reportpack.read.minutes.action_tables import Entry
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.people import People
from reportpack.read.minutes.states import leading_state, state_of, trailing_state
from reportpack.read.minutes.wraps import Passage

SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z\u201c\u2018(])")
TO_DO = re.compile(r"\b(?:to|will|would|must|should|shall)\s+(?:be\s+)?[a-z]", re.IGNORECASE)
_TICK = re.compile(r"\[(?P<tick>[ xX\u2713])\]\s+")


@dataclass(frozen=True, slots=True)
class Draft:
    """An action as found: `at` is its passage, `names` its lines; the fields beside its words are as written."""

    words: str
    at: int
    names: tuple[str, ...]
    confidence: float
    ref: str = ""
    owner: str = ""
    due: str = ""
    state: NotedState = NotedState.NEW
    marked: bool = True
    own_line: str = ""

    @property
    def line(self) -> str:
        """Where it begins."""
        return self.own_line or self.names[0]


@dataclass(slots=True)
class Collector:
    """Goes down the passages once; `block` is the style of a list of actions that is open."""

    passages: Sequence[Passage]
    outline: Outline
    people: People
    found: list[Draft] = field(default_factory=list)
    block: str = ""
    taken: set[int] = field(default_factory=set)
    coded: bool = False
    last_at: int = -9

    def found_since(self) -> bool:
        """Whether the last passage taken gave an action, and was not a label alone."""
        return bool(self.found) and self.found[-1].at == self.last_at


def draft_of(words: str, at: int, passage: Passage, confidence: float, ref: str = "", owner: str = "", line: str = "") -> Draft:
    """A draft of these words; a status word that trails them, or a ticked box, says its state."""
    tick = _TICK.match(words)
    if tick is not None:
        words = words[tick.end() :]
    bare, state = trailing_state(words)
    if tick is not None and tick["tick"] != " ":
        state = NotedState.CLOSED
    state = state or (leading_state(words) if len(words) < 40 else None)
    kept = words if state is not None and bare != words else bare
    return Draft(kept.strip(), at, passage.names, confidence, ref, owner, state=state or NotedState.NEW, own_line=line)


def draft_of_entry(entry: Entry) -> Draft:
    """A draft of a table's row."""
    words, state = trailing_state(entry.words)
    status = state_of(entry.status) if entry.status else None
    return Draft(words, entry.at, (entry.line,), 0.93, entry.ref, entry.owner, entry.due, status or state or NotedState.NEW)


def unique_drafts(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Each action once: a list at the end repeats what stands above, a reference is printed twice."""
    seen: dict[str, list[tuple[str, str]]] = {}
    for draft in drafts:
        words = re.sub(r"\W+", " ", draft.words.lower()).strip()
        if len(words) < 3:
            continue
        others = seen.setdefault(words, [])
        if not any(_agree(draft.ref, ref) and _agree(draft.owner, owner) for ref, owner in others):
            others.append((draft.ref, draft.owner))
            yield draft


def _agree(one: str, other: str) -> bool:
    return one == other or not one or not other
