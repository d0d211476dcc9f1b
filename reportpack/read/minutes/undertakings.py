"""What somebody undertook to do though the notes do not call it an action: fewer and surer rather than many."""

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from reportpack.model.minutes import NotedState
from reportpack.read.minutes.drafts import Draft
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.people import People, looks_like_name, looks_like_owner
from reportpack.read.minutes.sentences import sentences_of
from reportpack.read.minutes.wraps import Passage

_DEED = (
    r"(?:provide|circulate|re-circulate|send|share|draft|write|raise|contact|present|speak|invite|arrange|organise|check|clarify|confirm|forward|prepare|produce|distribute|email|e-mail|submit"
    r"|address|feed ?back|report back|bring|look into|investigate|follow (?:this |it )?up|set up|liaise|chase|add|amend|compile|collate|come back|get back|meet with|PR in|put together|take this|pick this up"
    r"|respond|reply|offer|advise|notify|inform|obtain|source|revise|update|redraft|re-draft|consolidate|ask|approach|seek|request|order|book|pass on|report to|agree a|pursue|progress|action)"
)
_GROUP_WORDS = r"(?:group|panel|board|committee|council|chair|chairman|clerk|secretariat|secretary|team|members|officers|directors|treasurer|trustees|executive)"
_WHO = (
    rf"(?P<who>(?:The|the|All) (?:\w+ )?{_GROUP_WORDS}|[A-Z][\w'\u2019/&.-]* (?:\w+ )?(?:members|team|officers|secretariat|colleagues|office)|"
    r"(?:The |the )?[A-Z][\w'\u2019/&.-]*(?:\s(?:and |of |the |for |of the )?[A-Z][\w'\u2019/&.-]*){0,5}(?:\s\([A-Za-z]{2,5}\))?)"
)
_AGREED = re.compile(
    rf"{_WHO} (?:also |has |had |have |kindly |then )?(?:agreed|offered|undertook|volunteered|promised|committed) (?:to|that (?:he|she|they) would) (?:also )?(?P<deed>{_DEED}|\w+)\b"
)
_THEN_WOULD = re.compile(rf"(?:,|;|\band\b|, and|, but)\s+{_WHO} (?:will|would)(?: then| also| now)? (?P<deed>{_DEED})\b")
_WOULD = re.compile(rf"{_WHO} (?:will|would)(?: then| also| now)? (?P<deed>{_DEED})\b")
_AGREED_THAT = re.compile(
    rf"(?:It was )?(?:also )?[Aa]greed (?:that )?{_WHO} (?:will|would|should|to)(?: then| also)? (?P<deed>{_DEED})\b"
)
_IS_TO = re.compile(rf"{_WHO} to(?: also| then)? (?P<deed>{_DEED})\b")
_SAID = re.compile(
    rf"{_WHO} (?:said|confirmed|stated|advised|explained) (?:that )?(?:he|she|they) (?:will|would) (?P<deed>{_DEED})\b"
)
_ASKED_TO = re.compile(
    rf"(?:again |also )?{_WHO} (?:was|were) (?:also |again )?(?:asked|tasked|requested) to (?P<deed>{_DEED})\b"
)
_TOOK = re.compile(
    rf"{_WHO} (?:also )?(?:took|accepted|was given|were given|has|had) (?:an|the) action (?:point )?to (?P<deed>\w+)\b"
)
_PATTERNS = (
    (_SAID, 0.7),
    (_AGREED, 0.7),
    (_ASKED_TO, 0.6),
    (_WOULD, 0.6),
    (_AGREED_THAT, 0.6),
    (_THEN_WOULD, 0.5),
    (_IS_TO, 0.5),
)
_CALLED = 0.85
_UNNAMED = re.compile(r"(?:and|,) (?:will|would) (?P<deed>write|report back|come back|send|provide|circulate)\b")
_PRONOUN = re.compile(rf"(?:He|She|They) (?:also )?(?:agreed|offered|undertook|volunteered|promised) to (?:{_DEED})\b")
_COMMENTS = re.compile(r"\bcomments (?:are|were|is) to (?:come|be sent|go) to\b", re.IGNORECASE)
_BODIES = frozenset(["panel", "group", "board", "committee", "odug", "forum", "meeting", "members", "council"])
_WEAK = frozenset(
    [
        "participate",
        "support",
        "consider",
        "continue",
        "work",
        "take",
        "join",
        "serve",
        "attend",
        "be",
        "receive",
        "have",
        "see",
        "stand",
    ]
)
_NOT_ACTORS = frozenset(
    [
        "government",
        "departments",
        "department",
        "parliament",
        "ministers",
        "companies",
        "uk",
        "councils",
        "paper",
        "report",
        "programme",
    ]
)


