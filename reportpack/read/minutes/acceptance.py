"""Who says that an action is done: the office's side and the meeting accept it and close it; what anybody else says of it only proposes that."""

from functools import lru_cache

from reportpack import patterns as re
from reportpack.model.action import ActionState
from reportpack.model.office import Office, Side
from reportpack.model.state_words import REOPENED, told_state

_ENDS = r"(?:close[ds]?|closure|closing|(?<!to be )(?:completed?|done|finished)|discharged?|sign(?:ed)?(?: (?:it|this|that))?[ -]off)\b(?! (?:of|the|a|an)\b)"
_OF_IT = r"(?:(?:as|that|to|for|with|it|this|both|these|the|actions?|matters?|items?|and|be|been|is|are|was|were|has|have|had|now|could|can|may|should) )*"
_OURS = r"(?:^|[.;:,(\u2013-] *|\b(?:and|then|now|it|this|that|action|matter|item) )(?:(?:is|was|were|has|have|had|been|now|also|formally|agreed|duly) )*"
_BODY = "meeting|board|panel|committee|group|members|chair(?:man|woman|person)?|we|all"
_HAD = r"(?:(?:has|have|had|was|were|is|are|also|then|now|said|that|she|he|they) )*"
_NOT_LATER = r"(?! *(?:,? *(?:once|when|if|unless|until|after|at|by|in|subject|following|pending)\b))"
_STOPS = r"(?= *(?:[.;:,(\u2013-]|as\b|and\b|on \d|in [A-Z]|\d|$))"


@lru_cache(maxsize=8)
def _patterns(office: Office) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Where somebody says so who may, or the meeting; and where somebody accepts it who may not."""
    own, others = ([one for one in office.posts if (one.side is Side.OFFICE) is ours] for ours in (True, False))
    short = {one.title.split()[-1] for one in own} - {one.title.split()[-1] for one in others}  # `the Commissioner`
    people = {one.name for one in office.people if one.post in {each.id for each in own}}
    names, theirs = ({name for one in side for name in (one.title, one.abbreviation, *one.aliases)} for side in (own, others))
    who = rf"(?:the |our )?(?:{_any_of(names | short | people | {office.short_name, office.name})}|{_BODY})\b"
    said = (
        rf"\b{who} {_HAD}(?:content|happy|satisfied|agree[ds]?|accept(?:ed|s)?|confirm(?:ed|s)?|approved|decided|resolved) {_OF_IT}{_ENDS}{_NOT_LATER}",
        rf"\b{who} {_HAD}(?:(?:closed|discharged|accepted)(?: (?:it|this|that))?|signed(?: (?:it|this|that|the action))? off(?: (?:it|this))?){_STOPS}",
        rf"{_OURS}(?:signed off|closed|accepted|discharged|{_ENDS} (?:was |is )?(?:agreed|approved|accepted|confirmed))(?: as (?:done|completed?))? by {who}",
        rf"(?:^|[.;:,] *|\band )(?:it (?:is|was|has been) )?(?:agreed|resolved|decided|content|happy) {_OF_IT}{_ENDS}(?! (?:\w+ ){{0,3}}by (?!{who})){_NOT_LATER}",
        rf"(?<!not )\b{_ENDS}[^;]*[.;,] *(?:and )?{who} {_HAD}(?:content|happy|satisfied|agreed|accepts?|approved) *(?:[.;,)]|$)",
    )
    refused = rf"\b(?:agreed|accepted)\b(?: (?:as|that|this|it|is|was|done|completed?|closed))* by (?!{who})|(?:{_any_of(theirs)}) {_HAD}(?:agreed|accepted)\b"
    return re.compile(f"(?i){'|'.join(said)}"), re.compile(f"(?i){refused}")


def _any_of(names: set[str]) -> str:
    return "|".join(re.escape(one) for one in sorted(names, key=len, reverse=True) if one) or r"(?!)"


def told_by(text: str, office: Office | None) -> ActionState | None:
    """What an update in free words says, by who says it."""
    told, plain = told_state(text), " ".join(REOPENED.split(text)[-1].split())
    if office is None or told in (ActionState.SUPERSEDED, ActionState.WITHDRAWN, ActionState.DISPUTED):
        return told
    accepts, refused = _patterns(office)
    if accepts.search(plain):
        return ActionState.ACCEPTED
    return ActionState.PROPOSED if told is ActionState.ACCEPTED and refused.search(plain) else told
