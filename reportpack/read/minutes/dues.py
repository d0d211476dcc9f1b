"""When an action is due, as written and as a day or a meeting's month; what it waits for; and whether it brings something back."""

import re
from datetime import date

from reportpack.model.minutes import ActionKind
from reportpack.read.minutes.dates import find_days, find_months, relative_day
from reportpack.records import dataclass

_MEETING = r"(?:(?:assurance|panel|board|group|committee|odug|lpc|governance|public|team|transparency|public data)\s+){0,3}(?:meeting|board|panel|committee|session)"
_WHICH = r"(?:the |a |its |our |your )?(?:(?:next|future|following|later|subsequent|forthcoming|first available)|(?:\d{1,2}(?:st|nd|rd|th)? )?(?:january|february|march|april|may|june|july|august|september|october|november|december)(?: 20\d\d)?)"
_LATER = re.compile(
    rf"\b(?P<before>before|prior to|in advance of|ahead of|by|in time for)?\s*(?:(?:at|to|for|on|with|in|until)\s+)?(?P<meeting>{_WHICH}\s+(?:local )?{_MEETING})\b",
    re.IGNORECASE,
)
_BOARD = re.compile(
    r"\b(?:back|return(?:ed|s)?|report) (?:them |it |this |these )?(?:back )?to (?P<meeting>the (?:board|panel|group|committee|meeting))\b",
    re.IGNORECASE,
)
_BRINGS = re.compile(
    r"\b(?:brought|bring|bringing|come|coming|report(?:ed|ing)?|taken|refer(?:red)?|return(?:ed)?|revert|present(?:ed|ing)?|submit(?:ted)?|provide an update|update)\b[^.]{0,60}?\bback\b"
    r"|\bbring\b|\bbrought to\b|\breturn to\b|\brevert to\b|\b(?:discuss|discussed|consider|considered|review|reviewed|present|tabled|presented|standing item|on the agenda|deep dive)\b",
    re.IGNORECASE,
)
_PLAINLY_BACK = re.compile(
    r"\b(?:brought|bring|come|report|return|revert)\w*\b[^.]{0,60}?\bback\b|\bbrought to\b|\breport back\b", re.IGNORECASE
)
_CONDITION = re.compile(
    r"[,;]?\s+\b(?P<clause>(?:(?:once|after|subject to|provided that|following|depending on)\s+|when\s+[^.]{3,120}?\b(?:has|have|is|are|been)\b|(?<=, )if\s+)[^.]{6,200})",
    re.IGNORECASE,
)
_FIRST_CONDITION = re.compile(
    r"(?P<clause>(?:once|after|if|when|subject to|provided that|following|should) [^,.;]{4,160}),\s", re.IGNORECASE
)
_PREPOSITION = re.compile(
    r"\b(?P<words>(?:by|before|on|no later than|not later than|until|due(?: by| on)?|for|w/c|week commencing|deadline(?: of| is)?|from)(?: the)?"
    r"(?: (?:end|close|beginning|start) of(?: play| business)?(?: on)?)?)\s+$",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"[(\[](?P<inside>[^()\[\]]{3,60})[)\]]\W*$")
