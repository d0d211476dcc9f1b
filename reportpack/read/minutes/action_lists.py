"""Actions in lists: numbered codes, right-hand columns, entries below a label, and the lines that say more of the last."""

from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.minutes import NotedState
from reportpack.read.minutes.action_rows import owner_and_due
from reportpack.read.minutes.drafts import NOTHING, SENTENCES, TO_DO, Collector, Draft, draft_of
from reportpack.read.minutes.form import SLOT
from reportpack.read.minutes.grammar.classes import is_imperative
from reportpack.read.minutes.labels import CODED, DECISION, DUE, OWNER, UPDATE
from reportpack.read.minutes.outline import is_title
from reportpack.read.minutes.owners import owner_alone, owners_of
from reportpack.read.minutes.people import People
from reportpack.read.minutes.states import begun_state, closures_in, reviewed_in, state_of
from reportpack.read.minutes.wraps import Passage

_UPDATED = re.compile(
    r"(?P<words>.{12,600}?[.?!]?)\s+\(?(?:Update|UPDATE|Progress)\s*:?\s*\(?\d{1,2}[./ ]\w{1,9}[./ ]\d{2,4}\)?\s*[:\u2013\u2014-]?\s*(?P<update>\S.{0,600})",
    re.DOTALL,
)
_NAMED = re.compile(r"(?P<who>[A-Z][\w&/, .'\u2019-]{0,40}?)\s*(?::|\s[-\u2013\u2014])\s+(?:to )?(?P<what>[a-z].*)", re.DOTALL)
"""`Carl - hand over the keys`, `All: read the plan`."""
_LISTED = re.compile(r"^\(?\d{1,2}[.)]\s+")


def adds_to_last(collector: Collector, at: int, passage: Passage) -> bool:
    """A line `Due:`, `Owner:` or `Update:` below an action in the same item says more of it."""
    outline = collector.outline
    if not collector.found or not 0 < at - collector.last_at <= 6 or outline.path_at(at) != outline.path_at(collector.last_at):
        return False
    last = collector.found[-1]
    below = at == collector.last_at + 1 and not passage.text[:1].islower()
    status = begun_state(passage.text, alone=True) if below else ""
    due, owner, update = DUE.fullmatch(passage.text), OWNER.fullmatch(passage.text), UPDATE.fullmatch(passage.text)
    if due is not None:
        collector.found[-1] = replace(last, due=due["text"].strip())
    elif owner is not None and len(owner["text"]) < 120:
        collector.found[-1] = replace(last, owner=owner["text"].strip())
    elif update is not None:
        collector.found[-1] = replace(
            last,
            state=state_of(update["text"]) or (NotedState.OPEN if last.state is NotedState.NEW else last.state),
            update=update["text"].strip(),
        )
    elif status:
        collector.found[-1] = replace(last, state=state_of(status) or last.state)
    else:
        return False
    collector.last_at, collector.waiting = at, False
    return True


def takes_coded(collector: Collector, at: int, passage: Passage) -> bool:
    """`05-01 RB, FQ, KK to complete ...`, `R14/22 The OPCC to give ...`, `11-03 closed.`"""
    match = CODED.fullmatch(passage.text)
    if match is None or passage.mark:
        return _goes_on_with_code(collector, at, passage)
    words = match["text"].strip()
    state = state_of(begun) if (begun := begun_state(words)) and collector.coded else None
    if state is not None:
        sentence = SENTENCES.split(passage.text)[0]
        collector.found.append(Draft(sentence, at, passage.names, 0.85, match["number"], state=state))
        return True
    if collector.coded and not _of_style(collector, match["number"]):
        return False
    whole_year = re.fullmatch(r"\d{1,4}/20\d\d", match["number"]) is not None and bool(owners_of(words, collector.people))
    listed = collector.block or collector.coded or whole_year or "action" in passage.column.lower()
    if not listed or not (TO_DO.search(words) or is_imperative(words) or collector.coded):
        return False
    collector.found.append(draft_of(words, at, passage, 0.95, match["number"]))
    collector.last_at, collector.waiting = at, False
    return True


def _of_style(collector: Collector, number: str) -> bool:
    """Whether a number is written as the first of these notes is: `7/28` is none where the others are `05-01`."""
    first = next((draft.ref for draft in collector.found if CODED.fullmatch(f"{draft.ref} x")), number)
    return ("-" in first) == ("-" in number)


def _goes_on_with_code(collector: Collector, at: int, passage: Passage) -> bool:
    """Words of a justified column that came apart one by one: `05-12 SB / workbook / to / complete / GDPR`."""
    last = collector.found[-1] if collector.found else None
    if (
        last is None
        or not last.ref
        or at != collector.last_at + 1
        or len(passage.text.split()) > 1
        or len(passage.text) > 14
        or last.words.endswith(".")
    ):
        return False
    if not collector.coded or not passage.text.isalpha() or (TO_DO.search(last.words) and len(last.words) > 25):
        return False
    collector.found[-1] = replace(last, words=f"{last.words} {passage.text}")
    collector.last_at = at
    return True


