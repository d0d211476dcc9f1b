"""Questions put at the meeting, each with the answer that follows it, wherever it stands: in the next turn, the same sentence, or behind `A:`.

Whether it answers is for a person; whether it touches what was asked, puts it off, or gives the assurance that was sought is not.
"""

from collections.abc import Iterator, Sequence
from itertools import takewhile

from reportpack.model.minutes import TAKES_UP_NOTHING, Assurance, NotedQuestion
from reportpack.read.minutes.decisions import Turn, answers, asks_inside, is_question
from reportpack.read.minutes.grammar.classes import BE, DO, HAVE, MODALS, NO, PRONOUNS, QUESTION_WORDS, SAYING, listed
from reportpack.read.minutes.grammar.clauses import clauses_of
from reportpack.read.minutes.grammar.words import Clause, Mood, words_of
from reportpack.read.minutes.people import split_owners
from reportpack.read.minutes.wraps import Spoken

_SMALL = listed(
    "that this with from have been would could should there their they what which when were will about into more also said asked asks force the and was "
    "for how his her him are its not but had has did does who whom whose why if whether being some than then them these those through over under very just question"
)
_SETTLES = listed("yes no agreed confirmed disagreed comfortable assured reassured confident satisfied certain sure because")
_ASSURING = listed("assurance reassurance assure assured reassure reassured confident confidence satisfied")
_OPEN = listed("unclear unknown indicative unsure")
_OPEN_PHRASES = listed(
    "too_early remains_to_be_seen not_known not_yet_known not_clear might_be may_be did_not_know did_not_have_it"
)
_LATER = listed("check find look ask establish confirm investigate return come revert")
_GIVING = listed("give offer provide say comment tell answer assure confirm promise guarantee")
_PARTLY = listed("but however although though partly mostly largely except some")
_SAID = frozenset(SAYING.values())
_COUNTING = ("how many", "how much", "what number", "how long", "how often", "for the")
_TOLD = (" and was told ", " and were told ", " and was advised ", " and was assured ", " and was informed ")
_REASONS = ("put it down to", "due to", "because", "as a result of", "caused by", "down to")


def read_questions(turns: Sequence[Turn]) -> Iterator[NotedQuestion]:
    """Each question with what answers it: the rest of its own turn, else the next in the same item by somebody else or in the passive."""
    for number, turn in enumerate(turns):
        if not turn.asks:
            continue
        said = turn.statement
        question, answer = _parted(turn.sentences)
        askers = said.speakers or _asker(question)
        reply = _reply(turns, number) if not answer else None
        by, at = (reply.statement.speakers, reply.statement.line) if reply is not None else ((), said.line)
        answer = _whole(turns, reply) if reply is not None else answer
        if not answer:
            yield NotedQuestion(question, askers, said.item, said.line)
            continue
        doubt = _doubt(question, answer)
        assurance = _assurance(answer) if not doubt and _seeks(question) else None
        yield NotedQuestion(question, askers, said.item, said.line, answer, by, at, not doubt, doubt, assurance)


def _parted(sentences: Sequence[Spoken]) -> tuple[str, str]:
    asked: list[str] = []
    for at, one in enumerate(sentences):
        if asked and (_echoes(one.words) or one.words.startswith("A:")):
            return " ".join(asked), " ".join(other.words for other in sentences[at:])
        before, after = _split(one.words)
        if after and (asked or is_question(before) or asks_inside(before)):
            return " ".join([*asked, before]), " ".join([after, *(other.words for other in sentences[at + 1 :])])
        asked.append(one.words)
    return " ".join(asked), ""


def _split(words: str) -> tuple[str, str]:
    """One sentence that asks and answers: `...; the DCC put it down to ...`, `... and was told that ...`, `In reply to ..., the CC confirmed ...`."""
    told = next((mark for mark in _TOLD if mark in words), "")
    if told:
        before, _, after = words.partition(told)
        return before.rstrip(","), f"{told.removeprefix(' and ')}{after}"
    if asks_inside(words) and ", " in words:
        before, _, after = words.partition(", ")
        return before, after
    before, mark, after = words.partition("; ")
    return (before, after) if mark and not is_question(after) and any(one.actor for one in clauses_of(after)) else (words, "")


