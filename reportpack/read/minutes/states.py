"""What the notes say has become of an action: new, open or closed, told by status words and never by the wish to see it done."""

from collections.abc import Iterator

from reportpack import patterns as re
from reportpack.model.action import ActionState
from reportpack.model.minutes import NotedState
from reportpack.model.state_words import spelt_state, told_state

_STATES = r"closed?|completed?|done|discharged|actioned|on-?going|open|outstanding|carried forward|c/?fwd|in progress|in hand|pending|cancelled"
_TRAILING = re.compile(
    rf"(?P<words>.*[^\s(\[])(?P<sep>[.;]\s+|\s+[-\u2013\u2014(\[]\s?|\s{{2,}})(?P<status>(?:action )?(?:{_STATES})(?: \d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}})?)\W*",
    re.IGNORECASE,
)
_BEGUN = re.compile(
    rf"\W{{0,3}}(?P<status>(?:(?:not|partially|partly|now|almost|all|action|still) )?(?:yet )?(?:{_STATES}))\b"
    r"(?! (?:the|a|an|and|all|off|out|on|up|any|each|every|its|this|that|with)\b)(?P<end>\W*$|\s*[.,;:(\u2013\u2014]|\s+-)?",
    re.IGNORECASE,
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
_KEPT_OPEN = re.compile(
    rf"{_REFERENCES}[^.:]{{0,40}}\b(?:carried forward|remains?|stays?|outstanding|on-?going)\b", re.IGNORECASE
)
_NUMBERED = re.compile(
    r"\W{0,3}(?:actions?|ap)(?: (?:no\.?|point|ref\.?|number))? ?(?P<ref>\d{1,4}(?:\([a-z]\))?)(?![/\d-])[:.]?\s+(?:(?:is|was|has been|to be|now|work|this) )*"
    rf"(?P<told>to close|{_STATES}|.*\b(?:to close|closed|completed?)\W*$)",
    re.IGNORECASE,
)
_REVIEWED = re.compile(
    rf"\bactions?\s+(?P<ref>{_REFERENCE}|\d{{1,4}}/\d{{1,4}})\s*\((?P<words>[^()]{{5,200}})\)\s+(?P<told>[^.]{{3,120}})",
    re.IGNORECASE,
)
_EACH = re.compile(_REFERENCE)


def state_of(text: str) -> NotedState | None:
    """From a status field or an update: whether it is done with, whatever was made of it."""
    told = told_state(text)
    if told is not None:
        return NotedState.OPEN if told in (ActionState.OPEN, ActionState.DISPUTED) else NotedState.CLOSED
    return NotedState.NEW if "new" in text.lower().split() else None


def is_state(text: str) -> bool:
    """Whether a text is nothing but what has become of an action."""
    said = text.strip().lower().rstrip(".")
    return bool(said) and (
        said in ("new", "carried", "forward") or said.startswith("on track for ") or spelt_state(said) is not None
    )


def trailing_state(words: str) -> tuple[str, NotedState | None]:
    """The words of an action without a status word that trails them, and the state it tells."""
    match = _TRAILING.fullmatch(words) if len(words) <= 4000 else None
    if match is None:
        return words, None
    return match["words"].strip() + ("." if match["sep"].startswith(".") else ""), state_of(match["status"])


def begun_state(text: str, *, alone: bool = False) -> str:
    """The status words that a text begins with: `closed. HealthWatch to be invited ...`; `alone` where punctuation ends them."""
    match = _BEGUN.match(text)
    return match["status"] if match is not None and (match["end"] is not None or not alone) else ""


def reviewed_in(text: str) -> Iterator[tuple[str, str, NotedState]]:
    """`Action 24/021 (Clerk to buy batteries) had been done`: its reference, its words, and what became of it."""
    for match in _REVIEWED.finditer(text):
        state = state_of(match["told"])
        if state is not None:
            yield match["ref"], match["words"], state


def closures_in(text: str) -> tuple[tuple[str, str, NotedState], ...]:
    """References that a sentence reports closed or open, each with the words that stand for it."""
    if len(text) > 4000:
        return ()
    numbered = _NUMBERED.match(text)
    if numbered is not None:
        state = NotedState.CLOSED if "to close" in text.lower() else state_of(numbered["told"])
        return ((numbered["ref"], text.strip(), state or NotedState.OPEN),)
    match = next(filter(None, (pattern.match(text) for pattern in _REPORTED)), None) if "/" in text else None
    if match is None:
        return ()
    told = match.groupdict()
    state = state_of(told.get("status") or "closed") or NotedState.CLOSED
    words = (told.get("words") or "").replace(" \u2013 ", " - ").replace(" \u2014 ", " - ").partition(" - ")[0].strip()
    said = tuple((ref, words or ref, state) for ref in _EACH.findall(match["refs"]))
    later = _KEPT_OPEN.search(text, match.end("refs"))
    return (*said, *((ref, ref, NotedState.OPEN) for ref in _EACH.findall(later["refs"]))) if later is not None else said
