"""How people spell what has become of an action or a commitment: one reading for notes, forms, replies, commands and cells."""

from collections.abc import Collection

from reportpack import patterns as re
from reportpack.model.action import ActionState
from reportpack.model.commitment import CommitmentState

_WORDS = {
    ActionState.OPEN: (
        *("in progress", "ongoing", "on-going", "outstanding", "live", "pending", "overdue", "on track", "plan in place"),
        *("initial stages", "c/f", "c/fwd", "carried forward", "not started", "not complete", "not completed", "not done"),
        *("not finished", "not yet", "incomplete", "\u2610", "[ ]", "[]", "\u2717", "\u2718", "\u274c", "\u2716"),
    ),
    ActionState.PROPOSED: (
        *("proposed", "complete", "completed", "done", "finished", "\u2611", "\u2612", "\u2713", "\u2714", "\U0001f5f9", "[x]"),
        *("\u2705", "100%", "finalised", "fully complete", "actioned", "implemented", "achieved", "delivered"),
    ),
    ActionState.WITHDRAWN: (
        *("cancelled", "removed", "deleted", "delete", "drop", "agreed to drop", "lapsed"),
        *("stood down", "struck out", "struck off"),
    ),
    ActionState.SUPERSEDED: ("duplicate", "replaced", "merged"),
    ActionState.DISPUTED: ("not accepted",),
}
SPELT = {word: state for state, words in _WORDS.items() for word in words}
"""Whole cells in other words than the states' own. That it is done is what somebody says: a meeting accepts or closes it."""
_REFERENCE = r"(?:(?:actions?|matters?|items?|ref\.?) )?(?:[A-Z]{1,4}[- /]?)?\d{1,4}(?:/\d{2,4}|\([a-z]\))"
SUPERSEDES = (
    rf"super[cs]ed\w*|overtaken by (?:events|{_REFERENCE})|duplicat(?:e|ed|ion|es) (?:of|by) {_REFERENCE}"
    r"|(?:now )?(?:replaced?|merged?|subsumed?|absorbed|folded|rolled|incorporated|covered|picked up|dealt with|addressed|taken forward|continued|included|part)"
    rf" (?:by|with|in|into|within|under|through|of|as part of|as) {_REFERENCE}"
    r"|(?:becomes?|became|turned into|made|converted (?:in)?to)(?: an?| the)?(?: new)? action\b"
)
WITHDRAWS = (
    r"withdraw(?:n|al)?|cancell?ed|dropped|lapsed|stood down|struck (?:out|off)|not (?:needed|required|necessary)(?: any ?more| any longer| now)(?! (?:until|till|before|by))|abandoned|discontinued|not (?:being |to be )?(?:pursued|taken forward|proceeding|going ahead|proceeded with)"
    r"|no longer (?:required|needed|necessary|relevant|applicable|valid|proceeding|going ahead|(?:being |to be )?(?:pursued|progressed|taken forward))"
)
CLOSES = (
    r"closed?|discharged?|completed?|(?<!being )(?:finalised|finished)|concluded?(?! that)|actioned|resolved(?! (?:that|to)\b)|sign(?:ed)?(?: (?:it|this|that))?[ -]off|dealt with|nfa|(?:no (?:further|more) action|nothing (?:further|more))(?: (?:is )?(?:required|needed|necessary))?"
    r"|(?:recommend(?:ed)?|propose[ds]?|agreed?|for|suggest(?:ed)?) clos(?:ure|ing)|closure (?:was )?(?:agreed|recommended|proposed|accepted)"
    r"|(?:remov|tak|delet|dropp)(?:e|ed|en) (?:it |this )?(?:from|off) (?:the )?(?:\w+ )?(?:log|tracker|list|register|agenda|grid)|(?:now|in|into|to|as|becom\w+|became) (?:bau|business as usual)"
)
NOT_REACHED = (
    r"not (?:been )?(?:reached|discussed|taken|considered|covered|addressed|reviewed|heard)\b(?! forward)|time did not (?:allow|permit)|time ran out|no time (?:for|left|to)"
    r"|(?:no|out of|lack of|short of|insufficient|not enough|pressures? of) time|(?:did|could) not (?:get|come) to|did not reach|before (?:this|it) (?:was|could be) (?:reached|taken|discussed)"
)
CARRIES = (
    r"carr(?:y|ied)(?: (?:it|this|that|forward|over|across|on))*(?! out\b)|[cb]/?f(?:wd)?|defer(?:red)?|postponed?|adjourn(?:ed)?|re-?(?:scheduled?|dated?|timetabled?|timed)|park(?:ed)?"
    r"|(?:put|bring|brought|c[oa]me|sent|h[eo]ld|stood|roll(?:ed)?)(?: (?:it|this|that|the|item|matter))* (?:back|off|over|forward)|h[eo]ld(?= (?:until|till)\b)|push(?:ed)?(?: back| out)?(?= to\b)"
    r"|(?:delay(?:ed)?|extend(?:ed)?|slip(?:ped|ping)?|moved?|roll(?:ed)?|remit(?:ted)?)(?: (?:it|this|that|the|item|matter|back|off|over|forward))*(?= (?:to|until|till)\b(?! clos))|(?:return(?:ed|s)?|revisit(?:ed)?)(?= (?:to|in|at)\b)"
    r"|(?:consider(?:ed)?|review(?:ed)?|discuss(?:ed)?|taken|look(?:ed)? at)(?: (?:it|this))? again(?= (?:to|in|at)\b)|(?:keep|kept|leave|left|remains?|stays?)(?: it)? (?:open|on(?: the| our)?(?: agenda| list| log)?(?= (?:for|until|till|to)\b))"
)
COMES_BACK = (
    r"(?:to )?(?:bring|come|be brought) (?:(?:it|this) )?back|(?:to )?(?:return|revisit)|be revisited|re-?(?:scheduled?|timetabled?|timed)"
    r"|(?:(?:be )?(?:consider|review|discuss)(?:ed)?|be taken|look at) (?:(?:it|this) )?again"
)
DATES = (
    r"(?:(?:(?:new|revised|amended|extended|updated|agreed) )?(?:(?:due|target|completion|delivery) )?(?:date|deadline|timescale|target)"
    r"(?: (?:has been|is|was|now|to be))*(?: (?:extended|moved|changed|revised|amended|put back|reset|re-?set|agreed|now|slipped|of|is))?"
    r"|re-?dated|now (?:due|expected|planned|scheduled|set)|extension(?: (?:granted|given|agreed))?|to be (?:completed|done|finished))"
)
"""What becomes of a matter or an action, in everybody's words: how it ends, is not reached, is carried, or is given another day. Behind the last
two stands when."""
_OURS = (
    r"(?:^|[.;:,(\u2013-])\W{0,9}(?:(?:and|so|but|agreed|happy|content)\W+)*(?:(?:it|this|that|(?:the |this )?(?:action|item|matter|point))\b\W*)?"
    r"(?:(?:is|was|were|has|have|had|been|be|being|to|for|can|may|should|now|therefore|agreed|as|moved|confirmed|considered)\W+)*"
)
"""What stands before such words where they are said of the action itself, not of something in it."""
_CLOSED = re.compile(
    rf"(?i)\b(?:completed?|closed?|done|discharged|achieved|delivered|implemented|no further action)\b|{_OURS}(?P<ours>{CLOSES})\b"
)
REOPENED = re.compile(
    r"(?i)(?<!not )(?<!be )\bre-?opened\b|\bopen again\b|\b(?:closed|accepted|discharged|signed off) in error\b"
)
"""What was closed or accepted before such words is open."""
_MISSED = re.compile(
    rf"(?i){_OURS}(?:(?:we|there was|the (?:meeting|panel|board)|ran)\W+)?(?:{NOT_REACHED})\b|\bbefore (?:this|it) (?:was|could be) reached"
)
_OPEN = re.compile(
    r"(?i)\b(?:c/?fwd|carried forward|carry forward|c/f|on-?going|outstanding|in hand|in progress|not (?:yet )?(?:complete|done|started)|open|pending|on track|plan in place"
    r"|initial stages|awaited|to be completed|incomplete|overdue|delayed|partially complete|remains?|stays|still)\b"
)
_DECIDED = tuple(
    (state, re.compile(f"(?i){words}"))
    for state, words in (
        (ActionState.DISPUTED, r"\b(?:disputed|not accepted|rejected|not agreed as (?:done|completed?))\b"),
        (ActionState.SUPERSEDED, rf"\b(?:is|was|been|be|now)\W*superseded\b|{_OURS}(?:{SUPERSEDES})\b"),
        (ActionState.WITHDRAWN, rf"\b(?:is|was|been|be|now)\W*withdrawn\b|{_OURS}(?:{WITHDRAWS})\b"),
        (
            ActionState.ACCEPTED,
            r"(?:^|[,:;.\u2013-]|\band) *(?:and )?accepted\b(?! (?:that|the)\b)|(?<!not )\bagreed as (?:done|completed?)\b|\baccepted (?:that )?(?:it|this|the action) (?:is|was|has been|as) (?:done|closed|completed?)\b",
        ),
    )
)
"""What only a meeting can say of it, wherever in its update it stands."""
_NOT_YET = re.compile(
    r"(?i)\b(?:not|cannot be|to be|will|in|part(?:ial)?(?:ly)?|largely|mostly|almost|nearly|nearing|about|half|(?:will|would|must|shall) be|expected to be|(?:once|when|until|if|whether) (?:it|this) (?:is|was|has been))\W+(?:yet\W+)?$"
    r"|\b(?!100\b)[\d.]+ ?(?:%|per ?cent) $|\b(?:\d+|one|two|three|four|some|most|many|several) (?:out )?of (?:(?:the|these|them|\d+|\w+) )?(?:\w+ )?(?:is |are |was |were )?$|\bnot \w+ (?:that )?(?:it|this|the action) (?:is|was|has been) $|^(?!.*\b(?:agreed|content|happy)\b).*\b(?:could|may|might) be $"
    r"|\b(?:not|would be|nor) (?:yet )?(?:agreed?|content|happy|satisfied|minded|ready)\b[^.;]*$"
)
"""Before a word that says it is done: that it is not, or that somebody thinks that it could be."""
_TO_CLOSE = re.compile(
    r"(?i)^\W*(?:(?:(?:the |this )?(?:action|item|matter)|it)\W+)?to be $|\b(?:agreed|content|happy)\b.*\bto be $"
)
_LATER = re.compile(r"(?i)\W*(?:once|when|after|if|unless|until|at|by|in|on|subject|following|pending)\b")
_ONCE = re.compile(r"(?i) (?:once|when|if|unless|until)\b")
_SENT = re.compile(
    r"(?i)\W*(?:(?:the |final )?(?:report|paper|briefing|note|plan|figures|data|strategy|document|information|response) )?(?:(?:has|have|was|were|been|now) )*"
    r"(?:sent|submitted|circulated|supplied|provided|shared|issued|published)(?: to (?:all|members|(?:the |your )?(?:office|meeting|panel|board|committee)))?(?: (?:on )?\d[\w /.-]{3,18})?\W*"
)
"""Nothing but that what was asked for was handed over. `Draft sent`, `sent to legal for advice` say less."""
_NOT_TOLD = re.compile(r"(?i)(?<![^.;!?])[^.;!?]*(?:\?|, (?:\w+ ){1,3}(?:thought|felt|hoped|believed|suggested|wondered)\b)")
"""A question says nothing, and what somebody thinks decides nothing."""
_OTHERS = re.compile(
    r"(?i)\b(?!(?:it|this|that|which|action|item|matter|point|and)\b)[a-z]+ (?:has|have|had|was|were) (?:(?:been|now|since) )*$"
)
"""`Two stations were closed`, `the gap has closed`; `Item to be closed`, `happy for this to be closed` close it, where nothing must come first."""


