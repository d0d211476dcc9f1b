"""What somebody undertook, was asked or is to do though the notes do not call it an action: one view of the typed clauses."""

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from reportpack.model.minutes import NotedState
from reportpack.read.minutes.drafts import Draft
from reportpack.read.minutes.grammar.classes import PRONOUNS, RULING, STATIVE, is_among, listed
from reportpack.read.minutes.grammar.clauses import clauses_of
from reportpack.read.minutes.grammar.words import Clause, Mood, Told
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.people import People, looks_like_name, looks_like_owner, split_owners
from reportpack.read.minutes.wraps import Passage, sentences_of

_SURE = {Mood.AGREED: 0.7, Mood.ASKED: 0.6, Mood.WILL: 0.6, Mood.DECIDED: 0.6}
_CALLED, _UNNAMED, _DOUBTFUL = 0.85, 0.55, 0.4
_BODIES = listed("panel group board committee forum meeting members council working_group trustees governors")
_ACTING = listed("directors team executive secretariat chair chairman clerk treasurer secretary officers")
_ALONG = listed("away forward up back out")
_HEADS = listed("head chief director deputy assistant")
_OUTSIDE = ("office", "agency", "authority", "board", "service")
_NOT_ACTORS = listed("government departments department parliament ministers companies uk councils paper report programme")


def find_undertakings(
    passages: Sequence[Passage], outline: Outline, people: People, drafts: Sequence[Draft], taken: frozenset[int]
) -> Iterator[Draft]:
    """Sentences in which a known person, post or team undertakes a deed that no marked action of the item already holds."""
    by_item: dict[str | None, list[Draft]] = {}
    for draft in drafts:
        by_item.setdefault(outline.path_at(draft.at), []).append(draft)
    # The words for a body that the head of the notes has: `the Council` of a parish council's notes acts, of others it is somebody else.
    head = _plain(" ".join(passage.text for passage in passages[: max(1, min(outline.starts, default=3))][:8]))
    own = frozenset(head.split()) & _BODIES | {"meeting", "members"}
    columned = any(passage.column for passage in passages)
    said = [set(_plain(draft.words).split()) for draft in drafts[:400]]
    for at, passage in enumerate(passages):
        item = outline.path_at(at)
        passed = at in taken or at in outline.titles or passage.cells or passage.column or (item is None and outline.items)
        near = [draft for draft in by_item.get(item, []) if 0 <= draft.at - at <= 12]
        old = any(words in passage.text for words in ("actions of", "actions from", "action points "))
        for spoken in sentences_of(passage, at) if not passed and len(passage.text) <= 5000 else ():
            words, names = spoken.words, (spoken.line,)
            found = undertaken(words, people, own, short=not columned)
            if found is None or _held_by(words, found[0], near):
                continue
            plain = set(_plain(words).split())
            if any(len(other) > 2 and other <= plain for other in said):  # a right-hand column repeats what stands at its left
                continue
            state = NotedState.OPEN if old else NotedState.NEW
            yield Draft(words, at, names, found[1], owner=found[0], state=state, marked=found[1] == _CALLED, own_line=spoken.line)


def says_who_acts(words: str) -> bool:
    """Whether a sentence has somebody do something, whoever it is: what an owner alone on the next line may be the owner of."""
    meant = (one for one in clauses_of(words) if not one.denied and one.told is Told.NOW and one.mood in _SURE)
    return any(one.deed not in STATIVE and one.deed != one.by for one in meant)


def undertaken(words: str, people: People, own: frozenset[str] = frozenset(), *, short: bool = True) -> tuple[str, float] | None:
    """Who undertakes it, and how sure that is; None where nobody does. `short` lets `CC to send it` be one: not in notes that have a column for actions."""
    if len(words) > 700:
        return None
    for clause in clauses_of(words):
        sure = _sureness(clause, people, own) if short or clause.by != "to" else None
        if sure is not None:
            words = words.lower()
            called = clause.mood is Mood.AGREED and (" action to " in words or " action point to " in words)
            named = clause.actor if not clause.passive and clause.deed != "come" and clause.actor.lower() not in PRONOUNS else ""
            return named, _CALLED if called else sure
    return None


def _sureness(clause: Clause, people: People, own: frozenset[str]) -> float | None:
    if clause.denied or clause.told is not Told.NOW or clause.mood not in _SURE:
        return None
    if clause.deed == clause.by and (clause.by != "promise" or clause.passive):
        return None
    if clause.asker and not acts(clause.asker, people, own):
        return None
    if clause.passive:
        asked = clause.mood is Mood.ASKED or (clause.mood is Mood.DECIDED and not is_among(clause.deed, RULING))
        return 0.5 if asked else None
    taken_on = clause.deed in ("take", "carry", "go", "feed") and not _ALONG.isdisjoint(clause.rest.lower().split()[:9])
    worked = clause.deed in ("work", "lead") and clause.rest.lower().startswith(("on ", "with ", "a ", "the "))
    if clause.deed in STATIVE and not taken_on and not worked:
        return None
    if clause.actor.lower() in PRONOUNS:
        return _UNNAMED if clause.mood is Mood.AGREED else None
    will, who = clause.mood is Mood.WILL, clause.actor.lower()
    if will and clause.deed == "come" and who.endswith(("comments", "suggestions", "views", "replies")):
        return 0.5
    reported = clause.speaker not in ("", clause.actor) and not people.known(clause.actor) and not who.endswith("force")
    decided = clause.mood in (Mood.DECIDED, Mood.ASKED)
    if (will and (reported or who.endswith(_OUTSIDE))) or not acts(clause.actor, people, own, decided=decided):
        return None
    return _DOUBTFUL if clause.ready else _SURE[clause.mood]


def acts(written: str, people: People, own: frozenset[str], *, decided: bool = False) -> bool:
    """Whether these words name somebody who can be held to it: of the attendance, a post, a team, the body that meets (not by its own decision)."""
    who = written.removeprefix("The ").removeprefix("the ").strip()
    if not who or who.startswith(("No ", "A ", "An ", "a ")) or len(who) > 110:
        return False
    first, last = who.split(maxsplit=1)[0], who.rsplit(maxsplit=1)[-1].lower()
    if last in _BODIES and (decided or not people.known(who)):
        named = who != written or last == "members" or first.isupper() or people.known(first)
        return last not in own if decided else last in own and named
    parts = split_owners(who)
    if len(parts) > 1 and not people.known(who):
        return all(acts(part, people, own, decided=decided) for part in parts)
    if last in _NOT_ACTORS or people.known(who):
        return last not in _NOT_ACTORS
    if looks_like_name(who) and len(who.split()) <= 3 and who == written:
        return True
    return looks_like_owner(who, people, sure=False) or (who != written and (last in _ACTING or first.lower() in _HEADS))


def _plain(words: str) -> str:
    return "".join(letter if letter.isalnum() else " " for letter in words.lower())


def _held_by(words: str, who: str, drafts: Sequence[Draft]) -> bool:
    plain = _plain(words)
    for draft in drafts:
        other = _plain(draft.words)
        alike = fuzz.token_set_ratio(plain, other)
        if alike >= 62 or (alike >= 42 and who and who.rsplit(maxsplit=1)[-1].lower() in other.split()):
            return True
    return False
