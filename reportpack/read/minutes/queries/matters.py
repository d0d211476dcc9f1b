"""Matters that nobody discussed, questions that nobody answered, promises without a number."""

from collections.abc import Iterator

from reportpack.model.minutes import Assurance, BroughtForward, MatterEnd, Minutes, Query
from reportpack.read.minutes.brought_forward import ends_matter
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.grammar.words import words_of
from reportpack.read.minutes.queries.places import place_of

_NUMBERS = listed("one two three four five six seven eight nine ten half quarter quartile")
_ASKING = ("asked", "queried", "questioned", "inquired", "enquired")
_LONGEST = 140


def matter_queries(minutes: Minutes) -> Iterator[Query]:
    """Matters brought forward that no passage discusses, or that end without an outcome."""
    statements = {one.line: one.words for one in minutes.statements}
    for matter in minutes.brought_forward:
        reached = matter.outcome is None or matter.became in (MatterEnd.CLOSED, MatterEnd.NOT_REACHED)
        if matter.not_reached or (not matter.evidence and reached):
            yield Query(
                "matter-not-discussed",
                matter.line,
                _not_discussed(matter),
                "Say what becomes of it." if matter.not_reached else "Point to the passage, or say that it was not reached.",
                blocking=True,
                about=f"{matter.title} {matter.words}",
            )
        said = [matter.words, *(statements.get(line, "") for line in matter.evidence)]
        acted = any(action.line in matter.evidence for action in minutes.actions)
        if not acted and not matter.outcome and not any(ends_matter(words) for words in said):
            asked = next((words for words in said if ends_matter(words, asked=True)), "")
            yield Query(
                "matter-without-outcome",
                matter.line,
                f'That "{matter.title}" be closed is asked for, and nobody says that it is: "{asked}"'
                if asked
                else f'"{matter.title}" ends without an outcome: the notes do not close it, carry it or give it to anyone.',
                "Say: closed, carried to a meeting, superseded by an action, or not known.",
                about=f"{matter.title} {matter.words}",
            )


def _not_discussed(matter: BroughtForward) -> str:
    if matter.not_reached:
        return f'"{matter.title}" was not discussed: "{matter.not_reached}"'
    if matter.discussed_at:
        return f'"{matter.title}" is said to have been discussed at {matter.discussed_at}, and no passage there discusses it.'
    return f'No passage discusses "{matter.title}", which was brought forward.'


def question_queries(minutes: Minutes) -> Iterator[Query]:
    """Askers who answer themselves, questions with no answer or with one that takes nothing up."""
    for at, one in enumerate(minutes.statements):
        before = minutes.statements[at - 1] if at else None
        if before is None or not one.speakers or before.speakers != one.speakers or before.item != one.item:
            continue
        if "asked" in words_of(before.words).low and any(
            word.startswith(("respond", "repl")) for word in words_of(one.words[:80]).low
        ):
            who = " and ".join(one.speakers)
            yield Query(
                "asker-answers",
                one.line,
                f'The {who} asks at {place_of(before.line)}, and the {who} answers: "{one.words[:90]}"',
                "Correct the speaker, or put back the words that are missing.",
                blocking=True,
                about=f"{before.words} {one.words}",
            )
    for question in minutes.questions:
        shown = _shown(question.words)
        if question.answer is None:
            yield Query(
                "question-unanswered",
                question.line,
                f'No answer follows: "{shown}"',
                "Add the answer, or say that none was given.",
                about=question.words,
            )
        elif question.assurance is Assurance.REFUSED:
            yield Query(
                "assurance-refused",
                question.line,
                f'The assurance that was asked for was not given: "{shown}"',
                "Nothing to correct: it is recorded as not answered. Say so if that is wrong.",
                about=f"{question.words} {question.answer}",
            )
        elif not question.clear:
            yield Query(
                "answer-unclear",
                question.line,
                f'The answer at {place_of(question.answer_line or "")} {question.doubt or "does not settle it"}: "{shown}"',
                "Say whether it was answered, in part, or not.",
                about=f"{question.words} {question.answer}",
            )


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
        if one.tests and one.owner is None:
            yield Query(
                "promise-without-owner",
                one.line,
                f'Nobody is named who promises: "{one.words}"',
                "Name the post that said so, or say that it is not known.",
                about=one.words,
            )
        if _lacks_number(one.words):
            yield Query(
                "promise-without-number",
                one.line,
                f'A target without its number: "{one.words}"',
                "Ask what it is and add it, or say that it is not known.",
            )


def _lacks_number(words: str) -> bool:
    """Whether a target is spoken of, and no number."""
    low = words_of(words).low
    aimed = "target" in low or "will be followed through" in words.lower()
    return aimed and _NUMBERS.isdisjoint(low) and not any(letter.isdigit() for letter in words)
