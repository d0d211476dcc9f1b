"""Who said what, where the notes say who; a question keeps its asker, an answer `was told that` has none, and none is made up."""

import re
from collections.abc import Iterator, Sequence

from reportpack.model.minutes import NotedStatement
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.people import People, looks_like_name, split_owners
from reportpack.read.minutes.sentences import Spoken, sentences_of
from reportpack.read.minutes.wraps import Passage
from reportpack.records import dataclass

_SAYS = (
    "said|says|asked|asks|replied|replies|responded|responds|commented|comments|added|adds|queried|queries|questioned|questions|noted|notes|explained|stated|suggested|suggests"
    "|acknowledged|confirmed|advised|reported|reports|updated|highlighted|raised|emphasised|outlined|clarified|recommended|proposed|described|informed|reminded|welcomed|thanked"
    "|agreed|expressed|summarised|mentioned|referred|began|read|expects|wants|wished|felt|reiterated|stressed|introduced|presented|pointed|drew|gave|provided|requested|assured|argued"
    "|offered|volunteered|concluded|remarked|observed|indicated|accepted|disagreed|inquired|enquired"
)
_SPEAKER = re.compile(
    rf"(?P<who>(?:The |Both )?[A-Z][\w'\u2019/&.-]*(?:\s(?:and the |and |of |the |for )?[A-Z][\w'\u2019/&.-]*){{0,5}}(?:\s\([A-Za-z]{{2,5}}\))?)\s(?:then |also |firstly |further )?(?P<verb>{_SAYS})\b"
)
_ASKING = re.compile(r"\b(?:asked|queried|questioned|inquired|enquired|wished to know|requested)\b|\?", re.IGNORECASE)
_ANSWERING = re.compile(
    r"\b(?:repl(?:y|ies|ied)|respond(?:s|ed)?|answered|was told|were told|was advised|was informed)\b", re.IGNORECASE
)
_FIRST_ASKER = re.compile(r"\b(?P<who>(?:the )?[A-Z][\w/]*) (?:\w+ ){0,3}(?:asked|queried|questioned)\b")
_PASSIVE = re.compile(r"It was (?:suggested|noted|reported|agreed|explained|acknowledged|stated|highlighted|felt|proposed)\b")
_NOT_SPEAKERS = frozenset(
    [
        "it",
        "there",
        "this",
        "that",
        "these",
        "those",
        "a",
        "an",
        "he",
        "she",
        "they",
        "we",
        "which",
        "who",
        "what",
        "as",
        "in",
        "on",
        "at",
        "for",
        "to",
        "if",
        "when",
        "following",
        "however",
        "although",
    ]
)


@dataclass(frozen=True, slots=True)
class Turn:
    """A statement with whether it asks or answers, for the ledger of questions."""

    statement: NotedStatement
    asks: bool
    answers: bool
    at: int
    answered_inside: bool = False


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
        passive = _PASSIVE.match(spoken.words) is not None
        if open_one and (named or passive):
            yield _turn(open_one, speakers, item, at)
            open_one = []
        if not open_one:
            speakers = named
        open_one.append(spoken)
    if open_one:
        yield _turn(open_one, speakers, item, at)


def _turn(sentences: Sequence[Spoken], speakers: tuple[str, ...], item: str | None, at: int) -> Turn:
    words = " ".join(one.words for one in sentences)
    statement = NotedStatement(speakers, words, item, sentences[0].line)
    asks = bool(speakers) and _ASKING.search(words) is not None
    inside = asks and re.search(r"\band (?:was|were) (?:told|advised|informed|assured)\b", words) is not None
    return Turn(statement, asks, _ANSWERING.search(words) is not None and not inside, at, inside)


def speakers_of(sentence: str, people: People) -> tuple[str, ...]:
    """Whoever the sentence begins with saying something: posts, initials or names as written."""
    match = _SPEAKER.match(sentence[:300])
    if match is None:
        return ()
    who = match["who"].strip()
    first = who.split()[0].lower()
    if first in _NOT_SPEAKERS:
        return ()
    bare = re.sub(r"^(?:The|Both)\s+", "", who)
    parts = tuple(re.sub(r"^the\s+", "", part) for part in split_owners(bare))
    likely = all(
        people.known(part) or part.isupper() or looks_like_name(part) or who.startswith("The ") or len(part.split()) == 1
        for part in parts
    )
    return parts if likely and parts else ()