def takes_columned(collector: Collector, at: int, passage: Passage) -> bool:
    """Words of a right-hand column headed ACTION: an action, or the owners of what stands at their left."""
    column = passage.column.lower()
    if not column or DECISION.match(passage.text) or len(passage.text) < 2 or NOTHING.fullmatch(passage.text):
        return False
    who, due = owner_and_due(passage.text)
    if owner_alone(who, collector.people):
        before = [one for one in collector.passages[:at] if not one.column and passage.line in one.names and len(one.text) > 12]
        after = [one for one in collector.passages[at:] if not one.column and passage.line in one.names and len(one.text) > 12]
        if not before and not after:
            return False
        left = before[-1] if before else after[0]
        words = _sentence_at(left, passage.line)
        collector.found.append(Draft(words, at, left.names, 0.8, owner=who, due=due, own_line=passage.line))
        return True
    if "action" not in column:
        return False
    mixed = collector.coded or "decision" in column
    if mixed and not (
        re.match(r"(?:continue|feed ?back|invite|all to)\b", passage.text, re.IGNORECASE)
        or (not collector.coded and TO_DO.search(passage.text))
    ):
        return False
    collector.found.append(
        replace(draft_of(passage.text, at, passage, 0.6 if collector.coded else 0.9), marked=not collector.coded)
    )
    collector.last_at = at
    return True


def _sentence_at(passage: Passage, line: str) -> str:
    """The last sentence that has words on a line of the passage."""
    begin = 0
    for name, text in passage.lines:
        end = begin + len(text)
        if name == line:
            break
        begin = end + 1
    reached = 0
    found = passage.text
    for sentence in SENTENCES.split(passage.text):
        if reached < end:
            found = sentence
        reached += len(sentence) + 1
    return found.strip()


def takes_updated(collector: Collector, at: int, passage: Passage) -> bool:
    """`RHL is to clarify what it is for. Update 18.01.22 - Complete`: an old action under no label, told by what was added to it."""
    match = _UPDATED.fullmatch(passage.text)
    if match is None or not _acts(match["words"], collector.people):
        return False
    state = state_of(match["update"]) or NotedState.OPEN
    collector.found.append(Draft(match["words"].strip(), at, passage.names, 0.75, state=state))
    collector.last_at, collector.waiting = at, False
    return True


def takes_closures(collector: Collector, at: int, passage: Passage) -> bool:
    """Old actions named by their references only: `The following can be closed: 12/2022, 14/2022`, `Outstanding: R9/22 (...)`."""
    found = (*closures_in(passage.text), *reviewed_in(passage.text))
    if not found:
        return False
    here = collector.outline.item_at(at)
    listed = re.search(r"\b(?:action|tracker)", f"{passage.text} {here.title if here else ''}", re.IGNORECASE) is not None
    said = re.search(r"\bactions?\b", passage.text, re.IGNORECASE) is not None
    for ref, words, state in found:
        marked = listed and (said or len(found) == 1)
        collector.found.append(Draft(words, at, passage.names, 0.8, ref, state=state, marked=marked))
    return True


def continues_block(collector: Collector, at: int, passage: Passage) -> bool:
    """Whether a passage is one more action of the list that is open."""
    text, before = passage.text, collector.passages[at - 1] if at else None
    if (
        NOTHING.fullmatch(text)
        or DECISION.match(text)
        or SLOT.fullmatch(text)
        or at in collector.outline.titles
        or len(text) > 900
    ):
        return False
    first = collector.last_at == at - 1 and collector.waiting
    if passage.mark and not _nested(collector, passage, first=first):
        return False
    if passage.mark:
        return (
            first
            or bool(before and before.mark)
            or collector.block in ("plural", "heading", "more")
            or bool(before and before.cells)
        )
    if before is not None and before.mark and not first:
        return False
    if first and collector.earlier and not _acts(text, collector.people):
        return False
    if first:
        return not (is_title(passage) and len(text) < 40 and not TO_DO.search(text)) or is_imperative(text)
    if collector.block == "single" and passage.gap:
        return False
    return _acts(text, collector.people) and not (collector.block == "more" and (passage.gap or len(text) > 300))


def _nested(collector: Collector, passage: Passage, *, first: bool) -> bool:
    """Whether an entry stands as deep as a list whose label was an entry itself asks; where the file tells no depth, every one does."""
    if first:
        if passage.indent <= collector.indent:
            collector.indent = -1
        return True
    return collector.indent < 0 or passage.indent > collector.indent


def _acts(text: str, people: People) -> bool:
    """Whether a sentence says who is to do what, or what is to be done."""
    if re.search(r"\bto be [a-z]+", text[:160]) or is_imperative(text):
        return True
    return bool(owners_of(text, people)) and TO_DO.search(text) is not None


def take_listed(collector: Collector, at: int, passage: Passage, text: str, people: People, confidence: float) -> None:
    """One more entry of the open list; owners alone are none."""
    collector.taken.add(at)
    text = _LISTED.sub("", text)
    owner = collector.block.removeprefix("owner:") if collector.block.startswith("owner:") else ""
    if owner_alone(text, people) and len(text) < 60:
        return
    named = _NAMED.fullmatch(text)
    if (
        named is not None
        and not owner
        and (named["who"] == "All" or owner_alone(named["who"], people) or people.known(named["who"]))
    ):
        owner = named["who"]
    elif not owner and ": " in text[:40] and not owners_of(text, people):
        owner = ", ".join(owners_of(text.split(": ", maxsplit=1)[1], people))
    collector.add(draft_of(text, at, passage, confidence, owner=owner))