def _answer(words: str, states: Collection[ActionState]) -> re.Pattern[str]:
    spelt = [*(state.value for state in states), *(word for word, state in SPELT.items() if state in states)]
    every = "|".join(map(re.escape, sorted((*words.split(), *spelt), key=len, reverse=True)))
    return re.compile(rf"(?i)(?:{every})(?![\w/-])[\s,.:;\u2013-]*")


SAYS_COMPLETE = _answer("yes y true x 1 100%", (ActionState.PROPOSED, ActionState.CLOSED))
SAYS_OPEN = _answer("no n false 0", (ActionState.OPEN,))


_SIGNS = "".join(word for word in SPELT if len(word) == 1 and not word.isalnum())
_SIGNED = re.compile(
    rf"(?is)((?:[a-z]+ )?\S*\d\S*[\s:.\u2013-]*)?([{_SIGNS}])\ufe0f?[\s:.,\u2013-]*(.*)|(.+?)\s*([{_SIGNS}])\ufe0f?\W*"
)


def signed(text: str) -> tuple[str, ActionState | None]:
    """An answer without the one sign of a state that it begins or ends with (behind its reference, too), and that state."""
    found = _SIGNED.fullmatch(text.strip()) if sum(text.count(sign) for sign in _SIGNS) == 1 else None
    return (f"{found[1] or ''}{found[3] or found[4] or ''}", SPELT[found[2] or found[5]]) if found is not None else (text, None)


