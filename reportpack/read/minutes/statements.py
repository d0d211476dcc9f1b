"""Who said what, where the notes say who; a question keeps its asker, an answer `was told that` has none, and none is made up."""

from collections.abc import Iterator, Sequence

from reportpack import patterns as re
from reportpack.model.minutes import NotedStatement
from reportpack.read.minutes.grammar import classes as of
from reportpack.read.minutes.grammar.classes import listed
from reportpack.read.minutes.grammar.clause import Mood, Told
from reportpack.read.minutes.grammar.clauses import clauses_of
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.people import People, looks_like_name, split_owners
from reportpack.read.minutes.wraps import Passage, Spoken, sentences_of
from reportpack.records import dataclass

_SPEAKER = re.compile(
    r"(?P<who>(?:The |Both )?[A-Z][\w'\u2019/&.-]*(?:\s(?:and the |and |of |the |for )?[A-Z][\w'\u2019/&.-]*){0,5}(?:\s\([A-Za-z]{2,5}\))?)\s(?:then |also |firstly |further )?(?P<verb>[a-z]+)\b"
)
_SAYS = frozenset(form for form, base in (of.SAYING | of.QUERYING).items() if form != base and not form.endswith("s")) | listed(
    "says asks asked requested assured replies responds comments adds queries questions suggests expects wants seeks reported raised described welcomed thanked agreed expressed summarised referred began read wished "
    "introduced presented sought spoke undertook pointed drew gave provided argued offered volunteered concluded indicated accepted disagreed"
)
"""Verbs behind who speaks."""
_PASSIVE = ("suggested", "noted", "reported", "agreed", "explained", "acknowledged", "stated", "highlighted", "felt", "proposed")
_NOT_SPEAKERS = listed("it there what following however although").union(
    of.PRONOUNS, of.DETERMINERS, of.RELATIVES, of.PREPOSITIONS, of.CONDITIONALS
)
_ANSWERING = listed("reply respond answer")


@dataclass(frozen=True, slots=True)
class Turn:
    """A statement with its sentences, and whether it asks or answers."""

    statement: NotedStatement
    sentences: tuple[Spoken, ...]
    asks: bool
    answers: bool


def turns_of(passages: Sequence[Passage], outline: Outline, people: People, skip: frozenset[int]) -> Iterator[Turn]:
    """Statements in their order. A sentence that names no speaker goes on with the one before it in the same paragraph."""
    for at, passage in enumerate(passages):
        if at in skip or at in outline.titles or passage.cells or len(passage.text) < 25 or outline.item_at(at) is None:
            continue
        yield from _passage_turns(passage, at, outline.path_at(at), people)


def _passage_turns(passage: Passage, at: int, item: str | None, people: People) -> Iterator[Turn]:
    open_one: list[Spoken] = []
    speakers: tuple[str, ...] = ()
    for spoken in sentences_of(passage, at):
        named = speakers_of(spoken.words, people)
        passive = spoken.words.removeprefix("It was ").startswith(_PASSIVE) and spoken.words.startswith("It was ")
        if open_one and (named or passive):
            yield _turn(open_one, speakers, item)
            open_one = []
        if not open_one:
            speakers = named
        open_one.append(spoken)
    if open_one:
        yield _turn(open_one, speakers, item)


def _turn(sentences: Sequence[Spoken], speakers: tuple[str, ...], item: str | None) -> Turn:
    statement = NotedStatement(speakers, " ".join(one.words for one in sentences), item, sentences[0].line)
    asks = asks_inside(sentences[0].words) or (bool(speakers) and any(is_question(one.words) for one in sentences))
    return Turn(statement, tuple(sentences), asks, any(answers(one.words) for one in sentences))


def is_question(words: str) -> bool:
    """Whether a sentence puts a question now: `asked whether`, `sought assurance that`, `?`."""
    return any(one.mood is Mood.QUESTION and one.told is Told.NOW and not one.denied for one in clauses_of(words))


def asks_inside(words: str) -> bool:
    """`Q: ...`, or `In reply to the PCC's question on drones, ...`: a question that no verb of asking puts."""
    return words.startswith(("Q:", "Q.")) or (
        words.startswith(("In ", "Answering ", "Asked ", "When asked ")) and "question" in words[:90].lower()
    )


def answers(words: str) -> bool:
    """Whether a sentence says that it answers: `replied`, `was told`, `Yes`."""
    first = next(iter(clauses_of(words)), None)
    told = any(mark in words for mark in (" was told", " were told", " was advised", " was informed"))
    return words.startswith(("A:", "Yes", "No,", "No.")) or told or (first is not None and first.deed in _ANSWERING)


def speakers_of(sentence: str, people: People) -> tuple[str, ...]:
    """Whoever the sentence begins with saying something: posts, initials or names as written."""
    match = _SPEAKER.match(sentence[:300])
    if match is None or match["verb"] not in _SAYS:
        return _refusing(sentence, people)
    who = match["who"].strip()
    first = who.split()[0].lower()
    if first in _NOT_SPEAKERS and first != "the":
        return ()
    parts = tuple(part.removeprefix("the ") for part in split_owners(who.removeprefix("The ").removeprefix("Both ")))
    likely = all(
        people.known(part) or part.isupper() or looks_like_name(part) or who.startswith("The ") or len(part.split()) == 1
        for part in parts
    )
    return parts if likely and parts else ()


def _refusing(sentence: str, people: People) -> tuple[str, ...]:
    """`The CC could not say ...`, `The CC declined to ...`: somebody known, of whom the sentence says what they would not or could not do."""
    first = next(iter(clauses_of(sentence)), None)
    who = (
        first.actor.removeprefix("The ") if first is not None and first.denied and first.start == 0 and not first.passive else ""
    )
    return (who,) if who and people.known(who) else ()
