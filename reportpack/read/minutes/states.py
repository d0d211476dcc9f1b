"""What the notes say has become of an action: new, open or closed, told by status words and never by the wish to see it done."""

from collections.abc import Iterator

from reportpack import patterns as re
from reportpack.model.action import ActionState
from reportpack.model.minutes import NotedState
from reportpack.model.state_words import told_state

_NEW = re.compile(r"\bnew\b", re.IGNORECASE)
_TRAILING = re.compile(
    r"(?P<words>.*[^\s(\[])(?P<sep>[.;]\s+|\s+[-\u2013\u2014(\[]\s?|\s{2,})(?P<status>(?:action )?(?:completed?|closed|done|discharged|on-?going|carried forward|c/?fwd|outstanding|in progress|in hand)"
    r"(?: \d{1,2}[./]\d{1,2}[./]\d{2,4})?)\W*",
    re.IGNORECASE,
)
_LEADING = re.compile(
    r"\W{0,2}(?P<status>closed?|completed?|done|discharged|on-?going|open|outstanding|carried forward|c/?fwd|in progress)\b(?! (?:the|a|an|and|all|off|out|on|up|any|each|every|its|this|that|with)\b)(?=\W|$)",
    re.IGNORECASE,
)
_REFERENCE = r"(?:[A-Z]{1,4}[- ]?)?\d{1,4}/(?:(?:19|20)\d{2}|\d{2})|[A-Z]{1,3}\d{1,4}/\d{2,4}"
_LISTED = re.compile(
    rf"(?:can|may|should|are|were|is|was|now|agreed as|to be|completed and)[^.:]{{0,60}}\b(?:closed|complete[d]?|discharged|removed)\b[^.:]{{0,60}}:?\s*(?P<refs>(?:{_REFERENCE})(?:\W+(?:and\W+)?(?:{_REFERENCE}))*)",
    re.IGNORECASE,
)
_LISTED_BEFORE = re.compile(
    rf"(?:actions?|action points?|numbers?|refs?)\W+(?P<refs>(?:{_REFERENCE})(?:\W+(?:and\W+)?(?:{_REFERENCE}))*)[^.:]{{0,60}}\b(?:closed|complete[d]?|discharged)\b",
    re.IGNORECASE,
)
_STATED = re.compile(
    rf"(?P<status>outstanding|closed|completed?|on-?going|open|carried forward)\s*[:\u2013-]\s*(?P<words>(?P<ref>{_REFERENCE})\b.*)",
    re.IGNORECASE,
)
_STATUS_FIRST = re.compile(
    rf"\W{{0,3}}(?:actions? )?(?P<status>closed|completed?|discharged|outstanding|open|on-?going|carried forward)(?: actions?)?\s*[:\u2013-]\s*(?P<refs>(?:{_REFERENCE})(?:\W+(?:and\W+)?(?:{_REFERENCE}))*)\W*",
    re.IGNORECASE,
)
_KEPT_OPEN = re.compile(
    rf"(?P<refs>(?:{_REFERENCE})(?:\W+(?:and\W+)?(?:{_REFERENCE}))*)[^.:]{{0,40}}\b(?:carried forward|remains?|stays?|outstanding|on-?going)\b",
    re.IGNORECASE,
)
_NUMBERED = re.compile(
    r"\W{0,3}(?:actions?|ap)(?: (?:no\.?|point|ref\.?|number))? ?(?P<ref>\d{1,4}(?:\([a-z]\))?)(?![/\d-])[:.]?\s+(?P<words>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
_TOLD = re.compile(
    r"^(?:is |was |has been |to be |now )*(?:to close|closed|complete[d]?|discharged)\b|\b(?:to close|closed|completed?)\W*$|^(?:work |this )?(?:was |is )*(?:on-?going|in progress|outstanding|carried forward)\b",
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
    return NotedState.NEW if _NEW.search(text) else None


def trailing_state(words: str) -> tuple[str, NotedState | None]:
    """The words of an action without a status word that trails them, and the state it tells."""
    if len(words) > 4000:
        return words, None
    match = _TRAILING.fullmatch(words)
    if match is None:
        return words, None
    return match["words"].strip() + ("." if match["sep"].startswith(".") else ""), state_of(match["status"])


def leading_state(words: str) -> NotedState | None:
    """`closed. HealthWatch to be invited ...` after a reference."""
    match = _LEADING.match(words)
    return state_of(match["status"]) if match is not None else None


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
    numbered = _NUMBERED.fullmatch(text)
    if numbered is not None and _TOLD.search(numbered["words"]):
        state = NotedState.CLOSED if re.search(r"\bto close\b", text, re.IGNORECASE) else state_of(numbered["words"])
        return ((numbered["ref"], text.strip(), state or NotedState.OPEN),)
    if "/" not in text:
        return ()
    listed = _STATUS_FIRST.fullmatch(text)
    if listed is not None:
        state = state_of(listed["status"]) or NotedState.CLOSED
        return tuple((ref, ref, state) for ref in _EACH.findall(listed["refs"]))
    stated = _STATED.fullmatch(text)
    if stated is not None:
        state = state_of(stated["status"])
        words = re.split(r"\s[-\u2013\u2014]\s", stated["words"], maxsplit=1)[0].strip()
        return ((stated["ref"], words, state),) if state else ()
    match = _LISTED_BEFORE.search(text) or _LISTED.search(text)
    if match is None:
        return ()
    closed = tuple((ref, ref, NotedState.CLOSED) for ref in _EACH.findall(match["refs"]))
    later = _KEPT_OPEN.search(text, match.end("refs"))
    return (*closed, *((ref, ref, NotedState.OPEN) for ref in _EACH.findall(later["refs"]))) if later is not None else closed