def spelt_state(text: str) -> ActionState | None:
    """The state that a whole cell names; open where it is empty, None for what is no state."""
    said = " ".join(text.casefold().replace("\ufe0f", "").split()).rstrip(".")
    own = next((state for state in ActionState if state.value == said), None)
    return own or (SPELT.get(said) if said else ActionState.OPEN)


def told_state(text: str) -> ActionState | None:
    """What an update in free words says: the last of several decides, `90% complete` is open, and that it is done proposes it complete."""
    said = _NOT_TOLD.sub("", text)
    _, *later = REOPENED.split(said)
    if later:
        return told_state(later[-1]) or ActionState.OPEN
    ticked = ActionState.PROPOSED if text.strip(" .").casefold() in ("x", "yes", "y") or _SENT.fullmatch(text) else None
    decided = ticked or (spelt_state(text) if text.strip() else None)
    decided = decided or next((state for state, pattern in _DECIDED if pattern.search(said)), None)
    if decided is not None:
        return ActionState.PROPOSED if decided is ActionState.CLOSED else decided
    found = [(max(one.start(), one.start("ours")), one.end()) for one in _CLOSED.finditer(said)]
    told = [(start, _says_done(said[:start], said[start:end], said[end:])) for start, end in found]
    last = max((*told, *((one.start(), False) for kind in (_OPEN, _MISSED) for one in kind.finditer(said))), default=None)
    return last and (ActionState.PROPOSED if last[1] else ActionState.OPEN)


def _says_done(before: str, word: str, after: str) -> bool:
    if word.lower().startswith(("clos", "discharge")) and (_OTHERS.search(before) or _ONCE.match(after)):
        return False
    if word.lower().startswith(("complete", "done")) and before.lower().endswith(("to be ", "should be ")):
        return "nothing " in before.lower()
    ruled = _TO_CLOSE.search(before) is not None and _LATER.match(after) is None
    return ruled or _NOT_YET.search(before) is None


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
    said = " ".join(re.sub(r"\bMay\b", " ", text).casefold().split())  # the month settles as much as any other
    return None if _UNSETTLED.search(said) else next((state for state, pattern in _SETTLED if pattern.search(said)), None)