def _echoes(words: str) -> bool:
    """`He was.`, `They had not.`, `Yes.`: a sentence that can only take up the question before it."""
    low = words_of(words).low
    helper = len(low) > 1 and low[0] in PRONOUNS | {"it"} and low[1] in BE | HAVE | DO | MODALS
    return (helper and len(low) < 6) or answers(words)


def _asker(question: str) -> tuple[str, ...]:
    """`In reply to the PCC's question on drones`: whose question it was."""
    before = question.partition("question")[0]
    named = before.rpartition(" the ")[2].strip().replace("\u2019", "'").removesuffix("'s").removesuffix("'")
    return split_owners(named) if before != question and named[:1].isupper() and not named.startswith("In ") else ()


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
    below = turns[turns.index(reply) + 1 :]
    item = reply.statement.item
    entries = takewhile(lambda one: not one.statement.speakers and not one.asks and one.statement.item == item, below)
    return "\n".join([words, *(one.statement.words for one in entries)])


def _doubt(question: str, answer: str) -> str:
    """Why nobody can say from the words whether it was answered; empty where they take up what was asked, settle it, or refuse it."""
    found, low = clauses_of(answer), words_of(answer).low
    if _refuses(found):
        return "" if _seeks(question) else "does not give it"
    if any(phrase in answer.lower() for phrase in _OPEN_PHRASES) or not _OPEN.isdisjoint(low):
        return "leaves it open"
    if any(_puts_off(one) for one in found):
        return "puts it off"
    # `said that it was`, `He was not`: a clause that ends with its helper answers what was put as yes or no.
    helpers = [one in BE | HAVE | DO for one in low]
    helped = helpers[-1:] == [True] or any(one and after in (",", "not") for one, after in zip(helpers, low[1:], strict=False))
    settled = not _SETTLES.isdisjoint(low) or helped or any(phrase in answer for phrase in _REASONS)
    counted = any(words in question for words in _COUNTING) and any(word[:1].isdigit() for word in low)
    touched = settled or counted or _stems(_clause(question)) & _stems(answer) or "\n" in answer or answer.rstrip().endswith(":")
    if not touched:
        return TAKES_UP_NOTHING
    assured = not _seeks(question) or settled or not _ASSURING.isdisjoint(low) or any(one.denied for one in found)
    return "" if assured else "does not say whether there is the assurance that was asked for"


def _refuses(found: Sequence[Clause]) -> bool:
    denied = [one for one in found if one.denied and one.rest != "no"]
    return any(one.deed in _GIVING or not _ASSURING.isdisjoint(one.rest.lower().split()) for one in denied)


def _puts_off(clause: Clause) -> bool:
    """`would need to check`, `would come back on it`."""
    if clause.denied or clause.mood not in (Mood.WILL, Mood.AGREED, Mood.OUGHT) or clause.speaker not in ("", clause.actor):
        return False
    return clause.deed in _LATER or (clause.deed == "need" and not _LATER.isdisjoint(clause.rest.split()[:3]))


def _seeks(question: str) -> bool:
    return not _ASSURING.isdisjoint(words_of(_clause(question)).low)


def _assurance(answer: str) -> Assurance | None:
    low = words_of(answer).low
    found = clauses_of(answer)
    if _refuses(found):
        return Assurance.REFUSED
    told = next((one for one in found if one.deed not in _SAID), None)
    if (told is not None and told.denied) or low[-1:] == ["no"]:
        return Assurance.NONE
    return Assurance.PARTIAL if not _PARTLY.isdisjoint(low) else Assurance.FULL


def _clause(question: str) -> str:
    asked = next((one for one in clauses_of(question) if one.mood is Mood.QUESTION), None)
    return f"{asked.deed} {asked.rest}" if asked is not None else question


def _stems(text: str) -> frozenset[str]:
    words = (word for word in words_of(text).low if len(word) > 3 and word.isalpha())
    return frozenset(word[:6] for word in words if word not in _SMALL and word not in NO and word not in QUESTION_WORDS)
