"""Queries of the notes and what was answered to them. A query is known by its kind and the words it is about, wherever they come to stand."""

import hashlib
from collections import Counter
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from reportpack.merge.topics import plain_words
from reportpack.model.answer import Answer, AskedQuery, Cause, QueryAnswered, kind_of
from reportpack.model.event import Event
from reportpack.model.minutes import TAKES_UP_NOTHING, ActionKind, Minutes, Query
from reportpack.model.noted import NotedView

_HARM = tuple(Cause)
NO_ANSWERS: Mapping[str, Answer] = MappingProxyType({})
_REMEDY = "Make it an action if it was meant as one, or leave it."


def ask_queries(view: NotedView, answers: Sequence[Event]) -> tuple[AskedQuery, ...]:
    """Every query of the notes, those of one cause under one number: questions that stop the agreement first, then by the harm that silence does."""
    given = {one.what.key: Answer(one.what, one.who) for one in answers if isinstance(one.what, QueryAnswered)}
    return group_queries(view.minutes, _undertakings(view), given)


def group_queries(
    minutes: Minutes, more: Sequence[Query] = (), given: Mapping[str, Answer] = NO_ANSWERS
) -> tuple[AskedQuery, ...]:
    """The queries of the notes, and `more`, as questions."""
    by_cause: dict[Cause, list[tuple[str, Query]]] = {}
    seen: Counter[str] = Counter()
    needless = _needless(minutes)
    for query in (*minutes.queries, *more):
        cause = Cause.MARKED if (query.kind, query.about) in needless and not query.blocking else kind_of(query.kind).cause
        by_cause.setdefault(cause, []).append((query_key(query, seen), query))
    weighed = sorted(by_cause, key=lambda one: (not any(query.blocking for _, query in by_cause[one]), _HARM.index(one)))
    return tuple(
        AskedQuery(number, key, query, given.get(key), cause, part if len(by_cause[cause]) > 1 else 0)
        for number, cause in enumerate(weighed, start=1)
        for part, (key, query) in enumerate(sorted(by_cause[cause], key=lambda one: not one[1].blocking), start=1)
    )


def query_key(query: Query, seen: Counter[str]) -> str:
    """What the query is known by. The same words asked about a second time, as `seen` counts, are another query."""
    about = f"{query.kind}\n{plain_words(query.about or query.found)}"
    seen[about] += 1
    return hashlib.sha256(f"{about}\n{seen[about]}".encode()).hexdigest()[:20]


def _needless(minutes: Minutes) -> frozenset[tuple[str, str]]:
    """A matter that comes back needs nobody to own it; what nobody called an action is asked about as that; that an answer shares no word with its
    question proves little."""
    missing = "action-without-owner", "action-without-date"
    needless = {
        (kind, one.words)
        for one in minutes.actions
        for kind in missing
        if not one.marked or (kind == missing[0] and one.kind is ActionKind.BRING_BACK)
    }
    unrelated = {("answer-unclear", f"{one.words} {one.answer}") for one in minutes.questions if one.doubt == TAKES_UP_NOTHING}
    return frozenset(needless | unrelated)


def _undertakings(view: NotedView) -> list[Query]:
    """What somebody said would happen and nobody called an action; each once, and not where it is asked about as a promise."""
    said = [(one.noted.line, one.noted.words) for one in view.actions if not one.noted.marked]
    said += [(one.noted.line, one.noted.words) for one in view.commitments if not one.recorded]
    asked = [one.found for one in view.minutes.queries if kind_of(one.kind).cause is Cause.PROMISES]
    first: dict[str, str] = {}
    for line, words in said:
        first.setdefault(words, line)
    return [
        Query("undertaking", line, f"\u201c{words}\u201d", _REMEDY, about=words)
        for words, line in first.items()
        if not any(words in found for found in asked)
    ]
