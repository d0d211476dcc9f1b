"""Questions put at the meeting, each with the answer that follows it; whether it answers is for a person, whether it touches it is not."""

import re
from collections.abc import Iterator, Sequence

from reportpack.model.minutes import NotedQuestion
from reportpack.read.minutes.statements import Turn

_SMALL = frozenset(
    [
        "that",
        "this",
        "with",
        "from",
        "have",
        "been",
        "would",
        "could",
        "should",
        "there",
        "their",
        "they",
        "what",
        "which",
        "when",
        "were",
        "will",
        "about",
        "into",
        "more",
        "also",
        "said",
        "asked",
        "asks",
        "force",
        "the",
        "and",
        "was",
        "for",
        "how",
        "his",
        "her",
        "him",
        "are",
        "its",
        "not",
        "but",
        "had",
        "has",
        "did",
        "does",
        "who",
        "whom",
        "whose",
        "why",
        "if",
        "whether",
        "being",
        "some",
        "than",
        "then",
        "them",
        "these",
        "those",
        "through",
        "over",
        "under",
        "very",
        "just",
    ]
)
_CLAUSE = re.compile(r"\b(?:asked|queried|questioned|inquired|enquired)\b(?P<clause>.*)", re.DOTALL)
_AND_WAS_TOLD = re.compile(r",? and (?=(?:was|were) (?:told|advised|informed|assured)\b)")
_SETTLES = re.compile(
    r"\b(?:yes|no|agreed|confirmed|disagreed|did not|was not|were not|top quartile|comfortable|assured)\b", re.IGNORECASE
)


def read_questions(turns: Sequence[Turn]) -> Iterator[NotedQuestion]:
    """Each question with the turn that answers it: the next in the same item by somebody else or in the passive, before another question."""
    for number, turn in enumerate(turns):
        if not turn.asks:
            continue
        asked = turn.statement
        question, answer = _inside(asked.words) if turn.answered_inside else (asked.words, None)
        if answer is not None:
            yield NotedQuestion(question, asked.speakers, asked.item, asked.line, answer, (), asked.line)
            continue
        reply = _reply(turns, number)
        if reply is None:
            yield NotedQuestion(question, asked.speakers, asked.item, asked.line)
            continue
        said = reply.statement
        yield NotedQuestion(
            question, asked.speakers, asked.item, asked.line, said.words, said.speakers, said.line, _touches(question, said.words)
        )


def _inside(words: str) -> tuple[str, str | None]:
    match = _AND_WAS_TOLD.search(words)
    return (words[: match.start()], words[match.end() :]) if match is not None else (words, None)


def _reply(turns: Sequence[Turn], number: int) -> Turn | None:
    asked = turns[number].statement
    for turn in turns[number + 1 : number + 3]:
        if turn.statement.item != asked.item or (turn.asks and not turn.answers):
            return None
        if turn.answers or (turn.statement.speakers and turn.statement.speakers != asked.speakers):
            return turn
    return None


def _touches(question: str, answer: str) -> bool:
    """Whether the answer takes up any word of what was asked, or settles it."""
    match = _CLAUSE.search(question)
    asked = _words(match["clause"] if match else question)
    return bool(asked & _words(answer)) or _SETTLES.search(answer) is not None or answer.rstrip().endswith(":")


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 3 and word not in _SMALL)
