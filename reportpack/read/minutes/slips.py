"""Likely slips of words, suggested and never changed, and details about people that a public text should not carry."""

from collections.abc import Iterator, Sequence

from reportpack import patterns as re
from reportpack.model.minutes import Query
from reportpack.read.minutes.grammar.classes import MONTHS, listed
from reportpack.read.minutes.grammar.words import Words, words_of
from reportpack.read.minutes.outline import Outline
from reportpack.read.minutes.sentences import line_at
from reportpack.read.minutes.wraps import Passage

_DOUBLED = listed("the a an to of and in for is was that with on")
_GOOD = listed("level idea practice work progress response understanding relationship relationships")
_JOINED = listed("how the to that is are in what why when")
_LOOSE = listed(
    "indicative at a an the due able needed required more less seen used useful helpful possible affected linked related"
)
_PASSIVES = listed(
    "nuanced reviewed considered understood addressed improved completed updated agreed developed discussed clarified resolved monitored"
)
_MANY = listed("needed need needs are were have to who and will")
_SUSPECT = listed("god ad maybe are were indepth need needs it replies had for is was")
"""Words that a slip can begin with, beside those that hold more than letters."""
_PRIVATE = (
    (
        "a person of the public and where they live or what happened to them",
        re.compile(
            r"\b(?:property owner|home ?owner|(?:rural )?(?:property|house|farm|address|home) (?:outside|near|in) (?:the )?[A-Z]\w+|a resident of|resident had|victim[\u2019']s (?:name|address|family))"
        ),
    ),
    (
        "where an official lives or has lived",
        re.compile(
            r"\b(?:she|he|they|they) (?:had been|has been|was|is|lives?|lived) (?:a resident of|in|at) [A-Z]\w+|\bnow as a resident of\b|\bher (?:own )?home\b|\bhis (?:own )?home\b"
        ),
    ),
    (
        "a post on social media by a member of the public",
        re.compile(r"\bposted on (?:Facebook|Twitter|X|social media|Nextdoor|Instagram)\b"),
    ),
    ("an e-mail address", re.compile(r"\b[\w.+-]{1,64}@[\w-]{1,63}\.[\w.]{2,63}\b")),
    ("a telephone number", re.compile(r"\b(?:0\d{4} ?\d{6}|0\d{2,4} \d{3,4} \d{3,4}|07\d{3} ?\d{6}|\+44 ?\d[\d ]{8,11})\b")),
    (
        "somebody's age or date of birth",
        re.compile(r"\b(?:aged \d{1,2}|\d{1,2}[- ]year[- ]old|date of birth|d\.?o\.?b\.?\b)", re.IGNORECASE),
    ),
    (
        "somebody's health or family",
        re.compile(
            r"\b(?:his|her) (?:wife|husband|son|daughter|diagnosis|illness|pregnancy)\b|\bsick leave of\b|\bon long[- ]term sick\b"
        ),
    ),
)


def slip_queries(passages: Sequence[Passage]) -> Iterator[Query]:
    """One for each likely slip, with what may be meant."""
    for passage in passages:
        text = passage.text[:20_000]
        words = words_of(text)
        closes_twice = "))" in text
        for at, here in enumerate(words.low):
            suspect = (
                here in _SUSPECT
                or words.low[at + 1 : at + 2] == [here]
                or (len(here) > 3 and not here.isalpha())
                or (closes_twice and words.shown[at].isupper())
            )
            found = _slip(words, at) if suspect else None
            if found is None:
                continue
            first, last, better = found
            start, end = words.start[first], words.end[last]
            slip = text[start:end]
            yield Query(
                "slip",
                line_at(passage, start),
                f'"{slip}" may be a slip.',
                f'If "{better}" is meant, correct it; else leave it as it is.',
                about=f"{slip} {_around(text, start, end)}",
                suggested=better,
            )


