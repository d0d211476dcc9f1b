"""The words with which notes mark things: actions, decisions, attendance, updates. Labels count at the start of a line, or after a full stop."""

from dataclasses import replace

from reportpack import patterns as re
from reportpack.read.documents.lines import squeezed
from reportpack.records import Record
from reportpack.signs import SIGN

_NUMBER = r"(?:no\.? ?)?(?:\d{1,4}(?:[./-]\d{1,4}){0,2}[a-z]?|[A-Z]{1,4}\d{1,4}(?:/\d{2,4})?)"
_ACTION_WORD = r"(?:new |agreed |key |summary of |further |outstanding |on-?going |open |previous |completed |closed |carried forward |urgent |specific )?(?:actions?(?: points?| items?| log)?|aps?|ais?|action/?s|to[- ]?do|follow[- ]?up)"
_ACTION_TAIL = (
    r"(?: ?(?:arising|agreed|required|points?|items?|needed|owners?(?=\s?:)|taken|by(?=\s?:)|to be taken|to take|noted|from (?:(?:the|this|today'?s|last|previous|our) ){1,2}meeting|from (?:the )?\d{1,2}(?:st|nd|rd|th)? [a-z]{3,9}(?: \d{2,4})?(?: meeting)?|arising from (?:item|minute|paragraph) [\d.]+|from (?:item|minute) [\d.]+"
    r"|/ ?further information to be provided))?"
)
ACTION = re.compile(
    rf"(?i)\W{{0,3}}(?P<word>{_ACTION_WORD}{_ACTION_TAIL})(?: ?[#(]?(?P<number>{_NUMBER})\)?)?"
    r"(?: ?[(\[](?P<owner>[^()\[\]]{1,60})[)\]]| (?:by|for|on) (?P<by>(?:the )?(?-i:[A-Z])[^:.]{1,50}))?[\]\s*_)\x22']{0,3}(?:(?P<colon>\s?[:\u2013\u2014]|\s-|\.(?=\s|$))\s*[*_\x22'\]]{0,3}|$)"
)
"""`Action:`, `ACTION 3:`, `Actions arising:`, `Action \u2013`, `AP1:`, `Action (NH):`; or the label alone on its line."""
ACTION_BARE = re.compile(
    r"(?:ACTION|Action) (?:ITEM|[Ii]tem|[Pp]oint)\s+(?=to [a-z]{3})|(?P<word>ACTION|Action)\s+(?:\(?(?P<number>\d{1,3}/\d{2,4}|\d{1,3})\)?\s+)?"
    r"(?=[A-Z][\w/&'\u2019. ]{0,60}? (?:to|will) [a-z])"
)
"""`Action NA to share`, `Action item to share`: no colon, but somebody to do something, or something to do."""
ACTION_INITIALS = re.compile(
    r"(?:ACTION|Action)\s+(?P<who>[A-Z]{2,4}(?:\s?/\s?[A-Z]{2,4})*)(?:\s+(?=[a-z]{3,})|\s?:\s+(?=\S)|\.?$)"
)
"""`Action SN send formal note`: initials and what they do."""
SHORT_POINT = re.compile(
    r"(?P<number>AP ?\d{1,3}(?:[./]\d{1,4})?(?=\s+[A-Z]|\s*[:.)\u2013-])|A\d{1,3}(?=\s*[:.)\u2013-]\s))\s*[:.)\u2013-]?\s*(?=\S)"
)
"""`AP1 RJ to ...`, `A3: ...`."""
CODED = re.compile(
    r"(?P<number>\d{2}-\d{2}|(?:[A-Z]{1,4}[- ]?)?\d{1,4}/(?:(?:19|20)\d{2}|\d{2})|[A-Z]{1,3}\d{1,4}/\d{2,4})\s*[:.)\u2013-]?\s+(?P<text>[A-Za-z(\u2018'\"].*)"
)
"""`17/2022 PL to ...`, `R14/22 The OPCC to ...`, `05-01 RB to ...`."""
MIDLINE = re.compile(
    r"(?<=[.!?)\u201d\u2019\"])\s+\W{0,2}(?P<label>(?:ACTIONS?|Actions?)(?: (?:arising|points?|\d{1,3}))?(?:\s?[:\u2013]|\s-(?=\s))|(?:>>|=>|\u2192)(?=\s*[A-Z][\w/&,. ]{0,50} to [a-z]))\s*"
)
UPDATE = re.compile(
    r"(?i)\W{0,2}(?:update|progress|status|outcome|response)s?(?: \(?\d{1,2}[./ ]\w{1,9}[./ ]\d{2,4}\)?)?(?: ?[:\u2013\u2014-]| -)\s*(?P<text>.+)"
)
DUE = re.compile(
    r"(?i)\W{0,2}(?:due|deadline|by when|target date|due date|timescale|complete by|when)(?: date)?\s?[:\u2013]\s*(?P<text>.+)"
)
OWNER = re.compile(
    r"(?i)\W{0,2}(?:owner|lead|by whom|who|responsible|action owner|assigned to|led by)s?\s?[:\u2013]\s*(?P<text>.+)"
)
DECISION = re.compile(
    r"(?i)\W{0,2}(?:decisions?(?: made| taken| \d{1,3})?|resolved|resolution|agreed|it was resolved|recommendation agreed)\s?(?:[:\u2013\u2014]|-(?=\s))\s*(?P<text>.*)"
)
OPENS_RESOLUTIONS = re.compile(r"(?i)(?:.{0,45}\bresolved(?: that)?|.{0,45}\bagreed(?: that| to)?(?=:))[\s:.*\u2013\u2014-]*")
"""`It was moved, seconded and RESOLVED \u2013`, `The Board agreed:`: what is decided stands below."""
HEADER = re.compile(
    r"(?i)(?P<label>date and time|date & time|date/time|date of meeting|date held|meeting date|date|start time|time|start|finish|end time|end|venue|location"
    r"|place|held at|in the chair|chair(?:ed by|person|man)?|minutes(?: taken)?(?: by)?|minute taker|notes(?: taken)?(?: by)?|note ?taker|note-taker"
    r"|secretary|secretariat|scribe|title|meeting|subject|organiser)\s?(?::\s*(?P<text>.*)|$)"
)
SECTION = re.compile(
    r"(?P<label>sederunt|(?:(?!the |for |\d)[\w-]+ ){0,6}in attend[ae]nce|(?:the following |(?!the |for |\d)[\w-]+ ){0,3}(?:present|attendees?|members|participants|absentees|regrets)|absent|observ(?:ers?|ing)|guests?|visitors|officers|directors|representatives"
    r"|(?:also |those )?attend(?:ed|ing)|(?:(?:governors?|members?|trustees?|committee|board|meeting) )?attendance(?: list| record| register)?|(?:[\w-]+ )?apolog(?:y|ies)(?: for absence)?(?: (?:were|have been|had been))?(?: (?:received|accepted|noted|given|sent))?(?: from)?"
    r"|(?:officials?|ministers?)(?: \([^()]*\))?(?: presenting)?|(?:panel|board|committee|group)|secretariat|ex[ -]officio|witnesses|presenters?|in the chair|officers (?:in attendance|present)"
    r"|invited|secretary|staff|by invitation|roll call)",
    re.IGNORECASE,
)
LETTER = re.compile(r"\((?P<letter>[a-z]|[ivx]{1,4})\)\s*")
ITEM_NUMBER = re.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|\d{1,3}/\d{2}|\d{1,2}[a-z])[.):]?")
REFERENCE = r"(?:[A-Z]{1,4}[- ]?)?\d{1,4}(?:[./-]\d{1,4}){0,2}(?:\.?[a-z]|\([a-z]\))?|\(\d{1,3}\)"
"""What the number of an action can look like: `12`, `14/2019`, `A3`, `391(a)`, `(15)`."""
_UPDATED = re.compile(r"\W{0,2}(?:Update|UPDATE|Progress)\b(?=\s?(?:[:\u2013-]|\d|$))")
_NUMBERED = re.compile(r"(?i)(?:item|agenda item|ref)\s+\d|\d{1,2}(?:\.\d{1,2}){0,3}[.):]?\s+[A-Z\u2018\u201c\"(]")
_PARAGRAPH_NUMBER = re.compile(r"(?i)\d{1,2}(?:\.\d{1,2}){0,3}[.):]?\s+(?=\W{0,2}(?:actions?|ACTIONS?)\b)")
_CODE_BEFORE = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.):]?\s+)?(?P<code>[A-Z]{2,}(?:[-/][A-Z]{2,})*[-/]\d[\d/-]*)\s*:\s*(?=Actions?\b|ACTIONS?\b)"
)
"""`ACT-TC-2016-58: Action: PR - share the proposal`."""
_BEFORE = "new agreed key further outstanding ongoing on-going open previous completed closed urgent specific"
_ACTS = tuple(f"{before} act" for before in _BEFORE.split())
_BEGINNINGS = ("action", "ap", "ai", "to do", "to-do", "todo", "follow-up", "follow up", "summary", "carried forward", *_ACTS)
_PLURALS = frozenset({"actions", "points", "items", "aps", "ais"})
_EARLIER = ("outstanding", "ongoing", "on-going", "open", "previous", "carried forward")
_DONE = ("completed", "closed")
NOT_A_LABEL = re.compile(r"(?i)\W*actions?\s+(?:log|plan|tracker|report|notes?|fraud)\b(?!\s*:)")


