"""Actions that the notes call actions, in every wording that offices use; verbatim, each with what it was told by."""

from collections.abc import Sequence
from dataclasses import replace

from reportpack import patterns as re
from reportpack.model.minutes import NotedState
from reportpack.read.minutes.action_lists import LINES, continues_block, take_listed
from reportpack.read.minutes.action_rows import row_drafts
from reportpack.read.minutes.action_sentences import (
    LETTER,
    stands_below,
    take_mid_line,
    take_owner_only,
    take_resolutions,
    takes_initials,
)
from reportpack.read.minutes.drafts import NOTHING, TO_DO, Collector, Draft, draft_of, unique_drafts
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.grammar.words import has, words_of
from reportpack.read.minutes.labels import CODED, MIDLINE, ActionLabel, action_label
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.owners import owner_alone
from reportpack.read.minutes.people import People
from reportpack.read.minutes.wraps import Passage

_PAST = re.compile(
    r"(?i)\b(?:from|of) (?:the |our )?(?:last|previous|\d{1,2}(?:st|nd|rd|th)? [a-z]+)(?: \d{4})? (?:meeting|minutes)|^\W*(?:\d\S*\s+)?(?:outstanding|previous|open|on-?going) action"
)
_REREAD = re.compile(
    r"(?i)(?:\d{1,4}(?:[./]\d+)*[.)]?\s*)?(?:(?:minutes|matters arising) and )?(?:rolling |outstanding )?"
    r"(?:actions?(?: points?| items?)? (?:log|tracker|updates?|review|progress|register)|(?:review|update)s?(?: of| on)?(?: the)? (?:(?:previous |outstanding |last )(?:meeting(?:['\u2019]?s)? )?)?actions?|outstanding actions?|actions? (?:points? |updates? )?(?:from|for) (?:the )?(?:last|previous|meeting)).{0,50}"
)
_EARLIER = listed("previous last outstanding review")
_FIELDS = re.compile(r"[.|;,]?\s*\|?\s+\(?(Owner|Lead|Due(?: date)?|Deadline|By when|Target(?: date)?)\s?:\s*")
_HEADING = listed(
    "to do todo to-do takeaways everyone all - summary list table new agreed resulting raised identified outstanding open previous ongoing on-going of the action actions point points item items arising taken at from for this today's today last meeting "
    ": . )"
)
"""The words of a heading that begins a list of actions."""


def find_actions(passages: Sequence[Passage], outline: Outline, people: People) -> tuple[tuple[Draft, ...], frozenset[int]]:
    """Drafts in their order, and the passages they were found in."""
    # Actions numbered like `05-01` or `17/2022` in lines of their own, under a heading that speaks of actions.
    numbered = sum(1 for passage in passages if not passage.cells and CODED.fullmatch(passage.text))
    headed = (one.column.lower() if one.column else one.text.lower() if len(one.text) < 60 else "" for one in passages)
    coded = numbered >= 2 and any("action" in text for text in headed)
    collector = Collector(passages, outline, people, coded=coded)
    rows, covered = row_drafts(passages, people)
    for at, passage in enumerate(passages):
        for row in rows.get(at, ()):
            state = NotedState.OPEN if collector.reviewed and row.state is NotedState.NEW else row.state
            if row.words and not NOTHING.fullmatch(row.words):
                collector.found.append(replace(row, state=state))
        if at in covered:
            collector.taken.add(at)
            collector.closes()
        elif not passage.cells or not passage.table:
            _step(collector, at, passage)
    return unique_drafts(collector.found), frozenset(collector.taken)