def _slip(words: Words, at: int) -> tuple[int, int, str] | None:
    """The first and the last word of a slip that begins here, and what may be meant."""
    low, shown = words.low, words.shown[at]
    here, after, then = low[at], low[at + 1] if at + 1 < len(low) else "", low[at + 2] if at + 2 < len(low) else ""
    if here == after and here in _DOUBLED:
        return at, at + 1, shown
    if here == "god" and after in _GOOD:
        return at, at + 1, f"good {after}"
    if here == "ad" and after in _JOINED:
        return at, at, "and"
    if here == "maybe" and (after in _LOOSE or (after.endswith("ed") and len(after) > 3)):
        return at, at, "may be"
    if (
        after == "delivery"
        and here in ("is", "are", "was", "were")
        and then in ("the", "a", "an", "its", "their", "this", "same")
    ):
        return at, at + 1, f"{here} delivering"
    return _misread(words, at) or _misspelt(words, at)


def _misread(words: Words, at: int) -> tuple[int, int, str] | None:
    """A slip over several words: `need to reviewed`, `right for it be`, `had been to holding`."""
    low, shown = [*words.low[at : at + 4], "", "", "", ""], words.shown[at]
    here, after, then, last = low[:4]
    if here == "indepth":
        return at, at, "in-depth"
    if here in ("need", "needs") and after == "to" and then in _PASSIVES:
        return at, at + 2, f"{shown} to be {then}"
    if then == "be" and here == "for" and at and words.low[at - 1] == "right":
        return at + 1, at + 2, f"{after} to be"
    if (here, after, then) == ("it", "is", "there") and last in ("will", "is", "are", "was"):
        return at, at + 2, "there"
    if here == "replies" and after == "that":
        return at, at, "replied"
    if (here, after, then) == ("had", "been", "to") and last in ("holding", "scrutiny", "reviewing"):
        return at, at + 2, "had been brought to"
    return None


def _misspelt(words: Words, at: int) -> tuple[int, int, str] | None:
    """A slip inside one word: `June2019`, `CC's needed`, `\u00a31,000k`, `2018/20`, `(CC))`."""
    here, shown, after = words.low[at], words.shown[at], words.low[at + 1] if at + 1 < len(words.low) else ""
    name, year = here.rstrip("0123456789"), here.lstrip("abcdefghijklmnopqrstuvwxyz")
    if name in MONTHS and len(year) == 4 and year.startswith("20"):
        return at, at, f"{shown[: len(name)]} {year}"
    short = shown[:-2]
    if (
        here.endswith(("'s", "\u2019s"))
        and short.isupper()
        and 2 <= len(short) <= 5
        and (after in _MANY or (at and words.low[at - 1] == "both"))
    ):
        return at, at, f"{short}s"
    if here.startswith("\u00a3") and here.endswith("k") and "," in here and here[1:-1].replace(",", "").isdigit():
        return at, at, shown[:-1]
    first, slash, second = here.partition("/")
    if slash and len(first) == 4 and first.startswith("20") and first.isdigit() and len(second) == 2 and second.isdigit():
        following = (int(first) + 1) % 100
        return (at, at, f"{first}/{following:02}") if int(second) != following else None
    if (
        at > 0
        and words.low[at - 1] == "("
        and shown.isupper()
        and words.low[at + 1 : at + 3] == [")", ")"]
        and 2 <= len(shown) <= 6
    ):
        return at - 1, at + 2, f"({shown})"
    return None


def _around(text: str, start: int, end: int) -> str:
    """The sentence that it stands in."""
    left, right = text.rfind(". ", 0, start), text.find(". ", end)
    return text[left + 1 : right if right >= 0 else len(text)]


def private_queries(passages: Sequence[Passage], outline: Outline) -> Iterator[Query]:
    """One for each passage that tells of somebody what the public need not know."""
    for at, passage in enumerate(passages):
        if outline.item_at(at) is None:
            continue
        found = [
            (match.start(), what, match.group(0))
            for what, pattern in _PRIVATE
            if (match := pattern.search(passage.text[:20_000])) is not None
        ]
        if found:
            position, what, words = min(found)
            yield Query(
                "private-detail",
                line_at(passage, position),
                f'The passage tells {what}: "{words}".',
                "Take it out of the copy that is published, or record why it may stand.",
                blocking=True,
                about=passage.text[:20_000],
            )