class ActionLabel(Record):
    """A label found at the start of a text: what follows it, its number, an owner named in it, and whether it is a plural."""

    text: str
    number: str = ""
    owner: str = ""
    plural: bool = False
    word: str = ""
    earlier: bool = False
    done: bool = False


def action_label(text: str) -> ActionLabel | None:
    """The action label at the start of a text, None when there is none; a paragraph's own number may stand before it."""
    if text[:1].isdigit():
        text = _PARAGRAPH_NUMBER.sub("", text, count=1)
    if (coded := _CODE_BEFORE.match(text)) is not None:
        return None if (label := action_label(text[coded.end() :])) is None else replace(label, number=coded["code"])
    if (match := SHORT_POINT.match(text)) is not None and len(text) > match.end() + 8:
        return ActionLabel(text[match.end() :].strip(), match["number"], word="ap")
    if not text[:24].lower().lstrip(" *_-\u2013[(#>\u2022").startswith(_BEGINNINGS) or NOT_A_LABEL.match(text):
        return None
    if (match := ACTION.match(text)) is not None:
        word = match["word"].lower()
        rest = squeezed(text[match.end() :]).strip("*_ ")
        closing = {"[": "]", "(": ")"}.get(text.lstrip()[:1], "")
        if closing and rest.endswith((closing, f"{closing}.")):  # it closes the bracket before the label
            rest = rest.rstrip(".").removesuffix(closing)
        owner = (match["owner"] or match["by"] or "").strip()
        owner = "" if owner.lower().rstrip("s") in ("ai", "ap") else owner[4:] if owner.lower().startswith("the ") else owner
        plural = word.startswith("summary") or not _PLURALS.isdisjoint(word.split())
        return ActionLabel(rest, match["number"] or "", owner, plural, word, word.startswith(_EARLIER), word.startswith(_DONE))
    if (match := ACTION_INITIALS.match(text)) is not None:
        owner = match["who"] if match.end() < len(text) else ""  # `ACTION QR` below the words: nothing but who
        return ActionLabel(text[match.start("who") :].strip(), owner=owner, word="action")
    match = ACTION_BARE.match(text)
    return ActionLabel(text[match.end() :].strip(), match["number"] or "", word="action") if match is not None else None


def begins_block(text: str) -> bool:
    """Whether a line begins something new and never goes on with the one before it."""
    if _NUMBERED.match(text) or _UPDATED.match(text) or CODED.fullmatch(text):
        return True
    attended = SECTION.match(text) if ":" in text[:40] else None
    if action_label(text) is not None or (attended is not None and text[attended.end() : attended.end() + 1] == ":"):
        return True
    return any(pattern.match(text) is not None for pattern in (DUE, OWNER, DECISION, SIGN)) or is_header(text)


def is_header(text: str) -> bool:
    """Whether a line is a label of the head with its colon: `Venue: ...`."""
    match = HEADER.fullmatch(text)
    return match is not None and match["text"] is not None
