"""How people spell what has become of an action or a commitment: one reading for notes, forms, replies, commands and cells."""

from collections.abc import Collection

from reportpack import patterns as re
from reportpack.model.action import ActionState
from reportpack.model.commitment import CommitmentState

_WORDS = {
    ActionState.OPEN: (
        *("in progress", "ongoing", "on-going", "outstanding", "live", "pending", "overdue", "on track", "plan in place"),
        *("initial stages", "c/f", "c/fwd", "carried forward", "not started", "not complete", "not completed", "not done"),
        *("not finished", "not yet", "incomplete", "\u2610", "[ ]", "[]", "\u2717", "\u2718"),
    ),
    ActionState.PROPOSED: (
        *("proposed", "complete", "completed", "done", "finished", "\u2611", "\u2612", "\u2713", "\u2714", "\U0001f5f9", "[x]"),
    ),
    ActionState.WITHDRAWN: ("cancelled",),
    ActionState.DISPUTED: ("not accepted",),
}
SPELT = {word: state for state, words in _WORDS.items() for word in words}
"""Whole cells in other words than the states' own. That it is done is what somebody says: a meeting accepts or closes it."""
_CLOSED = re.compile(r"(?i)\b(?:completed?|closed?|done|discharged|achieved|delivered|implemented|no further action)\b")
_OPEN = re.compile(
    r"(?i)\b(?:c/?fwd|carried forward|carry forward|c/f|on-?going|outstanding|in hand|in progress|not (?:yet )?(?:complete|done|started)|open|pending|on track|plan in place"
    r"|initial stages|awaited|to be completed|incomplete|overdue|delayed|partially complete|remains?|stays|still)\b"
)
_DECIDED = tuple(
    (state, re.compile(f"(?i){words}"))
    for state, words in (
        (ActionState.DISPUTED, r"\b(?:disputed|not accepted|rejected)\b"),
        (ActionState.SUPERSEDED, r"(?:^|[.;:\u2013]|\b(?:is|was|been|be|now))\W*superseded\b|, *superseded by\b"),
        (ActionState.WITHDRAWN, r"(?:^|[.;:\u2013]|\b(?:is|was|been|be|now))\W*withdrawn\b|(?:^|[.;:\u2013])\W*cancelled\b"),
        (ActionState.ACCEPTED, r"(?:^|[,;.\u2013-]|\band) *(?:and )?accepted\b(?! (?:that|the)\b)"),
        (ActionState.ACCEPTED, r"\baccepted that (?:it|this|the action) (?:is|was|has been) (?:done|closed|completed?)\b"),
    )
)
"""What only a meeting can say of it, wherever in its update it stands."""
_NOT_YET = re.compile(
    r"(?i)\b(?:not|to be|in|part(?:ial)?ly|largely|mostly|almost|nearly|nearing|about|half|(?:will|would) be|expected to be|(?:once|when|until|if|whether) (?:it|this) (?:is|was|has been))\W+(?:yet\W+)?$"
    r"|\d ?(?:%|per ?cent) $|\bnot \w+ (?:that )?(?:it|this|the action) (?:is|was|has been) $|^(?!.*\b(?:agreed|content|happy)\b).*\b(?:could|may|might) be $"
)
"""Before a word that says it is done: that it is not, or that somebody thinks that it could be."""


def _answer(words: str, states: Collection[ActionState]) -> re.Pattern[str]:
    spelt = [*(state.value for state in states), *(word for word, state in SPELT.items() if state in states)]
    every = "|".join(map(re.escape, sorted((*words.split(), *spelt), key=len, reverse=True)))
    return re.compile(rf"(?i)(?:{every})(?![\w/-])[\s,.:;\u2013-]*")


SAYS_COMPLETE = _answer("yes y true x 1", (ActionState.PROPOSED, ActionState.CLOSED))
SAYS_OPEN = _answer("no n false 0", (ActionState.OPEN,))


def spelt_state(text: str) -> ActionState | None:
    """The state that a whole cell names; open where it is empty, None for what is no state."""
    said = " ".join(text.casefold().split()).rstrip(".")
    own = next((state for state in ActionState if state.value == said), None)
    return own or (SPELT.get(said) if said else ActionState.OPEN)


def told_state(text: str) -> ActionState | None:
    """What an update in free words says: the last of several decides, `90% complete` is open, and that it is done proposes it complete."""
    said = re.sub(r"[^.;!?]*\?", "", text)  # a question says nothing
    decided = spelt_state(text) if text.strip() else None
    decided = decided or next((state for state, pattern in _DECIDED if pattern.search(said)), None)
    if decided is not None:
        return ActionState.PROPOSED if decided is ActionState.CLOSED else decided
    told = [(one.start(), _NOT_YET.search(said[: one.start()]) is None) for one in _CLOSED.finditer(said)]
    last = max((*told, *((one.start(), False) for one in _OPEN.finditer(said))), default=None)
    return last and (ActionState.PROPOSED if last[1] else ActionState.OPEN)


_COMMITMENT_WORDS = {
    CommitmentState.KEPT: ("met", "achieved", "delivered", "honoured", "done", "complete", "completed"),
    CommitmentState.NOT_KEPT: ("not met", "missed", "broken"),
    CommitmentState.SUPERSEDED: ("replaced",),
    CommitmentState.CLOSED: ("discharged", "withdrawn"),
    CommitmentState.OPEN: ("ongoing",),
}
SPELT_COMMITMENT = {word: state for state, words in _COMMITMENT_WORDS.items() for word in words}
_SETTLED = (
    (
        CommitmentState.NOT_KEPT,
        re.compile(r"\b(?:not (?:yet )?(?:been )?(?:kept|met|delivered|honoured|achieved)|missed|broken)\b"),
    ),
    (CommitmentState.SUPERSEDED, re.compile(r"\b(?:superseded|replaced) (?:by|with)\b|\bsuperseded\b")),
    (CommitmentState.ANSWERED, re.compile(r"\banswered\b")),
    (CommitmentState.CLOSED, re.compile(r"\b(?:closed?|discharged?|withdrawn)\b")),
    (CommitmentState.KEPT, re.compile(r"\b(?:kept|met|delivered|honoured|achieved|fulfilled)\b")),
)
_UNSETTLED = re.compile(
    r"\?|\b(?:ask(?:ed|s)?|whether|if|will|would|should|could|may|might|hope[ds]?|expect\w*|to be (?:kept|met|closed) (?:at|by|in|when|once)|not (?:closed|answered))\b"
)


def told_commitment(text: str) -> CommitmentState | None:
    """What a sentence says has become of the commitment that it names; None where it asks, hopes or promises, or says nothing of it."""
    said = " ".join(text.casefold().split())
    return None if _UNSETTLED.search(said) else next((state for state, pattern in _SETTLED if pattern.search(said)), None)
