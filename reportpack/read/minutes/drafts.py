"""Actions as they are found, before their owners and dates are read; and what is gathered on the way down the notes."""

from collections.abc import Sequence
from dataclasses import field, replace

from reportpack import patterns as re
from reportpack.model.minutes import NotedState
from reportpack.read.minutes.grammar.words import has
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.people import People
from reportpack.read.minutes.states import begun_state, state_of, trailing_state
from reportpack.read.minutes.wraps import Passage
from reportpack.records import dataclass

NOTHING = re.compile(
    r"(?:none|(?:all )?to (?:note|be noted)|noted|for (?:noting|information)|no (?:new |further |outstanding )?actions?\b.{0,60}|nil|n/a|not applicable|see (?:above|below|attached|action).{0,40}"
    r"|(?:all|the|most|remaining)\b.{0,40}\bactions?\b.{0,20}\b(?:updated|closed|completed?|reviewed|discharged|noted|agreed|ongoing|in hand)\b.{0,40}"
    r"|(?:there were )?no (?:outstanding )?actions?\b.{0,60})\W*",
    re.IGNORECASE,
)
_DONE_SINCE = re.compile(r"[:\u2013-]\s*(?:done|closed|completed?)\b", re.IGNORECASE)
SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z\u201c\u2018(])")
_SAYS_OF_IT = frozenset({"this", "it", "action", "now", "still", "was", "been", "is"})
TO_DO = re.compile(r"\b(?:to|will|would|must|should|shall)\s+(?:be\s+)?[a-z]", re.IGNORECASE)
_TICK = re.compile(r"\[(?P<tick>[ xX\u2713])\]\s+")


@dataclass(frozen=True, slots=True)
class Draft:
    """An action as found: `at` is its passage, `names` its lines, `covers` what a row takes up; the fields beside its words are as written."""

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
    covers: tuple[int, ...] = ()
    repeated: tuple[str, ...] = ()
    update: str = ""
    put_off: str = ""

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
    waiting: bool = False
    earlier: bool = False
    reread: bool = False
    indent: int = -1
    resolved: set[int] = field(default_factory=set)

    def opens(self, block: str, at: int, *, earlier: bool = False) -> None:
        """A list of actions begins below this passage; where its label is itself an entry of a list, only deeper ones belong to it."""
        self.block, self.last_at, self.waiting, self.earlier = block, at, True, earlier
        passage = self.passages[at]
        self.indent = passage.indent if passage.mark else -1

    def closes(self) -> None:
        """The list has ended."""
        self.block, self.waiting, self.earlier = "", False, False

    def add(self, draft: Draft) -> None:
        """One more action."""
        if self.earlier and draft.state is NotedState.NEW:
            draft = replace(draft, state=NotedState.CLOSED if _DONE_SINCE.search(draft.words) else NotedState.OPEN)
        self.found.append(draft)
        self.last_at, self.waiting = draft.at, False


def draft_of(words: str, at: int, passage: Passage, confidence: float, ref: str = "", owner: str = "", line: str = "") -> Draft:
    """A draft of these words; a status word that trails them, or a ticked box, says its state."""
    tick = _TICK.match(words)
    if tick is not None:
        words = words[tick.end() :]
    bare, state = trailing_state(words)
    if tick is not None and tick["tick"] != " ":
        state = NotedState.CLOSED
    state = state or (state_of(begun_state(words)) if len(words) < 40 and begun_state(words) else None)
    state = state or (_said_after(words) if ref else None)
    kept = words if state is not None and bare != words else bare
    return Draft(kept.strip(), at, passage.names, confidence, ref, owner, state=state or NotedState.NEW, own_line=line)


def _said_after(words: str) -> NotedState | None:
    """What a sentence after the words of a numbered action says: `TR to reply. TR said this was still outstanding.`"""
    after = SENTENCES.split(words)[1:]
    return state_of(after[-1]) if after and len(after[-1]) < 120 and has(after[-1], _SAYS_OF_IT) else None


def unique_drafts(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Each action once: a list at the end repeats what stands above, a reference is printed twice. Rows of a log are each their own.

    Where it is told again in the very same way, nobody meant a summary: the lines are kept with it, to be asked about.
    """
    found: list[Draft] = []
    by_words: dict[str, list[int]] = {}
    for draft in drafts:
        words = "".join(letter for letter in draft.words.lower() if letter.isalnum())
        if len(words) < 3:
            continue
        others = by_words.setdefault(words, [])
        same = next((at for at in others if not (found[at].covers and draft.covers) and _agree(draft, found[at])), None)
        if same is None:
            others.append(len(found))
            found.append(draft)
        elif draft.confidence == found[same].confidence and draft.line != found[same].line:
            found[same] = replace(found[same], repeated=(*found[same].repeated, draft.line))
    return tuple(found)


def _agree(one: Draft, other: Draft) -> bool:
    """Whether two have no number and no owner that differ."""
    pairs = ((one.ref, other.ref), (one.owner, other.owner))
    return all(mine == its or not mine or not its for mine, its in pairs)
