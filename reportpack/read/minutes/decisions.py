"""Decisions: what stands after `Resolved`, `Decision`, `Agreed`, and sentences in which the meeting decides; one view of the typed clauses."""

from collections.abc import Iterator, Sequence

from reportpack.model.minutes import NotedDecision
from reportpack.read.minutes.action_sentences import LETTER
from reportpack.read.minutes.form import SLOT
from reportpack.read.minutes.grammar.classes import DECIDING, listed
from reportpack.read.minutes.grammar.clause import Clause, Mood, Told
from reportpack.read.minutes.grammar.clauses import clauses_of
from reportpack.read.minutes.labels import DECISION
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.people import GROUPS
from reportpack.read.minutes.wraps import Passage, sentences_of

_ALONE = listed("resolved decision decisions agreed")
_INTO_POST = listed("appoint elect adopt ratify")
_RULED = frozenset(DECIDING.values()) | listed("appoint elect accept note carry support")


def read_decisions(passages: Sequence[Passage], outline: Outline, taken: frozenset[int]) -> Iterator[NotedDecision]:
    """Labelled decisions first in confidence, then sentences that record one."""
    below = False
    for at, passage in enumerate(passages):
        text = passage.text
        item = outline.item_of_line(passages, passage.line) if passage.column else outline.path_at(at)
        if text.strip(" :.-*\u2013\u2014").lower() in _ALONE:
            below = True
            continue
        label = DECISION.fullmatch(text)
        if below and at not in outline.titles and SLOT.fullmatch(text) is None:
            yield NotedDecision(text, item, passage.line, 0.9)
        elif label is not None and label["text"]:
            for part in _parts(label["text"]):
                yield NotedDecision(part, item, passage.line, 0.95)
        elif passage.column and at not in taken and any(decides(one) for one in clauses_of(text)):
            yield NotedDecision(text, item, passage.line, 0.75)
        elif not passage.column and at not in outline.titles and at not in taken and item is not None:
            yield from _said(passage, at, item)
        below = False


def _parts(text: str) -> Iterator[str]:
    """`(a) that ...; and (b) that ...` are two."""
    for part in LETTER.split(text)[::2]:
        kept = part.strip(" ;")
        if kept:
            yield kept.removesuffix(" and").rstrip(" ;")


def _said(passage: Passage, at: int, item: str) -> Iterator[NotedDecision]:
    for spoken in sentences_of(passage, at):
        if any(decides(one) for one in clauses_of(spoken.words)):
            yield NotedDecision(spoken.words, item, spoken.line, 0.7)


def decides(clause: Clause) -> bool:
    """Whether the meeting decides: nobody in particular, or a body, agrees, resolves, approves."""
    if clause.denied or clause.ready or clause.told is not Told.NOW or clause.mood not in (Mood.DECIDED, Mood.AGREED):
        return False
    if clause.mood is Mood.DECIDED or clause.deed in _INTO_POST:
        return True
    who = clause.actor.lower().split()
    return bool(who) and who[-1] in GROUPS - _POSTS and clause.by in _RULED


_POSTS = listed(
    "chair chairman chairwoman chairperson vice-chair officer commissioner constable director deputy secretary treasurer executive chief head manager lead sergeant inspector superintendent commander analyst clerk organiser minister force officers office"
)