_NEAR = re.compile(
    r"\b(?P<words>(?:by |before |on )?tomorrow|(?:by |before )(?:the )?end of next (?:week|month)|(?:by|before|no later than|until) (?:this )?(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
    r"|(?:by|before|until) (?:the )?\d{1,2}(?:st|nd|rd|th))(?=\W*$|[,;.)])",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?P<words>asap|a\.s\.a\.p\.|as soon as possible|immediately|urgently|on-?going(?=\W*$)|regularly|at a later date|in due course|shortly(?! (?:after|before))|by the new year"
    r"|(?:prior to|before|in advance of|ahead of|by|in time for) (?:the |its |our )?(?:next|publication|end|new year|summer|autumn|spring|winter|christmas|easter)[^.,;()]{0,50}"
    r"|within (?:the next )?\w+ (?:working )?(?:days?|weeks?|months?)|in (?:the next )?\w+ (?:working )?(?:days|weeks|months)(?:[\u2019'] ?time| time)?|over the next \w+ (?:days|weeks|months)"
    r"|by next (?:week|month|monday|tuesday|wednesday|thursday|friday)|(?:for |at |by |to )?the next but one (?:meeting|board)|(?:in|by|during|end of|by end|by the end of) q[1-4]\b(?: ?(?:20)?\d{2}(?:/\d{2})?)?"
    r"|(?:by |at )?(?:the )?end (?:of )?(?:the )?(?:this )?(?:month|week|year|january|february|march|april|may|june|july|august|september|october|november|december|q[1-4])\b(?: \d{4})?)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Due:
    """A day, or a meeting's month, with the words that say so."""

    day: date | None = None
    meeting: str | None = None
    words: str | None = None


def read_due(words: str, at: date | None, coming: date | None = None) -> Due:
    """From the words of an action, resolved at the meeting's day. `coming` is the next meeting where the notes name its day."""
    named = _named_meeting(words, at, coming)
    if named is not None:
        return named
    for one in find_days(words, after=at):
        before = _PREPOSITION.search(words[max(0, one.start - 40) : one.start])
        if before is not None:
            return Due(one.day, None, f"{before['words'].strip()} {one.words.strip(' .,')}")
    closing = _CLOSING.search(words)
    inside = find_days(closing["inside"], after=at) if closing is not None else ()
    if inside:
        return Due(inside[0].day, None, inside[0].words)
    near = _NEAR.search(words)
    if near is not None:
        return Due(relative_day(near["words"], at), None, near["words"].strip())
    vague = _VAGUE.search(words)
    if vague is not None:
        return Due(relative_day(vague["words"], at), None, vague["words"].strip())
    return Due()


def due_field(text: str, at: date | None, coming: date | None = None) -> Due:
    """From a field of its own (`Due: January`, a cell under BY WHEN), where every word is about the date."""
    text = text.strip(" .")
    if not text or text.lower() in ("tbc", "n/a", "-", "none", "tba", "\u2013"):
        return Due(words=text or None)
    named = _named_meeting(text, at, coming)
    if named is not None:
        return Due(named.day, named.meeting, text)
    days = find_days(text, after=at)
    return Due(days[0].day if days else relative_day(text, at), None, text)


def _named_meeting(words: str, at: date | None, coming: date | None) -> Due | None:
    match = _LATER.search(words)
    if match is not None and re.search(
        r"\b(?:schedule|arrange|set|organise|fix|host) (?:the |a )?$", words[: match.start()] + " ", re.IGNORECASE
    ):
        match = None
    if match is None:
        board = _BOARD.search(words)
        return Due(None, None, board["meeting"]) if board is not None else None
    text = re.sub(r"^(?:the|a|an|its|our|your) ", "", match["meeting"].strip(), flags=re.IGNORECASE)
    shown = f"{match['before']} {text}" if match["before"] else text
    months = tuple(find_months(text, at))
    if months:
        return Due(None, months[0][0], shown)
    nearest = re.search(r"\bnext\b", text, re.IGNORECASE) is not None
    return Due(None, f"{coming:%Y-%m}" if coming and nearest else None, shown)


def kind_of(words: str, due: Due) -> ActionKind:
    """To bring back when a matter returns to a later meeting; what is only to be done before one is done."""
    if _PLAINLY_BACK.search(words):
        return ActionKind.BRING_BACK
    before = due.words is not None and re.match(r"(?:before|prior|in advance|ahead|by)\b", due.words, re.IGNORECASE) is not None
    named = due.meeting is not None or (
        due.words is not None and re.search(r"\b(?:meeting|board|panel|committee)\b", due.words, re.IGNORECASE) is not None
    )
    return ActionKind.BRING_BACK if named and not before and _BRINGS.search(words) else ActionKind.DO


def condition_of(words: str) -> str | None:
    """What must have happened first: `after the first two quarters ... have been received`."""
    first = _FIRST_CONDITION.match(words)
    if first is not None:
        return first["clause"].strip()
    match = _CONDITION.search(words)
    return match["clause"].strip() if match else None
