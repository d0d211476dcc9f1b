"""Actions as they are found, before their owners and dates are read: in what words notes say what has become of one, and what is gathered on
the way down the notes."""

from collections.abc import Iterator, Sequence
from dataclasses import field, replace

from reportpack import patterns as re
from reportpack.model.action import ActionState
from reportpack.model.minutes import NotedState
from reportpack.model.state_words import REOPENED, spelt_state, told_state
from reportpack.read.minutes.grammar.words import has
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.people import People
from reportpack.read.minutes.wraps import Passage
from reportpack.records import Changing, Record

_STATES = r"closed?|completed?|done|discharged|actioned|on-?going|open|outstanding|carried forward|c/?fwd|in progress|in hand|pending|cancelled"
_TRAILING = re.compile(
    rf"(?i)(?P<words>.*[^\s(\[])(?P<sep>[.;]\s+|\s+[-\u2013\u2014(\[]\s?|\s{{2,}})(?P<status>(?:action )?(?:{_STATES})(?: \d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})?)\W*"
)
_BEGUN = re.compile(
    rf"(?i)\W{{0,3}}(?P<status>(?:(?:not|partially|partly|now|almost|all|action|still) )?(?:yet )?(?:{_STATES}))\b"
    r"(?! (?:the|a|an|and|all|off|out|on|up|any|each|every|its|this|that|with)\b)(?P<end>\W*$|\s*[.,;:(\u2013\u2014]|\s+-)?"
)
_REFERENCE = r"(?<![\w/])(?!(?:19|20)\d\d/\d\d\b)(?:[A-Z]{1,4}[- ]?)?\d{1,4}/(?:(?:19|20)\d{2}|\d{2})|[A-Z]{1,3}\d{1,4}/\d{2,4}"
_REFERENCES = rf"(?P<refs>(?:{_REFERENCE})(?:\W+(?:and\W+)?(?:{_REFERENCE}))*)"
_CLOSED = r"[^.:]{0,60}\b(?:closed|completed?|discharged|removed)\b"
_REPORTED = (
    re.compile(rf"\W{{0,3}}(?:actions? )?(?P<status>{_STATES})(?: actions?)?\s*[:\u2013-]\s*{_REFERENCES}\W*$", re.IGNORECASE),
    re.compile(rf"(?P<status>{_STATES})\s*[:\u2013-]\s*(?P<words>(?P<refs>{_REFERENCE})\b.*)", re.IGNORECASE),
    re.compile(rf".*?\b(?:actions?|action points?|numbers?|refs?)\W+{_REFERENCES}{_CLOSED}", re.IGNORECASE),
    re.compile(
        rf".*?(?:can|may|should|are|were|is|was|now|agreed as|to be|completed and){_CLOSED}[^.:]{{0,60}}:?\s*{_REFERENCES}",
        re.IGNORECASE,
    ),
)
"""How a line reports the states of actions by their references; without a status word of their own they are closed."""
_KEPT_OPEN = re.compile(rf"(?i){_REFERENCES}[^.:]{{0,40}}\b(?:carried forward|remains?|stays?|outstanding|on-?going)\b")
_NUMBERED = re.compile(
    r"(?i)\W{0,3}(?:actions?|ap)(?: (?:no\.?|point|ref\.?|number))? ?(?P<ref>\d{1,4}(?:\([a-z]\))?)(?![/\d-])[:.]?\s+(?:(?:is|was|has been|to be|now|work|this) )*"
    rf"(?P<told>to close|{_STATES}|.*\b(?:to close|closed|completed?)\W*$)"
)
_REVIEWED = re.compile(
    rf"(?i)\bactions?\s+(?P<ref>{_REFERENCE}|\d{{1,4}}/\d{{1,4}})\s*\((?P<words>[^()]{{5,200}})\)\s+(?P<told>[^.]{{3,120}})"
)
_EACH = re.compile(_REFERENCE)


def state_of(text: str) -> NotedState | None:
    """From a status field or an update: whether it is done with, whatever was made of it."""
    if (told := told_state(text)) is not None:
        return NotedState.OPEN if told in (ActionState.OPEN, ActionState.DISPUTED) else NotedState.CLOSED
    return NotedState.NEW if text.lower().strip(" .").split()[:2] in (["new"], ["new", "action"], ["new", "item"]) else None


def is_state(text: str) -> bool:
    """Whether a text is nothing but what has become of an action."""
    said = text.strip().lower().rstrip(".")
    told = said in ("new", "carried", "forward") or said.startswith("on track for ")
    return told or (bool(said) and spelt_state(said) is not None)


def trailing_state(words: str) -> tuple[str, NotedState | None]:
    """The words of an action without a status word that trails them, and the state it tells."""
    match = _TRAILING.fullmatch(words) if len(words) <= 4000 else None
    if match is None:
        return words, None
    return match["words"].strip() + ("." if match["sep"].startswith(".") else ""), state_of(match["status"])


def begun_state(text: str, *, alone: bool = False) -> str:
    """The status words that a text begins with: `closed. HealthWatch to be invited ...`; `alone` where punctuation ends them."""
    match = _BEGUN.match(text) if REOPENED.search(text) is None else None
    return match["status"] if match is not None and (match["end"] is not None or not alone) else ""


