"""Queries of the notes and what was answered to them. A query is known by its kind and the words it is about, wherever they come to stand."""

import hashlib
from collections import Counter
from collections.abc import Sequence

from reportpack.merge.noted import plain_words
from reportpack.model.answer import Answer, AskedQuery, QueryAnswered
from reportpack.model.event import Event
from reportpack.model.minutes import Query
from reportpack.model.noted import NotedView

UNDERTAKING = "undertaking"
_REMEDY = "Make it an action if it was meant as one, or leave it."


def ask_queries(view: NotedView, answers: Sequence[Event]) -> tuple[AskedQuery, ...]:
    """Every query of the notes under its number: what stops the agreement first, then the rest, each in the order of the notes."""
    given = {one.what.key: Answer(one.what, one.who) for one in answers if isinstance(one.what, QueryAnswered)}
    queries = sorted((*view.minutes.queries, *_undertakings(view)), key=_weight)
    seen: Counter[str] = Counter()
    asked: list[AskedQuery] = []
    for number, query in enumerate(queries, start=1):
        key = query_key(query, seen)
        asked.append(AskedQuery(number, key, query, given.get(key)))
    return tuple(asked)


def query_key(query: Query, seen: Counter[str]) -> str:
    """What the query is known by. The same words asked about a second time, as `seen` counts, are another query."""
    about = f"{query.kind}\n{plain_words(query.about or query.found)}"
    seen[about] += 1
    return hashlib.sha256(f"{about}\n{seen[about]}".encode()).hexdigest()[:20]


def _weight(query: Query) -> int:
    """What must be answered, what can be, what nobody called an action, and slips last."""
    if query.blocking:
        return 0
    return {UNDERTAKING: 2, "slip": 3}.get(query.kind, 1)


def _undertakings(view: NotedView) -> list[Query]:
    """What somebody said would happen and nobody called an action; each once."""
    said = [(one.noted.line, one.noted.words) for one in view.actions if not one.noted.marked]
    said += [(one.noted.line, one.noted.words) for one in view.commitments if not one.recorded]
    first: dict[str, str] = {}
    for line, words in said:
        first.setdefault(words, line)
    return [Query(UNDERTAKING, line, f"\u201c{words}\u201d", _REMEDY, about=words) for words, line in first.items()]
