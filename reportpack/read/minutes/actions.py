"""Actions that the notes call actions, in every wording that offices use; verbatim, each with what it was told by."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from reportpack.model.minutes import NotedState
from reportpack.read.minutes.action_tables import Entry, flattened_entries, status_entries, table_entries
from reportpack.read.minutes.form import SLOT
from reportpack.read.minutes.labels import CODED, DECISION, DUE, MIDLINE, OWNER, UPDATE, ActionLabel, action_label
from reportpack.read.minutes.outline import Outline, is_title
from reportpack.read.minutes.owners import owner_alone, owners_of
from reportpack.read.minutes.people import People
from reportpack.read.minutes.states import closures_in, leading_state, state_of, trailing_state
from reportpack.read.minutes.wording import IMPERATIVE
from reportpack.read.minutes.wraps import Passage

_SENTENCES = re.compile(r"(?<=[.!?])\s+(?=[A-Z\u201c\u2018(])")
_TO_DO = re.compile(r"\b(?:to|will|would|must|should|shall)\s+(?:be\s+)?[a-z]", re.IGNORECASE)
_RESOLVED = re.compile(r"\W{0,2}(?:it was )?(?:resolved|agreed)\s?[-\u2013\u2014:]\s*(?P<parts>.+)", re.IGNORECASE)
_LETTER = re.compile(r"\((?P<letter>[a-z]|[ivx]{1,4})\)\s*")
_ASKS = re.compile(
    r"that (?P<who>(?:the )?[A-Z][\w' -]{0,60}?) (?:be (?:asked|requested|invited|instructed) to|write|provide|report|circulate|send|prepare|submit)\b"
)
_NOTHING = re.compile(r"(?:none|no (?:new |further )?actions?\b.{0,60}|nil|n/a|not applicable)\W*", re.IGNORECASE)
_LISTED = re.compile(r"^\(?\d{1,2}[.)]\s+")
_FIELDS = re.compile(r"[.|;,]?\s*\|?\s+\(?(Owner|Lead|Due(?: date)?|Deadline|By when|Target(?: date)?)\s?:\s*")
_TICK = re.compile(r"\[(?P<tick>[ xX\u2713])\]\s+")


@dataclass(frozen=True, slots=True)
class Draft:
    """An action as found: `at` is its passage, `names` its lines; the fields beside its words are as written."""

    words: str
    at: int
    names: tuple[str, ...]
    confidence: float
    ref: str = ""
    owner: str = ""
    due: str = ""
    state: NotedState = NotedState.NEW
    marked: bool = True
    own_line: str = ""

    @property
    def line(self) -> str:
        """Where it begins."""
        return self.own_line or self.names[0]


@dataclass(slots=True)
class Collector:
    """Goes down the passages once; `block` is the style of a list of actions that is open."""

    passages: Sequence[Passage]
    outline: Outline
    people: People
    found: list[Draft] = field(default_factory=list)
    block: str = ""
    taken: set[int] = field(default_factory=set)
    coded: bool = False
    last_at: int = -9

    def found_since(self) -> bool:
        """Whether the last passage taken gave an action, and was not a label alone."""
        return bool(self.found) and self.found[-1].at == self.last_at


def find_actions(passages: Sequence[Passage], outline: Outline, people: People) -> tuple[tuple[Draft, ...], frozenset[int]]:
    """Drafts in their order, and the passages they were found in."""
    collector = Collector(passages, outline, people, coded=_has_codes(passages))
    entries = [*table_entries(passages), *flattened_entries(passages)]
    if not entries:
        entries = list(status_entries(passages))
    by_passage: dict[int, list[Entry]] = {}
    for entry in entries:
        by_passage.setdefault(entry.at, []).append(entry)
    covered = {at for entry in entries for at in entry.covers}
    for at, passage in enumerate(passages):
        for entry in by_passage.get(at, ()):
            if not entry.words:
                continue
            collector.found.append(_of_entry(entry))
        if at in covered:
            collector.taken.add(at)
            collector.block = ""
        elif not passage.cells or not passage.table:
            _step(collector, at, passage)
    return tuple(_unique(collector.found)), frozenset(collector.taken)


def _has_codes(passages: Sequence[Passage]) -> bool:
    """Whether the notes number actions like `05-01` or `17/2022` in lines of their own, under a heading that speaks of actions."""
    coded = [passage for passage in passages if not passage.cells and CODED.fullmatch(passage.text)]
    return len(coded) >= 2 and any(
        ("action" in passage.text.lower() and len(passage.text) < 60) or "action" in passage.column.lower()
        for passage in passages
    )


def _of_entry(entry: Entry) -> Draft:
    words, state = trailing_state(entry.words)
    status = state_of(entry.status) if entry.status else None
    return Draft(words, entry.at, (entry.line,), 0.93, entry.ref, entry.owner, entry.due, status or state or NotedState.NEW)


def _step(collector: Collector, at: int, passage: Passage) -> None:
    text = passage.text
    if at in collector.outline.titles and not (action_label(text) and not text[:1].isdigit()):
        collector.block = ""
        if not _is_actions_heading(text):
            return
    label = None if text[:1].isdigit() and at in collector.outline.titles else action_label(text)
    if label is not None:
        _labelled(collector, at, passage, label)
    elif (
        _adds_to_last(collector, at, passage)
        or _coded(collector, at, passage)
        or _columned(collector, at, passage)
        or _closes(collector, at, passage)
    ):
        collector.taken.add(at)
    elif collector.block and _continues_block(collector, at, passage):
        _take(collector, at, passage, text, collector.people, 0.95)
    else:
        collector.block = ""
        _resolutions(collector, at, passage)
    _in_mid_line(collector, at, passage, skip_first=label is not None)
    if _is_actions_heading(text) and at in collector.outline.titles:
        collector.block = "heading"


def _is_actions_heading(text: str) -> bool:
    return (
        re.fullmatch(
            r"(?:\d+\.?\s*)?(?:summary of |list of |table of |new |agreed )?actions?(?: points?| items?| list| arising| agreed| from (?:this|the) meeting)?:?",
            text.strip(),
            re.IGNORECASE,
        )
        is not None
    )


def _labelled(collector: Collector, at: int, passage: Passage, label: ActionLabel) -> None:
    collector.taken.add(at)
    words = MIDLINE.split(label.text)[0] if label.text else ""
    if not words:
        collector.block = "plural" if label.plural else "single"
        collector.last_at = at
        if label.owner:
            collector.block = f"owner:{label.owner}"
        return
    collector.block = ""
    if _NOTHING.fullmatch(words):
        return
    if owner_alone(words, collector.people) and not label.owner:
        _owner_only(collector, at, passage, label, words)
        return
    if label.plural and words.endswith(":"):
        collector.block = "plural"
    for letter, part in _lettered(words):
        said, owner, due = _inline_fields(part)
        found = _draft(said, at, passage, 0.97 if _TO_DO.search(said) else 0.9, label.number or letter, label.owner or owner)
        collector.found.append(replace(found, due=due))
    collector.last_at = at
    if label.plural:
        collector.block = "more"


def _lettered(words: str) -> list[tuple[str, str]]:
    """`(a) TR to add ...; (b) CB to bring ...` are two."""
    pieces = _LETTER.split(words)
    if len(pieces) < 5 or pieces[0].strip():
        return [("", words)]
    return [(f"({pieces[at]})", re.sub(r"[;,]?\s*(?:and)?\s*$", "", pieces[at + 1])) for at in range(1, len(pieces) - 1, 2)]


def _inline_fields(words: str) -> tuple[str, str, str]:
    """`TR to confirm dates. Owner: TR. Due: 30 March 2024` on one line: the words, the owner, the date."""
    pieces = _FIELDS.split(words)
    said = {pieces[at].lower()[:3]: pieces[at + 1].strip(" .|;") for at in range(1, len(pieces) - 1, 2)}
    due = next((said[key] for key in ("due", "dea", "by ", "tar") if said.get(key)), "")
    return (pieces[0].strip(" |;") if said else words), said.get("own", "") or said.get("lea", ""), due


def _draft(words: str, at: int, passage: Passage, confidence: float, ref: str = "", owner: str = "", line: str = "") -> Draft:
    tick = _TICK.match(words)
    if tick is not None:
        words = words[tick.end() :]
    bare, state = trailing_state(words)
    if tick is not None and tick["tick"] != " ":
        state = NotedState.CLOSED
    state = state or (leading_state(words) if len(words) < 40 else None)
    kept = words if state is not None and bare != words else bare
    return Draft(kept.strip(), at, passage.names, confidence, ref, owner, state=state or NotedState.NEW, own_line=line)


def _owner_only(collector: Collector, at: int, passage: Passage, label: ActionLabel, owner: str) -> None:
    """`Action: RJ/DB`: the sentence before it is what is to be done."""
    before = next(
        (one for one in reversed(collector.passages[max(0, at - 4) : at]) if not one.cells and len(one.text) > 15), None
    )
    if before is None or action_label(before.text):
        collector.found.append(Draft(owner, at, passage.names, 0.5, label.number, owner))
        return
    words = _SENTENCES.split(before.text)[-1].strip()
    collector.found.append(Draft(words, at, before.names, 0.75, label.number, owner.strip(" .*"), own_line=passage.line))
    collector.last_at = at


def _in_mid_line(collector: Collector, at: int, passage: Passage, *, skip_first: bool) -> None:
    """`... alternative data sources. Action: For TS/BB to provide ...`."""
    if "ction" not in passage.text and "CTION" not in passage.text:
        return
    pieces = MIDLINE.split(passage.text)
    del skip_first
    for number in range(1, len(pieces) - 1, 2):
        words = pieces[number + 1].strip(" *_")
        before = pieces[number - 1].strip()
        if before.count("(") < before.count(")") or words.count(")") > words.count("("):
            words = words.rstrip(".").removesuffix(")")
        line = _line_of(passage, pieces[number])
        collector.taken.add(at)
        if not words or owner_alone(words, collector.people):
            last = _SENTENCES.split(before)[-1].strip()
            if words and last:
                collector.found.append(Draft(last, at, passage.names, 0.75, owner=words.strip(" ."), own_line=line))
            continue
        collector.found.append(_draft(words, at, passage, 0.93, line=line))
        collector.last_at = at


def _line_of(passage: Passage, label: str) -> str:
    return next((name for name, text in passage.lines if label in text), passage.line)


def _adds_to_last(collector: Collector, at: int, passage: Passage) -> bool:
    """A line `Due:`, `Owner:` or `Update:` below an action says more of it."""
    if not collector.found or not 0 < at - collector.last_at <= 6:
        return False
    last = collector.found[-1]
    due, owner, update = DUE.fullmatch(passage.text), OWNER.fullmatch(passage.text), UPDATE.fullmatch(passage.text)
    if due is not None:
        collector.found[-1] = replace(last, due=due["text"].strip())
    elif owner is not None and len(owner["text"]) < 120:
        collector.found[-1] = replace(last, owner=owner["text"].strip())
    elif update is not None:
        collector.found[-1] = replace(
            last, state=state_of(update["text"]) or (NotedState.OPEN if last.state is NotedState.NEW else last.state)
        )
    else:
        return False
    collector.last_at = at
    return True


def _coded(collector: Collector, at: int, passage: Passage) -> bool:
    """`05-01 RB, FQ, KK to complete ...`, `R14/22 The OPCC to give ...`, `11-03 closed.`"""
    match = CODED.fullmatch(passage.text)
    if match is None or passage.mark:
        return _goes_on_with_code(collector, at, passage)
    words = match["text"].strip()
    state = leading_state(words)
    if state is not None and collector.coded:
        sentence = _SENTENCES.split(passage.text)[0]
        collector.found.append(Draft(sentence, at, passage.names, 0.85, match["number"], state=state))
        return True
    listed = collector.block or collector.coded or "action" in passage.column.lower()
    if not listed or not (_TO_DO.search(words) or IMPERATIVE.match(words) or collector.coded):
        return False
    collector.found.append(_draft(words, at, passage, 0.95, match["number"]))
    collector.last_at = at
    return True


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
    if not collector.coded or not passage.text.isalpha() or (_TO_DO.search(last.words) and len(last.words) > 25):
        return False
    collector.found[-1] = replace(last, words=f"{last.words} {passage.text}")
    collector.last_at = at
    return True


def _columned(collector: Collector, at: int, passage: Passage) -> bool:
    """Words of a right-hand column headed ACTION: an action, or the owners of what stands at their left."""
    column = passage.column.lower()
    if not column or DECISION.match(passage.text) or len(passage.text) < 2:
        return False
    if owner_alone(passage.text, collector.people):
        left = next(
            (one for one in collector.passages if not one.column and passage.line in one.names and len(one.text) > 12), None
        )
        if left is None:
            return False
        words = _sentence_at(left, passage.line)
        collector.found.append(Draft(words, at, left.names, 0.8, owner=passage.text, own_line=passage.line))
        return True
    if "action" not in column:
        return False
    mixed = collector.coded or "decision" in column
    if mixed and not (
        re.match(r"(?:continue|feed ?back|invite|all to)\b", passage.text, re.IGNORECASE)
        or (not collector.coded and _TO_DO.search(passage.text))
    ):
        return False
    collector.found.append(
        replace(_draft(passage.text, at, passage, 0.6 if collector.coded else 0.9), marked=not collector.coded)
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
    for sentence in _SENTENCES.split(passage.text):
        if reached < end:
            found = sentence
        reached += len(sentence) + 1
    return found.strip()


def _closes(collector: Collector, at: int, passage: Passage) -> bool:
    """Old actions named by their references only: `The following can be closed: 12/2022, 14/2022`, `Outstanding: R9/22 (...)`."""
    found = closures_in(passage.text)
    if not found:
        return False
    here = collector.outline.item_at(at)
    listed = re.search(r"\b(?:action|tracker)", f"{passage.text} {here.title if here else ''}", re.IGNORECASE) is not None
    said = re.search(r"\bactions?\b", passage.text, re.IGNORECASE) is not None
    for ref, words, state in found:
        marked = listed and (said or len(found) == 1)
        collector.found.append(Draft(words, at, passage.names, 0.8, ref, state=state, marked=marked))
    return True


def _continues_block(collector: Collector, at: int, passage: Passage) -> bool:
    """Whether a passage is one more action of the list that is open."""
    text, before = passage.text, collector.passages[at - 1] if at else None
    if DECISION.match(text) or SLOT.fullmatch(text) or at in collector.outline.titles or len(text) > 900:
        return False
    first = collector.last_at == at - 1 and not collector.found_since()
    if passage.mark:
        return (
            first
            or bool(before and before.mark)
            or collector.block in ("plural", "heading", "more")
            or bool(before and before.cells)
        )
    if before is not None and before.mark and not first:
        return False
    if first:
        return not (is_title(passage) and len(text) < 40 and not _TO_DO.search(text)) or IMPERATIVE.match(text) is not None
    if collector.block == "single" and passage.gap:
        return False
    return _acts(text, collector.people) and not (collector.block == "more" and (passage.gap or len(text) > 300))


def _acts(text: str, people: People) -> bool:
    """Whether a sentence says who is to do what, or what is to be done."""
    if re.search(r"\bto be [a-z]+", text[:160]) or IMPERATIVE.match(text):
        return True
    return bool(owners_of(text, people)) and _TO_DO.search(text) is not None


def _take(collector: Collector, at: int, passage: Passage, text: str, people: People, confidence: float) -> None:
    collector.taken.add(at)
    text = _LISTED.sub("", text)
    owner = collector.block.removeprefix("owner:") if collector.block.startswith("owner:") else ""
    if owner_alone(text, people) and len(text) < 60:
        return
    collector.found.append(_draft(text, at, passage, confidence, owner=owner))
    collector.last_at = at


def _resolutions(collector: Collector, at: int, passage: Passage) -> None:
    """`Resolved - (b) that the Commissioner be asked to give ...`: a resolution that asks somebody to act."""
    match = _RESOLVED.fullmatch(passage.text)
    if match is None:
        return
    pieces = _LETTER.split(match["parts"])
    lettered = [("", pieces[0]), *((f"({pieces[at]})", pieces[at + 1]) for at in range(1, len(pieces) - 1, 2))]
    for letter, text in lettered:
        words = re.sub(r"(?:;|,)?\s*(?:and)?\s*$", "", text.strip())
        asks = _ASKS.match(words)
        if asks is not None:
            collector.found.append(Draft(words, at, passage.names, 0.85, letter, asks["who"]))


def _unique(drafts: Sequence[Draft]) -> Iterator[Draft]:
    """Each action once: a list at the end repeats what stands above, a reference is printed twice."""
    seen: dict[str, list[tuple[str, str]]] = {}
    for draft in drafts:
        words = re.sub(r"\W+", " ", draft.words.lower()).strip()
        if len(words) < 3:
            continue
        others = seen.setdefault(words, [])
        if not any(_agree(draft.ref, ref) and _agree(draft.owner, owner) for ref, owner in others):
            others.append((draft.ref, draft.owner))
            yield draft


def _agree(one: str, other: str) -> bool:
    return one == other or not one or not other
