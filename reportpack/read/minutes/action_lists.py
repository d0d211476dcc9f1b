"""Actions in lists: numbered codes, right-hand columns, entries below a label, and the lines that say more of the last."""

from collections.abc import Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.minutes import NotedState
from reportpack.read.minutes.action_rows import owner_and_due
from reportpack.read.minutes.drafts import (
    NOTHING,
    SENTENCES,
    TO_DO,
    Collector,
    Draft,
    begun_state,
    closures_in,
    draft_of,
    state_of,
)
from reportpack.read.minutes.form import SLOT
from reportpack.read.minutes.grammar.classes import is_imperative
from reportpack.read.minutes.labels import CODED, DECISION, DUE, OWNER, UPDATE
from reportpack.read.minutes.outline import is_title
from reportpack.read.minutes.owners import owner_alone, owners_of
from reportpack.read.minutes.people import People, looks_like_name, split_owners
from reportpack.read.minutes.promises import says_who_acts
from reportpack.read.minutes.wraps import Passage

_UPDATED = re.compile(
    r"(?P<words>.{12,600}?[.?!]?)\s+\(?(?:Update|UPDATE|Progress)\s*:?\s*\(?\d{1,2}[./ ]\w{1,9}[./ ]\d{2,4}\)?\s*[:\u2013\u2014-]?\s*(?P<update>\S.{0,600})",
    re.DOTALL,
)
_NAMED = re.compile(r"(?P<who>[A-Z][\w&/, .'\u2019-]{0,40}?)\s*(?::|\s[-\u2013\u2014])\s+(?:to )?(?P<what>[a-z].*)", re.DOTALL)
"""`Carl - hand over the keys`, `All: read the plan`."""
_ROTA = re.compile(
    r"(?i)next (?:week|meeting|time|session|call|month)\b[^:\u2013-]{0,20}[:\u2013-].{2,60}\b(?:host|chair|facilitate|minute|(?:take|taking) (?:the )?(?:notes|minutes))s?\b.{0,30}"
)
_LISTED = re.compile(r"^\(?\d{1,2}[.)]\s+(?=\S)(?:\[[ xX]\]\s+(?=[A-Z][\w/]*:))?")
_COLUMNED = ("continue ", "feedback ", "feed back ", "invite ", "all to ")


def _adds_to_last(collector: Collector, at: int, passage: Passage) -> bool:
    """A line `Due:`, `Owner:` or `Update:` below an action in the same item says more of it."""
    outline, text = collector.outline, passage.text
    if not collector.found or not 0 < at - collector.last_at <= 6 or outline.path_at(at) != outline.path_at(collector.last_at):
        return False
    last = collector.found[-1]
    status = begun_state(text, alone=True) if at == collector.last_at + 1 and not text[:1].islower() else ""
    if (due := DUE.fullmatch(text)) is not None:
        last = replace(last, due=due["text"].strip())
    elif (owner := OWNER.fullmatch(text)) is not None and len(owner["text"]) < 120 and at == collector.last_at + 1:
        last = replace(last, owner=owner["text"].strip())
    elif (update := UPDATE.fullmatch(text)) is not None:
        open_now = NotedState.OPEN if last.state is NotedState.NEW else last.state
        last = replace(last, state=state_of(update["text"]) or open_now, update=update["text"].strip())
    elif status:
        last = replace(last, state=state_of(text) or state_of(status) or last.state, update=text)
    else:
        return False
    collector.found[-1] = last
    collector.last_at, collector.waiting = at, False
    return True


def _takes_coded(collector: Collector, at: int, passage: Passage) -> bool:
    """`05-01 RB, FQ, KK to complete ...`, `R14/22 The OPCC to give ...`, `11-03 closed.`"""
    match = CODED.fullmatch(passage.text) if not passage.mark and not passage.level and not passage.strong else None
    if match is None:
        return False
    words, number = match["text"].strip(), match["number"]
    begun = begun_state(words) if collector.coded else ""
    if begun:
        state = state_of(begun) or NotedState.OPEN
        collector.found.append(Draft(SENTENCES.split(passage.text)[0], at, passage.names, 0.85, number, state=state))
        return True
    beside = not passage.column and any(one.column for one in collector.passages)  # the left column numbers its items
    if number.rstrip("0123456789/-") in collector.items or (beside and not owners_of(words, collector.people)):
        return False
    first = next((draft.ref for draft in collector.found if CODED.fullmatch(f"{draft.ref} x")), number)
    if collector.coded and ("-" in first) != ("-" in number):
        return False
    whole_year = "/20" in number and number[:1].isdigit() and bool(owners_of(words, collector.people))
    listed = collector.block or collector.coded or whole_year or "action" in passage.column.lower()
    if not listed or not (TO_DO.search(words) or is_imperative(words) or collector.coded):
        return False
    return collector.takes(draft_of(words, at, passage, 0.95, number))


def _takes_columned(collector: Collector, at: int, passage: Passage) -> bool:
    column, text = passage.column.lower(), passage.text
    if not column or DECISION.match(text) or len(text) < 2 or NOTHING.fullmatch(text):
        return False
    who, due = owner_and_due(text)
    if owner_alone(who, collector.people):
        words = [(number, one) for number, one in enumerate(collector.passages) if not one.column and len(one.text) > 12]
        beside = [(number, one) for number, one in words if passage.line in one.names]
        left = next((one for number, one in reversed(beside) if number < at), beside[0][1] if beside else None)
        if left is not None:
            own = asked_of(who, SENTENCES.split(left.text), collector.people) if left.names == (left.line,) else ""
            said = own if own and says_who_acts(own) else _sentence_at(left, passage.line)
            collector.found.append(Draft(said, at, left.names, 0.8, owner=who, due=due, own_line=passage.line))
        return left is not None
    mixed = collector.coded or "decision" in column
    asks = text.lower().startswith(_COLUMNED) or (not collector.coded and TO_DO.search(text))
    if "action" not in column or (mixed and not asks):
        return False
    found = draft_of(text, at, passage, 0.6 if collector.coded else 0.9)
    collector.found.append(replace(found, marked=not collector.coded))
    collector.last_at = at
    return True


