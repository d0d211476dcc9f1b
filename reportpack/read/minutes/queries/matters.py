"""Matters that nobody discussed, questions that nobody answered, promises without a number."""

from collections.abc import Iterator
from itertools import pairwise

from reportpack.model.minutes import Assurance, BroughtForward, MatterEnd, Minutes, Query
from reportpack.read.minutes.brought_forward import ends_matter
from reportpack.read.minutes.grammar.classes import NUMBERS, listed
from reportpack.read.minutes.grammar.words import words_of
from reportpack.read.minutes.queries.sentences import ask, place_of

_COUNTED = NUMBERS.keys() | listed("half quarter quartile")
_ASKING = ("asked", "queried", "questioned", "inquired", "enquired")
_LONGEST = 140


def matter_queries(minutes: Minutes) -> Iterator[Query]:
    """Matters brought forward that no passage discusses, or that end without an outcome."""
    statements = {one.line: one.words for one in minutes.statements}
    for matter in minutes.brought_forward:
        about = f"{matter.title} {matter.words}"
        reached = matter.outcome is None or matter.became in (MatterEnd.CLOSED, MatterEnd.NOT_REACHED)
        if matter.not_reached or (not matter.evidence and reached):
            remedy = "Say what becomes of it." if matter.not_reached else "Point to the passage, or say that it was not reached."
            yield ask("matter-not-discussed", matter.line, about, found=_not_discussed(matter), remedy=remedy)
        said = [matter.words, *(statements.get(line, "") for line in matter.evidence)]
        acted = any(action.line in matter.evidence for action in minutes.actions)
        if not acted and not matter.outcome and not any(ends_matter(words) for words in said):
            asked = next((words for words in said if ends_matter(words, asked=True)), "")
            found = f'"{matter.title}" ends without an outcome: the notes do not close it, carry it or give it to anyone.'
            if asked:
                found = f'That "{matter.title}" be closed is asked for, and nobody says that it is: "{asked}"'
            yield ask("matter-without-outcome", matter.line, about, found=found)


def _not_discussed(matter: BroughtForward) -> str:
    if matter.not_reached:
        return f'"{matter.title}" was not discussed: "{matter.not_reached}"'
    if matter.discussed_at:
        return f'"{matter.title}" is said to have been discussed at {matter.discussed_at}, and no passage there discusses it.'
    return f'No passage discusses "{matter.title}", which was brought forward.'


def question_queries(minutes: Minutes) -> Iterator[Query]:
    """Askers who answer themselves, questions with no answer or with one that takes nothing up."""
    for before, one in pairwise(minutes.statements):
        if not one.speakers or before.speakers != one.speakers or before.item != one.item:
            continue
        answers = any(word.startswith(("respond", "repl")) for word in words_of(one.words[:80]).low)
        if "asked" in words_of(before.words).low and answers:
            who, place = " and ".join(one.speakers), place_of(before.line)
            yield ask("asker-answers", one.line, f"{before.words} {one.words}", who=who, place=place, words=one.words[:90])
    for question in minutes.questions:
        shown, about = _shown(question.words), f"{question.words} {question.answer}"
        if question.answer is None:
            yield ask("question-unanswered", question.line, question.words, words=shown)
        elif question.assurance is Assurance.REFUSED:
            yield ask("assurance-refused", question.line, about, words=shown)
        elif not question.clear:
            doubt, place = question.doubt or "does not settle it", place_of(question.answer_line or "")
            yield ask("answer-unclear", question.line, about, place=place, doubt=doubt, words=shown)


def _shown(words: str) -> str:
    """A question in few words: what led to it is left out before what was asked is."""
    if len(words) < _LONGEST:
        return words
    at = min((words.index(one) for one in _ASKING if one in words), default=0)
    asked = f"...{words[at:]}" if at else words
    return asked if len(asked) < _LONGEST else f"{asked[: _LONGEST - 3]}..."


def promise_queries(minutes: Minutes) -> Iterator[Query]:
    """A promise that nobody is named for, and a target without its number."""
    for one in minutes.commitments:
        low = words_of(one.words).low
        aimed = "target" in low or "will be followed through" in one.words.lower()
        if one.tests and one.owner is None:
            yield ask("promise-without-owner", one.line, one.words, words=one.words)
        if aimed and _COUNTED.isdisjoint(low) and not any(letter.isdigit() for letter in one.words):
            yield ask("promise-without-number", one.line, words=one.words)