def _step(collector: Collector, at: int, passage: Passage) -> None:
    text, titled = passage.text, at in collector.outline.titles
    if len(text) < 90 and _REREAD.fullmatch(text):
        collector.reread, collector.reviewed = True, has(text, _EARLIER)
    elif titled:
        collector.reread = collector.reviewed = False
    speaker, _, said = text.partition(": ")
    spoken = action_label(said) if len(speaker) < 40 and said and collector.people.known(speaker) else None
    label = None if text[:1].isdigit() and titled else action_label(text) or spoken
    if titled and label is None:
        collector.closes()
        if not is_actions_heading(text):
            return
    if label is not None:
        _labelled(collector, at, passage, label)
    elif any(takes(collector, at, passage) for takes in (*LINES, takes_initials)):
        collector.taken.add(at)
    elif collector.block and text.endswith(":") and owner_alone(text, collector.people):
        collector.taken.add(at)
        collector.opens(f"owner:{text.strip(' *_:')}", at)
    elif stands_below(collector, at, passage):
        take_owner_only(collector, at, passage, ActionLabel(text), text)
        collector.taken.add(at)
    elif collector.block and continues_block(collector, at, passage):
        take_listed(collector, at, passage)
    else:
        collector.closes()
        take_resolutions(collector, at, passage)
    take_mid_line(collector, at, passage)
    if titled and is_actions_heading(text):
        collector.opens("heading", at, earlier=_PAST.search(text) is not None)


def is_actions_heading(text: str) -> bool:
    """Whether a heading begins a list of actions."""
    low = [word for word in words_of(text).low if not word[:1].isdigit()]
    begins = (
        "action" in low or "actions" in low or low[:2] in (["next", "steps"], ["to", "do"]) or low[:1] in (["todo"], ["to-do"])
    )
    return begins and _HEADING.issuperset(set(low) - {"next", "steps"})


def _labelled(collector: Collector, at: int, passage: Passage, label: ActionLabel) -> None:
    pieces = MIDLINE.split(label.text) if label.text else [""]
    words = pieces[0].strip()
    trailed = pieces[2].strip(" *_.") if len(pieces) > 2 and owner_alone(pieces[2], collector.people) else ""
    owner, _, due_by = label.owner.partition(" by ")
    label = replace(label, owner=owner.strip() or trailed)
    if label.word.startswith(("to", "fol")) and not (label.text and TO_DO.search(label.text)):
        return
    collector.taken.add(at)
    if not words:
        block = f"owner:{label.owner}" if label.owner else "plural" if label.plural else "single"
        collector.opens(block, at, earlier=label.earlier or _PAST.search(passage.text) is not None)
        return
    numbered_before = (collector.earlier or collector.reread) and bool(label.number)
    collector.closes()
    if NOTHING.fullmatch(words):
        return
    if owner_alone(words, collector.people) and not label.owner:
        take_owner_only(collector, at, passage, label, words)
        return
    if label.plural and words.endswith(":"):
        collector.opens("plural", at)
    for letter, part in _lettered(words):
        said, owner, due = _inline_fields(part)
        found = draft_of(said, at, passage, 0.97 if TO_DO.search(said) else 0.9, label.number or letter, label.owner or owner)
        if found.state is NotedState.NEW and (label.earlier or label.done or numbered_before):
            found = replace(found, state=NotedState.CLOSED if label.done else NotedState.OPEN)
        collector.add(replace(found, due=due or due_by))
    collector.earlier = numbered_before and not collector.reread
    if label.plural:
        collector.block = "more"


def _lettered(words: str) -> list[tuple[str, str]]:
    """`(a) TR to add ...; (b) CB to bring ...` are two."""
    pieces = LETTER.split(words)
    if len(pieces) < 5 or pieces[0].strip():
        return [("", words)]
    return [
        (f"({letter})", part.strip(" ;,").removesuffix(" and").rstrip(" ;,"))
        for letter, part in zip(pieces[1::2], pieces[2::2], strict=True)
    ]


def _inline_fields(words: str) -> tuple[str, str, str]:
    """`TR to confirm dates. Owner: TR. Due: 30 March 2024` on one line: the words, the owner, the date."""
    pieces = _FIELDS.split(words)
    said = {name.lower()[:3]: value.strip(" .|;") for name, value in zip(pieces[1::2], pieces[2::2], strict=True)}
    due = next((said[key] for key in ("due", "dea", "by ", "tar") if said.get(key)), "")
    return (pieces[0].strip(" |;") if said else words), said.get("own", "") or said.get("lea", ""), due