def asked_of(owner: str, sentences: Sequence[str], people: People) -> str:
    """Of what stands above or beside owners the last sentence that asks one of them to act, or at least names one; empty where none does."""
    names = [name.lower() for part in split_owners(owner) for name in people.names_of(part)]
    named = [one for one in sentences if any(f" {name}" in f" {one.lower()}" for name in names)]
    return next(iter([one for one in named if says_who_acts(one)][-1:] or named[-1:]), "").strip()


def _sentence_at(passage: Passage, line: str) -> str:
    end = len(" ".join(text for _, text in passage.lines[: passage.names.index(line) + 1]))
    sentences = SENTENCES.split(passage.text)
    starts = (len(" ".join(sentences[:at])) + (at > 0) for at in range(len(sentences)))
    return [one for one, start in zip(sentences, starts, strict=True) if start < end][-1].strip()


def _takes_updated(collector: Collector, at: int, passage: Passage) -> bool:
    """`RHL is to clarify what it is for. Update 18.01.22 - Complete`: an old action under no label, told by what was added to it."""
    if (match := _UPDATED.fullmatch(passage.text)) is None or not _acts(match["words"], collector.people):
        return False
    state = state_of(match["update"]) or NotedState.OPEN
    return collector.takes(Draft(match["words"].strip(), at, passage.names, 0.75, state=state))


def _takes_closures(collector: Collector, at: int, passage: Passage) -> bool:
    """Old actions named by their references only: `The following can be closed: 12/2022, 14/2022`, `Outstanding: R9/22 (...)`."""
    found, low = tuple(closures_in(passage.text)), passage.text.lower()
    here, said = collector.outline.item_at(at), " action" in f" {low}"
    listed = said or (here is not None and " action" in f" {here.title.lower()}") or "tracker" in low
    for ref, words, state in found:
        marked = listed and (said or len(found) == 1)
        collector.found.append(Draft(words, at, passage.names, 0.8, ref, state=state, marked=marked))
    return bool(found)


LINES = (_adds_to_last, _takes_updated, _takes_coded, _takes_columned, _takes_closures)
"""What a line outside a list may be; each says whether it has taken it."""


def continues_block(collector: Collector, at: int, passage: Passage) -> bool:
    """Whether a passage is one more action of the list that is open."""
    text, before = passage.text, collector.passages[at - 1] if at else None
    if at in collector.outline.titles or len(text) > 900 or any(one.fullmatch(text) for one in (NOTHING, SLOT, DECISION)):
        return False
    first = collector.last_at == at - 1 and collector.waiting
    if not first and collector.last_at == at - 1 and _LISTED.match(text) and before is not None and _LISTED.match(before.text):
        return collector.block in ("plural", "heading", "more")
    if passage.mark:
        # Of a list whose label was an entry itself only deeper ones are its own; where the file tells no depth, every one is.
        collector.indent = -1 if first and passage.indent <= collector.indent else collector.indent
        deep = first or collector.indent < 0 or passage.indent > collector.indent
        listed = collector.block in ("plural", "heading", "more") or (before is not None and bool(before.mark or before.cells))
        return deep and (first or listed)
    if before is not None and before.mark and not first:
        return False
    if first and collector.earlier:
        return _acts(text, collector.people)
    if first:
        return not (is_title(passage) and len(text) < 40 and not TO_DO.search(text)) or is_imperative(text)
    if passage.gap and collector.block in ("single", "more"):
        return False
    if (
        before is not None
        and collector.block in ("plural", "heading")
        and _assigns(text, collector)
        and _assigns(before.text, collector)
    ):
        return True
    return _acts(_LISTED.sub("", text), collector.people) and not (collector.block == "more" and len(text) > 300)


def _assigns(text: str, collector: Collector) -> bool:
    """`Jo May: write the plan`, of somebody who was there, or who goes by a name."""
    who, _, what = _LISTED.sub("", text).partition(": ")
    named = (collector.people.known(one) or looks_like_name(one) for one in split_owners(who))
    return len(what) > 8 and len(who) < 40 and (who.casefold() == "all" or any(named))


def _acts(text: str, people: People) -> bool:
    return " to be " in text[:160] or is_imperative(text) or (bool(owners_of(text, people)) and TO_DO.search(text) is not None)


def take_listed(collector: Collector, at: int, passage: Passage) -> None:
    """One more entry of the open list; owners alone are none."""
    collector.taken.add(at)
    text, people = _LISTED.sub("", passage.text), collector.people
    owner = collector.block.removeprefix("owner:") if collector.block.startswith("owner:") else ""
    if (owner_alone(text, people) and len(text) < 60) or _ROTA.fullmatch(text):  # `Next week: Ben to host`: nobody owes it
        return
    named = _NAMED.fullmatch(text) if not owner else None
    if named is not None and (named["who"] == "All" or owner_alone(named["who"], people) or people.known(named["who"])):
        owner = named["who"]
    elif not owner and ": " in text[:40] and not owners_of(text, people):
        owner = ", ".join(owners_of(text.split(": ", maxsplit=1)[1], people))
    collector.add(draft_of(text, at, passage, 0.95, owner=owner))