def closures_in(text: str) -> Iterator[tuple[str, str, NotedState]]:
    """References that a sentence reports closed or open, each with the words that stand for it: also `Action 24/021 (Clerk to buy batteries) had been done`."""
    if len(text) > 4000:
        return
    numbered = _NUMBERED.match(text)
    match = next(filter(None, (pattern.match(text) for pattern in _REPORTED)), None) if "/" in text else None
    if numbered is not None:
        state = NotedState.CLOSED if "to close" in text.lower() else state_of(numbered["told"])
        yield numbered["ref"], text.strip(), state or NotedState.OPEN
    elif match is not None:
        told = match.groupdict()
        state = state_of(told.get("status") or "closed") or NotedState.CLOSED
        words = (told.get("words") or "").replace(" \u2013 ", " - ").replace(" \u2014 ", " - ").partition(" - ")[0].strip()
        yield from ((ref, words or ref, state) for ref in _EACH.findall(match["refs"]))
        later = _KEPT_OPEN.search(text, match.end("refs"))
        yield from ((ref, ref, NotedState.OPEN) for ref in (_EACH.findall(later["refs"]) if later is not None else ()))
    yield from (
        (one["ref"], one["words"], state) for one in _REVIEWED.finditer(text) if (state := state_of(one["told"])) is not None
    )


NOTHING = re.compile(
    r"(?i)(?:none|(?:\W*\[[a-z][^\]]*\]|\W*\b(?:to|by|on)\b)+|(?:all )?to (?:note|be noted)|noted|for (?:noting|information)|no (?:new |further |outstanding )?actions?\b.{0,60}|nil|n/a|not applicable|see (?:above|below|attached|action).{0,40}"
    r"|(?:all|the|most|remaining)\b.{0,40}\bactions?\b.{0,20}\b(?:updated|closed|completed?|reviewed|discharged|noted|agreed|ongoing|in hand)\b.{0,40}"
    r"|(?:there were )?no (?:outstanding )?actions?\b.{0,60})\W*"
)
_DONE_SINCE = re.compile(r"(?i)[:\u2013-]\s*(?:done|closed|completed?)\b")
SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z\u201c\u2018(])")
SAYS_OF_IT = frozenset({"this", "it", "action", "now", "still", "was", "been", "is"})
TO_DO = re.compile(r"(?i)\b(?:to|will|would|must|should|shall)\s+(?:be\s+)?[a-z]")
_TICK = re.compile(r"\[(?P<tick>[ xX\u2713])\]\s+")


class Draft(Record):
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


class Collector(Changing):
    """Goes down the passages once; `block` is the style of a list of actions that is open."""

    passages: Sequence[Passage]
    outline: Outline
    people: People
    found: list[Draft] = field(default_factory=list)
    block: str = ""
    taken: set[int] = field(default_factory=set)
    coded: bool = False
    items: frozenset[str] = frozenset()  # what begins the numbers of items: `BM ` of `BM 35/2021`
    last_at: int = -9
    waiting: bool = False
    earlier: bool = False
    reread: bool = False
    reviewed: bool = False
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

    def takes(self, draft: Draft) -> bool:
        """One more action, as it is; always true."""
        self.found.append(draft)
        self.last_at, self.waiting = draft.at, False
        return True

    def add(self, draft: Draft) -> None:
        """One more action, an old one in a list of old ones."""
        if self.earlier and draft.state is NotedState.NEW:
            draft = replace(draft, state=NotedState.CLOSED if _DONE_SINCE.search(draft.words) else NotedState.OPEN)
        self.takes(draft)


def draft_of(words: str, at: int, passage: Passage, confidence: float, ref: str = "", owner: str = "", line: str = "") -> Draft:
    """A draft of these words; a status word that trails them, or a ticked box, says its state."""
    if (tick := _TICK.match(words)) is not None:
        words = words[tick.end() :]
    bare, state = trailing_state(words)
    if tick is not None and tick["tick"] != " ":
        state = NotedState.CLOSED
    state = state or (state_of(begun_state(words)) if len(words) < 40 and begun_state(words) else None)
    after = SENTENCES.split(words)[1:] if ref and not state else []  # `TR to reply. TR said this was still outstanding.`
    state = state_of(after[-1]) if after and len(after[-1]) < 120 and has(after[-1], SAYS_OF_IT) else state
    kept = words if state is not None and bare != words else bare
    return Draft(kept.strip(), at, passage.names, confidence, ref, owner, state=state or NotedState.NEW, own_line=line)


def unique_drafts(drafts: Sequence[Draft]) -> tuple[Draft, ...]:
    """Each action once: a list at the end repeats what stands above, a reference is printed twice. Rows of a log are each their own. Where
    it is told again in the very same way, nobody meant a summary: the lines are kept with it, to be asked about."""
    found: list[Draft] = []
    by_words: dict[str, list[int]] = {}
    for draft in drafts:
        if len(words := "".join(letter for letter in draft.words.lower() if letter.isalnum())) < 3:
            continue
        others = by_words.setdefault(words, [])
        beside = ((at, found[at]) for at in others if not (found[at].covers and draft.covers))
        # Of the numbers and the owners of both only one each, where any is given.
        agree = (at for at, one in beside if max(len({one.ref, draft.ref, ""}), len({one.owner, draft.owner, ""})) < 3)
        if (same := next(agree, None)) is None:
            others.append(len(found))
            found.append(draft)
        elif draft.confidence == found[same].confidence and draft.line != found[same].line:
            found[same] = replace(found[same], repeated=(*found[same].repeated, draft.line))
    return tuple(found)
