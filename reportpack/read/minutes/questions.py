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
_FOR_ASSURANCE = re.compile(
    r"\b(?:(?:re)?assur(?:e|ance)|(?:was|were|is|are) (?:he |she |they )?(?:confident|reassured|satisfied))\b", re.IGNORECASE
)
_ASSURES = re.compile(
    r"\b(?:yes|no|agreed|confirmed|confident|confidence|(?:re)?assur\w+|satisfied|comfortable|certain|sure|did not|was not|were not)\b",
    re.IGNORECASE,
)
_HEDGES = re.compile(
    r"\b(?:may ?be indicative|might be|too early|not (?:yet )?(?:known|clear)|unclear|unknown|remains to be seen)\b",
    re.IGNORECASE,
)
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
            doubt = _doubt(question, answer) if _FOR_ASSURANCE.search(_clause(question)) else ""
            yield NotedQuestion(question, asked.speakers, asked.item, asked.line, answer, (), asked.line, not doubt, doubt)
            continue
        reply = _reply(turns, number)
        if reply is None:
            yield NotedQuestion(question, asked.speakers, asked.item, asked.line)
            continue
        said = reply.statement
        words = _whole(turns, reply)
        doubt = _doubt(question, words)
        yield NotedQuestion(question, asked.speakers, asked.item, asked.line, words, said.speakers, said.line, not doubt, doubt)


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


def _whole(turns: Sequence[Turn], reply: Turn) -> str:
    """An answer that ends in a colon with the entries that follow it."""
    words = reply.statement.words
    if not words.rstrip().endswith(":"):
        return words
    entries = []
    for turn in turns[turns.index(reply) + 1 :]:
        if turn.statement.speakers or turn.asks or turn.statement.item != reply.statement.item:
            break
        entries.append(turn.statement.words)
    return "\n".join([words, *entries])


def _doubt(question: str, answer: str) -> str:
    """Why nobody can say from the words whether it was answered; empty where they take up what was asked, or settle it."""
    if _FOR_ASSURANCE.search(_clause(question)) and not _ASSURES.search(answer):
        return "does not say whether there is the assurance that was asked for"
    if _HEDGES.search(answer):
        return "leaves it open"
    touched = _words(_clause(question)) & _words(answer) or _SETTLES.search(answer) or "\n" in answer
    return "" if touched or answer.rstrip().endswith(":") else "takes up nothing that was asked"


def _clause(question: str) -> str:
    """What was asked, without what led to it."""
    match = _CLAUSE.search(question)
    return match["clause"] if match else question


def _words(text: str) -> frozenset[str]:
    return frozenset(word[:6] for word in re.findall(r"[a-z]+", text.lower()) if len(word) > 3 and word not in _SMALL)