def find_undertakings(
    passages: Sequence[Passage], outline: Outline, people: People, drafts: Sequence[Draft], taken: frozenset[int]
) -> Iterator[Draft]:
    """Sentences in which a known person, post or team undertakes a deed that no marked action of the item already holds."""
    by_item: dict[str | None, list[Draft]] = {}
    for draft in drafts:
        by_item.setdefault(outline.path_at(draft.at), []).append(draft)
    for at, passage in enumerate(passages):
        item = outline.path_at(at)
        if at in taken or at in outline.titles or passage.cells or passage.column or item is None or len(passage.text) > 5000:
            continue
        near = [draft for draft in by_item.get(item, []) if 0 <= draft.at - at <= 12]
        for spoken in sentences_of(passage, at):
            found = _undertakes(spoken.words, people)
            if found is None or _held_by(spoken.words, found[0], near) or _said_again(spoken.words, drafts):
                continue
            old = re.search(r"\b(?:action points|actions) (?:of|from)\b", passage.text) is not None
            yield Draft(
                spoken.words,
                at,
                (spoken.line,),
                found[1],
                owner=found[0],
                state=NotedState.OPEN if old else NotedState.NEW,
                marked=found[1] == _CALLED,
                own_line=spoken.line,
            )


def _undertakes(words: str, people: People) -> tuple[str, float] | None:
    """Who undertakes it, and how sure that is."""
    if len(words) > 700:
        return None
    if _COMMENTS.search(words):
        return "", 0.5
    took = _TOOK.search(words)
    if took is not None:
        return took["who"].strip(), _CALLED
    for pattern, confidence in _PATTERNS:
        match = pattern.match(words) or (pattern.search(words) if pattern in (_AGREED, _AGREED_THAT, _THEN_WOULD) else None)
        if match is None:
            continue
        who = re.sub(r"^(?:The|the)\s+", "", match["who"]).strip()
        if match["deed"].lower() in _WEAK or not _acts(who, match["who"], people):
            continue
        return match["who"].strip(), confidence
    if _PRONOUN.match(words):
        return "", 0.55
    if _UNNAMED.search(words) and re.search(r"\b(?:did not have|would write|to hand|would come back)\b", words):
        return "", 0.55
    return None


def _acts(who: str, written: str, people: People) -> bool:
    last = who.rsplit(maxsplit=1)[-1].lower()
    if last in _NOT_ACTORS or who.startswith("No "):
        return False
    if last in _BODIES:
        return (
            written.startswith(("The ", "the ", "All "))
            or people.known(who.split(maxsplit=1)[0])
            or who.split(maxsplit=1)[0].isupper()
            or last == "members"
        )
    if people.known(who) or (looks_like_name(who) and len(who.split()) <= 3 and not written.startswith("The ")):
        return True
    return looks_like_owner(who, people, sure=False) or (
        written.startswith(("The ", "the ")) and last in ("directors", "team", "executive", "secretariat", "chair")
    )


def _said_again(words: str, drafts: Sequence[Draft]) -> bool:
    """Whether a marked action anywhere is wholly in these words; a right-hand column repeats what stands at its left."""
    plain = set(re.findall(r"\w+", words.lower()))
    return any(
        len(other) > 2 and other <= plain for other in (set(re.findall(r"\w+", draft.words.lower())) for draft in drafts[:400])
    )


def _held_by(words: str, who: str, drafts: Sequence[Draft]) -> bool:
    """Whether a marked action near it says the same."""
    plain = re.sub(r"\W+", " ", words.lower())
    for draft in drafts:
        other = re.sub(r"\W+", " ", draft.words.lower())
        if fuzz.token_set_ratio(plain, other) >= 62 or (
            who and who.rsplit(maxsplit=1)[-1].lower() in other.split() and fuzz.token_set_ratio(plain, other) >= 42
        ):
            return True
    return False
