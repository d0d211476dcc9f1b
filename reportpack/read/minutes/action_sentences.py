"""Actions inside running words: a label in mid-line, a label that holds only owners, a resolution that asks somebody to act."""

import re

from reportpack.read.minutes.drafts import SENTENCES, TO_DO, Collector, Draft, draft_of
from reportpack.read.minutes.labels import MIDLINE, ActionLabel, action_label
from reportpack.read.minutes.owners import owner_alone
from reportpack.read.minutes.wraps import Passage

_RESOLVED = re.compile(r"\W{0,2}(?:it was )?(?:resolved|agreed)\s?[-\u2013\u2014:]\s*(?P<parts>.+)", re.IGNORECASE)
_BRACKETED = re.compile(
    r"[(\[](?:ACTIONS?|Actions?)(?: (?:for|by|on|point))?\s*[:\u2013-]?\s+(?P<words>[A-Z][^()\[\]]{1,200})[)\]]"
)
_CLOSED_BY = re.compile(r"(?<=[.!?])\s+(?:ACTIONS?|Actions?)\s+(?P<owners>[A-Z][A-Za-z/&, ]{1,40})\.?$")
LETTER = re.compile(r"\((?P<letter>[a-z]|[ivx]{1,4})\)\s*")
_ASKS = re.compile(
    r"that (?P<who>(?:the )?[A-Z][\w' -]{0,60}?) (?:be (?:asked|requested|invited|instructed) to|write|provide|report|circulate|send|prepare|submit)\b"
)


def take_owner_only(collector: Collector, at: int, passage: Passage, label: ActionLabel, owner: str) -> None:
    """`Action: RJ/DB`: the sentence before it is what is to be done."""
    before = next(
        (one for one in reversed(collector.passages[max(0, at - 4) : at]) if not one.cells and len(one.text) > 15), None
    )
    if before is None or action_label(before.text):
        collector.found.append(Draft(owner, at, passage.names, 0.5, label.number, owner))
        return
    words = SENTENCES.split(before.text)[-1].strip()
    collector.found.append(Draft(words, at, before.names, 0.75, label.number, owner.strip(" .*"), own_line=passage.line))
    collector.last_at = at


def _take_bracketed(collector: Collector, at: int, passage: Passage) -> None:
    """`It should be confirmed whether users may download it. (Action DCLG)`: the sentence it closes, or the words in the brackets."""
    for match in _BRACKETED.finditer(passage.text):
        words = match["words"].strip(" .*_")
        line = _line_of(passage, match.group(0)[:12])
        before = passage.text[: match.start()].strip()
        if owner_alone(words, collector.people):
            last = SENTENCES.split(before)[-1].strip()
            if len(last) > 12:
                collector.taken.add(at)
                collector.add(Draft(last, at, passage.names, 0.75, owner=words, own_line=line))
        elif before and not before.endswith((".", "!", "?", ")")) and TO_DO.search(words):
            collector.taken.add(at)
            collector.add(draft_of(words, at, passage, 0.9, line=line))


def _take_closing(collector: Collector, at: int, passage: Passage) -> None:
    """`The plan should be circulated. Action CB`: a sentence with its owner behind it, under no colon."""
    match = _CLOSED_BY.search(passage.text)
    if match is None or not owner_alone(match["owners"], collector.people):
        return
    last = SENTENCES.split(passage.text[: match.start()].strip())[-1].strip()
    if len(last) > 12:
        collector.taken.add(at)
        collector.add(Draft(last, at, passage.names, 0.75, owner=match["owners"], own_line=passage.names[-1]))


def take_mid_line(collector: Collector, at: int, passage: Passage) -> None:
    """`... alternative data sources. Action: For TS/BB to provide ...`."""
    if "ction" not in passage.text and "CTION" not in passage.text:
        return
    _take_bracketed(collector, at, passage)
    _take_closing(collector, at, passage)
    pieces = MIDLINE.split(passage.text)
    labelled = action_label(passage.text) is not None
    for number in range(1, len(pieces) - 1, 2):
        words = pieces[number + 1].strip(" *_")
        if labelled and number == 1 and owner_alone(words, collector.people):
            continue
        before = pieces[number - 1].strip()
        if before.count("(") < before.count(")") or words.count(")") > words.count("("):
            words = words.rstrip(".").removesuffix(")")
        line = _line_of(passage, pieces[number])
        collector.taken.add(at)
        if not words or owner_alone(words, collector.people):
            last = SENTENCES.split(before)[-1].strip()
            if words and last:
                collector.found.append(Draft(last, at, passage.names, 0.75, owner=words.strip(" ."), own_line=line))
            continue
        collector.found.append(draft_of(words, at, passage, 0.93, line=line))
        collector.last_at = at


def _line_of(passage: Passage, label: str) -> str:
    return next((name for name, text in passage.lines if label in text), passage.line)


def take_resolutions(collector: Collector, at: int, passage: Passage) -> None:
    """`Resolved - (b) that the Commissioner be asked to give ...`: a resolution that asks somebody to act."""
    match = _RESOLVED.fullmatch(passage.text)
    if match is None:
        return
    pieces = LETTER.split(match["parts"])
    lettered = [("", pieces[0]), *((f"({pieces[at]})", pieces[at + 1]) for at in range(1, len(pieces) - 1, 2))]
    for letter, text in lettered:
        words = re.sub(r"(?:;|,)?\s*(?:and)?\s*$", "", text.strip())
        asks = _ASKS.match(words)
        if asks is not None:
            collector.found.append(Draft(words, at, passage.names, 0.85, letter, asks["who"]))
