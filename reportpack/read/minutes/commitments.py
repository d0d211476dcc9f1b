"""What somebody said would happen though nobody made it an action: one view of the typed clauses, with tests, day and condition; a wish is none."""

from collections.abc import Iterator, Sequence
from datetime import date

from reportpack.model.minutes import NotedCommitment, NotedTest
from reportpack.read.minutes.dues import read_due
from reportpack.read.minutes.form import SLOT
from reportpack.read.minutes.grammar.clause import Clause, Mood, Told
from reportpack.read.minutes.grammar.clauses import clauses_of
from reportpack.read.minutes.grammar.words import words_of
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.owners import owners_of
from reportpack.read.minutes.people import People, looks_like_owner, split_owners
from reportpack.read.minutes.sentences import sentences_of
from reportpack.read.minutes.statements import speakers_of
from reportpack.read.minutes.thresholds import thresholds_of
from reportpack.read.minutes.undertakings import undertaken
from reportpack.read.minutes.wraps import Passage

_COMPARES = ("at", "over", "above", "below", "under", "will", "no")
_PROMISES = (Mood.WILL, Mood.EXPECTED, Mood.AGREED)


def read_commitments(
    passages: Sequence[Passage],
    outline: Outline,
    people: People,
    skip: frozenset[int],
    at_day: date | None,
    chair: frozenset[str],
) -> Iterator[NotedCommitment]:
    """Sentences that promise or expect, from whoever is not the `chair`: who holds to account wishes, and promises nothing by it."""
    for at, passage in enumerate(passages):
        if at in skip or at in outline.titles or passage.cells or outline.item_at(at) is None or len(passage.text) > 6000:
            continue
        slot = SLOT.fullmatch(passage.text) if passage.text[:10].lower() == "commitment" else None
        if slot is not None:
            if slot["text"]:
                yield _labelled(slot["text"], passage.line, people, at_day)
            continue
        for spoken in sentences_of(passage, at):
            found = _said(spoken.words.removeprefix("Answer: "), spoken.line, people, at_day, chair)
            if found is not None:
                yield found


def _said(words: str, line: str, people: People, at_day: date | None, chair: frozenset[str]) -> NotedCommitment | None:
    """The commitment in a sentence: a promise with a test or a day, or a target whose number is missing."""
    clauses = clauses_of(words)
    for clause in clauses:
        if clause.denied or clause.told is not Told.NOW or clause.mood not in _PROMISES:
            continue
        who = clause.speaker or clause.actor
        if _bare(who) in chair:
            continue
        person = people.known(_bare(who)) or looks_like_owner(who.removeprefix("The "), people, sure=False)
        tests = thresholds_of(words_of(f"{clause.deed} {clause.rest}"), "" if clause.actor == who and person else clause.actor)
        due = _due(words, at_day)
        if tests or (due and undertaken(words, people) is None and clause.mood is not Mood.WILL):
            return _made(words, line, split_owners(_bare(who)) if person else (), tests, due, clause.condition)
    if _is_target(words, clauses):
        return NotedCommitment(words, " and ".join(speakers_of(words, people)) or None, None, None, None, line)
    return None


def _bare(who: str) -> str:
    return who.removeprefix("The ").removeprefix("the ").removeprefix("Both ").strip()


def _is_target(words: str, clauses: Sequence[Clause]) -> bool:
    """`There is a target for the year`: that there is one is told, what it is not."""
    low = words_of(words).low if "target" in words else []
    held = any(not one.denied and one.told is Told.NOW and one.mood is not Mood.QUESTION for one in clauses)
    named = not {"target", "targets"}.isdisjoint(low) and low[0] in ("there", "a", "the")
    return held and named and not any(word[:1].isdigit() for word in low)


def _labelled(text: str, line: str, people: People, at_day: date | None) -> NotedCommitment:
    """The words of a `Commitment:` line, whatever their form: `CC - victim satisfaction at least 81%`, `... will be at least 81% in July (CC)`."""
    owners = tuple(one for one in owners_of(text, people) if not one[:1].islower()) or speakers_of(text, people)
    clause = next(iter(clauses_of(text)), None)
    subject = _subject(text, owners) if clause is None or clause.actor in owners else clause.actor
    tests = thresholds_of(words_of(text), "" if _bare(subject) in owners else subject)
    return _made(text, line, tuple(_bare(one) for one in owners), tests, _due(text, at_day), clause.condition if clause else "")


def _subject(text: str, owners: Sequence[str]) -> str:
    """What stands before the first comparison, without the owner before a dash."""
    words = words_of(text.removeprefix(owners[0]).lstrip(" -:\u2013\u2014") if owners else text)
    return words.between(0, next((at for at, low in enumerate(words.low) if low[:1].isdigit() or low in _COMPARES), 0))


def _made(
    words: str, line: str, owners: Sequence[str], tests: Sequence[NotedTest], due: str | None, condition: str
) -> NotedCommitment:
    first, owner = tests[0] if tests else NotedTest("", None), " and ".join(owners) or None
    return NotedCommitment(words, owner, first.measure, first.test or None, due, line, tuple(tests), condition)


def _due(words: str, at_day: date | None) -> str | None:
    """The day or the month by which it is to show, resolved at the meeting's day."""
    due = read_due(words, at_day)
    if due.day is not None:
        within = (due.words or "").startswith(("within", "in ", "over"))
        return f"{due.day:%Y-%m}" if within else due.day.isoformat()
    return due.meeting or due.month
